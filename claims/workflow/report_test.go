package workflow_test

import (
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

const readerText, readerMail = "La cifra correcta es 14.200 euros, zqxwreader.", "zqxwlectora@mail.test"

// reported has a reader report an error in a claim.
func (k *kit) reported(c claims.Claim, in workflow.ReportInput) claims.ErrorReport {
	k.Helper()
	r, err := k.ReceiveReport(k.Context(), c.ID, in, k.reader(c, "192.0.2.7"))
	if err != nil {
		k.Fatal(err)
	}
	return r
}

// reader opens the form, reads for a while, and sends it from an address.
func (k *kit) reader(c claims.Claim, address string) workflow.FromReader {
	k.Helper()
	form, err := k.PublicReport(k.Context(), c.ID)
	if err != nil {
		k.Fatal(err)
	}
	k.clock.Advance(time.Minute)
	return workflow.FromReader{Token: form.Token, Address: address}
}

func TestAReportIsATaskWithADeadline(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		c := k.published()
		r := k.reported(c, workflow.ReportInput{Text: " " + readerText + "\r\n", URL: "https://data.test/1", Contact: readerMail})
		if r.Text != readerText || r.N != 1 || r.DueAt.Sub(r.ReceivedAt) != claims.DefaultReportDays*24*time.Hour {
			t.Errorf("%+v", r)
		}
		e := k.lastEvent()
		if e.Act != workflow.ActReportReceive || e.Actor != "" || e.Claim != c.ID {
			t.Errorf("%+v", e)
		}
		for _, v := range e.Values {
			if strings.Contains(v.JSON, "zqxw") {
				t.Errorf("the history tells %s: %s", v.Name, v.JSON)
			}
		}
		again := k.reported(c, workflow.ReportInput{Text: readerText, URL: "https://data.test/1", Contact: readerMail})
		if again.ID != r.ID {
			t.Error("the same report stands twice")
		}
		for actor, want := range map[claims.Actor]int{k.ana: 1, k.luis: 1, k.bea: 0, k.carla: 0} {
			inbox, err := k.Inbox(t.Context(), actor, claims.Page{})
			got := 0
			for _, row := range inbox.Rows {
				if row.Item.Kind == claims.InboxReport {
					got++
				}
			}
			if err != nil || got != want {
				t.Errorf("%s is told %d times, want %d (%v)", actor.Name, got, want, err)
			}
		}
		v, err := k.DeskView(t.Context(), k.bea)
		if err != nil || len(v.Reports.Reports) != 1 || v.Reports.Counts.Open != 1 || v.Reports.Claims[c.ID].Standalone == "" {
			t.Errorf("%v: %+v", err, v.Reports)
		}
		if v, err := k.DeskView(t.Context(), k.carla); err != nil || len(v.Reports.Reports) != 0 {
			t.Errorf("a contributor sees %v, %v", v.Reports, err)
		}
		k.clock.Advance(6*24*time.Hour + time.Minute)
		for range 2 {
			n, err := k.TellReportsDue(t.Context())
			if err != nil {
				t.Fatal(n, err)
			}
		}
		due := 0
		inbox, _ := k.Inbox(t.Context(), k.luis, claims.Page{})
		for _, row := range inbox.Rows {
			if row.Item.Kind == claims.InboxReportDue && row.Item.Due.Equal(r.DueAt) {
				due++
			}
		}
		if due != 1 {
			t.Errorf("reminded %d times", due)
		}
		k.sound()
	})
}

