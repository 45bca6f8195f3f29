package workflow_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/fetch"
	"cotejo/claims/workflow"
)

// receiver is somebody else's server.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	header map[string]string
	got    []received
}

type received struct {
	header http.Header
	body   string
}

func (r *receiver) answer(status int, header ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status, r.header = status, map[string]string{}
	for i := 0; i < len(header); i += 2 {
		r.header[header[i]] = header[i+1]
	}
}

func (r *receiver) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// receiving gives a desk a server that messages can be sent to.
func (k *kit) receiving() *receiver {
	k.Helper()
	r := &receiver{status: 204}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, received{q.Header.Clone(), string(body)})
		for name, value := range r.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(r.status)
		_, _ = w.Write([]byte("status " + strconv.Itoa(r.status)))
	}))
	k.Cleanup(r.Close)
	k.Desk = workflow.New(k.store, workflow.Options{Clock: k.clock, BaseURL: "https://desk.test",
		Poster: fetch.New(fetch.Config{Allow: []string{strings.TrimPrefix(r.URL, "http://")}, Timeout: 2 * time.Second})})
	return r
}

func (k *kit) hook(address string, kinds ...claims.HookKind) (claims.Hook, string) {
	k.Helper()
	h, secret, err := k.AddHook(k.Context(), k.eva, workflow.HookInput{Name: "Archivo", URL: address, Kinds: kinds})
	if err != nil {
		k.Fatal(err)
	}
	return h, secret
}

// deliver lets workers do all there is to do now.
func (k *kit) deliver() (jobs int) {
	k.Helper()
	for {
		j, err := k.LeaseJob(k.Context())
		if err != nil {
			k.Fatal(err)
		}
		if j.ID == "" {
			return jobs
		}
		if err := k.DeliverHook(k.Context(), j, func(string, int64, int64) {}); err != nil {
			k.Fatal(err)
		}
		jobs++
	}
}

func (k *kit) sent(h claims.Hook) []claims.Delivery {
	k.Helper()
	v, err := k.Hook(k.Context(), k.eva, h.ID, claims.Page{})
	if err != nil {
		k.Fatal(err)
	}
	return v.Deliveries
}

func TestWebhooksTellWhatHappensSigned(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		r := k.receiving()
		_, secret := k.hook(r.URL+"/secret-path", claims.HookKinds...)
		c := k.published()
		k.move(k.luis, c, because(claims.StateWithdrawn, "Por zqxw"))
		if len(r.all()) != 0 {
			t.Error("something was sent before a worker was there")
		}
		k.deliver()
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		var types []string
		ids := map[string]bool{}
		for _, m := range r.all() {
			if err := verifier.VerifyIgnoringTimestamp([]byte(m.body), m.header); err != nil {
				t.Errorf("%v: %s", err, m.body)
			}
			if err := verifier.VerifyIgnoringTimestamp([]byte(m.body+" "), m.header); err == nil {
				t.Error("another body has the same signature")
			}
			if stamp, _ := strconv.ParseInt(m.header.Get("webhook-timestamp"), 10, 64); stamp != k.clock.Now().Unix() {
				t.Errorf("signed at %d", stamp)
			}
			var news struct {
				Type string         `json:"type"`
				Data map[string]any `json:"data"`
			}
			if err := json.Unmarshal([]byte(m.body), &news); err != nil {
				t.Fatal(err)
			}
			types = append(types, news.Type)
			ids[m.header.Get("webhook-id")] = true
			if news.Type == "claim.published" && (news.Data["url"] != "https://desk.test/c/"+c.ID || news.Data["version"] != 1.0 || news.Data["content"] != "unproven" || len(news.Data["sha256"].(string)) != 64) {
				t.Errorf("%s", m.body)
			}
			for _, private := range []string{"puente", "zqxw", "nadie lo ha medido"} {
				if strings.Contains(m.body, private) {
					t.Errorf("a message holds words: %s", m.body)
				}
			}
		}
		slices.Sort(types)
		if want := []string{"claim.moved", "claim.moved", "claim.moved", "claim.moved", "claim.moved", "claim.published", "claim.withdrawn"}; !slices.Equal(types, want) || len(ids) != len(types) {
			t.Errorf("told of %v under %d ids", types, len(ids))
		}
		everyCell(t, k.file, func(table, cell string) {
			if table == "history_values" && (strings.Contains(cell, secret) || strings.Contains(cell, "secret-path")) {
				t.Errorf("the history holds %s", cell)
			}
		})
		k.sound()
	})
}

