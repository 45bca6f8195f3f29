package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cotejo/db/pgtest"
)

const crowdPeople = 30

// crowdTime is how long the crowd works.
func crowdTime() time.Duration {
	if os.Getenv("COTEJO_LONG") != "" {
		return time.Minute
	}
	return 5 * time.Second
}

// TestCrowdLosesNothing lets thirty people work at once on the same few claims,
// by the server, on each engine: nobody overwrites what another did, nobody
// waits for ever, and no database's trouble is shown to anyone.
func TestCrowdLosesNothing(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { crowdOn(t, "--data", t.TempDir()) })
	t.Run("postgres", func(t *testing.T) { crowdOn(t, "--database", pgtest.Address(t), "--data", t.TempDir()) })
}

// crowd is what the server has answered for.
type crowd struct {
	t      *testing.T
	base   string
	claims []string
	acts   atomic.Int64 // acknowledged
	stale  atomic.Int64 // refused because somebody was faster

	mu      sync.Mutex
	changes map[string]int64           // claim → acknowledged acts that raised its version
	notes   map[string]map[string]bool // claim → texts
	others  map[string]int             // claim → acknowledged contacts
}

// worker is one of the people.
type worker struct {
	*crowd
	n      int
	token  string
	random *rand.Rand
	tags   map[string]string // claim → the one tag that is theirs, as last acknowledged
}

func crowdOn(t *testing.T, store ...string) {
	command := func(stdin string, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), &process{strings.NewReader(stdin), &out, &errs, nil}, append(args, store...)); code != exitDone {
			t.Fatalf("cotejo %v: exit %d: %s", args, code, errs.String())
		}
		return strings.TrimSpace(out.String())
	}
	m := &crowd{t: t, changes: map[string]int64{}, notes: map[string]map[string]bool{}, others: map[string]int{}}
	var workers []*worker
	for n := range crowdPeople {
		name := fmt.Sprintf("p%02d", n)
		command("a long enough password\n", "user", "add", name, "--role", []string{"checker", "checker", "editor"}[n%3], "--password-stdin")
		w := &worker{m, n, command("", "token", "create", "--user", name, "--scope", "write"), rand.New(rand.NewPCG(7, uint64(n))), map[string]string{}}
		workers = append(workers, w)
	}
	address := freeAddress(t)
	_, errs := runServer(t, address, store...)
	m.base = "http://" + address
	workers[2].begin()

	end := time.Now().Add(crowdTime())
	var all sync.WaitGroup
	for _, w := range workers {
		all.Go(func() {
			for time.Now().Before(end) && !t.Failed() {
				w.step()
			}
		})
	}
	all.Wait()
	if m.acts.Load() < crowdPeople {
		t.Errorf("only %d acts in %s", m.acts.Load(), crowdTime())
	}
	m.compare(workers)
	command("", "verify")
	for _, word := range []string{"SQLITE_BUSY", "locked", "deadlock", "level=ERROR", "panic"} {
		if log := errs.String(); strings.Contains(log, word) {
			t.Errorf("the log says %s: %.2000s", word, log[strings.Index(log, word):])
		}
	}
	t.Logf("%d acts acknowledged, %d stale", m.acts.Load(), m.stale.Load())
}

// ask sends a request and refuses every answer that is no clear one.
func (w *worker) ask(method, path string, match int64, body, into any) bool {
	raw, err := json.Marshal(body)
	if err != nil {
		w.t.Error(err)
		return false
	}
	req, err := http.NewRequest(method, w.base+"/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		w.t.Error(err)
		return false
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	req.Header.Set("Content-Type", "application/json")
	if match > 0 {
		req.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(match)))
	}
	res, err := (&http.Client{Timeout: pageWait, Transport: crowdTransport}).Do(req)
	if err != nil {
		w.t.Errorf("%s %s was not answered: %v", method, path, err)
		return false
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	switch {
	case err != nil || bytes.Contains(said, []byte("BUSY")) || bytes.Contains(said, []byte("locked")) || bytes.Contains(said, []byte("deadlock")):
		w.t.Errorf("%s %s: %d %v %s", method, path, res.StatusCode, err, said)
	case res.StatusCode/100 == 2:
		return into == nil || json.Unmarshal(said, into) == nil
	case res.StatusCode == http.StatusPreconditionFailed:
		w.stale.Add(1)
	case !slices.Contains([]int{http.StatusConflict, http.StatusForbidden, http.StatusUnprocessableEntity}, res.StatusCode):
		w.t.Errorf("%s %s: %d %s", method, path, res.StatusCode, said)
	}
	return false
}

var crowdTransport = &http.Transport{MaxIdleConnsPerHost: crowdPeople, IdleConnTimeout: time.Minute}

// begin takes articles in and opens their claims.
func (w *worker) begin() {
	w.t.Helper()
	text, err := demoTexts.ReadFile("demo/en-ferry.txt")
	if err != nil {
		w.t.Fatal(err)
	}
	var article articleAnswer
	var list struct {
		Items []crowdClaim `json:"items"`
	}
	if !w.ask("POST", "/articles", 0, map[string]string{"text": string(text), "language": "en"}, &article) || !w.ask("GET", "/articles/"+article.ID+"/claims", 0, nil, &list) {
		w.t.Fatal("the article was refused")
	}
	for _, c := range list.Items[:min(9, len(list.Items))] {
		if !w.ask("POST", "/claims/"+c.ID+"/moves", c.Version, map[string]string{"to": "open"}, &c) {
			w.t.Fatal("a claim does not open")
		}
		w.claims, w.changes[c.ID], w.notes[c.ID] = append(w.claims, c.ID), c.Version, map[string]bool{}
	}
}

