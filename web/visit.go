package web

import (
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
)

// visit is what the middleware found out about one request; handlers read it
// through actorOf, personOf, wordsOf and requestID.
type visit struct {
	id         string // of the request, shown on error pages and in the log
	access     access
	actor      claims.Actor
	person     claims.Person
	sessionKey string
	session    *sessions.Session // nil where nobody is signed in
	settings   claims.Settings   // read by the guard; zero on public pages
	words      *i18n.Words
	public     workflow.PublicState // how the public pages stood before anything was read for this one
	changed    time.Time            // when a public answer was last otherwise; zero where nobody knows
	keep       func(publicAnswer)   // takes what is sent, to send it again
	since      time.Time            // when the request came in, as precisely as a store keeps it
}

const visitKey = "cotejo.visit"

func visitOf(c echo.Context) *visit {
	v, _ := c.Get(visitKey).(*visit)
	if v == nil {
		v = &visit{}
		c.Set(visitKey, v)
	}
	return v
}

// actorOf gives who acts; the zero Actor on public pages.
func actorOf(c echo.Context) claims.Actor { return visitOf(c).actor }

// personOf gives the account of who acts; the zero Person on public pages.
func personOf(c echo.Context) claims.Person { return visitOf(c).person }

// requestID gives the id that ties what a person sees to the log.
func requestID(c echo.Context) string { return visitOf(c).id }

// wordsOf gives the words of the reader's language: their setting, else the
// newsroom's or the browser's wish.
func wordsOf(c echo.Context) *i18n.Words {
	v := visitOf(c)
	if v.words == nil {
		wish := c.Request().Header.Get("Accept-Language")
		if wish == "" {
			wish = v.settings.Language
		}
		v.words = i18n.For(i18n.Match(v.person.Language, wish))
	}
	return v.words
}
