package workflow

import (
	"context"
	"strings"
	"time"

	"cotejo/claims"
)

const nounExternal = "external_check"

// externalFields is what the history tells of a check published elsewhere.
var externalFields = []field[claims.ExternalCheck]{
	plain("url", func(e *claims.ExternalCheck) *string { return &e.URL }),
	plain("title", func(e *claims.ExternalCheck) *string { return &e.Title }),
	plain("outlet", func(e *claims.ExternalCheck) *string { return &e.Outlet }),
	dated("published", func(e *claims.ExternalCheck) **claims.Date { return &e.Published }),
	plain("added_by", func(e *claims.ExternalCheck) *string { return &e.AddedBy }),
	stamped("added_at", func(e *claims.ExternalCheck) *time.Time { return &e.AddedAt }),
}

// ExternalPatch says what is known of a check published elsewhere; nil leaves a field as
// it is. Published is an ISO 8601 date, "" for none.
type ExternalPatch struct{ URL, Title, Outlet, Published *string }

// apply puts the patch on a record and refuses what cannot be.
func (p ExternalPatch) apply(e *claims.ExternalCheck) error {
	var f faults
	if p.URL != nil {
		e.URL = strings.TrimSpace(*p.URL)
	}
	f.required("url", e.URL, maxURL)
	f.link("url", e.URL)
	for _, line := range []struct {
		name     string
		to, from *string
	}{{"title", &e.Title, p.Title}, {"outlet", &e.Outlet, p.Outlet}} {
		if line.from != nil {
			*line.to = strings.Join(strings.Fields(*line.from), " ")
		}
		f.text(line.name, *line.to, maxLine)
	}
	if p.Published != nil {
		e.Published = f.date("published", *p.Published)
	}
	if err := f.err(); err != nil {
		return err
	}
	e.URL = claims.URLKey(e.URL)
	return nil
}

// ExternalChecks gives what was published elsewhere about a claim, oldest first.
func (d *Desk) ExternalChecks(ctx context.Context, actor claims.Actor, claim string) (list []claims.ExternalCheck, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, claim)
		if err != nil {
			return err
		}
		list, err = r.ExternalChecks(ctx, c.ID)
		return err
	})
	return list, err
}

// ExternalCheck gives one.
func (d *Desk) ExternalCheck(ctx context.Context, actor claims.Actor, id string) (e claims.ExternalCheck, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		e, err = r.ExternalCheck(ctx, clip(id, maxName))
		return err
	})
	return e, err
}

// AddExternal writes down that a check on a claim was published elsewhere, whatever the
// claim's state. An address that stands there already is a conflict.
func (d *Desk) AddExternal(ctx context.Context, actor claims.Actor, claim string, in ExternalPatch) (claims.ExternalCheck, error) {
	var out claims.ExternalCheck
	err := d.act(ctx, actor, func(t *tx) error {
		c, err := readClaim(ctx, t, claim)
		if err != nil {
			return err
		}
		if err := t.mayCite(ctx, c); err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		out = claims.ExternalCheck{ID: id, Claim: c.ID, AddedBy: actor.ID, AddedAt: t.now, Link: unlooked(t.now)}
		if err := in.apply(&out); err != nil {
			return err
		}
		if err := t.CreateExternalCheck(ctx, &out); err != nil {
			return err
		}
		t.AfterCommit(t.wake)
		return t.record(ctx, onExternal(ActExternalAdd, c, out, born(externalFields, out)...))
	})
	return out, err
}

// unlooked is the link of an address that nobody has looked at.
func unlooked(now time.Time) claims.Backlink {
	return claims.Backlink{State: claims.LinkUnknown, NextAt: now}
}

// EditExternal changes what is said of a check published elsewhere.
func (d *Desk) EditExternal(ctx context.Context, actor claims.Actor, id string, version int64, in ExternalPatch) (claims.ExternalCheck, error) {
	var out claims.ExternalCheck
	err := d.onExternal(ctx, actor, id, version, func(t *tx, c claims.Claim, before claims.ExternalCheck) error {
		out = before
		if err := t.unveilExternal(ctx, before, &in); err != nil {
			return err
		}
		if err := in.apply(&out); err != nil {
			return err
		}
		changes := diff(externalFields, before, out)
		if len(changes) == 0 {
			return nil
		}
		if err := t.saveExternal(ctx, before, &out); err != nil {
			return err
		}
		return t.record(ctx, onExternal(ActExternalEdit, c, out, changes...))
	})
	return out, err
}

// saveExternal writes a record; of another address nothing is known yet.
func (t *tx) saveExternal(ctx context.Context, before claims.ExternalCheck, after *claims.ExternalCheck) error {
	if err := t.UpdateExternalCheck(ctx, after); err != nil || after.URL == before.URL {
		return err
	}
	after.Link = unlooked(t.now)
	t.AfterCommit(t.wake)
	return t.NoteBacklink(ctx, after.ID, after.Link)
}

