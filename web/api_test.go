package web

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type list[T any] struct {
	Items []T
	Next  *string
}

// takenInJSON is the answer to an article that was taken in.
type takenInJSON struct {
	ID, URL, Snapshot string
	Claims            int
}

func TestTheWholeWayThroughTheAPI(t *testing.T) {
	s := newSite(t)
	ana, luis := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleEditor, claims.ScopeWrite)
	text := "El alcalde dijo que el río subió 3 metros el martes."
	taken := answer[takenInJSON](t, ana.call(http.MethodPost, "/articles", map[string]any{
		"text": text, "title": "La crecida", "outlet": "Diario del Río", "published": "2025-10-28", "language": "es", "url": "https://news.test/crecida",
	}), http.StatusCreated)
	if taken.Snapshot == "" || taken.URL != baseURL+"/articles/"+taken.ID {
		t.Fatalf("%+v", taken)
	}
	a := answer[articleJSON](t, ana.call(http.MethodGet, "/articles/"+taken.ID, nil), http.StatusOK)
	if a.Text != text || a.Title != "La crecida" || a.SourceURL != "https://news.test/crecida" || len(a.Snapshots) != 1 || a.Snapshots[0].SHA256 != taken.Snapshot {
		t.Errorf("%+v", a)
	}

	start := len([]rune("El alcalde dijo que "))
	end := start + len([]rune("el río subió 3 metros"))
	w := ana.call(http.MethodPost, "/claims", map[string]any{"article": taken.ID, "fragments": []any{map[string]any{"start": start, "end": end, "text": "el río subió 3 metros"}}})
	c := answer[claimJSON](t, w, http.StatusCreated)
	if c.State != claims.StateOpen || c.Quote != "el río subió 3 metros" || w.Header().Get("Location") != "/api/v1/claims/"+c.ID {
		t.Fatalf("%+v", c)
	}
	e := answer[evidenceJSON](t, ana.call(http.MethodPost, "/claims/"+c.ID+"/evidence", map[string]any{
		"url": "https://data.test/aforo", "title": "Aforo", "stance": "for", "grade": "primary",
	}), http.StatusCreated)
	answer[noteJSON](t, ana.call(http.MethodPost, "/claims/"+c.ID+"/notes", map[string]any{"text": "Llamé a la confederación."}), http.StatusCreated)

	tag := ana.call(http.MethodGet, "/claims/"+c.ID, nil).Header().Get("ETag")
	step := func(p program, method, path string, body map[string]any) claimJSON {
		t.Helper()
		w := p.call(method, "/claims/"+c.ID+path, body, "If-Match", tag)
		out := answer[claimJSON](t, w, http.StatusOK)
		if tag = w.Header().Get("ETag"); tag != etagOf(out.Version) {
			t.Errorf("ETag %s of version %d", tag, out.Version)
		}
		return out
	}
	step(ana, http.MethodPatch, "", map[string]any{"standalone": "El río subió 3 metros [el 28 de octubre]", "tags": []string{"río"}, "made_on": "2025-10-28"})
	step(ana, http.MethodPost, "/moves", map[string]any{"to": "in_check"})
	step(ana, http.MethodPut, "/verdict", map[string]any{"content": "mostly_true", "attribution": "accurate", "rationale": "El aforo marca 2,9 metros."})
	step(ana, http.MethodPost, "/moves", map[string]any{"to": "submitted"})
	step(luis, http.MethodPost, "/moves", map[string]any{"to": "approved"})
	out := step(luis, http.MethodPost, "/moves", map[string]any{"to": "published"})
	if out.PublishedVersion != 1 || out.PublicURL == nil || *out.PublicURL != baseURL+"/c/"+c.ID || out.Evidence[0].ID != e.ID || *out.MadeOn != "2025-10-28" {
		t.Errorf("%+v", out)
	}
	if w := s.get("/c/" + c.ID); w.Code != http.StatusOK {
		t.Errorf("the permalink answers %d", w.Code)
	}

	check := answer[checkJSON](t, luis.call(http.MethodPost, "/checks", map[string]any{"slug": "crecida", "title": "La crecida", "body": "[[" + c.ID + "]]", "language": "es"}), http.StatusCreated)
	check = answer[checkJSON](t, luis.call(http.MethodPatch, "/checks/crecida", map[string]any{"summary": "Lo que subió."}, "If-Match", etagOf(check.Version)), http.StatusOK)
	check = answer[checkJSON](t, luis.call(http.MethodPost, "/checks/crecida/moves", map[string]any{"to": "published"}, "If-Match", etagOf(check.Version)), http.StatusOK)
	if check.State != claims.CheckPublished || !slices.Equal(check.Claims, []string{c.ID}) || s.get("/checks/crecida").Code != http.StatusOK {
		t.Errorf("%+v", check)
	}

	rows := answer[list[claimJSON]](t, ana.call(http.MethodGet, "/claims?state=published&verdict=mostly_true&q=r%C3%ADo", nil), http.StatusOK)
	if len(rows.Items) != 1 || rows.Items[0].ID != c.ID || len(rows.Items[0].Evidence) != 1 || rows.Next != nil {
		t.Errorf("%+v", rows)
	}
	pubs := answer[list[publicationJSON]](t, ana.call(http.MethodGet, "/claims/"+c.ID+"/publications", nil), http.StatusOK)
	if len(pubs.Items) != 1 || pubs.Items[0].URL != baseURL+"/c/"+c.ID+"@1" || pubs.Items[0].Document.ID != c.ID {
		t.Errorf("%+v", pubs)
	}
	events := answer[list[eventJSON]](t, ana.call(http.MethodGet, "/claims/"+c.ID+"/events", nil), http.StatusOK)
	if len(events.Items) < 8 || events.Items[0].Seq <= events.Items[1].Seq {
		t.Errorf("%d events", len(events.Items))
	}
	if w := ana.call(http.MethodDelete, "/claims/"+c.ID+"/evidence/"+e.ID, nil); w.Code != http.StatusConflict {
		t.Errorf("evidence of a published claim was taken away: %d", w.Code)
	}
}

