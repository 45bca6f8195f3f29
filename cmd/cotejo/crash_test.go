package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/db"
)

// kills is how often the server dies in the middle of acts.
func kills() int {
	if os.Getenv("COTEJO_LONG") != "" {
		return 200
	}
	return 50
}

// TestMain of this package runs the product itself when it is started as a
// child with this variable set.
const childVariable = "COTEJO_TEST_CHILD"

// TestCrashLosesNothingAcknowledged kills a working server without warning,
// again and again: whatever it had answered for must be there, and the history
// must prove itself.
func TestCrashLosesNothingAcknowledged(t *testing.T) {
	data := t.TempDir()
	token := crashDesk(t, data)
	random := rand.New(rand.NewPCG(2, 50))
	record := &record{notes: map[string]bool{}, states: map[string]claims.State{}, articles: map[string]string{}}
	for round := range kills() {
		base, kill := startChild(t, data)
		if round == 0 {
			record.first(t, base, token)
			record.firstSplit(t, base, token)
		}
		before := record.count()
		stop := record.hammer(base, token, round)
		// Let at least one act be acknowledged, so that no round proves nothing,
		// and in the first round some of each kind.
		for deadline := time.Now().Add(20 * time.Second); record.count() == before || round == 0 && !record.hasAll(); {
			if time.Now().After(deadline) {
				t.Fatalf("round %d: no act was acknowledged in time", round)
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
		kill()
		stop()
		record.check(t, data, round)
	}
	t.Logf("%d kills, %d acknowledged acts, none lost", kills(), record.count())
}

// crashDesk makes a desk with one editor and gives a token of theirs.
func crashDesk(t *testing.T, data string) string {
	t.Helper()
	command := func(stdin string, args ...string) string {
		var out, errs bytes.Buffer
		p := &process{strings.NewReader(stdin), &out, &errs, nil}
		if code := run(t.Context(), p, append(args, "--data", data)); code != exitDone {
			t.Fatalf("cotejo %v: exit %d: %s", args, code, errs.String())
		}
		return strings.TrimSpace(out.String())
	}
	command("a long enough password\n", "user", "add", "ana", "--role", "editor", "--password-stdin")
	return command("", "token", "create", "--user", "ana", "--scope", "write")
}

// startChild starts the product on data and waits until it answers; kill ends
// it by SIGKILL.
func startChild(t *testing.T, data string) (base string, kill func()) {
	t.Helper()
	child := exec.Command(os.Args[0], "serve", "--addr", "127.0.0.1:0", "--data", data)
	child.Env = append(os.Environ(), childVariable+"=1")
	out, err := child.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		child.Process.Kill()
		child.Wait()
	}
	t.Cleanup(kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "Cotejo is at "); ok {
			go io.Copy(io.Discard, out)
			return url, kill
		}
	}
	t.Fatal("the server ended before it said where it is")
	return "", nil
}

// record is what the server has answered for.
type record struct {
	mu       sync.Mutex
	claims   []string
	notes    map[string]bool         // texts
	states   map[string]claims.State // of claims
	articles map[string]string       // id → SHA-256 of its snapshot
	others   deskRecord
	acts     int
}

func (l *record) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.acts
}

// call sends one request and decodes the answer; ok only where it was 2xx.
func call(method, url, token string, match int64, body, into any) bool {
	raw, err := json.Marshal(body)
	if err != nil {
		return false
	}
	req, err := http.NewRequest(method, url, bytes.NewReader(raw))
	if err != nil {
		return false
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	if match > 0 {
		req.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(match)))
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false // the server died: nothing was acknowledged
	}
	defer res.Body.Close()
	return res.StatusCode/100 == 2 && json.NewDecoder(res.Body).Decode(into) == nil
}

type articleAnswer struct {
	ID       string `json:"id"`
	Snapshot string `json:"snapshot"`
}

