package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// sourceList lists sources under ?q=, ?kind= and ?protected=1.
func (s *Server) sourceList(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	shown := desk.SourceFilter{Query: cut(c.QueryParam("q"), maxQuery), Kind: c.QueryParam("kind"), Protected: c.QueryParam("protected") == "1"}
	rows, next, err := s.desk.Sources(c.Request().Context(), actorOf(c), claims.SourceFilter{
		Query: shown.Query, Kind: claims.SourceKind(shown.Kind), Protected: shown.Protected, Page: page,
	})
	if err != nil {
		return err
	}
	p := desk.SourcesPage{
		Frame: s.frame(c, "sources", wordsOf(c).T("sources.title")), Filter: shown, Rows: rows, MayAdd: s.may(c, claims.ActSourceEdit),
	}
	p.First, p.Next = turned(c, next)
	p.Scripts = []string{desk.PartialScript}
	return s.render(c, http.StatusOK, desk.Sources(p))
}

// sourceShow shows a source; one that was merged leads to the one that stands for
// it. The way is not kept by browsers, since a merge can be taken back.
func (s *Server) sourceShow(c echo.Context) error {
	return s.sourcePage(c, http.StatusOK, desk.SourcePage{})
}

func (s *Server) sourcePage(c echo.Context, status int, p desk.SourcePage) error {
	v, err := s.desk.Source(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	if into := v.Source.MergedInto; into != "" {
		return seeOther(c, "/sources/"+into)
	}
	w := wordsOf(c)
	reader := desk.EventReader{Words: w, People: v.People, Scales: v.Scales}
	p.Frame = s.frame(c, "sources", sourceTitle(c, v.Source))
	p.Source, p.Shown, p.Record, p.Latest = v.Source, v.Shown, v.Record, v.Latest
	p.History, p.People, p.Scales = reader.Rows(v.Events), v.People, v.Scales
	for _, e := range v.Exposed {
		p.Exposed = append(p.Exposed, desk.Exposure(e))
	}
	if p.At == "" {
		p.Readers = v.Source.Readers
	}
	may := func(act claims.Act) bool { return claims.MayOnSource(actorOf(c), act, v.Source, v.Settings) == nil }
	p.MayEdit, p.MayMerge = may(claims.ActSourceEdit), may(claims.ActSourceMerge)
	p.MayProtect, p.MayName = may(claims.ActSourceProtect), may(claims.ActSourceName) && v.Source.Protected
	if v.Undo != nil {
		p.Undo = reader.Rows([]claims.Event{*v.Undo})[0]
		p.Undo.Undo = v.Undo.ID
	}
	return s.render(c, status, desk.Source(p))
}

// sourceTitle is what the browser's tab says: of a protected source never its
// name, whoever reads it.
func sourceTitle(c echo.Context, src claims.Source) string {
	if src.Protected {
		return wordsOf(c).T("source.protected")
	}
	return src.Name
}

func (s *Server) sourceNew(c echo.Context) error {
	return s.sourceFormPage(c, http.StatusOK, desk.SourceFormPage{})
}

func (s *Server) sourceFormPage(c echo.Context, status int, p desk.SourceFormPage) error {
	title := wordsOf(c).T("sources.new")
	if p.ID != "" {
		title = wordsOf(c).T("sources.edit")
	}
	p.Frame = s.frame(c, "sources", title)
	return s.render(c, status, desk.SourceEdit(p))
}

func sourceForm(c echo.Context) desk.SourceForm {
	return desk.SourceForm{
		Name: c.FormValue("name"), Kind: c.FormValue("kind"), Aliases: c.FormValue("aliases"), Code: c.FormValue("code"),
		SameAs: c.FormValue("same_as"), Note: c.FormValue("note"), Protected: c.FormValue("protected") == "1",
	}
}

// lines reads a list that stands one a line: names may hold commas.
func lines(s string) []string {
	out := []string{}
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (s *Server) sourceCreate(c echo.Context) error {
	form := sourceForm(c)
	src, err := s.desk.AddSource(c.Request().Context(), actorOf(c), workflow.SourceInput{
		Name: form.Name, Kind: claims.SourceKind(form.Kind), Aliases: lines(form.Aliases), Code: form.Code, SameAs: lines(form.SameAs),
		Note: form.Note, Protected: form.Protected,
	})
	if err != nil {
		return s.sourceRefused(c, err, desk.SourceFormPage{Form: form})
	}
	s.flash(c, "sources.added")
	return seeOther(c, "/sources/"+src.ID)
}

// sourceRefused shows the form again as it was typed.
func (s *Server) sourceRefused(c echo.Context, err error, p desk.SourceFormPage) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindConflict, claims.KindStale:
	default:
		return err
	}
	s.logError(c, status, err)
	p.Problems, p.Conflict = views.ProblemsOf(wordsOf(c), err), e.Kind == claims.KindStale
	return s.sourceFormPage(c, status, p)
}

func (s *Server) sourceEdit(c echo.Context) error {
	p, err := s.sourceAsKept(c)
	if err != nil {
		return err
	}
	return s.sourceFormPage(c, http.StatusOK, p)
}

// sourceAsKept reads the source that the address names into its form, for who
// may change it.
func (s *Server) sourceAsKept(c echo.Context) (desk.SourceFormPage, error) {
	v, err := s.desk.Source(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return desk.SourceFormPage{}, err
	}
	src := v.Source
	form := desk.SourceForm{
		Name: src.Name, Kind: string(src.Kind), Aliases: strings.Join(src.Aliases, "\n"), Code: src.Code,
		SameAs: strings.Join(src.SameAs, "\n"), Note: src.Note,
	}
	return desk.SourceFormPage{ID: src.ID, Version: src.Version, Form: form, Stands: form, Guarded: src.Protected},
		claims.MayOnSource(actorOf(c), claims.ActSourceEdit, src, v.Settings)
}