func TestListsArePagedByCursor(t *testing.T) {
	s := newSite(t)
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	for range 4 {
		s.newClaim(articleQuote)
	}
	all := answer[list[claimJSON]](t, p.call(http.MethodGet, "/claims?state=open", nil), http.StatusOK)
	var paged []string
	next := ""
	for {
		page := answer[list[claimJSON]](t, p.call(http.MethodGet, "/claims?state=open&limit=3&cursor="+next, nil), http.StatusOK)
		for _, c := range page.Items {
			paged = append(paged, c.ID)
		}
		if page.Next == nil {
			break
		}
		next = *page.Next
	}
	if len(all.Items) != 4 || len(paged) != 4 || paged[3] != all.Items[3].ID {
		t.Errorf("%d at once, %v by pages", len(all.Items), paged)
	}
	events := answer[list[eventJSON]](t, s.program(claims.RoleAdmin, claims.ScopeRead).call(http.MethodGet, "/events?after=2&limit=2", nil), http.StatusOK)
	if len(events.Items) != 2 || events.Items[0].Seq != 3 || events.Next == nil || *events.Next != "4" {
		t.Errorf("%d events, next %v", len(events.Items), events.Next)
	}
	inArticle := answer[list[claimJSON]](t, p.call(http.MethodGet, "/articles/"+s.article.ID+"/claims?limit=500", nil), http.StatusOK)
	if len(inArticle.Items) < 4 {
		t.Errorf("%d claims in the article", len(inArticle.Items))
	}
	articles := answer[list[articleJSON]](t, p.call(http.MethodGet, "/articles?q=embalse", nil), http.StatusOK)
	if len(articles.Items) != 1 || articles.Items[0].Claims != len(inArticle.Items) {
		t.Errorf("%+v", articles)
	}
}

