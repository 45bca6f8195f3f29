package workflow_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// postbox keeps letters, or refuses them with err.
type postbox struct {
	letters []claims.Letter
	err     error
}

func (p *postbox) Deliver(_ context.Context, l claims.Letter) error {
	if p.err == nil {
		p.letters = append(p.letters, l)
	}
	return p.err
}

type lasting struct{ error }

func (lasting) Permanent() bool { return true }

func TestWhatIsWantedIsSentOnce(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		box := &postbox{}
		desk := workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Postman: box})
		send := func(want int, fails bool) {
			t.Helper()
			if n, err := desk.SendMails(ctx); n != want || (err != nil) != fails {
				t.Errorf("%v: %d letters, want %d", err, n, want)
			}
		}
		refused(t, "no address", desk.SetMail(ctx, k.bea, workflow.MailWish{Address: "bea"}), claims.KindInvalid, "email:email.malformed")
		refused(t, "no kind", desk.SetMail(ctx, k.bea, workflow.MailWish{Kinds: []claims.InboxKind{"x"}}), claims.KindInvalid)
		if err := desk.SetMail(ctx, k.bea, workflow.MailWish{Address: "bea@news.test", Kinds: []claims.InboxKind{claims.InboxMention}}); err != nil {
			t.Fatal(err)
		}
		people, err := k.People(ctx, k.eva)
		if err != nil || people[1].Mail != "" {
			t.Errorf("%v: an admin's list shows %q", err, people[1].Mail)
		}
		c := k.claim(claims.StateOpen)
		note := func() {
			t.Helper()
			if _, err := desk.AddNote(ctx, k.ana, c.ID, "@bea @luis: el informante"); err != nil {
				t.Fatal(err)
			}
		}
		note()
		if _, err := desk.EditClaim(ctx, k.luis, c.ID, c.Version, workflow.ClaimPatch{Assignee: &k.bea.ID}); err != nil {
			t.Fatal(err) // not a kind that bea wants
		}
		send(1, false)
		send(0, false)
		want := claims.LetterLine{Kind: claims.InboxMention, Claim: c.ID, Link: "https://desk.test/claims/" + c.ID}
		if l := box.letters[0]; l.To != "bea@news.test" || len(l.Lines) != 1 || l.Lines[0] != want {
			t.Errorf("%+v", l)
		}
		note()
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		send(0, false)

		note()
		box.err = errors.New("mail: rcpt: the server answered 451")
		send(0, true)
		send(0, false) // not before the pause is over
		state, err := desk.MailState(ctx, k.eva)
		if err != nil || !state.On || state.Waiting != 1 || len(state.Failed) != 1 || state.Failed[0].Problem != box.err.Error() {
			t.Errorf("%v: %+v", err, state)
		}
		k.clock.Advance(2 * time.Minute)
		box.err = lasting{box.err}
		send(0, false)
		if state, err = desk.MailState(ctx, k.eva); err != nil || state.Waiting != 0 || !state.Failed[0].GaveUp {
			t.Errorf("%v: %+v", err, state)
		}
		box.err = nil
		k.clock.Advance(24 * time.Hour)
		send(0, false)
		_, err = desk.MailState(ctx, k.luis)
		refused(t, "an editor", err, claims.KindNotAllowed)
	})
}
