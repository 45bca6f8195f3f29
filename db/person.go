package db

import (
	"cmp"
	"context"
	"slices"

	"cotejo/claims"
)

const personColumns = "id, name, display, role, language, password, mail, mail_kinds, keys, tour, disabled, created_at, version"

func scanPerson(row scanner) (p claims.Person, err error) {
	err = row.Scan(&p.ID, &p.Name, &p.Display, &p.Role, &p.Language, &p.Password, &p.Mail, jsonColumn{&p.MailKinds}, &p.Keys, &p.Tour, &p.Disabled, timeColumn{&p.CreatedAt}, &p.Version)
	return p, err
}

func (r *reader) Person(ctx context.Context, id string) (claims.Person, error) {
	p, err := queryOne(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons WHERE id = $1", id)
	return found(p, err, "person", id)
}

func (r *reader) PersonByName(ctx context.Context, name string) (claims.Person, error) {
	p, err := queryOne(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons WHERE name = $1", name)
	return found(p, err, "person", name)
}

// People sorts here, because the engines collate names differently.
func (r *reader) People(ctx context.Context) ([]claims.Person, error) {
	people, err := queryAll(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons")
	slices.SortFunc(people, func(a, b claims.Person) int { return cmp.Compare(a.Name, b.Name) })
	return people, err
}

func (w *writer) CreatePerson(ctx context.Context, p *claims.Person) error {
	p.Version = 1
	return w.create(ctx, "person", p.Name, insertInto("persons", personColumns),
		p.ID, p.Name, p.Display, p.Role, p.Language, p.Password, p.Mail, jsonList(p.MailKinds), p.Keys, p.Tour, p.Disabled, p.CreatedAt.UnixMicro(), p.Version)
}

func (w *writer) UpdatePerson(ctx context.Context, p *claims.Person) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM persons WHERE name = $1 AND id <> $2", p.Name, p.ID)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.person", p.Name)
	}
	rows, err := w.exec(ctx, `UPDATE persons SET name = $1, display = $2, role = $3, language = $4, password = $5, disabled = $6,
		mail = $7, mail_kinds = $8, keys = $9, tour = $10, version = version + 1 WHERE id = $11 AND version = $12`,
		p.Name, p.Display, p.Role, p.Language, p.Password, p.Disabled, p.Mail, jsonList(p.MailKinds), p.Keys, p.Tour, p.ID, p.Version)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "person", "persons", p.ID); err != nil {
		return err
	}
	p.Version++
	return nil
}