// refused is what a refusal must say.
type refused struct {
	status   int
	code     string
	location string // of the first field that is wrong
}

func checkRefused(t *testing.T, name string, w *httptest.ResponseRecorder, want refused) problem {
	t.Helper()
	if w.Header().Get("Content-Type") != problemType {
		t.Errorf("%s: Content-Type %q", name, w.Header().Get("Content-Type"))
	}
	p := answer[problem](t, w, want.status)
	if p.Status != want.status || p.Code != want.code || p.Title == "" || p.Detail == "" || p.Detail == p.Code || p.RequestID != w.Header().Get("X-Request-Id") || !strings.HasPrefix(p.Type, "urn:cotejo:problem:") {
		t.Errorf("%s: %+v", name, p)
	}
	if want.location != "" && (len(p.Errors) == 0 || p.Errors[0].Location != want.location || p.Errors[0].Message == "") {
		t.Errorf("%s: fields %+v, want %s", name, p.Errors, want.location)
	}
	return p
}

func TestEveryRefusalIsAProblemDocument(t *testing.T) {
	s := newSite(t)
	ana, cris, reader := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleContributor, claims.ScopeWrite), s.program(claims.RoleChecker, claims.ScopeRead)
	c := s.newClaim(articleQuote)
	claim, seen := "/claims/"+c.ID, []string{"If-Match", etagOf(c.Version)}
	for name, x := range map[string]struct {
		got  *httptest.ResponseRecorder
		want refused
	}{
		"no token":          {s.get("/api/v1/claims"), refused{401, "api.no_token", ""}},
		"an unknown token":  {program{s, strings.Repeat("x", 43)}.call(http.MethodGet, "/claims", nil), refused{401, "token.invalid", ""}},
		"no such claim":     {ana.call(http.MethodGet, "/claims/ZZZZZZ", nil), refused{404, "not_found.claim", ""}},
		"no such path":      {ana.call(http.MethodGet, "/nothing/here", nil), refused{404, "error.no_page", ""}},
		"no such method":    {ana.call(http.MethodPut, "/claims", nil), refused{405, "error.method", ""}},
		"no If-Match":       {ana.call(http.MethodPatch, claim, map[string]any{"priority": 1}), refused{428, "api.if_match_missing", ""}},
		"no If-Match, PUT":  {ana.call(http.MethodPut, claim+"/verdict", map[string]any{}), refused{428, "api.if_match_missing", ""}},
		"no If-Match, move": {ana.call(http.MethodPost, claim+"/moves", map[string]any{}), refused{428, "api.if_match_missing", ""}},
		"a bare If-Match":   {ana.call(http.MethodPatch, claim, map[string]any{}, "If-Match", "1"), refused{422, "invalid", "header.If-Match"}},
		"stale before all":  {cris.call(http.MethodPost, claim+"/moves", map[string]any{"to": "nowhere"}, "If-Match", `"99"`), refused{412, "stale.claim", ""}},
		"an illegal move":   {cris.call(http.MethodPost, claim+"/moves", map[string]any{"to": "published"}, seen...), refused{409, "move.illegal", ""}},
		"read only":         {reader.call(http.MethodPatch, claim, map[string]any{"priority": 1}, seen...), refused{403, "token_read_only", ""}},
		"no reason":         {ana.call(http.MethodPost, claim+"/moves", map[string]any{"to": "dismissed"}, seen...), refused{422, "invalid", "body.reason"}},
		"half a verdict":    {ana.call(http.MethodPut, claim+"/verdict", map[string]any{"content": "so-so"}, seen...), refused{422, "invalid", "body.content"}},
		"a wrong slice": {ana.call(http.MethodPost, "/claims", map[string]any{"article": s.article.ID, "fragments": []any{map[string]any{"start": 0, "end": 10, "text": "La represa"}}}),
			refused{422, "invalid", "body.fragments[0].text"}},
		"a file address":   {ana.call(http.MethodPost, claim+"/evidence", map[string]any{"url": "file:///etc/passwd", "stance": "for", "grade": "primary"}), refused{422, "invalid", "body.url"}},
		"a wrong type":     {ana.call(http.MethodPatch, claim, map[string]any{"priority": "high"}, seen...), refused{422, "invalid", "body.priority"}},
		"an unknown field": {ana.call(http.MethodPatch, claim, map[string]any{"state": "published"}, seen...), refused{422, "invalid", "body.state"}},
		"an unknown state": {ana.call(http.MethodGet, "/claims?state=lost", nil), refused{422, "invalid", "query.state"}},
		"a date that is none": {ana.call(http.MethodPost, "/articles", map[string]any{"text": "Algo pasó ayer.", "published": "2025-02-30"}),
			refused{422, "invalid", "body.published"}},
		"no text":           {ana.call(http.MethodPost, "/articles", map[string]any{}), refused{422, "ingest.empty", ""}},
		"a private address": {ana.call(http.MethodPost, "/articles", map[string]any{"url": "http://127.0.0.1/a"}), refused{422, "invalid", "body.url"}},
		"text and HTML":     {ana.call(http.MethodPost, "/articles", map[string]any{"text": "a", "html": "<p>b"}), refused{422, "invalid", "body.html"}},
	} {
		checkRefused(t, name, x.got, x.want)
	}
	if p := checkRefused(t, "not allowed", cris.call(http.MethodPut, claim+"/verdict", map[string]any{"content": "true"}, seen...), refused{403, "not_allowed.claim.judge", ""}); !slices.Equal(p.Who, []claims.Role{"checker", "editor", "admin"}) {
		t.Errorf("who: %v", p.Who)
	}
}

