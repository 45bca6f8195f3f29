package web

import (
	"net/http"
	"strings"
	"testing"

	"cotejo/claims/ledger"
)

// Whoever has a publication and the newsroom's key can prove that it stands in
// the history, without the desk.
func TestAPublicationsProofHoldsForItsBytes(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "true", "")
	proof := answer[ledger.Proof](t, s.get("/c/"+c.ID+"@1.proof.json"), http.StatusOK)
	key := strings.TrimSpace(s.get("/log/key").Body.String())
	page := page200(t, s.get("/c/"+c.ID+"@1"))
	if err := proof.Check(key, page.Text(".hash")); err != nil {
		t.Errorf("%v: %+v", err, proof)
	}
	if page.Attr(`a[href$=".proof.json"]`, "href") != "/c/"+c.ID+"@1.proof.json" {
		t.Error("the page does not lead to the proof")
	}
	checkpoint, err := ledger.Open(s.get("/log/checkpoint").Body.String(), key)
	if err != nil || checkpoint.Size < proof.Index {
		t.Errorf("%v, %+v", err, checkpoint)
	}
	for path, status := range map[string]int{
		"/c/" + c.ID + "@2.proof.json": http.StatusNotFound, "/c/" + c.ID + ".proof.json": http.StatusNotFound,
		"/c/" + strings.ToLower(c.ID) + "@1.proof.json": http.StatusPermanentRedirect,
	} {
		if w := s.get(path); w.Code != status {
			t.Errorf("%s: %d, want %d", path, w.Code, status)
		}
	}
}
