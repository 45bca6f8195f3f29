package claimstest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
)

// found gives the ids that a search finds, best first.
func found(t *testing.T, store claims.Store, f claims.SearchFilter) (ids []string) {
	t.Helper()
	Read(t, store, func(r claims.Reader) error {
		out, err := r.Search(t.Context(), f)
		for _, h := range out.Hits {
			ids = append(ids, h.ID)
		}
		return err
	})
	return ids
}

func finds(t *testing.T, store claims.Store, noun claims.SearchNoun, query string, want ...string) {
	t.Helper()
	if got := found(t, store, claims.SearchFilter{Noun: noun, Query: query}); !slices.Equal(got, want) {
		t.Errorf("%s %q: found %v, want %v", noun, query, got, want)
	}
}

// runSearch finds each noun by words, numbers and ids, and no longer what is gone.
func runSearch(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Los camiones de Zamora")
	c := PutClaim(t, store, a.ID, func(c *claims.Claim) { c.Standalone = "Cruzaron 15.000 camiones; costó 1,5 millones" })
	s := PutSource(t, store, "Instituto Nacional de Estadística", func(s *claims.Source) { s.Aliases = []string{"INE"} })
	e := claims.Evidence{ID: NewID(claims.IDLen), Claim: c.ID, URL: "https://ine.test/padron", Title: "Padrón continuo", Quote: "Había 1.150 viviendas", AddedAt: Start}
	n := claims.Note{ID: NewID(claims.IDLen), Claim: c.ID, Author: "P1", Text: "Preguntar a la Óptica «Москва»", At: Start}
	o := claims.Contact{ID: NewID(claims.IDLen), Claim: c.ID, Whom: "Concejalía de Aguas", Means: claims.MeansPhone, Question: "¿Cuántos 2.300 euros?", AskedAt: Start, CreatedBy: "P1", CreatedAt: Start}
	k := NewCheck("puente")
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateEvidence(ctx, e), w.CreateNote(ctx, n), w.CreateContact(ctx, &o), w.CreateCheck(ctx, &k))
	})
	for _, query := range []string{"15.000", "15 000", "15,000", "15000", "15 mil", "1500000", "1.5 million", "camión", "CAMIONES costo", "cam", claims.ShowID(c.ID), strings.ToLower(c.ID), "EFE"} {
		finds(t, store, claims.SearchClaim, query, c.ID)
		if len(query) > 3 { // a list of claims takes the same
			Read(t, store, func(r claims.Reader) error {
				rows, _, err := r.Claims(ctx, claims.ClaimFilter{Query: query})
				if len(rows) != 1 {
					t.Errorf("the list finds %d claims by %q", len(rows), query)
				}
				return err
			})
		}
	}
	for _, query := range []string{"camiones", c.ID} {
		if got := found(t, store, claims.SearchFilter{Noun: claims.SearchClaim, Query: query, Without: []string{c.ID}}); got != nil {
			t.Errorf("%q finds %v, which is left out", query, got)
		}
	}
	Read(t, store, func(r claims.Reader) error {
		without := claims.ClaimFilter{Query: "camiones", Without: []string{c.ID}}
		rows, _, err := r.Claims(ctx, without)
		counts, err2 := r.CountClaims(ctx, without)
		if len(rows)+len(counts) != 0 {
			t.Errorf("a list holds %v, which is left out", rows)
		}
		return errors.Join(err, err2)
	})
	finds(t, store, claims.SearchArticle, "zamora", a.ID)
	finds(t, store, claims.SearchArticle, "crecer metros", a.ID) // of its text, by stems
	finds(t, store, claims.SearchSource, "ine", s.ID)
	finds(t, store, claims.SearchEvidence, "1150 vivienda", e.ID)
	finds(t, store, claims.SearchNote, "optica москва", n.ID)
	finds(t, store, claims.SearchContact, "concejalia 2300", o.ID)
	o.Answer = "Eran novecientos"
	Write(t, store, func(w claims.Writer) error { return w.UpdateContact(ctx, &o) })
	finds(t, store, claims.SearchContact, "novecientos", o.ID)
	finds(t, store, claims.SearchCheck, "paso a paso", k.ID)
	for _, nothing := range []string{"", "  ", "%", "_", "¿?", "camión barco", "150", "_note", "\" OR 1", "' | '", "a* NEAR(b)"} {
		finds(t, store, claims.SearchNote, nothing)
	}
	Write(t, store, func(w claims.Writer) error {
		got, err := w.Claim(ctx, c.ID)
		if err != nil {
			return err
		}
		got.Standalone, k.Title, s.Aliases = "Otra cosa", "Nada", nil
		next := NewSnapshot(a.ID, 2, "Texto nuevo sobre lobos")
		return errors.Join(w.UpdateClaim(ctx, &got), w.DeleteEvidence(ctx, c.ID, e.ID), w.DeleteNote(ctx, c.ID, n.ID), w.DeleteContact(ctx, c.ID, o.ID), w.UpdateCheck(ctx, &k),
			w.UpdateSource(ctx, &s), w.CreateSnapshot(ctx, next))
	})
	finds(t, store, claims.SearchClaim, "camiones")
	finds(t, store, claims.SearchClaim, "otras cosas", c.ID)
	finds(t, store, claims.SearchEvidence, "vivienda")
	finds(t, store, claims.SearchNote, "optica")
	finds(t, store, claims.SearchContact, "concejalia")
	finds(t, store, claims.SearchSource, "ine")
	finds(t, store, claims.SearchArticle, "metros")
	finds(t, store, claims.SearchArticle, "lobo", a.ID)
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.EraseSnapshot(ctx, a.ID, 2), w.DeleteSource(ctx, s.ID))
	})
	finds(t, store, claims.SearchArticle, "lobo")
	finds(t, store, claims.SearchSource, "estadistica")
	wantKind(t, "a cursor that was changed", claims.KindInvalid, store.View(ctx, func(r claims.Reader) error {
		_, err := r.Search(ctx, claims.SearchFilter{Noun: claims.SearchClaim, Query: "cosa", Page: claims.Page{Cursor: "x"}})
		return err
	}))
}

