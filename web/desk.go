package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) deskShow(c echo.Context) error {
	ctx := c.Request().Context()
	live, err := s.liveOn(c, desk.Live{Page: "/", Watch: "desk", Subject: "all"}, claims.EventFilter{})
	if err != nil {
		return err
	}
	v, err := s.desk.DeskView(ctx, actorOf(c))
	if err != nil {
		return err
	}
	scheduled, err := s.scheduledRows(c, ctx)
	if err != nil {
		return err
	}
	people, err := s.names(c)
	if err != nil {
		return err
	}
	frame := s.frame(c, "desk", wordsOf(c).T("nav.desk"))
	frame.Scripts = append(frame.Scripts, liveScript)
	tour := s.tour(c, v.Articles)
	if tour.Step > 0 {
		frame.Head = views.StyleSheet("css/tour.css")
	}
	return s.render(c, http.StatusOK, desk.Front(desk.FrontPage{
		Frame: frame, Live: live, Tour: tour, Counts: v.Counts, Needs: desk.FrontList(v.Needs), Unassigned: desk.FrontList(v.Unassigned),
		Pending: desk.FrontList(v.Pending), ChangedPublic: v.ChangedPublic, Changed: desk.FrontList(v.Changed), Asked: v.Asked, Articles: v.Articles, People: people, Now: v.Now,
		MayAdd: s.may(c, claims.ActArticleAdd), MayTake: s.may(c, claims.ActClaimTake), Empty: len(v.Articles) == 0, Scheduled: scheduled,
		MayReport: s.may(c, claims.ActReport), Reports: reportRows(v.Reports), ReportCounts: v.Reports.Counts,
	}))
}
