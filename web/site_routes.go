package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/assets"
	"cotejo/views/public"
)

// leftOut names the public routes that the static site has no files for, and why.
var leftOut = map[string]string{
	"/c/:id/report":     "a form is sent to a server",
	"/oembed":           "it is asked with a query",
	"/api/openapi.json": "it describes an API that is not there",
	"/healthz":          "it tells whether the server lives",
	"/readyz":           "it tells whether the database answers",
}

// walk gives the paths of something, one after the other.
type walk func(ctx context.Context, add func(path string) error) error

// siteWalk says which paths a public route has in the static site; nil where it is
// left out. A route without parameters has its own; others have to be known here.
func (s *Server) siteWalk(r route) (walk, error) {
	_, left := leftOut[r.path]
	if left || r.method != get {
		return nil, nil
	}
	if !strings.ContainsAny(r.path, ":*") {
		return func(_ context.Context, add func(string) error) error { return add(r.path) }, nil
	}
	if rest, ok := strings.CutPrefix(r.path, "/c/:id"); ok && !strings.ContainsAny(rest, ":*") {
		return s.claimWalk(rest), nil
	}
	if rest, ok := strings.CutPrefix(r.path, "/checks/:slug"); ok && !strings.ContainsAny(rest, ":*") {
		return s.checkWalk(rest), nil
	}
	if known, ok := s.siteWalks()[r.path]; ok {
		return known, nil
	}
	return nil, fmt.Errorf("the static site does not know which paths %s has: say so in web/site_routes.go", r.path)
}

// siteWalks are those of the routes that name anything but claims and checks.
func (s *Server) siteWalks() map[string]walk {
	out := map[string]walk{
		"/assets/*":                    s.assetWalk,
		"/checks/:slug/images/:sha256": s.pictureWalk,
		"/methodology/:language":       s.methodologyWalk,
		"/sitemap/:file":               s.sitemapWalk,
		"/claimreview/:file":           s.monthWalk("/claimreview/", ".json"),
		"/public/:month":               s.monthWalk("/public/", ""),
		"/public/:month/after/:claim": func(ctx context.Context, add func(string) error) error {
			return s.afterWalk(ctx, claims.Topic{}, add)
		},
	}
	for _, kind := range claims.TopicKinds {
		base := "/public/" + string(kind) + "/:slug"
		out[base] = s.topicWalk(kind, func(_ context.Context, t claims.Topic, add func(string) error) error {
			return add(topicSitePath(t))
		})
		out[base+"/:month"] = s.topicWalk(kind, s.topicMonths)
		out[base+"/:month/after/:claim"] = s.topicWalk(kind, s.afterWalk)
		out["/feeds/"+string(kind)+"/:file"] = s.topicWalk(kind, func(_ context.Context, t claims.Topic, add func(string) error) error {
			feed := "/feeds/" + string(t.Kind) + "/" + t.Slug
			if err := add(feed + ".atom"); err != nil {
				return err
			}
			return add(feed + ".json")
		})
	}
	return out
}

// topicSitePath is where a topic's list stands, not escaped.
func topicSitePath(t claims.Topic) string {
	if t.Kind == claims.TopicAll {
		return public.TopicPath(t.Kind, "")
	}
	return "/public/" + string(t.Kind) + "/" + t.Slug
}

// sitePaths gives every path of the static site.
func (s *Server) sitePaths(ctx context.Context, add func(string) error) error {
	for _, r := range s.index {
		if r.access.kind != accessPublic {
			continue
		}
		all, err := s.siteWalk(r)
		if err != nil {
			return err
		}
		if all == nil {
			continue
		}
		if err := all(ctx, add); err != nil {
			return err
		}
	}
	return nil
}

// claimForms are the files that a claim and each of its versions have; what does
// not exist of one is not found and not written.
var claimForms = []string{"", ".json", ".png"}

