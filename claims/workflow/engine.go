package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// extract asks the engine for the claims of an article and for what it has to
// say about it.
func (d *Desk) extract(context.Context, ingest.Page) ([]claims.Assertion, string, error) {
	return nil, "", nil
}
