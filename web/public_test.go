package web

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

func TestAnUnpublishedClaimIsNotFound(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "false")
	for _, path := range []string{"/c/" + c.ID, "/c/" + c.ID + ".json", "/c/" + c.ID + "@1", "/c/" + c.ID + "@1.json", "/c/ZZZZZZ", "/c/no-id-at-all"} {
		w := s.get(path)
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "1.200") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestAVersionThatIsNotThereIsSaidToBeMissing(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	page := pageWith(t, s.get("/c/"+c.ID+"@9"), http.StatusNotFound)
	if text := page.Text("main"); !strings.Contains(text, c.ID) || strings.Contains(text, "no claim") {
		t.Errorf("%s", text)
	}
}

func TestThePermalinkShowsTheClaim(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	if _, err := s.desk.AddEvidence(context.Background(), s.actor(claims.RoleChecker), c.ID, c.Version, claims.Evidence{
		URL: "https://data.test/padron", Title: "Padrón municipal", Stance: claims.StanceAgainst, Grade: claims.GradePrimary,
	}); err != nil {
		t.Fatal(err)
	}
	c.Version++
	c = s.published(c, "false", "")
	p := page200(t, s.get("/c/"+c.ID))
	for selector, want := range map[string]string{
		"html": "", "h1": c.Standalone, "mark": articleQuote, ".verdict.big": "Falso", ".what-is-true": "Lo cierto: Son 1.150 familias.",
		".rationale p:nth-child(2)": "La cifra del alcalde redondea.", ".evidence a": "Padrón municipal",
	} {
		if want != "" && p.Text(selector) != want {
			t.Errorf("%s says %q, want %q", selector, p.Text(selector), want)
		}
	}
	if p.Attr("html", "lang") != "es" || p.Attr("link[rel=canonical]", "href") != baseURL+"/c/"+c.ID {
		t.Error("wrong language or canonical address")
	}
	if p.Count("script:not([type='application/ld+json'])") != 0 || p.Count("[style],[onclick],style") != 0 {
		t.Error("a public page needs no script and no inline style")
	}
}

