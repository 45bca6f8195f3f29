package workflow_test

import (
	"slices"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
	"pgregory.net/rapid"
)

// refresh reads every claim anew after an act that may have touched several. A
// claim that others did not touch must be as it was: changed says which may not.
func (n *newsroom) refresh(r *rapid.T, changed func(i int) bool) {
	for i, c := range n.claims {
		now := n.k.again(c)
		if now.Version != c.Version && !changed(i) {
			r.Fatalf("%s came to version %d from %d by an act on something else", c.ID, now.Version, c.Version)
		}
		n.claims[i] = now
	}
}

func untouched(int) bool { return false }

// refusedOrDone ends the test where an act failed by a fault.
func (n *newsroom) refusedOrDone(r *rapid.T, err error) bool {
	if err != nil && claims.KindOf(err) == "" {
		r.Fatalf("no refusal but a fault: %v", err)
	}
	return err == nil
}

// bulk does one act to some claims, a stale one among them now and then.
func (n *newsroom) bulk(r *rapid.T) {
	in := workflow.BulkInput{
		Act:      rapid.SampledFrom(workflow.BulkActs).Draw(r, "act"),
		Reason:   rapid.SampledFrom([]string{"", "porque sí", "trivial"}).Draw(r, "reason"),
		Tag:      rapid.StringMatching(`[a-c]{1,3}`).Draw(r, "tag"),
		Priority: rapid.IntRange(-1, 2).Draw(r, "priority"), Assignee: n.somebody(r).ID,
	}
	seen := map[string]int64{}
	for i := range n.claims {
		if rapid.Bool().Draw(r, "chosen") {
			c := n.claims[i]
			seen[c.ID] = c.Version
			if rapid.IntRange(0, 9).Draw(r, "stale") == 0 {
				seen[c.ID]--
			}
			in.Claims = append(in.Claims, workflow.BulkClaim{ID: c.ID, Version: seen[c.ID]})
		}
	}
	by := n.somebody(r)
	if rapid.Bool().Draw(r, "editor") {
		by = n.k.olga
	}
	before := n.k.seq()
	out, err := n.k.Bulk(n.k.Context(), by, in)
	if !n.refusedOrDone(r, err) {
		n.refresh(r, untouched)
		return
	}
	done := map[string]claims.Claim{}
	for _, item := range out.Items {
		if item.Changed {
			done[item.ID] = item.After
		}
	}
	if len(done) > 0 && n.k.seq() != before+int64(len(done))+1 || len(done) == 0 && n.k.seq() != before {
		r.Fatalf("%d changed claims, %d events", len(done), n.k.seq()-before)
	}
	was := slices.Clone(n.claims)
	n.refresh(r, func(i int) bool { _, ok := done[n.claims[i].ID]; return ok })
	for i, c := range was {
		now, ok := done[c.ID]
		if !ok {
			continue
		}
		if now.Withheld { // from who has to judge by themselves
			now.Verdict, now.Withheld = n.claims[i].Verdict, false
		}
		if seen[c.ID] != c.Version || asJSON(r, now) != asJSON(r, n.claims[i]) {
			r.Fatalf("%s: version %d was accepted where %d stood, or the desk keeps another claim than it said:\n%s\n%s", c.ID, seen[c.ID], c.Version, asJSON(r, now), asJSON(r, n.claims[i]))
		}
		if now.State != c.State && !n.legal[string(c.State)+" "+string(now.State)] {
			r.Fatalf("%s: %s → %s in a bulk act", c.ID, c.State, now.State)
		}
	}
	if len(done) > 0 {
		n.bulks = append(n.bulks, out.Event)
	}
}

// unbulk tries to take a bulk act back.
func (n *newsroom) unbulk(r *rapid.T) {
	if len(n.bulks) == 0 {
		return
	}
	_, err := n.k.Undo(n.k.Context(), rapid.SampledFrom([]claims.Actor{n.k.olga, n.k.olga, n.k.ana}).Draw(r, "who"), rapid.SampledFrom(n.bulks).Draw(r, "bulk"))
	done := n.refusedOrDone(r, err)
	n.refresh(r, func(int) bool { return done })
}

