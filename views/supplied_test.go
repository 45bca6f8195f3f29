package views

import (
	"context"
	"strings"
	"testing"

	"cotejo/web/htmlcheck"
)

func TestSuppliedSetsBracketsApart(t *testing.T) {
	var b strings.Builder
	if err := Supplied("[Corea del Norte] envió <b>, el mes pasado [septiembre]. [sin fin").Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	page := htmlcheck.Parse(t, "<p>"+b.String()+"</p>")
	if got := page.Texts("span.supplied"); len(got) != 2 || got[0] != "[Corea del Norte]" || got[1] != "[septiembre]" {
		t.Errorf("got %q", got)
	}
	if got := page.Raw("p"); got != "[Corea del Norte] envió <b>, el mes pasado [septiembre]. [sin fin" {
		t.Errorf("got %q", got)
	}
}