// RemoveExternal takes a record away.
func (d *Desk) RemoveExternal(ctx context.Context, actor claims.Actor, id string, version int64) (claims.ExternalCheck, error) {
	var out claims.ExternalCheck
	err := d.onExternal(ctx, actor, id, version, func(t *tx, c claims.Claim, before claims.ExternalCheck) error {
		out = before
		if err := t.DeleteExternalCheck(ctx, c.ID, before.ID); err != nil {
			return err
		}
		return t.record(ctx, onExternal(ActExternalRemove, c, before, gone(externalFields, before)...))
	})
	return out, err
}

// onExternal is every act on a record: find it, ask policy, compare versions, do.
func (d *Desk) onExternal(ctx context.Context, actor claims.Actor, id string, version int64, do func(*tx, claims.Claim, claims.ExternalCheck) error) error {
	return d.act(ctx, actor, func(t *tx) error {
		before, err := t.ExternalCheck(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		c, err := t.Claim(ctx, before.Claim)
		if err != nil {
			return err
		}
		if err := t.mayCite(ctx, c); err != nil {
			return err
		}
		if err := fresh(nounExternal, id, version, before.Version); err != nil {
			return err
		}
		return do(t, c, before)
	})
}

// mayCite asks policy; of what was erased nothing more is written down.
func (t *tx) mayCite(ctx context.Context, c claims.Claim) error {
	if err := claims.MayOnClaim(t.actor, claims.ActExternal, c, t.settings); err != nil {
		return err
	}
	a, err := t.Article(ctx, c.Article)
	if err == nil && a.Erased {
		err = claims.Refuse(claims.KindGone, "claim.erased")
	}
	return err
}

func onExternal(act string, c claims.Claim, e claims.ExternalCheck, changes ...change) entry {
	return entry{act: act, noun: nounExternal, id: e.ID, article: c.Article, claim: c.ID, changes: changes}
}

func (t *tx) undoExternal(ctx context.Context, e claims.Event) ([]change, error) {
	if e.Act == ActExternalRemove {
		back := claims.ExternalCheck{ID: e.NounID, Claim: e.Claim, Link: unlooked(t.now)}
		if err := restore(externalFields, &back, e); err != nil {
			return nil, err
		}
		t.AfterCommit(t.wake)
		return born(externalFields, back), t.CreateExternalCheck(ctx, &back)
	}
	now, err := t.ExternalCheck(ctx, e.NounID)
	if err != nil {
		return nil, err
	}
	if e.Act == ActExternalAdd {
		return gone(externalFields, now), t.DeleteExternalCheck(ctx, e.Claim, e.NounID)
	}
	back := now
	if err := restore(externalFields, &back, e); err != nil {
		return nil, err
	}
	return diff(externalFields, now, back), t.saveExternal(ctx, now, &back)
}

// publicExternals gives the checks elsewhere that readers are told of. None that names
// a protected source by its address is among them.
func publicExternals(ctx context.Context, r claims.Reader, claim string) ([]claims.ExternalCheck, error) {
	open, err := veil(ctx, r, "")
	if err != nil {
		return nil, err
	}
	all, err := open.ExternalChecks(ctx, claim)
	var out []claims.ExternalCheck
	for _, e := range all {
		if e.URL != "" && e.Shown() {
			out = append(out, e)
		}
	}
	return out, err
}

func (m *mask) external(e claims.ExternalCheck) claims.ExternalCheck {
	e.URL, e.Title, e.Outlet = m.address(e.URL), m.text(e.Title), m.text(e.Outlet)
	return e
}

func (v *veiled) ExternalChecks(ctx context.Context, claim string) ([]claims.ExternalCheck, error) {
	list, err := v.Reader.ExternalChecks(ctx, claim)
	return veilParts(ctx, v, claim, list, err, (*mask).external)
}

func (v *veiled) ExternalCheck(ctx context.Context, id string) (claims.ExternalCheck, error) {
	e, err := v.Reader.ExternalCheck(ctx, id)
	list, err := veilParts(ctx, v, e.Claim, []claims.ExternalCheck{e}, err, (*mask).external)
	return list[0], err
}

// unveilExternal gives texts back that the actor sent as they saw them.
func (t *tx) unveilExternal(ctx context.Context, was claims.ExternalCheck, in *ExternalPatch) error {
	m, err := t.maskFor(ctx, was.Claim)
	if m == nil || err != nil {
		return err
	}
	shown := m.external(was)
	for _, one := range []struct {
		now   **string
		shown string
	}{{&in.URL, shown.URL}, {&in.Title, shown.Title}, {&in.Outlet, shown.Outlet}} {
		if *one.now != nil && **one.now == one.shown {
			*one.now = nil
		}
	}
	return nil
}