func TestAProblemSaysWhatToDoAboutIt(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	p := answer[problem](t, ana.call(http.MethodPost, "/articles", map[string]any{"text": articleText}), http.StatusConflict)
	if p.Code != "article.duplicate" || p.DuplicateOf != s.article.ID || p.Overlap == nil || *p.Overlap != 1 {
		t.Errorf("%+v", p)
	}
	answer[takenInJSON](t, ana.call(http.MethodPost, "/articles", map[string]any{"text": articleText, "duplicate": "accept"}), http.StatusCreated)

	p = answer[problem](t, ana.call(http.MethodPost, "/claims", map[string]any{"article": s.article.ID, "quote": "La Junta anunció ayudas"}), http.StatusUnprocessableEntity)
	if p.Code != "claim.quote_ambiguous" || len(p.Places) != 2 || p.Places[0].Start >= p.Places[1].Start {
		t.Errorf("%+v", p)
	}
	answer[claimJSON](t, ana.call(http.MethodPost, "/claims", map[string]any{"article": s.article.ID, "quote": "La Junta anunció ayudas", "start": p.Places[1].Start}), http.StatusCreated)

	p = answer[problem](t, ana.call(http.MethodPost, "/claims", map[string]any{"article": s.article.ID, "fragments": []any{map[string]any{"start": 0, "end": 10, "text": "La represa"}}}), http.StatusUnprocessableEntity)
	if p.Errors[0].Slice != "El embalse" {
		t.Errorf("%+v", p)
	}

	luis := s.program(claims.RoleEditor, claims.ScopeWrite)
	open := s.newClaim(articleQuote)
	check, err := s.desk.CreateCheck(context.Background(), s.actor(claims.RoleEditor), workflow.CheckInput{Title: "Agua", Body: "[[" + open.ID + "]]", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	w := luis.call(http.MethodPost, "/checks/"+check.Slug+"/moves", map[string]any{"to": "published"}, "If-Match", etagOf(check.Version))
	if p := answer[problem](t, w, http.StatusUnprocessableEntity); p.Code != "check.cites_unpublished" || len(p.Errors) != 1 || !strings.Contains(p.Errors[0].Message, open.ID) {
		t.Errorf("%+v", p)
	}
}

func TestProblemsSpeakTheCallersLanguage(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	es := answer[problem](t, ana.call(http.MethodGet, "/claims?limit=0", nil, "Accept-Language", "es-ES"), http.StatusUnprocessableEntity)
	en := answer[problem](t, ana.call(http.MethodGet, "/claims?limit=0", nil, "Accept-Language", "en"), http.StatusUnprocessableEntity)
	if es.Title != "Falta algo o algo está mal" || es.Detail == en.Detail || es.Code != en.Code {
		t.Errorf("%+v\n%+v", es, en)
	}
}

func TestBodiesThatAreNoJSONAreRefused(t *testing.T) {
	s := newSite(t)
	token := s.program(claims.RoleChecker, claims.ScopeWrite).token
	for name, x := range map[string]struct {
		contentType, body string
		want              refused
	}{
		"nothing":     {"application/json", "", refused{400, "api.no_body", ""}},
		"half of it":  {"application/json", `{"text": "a`, refused{400, "api.malformed", ""}},
		"two values":  {"application/json", `{"text": "a"} {}`, refused{400, "api.malformed", ""}},
		"an array":    {"application/json", `[]`, refused{422, "invalid", "body"}},
		"a form":      {"application/x-www-form-urlencoded", "text=a", refused{415, "api.not_json", ""}},
		"no type":     {"", `{"text": "a"}`, refused{415, "api.not_json", ""}},
		"binary text": {"application/json", `{"text": "` + strings.Repeat(`\u0000\u0001`, 40) + `"}`, refused{415, "ingest.binary", ""}},
	} {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/articles", strings.NewReader(x.body))
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", x.contentType)
		checkRefused(t, name, s.do(r), x.want)
	}
}

func TestTheSameKeyGivesTheFirstAnswerAgain(t *testing.T) {
	s := newSite(t)
	ana, luis := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleEditor, claims.ScopeWrite)
	c := s.newClaim(articleQuote)
	note := func(p program, text string) *httptest.ResponseRecorder {
		return p.call(http.MethodPost, "/claims/"+c.ID+"/notes", map[string]any{"text": text}, "Idempotency-Key", "k1")
	}
	first, again := note(ana, "Una nota."), note(ana, "Una nota.")
	if first.Code != http.StatusCreated || again.Code != first.Code || again.Body.String() != first.Body.String() ||
		again.Header().Get("Idempotency-Replayed") != "true" || again.Header().Get("Content-Type") != first.Header().Get("Content-Type") {
		t.Errorf("first %d %s, again %d %s", first.Code, first.Body, again.Code, again.Body)
	}
	checkRefused(t, "another request", note(ana, "Otra nota."), refused{409, "idempotency.other_request", ""})
	if w := note(luis, "Una nota."); w.Code != http.StatusCreated || w.Header().Get("Idempotency-Replayed") != "" {
		t.Errorf("the key of another person: %d", w.Code)
	}
	thread := answer[list[noteJSON]](t, ana.call(http.MethodGet, "/claims/"+c.ID+"/notes", nil), http.StatusOK)
	if len(thread.Items) != 2 {
		t.Errorf("%d notes, want 2", len(thread.Items))
	}

	move := func() *httptest.ResponseRecorder {
		return ana.call(http.MethodPost, "/claims/"+c.ID+"/moves", map[string]any{"to": "in_check"}, "If-Match", etagOf(c.Version), "Idempotency-Key", "k2")
	}
	if one, two := move(), move(); one.Code != http.StatusOK || two.Code != http.StatusOK || two.Header().Get("ETag") != one.Header().Get("ETag") {
		t.Errorf("a move twice: %d, %d %s", one.Code, two.Code, two.Body)
	}
	refusal := func() *httptest.ResponseRecorder {
		return ana.call(http.MethodPost, "/claims/ZZZZZZ/notes", map[string]any{"text": "x"}, "Idempotency-Key", "k3")
	}
	if one, two := refusal(), refusal(); one.Code != http.StatusNotFound || two.Body.String() != one.Body.String() {
		t.Errorf("a refusal twice: %d %s", two.Code, two.Body)
	}
}

func TestAKeyWhoseRequestDiedSaysWhatToDo(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	path := apiRoot + "/claims/" + s.newClaim(articleQuote).ID + "/notes"
	body := `{"text":"Una nota."}`
	note := func(lang string) *httptest.ResponseRecorder {
		return ana.call(http.MethodPost, strings.TrimPrefix(path, apiRoot), map[string]any{"text": "Una nota."}, "Idempotency-Key", "k", "Accept-Language", lang)
	}
	digest, err := requestDigest(httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)), secretNothing)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.desk.Reserve(t.Context(), s.actor(claims.RoleChecker), "k", digest); err != nil {
		t.Fatal(err)
	}
	checkRefused(t, "at once", note("en"), refused{http.StatusTooManyRequests, "idempotency.unanswered", ""})
	s.clock.Advance(2 * time.Minute)
	for lang, words := range map[string]string{"en": "use a new key", "es": "usa después una clave nueva"} {
		w := note(lang)
		checkRefused(t, lang, w, refused{http.StatusConflict, "api.key_outcome_unknown", ""})
		if !strings.Contains(w.Body.String(), words) {
			t.Errorf("%s: %s", lang, w.Body)
		}
	}
}

