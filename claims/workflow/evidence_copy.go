package workflow

import (
	"context"
	"errors"
	"strings"

	"cotejo/claims"
	"cotejo/claims/fetch"
)

// Fetcher gives what a web address holds. A refusal is a *claims.Error with a key
// that begins "fetch.".
type Fetcher interface {
	// Check refuses an address that could not be fetched, as far as that is known
	// without asking its server.
	Check(ctx context.Context, address string) error
	Get(ctx context.Context, in fetch.Request) (fetch.Page, error)
}

const problemPrefix = "fetch."

// KeepCopy fetches the address of a piece of evidence and keeps the bytes with
// it. A failure is given back, and written down on the evidence; a copy that was
// kept before stays. The fetch happens outside any transaction.
func (d *Desk) KeepCopy(ctx context.Context, actor claims.Actor, claim, id string, version int64) (claims.Evidence, error) {
	e, err := d.toCopy(ctx, actor, claim, id, version)
	if err != nil {
		return claims.Evidence{}, err
	}
	settings, err := d.Settings(ctx)
	if err != nil {
		return claims.Evidence{}, err
	}
	page, failed := d.fetch(ctx, e.URL, settings.FileBytes())
	problem := problemOf(failed)
	if failed != nil && problem == "" {
		return claims.Evidence{}, failed
	}
	kept, err := d.noteCopy(ctx, actor, e, page, problem)
	if claims.KindOf(err) == claims.KindConflict && problem == "" {
		failed = err // the bytes were erased before
		kept, err = d.noteCopy(ctx, actor, e, page, "erased")
	}
	return kept, errors.Join(err, failed)
}

// toCopy finds what is to be fetched, where that may be done.
func (d *Desk) toCopy(ctx context.Context, actor claims.Actor, claim, id string, version int64) (claims.Evidence, error) {
	var e claims.Evidence
	err := d.view(ctx, actor, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, claim)
		if err != nil {
			return err
		}
		if err := fresh("claim", c.ID, version, c.Version); err != nil {
			return err
		}
		s, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		if err := mayWeigh(actor, c, s); err != nil {
			return err
		}
		if e, err = r.EvidenceByID(ctx, clip(id, maxName)); err != nil {
			return err
		}
		switch {
		case e.Claim != c.ID:
			return claims.NotFound("evidence", e.ID)
		case e.URL == "":
			return claims.Refuse(claims.KindConflict, "copy.no_url")
		}
		return nil
	})
	return e, err
}

// fetch gets an address that a person asks for now.
func (d *Desk) fetch(ctx context.Context, address string, limit int64) (fetch.Page, error) {
	return d.get(ctx, fetch.Request{URL: address, Limit: limit})
}

func (d *Desk) get(ctx context.Context, in fetch.Request) (fetch.Page, error) {
	if d.fetcher == nil {
		return fetch.Page{}, claims.Refuse(claims.KindConflict, "fetch.off")
	}
	return d.fetcher.Get(ctx, in)
}

// notWrittenDown are failures of this moment or this desk, not of the address.
var notWrittenDown = []string{"busy", "off"}

// problemOf is what is written down of a failure; "" for none.
func problemOf(err error) string {
	var refused *claims.Error
	if !errors.As(err, &refused) {
		return ""
	}
	problem, ok := strings.CutPrefix(refused.Key, problemPrefix)
	for _, passing := range notWrittenDown {
		ok = ok && problem != passing
	}
	if !ok {
		return ""
	}
	return problem
}

// noteCopy writes down what came of fetching. Whatever else changed on the claim
// meanwhile does not matter, as long as the evidence has the same address.
func (d *Desk) noteCopy(ctx context.Context, actor claims.Actor, was claims.Evidence, page fetch.Page, problem string) (claims.Evidence, error) {
	v, err := d.Claim(ctx, actor, was.Claim)
	if err != nil {
		return claims.Evidence{}, err
	}
	act := ActEvidenceCopy
	if problem != "" {
		act = ActEvidenceNoCopy
	}
	return d.changeEvidence(ctx, actor, was.Claim, was.ID, v.Row.Version, act, func(t *tx, e *claims.Evidence) error {
		if e.URL != was.URL {
			return claims.Refuse(claims.KindStale, "stale.claim", was.Claim)
		}
		if problem != "" {
			e.Copy.Problem = problem
			return nil
		}
		sum, at := digest(page.Body), t.now
		e.Copy = claims.KeptCopy{SHA256: sum, MediaType: page.MediaType, Size: int64(len(page.Body)), URL: page.URL, At: &at}
		return t.PutBlob(ctx, claims.Blob{SHA256: sum, MediaType: page.MediaType, Data: page.Body})
	})
}