func TestOtherNotationsLeadToThePlainForm(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	spoken := strings.ToLower(claims.ShowID(c.ID))
	spoken = strings.NewReplacer("0", "o", "1", "l").Replace(spoken)
	for asked, want := range map[string]string{
		spoken: c.ID, spoken + "@1": c.ID + "@1", spoken + ".json": c.ID + ".json", c.ID + "@01.json": c.ID + "@1.json",
	} {
		w := s.get("/c/" + asked)
		if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/c/"+want {
			t.Errorf("%s: %d to %q", asked, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestClaimReviewStandsOnThePermalinkOnly(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "unproven", "")
	var marked export.ClaimReview
	p := page200(t, s.get("/c/"+c.ID))
	if p.Count("script[type='application/ld+json']") != 1 {
		t.Fatal("not one ClaimReview")
	}
	if err := json.Unmarshal([]byte(p.Raw("script[type='application/ld+json']")), &marked); err != nil {
		t.Fatal(err)
	}
	doc := answer[export.Document](t, s.get("/c/"+c.ID+".json"), http.StatusOK)
	if diff := cmp.Diff(doc.ClaimReview, marked); diff != "" {
		t.Errorf("page and JSON differ: %s", diff)
	}
	rating := marked.ReviewRating
	if marked.URL != baseURL+"/c/"+c.ID || rating.AlternateName != "Sin pruebas" || rating.RatingValue != nil || rating.WorstRating != nil || marked.ItemReviewed.DatePublished != "" {
		t.Errorf("%+v", marked)
	}
	for _, path := range []string{"/public", "/checks", "/c/" + c.ID + "@1"} {
		if page200(t, s.get(path)).Count("script[type='application/ld+json']") != 0 {
			t.Errorf("%s bears markup", path)
		}
	}
}

func TestAPinnedVersionIsTheBytesThatWereHashed(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	first := s.get("/c/" + c.ID + "@1.json")
	pubs, err := s.desk.Publications(context.Background(), s.actor(claims.RoleChecker), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(first.Body.Bytes())
	if hex.EncodeToString(sum[:]) != pubs[0].SHA256 {
		t.Error("the bytes served are not those hashed")
	}
	if shown := page200(t, s.get("/c/"+c.ID+"@1")).Text(".hash"); shown != pubs[0].SHA256 {
		t.Errorf("the page shows %q", shown)
	}

	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón nuevo."})
	p := page200(t, s.get("/c/"+c.ID))
	if p.Count(".rechecked time") != 1 || p.Text(".verdict.big") != "Falso" {
		t.Error("a claim being re-checked does not say so, or lost its publication")
	}
	s.published(c, "true", "El padrón nuevo lo confirma.")
	if again := s.get("/c/" + c.ID + "@1.json"); again.Body.String() != first.Body.String() {
		t.Error("version 1 changed")
	}
	old := page200(t, s.get("/c/"+c.ID+"@1"))
	if old.Count("a[rel=latest-version]") != 1 || strings.Contains(old.Text("main"), "Verdadero") {
		t.Error("the old version does not lead to the newer one, or tells its verdict")
	}
	now := page200(t, s.get("/c/"+c.ID))
	if now.Text(".verdict.big") != "Verdadero" || !strings.Contains(now.Text(".correction"), "El padrón nuevo lo confirma.") {
		t.Error("the new version does not show its verdict and notice")
	}
	if got := now.Attrs(".versions a", "href"); !slices.Equal(got, []string{"/c/" + c.ID + "@2", "/c/" + c.ID + "@1"}) {
		t.Errorf("versions %v", got)
	}
}

func TestAWithdrawnClaimLeavesATombstone(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Confundimos dos pueblos."})
	w := s.get("/c/" + c.ID)
	p := htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusGone || !strings.Contains(p.Text(".reason"), "Confundimos dos pueblos.") || p.Count("script") != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.get("/c/" + c.ID + ".json"); w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "Confundimos") {
		t.Errorf("JSON: %d %s", w.Code, w.Body)
	}
	if pinned := page200(t, s.get("/c/"+c.ID+"@1")); pinned.Count(".notice.bad") != 1 {
		t.Error("the version stands without a banner")
	}
	if strings.Contains(s.get("/public").Body.String(), c.ID) || strings.Contains(s.get("/public/verdicts.csv").Body.String(), c.ID) {
		t.Error("a withdrawn claim is still listed")
	}
}

func TestAMergedClaimRedirects(t *testing.T) {
	s := newSite(t)
	kept := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	c := s.published(s.newClaim(articleQuote), "false", "")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Está dos veces."})
	c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: kept.ID})
	for path, want := range map[string]string{"/c/" + c.ID: "/c/" + kept.ID, "/c/" + c.ID + ".json": "/c/" + kept.ID + ".json"} {
		if w := s.get(path); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	if w := s.get("/c/" + c.ID + "@1"); w.Code != http.StatusOK {
		t.Errorf("the merged claim's version went: %d", w.Code)
	}
}

func TestPublicPagesAreTheSameForAllAndRevalidate(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	cookie := s.signIn(claims.RoleAdmin).cookie
	for _, path := range []string{"/public", "/checks", "/c/" + c.ID, "/c/" + c.ID + "@1", "/c/" + c.ID + ".json", "/public/verdicts.csv", "/api/openapi.json",
		"/feed.atom", "/feed.json", "/corrections", "/corrections.atom", "/sitemap.xml", "/robots.txt"} {
		plain := s.get(path)
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(cookie)
		r.Header.Set("Accept-Language", "en")
		known := s.do(r)
		if known.Body.String() != plain.Body.String() || known.Header().Get("ETag") != plain.Header().Get("ETag") {
			t.Errorf("%s differs for who is signed in", path)
		}
		h := plain.Header()
		if plain.Code != http.StatusOK || h.Get("Set-Cookie") != "" || h.Get("Vary") != "" || h.Get("Cache-Control") != publicCache {
			t.Errorf("%s: %d, headers %v", path, plain.Code, h)
		}
		r = httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", `"other", W/`+h.Get("ETag"))
		if w := s.do(r); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
			t.Errorf("%s with its ETag: %d", path, w.Code)
		}
	}
}

func TestPublicListsLeadToClaimsAndPages(t *testing.T) {
	s := newSite(t)
	first := s.published(s.newClaim(articleQuote), "false", "")
	second := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	if got := page200(t, s.get("/public")).Attrs(".published a", "href"); !slices.Equal(got, []string{"/c/" + second.ID, "/c/" + first.ID}) {
		t.Errorf("%v", got)
	}
	p := page200(t, s.get("/public?limit=1"))
	if p.Count(".published > li") != 1 {
		t.Fatal("not one row")
	}
	if got := page200(t, s.get(p.Attr(".pager a[rel=next]", "href"))).Attrs(".published a", "href"); !slices.Equal(got, []string{"/c/" + first.ID}) {
		t.Errorf("page 2: %v", got)
	}
	if w := s.get("/public?limit=many"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("limit=many: %d", w.Code)
	}
}

func TestPublicCSVHoldsTheNewestPublicationsOnly(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	s.judged(s.newClaim("La Junta anunció ayudas"), "true")
	w := s.get("/public/verdicts.csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 2 || !slices.Equal(rows[0], export.VerdictColumns) || rows[1][1] != c.ID {
		t.Errorf("%v %v", err, rows)
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/csv; charset=utf-8") {
		t.Errorf("Content-Type %q", got)
	}
}

