package workflow

import (
	"context"
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// AddSource makes a record.
func (d *Desk) AddSource(ctx context.Context, actor claims.Actor, in SourceInput) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) (err error) {
		out, err = t.addSource(ctx, in)
		return err
	})
	return out, err
}

func (t *tx) addSource(ctx context.Context, in SourceInput) (claims.Source, error) {
	if err := t.may(claims.ActSourceEdit); err != nil {
		return claims.Source{}, err
	}
	s := claims.Source{
		Name: in.Name, Kind: in.Kind, Aliases: in.Aliases, Code: in.Code, SameAs: in.SameAs, Note: in.Note,
		Protected: in.Protected, Readers: in.Readers, CreatedBy: t.actor.ID, CreatedAt: t.now, UpdatedAt: t.now,
	}
	if s.Protected && len(s.Readers) == 0 {
		s.Readers = []string{t.actor.ID}
	}
	if err := t.tidySource(ctx, &s); err != nil {
		return s, err
	}
	var err error
	if s.ID, err = t.newID(); err != nil {
		return s, err
	}
	if err := t.CreateSource(ctx, &s); err != nil {
		return s, err
	}
	return s, t.record(ctx, onSource(ActSourceAdd, s, born(sourceFields, s)...))
}

func onSource(act string, s claims.Source, changes ...change) entry {
	return entry{act: act, noun: nounSource, id: s.ID, changes: changes}
}

// tidySource evens out a record and refuses what cannot be. No refusal repeats a
// name: refusals are logged.
func (t *tx) tidySource(ctx context.Context, s *claims.Source) error {
	s.Name, s.Note = strings.Join(strings.Fields(s.Name), " "), clean(s.Note)
	s.Code = strings.ToUpper(strings.TrimSpace(s.Code))
	s.Aliases = slices.DeleteFunc(tidy(s.Aliases), func(a string) bool { return a == s.Name })
	s.SameAs = tidy(s.SameAs)
	if s.Kind == "" {
		s.Kind = claims.KindUnknown
	}
	var f faults
	f.required("name", s.Name, maxLine)
	f.text("note", s.Note, maxNote)
	f.sourceKind("kind", s.Kind)
	f.list("aliases", s.Aliases, maxAliases, maxLine)
	if !codeShape(s.Code) {
		f.add("code", "source.code_malformed")
	}
	if len(s.SameAs) > maxSameAs {
		f.add("same_as", "list.too_long", len(s.SameAs), maxSameAs)
	}
	for _, address := range s.SameAs {
		if wrong := (&faults{}); s.Protected {
			if wrong.link("same_as", address); len(*wrong) > 0 {
				f.add("same_as", "source.address_malformed")
			}
		} else {
			f.link("same_as", address)
		}
	}
	if err := f.take(t.readersOf(ctx, s)); err != nil {
		return err
	}
	return f.err()
}

// codeShape reports whether a code is like those of ISO 3166: ES, ES-CT, ESP; or "".
func codeShape(code string) bool {
	country, region, divided := strings.Cut(code, "-")
	plain := func(s string) bool {
		return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	}
	if divided && (len(region) < 1 || len(region) > 3 || len(country) != 2) {
		return false
	}
	return code == "" || (len(country) == 2 || len(country) == 3) && plain(country) && plain(region)
}

// readersOf takes sign-in names for the people who have them; who may see a
// protected source must be somebody, and without protection nobody is named.
func (t *tx) readersOf(ctx context.Context, s *claims.Source) error {
	if !s.Protected {
		s.Readers = nil
		return nil
	}
	var err error
	s.Readers, err = t.namedReaders(ctx, s.Readers, "source.readers_missing")
	return err
}

