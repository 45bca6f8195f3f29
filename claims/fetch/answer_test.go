package fetch_test

import (
	"net/http"
	"testing"

	"cotejo/claims/fetch"
)

func TestWhatAServerAnsweredIsNotedWithoutItsSessions(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/from" {
			http.Redirect(w, r, "/to", http.StatusFound)
			return
		}
		w.Header().Add("X-Two", "a")
		w.Header().Add("X-Two", "b\xff")
		w.Header().Set("Set-Cookie", "session=secret")
		_, _ = w.Write([]byte("hola"))
	})
	page, err := fetch.New(fetch.Config{Allow: []string{hostOf(s)}, UserAgent: "Cotejo/9"}).Get(t.Context(), fetch.Request{URL: s.URL + "/from", Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	a := page.Answer
	if a.Asked != s.URL+"/from" || a.URL != s.URL+"/to" || a.Status != "200 OK" || a.Proto != "HTTP/1.1" || a.At.IsZero() {
		t.Errorf("%+v", a)
	}
	got, sent := map[string][]string{}, map[string]string{}
	for _, h := range a.Header {
		got[h[0]] = append(got[h[0]], h[1])
	}
	for _, h := range a.Sent {
		sent[h[0]] = h[1]
	}
	if len(got["X-Two"]) != 2 || got["X-Two"][1] != "b\uFFFD" || got["Set-Cookie"] != nil || sent["User-Agent"] != "Cotejo/9" {
		t.Errorf("%v, sent %v", got, sent)
	}
}
