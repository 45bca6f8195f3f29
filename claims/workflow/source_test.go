package workflow_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

func (k *kit) source(actor claims.Actor, in workflow.SourceInput) claims.Source {
	k.Helper()
	s, err := k.AddSource(k.Context(), actor, in)
	if err != nil {
		k.Fatal(err)
	}
	return s
}

// viewed is a source as somebody sees it.
func (k *kit) viewed(actor claims.Actor, id string) workflow.SourceView {
	k.Helper()
	v, err := k.Source(k.Context(), actor, id)
	if err != nil {
		k.Fatal(err)
	}
	return v
}

// tied ties the first link of a sample claim ("Alcaldía de Río Seco").
func (k *kit) tied(actor claims.Actor, c claims.Claim, source string) claims.Claim {
	k.Helper()
	c, err := k.TieLink(k.Context(), actor, c.ID, k.again(c).Version, workflow.TieInput{Place: workflow.LinkPlace{Role: "source"}, Source: source})
	if err != nil {
		k.Fatal(err)
	}
	return c
}

func TestASourceIsKeptEditedAndTakenBack(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		_, err := k.AddSource(t.Context(), k.carla, workflow.SourceInput{Name: "X"})
		refused(t, "a contributor", err, claims.KindNotAllowed, "not_allowed.source.edit")
		_, err = k.AddSource(t.Context(), k.ana, workflow.SourceInput{Kind: "ship", Code: "Spain", SameAs: []string{"javascript:alert(1)"}})
		wantFields(t, err, "name", "kind", "code", "same_as")
		s := k.source(k.ana, workflow.SourceInput{Name: " Alcaldía  de Río Seco ", Aliases: []string{"El ayuntamiento", "Alcaldía de Río Seco"}, Code: "es"})
		if s.Name != "Alcaldía de Río Seco" || s.Code != "ES" || s.Kind != claims.KindUnknown || !reflect.DeepEqual(s.Aliases, []string{"El ayuntamiento"}) {
			t.Errorf("kept as %+v", s)
		}
		edited, err := k.EditSource(t.Context(), k.bea, s.ID, s.Version, workflow.SourcePatch{Kind: ptr(claims.KindGovernment), Aliases: &[]string{}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.EditSource(t.Context(), k.ana, s.ID, s.Version, workflow.SourcePatch{Name: ptr("Y")})
		refused(t, "a stale edit", err, claims.KindStale, "stale.source")
		if err := k.undo(k.bea); err != nil {
			t.Fatal(err)
		}
		if got := k.viewed(k.ana, s.ID).Source; got.Kind != s.Kind || !slices.Equal(got.Aliases, s.Aliases) || got.Version <= edited.Version {
			t.Errorf("after the undo: %+v", got)
		}
		_, err = k.Undo(t.Context(), k.ana, k.eventOf(workflow.ActSourceAdd).ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.Source(t.Context(), k.ana, s.ID)
		refused(t, "a source taken back", err, claims.KindNotFound, "not_found.source")
		k.sound()
	})
}

// eventOf is the newest event of an act.
func (k *kit) eventOf(act string) claims.Event {
	k.Helper()
	events, _, err := k.Events(k.Context(), k.eva, claims.EventFilter{Before: 1 << 40})
	if err != nil {
		k.Fatal(err)
	}
	for _, e := range events {
		if e.Act == act {
			return e
		}
	}
	k.Fatalf("nobody did %s", act)
	return claims.Event{}
}

func wantFields(t *testing.T, err error, want ...string) {
	t.Helper()
	var got []string
	if e := (*claims.Error)(nil); errors.As(err, &e) {
		for _, f := range e.Fields {
			got = append(got, f.Field)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("wrong fields %v, want %v (%v)", got, want, err)
	}
}

func TestMergedSourcesAreOneAndCanBeGivenBack(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		one := k.source(k.ana, workflow.SourceInput{Name: "Alcaldía de Río Seco", Aliases: []string{"Alcaldía"}, SameAs: []string{"https://a.test/"}})
		two := k.source(k.ana, workflow.SourceInput{Name: "Ayuntamiento", Kind: claims.KindGovernment, SameAs: []string{"https://b.test/"}})
		c := k.tied(k.ana, k.claim(claims.StateOpen), one.ID)
		d := k.tied(k.bea, k.claim(claims.StateOpen), two.ID)
		_, err := k.MergeSource(t.Context(), k.ana, one.ID, one.Version, two.ID)
		refused(t, "a checker", err, claims.KindNotAllowed, "not_allowed.source.merge")
		_, err = k.MergeSource(t.Context(), k.luis, one.ID, one.Version, one.ID)
		wantFields(t, err, "into")
		_, err = k.MergeSource(t.Context(), k.luis, one.ID, one.Version+1, two.ID)
		refused(t, "a stale merge", err, claims.KindStale, "stale.source")
		merged, err := k.MergeSource(t.Context(), k.luis, one.ID, one.Version, two.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(merged.Names(), []string{"Ayuntamiento", "Alcaldía de Río Seco", "Alcaldía"}) || len(merged.SameAs) != 2 {
			t.Errorf("merged: %+v", merged)
		}
		if v := k.viewed(k.carla, two.ID); v.Record.Said != 2 || len(v.Latest) != 2 || k.viewed(k.carla, one.ID).Source.MergedInto != two.ID {
			t.Errorf("the record of both: %+v", v.Record)
		}
		rows, _, err := k.Claims(t.Context(), k.carla, claims.ClaimFilter{Source: two.ID})
		if err != nil || len(rows) != 2 {
			t.Errorf("claims of both: %d, %v", len(rows), err)
		}
		_, err = k.EditSource(t.Context(), k.ana, one.ID, k.viewed(k.ana, one.ID).Source.Version, workflow.SourcePatch{Name: ptr("X")})
		refused(t, "editing what was merged", err, claims.KindConflict, "source.merged")
		_, err = k.Undo(t.Context(), k.ana, k.sourceEvent(one.ID).ID)
		refused(t, "taking back what was merged", err, claims.KindConflict, "source.merged")
		refused(t, "another's merge", k.undo(k.olga), claims.KindNotAllowed, "undo.not_yours")
		if err := k.undo(k.luis); err != nil {
			t.Fatal(err)
		}
		for _, want := range []claims.Source{one, two} {
			v := k.viewed(k.carla, want.ID)
			got := v.Source
			got.Version, got.UpdatedAt, want.Version = 0, want.UpdatedAt, 0
			if !sameSource(got, want) || v.Record.Said != 1 {
				t.Errorf("given back as %+v with %+v, want %+v", got, v.Record, want)
			}
		}
		if k.again(c).Attributions[0].Sources[0].Source != one.ID || k.again(d).Attributions[0].Sources[0].Source != two.ID {
			t.Error("the ties are not what they were")
		}
		k.sound()
	})
}

func sameSource(a, b claims.Source) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(bytes.ReplaceAll(x, []byte("null"), []byte("[]"))) == string(bytes.ReplaceAll(y, []byte("null"), []byte("[]")))
}