func TestMessagesAreTriedAgainLaterAndLater(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		r := k.receiving()
		h, _ := k.hook(r.URL, claims.NewsPublished)
		r.answer(503)
		k.published()
		pauses := []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}
		for n, pause := range pauses {
			k.deliver()
			d := k.sent(h)[0]
			last, _ := d.Last()
			rest := d.NextAt.Sub(k.clock.Now())
			if d.State != claims.DeliveryWaiting || d.Attempts != n+1 || rest < pause || rest > pause+pause/5+time.Second || last.Status != 503 || last.Problem.Key != "fetch.status" || last.Answer != "status 503" {
				t.Fatalf("after attempt %d in %v: %+v", n+1, rest, d)
			}
			if k.deliver() != 0 {
				t.Errorf("tried again at once")
			}
			k.clock.Advance(rest)
		}
		k.deliver()
		if d := k.sent(h)[0]; d.State != claims.DeliveryFailed || d.Attempts != 10 || d.EndedAt.IsZero() {
			t.Errorf("%+v", d)
		}
		sameID := map[string]bool{}
		for _, m := range r.all() {
			sameID[m.header.Get("webhook-id")] = true
		}
		if len(sameID) != 1 || len(r.all()) != 10 {
			t.Errorf("%d messages under %d ids", len(r.all()), len(sameID))
		}
		r.answer(200)
		if _, err := k.ResendDelivery(t.Context(), k.eva, k.sent(h)[0].ID); err != nil {
			t.Fatal(err)
		}
		k.deliver()
		v, err := k.Hook(t.Context(), k.eva, h.ID, claims.Page{})
		if err != nil || v.Deliveries[0].State != claims.DeliveryDelivered || v.Hook.Fails != 0 || v.Hook.DeliveredAt.IsZero() {
			t.Errorf("%+v, %v", v.Hook, err)
		}
		k.sound()
	})
}

