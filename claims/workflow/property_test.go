package workflow_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
	"pgregory.net/rapid"
)

// newsroom is a desk at which random people do random things, and what the test
// knows about it without asking.
type newsroom struct {
	k       *kit
	legal   map[string]bool
	claims  []claims.Claim            // as the desk last gave them
	begun   []claims.State            // where each began
	frozen  map[string]claims.Claim   // what was handed in
	public  map[string]map[int]string // claim → version → hash
	checked map[string]int64          // claim → version that was looked at
	parts   int                       // claims that splits made, whose history begins with their adding
	sources []string
	// contacts of each claim, and the events of bulk acts
	contacts map[string][]claims.Contact
	bulks    []string
	seq      int64
	hash     string
}

// TestRandomPeopleDoingRandomThings: whatever they try, no claim comes into a
// state by a way that the table does not have, nothing that was refused leaves a
// trace, nothing that was done is missing from the history, and what is handed in
// or published does not change.
func TestRandomPeopleDoingRandomThings(t *testing.T) { onEveryEngine(t, randomPeople) }

func randomPeople(t *testing.T, k *kit) {
	k.fetching(&web{body: "<p>Sí.</p>"})
	article := k.article()
	legal := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(theMoves)) {
		f := strings.Fields(line)
		legal[f[0]+" "+f[1]] = true
	}
	rapid.Check(t, func(r *rapid.T) {
		n := &newsroom{k: k, legal: legal, frozen: map[string]claims.Claim{}, public: map[string]map[int]string{}, checked: map[string]int64{},
			contacts: map[string][]claims.Contact{}}
		n.beginSources()
		for _, state := range []claims.State{claims.StateSuggested, claims.StateInCheck, claims.StateSubmitted, claims.StateApproved} {
			n.begin(article, state)
		}
		last := k.lastEvent()
		n.seq, n.hash = last.Seq, last.Hash
		r.Repeat(map[string]func(*rapid.T){
			"step": n.advance, "follow": n.follow, "move": n.move, "judge": n.judge, "edit": n.edit, "evidence": n.evidence, "note": n.note, "undo": n.undo, "take back": n.undo,
			"settings": n.settings, "bulk": n.bulk, "unbulk": n.unbulk, "split": n.split, "merge": n.merge, "contact": n.contact,
			"remove": n.removeEvidence, "opinion": n.opinion, "document": n.document, "restrict": n.restrict, "source": n.source, "unsource": n.unsource, "tie": n.tie, "": n.check,
		})
		n.replay(r)
	})
	k.sound()
}

// begin puts a claim on the desk that has come as far as state by bea's work.
func (n *newsroom) begin(article claims.Article, state claims.State) {
	c := claimstest.PutClaim(n.k.T, n.k.store, article.ID, func(c *claims.Claim) {
		c.State = state
		if state != claims.StateSuggested {
			judged(n.k.bea, n.k.bea)(c)
		}
	})
	n.claims, n.begun = append(n.claims, c), append(n.begun, state)
	n.public[c.ID] = map[int]string{}
}

func (n *newsroom) somebody(r *rapid.T) claims.Actor {
	k := n.k
	return rapid.SampledFrom([]claims.Actor{k.carla, k.ana, k.bea, k.luis, k.olga, k.eva, {}}).Draw(r, "who")
}

// some picks a claim, and the version that somebody saw of it.
func (n *newsroom) some(r *rapid.T) (int, claims.Claim, int64) {
	i := rapid.IntRange(0, len(n.claims)-1).Draw(r, "claim")
	seen := n.claims[i].Version
	if rapid.IntRange(0, 9).Draw(r, "stale") == 0 {
		seen--
	}
	return i, n.claims[i], seen
}

// move tries any move at all.
func (n *newsroom) move(r *rapid.T) {
	i, c, seen := n.some(r)
	n.try(r, i, c, n.somebody(r), workflow.MoveInput{
		To:     claims.State(rapid.SampledFrom(states).Draw(r, "to")),
		Reason: rapid.SampledFrom([]string{"", "porque sí", "trivial", "duplicate"}).Draw(r, "reason"),
		Of:     n.claims[rapid.IntRange(0, len(n.claims)-1).Draw(r, "of")].ID,
		Effect: rapid.SampledFrom([]claims.Effect{"", claims.EffectTypo, claims.EffectVerdict}).Draw(r, "effect"),
	}, seen)
}

