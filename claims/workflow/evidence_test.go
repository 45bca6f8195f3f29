package workflow_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/fetch"
	"cotejo/claims/workflow"
)

const somePDF = "%PDF-1.7\n1 0 obj\n"

func upload(name, data string) *workflow.Upload {
	return &workflow.Upload{Name: name, Data: []byte(data)}
}

// web is a fetcher that gives what it is told to.
type web struct {
	body string
	err  error
	seen []string
	then func() // what happens meanwhile
}

func (w *web) Check(_ context.Context, address string) error {
	if strings.Contains(address, "private.test") {
		return claims.Refuse(claims.KindInvalid, "fetch.address")
	}
	return nil
}

func (w *web) Get(_ context.Context, in fetch.Request) (fetch.Page, error) {
	w.seen = append(w.seen, in.URL)
	if w.then != nil {
		w.then()
	}
	if w.err != nil {
		return fetch.Page{}, w.err
	}
	return fetch.Page{URL: in.URL + "?final", MediaType: "text/html", Body: []byte(w.body)}, nil
}

// fetching gives the kit a desk that fetches.
func (k *kit) fetching(w *web) {
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: w})
}

// evidence puts a document beside a claim.
func (k *kit) evidence(c claims.Claim, in workflow.EvidenceInput) claims.Evidence {
	k.Helper()
	e, err := k.AddDocument(k.Context(), k.ana, c.ID, k.again(c).Version, in)
	if err != nil {
		k.Fatal(err)
	}
	return e
}

func TestEditingEvidence(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		c := k.claim(claims.StateInCheck)
		other := k.claim(claims.StateInCheck)
		was := k.evidence(c, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1", Title: "Uno", Stance: claims.StanceFor}, Upload: upload("a.pdf", somePDF)})
		c = k.again(c)
		edit := func(actor claims.Actor, version int64, e claims.Evidence) (claims.Evidence, error) {
			return k.EditEvidence(ctx, actor, c.ID, was.ID, version, workflow.EvidenceInput{Evidence: e})
		}
		same := was
		if _, err := edit(k.bea, c.Version, same); err != nil || k.again(c).Version != c.Version {
			t.Errorf("an edit that changes nothing: %v, version %d after %d", err, k.again(c).Version, c.Version)
		}
		got, err := edit(k.bea, c.Version, claims.Evidence{URL: "https://a.test/2", Title: "Dos", Stance: claims.StanceAgainst, Grade: claims.GradePrimary})
		if err != nil || got.Title != "Dos" || got.File != was.File || got.AddedBy != k.ana.ID || got.Stance != claims.StanceAgainst {
			t.Fatalf("%+v, %v", got, err)
		}
		if e := k.lastEvent(); e.Act != workflow.ActEvidenceEdit || tells(e, claims.SideBefore, "title") != `"Uno"` || tells(e, claims.SideAfter, "title") != `"Dos"` || tells(e, claims.SideAfter, "file_sha256") != "" {
			t.Errorf("the event tells %+v", e)
		}
		_, err = edit(k.ana, c.Version, got)
		refused(t, "stale", err, claims.KindStale)
		c = k.again(c)
		_, err = edit(k.carla, c.Version, got)
		refused(t, "by a contributor", err, claims.KindNotAllowed)
		_, err = edit(k.ana, c.Version, claims.Evidence{URL: "javascript:alert(1)"})
		refused(t, "a script", err, claims.KindInvalid, "url:url.malformed")
		_, err = k.EditEvidence(ctx, k.ana, other.ID, was.ID, other.Version, workflow.EvidenceInput{Evidence: got})
		refused(t, "of another claim", err, claims.KindNotFound)
		refused(t, "undone by another", k.undo(k.ana), claims.KindNotAllowed)
		if err := k.undo(k.bea); err != nil {
			t.Fatal(err)
		}
		v, err := k.Claim(ctx, k.ana, c.ID)
		if err != nil || v.Evidence[0].Title != "Uno" || v.Evidence[0].URL != "https://a.test/1" || v.Evidence[0].Stance != claims.StanceFor {
			t.Errorf("after undoing: %+v, %v", v.Evidence, err)
		}
		k.sound()
	})
}

