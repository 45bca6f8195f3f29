package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
)

func keyOf(err error) string {
	var refused *claims.Error
	if errors.As(err, &refused) {
		return refused.Key
	}
	return ""
}

func TestPost(t *testing.T) {
	var body, agent, signed string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/good":
			raw, _ := io.ReadAll(r.Body)
			body, agent, signed = string(raw), r.UserAgent(), r.Header.Get("webhook-id")
			_, _ = w.Write([]byte("thank\x00\x1b you\n  \xff" + strings.Repeat("x", 9000)))
		case "/moved":
			http.Redirect(w, r, "/good", http.StatusFound)
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/slow":
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}
	}))
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	c := New(Config{Allow: []string{host}, UserAgent: "Cotejo/test", Timeout: 300 * time.Millisecond})
	post := func(path string) (Receipt, error) {
		return c.Post(t.Context(), Letter{URL: server.URL + path, Body: []byte(`{"a":1}`), Header: map[string]string{"webhook-id": "M1", "Content-Type": "application/json"}})
	}
	got, err := post("/good")
	if err != nil || got.Status != 200 || body != `{"a":1}` || agent != "Cotejo/test" || signed != "M1" {
		t.Errorf("%+v %v %q %q %q", got, err, body, agent, signed)
	}
	if !strings.HasPrefix(got.Answer, "thank you \uFFFDx") || len([]rune(got.Answer)) > maxShown+1 {
		t.Errorf("%q", got.Answer)
	}
	body = ""
	if got, err = post("/moved"); err != nil || got.Status != 302 || body != "" {
		t.Errorf("a redirect was followed, or no answer: %+v, %v", got, err)
	}
	if got, err = post("/busy"); err != nil || got.Status != 429 || got.RetryAfter != 2*time.Minute {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err = post("/slow"); keyOf(err) != "fetch.timeout" {
		t.Errorf("slow: %v", err)
	}
	for address, want := range map[string]string{
		"http://example.org/": "fetch.https", "https://127.0.0.1:9/": "fetch.address", "https://10.0.0.1/": "fetch.address", "https://2130706433/": "fetch.address",
		"https://user:pw@example.org/": "fetch.malformed", "javascript:alert(1)": "fetch.malformed", "https://[::1]:9/": "fetch.address",
	} {
		if _, err := c.Post(t.Context(), Letter{URL: address}); keyOf(err) != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	if err := c.CheckPost(t.Context(), "http://"+host+"/x"); err != nil {
		t.Errorf("what is allowed: %v", err)
	}
	if err := New(Config{}).CheckPost(t.Context(), server.URL); keyOf(err) != "fetch.https" {
		t.Errorf("%v", err)
	}
	server.Close()
	if _, err := post("/good"); keyOf(err) != "fetch.failed" {
		t.Errorf("nobody there: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Post(ended, Letter{URL: server.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context: %v", err)
	}
}

// TestPostLooksAtWhereANameLeadsNow: a name that passed the look before leads to a
// private address when it is dialled.
func TestPostLooksAtWhereANameLeadsNow(t *testing.T) {
	c := rebinding(t, [4]byte{93, 184, 216, 34}, [4]byte{127, 0, 0, 1})
	if err := c.CheckPost(t.Context(), "https://rebind.test/"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Post(t.Context(), Letter{URL: "https://rebind.test/"}); keyOf(err) != "fetch.address" {
		t.Errorf("%v", err)
	}
}
