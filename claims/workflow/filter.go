package workflow

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// nounFilter is the noun of events on saved filters. They are for those whose
// filters they are, and for admins.
const nounFilter = "filter"

const (
	maxFilters     = 100 // of one person
	maxFilterQuery = 2000
)

var filterFields = []field[claims.SavedFilter]{
	plain("name", func(f *claims.SavedFilter) *string { return &f.Name }),
	plain("query", func(f *claims.SavedFilter) *string { return &f.Query }),
	plain("shared", func(f *claims.SavedFilter) *bool { return &f.Shared }),
	plain("created_by", func(f *claims.SavedFilter) *string { return &f.CreatedBy }),
	stamped("created_at", func(f *claims.SavedFilter) *time.Time { return &f.CreatedAt }),
}

// FilterInput is a filter to be saved: Query is that of the list's address.
type FilterInput struct {
	Name   string
	Query  string
	Shared bool
}

// SavedFilters gives the actor's own filters and the shared ones, by name.
func (d *Desk) SavedFilters(ctx context.Context, actor claims.Actor) (list []claims.SavedFilter, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		list, err = r.SavedFilters(ctx, actor.ID)
		return err
	})
	return list, err
}

// SaveFilter keeps a filter of the list of claims under a name.
func (d *Desk) SaveFilter(ctx context.Context, actor claims.Actor, in FilterInput) (claims.SavedFilter, error) {
	var out claims.SavedFilter
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActFilterSave); err != nil {
			return err
		}
		if in.Shared {
			if err := t.may(claims.ActFilterShare); err != nil {
				return err
			}
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		out = claims.SavedFilter{ID: id, Name: strings.Join(strings.Fields(in.Name), " "), Shared: in.Shared, CreatedBy: actor.ID, CreatedAt: t.now}
		if err := t.checkFilterInput(ctx, in, &out); err != nil {
			return err
		}
		if err := t.CreateSavedFilter(ctx, out); err != nil {
			return err
		}
		return t.record(ctx, entry{act: ActFilterSave, noun: nounFilter, id: id, changes: born(filterFields, out)})
	})
	return out, err
}

func (t *tx) checkFilterInput(ctx context.Context, in FilterInput, out *claims.SavedFilter) error {
	own, err := t.SavedFilters(ctx, t.actor.ID)
	if err != nil {
		return err
	}
	var f faults
	f.required("name", out.Name, maxName)
	n := 0
	for _, one := range own {
		if one.CreatedBy == t.actor.ID {
			n++
			if strings.EqualFold(one.Name, out.Name) {
				f.add("name", "filter.name_taken", out.Name)
			}
		}
	}
	if n >= maxFilters {
		f.add("name", "list.too_long", n+1, maxFilters)
	}
	query, err := url.ParseQuery(in.Query)
	for key, values := range query {
		if key == "cursor" || key == "limit" || strings.Join(values, "") == "" {
			query.Del(key)
		}
	}
	if out.Query = query.Encode(); err != nil || utf8.RuneCountInString(out.Query) > maxFilterQuery {
		f.add("query", "filter.query_malformed")
	} else if out.Query == "" {
		f.add("query", "filter.empty")
	}
	return f.err()
}

// DeleteFilter forgets a filter: one's own, or, for whoever may share, a shared one.
func (d *Desk) DeleteFilter(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActFilterSave); err != nil {
			return err
		}
		f, err := t.SavedFilter(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		if !f.ShownTo(actor.ID) {
			return claims.NotFound("filter", f.ID)
		}
		if f.CreatedBy != actor.ID {
			if err := t.may(claims.ActFilterShare); err != nil {
				return err
			}
		}
		if err := t.DeleteSavedFilter(ctx, f.ID); err != nil {
			return err
		}
		return t.record(ctx, entry{act: ActFilterDelete, noun: nounFilter, id: f.ID, changes: gone(filterFields, f)})
	})
}

// undoFilter forgets a filter that was saved, or keeps again one that was deleted.
func (t *tx) undoFilter(ctx context.Context, e claims.Event) error {
	if e.Act == ActFilterSave {
		f, err := t.SavedFilter(ctx, e.NounID)
		if err != nil {
			return err
		}
		if err := t.DeleteSavedFilter(ctx, f.ID); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, gone(filterFields, f)...))
	}
	back := claims.SavedFilter{ID: e.NounID}
	if err := restore(filterFields, &back, e); err != nil {
		return err
	}
	if err := t.CreateSavedFilter(ctx, back); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, born(filterFields, back)...))
}
