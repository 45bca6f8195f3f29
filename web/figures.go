package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// How much a page of the ledger shows.
const (
	thingsShown = 20
	singleShown = 50
)

// figuresShow is the ledger of figures: ?q= words, ?about= an article or a claim,
// ?doubt=1 what does not fit, ?skip= from which thing on.
func (s *Server) figuresShow(c echo.Context) error {
	f := figuresFilter(c)
	skip, err := skipped(c.QueryParam("skip"))
	if err != nil {
		return err
	}
	v, err := s.desk.Figures(c.Request().Context(), actorOf(c), f.workflow())
	if err != nil {
		return err
	}
	p := desk.FiguresPage{
		Frame: s.frame(c, "figures", wordsOf(c).T("figures.title")), Filter: f.FiguresFilter, Claims: v.Claims, Cut: v.Cut, Scales: v.Scales,
		MayAdd: s.may(c, claims.ActArticleAdd),
	}
	p.Head, p.Scripts = views.StyleSheet(statStyle), []string{desk.PartialScript}
	if skip = min(skip, len(v.Things)); skip > 0 {
		p.First = p.Filter.Path(0)
	} else {
		p.Doubts = v.Doubts
	}
	p.Things = v.Things[skip:]
	if len(p.Things) > thingsShown {
		p.Things, p.Next = p.Things[:thingsShown], p.Filter.Path(skip+thingsShown)
	} else {
		p.Single = v.Single[:min(len(v.Single), singleShown)]
		p.SingleLeft = len(v.Single) - len(p.Single)
	}
	return s.render(c, http.StatusOK, desk.Figures(p))
}

type figuresQuery struct{ desk.FiguresFilter }

func figuresFilter(c echo.Context) figuresQuery {
	return figuresQuery{desk.FiguresFilter{
		Query: strings.TrimSpace(c.QueryParam("q")), About: strings.TrimSpace(c.QueryParam("about")), Thing: c.QueryParam("thing"), Doubt: c.QueryParam("doubt") == "1",
	}}
}

func (q figuresQuery) workflow() workflow.FigureFilter {
	return workflow.FigureFilter{Query: q.Query, About: q.About, Thing: q.Thing, Doubt: q.Doubt}
}

// skipped reads how many things are left out before the page.
func skipped(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, claims.Invalid("skip", "cursor.malformed")
	}
	return n, nil
}

// figuresFile gives one thing's figures as a file: its table as CSV, its picture as SVG.
func (s *Server) figuresFile(c echo.Context) error {
	key, ending, _ := strings.Cut(c.Param("file"), ".")
	v, err := s.desk.Figures(c.Request().Context(), actorOf(c), workflow.FigureFilter{Thing: key})
	if err != nil {
		return err
	}
	things := append(v.Things, v.Single...)
	if key == "" || len(things) != 1 {
		return claims.NotFound("page", "")
	}
	p := desk.FiguresPage{Frame: views.Frame{Words: wordsOf(c)}, Scales: v.Scales}
	return s.sendChart(c, "figures-"+key, ending, p.Chart(things[0]))
}
