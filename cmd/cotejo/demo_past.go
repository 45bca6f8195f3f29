package main

import (
	"context"
	"fmt"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// pastClock lets the demo's desk have a past: it stands until it is set forward.
type pastClock struct{ at time.Time }

// Now gives a time of its own to every act.
func (c *pastClock) Now() time.Time {
	c.at = c.at.Add(time.Millisecond)
	return c.at.UTC().Truncate(time.Microsecond)
}

// demoPast is what the desk read before: few words, many figures about the same
// things. Fates are what became of the claims, in their order: the code of a verdict,
// "-" and why it was dismissed, "" for what nobody took up; "+" before a verdict says
// that its wording was changed. What is beyond the list is left as suggested.
var demoPast = []struct {
	daysAgo, hours int // how long a verdict took
	hint           ingest.Hint
	text           string
	fates          []string
}{
	{112, 5, ingest.Hint{Title: "Ferry operator counts fewer cancelled crossings", Outlet: "The Sound Courier", URL: "https://sound-courier.example/ferries/counts", Language: "en"},
		"Northline Ferries said that 380 crossings were cancelled in 2025. Northline Ferries said that fares rose 4% in 2025.\n\n" +
			"The Merrin Harbour Authority said that 412 crossings were cancelled in 2025. The Merrin Crews Union said that 12 sailors left in June 2025, of whom 5 were engineers and 9 were deckhands.",
		[]string{"misleading", "true", "mostly_true", "false"}},
	{96, 30, ingest.Hint{Title: "Los regantes elevan las pérdidas por la sequía", Outlet: "El Correo de Riofrío", URL: "https://correo-riofrio.example/agua/perdidas", Language: "es"},
		"La Unión de Regantes cifra las pérdidas en 90 millones de euros. El Gobierno regional sostiene que las pérdidas suman 60 millones de euros.\n\n" +
			"El embalse de Valdearenas almacenaba en noviembre de 2025 el 34 % de su capacidad, según la Confederación Hidrográfica del Alba. El Partido de la Ribera dijo que el embalse almacenaba en noviembre de 2025 el 22 % de su capacidad.",
		[]string{"unproven", "half_true", "true", "+false"}},
	{71, 70, ingest.Hint{Title: "Union says crews leave in numbers", Outlet: "The Evening Mail", URL: "https://evening-mail.example/crews", Language: "en"},
		"The Merrin Crews Union estimates that about 30 sailors have left since last summer. Northline Ferries said that 14 sailors left in 2025.\n\n" +
			"According to the regulator, the ferries carried 1.2 million passengers in 2025. The Merrin Harbour Authority said that the ferries carried 1,200 passengers in 2025.",
		[]string{"mostly_true", "-trivial", "misleading", "false"}},
	{43, 3, ingest.Hint{Title: "La mitad de los municipios ahorra agua", Outlet: "Agencia Litoral", URL: "https://agencia-litoral.example/ahorro", Language: "es"},
		"Según el Gobierno regional, los cortes afectarán a 180.000 personas. La Unión de Regantes aseguró que los cortes afectarán a más de 300.000 personas.\n\n" +
			"Marta Olmedo dijo que el 45 % de los municipios redujo el consumo y que el 62 % de los municipios lo aumentó en 2025.",
		[]string{"true", "unproven", "-opinion", "half_true"}},
	{19, 20, ingest.Hint{Title: "Passenger complaints double", Outlet: "The Sound Courier", URL: "https://sound-courier.example/complaints", Language: "en"},
		"Complaints by passengers reached 2,700 in the last quarter of 2025, the consumer group Fair Crossing said. Northline Ferries said that complaints reached 1,950 in the last quarter of 2025.\n\n" +
			"Fair Crossing said that 412 crossings were cancelled in 2025. Helen Ward said that a ticket costs £46.",
		[]string{"mostly_true", "false", "true", ""}},
	{4, 9, ingest.Hint{Title: "El embalse recupera unas décimas", Outlet: "El Correo de Riofrío", URL: "https://correo-riofrio.example/agua/recupera", Language: "es"},
		"El embalse de Valdearenas almacena el 19 % de su capacidad, según la Confederación Hidrográfica del Alba. Marta Olmedo dijo que la región ha invertido 52 millones de euros en reparar la red.",
		[]string{"true", ""}},
}

// liveDemoPast has the desk work on what it read before. The newest things happen last.
func liveDemoPast(ctx context.Context, desk *workflow.Desk, clock *pastClock, people map[string]claims.Actor, now time.Time) error {
	for _, p := range demoPast {
		clock.at = now.AddDate(0, 0, -p.daysAgo)
		p.hint.Published = clock.at.Format(time.DateOnly)
		taken, err := desk.TakeIn(ctx, people["ana"], workflow.Intake{Input: ingest.Input{Raw: []byte(p.text), ContentType: "text/plain; charset=utf-8", Hint: p.hint}})
		if err != nil {
			return fmt.Errorf("%s: %w", p.hint.Title, err)
		}
		view, err := desk.Article(ctx, people["ana"], taken.Article.ID)
		if err != nil {
			return err
		}
		for i, fate := range p.fates[:min(len(p.fates), len(view.Claims))] {
			clock.at = now.AddDate(0, 0, -p.daysAgo).Add(time.Duration((i+1)*p.hours) * time.Hour)
			if err := settleDemo(ctx, desk, clock, people, view.Claims[i].Claim, fate); err != nil {
				return fmt.Errorf("%s: %w", p.hint.Title, err)
			}
		}
	}
	return nil
}

// settleDemo brings a claim of the past to its fate.
func settleDemo(ctx context.Context, desk *workflow.Desk, clock *pastClock, people map[string]claims.Actor, c claims.Claim, fate string) error {
	ana, luis := people["ana"], people["luis"]
	if fate == "" {
		return nil
	}
	if fate[0] == '-' {
		_, err := desk.MoveClaim(ctx, ana, c.ID, c.Version, workflow.MoveInput{To: claims.StateDismissed, Reason: fate[1:]})
		return err
	}
	c, err := takeDemo(ctx, desk, ana, c)
	if err != nil {
		return err
	}
	if fate[0] == '+' {
		fate = fate[1:]
		wording := c.Standalone + " [2025]"
		if c, err = desk.EditClaim(ctx, ana, c.ID, c.Version, workflow.ClaimPatch{Standalone: &wording}); err != nil {
			return err
		}
	}
	verdict := workflow.VerdictInput{Content: fate, Rationale: "The report and the minutes were set beside it."}
	if claims.HasSource(c.Attributions) {
		verdict.Attribution = "accurate"
	}
	if c, err = desk.Judge(ctx, ana, c.ID, c.Version, verdict); err != nil {
		return err
	}
	for _, move := range []struct {
		by claims.Actor
		to claims.State
	}{{ana, claims.StateSubmitted}, {luis, claims.StateApproved}, {luis, claims.StatePublished}} {
		clock.at = clock.at.Add(40 * time.Minute)
		if c, err = desk.MoveClaim(ctx, move.by, c.ID, c.Version, workflow.MoveInput{To: move.to}); err != nil {
			return err
		}
	}
	return nil
}
