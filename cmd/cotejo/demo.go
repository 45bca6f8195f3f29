package main

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
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
func startDemo(ctx context.Context, p *process, store claims.Store, desk *workflow.Desk, base *url.URL) error {
	filling := workflow.New(store, workflow.Options{BaseURL: base.String(), Fetcher: demoPage{}})
	clock := &pastClock{at: time.Now().AddDate(0, 0, -150)}
	past := workflow.New(store, workflow.Options{BaseURL: base.String(), Fetcher: demoPage{}, Clock: clock})
	people, passwords, err := addDemoPeople(ctx, past)
	if err != nil {
		return err
	}
	if err := liveDemoPast(ctx, past, clock, people, time.Now()); err != nil {
		return fmt.Errorf("demo past: %w", err)
	}
	if err := addDemoFeed(ctx, filling, people["ana"]); err != nil {
		return fmt.Errorf("demo feed: %w", err)
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
			if err := workDemo(ctx, filling, people, taken.Article.ID); err != nil {
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

// workDemo takes a few claims some way, so that every page of the desk has
// something on it: one published with a copy of its evidence and cited by a check,
// one approved by who thought otherwise at first, one waiting for its second pair
// of eyes, one being looked at with a question that waits for its answer, and two
// in the queue.
func workDemo(ctx context.Context, desk *workflow.Desk, people map[string]claims.Actor, article string) error {
	ana, luis := people["ana"], people["luis"]
	view, err := desk.Article(ctx, ana, article)
	if err != nil {
		return err
	}
	if len(view.Claims) < 5 {
		return fmt.Errorf("the engine found %d claims in the demo article, 5 are needed", len(view.Claims))
	}
	if err := askForOpinions(ctx, desk, people["eva"]); err != nil {
		return err
	}
	published, err := judgeDemo(ctx, desk, ana, view.Claims[0].Claim, "mostly_true",
		"The report is public and gives £3.17 million for 2025; it counts lost bookings only, not wages.")
	if err != nil {
		return err
	}
	if err := opineDemo(ctx, desk, luis, published, "mostly_true", ""); err != nil {
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
	if len(view.Claims) > 5 {
		if err := disagreeDemo(ctx, desk, ana, luis, view.Claims[5].Claim); err != nil {
			return err
		}
	}
	inHand, err := takeDemo(ctx, desk, ana, view.Claims[2].Claim)
	if err != nil {
		return err
	}
	if inHand, err = addDemoFile(ctx, desk, ana, inHand); err != nil {
		return err
	}
	now := time.Now()
	for _, in := range []workflow.ContactInput{
		{Whom: "Seafarers' union of the Merrin Sound", Means: claims.MeansPhone, Question: "Did the crews count the crossings themselves?",
			AskedAt: now.AddDate(0, 0, -2).Format(time.DateOnly), Answer: "Yes, by the ships' logs; they will send a copy."},
		{Whom: "Press office of the harbour authority", Question: "How many crossings were cancelled in each month of 2025, and who counted them?",
			Deadline: now.AddDate(0, 0, 2).Format(time.DateOnly), Public: "The harbour authority had not answered when this was published."},
	} {
		if _, err := desk.AddContact(ctx, ana, inHand.ID, in); err != nil {
			return err
		}
	}
	if _, err := desk.AddNote(ctx, luis, inHand.ID, "@ana @eva: the timetable of 2025 is beside the claim now."); err != nil {
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
	if err := protectDemo(ctx, desk, luis, view.Claims); err != nil {
		return err
	}
	return checkDemo(ctx, desk, luis, published.ID)
}

// protectDemo ties words of the article that name nobody to a source who is known to
// one editor and to no other.
func protectDemo(ctx context.Context, desk *workflow.Desk, luis claims.Actor, rows []claims.ClaimRow) error {
	clerk, err := desk.AddSource(ctx, luis, workflow.SourceInput{
		Name: "Rosalind Pike", Kind: claims.KindPerson, Aliases: []string{"R. Pike"}, Note: "Clerk at the ministry; writes from a private address.", Protected: true,
	})
	if err != nil {
		return err
	}
	for _, row := range rows {
		view, err := desk.Claim(ctx, luis, row.ID)
		if err != nil {
			return err
		}
		for _, o := range view.Offers {
			if strings.Contains(o.Link.Text, "two people") {
				_, err := desk.TieLink(ctx, luis, row.ID, view.Row.Version, workflow.TieInput{Place: o.LinkPlace, Source: clerk.ID})
				return err
			}
		}
	}
	return errors.New("no claim of the demo article names two people")
}

// askForOpinions has reviewers say what they think before they see the proposal.
func askForOpinions(ctx context.Context, desk *workflow.Desk, eva claims.Actor) error {
	settings, err := desk.Settings(ctx)
	if err != nil {
		return err
	}
	settings.Blind = claims.Advise
	return desk.EditSettings(ctx, eva, settings)
}

func opineDemo(ctx context.Context, desk *workflow.Desk, by claims.Actor, c claims.Claim, content, note string) error {
	in := workflow.OpinionInput{Content: content, Note: note}
	if claims.HasSource(c.Attributions) {
		in.Attribution = "accurate"
	}
	_, err := desk.GiveOpinion(ctx, by, c.ID, c.Version, in)
	return err
}

// disagreeDemo approves a claim of which its reviewer thought otherwise at first.
func disagreeDemo(ctx context.Context, desk *workflow.Desk, ana, luis claims.Actor, c claims.Claim) error {
	c, err := judgeDemo(ctx, desk, ana, c, "half_true", "The number is right for the summer, not for the year.")
	if err != nil {
		return err
	}
	if err := opineDemo(ctx, desk, luis, c, "mostly_true", "The summer is what was asked about."); err != nil {
		return err
	}
	_, err = desk.MoveClaim(ctx, luis, c.ID, c.Version, workflow.MoveInput{To: claims.StateApproved, Reason: "We talked it over: readers would take it for the year."})
	return err
}

// demoPage is what the demo keeps copies of: there is no such page.
type demoPage struct{}

// Get gives the same page for every address.
func (demoPage) Get(_ context.Context, in fetch.Request) (fetch.Page, error) {
	if in.URL == demoFeedAt {
		return fetch.Page{URL: in.URL, MediaType: "application/rss+xml", Body: []byte(demoFeed)}, nil
	}
	return fetch.Page{URL: in.URL, MediaType: "text/html", Body: []byte("<!doctype html><html lang=\"en\"><title>Annual report</title><h1>Annual report 2025</h1><p>Delays cost £3.17 million in lost bookings.</p></html>")}, nil
}

// Check refuses nothing.
func (demoPage) Check(context.Context, string) error { return nil }

// addDemoReport puts the authority's report beside a claim and keeps a copy of it.
func addDemoReport(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim) (claims.Claim, error) {
	e, err := desk.AddEvidence(ctx, actor, c.ID, c.Version, claims.Evidence{
		URL: "https://merrin-harbour.example/reports/2025", Title: "Annual report 2025", Publisher: "Merrin Harbour Authority",
		Stance: claims.StanceFor, Grade: claims.GradePrimary, Quote: "Delays cost £3.17 million in lost bookings.", Locator: "p. 14",
	})
	if err != nil {
		return c, err
	}
	if c, err = demoClaim(ctx, desk, actor, c.ID); err != nil {
		return c, err
	}
	if _, err := desk.KeepCopy(ctx, actor, c.ID, e.ID, c.Version); err != nil {
		return c, err
	}
	return demoClaim(ctx, desk, actor, c.ID)
}

// addDemoFile puts a document beside a claim that came as a file.
func addDemoFile(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim) (claims.Claim, error) {
	if _, err := desk.AddDocument(ctx, actor, c.ID, c.Version, workflow.EvidenceInput{
		Evidence: claims.Evidence{Title: "Timetable of 2025", Publisher: "Merrin Ferries", Stance: claims.StanceContext, Grade: claims.GradeSecondary},
		Upload:   &workflow.Upload{Name: "timetable-2025.txt", Data: []byte("Port Merrin - Saltholm: 07:10 09:40 12:10 14:40 17:10 19:40\n")},
	}); err != nil {
		return c, err
	}
	return demoClaim(ctx, desk, actor, c.ID)
}

func demoClaim(ctx context.Context, desk *workflow.Desk, actor claims.Actor, id string) (claims.Claim, error) {
	view, err := desk.Claim(ctx, actor, id)
	return view.Row.Claim, err
}

func takeDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim) (claims.Claim, error) {
	var err error
	for _, to := range []claims.State{claims.StateOpen, claims.StateInCheck} {
		if c, err = desk.MoveClaim(ctx, actor, c.ID, c.Version, workflow.MoveInput{To: to}); err != nil {
			return c, err
		}
	}
	if c, err = desk.EditClaim(ctx, actor, c.ID, c.Version, workflow.ClaimPatch{Tags: &[]string{"ferries"}}); err != nil {
		return c, err
	}
	return tieDemo(ctx, desk, actor, c)
}

func judgeDemo(ctx context.Context, desk *workflow.Desk, actor claims.Actor, c claims.Claim, content, rationale string) (claims.Claim, error) {
	c, err := takeDemo(ctx, desk, actor, c)
	if err != nil {
		return c, err
	}
	if c, err = addDemoReport(ctx, desk, actor, c); err != nil {
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
