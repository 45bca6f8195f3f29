package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/desk"
)

// articlePrint is the desk sheet of an article: its text, its claims and who stands for
// them, to be printed. What was set aside and what people note to each other is left out.
func (s *Server) articlePrint(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.desk.Article(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	scales, err := s.desk.Scales(ctx)
	if err != nil {
		return err
	}
	rows := onSnapshot(v.Claims, v.Snapshot.N)
	for i := range rows {
		if setAside(rows[i]) {
			rows[i].Fragments = nil // its number stays its own, so that paper and screen agree
		}
	}
	family, here := familyOf(v, len(rows))
	p := desk.SheetPage{
		Frame: s.frame(c, "articles", v.Article.Title), Article: v.Article, Snapshot: v.Snapshot, Scales: scales, People: v.People,
		Left: v.Coverage.Left, Sentences: len(v.Coverage.Sentences), Printed: s.clock.Now(),
		Paragraphs: desk.Structured(desk.Paragraphs(v.Snapshot.Text, append(slices.Clone(rows), here...)), v.Snapshot.Meta),
	}
	if p.Title == "" {
		p.Title = wordsOf(c).T("article.untitled", v.Article.ID)
	}
	cards, _ := cardsOf(rows)
	for _, card := range append(cards, family.Cards...) {
		if !setAside(card.ClaimRow) {
			p.Cards = append(p.Cards, card)
		}
	}
	if p.Evidence, err = s.evidenceOf(c, p.Cards); err != nil {
		return err
	}
	p.Width, p.Scripts, p.Head = "middle", []string{"js/sheet.js"}, views.StyleSheet("css/sheet.css")
	return s.render(c, http.StatusOK, desk.Sheet(p))
}

func setAside(r claims.ClaimRow) bool {
	return r.State == claims.StateDismissed || r.State == claims.StateWithdrawn
}

// sheetPart is how many claims' evidence is read at once.
const sheetPart = 200

func (s *Server) evidenceOf(c echo.Context, cards []desk.ClaimCard) (map[string][]claims.Evidence, error) {
	out := map[string][]claims.Evidence{}
	for part := range slices.Chunk(cards, sheetPart) {
		ids := make([]string, len(part))
		for i, card := range part {
			ids[i] = card.ID
		}
		found, err := s.desk.EvidenceOf(c.Request().Context(), actorOf(c), ids)
		if err != nil {
			return nil, err
		}
		for id, list := range found {
			out[id] = list
		}
	}
	return out, nil
}
