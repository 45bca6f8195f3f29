package web

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
)

// TestTheSiteOfALargeDesk measures memory and time where somebody asks for it:
//
//	COTEJO_SITE_CLAIMS=20000 go test -count=1 -timeout 60m ./web -run SiteOfALargeDesk -v
func TestTheSiteOfALargeDesk(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("COTEJO_SITE_CLAIMS"))
	if err != nil {
		t.Skip("COTEJO_SITE_CLAIMS does not say how many claims")
	}
	s := newSite(t)
	first := s.published(s.listed(articleQuote, "El Ayuntamiento", "agua"), "false", "")
	model, err := s.desk.PublicClaim(t.Context(), first.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.crowd(t, n, model.Document)
	dir := filepath.Join(t.TempDir(), "site")
	for _, what := range []string{"first", "second"} {
		var peak atomic.Uint64
		done := make(chan struct{})
		go func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(100 * time.Millisecond):
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak.Store(max(peak.Load(), m.HeapInuse))
				}
			}
		}()
		began := time.Now()
		report := s.write(t, dir)
		close(done)
		t.Logf("%s run: %+v in %s, heap at most %d MB", what, report, time.Since(began).Round(time.Second), peak.Load()>>20)
	}
}

// crowd publishes many claims past the acts, over three years, with tags and sources.
func (s *site) crowd(t *testing.T, n int, model export.Document) {
	t.Helper()
	const batch = 200
	for from := 0; from < n; from += batch {
		claimstest.Write(t, s.store, func(w claims.Writer) error {
			for i := from; i < min(from+batch, n); i++ {
				c := claimstest.NewClaim(s.article.ID)
				at := claimstest.Start.Add(-time.Duration(i) * 3 * 365 * 24 * time.Hour / time.Duration(n))
				c.State, c.PublishedVersion, c.PublishedAt, c.Language = claims.StatePublished, 1, &at, "es"
				if err := w.CreateClaim(t.Context(), &c); err != nil {
					return err
				}
				d := model
				d.ID, d.URL, d.PublishedAt, d.FirstAt = c.ID, baseURL+"/c/"+c.ID, at, at
				d.Claim.Tags = []string{fmt.Sprint("tema ", i%300), "agua"}
				d.Claim.Attributions = []claims.Attribution{{Sources: []claims.Link{{Source: fmt.Sprint("S", i%500), Name: fmt.Sprint("Fuente ", i%500)}}}}
				d.ClaimReview.URL = d.URL
				raw, sum, err := d.Freeze()
				if err != nil {
					return err
				}
				if err := w.CreatePublication(t.Context(), claims.Publication{Claim: c.ID, N: 1, Document: raw, SHA256: sum, PublishedAt: at}); err != nil {
					return err
				}
				e := claimstest.NewEvent(t, string(claims.ActClaimPublish), c.ID)
				e.At = at
				if err := w.AppendEvent(t.Context(), &e); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