func TestExportFollowsTheFilter(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "false")
	b := s.signIn(claims.RoleChecker)
	w := b.open("/export/verdicts.csv?state=submitted&bom=1")
	body := w.Body.String()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != c.ID || !strings.HasPrefix(body, "\ufeff") || !strings.Contains(body, "\r\n") {
		t.Errorf("%v %q", err, body)
	}
	if w := b.open("/export/verdicts.csv?state=lost"); w.Code != http.StatusUnprocessableEntity || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("an unknown state: %d", w.Code)
	}
}

func TestACheckShowsTheNewestVerdicts(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	c := s.published(s.newClaim(articleQuote), "false", "")
	check, err := s.desk.CreateCheck(ctx, s.actor(claims.RoleEditor), workflow.CheckInput{
		Slug: "agua", Title: "¿Cortes de agua?", Summary: "Lo que dijo el alcalde.", Language: "es", Authors: []string{"Luis"},
		Body: "# Título\n\nEl alcalde dijo [[" + strings.ToLower(claims.ShowID(c.ID)) + "]] el lunes.\n\n[[" + c.ID + "]]\n\n<script>alert(1)</script>\n\n[mal](javascript:alert(1))\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if w := s.get("/checks/agua"); w.Code != http.StatusNotFound {
		t.Errorf("a draft: %d", w.Code)
	}
	b := s.signIn(claims.RoleEditor)
	if p := page200(t, b.open("/checks/agua/preview")); p.Count(".notice.warn") != 1 {
		t.Error("the preview does not say that it is one")
	}
	if _, err := s.desk.MoveCheck(ctx, s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	w := s.get("/checks/agua")
	p := page200(t, w)
	if p.Text("h1") != "¿Cortes de agua?" || p.Count("h1") != 1 || p.Text(".body h2") != "Título" || p.Attr("html", "lang") != "es" {
		t.Error("title, headings or language")
	}
	if p.Attr(".body p a.cite", "href") != "/c/"+c.ID || p.Text(".body p a.cite .verdict") != "Falso" || p.Text(".body .cite-card .verdict") != "Falso" {
		t.Error("citations show no verdict")
	}
	if strings.Contains(w.Body.String(), "alert(1)") {
		t.Error("raw HTML or a script address went through")
	}
	if got := page200(t, s.get("/c/"+c.ID)).Attrs(".citing a", "href"); !slices.Equal(got, []string{"/checks/agua"}) {
		t.Errorf("backlinks %v", got)
	}
	if got := page200(t, s.get("/checks")).Attrs(".published a", "href"); !slices.Equal(got, []string{"/checks/agua"}) {
		t.Errorf("the list of checks: %v", got)
	}
	etag := w.Header().Get("ETag")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Datos nuevos."})
	s.published(c, "true", "Se confirmó.")
	if now := s.get("/checks/agua"); page200(t, now).Text(".body .cite-card .verdict") != "Verdadero" || now.Header().Get("ETag") == etag {
		t.Error("the check still shows the old verdict")
	}
}

func TestALanguageWithoutPagesIsMarkedWhereItIsSpoken(t *testing.T) {
	s := newSite(t)
	text := "Le barrage est vide, selon la mairie.\n\nEnviron 1200 familles sont touchées depuis 2024."
	taken, err := s.desk.TakeIn(t.Context(), s.actor(claims.RoleChecker), workflow.Intake{Input: ingest.Input{
		Raw: []byte(text), ContentType: "text/plain; charset=utf-8", Hint: ingest.Hint{Title: "Le barrage", Language: "fr"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.desk.AddClaim(t.Context(), s.actor(claims.RoleChecker), workflow.NewClaim{
		Article: taken.Article.ID, Quote: "Environ 1200 familles sont touchées depuis 2024",
		Times: []claims.Time{{Text: "2024"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	c = s.published(c, "false", "")
	p := page200(t, s.get("/c/"+c.ID))
	if p.Attr("html", "lang") != "en" || p.Text("#words") == "" {
		t.Errorf("the page is said to be in %q", p.Attr("html", "lang"))
	}
	for _, own := range []string{"h1", "blockquote", ".rationale", ".what-is-true span", ".facts dd span"} {
		if got := p.Attr(own, "lang"); got != "fr" {
			t.Errorf("%s: lang %q, want that of the claim", own, got)
		}
	}
	if n := p.Count(`[lang="fr"] [lang="fr"]`); n != 0 {
		t.Errorf("%d words say their language twice", n)
	}
}

func TestACheckMarksWhoseWordsAreWhose(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Title: "L'eau", Body: "Voir [[" + c.ID + "]] et [[ZZZZZZ]].", Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	p := page200(t, s.signIn(claims.RoleEditor).open("/checks/"+check.Slug+"/preview"))
	for own, want := range map[string]string{"html": "en", "h1": "fr", ".body": "fr", ".body .pending .note": "en", ".cited .wording": "es"} {
		if got := p.Attr(own, "lang"); got != want {
			t.Errorf("%s: lang %q, want %q", own, got, want)
		}
	}
}
