package web

import (
	"bytes"
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// feedLength is how many pieces of news a feed holds; older ones stand on the
// pages that it goes with.
const feedLength = 50

const (
	atomType     = "application/atom+xml; charset=utf-8"
	jsonFeedType = "application/feed+json; charset=utf-8"
	xmlType      = "application/xml; charset=utf-8"
)

func (s *Server) verdictAtom(c echo.Context) error {
	f, err := s.verdictFeed(c.Request().Context(), "/feed.atom")
	if err != nil {
		return err
	}
	return sendAtom(c, f)
}

func (s *Server) verdictJSONFeed(c echo.Context) error {
	f, err := s.verdictFeed(c.Request().Context(), "/feed.json")
	if err != nil {
		return err
	}
	return sendJSONFeed(c, f)
}

func sendJSONFeed(c echo.Context, f export.Feed) error {
	var body bytes.Buffer
	if err := f.JSON(&body); err != nil {
		return err
	}
	nameHub(c, f)
	return sendPublic(c, http.StatusOK, jsonFeedType, body.Bytes())
}

// verdictFeed is the feed of the newest verdicts, known under a path.
func (s *Server) verdictFeed(ctx context.Context, path string) (export.Feed, error) {
	pubs, _, err := s.desk.PublicClaims(ctx, claims.Page{Limit: feedLength})
	if err != nil {
		return export.Feed{}, err
	}
	f, _, err := s.feed(ctx, path, "/public", "public.list")
	if err != nil {
		return f, err
	}
	err = addVerdicts(&f, pubs)
	return f, err
}

// feed is an empty feed of the newsroom, in its language.
func (s *Server) feed(ctx context.Context, path, page, title string) (export.Feed, *i18n.Words, error) {
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return export.Feed{}, nil, err
	}
	hub, err := s.desk.Hub(ctx)
	if err != nil {
		return export.Feed{}, nil, err
	}
	words := i18n.For(settings.Language)
	return export.Feed{
		Hub:   hub,
		Title: settings.Newsroom + " · " + words.T(title), Language: words.Lang(), Author: settings.Newsroom, Page: s.link(page), Self: s.link(path),
	}, words, nil
}

func sendAtom(c echo.Context, f export.Feed) error {
	var body bytes.Buffer
	if err := f.Atom(&body); err != nil {
		return err
	}
	nameHub(c, f)
	return sendPublic(c, http.StatusOK, atomType, body.Bytes())
}

// nameHub says in the headers of a feed too which hub tells of it, as WebSub wants.
func nameHub(c echo.Context, f export.Feed) {
	if f.Hub != "" {
		c.Response().Header().Set("Link", `<`+f.Hub+`>; rel="hub", <`+f.Self+`>; rel="self"`)
	}
}

func (s *Server) correctionAtom(c echo.Context) error {
	ctx := c.Request().Context()
	told, _, err := s.corrections(ctx, claims.Page{Limit: feedLength})
	if err != nil {
		return err
	}
	f, words, err := s.feed(ctx, "/corrections.atom", "/corrections", "public.corrections_list")
	if err != nil {
		return err
	}
	for _, x := range told {
		if x.Withdrawn != nil {
			f.Entries = append(f.Entries, export.WithdrawalEntry(x.Document, *x.Withdrawn, words.T("public.withdrawn_claim", claims.ShowID(x.Document.ID))))
			continue
		}
		own := i18n.For(x.Document.Language)
		f.Entries = append(f.Entries, export.CorrectionEntry(x.Document, own.T("public.effect."+string(x.Document.Effect))))
	}
	if err := s.addCheckCorrections(ctx, &f); err != nil {
		return err
	}
	return sendAtom(c, f)
}

func (s *Server) correctionList(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	var view public.CorrectionsView
	var next string
	if view.Corrections, next, err = whole(c, page, func(p claims.Page) ([]public.Correction, string, error) {
		return s.corrections(c.Request().Context(), p)
	}); err != nil {
		return err
	}
	if page.Cursor == "" {
		if view.Checks, err = s.checkCorrections(c.Request().Context()); err != nil {
			return err
		}
	}
	view.First, view.Next = turned(c, next)
	if view.Frame, err = s.publicFrame(c, "", ""); err != nil {
		return err
	}
	view.Frame.Title, view.Frame.Width = view.Frame.Words.T("public.corrections_list"), "middle"
	view.Frame.Head = public.FeedHead("/corrections.atom", "", view.Frame.Title)
	return s.renderPublic(c, http.StatusOK, public.CorrectionsPage(view))
}

func (s *Server) corrections(ctx context.Context, page claims.Page) (told []public.Correction, next string, err error) {
	pubs, next, err := s.desk.PublicCorrections(ctx, page)
	for _, p := range pubs {
		d, err := export.ReadDocument(p.Document)
		if err != nil {
			return nil, "", err
		}
		told = append(told, public.Correction{Document: d, Withdrawn: p.Withdrawn})
	}
	return told, next, err
}

// robotsText lets programs read what is public and nothing else.
func (s *Server) robotsText(c echo.Context) error {
	const open = "User-agent: *\nAllow: /public\nAllow: /c/\nAllow: /checks\nAllow: /corrections\nAllow: /feed.\nAllow: /feeds/tag/\nAllow: /feeds/source/\nAllow: /feeds/lang/\nAllow: /claimreview\nAllow: /sitemap\nAllow: /methodology\nAllow: /log/\nAllow: /assets/\nDisallow: /\n\nSitemap: "
	return sendPublic(c, http.StatusOK, echo.MIMETextPlainCharsetUTF8, []byte(open+s.link("/sitemap.xml")+"\n"))
}