// runSearchRights: a protected source is found by its readers only, and nothing
// that hangs on a claim of its is found by its name, by anybody.
func runSearchRights(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	s := PutSource(t, store, "Quetzal Rojo", nil)
	c := PutClaim(t, store, a.ID, Tied(s.ID, "Quetzal Rojo"))
	e := claims.Evidence{ID: NewID(claims.IDLen), Claim: c.ID, Title: "Carta de Quetzal Rojo", AddedAt: Start}
	n := claims.Note{ID: NewID(claims.IDLen), Claim: c.ID, Author: "P1", Text: "Llamar a Quetzal Rojo mañana", At: Start}
	o := claims.Contact{ID: NewID(claims.IDLen), Claim: c.ID, Whom: "Quetzal Rojo", Means: claims.MeansPhone, Question: "¿Vio el acta?", AskedAt: Start, CreatedBy: "P1", CreatedAt: Start}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateEvidence(ctx, e), w.CreateNote(ctx, n), w.CreateContact(ctx, &o))
	})
	nouns := map[claims.SearchNoun]string{claims.SearchClaim: c.ID, claims.SearchEvidence: e.ID, claims.SearchNote: n.ID, claims.SearchContact: o.ID, claims.SearchSource: s.ID}
	for noun, id := range nouns {
		finds(t, store, noun, "quetzal", id)
	}
	updateSource(t, store, &s, func(s *claims.Source) { s.Protected, s.Readers = true, []string{"P1"} })
	for noun := range nouns {
		finds(t, store, noun, "quetzal")
	}
	finds(t, store, claims.SearchSource, s.ID)
	if got := found(t, store, claims.SearchFilter{Noun: claims.SearchSource, Query: "quetzal", Reader: "P1"}); len(got) != 1 {
		t.Errorf("its reader finds %v", got)
	}
	finds(t, store, claims.SearchNote, "llamar", n.ID)
	finds(t, store, claims.SearchContact, "acta", o.ID)
	late := claims.Note{ID: NewID(claims.IDLen), Claim: c.ID, Author: "P1", Text: "Quetzal Rojo contestó", At: Start.Add(time.Hour)}
	Write(t, store, func(w claims.Writer) error { return w.CreateNote(ctx, late) })
	finds(t, store, claims.SearchNote, "quetzal")
	updateSource(t, store, &s, func(s *claims.Source) { s.Protected = false })
	finds(t, store, claims.SearchNote, "quetzal", late.ID, n.ID)
}

// runSearchPages: what answers by its title stands first, then the newest, and
// pages join without a gap.
func runSearchPages(t *testing.T, store claims.Store) {
	a := PutArticle(t, store, "Uno")
	var want []string
	for i := range 7 {
		c := PutClaim(t, store, a.ID, func(c *claims.Claim) {
			c.Standalone = fmt.Sprintf("Afirmación número %d", i)
			if i == 3 {
				c.Standalone = "El acueducto"
			}
			c.Tags, c.UpdatedAt = []string{"acueducto"}, Start.Add(time.Duration(i)*time.Minute)
		})
		want = append(want, c.ID)
	}
	slices.Reverse(want)
	third := want[3]
	want = append([]string{third}, slices.DeleteFunc(want, func(id string) bool { return id == third })...)
	finds(t, store, claims.SearchClaim, "acueductos", want...)
	var got []string
	f := claims.SearchFilter{Noun: claims.SearchClaim, Query: "acueductos", Page: claims.Page{Limit: 2}}
	Read(t, store, func(r claims.Reader) error {
		for {
			out, err := r.Search(t.Context(), f)
			if err != nil {
				return err
			}
			if out.Total != 7 || out.More || len(out.Hits) > 2 {
				t.Errorf("a page of %d hits of %d", len(out.Hits), out.Total)
			}
			for _, h := range out.Hits {
				got = append(got, h.ID)
			}
			if f.Cursor = out.Next; out.Next == "" {
				return nil
			}
		}
	})
	equal(t, "pages of hits", want, got)
}
