package web

import (
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// bareEcho is an Echo server that does nothing but write these bytes.
func bareEcho(body []byte) http.Handler {
	e := echo.New()
	e.GET("/c/:id", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, body) })
	return e
}

// listening serves a handler over HTTP on loopback.
func listening(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// fetched reads an address to its end.
func fetched(t testing.TB, client *http.Client, address string) []byte {
	t.Helper()
	r, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", address, r.StatusCode, err)
	}
	return body
}

// race serves a claim's page, and beside it a bare Echo handler that writes the
// same bytes; each function asks for it once.
func race(t testing.TB) (own, other func(testing.TB)) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
	t.Cleanup(client.CloseIdleConnections)
	ask := func(h http.Handler) func(testing.TB) {
		address := listening(t, h) + "/c/" + c.ID
		return func(t testing.TB) { fetched(t, client, address) }
	}
	return ask(s.server.Handler()), ask(bareEcho(s.get("/c/" + c.ID).Body.Bytes()))
}

// BenchmarkPermalink serves /c/ID beside a bare Echo handler which writes the same
// bytes.
func BenchmarkPermalink(b *testing.B) {
	own, other := race(b)
	for _, runner := range []struct {
		name string
		ask  func(testing.TB)
	}{{"cotejo", own}, {"bare", other}} {
		b.Run(runner.name, func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					runner.ask(b)
				}
			})
		})
	}
}

// TestAPermalinkIsServedAtHalfTheRateOfABareHandlerAtLeast: by the best of several
// rounds in turn, as other work on the machine only ever slows one down.
func TestAPermalinkIsServedAtHalfTheRateOfABareHandlerAtLeast(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("measures the program as it is served")
	}
	own, other := race(t)
	const rounds, requests, wanted = 80, 300, 0.5
	round := func(ask func(testing.TB)) time.Duration {
		began := time.Now()
		for range requests {
			ask(t)
		}
		return time.Since(began)
	}
	best, bestBare := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	rate := 0.0
	for n := range rounds {
		bestBare, best = min(bestBare, round(other)), min(best, round(own))
		if rate = float64(bestBare) / float64(best); n >= 4 && rate >= wanted {
			break
		}
	}
	t.Logf("%.2f of the rate of a bare handler (%v and %v a request)", rate, best/requests, bestBare/requests)
	if rate < wanted {
		t.Errorf("%.2f of the rate of a bare handler, want %.1f at least", rate, wanted)
	}
}