func TestSecretsAreNeverKeptForAnIdempotencyKey(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	checkRefused(t, "a token", eva.call(http.MethodPost, "/tokens", map[string]any{"scope": "read"}, "Idempotency-Key", "k"), refused{422, "invalid", "header.Idempotency-Key"})
	add := func(pass string) *httptest.ResponseRecorder {
		return eva.call(http.MethodPost, "/users", map[string]any{"name": "nora", "password": pass, "role": "checker"}, "Idempotency-Key", "u")
	}
	if one, two := add(password), add("quite another one"); one.Code != http.StatusCreated || two.Body.String() != one.Body.String() {
		t.Errorf("%d %s, %d %s", one.Code, one.Body, two.Code, two.Body)
	}
}

func TestPeopleAndTokensThroughTheAPI(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	w := eva.call(http.MethodPost, "/users", map[string]any{"name": "nora", "display": "Nora", "password": password, "role": "checker"})
	nora := answer[personJSON](t, w, http.StatusCreated)
	if strings.Contains(w.Body.String(), "argon2") || strings.Contains(w.Body.String(), password) {
		t.Error("the answer holds a password")
	}
	nora = answer[personJSON](t, eva.call(http.MethodPatch, "/users/"+nora.ID, map[string]any{"role": "editor"}, "If-Match", etagOf(nora.Version)), http.StatusOK)
	made := answer[tokenJSON](t, eva.call(http.MethodPost, "/tokens", map[string]any{"user": "nora", "scope": "write", "expires_days": 1}), http.StatusCreated)
	if nora.Role != claims.RoleEditor || len(made.Token) < 32 || made.ExpiresAt == nil {
		t.Fatalf("%+v %+v", nora, made)
	}
	p := program{s, made.Token}
	if w := p.call(http.MethodGet, "/tokens", nil); w.Code != http.StatusOK || strings.Contains(w.Body.String(), made.Token) {
		t.Errorf("the list of tokens: %d %s", w.Code, w.Body)
	}
	if w := p.call(http.MethodDelete, "/tokens/"+made.ID, nil); w.Code != http.StatusNoContent {
		t.Errorf("revoking: %d %s", w.Code, w.Body)
	}
	if w := p.call(http.MethodGet, "/claims", nil); w.Code != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", w.Code)
	}
	again := answer[tokenJSON](t, eva.call(http.MethodPost, "/tokens", map[string]any{"user": "nora", "scope": "read", "expires_days": 1}), http.StatusCreated)
	s.clock.Advance(25 * 60 * 60 * 1_000_000_000)
	if w := (program{s, again.Token}).call(http.MethodGet, "/claims", nil); w.Code != http.StatusUnauthorized {
		t.Errorf("an expired token: %d", w.Code)
	}
	eva = s.program(claims.RoleAdmin, claims.ScopeWrite)
	answer[personJSON](t, eva.call(http.MethodPatch, "/users/"+nora.ID, map[string]any{"disabled": true}, "If-Match", etagOf(nora.Version)), http.StatusOK)
	checkRefused(t, "two at a time", eva.call(http.MethodPatch, "/users/"+nora.ID, map[string]any{"disabled": true, "role": "admin"}, "If-Match", `"3"`), refused{422, "invalid", "body"})
}

