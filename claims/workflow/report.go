package workflow

import (
	"context"
	"errors"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
)

const nounReport = "report"

// Bounds of reports, and how programs that fill in forms are told from people.
const (
	maxReport      = 5000 // code points of what somebody writes
	maxReportLinks = 3    // in the text, beside the one that has a field
	maxReportDays  = 90
	reportHaste    = 3 * time.Second // nobody reads and writes faster
	reportExpiry   = 24 * time.Hour  // of a form
	reportKeyName  = "report form"
	publicAnswers  = 20 // that the public form shows
)

// reportFields is what the history tells of a report: never what a reader wrote, nor
// where they can be reached.
var reportFields = []field[claims.ErrorReport]{
	stamped("report_due", func(r *claims.ErrorReport) *time.Time { return &r.DueAt }),
	plain("assignee", func(r *claims.ErrorReport) *string { return &r.Assignee }),
	plain("report_outcome", func(r *claims.ErrorReport) *claims.ReportOutcome { return &r.Outcome }),
	plain("note", func(r *claims.ErrorReport) *string { return &r.Note }),
	plain("report_public", func(r *claims.ErrorReport) *string { return &r.Public }),
	plain("answered_by", func(r *claims.ErrorReport) *string { return &r.AnsweredBy }),
	timed("answered_at", func(r *claims.ErrorReport) **time.Time { return &r.AnsweredAt }),
}

// ReportInput is what somebody says is wrong with a published claim.
type ReportInput struct {
	Text    string
	URL     string // of what shows it
	Contact string // e-mail address
}

// FromReader is how a report came by the public form: its token, what stood in the
// field that people do not see, and the address that it was sent from, which is kept
// nowhere.
type FromReader struct {
	Token   string
	Trap    string
	Address string
}

// PublicReportView is what the public form shows.
type PublicReportView struct {
	PublicClaim
	Days     int                  // in which the desk means to answer
	Answered []claims.ErrorReport // what was said of earlier ones, newest first: Outcome, Public and AnsweredAt alone
	Token    string
}

// check tidies the input and refuses what cannot be.
func (in *ReportInput) check() error {
	in.Text, in.URL, in.Contact = clean(in.Text), strings.TrimSpace(in.URL), strings.TrimSpace(in.Contact)
	var f faults
	f.required("text", in.Text, maxReport)
	if n := strings.Count(strings.ToLower(in.Text), "://"); n > maxReportLinks {
		f.add("text", "report.too_many_links", n, maxReportLinks)
	}
	f.link("url", in.URL)
	if err := checkEmail(in.Contact); err != nil {
		f.add("contact", fieldsOf(err)[0].Key, fieldsOf(err)[0].Args...)
	}
	return f.err()
}

// PublicReport gives what the form needs on which anybody reports an error in a claim.
func (d *Desk) PublicReport(ctx context.Context, id string) (PublicReportView, error) {
	key, err := d.sharedKey(ctx, reportKeyName)
	if err != nil {
		return PublicReportView{}, err
	}
	var out PublicReportView
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		out = PublicReportView{}
		if out.PublicClaim, err = readPublic(ctx, r, id, 0); err != nil {
			return err
		}
		s, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		out.Days = reportDays(s)
		out.Answered, err = toldAnswers(ctx, r, out.Publication.Claim)
		return err
	})
	out.Token = auth.FormToken(key, reportAbout(out.Publication.Claim), d.clock.Now())
	return out, err
}

// toldAnswers gives what readers are told of earlier reports, without anything else.
func toldAnswers(ctx context.Context, r claims.Reader, claim string) ([]claims.ErrorReport, error) {
	open, err := veil(ctx, r, "")
	if err != nil {
		return nil, err
	}
	all, _, err := open.Reports(ctx, claims.ReportFilter{Claim: claim, Answered: true, Page: claims.Page{Limit: publicAnswers}})
	var out []claims.ErrorReport
	for _, one := range all {
		if one.Public != "" {
			out = append(out, claims.ErrorReport{Outcome: one.Outcome, Public: one.Public, AnsweredAt: one.AnsweredAt})
		}
	}
	return out, err
}

func reportDays(s claims.Settings) int {
	if s.Public.ReportDays < 1 {
		return claims.DefaultReportDays
	}
	return s.Public.ReportDays
}

func reportAbout(claim string) string { return "report " + claim }

// sharedKey gives a key that all nodes share; the first that asks draws it.
func (d *Desk) sharedKey(ctx context.Context, name string) (key string, err error) {
	read := func(r claims.Reader) (err error) { key, err = r.SharedKey(ctx, name); return err }
	if err = d.store.View(ctx, read); !missing(err) {
		return key, err
	}
	drawn := auth.NewKey()
	err = d.store.Update(ctx, func(w claims.Writer) error {
		if err := w.CreateSharedKey(ctx, name, drawn); err != nil {
			return err
		}
		return read(w)
	})
	return key, err
}