func TestReportsThatAreRefused(t *testing.T) {
	k := newKit(t)
	c := k.published()
	fine := workflow.ReportInput{Text: "Mal"}
	send := func(in workflow.ReportInput, from workflow.FromReader) error {
		_, err := k.ReceiveReport(t.Context(), c.ID, in, from)
		return err
	}
	from := k.reader(c, "192.0.2.1")
	for _, tt := range []struct {
		name string
		in   workflow.ReportInput
		key  string
	}{
		{"no text", workflow.ReportInput{Text: " \n"}, "text:text.missing"},
		{"a long text", workflow.ReportInput{Text: long(5001)}, "text:text.too_long"},
		{"many links", workflow.ReportInput{Text: "http://a.test http://b.test https://c.test https://d.test"}, "text:report.too_many_links"},
		{"a script for a link", workflow.ReportInput{Text: "x", URL: "javascript:alert(1)"}, "url:url.malformed"},
		{"no address", workflow.ReportInput{Text: "x", Contact: "nadie"}, "contact:email.malformed"},
	} {
		refused(t, tt.name, send(tt.in, from), claims.KindInvalid, tt.key)
	}
	trapped := from
	trapped.Trap = "https://pills.test"
	refused(t, "a program", send(fine, trapped), claims.KindInvalid, "report.automatic")
	other := k.reader(k.published(), "192.0.2.1")
	refused(t, "the form of another claim", send(fine, other), claims.KindInvalid, "report.expired")
	form, err := k.PublicReport(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "in no time", send(fine, workflow.FromReader{Token: form.Token}), claims.KindInvalid, "report.hasty")
	k.clock.Advance(25 * time.Hour)
	refused(t, "an old form", send(fine, from), claims.KindInvalid, "report.expired")

	from = k.reader(c, "192.0.2.1")
	n := 0
	for err = nil; err == nil; n++ {
		err = send(workflow.ReportInput{Text: "Mal " + long(n+1)}, from)
	}
	refused(t, "very many", err, claims.KindBusy, "report.too_many")
	if n < 3 || n > 10 {
		t.Errorf("%d reports were taken from one address", n-1)
	}
	from.Address = "198.51.100.1"
	if err := send(workflow.ReportInput{Text: "Desde otra parte"}, from); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	_, err = k.ReceiveReport(t.Context(), k.claim(claims.StateOpen).ID, fine, from)
	refused(t, "what was never published", err, claims.KindNotFound)
	if c = k.move(k.luis, c, because(claims.StateWithdrawn, "Error")); send(workflow.ReportInput{Text: "No debía retirarse"}, k.reader(c, "198.51.100.2")) != nil {
		t.Error("nobody may object to a withdrawal")
	}
}

func TestReportsAreAnsweredAndTakenBack(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		c := k.published()
		r := k.reported(c, workflow.ReportInput{Text: readerText, Contact: readerMail})
		_, err := k.TakeReport(ctx, k.carla, r.ID, r.Version)
		refused(t, "a contributor", err, claims.KindNotAllowed)
		r, err = k.TakeReport(ctx, k.ana, r.ID, r.Version)
		if err != nil || r.Assignee != k.ana.ID {
			t.Fatal(r, err)
		}
		_, err = k.AnswerReport(ctx, k.ana, r.ID, r.Version, workflow.AnswerInput{Outcome: claims.ReportNoError})
		refused(t, "a checker's answer", err, claims.KindNotAllowed)
		_, err = k.AnswerReport(ctx, k.luis, r.ID, r.Version, workflow.AnswerInput{Outcome: "maybe", Public: long(2001)})
		refused(t, "no outcome", err, claims.KindInvalid, "outcome:report.outcome_unknown", "public:text.too_long")
		_, err = k.AnswerReport(ctx, k.luis, r.ID, r.Version-1, workflow.AnswerInput{Outcome: claims.ReportNoError})
		refused(t, "an older version", err, claims.KindStale)
		answer := workflow.AnswerInput{Outcome: claims.ReportNoError, Note: "Miré el acta.", Public: "El acta dice 15.000."}
		r, err = k.AnswerReport(ctx, k.luis, r.ID, r.Version, answer)
		if err != nil || !r.Answered() || r.AnsweredBy != k.luis.ID {
			t.Fatal(r, err)
		}
		form, err := k.PublicReport(ctx, c.ID)
		if err != nil || len(form.Answered) != 1 || form.Answered[0].Public != answer.Public || form.Answered[0].Note != "" || form.Answered[0].Text != "" || form.Answered[0].Contact != "" {
			t.Errorf("readers are told %+v, %v", form.Answered, err)
		}
		_, err = k.TakeReport(ctx, k.ana, r.ID, r.Version)
		refused(t, "taking an answered one", err, claims.KindConflict, "report.answered")
		if err := k.undo(k.luis); err != nil {
			t.Fatal(err)
		}
		v, err := k.Report(ctx, k.ana, r.ID)
		if err != nil || v.Report.Answered() || v.Report.Note != "" || v.Report.Public != "" || v.Report.Assignee != k.ana.ID || v.Report.Text != readerText {
			t.Errorf("%+v, %v", v.Report, err)
		}
		_, err = k.ReopenFromReport(ctx, k.ana, r.ID, v.Report.Version, "x")
		refused(t, "reopening by a checker", err, claims.KindNotAllowed)
		_, err = k.ReopenFromReport(ctx, k.luis, r.ID, v.Report.Version, " ")
		refused(t, "reopening without a reason", err, claims.KindInvalid, "reason:text.missing")
		again, err := k.ReopenFromReport(ctx, k.luis, r.ID, v.Report.Version, "Un lector dio con el acta")
		if err != nil || again.State != claims.StateReopened {
			t.Fatal(again.State, err)
		}
		if v, _ = k.Report(ctx, k.ana, r.ID); v.Report.Assignee != k.luis.ID {
			t.Errorf("%+v", v.Report)
		}
		if err := k.undo(k.luis); err != nil {
			t.Fatal(err)
		}
		if got := k.again(c); got.State != claims.StatePublished {
			t.Errorf("%s", got.State)
		}
		k.sound()
	})
}

