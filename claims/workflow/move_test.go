package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// theMoves is product.md's table of states and rights, written out by hand:
// from, to, who may (k contributor, c checker, e editor, a admin), whose work.
const theMoves = `
suggested    open         cea  any
suggested    dismissed    cea  any
open         in_check     cea  any
open         dismissed    cea  any
open         help_needed  cea  any
in_check     submitted    cea  any
in_check     dismissed    cea  any
in_check     open         cea  any
in_check     help_needed  cea  any
help_needed  in_check     cea  any
dismissed    open         cea  any
submitted    in_check     cea  own
submitted    returned     ea   others
submitted    approved     ea   others
approved     returned     ea   others
approved     published    ea   any
returned     in_check     cea  any
published    reopened     ea   any
published    withdrawn    ea   any
reopened     in_check     cea  any
reopened     published    ea   any
`

var states = strings.Fields("suggested open in_check help_needed submitted returned approved published reopened withdrawn dismissed")

// TestEveryMoveThroughTheDesk tries every state × every target × every role ×
// whose work it is on a real store: what the table has happens, with one event;
// everything else is refused for the right reason and leaves no trace.
func TestEveryMoveThroughTheDesk(t *testing.T) {
	k := newKit(t)
	legal := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(theMoves)) {
		f := strings.Fields(line)
		legal[f[0]+" "+f[1]] = f[2:]
	}
	letters := map[claims.Role]string{claims.RoleContributor: "k", claims.RoleChecker: "c", claims.RoleEditor: "e", claims.RoleAdmin: "a"}
	article := k.article()
	for _, from := range states {
		for _, target := range states {
			row := legal[from+" "+target]
			for _, actor := range k.actors() {
				for _, own := range []bool{true, false} {
					c := k.inState(article, claims.State(from), actor, own)
					want := claims.ErrKind("")
					switch {
					case row == nil:
						want = claims.KindIllegalMove
					case !strings.Contains(row[0], letters[actor.Role]), row[1] == "own" && !own, row[1] == "others" && own:
						want = claims.KindNotAllowed
					}
					k.tryMove(actor, c, claims.State(target), want)
				}
			}
		}
	}
	k.sound()
}

// inState stores a claim that has come as far as state, the actor's own work or
// somebody else's.
func (k *kit) inState(article claims.Article, state claims.State, actor claims.Actor, own bool) claims.Claim {
	k.Helper()
	worker := k.bea
	if own {
		worker = actor
	}
	seen := slices.Contains([]claims.State{claims.StatePublished, claims.StateReopened, claims.StateWithdrawn}, state)
	c := claimstest.PutClaim(k.T, k.store, article.ID, func(c *claims.Claim) {
		judged(worker, worker)(c)
		c.State = state
		if seen {
			c.PublishedVersion = 1
		}
	})
	if seen {
		claimstest.Write(k.T, k.store, func(w claims.Writer) error {
			return w.CreatePublication(k.Context(), claimstest.NewPublication(c.ID, 1))
		})
	}
	return c
}

func (k *kit) tryMove(actor claims.Actor, c claims.Claim, target claims.State, want claims.ErrKind) {
	k.Helper()
	reason := "porque sí"
	if target == claims.StateDismissed {
		reason = string(claims.DismissTrivial)
	}
	before := k.seq()
	got, err := k.MoveClaim(k.Context(), actor, c.ID, c.Version, because(target, reason))
	if claims.KindOf(err) != want || (err == nil) != (want == "") {
		k.Errorf("%s → %s by %s: %v, want %q", c.State, target, actor.Name, err, want)
		return
	}
	if err != nil {
		if now := k.again(c); now.State != c.State || now.Version != c.Version || k.seq() != before {
			k.Errorf("%s → %s by %s was refused and left a trace", c.State, target, actor.Name)
		}
		return
	}
	e := k.lastEvent()
	if got.State != target || e.Seq != before+1 || e.Actor != actor.ID || e.Claim != c.ID || e.Article != c.Article ||
		tells(e, claims.SideBefore, "state") != `"`+string(c.State)+`"` || tells(e, claims.SideAfter, "state") != `"`+string(target)+`"` ||
		tells(e, claims.SideReason, "reason") != `"`+reason+`"` {
		k.Errorf("%s → %s: state %s, event %+v", c.State, target, got.State, e)
	}
}

