package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// letters is all servers that messages can be sent to: those whose address says so are
// broken or private.
type letters struct {
	mu   sync.Mutex
	sent []fetch.Letter
}

func newPost(testing.TB) *letters { return &letters{} }

func (p *letters) CheckPost(_ context.Context, address string) error {
	if strings.Contains(address, "127.0.0.1") {
		return claims.Refuse(claims.KindInvalid, "fetch.address")
	}
	if strings.HasPrefix(address, "http://") {
		return claims.Refuse(claims.KindInvalid, "fetch.https")
	}
	return nil
}

func (p *letters) Post(_ context.Context, l fetch.Letter) (fetch.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, l)
	switch {
	case strings.Contains(l.URL, "broken"):
		return fetch.Receipt{Status: 500, Answer: "<b>Traceback</b> " + strings.Repeat("x", 200)}, nil
	case strings.Contains(l.URL, "gone"):
		return fetch.Receipt{Status: 410}, nil
	}
	return fetch.Receipt{Status: 200, Answer: "ok"}, nil
}

// hooksOfEveryState gives the ids of a hub, a webhook that works, one that fails, one
// that was given up and one that is off.
func (s *site) hooksOfEveryState() []string {
	s.t.Helper()
	ctx, eva := context.Background(), s.actor(claims.RoleAdmin)
	ids := []string{claims.HubID}
	if err := s.desk.SetHub(ctx, eva, "https://hub.test/"); err != nil {
		s.t.Fatal(err)
	}
	for _, address := range []string{"https://good.test/hook", "https://broken.test/hook", "https://gone.test/hook", "https://off.test/hook"} {
		h, _, err := s.desk.AddHook(ctx, eva, workflow.HookInput{URL: address, Kinds: claims.HookKinds})
		if err == nil {
			_, err = s.desk.TestHook(ctx, eva, h.ID)
		}
		if err != nil {
			s.t.Fatal(err)
		}
		ids = append(ids, h.ID)
	}
	s.work()
	if _, err := s.desk.StopHook(ctx, eva, ids[4]); err != nil {
		s.t.Fatal(err)
	}
	return ids
}

func TestWebhooksOnThePage(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	w := eva.post("/settings/webhooks", url.Values{"url": {"http://plain.test/"}, "name": {"Mi <b>archivo</b>"}, "kind": {"claim.published"}})
	if page := htmlcheck.Parse(t, w.Body.String()); w.Code != 422 || page.Attr(`input[name="name"]`, "value") != "Mi <b>archivo</b>" || page.Count(`input[name="kind"][checked]`) != 1 {
		t.Errorf("%d %s", w.Code, page.Text("main"))
	}
	w = eva.post("/settings/webhooks", url.Values{"url": {"https://good.test/hook"}, "name": {"Archivo"}, "kind": {"claim.published", "claim.withdrawn"}})
	page := page200(t, w)
	secret := page.Text("code")
	if !strings.HasPrefix(secret, "whsec_") {
		t.Fatalf("no secret: %s", page.Text("main"))
	}
	hooks, err := s.desk.Hooks(t.Context(), s.actor(claims.RoleAdmin))
	if err != nil || len(hooks) != 1 {
		t.Fatal(hooks, err)
	}
	path := "/settings/webhooks/" + hooks[0].ID
	for _, shown := range []string{path, "/settings/webhooks", "/history"} {
		if strings.Contains(eva.open(shown).Body.String(), secret) {
			t.Errorf("%s shows the secret again", shown)
		}
	}
	ledTo(t, eva.post(path+"/test", url.Values{}))
	s.work()
	if page = page200(t, eva.open(path)); !strings.Contains(page.Text("#log"), "Arrived") || !strings.Contains(page.Text("#log"), "200") {
		t.Errorf("%s", page.Text("#log"))
	}
	seen := page.Attr(`#edit input[name="version"]`, "value")
	ledTo(t, eva.post(path, url.Values{"version": {seen}, "url": {"https://good.test/hook"}, "name": {"Otro"}, "kind": {"claim.published"}}))
	w = eva.post(path, url.Values{"version": {seen}, "url": {"https://good.test/hook"}, "name": {"Tercero"}, "kind": {"claim.moved"}})
	if page = htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusPreconditionFailed || page.Count(".clash") == 0 || page.Attr(`input[name="name"]`, "value") != "Tercero" {
		t.Errorf("%d %s", w.Code, page.Text("main"))
	}
	if page = page200(t, eva.post(path+"/rotate", url.Values{})); page.Text("code") == secret || !strings.HasPrefix(page.Text("code"), "whsec_") {
		t.Error("no new secret")
	}
	if strings.Contains(s.log.String(), "whsec_") {
		t.Error("the log holds a secret")
	}
	ledTo(t, eva.post(path+"/stop", url.Values{}))
	ledTo(t, eva.post(path+"/start", url.Values{}))
	ledTo(t, eva.post(path+"/delete", url.Values{}))
	if w := eva.open(path); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
	if w := s.signIn(claims.RoleEditor).open("/settings/webhooks"); w.Code != http.StatusForbidden {
		t.Errorf("an editor: %d", w.Code)
	}
}

