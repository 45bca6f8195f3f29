package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) claimList(c echo.Context) error {
	return s.claimListPage(c, http.StatusOK, c.QueryParams(), desk.FilterForm{})
}

// claimListPage is the list under the filter q, with the form that keeps it.
func (s *Server) claimListPage(c echo.Context, status int, q url.Values, form desk.FilterForm) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	f, err := s.filterFor(ctx, q, actor)
	if err != nil {
		return err
	}
	rows, next, err := s.desk.Claims(ctx, actor, f)
	if err != nil {
		return err
	}
	everywhere := f
	everywhere.States = nil
	counts, err := s.desk.CountClaims(ctx, actor, everywhere)
	if err != nil {
		return err
	}
	scales, err := s.desk.Scales(ctx)
	if err != nil {
		return err
	}
	people, err := s.names(c)
	if err != nil {
		return err
	}
	p := desk.ClaimsPage{
		Frame: s.frame(c, "claims", wordsOf(c).T("claims.title")), Filter: shownFilter(q), Counts: counts,
		Rows: rows, Scales: scales, People: people, Here: c.Request().URL.RequestURI(), Keep: form, Bulk: s.bulkActs(c),
		Query: withoutPage(q).Encode(), Share: s.may(c, claims.ActFilterShare), Export: s.may(c, claims.ActExport),
	}
	if p.Source, err = s.sourceFiltered(c, f.Source); err != nil {
		return err
	}
	if p.Saved, err = s.desk.SavedFilters(ctx, actor); err != nil {
		return err
	}
	p.First, p.Next = turned(c, next)
	p.Scripts = []string{desk.PartialScript}
	return s.render(c, status, desk.Claims(p))
}

// sourceFiltered is the record that a filter names by its id; nil for words.
func (s *Server) sourceFiltered(c echo.Context, id string) (*claims.Source, error) {
	if plain, ok := claims.PlainID(id); !ok || len(plain) != claims.IDLen {
		return nil, nil
	}
	v, err := s.desk.Source(c.Request().Context(), actorOf(c), id)
	if claims.KindOf(err) == claims.KindNotFound {
		return nil, nil
	}
	return &v.Source, err
}

func shownFilter(q url.Values) desk.ClaimFilter {
	return desk.ClaimFilter{
		State: strings.Join(q["state"], ","), Article: q.Get("article"), Source: q.Get("source"), Verdict: q.Get("verdict"),
		Assignee: q.Get("assignee"), Query: q.Get("q"), Language: q.Get("language"), Tag: q.Get("tag"), Order: q.Get("order"),
		From: q.Get("from"), To: q.Get("to"), Worth: q.Get("worth"), Evidence: q.Get("evidence"), Changed: q.Get("changed"), Orphan: q.Get("orphan"),
		Pending: q.Get("pending"), Waiting: q.Get("waiting"), Needs: q.Get("needs"),
	}
}

func withoutPage(q url.Values) url.Values {
	out := url.Values{}
	for key, values := range q {
		if key != "cursor" && key != "limit" && values[0] != "" {
			out[key] = values
		}
	}
	return out
}

// claimShow shows a claim; an id in another notation leads to the plain one.
func (s *Server) claimShow(c echo.Context) error {
	if plain, ok := claims.PlainID(c.Param("id")); ok && plain != c.Param("id") {
		return c.Redirect(http.StatusPermanentRedirect, "/claims/"+plain)
	}
	return s.claimPage(c, http.StatusOK, nil)
}