// TestOrderOfRefusals: of several things wrong, the first of the order is said.
func TestOrderOfRefusals(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateSuggested)
	try := func(actor claims.Actor, id string, version int64, in workflow.MoveInput) error {
		_, err := k.MoveClaim(ctx, actor, id, version, in)
		return err
	}
	refused(t, "nobody, on nothing", try(claims.Actor{}, "000000", 9, to("nowhere")), claims.KindUnauthenticated)
	refused(t, "no such claim, stale", try(k.carla, "000000", 9, to("nowhere")), claims.KindNotFound, "not_found.claim")
	refused(t, "no id at all", try(k.carla, "¿?", 9, to("nowhere")), claims.KindNotFound)
	refused(t, "stale and illegal", try(k.carla, c.ID, 9, to(claims.StatePublished)), claims.KindStale, "stale.claim")
	refused(t, "illegal and not allowed", try(k.carla, c.ID, 1, to(claims.StatePublished)), claims.KindIllegalMove, "move.illegal")
	refused(t, "not allowed and without reason", try(k.carla, c.ID, 1, to(claims.StateDismissed)), claims.KindNotAllowed)
	refused(t, "without reason", try(k.ana, c.ID, 1, to(claims.StateDismissed)), claims.KindInvalid, "reason:dismissal.reason_unknown")
	refused(t, "to no state", try(k.ana, c.ID, 1, to("nowhere")), claims.KindInvalid, "to:state.unknown")
	if _, err := k.MoveClaim(ctx, k.ana, strings.ToLower(claims.ShowID(c.ID)), 1, to(claims.StateOpen)); err != nil {
		t.Errorf("an id as people write it: %v", err)
	}
}

func TestWhatMovesBringWithThem(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateSuggested)
	if c.Origin.Accepted {
		t.Fatal("the sample is accepted already")
	}
	c = k.move(k.ana, c, to(claims.StateOpen))
	if !c.Origin.Accepted {
		t.Error("opening does not take the machine's words over")
	}
	c = k.move(k.ana, c, to(claims.StateInCheck))
	if c.Assignee != k.ana.ID {
		t.Error("taking up does not assign")
	}
	c = k.move(k.bea, c, to(claims.StateOpen))
	if c.Assignee != "" {
		t.Error("what was left is still somebody's")
	}
	c = k.move(k.bea, c, workflow.MoveInput{To: claims.StateHelpNeeded, Note: "¿Quién sabe de puentes?"})
	c = k.move(k.ana, c, to(claims.StateInCheck))
	c = k.judge(k.ana, c, verdict)
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	if c.SubmittedBy != k.ana.ID || c.SubmittedAt == nil {
		t.Error("nobody submitted it")
	}
	c = k.move(k.ana, c, to(claims.StateInCheck))
	if c.SubmittedBy != "" || c.SubmittedAt != nil || c.Assignee != k.ana.ID {
		t.Error("taken back, it is still handed in, or nobody's")
	}
	c = k.move(k.bea, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, because(claims.StateReturned, "Falta la fuente"))
	if c.ReviewedBy != k.luis.ID || c.ReviewedAt == nil || c.ApprovedBy != "" {
		t.Error("the return names nobody")
	}
	c = k.move(k.bea, c, to(claims.StateInCheck))
	c = k.move(k.bea, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, to(claims.StateApproved))
	if c.ApprovedBy != k.luis.ID {
		t.Error("the approval names nobody")
	}
	k.checkThread(c)
	k.sound()
}

