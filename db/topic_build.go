package db

import (
	"context"
	"database/sql"
	"strconv"
	"time"
)

// listingAnalysis is raised when publications belong in other lists than before:
// the lists are then made anew when the desk is opened.
const listingAnalysis = 1

// relistAll makes all lists anew, in the order in which claims were first
// published, so that slugs fall as they would have then. Those given stay.
func (w *writer) relistAll(ctx context.Context) error {
	for _, statement := range []string{
		"DELETE FROM listing_state", "DELETE FROM listings", "DELETE FROM listing_months", "UPDATE topics SET claims = 0",
	} {
		if _, err := w.execExempt(ctx, statement); err != nil {
			return err
		}
	}
	type published struct {
		claim string
		last  int64
	}
	all, err := queryAll(ctx, &w.reader, func(row scanner) (p published, err error) {
		var first int64
		err = row.Scan(&p.claim, &first, &p.last)
		return p, err
	}, "SELECT claim, MIN(published_at), MAX(published_at) FROM publications GROUP BY claim ORDER BY 2, 1")
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := w.relist(ctx, p.claim, time.UnixMicro(p.last)); err != nil {
			return err
		}
	}
	_, err = w.execExempt(ctx, "INSERT INTO listing_state (id, analysis) VALUES (1, "+strconv.Itoa(listingAnalysis)+")")
	return err
}

// prepareListings makes the lists where they are missing or of an older analysis:
// after an upgrade, and after a restore, which copies the topics alone.
func prepareListings(ctx context.Context, e engine, pool *sql.DB) error {
	return prepare(ctx, e, pool, "SELECT analysis FROM listing_state WHERE id = 1", listingAnalysis, (*writer).relistAll)
}
