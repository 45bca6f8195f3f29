package workflow_test

import (
	"context"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

var roleLetters = map[claims.Role]string{claims.RoleContributor: "k", claims.RoleChecker: "c", claims.RoleEditor: "e", claims.RoleAdmin: "a"}

// editable are the states in which what is judged may change, everywhere all of them.
const (
	editable   = "suggested open in_check help_needed"
	everywhere = "suggested open in_check help_needed submitted returned approved published reopened withdrawn dismissed"
)

// claimAct is an act on a claim that is no move: who may do it, in which states.
type claimAct struct {
	name, roles, states string
	do                  func(k *kit, actor claims.Actor, c claims.Claim) error
}

func patch(p workflow.ClaimPatch) func(*kit, claims.Actor, claims.Claim) error {
	return func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.EditClaim(k.Context(), actor, c.ID, c.Version, p)
		return err
	}
}

func contact(public string) func(*kit, claims.Actor, claims.Claim) error {
	return func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.AddContact(k.Context(), actor, c.ID, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántos?", Public: public})
		return err
	}
}

var claimActs = []claimAct{
	{"word", "cea", editable, patch(workflow.ClaimPatch{Standalone: ptr("Otras palabras")})},
	{"kind", "cea", editable, patch(workflow.ClaimPatch{Kind: ptr(claims.KindEvent)})},
	{"figures", "cea", editable, patch(workflow.ClaimPatch{Quantities: ptr([]claims.Quantity{})})},
	{"times", "cea", editable, patch(workflow.ClaimPatch{Times: ptr([]claims.Time{})})},
	{"attribute", "cea", editable, patch(workflow.ClaimPatch{Attributions: ptr([]claims.Attribution{})})},
	{"tag", "cea", everywhere, patch(workflow.ClaimPatch{Tags: ptr([]string{"agua"})})},
	{"rank", "cea", everywhere, patch(workflow.ClaimPatch{Priority: ptr(2)})},
	{"set due", "cea", everywhere, patch(workflow.ClaimPatch{Due: ptr("2030-01-02")})},
	{"give to bea", "ea", everywhere, patch(workflow.ClaimPatch{Assignee: ptr("bea")})},
	{"judge", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.Judge(k.Context(), actor, c.ID, c.Version, workflow.VerdictInput{Content: "true", Attribution: "accurate", Rationale: "Otra."})
		return err
	}},
	{"judge and hand in", "cea", "in_check", func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.Submit(k.Context(), actor, c.ID, c.Version, workflow.VerdictInput{Content: "true", Attribution: "accurate", Rationale: "Otra."})
		return err
	}},
	{"add evidence", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.AddEvidence(k.Context(), actor, c.ID, c.Version, claims.Evidence{URL: "https://a.test/1"})
		return err
	}},
	{"add a file", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.AddDocument(k.Context(), actor, c.ID, c.Version, workflow.EvidenceInput{Upload: &workflow.Upload{Name: "a.pdf", Data: []byte(somePDF)}})
		return err
	}},
	{"edit evidence", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.EditEvidence(k.Context(), actor, c.ID, k.evidenceOn(c), c.Version, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/3"}})
		return err
	}},
	{"remove evidence", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		return k.RemoveEvidence(k.Context(), actor, c.ID, k.evidenceOn(c), c.Version)
	}},
	{"keep a copy", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.KeepCopy(k.Context(), actor, c.ID, k.evidenceOn(c), c.Version)
		return err
	}},
	{"second opinion", "ea", "submitted", func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.GiveOpinion(k.Context(), actor, c.ID, c.Version, workflow.OpinionInput{Content: "false", Attribution: "accurate"})
		return err
	}},
	{"go on without an opinion", "ea", "submitted", func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.GiveOpinion(k.Context(), actor, c.ID, c.Version, workflow.OpinionInput{Waive: true, Note: "Urge."})
		return err
	}},
	{"note", "kcea", everywhere, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.AddNote(k.Context(), actor, c.ID, "Visto.")
		return err
	}},
	{"ask somebody", "cea", everywhere, contact("")},
	{"ask somebody, to be printed", "cea", editable, contact("La alcaldía no respondió.")},
	{"split", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, _, err := k.SplitClaim(k.Context(), actor, c.ID, c.Version, workflow.SplitInput{Quote: "alrededor de 15.000 euros"})
		return err
	}},
	{"merge", "cea", "suggested open in_check", func(k *kit, actor claims.Actor, c claims.Claim) error {
		other := claimstest.PutClaim(k.T, k.store, c.Article, nil)
		_, err := k.MergeClaim(k.Context(), actor, c.ID, c.Version, other.ID, "")
		return err
	}},
	{"tie", "cea", editable, func(k *kit, actor claims.Actor, c claims.Claim) error {
		_, err := k.TieLink(k.Context(), actor, c.ID, c.Version, workflow.TieInput{Place: workflow.LinkPlace{Role: "via"}})
		return err
	}},
}

