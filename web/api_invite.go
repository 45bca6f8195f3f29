package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// inviteJSON is an invite as programs see it; link is there once, when it is made.
type inviteJSON struct {
	ID        string             `json:"id"`
	Link      string             `json:"link,omitempty" doc:"Shown once"`
	State     claims.InviteState `json:"state" doc:"open, used, revoked or expired"`
	Role      claims.Role        `json:"role"`
	Name      string             `json:"name"`
	Display   string             `json:"display"`
	CreatedBy string             `json:"created_by"`
	CreatedAt time.Time          `json:"created_at"`
	ExpiresAt time.Time          `json:"expires_at"`
	RevokedAt *time.Time         `json:"revoked_at"`
	UsedAt    *time.Time         `json:"used_at"`
	Person    string             `json:"person,omitempty" doc:"Id of who came by it"`
}

type inviteInput struct {
	Role    claims.Role `json:"role"`
	Name    string      `json:"name,omitempty" doc:"Sign-in name proposed"`
	Display string      `json:"display,omitempty"`
	Days    int         `json:"days,omitempty" doc:"How long it works; 7 where left out"`
}

type factorJSON struct {
	Enabled      bool       `json:"enabled"`
	Since        *time.Time `json:"since"`
	RecoveryLeft int        `json:"recovery_left"`
	Required     bool       `json:"required" doc:"The newsroom asks it of the caller"`
}

// factorKeyJSON is the key of a second factor that is being set up.
type factorKeyJSON struct {
	Secret string `json:"secret"`
	URL    string `json:"url" doc:"otpauth:// address for an authenticator app"`
}

type recoveryJSON struct {
	RecoveryCodes []string `json:"recovery_codes" doc:"Shown once; each works once"`
}

type passwordInput struct {
	Password string `json:"password,omitempty" doc:"The caller's own, where they have one"`
}

type codeInput struct {
	Code string `json:"code"`
}

type byID struct {
	Call
	ID string `path:"id"`
}

func (a *api) addWaysIn() {
	s := a.server
	add(a, endpoint{method: http.MethodPost, path: "/invites", act: claims.ActPeople, summary: "Invite a person by a link that works once",
		body: bodyOf[inviteInput](), status: http.StatusCreated, secret: secretResponse}, s.apiInviteAdd)
	add(a, endpoint{method: http.MethodGet, path: "/invites", act: claims.ActPeople, summary: "List invites, the newest first"}, s.apiInvites)
	add(a, endpoint{method: http.MethodDelete, path: "/invites/{id}", act: claims.ActPeople, summary: "Revoke an invite",
		status: http.StatusNoContent}, s.apiInviteRevoke)
	add(a, endpoint{method: http.MethodDelete, path: "/users/{id}/sessions", act: claims.ActPeople, summary: "Sign a person out everywhere",
		status: http.StatusNoContent}, s.apiPersonSignOut)
	add(a, endpoint{method: http.MethodDelete, path: "/users/{id}/second-factor", act: claims.ActPeople, summary: "Take a person's one-time codes away",
		status: http.StatusNoContent}, s.apiFactorReset)
	add(a, endpoint{method: http.MethodGet, path: "/account/second-factor", act: claims.ActAccount, summary: "How one's second factor stands"}, s.apiFactor)
	add(a, endpoint{method: http.MethodPost, path: "/account/second-factor", act: claims.ActAccount, summary: "Begin to set up one-time codes",
		body: bodyOf[passwordInput](), status: http.StatusCreated, secret: secretResponse}, s.apiFactorBegin)
	add(a, endpoint{method: http.MethodPost, path: "/account/second-factor/confirm", act: claims.ActAccount, summary: "Turn one-time codes on by a first code",
		body: bodyOf[codeInput](), secret: secretResponse}, s.apiFactorConfirm)
	add(a, endpoint{method: http.MethodPost, path: "/account/second-factor/codes", act: claims.ActAccount, summary: "Make new recovery codes",
		body: bodyOf[passwordInput](), secret: secretResponse}, s.apiFactorCodes)
	add(a, endpoint{method: http.MethodPost, path: "/account/second-factor/disable", act: claims.ActAccount, summary: "Turn one-time codes off",
		body: bodyOf[passwordInput](), status: http.StatusNoContent, secret: secretRequest}, s.apiFactorDrop)
}

