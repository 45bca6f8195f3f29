package web

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/card"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// merged gives a published claim that was merged into another, and that other.
func (s *site) merged() (gone, kept claims.Claim) {
	s.t.Helper()
	kept = s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	c := s.published(s.newClaim(articleQuote), "false", "")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Está dos veces."})
	c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	return s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: kept.ID}), kept
}

// TestAnEmbeddedCardMayBeFramed, and nothing else may.
func TestAnEmbeddedCardMayBeFramed(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	w := s.get("/c/" + c.ID + "/embed")
	p := page200(t, w)
	h := w.Header()
	if !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors *;") || h.Get("X-Frame-Options") != "" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" || h.Get("Set-Cookie") != "" {
		t.Errorf("%v", h)
	}
	if p.Text(".verdict") != "Falso" || p.Text("h1") != c.Standalone || p.Attr("html", "lang") != "es" || p.Attr(".embed-foot a", "href") != baseURL+"/c/"+c.ID ||
		p.Attr(".embed-foot a", "rel") != "noopener" || p.Count("script[type='application/ld+json']") != 0 || p.Attr("meta[name=robots]", "content") != "noindex" {
		t.Errorf("%s", w.Body)
	}
	for _, path := range []string{"/c/" + c.ID, "/public", "/c/" + c.ID + "@1", "/login", "/c/ZZZZZZ/embed"} {
		if h := s.get(path).Header(); h.Get("X-Frame-Options") != "DENY" || !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s may be framed", path)
		}
	}
	if h := s.get(p.Attr("script[src]", "src")).Header(); h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Error("a sandboxed frame may not load its script")
	}
	if w := s.get("/c/" + strings.ToLower(claims.ShowID(c.ID)) + "/embed"); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/c/"+c.ID+"/embed" {
		t.Errorf("another notation: %d", w.Code)
	}
	s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Confundimos dos pueblos."})
	w = s.get("/c/" + c.ID + "/embed")
	if p := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusGone || !strings.Contains(p.Text("main"), "Confundimos dos pueblos.") || strings.Contains(p.Text("html"), "familias") || w.Header().Get("X-Frame-Options") != "" {
		t.Errorf("withdrawn: %d %s", w.Code, w.Body)
	}
}

// TestAMergedClaimLeadsOnEverywhere: its card and its picture too.
func TestAMergedClaimLeadsOnEverywhere(t *testing.T) {
	s := newSite(t)
	gone, kept := s.merged()
	for _, form := range []string{"", ".json", ".png", "/embed"} {
		if w := s.get("/c/" + gone.ID + form); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/c/"+kept.ID+form {
			t.Errorf("%q: %d to %s", form, w.Code, w.Header().Get("Location"))
		}
	}
	if w := s.get("/c/" + gone.ID + "@1.png"); w.Code != http.StatusOK {
		t.Errorf("the picture of its version: %d", w.Code)
	}
	if got := answer[oEmbed](t, s.get("/oembed?url="+url.QueryEscape(baseURL+"/c/"+gone.ID)), http.StatusOK); !strings.Contains(got.HTML, "/c/"+kept.ID+"/embed") {
		t.Errorf("oEmbed: %+v", got)
	}
}

// TestTheSnippetIsALinkWithoutItsScript.
func TestTheSnippetIsALinkWithoutItsScript(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	code := page200(t, s.get("/c/"+c.ID)).Text("#copy-embed")
	p := htmlcheck.Parse(t, code)
	if p.Attr("blockquote.cotejo-claim a", "href") != baseURL+"/c/"+c.ID || !strings.Contains(p.Text("blockquote"), c.Standalone) || p.Attr("script[async]", "src") != baseURL+"/embed.js" {
		t.Errorf("%s", code)
	}
	w := s.get("/embed.js")
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" || w.Header().Get("ETag") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if page200(t, s.get("/c/"+c.ID+"@1")).Count("#copy-embed") != 0 {
		t.Error("an old version offers a card, which would show the newest")
	}
}