func TestSettingsAndScale(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	settings := answer[claims.Settings](t, eva.call(http.MethodGet, "/settings", nil), http.StatusOK)
	settings.Newsroom, settings.Language = "Mesa del Río", "es"
	seen := eva.call(http.MethodGet, "/settings", nil).Header().Get("ETag")
	if got := answer[claims.Settings](t, eva.call(http.MethodPost, "/settings", settings, "If-Match", seen), http.StatusOK); got.Newsroom != "Mesa del Río" {
		t.Errorf("%+v", got)
	}
	checkRefused(t, "settings that nobody looked at", eva.call(http.MethodPost, "/settings", settings), refused{428, "api.if_match_missing", ""})
	checkRefused(t, "stale settings", eva.call(http.MethodPost, "/settings", settings, "If-Match", seen), refused{412, "stale.settings", ""})
	checkRefused(t, "a version that is none", eva.call(http.MethodPost, "/settings", settings, "If-Match", `""`), refused{422, "invalid", "header.If-Match"})
	if p := page200(t, s.get("/public")); p.Attr("html", "lang") != "es" || !strings.Contains(p.Text("title"), "Mesa del Río") {
		t.Error("public pages do not follow the newsroom's settings")
	}
	scale := answer[claims.Scale](t, eva.call(http.MethodGet, "/scale?version=1", nil), http.StatusOK)
	if scale.Version != 1 || len(scale.Content) != len(claims.DefaultScale().Content) {
		t.Errorf("%+v", scale)
	}
	checkRefused(t, "scale 9", eva.call(http.MethodGet, "/scale?version=9", nil), refused{404, "not_found.scale", ""})
}