// evidenceOn puts evidence beside a claim and gives its id.
func (k *kit) evidenceOn(c claims.Claim) string {
	e := claims.Evidence{ID: claimstest.NewID(claims.IDLen), Claim: c.ID, URL: "https://a.test/2", AddedBy: k.bea.ID, AddedAt: claimstest.Start}
	claimstest.Write(k.T, k.store, func(w claims.Writer) error { return w.CreateEvidence(k.Context(), e) })
	return e.ID
}

// TestEveryActInEveryState tries every act on a claim that is no move, in every
// state, by every role: what the table has is done, all else is refused and
// leaves no trace.
func TestEveryActInEveryState(t *testing.T) {
	k := newKit(t)
	k.fetching(&web{body: "<p>Sí.</p>"})
	k.blindDesk(claims.Block)
	article := k.article()
	for _, act := range claimActs {
		for _, state := range states {
			for _, actor := range k.actors() {
				k.tryAct(act, k.inState(article, claims.State(state), k.bea, true), actor)
			}
		}
		for _, actor := range []claims.Actor{{}, {ID: k.eva.ID, Role: claims.RoleAdmin, ReadOnly: true}, {ID: k.eva.ID, Role: claims.RoleAdmin, MustEnrol: true}} {
			if err := act.do(k, actor, k.inState(article, claims.StateInCheck, k.bea, true)); err == nil {
				k.Errorf("%s by %+v was done", act.name, actor)
			}
		}
	}
	k.sound()
}

func (k *kit) tryAct(act claimAct, c claims.Claim, actor claims.Actor) {
	k.Helper()
	in, who := slices.Contains(strings.Fields(act.states), string(c.State)), strings.Contains(act.roles, roleLetters[actor.Role])
	err := act.do(k, actor, c)
	switch kind := claims.KindOf(err); {
	case in && who && err != nil, !in && who && kind != claims.KindIllegalMove, in && !who && kind != claims.KindNotAllowed, err == nil && !(in && who):
		k.Errorf("%s in %s by %s: %v", act.name, c.State, actor.Role, err)
	case err != nil:
		now := k.again(c)
		now.Evidence = c.Evidence // what is to be removed is put there by the test
		if !reflect.DeepEqual(now, c) || len(k.history(c)) > 0 {
			k.Errorf("%s in %s by %s was refused and left a trace", act.name, c.State, actor.Role)
		}
	case len(k.history(c)) == 0:
		k.Errorf("%s in %s by %s is missing from the history", act.name, c.State, actor.Role)
	}
}

// bulkStates is where each bulk act may be done, and by whom.
var bulkStates = map[workflow.BulkAct][2]string{
	workflow.BulkOpen: {"suggested dismissed", "cea"}, workflow.BulkDismiss: {"suggested open in_check", "cea"},
	workflow.BulkTake: {"open help_needed returned reopened", "cea"}, workflow.BulkLeave: {"in_check", "cea"},
	workflow.BulkAssign: {everywhere, "ea"}, workflow.BulkTag: {everywhere, "cea"}, workflow.BulkUntag: {everywhere, "cea"}, workflow.BulkPriority: {everywhere, "cea"},
	workflow.BulkSubmit: {"in_check", "cea"}, workflow.BulkApprove: {"submitted", "ea"}, workflow.BulkReturn: {"submitted approved", "ea"},
	workflow.BulkPublish: {"approved", "ea"},
}

