package workflow_test

import (
	"reflect"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// undo takes back the newest act of the desk.
func (k *kit) undo(actor claims.Actor) error {
	k.Helper()
	_, err := k.Undo(k.Context(), actor, k.lastEvent().ID)
	return err
}

// sansClock is a claim without what every change moves on, and without its
// surroundings, which the sample does not take from the text.
func sansClock(c claims.Claim) claims.Claim {
	c.Version, c.UpdatedAt, c.Prefix, c.Suffix = 0, time.Time{}, "", ""
	return c
}

func (k *kit) unchanged(what string, want, got claims.Claim) {
	k.Helper()
	if w, g := sansClock(want), sansClock(k.again(got)); !reflect.DeepEqual(w, g) {
		k.Errorf("%s: want %+v\ngot %+v", what, w, g)
	}
	if k.again(got).Version <= got.Version {
		k.Errorf("%s: the version did not rise", what)
	}
}

func TestUndoGivesAClaimBackAsItWas(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		start := k.again(k.claim(claims.StateInCheck, judged(k.bea, k.bea), func(c *claims.Claim) { c.Assignee = k.bea.ID }))
		acts := map[string]func(claims.Claim) error{
			"edit": func(c claims.Claim) error {
				_, err := k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{
					Standalone: ptr("Otra cosa"), Kind: ptr(claims.KindEvent), Attributions: &[]claims.Attribution{}, Times: &[]claims.Time{},
					Fragments: &[]claims.Fragment{{Text: c.Fragments[0].Text[:5], Span: claims.Span{Start: c.Fragments[0].Start, End: c.Fragments[0].Start + 5}}},
					MadeOn:    ptr("2025-10-01"), Tags: ptr([]string{"uno"}), Due: ptr("2030-01-02"), Priority: ptr(2), Assignee: &k.ana.ID,
				})
				return err
			},
			"judge": func(c claims.Claim) error {
				_, err := k.Judge(t.Context(), k.ana, c.ID, c.Version, workflow.VerdictInput{Content: "false", Rationale: "No.", AsOf: "2025-10-02"})
				return err
			},
			"submit": func(c claims.Claim) error {
				_, err := k.MoveClaim(t.Context(), k.ana, c.ID, c.Version, to(claims.StateSubmitted))
				return err
			},
			"dismiss": func(c claims.Claim) error {
				_, err := k.MoveClaim(t.Context(), k.ana, c.ID, c.Version, because(claims.StateDismissed, "trivial"))
				return err
			},
			"leave": func(c claims.Claim) error {
				_, err := k.MoveClaim(t.Context(), k.ana, c.ID, c.Version, to(claims.StateOpen))
				return err
			},
			"evidence": func(c claims.Claim) error {
				_, err := k.AddEvidence(t.Context(), k.ana, c.ID, c.Version, claims.Evidence{URL: "https://a.test/1"})
				return err
			},
		}
		for what, act := range acts {
			before := k.again(start)
			if err := act(before); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			after := k.again(start)
			if reflect.DeepEqual(sansClock(before), sansClock(after)) {
				t.Fatalf("%s changed nothing", what)
			}
			refused(t, what+" by another", k.undo(k.bea), claims.KindNotAllowed, "undo.not_yours")
			if err := k.undo(k.ana); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			k.unchanged(what, before, after)
		}
		k.sound()
	})
}

// TestUndoIsLastInFirstOut: acts are taken back one by one, until somebody else
// has acted; what a job did does not count.
func TestUndoIsLastInFirstOut(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	taken := k.move(k.ana, c, to(claims.StateInCheck))
	first := k.lastEvent()
	c = k.judge(k.ana, taken, verdict)
	second := k.lastEvent()
	_, err := k.Undo(t.Context(), k.ana, first.ID)
	refused(t, "the earlier first", err, claims.KindConflict, "undo.not_last")
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	_, err = k.Undo(t.Context(), k.ana, second.ID)
	refused(t, "twice", err, claims.KindConflict, "undo.done_already")
	k.unchanged("judging", taken, c)
	c = k.again(c)
	if _, err := k.AddNote(t.Context(), k.luis, c.ID, "Mirad esto"); err != nil {
		t.Fatal(err)
	}
	note := k.lastEvent()
	_, err = k.Undo(t.Context(), k.ana, first.ID)
	refused(t, "after luis", err, claims.KindConflict, "undo.acted_since")
	if _, err := k.Undo(t.Context(), k.luis, note.ID); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Claim(t.Context(), k.ana, c.ID); err != nil || len(v.Notes) != 0 || v.Undo == nil || v.Undo.ID != first.ID {
		t.Errorf("after luis took his note back: %v, %+v", err, v.Undo)
	}
	job := k.ana
	job.Job = true
	if _, err := k.EditClaim(t.Context(), job, c.ID, k.again(c).Version, workflow.ClaimPatch{Tags: ptr([]string{"job"})}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Undo(t.Context(), k.ana, first.ID); err != nil {
		t.Fatalf("a job stands in the way: %v", err)
	}
	if got := k.again(c); got.State != claims.StateOpen || got.Assignee != "" || len(got.Tags) != 1 {
		t.Errorf("%s %q %v", got.State, got.Assignee, got.Tags)
	}
	k.sound()
}

func TestUndoneReviewIsNoReview(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateSubmitted, judged(k.ana, k.ana))
	approved := k.move(k.luis, c, to(claims.StateApproved))
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	k.unchanged("approving", k.again(c), approved)
	v, err := k.Claim(t.Context(), k.ana, c.ID)
	if err != nil || len(v.Reviews) != 0 || v.Row.State != claims.StateSubmitted {
		t.Errorf("%v, %d reviews, %s", err, len(v.Reviews), v.Row.State)
	}
	k.move(k.olga, v.Row.Claim, because(claims.StateReturned, "Falta una fuente"))
	k.sound()
}

