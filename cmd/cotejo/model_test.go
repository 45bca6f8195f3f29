package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/suggest"
	"cotejo/web/htmlcheck"
)

const modelKey = "sk-hunter2"

// fakeModel is a service that proposes one quote, and one that nobody wrote.
func fakeModel(t *testing.T, quote string, seen func(*http.Request)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen(r)
		io.Copy(io.Discard, r.Body)
		said, err := json.Marshal(map[string]any{"claims": []any{
			map[string]string{"quote": quote, "kind": "event"}, map[string]string{"quote": "Nobody ever wrote these words."},
		}})
		if err != nil {
			t.Error(err)
		}
		json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(said)}}}})
	}))
	t.Cleanup(s.Close)
	return s.URL + "/v1"
}

// TestAModelSuggestsOnARunningDesk goes the whole way: an article comes in, the
// model is asked behind its back, and the page marks what it found.
func TestAModelSuggestsOnARunningDesk(t *testing.T) {
	const quote = "¿No será que el pregonero cantó"
	model := fakeModel(t, quote, func(*http.Request) {})
	data, address := t.TempDir(), freeAddress(t)
	token := crashDesk(t, data)
	_, errs := runServer(t, address, "--data", data, "--model-url", model, "--model-name", "llano-7b")
	base := "http://" + address
	var article articleAnswer
	if !call("POST", base+"/api/v1/articles", token, 0, map[string]string{"text": "Una duda.\n\n" + quote + " tres veces?\n", "language": "zu"}, &article) {
		t.Fatalf("the article was refused:\n%s", errs)
	}
	want := "llano-7b/" + suggest.PromptVersion
	id := waitForModel(t, base+"/api/v1/articles/"+article.ID+"/claims", token, want)
	page := openAs(t, base, "ana", "a long enough password", "/articles/"+article.ID)
	mark := "#k-" + id + " .badge.machine"
	if said := page.Text(mark); !strings.Contains(said, "Suggested by a model") || page.Text(mark+" .mono") != want {
		t.Errorf("the claim is marked %q", said)
	}
	if strings.Contains(errs.String(), quote) {
		t.Errorf("the log tells the article:\n%s", errs)
	}
}

// TestAModelThatHangs: the desk takes in, answers and ends as if there were none.
func TestAModelThatHangs(t *testing.T) {
	asked := make(chan struct{}, 1)
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(hanging.Close)
	data, address := t.TempDir(), freeAddress(t)
	token := crashDesk(t, data)
	runServer(t, address, "--data", data, "--model-url", hanging.URL, "--model-name", "llano-7b")
	base := "http://" + address
	takeIn := func(text string) {
		if !call("POST", base+"/api/v1/articles", token, 0, map[string]string{"text": text, "language": "es"}, &articleAnswer{}) {
			t.Fatalf("%q was refused", text)
		}
	}
	takeIn("El puente costó 15.000 euros.")
	<-asked
	takeIn("El río creció dos metros.")
	if !call("GET", base+"/api/v1/claims", token, 0, nil, &struct{}{}) {
		t.Error("the list of claims does not answer")
	}
}

// waitForModel waits until an article has one claim by a model and gives its id.
func waitForModel(t *testing.T, list, token, rule string) string {
	t.Helper()
	var found struct {
		Items []struct {
			ID     string       `json:"id"`
			State  claims.State `json:"state"`
			Origin struct {
				By   string `json:"by"`
				Rule string `json:"rule"`
			} `json:"origin"`
		} `json:"items"`
	}
	for deadline := time.Now().Add(pageWait); len(found.Items) == 0; time.Sleep(20 * time.Millisecond) {
		if !call("GET", list, token, 0, nil, &found) || time.Now().After(deadline) {
			t.Fatalf("no claim by the model at %s", list)
		}
	}
	c := found.Items[0]
	if len(found.Items) != 1 || c.State != claims.StateSuggested || c.Origin.By != claims.ByModel || c.Origin.Rule != rule {
		t.Fatalf("claims %+v", found.Items)
	}
	return c.ID
}

// signedInClient signs somebody in over HTTP.
func signedInClient(t *testing.T, base, name, password string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	out := &http.Client{Jar: jar, Timeout: pageWait}
	res, err := out.PostForm(base+"/login", url.Values{"name": {name}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return out
}

// openAs signs somebody in and gives a page as they see it, in English.
func openAs(t *testing.T, base, name, password, path string) *htmlcheck.Page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Language", "en")
	res, err := signedInClient(t, base, name, password).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s, %v", path, res.Status, err)
	}
	return htmlcheck.Parse(t, string(body))
}

// TestTheModelsKeyComesFromTheEnvironment and goes to the service alone.
func TestTheModelsKeyComesFromTheEnvironment(t *testing.T) {
	var sent string
	address := fakeModel(t, "El río creció", func(r *http.Request) { sent = r.Header.Get("Authorization") })
	c, err := readConfig(&process{env: []string{"COTEJO_MODEL_URL=" + address, "COTEJO_MODEL_NAME=m", "COTEJO_MODEL_KEY=" + modelKey}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.suggester()
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Suggest(t.Context(), suggest.Article{Text: "El río creció."})
	if err != nil || len(got.Suggestions) != 1 || sent != "Bearer "+modelKey {
		t.Errorf("%+v, %v, sent %q", got, err, sent)
	}
	off, err := readConfig(&process{env: []string{"COTEJO_MODEL_KEY=" + modelKey}})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := off.suggester(); s != nil || err != nil {
		t.Errorf("without an address there is a model: %v, %v", s, err)
	}
}