// checkThread looks at the reviews and notes that the moves above left.
func (k *kit) checkThread(c claims.Claim) {
	k.Helper()
	v, err := k.Claim(k.Context(), k.ana, c.ID)
	if err != nil {
		k.Fatal(err)
	}
	if len(v.Reviews) != 2 || v.Reviews[0].Outcome != claims.OutcomeReturned || v.Reviews[0].Reason != "Falta la fuente" ||
		v.Reviews[1].Outcome != claims.OutcomeApproved || v.Reviews[1].Single {
		k.Errorf("reviews %+v", v.Reviews)
	}
	if len(v.Notes) != 1 || v.Notes[0].Text != "¿Quién sabe de puentes?" || v.Notes[0].Author != k.bea.ID {
		k.Errorf("notes %+v", v.Notes)
	}
	want := strings.Fields(`claim.open claim.take claim.leave note.add claim.ask_help claim.take verdict.set claim.submit
		claim.take_back claim.submit claim.return claim.take claim.submit claim.approve`)
	if got := k.history(c); !slices.Equal(got, want) {
		k.Errorf("history %v, want %v", got, want)
	}
}

func TestSubmittingNeedsAWholeVerdict(t *testing.T) {
	k := newKit(t)
	c := k.move(k.ana, k.claim(claims.StateOpen), to(claims.StateInCheck))
	_, err := k.MoveClaim(t.Context(), k.ana, c.ID, c.Version, to(claims.StateSubmitted))
	refused(t, "no verdict", err, claims.KindInvalid, "content:verdict.content_missing", "attribution:verdict.attribution_missing", "rationale:verdict.rationale_missing")
	c = k.judge(k.ana, c, workflow.VerdictInput{Content: "false", Rationale: "No."})
	_, err = k.MoveClaim(t.Context(), k.ana, c.ID, c.Version, to(claims.StateSubmitted))
	refused(t, "no attribution verdict", err, claims.KindInvalid, "verdict.incomplete", "attribution:verdict.attribution_missing")
}

func TestTwoPairsOfEyes(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.move(k.luis, k.claim(claims.StateOpen), to(claims.StateInCheck))
	c = k.judge(k.luis, c, verdict)
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	_, err := k.MoveClaim(ctx, k.luis, c.ID, c.Version, to(claims.StateApproved))
	refused(t, "by whoever judged", err, claims.KindNotAllowed, "not_allowed.own_work")
	c = k.move(k.olga, c, to(claims.StateApproved))
	if c.ApprovedBy != k.olga.ID {
		t.Error("somebody else cannot approve")
	}

	s, err := k.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.SingleReview = true
	if err := k.EditSettings(ctx, k.eva, s); err != nil {
		t.Fatal(err)
	}
	c = k.move(k.luis, k.claim(claims.StateOpen), to(claims.StateInCheck))
	c = k.judge(k.luis, c, verdict)
	c = k.move(k.luis, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, to(claims.StateApproved))
	c = k.move(k.luis, c, to(claims.StatePublished))
	public, err := k.PublicClaim(ctx, c.ID, 0)
	if err != nil || !public.Document.Review.Single {
		t.Errorf("a single review is not told: %+v, %v", public.Document.Review, err)
	}
}

// TestASecondPairOfEyesCountsAfterAll: the approval in force says whether the
// review was single, not an earlier one that was taken back.
func TestASecondPairOfEyesCountsAfterAll(t *testing.T) {
	k := newKit(t)
	s, err := k.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.SingleReview = true
	if err := k.EditSettings(t.Context(), k.eva, s); err != nil {
		t.Fatal(err)
	}
	c := k.move(k.luis, k.claim(claims.StateOpen), to(claims.StateInCheck))
	c = k.judge(k.luis, c, verdict)
	c = k.move(k.luis, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, to(claims.StateApproved))
	c = k.move(k.olga, c, because(claims.StateReturned, "Espera"))
	c = k.move(k.luis, c, to(claims.StateInCheck))
	c = k.move(k.luis, c, to(claims.StateSubmitted))
	c = k.move(k.olga, c, to(claims.StateApproved))
	c = k.move(k.luis, c, to(claims.StatePublished))
	if k.public(c.ID, 0).Document.Review.Single {
		t.Error("approved by somebody else, it is said to be a single review")
	}
}

