package db

import (
	"context"

	"cotejo/claims"
)

const opinionColumns = "id, claim, claim_version, submitted_at, person, content, attribution, note, waived, at, " +
	"proposed_content, proposed_attribution, proposed_scale, withheld, seen_already"

func scanOpinion(row scanner) (o claims.Opinion, err error) {
	err = row.Scan(&o.ID, &o.Claim, &o.ClaimVersion, timeColumn{&o.SubmittedAt}, &o.Person, &o.Content, &o.Attribution, &o.Note, &o.Waived, timeColumn{&o.At},
		&o.Proposed.Content, &o.Proposed.Attribution, &o.Proposed.Scale, &o.Withheld, &o.SeenAlready)
	return o, err
}

func (r *reader) Opinions(ctx context.Context, claim string) ([]claims.Opinion, error) {
	return partsOfClaim(ctx, r, scanOpinion, claim, "SELECT "+opinionColumns+" FROM opinions WHERE claim = $1 ORDER BY at, id")
}

func (w *writer) CreateOpinion(ctx context.Context, o claims.Opinion) error {
	return w.create(ctx, "opinion", o.ID, insertInto("opinions", opinionColumns),
		o.ID, o.Claim, o.ClaimVersion, o.SubmittedAt.UnixMicro(), o.Person, o.Content, o.Attribution, o.Note, o.Waived, o.At.UnixMicro(),
		o.Proposed.Content, o.Proposed.Attribution, o.Proposed.Scale, o.Withheld, o.SeenAlready)
}

func (w *writer) DeleteOpinion(ctx context.Context, claim, id string) error {
	return w.deletePart(ctx, "opinion", "opinions", claim, id)
}

func scanCell(row scanner) (c claims.AgreementCell, err error) {
	err = row.Scan(&c.Layer, &c.Proposed, &c.Given, &c.N)
	return c, err
}

func (r *reader) Agreement(ctx context.Context) (cells []claims.AgreementCell, withheld int, err error) {
	var w where
	w.add("NOT waived AND NOT seen_already")
	r.outsider.claims(&w, "claim")
	of := " FROM opinions" + w.String()
	for _, l := range []struct{ layer, column string }{{"content", "content"}, {"attribution", "attribution"}} {
		part, err := queryAll(ctx, r, scanCell, "SELECT '"+l.layer+"', proposed_"+l.column+", "+l.column+", COUNT(*)"+of+
			" AND proposed_"+l.column+" <> '' AND "+l.column+" <> '' GROUP BY 2, 3 ORDER BY 2, 3", w.args...)
		if err != nil {
			return nil, 0, err
		}
		cells = append(cells, part...)
	}
	withheld, err = queryOne(ctx, r, value[int], "SELECT COUNT(*)"+of+" AND withheld", w.args...)
	return cells, withheld, err
}