func TestOneDocumentOnSeveralClaims(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		first, second := k.claim(claims.StateInCheck), k.claim(claims.StateInCheck)
		e := k.evidence(first, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://Boe.test/acta#2", Title: "Acta de la sesión"}, Upload: upload("acta.pdf", somePDF)})
		found, _, err := k.FindEvidence(ctx, k.carla, claims.EvidenceFilter{Query: "SESION acta.pdf"})
		if err != nil || len(found) != 1 || found[0].ID != e.ID {
			t.Fatalf("found %+v, %v", found, err)
		}
		again := k.evidence(second, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://boe.test/acta", Title: "Acta", Stance: claims.StanceAgainst}, From: e.ID})
		if again.File != e.File || again.ID == e.ID {
			t.Errorf("taken over as %+v", again)
		}
		v, err := k.Claim(ctx, k.carla, second.ID)
		if err != nil || !slices.Equal(v.Shared[again.ID], []string{first.ID}) {
			t.Errorf("shared %v, %v", v.Shared, err)
		}
		_, err = k.AddDocument(ctx, k.ana, second.ID, k.again(second).Version, workflow.EvidenceInput{From: "NOSUCH"})
		refused(t, "from nothing", err, claims.KindInvalid, "from:evidence.from_unknown")
		_, _, err = k.FindEvidence(ctx, claims.Actor{}, claims.EvidenceFilter{})
		refused(t, "searched by nobody", err, claims.KindUnauthenticated)
		_, _, err = k.FindEvidence(ctx, k.ana, claims.EvidenceFilter{Query: long(2001)})
		refused(t, "a long query", err, claims.KindInvalid, "q:text.too_long")
		k.sound()
	})
}

func TestFilesOfEvidence(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		c := k.claim(claims.StateInCheck)
		for key, up := range map[string]*workflow.Upload{
			"file:file.lies":        upload("a.png", somePDF),
			"file:file.unsupported": upload("a.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`),
			"file:file.empty":       upload("a.txt", ""),
			"file:file.too_large":   upload("a.txt", strings.Repeat("x ", 10<<20+1)),
		} {
			_, err := k.AddDocument(ctx, k.ana, c.ID, c.Version, workflow.EvidenceInput{Upload: up})
			refused(t, key, err, claims.KindInvalid, key)
		}
		_, err := k.AddDocument(ctx, k.carla, c.ID, c.Version, workflow.EvidenceInput{Upload: upload("a.pdf", somePDF)})
		refused(t, "by a contributor", err, claims.KindNotAllowed)
		e := k.evidence(c, workflow.EvidenceInput{Upload: upload(`C:\docs\../Acta nº 3`+"\u202e\n.pdf", somePDF)})
		if e.File.Name != "Acta nº 3.pdf" || e.Title != e.File.Name || e.File.MediaType != "application/pdf" || e.File.SHA256 != claimstest.Hash(somePDF) {
			t.Errorf("kept as %+v", e)
		}
		got, err := k.EvidenceFile(ctx, k.carla, e.ID)
		if err != nil || string(got.Data) != somePDF || got.Name != "Acta nº 3.pdf" {
			t.Errorf("%+v, %v", got, err)
		}
		_, err = k.EvidenceFile(ctx, claims.Actor{}, e.ID)
		refused(t, "opened by nobody", err, claims.KindUnauthenticated)
		_, err = k.EvidenceCopy(ctx, k.ana, e.ID)
		refused(t, "no copy", err, claims.KindNotFound)
		if err := k.RemoveEvidence(ctx, k.ana, c.ID, e.ID, k.again(c).Version); err != nil {
			t.Fatal(err)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		if got, err = k.EvidenceFile(ctx, k.ana, e.ID); err != nil || string(got.Data) != somePDF {
			t.Errorf("after undoing the removal: %v", err)
		}
		k.sound()
		refused(t, "erased by an editor", k.EraseFile(ctx, k.luis, e.File.SHA256, "x"), claims.KindNotAllowed)
		refused(t, "erased without a reason", k.EraseFile(ctx, k.eva, e.File.SHA256, " "), claims.KindInvalid, "reason:text.missing")
		if err := k.EraseFile(ctx, k.eva, e.File.SHA256, "Lo pide un juez"); err != nil {
			t.Fatal(err)
		}
		refused(t, "erased twice", k.EraseFile(ctx, k.eva, e.File.SHA256, "x"), claims.KindConflict, "erase.done")
		_, err = k.EvidenceFile(ctx, k.ana, e.ID)
		refused(t, "opened after erasing", err, claims.KindGone)
		_, err = k.AddDocument(ctx, k.ana, c.ID, k.again(c).Version, workflow.EvidenceInput{Upload: upload("b.pdf", somePDF)})
		refused(t, "given again", err, claims.KindConflict, "blob.erased")
		if r := k.sound(); r.Erased != 1 {
			t.Errorf("%d erased, want 1", r.Erased)
		}
	})
}