func TestDismissals(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	other, c := k.claim(claims.StateOpen), k.claim(claims.StateOpen)
	dismiss := func(c claims.Claim, reason claims.DismissReason, of string) error {
		_, err := k.MoveClaim(ctx, k.ana, c.ID, c.Version, workflow.MoveInput{To: claims.StateDismissed, Reason: string(reason), Of: of, Note: "ya está"})
		return err
	}
	refused(t, "no reason that is known", dismiss(c, "boring", ""), claims.KindInvalid, "reason:dismissal.reason_unknown")
	refused(t, "duplicate of nothing", dismiss(c, claims.DismissDuplicate, ""), claims.KindInvalid, "of:dismissal.of_unknown")
	refused(t, "duplicate of an unknown", dismiss(c, claims.DismissDuplicate, "000000"), claims.KindInvalid, "of:dismissal.of_unknown")
	refused(t, "duplicate of itself", dismiss(c, claims.DismissDuplicate, c.ID), claims.KindInvalid, "of:dismissal.of_itself")
	if err := dismiss(c, claims.DismissDuplicate, strings.ToLower(claims.ShowID(other.ID))); err != nil {
		t.Fatal(err)
	}
	got := k.again(c)
	if d := got.Dismissed; d == nil || d.Reason != claims.DismissDuplicate || d.Of != other.ID || d.Note != "ya está" {
		t.Errorf("dismissed as %+v", d)
	}
	refused(t, "a circle", dismiss(other, claims.DismissDuplicate, c.ID), claims.KindInvalid, "of:dismissal.of_dismissed")
	if back := k.move(k.ana, got, to(claims.StateOpen)); back.Dismissed != nil {
		t.Error("opened again, it is still dismissed")
	}

	public := k.published()
	public = k.move(k.luis, public, because(claims.StateReopened, "Duda"))
	public = k.move(k.ana, public, to(claims.StateInCheck))
	refused(t, "seen by the public, as trivial", dismiss(public, claims.DismissTrivial, ""), claims.KindInvalid, "reason:dismissal.published")
	refused(t, "seen by the public, into one that is not", dismiss(public, claims.DismissDuplicate, other.ID), claims.KindInvalid, "of:dismissal.of_unpublished")
	if err := dismiss(public, claims.DismissDuplicate, k.published().ID); err != nil {
		t.Errorf("seen by the public, into one that is too: %v", err)
	}
}

// TestMoveOptions: the claim page says of each move whether it may be made, and
// the desk then keeps to it.
func TestMoveOptions(t *testing.T) {
	k := newKit(t)
	article := k.article()
	for _, from := range states {
		for _, actor := range k.actors() {
			c := k.inState(article, claims.State(from), actor, true)
			v, err := k.Claim(t.Context(), actor, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(v.Moves) != strings.Count(theMoves, "\n"+from+" ") {
				t.Errorf("from %s: %d moves", from, len(v.Moves))
			}
			for _, m := range v.Moves {
				reason := "porque sí"
				if m.To == claims.StateDismissed {
					reason = string(claims.DismissWrong)
				}
				c := k.inState(article, claims.State(from), actor, true)
				_, err := k.MoveClaim(t.Context(), actor, c.ID, c.Version, because(m.To, reason))
				if claims.KindOf(err) != claims.KindOf(m.Refused) {
					t.Errorf("%s → %s by %s: told %v, done %v", from, m.To, actor.Name, m.Refused, err)
				}
			}
		}
	}
}