// sourceEvent is the newest event of a record.
func (k *kit) sourceEvent(id string) claims.Event {
	k.Helper()
	events, _, err := k.Events(k.Context(), k.eva, claims.EventFilter{Noun: "source", NounID: id, Before: 1 << 40})
	if err != nil || len(events) == 0 {
		k.Fatal(err, "no event of the record")
	}
	return events[0]
}

func TestLinksAreOfferedRecordsAndNeverTiedByThemselves(t *testing.T) {
	k := newKit(t)
	open := k.source(k.ana, workflow.SourceInput{Name: "Ayto. de Río Seco", Aliases: []string{"ALCALDIA DE RÍO SECO"}})
	secret := k.source(k.ana, workflow.SourceInput{Name: "Alcaldía de Río Seco", Protected: true})
	c := k.claim(claims.StateOpen)
	offered := func(actor claims.Actor) (out []string) {
		v, err := k.Claim(t.Context(), actor, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range v.Offers {
			for _, s := range o.Sources {
				out = append(out, o.Role+" "+s.ID)
			}
		}
		return out
	}
	if got := offered(k.bea); !slices.Equal(got, []string{"source " + open.ID}) {
		t.Errorf("bea is offered %v", got)
	}
	if got := offered(k.ana); !slices.Equal(got, []string{"source " + secret.ID, "source " + open.ID}) {
		t.Errorf("ana is offered %v", got)
	}
	tie := func(actor claims.Actor, in workflow.TieInput) error {
		_, err := k.TieLink(t.Context(), actor, c.ID, k.again(c).Version, in)
		return err
	}
	place := workflow.LinkPlace{Role: "source"}
	wantFields(t, tie(k.bea, workflow.TieInput{Place: place, Source: secret.ID}), "attributions[0].sources[0].source")
	wantFields(t, tie(k.bea, workflow.TieInput{Place: place, Source: "0000000000"}), "attributions[0].sources[0].source")
	refused(t, "a contributor", tie(k.carla, workflow.TieInput{Place: place, Source: open.ID}), claims.KindNotAllowed, "not_allowed.claim.edit")
	for _, wrong := range []workflow.LinkPlace{{Role: "source", N: 1}, {Role: "original"}, {Role: "chorus"}, {Role: "via", Attribution: 1}, {Role: "via", N: -1}} {
		refused(t, fmt.Sprint(wrong), tie(k.bea, workflow.TieInput{Place: wrong, Source: open.ID}), claims.KindNotFound, "not_found.link")
	}
	if err := tie(k.bea, workflow.TieInput{Place: workflow.LinkPlace{Role: "via"}}); err != nil {
		t.Fatal(err)
	}
	efe := k.again(c).Attributions[0].Via[0].Source
	if s := k.viewed(k.bea, efe).Source; s.Name != "EFE" || s.Kind != claims.KindMedia || k.viewed(k.bea, efe).Record.Relayed != 1 {
		t.Errorf("the record made of a link: %+v", s)
	}
	refused(t, "twice", tie(k.bea, workflow.TieInput{Place: workflow.LinkPlace{Role: "via"}, Source: open.ID}), claims.KindConflict, "source.link_tied")
	if err := k.undo(k.bea); err != nil {
		t.Fatal(err)
	}
	if k.again(c).Attributions[0].Via[0].Source != "" {
		t.Error("the tie was not taken back")
	}
	frozen := k.claim(claims.StateSubmitted)
	_, err := k.TieLink(t.Context(), k.bea, frozen.ID, k.again(frozen).Version, workflow.TieInput{Place: place, Source: open.ID})
	refused(t, "what was submitted", err, claims.KindIllegalMove, "claim.frozen")
}

const canary = "Quetzalina Canario"

// guarded is a claim all of whose texts name a protected source that is ana's.
func (k *kit) guarded() (claims.Claim, claims.Source) {
	k.Helper()
	c := k.claim(claims.StateInCheck, func(c *claims.Claim) {
		c.Assignee = k.ana.ID
		c.Attributions[0].Sources[0].Name = canary
		c.Attributions[0].Cue.Text, c.Attributions[0].Cue.Span = "dijo Quetzalina Canario", claims.Span{}
		c.Standalone = "[Según QUETZALINA  CANARIO] el puente costó 15.000 euros"
		c.Tags = []string{"quetzalina-canario", "puentes"}
	})
	c, err := k.TieLink(k.Context(), k.ana, c.ID, k.again(c).Version, workflow.TieInput{Place: workflow.LinkPlace{Role: "source"}, Protect: true})
	if err != nil {
		k.Fatal(err)
	}
	if _, err := k.AddEvidence(k.Context(), k.ana, c.ID, k.again(c).Version, claims.Evidence{
		URL: "https://mail.test/quetzalina%20canario", Title: "Correo de Quetzalina Canario", Quote: "firma: quetzalina canario", Publisher: canary, Locator: canary,
	}); err != nil {
		k.Fatal(err)
	}
	if _, err := k.AddNote(k.Context(), k.ana, c.ID, "Llamar a Quetzalina Canario"); err != nil {
		k.Fatal(err)
	}
	if _, err := k.Judge(k.Context(), k.ana, c.ID, k.again(c).Version, workflow.VerdictInput{
		Content: "true", Attribution: "accurate", Rationale: "Lo confirma Quetzalina Canario.", WhatIsTrue: "Quetzalina Canario tiene razón.",
	}); err != nil {
		k.Fatal(err)
	}
	c = k.again(c)
	return c, k.viewed(k.ana, c.Attributions[0].Sources[0].Source).Source
}

// names reports whether anything in v names the canary.
func names(v any) bool {
	raw, err := json.Marshal(v)
	flat := strings.ToLower(strings.NewReplacer(" ", "", "-", "", "%20", "").Replace(string(raw)))
	return err != nil || strings.Contains(flat, "quetzalina")
}

// around shows the place where the canary sings.
func around(v any) string {
	raw, _ := json.Marshal(v)
	at := max(0, strings.Index(strings.ToLower(string(raw)), "quetzalina"))
	return string(raw[max(0, at-150):min(len(raw), at+60)])
}

func TestAProtectedSourceIsSeenByItsReadersOnly(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		c, s := k.guarded()
		looks := map[string]func(claims.Actor) any{
			"claim":    func(a claims.Actor) any { return must(k.Claim(t.Context(), a, c.ID)) },
			"source":   func(a claims.Actor) any { return k.viewed(a, s.ID) },
			"evidence": func(a claims.Actor) any { return must(k.EvidenceOf(t.Context(), a, []string{c.ID})) },
			"claims": func(a claims.Actor) any {
				rows, _, err := k.Claims(t.Context(), a, claims.ClaimFilter{})
				return must(rows, err)
			},
			"history": func(a claims.Actor) any {
				events, _, err := k.Events(t.Context(), a, claims.EventFilter{Before: 1 << 40})
				return must(events, err)
			},
			"claim history": func(a claims.Actor) any { return must(k.ClaimEvents(t.Context(), a, c.ID)) },
		}
		for what, look := range looks {
			for _, a := range []claims.Actor{k.carla, k.bea, k.luis, k.eva} {
				if names(look(a)) {
					t.Errorf("%s shows %s who it is: %s", what, a.Name, around(look(a)))
				}
			}
			if !names(look(k.ana)) {
				t.Errorf("%s does not show its reader who it is", what)
			}
		}
		for _, q := range []claims.SourceFilter{{}, {Query: "quetzalina"}, {Protected: true, Query: "quetzalina"}} {
			rows, _, err := k.Sources(t.Context(), k.eva, q)
			if err != nil || len(rows) != 0 {
				t.Errorf("eva finds %d by %+v, %v", len(rows), q, err)
			}
			if rows, _, err = k.Sources(t.Context(), k.ana, q); err != nil || len(rows) != 1 {
				t.Errorf("ana finds %d by %+v, %v", len(rows), q, err)
			}
		}
		for _, f := range []claims.ClaimFilter{{Query: "quetzalina"}, {Source: "canario"}, {Tag: "quetzalina-canario"}} {
			if rows, _, err := k.Claims(t.Context(), k.eva, f); err != nil || len(rows) != 0 {
				t.Errorf("eva finds %d claims by %+v, %v", len(rows), f, err)
			}
		}
		var csv bytes.Buffer
		if err := k.ExportVerdicts(t.Context(), k.ana, claims.ClaimFilter{}, &csv, export.Options{}); err != nil || names(csv.String()) || !strings.Contains(csv.String(), "fuente protegida|unknown|source") {
			t.Errorf("the export: %v\n%s", err, csv.String())
		}
		k.sound()
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestWhoMaySeeIsNamedByReadersAndAdmins: an admin may name people, themselves
// too, and by that act alone.
func TestWhoMaySeeIsNamedByReadersAndAdmins(t *testing.T) {
	k := newKit(t)
	c, s := k.guarded()
	edit := func(actor claims.Actor, p workflow.SourcePatch) error {
		_, err := k.EditSource(t.Context(), actor, s.ID, k.viewed(k.eva, s.ID).Source.Version, p)
		return err
	}
	for _, a := range []claims.Actor{k.bea, k.luis, k.eva} {
		refused(t, a.Name+" renames", edit(a, workflow.SourcePatch{Name: ptr("X")}), claims.KindNotAllowed, "not_allowed.source_protected")
		refused(t, a.Name+" unprotects", edit(a, workflow.SourcePatch{Protected: ptr(false)}), claims.KindNotAllowed, "not_allowed.source_protected")
		refused(t, a.Name+" merges", second(k.MergeSource(t.Context(), a, s.ID, k.viewed(k.eva, s.ID).Source.Version, s.ID)), claims.KindNotAllowed, map[bool]string{true: "not_allowed.source.merge", false: "not_allowed.source_protected"}[a == k.bea])
	}
	refused(t, "an editor names", edit(k.luis, workflow.SourcePatch{Readers: &[]string{"luis"}}), claims.KindNotAllowed, "not_allowed.source.name")
	wantFields(t, edit(k.ana, workflow.SourcePatch{Readers: &[]string{}}), "readers")
	wantFields(t, edit(k.ana, workflow.SourcePatch{Readers: &[]string{"nadie"}}), "readers")
	if err := edit(k.eva, workflow.SourcePatch{Readers: &[]string{"ana", "Eva"}}); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActSourceProtect || e.Actor != k.eva.ID {
		t.Errorf("the history tells of %s", e.Act)
	}
	if !names(k.viewed(k.eva, s.ID)) || !names(must(k.Claim(t.Context(), k.eva, c.ID))) {
		t.Error("eva named herself and does not see it")
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	if names(k.viewed(k.eva, s.ID)) {
		t.Error("eva sees it after she took that back")
	}
	other := k.source(k.ana, workflow.SourceInput{Name: "Otra"})
	_, err := k.MergeSource(t.Context(), k.luis, other.ID, other.Version, s.ID)
	refused(t, "merging the open with the protected", err, claims.KindConflict, "source.merge_protected")
	_, err = k.Undo(t.Context(), k.ana, k.eventOf(workflow.ActSourceAdd).ID)
	if err != nil {
		t.Fatal(err) // Otra's
	}
	if err := edit(k.ana, workflow.SourcePatch{Protected: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	if v := k.viewed(k.carla, s.ID); !v.Shown || !names(v) || len(v.Source.Readers) != 0 {
		t.Errorf("not shown to all: %+v", v.Source)
	}
	k.sound()
}

func second[T any](_ T, err error) error { return err }

// TestWhatWasSentAsItWasSeenStaysAsItWas: who may not see a protected source can
// still work on its claim.
func TestWhatWasSentAsItWasSeenStaysAsItWas(t *testing.T) {
	k := newKit(t)
	c, s := k.guarded()
	seen := must(k.Claim(t.Context(), k.bea, c.ID)).Row
	if seen.Standalone != "[Según fuente protegida] el puente costó 15.000 euros" || seen.Attributions[0].Sources[0].Name != "fuente protegida" {
		t.Fatalf("bea sees %q, %+v", seen.Standalone, seen.Attributions)
	}
	list := claims.CopyAttributions(seen.Attributions)
	list[0].Sources[0].SawOriginal, list[0].Via = true, nil
	_, err := k.EditClaim(t.Context(), k.bea, c.ID, c.Version, workflow.ClaimPatch{Standalone: &seen.Standalone, Kind: ptr(claims.KindEvent), Attributions: &list, Tags: &seen.Tags})
	if err != nil {
		t.Fatal(err)
	}
	got := k.again(c)
	l := got.Attributions[0].Sources[0]
	if got.Standalone != c.Standalone || got.Kind != claims.KindEvent || !slices.Equal(got.Tags, c.Tags) || got.Attributions[0].Cue.Text != c.Attributions[0].Cue.Text {
		t.Errorf("stored %+v", got)
	}
	if l.Name != canary || l.Text != "la alcaldía" || l.Kind != claims.KindGovernment || !l.SawOriginal || l.Source != s.ID || len(got.Attributions[0].Via) != 0 {
		t.Errorf("the link is %+v", l)
	}
	v := seen.Verdict
	if _, err := k.Judge(t.Context(), k.bea, c.ID, got.Version, workflow.VerdictInput{Content: v.Content, Attribution: v.Attribution, Rationale: v.Rationale, WhatIsTrue: v.WhatIsTrue}); err != nil {
		t.Fatal(err)
	}
	if now := k.again(c).Verdict; now.Rationale != c.Verdict.Rationale || now.ChangedBy != k.ana.ID {
		t.Errorf("who repeats a verdict changed it: %+v", now)
	}
	asked := must(k.AddContact(t.Context(), k.ana, c.ID, workflow.ContactInput{Whom: canary, Question: "¿Es así, Quetzalina Canario?"}))
	told := must(k.Claim(t.Context(), k.bea, c.ID)).Contacts[0]
	if names(told) {
		t.Errorf("bea is told whom ana asked: %+v", told)
	}
	must(k.EditContact(t.Context(), k.bea, c.ID, asked.ID, told.Version, workflow.ContactInput{Whom: told.Whom, Question: told.Question, Answer: "Sí"}))
	if now := must(k.Claim(t.Context(), k.ana, c.ID)).Contacts[0]; now.Whom != canary || now.Answer != "Sí" || now.Question != asked.Question {
		t.Errorf("the contact became %+v", now)
	}
	event := must(k.Undo(t.Context(), k.bea, must(k.Claim(t.Context(), k.bea, c.ID)).Undo.ID))
	if names(event) {
		t.Errorf("the undoing names it: %+v", event)
	}
	list[0].Sources = append(list[0].Sources, list[0].Sources[0])
	_, err = k.EditClaim(t.Context(), k.bea, c.ID, k.again(c).Version, workflow.ClaimPatch{Attributions: &list})
	wantFields(t, err, "attributions[0].sources[1].source")
	list[0].Sources = nil
	if _, err := k.EditClaim(t.Context(), k.bea, c.ID, k.again(c).Version, workflow.ClaimPatch{Attributions: &list}); err != nil {
		t.Fatal(err)
	}
	if names(must(k.Claim(t.Context(), k.bea, c.ID))) {
		t.Errorf("once it is no longer tied, the claim names it: %s", around(must(k.Claim(t.Context(), k.bea, c.ID))))
	}
}

func TestAPublicationNamesNoProtectedSource(t *testing.T) {
	k := newKit(t)
	c, _ := k.guarded()
	efe := k.source(k.ana, workflow.SourceInput{Name: "EFE", SameAs: []string{"https://www.wikidata.org/wiki/Q1"}})
	list := claims.CopyAttributions(k.again(c).Attributions)
	list[0].Sources = append(list[0].Sources, claims.Link{Name: "EFE", Source: efe.ID, Kind: claims.KindMedia})
	if _, err := k.EditClaim(t.Context(), k.ana, c.ID, k.again(c).Version, workflow.ClaimPatch{Attributions: &list}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		who claims.Actor
		to  claims.State
	}{{k.ana, claims.StateSubmitted}, {k.luis, claims.StateApproved}, {k.luis, claims.StatePublished}} {
		k.move(step.who, k.again(c), to(step.to))
	}
	public := must(k.PublicClaim(t.Context(), c.ID, 0))
	if names(string(public.Publication.Document)) || names(public) {
		t.Errorf("it is published who it is: %s", public.Publication.Document)
	}
	doc := public.Document
	if doc.Claim.Attributions[0].Sources[0].Source != "" || len(doc.Evidence) != 0 {
		t.Errorf("the record or the evidence that names it is published: %+v", doc)
	}
	authors := doc.ClaimReview.ItemReviewed.Author
	if len(authors) != 2 || authors[0].Name != "fuente protegida" || authors[0].SameAs != nil || !slices.Equal(authors[1].SameAs, efe.SameAs) {
		t.Errorf("authors: %+v", authors)
	}
	var csv bytes.Buffer
	if err := k.PublicVerdicts(t.Context(), &csv, export.Options{}); err != nil || names(csv.String()) {
		t.Errorf("the public file: %v\n%s", err, csv.String())
	}
	k.move(k.luis, k.again(c), because(claims.StateWithdrawn, "A petición de Quetzalina Canario"))
	if gone := must(k.PublicClaim(t.Context(), c.ID, 0)); names(gone.Withdrawn) || gone.Withdrawn == nil {
		t.Errorf("the tombstone names it: %+v", gone.Withdrawn)
	}
	k.sound()
}

// TestProtectingLearnsWhatLinksCallASource: what was typed into a chain before is
// hidden as well.
func TestProtectingLearnsWhatLinksCallASource(t *testing.T) {
	k := newKit(t)
	s := k.source(k.ana, workflow.SourceInput{Name: "Una Persona"})
	c := k.tied(k.ana, k.claim(claims.StateOpen, func(c *claims.Claim) { c.Attributions[0].Sources[0].Name = canary }), s.ID)
	if _, err := k.EditSource(t.Context(), k.ana, s.ID, s.Version, workflow.SourcePatch{Protected: ptr(true)}); err != nil {
		t.Fatal(err)
	}
	if got := k.viewed(k.ana, s.ID).Source; !slices.Equal(got.Aliases, []string{canary}) || !slices.Equal(got.Readers, []string{k.ana.ID}) {
		t.Errorf("it learnt %+v", got)
	}
	if names(must(k.Claim(t.Context(), k.eva, c.ID))) || names(k.viewed(k.eva, s.ID)) {
		t.Error("what a link called it before is shown")
	}
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	if got := k.viewed(k.eva, s.ID).Source; got.Protected || len(got.Aliases) != 0 {
		t.Errorf("after the undo: %+v", got)
	}
}

// TestWhereAProtectedSourceIsNamedAllTheSame tells its readers, and them alone,
// what no protection covers.
func TestWhereAProtectedSourceIsNamedAllTheSame(t *testing.T) {
	k := newKit(t)
	s := k.source(k.ana, workflow.SourceInput{Name: "Río", Aliases: []string{"Alcaldía de Río Seco"}})
	c := k.tied(k.ana, k.claim(claims.StateInCheck, judged(k.ana, k.ana)), s.ID)
	for _, step := range []struct {
		who claims.Actor
		to  claims.State
	}{{k.ana, claims.StateSubmitted}, {k.luis, claims.StateApproved}, {k.luis, claims.StatePublished}} {
		k.move(step.who, k.again(c), to(step.to))
	}
	if v := k.viewed(k.ana, s.ID); len(v.Exposed) != 0 {
		t.Errorf("an open source is exposed: %+v", v.Exposed)
	}
	if _, err := k.EditSource(t.Context(), k.ana, s.ID, s.Version, workflow.SourcePatch{Protected: ptr(true)}); err != nil {
		t.Fatal(err)
	}
	want := []workflow.Exposure{{Claim: c.ID, Article: c.Article, N: 1}, {Claim: c.ID, Article: c.Article}}
	if v := k.viewed(k.ana, s.ID); !slices.Equal(v.Exposed, want) {
		t.Errorf("exposed: %+v", v.Exposed)
	}
	if v := k.viewed(k.eva, s.ID); len(v.Exposed) != 0 {
		t.Errorf("eva is told where it is named: %+v", v.Exposed)
	}
}

func TestAProtectedRecordThatIsTakenBackLeavesNoName(t *testing.T) {
	k := newKit(t)
	s := k.source(k.ana, workflow.SourceInput{Name: canary, Protected: true})
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Source(t.Context(), k.ana, s.ID); claims.KindOf(err) != claims.KindNotFound {
		t.Errorf("it is still there: %v", err)
	}
	events, _, err := k.Events(t.Context(), k.eva, claims.EventFilter{Before: 1 << 40})
	if err != nil || names(events) {
		t.Errorf("the history names it: %+v, %v", events, err)
	}
	k.sound()
}

func TestMergedClaimsLeadToOneOrigin(t *testing.T) {
	k := newKit(t)
	a := k.claim(claims.StateOpen)
	article := must(k.Article(t.Context(), k.ana, a.Article)).Article
	if _, err := k.EditArticle(t.Context(), k.ana, article.ID, article.Version, workflow.ArticlePatch{Outlet: ptr("Otro Diario")}); err != nil {
		t.Fatal(err)
	}
	b := k.claim(claims.StateOpen)
	if _, err := k.MoveClaim(t.Context(), k.ana, b.ID, k.again(b).Version, workflow.MoveInput{To: claims.StateDismissed, Reason: "duplicate", Of: a.ID}); err != nil {
		t.Fatal(err)
	}
	got := must(k.Claim(t.Context(), k.carla, a.ID)).Origins
	if len(got) != 1 || got[0].Origin.Name != "Alcaldía de Río Seco" || !slices.Equal(got[0].Outlets, []string{"Otro Diario", "Diario del Río"}) {
		t.Errorf("origins: %+v", got)
	}
	if got := must(k.Claim(t.Context(), k.carla, b.ID)).Origins; len(got) != 0 {
		t.Errorf("origins of one telling: %+v", got)
	}
}

// TestWhatWasPublishedBeforeIsToldOf: also of claims that nobody tied to the record, and
// in checks.
func TestWhatWasPublishedBeforeIsToldOf(t *testing.T) {
	k := newKit(t)
	c := k.published()
	check, err := k.CreateCheck(t.Context(), k.luis, workflow.CheckInput{Title: "El río", Body: "Lo dijo la Alcaldía de Río Seco. [[" + c.ID + "]]", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	if check, err = k.MoveCheck(t.Context(), k.luis, check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	s := k.source(k.ana, workflow.SourceInput{Name: "Alcaldía de Río Seco", Protected: true})
	got := k.viewed(k.ana, s.ID).Exposed
	if !slices.Contains(got, workflow.Exposure{Claim: c.ID, N: 1}) || !slices.Contains(got, workflow.Exposure{Check: check.Slug, Title: "El río", N: 1}) {
		t.Errorf("told of %+v", got)
	}
	if v := k.viewed(k.eva, s.ID); len(v.Exposed) != 0 {
		t.Errorf("eva is told where it is named: %+v", v.Exposed)
	}
}