// TestEveryBulkActInEveryState holds each bulk act on one claim of each state to
// what the single act does, and the preview to what is done.
func TestEveryBulkActInEveryState(t *testing.T) {
	k := newKit(t)
	article := k.article()
	for _, act := range workflow.BulkActs {
		want, ok := bulkStates[act]
		if !ok {
			t.Errorf("%s has no row", act)
		}
		for _, actor := range k.actors() {
			in := workflow.BulkInput{Act: act, Reason: "porque sí", Tag: "puentes", Priority: 2, Assignee: k.bea.ID}
			switch act {
			case workflow.BulkDismiss:
				in.Reason = string(claims.DismissTrivial)
			case workflow.BulkTag:
				in.Tag = "agua"
			}
			for _, state := range states {
				c := k.inState(article, claims.State(state), k.bea, true)
				in.Claims = append(in.Claims, workflow.BulkClaim{ID: c.ID, Version: c.Version})
			}
			k.tryBulk(actor, in, want)
		}
	}
	k.sound()
}

func (k *kit) tryBulk(actor claims.Actor, in workflow.BulkInput, want [2]string) {
	k.Helper()
	before := k.seq()
	told, err := k.PreviewBulk(k.Context(), actor, in)
	done, again := k.Bulk(k.Context(), actor, in)
	who := strings.Contains(want[1], roleLetters[actor.Role])
	if (err == nil) != (again == nil) {
		k.Errorf("%s by %s: told %v, done %v", in.Act, actor.Role, err, again)
	}
	if again != nil {
		if who || claims.KindOf(again) != claims.KindNotAllowed || k.seq() != before {
			k.Errorf("%s by %s: %v", in.Act, actor.Role, again)
		}
		return
	}
	for i, item := range done.Items {
		may := who && slices.Contains(strings.Fields(want[0]), string(item.Before.State))
		if item.Changed != may || claims.KindOf(told.Items[i].Refused) != claims.KindOf(item.Refused) || told.Items[i].Changed != item.Changed {
			k.Errorf("%s in %s by %s: told %v, done %v %v, want %v", in.Act, item.Before.State, actor.Role, told.Items[i].Refused, item.Changed, item.Refused, may)
		}
	}
}

// deskAct is an act on what is no claim: who may do it.
type deskAct struct {
	name, roles string
	do          func(k *kit, ctx context.Context, actor claims.Actor) error
}

func errOf[A any](_ A, err error) error { return err }

func errOfTwo[A, B any](_ A, _ B, err error) error { return err }

var freshNames atomic.Int64

// freshName gives a name that nobody has.
func freshName(stem string) string {
	n := int(freshNames.Add(1))
	return stem + strings.Repeat("x", n%20) + string(rune('a'+n/20%26)) + string(rune('a'+n/520))
}

func (k *kit) someSource() claims.Source {
	return claimstest.PutSource(k.T, k.store, freshName("Fuente "), nil)
}

func (k *kit) somePerson() claims.Person {
	return claimstest.PutPerson(k.T, k.store, freshName("p"), claims.RoleChecker)
}

