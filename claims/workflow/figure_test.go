package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// read takes an article in, with what the engine finds in it.
func (k *kit) read(lang, published, text string) claims.Article {
	k.Helper()
	taken, err := k.TakeIn(k.Context(), k.ana, workflow.Intake{Input: ingest.Input{
		Raw: []byte(text), ContentType: "text/plain; charset=utf-8", Hint: ingest.Hint{Title: text[:20], Outlet: "Faro", Language: lang, Published: published},
	}})
	if err != nil {
		k.Fatal(err)
	}
	return taken.Article
}

func (k *kit) figures(actor claims.Actor, f workflow.FigureFilter) workflow.FiguresView {
	k.Helper()
	v, err := k.Figures(k.Context(), actor, f)
	if err != nil {
		k.Fatal(err)
	}
	return v
}

// thingOf finds the thing of which an amount, as written, is claimed.
func thingOf(v workflow.FiguresView, amount string) *claims.Thing {
	for _, t := range slices.Concat(v.Things, v.Single) {
		if slices.ContainsFunc(t.Figures, func(f claims.FigureRow) bool { return strings.Contains(f.Text, amount) }) {
			return &t
		}
	}
	return nil
}

// TestFiguresAboutOneThingStandTogether reads articles as people write them.
func TestFiguresAboutOneThingStandTogether(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		k.read("en", "2026-02-20", "Northline Ferries said that 380 crossings were cancelled in 2025. Fares rose 7% in 2025, the company said.")
		second := k.read("en", "2026-03-02", "The Merrin Harbour Authority said that 412 crossings were cancelled in 2025. The harbour said that 94% of its sailings ran on time in 2025.")
		k.read("es", "2026-03-12", "La Confederación del Alba dijo que el embalse de Valdearenas almacena el 18 % de su capacidad. El alcalde dijo que el embalse de Riaño almacena el 31 % de su capacidad.")
		k.read("es", "2026-04-12", "La Junta dijo que el embalse de Valdearenas almacena el 22 % de su capacidad.")
		v := k.figures(k.carla, workflow.FigureFilter{})
		crossings := thingOf(v, "380")
		if crossings == nil || len(crossings.Figures) != 2 || len(crossings.Clashes) != 1 || crossings.Clashes[0].Doubt != claims.FigureApart || crossings.Figures[0].Said != "2026-02-20" {
			t.Fatalf("the crossings are %+v", crossings)
		}
		if v.Things[0].Key != crossings.Key {
			t.Error("what clashes does not stand first")
		}
		if by := crossings.Figures[1].By; !slices.Contains(by, "Merrin Harbour Authority") {
			t.Errorf("412 is said by %q", by)
		}
		if fares := thingOf(v, "7%"); fares == nil || len(fares.Figures) != 1 {
			t.Errorf("the fares stand with %+v", fares)
		}
		level := thingOf(v, "18 %")
		if level == nil || len(level.Figures) != 2 || len(level.Clashes) != 0 {
			t.Errorf("the reservoir at 18 %% and, a month later, 22 %%: %+v", level)
		}
		if other := thingOf(v, "31 %"); other == nil || len(other.Figures) != 1 {
			t.Errorf("another reservoir stands with %+v", other)
		}
		if one := k.figures(k.carla, workflow.FigureFilter{About: second.ID}); thingOf(one, "380") == nil || thingOf(one, "18 %") != nil {
			t.Errorf("about one article: %+v", one)
		}
		if one := k.figures(k.carla, workflow.FigureFilter{Doubt: true}); len(one.Things) != 1 || len(one.Single) != 0 {
			t.Errorf("only what does not fit: %+v", one)
		}
		if one := k.figures(k.carla, workflow.FigureFilter{Thing: crossings.Key}); len(one.Things) != 1 || len(one.Doubts)+len(one.Single) != 0 {
			t.Errorf("one thing: %+v", one)
		}
		if one := k.figures(k.carla, workflow.FigureFilter{Query: "Valdearenas"}); thingOf(one, "18 %") == nil || thingOf(one, "380") != nil {
			t.Errorf("found by a word: %+v", one)
		}
		row := crossings.Figures[0].Row
		if _, err := k.MoveClaim(t.Context(), k.ana, row.ID, row.Version, workflow.MoveInput{To: claims.StateDismissed, Reason: "wrong"}); err != nil {
			t.Fatal(err)
		}
		if left := thingOf(k.figures(k.carla, workflow.FigureFilter{}), "412"); left == nil || len(left.Figures) != 1 || len(left.Clashes) != 0 {
			t.Errorf("what was set aside is held against others: %+v", left)
		}
		if err := k.restrict(second.ID, k.luis); err != nil {
			t.Fatal(err)
		}
		if thingOf(k.figures(k.carla, workflow.FigureFilter{}), "412") != nil || thingOf(k.figures(k.luis, workflow.FigureFilter{}), "412") == nil {
			t.Error("figures of a restricted article are not for its readers alone")
		}
	})
}

// TestFiguresThatDoNotFitWithinAnArticle: sums, shares, thousands and millions.
func TestFiguresThatDoNotFitWithinAnArticle(t *testing.T) {
	k := newKit(t)
	for text, want := range map[string]claims.FigureDoubt{
		"The union said that 12 sailors left in June 2025, of whom 5 were engineers and 9 were deckhands.":                                        claims.FigureSum,
		"The union said that 14 sailors left in June 2025, of whom 5 were engineers and 9 were deckhands.":                                        "",
		"El sindicato dijo que murieron 12 personas, de las cuales 5 eran mineros y 9 eran bomberos.":                                             claims.FigureSum,
		"La consejera dijo que el 45 % de los municipios redujo el consumo y el 62 % de los municipios lo aumentó en 2025.":                       claims.FigurePercent,
		"La consejera dijo que el 45 % de los municipios redujo el consumo y el 52 % de los municipios lo aumentó en 2025.":                       "",
		"The port said that the ferries carried 1.2 million passengers in 2025. The firm said that the ferries carried 1,200 passengers in 2025.": claims.FigureThousand,
	} {
		lang := "en"
		if strings.Contains(text, " que ") {
			lang = "es"
		}
		a := k.read(lang, "2026-01-02", text)
		v, err := k.Article(t.Context(), k.ana, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := workflow.FigureDoubts(v.Claims)
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0].Doubt != want) {
			t.Errorf("%q: %+v", text, got)
			for _, c := range v.Claims {
				t.Logf("  %s: %+v", c.Standalone, c.Quantities)
			}
		}
	}
}

// TestFiguresNameNoHiddenSource: the ledger says who says so only to who may know.
func TestFiguresNameNoHiddenSource(t *testing.T) {
	k := newKit(t)
	pike, err := k.AddSource(t.Context(), k.luis, workflow.SourceInput{Name: "Rosalind Pike", Kind: claims.KindPerson, Protected: true})
	if err != nil {
		t.Fatal(err)
	}
	k.claim(claims.StateOpen, func(c *claims.Claim) {
		c.Attributions = []claims.Attribution{{Mode: claims.ModeDirect, Sources: []claims.Link{{Source: pike.ID, Name: "Rosalind Pike"}}}}
	})
	for actor, want := range map[claims.Actor]string{k.luis: "Rosalind Pike", k.olga: claims.ProtectedLabel("es")} {
		if v := k.figures(actor, workflow.FigureFilter{}); len(v.Single) != 1 || !slices.Equal(v.Single[0].Figures[0].By, []string{want}) {
			t.Errorf("%s reads %+v", actor.Name, v)
		}
	}
}
