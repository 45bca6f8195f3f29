package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// personJSON is an account as programs see it; there is no password in it.
type personJSON struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Display   string      `json:"display"`
	Role      claims.Role `json:"role"`
	Language  string      `json:"language"`
	Disabled  bool        `json:"disabled"`
	CreatedAt time.Time   `json:"created_at"`
	Version   int64       `json:"version"`

	SecondFactor  bool       `json:"second_factor" doc:"Sign-in asks for a one-time code"`
	Identity      string     `json:"identity,omitempty" doc:"E-mail address by which they sign in through the provider"`
	IdentitySince *time.Time `json:"identity_since" doc:"Null until they have done so"`
}

type personInput struct {
	Name     string      `json:"name"`
	Display  string      `json:"display,omitempty"`
	Password string      `json:"password"`
	Role     claims.Role `json:"role"`
	Language string      `json:"language,omitempty"`
}

// personPatch changes one thing about an account at a time.
type personPatch struct {
	Role     *claims.Role `json:"role,omitempty"`
	Disabled *bool        `json:"disabled,omitempty"`
	Password *string      `json:"password,omitempty" doc:"A new one; ends the person's sessions"`
	Identity *string      `json:"identity,omitempty" doc:"The verified e-mail address by which they sign in through the provider; empty for none"`
}

// tokenJSON is a key to the API; token is there once, when it is made.
type tokenJSON struct {
	ID        string       `json:"id"`
	Token     string       `json:"token,omitempty" doc:"Shown once"`
	Person    string       `json:"person" doc:"Id of whose it is"`
	Scope     claims.Scope `json:"scope"`
	CreatedAt time.Time    `json:"created_at"`
	ExpiresAt *time.Time   `json:"expires_at"`
	RevokedAt *time.Time   `json:"revoked_at"`
	UsedAt    *time.Time   `json:"used_at"`
}

type tokenInput struct {
	User        string       `json:"user,omitempty" doc:"Sign-in name; the caller's own where left out"`
	Scope       claims.Scope `json:"scope" doc:"read or write"`
	ExpiresDays int          `json:"expires_days,omitempty" doc:"0 for never"`
}

type (
	personSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
	tokenID struct {
		Call
		ID string `path:"id"`
	}
)

func (a *api) addPeople() {
	s := a.server
	add(a, endpoint{method: http.MethodPost, path: "/users", act: claims.ActPeople, summary: "Add a person",
		body: bodyOf[personInput](), status: http.StatusCreated, secret: secretRequest}, s.apiPersonAdd)
	add(a, endpoint{method: http.MethodGet, path: "/users", act: claims.ActPeople, summary: "List people"}, s.apiPeople)
	add(a, endpoint{method: http.MethodPatch, path: "/users/{id}", act: claims.ActPeople, summary: "Change a person's role, bar them, or set a new password",
		body: bodyOf[personPatch](), secret: secretRequest}, s.apiPersonEdit)
	add(a, endpoint{method: http.MethodPost, path: "/tokens", act: claims.ActLook, summary: "Make a token",
		body: bodyOf[tokenInput](), status: http.StatusCreated, secret: secretResponse}, s.apiTokenAdd)
	add(a, endpoint{method: http.MethodGet, path: "/tokens", act: claims.ActAccount, summary: "List one's tokens"}, s.apiTokens)
	add(a, endpoint{method: http.MethodDelete, path: "/tokens/{id}", act: claims.ActLook, summary: "Revoke a token",
		status: http.StatusNoContent}, s.apiTokenRevoke)
}

func (s *Server) apiPersonAdd(ctx context.Context, in *bare) (*single[personJSON], error) {
	body, err := decode[personInput](in)
	if err != nil {
		return nil, err
	}
	p, err := s.desk.AddPerson(ctx, in.actor(), workflow.NewPerson{
		Name: body.Name, Display: body.Display, Password: body.Password, Role: body.Role, Language: body.Language,
	})
	if err != nil {
		return nil, err
	}
	return &single[personJSON]{ETag: etagOf(p.Version), Body: newPersonJSON(p)}, nil
}