// first takes one article in and remembers its claims for the acts to come.
func (l *record) first(t *testing.T, base, token string) {
	t.Helper()
	raw, err := demoTexts.ReadFile("demo/en-ferry.txt")
	if err != nil {
		t.Fatal(err)
	}
	var article articleAnswer
	if !call("POST", base+"/api/v1/articles", token, 0, map[string]string{"text": string(raw), "language": "en"}, &article) {
		t.Fatal("the first article was refused")
	}
	var list struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if !call("GET", base+"/api/v1/articles/"+article.ID+"/claims", token, 0, nil, &list) || len(list.Items) < 3 {
		t.Fatalf("claims of the first article: %+v", list)
	}
	for _, c := range list.Items {
		l.claims = append(l.claims, c.ID)
	}
}

// hammer sends acts from three sides until it is stopped.
func (l *record) hammer(base, token string, round int) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var workers sync.WaitGroup
	for worker, act := range []func(base, token, tag string){l.note, l.move, l.article, l.desk} {
		workers.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				act(base, token, fmt.Sprintf("%d-%d-%d", round, worker, n))
			}
		})
	}
	return func() { cancel(); workers.Wait() }
}

func (l *record) note(base, token, tag string) {
	var answer struct {
		ID string `json:"id"`
	}
	text := "note " + tag
	if call("POST", base+"/api/v1/claims/"+l.claims[0]+"/notes", token, 0, map[string]string{"text": text}, &answer) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.notes[text] = true
		l.acts++
	}
}

// move takes a claim up and leaves it again.
func (l *record) move(base, token, _ string) {
	type answer struct {
		State   claims.State `json:"state"`
		Version int64        `json:"version"`
	}
	var now answer
	url := base + "/api/v1/claims/" + l.claims[1]
	if !call("GET", url, token, 0, nil, &now) {
		return
	}
	to := map[claims.State]claims.State{claims.StateSuggested: claims.StateOpen, claims.StateOpen: claims.StateInCheck, claims.StateInCheck: claims.StateOpen}[now.State]
	var after answer
	if call("POST", url+"/moves", token, now.Version, map[string]any{"to": to}, &after) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.states[l.claims[1]] = after.State
		l.acts++
	}
}

func (l *record) article(base, token, tag string) {
	var answer articleAnswer
	text := "The harbour counted 40 ships in round " + tag + ". The mayor said on Monday that 12 of them were new."
	if call("POST", base+"/api/v1/articles", token, 0, map[string]string{"text": text, "language": "en"}, &answer) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.articles[answer.ID] = answer.Snapshot
		l.acts++
	}
}

// check opens the data as it was left and looks for everything acknowledged.
func (l *record) check(t *testing.T, data string, round int) {
	t.Helper()
	ctx := t.Context()
	store, err := db.Open(ctx, filepath.Join(data, "cotejo.db"))
	if err != nil {
		t.Fatalf("round %d: the data does not open: %v", round, err)
	}
	defer store.Close()
	if err := store.View(ctx, func(r claims.Reader) error { return l.compare(ctx, t, r, round) }); err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	report, err := workflow.New(store, workflow.Options{}).Verify(ctx)
	if err != nil || !report.OK() {
		t.Fatalf("round %d: verify: %v %+v", round, err, report.Problems)
	}
}

func (l *record) compare(ctx context.Context, t *testing.T, r claims.Reader, round int) error {
	notes, err := r.Notes(ctx, l.claims[0])
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, n := range notes {
		kept[n.Text] = true
	}
	for text := range l.notes {
		if !kept[text] {
			t.Errorf("round %d: %q was acknowledged and is gone", round, text)
		}
	}
	for id, sha := range l.articles {
		snapshot, err := r.Snapshot(ctx, id, 0)
		if err != nil || snapshot.SHA256 != sha {
			t.Errorf("round %d: article %s was acknowledged with %s, is %s, %v", round, id, sha, snapshot.SHA256, err)
		}
	}
	l.others.compare(ctx, t, r, l.claims[2], round)
	return l.compareStates(ctx, t, r, round)
}

// compareStates allows one move more than was acknowledged: the server may
// have died between commit and answer.
func (l *record) compareStates(ctx context.Context, t *testing.T, r claims.Reader, round int) error {
	for id, acknowledged := range l.states {
		c, err := r.Claim(ctx, id)
		if err != nil {
			return err
		}
		if _, next := claims.FindMove(acknowledged, c.State); c.State != acknowledged && !next {
			t.Errorf("round %d: claim %s was acknowledged as %s, is %s", round, id, acknowledged, c.State)
		}
	}
	return nil
}
