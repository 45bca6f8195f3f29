package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) articleList(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	query := cut(c.QueryParam("q"), maxQuery)
	rows, next, err := s.desk.Articles(c.Request().Context(), actorOf(c), claims.ArticleFilter{Query: query, Page: page})
	if err != nil {
		return err
	}
	p := desk.ArticlesPage{Frame: s.frame(c, "articles", wordsOf(c).T("articles.title")), Query: query, Rows: rows, MayAdd: s.may(c, claims.ActArticleAdd)}
	p.First, p.Next = turned(c, next)
	p.Scripts = []string{desk.PartialScript}
	return s.render(c, http.StatusOK, desk.Articles(p))
}

// may asks policy what the reader may do, to show what they can use.
func (s *Server) may(c echo.Context, act claims.Act) bool {
	return claims.May(actorOf(c), act, visitOf(c).settings) == nil
}

func (s *Server) articleNew(c echo.Context) error {
	if c.QueryParam("job") != "" {
		return s.intakeFetched(c)
	}
	return s.intakePage(c, http.StatusOK, desk.IntakePage{Form: desk.ArticleForm{URL: cut(c.QueryParam("url"), maxAddress), Note: cut(c.QueryParam("note"), maxNote)}})
}

func (s *Server) intakePage(c echo.Context, status int, p desk.IntakePage) error {
	p.Frame = s.frame(c, "articles", wordsOf(c).T("intake.title"))
	p.Width, p.MaxMB, p.CarriedMB = "middle", int(megabytes(ingest.MaxBytes)), int(megabytes(maxCarried))
	p.Scripts, p.Reader = []string{"js/intake.js"}, actorOf(c).ID
	var err error
	if p.People, err = s.desk.JobPeople(c.Request().Context(), actorOf(c)); err != nil {
		return err
	}
	return s.render(c, status, desk.Intake(p))
}

// articleForm reads what was typed about an article.
func articleForm(c echo.Context) desk.ArticleForm {
	return desk.ArticleForm{
		Text: c.FormValue("text"), HTML: c.FormValue("html"), Title: c.FormValue("title"), Outlet: c.FormValue("outlet"), Authors: c.FormValue("authors"),
		URL: c.FormValue("url"), CanonicalURL: c.FormValue("canonical_url"), Published: c.FormValue("published"),
		Language: c.FormValue("language"), Duplicate: c.FormValue("duplicate") == "accept", CopyOf: copyChosen(c), Note: cut(c.FormValue("note"), maxNote),
		Restricted: c.FormValue("restrict") == "yes", Readers: c.Request().PostForm["readers"],
	}
}

// copyChosen is the article that one shall be taken in as a copy of.
func copyChosen(c echo.Context) string {
	if c.FormValue("duplicate") != "copy" {
		return ""
	}
	return c.FormValue("copy_of")
}

func (s *Server) articleCreate(c echo.Context) error {
	form := articleForm(c)
	input, err := intakeOf(c, form)
	if err != nil {
		return err
	}
	if wantsFetch(c, form, input) {
		return s.intakeFetch(c, input, form)
	}
	if c.FormValue("look") != "" {
		return s.intakeLook(c, input, form)
	}
	intake := workflow.Intake{Input: input, AcceptDuplicate: form.Duplicate, CopyOf: form.CopyOf, Audience: audienceOf(c, form), Looked: c.FormValue("looked") == lookedAt(input)}
	if input.Filename == "" && strings.TrimSpace(form.Text) == "" {
		intake.Job = c.FormValue("job")
	}
	taken, err := s.desk.TakeIn(c.Request().Context(), actorOf(c), intake)
	if err != nil {
		return s.intakeRefused(c, err, input, form)
	}
	if taken.Shared > 0 {
		s.flash(c, "family.taken_in", wordsOf(c).N("article.claims", taken.Claims), strconv.Itoa(taken.Shared))
	} else {
		s.flash(c, "intake.done", wordsOf(c).N("article.claims", taken.Claims))
	}
	return seeOther(c, articleWith(taken.Article.ID, form.Note))
}