func (s *Server) apiPeople(ctx context.Context, in *bare) (*listing[personJSON], error) {
	roster, err := s.desk.Roster(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]personJSON, len(roster.People))
	for i, p := range roster.People {
		items[i] = listedPersonJSON(roster, p)
	}
	return listed(items, ""), nil
}

func (s *Server) apiPersonEdit(ctx context.Context, in *personSeen) (*single[personJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[personPatch](in)
	if err != nil {
		return nil, err
	}
	switch {
	case body.given() != 1:
		err = claims.Invalid("", "api.one_at_a_time")
	case body.Role != nil:
		err = s.desk.SetRole(ctx, in.actor(), in.ID, version, *body.Role)
	case body.Disabled != nil:
		err = s.desk.SetDisabled(ctx, in.actor(), in.ID, version, *body.Disabled)
	case body.Password != nil:
		err = s.desk.ResetPassword(ctx, in.actor(), in.ID, version, *body.Password)
	default:
		err = s.desk.SetIdentity(ctx, in.actor(), in.ID, version, *body.Identity)
	}
	if err != nil {
		return nil, err
	}
	return s.onePerson(ctx, in.actor(), in.ID)
}

func (s *Server) onePerson(ctx context.Context, actor claims.Actor, id string) (*single[personJSON], error) {
	roster, err := s.desk.Roster(ctx, actor)
	if err != nil {
		return nil, err
	}
	for _, p := range roster.People {
		if p.ID == id {
			return &single[personJSON]{ETag: etagOf(p.Version), Body: listedPersonJSON(roster, p)}, nil
		}
	}
	return nil, claims.NotFound("person", id)
}

func newPersonJSON(p claims.Person) personJSON {
	return personJSON{
		ID: p.ID, Name: p.Name, Display: p.Display, Role: p.Role, Language: p.Language, Disabled: p.Disabled,
		CreatedAt: p.CreatedAt, Version: p.Version,
	}
}

// listedPersonJSON is newPersonJSON with how the person comes in.
func listedPersonJSON(r workflow.Roster, p claims.Person) personJSON {
	out := newPersonJSON(p)
	identity := r.Identities[p.ID]
	out.SecondFactor, out.Identity, out.IdentitySince = !r.Factors[p.ID].IsZero(), identity.Email, since(identity.LinkedAt)
	return out
}

// given counts what a patch would change.
func (p personPatch) given() int {
	n := 0
	for _, there := range []bool{p.Role != nil, p.Disabled != nil, p.Password != nil, p.Identity != nil} {
		if there {
			n++
		}
	}
	return n
}

// maxExpiryDays keeps the days of a token's life a sum that can be counted.
const maxExpiryDays = 3650

func (s *Server) apiTokenAdd(ctx context.Context, in *bare) (*single[tokenJSON], error) {
	body, err := decode[tokenInput](in)
	if err != nil {
		return nil, err
	}
	if body.ExpiresDays < 0 || body.ExpiresDays > maxExpiryDays {
		return nil, claims.Invalid("expires_days", "api.expires_days", maxExpiryDays)
	}
	plain, t, err := s.desk.CreateToken(ctx, in.actor(), body.User, body.Scope, time.Duration(body.ExpiresDays)*24*time.Hour)
	if err != nil {
		return nil, err
	}
	out := newTokenJSON(t)
	out.Token = plain
	return &single[tokenJSON]{Body: out}, nil
}

func (s *Server) apiTokens(ctx context.Context, in *bare) (*listing[tokenJSON], error) {
	tokens, err := s.desk.Tokens(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]tokenJSON, len(tokens))
	for i, t := range tokens {
		items[i] = newTokenJSON(t)
	}
	return listed(items, ""), nil
}

func (s *Server) apiTokenRevoke(ctx context.Context, in *tokenID) (*nothing, error) {
	return nil, s.desk.RevokeToken(ctx, in.actor(), in.ID)
}

func newTokenJSON(t claims.Token) tokenJSON {
	return tokenJSON{
		ID: t.ID, Person: t.Person, Scope: t.Scope, CreatedAt: t.CreatedAt,
		ExpiresAt: since(t.ExpiresAt), RevokedAt: since(t.RevokedAt), UsedAt: since(t.UsedAt),
	}
}

// since gives nil for the zero time, so that JSON says null.
func since(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