// advance tries a move that the table has, so that claims get somewhere.
func (n *newsroom) advance(r *rapid.T) {
	i, c, seen := n.some(r)
	moves := claims.MovesFrom(c.State)
	if len(moves) == 0 {
		return
	}
	actor := rapid.SampledFrom([]claims.Actor{n.k.ana, n.k.luis, n.k.olga}).Draw(r, "who")
	n.try(r, i, c, actor, workflow.MoveInput{To: rapid.SampledFrom(moves).Draw(r, "to").To, Reason: "porque sí"}, seen)
}

// path is the way of a claim that ends in print, and begins again there.
var path = map[claims.State]claims.State{
	claims.StateSuggested: claims.StateOpen, claims.StateOpen: claims.StateInCheck, claims.StateHelpNeeded: claims.StateInCheck,
	claims.StateInCheck: claims.StateSubmitted, claims.StateSubmitted: claims.StateApproved, claims.StateApproved: claims.StatePublished,
	claims.StatePublished: claims.StateReopened, claims.StateReopened: claims.StateInCheck, claims.StateReturned: claims.StateInCheck,
	claims.StateDismissed: claims.StateOpen,
}

// follow takes a claim some way along the path, judging it where it is checked.
func (n *newsroom) follow(r *rapid.T) {
	i := rapid.IntRange(0, len(n.claims)-1).Draw(r, "claim")
	verdict := workflow.VerdictInput{Content: rapid.SampledFrom([]string{"true", "false"}).Draw(r, "content"), Attribution: "accurate", Rationale: "Por esto."}
	for range rapid.IntRange(1, 8).Draw(r, "how far") {
		c := n.claims[i]
		next, ok := path[c.State]
		if !ok {
			return
		}
		by := n.k.olga
		if next == claims.StateSubmitted {
			by = n.k.ana
			got, err := n.k.Judge(n.k.Context(), n.k.ana, c.ID, c.Version, verdict)
			n.settle(r, i, c, got, c.Version, err)
			c = n.claims[i]
		}
		n.try(r, i, c, by, workflow.MoveInput{To: next, Reason: "porque sí"}, c.Version)
		n.check(r)
	}
}

func (n *newsroom) try(r *rapid.T, i int, c claims.Claim, actor claims.Actor, in workflow.MoveInput, seen int64) {
	got, err := n.k.MoveClaim(n.k.Context(), actor, c.ID, seen, in)
	n.settle(r, i, c, got, seen, err)
	if err == nil && (!n.legal[string(c.State)+" "+string(got.State)] || got.State != in.To) {
		r.Fatalf("%s → %s became %s", c.State, in.To, got.State)
	}
}

func (n *newsroom) judge(r *rapid.T) {
	i, c, seen := n.some(r)
	got, err := n.k.Judge(n.k.Context(), n.somebody(r), c.ID, seen, workflow.VerdictInput{
		Content: rapid.SampledFrom([]string{"true", "false", "", "nonsense"}).Draw(r, "content"), Attribution: "accurate",
		Rationale: rapid.SampledFrom([]string{"", "Por esto.", "Por aquello."}).Draw(r, "rationale"),
	})
	n.settle(r, i, c, got, seen, err)
}

func (n *newsroom) edit(r *rapid.T) {
	i, c, seen := n.some(r)
	p := workflow.ClaimPatch{Tags: ptr([]string{rapid.StringMatching(`[a-c]{1,60}`).Draw(r, "tag")})}
	if rapid.Bool().Draw(r, "wording") {
		p.Standalone = ptr(rapid.String().Draw(r, "words"))
	}
	if rapid.Bool().Draw(r, "assign") {
		p.Assignee = ptr(n.somebody(r).ID)
	}
	got, err := n.k.EditClaim(n.k.Context(), n.somebody(r), c.ID, seen, p)
	n.settle(r, i, c, got, seen, err)
}