func newInviteJSON(i claims.Invite, now time.Time) inviteJSON {
	return inviteJSON{
		ID: i.ID, State: i.State(now), Role: i.Role, Name: i.Name, Display: i.Display, CreatedBy: i.CreatedBy, CreatedAt: i.CreatedAt,
		ExpiresAt: i.ExpiresAt, RevokedAt: since(i.RevokedAt), UsedAt: since(i.UsedAt), Person: i.Person,
	}
}

func (s *Server) apiInviteAdd(ctx context.Context, in *bare) (*single[inviteJSON], error) {
	body, err := decode[inviteInput](in)
	if err != nil {
		return nil, err
	}
	token, invite, err := s.desk.CreateInvite(ctx, in.actor(), workflow.NewInvite{Role: body.Role, Name: body.Name, Display: body.Display, Days: body.Days})
	if err != nil {
		return nil, err
	}
	out := newInviteJSON(invite, s.clock.Now())
	out.Link = s.inviteURL(token)
	return &single[inviteJSON]{Body: out}, nil
}

func (s *Server) apiInvites(ctx context.Context, in *bare) (*listing[inviteJSON], error) {
	roster, err := s.desk.Roster(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]inviteJSON, len(roster.Invites))
	for i, one := range roster.Invites {
		items[i] = newInviteJSON(one, roster.Now)
	}
	return listed(items, ""), nil
}

func (s *Server) apiInviteRevoke(ctx context.Context, in *byID) (*nothing, error) {
	return nil, s.desk.RevokeInvite(ctx, in.actor(), in.ID)
}

func (s *Server) apiPersonSignOut(ctx context.Context, in *byID) (*nothing, error) {
	return nil, s.desk.SignOutPerson(ctx, in.actor(), in.ID)
}

func (s *Server) apiFactorReset(ctx context.Context, in *byID) (*nothing, error) {
	return nil, s.desk.ResetFactor(ctx, in.actor(), in.ID)
}

func (s *Server) apiFactor(ctx context.Context, in *bare) (*single[factorJSON], error) {
	f, err := s.desk.SecondFactorOf(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	return &single[factorJSON]{Body: factorJSON{Enabled: f.InForce, Since: since(f.Since), RecoveryLeft: f.RecoveryLeft, Required: f.Required}}, nil
}

func (s *Server) apiFactorBegin(ctx context.Context, in *bare) (*single[factorKeyJSON], error) {
	body, err := decode[passwordInput](in)
	if err != nil {
		return nil, err
	}
	if err := s.desk.BeginFactor(ctx, in.actor(), body.Password); err != nil {
		return nil, err
	}
	f, err := s.desk.SecondFactorOf(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	return &single[factorKeyJSON]{Body: factorKeyJSON{Secret: f.Secret, URL: f.Address}}, nil
}

func (s *Server) apiFactorConfirm(ctx context.Context, in *bare) (*single[recoveryJSON], error) {
	body, err := decode[codeInput](in)
	if err != nil {
		return nil, err
	}
	codes, err := s.desk.ConfirmFactor(ctx, in.actor(), body.Code)
	if err != nil {
		return nil, err
	}
	return &single[recoveryJSON]{Body: recoveryJSON{codes}}, nil
}

func (s *Server) apiFactorCodes(ctx context.Context, in *bare) (*single[recoveryJSON], error) {
	body, err := decode[passwordInput](in)
	if err != nil {
		return nil, err
	}
	codes, err := s.desk.RenewRecovery(ctx, in.actor(), body.Password)
	if err != nil {
		return nil, err
	}
	return &single[recoveryJSON]{Body: recoveryJSON{codes}}, nil
}

func (s *Server) apiFactorDrop(ctx context.Context, in *bare) (*nothing, error) {
	body, err := decode[passwordInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.DropFactor(ctx, in.actor(), body.Password)
}
