package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/card"
	"cotejo/claims/workflow"
	"cotejo/views/assets"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// framedPolicy is contentPolicy for the one page that other sites may frame.
var framedPolicy = strings.Replace(contentPolicy, "frame-ancestors 'none'", "frame-ancestors *", 1)

// framed lets other sites frame what is sent.
func framed(h http.Header) {
	openly(h)
	h.Set("Content-Security-Policy", framedPolicy)
	h.Del("X-Frame-Options")
	h.Del("Cross-Origin-Opener-Policy")
}

// embedPath is where the card of a claim stands.
func embedPath(id string) string { return "/c/" + id + "/embed" }

// publicEmbed is the card of a claim for other sites.
func (s *Server) publicEmbed(c echo.Context) error {
	asked := c.Param("id")
	id, ok := claims.PlainID(asked)
	if !ok || len(id) != claims.ClaimIDLen {
		return claims.NotFound("claim", cut(asked, maxShown))
	}
	if id != asked {
		return c.Redirect(http.StatusPermanentRedirect, embedPath(id))
	}
	if sent, err := s.sendKept(c, embedPath(id), framed); sent || err != nil {
		return err
	}
	p, err := s.desk.PublicClaim(c.Request().Context(), id, 0)
	if err != nil {
		return err
	}
	s.changedAt(c, p.Changed)
	if p.MergedInto != "" {
		c.Response().Header().Set("Cache-Control", publicCache)
		return c.Redirect(http.StatusMovedPermanently, embedPath(p.MergedInto))
	}
	status := http.StatusOK
	if p.Withdrawn != nil {
		status = http.StatusGone
	}
	framed(c.Response().Header())
	return s.renderPublic(c, status, public.EmbedPage(public.EmbedView{
		Words: i18n.For(p.Document.Language), Document: p.Document, RecheckedSince: p.RecheckedSince != nil, Withdrawn: p.Withdrawn,
		Link: s.link(address{id: id}.String()),
	}))
}

// embedScript is the script that other sites load: its address never changes, so
// it is asked for again from time to time.
func (s *Server) embedScript(c echo.Context) error {
	raw, err := assets.Read("js/embed.js")
	if err != nil {
		return err
	}
	openly(c.Response().Header())
	s.changedAt(c, s.built)
	return sendPublic(c, http.StatusOK, "text/javascript; charset=utf-8", raw)
}

// oEmbed is the answer of the oEmbed format, version 1.0, type rich.
type oEmbed struct {
	XMLName         xml.Name `json:"-" xml:"oembed"`
	Version         string   `json:"version" xml:"version"`
	Type            string   `json:"type" xml:"type"`
	Title           string   `json:"title" xml:"title"`
	AuthorName      string   `json:"author_name,omitempty" xml:"author_name,omitempty"`
	AuthorURL       string   `json:"author_url,omitempty" xml:"author_url,omitempty"`
	ProviderName    string   `json:"provider_name" xml:"provider_name"`
	ProviderURL     string   `json:"provider_url" xml:"provider_url"`
	CacheAge        int      `json:"cache_age" xml:"cache_age"` // seconds
	HTML            string   `json:"html" xml:"html"`
	Width           int      `json:"width" xml:"width"`
	Height          int      `json:"height" xml:"height"`
	ThumbnailURL    string   `json:"thumbnail_url,omitempty" xml:"thumbnail_url,omitempty"`
	ThumbnailWidth  int      `json:"thumbnail_width,omitempty" xml:"thumbnail_width,omitempty"`
	ThumbnailHeight int      `json:"thumbnail_height,omitempty" xml:"thumbnail_height,omitempty"`
}

// oEmbedCacheAge is how long others may keep an answer, in seconds.
const oEmbedCacheAge = 3600

