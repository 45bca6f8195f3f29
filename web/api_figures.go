package web

import (
	"context"
	"net/http"
	"slices"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type figuresInput struct {
	Call
	Query string `query:"q" doc:"Words of the claims"`
	About string `query:"about" doc:"The id of an article or a claim: the things that it gives figures of"`
	Thing string `query:"thing" doc:"The key of a thing"`
	Doubt bool   `query:"doubt" doc:"Only things of which figures cannot both hold"`
}

type ledgerJSON struct {
	Things []thingJSON `json:"things" doc:"Those with clashes first, then those with most figures"`
	Doubts []doubtJSON `json:"doubts" doc:"What does not fit within an article"`
	Claims int         `json:"claims" doc:"How many claims were looked at"`
	Cut    bool        `json:"cut" doc:"There are older claims that were not looked at"`
}

type thingJSON struct {
	Key     string           `json:"key"`
	Unit    string           `json:"unit"`
	Words   []string         `json:"words" doc:"That its figures share"`
	Figures []figureJSON     `json:"figures" doc:"The oldest first"`
	Clashes []figureClashRow `json:"clashes"`
}

type figureJSON struct {
	claims.Quantity
	Claim   string       `json:"claim"`
	Article string       `json:"article"`
	Sources []string     `json:"sources" doc:"Who says so; none where the article itself does"`
	Said    string       `json:"said" doc:"When it was said, as precisely as is known"`
	From    *claims.Date `json:"from" doc:"The time that it is about"`
	To      *claims.Date `json:"to"`
}

type figureClashRow struct {
	Doubt string `json:"doubt" enum:"apart,thousand"`
	A     int    `json:"a" doc:"Place in figures"`
	B     int    `json:"b"`
}

type doubtJSON struct {
	Doubt   string       `json:"doubt" enum:"sum,percent"`
	Article string       `json:"article"`
	Figures []figureJSON `json:"figures" doc:"Of a sum the total first"`
}

func (a *api) addFigures() {
	add(a, endpoint{method: http.MethodGet, path: "/figures", act: claims.ActLook, summary: "Every figure that is claimed, by the thing that it is about"}, a.server.apiFigures)
}

func (s *Server) apiFigures(ctx context.Context, in *figuresInput) (*single[ledgerJSON], error) {
	v, err := s.desk.Figures(ctx, in.actor(), workflow.FigureFilter{Query: in.Query, About: in.About, Thing: in.Thing, Doubt: in.Doubt})
	if err != nil {
		return nil, err
	}
	out := ledgerJSON{Things: []thingJSON{}, Doubts: []doubtJSON{}, Claims: v.Claims, Cut: v.Cut}
	for _, t := range slices.Concat(v.Things, v.Single) {
		row := thingJSON{Key: t.Key, Unit: t.Unit, Words: some(t.Words), Figures: figureRows(t.Figures), Clashes: []figureClashRow{}}
		for _, c := range t.Clashes {
			row.Clashes = append(row.Clashes, figureClashRow{string(c.Doubt), c.A, c.B})
		}
		out.Things = append(out.Things, row)
	}
	for _, d := range v.Doubts {
		out.Doubts = append(out.Doubts, doubtJSON{string(d.Doubt), d.Figures[0].Article, figureRows(d.Figures)})
	}
	return &single[ledgerJSON]{Body: out}, nil
}

func figureRows(list []claims.FigureRow) []figureJSON {
	out := make([]figureJSON, len(list))
	for i, f := range list {
		out[i] = figureJSON{Quantity: f.Quantity, Claim: f.Claim, Article: f.Article, Sources: some(f.By), Said: string(f.Said), From: f.From, To: f.To}
	}
	return out
}