// TestOEmbed: both formats, their discovery, sizes and refusals.
func TestOEmbed(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	p := page200(t, s.get("/c/"+c.ID))
	for kind, read := range map[string]func([]byte, any) error{"application/json+oembed": json.Unmarshal, "text/xml+oembed": xml.Unmarshal} {
		href := p.Attr("link[type='"+kind+"']", "href")
		w := s.get(strings.TrimPrefix(href, baseURL))
		var got oEmbed
		if err := read(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %v, %d", href, err, w.Code)
		}
		frame := htmlcheck.Parse(t, got.HTML)
		if got.Version != "1.0" || got.Type != "rich" || got.Title != c.Standalone || got.Width != 560 || got.Height != 300 || got.ThumbnailURL != baseURL+"/c/"+c.ID+".png" ||
			frame.Attr("iframe", "src") != baseURL+"/c/"+c.ID+"/embed" || frame.Attr("iframe", "sandbox") != "allow-scripts allow-popups allow-popups-to-escape-sandbox" || frame.Attr("iframe", "title") == "" {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	small := answer[oEmbed](t, s.get("/oembed?maxwidth=300&maxheight=200&url="+url.QueryEscape(baseURL+"/c/"+c.ID+"@1")), http.StatusOK)
	if small.Width != 300 || small.Height != 200 || small.ThumbnailURL != "" {
		t.Errorf("%+v", small)
	}
	gone := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	s.move(claims.RoleEditor, gone, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "No."})
	for query, want := range map[string]int{
		"": http.StatusBadRequest,
		"?url=" + baseURL + "/c/" + c.ID + "&maxwidth=wide": http.StatusBadRequest,
		"?url=" + baseURL + "/c/" + c.ID + "&maxwidth=0":    http.StatusBadRequest,
		"?url=" + baseURL + "/c/" + c.ID + "&format=yaml":   http.StatusNotImplemented,
		"?url=https://other.test/c/" + c.ID:                 http.StatusNotFound,
		"?url=" + baseURL + "/public":                       http.StatusNotFound,
		"?url=" + baseURL + "/c/ZZZZZZ":                     http.StatusNotFound,
		"?url=" + baseURL + "/c/" + gone.ID:                 http.StatusNotFound,
		"?url=javascript:alert(1)":                          http.StatusNotFound,
		"?url=" + baseURL + "/c/" + c.ID + "/embed":         http.StatusOK,
	} {
		if w := s.get("/oembed" + query); w.Code != want {
			t.Errorf("%s: %d, want %d", query, w.Code, want)
		}
	}
}

// TestPicturesOfClaims: whole, cached, and of what is withdrawn without its words.
func TestPicturesOfClaims(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	var pictures [][]byte
	for _, path := range []string{"/c/" + c.ID + ".png", "/c/" + c.ID + "@1.png"} {
		w := s.get(path)
		img, err := png.Decode(bytes.NewReader(w.Body.Bytes()))
		if err != nil || img.Bounds().Dx() != card.Width || w.Header().Get("Content-Type") != "image/png" || w.Header().Get("ETag") == "" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Fatalf("%s: %v %v", path, err, w.Header())
		}
		pictures = append(pictures, w.Body.Bytes())
	}
	if !bytes.Equal(pictures[0], pictures[1]) {
		t.Error("the newest and its version differ")
	}
	if w := s.get("/c/" + c.ID + "@2.png"); w.Code != http.StatusNotFound {
		t.Errorf("a version that is not there: %d", w.Code)
	}
	s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "No."})
	if w := s.get("/c/" + c.ID + ".png"); w.Code != http.StatusGone || bytes.Equal(w.Body.Bytes(), pictures[0]) {
		t.Errorf("withdrawn: %d", w.Code)
	}
	if w := s.get("/c/" + c.ID + "@1.png"); w.Code != http.StatusOK || bytes.Equal(w.Body.Bytes(), pictures[0]) {
		t.Errorf("a version of it: %d", w.Code)
	}
}

// TestOtherSitesCanShowALink: what they read, of a claim and of a check.
func TestOtherSitesCanShowALink(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Slug: "agua", Title: "¿Cortes?", Summary: "Lo que dijo.", Language: "es", Body: "[[" + c.ID + "]]"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][3]string{
		"/c/" + c.ID:   {c.Standalone, "Veredicto: Falso. Lo cierto: Son 1.150 familias.", "/c/" + c.ID + "@1.png"},
		"/checks/agua": {"¿Cortes?", "Lo que dijo.", "/c/" + c.ID + ".png"},
	} {
		p := page200(t, s.get(path))
		of := func(name string) string { return p.Attr("meta[property='"+name+"'],meta[name='"+name+"']", "content") }
		if of("og:title") != want[0] || of("og:description") != want[1] || of("description") != want[1] || of("og:url") != baseURL+path || of("og:image") != baseURL+want[2] ||
			of("og:image:alt") != "Falso: "+c.Standalone || of("twitter:card") != "summary_large_image" || of("og:site_name") != "Cotejo" {
			t.Errorf("%s: %q %q %q %q", path, of("og:title"), of("og:description"), of("og:image"), of("og:image:alt"))
		}
		if w := s.get(strings.TrimPrefix(of("og:image"), baseURL)); w.Code != http.StatusOK {
			t.Errorf("%s: its picture answers %d", path, w.Code)
		}
	}
}