func TestKeepingACopy(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		w := &web{body: "<p>uno"}
		k.fetching(w)
		c := k.claim(claims.StateInCheck)
		e := k.evidence(c, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1"}})
		keep := func(actor claims.Actor) (claims.Evidence, error) {
			return k.KeepCopy(ctx, actor, c.ID, e.ID, k.again(c).Version)
		}
		_, err := keep(k.carla)
		refused(t, "by a contributor", err, claims.KindNotAllowed)
		_, err = k.KeepCopy(ctx, k.ana, c.ID, e.ID, 1)
		refused(t, "stale", err, claims.KindStale)
		if len(w.seen) != 0 {
			t.Errorf("fetched for nobody who may: %v", w.seen)
		}
		w.err = claims.Refuse(claims.KindInvalid, "fetch.timeout")
		got, err := keep(k.ana)
		refused(t, "a slow server", err, claims.KindInvalid, "fetch.timeout")
		if ev := k.lastEvent(); got.Copy.Problem != "timeout" || ev.Act != workflow.ActEvidenceNoCopy || tells(ev, claims.SideAfter, "copy_problem") != `"timeout"` {
			t.Errorf("the failure is written down as %+v, %+v", got.Copy, ev)
		}
		w.err = nil
		w.then = func() { // somebody writes on the claim meanwhile
			if _, err := k.EditClaim(ctx, k.bea, c.ID, k.again(c).Version, workflow.ClaimPatch{Priority: ptr(2)}); err != nil {
				t.Error(err)
			}
		}
		got, err = keep(k.ana)
		if err != nil || got.Copy.SHA256 != claimstest.Hash("<p>uno") || got.Copy.URL != "https://a.test/1?final" || got.Copy.At == nil || got.Copy.Problem != "" {
			t.Fatalf("%+v, %v", got.Copy, err)
		}
		w.then = nil
		if d, err := k.EvidenceCopy(ctx, k.carla, e.ID); err != nil || string(d.Data) != "<p>uno" {
			t.Errorf("%+v, %v", d, err)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		_, err = k.EvidenceCopy(ctx, k.ana, e.ID)
		refused(t, "after undoing", err, claims.KindNotFound)
		k.sound()
	})
}

func TestACopyGoesWithItsAddress(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	w := &web{body: "<p>uno"}
	k.fetching(w)
	c := k.claim(claims.StateInCheck)
	e := k.evidence(c, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1"}})
	kept, err := k.KeepCopy(ctx, k.ana, c.ID, e.ID, k.again(c).Version)
	if err != nil {
		t.Fatal(err)
	}
	w.then = func() {
		in := workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://b.test/"}}
		if got, err := k.EditEvidence(ctx, k.bea, c.ID, e.ID, k.again(c).Version, in); err != nil || got.HasCopy() {
			t.Errorf("%+v, %v", got, err)
		}
	}
	_, err = k.KeepCopy(ctx, k.ana, c.ID, e.ID, k.again(c).Version)
	refused(t, "the address changed meanwhile", err, claims.KindStale)
	w.then = nil
	if err := k.EraseFile(ctx, k.eva, kept.Copy.SHA256, "Lo pide un juez"); err != nil {
		t.Fatal(err)
	}
	got, err := k.KeepCopy(ctx, k.ana, c.ID, e.ID, k.again(c).Version)
	refused(t, "bytes that were erased", err, claims.KindConflict, "blob.erased")
	if got.Copy.Problem != "erased" || got.HasCopy() {
		t.Errorf("%+v", got.Copy)
	}
	w.err = errors.New("no refusal")
	before := k.seq()
	if _, err := k.KeepCopy(ctx, k.ana, c.ID, e.ID, k.again(c).Version); err == nil || k.seq() != before {
		t.Errorf("%v, %d events more", err, k.seq()-before)
	}
	file := k.evidence(c, workflow.EvidenceInput{Upload: upload("a.txt", "texto")})
	_, err = k.KeepCopy(ctx, k.ana, c.ID, file.ID, k.again(c).Version)
	refused(t, "of a file", err, claims.KindConflict, "copy.no_url")
	k.sound()
}

// TestLostBytesAreFound: verify says which bytes are gone or others.
func TestLostBytesAreFound(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck)
	e := k.evidence(c, workflow.EvidenceInput{Upload: upload("a.pdf", somePDF)})
	e.File.SHA256 = claimstest.Hash("other")
	claimstest.Write(t, k.store, func(w claims.Writer) error { return w.UpdateEvidence(t.Context(), e) })
	r, err := k.Verify(t.Context())
	if err != nil || len(r.Problems) != 2 || r.Problems[0].What != "evidence" || r.Problems[1].What != "blob" {
		t.Errorf("%+v, %v", r.Problems, err)
	}
	claimstest.Write(t, k.store, func(w claims.Writer) error { return w.EraseBlob(t.Context(), claimstest.Hash(somePDF)) })
	e.File.SHA256 = claimstest.Hash(somePDF)
	claimstest.Write(t, k.store, func(w claims.Writer) error { return w.UpdateEvidence(t.Context(), e) })
	if r, err = k.Verify(t.Context()); err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Why, "no act of erasing") {
		t.Errorf("%+v, %v", r.Problems, err)
	}
}