func TestAReportThatSomebodyWritesDownCanBeTakenBack(t *testing.T) {
	k := newKit(t)
	c := k.published()
	_, err := k.AddReport(t.Context(), k.carla, c.ID, workflow.ReportInput{Text: "x"})
	refused(t, "a contributor", err, claims.KindNotAllowed)
	_, err = k.AddReport(t.Context(), k.ana, k.claim(claims.StateOpen).ID, workflow.ReportInput{Text: "x"})
	refused(t, "nothing published", err, claims.KindConflict, "report.unpublished")
	r, err := k.AddReport(t.Context(), k.ana, c.ID, workflow.ReportInput{Text: "Llamó una lectora"})
	if err != nil || r.AddedBy != k.ana.ID {
		t.Fatal(r, err)
	}
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	_, err = k.Report(t.Context(), k.ana, r.ID)
	refused(t, "taken back", err, claims.KindNotFound)
}

// TestWhatAReaderWroteCanBeErased: nothing of it is left in any table.
func TestWhatAReaderWroteCanBeErased(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		c := k.published()
		r := k.reported(c, workflow.ReportInput{Text: readerText, URL: "https://zqxw.test/", Contact: readerMail})
		r, err := k.AnswerReport(ctx, k.luis, r.ID, r.Version, workflow.AnswerInput{Outcome: claims.ReportNeedsMore, Note: "Escribir a " + readerMail, Public: "Gracias, zqxw."})
		if err == nil {
			err = k.undo(k.luis)
		}
		if err != nil {
			t.Fatal(err)
		}
		refused(t, "by an editor", k.EraseReport(ctx, k.luis, r.ID, "x"), claims.KindNotAllowed)
		refused(t, "without a reason", k.EraseReport(ctx, k.eva, r.ID, ""), claims.KindInvalid)
		if err := k.EraseReport(ctx, k.eva, r.ID, "Lo pide"); err != nil {
			t.Fatal(err)
		}
		everyCell(t, k.file, func(table, cell string) {
			if strings.Contains(strings.ToLower(cell), "zqxw") {
				t.Errorf("%s holds %q", table, cell)
			}
		})
		v, err := k.Report(ctx, k.eva, r.ID)
		if err != nil || !v.Report.Erased || v.Report.Version < r.Version {
			t.Errorf("%+v, %v", v.Report, err)
		}
		_, err = k.TakeReport(ctx, k.ana, r.ID, v.Report.Version)
		refused(t, "taking an erased one", err, claims.KindGone)
		refused(t, "twice", k.EraseReport(ctx, k.eva, r.ID, "x"), claims.KindConflict)
		k.sound()
	})
}

// TestAProtectedSourceIsNoReadersBusiness: a report that names one is masked for whoever
// may not see it, and what readers are told never names it.
func TestAProtectedSourceIsNoReadersBusiness(t *testing.T) {
	k := newKit(t)
	src, err := k.AddSource(t.Context(), k.luis, workflow.SourceInput{Name: "Quetzalina Canario", Kind: claims.KindPerson, Protected: true})
	if err != nil {
		t.Fatal(err)
	}
	c := k.move(k.luis, k.approved(k.claim(claims.StateOpen, claimstest.Tied(src.ID, "Quetzalina Canario"))), to(claims.StatePublished))
	r := k.reported(c, workflow.ReportInput{Text: "Os lo contó Quetzalina Canario"})
	if r, err = k.AnswerReport(t.Context(), k.luis, r.ID, r.Version, workflow.AnswerInput{Outcome: claims.ReportNoError, Note: "Quetzalina Canario lo sabe", Public: "Quetzalina Canario no habló"}); err != nil {
		t.Fatal(err)
	}
	v, err := k.Report(t.Context(), k.bea, r.ID)
	form, formErr := k.PublicReport(t.Context(), c.ID)
	if err != nil || formErr != nil {
		t.Fatal(err, formErr)
	}
	for _, said := range []string{v.Report.Text, v.Report.Note, v.Report.Public, form.Answered[0].Public} {
		if strings.Contains(said, "Quetzalina") {
			t.Error(said)
		}
	}
}