func TestAdminsAreToldOfAHookThatWasSwitchedOffOverACheck(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	k.hook(r.URL, claims.NewsCheckPublished)
	r.answer(410)
	c := k.check("Sin afirmaciones.")
	if _, err := k.MoveCheck(t.Context(), k.luis, c.Slug, c.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	k.deliver()
	inbox, err := k.Inbox(t.Context(), k.eva, claims.Page{})
	if err != nil || len(inbox.Rows) == 0 || inbox.Rows[0].Item.Kind != claims.InboxHook || inbox.Rows[0].Check.ID != c.ID {
		t.Errorf("the admin is told %+v, %v", inbox.Rows, err)
	}
	k.sound()
}

func TestAHookThatNobodyAnswersIsSwitchedOff(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	h, _ := k.hook(r.URL, claims.NewsPublished)
	r.Close()
	k.published()
	for day := 0; day < 7; day++ {
		k.published()
		k.deliver()
		k.clock.Advance(24 * time.Hour)
		k.deliver()
	}
	v, err := k.Hook(t.Context(), k.eva, h.ID, claims.Page{})
	if err != nil || v.Hook.State != claims.HookFailed {
		t.Fatalf("%+v, %v", v.Hook, err)
	}
	told := 0
	inbox, _ := k.Inbox(t.Context(), k.eva, claims.Page{})
	for _, row := range inbox.Rows {
		if row.Item.Kind == claims.InboxHook {
			told++
		}
	}
	if told != 1 || v.Events[0].Act != workflow.ActHookFail || v.Events[0].Actor != "" {
		t.Errorf("the admin is told %d times; %+v", told, v.Events[0])
	}
	before := len(v.Deliveries)
	k.published()
	if len(k.sent(h)) != before {
		t.Error("messages gather for a hook that is off")
	}
	if _, err := k.StartHook(t.Context(), k.eva, h.ID); err != nil {
		t.Fatal(err)
	}
	k.sound()
}

func TestHooksThatAnswerOddly(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	h, _ := k.hook(r.URL, claims.NewsPublished)
	r.answer(302, "Location", "http://127.0.0.1:1/")
	k.published()
	k.deliver()
	if last, _ := k.sent(h)[0].Last(); last.Problem == nil || last.Problem.Key != "hook.redirected" {
		t.Errorf("%+v", last)
	}
	r.answer(429, "Retry-After", "3600")
	k.clock.Advance(time.Minute)
	k.deliver()
	if d := k.sent(h)[0]; d.NextAt.Sub(k.clock.Now()) != time.Hour {
		t.Errorf("asked for an hour: %v", d.NextAt.Sub(k.clock.Now()))
	}
	r.answer(410)
	k.clock.Advance(time.Hour)
	k.deliver()
	if v, _ := k.Hook(t.Context(), k.eva, h.ID, claims.Page{}); v.Hook.State != claims.HookFailed {
		t.Errorf("gone: %+v", v.Hook)
	}
}

func TestOldSecretsSignForADay(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	h, old := k.hook(r.URL, claims.NewsPublished)
	bare, secret, err := k.RotateHook(t.Context(), k.eva, h.ID)
	if err != nil || secret == old || bare.Secret != "" || bare.OldSecret != "" {
		t.Fatal(bare, err)
	}
	check := func(secrets ...string) {
		t.Helper()
		if _, err := k.TestHook(t.Context(), k.eva, h.ID); err != nil {
			t.Fatal(err)
		}
		k.deliver()
		all := r.all()
		m := all[len(all)-1]
		if n := len(strings.Fields(m.header.Get("webhook-signature"))); n != len(secrets) {
			t.Errorf("%d signatures", n)
		}
		for _, s := range secrets {
			if v, _ := standardwebhooks.NewWebhook(s); v.VerifyIgnoringTimestamp([]byte(m.body), m.header) != nil {
				t.Error("a secret in force does not verify")
			}
		}
	}
	check(secret, old)
	k.clock.Advance(25 * time.Hour)
	check(secret)
	refused(t, "undoing", k.undo(k.eva), claims.KindConflict, "undo.final")
}

func TestHooksAreForAdminsAndNotForPrivatePlaces(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	in := workflow.HookInput{URL: r.URL, Kinds: []claims.HookKind{claims.NewsPublished}}
	_, _, err := k.AddHook(t.Context(), k.luis, in)
	refused(t, "an editor", err, claims.KindNotAllowed)
	for address, key := range map[string]string{
		"": "url:text.missing", "javascript:alert(1)": "url:url.malformed", "http://example.org/": "url:fetch.https", "https://127.0.0.1:1/": "url:fetch.address",
	} {
		_, _, err := k.AddHook(t.Context(), k.eva, workflow.HookInput{URL: address, Kinds: in.Kinds})
		refused(t, address, err, claims.KindInvalid, key)
	}
	_, _, err = k.AddHook(t.Context(), k.eva, workflow.HookInput{URL: r.URL})
	refused(t, "nothing to tell", err, claims.KindInvalid, "kinds:hook.no_kind")
	_, _, err = k.AddHook(t.Context(), k.eva, workflow.HookInput{URL: r.URL, Kinds: []claims.HookKind{"everything"}})
	refused(t, "an unknown kind", err, claims.KindInvalid, "kinds:hook.kind_unknown")

	h, _ := k.hook(r.URL, claims.NewsPublished)
	added := k.lastEvent().ID
	h, err = k.EditHook(t.Context(), k.eva, h.ID, h.Version, workflow.HookInput{Name: "Otro", URL: r.URL, Kinds: []claims.HookKind{claims.NewsMoved}})
	if err != nil || h.Name != "Otro" {
		t.Fatal(h, err)
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	v, _ := k.Hook(t.Context(), k.eva, h.ID, claims.Page{})
	if v.Hook.Name != "Archivo" || !v.Hook.Wants(claims.NewsPublished) || v.Hook.Wants(claims.NewsMoved) {
		t.Errorf("%+v", v.Hook)
	}
	if _, err := k.Undo(t.Context(), k.eva, added); err != nil {
		t.Fatal(err)
	}
	_, err = k.Hook(t.Context(), k.eva, h.ID, claims.Page{})
	refused(t, "an adding that was taken back", err, claims.KindNotFound)
	k.sound()
}

// TestNothingIsLostBetweenTheActAndItsMessage: a crash after the act leaves the message
// in the database; one in the middle of sending has it sent again under the same id.
func TestNothingIsLostBetweenTheActAndItsMessage(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		r := k.receiving()
		h, _ := k.hook(r.URL, claims.NewsPublished)
		refusing := k.approved(k.claim(claims.StateOpen))
		if _, err := k.MoveClaim(t.Context(), k.luis, refusing.ID, refusing.Version-1, to(claims.StatePublished)); err == nil {
			t.Fatal("stale")
		}
		k.published()
		if n := len(k.sent(h)); n != 1 {
			t.Fatalf("%d messages wait", n)
		}
		j, err := k.LeaseJob(t.Context()) // by a worker that dies
		if err != nil || j.Kind != claims.JobDeliver {
			t.Fatal(j, err)
		}
		if k.deliver() != 0 {
			t.Error("two workers at one hook")
		}
		dying, cancel := context.WithCancel(t.Context())
		cancel()
		if err := k.DeliverHook(dying, j, func(string, int64, int64) {}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		k.clock.Advance(workflow.JobLease + time.Second)
		k.deliver()
		if d := k.sent(h)[0]; d.State != claims.DeliveryDelivered || len(r.all()) != 1 {
			t.Errorf("%+v, sent %d times", d, len(r.all()))
		}
		if err := k.DeliverHook(t.Context(), j, func(string, int64, int64) {}); claims.KindOf(err) != claims.KindStale {
			t.Errorf("the slow worker: %v", err)
		}
		k.sound()
	})
}

func TestTheHubIsToldOfFeeds(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	refused(t, "an editor", k.SetHub(t.Context(), k.luis, r.URL), claims.KindNotAllowed)
	if err := k.SetHub(t.Context(), k.eva, r.URL); err != nil {
		t.Fatal(err)
	}
	if hub, err := k.Hub(t.Context()); err != nil || hub != r.URL {
		t.Errorf("%q %v", hub, err)
	}
	c := k.published()
	k.published() // the same ping does for both
	k.deliver()
	told := func(from int) (feeds []string) {
		for _, m := range r.all()[from:] {
			q, err := url.ParseQuery(m.body)
			if err != nil || q.Get("hub.mode") != "publish" || m.header.Get("Content-Type") != "application/x-www-form-urlencoded" || m.header.Get("webhook-signature") != "" {
				t.Errorf("%v %s", m.header, m.body)
			}
			feeds = append(feeds, q.Get("hub.url"))
		}
		slices.Sort(feeds)
		return feeds
	}
	feeds := []string{"https://desk.test/feed.atom", "https://desk.test/feed.json", "https://desk.test/feeds/lang/es.atom", "https://desk.test/feeds/lang/es.json",
		"https://desk.test/feeds/tag/puentes.atom", "https://desk.test/feeds/tag/puentes.json"}
	if got := told(0); !slices.Equal(got, feeds) {
		t.Errorf("%v", got)
	}
	k.move(k.luis, c, because(claims.StateWithdrawn, "Error"))
	k.deliver()
	if got := told(len(feeds)); !slices.Equal(got, append([]string{"https://desk.test/corrections.atom"}, feeds...)) {
		t.Errorf("%v", got)
	}
	if err := k.SetHub(t.Context(), k.eva, ""); err != nil {
		t.Fatal(err)
	}
	k.published()
	if k.deliver() != 0 {
		t.Error("a hub that is off is told")
	}
	if hub, _ := k.Hub(t.Context()); hub != "" {
		t.Error(hub)
	}
	k.sound()
}

// TestRestrictedClaimsMoveUnseen: not even their ids leave the house.
func TestRestrictedClaimsMoveUnseen(t *testing.T) {
	k := newKit(t)
	r := k.receiving()
	h, _ := k.hook(r.URL, claims.HookKinds...)
	c := k.claim(claims.StateOpen)
	claimstest.Write(t, k.store, func(w claims.Writer) error {
		a, err := w.Article(t.Context(), c.Article)
		a.Restricted, a.Readers = true, []string{k.ana.ID}
		return errors.Join(err, w.UpdateArticle(t.Context(), &a))
	})
	k.move(k.ana, c, to(claims.StateInCheck))
	if n := len(k.sent(h)); n != 0 {
		t.Errorf("%d messages", n)
	}
}