// maxAddress is how much of an address comes along, in code points.
const maxAddress = 2000

// articleWith leads to an article, with words that somebody may want to add as a claim.
func articleWith(id, note string) string {
	if note = strings.TrimSpace(note); note != "" {
		return "/articles/" + id + "?quote=" + url.QueryEscape(note) + "#add"
	}
	return "/articles/" + id
}

// audienceOf is who may see what a form takes in: whoever takes it in always.
func audienceOf(c echo.Context, form desk.ArticleForm) workflow.Audience {
	if !form.Restricted {
		return workflow.Audience{}
	}
	return workflow.Audience{Restricted: true, Readers: append([]string{actorOf(c).ID}, form.Readers...)}
}

// intakeOf takes the uploaded file, or what was pasted where there is none.
func intakeOf(c echo.Context, form desk.ArticleForm) (ingest.Input, error) {
	in := ingest.Input{Hint: ingest.Hint{
		Title: form.Title, Outlet: form.Outlet, URL: form.URL, Language: form.Language, Published: form.Published,
		Authors: splitList(form.Authors),
	}}
	file, err := c.FormFile("file")
	switch {
	case err == nil && file.Size > 0:
		in.Filename, in.ContentType = file.Filename, file.Header.Get("Content-Type")
		in.Raw, err = readUpload(file)
		return in, err
	case err != nil && !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return in, err
	}
	if data := c.FormValue("carried"); data != "" {
		in.Filename, in.ContentType = c.FormValue("carried_name"), c.FormValue("carried_type")
		in.Raw, err = base64.StdEncoding.DecodeString(data)
		if err != nil {
			return in, claims.Invalid("file", "file.lost")
		}
		return in, nil
	}
	in.Raw, in.ContentType = []byte(form.Text), "text/plain; charset=utf-8"
	if strings.TrimSpace(form.HTML) != "" && strings.TrimSpace(form.Text) != "" {
		in.Raw, in.ContentType = []byte(form.HTML), "text/html; charset=utf-8"
	}
	return in, nil
}

// maxCarried is the largest file that travels through the form, so that it need not be
// chosen again; maxSample how much of a text a look shows, in code points.
const (
	maxCarried = 4 << 20
	maxSample  = 1500
)

// carried is a file on its way through the form; nil for pasted text and for a file that
// is too large.
func carried(in ingest.Input) *desk.CarriedFile {
	if in.Filename == "" || len(in.Raw) > maxCarried {
		return nil
	}
	return &desk.CarriedFile{Name: in.Filename, Type: in.ContentType, Data: base64.StdEncoding.EncodeToString(in.Raw)}
}

// intakeLook shows what was read, and from where, in a form to correct it.
func (s *Server) intakeLook(c echo.Context, in ingest.Input, form desk.ArticleForm) error {
	page, err := s.desk.LookAt(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return s.intakeRefused(c, err, in, form)
	}
	found := claims.Article{Title: page.Title, Outlet: page.Outlet, Authors: page.Authors, URL: page.URL, CanonicalURL: page.CanonicalURL, Published: page.Published, Language: page.Language}
	p := desk.IntakePage{
		Form: form, Carried: carried(in), Looked: lookedAt(in), Sample: cut(page.Text, maxSample), Barrier: page.Barrier, Files: page.Attachments,
		Found: desk.FoundIn(wordsOf(c), found, claims.SnapshotMeta{Origins: page.Origins, Modified: page.Modified, Image: page.Image}),
	}
	p.Form.Title, p.Form.Outlet, p.Form.Authors, p.Form.URL, p.Form.Language = page.Title, page.Outlet, strings.Join(page.Authors, "; "), page.URL, page.Language
	if page.Published != nil {
		p.Form.Published = string(*page.Published)
	}
	return s.intakePage(c, http.StatusOK, p)
}

