package workflow

import (
	"context"
	"regexp"
	"strings"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// NewPerson is what an account starts with. Name is the sign-in name.
type NewPerson struct {
	Name     string
	Display  string
	Password string
	Role     claims.Role
	Language string // of the pages; "" follows the browser
}

// personFields is what the history tells of a person; never the password.
var personFields = []field[claims.Person]{
	plain("name", func(p *claims.Person) *string { return &p.Name }),
	plain("display", func(p *claims.Person) *string { return &p.Display }),
	plain("role", func(p *claims.Person) *claims.Role { return &p.Role }),
	plain("language", func(p *claims.Person) *string { return &p.Language }),
	plain("mail", func(p *claims.Person) *string { return &p.Mail }),
	listed("mail_kinds", func(p *claims.Person) *[]claims.InboxKind { return &p.MailKinds }),
	plain("keys", func(p *claims.Person) *string { return &p.Keys }),
	plain("tour", func(p *claims.Person) *int { return &p.Tour }),
	plain("disabled", func(p *claims.Person) *bool { return &p.Disabled }),
}

var nameShape = regexp.MustCompile(`^[\p{Ll}\p{Lo}0-9][\p{Ll}\p{Lo}0-9._@-]*$`)

// check tidies the input and refuses what cannot be.
func (in *NewPerson) check() error {
	in.Name = strings.ToLower(strings.TrimSpace(in.Name))
	in.Display = strings.Join(strings.Fields(in.Display), " ")
	var f faults
	f.signInName(in.Name)
	f.text("display", in.Display, maxName)
	if err := f.take(auth.CheckPassword("password", in.Password, in.Name, in.Display)); err != nil {
		return err
	}
	if !in.Role.Valid() {
		f.add("role", "role.unknown", clip(string(in.Role), maxName))
	}
	f.language("language", &in.Language)
	return f.err()
}

// signInName refuses what nobody can sign in as.
func (f *faults) signInName(name string) {
	before := len(*f)
	f.required("name", name, maxName)
	if len(*f) == before && !nameShape.MatchString(name) {
		f.add("name", "person.name_malformed", clip(name, maxName))
	}
}

// NeedsSetup reports whether nobody has an account yet.
func (d *Desk) NeedsSetup(ctx context.Context) (bool, error) {
	needs := false
	err := d.store.View(ctx, func(r claims.Reader) error {
		people, err := r.People(ctx)
		needs = len(people) == 0
		return err
	})
	return needs, err
}

// SetUp makes the first account, an admin's; it is refused once anybody is there.
func (d *Desk) SetUp(ctx context.Context, in NewPerson) (claims.Person, error) {
	in.Role = claims.RoleAdmin
	needs, err := d.NeedsSetup(ctx)
	if err != nil {
		return claims.Person{}, err
	}
	if !needs {
		return claims.Person{}, claims.Refuse(claims.KindConflict, "setup.done")
	}
	return d.addPerson(ctx, claims.Actor{}, in, ActSetUp, func(t *tx) error {
		people, err := t.People(ctx)
		if err == nil && len(people) > 0 {
			err = claims.Refuse(claims.KindConflict, "setup.done")
		}
		return err
	})
}

// AddPerson gives somebody an account.
func (d *Desk) AddPerson(ctx context.Context, actor claims.Actor, in NewPerson) (claims.Person, error) {
	if err := d.ask(ctx, actor, claims.ActPeople); err != nil {
		return claims.Person{}, err
	}
	return d.addPerson(ctx, actor, in, ActPersonAdd, func(t *tx) error { return t.may(claims.ActPeople) })
}

// addPerson makes an account where allowed says so inside the transaction. The
// slow hash is made before it.
func (d *Desk) addPerson(ctx context.Context, actor claims.Actor, in NewPerson, act string, allowed func(*tx) error) (claims.Person, error) {
	if err := in.check(); err != nil {
		return claims.Person{}, err
	}
	hash, err := d.hasher.Hash(ctx, in.Password)
	if err != nil {
		return claims.Person{}, err
	}
	var out claims.Person
	err = d.update(ctx, actor, func(t *tx) error {
		if err := allowed(t); err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		if !actor.SignedIn() {
			t.actor.ID = id // whoever sets the desk up acts as who they become
		}
		p := claims.Person{ID: id, Name: in.Name, Display: in.Display, Role: in.Role, Language: in.Language, Password: hash, Tour: 1, CreatedAt: t.now}
		if err := t.CreatePerson(ctx, &p); err != nil {
			return err
		}
		out = blank(p)
		return t.record(ctx, onPerson(act, p, born(personFields, p)...))
	})
	return out, err
}

// People lists everybody with an account, without their passwords.
func (d *Desk) People(ctx context.Context, actor claims.Actor) ([]claims.Person, error) {
	var out []claims.Person
	err := d.look(ctx, actor, claims.ActPeople, func(r claims.Reader) error {
		people, err := r.People(ctx)
		out = make([]claims.Person, len(people))
		for i, p := range people {
			out[i] = blank(p)
		}
		return err
	})
	return out, err
}

// SetRole changes what a person may do, from their next request on.
func (d *Desk) SetRole(ctx context.Context, actor claims.Actor, id string, version int64, role claims.Role) error {
	return d.changePerson(ctx, actor, id, version, ActPersonRole, func(t *tx, p *claims.Person) error {
		if !role.Valid() {
			return claims.Invalid("role", "role.unknown", clip(string(role), maxName))
		}
		p.Role = role
		return nil
	})
}

// SetDisabled shuts an account, and ends its sessions at once, or opens it again.
func (d *Desk) SetDisabled(ctx context.Context, actor claims.Actor, id string, version int64, disabled bool) error {
	act := ActPersonEnable
	if disabled {
		act = ActPersonDisable
	}
	return d.changePerson(ctx, actor, id, version, act, func(t *tx, p *claims.Person) error {
		p.Disabled = disabled
		if !disabled {
			return nil
		}
		return t.DeleteSessionsOf(ctx, p.ID)
	})
}

// changePerson is an admin's act on one account. The desk keeps at least one
// admin who can sign in.
func (d *Desk) changePerson(ctx context.Context, actor claims.Actor, id string, version int64, act string, change func(*tx, *claims.Person) error) error {
	return d.act(ctx, actor, func(t *tx) error {
		before, err := t.Person(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("person", id, version, before.Version); err != nil {
			return err
		}
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		after := before
		if err := change(t, &after); err != nil {
			return err
		}
		if err := t.keepsAdmin(ctx, before, after); err != nil {
			return err
		}
		return t.savePerson(ctx, before, after, act)
	})
}

// savePerson writes a person and the event of it; where nothing changed, nothing.
func (t *tx) savePerson(ctx context.Context, before, after claims.Person, act string) error {
	changes := diff(personFields, before, after)
	if len(changes) == 0 && before.Password == after.Password {
		return nil
	}
	if err := t.UpdatePerson(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, onPerson(act, after, changes...))
}

// keepsAdmin refuses to demote or disable the last admin who can sign in.
func (t *tx) keepsAdmin(ctx context.Context, before, after claims.Person) error {
	if !reigns(before) || reigns(after) {
		return nil
	}
	people, err := t.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID != before.ID && reigns(p) {
			return nil
		}
	}
	return claims.Refuse(claims.KindConflict, "person.last_admin", before.Name)
}

func reigns(p claims.Person) bool { return p.Role == claims.RoleAdmin && !p.Disabled }

// SetLanguage chooses the language of the actor's own pages; "" follows the browser.
func (d *Desk) SetLanguage(ctx context.Context, actor claims.Actor, lang string) error {
	return d.changeSelf(ctx, actor, ActPersonLanguage, func(_ *tx, p *claims.Person) error {
		var f faults
		f.language("language", &lang)
		p.Language = lang
		return f.err()
	})
}

// changeSelf is a person's act on their own account.
func (d *Desk) changeSelf(ctx context.Context, actor claims.Actor, act string, change func(*tx, *claims.Person) error) error {
	return d.act(ctx, actor, func(t *tx) error {
		before, err := t.self(ctx)
		if err != nil {
			return err
		}
		after := before
		if err := change(t, &after); err != nil {
			return err
		}
		return t.savePerson(ctx, before, after, act)
	})
}

// self reads the actor's own row, for an act on it.
func (t *tx) self(ctx context.Context) (claims.Person, error) {
	if t.actor.ReadOnly {
		return claims.Person{}, claims.Refuse(claims.KindNotAllowed, "token_read_only")
	}
	return t.Person(ctx, t.actor.ID)
}

// everyone gives all people by id, without their passwords.
func everyone(ctx context.Context, r claims.PersonReader) (map[string]claims.Person, error) {
	people, err := r.People(ctx)
	out := make(map[string]claims.Person, len(people))
	for _, p := range people {
		out[p.ID] = blank(p)
	}
	return out, err
}

// blank is a person as others may see them.
func blank(p claims.Person) claims.Person {
	p.Password, p.Mail, p.MailKinds = "", "", nil
	return p
}

func onPerson(act string, p claims.Person, changes ...change) entry {
	return entry{act: act, noun: "person", id: p.ID, changes: changes}
}
