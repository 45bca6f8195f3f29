package desk

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
)

func number(f float64) *float64 { return &f }

func TestFiguresAreReadInTheReadersNumbers(t *testing.T) {
	for _, c := range []struct {
		q      claims.Quantity
		es, en string
	}{
		{claims.Quantity{Value: number(15000), Approx: true, Unit: "tropas", Bound: claims.BoundExact}, "≈ 15.000 tropas", "≈ 15,000 tropas"},
		{claims.Quantity{Low: number(1000), Bound: claims.BoundMin}, "≥ 1000", "≥ 1,000"},
		{claims.Quantity{Value: number(31.5), Unit: "%", Bound: claims.BoundMax}, "≤ 31,5 %", "≤ 31.5%"},
		{claims.Quantity{Value: number(3.2e6), Approx: true, Unit: "£"}, "≈ 3.200.000 £", "≈ £3,200,000"},
		{claims.Quantity{Low: number(70), High: number(90), Bound: claims.BoundRange, Unit: "US$"}, "70–90 US$", "US$70–90"},
		{claims.Quantity{Value: number(1.0 / 6), Unit: "viajes"}, "0,1667 viajes", "0.1667 viajes"},
		{claims.Quantity{Low: number(20), High: number(30), Bound: claims.BoundRange}, "20–30", "20–30"},
		{claims.Quantity{Text: "unos pocos"}, "unos pocos", "unos pocos"},
	} {
		if got := figure(i18n.For("es"), c.q); got != c.es {
			t.Errorf("es: got %q, want %q", got, c.es)
		}
		if got := figure(i18n.For("en"), c.q); got != c.en {
			t.Errorf("en: got %q, want %q", got, c.en)
		}
	}
}

func TestTimesAreReadAsIntervals(t *testing.T) {
	day := func(s string) *claims.Date { d := claims.Date(s); return &d }
	w := i18n.For("es")
	for _, c := range []struct {
		t    claims.Time
		want string
	}{
		{claims.Time{From: day("2024-09")}, "desde septiembre de 2024"},
		{claims.Time{To: day("2025")}, "hasta 2025"},
		{claims.Time{From: day("2025-10-27"), To: day("2025-10-27")}, "27 de octubre de 2025"},
		{claims.Time{From: day("2024"), To: day("2025")}, "de 2024 a 2025"},
		{claims.Time{}, "sin fecha de calendario"},
	} {
		if got := timeReading(w, c.t); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Every code of the domain that a page can show has its words.
func TestEveryCodeHasWords(t *testing.T) {
	w := i18n.For("es")
	need := func(prefix string, codes ...string) {
		for _, c := range codes {
			if !w.Has(prefix + c) {
				t.Errorf("no words for %s%s", prefix, c)
			}
		}
	}
	for _, s := range claims.States {
		need("state.", string(s))
		need("states.", string(s))
	}
	for _, k := range claims.Kinds {
		need("kind.", string(k))
	}
	for _, k := range claims.SourceKinds {
		need("source_kind.", string(k))
	}
	for _, r := range claims.DismissReasons {
		need("dismiss.", string(r))
	}
	for _, r := range claims.Roles {
		need("role.", string(r))
	}
	for _, m := range claims.Moves {
		need("moved.", string(m.To))
		need("event.", string(m.Act))
		need("not_allowed.", string(m.Act))
		if m.Act != claims.ActClaimOpen {
			need("move.", string(m.Act))
		}
		if m.Reason && m.Act != claims.ActClaimDismiss {
			need("reason_for.", string(m.Act))
		}
	}
	need("event.", workflow.Acts()...)
	need("origin.", claims.ByEngine, claims.ByModel, claims.ByPerson)
}

func TestEventsTellInWordsWhatChanged(t *testing.T) {
	person := claims.Person{ID: "P1", Name: "ana", Display: "Ana Ruiz"}
	reader := EventReader{Words: i18n.For("es"), People: map[string]claims.Person{"P1": person}, Scales: claims.Scales{claims.DefaultScale()}}
	value := func(side claims.Side, name, json string) claims.Value {
		return claims.Value{Side: side, Name: name, JSON: json}
	}
	event := claimstest.NewEvent(t, "claim.return", "7F3K9Q")
	event.Actor, event.Claim = "P1", "7F3K9Q"
	event.Values = []claims.Value{
		value(claims.SideBefore, "state", `"submitted"`), value(claims.SideAfter, "state", `"returned"`),
		value(claims.SideAfter, "assignee", `"P1"`), value(claims.SideAfter, "content", `"false"`),
		value(claims.SideAfter, "quantities", `[{"text":"15.000 tropas","value":15000}]`),
		value(claims.SideAfter, "attributions", `[{"mode":"indirect","sources":[{"name":"Seúl"}],"via":[{"name":"KCNA"}]}]`),
		value(claims.SideReason, "reason", `"Falta la <fuente>"`),
	}
	row := reader.Rows([]claims.Event{event})[0]
	if row.Who != "Ana Ruiz" || row.What != "devolvió el veredicto" || row.Noun != "7F3K-9Q" || row.NounPath != "/claims/7F3K9Q" || row.Reason != "Falta la <fuente>" {
		t.Errorf("got %+v", row)
	}
	want := []ChangeRow{
		{"Estado", "Presentada", "Devuelta"}, {"A cargo de", "", "Ana Ruiz"}, {"Veredicto de contenido", "", "Falso"},
		{"Cifras", "", "15.000 tropas"}, {"Quién lo dice", "", "KCNA → Seúl"},
	}
	for i, c := range want {
		if i >= len(row.Changes) || row.Changes[i] != c {
			t.Errorf("change %d: got %+v, want %+v", i, row.Changes, c)
		}
	}
	event.Values = []claims.Value{{Side: claims.SideAfter, Name: "text", Erased: true}}
	if row := reader.Rows([]claims.Event{event})[0]; !row.Erased || len(row.Changes) != 0 {
		t.Errorf("an erased value shows as %+v", row)
	}
}

func TestSessionsAreNamedByTheirBrowser(t *testing.T) {
	w := i18n.For("en")
	for said, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                  "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":       "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604": "Safari, iOS",
		"curl/8": "curl/8",
		"":       "Unknown browser",
	} {
		if got := agent(w, said); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}