// lookedAt names what a look was at, so that what is sent later is known to be the same.
func lookedAt(in ingest.Input) string {
	sum := sha256.Sum256(in.Raw)
	return hex.EncodeToString(sum[:])
}

func readUpload(file *multipart.FileHeader) ([]byte, error) {
	f, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, ingest.MaxBytes+1))
}

// splitList reads names separated by commas, semicolons or lines.
func splitList(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// intakeRefused shows the form again with what was typed; of a duplicate it
// names the article and offers to take it in anyway.
func (s *Server) intakeRefused(c echo.Context, err error, in ingest.Input, form desk.ArticleForm) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindConflict, claims.KindTooLarge, claims.KindUnsupported:
	default:
		return err
	}
	s.logError(c, status, err)
	p := desk.IntakePage{Form: form, Problems: views.ProblemsOf(wordsOf(c), err), Job: c.FormValue("job"), Looked: cut(c.FormValue("looked"), maxShown)}
	if len(e.Fields) > 0 || e.Key == "article.duplicate" {
		p.Carried = carried(in) // the file is not what is wrong
	}
	if e.Key == "article.duplicate" {
		if p.Duplicate, err = s.duplicate(c, e); err != nil {
			return err
		}
		p.Problems = nil
	}
	return s.intakePage(c, status, p)
}

func (s *Server) articleShow(c echo.Context) error {
	quote := cut(c.QueryParam("quote"), maxNote)
	return s.articlePage(c, http.StatusOK, desk.AddClaim{Quote: quote, Open: quote != ""}, desk.CoverPanel{})
}

