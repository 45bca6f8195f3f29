package web

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
	"cotejo/views/desk"
)

const statStyle = "css/stats.css"

// statsShow tells of the desk in numbers, over ?period=.
func (s *Server) statsShow(c echo.Context) error {
	p, err := s.statsPage(c)
	if err != nil {
		return err
	}
	p.Frame = s.frame(c, "stats", wordsOf(c).T("stats.title"))
	p.Head = views.StyleSheet(statStyle)
	return s.render(c, http.StatusOK, desk.Stats(p))
}

// statsPage counts what the page shows.
func (s *Server) statsPage(c echo.Context) (desk.StatsPage, error) {
	period, err := claims.ParsePeriod(c.QueryParam("period"))
	if err != nil {
		return desk.StatsPage{}, err
	}
	v, err := s.desk.Stats(c.Request().Context(), actorOf(c), period)
	if err != nil {
		return desk.StatsPage{}, err
	}
	a := v.Agreement
	return desk.StatsPage{
		Frame: views.Frame{Words: wordsOf(c)}, Period: v.Period, Now: v.Now, Ladder: v.Ladder, States: v.States,
		Sources: v.Sources, Outlets: v.Outlets, Untied: v.Untied, Times: v.Times, Ages: v.Ages, Waits: v.Waits,
		Suggestions: v.Suggestions, Missed: v.Missed, Content: a.Content, Attribution: a.Attribution, Opinions: a.Opinions, Withheld: a.Withheld,
		Scales: v.Scales, People: v.People, MayAdd: s.may(c, claims.ActArticleAdd),
	}, nil
}

// statsFile gives one chart as a file: its table as CSV, its picture as SVG.
func (s *Server) statsFile(c echo.Context) error {
	name, ending, _ := strings.Cut(c.Param("file"), ".")
	p, err := s.statsPage(c)
	if err != nil {
		return err
	}
	chart, ok := p.Chart(name)
	if !ok {
		return claims.NotFound("page", "")
	}
	return s.sendChart(c, name, ending, chart)
}

// sendChart sends a table as CSV or a picture as SVG.
func (s *Server) sendChart(c echo.Context, name, ending string, chart desk.Chart) error {
	var out bytes.Buffer
	switch ending {
	case "csv":
		if err := export.WriteCells(&out, chart.Head, chart.Plain()); err != nil {
			return err
		}
	case "svg":
		if err := desk.PictureFile(chart.Drawing, wordsOf(c).Lang()).Render(c.Request().Context(), &out); err != nil {
			return err
		}
	default:
		return claims.NotFound("page", "")
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="cotejo-`+name+"."+ending+`"`)
	return c.Blob(http.StatusOK, map[string]string{"csv": export.CSV.MediaType(), "svg": "image/svg+xml"}[ending], out.Bytes())
}
