package claimstest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"cotejo/claims"
)

// NewSource makes a sample source of a name.
func NewSource(name string) claims.Source {
	return claims.Source{ID: NewID(claims.IDLen), Name: name, Kind: claims.KindOrganization, Aliases: []string{name + " S. A."}, Code: "ES",
		SameAs: []string{"https://www.wikidata.org/wiki/Q1"}, Note: "con\nnota", CreatedBy: "P1", CreatedAt: Start, UpdatedAt: Start}
}

// PutSource stores a sample source after change has been at it.
func PutSource(t testing.TB, store claims.Store, name string, change func(*claims.Source)) claims.Source {
	t.Helper()
	s := NewSource(name)
	if change != nil {
		change(&s)
	}
	Write(t, store, func(w claims.Writer) error { return w.CreateSource(t.Context(), &s) })
	return s
}

// Tied makes the only link of a sample claim one to a source.
func Tied(source, name string) func(*claims.Claim) {
	return func(c *claims.Claim) {
		c.Attributions = []claims.Attribution{{Mode: claims.ModeIndirect, Sources: []claims.Link{{Source: source, Text: "la empresa", Name: name, Kind: claims.KindOrganization}}}}
	}
}

func updateSource(t testing.TB, store claims.Store, s *claims.Source, change func(*claims.Source)) {
	t.Helper()
	change(s)
	Write(t, store, func(w claims.Writer) error { return w.UpdateSource(t.Context(), s) })
}

func runSources(t *testing.T, store claims.Store) {
	ctx := t.Context()
	s := PutSource(t, store, "Énergie", func(s *claims.Source) { s.Protected, s.Readers = true, []string{"P1"} })
	read := func() (got claims.Source) {
		Read(t, store, func(r claims.Reader) (err error) {
			got, err = r.Source(ctx, s.ID)
			return err
		})
		return got
	}
	equal(t, "a source", s, read())
	old := s
	updateSource(t, store, &s, func(s *claims.Source) {
		s.Name, s.Kind, s.Aliases, s.Code, s.SameAs, s.Note = "Ibérica", claims.KindMedia, nil, "", nil, ""
		s.Protected, s.Readers, s.UpdatedAt = false, nil, Start.Add(1)
	})
	s.UpdatedAt = Start
	got := read()
	got.UpdatedAt = Start
	equal(t, "a changed source", s, got)
	refused(t, store, "a stale source", claims.KindStale, func(w claims.Writer) error { return w.UpdateSource(ctx, &old) })
	none := claims.Source{ID: "nope"}
	refused(t, store, "no source", claims.KindNotFound, func(w claims.Writer) error { return w.UpdateSource(ctx, &none) })
	refused(t, store, "a taken id", claims.KindConflict, func(w claims.Writer) error { return w.CreateSource(ctx, &s) })
	missing(t, store, "no source", func(r claims.Reader) error { _, err := r.Source(ctx, "nope"); return err })
	Write(t, store, func(w claims.Writer) error { return w.DeleteSource(ctx, s.ID) })
	missing(t, store, "a deleted source", func(r claims.Reader) error { _, err := r.Source(ctx, s.ID); return err })
	refused(t, store, "deleting twice", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteSource(ctx, s.ID) })
}

// listSources walks every page.
func listSources(t testing.TB, store claims.Store, f claims.SourceFilter) (names []string) {
	t.Helper()
	for {
		Read(t, store, func(r claims.Reader) error {
			rows, next, err := r.Sources(t.Context(), f)
			for _, row := range rows {
				names = append(names, fmt.Sprintf("%s %d", row.Name, row.Claims))
			}
			f.Cursor = next
			return err
		})
		if f.Cursor == "" {
			return names
		}
	}
}