type crowdClaim struct {
	ID      string   `json:"id"`
	Version int64    `json:"version"`
	State   string   `json:"state"`
	Tags    []string `json:"tags"`
}

// step is one thing that somebody does.
func (w *worker) step() {
	id := w.claims[w.random.IntN(len(w.claims))]
	var c crowdClaim
	if !w.ask("GET", "/claims/"+id, 0, nil, &c) {
		return
	}
	switch n := w.random.IntN(12); n {
	case 0, 1, 2:
		w.tag(c)
	case 3:
		text := fmt.Sprintf("note %d of %d", w.acts.Load(), w.n)
		w.note(id, text+fmt.Sprint(w.random.Uint64()))
	case 4, 5:
		w.changed(c, "POST", "/moves", map[string]string{"to": []string{"in_check", "open", "help_needed", "submitted"}[w.random.IntN(4)], "reason": "porque sí"})
	case 6:
		w.changed(c, "PUT", "/verdict", map[string]string{"content": "true", "attribution": "accurate", "rationale": fmt.Sprint("Because of ", w.n, w.random.Uint64())})
	case 7:
		w.changed(c, "POST", "/evidence", map[string]string{"url": fmt.Sprint("https://a.test/", w.n), "stance": "for"})
	case 8:
		if w.ask("POST", "/claims/"+id+"/contacts", 0, map[string]string{"whom": "The mayor", "question": "How many?"}, nil) {
			w.acts.Add(1)
			w.mu.Lock()
			w.others[id]++
			w.mu.Unlock()
		}
	case 9:
		w.bulk()
	default:
		w.ask("GET", []string{"/claims?state=open", "/events?after=0", "/claims?q=ferry"}[n%3], 0, nil, nil)
	}
}

// changed does an act that raises the version by one.
func (w *worker) changed(c crowdClaim, method, rest string, body any) bool {
	if !w.ask(method, "/claims/"+c.ID+rest, c.Version, body, nil) {
		return false
	}
	w.acts.Add(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes[c.ID]++
	return true
}

// tag reads a claim's tags, puts the worker's next one in the last one's place
// and writes all: whoever overwrites another's is found out in the end.
func (w *worker) tag(c crowdClaim) {
	if w.n%3 != slices.Index(w.claims, c.ID)%3 {
		return // so that no claim has more tags than it can
	}
	was := w.tags[c.ID]
	next := fmt.Sprintf("p%d-%d", w.n, w.random.Uint32())
	tags := append(slices.DeleteFunc(c.Tags, func(tag string) bool { return tag == was }), next)
	if w.changed(c, "PATCH", "", map[string]any{"tags": tags}) {
		w.tags[c.ID] = next
	}
}

func (w *worker) note(id, text string) {
	if w.ask("POST", "/claims/"+id+"/notes", 0, map[string]string{"text": text}, nil) {
		w.acts.Add(1)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.notes[id][text] = true
	}
}

// bulk ranks all claims at once, as far as nobody was faster.
func (w *worker) bulk() {
	var list struct {
		Items []crowdClaim `json:"items"`
	}
	if !w.ask("GET", "/claims", 0, nil, &list) {
		return
	}
	chosen := []map[string]any{}
	for _, c := range list.Items {
		if slices.Contains(w.claims, c.ID) {
			chosen = append(chosen, map[string]any{"id": c.ID, "version": c.Version})
		}
	}
	var done struct {
		Items []struct {
			ID      string `json:"id"`
			Changed bool   `json:"changed"`
		} `json:"items"`
	}
	if !w.ask("POST", "/claims/bulk", 0, map[string]any{"claims": chosen, "act": "priority", "priority": w.random.IntN(4) - 1}, &done) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, item := range done.Items {
		if item.Changed {
			w.acts.Add(1)
			w.changes[item.ID]++
		}
	}
}

// compare holds the desk to what was acknowledged.
func (m *crowd) compare(workers []*worker) {
	reader := workers[2]
	for _, id := range m.claims {
		var c crowdClaim
		var notes, contacts struct {
			Items []struct {
				Text string `json:"text"`
			} `json:"items"`
		}
		if !reader.ask("GET", "/claims/"+id, 0, nil, &c) || !reader.ask("GET", "/claims/"+id+"/notes", 0, nil, &notes) || !reader.ask("GET", "/claims/"+id+"/contacts", 0, nil, &contacts) {
			m.t.Fatalf("%s does not read", id)
		}
		if c.Version != m.changes[id] {
			m.t.Errorf("%s is at version %d after %d acknowledged changes", id, c.Version, m.changes[id])
		}
		for _, w := range workers {
			if tag := w.tags[id]; tag != "" && !slices.Contains(c.Tags, tag) {
				m.t.Errorf("%s lost %s: %v", id, tag, c.Tags)
			}
		}
		for _, n := range notes.Items {
			delete(m.notes[id], n.Text)
		}
		for text := range m.notes[id] {
			m.t.Errorf("%s lost %q", id, text)
		}
		if len(contacts.Items) != m.others[id] {
			m.t.Errorf("%s has %d contacts of %d", id, len(contacts.Items), m.others[id])
		}
	}
}