// split cuts words out of a claim.
func (n *newsroom) split(r *rapid.T) {
	i, c, seen := n.some(r)
	quote := rapid.SampledFrom([]string{"alrededor de 15.000 euros", "el puente", "nada de esto"}).Draw(r, "quote")
	stays, part, err := n.k.SplitClaim(n.k.Context(), n.somebody(r), c.ID, seen, workflow.SplitInput{Quote: quote})
	n.settle(r, i, c, stays, seen, err)
	if err != nil {
		return
	}
	if stays.Quote() == c.Quote() || part.Quote() != quote {
		r.Fatalf("%q was split into %q and %q", c.Quote(), stays.Quote(), part.Quote())
	}
	n.claims, n.begun, n.parts = append(n.claims, n.k.again(part)), append(n.begun, part.State), n.parts+1
	n.public[part.ID] = map[int]string{}
}

func (n *newsroom) merge(r *rapid.T) {
	i, c, seen := n.some(r)
	into := n.claims[rapid.IntRange(0, len(n.claims)-1).Draw(r, "into")]
	got, err := n.k.MergeClaim(n.k.Context(), n.somebody(r), c.ID, seen, into.ID, "")
	n.settle(r, i, c, got, seen, err)
	if err == nil && (got.State != claims.StateDismissed || got.Dismissed == nil || got.Dismissed.Of != into.ID || into.ID == c.ID) {
		r.Fatalf("merged into %s: %+v", into.ID, got.Dismissed)
	}
}

// contact asks somebody, or writes down what came of it.
func (n *newsroom) contact(r *rapid.T) {
	i, c, _ := n.some(r)
	in := workflow.ContactInput{
		Whom: "Alcaldía", Question: rapid.SampledFrom([]string{"", "¿Cuántos?"}).Draw(r, "question"),
		Answer: rapid.SampledFrom([]string{"", "Doce."}).Draw(r, "answer"), Public: rapid.SampledFrom([]string{"", "No respondió."}).Draw(r, "public"),
		Deadline: rapid.SampledFrom([]string{"", "2026-01-02", "mañana"}).Draw(r, "deadline"),
	}
	known := n.contacts[c.ID]
	if len(known) == 0 || rapid.Bool().Draw(r, "new") {
		got, err := n.k.AddContact(n.k.Context(), n.somebody(r), c.ID, in)
		n.settle(r, i, c, n.k.again(c), c.Version, err)
		if err == nil {
			n.contacts[c.ID] = append(known, got)
		}
		return
	}
	j := rapid.IntRange(0, len(known)-1).Draw(r, "which")
	seen := known[j].Version - int64(rapid.IntRange(0, 1).Draw(r, "stale"))
	got, err := n.k.EditContact(n.k.Context(), n.somebody(r), c.ID, known[j].ID, seen, in)
	n.settle(r, i, c, n.k.again(c), c.Version, err)
	if err != nil {
		return
	}
	if seen != known[j].Version {
		r.Fatalf("version %d of a contact was accepted where %d stood", seen, known[j].Version)
	}
	known[j] = got
}

func (n *newsroom) removeEvidence(r *rapid.T) {
	i, c, seen := n.some(r)
	all, err := n.k.EvidenceOf(n.k.Context(), n.k.ana, []string{c.ID})
	if err != nil {
		r.Fatal(err)
	}
	if len(all[c.ID]) == 0 {
		return
	}
	err = n.k.RemoveEvidence(n.k.Context(), n.somebody(r), c.ID, rapid.SampledFrom(all[c.ID]).Draw(r, "evidence").ID, seen)
	n.settle(r, i, c, n.k.again(c), seen, err)
}

// source adds a record, changes one or makes two of them one.
func (n *newsroom) source(r *rapid.T) {
	ctx, by := n.k.Context(), n.somebody(r)
	name := rapid.StringMatching(`Fuente [a-e]`).Draw(r, "name")
	if len(n.sources) == 0 || rapid.IntRange(0, 2).Draw(r, "what") == 0 {
		s, err := n.k.AddSource(ctx, by, workflow.SourceInput{Name: name, Kind: claims.KindPerson, Aliases: []string{name + rapid.StringMatching(` [a-c]`).Draw(r, "alias")}})
		if n.refusedOrDone(r, err) {
			n.sources = append(n.sources, s.ID)
		}
		n.refresh(r, untouched)
		return
	}
	id := rapid.SampledFrom(n.sources).Draw(r, "source")
	seen := n.sourceOf(r, id).Version - int64(max(0, rapid.IntRange(-4, 1).Draw(r, "stale")))
	var err error
	if rapid.Bool().Draw(r, "merge") {
		_, err = n.k.MergeSource(ctx, by, id, seen, rapid.SampledFrom(n.sources).Draw(r, "into"))
	} else {
		_, err = n.k.EditSource(ctx, by, id, seen, workflow.SourcePatch{Name: &name})
	}
	n.refusedOrDone(r, err)
	n.refresh(r, untouched)
}

