package web

import (
	"net/http"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// The desk sheet tells what stands and who stands for it, with the numbers of the screen,
// and nothing that was set aside or noted.
func TestDeskSheet(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "half_true", "")
	aside := s.newClaim("La Junta anunció ayudas")
	s.move(claims.RoleChecker, aside, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissOpinion)})
	b := s.signIn(claims.RoleContributor)
	screen, sheet := page200(t, b.open("/articles/"+s.article.ID)), page200(t, b.open("/articles/"+s.article.ID+"/print"))
	if screen.Count(`a[href="/articles/`+s.article.ID+`/print"]`) != 1 {
		t.Error("the article's page does not lead to its desk sheet")
	}
	card := "#k-" + done.ID
	if want, got := screen.Text(card+" .n-big"), sheet.Text(card+" .n-big"); got == "" || got != want {
		t.Errorf("the claim's number is %q on paper, %q on the screen", got, want)
	}
	if sheet.Count(card+" .verdict") == 0 || !strings.Contains(sheet.Text(card), "Approved by Luis") {
		t.Errorf("verdict or name is missing: %s", sheet.Text(card))
	}
	if sheet.Count("#k-"+aside.ID) != 0 || sheet.Count(`mark[data-claim="`+aside.ID+`"]`) != 0 {
		t.Error("what was set aside stands on the sheet")
	}
	if sheet.Count(".sheet-margin span") == 0 || sheet.Count("main form") != 0 {
		t.Error("no margin numbers, or a form on paper")
	}
	if w := b.open("/articles/NOSUCHARTI/print"); w.Code != http.StatusNotFound {
		t.Errorf("an article that is not there: %d", w.Code)
	}
}
