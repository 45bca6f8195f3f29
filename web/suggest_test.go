package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/suggest"
	"cotejo/claims/workflow"
)

// oracle is a model that finds nothing.
type oracle struct{}

func (oracle) Suggest(context.Context, suggest.Article) (suggest.Answer, error) {
	return suggest.Answer{}, nil
}
func (oracle) Rule() string { return "oracle/1" }

func TestAModelIsAskedOnTheArticlesPage(t *testing.T) {
	s := newSite(t)
	at := "/articles/" + s.article.ID
	ana := s.signIn(claims.RoleChecker)
	if n := page200(t, ana.open(at)).Count(`form[action="` + at + `/suggest"]`); n != 0 {
		t.Error("a model is offered where there is none")
	}
	if page := pageWith(t, ana.post(at+"/suggest", nil), http.StatusConflict); !strings.Contains(page.Text("main"), "No model is set up") {
		t.Errorf("%s", page.Text("main"))
	}
	s.desk = workflow.New(s.store, workflow.Options{Clock: s.clock, Suggester: oracle{}})
	s.server.desk = s.desk
	if n := page200(t, ana.open(at)).Count(`form[action="` + at + `/suggest"]`); n != 1 {
		t.Error("the model is not offered")
	}
	led := ledTo(t, ana.post(at+"/suggest", nil))
	if page := page200(t, ana.open(led)); !strings.Contains(page.Text("h1"), "Ask a model") || page.Count(`form[action$="/stop"]`) != 1 {
		t.Errorf("%s", page.Text("main"))
	}
	s.work()
	if to := ledTo(t, ana.open(led)); to != at {
		t.Errorf("the job leads to %s", to)
	}
}