func runSourceLists(t *testing.T, store claims.Store) {
	a := PutArticle(t, store, "Uno")
	var secret claims.Source
	for _, name := range []string{"Ébano", "zinc", "ZARZA", "eco", "Ábaco"} {
		s := PutSource(t, store, name, nil)
		PutClaim(t, store, a.ID, Tied(s.ID, name))
	}
	secret = PutSource(t, store, "Secreta", func(s *claims.Source) {
		s.Kind, s.Protected, s.Readers = claims.KindPerson, true, []string{"P1"}
	})
	for what, c := range map[string]struct {
		f    claims.SourceFilter
		want []string
	}{
		"all":                      {claims.SourceFilter{}, []string{"Ábaco 1", "Ébano 1", "eco 1", "ZARZA 1", "zinc 1"}},
		"in pages":                 {claims.SourceFilter{Page: claims.Page{Limit: 2}}, []string{"Ábaco 1", "Ébano 1", "eco 1", "ZARZA 1", "zinc 1"}},
		"by name":                  {claims.SourceFilter{Query: "ÉBANO s"}, []string{"Ébano 1"}},
		"by alias":                 {claims.SourceFilter{Query: "zarza s. a."}, []string{"ZARZA 1"}},
		"by kind":                  {claims.SourceFilter{Kind: claims.KindPerson}, nil},
		"for its reader":           {claims.SourceFilter{Kind: claims.KindPerson, Reader: "P1"}, []string{"Secreta 0"}},
		"name, not for others":     {claims.SourceFilter{Query: "secreta", Reader: "P2"}, nil},
		"name, for its reader":     {claims.SourceFilter{Query: "secreta", Reader: "P1"}, []string{"Secreta 0"}},
		"protected":                {claims.SourceFilter{Protected: true, Page: claims.Page{Limit: 1}}, []string{"Secreta 0"}},
		"protected, by their name": {claims.SourceFilter{Protected: true, Query: "secreta"}, nil},
	} {
		equal(t, what, c.want, listSources(t, store, c.f))
	}
	Read(t, store, func(r claims.Reader) error {
		named, err := r.SourcesNamed(t.Context(), []string{"zinc", "abaco s. a.", "nada"})
		if len(named) != 2 || named[0].Name != "Ábaco" {
			t.Errorf("named: %+v", named)
		}
		protected, err2 := r.ProtectedSources(t.Context())
		equal(t, "the protected ones", []claims.Source{secret}, protected)
		_, _, err3 := r.Sources(t.Context(), claims.SourceFilter{Page: claims.Page{Cursor: "x"}})
		wantKind(t, "a broken cursor", claims.KindInvalid, err3)
		return firstOf(err, err2)
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// runSourceTies merges one source into another and takes it back: ties and
// counts follow.
func runSourceTies(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	one, two, three := PutSource(t, store, "Uno", nil), PutSource(t, store, "Dos", nil), PutSource(t, store, "Tres", nil)
	said := PutClaim(t, store, a.ID, func(c *claims.Claim) {
		Tied(one.ID, "Uno")(c)
		c.Attributions[0].Via = []claims.Link{{Source: one.ID, Name: "Uno"}}
		c.Verdict = &claims.Verdict{Content: "false", Attribution: "accurate", ChangedAt: Start}
	})
	relayed := PutClaim(t, store, a.ID, func(c *claims.Claim) {
		Tied(two.ID, "Dos")(c)
		c.Attributions[0].Via = []claims.Link{{Source: one.ID, Name: "Uno"}}
	})
	PutClaim(t, store, a.ID, func(c *claims.Claim) {
		Tied(one.ID, "Uno")(c)
		c.State, c.Dismissed = claims.StateDismissed, &claims.Dismissal{Reason: claims.DismissTrivial}
	})
	record := func(id string) (out claims.SourceRecord) {
		Read(t, store, func(r claims.Reader) (err error) {
			out, err = r.SourceRecord(ctx, id)
			return err
		})
		return out
	}
	tied := func(id string) (out []string) {
		Read(t, store, func(r claims.Reader) error {
			rows, _, err := r.Claims(ctx, claims.ClaimFilter{Source: id, States: []claims.State{claims.StateOpen}})
			for _, row := range rows {
				out = append(out, row.ID)
			}
			return err
		})
		slices.Sort(out)
		return out
	}
	equal(t, "a record", claims.SourceRecord{Said: 1, Relayed: 1, Verdicts: map[string]int{"false": 1}, Attributions: map[string]int{"accurate": 1}}, record(one.ID))
	equal(t, "claims by source", []string{said.ID, relayed.ID}, tied(one.ID))
	updateSource(t, store, &one, func(s *claims.Source) { s.MergedInto = two.ID })
	updateSource(t, store, &two, func(s *claims.Source) { s.MergedInto = three.ID })
	equal(t, "a merged record", claims.SourceRecord{Said: 2, Verdicts: map[string]int{"false": 1, "": 1}, Attributions: map[string]int{"accurate": 1, "": 1}}, record(three.ID))
	equal(t, "claims of the merged", []string{said.ID, relayed.ID}, tied(three.ID))
	equal(t, "the list", []string{"Tres 3"}, listSources(t, store, claims.SourceFilter{}))
	updateSource(t, store, &two, func(s *claims.Source) { s.MergedInto = "" })
	equal(t, "a record given back", 2, record(two.ID).Said)
	equal(t, "the list after", []string{"Dos 3", "Tres 0"}, listSources(t, store, claims.SourceFilter{}))
	Read(t, store, func(r claims.Reader) error {
		ties, err := r.TiesOf(ctx, []string{said.ID, relayed.ID})
		equal(t, "ties", map[string][]string{said.ID: {one.ID}, relayed.ID: slices.Sorted(slices.Values([]string{one.ID, two.ID}))}, ties)
		now, err2 := r.ClaimsTied(ctx, two.ID)
		if len(now) != 3 {
			t.Errorf("claims tied: %v", now)
		}
		return firstOf(err, err2)
	})
}

// runHiddenNames protects a source after its claims were written: no search and
// no filter finds them by its name, also once they are no longer tied to it.
func runHiddenNames(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	s := PutSource(t, store, "Quetzal Rojo", nil)
	c := PutClaim(t, store, a.ID, func(c *claims.Claim) {
		Tied(s.ID, "Quetzal Rojo")(c)
		c.Standalone, c.Tags = "El puente [según Quetzal] costó", []string{"quetzal rojo", "puentes"}
	})
	hits := func(f claims.ClaimFilter) (n int) {
		Read(t, store, func(r claims.Reader) error {
			rows, _, err := r.Claims(ctx, f)
			n = len(rows)
			return err
		})
		return n
	}
	ways := []claims.ClaimFilter{{Query: "quetzal"}, {Source: "quetzal"}, {Tag: "quetzal rojo"}}
	expect := func(what string, want int) {
		t.Helper()
		for _, f := range ways {
			if n := hits(f); n != want {
				t.Errorf("%s, %+v: %d claims, want %d", what, f, n, want)
			}
		}
		if hits(claims.ClaimFilter{Query: "puente costo", Tag: "puentes"}) != 1 {
			t.Errorf("%s: it is no longer found by what is no secret", what)
		}
	}
	expect("open", 1)
	updateSource(t, store, &s, func(s *claims.Source) { s.Protected, s.Aliases = true, []string{"Quetzal"} })
	expect("protected", 0)
	Write(t, store, func(w claims.Writer) error {
		got, err := w.Claim(ctx, c.ID)
		if err != nil {
			return err
		}
		got.Attributions[0].Sources[0].Source = ""
		return w.UpdateClaim(ctx, &got)
	})
	expect("no longer tied", 0)
	other := PutSource(t, store, "Otra", func(s *claims.Source) { s.Protected = true })
	updateSource(t, store, &s, func(s *claims.Source) { s.MergedInto = other.ID })
	updateSource(t, store, &other, func(s *claims.Source) { s.Protected = false })
	expect("shown again", 1)
	updateSource(t, store, &other, func(s *claims.Source) { s.Protected, s.Readers = true, []string{"P1"} })
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Source(context.Background(), s.ID)
		if !got.Protected || !got.ShownTo("P1") || got.ShownTo("P2") {
			t.Errorf("the merged record does not share the protection: %+v", got)
		}
		return err
	})
	refused(t, store, "deleting a protected source that was tied", claims.KindConflict, func(w claims.Writer) error { return w.DeleteSource(ctx, s.ID) })
}