func (n *newsroom) evidence(r *rapid.T) {
	i, c, seen := n.some(r)
	url := rapid.SampledFrom([]string{"https://a.test/1", "javascript:1"}).Draw(r, "url")
	_, err := n.k.AddEvidence(n.k.Context(), n.somebody(r), c.ID, seen, claims.Evidence{URL: url})
	n.settle(r, i, c, n.k.again(c), seen, err)
}

func (n *newsroom) note(r *rapid.T) {
	i, c, _ := n.some(r)
	_, err := n.k.AddNote(n.k.Context(), n.somebody(r), c.ID, rapid.StringN(0, 10, -1).Draw(r, "text"))
	n.settle(r, i, c, n.k.again(c), c.Version, err)
}

// undo tries to take back what was done last on a claim, and now and then
// something older.
func (n *newsroom) undo(r *rapid.T) {
	i, c, _ := n.some(r)
	actor := n.somebody(r)
	events, err := n.k.ClaimEvents(n.k.Context(), n.k.eva, c.ID)
	if err != nil {
		r.Fatal(err)
	}
	if len(events) == 0 {
		return
	}
	e := events[0]
	if rapid.IntRange(0, 4).Draw(r, "older") == 0 {
		e = rapid.SampledFrom(events).Draw(r, "event")
	} else if rapid.Bool().Draw(r, "own") {
		actor = n.k.eva
		for _, a := range []claims.Actor{n.k.carla, n.k.ana, n.k.bea, n.k.luis, n.k.olga} {
			if a.ID == e.Actor {
				actor = a
			}
		}
	}
	_, err = n.k.Undo(n.k.Context(), actor, e.ID)
	if err == nil && e.Actor != actor.ID {
		r.Fatalf("%s took back what %s did", actor.Name, e.Actor)
	}
	n.settle(r, i, c, n.k.again(c), c.Version, err)
	n.learnContacts(r, c)
	n.refresh(r, func(int) bool { return e.Act == workflow.ActClaimSplit })
}

func (n *newsroom) settings(r *rapid.T) {
	s, err := n.k.Settings(n.k.Context())
	if err != nil {
		r.Fatal(err)
	}
	s.SingleReview, s.CheckersApprove = rapid.Bool().Draw(r, "single"), rapid.Bool().Draw(r, "checkers")
	s.Blind = rapid.SampledFrom([]claims.Strictness{claims.Off, claims.Advise, claims.Block}).Draw(r, "blind")
	if err := n.k.EditSettings(n.k.Context(), n.somebody(r), s); err != nil && claims.KindOf(err) == "" {
		r.Fatal(err)
	}
}

// settle holds the outcome of one try to what must always be so.
func (n *newsroom) settle(r *rapid.T, i int, before, got claims.Claim, seen int64, err error) {
	if err != nil {
		if claims.KindOf(err) == "" {
			r.Fatalf("no refusal but a fault: %v", err)
		}
		now := n.k.again(before)
		if now.Version != before.Version || now.State != before.State {
			r.Fatalf("refused (%v), and yet version %d became %d, %s became %s", err, before.Version, now.Version, before.State, now.State)
		}
		return
	}
	if seen != before.Version {
		r.Fatalf("version %d was accepted where %d stood", seen, before.Version)
	}
	if stored := n.k.again(before); !reflect.DeepEqual(asJSON(r, stored), asJSON(r, got)) {
		r.Fatalf("the desk said %+v and keeps %+v", got, stored)
	}
	n.claims[i] = got
}

func asJSON(r *rapid.T, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		r.Fatal(err)
	}
	return string(raw)
}

