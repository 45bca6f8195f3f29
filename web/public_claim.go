package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
	"cotejo/views/public"
)

// address is what /c/… names: a claim, one of its versions or the newest (0),
// as a page, as JSON or as a picture.
type address struct {
	id    string
	n     int
	json  bool
	png   bool // its card
	proof bool // that version n stands in the history
}

// String is the one plain form of the address; others are redirected to it.
func (a address) String() string {
	out := "/c/" + a.id
	if a.n > 0 {
		out += "@" + strconv.Itoa(a.n)
	}
	switch {
	case a.proof:
		out += ".proof.json"
	case a.json:
		out += ".json"
	case a.png:
		out += ".png"
	}
	return out
}

// readAddress reads ID, ID@N, ID.json, ID@N.json, ID.png, ID@N.png and ID@N.proof.json, the id in any notation.
func readAddress(s string) (address, bool) {
	var a address
	if s, a.proof = strings.CutSuffix(s, ".proof.json"); !a.proof {
		if s, a.json = strings.CutSuffix(s, ".json"); !a.json {
			s, a.png = strings.CutSuffix(s, ".png")
		}
	}
	id, n, pinned := strings.Cut(s, "@")
	if pinned {
		var err error
		if a.n, err = strconv.Atoi(n); err != nil || a.n < 1 {
			return address{}, false
		}
	}
	plain, ok := claims.PlainID(id)
	a.id = plain
	return a, ok && len(plain) == claims.ClaimIDLen && (a.n > 0 || !a.proof)
}

// publicClaim is the permalink of a claim and of each of its versions.
func (s *Server) publicClaim(c echo.Context) error {
	asked := c.Param("id")
	a, ok := readAddress(asked)
	if !ok {
		return claims.NotFound("claim", cut(asked, maxShown))
	}
	if plain := a.String(); "/c/"+asked != plain {
		return c.Redirect(http.StatusPermanentRedirect, plain)
	}
	if a.proof {
		return s.sendProof(c, a)
	}
	var also func(http.Header)
	if a.png {
		also = openly
	}
	if sent, err := s.sendKept(c, a.String(), also); sent || err != nil {
		return err
	}
	p, err := s.desk.PublicClaim(c.Request().Context(), a.id, a.n)
	if err != nil {
		return err
	}
	s.changedAt(c, p.Changed)
	switch {
	case a.png && (a.n > 0 || p.MergedInto == ""):
		return s.sendCard(c, a, p)
	case a.n > 0 && a.json:
		visitOf(c).changed = p.Publication.PublishedAt
		return sendPublic(c, http.StatusOK, echo.MIMEApplicationJSON, p.Publication.Document)
	case a.n > 0:
		return s.sendClaim(c, a, p)
	case p.MergedInto != "":
		c.Response().Header().Set("Cache-Control", publicCache)
		return c.Redirect(http.StatusMovedPermanently, address{id: p.MergedInto, json: a.json, png: a.png}.String())
	case p.Withdrawn != nil:
		return s.sendTombstone(c, a, p)
	case a.json:
		return sendJSON(c, http.StatusOK, newPublicJSON(p, s.checkURL))
	}
	return s.sendClaim(c, a, p)
}

func (s *Server) sendClaim(c echo.Context, a address, p workflow.PublicClaim) error {
	d := p.Document
	frame, err := s.publicFrame(c, d.Language, d.Claim.Standalone)
	if err != nil {
		return err
	}
	pinned := a.n > 0
	topics := asWritten(p.Topics, d)
	if pinned {
		topics, p.External = nil, nil // those are the newest version's
	}
	oEmbed := ""
	if !frame.Static {
		oEmbed = s.link("/oembed") + "?url=" + url.QueryEscape(d.URL)
	}
	frame.Head = public.ClaimHead(d, s.claimSocial(d, frame.Words), oEmbed)
	if pinned {
		frame.Head = public.PinnedHead(s.link(a.String()), s.link(address{id: a.id, n: a.n, json: true}.String()))
	}
	return s.renderPublic(c, http.StatusOK, public.ClaimPage(public.ClaimView{
		Frame: frame, Document: d, SHA256: p.Publication.SHA256, Newest: p.Newest, Pinned: pinned,
		RecheckedSince: p.RecheckedSince, Withdrawn: p.Withdrawn, Checks: p.Checks, External: p.External, Versions: versionsShown(p.Versions), Topics: topics, EmbedScript: s.link("/embed.js"),
	}))
}

