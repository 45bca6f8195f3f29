package web

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// siteKey marks the context of a request whose answer becomes a file of the
// static site.
type siteKey struct{}

// asSite marks what is asked for as a file of the static site.
func asSite(ctx context.Context) context.Context { return context.WithValue(ctx, siteKey{}, true) }

// forSite reports whether the answer becomes a file, which nobody can ask with a
// query, a form or a header.
func forSite(c echo.Context) bool {
	static, _ := c.Request().Context().Value(siteKey{}).(bool)
	return static
}

// SiteOptions say how a static site is written.
type SiteOptions struct {
	Force    bool           // into a folder that holds other things, which stay
	Progress func(done int) // called now and then; may be nil
}

// SiteReport says what became of a folder's files.
type SiteReport struct {
	Written int // new, or changed
	Kept    int // as they were
	Removed int // written by an earlier run, and no longer public
}

// siteWriters is how many answers are made at once.
const siteWriters = 4

// WriteSite writes everything that is public as plain files under the paths that
// it has here, for any web server. It asks the server's own handler for every
// public route, so that a file is what the server would have answered, but for
// links to what only a server can do.
func (s *Server) WriteSite(ctx context.Context, dir string, o SiteOptions) (report SiteReport, err error) {
	out, err := openFolder(dir, o.Force)
	if err != nil {
		return SiteReport{}, err
	}
	defer func() {
		if closed := out.close(); err == nil {
			err = closed
		}
	}()
	w := &siteWriter{server: s, folder: out, progress: o.Progress, site: newSiteNotes()}
	if err := w.write(asSite(ctx)); err != nil {
		return out.report, err
	}
	return out.finish()
}

// sendErrorFile is the page of a refusal as a file: in the newsroom's language, and
// without the number of a request.
func (s *Server) sendErrorFile(c echo.Context, e *claims.Error, status int) error {
	frame, err := s.publicFrame(c, "", "")
	if err != nil {
		return err
	}
	frame.Title = frame.Words.T(titleKey(status))
	return s.renderPublic(c, status, views.ErrorPage(views.ErrorView{Frame: frame, Status: status, Detail: frame.Words.Refusal(e), Home: "/public"}))
}

// siteWriter writes one site.
type siteWriter struct {
	server   *Server
	folder   *folder
	progress func(int)

	mu   sync.Mutex
	site *siteNotes
	done int
}

// write asks for every path, several at once, until one fails.
func (w *siteWriter) write(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	paths := make(chan string)
	var group sync.WaitGroup
	for range siteWriters {
		group.Go(func() {
			for p := range paths {
				if err := w.page(ctx, p); err != nil {
					stop(fmt.Errorf("%s: %w", p, err))
				}
			}
		})
	}
	err := w.server.sitePaths(ctx, func(path string) error {
		select {
		case paths <- path:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	})
	close(paths)
	group.Wait()
	if failed := context.Cause(ctx); failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	return w.extras(ctx)
}

// page asks for a path and writes what is answered.
func (w *siteWriter) page(ctx context.Context, asked string) error {
	answer := newSpill(w.folder)
	defer answer.close()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, (&url.URL{Path: asked}).String(), nil)
	if err != nil {
		return err
	}
	r.RemoteAddr = "127.0.0.1:0"
	w.server.Handler().ServeHTTP(answer, r)
	if answer.err != nil {
		return answer.err
	}
	w.count()
	switch answer.status {
	case http.StatusNotFound:
		return nil // this claim has no such thing
	case http.StatusOK, http.StatusGone:
		w.note(asked, answer)
		return w.folder.put(siteFile(asked, answer.Header().Get(echo.HeaderContentType)), answer)
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		return w.moved(ctx, asked, answer)
	}
	return fmt.Errorf("the server answered %d", answer.status)
}

func (w *siteWriter) count() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done++; w.progress != nil && w.done%progressEvery == 0 {
		w.progress(w.done)
	}
}

const progressEvery = 250

func (w *siteWriter) note(asked string, answer *spill) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.site.saw(asked, answer.status, answer.Header())
}

// siteFile names the file of a path: pages are folders with an index, so that any
// server finds them under the path itself.
func siteFile(asked, contentType string) string {
	file := strings.Trim(asked, "/")
	if strings.HasPrefix(contentType, echo.MIMETextHTML) {
		return path.Join(file, "index.html")
	}
	return file
}

// moved writes a small page or object that leads on, and notes the redirect.
func (w *siteWriter) moved(ctx context.Context, asked string, answer *spill) error {
	to := answer.Header().Get(echo.HeaderLocation)
	w.mu.Lock()
	w.site.lead(asked, to)
	w.mu.Unlock()
	switch path.Ext(asked) {
	case "":
		return w.leadOn(ctx, siteFile(asked, echo.MIMETextHTML), to, true)
	case ".json":
		body, err := export.Canonical(map[string]string{"merged_into": w.server.link(to)})
		if err != nil {
			return err
		}
		return w.folder.putBytes(siteFile(asked, ""), body)
	}
	return nil
}

// leadOn writes a page that leads to another one.
func (w *siteWriter) leadOn(ctx context.Context, file, to string, merged bool) error {
	settings, err := w.server.desk.Settings(ctx)
	if err != nil {
		return err
	}
	words := i18n.For(settings.Language)
	view := public.MovedView{To: to, Merged: merged, Frame: views.Frame{
		Words: words, Title: words.T("topic.everything"), Newsroom: settings.Newsroom, Width: "narrow", Static: true, Head: public.MovedHead(to, w.server.link(to)),
	}}
	if merged {
		view.Frame.Title = words.T("topic.merged")
	}
	return w.component(ctx, file, public.MovedPage(view))
}

func (w *siteWriter) component(ctx context.Context, file string, page templ.Component) error {
	var body strings.Builder
	if err := page.Render(ctx, &body); err != nil {
		return err
	}
	return w.folder.putBytes(file, []byte(body.String()))
}

// extras writes what no route answers: the page at the root, that of addresses
// which lead nowhere, and what web servers are to be told.
func (w *siteWriter) extras(ctx context.Context) error {
	if err := w.leadOn(ctx, "index.html", "/public", false); err != nil {
		return err
	}
	settings, err := w.server.desk.Settings(ctx)
	if err != nil {
		return err
	}
	words := i18n.For(settings.Language)
	missing := views.ErrorView{Status: http.StatusNotFound, Detail: words.T("error.no_page"), Home: "/public", Frame: views.Frame{
		Words: words, Title: words.T(titleKey(http.StatusNotFound)), Newsroom: settings.Newsroom, Width: "narrow", Static: true, Head: public.Head(),
	}}
	if err := w.component(ctx, "404.html", views.ErrorPage(missing)); err != nil {
		return err
	}
	for name, body := range w.site.serverFiles() {
		if err := w.folder.putBytes(name, body); err != nil {
			return err
		}
	}
	return nil
}

// sum is the hash of what a file holds.
type sum = [sha256.Size]byte
