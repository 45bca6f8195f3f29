package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/desk"
)

// accountKeys takes the reader's keys, or goes back to the standard ones.
func (s *Server) accountKeys(c echo.Context) error {
	typed := desk.KeysForm{Off: c.FormValue("off") != "", Keys: map[claims.KeyAct]string{}}
	keys := claims.Keymap{}
	if c.FormValue("standard") == "" {
		keys = claims.Keymap{Off: typed.Off, Of: typed.Keys}
		for _, act := range append(claims.DismissKeys(), claims.KeyActs...) {
			typed.Keys[act] = cut(c.FormValue("key_"+string(act)), maxShown)
		}
	}
	if err := s.desk.SetKeys(c.Request().Context(), actorOf(c), keys); err != nil {
		return s.accountRefused(c, err, desk.AccountPage{At: "keys", KeysForm: typed})
	}
	s.flash(c, "keys.are_changed")
	return seeOther(c, "/account#keys-own")
}

// goTo leads to the claim of an id as people type it; what is no id is searched for.
func (s *Server) goTo(c echo.Context) error {
	typed := cut(c.QueryParam("id"), maxQuery)
	if plain, ok := claims.PlainID(typed); ok {
		if _, err := s.desk.Claim(c.Request().Context(), actorOf(c), plain); err == nil {
			return seeOther(c, "/claims/"+plain)
		}
	}
	if typed == "" {
		return seeOther(c, "/search")
	}
	return seeOther(c, "/search?"+url.Values{"q": {typed}}.Encode())
}

type keysJSON struct {
	Off  bool                     `json:"off" doc:"No key of a single sign does anything"`
	Keys map[claims.KeyAct]string `json:"keys" doc:"One sign for each act, empty for none; acts that are left out keep the standard key"`
}

func (a *api) addKeys() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/account/keys", act: claims.ActAccount, summary: "Which keys do what on the caller’s pages"}, s.apiKeys)
	add(a, endpoint{method: http.MethodPost, path: "/account/keys", act: claims.ActAccount, summary: "Choose which keys do what on the caller’s pages",
		body: bodyOf[keysJSON]()}, s.apiKeysSet)
}

func (s *Server) apiKeys(ctx context.Context, in *bare) (*single[keysJSON], error) {
	keys, err := s.desk.Keys(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	out := keysJSON{Off: keys.Off, Keys: map[claims.KeyAct]string{}}
	for _, act := range append(claims.DismissKeys(), claims.KeyActs...) {
		out.Keys[act] = keys.Key(act)
	}
	return &single[keysJSON]{Body: out}, nil
}

func (s *Server) apiKeysSet(ctx context.Context, in *bare) (*single[keysJSON], error) {
	body, err := decode[keysJSON](in)
	if err != nil {
		return nil, err
	}
	if err := s.desk.SetKeys(ctx, in.actor(), claims.Keymap{Off: body.Off, Of: body.Keys}); err != nil {
		return nil, err
	}
	return s.apiKeys(ctx, in)
}
