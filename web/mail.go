package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

func (s *Server) accountMail(c echo.Context) error {
	typed := desk.MailForm{Address: c.FormValue("email")}
	for _, kind := range c.Request().Form["kinds"] {
		typed.Kinds = append(typed.Kinds, claims.InboxKind(cut(kind, maxShown)))
	}
	err := s.desk.SetMail(c.Request().Context(), actorOf(c), workflow.MailWish{Address: typed.Address, Kinds: typed.Kinds})
	if err != nil {
		return s.accountRefused(c, err, desk.AccountPage{At: "mail", Mail: typed})
	}
	s.flash(c, "account.saved")
	return seeOther(c, "/account#mail")
}

// mailJSON is where the caller wants to be sent what comes into their inbox.
type mailJSON struct {
	Address string             `json:"address" doc:"Empty for nowhere"`
	Kinds   []claims.InboxKind `json:"kinds" doc:"mention, assigned, due, returned, approved, published"`
}

func (a *api) addMail() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/account/mail", act: claims.ActAccount, summary: "Where the caller’s inbox is sent to"}, s.apiMail)
	add(a, endpoint{method: http.MethodPost, path: "/account/mail", act: claims.ActAccount, summary: "Say where the caller’s inbox is sent to",
		body: bodyOf[mailJSON]()}, s.apiMailSet)
}

func (s *Server) apiMail(ctx context.Context, in *bare) (*single[mailJSON], error) {
	wish, err := s.desk.MailWish(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	return &single[mailJSON]{Body: mailJSON{Address: wish.Address, Kinds: some(wish.Kinds)}}, nil
}

func (s *Server) apiMailSet(ctx context.Context, in *bare) (*single[mailJSON], error) {
	body, err := decode[mailJSON](in)
	if err != nil {
		return nil, err
	}
	if err := s.desk.SetMail(ctx, in.actor(), workflow.MailWish{Address: body.Address, Kinds: body.Kinds}); err != nil {
		return nil, err
	}
	return s.apiMail(ctx, in)
}