// articlePage shows text and claims side by side, with the forms that add a claim and
// skip a sentence as typed.
func (s *Server) articlePage(c echo.Context, status int, add desk.AddClaim, cover desk.CoverPanel) error {
	ctx, actor, w := c.Request().Context(), actorOf(c), wordsOf(c)
	live, err := s.liveOn(c, desk.Live{Page: "/articles/" + c.Param("id"), Watch: "article", Subject: c.Param("id")}, claims.EventFilter{Article: c.Param("id")})
	if err != nil {
		return err
	}
	v, err := s.desk.Article(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	scales, err := s.desk.Scales(ctx)
	if err != nil {
		return err
	}
	watch, err := s.desk.WatchOf(ctx, actor, v.Article.ID)
	if err != nil {
		return err
	}
	p := desk.ArticlePage{
		Watch: s.watchState(c, watch), Versions: len(v.Snapshots), Behind: behind(v),
		Frame: s.frame(c, "articles", v.Article.Title), Article: v.Article, Snapshot: v.Snapshot, Scales: scales, Add: add, People: v.People,
		Rights: desk.ArticleRights{
			Add: s.may(c, claims.ActClaimSuggest), Suggests: !s.may(c, claims.ActClaimOpen), Open: s.may(c, claims.ActClaimOpen),
			Edit: s.may(c, claims.ActClaimEdit), Dismiss: s.may(c, claims.ActClaimDismiss), Take: s.may(c, claims.ActClaimTake),
			Refetch: v.Article.URL != "" && s.may(c, claims.ActArticleAdd), AskModel: !v.Article.Restricted && s.desk.AsksModels() && s.may(c, claims.ActArticleAdd),
			EditArticle: s.may(c, claims.ActArticleEdit), Restrict: s.may(c, claims.ActArticleRestrict), Erase: s.may(c, claims.ActErase), Export: s.may(c, claims.ActExport),
		},
	}
	if p.Private = v.Article.Restricted; p.Title == "" {
		p.Title = w.T("article.untitled", v.Article.ID)
	}
	p.Scripts, p.Head = []string{"js/article.js", "js/cover.js", "js/beside.js"}, views.StyleSheet("css/beside.css")
	if status == http.StatusOK && !add.Open {
		p.Live, p.Scripts = live, append([]string{liveScript}, p.Scripts...)
	}
	p.Cover = s.coverPanel(c, v, cover)
	rows := onSnapshot(v.Claims, v.Snapshot.N)
	family, here := familyOf(v, len(rows))
	p.Family, p.Family.MayEdit = family, p.Rights.EditArticle
	if p.Archive, err = s.archiveNote(c, v); err != nil {
		return err
	}
	p.Paragraphs = desk.WithSentences(desk.Structured(desk.Paragraphs(v.Snapshot.Text, append(slices.Clone(rows), here...)), v.Snapshot.Meta), v.Coverage, p.Cover.At)
	p.Cards, p.Left = cardsOf(rows)
	p.FigureDoubts = len(workflow.FigureDoubts(rows))
	for i, card := range p.Cards {
		if len(card.Fragments) > 0 {
			p.Cards[i].Locator = v.Snapshot.Meta.Locator(card.Fragments[0].Span)
		}
	}
	if err := s.leaveOutSeen(c, &p); err != nil {
		return err
	}
	return s.render(c, status, desk.Article(p))
}

// behind gives the claims that do not stand in the newest snapshot and were not set aside.
func behind(v workflow.ArticleView) (out []claims.ClaimRow) {
	for _, r := range v.Claims {
		if r.Snapshot < v.Snapshot.N && r.State != claims.StateDismissed && r.State != claims.StateWithdrawn {
			out = append(out, r)
		}
	}
	return out
}

// onSnapshot keeps the claims whose words stand in the snapshot shown; the
// others come after them, for nothing vanishes.
func onSnapshot(rows []claims.ClaimRow, n int) []claims.ClaimRow {
	var here, elsewhere []claims.ClaimRow
	for _, r := range rows {
		if r.Snapshot == n {
			here = append(here, r)
			continue
		}
		r.Fragments = nil
		elsewhere = append(elsewhere, r)
	}
	return append(here, elsewhere...)
}

// cardsOf numbers the claims; acting on a suggestion leads to the next one.
func cardsOf(rows []claims.ClaimRow) (cards []desk.ClaimCard, left int) {
	cards = make([]desk.ClaimCard, len(rows))
	next := ""
	for i := len(rows) - 1; i >= 0; i-- {
		cards[i] = desk.ClaimCard{ClaimRow: rows[i], N: i + 1}
		if rows[i].State == claims.StateSuggested {
			cards[i].Next = next
			left++
			next = rows[i].ID
		}
	}
	return cards, left
}

func (s *Server) claimAdd(c echo.Context) error {
	in, err := newClaimOf(c)
	if err != nil {
		return s.addRefused(c, err)
	}
	claim, err := s.desk.AddClaim(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return s.addRefused(c, err)
	}
	s.flash(c, "article.added", claims.ShowID(claim.ID))
	return seeOther(c, "/articles/"+claim.Article+"#k-"+claim.ID)
}

// newClaimOf reads the form that adds a claim: the script sends code points
// with the quote, a plain form the quote alone, and the place where there are
// several.
func newClaimOf(c echo.Context) (workflow.NewClaim, error) {
	in := workflow.NewClaim{Article: c.Param("id"), Quote: c.FormValue("quote")}
	var err error
	if in.Snapshot, err = optionalInt(c, "snapshot"); err != nil {
		return in, err
	}
	if c.FormValue("place") != "" {
		start, err := optionalInt(c, "place")
		in.Start = &start
		return in, err
	}
	if c.FormValue("start") == "" || c.FormValue("end") == "" {
		return in, nil
	}
	var span claims.Span
	if span.Start, err = optionalInt(c, "start"); err != nil {
		return in, err
	}
	span.End, err = optionalInt(c, "end")
	in.Fragments = []claims.Fragment{{Span: span, Text: strings.ReplaceAll(in.Quote, "\r\n", "\n")}}
	return in, err
}

func optionalInt(c echo.Context, field string) (int, error) {
	s := c.FormValue(field)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, claims.Invalid(field, "number.malformed", cut(s, maxShown))
	}
	return n, nil
}

