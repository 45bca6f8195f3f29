package claimstest

import (
	"testing"
	"time"

	"cotejo/claims"
)

func runOpinions(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c, other := PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil)
	proposed := claims.ProposedVerdict{Content: "false", Attribution: "accurate", Scale: 1}
	first := claims.Opinion{ID: "O1", Claim: c.ID, ClaimVersion: 3, SubmittedAt: Start, Person: "P1", Content: "false", Attribution: "distorted", Note: "«n»",
		At: Start.Add(time.Minute), Proposed: proposed, Withheld: true}
	second := first
	second.ID, second.SubmittedAt, second.At, second.Content, second.Withheld = "O2", Start.Add(time.Hour), Start.Add(2*time.Hour), "misleading", false
	waived := claims.Opinion{ID: "O3", Claim: other.ID, SubmittedAt: Start, Person: "P1", Waived: true, At: Start, Proposed: proposed, Withheld: true}
	seen := claims.Opinion{ID: "O4", Claim: other.ID, SubmittedAt: Start, Person: "P2", Content: "true", At: Start.Add(time.Second), Proposed: proposed, SeenAlready: true}
	bare := claims.Opinion{ID: "O5", Claim: other.ID, SubmittedAt: Start, Person: "P3", Content: "true", At: Start.Add(2 * time.Second), Proposed: claims.ProposedVerdict{Content: "true"}}
	Write(t, store, func(w claims.Writer) error {
		for _, o := range []claims.Opinion{second, first, waived, seen, bare} {
			if err := w.CreateOpinion(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
	again := first
	again.ID = "O9"
	refused(t, store, "a second opinion on one submission", claims.KindConflict, func(w claims.Writer) error { return w.CreateOpinion(ctx, again) })
	refused(t, store, "an opinion of no claim", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateOpinion(ctx, claims.Opinion{ID: "O8", Claim: "NOPE00", SubmittedAt: Start, At: Start})
	})
	Read(t, store, func(r claims.Reader) error {
		list, err := r.Opinions(ctx, c.ID)
		if err != nil {
			return err
		}
		equal(t, "opinions, oldest first", []claims.Opinion{first, second}, list)
		cells, withheld, err := r.Agreement(ctx)
		equal(t, "agreement", []claims.AgreementCell{
			{Layer: claims.LayerContent, Proposed: "false", Given: "false", N: 1}, {Layer: claims.LayerContent, Proposed: "false", Given: "misleading", N: 1},
			{Layer: claims.LayerContent, Proposed: "true", Given: "true", N: 1}, {Layer: claims.LayerAttribution, Proposed: "accurate", Given: "distorted", N: 2},
		}, cells)
		equal(t, "withheld", 1, withheld)
		return err
	})
	Write(t, store, func(w claims.Writer) error { return w.DeleteOpinion(ctx, c.ID, "O2") })
	refused(t, store, "an opinion that is gone", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteOpinion(ctx, c.ID, "O2") })
}