// asWritten calls topics as the document does: how other claims write them later
// changes nothing of its page.
func asWritten(topics []claims.Topic, d export.Document) []claims.Topic {
	out := slices.Clone(topics)
	for i, t := range out {
		switch t.Kind {
		case claims.TopicTag:
			for _, tag := range d.Claim.Tags {
				if strings.ToLower(tag) == t.Key {
					out[i].Name = tag
				}
			}
		case claims.TopicSource:
			claims.EachLink(d.Claim.Attributions, func(l *claims.Link) {
				if l.Source == t.Key && l.Name != "" {
					out[i].Name = l.Name
				}
			})
		}
	}
	return out
}

func versionsShown(all []workflow.PublicVersion) []public.Version {
	out := make([]public.Version, len(all))
	for i, v := range all {
		out[i] = public.Version(v)
	}
	return out
}

// sendTombstone answers 410 with the reason; the page is not in the claim's
// data, but still in its language.
func (s *Server) sendTombstone(c echo.Context, a address, p workflow.PublicClaim) error {
	if a.json {
		return sendJSON(c, http.StatusGone, tombstoneJSON{
			ID: a.id, URL: p.Document.URL, Withdrawn: true, At: p.Withdrawn.At, Reason: p.Withdrawn.Reason, Versions: p.Newest,
		})
	}
	frame, err := s.publicFrame(c, p.Document.Language, "")
	if err != nil {
		return err
	}
	frame.Title = frame.Words.T("public.withdrawn")
	return s.renderPublic(c, http.StatusGone, public.TombstonePage(public.TombstoneView{
		Frame: frame, ID: a.id, Withdrawn: *p.Withdrawn, Newest: p.Newest,
	}))
}

// link makes a path of this desk into the address that others reach it by.
func (s *Server) link(path string) string {
	u := *s.base
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain // String writes it as addresses are written
	}
	u.Path = strings.TrimRight(u.Path, "/") + path
	return u.String()
}

func (s *Server) checkURL(slug string) string { return s.link("/checks/" + slug) }

// publicJSON is /c/ID.json: the newest publication with what is known today.
type publicJSON struct {
	export.Document
	SHA256         string      `json:"sha256"` // of /c/ID@N.json
	RecheckedSince *time.Time  `json:"rechecked_since"`
	CitedIn        []citedJSON `json:"cited_in"`
}

type citedJSON struct {
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Outlet    string       `json:"outlet,omitempty"` // of a check published elsewhere
	Published *claims.Date `json:"published,omitempty"`
}

type tombstoneJSON struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Withdrawn bool      `json:"withdrawn"`
	At        time.Time `json:"withdrawn_at"`
	Reason    string    `json:"reason"`
	Versions  int       `json:"versions"`
}

func newPublicJSON(p workflow.PublicClaim, checkURL func(string) string) publicJSON {
	out := publicJSON{Document: p.Document, SHA256: p.Publication.SHA256, RecheckedSince: p.RecheckedSince, CitedIn: []citedJSON{}}
	for _, ch := range p.Checks {
		out.CitedIn = append(out.CitedIn, citedJSON{URL: checkURL(ch.Slug), Title: ch.Title})
	}
	for _, e := range p.External {
		out.CitedIn = append(out.CitedIn, citedJSON{URL: e.URL, Title: e.Title, Outlet: e.Outlet, Published: e.Published})
	}
	return out
}

func sendJSON(c echo.Context, status int, v any) error {
	body, err := export.Canonical(v)
	if err != nil {
		return err
	}
	return sendPublic(c, status, echo.MIMEApplicationJSON, body)
}