// oEmbedShow answers /oembed?url=. Only addresses of our own claims have an answer.
func (s *Server) oEmbedShow(c echo.Context) error {
	c.Response().Header().Set("Access-Control-Allow-Origin", "*")
	format := c.QueryParam("format")
	if format != "" && format != "json" && format != "xml" {
		return c.String(http.StatusNotImplemented, "The formats are json and xml.\n")
	}
	if c.QueryParam("url") == "" {
		return c.String(http.StatusBadRequest, "The parameter url is missing: the address of a claim.\n")
	}
	most, err := oEmbedSize(c)
	if err != nil {
		return c.String(http.StatusBadRequest, "maxwidth and maxheight are whole numbers of pixels.\n")
	}
	id, ok := s.ownClaim(c.QueryParam("url"))
	if !ok {
		return c.String(http.StatusNotFound, "There is no claim at that address.\n")
	}
	p, err := s.oEmbedClaim(c, id)
	if err != nil && claims.KindOf(err) != claims.KindNotFound {
		return err
	}
	if err != nil || p.Withdrawn != nil {
		return c.String(http.StatusNotFound, "There is no claim at that address.\n")
	}
	return sendOEmbed(c, format, s.oEmbedOf(p, most))
}

// oEmbedClaim reads a claim, or the one that stands for it where it was merged.
func (s *Server) oEmbedClaim(c echo.Context, id string) (workflow.PublicClaim, error) {
	p, err := s.desk.PublicClaim(c.Request().Context(), id, 0)
	if err == nil && p.MergedInto != "" {
		return s.desk.PublicClaim(c.Request().Context(), p.MergedInto, 0)
	}
	return p, err
}

// size is the room that whoever embeds has; 0 for any.
type size struct{ width, height int }

func oEmbedSize(c echo.Context) (most size, err error) {
	for name, to := range map[string]*int{"maxwidth": &most.width, "maxheight": &most.height} {
		text := c.QueryParam(name)
		if text == "" {
			continue
		}
		if *to, err = strconv.Atoi(text); err != nil || *to < 1 {
			return most, claims.Invalid(name, "number.malformed", cut(text, maxShown))
		}
	}
	return most, nil
}

// ownClaim reads the id from the address of a claim's page, or of one of its
// versions, on this desk.
func (s *Server) ownClaim(link string) (string, bool) {
	u, err := url.Parse(link)
	if err != nil || !strings.EqualFold(u.Host, s.base.Host) || u.Scheme != "https" && u.Scheme != s.base.Scheme {
		return "", false
	}
	rest, ok := strings.CutPrefix(u.Path, strings.TrimRight(s.base.Path, "/")+"/c/")
	a, known := readAddress(strings.TrimSuffix(rest, "/embed"))
	return a.id, ok && known && !a.proof
}

func (s *Server) oEmbedOf(p workflow.PublicClaim, most size) oEmbed {
	d, w := p.Document, i18n.For(p.Document.Language)
	out := oEmbed{
		Version: "1.0", Type: "rich", Title: d.Claim.Standalone, AuthorName: d.ClaimReview.Author.Name, AuthorURL: d.ClaimReview.Author.URL,
		ProviderName: d.ClaimReview.Author.Name, ProviderURL: s.link("/public"), CacheAge: oEmbedCacheAge,
		Width: within(public.EmbedWidth, most.width), Height: within(public.EmbedHeight, most.height),
	}
	out.HTML = public.EmbedFrame(w, s.link(embedPath(d.ID)), d.Claim.Standalone, out.Width, out.Height)
	if (most.width == 0 || most.width >= card.Width) && (most.height == 0 || most.height >= card.Height) {
		out.ThumbnailURL, out.ThumbnailWidth, out.ThumbnailHeight = s.link(address{id: d.ID, png: true}.String()), card.Width, card.Height
	}
	return out
}

// within is a size that fits; 0 bounds nothing.
func within(want, most int) int {
	if most == 0 {
		return want
	}
	return min(want, most)
}

func sendOEmbed(c echo.Context, format string, answer oEmbed) error {
	if format == "xml" {
		raw, err := xml.MarshalIndent(answer, "", "\t")
		if err != nil {
			return err
		}
		return sendPublic(c, http.StatusOK, "text/xml; charset=utf-8", append([]byte(xml.Header), raw...))
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return sendPublic(c, http.StatusOK, "application/json", raw)
}
