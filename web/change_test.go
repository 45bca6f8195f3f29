package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// refetched takes a page in, adds claims to it and fetches it again; the claims as they
// are then.
func (s *site) refetched(address string, quotes ...string) (string, []claims.Claim) {
	s.t.Helper()
	ctx, ana := s.t.Context(), s.actor(claims.RoleChecker)
	j, err := s.desk.AskPage(ctx, ana, workflow.PageRequest{Hint: ingest.Hint{URL: address}, Keep: true, AcceptDuplicate: true})
	if err != nil {
		s.t.Fatal(err)
	}
	s.work()
	if j, err = s.desk.Job(ctx, ana, j.ID); err != nil || j.Article == "" {
		s.t.Fatal(j, err)
	}
	var list []claims.Claim
	for _, q := range quotes {
		c, err := s.desk.AddClaim(ctx, ana, workflow.NewClaim{Article: j.Article, Quote: q})
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, c)
	}
	if _, err := s.desk.AskRefetch(ctx, ana, j.Article); err != nil {
		s.t.Fatal(err)
	}
	s.work()
	for i, c := range list {
		list[i] = s.kept(c.ID)
	}
	return j.Article, list
}

// settings gives the newsroom's settings.
func (s *site) settings() claims.Settings {
	s.t.Helper()
	now, err := s.desk.Settings(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return now
}

const (
	damLevel  = "La presa guarda hoy el 18 % del agua que puede contener"
	damLate   = "el trasvase llega tarde"
	damNights = "Riego limitado a dos noches"
)

// pagesOfChanges are the pages about what changed, in every state.
func (s *site) pagesOfChanges() []string {
	s.t.Helper()
	article, list := s.refetched("https://faro.test/cambia", damLevel, damLate, damNights)
	gone, _ := s.refetched("https://faro.test/ya-no")
	ana := s.actor(claims.RoleChecker)
	for i, to := range []claims.Anchor{claims.AnchorKept, claims.AnchorOrphan} {
		if _, err := s.desk.SettleAnchor(s.t.Context(), ana, list[i].ID, list[i].Version, to, "Porque sí"); err != nil {
			s.t.Fatal(err)
		}
	}
	return []string{
		"/articles/" + article, "/articles/" + article + "/changes", "/articles/" + article + "/changes?from=2&to=1", "/articles/" + article + "/changes?to=1", "/articles/" + article + "/watch",
		"/articles/" + gone, "/articles/" + gone + "/watch", "/articles/" + s.article.ID + "/changes", "/articles/" + s.article.ID + "/watch",
		"/claims/" + list[0].ID + "/place", "/claims/" + list[1].ID + "/place", "/claims/" + list[2].ID + "/place", "/claims/" + list[2].ID,
		"/claims?changed=1", "/claims?orphan=1", "/",
	}
}

// TestFromAChangedPageToADecision: fetched again, listed loudly, compared, resolved.
func TestFromAChangedPageToADecision(t *testing.T) {
	s := newSite(t)
	article, list := s.refetched("https://faro.test/cambia", damLevel, damLate, damNights)
	level, late, nights := list[0], list[1], list[2]
	ana := s.signIn(claims.RoleChecker)
	page := page200(t, ana.open("/articles/"+article))
	if got := page.Count(`#claims-left li`); got < 3 || page.Count(`a[href="/articles/`+article+`/changes"]`) != 1 {
		t.Errorf("%d claims left on the article's page", got)
	}
	if page200(t, ana.open("/")).Count(`#changed a[href$="/place"]`) < 3 { // which of them, where one article has more than a short list holds, says their id
		t.Error("they are not on the desk's list")
	}
	page = page200(t, ana.open("/articles/"+article+"/changes"))
	warned := strings.Join(page.Texts(".diff .warned"), "; ")
	for _, want := range []string{"figure changed: 18 → 13", "negation added: no", "figure changed: dos → tres"} {
		if !strings.Contains(warned, want) || !strings.Contains(page.Text(".warnings"), want) {
			t.Errorf("not in red words: %q in %s", want, warned)
		}
	}
	if page.Count(".diff del") < 2 || page.Count(".diff ins") < 3 || !strings.Contains(page.Text(".diff del"), "removed") {
		t.Error("what was removed and added is not marked")
	}

	at := "/claims/" + level.ID + "/place"
	page = page200(t, ana.open(at))
	spans := page.Attr(`form[action="`+at+`"] input[name="spans"]`, "value")
	if page.Count(".both-texts section") != 2 || !strings.Contains(page.Text(".both-texts"), "13 %") || spans == "" || !strings.Contains(page.Text(".warnings"), "18 → 13") {
		t.Errorf("both versions do not stand side by side: %q, %q", page.Text(".both-texts"), spans)
	}
	led := ledTo(t, ana.post(at, url.Values{"do": {"accept"}, "version": {seen(level)}, "snapshot": {"2"}, "spans": {spans}}))
	if now := s.kept(level.ID); led != "/claims/"+level.ID || now.Snapshot != 2 || now.Quote() != strings.Replace(damLevel, "18", "13", 1) {
		t.Errorf("led to %s, %q in %d", led, now.Quote(), now.Snapshot)
	}
	if page200(t, ana.open(led)).Count(`form[action^="/events/"]`) == 0 {
		t.Error("it cannot be undone")
	}

	at = "/claims/" + late.ID + "/place"
	page = pageWith(t, ana.post(at, url.Values{"do": {"words"}, "version": {seen(late)}, "snapshot": {"2"}, "quote": {"el"}}), http.StatusUnprocessableEntity)
	places := page.Attrs(`input[name="place"]`, "value")
	if len(places) < 2 || page.Text(`textarea[name="quote"]`) != "el" {
		t.Errorf("places asked back: %v", places)
	}
	pageWith(t, ana.post(at, url.Values{"do": {"orphan"}, "version": {seen(late)}}), http.StatusUnprocessableEntity)
	ledTo(t, ana.post(at, url.Values{"do": {"orphan"}, "version": {seen(late)}, "reason": {"Dice lo contrario"}}))
	if page200(t, ana.open("/claims?orphan=1")).Count(`.claim-row`) != 1 || page200(t, ana.open("/claims/"+late.ID)).Count("#words-changed") != 1 {
		t.Error("the orphan is not listed")
	}
	pageWith(t, ana.post(at, url.Values{"do": {"kept"}, "version": {seen(late)}}), http.StatusPreconditionFailed)

	at = "/claims/" + nights.ID + "/place"
	if carla := s.signIn(claims.RoleContributor); page200(t, carla.open(at)).Count(`form[action="`+at+`"]`) != 0 {
		t.Error("a contributor is offered what they may not do")
	}
	ledTo(t, ana.post(at, url.Values{"do": {"kept"}, "version": {seen(nights)}}))
	if s.kept(nights.ID).Anchor != claims.AnchorKept || page200(t, ana.open("/")).Count(`#changed a[href="`+at+`"]`) != 0 {
		t.Error("it is still to be decided")
	}
}

func TestAPublishedClaimWhoseWordsChangedIsLoud(t *testing.T) {
	s := newSite(t)
	_, list := s.refetched("https://faro.test/cambia", damLevel)
	s.published(list[0], "half_true", "")
	page := page200(t, s.signIn(claims.RoleEditor).open("/"))
	if !strings.Contains(page.Text("#changed .badge.bad"), "published") {
		t.Errorf("the desk says %q", page.Text("#changed"))
	}
	if got := page200(t, s.signIn(claims.RoleEditor).open("/claims/"+list[0].ID)).Count("#words-changed.bad"); got != 1 {
		t.Errorf("%d red notices on its page", got)
	}
}

func TestAPageThatIsGoneIsSaid(t *testing.T) {
	s := newSite(t)
	article, _ := s.refetched("https://faro.test/ya-no")
	page := page200(t, s.signIn(claims.RoleChecker).open("/articles/"+article))
	if page.Count("#gone") != 1 || page.Count(".article-text p") < 2 {
		t.Error("it is not said, or the text went with the page")
	}
}

func TestWatchingIsSetOnPages(t *testing.T) {
	s := newSite(t)
	article, _ := s.refetched("https://faro.test/presa")
	ana, eva, at := s.signIn(claims.RoleChecker), s.signIn(claims.RoleAdmin), "/articles/"+article+"/watch"
	version := func() string { return page200(t, ana.open(at)).Attr(`form input[name="version"]`, "value") }
	page := pageWith(t, ana.post(at, url.Values{"mode": {"own"}, "every": {"0"}, "days": {"x"}, "version": {version()}}), http.StatusUnprocessableEntity)
	if page.Attr(`input[name="days"]`, "value") != "x" {
		t.Error("what was typed is lost")
	}
	ledTo(t, ana.post(at, url.Values{"mode": {"own"}, "every": {"3"}, "days": {"10"}, "version": {version()}}))
	if got := page200(t, ana.open("/articles/"+article)).Text(".watch-line"); !strings.Contains(got, "every 3 hours") {
		t.Errorf("the article says %q", got)
	}
	ledTo(t, ana.post(at, url.Values{"mode": {"paused"}, "version": {version()}}))
	if got := page200(t, ana.open("/articles/"+article)).Text(".watch-line"); !strings.Contains(got, "not watched") {
		t.Errorf("the article says %q", got)
	}
	form := url.Values{"newsroom": {"Mesa"}, "language": {"es"}, "watch_every": {"12"}, "watch_days": {"20"}, "watch_published": {"yes"}}
	ledTo(t, eva.post("/settings", form))
	if h := s.settings().Watch; h.Every != 12 || h.Days != 20 || !h.Published || h.Paused {
		t.Errorf("%+v", h)
	}
	form.Set("watch_every", "soon")
	if page := pageWith(t, eva.post("/settings", form), http.StatusUnprocessableEntity); page.Attr(`input[name="watch_every"]`, "value") != "soon" {
		t.Error("what was typed is lost")
	}
	form.Del("watch_every")
	ledTo(t, eva.post("/settings", form))
	if h := s.settings().Watch; h.Every != 12 {
		t.Errorf("a form that does not speak of it changed it: %+v", h)
	}
}

func TestChangesByTheAPI(t *testing.T) {
	s := newSite(t)
	article, list := s.refetched("https://faro.test/cambia", damLevel, damLate)
	api := s.program(claims.RoleChecker, claims.ScopeWrite)
	root := "/articles/" + article
	if got := answer[page[snapshotJSON]](t, api.call(http.MethodGet, root+"/snapshots", nil), http.StatusOK); len(got.Items) != 2 {
		t.Errorf("%+v", got)
	}
	first := answer[snapshotTextJSON](t, api.call(http.MethodGet, root+"/snapshots/1", nil), http.StatusOK)
	got := answer[changesJSON](t, api.call(http.MethodGet, root+"/changes", nil), http.StatusOK)
	before, after := "", ""
	for _, c := range got.Changes {
		before, after = before+c.Before, after+c.After
	}
	if before != first.Text || before == after || len(got.Warnings) != 3 {
		t.Errorf("%+v", got.Warnings)
	}
	answer[problem](t, api.call(http.MethodGet, root+"/changes?from=9", nil), http.StatusNotFound)

	at := "/claims/" + list[0].ID + "/place"
	place := answer[anchorJSON](t, api.call(http.MethodGet, at, nil), http.StatusOK)
	if !place.Behind || place.Same || len(place.Offered) != 1 || len(place.Warnings) != 1 {
		t.Fatalf("%+v", place)
	}
	body := anchorInput{Do: "place", Snapshot: place.Now, Fragments: &place.Offered}
	answer[problem](t, api.call(http.MethodPost, at, body), http.StatusPreconditionRequired)
	claim := answer[claimJSON](t, api.call(http.MethodPost, at, body, "If-Match", etagOf(list[0].Version)), http.StatusOK)
	if claim.Snapshot != 2 {
		t.Errorf("%+v", claim)
	}
	at = "/claims/" + list[1].ID + "/place"
	answer[problem](t, api.call(http.MethodPost, at, anchorInput{Do: "x"}, "If-Match", etagOf(list[1].Version)), http.StatusUnprocessableEntity)
	claim = answer[claimJSON](t, api.call(http.MethodPost, at, anchorInput{Do: "orphan", Reason: "Ya no"}, "If-Match", etagOf(list[1].Version)), http.StatusOK)
	if claim.Anchor != claims.AnchorOrphan {
		t.Errorf("%+v", claim)
	}
	if got := answer[page[claimJSON]](t, api.call(http.MethodGet, "/claims?orphan=1", nil), http.StatusOK); len(got.Items) != 1 {
		t.Errorf("%d orphans", len(got.Items))
	}

	w := api.call(http.MethodGet, root+"/watch", nil)
	watch := answer[watchJSON](t, w, http.StatusOK)
	if watch.Mode != claims.WatchHouse || watch.Every != 0 || watch.SeenAt == nil {
		t.Errorf("%+v", watch)
	}
	watch = answer[watchJSON](t, api.call(http.MethodPut, root+"/watch", watchInput{Mode: claims.WatchOwn, Every: 2, Days: 3}, "If-Match", w.Header().Get("ETag")), http.StatusOK)
	if watch.Every != 2 || watch.NextAt == nil {
		t.Errorf("%+v", watch)
	}
}