// addRefused shows the article again with the quote as typed, and asks which of
// several places is meant.
func (s *Server) addRefused(c echo.Context, err error) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid {
		return err
	}
	s.logError(c, status, err)
	add := desk.AddClaim{Quote: c.FormValue("quote"), Open: true, Problems: views.ProblemsOf(wordsOf(c), err)}
	if e.Key == "claim.quote_ambiguous" {
		add.Places = placesOf(e)
	}
	return s.articlePage(c, status, add, desk.CoverPanel{})
}

// placesOf gives the places of an ambiguous quote.
func placesOf(e *claims.Error) (out []desk.QuotePlace) {
	for _, arg := range e.Args {
		if place, ok := arg.(workflow.Place); ok {
			out = append(out, desk.QuotePlace{Start: place.Start, Before: place.Before, After: place.After})
		}
	}
	return out
}

func (s *Server) articleEdit(c echo.Context) error {
	v, err := s.desk.Article(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	a := v.Article
	return s.articleEditPage(c, http.StatusOK, desk.ArticleEditPage{ID: a.ID, Version: a.Version, Form: articleAsKept(a), CopyOf: a.CopyOf})
}

func articleAsKept(a claims.Article) desk.ArticleForm {
	form := desk.ArticleForm{
		Title: a.Title, Outlet: a.Outlet, Authors: strings.Join(a.Authors, ", "), URL: a.URL, CanonicalURL: a.CanonicalURL, Language: a.Language,
	}
	if a.Published != nil {
		form.Published = string(*a.Published)
	}
	return form
}

func (s *Server) articleEditPage(c echo.Context, status int, p desk.ArticleEditPage) error {
	p.Frame = s.frame(c, "articles", wordsOf(c).T("article.edit"))
	p.Width = "middle"
	return s.render(c, status, desk.ArticleEdit(p))
}

func (s *Server) articleUpdate(c echo.Context) error {
	form := articleForm(c)
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	authors := splitList(form.Authors)
	patch := workflow.ArticlePatch{
		Title: &form.Title, Outlet: &form.Outlet, URL: &form.URL, CanonicalURL: &form.CanonicalURL, Language: &form.Language,
		Published: &form.Published, Authors: &authors,
	}
	a, err := s.desk.EditArticle(c.Request().Context(), actorOf(c), c.Param("id"), seen, patch)
	if err != nil {
		return s.articleUpdateRefused(c, err, seen, form)
	}
	s.flash(c, "article.saved")
	return seeOther(c, "/articles/"+url.PathEscape(a.ID))
}

// articleUpdateRefused keeps what was typed; after somebody else's change the
// same form, sent again, is laid over theirs knowingly.
func (s *Server) articleUpdateRefused(c echo.Context, err error, seen int64, form desk.ArticleForm) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
		return err
	}
	s.logError(c, status, err)
	p := desk.ArticleEditPage{ID: c.Param("id"), Version: seen, Form: form, Problems: views.ProblemsOf(wordsOf(c), err)}
	if e.Kind == claims.KindStale {
		v, err := s.desk.Article(c.Request().Context(), actorOf(c), c.Param("id"))
		if err != nil {
			return err
		}
		stands := articleAsKept(v.Article)
		p.Version, p.Stands = v.Article.Version, &stands
	}
	return s.articleEditPage(c, status, p)
}

// versionOf reads the version that the form was made from.
func versionOf(c echo.Context) (int64, error) {
	n, err := strconv.ParseInt(c.FormValue("version"), 10, 64)
	if err != nil {
		return 0, claims.Invalid("version", "version.missing")
	}
	return n, nil
}

func (s *Server) articleErase(c echo.Context) error {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil {
		return claims.NotFound("snapshot", cut(c.Param("n"), maxShown))
	}
	if err := s.desk.EraseSnapshot(c.Request().Context(), actorOf(c), c.Param("id"), n, c.FormValue("reason")); err != nil {
		return err
	}
	s.flash(c, "article.erase_done")
	return seeOther(c, "/articles/"+url.PathEscape(c.Param("id")))
}