var deskActs = []deskAct{
	{"look at claims", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOfTwo(k.Claims(ctx, a, claims.ClaimFilter{}))
	}},
	{"search", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.Search(ctx, a, "puente", "", claims.Page{}))
	}},
	{"read the history", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOfTwo(k.Events(ctx, a, claims.EventFilter{}))
	}},
	{"look at the queue", "cea", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.Queue(ctx, a, "")) }},
	{"take the next", "cea", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.TakeNext(ctx, a, "")) }},
	{"export", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.ExportVerdicts(ctx, a, claims.ClaimFilter{}, io.Discard, export.Options{})
	}},
	{"take an article in", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.TakeIn(ctx, a, pasted(freshName("El río creció dos metros. "))))
	}},
	{"edit an article", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.EditArticle(ctx, a, k.article().ID, 1, workflow.ArticlePatch{Title: ptr("Otro")}))
	}},
	{"add a claim", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.AddClaim(ctx, a, workflow.NewClaim{Article: k.article().ID, Quote: "El río creció dos metros"}))
	}},
	{"add a source", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.AddSource(ctx, a, workflow.SourceInput{Name: freshName("Nueva "), Kind: claims.KindPerson}))
	}},
	{"edit a source", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.EditSource(ctx, a, k.someSource().ID, 1, workflow.SourcePatch{Note: ptr("x")}))
	}},
	{"protect a source", "cea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.EditSource(ctx, a, k.someSource().ID, 1, workflow.SourcePatch{Protected: ptr(true), Readers: ptr([]string{a.ID})}))
	}},
	{"merge sources", "ea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.MergeSource(ctx, a, k.someSource().ID, 1, k.someSource().ID))
	}},
	{"keep a filter", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.SaveFilter(ctx, a, workflow.FilterInput{Name: freshName("f"), Query: "tag=x"}))
	}},
	{"share a filter", "ea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.SaveFilter(ctx, a, workflow.FilterInput{Name: freshName("f"), Query: "tag=x", Shared: true}))
	}},
	{"write a check", "ea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.CreateCheck(ctx, a, workflow.CheckInput{Title: freshName("Check "), Body: "Uno.", Language: "es"}))
	}},
	{"choose mail", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SetMail(ctx, a, workflow.MailWish{Address: freshName("a") + "@news.test"})
	}},
	{"choose keys", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SetKeys(ctx, a, claims.Keymap{Off: true})
	}},
	{"go through the tour", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		if err := k.SetTour(ctx, a, 2); err != nil {
			return err
		}
		return k.SetTour(ctx, a, 0)
	}},
	{"choose a language", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error {
		if err := k.SetLanguage(ctx, a, "es"); err != nil {
			return err
		}
		return k.SetLanguage(ctx, a, "en")
	}},
	{"read one's inbox", "kcea", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.Inbox(ctx, a, claims.Page{})) }},
	{"change the scale", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		s, err := k.Scale(ctx, 0)
		if err != nil {
			return err
		}
		in := scaleInput(s)
		in.Content[0].Labels = map[string]string{"en": freshName("True "), "es": "Cierto"}
		return errOf(k.EditScale(ctx, a, s.Version, in))
	}},
	{"see where steps are used", "a", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.StepUses(ctx, a)) }},
	{"change settings", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		s, err := k.Settings(ctx)
		if err != nil {
			return err
		}
		s.Newsroom = freshName("Diario ")
		return k.EditSettings(ctx, a, s)
	}},
	{"see how mail goes", "a", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.MailState(ctx, a)) }},
	{"list people", "a", func(k *kit, ctx context.Context, a claims.Actor) error { return errOf(k.Roster(ctx, a)) }},
	{"add somebody", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOf(k.AddPerson(ctx, a, workflow.NewPerson{Name: freshName("n"), Password: "a long enough password", Role: claims.RoleChecker}))
	}},
	{"change a role", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SetRole(ctx, a, k.somePerson().ID, 1, claims.RoleEditor)
	}},
	{"deactivate somebody", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SetDisabled(ctx, a, k.somePerson().ID, 1, true)
	}},
	{"set a password", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.ResetPassword(ctx, a, k.somePerson().ID, 1, "another long password")
	}},
	{"say who somebody is elsewhere", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SetIdentity(ctx, a, k.somePerson().ID, 1, freshName("i")+"@news.test")
	}},
	{"sign somebody out", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return k.SignOutPerson(ctx, a, k.somePerson().ID)
	}},
	{"invite", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		return errOfTwo(k.CreateInvite(ctx, a, workflow.NewInvite{Role: claims.RoleChecker}))
	}},
	{"erase an event's values", "a", func(k *kit, ctx context.Context, a claims.Actor) error {
		if _, err := k.AddNote(ctx, k.bea, k.claim(claims.StateOpen).ID, "Nombre"); err != nil {
			return err
		}
		return k.EraseEvent(ctx, a, k.seq(), "lo pidió")
	}},
}

// TestEveryActOfTheDesk tries every act on what is no claim, by every role, by
// nobody, and with a token that only reads.
func TestEveryActOfTheDesk(t *testing.T) {
	k := newKit(t)
	for _, act := range deskActs {
		for _, actor := range k.actors() {
			err := act.do(k, t.Context(), actor)
			may := strings.Contains(act.roles, roleLetters[actor.Role])
			if may && err != nil || !may && claims.KindOf(err) != claims.KindNotAllowed {
				t.Errorf("%s by %s: %v, want allowed %v", act.name, actor.Role, err, may)
			}
		}
		if err := act.do(k, t.Context(), claims.Actor{}); claims.KindOf(err) != claims.KindUnauthenticated {
			t.Errorf("%s by nobody: %v", act.name, err)
		}
	}
	k.sound()
}
