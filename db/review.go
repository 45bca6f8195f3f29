package db

import (
	"context"

	"cotejo/claims"
)

const reviewColumns = "id, claim, claim_version, reviewer, outcome, reason, at, single, checklist, override_reason"

func scanReview(row scanner) (v claims.Review, err error) {
	err = row.Scan(&v.ID, &v.Claim, &v.ClaimVersion, &v.Reviewer, &v.Outcome, &v.Reason, timeColumn{&v.At}, &v.Single, jsonColumn{&v.Checklist}, &v.Override)
	return v, err
}

func (r *reader) Reviews(ctx context.Context, claim string) ([]claims.Review, error) {
	return partsOfClaim(ctx, r, scanReview, claim, "SELECT "+reviewColumns+" FROM reviews WHERE claim = $1 ORDER BY at, id")
}

func (w *writer) CreateReview(ctx context.Context, v claims.Review) error {
	return w.create(ctx, "review", v.ID, insertInto("reviews", reviewColumns),
		v.ID, v.Claim, v.ClaimVersion, v.Reviewer, v.Outcome, v.Reason, v.At.UnixMicro(), v.Single, jsonList(v.Checklist), v.Override)
}

func (w *writer) DeleteReview(ctx context.Context, claim, id string) error {
	return w.deletePart(ctx, "review", "reviews", claim, id)
}
