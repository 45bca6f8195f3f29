package web

import (
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
)

// A form that was sent without a session travels through the sign-in page: its
// fields stand there as hidden inputs under these names, and again on the page
// after it, from which the person sends it. Nothing of it is kept here.
const (
	keptPath   = "kept.path"
	keptField  = "kept.field."
	keptFile   = "kept.file."
	keptSecret = "kept.secret"
	keptLong   = "kept.long"
)

// Bounds of what is carried: fields, and bytes of their names and values. Every
// form but that of a long article fits whole.
const (
	maxKeptFields = 500
	maxKeptBytes  = formBound
)

// secretFields are never carried, nor sent back in any page.
var secretFields = []string{"password", "old", "new", "repeat", "code"}

// lostSession reports whether a form of the desk was refused because nobody is
// signed in.
func lostSession(r route, err error) bool {
	return r.method != get && r.access.kind == accessDesk && claims.KindOf(err) == claims.KindUnauthenticated
}

// signInAgain answers a form that came without a session: the sign-in page,
// with the form in it.
func (s *Server) signInAgain(c echo.Context, cause error) error {
	empty, err := s.desk.NeedsSetup(c.Request().Context())
	if err != nil {
		return err
	}
	if empty {
		return seeOther(c, "/setup")
	}
	s.logError(c, http.StatusUnauthorized, cause)
	words, v := wordsOf(c), visitOf(c)
	v.actor, v.person, v.session, v.words = claims.Actor{}, claims.Person{}, nil, words
	return s.render(c, http.StatusUnauthorized, views.LoginPage(s.loginView(c, views.LoginView{Next: "/", Kept: s.keep(c.Request())})))
}

// keep takes what is carried of a form as it was sent; nil where its path is
// none that takes forms.
func (s *Server) keep(r *http.Request) *views.KeptForm {
	if !s.takesForms(r.URL.RequestURI()) {
		return nil
	}
	kept := &views.KeptForm{Path: r.URL.RequestURI()}
	room := maxKeptBytes
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			room = put(kept, name, value, room)
		}
	}
	kept.Files = keptFiles(r.MultipartForm)
	return kept
}

// put adds a field where it may be carried, and gives the room that is left.
func put(kept *views.KeptForm, name, value string, room int) int {
	size := len(name) + len(value)
	switch {
	case slices.Contains(secretFields, name):
		kept.Secrets = addName(kept.Secrets, name)
	case size > room || len(kept.Fields) == maxKeptFields:
		kept.TooLong = addName(kept.TooLong, name)
	default:
		kept.Fields = append(kept.Fields, views.KeptField{Name: name, Value: value})
		return room - size
	}
	return room
}

// maxNames is how many names of fields that were left out are told.
const maxNames = 20

func addName(names []string, name string) []string {
	name = cut(name, maxShown)
	if len(names) == maxNames || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// keptFiles names the files of a form: they have to be chosen again.
func keptFiles(form *multipart.Form) []views.KeptField {
	if form == nil {
		return nil
	}
	var files []views.KeptField
	for _, name := range slices.Sorted(maps.Keys(form.File)) {
		for _, file := range form.File[name] {
			if file.Filename != "" && len(files) < maxNames {
				files = append(files, views.KeptField{Name: cut(name, maxShown), Value: cut(file.Filename, maxShown)})
			}
		}
	}
	return files
}

// keptOf reads the form that a sign-in carries; nil where it carries none, or
// one for a path that takes no forms.
func (s *Server) keptOf(r *http.Request) *views.KeptForm {
	to := r.PostForm.Get(keptPath)
	if to == "" || !s.takesForms(to) {
		return nil
	}
	kept := &views.KeptForm{Path: to}
	room := maxKeptBytes
	for _, key := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[key] {
			if name, ok := strings.CutPrefix(key, keptField); ok {
				room = put(kept, name, value, room)
			}
			if name, ok := strings.CutPrefix(key, keptFile); ok && len(kept.Files) < maxNames {
				kept.Files = append(kept.Files, views.KeptField{Name: cut(name, maxShown), Value: cut(value, maxShown)})
			}
		}
	}
	for _, name := range r.PostForm[keptSecret] {
		kept.Secrets = addName(kept.Secrets, name)
	}
	for _, name := range r.PostForm[keptLong] {
		kept.TooLong = addName(kept.TooLong, name)
	}
	return kept
}

// takesForms reports whether to is the plain address, on this desk, of a route
// that takes forms of people signed in.
func (s *Server) takesForms(to string) bool {
	u, err := url.Parse(to)
	if err != nil || localPath(to) != to || u.RawPath != "" || u.Fragment != "" || path.Clean(u.Path) != u.Path {
		return false
	}
	return slices.ContainsFunc(s.index, func(r route) bool {
		return r.method == post && r.access.kind == accessDesk && fits(r.path, u.Path)
	})
}

// fits reports whether a path is one of a route, ":x" standing for any segment.
func fits(route, path string) bool {
	want, have := strings.Split(route, "/"), strings.Split(path, "/")
	return len(want) == len(have) && !slices.ContainsFunc(want, func(part string) bool {
		one := have[0]
		have = have[1:]
		if strings.HasPrefix(part, ":") {
			return one == ""
		}
		return part != one
	})
}
