package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/views/desk"
)

// maxNote is how much of what somebody selected on a page comes along, in code points.
const maxNote = 2000

func (s *Server) bookmarkletShow(c echo.Context) error {
	code, err := bookmarklet(s.link("/articles/new"))
	if err != nil {
		return err
	}
	p := desk.BookmarkletPage{Frame: s.frame(c, "articles", wordsOf(c).T("bookmarklet.title")), Code: code}
	p.Width = "middle"
	return s.render(c, http.StatusOK, desk.Bookmarklet(p))
}

// bookmarklet is the address of a bookmark that opens the desk's form with the address
// of the page, and what is selected on it. It changes nothing by itself: the form waits
// for a person. Browsers unescape such an address before they run it.
func bookmarklet(form string) (string, error) {
	quoted, err := json.Marshal(form) // HTML's signs too, so that it is harmless wherever it is pasted
	if err != nil {
		return "", err
	}
	const code = `javascript:(function(){var s=String(window.getSelection?getSelection():"").trim().slice(0,2000);` +
		`window.open(FORM+"?url="+encodeURIComponent(location.href)+(s?"&note="+encodeURIComponent(s):""),"_blank")})()`
	return strings.Replace(code, "FORM", strings.ReplaceAll(string(quoted), "%", "%25"), 1), nil
}