func (s *Server) sourceUpdate(c echo.Context) error {
	form := sourceForm(c)
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	kind, aliases, same := claims.SourceKind(form.Kind), lines(form.Aliases), lines(form.SameAs)
	src, err := s.desk.EditSource(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.SourcePatch{
		Name: &form.Name, Kind: &kind, Aliases: &aliases, Code: &form.Code, SameAs: &same, Note: &form.Note,
	})
	if err != nil {
		p, readErr := s.sourceAsKept(c)
		if readErr != nil {
			return readErr
		}
		if claims.KindOf(err) != claims.KindStale {
			p.Version = seen
		}
		p.Form = form
		return s.sourceRefused(c, err, p)
	}
	s.flash(c, "sources.saved")
	return seeOther(c, "/sources/"+src.ID)
}

// sourceProtect says whether a source is protected, and who may see who it is.
func (s *Server) sourceProtect(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	readers := append([]string{}, c.Request().PostForm["readers"]...)
	patch := workflow.SourcePatch{Readers: &readers}
	done := "sources.protection_saved"
	switch c.FormValue("protect") {
	case "yes":
		protected := true
		patch.Protected, done = &protected, "sources.now_protected"
	case "no":
		protected := false
		patch.Protected, done = &protected, "sources.no_longer_protected"
	}
	src, err := s.desk.EditSource(c.Request().Context(), actorOf(c), c.Param("id"), seen, patch)
	if err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
			return err
		}
		s.logError(c, status, err)
		return s.sourcePage(c, status, desk.SourcePage{At: "protection", Readers: readers, Stale: e.Kind == claims.KindStale, Problems: views.ProblemsOf(wordsOf(c), err)})
	}
	s.flash(c, done)
	return seeOther(c, "/sources/"+src.ID)
}

// sourceMergeShow searches for the record that this one shall become part of
// (?q=), and shows what a merge would make of both (?into=).
func (s *Server) sourceMergeShow(c echo.Context) error {
	return s.sourceMergePage(c, http.StatusOK, c.QueryParam("into"), nil)
}

func (s *Server) sourceMergePage(c echo.Context, status int, into string, problems views.Problems) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.desk.Source(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	if err := claims.MayOnSource(actor, claims.ActSourceMerge, v.Source, v.Settings); err != nil {
		return err
	}
	if v.Source.MergedInto != "" {
		return seeOther(c, "/sources/"+v.Source.MergedInto)
	}
	p := desk.SourceMergePage{
		Frame: s.frame(c, "sources", wordsOf(c).T("sources.merge")), From: v.Source, FromRecord: v.Record, Problems: problems,
		Query: cut(c.QueryParam("q"), maxQuery),
	}
	if into != "" {
		target, err := s.desk.Source(ctx, actor, into)
		if err != nil {
			return err
		}
		p.Into, p.IntoRecord = &target.Source, target.Record
	} else if p.Found, err = s.mergeable(ctx, actor, v.Source, p.Query); err != nil {
		return err
	}
	return s.render(c, status, desk.SourceMerge(p))
}

// foundSources is how many records a search beside a form shows.
const foundSources = 20

// mergeable are the records that a source could become part of: by what was
// searched for, else by the words of its own name.
func (s *Server) mergeable(ctx context.Context, actor claims.Actor, from claims.Source, query string) ([]claims.SourceRow, error) {
	queries := []string{query}
	if query == "" {
		queries = append(strings.Fields(from.Name), from.Name)
	}
	var out []claims.SourceRow
	seen := map[string]bool{from.ID: true}
	for _, q := range queries {
		if len(q) < 3 && query == "" {
			continue
		}
		rows, _, err := s.desk.Sources(ctx, actor, claims.SourceFilter{Query: cut(q, maxQuery), Page: claims.Page{Limit: foundSources}})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if !seen[row.ID] && len(out) < foundSources {
				out, seen[row.ID] = append(out, row), true
			}
		}
	}
	return out, nil
}

func (s *Server) sourceMerge(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	into := c.FormValue("into")
	src, err := s.desk.MergeSource(c.Request().Context(), actorOf(c), c.Param("id"), seen, into)
	if err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale && e.Kind != claims.KindConflict {
			return err
		}
		s.logError(c, status, err)
		if e.Kind == claims.KindInvalid {
			into = ""
		}
		return s.sourceMergePage(c, status, into, views.ProblemsOf(wordsOf(c), err))
	}
	s.flash(c, "sources.merged")
	return seeOther(c, "/sources/"+src.ID)
}

// claimTie ties one link of a claim to a record, or makes one of it.
func (s *Server) claimTie(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	in := workflow.TieInput{Source: c.FormValue("source"), Protect: c.FormValue("protect") == "1"}
	in.Place.Role = c.FormValue("role")
	for name, to := range map[string]*int{"attribution": &in.Place.Attribution, "n": &in.Place.N} {
		if *to, err = strconv.Atoi(c.FormValue(name)); err != nil {
			return claims.Invalid(name, "number.malformed", cut(c.FormValue(name), maxShown))
		}
	}
	claim, err := s.desk.TieLink(c.Request().Context(), actorOf(c), c.Param("id"), seen, in)
	if err != nil {
		return s.claimRefused(c, err, "tie", func(*desk.ClaimForms) {})
	}
	return s.claimDone(c, claim, "#reading-h", "sources.tied")
}