// namedReaders gives the ids of the people behind ids or sign-in names, sorted;
// none is the key of the refusal where nobody is named.
func (t *tx) namedReaders(ctx context.Context, given []string, none string) ([]string, error) {
	given = tidy(given)
	switch {
	case len(given) == 0:
		return nil, claims.Invalid("readers", none)
	case len(given) > maxReaders:
		return nil, claims.Invalid("readers", "list.too_long", len(given), maxReaders)
	}
	var out []string
	for _, who := range given {
		p, err := t.PersonByName(ctx, strings.ToLower(who))
		if missing(err) {
			p, err = t.Person(ctx, who)
		}
		if missing(err) {
			return nil, claims.Invalid("readers", "source.reader_unknown", clip(who, maxName))
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (f *faults) sourceKind(field string, k claims.SourceKind) {
	if !slices.Contains(claims.SourceKinds, k) {
		f.add(field, "source.kind_unknown", clip(string(k), maxName))
	}
}

// EditSource changes a record. Who may see a protected one can also be changed by
// an admin who is not among them, and by that act alone.
func (d *Desk) EditSource(ctx context.Context, actor claims.Actor, id string, version int64, p SourcePatch) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := readSource(ctx, t, id)
		if err != nil {
			return err
		}
		if err := fresh(nounSource, before.ID, version, before.Version); err != nil {
			return err
		}
		if before.MergedInto != "" {
			return claims.Refuse(claims.KindConflict, "source.merged", before.MergedInto)
		}
		if err := t.mayPatchSource(before, p); err != nil {
			return err
		}
		after, err := t.patchSource(ctx, before, p)
		if err != nil {
			return err
		}
		out, err = t.saveSource(ctx, before, after)
		return err
	})
	return out, err
}

// mayPatchSource asks policy about every part of the patch.
func (t *tx) mayPatchSource(s claims.Source, p SourcePatch) error {
	protecting := p.Protected != nil && *p.Protected != s.Protected
	if p.content() || protecting || p.Readers == nil {
		if err := claims.MayOnSource(t.actor, claims.ActSourceEdit, s, t.settings); err != nil {
			return err
		}
	}
	switch {
	case p.Readers == nil && !protecting:
		return nil
	case s.ShownTo(t.actor.ID):
		return claims.MayOnSource(t.actor, claims.ActSourceProtect, s, t.settings)
	}
	return claims.MayOnSource(t.actor, claims.ActSourceName, s, t.settings)
}

func (t *tx) patchSource(ctx context.Context, s claims.Source, p SourcePatch) (claims.Source, error) {
	set(&s.Name, p.Name)
	set(&s.Kind, p.Kind)
	set(&s.Aliases, p.Aliases)
	set(&s.Code, p.Code)
	set(&s.SameAs, p.SameAs)
	set(&s.Note, p.Note)
	set(&s.Protected, p.Protected)
	set(&s.Readers, p.Readers)
	if s.Protected && len(s.Readers) == 0 && p.Readers == nil {
		s.Readers = []string{t.actor.ID}
	}
	return s, t.tidySource(ctx, &s)
}

// saveSource writes a changed record and the event of it. What a protected
// source is called in the claims tied to it is one of its names from then on.
func (t *tx) saveSource(ctx context.Context, before, after claims.Source) (claims.Source, error) {
	act := ActSourceEdit
	if before.Protected != after.Protected || !slices.Equal(before.Readers, after.Readers) {
		act = ActSourceProtect
	}
	if after.Protected && !before.Protected {
		if err := t.SeeAll(func() error { return t.learnFromClaims(ctx, &after) }); err != nil {
			return after, err
		}
	}
	changes := diff(sourceFields, before, after)
	if len(changes) == 0 {
		return before, nil
	}
	after.UpdatedAt = t.now
	if err := t.UpdateSource(ctx, &after); err != nil {
		return after, err
	}
	return after, t.record(ctx, onSource(act, after, changes...))
}

func (t *tx) learnFromClaims(ctx context.Context, s *claims.Source) error {
	ids, err := t.ClaimsTied(ctx, s.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := t.Claim(ctx, id)
		if err != nil {
			return err
		}
		for _, tied := range claims.TiedTo(c.Attributions) {
			root, err := standingSource(ctx, t, tied)
			if err != nil && !missing(err) {
				return err
			}
			if root.ID == s.ID {
				claims.EachLink(c.Attributions, func(l *claims.Link) {
					if l.Source == tied {
						learn(s, *l)
					}
				})
			}
		}
	}
	return nil
}

// learn makes what a link calls a source one of its aliases, unless that is only
// how the article puts it.
func learn(s *claims.Source, l claims.Link) bool {
	name := text.Fold(l.Name)
	known := func(n string) bool { return text.Fold(n) == name }
	if name == "" || name == text.Fold(l.Text) || slices.ContainsFunc(s.Names(), known) || len(s.Aliases) >= maxAliases {
		return false
	}
	s.Aliases = append(slices.Clone(s.Aliases), l.Name)
	return true
}