// claimPage shows a claim; fill lays over its forms what a refused request had
// typed.
func (s *Server) claimPage(c echo.Context, status int, fill func(*desk.ClaimForms)) error {
	v, err := s.desk.Claim(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	if c.FormValue("back") == "/queue" {
		waiting, err := s.desk.Queue(c.Request().Context(), actorOf(c), v.Row.ID)
		if err != nil {
			return err
		}
		return s.queuePage(c, status, workflow.QueueView{Claim: v, Found: true, Left: waiting.Left}, fill)
	}
	p := s.claimView(c, v)
	p.Frame = s.frame(c, "claims", claims.ShowID(v.Row.ID))
	p.Private = v.Restricted
	if fill == nil {
		p.Live = liveClaim(c, v, p, "/claims/"+v.Row.ID)
		p.Frame.Scripts = append(p.Frame.Scripts, liveScript)
	} else {
		fill(&p.Forms)
	}
	if err := s.addPrecedents(c, &p); err != nil {
		return err
	}
	if v.Row.State == claims.StateApproved || v.Row.State == claims.StateReturned || v.Row.State == claims.StateInCheck {
		if p.Schedule, err = s.scheduleShown(c, claims.ScheduleOfClaim, v.Row.ID); err != nil {
			return err
		}
		p.Zone = v.Settings.TimeZone
	}
	if p.Rights.Edit {
		if err := s.chainRecords(c, p.Forms.Attributions); err != nil {
			return err
		}
	}
	return s.render(c, status, desk.Claim(p))
}

// claimView is a claim as pages show it, but for the frame.
func (s *Server) claimView(c echo.Context, v workflow.ClaimView) desk.ClaimPage {
	w := wordsOf(c)
	reader := desk.EventReader{Words: w, People: v.People, Scales: v.Scales}
	p := desk.ClaimPage{
		Row: v.Row, Restricted: v.Restricted, Erased: v.Erased, Appearances: v.Appearances, Archives: v.Archives,
		MayArchive: s.desk.Archives() && !v.Restricted && claims.May(actorOf(c), claims.ActArchive, v.Settings) == nil, Contacts: v.Contacts, External: v.External, Now: s.clock.Now(), Around: desk.Around(v.Snapshot.Text, v.Row),
		Evidence: v.Evidence, Shared: v.Shared, MaxFile: int(v.Settings.FileBytes() >> 20), Notes: v.Notes, Reviews: v.Reviews, Publications: v.Publications, Checks: v.Checks,
		History: reader.Rows(v.Events), People: v.People, Scales: v.Scales, Forms: desk.FormsOf(v.Row.Claim), Stands: desk.FormsOf(v.Row.Claim),
		Rights: claimRights(c, v), Behind: v.Newest > v.Row.Snapshot,
	}
	if len(v.Row.Fragments) > 0 {
		p.Locator = v.Snapshot.Meta.Locator(v.Row.Fragments[0].Span)
	}
	if v.Undo != nil {
		p.Undo = reader.Rows([]claims.Event{*v.Undo})[0]
		p.Undo.Undo = v.Undo.ID
	}
	for _, m := range v.Moves {
		choice := desk.MoveChoice{Move: m.Move}
		if m.Refused != nil {
			e, _ := refusal(m.Refused)
			choice.Refused = w.Refusal(e)
		}
		p.Moves = append(p.Moves, choice)
	}
	p.Sources, p.Offers, p.Origins = v.Sources, tieOffers(v.Offers), v.Origins
	p.Reports, p.MayReport = v.Reports, v.Row.PublishedVersion > 0 && claims.May(actorOf(c), claims.ActReport, v.Settings) == nil
	p.House, p.Opinions = houseRules(c, v), v.Opinions
	return p
}

// claimRights says what the reader may change on a claim as it stands.
func claimRights(c echo.Context, v workflow.ClaimView) desk.ClaimRights {
	actor, claim, w := actorOf(c), v.Row.Claim, wordsOf(c)
	may := func(act claims.Act) bool { return claims.MayOnClaim(actor, act, claim, v.Settings) == nil }
	editable := claim.State.Editable()
	r := desk.ClaimRights{
		Edit: editable && may(claims.ActClaimEdit), Judge: editable && may(claims.ActClaimJudge), Evidence: editable && may(claims.ActEvidenceAdd),
		Note: may(claims.ActNoteAdd), Triage: may(claims.ActClaimTriage), Assign: may(claims.ActClaimAssign), Contact: may(claims.ActContact),
		Erase: may(claims.ActErase), External: may(claims.ActExternal) && !v.Erased,
	}
	switch {
	case !editable:
		r.Why = w.T("claim.frozen", w.T("state."+string(claim.State)))
	case !r.Judge:
		e, _ := refusal(claims.MayOnClaim(actor, claims.ActClaimJudge, claim, v.Settings))
		r.Why = w.Refusal(e)
	}
	return r
}

// tieOffers turns what links could be tied to into what the page shows.
func tieOffers(list []workflow.TieOffer) []desk.TieOffer {
	out := make([]desk.TieOffer, len(list))
	for i, o := range list {
		out[i] = desk.TieOffer{Attribution: o.Attribution, Role: o.Role, N: o.N, Name: o.Link.Name, Sources: o.Sources}
	}
	return out
}

// claimRefused shows the claim's page again with the form as typed. After
// somebody else's change it shows what stands now beside it, and the form is
// ready to be sent again.
func (s *Server) claimRefused(c echo.Context, err error, form string, fill func(*desk.ClaimForms)) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindStale, claims.KindIllegalMove, claims.KindConflict, claims.KindNotAllowed:
	default:
		return err
	}
	s.logError(c, status, err)
	problems := views.ProblemsOf(wordsOf(c), err)
	return s.claimPage(c, status, func(f *desk.ClaimForms) {
		f.At, f.Problems, f.Conflict = form, problems, e.Kind == claims.KindStale
		fill(f)
		if f.Conflict {
			f.Version = ""
		}
	})
}

