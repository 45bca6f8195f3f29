package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
	"cotejo/web/htmlcheck"
)

// Every page of the desk keeps the same rules, for each role that sees it and
// in each language.
func TestEveryPageKeepsTheRules(t *testing.T) {
	s := newSite(t)
	open := s.newClaim("La Junta anunció ayudas")
	published := s.published(s.newClaim(articleQuote), "half_true", "")
	check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Title: "Prueba", Body: "[[" + published.ID + "]]", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	source, err := s.desk.AddSource(t.Context(), s.actor(claims.RoleEditor), workflow.SourceInput{Name: "La Junta", Aliases: []string{"Junta de Castilla"}})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := s.desk.AddSource(t.Context(), s.actor(claims.RoleEditor), workflow.SourceInput{Name: "Junta secreta", Protected: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.desk.EditClaim(t.Context(), s.actor(claims.RoleChecker), open.ID, open.Version, workflow.ClaimPatch{Attributions: &[]claims.Attribution{{
		Mode: claims.ModeIndirect, Sources: []claims.Link{{Source: source.ID, Name: "La Junta"}, {Name: "junta de castilla"}},
	}}}); err != nil {
		t.Fatal(err)
	}
	kept, err := s.desk.AddDocument(t.Context(), s.actor(claims.RoleChecker), open.ID, s.kept(open.ID).Version, workflow.EvidenceInput{
		Evidence: claims.Evidence{URL: "https://data.test/padron", Title: "Padrón"}, Upload: &workflow.Upload{Name: "foto.png", Data: []byte(tinyPNG)}})
	if err == nil {
		kept, err = s.desk.KeepCopy(t.Context(), s.actor(claims.RoleChecker), open.ID, kept.ID, s.kept(open.ID).Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	find := "/claims/" + open.ID + "/evidence/new"
	paths := map[claims.Role][]string{
		claims.RoleContributor: {"/", "/articles", "/articles/" + s.article.ID, "/claims", "/claims/" + open.ID, "/claims/" + published.ID, "/desk/checks", "/history", "/stats", "/stats?period=all", "/figures", "/figures?q=nada+de+nada", "/figures?doubt=1&about=" + open.ID, "/help", "/inbox", "/account", "/account/second-factor", "/help/first-steps", "/help/triage"},
		claims.RoleChecker:     {"/queue", "/styleguide", "/search", "/search?q=agua", "/search?q=agua&noun=claim", "/search?q=nada+de+nada", "/articles/new", "/articles/" + s.article.ID, "/articles/" + s.article.ID + "/print", "/articles/" + s.article.ID + "/edit", "/articles/" + s.article.ID + "?at=0", "/articles/" + s.article.ID + "?at=170", "/claims/" + open.ID, find, find + "?q=padron", find + "?q=padron&from=" + kept.ID},
		claims.RoleEditor:      {"/checks/new", "/checks/" + check.Slug + "/edit", "/checks/" + check.Slug + "/preview", "/claims/" + published.ID, "/claims?order=worth", "/articles/" + s.article.ID + "/readers"},
		claims.RoleAdmin:       {"/people", "/settings", "/settings/scale", "/history", "/articles/" + s.article.ID, "/claims/" + open.ID},
	}
	copied, erased := s.copyOfArticle(), s.erasedArticle()
	paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/articles/"+copied, "/articles/"+copied+"/print", "/articles/"+copied+"/edit", "/articles/"+erased, "/articles/"+erased+"/print")
	paths[claims.RoleAdmin] = append(paths[claims.RoleAdmin], "/articles/"+copied+"/erase", "/articles/"+s.article.ID+"/erase", "/articles/"+erased)
	jobs, feeds := s.jobsOfEveryState(), s.feedsOfEveryState()
	for _, id := range feeds {
		paths[claims.RoleContributor] = append(paths[claims.RoleContributor], "/feeds/"+id)
		paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/feeds/"+id, "/feeds/"+id+"/edit")
	}
	paths[claims.RoleContributor] = append(paths[claims.RoleContributor], "/feeds")
	paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/feeds", "/feeds/new", "/import", "/import?kind=changes", "/import/"+s.importedJob(), "/articles/bookmarklet", "/articles/new?url=https://faro.test/&note=x")
	paths[claims.RoleContributor] = append(paths[claims.RoleContributor], "/jobs", "/jobs?open=1&article=X", "/jobs/"+jobs[0])
	for _, id := range jobs {
		paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/jobs/"+id)
	}
	paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/jobs", "/articles/new?job="+jobs[0], "/articles/new?job="+jobs[1], "/articles/new?job="+jobs[3])
	paths[claims.RoleContributor] = append(paths[claims.RoleContributor], "/sources", "/sources/"+secret.ID)
	changes := s.pagesOfChanges()
	paths[claims.RoleContributor] = append(paths[claims.RoleContributor], changes...)
	paths[claims.RoleEditor] = append(paths[claims.RoleEditor], changes...)
	paths[claims.RoleEditor] = append(paths[claims.RoleEditor], "/sources/new", "/sources/"+source.ID, "/sources/"+secret.ID, "/sources/"+source.ID+"/edit",
		"/sources/"+source.ID+"/merge", "/sources/"+source.ID+"/merge?into="+source.ID, "/sources?protected=1", "/claims?source="+source.ID, "/claims/"+open.ID)
	for _, id := range s.hooksOfEveryState() {
		paths[claims.RoleAdmin] = append(paths[claims.RoleAdmin], "/settings/webhooks/"+id)
	}
	paths[claims.RoleAdmin] = append(paths[claims.RoleAdmin], "/settings/webhooks")
	paths[claims.RoleAdmin] = append(paths[claims.RoleAdmin], "/settings/methodology", "/settings/methodology?language=es")
	reports := s.reportsOfEveryState(published.ID)
	paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/reports", "/reports?show=answered", "/reports?show=all&claim="+published.ID, "/reports?claim="+open.ID)
	for _, id := range reports {
		paths[claims.RoleChecker] = append(paths[claims.RoleChecker], "/reports/"+id)
		paths[claims.RoleAdmin] = append(paths[claims.RoleAdmin], "/reports/"+id)
	}
	for role, list := range paths {
		b := s.signIn(role)
		for _, lang := range i18n.Langs() {
			ledTo(t, b.post("/account/language", url.Values{"language": {lang}}))
			page200(t, b.open("/account")) // takes the message of the change
			for _, path := range list {
				t.Run(lang+" "+string(role)+" "+path, func(t *testing.T) {
					w := b.open(path)
					keepsTheRules(t, page200(t, w), w.Body.String(), lang)
				})
			}
		}
	}
}

var (
	rawKey = regexp.MustCompile(`>\s*(act|account|ago|agreement|anchor|changes|warn|watch|articles?|basis|bound|bulk|chain|checks?|check_state|claims?|contact|copy|cover|coverage|duplicate|feeds?|feed_act|feed_fate|feed_state|import|imports|bookmarklet|signoff|skip|desk|fetch|file|means|queue|dismiss|effect|error|event|evidence|external|link_state|filter|figure|` +
		`figures|form|grade|help|history|inbox|intake|jobs?|job_kind|job_state|job_step|keys|kind|language|mail|mode|moved?|nav|notice|opinion|order|origin|pager|people|person|priority|public|reports?|report_act|report_outcome|hooks?|hook_act|hook_state|hook_kind|delivery_state|reports_none|reason|reason_for|restrict|role|` +
		`scale|scale_about|scale_color|scale_shape|methodology|meaning|scope|search|session|settings|sources?|source_kind|chain_add|origins|stance|stats|style|sheet|beside|states?|table|table_fate|export|time|value|verdict|worth)\.[a-z_.]+\s*<`)
	handler = regexp.MustCompile(`\son[a-z]+="`)
)

func keepsTheRules(t *testing.T, page *htmlcheck.Page, body, lang string) {
	t.Helper()
	if page.Attr("html", "lang") != lang {
		t.Errorf("lang is %q", page.Attr("html", "lang"))
	}
	for selector, want := range map[string]int{
		"h1": 1, "main#main": 1, `a.skip[href="#main"]`: 1, "body > header": 1, "body > footer": 1, "nav[aria-label]": page.Count("nav"), "head > title": 1,
		"script:not([src])": 0, "style": 0, "[style]": 0, "img:not([alt])": 0, "svg:not([aria-hidden]):not([role=img][aria-labelledby])": 0, "svg[role=img] > title[id]": page.Count("svg[role=img]"), "svg[role=img] > desc[id]": page.Count("svg[role=img]"), "a[href='']": 0, `a[href^="javascript:"]:not(#bookmarklet)`: 0,
		"button:not([type])": 0, "table > caption": page.Count("table"), ".scroll > table": page.Count("table"), "tr > th[scope]": page.Count("th"), "tbody tr > th[scope=row]": page.Count("tbody tr"),
	} {
		if got := page.Count(selector); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}
	if m := handler.FindString(body); m != "" {
		t.Errorf("an inline handler: %s", m)
	}
	if m := rawKey.FindString(body); m != "" {
		t.Errorf("a key without words: %s", m)
	}
	labelled(t, page)
	ordered(t, page)
	ids := page.Attrs("[id]", "id")
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			t.Errorf("the id %q stands twice", id)
		}
	}
	for _, list := range []string{"aria-labelledby", "aria-describedby", "for"} {
		for _, names := range page.Attrs("["+list+"]", list) {
			for _, name := range strings.Fields(names) {
				if !slices.Contains(ids, name) {
					t.Errorf("%s names %q, which is not there", list, name)
				}
			}
		}
	}
}

// labelled demands a label for every field that people fill.
func labelled(t *testing.T, page *htmlcheck.Page) {
	t.Helper()
	named := page.Attrs("label[for]", "for")
	for _, id := range page.Attrs(`select[id], textarea[id], input[id]:not([type="hidden"])`, "id") {
		if !slices.Contains(named, id) {
			t.Errorf("the field %q has no label", id)
		}
	}
	if n := page.Count(`select:not([id]), textarea:not([id])`); n > 0 {
		t.Errorf("%d fields that no label can name", n)
	}
	all := page.Count(`input[type="radio"], input[type="checkbox"]`)
	if within := page.Count(`label input[type="radio"], label input[type="checkbox"]`); within != all {
		t.Errorf("%d of %d choices stand in a label", within, all)
	}
}

// ordered demands that headings go down one level at a time.
func ordered(t *testing.T, page *htmlcheck.Page) {
	t.Helper()
	last := 0
	for _, tag := range page.Tags("h1, h2, h3, h4") {
		level := int(tag[1] - '0')
		if level > last+1 {
			t.Errorf("%s follows h%d", tag, last)
		}
		last = level
	}
}