// ReceiveReport takes an error that a reader reports on a published or withdrawn claim.
// Refusals that a person can do something about: what is wrong where, report.automatic,
// report.hasty, report.expired, report.too_many (minutes). Whoever sends the same again
// while it is open gets what there is.
func (d *Desk) ReceiveReport(ctx context.Context, claim string, in ReportInput, from FromReader) (claims.ErrorReport, error) {
	key, err := d.sharedKey(ctx, reportKeyName)
	if err != nil {
		return claims.ErrorReport{}, err
	}
	plain, _ := claims.PlainID(claim)
	if _, err := d.PublicClaim(ctx, claim, 0); err != nil {
		return claims.ErrorReport{}, err
	}
	if err := in.check(); err != nil {
		return claims.ErrorReport{}, err
	}
	issued, known := auth.FormIssued(key, reportAbout(plain), from.Token)
	switch age := d.clock.Now().Sub(issued); {
	case from.Trap != "":
		return claims.ErrorReport{}, claims.Refuse(claims.KindInvalid, "report.automatic")
	case !known || age > reportExpiry:
		return claims.ErrorReport{}, claims.Refuse(claims.KindInvalid, "report.expired")
	case age < reportHaste:
		return claims.ErrorReport{}, claims.Refuse(claims.KindInvalid, "report.hasty")
	}
	if err := d.signIn.Report(from.Address); err != nil {
		return claims.ErrorReport{}, tooManyReports(err)
	}
	var out claims.ErrorReport
	err = d.update(ctx, claims.Actor{}, func(t *tx) (err error) {
		out, err = t.addReport(ctx, plain, in, ActReportReceive)
		return err
	})
	return out, err
}

func tooManyReports(err error) error {
	var busy *claims.Error
	if errors.As(err, &busy) && len(busy.Args) == 1 {
		if seconds, ok := busy.Args[0].(int); ok {
			return claims.Refuse(claims.KindBusy, "report.too_many", (seconds+59)/60)
		}
	}
	return err
}

// AddReport writes down what somebody told the desk in another way.
func (d *Desk) AddReport(ctx context.Context, actor claims.Actor, claim string, in ReportInput) (claims.ErrorReport, error) {
	var out claims.ErrorReport
	err := d.act(ctx, actor, func(t *tx) error {
		c, err := readClaim(ctx, t, claim)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActReport); err != nil {
			return err
		}
		if c.PublishedVersion == 0 {
			return claims.Refuse(claims.KindConflict, "report.unpublished")
		}
		if err := in.check(); err != nil {
			return err
		}
		out, err = t.addReport(ctx, c.ID, in, ActReportAdd)
		return err
	})
	return out, err
}

func (t *tx) addReport(ctx context.Context, claim string, in ReportInput, act string) (claims.ErrorReport, error) {
	c, err := readClaim(ctx, t, claim)
	if err != nil {
		return claims.ErrorReport{}, err
	}
	open, _, err := t.Reports(ctx, claims.ReportFilter{Claim: c.ID, Open: true, Page: claims.Page{Limit: maxLimit}})
	if err != nil {
		return claims.ErrorReport{}, err
	}
	for _, one := range open {
		if one.Text == in.Text && one.URL == in.URL && one.Contact == in.Contact {
			return one, nil
		}
	}
	p, err := t.Publication(ctx, c.ID, 0)
	if err != nil {
		return claims.ErrorReport{}, err
	}
	out := claims.ErrorReport{Claim: c.ID, N: p.N, Text: in.Text, URL: in.URL, Contact: in.Contact, Language: c.Language, AddedBy: t.actor.ID,
		ReceivedAt: t.now, DueAt: t.now.Add(time.Duration(reportDays(t.settings)) * 24 * time.Hour)}
	if out.ID, err = t.newID(); err != nil {
		return out, err
	}
	if err := t.CreateReport(ctx, &out); err != nil {
		return out, err
	}
	if err := t.record(ctx, onReport(act, c, out.ID, born(reportFields, out))); err != nil {
		return out, err
	}
	if err := t.announceReport(ctx, claims.NewsReported, out); err != nil {
		return out, err
	}
	concerned, err := t.concernedBy(ctx, c)
	if err != nil {
		return out, err
	}
	return out, t.tell(ctx, claims.InboxReport, c.ID, concerned...)
}

// concernedBy gives those who answer for a published claim: who holds it, handed it in,
// approved it; every editor where none of them is there any more.
func (t *tx) concernedBy(ctx context.Context, c claims.Claim) ([]string, error) {
	people, err := t.People(ctx)
	if err != nil {
		return nil, err
	}
	var own, editors []string
	for _, p := range people {
		a := claims.Actor{ID: p.ID, Role: p.Role}
		if p.Disabled || claims.May(a, claims.ActReport, t.settings) != nil {
			continue
		}
		if p.ID == c.Assignee || p.ID == c.SubmittedBy || p.ID == c.ApprovedBy {
			own = append(own, p.ID)
		}
		if claims.May(a, claims.ActReportAnswer, t.settings) == nil {
			editors = append(editors, p.ID)
		}
	}
	if len(own) > 0 {
		return own, nil
	}
	return editors, nil
}

func onReport(act string, c claims.Claim, id string, changes []change) entry {
	return entry{act: act, noun: nounReport, id: id, article: c.Article, claim: c.ID, changes: changes}
}