// unsource tries to take back what was done last to a record.
func (n *newsroom) unsource(r *rapid.T) {
	events, _, err := n.k.Events(n.k.Context(), n.k.eva, claims.EventFilter{Noun: "source", Before: 1 << 40, Limit: 5})
	if err != nil {
		r.Fatal(err)
	}
	if len(events) == 0 {
		return
	}
	e := rapid.SampledFrom(events).Draw(r, "event")
	by := n.somebody(r)
	for _, a := range []claims.Actor{n.k.ana, n.k.bea, n.k.luis, n.k.olga, n.k.eva} {
		if a.ID == e.Actor {
			by = a
		}
	}
	_, err = n.k.Undo(n.k.Context(), by, e.ID)
	n.refusedOrDone(r, err)
	n.refresh(r, untouched)
}

// tie ties a link of a claim to a record, new or there.
func (n *newsroom) tie(r *rapid.T) {
	i, c, seen := n.some(r)
	in := workflow.TieInput{Place: workflow.LinkPlace{Role: rapid.SampledFrom([]string{"via", "source", "nonsense"}).Draw(r, "role")}}
	if len(n.sources) > 0 && rapid.Bool().Draw(r, "known") {
		in.Source = rapid.SampledFrom(n.sources).Draw(r, "source")
	}
	got, err := n.k.TieLink(n.k.Context(), n.somebody(r), c.ID, seen, in)
	n.settle(r, i, c, got, seen, err)
	if err != nil {
		return
	}
	for _, id := range tied(got) {
		if !slices.Contains(n.sources, id) {
			n.sources = append(n.sources, id)
		}
	}
}

func tied(c claims.Claim) (ids []string) {
	for _, a := range c.Attributions {
		for _, l := range slices.Concat(a.Sources, a.Via) {
			if l.Source != "" {
				ids = append(ids, l.Source)
			}
		}
	}
	return ids
}

// sourceOf reads a record; the zero one where an undoing took it away.
func (n *newsroom) sourceOf(r *rapid.T, id string) (s claims.Source) {
	err := n.k.store.View(n.k.Context(), func(q claims.Reader) (err error) {
		s, err = q.Source(n.k.Context(), id)
		return err
	})
	if err != nil && claims.KindOf(err) != claims.KindNotFound {
		r.Fatal(err)
	}
	return s
}

// checkSources: every tie leads to a record that stands, over merges that end,
// and no two records that stand bear the same id twice.
func (n *newsroom) checkSources(r *rapid.T) {
	for _, c := range n.claims {
		for _, id := range tied(c) {
			for range len(n.sources) + 1 {
				s := n.sourceOf(r, id)
				if s.ID == "" {
					r.Fatalf("%s is tied to %s, which is gone", c.ID, id)
				}
				if id = s.MergedInto; id == "" {
					break
				}
			}
			if id != "" {
				r.Fatalf("%s is tied to a record that is merged in a circle", c.ID)
			}
		}
	}
}

// checkHanging: what hangs on a claim is as many as was acknowledged.
func (n *newsroom) checkHanging(r *rapid.T, c claims.Claim) {
	err := n.k.store.View(n.k.Context(), func(q claims.Reader) error {
		all, err := q.Evidence(n.k.Context(), c.ID)
		if err != nil {
			return err
		}
		if len(all) != c.Evidence {
			r.Fatalf("%s says %d pieces of evidence and has %d", c.ID, c.Evidence, len(all))
		}
		contacts, err := q.Contacts(n.k.Context(), c.ID)
		if err != nil {
			return err
		}
		for _, want := range n.contacts[c.ID] {
			if !slices.ContainsFunc(contacts, func(got claims.Contact) bool { return asJSON(r, got) == asJSON(r, want) }) {
				r.Fatalf("contact %+v of %s is not among %+v", want, c.ID, contacts)
			}
		}
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
}

// learnContacts reads contacts anew after an undoing on a claim.
func (n *newsroom) learnContacts(r *rapid.T, c claims.Claim) {
	err := n.k.store.View(n.k.Context(), func(q claims.Reader) (err error) {
		n.contacts[c.ID], err = q.Contacts(n.k.Context(), c.ID)
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
}

// beginSources puts some records on the desk.
func (n *newsroom) beginSources() {
	for _, name := range []string{"Fuente a", "Fuente b", "Fuente c"} {
		n.sources = append(n.sources, claimstest.PutSource(n.k.T, n.k.store, name+freshName(" "), nil).ID)
	}
}