// check holds after every step: the chain has grown link by link, and what is
// handed in or published is as it was.
func (n *newsroom) check(r *rapid.T) {
	events, _, err := n.k.Events(n.k.Context(), n.k.eva, claims.EventFilter{After: n.seq, Limit: 500})
	if err != nil {
		r.Fatal(err)
	}
	for _, e := range events {
		if e.Seq != n.seq+1 || e.PrevHash != n.hash || !e.Sound() {
			r.Fatalf("event %d does not follow event %d", e.Seq, n.seq)
		}
		n.seq, n.hash = e.Seq, e.Hash
	}
	for _, c := range n.claims {
		n.checkFrozen(r, c)
		if n.checked[c.ID] != c.Version {
			n.checkPublic(r, c)
			n.checkHanging(r, c)
			n.checked[c.ID] = c.Version
		}
	}
	n.checkSources(r)
}

// checkFrozen: what was handed in stays as it was until it is taken up again.
func (n *newsroom) checkFrozen(r *rapid.T, c claims.Claim) {
	switch c.State {
	case claims.StateSubmitted, claims.StateApproved, claims.StatePublished, claims.StateReturned, claims.StateReopened, claims.StateWithdrawn:
	default:
		delete(n.frozen, c.ID)
		return
	}
	if c.Complete() != nil {
		r.Fatalf("%s in %s lacks a verdict", c.ID, c.State)
	}
	was, ok := n.frozen[c.ID]
	if !ok {
		n.frozen[c.ID] = c
		return
	}
	if !reflect.DeepEqual(asJSON(r, was.Assertion), asJSON(r, c.Assertion)) || *was.Verdict != *c.Verdict || was.Evidence != c.Evidence {
		r.Fatalf("%s changed while it was %s", c.ID, c.State)
	}
}

// checkPublic: versions are only added, and never change.
func (n *newsroom) checkPublic(r *rapid.T, c claims.Claim) {
	pubs, err := n.k.Publications(n.k.Context(), n.k.eva, c.ID)
	if err != nil {
		r.Fatal(err)
	}
	known := n.public[c.ID]
	if len(pubs) != c.PublishedVersion || len(pubs) < len(known) {
		r.Fatalf("%s has %d publications, says %d, had %d", c.ID, len(pubs), c.PublishedVersion, len(known))
	}
	for _, p := range pubs {
		if was, ok := known[p.N]; ok && was != p.SHA256 {
			r.Fatalf("%s@%d changed", c.ID, p.N)
		}
		known[p.N] = p.SHA256
		if (p.Withdrawn != nil) != (c.State == claims.StateWithdrawn) {
			r.Fatalf("%s@%d has tombstone %v in state %s", c.ID, p.N, p.Withdrawn, c.State)
		}
	}
}

// replay walks each claim's history by itself: it must lead, by legal moves
// alone and one event a change, to where the claim stands.
func (n *newsroom) replay(r *rapid.T) {
	for i, c := range n.claims {
		state, changes := string(n.begun[i]), 0
		for before := int64(0); ; {
			events, _, err := n.k.Events(n.k.Context(), n.k.eva, claims.EventFilter{Claim: c.ID, After: before, Limit: 500})
			if err != nil {
				r.Fatal(err)
			}
			for _, e := range events {
				before = e.Seq
				if e.Noun != "note" && e.Noun != "contact" && e.Noun != "opinion" {
					changes++
				}
				from, to := unquote(tells(e, claims.SideBefore, "state")), unquote(tells(e, claims.SideAfter, "state"))
				if to == "" || e.Act == workflow.ActClaimAdd {
					continue
				}
				legal := n.legal[from+" "+to] || e.Act == workflow.ActUndo && n.legal[to+" "+from]
				if from != state || !legal {
					r.Fatalf("the history of %s goes %s → %s where it stood at %s", c.ID, from, to, state)
				}
				state = to
			}
			if len(events) == 0 {
				break
			}
		}
		n.checkPublic(r, c)
		if i < len(n.claims)-n.parts {
			changes++ // the test put it there, without an event of its own
		}
		if state != string(c.State) || int64(changes) != c.Version {
			r.Fatalf("%s: the history leads to %s by %d changes, it stands at %s in version %d", c.ID, state, changes, c.State, c.Version)
		}
	}
}

func unquote(s string) string { return strings.Trim(s, `"`) }