// claimWalk gives what hangs on every claim that was ever published: /c/ID and the
// versions for "", else /c/ID and the rest.
func (s *Server) claimWalk(rest string) walk {
	return func(ctx context.Context, add func(string) error) error {
		return s.desk.EachEverPublished(ctx, func(c workflow.EverPublished) error {
			base := "/c/" + c.ID
			if rest != "" {
				return add(base + rest)
			}
			paths := make([]string, 0, 3+4*c.Versions)
			for _, form := range claimForms {
				paths = append(paths, base+form)
			}
			for n := 1; n <= c.Versions; n++ {
				pinned := base + "@" + strconv.Itoa(n)
				for _, form := range claimForms {
					paths = append(paths, pinned+form)
				}
				paths = append(paths, pinned+".proof.json")
			}
			return addAll(paths, add)
		})
	}
}

func addAll(paths []string, add func(string) error) error {
	for _, p := range paths {
		if err := add(p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) checkWalk(rest string) walk {
	return func(ctx context.Context, add func(string) error) error {
		return s.desk.EachCheckPublished(ctx, func(slug string, versions int) error {
			if err := add("/checks/" + slug + rest); err != nil || rest != "" {
				return err
			}
			for n := 1; n <= versions; n++ {
				if err := add("/checks/" + slug + "@" + strconv.Itoa(n)); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// pictureWalk gives the pictures of all versions of checks.
func (s *Server) pictureWalk(ctx context.Context, add func(string) error) error {
	return s.desk.EachCheckPublished(ctx, func(slug string, _ int) error {
		p, err := s.desk.PublicCheckVersion(ctx, slug, 0)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, version := range p.Versions {
			if version.Image == nil || seen[version.Image.SHA256] {
				continue
			}
			seen[version.Image.SHA256] = true
			if err := add("/checks/" + slug + "/images/" + version.Image.SHA256); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Server) assetWalk(_ context.Context, add func(string) error) error {
	return addAll(assets.All(), add)
}

// sitemapWalk gives the parts that the index names, if it is one.
func (s *Server) sitemapWalk(ctx context.Context, add func(string) error) error {
	parts, err := s.sitemapParts(ctx)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := add(p.path); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) monthWalk(before, after string) walk {
	return func(ctx context.Context, add func(string) error) error {
		months, err := s.desk.PublicMonths(ctx)
		for _, m := range months {
			if err := add(before + m.Name + after); err != nil {
				return err
			}
		}
		return err
	}
}

// topicWalk gives something of every topic of a kind.
func (s *Server) topicWalk(kind claims.TopicKind, of func(context.Context, claims.Topic, func(string) error) error) walk {
	return func(ctx context.Context, add func(string) error) error {
		topics, err := s.desk.PublicTopics(ctx, kind, 0)
		for _, t := range topics {
			if err := of(ctx, t, add); err != nil {
				return err
			}
		}
		return err
	}
}

func (s *Server) topicMonths(ctx context.Context, t claims.Topic, add func(string) error) error {
	months, err := s.desk.ListMonths(ctx, t.Kind, t.Slug)
	for _, m := range months {
		if err := add(topicSitePath(t) + "/" + m.Name); err != nil {
			return err
		}
	}
	return err
}

// afterWalk gives the further parts of the months that are too long for one page.
func (s *Server) afterWalk(ctx context.Context, t claims.Topic, add func(string) error) error {
	months, err := s.desk.ListMonths(ctx, t.Kind, t.Slug)
	if err != nil {
		return err
	}
	for _, m := range months {
		if m.Claims <= maxLimit {
			continue
		}
		for after := ""; ; {
			part, err := s.desk.PublicList(ctx, claims.ListingFilter{Kind: t.Kind, Slug: t.Slug, Month: m.Name, After: after, Page: claims.Page{Limit: maxLimit}})
			if err != nil {
				return err
			}
			if after = part.Last; after == "" {
				break
			}
			if err := add(topicSitePath(t) + "/" + m.Name + "/after/" + after); err != nil {
				return err
			}
		}
	}
	return nil
}
