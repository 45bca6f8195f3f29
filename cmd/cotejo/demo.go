package main

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"net/url"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// demoTexts are articles of our own about places that do not exist.
//
//go:embed demo/*.txt
var demoTexts embed.FS

var demoArticles = []struct {
	file string
	hint ingest.Hint
}{
	{"demo/es-embalse.txt", ingest.Hint{Title: "El embalse de Valdearenas cae al 18 % y el Gobierno regional anuncia cortes nocturnos",
		Outlet: "El Correo de Riofrío", Authors: []string{"Lucía Serrano"}, URL: "https://correo-riofrio.example/agua/embalse-valdearenas", Language: "es"}},
	{"demo/en-ferry.txt", ingest.Hint{Title: "Harbour authority says ferry delays cost Port Merrin £3.2 million",
		Outlet: "The Sound Courier", Authors: []string{"Nora Finch", "Ben Adeyemi"}, URL: "https://sound-courier.example/ferries/delays", Language: "en"}},
}

var demoPeople = []struct {
	name, display string
	role          claims.Role
}{
	{"ana", "Ana Ruiz", claims.RoleChecker},
	{"luis", "Luis Ortega", claims.RoleEditor},
	{"eva", "Eva Lindqvist", claims.RoleAdmin},
}

// startDemo fills an empty desk and prints how to look at it.
func startDemo(ctx context.Context, p *process, desk *workflow.Desk, base *url.URL) error {
	people, passwords, err := addDemoPeople(ctx, desk)
	if err != nil {
		return err
	}
	for _, a := range demoArticles {
		raw, err := demoTexts.ReadFile(a.file)
		if err != nil {
			return err
		}
		in := workflow.Intake{Input: ingest.Input{Raw: raw, Filename: a.file, Hint: a.hint}}
		taken, err := desk.TakeIn(ctx, people["ana"], in)
		if err != nil {
			return fmt.Errorf("demo article %s: %w", a.file, err)
		}
		if a.hint.Language == "en" {
			if err := workDemo(ctx, desk, people, taken.Article.ID); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
	}
	fmt.Fprintf(p.stdout, "\nCotejo shows itself at %s\n\n", base)
	for _, d := range demoPeople {
		fmt.Fprintf(p.stdout, "  %-5s %-8s password %s\n", d.name, d.role, passwords[d.name])
	}
	fmt.Fprintf(p.stdout, "\nNothing is kept: the demo's folder goes when it stops (Ctrl+C).\n\n")
	return nil
}

func addDemoPeople(ctx context.Context, desk *workflow.Desk) (map[string]claims.Actor, map[string]string, error) {
	actors, passwords := map[string]claims.Actor{}, map[string]string{}
	for _, d := range demoPeople {
		password, err := claims.NewID(rand.Reader, 12)
		if err != nil {
			return nil, nil, err
		}
		password = strings.ToLower(password)
		person, err := desk.AddPerson(ctx, desk.SystemActor(), workflow.NewPerson{Name: d.name, Display: d.display, Password: password, Role: d.role})
		if err != nil {
			return nil, nil, err
		}
		actors[d.name] = claims.Actor{ID: person.ID, Name: person.Name, Role: person.Role}
		passwords[d.name] = password
	}
	return actors, passwords, nil
}

// workDemo takes a few claims some way, so that every list of the desk has
// something in it: one published and cited by a check, one waiting for its
// second pair of eyes, one being looked at with a question that waits for its
// answer, and two in the queue.
func workDemo(ctx context.Context, desk *workflow.Desk, people map[string]claims.Actor, article string) error {
	ana, luis := people["ana"], people["luis"]
	view, err := desk.Article(ctx, ana, article)
	if err != nil {
		return err
	}
	if len(view.Claims) < 5 {
		return fmt.Errorf("the engine found %d claims in the demo article, 5 are needed", len(view.Claims))
	}
	published, err := judgeDemo(ctx, desk, ana, view.Claims[0].Claim, "mostly_true",
		"The report is public and gives £3.17 million for 2025; it counts lost bookings only, not wages.")
	if err != nil {
		return err
	}
	for _, to := range []claims.State{claims.StateApproved, claims.StatePublished} {
		if published, err = desk.MoveClaim(ctx, luis, published.ID, published.Version, workflow.MoveInput{To: to}); err != nil {
			return err
		}
	}
	if _, err := judgeDemo(ctx, desk, ana, view.Claims[1].Claim, "unproven",
		"The authority gives no table of sailings, and did not answer when asked for one."); err != nil {
		return err
	}
	inHand, err := takeDemo(ctx, desk, ana, view.Claims[2].Claim)
	if err != nil {
		return err
	}
	if _, err := desk.AddContact(ctx, ana, inHand.ID, workflow.ContactInput{
		Whom: "Press office of the harbour authority", Question: "How many crossings were cancelled in each month of 2025, and who counted them?",
	}); err != nil {
		return err
	}
	if _, err := desk.AddNote(ctx, ana, inHand.ID, "@luis @eva: the press office asked for two days. Shall we wait for the table, or go with the timetable of 2025?"); err != nil {
		return err
	}
	for _, row := range view.Claims[3:5] {
		if _, err := desk.MoveClaim(ctx, luis, row.ID, row.Version, workflow.MoveInput{To: claims.StateOpen}); err != nil {
			return err
		}
	}
	if _, err := desk.AddSource(ctx, luis, workflow.SourceInput{
		Name: "A deckhand of the Merrin Sound", Kind: claims.KindPerson, Note: "Writes from a private address.", Protected: true,
	}); err != nil {
		return err
	}
	return checkDemo(ctx, desk, luis, published.ID)
}

func takeDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim) (claims.Claim, error) {
	var err error
	for _, to := range []claims.State{claims.StateOpen, claims.StateInCheck} {
		if c, err = desk.MoveClaim(ctx, actor, c.ID, c.Version, workflow.MoveInput{To: to}); err != nil {
			return c, err
		}
	}
	return tieDemo(ctx, desk, actor, c)
}

func judgeDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim, content, rationale string) (claims.Claim, error) {
	c, err := takeDemo(ctx, desk, actor, c)
	if err != nil {
		return c, err
	}
	verdict := workflow.VerdictInput{Content: content, Rationale: rationale}
	if claims.HasSource(c.Attributions) {
		verdict.Attribution = "accurate"
	}
	if c, err = desk.Judge(ctx, actor, c.ID, c.Version, verdict); err != nil {
		return c, err
	}
	return desk.MoveClaim(ctx, actor, c.ID, c.Version, workflow.MoveInput{To: claims.StateSubmitted})
}

func checkDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, claim string) error {
	check, err := desk.CreateCheck(ctx, actor, workflow.CheckInput{
		Title: "What the ferry delays cost", Language: "en", Authors: []string{"Luis Ortega"},
		Summary: "The harbour authority's figure holds, as far as it goes.",
		Body: "The authority put a price on last year's delays.\n\n[[" + claim + "]]\n\nThe figure stands in its report. " +
			"It leaves out what the crews lost, which the union puts higher.\n",
	})
	if err != nil {
		return err
	}
	_, err = desk.MoveCheck(ctx, actor, check.Slug, check.Version, claims.CheckPublished, "")
	return err
}

// tieDemo ties every link of a claim to the record of its name, or to a new one.
func tieDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim) (claims.Claim, error) {
	view, err := desk.Claim(ctx, actor, c.ID)
	if err != nil {
		return c, err
	}
	for _, o := range view.Offers {
		in := workflow.TieInput{Place: o.LinkPlace}
		if len(o.Sources) > 0 {
			in.Source = o.Sources[0].ID
		}
		if c, err = desk.TieLink(ctx, actor, c.ID, c.Version, in); err != nil {
			return c, err
		}
	}
	return c, nil
}