func (s *Server) claimMove(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := desk.MoveForm{
		To: c.FormValue("to"), Reason: c.FormValue("reason"), Note: c.FormValue("note"), Of: c.FormValue("of"),
		Effect: c.FormValue("effect"), Notice: c.FormValue("notice"), Checked: c.Request().PostForm["checked"], Override: c.FormValue("override"),
	}
	claim, err := s.desk.MoveClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.MoveInput{
		To: claims.State(typed.To), Reason: typed.Reason, Note: typed.Note, Of: typed.Of, Effect: claims.Effect(typed.Effect), Notice: typed.Notice,
		Checked: typed.Checked, Override: typed.Override,
	})
	if err != nil {
		return s.claimRefused(c, err, "move", func(f *desk.ClaimForms) { f.Move = typed })
	}
	return s.claimDone(c, claim, "", "moved."+string(claim.State))
}

// claimDone leads on: back to where the form said it came from, else to the
// claim's page, where a message tells what was done.
func (s *Server) claimDone(c echo.Context, claim claims.Claim, anchor, key string) error {
	s.flash(c, key, claims.ShowID(claim.ID))
	if back := c.FormValue("back"); back != "" {
		return seeOther(c, localPath(back))
	}
	return seeOther(c, "/claims/"+claim.ID+anchor)
}

func (s *Server) claimJudge(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := verdictTyped(c)
	claim, err := s.desk.Judge(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.VerdictInput(typed))
	if err != nil {
		return s.claimRefused(c, err, "verdict", func(f *desk.ClaimForms) { f.Verdict = typed })
	}
	return s.claimDone(c, claim, "", "verdict.saved")
}

func verdictTyped(c echo.Context) desk.VerdictForm {
	return desk.VerdictForm{
		Content: c.FormValue("content"), Attribution: c.FormValue("attribution"), Rationale: c.FormValue("rationale"),
		WhatIsTrue: c.FormValue("what_is_true"), AsOf: c.FormValue("as_of"), ReviewAgain: c.FormValue("review_again"),
		Override: c.FormValue("override"),
	}
}

func (s *Server) claimTriage(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := desk.TriageForm{
		Priority: c.FormValue("priority"), Tags: c.FormValue("tags"), Assignee: c.FormValue("assignee"), Due: c.FormValue("due"),
	}
	refused := func(err error) error {
		return s.claimRefused(c, err, "triage", func(f *desk.ClaimForms) { f.Triage = typed })
	}
	priority, err := strconv.Atoi(typed.Priority)
	if err != nil {
		return refused(claims.Invalid("priority", "number.malformed", cut(typed.Priority, maxShown)))
	}
	tags := splitList(typed.Tags)
	claim, err := s.desk.EditClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.ClaimPatch{
		Priority: &priority, Tags: &tags, Assignee: &typed.Assignee, Due: &typed.Due,
	})
	if err != nil {
		return refused(err)
	}
	return s.claimDone(c, claim, "", "claim.saved")
}

func (s *Server) noteAdd(c echo.Context) error {
	text := c.FormValue("text")
	n, err := s.desk.AddNote(c.Request().Context(), actorOf(c), c.Param("id"), text)
	if err != nil {
		return s.claimRefused(c, err, "note", func(f *desk.ClaimForms) { f.Note = text })
	}
	return s.claimDone(c, claims.Claim{ID: n.Claim}, "#notes", "claim.noted")
}

// names gives everybody by id, for whoever may see the desk: the history names
// them all.
func (s *Server) names(c echo.Context) (map[string]claims.Person, error) {
	_, people, err := s.desk.Events(c.Request().Context(), actorOf(c), claims.EventFilter{Limit: 1})
	return people, err
}
