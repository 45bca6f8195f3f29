package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
)

// deskRecord is what the server has answered for of the acts that are neither
// notes nor moves nor articles.
type deskRecord struct {
	turn, cut       int
	long            string            // the claim that is split
	contacts, links []string          // whom was asked, evidence's URLs
	parts           []string          // ids of claims that a split made
	sources         []string          // ids
	merged          map[string]string // source → into which
	events          []string          // ids of bulk acts
	undone          []string          // ids of bulk acts that were taken back
	lastBulk        string            // one that stands
}

// desk does one of the desk's further acts, by turns.
func (l *record) desk(base, token, tag string) {
	api := base + "/api/v1"
	d := &l.others
	id := l.claims[2]
	var c struct {
		Version int64 `json:"version"`
	}
	if !call("GET", api+"/claims/"+id, token, 0, nil, &c) {
		return
	}
	d.turn++ // one goroutine's; a server that is dead takes no turn
	var answer struct {
		ID    string  `json:"id"`
		Event *string `json:"event"`
	}
	done := func(ok bool, keep func()) {
		if ok {
			l.mu.Lock()
			defer l.mu.Unlock()
			keep()
			l.acts++
		}
	}
	switch d.turn % 7 {
	case 0:
		ok := call("POST", api+"/claims/"+id+"/contacts", token, 0, map[string]any{"whom": tag, "question": "How many?"}, &answer)
		done(ok, func() { d.contacts = append(d.contacts, tag) })
	case 1:
		url := "https://a.test/" + tag
		ok := call("POST", api+"/claims/"+id+"/evidence", token, c.Version, map[string]any{"url": url, "stance": "for"}, &answer)
		done(ok, func() { d.links = append(d.links, url) })
	case 2:
		body := map[string]any{"claims": []any{map[string]any{"id": id, "version": c.Version}}, "act": "priority", "priority": d.turn/7%4 - 1}
		ok := call("POST", api+"/claims/bulk", token, 0, body, &answer)
		if ok && answer.Event != nil {
			done(ok, func() { d.events, d.lastBulk = append(d.events, *answer.Event), *answer.Event })
		}
	case 3:
		bulk := d.lastBulk
		if d.lastBulk = ""; bulk != "" {
			done(call("POST", api+"/events/"+bulk+"/undo", token, 0, nil, &struct{}{}), func() { d.undone = append(d.undone, bulk) })
		}
	case 4:
		ok := call("POST", api+"/sources", token, 0, map[string]any{"name": "Source " + tag, "kind": "person"}, &answer)
		done(ok, func() { d.sources = append(d.sources, answer.ID) })
	case 5:
		if n := len(d.sources); n > 1 {
			l.mergeSources(api, token, d.sources[n-2], d.sources[n-1])
		}
	case 6:
		l.split(api, token)
	}
}

func (l *record) mergeSources(api, token, from, into string) {
	var s struct {
		Version int64 `json:"version"`
	}
	if call("GET", api+"/sources/"+from, token, 0, nil, &s) && call("POST", api+"/sources/"+from+"/merge", token, s.Version, map[string]any{"into": into}, &s) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.others.merged == nil {
			l.others.merged = map[string]string{}
		}
		l.others.merged[from] = into
		l.acts++
	}
}

// quays is how many sentences the claim has that is split.
const quays = 200

func quay(n int) string { return fmt.Sprintf("Quay %d is green.", n) }

// firstSplit adds a claim by hand that is long enough to be split in every round.
func (l *record) firstSplit(t *testing.T, base, token string) {
	t.Helper()
	var article articleAnswer
	var c struct {
		ID string `json:"id"`
	}
	var text strings.Builder
	for n := range quays {
		text.WriteString(quay(n) + " ")
	}
	whole := strings.TrimSpace(text.String())
	if !call("POST", base+"/api/v1/articles", token, 0, map[string]any{"text": whole, "language": "en"}, &article) ||
		!call("POST", base+"/api/v1/claims", token, 0, map[string]any{"article": article.ID, "quote": whole}, &c) {
		t.Fatal("the claim to split was refused")
	}
	l.others.long = c.ID
}

// split cuts the next sentence out of the long claim.
func (l *record) split(api, token string) {
	d := &l.others
	var c struct {
		Version int64 `json:"version"`
	}
	var answer struct {
		Part struct {
			ID string `json:"id"`
		} `json:"part"`
	}
	if !call("GET", api+"/claims/"+d.long, token, 0, nil, &c) {
		return
	}
	if d.cut++; call("POST", api+"/claims/"+d.long+"/split", token, c.Version, map[string]any{"quote": quay(d.cut)}, &answer) {
		l.mu.Lock()
		defer l.mu.Unlock()
		d.parts = append(d.parts, answer.Part.ID)
		l.acts++
	}
}

// compare looks for everything acknowledged.
func (d *deskRecord) compare(ctx context.Context, t *testing.T, r claims.Reader, id string, round int) {
	t.Helper()
	lost := func(what, which string, err error) {
		if err != nil {
			t.Errorf("round %d: %s %s was acknowledged and is gone: %v", round, what, which, err)
		}
	}
	kept := map[string]bool{}
	contacts, err := r.Contacts(ctx, id)
	lost("contacts of", id, err)
	for _, c := range contacts {
		kept[c.Whom] = true
	}
	evidence, err := r.Evidence(ctx, id)
	lost("evidence of", id, err)
	for _, e := range evidence {
		kept[e.URL] = true
	}
	for _, one := range append(d.contacts[:len(d.contacts):len(d.contacts)], d.links...) {
		if !kept[one] {
			t.Errorf("round %d: %s was acknowledged and is gone", round, one)
		}
	}
	for _, part := range d.parts {
		_, err := r.Claim(ctx, part)
		lost("part", part, err)
	}
	for _, source := range d.sources {
		s, err := r.Source(ctx, source)
		lost("source", source, err)
		if into := d.merged[source]; into != "" && s.MergedInto != into {
			t.Errorf("round %d: source %s was merged into %s, is in %q", round, source, into, s.MergedInto)
		}
	}
	for _, event := range d.events {
		_, err := r.EventByID(ctx, event)
		lost("bulk act", event, err)
	}
	for _, event := range d.undone {
		events, err := r.Events(ctx, claims.EventFilter{Noun: "event", NounID: event, Limit: 1})
		if err != nil || len(events) != 1 {
			t.Errorf("round %d: the undoing of %s was acknowledged and is gone: %v", round, event, err)
		}
	}
}

// hasAll reports whether some of each kind of the desk's acts were acknowledged.
func (l *record) hasAll() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := &l.others
	return min(len(d.contacts), len(d.links), len(d.parts), len(d.sources), len(d.merged), len(d.events), len(d.undone)) > 0
}