func TestErasingLeavesTheChain(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	c := s.newClaim(articleQuote)
	n := answer[noteJSON](t, eva.call(http.MethodPost, "/claims/"+c.ID+"/notes", map[string]any{"text": "El nombre de la fuente."}), http.StatusCreated)
	events := answer[list[eventJSON]](t, eva.call(http.MethodGet, "/claims/"+c.ID+"/events", nil), http.StatusOK)
	noted := events.Items[0]
	if noted.NounID != n.ID {
		t.Fatalf("%+v", noted)
	}
	path := "/events/" + json.Number(jsonInt(noted.Seq)).String() + "/erase"
	checkRefused(t, "no reason", eva.call(http.MethodPost, path, map[string]any{"reason": ""}), refused{422, "invalid", "body.reason"})
	if w := eva.call(http.MethodPost, path, map[string]any{"reason": "Protege a la fuente."}); w.Code != http.StatusNoContent {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := eva.call(http.MethodPost, "/articles/"+s.article.ID+"/snapshots/1/erase", map[string]any{"reason": "Por ley."}); w.Code != http.StatusNoContent {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	w := eva.call(http.MethodGet, "/events", nil)
	if strings.Contains(w.Body.String(), "El nombre de la fuente.") || !strings.Contains(w.Body.String(), `"erased":true`) {
		t.Error("the erased value is still told, or not marked")
	}
	if a := answer[articleJSON](t, eva.call(http.MethodGet, "/articles/"+s.article.ID, nil), http.StatusOK); a.Text != "" || !a.Snapshots[0].Erased || a.Snapshots[0].SHA256 == "" {
		t.Errorf("%+v", a)
	}
	if report, err := s.desk.Verify(context.Background()); err != nil || !report.OK() {
		t.Errorf("%+v %v", report, err)
	}
}

func jsonInt(n int64) string {
	raw, _ := json.Marshal(n)
	return string(raw)
}

func TestOpenAPIDescribesEveryCall(t *testing.T) {
	s := newSite(t)
	var doc struct {
		OpenAPI    string
		Info       struct{ Version string }
		Servers    []struct{ URL string }
		Paths      map[string]map[string]json.RawMessage
		Components struct{ Schemas map[string]json.RawMessage }
	}
	if err := json.Unmarshal(s.get("/api/openapi.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Info.Version != "test" || doc.Servers[0].URL != baseURL {
		t.Errorf("%s %+v %+v", doc.OpenAPI, doc.Info, doc.Servers)
	}
	described := 0
	for _, methods := range doc.Paths {
		described += len(methods)
	}
	calls := 0
	for _, r := range s.server.index {
		if r.access.kind != accessAPI {
			continue
		}
		calls++
		op := doc.Paths[bracketed(r.path)][strings.ToLower(r.method)]
		if op == nil {
			t.Errorf("%s %s is not described", r.method, r.path)
			continue
		}
		bodiless := r.path == "/api/v1/events/:id/undo" || strings.HasSuffix(r.path, "/copy") || strings.HasPrefix(r.path, "/api/v1/jobs/") || strings.HasPrefix(r.path, "/api/v1/feeds/:id/") || strings.HasSuffix(r.path, "/refetch") || strings.HasSuffix(r.path, "/look") || strings.HasSuffix(r.path, "/suggest") || strings.HasSuffix(r.path, "/archive") || strings.HasSuffix(r.path, "/take") || strings.HasSuffix(r.path, "/leave") || strings.HasPrefix(r.path, "/api/v1/hooks/:id/") || strings.HasSuffix(r.path, "/resend")
		writes := !bodiless && r.method == http.MethodPost || r.method == http.MethodPut || r.method == http.MethodPatch
		if writes != strings.Contains(string(op), `"requestBody"`) || !strings.Contains(string(op), problemType) || !strings.Contains(string(op), `"x-act":"`+string(r.access.act)+`"`) {
			t.Errorf("%s %s: %s", r.method, r.path, op)
		}
	}
	if described != calls || calls == 0 {
		t.Errorf("%d calls, %d described", calls, described)
	}
	whole := s.get("/api/openapi.json").Body.String()
	for _, part := range strings.Split(whole, `"$ref":"`)[1:] {
		name, _, _ := strings.Cut(strings.TrimPrefix(part, "#/components/schemas/"), `"`)
		if doc.Components.Schemas[name] == nil {
			t.Errorf("%s is referred to and not there; there are %v", name, slices.Sorted(maps.Keys(doc.Components.Schemas)))
		}
	}
}

// bracketed writes :id as {id}.
func bracketed(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func TestTheSameKeyAtOnceActsOnce(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	c := s.newClaim(articleQuote)
	codes := make(chan int, 8)
	for range cap(codes) {
		go func() {
			codes <- ana.call(http.MethodPost, "/claims/"+c.ID+"/notes", map[string]any{"text": "Una vez."}, "Idempotency-Key", "k").Code
		}()
	}
	for range cap(codes) {
		if code := <-codes; code != http.StatusCreated && code != http.StatusTooManyRequests {
			t.Errorf("%d", code)
		}
	}
	thread := answer[list[noteJSON]](t, ana.call(http.MethodGet, "/claims/"+c.ID+"/notes", nil), http.StatusOK)
	if len(thread.Items) != 1 {
		t.Errorf("%d notes, want 1", len(thread.Items))
	}
}