func TestFeedsNameTheHub(t *testing.T) {
	s := newSite(t)
	s.published(s.newClaim(articleQuote), "half_true", "")
	if w := s.get("/feed.atom"); strings.Contains(w.Body.String(), `rel="hub"`) || w.Header().Get("Link") != "" {
		t.Errorf("%v", w.Header())
	}
	eva := s.signIn(claims.RoleAdmin)
	if w := eva.post("/settings/webhooks/hub", url.Values{"url": {"https://127.0.0.1/"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "https://127.0.0.1/") {
		t.Errorf("%d", w.Code)
	}
	ledTo(t, eva.post("/settings/webhooks/hub", url.Values{"url": {"https://hub.test/"}}))
	for path, want := range map[string]string{
		"/feed.atom": `<link rel="hub" href="https://hub.test/">`, "/corrections.atom": `<link rel="hub" href="https://hub.test/">`, "/feed.json": `"url": "https://hub.test/"`,
	} {
		w := s.get(path)
		if !strings.Contains(w.Body.String(), want) || w.Header().Get("Link") != `<https://hub.test/>; rel="hub", <`+baseURL+path+`>; rel="self"` {
			t.Errorf("%s: %v %s", path, w.Header(), w.Body)
		}
	}
	ledTo(t, eva.post("/settings/webhooks/hub", url.Values{"url": {""}}))
	if w := s.get("/feed.atom"); strings.Contains(w.Body.String(), `rel="hub"`) {
		t.Error("a hub that is off is named")
	}
}

func TestWebhooksByTheAPI(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	h := answer[newHookJSON](t, eva.call(http.MethodPost, "/hooks", map[string]any{"target": "https://good.test/hook", "kinds": []string{"claim.published"}}), http.StatusCreated)
	if !strings.HasPrefix(h.Secret, "whsec_") || h.Target != "https://good.test/hook" || h.State != claims.HookOn {
		t.Errorf("%+v", h)
	}
	if w := eva.call(http.MethodPost, "/hooks", map[string]any{"target": "http://plain.test", "kinds": []string{"claim.published"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "body.target") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	one := "/hooks/" + h.ID
	if w := eva.call(http.MethodGet, one, nil); strings.Contains(w.Body.String(), "whsec_") || strings.Contains(w.Body.String(), `"secret"`) {
		t.Errorf("%s", w.Body)
	}
	edited := answer[hookJSON](t, eva.call(http.MethodPut, one, map[string]any{"target": "https://broken.test/hook", "name": "Roto", "kinds": []string{"claim.published", "claim.withdrawn"}}, "If-Match", etagOf(h.Version)), 200)
	if edited.Name != "Roto" || len(edited.Kinds) != 2 {
		t.Errorf("%+v", edited)
	}
	s.published(s.newClaim(articleQuote), "half_true", "")
	s.work()
	list := answer[struct{ Items []deliveryJSON }](t, eva.call(http.MethodGet, one+"/deliveries", nil), 200)
	if len(list.Items) != 1 || list.Items[0].State != claims.DeliveryWaiting || *list.Items[0].Tries[0].Status != 500 || list.Items[0].NextAt == nil {
		t.Fatalf("%+v", list)
	}
	answer[deliveryJSON](t, eva.call(http.MethodPost, "/deliveries/"+list.Items[0].ID+"/resend", nil), http.StatusAccepted)
	answer[newHookJSON](t, eva.call(http.MethodPost, one+"/rotate", nil), 200)
	for _, act := range []string{"/stop", "/start"} {
		answer[hookJSON](t, eva.call(http.MethodPost, one+act, nil), 200)
	}
	if w := eva.call(http.MethodPut, "/hub", map[string]any{"target": "https://hub.test/"}); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := eva.call(http.MethodDelete, one, nil); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	all := answer[struct{ Items []hookJSON }](t, eva.call(http.MethodGet, "/hooks", nil), 200)
	if len(all.Items) != 1 || all.Items[0].Form != claims.HookWebSub {
		t.Errorf("%+v", all)
	}
}

// TestAMessageArrivesByHTTP sends one over a socket, as a running desk does.
func TestAMessageArrivesByHTTP(t *testing.T) {
	got := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.Header.Get("webhook-id") + " " + string(body)
	}))
	t.Cleanup(server.Close)
	s := newSite(t)
	s.desk = workflow.New(s.store, workflow.Options{Clock: s.clock, BaseURL: baseURL, Poster: fetch.New(fetch.Config{Allow: []string{strings.TrimPrefix(server.URL, "http://")}, Timeout: 5 * time.Second})})
	if _, _, err := s.desk.AddHook(t.Context(), s.actor(claims.RoleAdmin), workflow.HookInput{URL: server.URL, Kinds: claims.HookKinds}); err != nil {
		t.Fatal(err)
	}
	c := s.newClaim(articleQuote)
	s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	s.work()
	select {
	case m := <-got:
		if !strings.Contains(m, `"type":"claim.moved"`) || !strings.Contains(m, c.ID) || strings.Contains(m, "familias") {
			t.Error(m)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("nothing came")
	}
}