func TestUndoOfRemovedEvidenceBringsItBack(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck)
	e, err := k.AddEvidence(t.Context(), k.ana, c.ID, c.Version, claims.Evidence{URL: "https://a.test/1", Quote: "Así fue", Grade: claims.GradePrimary})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.RemoveEvidence(t.Context(), k.bea, c.ID, e.ID, k.again(c).Version); err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.bea); err != nil {
		t.Fatal(err)
	}
	v, err := k.Claim(t.Context(), k.ana, c.ID)
	e.AddedAt = e.AddedAt.Truncate(time.Microsecond)
	if err != nil || len(v.Evidence) != 1 || !reflect.DeepEqual(v.Evidence[0], e) {
		t.Errorf("%v: %+v, want %+v", err, v.Evidence, e)
	}
}

func TestWhatIsNoPartOfAClaimIsUndoneToo(t *testing.T) {
	k := newKit(t)
	a := k.article()
	if _, err := k.EditArticle(t.Context(), k.ana, a.ID, a.Version, workflow.ArticlePatch{Title: ptr("Otro"), Authors: &[]string{"X"}}); err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Article(t.Context(), k.ana, a.ID); err != nil || v.Article.Title != a.Title || len(v.Article.Authors) != len(a.Authors) {
		t.Errorf("%v, %+v", err, v.Article)
	}
	check, err := k.CreateCheck(t.Context(), k.luis, workflow.CheckInput{Title: "Uno", Body: "Texto", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.EditCheck(t.Context(), k.luis, check.Slug, check.Version, workflow.CheckPatch{Slug: ptr("dos"), Body: ptr("")}); err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Check(t.Context(), k.luis, check.Slug); err != nil || got.Body != "Texto" {
		t.Errorf("%v, %+v", err, got)
	}
	was, err := k.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changed := was
	changed.SingleReview = true
	if err := k.EditSettings(t.Context(), k.eva, changed); err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	if now, err := k.Settings(t.Context()); err != nil || now.SingleReview {
		t.Errorf("%v, %+v", err, now)
	}
	ana := k.person(k.ana.ID)
	if err := k.SetRole(t.Context(), k.eva, ana.ID, ana.Version, claims.RoleEditor); err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	if now := k.person(ana.ID); now.Role != claims.RoleChecker {
		t.Errorf("role %s", now.Role)
	}
	events, _, err := k.Events(t.Context(), k.ana, claims.EventFilter{Noun: "event"})
	if err != nil || len(events) != 3 {
		t.Errorf("%v: a checker sees %d undoings, want those of the article, the check and the settings", err, len(events))
	}
	k.sound()
}

func (k *kit) person(id string) (p claims.Person) {
	k.Helper()
	claimstest.Read(k.T, k.store, func(r claims.Reader) (err error) {
		p, err = r.Person(k.Context(), id)
		return err
	})
	return p
}

func TestWhatIsNotUndone(t *testing.T) {
	k := newKit(t)
	c := k.published()
	refused(t, "publishing", k.undo(k.luis), claims.KindConflict, "undo.final")
	k.move(k.luis, c, because(claims.StateWithdrawn, "Error"))
	refused(t, "withdrawing", k.undo(k.luis), claims.KindConflict, "undo.final")
	_, err := k.Undo(t.Context(), k.luis, "NONE")
	refused(t, "no such event", err, claims.KindNotFound)
	_, err = k.Undo(t.Context(), claims.Actor{}, k.lastEvent().ID)
	refused(t, "nobody", err, claims.KindUnauthenticated)

	o := k.claim(claims.StateOpen)
	k.move(k.ana, o, to(claims.StateInCheck))
	e := k.lastEvent()
	if err := k.EraseEvent(t.Context(), k.eva, e.Seq, "petición"); err != nil {
		t.Fatal(err)
	}
	_, err = k.Undo(t.Context(), k.ana, e.ID)
	refused(t, "erased", err, claims.KindGone, "undo.erased")
}

// TestUndoOfAnAddedClaimSetsItAside: an id is never reused, so a claim stays.
func TestUndoOfAnAddedClaimSetsItAside(t *testing.T) {
	k := newKit(t)
	a := k.article()
	start := 0
	c, err := k.AddClaim(t.Context(), k.carla, workflow.NewClaim{Article: a.ID, Quote: claimstest.SampleText[:8], Start: &start})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.carla); err != nil {
		t.Fatal(err)
	}
	if got := k.again(c); got.State != claims.StateDismissed || got.Dismissed == nil || got.Dismissed.Reason != claims.DismissWrong {
		t.Errorf("%s %+v", got.State, got.Dismissed)
	}
}

// TestEveryActIsFinalOrHasItsRight: nothing can be taken back of which nobody
// has said who may.
func TestEveryActIsFinalOrHasItsRight(t *testing.T) {
	for _, act := range workflow.Acts() {
		right, final := workflow.RightToUndo(act)
		if who := claims.WhoMay(right, claims.DefaultSettings()); !final && len(who) == 0 {
			t.Errorf("%s may be taken back by whoever may %q, which is nobody", act, right)
		}
	}
}
