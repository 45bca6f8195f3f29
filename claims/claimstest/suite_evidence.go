package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

func runEvidence(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c, other, third := PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil)
	at := Start.Add(time.Hour)
	file := claims.KeptFile{SHA256: Hash("file"), Name: "Acta nº 3.pdf", MediaType: "application/pdf", Size: 4}
	copied := claims.KeptCopy{SHA256: Hash("copy"), MediaType: "text/html; charset=utf-8", Size: 4, URL: "https://b.test/", At: &at, Problem: "timeout"}
	list := []claims.Evidence{
		{ID: "E1", Claim: c.ID, URL: "HTTPS://Data.test/padron#p3", Title: "Padrón municipal", Stance: claims.StanceFor, AddedBy: "P1", AddedAt: Start, Copy: copied},
		{ID: "E2", Claim: other.ID, URL: "https://data.test/padron", Publisher: "Instituto", Quote: "Son 1.150", AddedAt: Start.Add(time.Second), File: file},
		{ID: "E3", Claim: third.ID, Title: "Acta", AddedAt: Start.Add(time.Second), File: file},
		{ID: "E4", Claim: third.ID, URL: "https://data.test/Padron", AddedAt: Start.Add(2 * time.Second)},
	}
	Write(t, store, func(w claims.Writer) error {
		for _, e := range list {
			if err := w.CreateEvidence(ctx, e); err != nil {
				return err
			}
		}
		return errors.Join(w.PutBlob(ctx, claims.Blob{SHA256: file.SHA256, Data: []byte("file")}), w.PutBlob(ctx, claims.Blob{SHA256: copied.SHA256, Data: []byte("copy")}))
	})
	findsEvidence(t, store, list)
	Read(t, store, func(r claims.Reader) error {
		one, err := r.EvidenceByID(ctx, "E1")
		equal(t, "evidence by id", list[0], one)
		of, err1 := r.SharedEvidence(ctx, c.ID)
		equal(t, "shared by address", map[string][]string{"E1": {other.ID}}, of)
		of, err2 := r.SharedEvidence(ctx, third.ID)
		equal(t, "shared by file", map[string][]string{"E3": {other.ID}}, of)
		page, next, err3 := r.FindEvidence(ctx, claims.EvidenceFilter{Page: claims.Page{Limit: 2}})
		rest, end, err4 := r.FindEvidence(ctx, claims.EvidenceFilter{Page: claims.Page{Limit: 2, Cursor: next}})
		equal(t, "two pages, newest first", []claims.Evidence{list[3], list[2], list[1], list[0]}, append(page, rest...))
		equal(t, "cursor of the last page", "", end)
		return errors.Join(err, err1, err2, err3, err4)
	})
	missing(t, store, "unknown evidence", func(r claims.Reader) error { _, err := r.EvidenceByID(ctx, "NONE"); return err })
	changed := list[0]
	changed.URL, changed.Title, changed.File, changed.Copy = "https://c.test/", "Otro", file, claims.KeptCopy{}
	Write(t, store, func(w claims.Writer) error { return w.UpdateEvidence(ctx, changed) })
	list[0] = changed
	Read(t, store, func(r claims.Reader) error {
		one, err := r.EvidenceByID(ctx, "E1")
		equal(t, "evidence after a change", changed, one)
		return err
	})
	refused(t, store, "change of unknown evidence", claims.KindNotFound, func(w claims.Writer) error { return w.UpdateEvidence(ctx, claims.Evidence{ID: "NONE"}) })
	erases(t, store, file.SHA256)
}

// findsEvidence searches in several ways.
func findsEvidence(t *testing.T, store claims.Store, list []claims.Evidence) {
	t.Helper()
	for query, want := range map[string]string{
		"padron": "E4 E2 E1", "PADRÓN municipal": "E1", "instituto 1.150": "E2", "acta nº": "E3 E2", "nada": "", "%": "", "https://data.test/padron#other": "E2 E1",
	} {
		Read(t, store, func(r claims.Reader) error {
			found, _, err := r.FindEvidence(t.Context(), claims.EvidenceFilter{Query: query})
			got := ""
			for _, e := range found {
				got += " " + e.ID
			}
			if want != "" {
				want = " " + want
			}
			sameOrder := got == want || query == "acta nº" && len(found) == 2
			if !sameOrder {
				t.Errorf("%q finds%s, want%s", query, got, want)
			}
			return err
		})
	}
	Read(t, store, func(r claims.Reader) error {
		found, _, err := r.FindEvidence(t.Context(), claims.EvidenceFilter{Blob: list[1].File.SHA256})
		equal(t, "number of pieces of a file", 2, len(found))
		return err
	})
}

// erases takes bytes away and leaves their hash.
func erases(t *testing.T, store claims.Store, sum string) {
	t.Helper()
	ctx := t.Context()
	Write(t, store, func(w claims.Writer) error { return w.EraseBlob(ctx, sum) })
	Read(t, store, func(r claims.Reader) error {
		_, err := r.Blob(ctx, sum)
		wantKind(t, "erased bytes", claims.KindGone, err)
		e, err := r.EvidenceByID(ctx, "E3")
		if !e.File.Erased || e.Copy.Erased || !e.HasFile() {
			t.Errorf("the file that was erased: %+v", e)
		}
		return err
	})
	refused(t, store, "erased bytes once more", claims.KindConflict, func(w claims.Writer) error { return w.PutBlob(ctx, claims.Blob{SHA256: sum, Data: []byte("file")}) })
	refused(t, store, "erasing what is not there", claims.KindNotFound, func(w claims.Writer) error { return w.EraseBlob(ctx, Hash("nothing")) })
	b := PutArticle(t, store, "Dos")
	Read(t, store, func(r claims.Reader) error {
		s, err := r.Snapshot(ctx, b.ID, 1)
		sum = s.RawSHA256
		return err
	})
	refused(t, store, "bytes of a snapshot that stands", claims.KindConflict, func(w claims.Writer) error { return w.EraseBlob(ctx, sum) })
}
