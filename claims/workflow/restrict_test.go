package workflow_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/ingest"
	"cotejo/claims/suggest"
	"cotejo/claims/workflow"
)

// restrict lets luis restrict an article to people.
func (k *kit) restrict(article string, to ...claims.Actor) error {
	k.Helper()
	v, err := k.Article(k.Context(), k.luis, article)
	if err != nil {
		k.Fatal(err)
	}
	readers := []string{}
	for _, a := range to {
		readers = append(readers, a.ID)
	}
	_, err = k.EditArticle(k.Context(), k.luis, article, v.Article.Version, workflow.ArticlePatch{Restricted: ptr(true), Readers: &readers})
	return err
}

func TestARestrictedArticleIsAbsentForOthers(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		c, other := k.claim(claims.StateInCheck), k.claim(claims.StateInCheck)
		e := k.evidence(c, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1", Title: "Zarzaparrilla"}, Upload: upload("a.txt", "zarzaparrilla")})
		k.evidence(other, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1"}})
		if _, err := k.AddNote(ctx, k.ana, c.ID, "Zarzaparrilla, @bea y @carla"); err != nil {
			t.Fatal(err)
		}
		if err := k.restrict(c.Article, k.luis, k.ana); err != nil {
			t.Fatal(err)
		}
		own := k.lastEvent()
		if own.Act != workflow.ActArticleLimit || tells(own, claims.SideAfter, "restricted") != "true" {
			t.Errorf("the event tells %+v", own)
		}
		for _, actor := range []claims.Actor{k.bea, k.carla, k.olga} {
			_, err := k.Claim(ctx, actor, c.ID)
			refused(t, "the claim", err, claims.KindNotFound)
			_, err = k.Article(ctx, actor, c.Article)
			refused(t, "the article", err, claims.KindNotFound)
			_, err = k.EvidenceFile(ctx, actor, e.ID)
			refused(t, "a file", err, claims.KindNotFound)
			_, err = k.Undo(ctx, actor, own.ID)
			refused(t, "the event", err, claims.KindNotFound)
			_, err = k.AddNote(ctx, actor, c.ID, "hola")
			refused(t, "a note", err, claims.KindNotFound)
			_, err = k.AddClaim(ctx, actor, workflow.NewClaim{Article: c.Article, Quote: "puente"})
			refused(t, "a new claim", err, claims.KindNotFound)
			rows, _, err := k.Claims(ctx, actor, claims.ClaimFilter{})
			if err != nil || len(rows) != 1 || rows[0].ID != other.ID {
				t.Errorf("%s lists %d claims, %v", actor.Name, len(rows), err)
			}
			if n, err := k.CountClaims(ctx, actor, claims.ClaimFilter{}); err != nil || n[claims.StateInCheck] != 1 {
				t.Errorf("%s counts %v, %v", actor.Name, n, err)
			}
			if rows, _, err := k.Articles(ctx, actor, claims.ArticleFilter{}); err != nil || len(rows) != 1 {
				t.Errorf("%s lists %d articles, %v", actor.Name, len(rows), err)
			}
			if found, err := k.Search(ctx, actor, "zarzaparrilla", "", claims.Page{}); err != nil || len(found) != 0 {
				t.Errorf("%s finds %+v, %v", actor.Name, found, err)
			}
			if found, _, err := k.FindEvidence(ctx, actor, claims.EvidenceFilter{Query: "https://a.test/1"}); err != nil || len(found) != 1 {
				t.Errorf("%s finds %d documents, %v", actor.Name, len(found), err)
			}
			if v, err := k.Claim(ctx, actor, other.ID); err != nil || len(v.Shared) != 0 {
				t.Errorf("%s learns of %v, %v", actor.Name, v.Shared, err)
			}
			events, _, err := k.Events(ctx, actor, claims.EventFilter{})
			if slices.ContainsFunc(events, func(e claims.Event) bool { return e.Article == c.Article || e.Claim == c.ID }) || err != nil {
				t.Errorf("the history tells %s of it (%v)", actor.Name, err)
			}
			if box, err := k.Inbox(ctx, actor, claims.Page{}); err != nil || len(box.Rows) != 0 || box.Unread != 0 {
				t.Errorf("the inbox of %s holds %+v, %v", actor.Name, box, err)
			}
		}
		for _, actor := range []claims.Actor{k.luis, k.ana, k.eva, k.SystemActor()} {
			if v, err := k.Claim(ctx, actor, c.ID); err != nil || !v.Restricted || len(v.Notes) != 1 {
				t.Errorf("%s does not see it: %v", actor.Name, err)
			}
		}
		for actor, want := range map[string]int{k.bea.ID: 1, k.ana.ID: 2} {
			var file bytes.Buffer
			if err := k.ExportVerdicts(ctx, claims.Actor{ID: actor, Role: claims.RoleChecker}, claims.ClaimFilter{}, &file, export.Options{}); err != nil || strings.Count(file.String(), "\r\n") != want+1 {
				t.Errorf("the export has %d lines, want %d (%v)", strings.Count(file.String(), "\r\n"), want+1, err)
			}
		}
		k.sound()
	})
}

func TestWhoMayRestrictAnArticle(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateInCheck, func(c *claims.Claim) { c.Assignee = k.ana.ID })
	a := c.Article
	edit := func(actor claims.Actor, p workflow.ArticlePatch) error {
		v, err := k.Article(ctx, k.eva, a)
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.EditArticle(ctx, actor, a, v.Article.Version, p)
		return err
	}
	refused(t, "by a checker", edit(k.ana, workflow.ArticlePatch{Restricted: ptr(true)}), claims.KindNotAllowed)
	refused(t, "without oneself", k.restrict(a, k.ana), claims.KindInvalid, "readers:restrict.yourself")
	refused(t, "without who holds a claim", k.restrict(a, k.luis), claims.KindInvalid, "readers:restrict.holds")
	refused(t, "for nobody", k.restrict(a), claims.KindInvalid, "readers:restrict.readers_missing")
	refused(t, "for somebody unknown", k.restrict(a, claims.Actor{ID: "NOSUCH"}), claims.KindInvalid, "readers:source.reader_unknown")
	if err := k.restrict(a, k.luis, k.ana); err != nil {
		t.Fatal(err)
	}
	c = k.again(c)
	_, err := k.EditClaim(ctx, k.luis, c.ID, c.Version, workflow.ClaimPatch{Assignee: &k.bea.ID})
	refused(t, "given to an outsider", err, claims.KindInvalid, "assignee:assignee.no_reader")
	if _, err = k.AddNote(ctx, k.ana, c.ID, "@bea, @luis"); err != nil {
		t.Fatal(err)
	}
	for person, want := range map[string]int{k.bea.ID: 0, k.luis.ID: 1} {
		claimstest.Read(t, k.store, func(r claims.Reader) error {
			items, _, err := r.Inbox(ctx, person, claims.Page{})
			if len(items) != want {
				t.Errorf("%d told, want %d", len(items), want)
			}
			return err
		})
	}
	if err := edit(k.luis, workflow.ArticlePatch{Restricted: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Article(ctx, k.bea, a); err != nil || v.Article.Restricted || len(v.Article.Readers) != 0 {
		t.Errorf("after lifting: %+v, %v", v.Article, err)
	}
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	_, err = k.Article(ctx, k.bea, a)
	refused(t, "after undoing", err, claims.KindNotFound)
	if err := edit(k.eva, workflow.ArticlePatch{Restricted: ptr(false)}); err != nil {
		t.Errorf("an admin cannot lift it: %v", err)
	}
	k.sound()
}

// TestWhatIsPublishedStaysPublic although the article is restricted.
func TestWhatIsPublishedStaysPublic(t *testing.T) {
	k := newKit(t)
	c := k.published()
	if err := k.restrict(c.Article, k.luis); err != nil {
		t.Fatal(err)
	}
	if p, err := k.PublicClaim(t.Context(), c.ID, 0); err != nil || p.Publication.Claim != c.ID {
		t.Errorf("%+v, %v", p, err)
	}
	_, err := k.Publications(t.Context(), k.bea, c.ID)
	refused(t, "on the desk", err, claims.KindNotFound)
}

// TestHiddenClaimsCount in what must hold of everything: a source that becomes
// protected learns its names from them too.
func TestHiddenClaimsCount(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	s, err := k.AddSource(ctx, k.ana, workflow.SourceInput{Name: "Acme", Kind: claims.KindOrganization})
	if err != nil {
		t.Fatal(err)
	}
	c := claimstest.PutClaim(t, k.store, k.article().ID, claimstest.Tied(s.ID, "Acme y Asociados"))
	if err := k.restrict(c.Article, k.luis); err != nil {
		t.Fatal(err)
	}
	s, err = k.EditSource(ctx, k.bea, s.ID, s.Version, workflow.SourcePatch{Protected: ptr(true)})
	if err != nil || !slices.Contains(s.Aliases, "Acme y Asociados") {
		t.Errorf("%v, %v", s.Aliases, err)
	}
	rows, _, err := k.Sources(ctx, k.bea, claims.SourceFilter{})
	if err != nil || len(rows) != 1 || rows[0].Claims != 0 {
		t.Errorf("%+v, %v", rows, err)
	}
	v, err := k.Source(ctx, k.bea, s.ID)
	if err != nil || v.Record.Said+v.Record.Relayed != 0 || len(v.Latest) != 0 {
		t.Errorf("%+v, %v", v.Record, err)
	}
	k.sound()
}

func TestAnArticleIsRestrictedFromTheFirstMoment(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		k.fetching(&web{body: dam})
		to := workflow.Audience{Restricted: true, Readers: []string{"ana", k.luis.ID}}
		hint := ingest.Hint{URL: "https://faro.test/presa"}
		j, err := k.AskPage(ctx, k.ana, workflow.PageRequest{Hint: hint, Keep: true, Audience: to})
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.Job(ctx, k.bea, j.ID)
		refused(t, "the job, while it waits", err, claims.KindNotFound)
		if v, err := k.Jobs(ctx, k.bea, claims.JobFilter{}); len(v.Jobs) != 0 || err != nil {
			t.Errorf("bea lists %d jobs, %v", len(v.Jobs), err)
		}
		if v, err := k.Jobs(ctx, k.luis, claims.JobFilter{}); len(v.Jobs) != 1 || err != nil {
			t.Errorf("luis lists %d jobs, %v", len(v.Jobs), err)
		}
		if j, err = k.LeaseJob(ctx); err != nil {
			t.Fatal(err)
		}
		if err := k.TakePageIn(ctx, j, func(string, int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		if j, err = k.Job(ctx, k.ana, j.ID); err != nil || j.Article == "" {
			t.Fatal(j, err)
		}
		v, err := k.Article(ctx, k.luis, j.Article)
		if err != nil || !v.Article.Restricted || !slices.Equal(v.Article.Readers, slices.Sorted(slices.Values([]string{k.ana.ID, k.luis.ID}))) || len(v.Claims) == 0 {
			t.Errorf("%+v, %v", v.Article, err)
		}
		_, err = k.Article(ctx, k.bea, j.Article)
		refused(t, "the article", err, claims.KindNotFound)
		events, _, err := k.Events(ctx, k.bea, claims.EventFilter{})
		if slices.ContainsFunc(events, func(e claims.Event) bool { return e.Article == j.Article }) || err != nil {
			t.Errorf("the history tells bea of it (%v)", err)
		}
	})
}

func TestWhoMayRestrictWhatTheyTakeIn(t *testing.T) {
	k := newKit(t)
	intake := func(text string, to workflow.Audience) workflow.Intake {
		return workflow.Intake{Input: ingest.Input{Raw: []byte(text), Hint: ingest.Hint{Language: "es"}}, Audience: to}
	}
	taken, err := k.TakeIn(t.Context(), k.ana, intake("El puente costó 15.000 euros.", workflow.Audience{Restricted: true}))
	if err != nil || !slices.Equal(taken.Article.Readers, []string{k.ana.ID}) {
		t.Errorf("without names it is for whoever takes it in: %+v, %v", taken.Article, err)
	}
	for name, to := range map[string]workflow.Audience{"without oneself": {Restricted: true, Readers: []string{"bea"}}, "an unknown name": {Restricted: true, Readers: []string{"nadie"}}} {
		_, err := k.TakeIn(t.Context(), k.ana, intake("El puente costó 16.000 euros. "+name, to))
		refused(t, name, err, claims.KindInvalid)
		_, err = k.AskPage(t.Context(), k.ana, workflow.PageRequest{Hint: ingest.Hint{URL: "https://faro.test/"}, Audience: to})
		refused(t, name+", of a page", err, claims.KindConflict) // nothing is fetched here
	}
	if rows, _, err := k.Articles(t.Context(), k.bea, claims.ArticleFilter{}); err != nil || len(rows) != 0 {
		t.Errorf("bea sees %d articles, %v", len(rows), err)
	}
}

func TestTheModelIsNotToldOfRestrictedArticles(t *testing.T) {
	k := newKit(t)
	a := k.article()
	if err := k.restrict(a.ID, k.luis, k.ana); err != nil {
		t.Fatal(err)
	}
	d, _ := k.with(model(func(context.Context, suggest.Article) (suggest.Answer, error) {
		t.Error("the model was told of a restricted article")
		return suggest.Answer{}, nil
	}))
	for _, actor := range []claims.Actor{k.ana, k.eva} {
		if added, err := d.SuggestMore(t.Context(), actor, a.ID); added != 0 || err != nil {
			t.Errorf("%s: %d, %v", actor.Name, added, err)
		}
	}
	_, err := d.SuggestMore(t.Context(), k.bea, a.ID)
	refused(t, "for who may not see it", err, claims.KindNotFound)
}

// TestTakingInIsTakenBack: the article is out of everybody's way but the admins', until
// somebody has done something with it.
func TestTakingInIsTakenBack(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		in := workflow.Intake{Input: ingest.Input{Raw: []byte("El puente costó 15.000 euros, según dijo la alcaldía en mayo."), Hint: ingest.Hint{Language: "es"}}}
		taken, err := k.TakeIn(ctx, k.ana, in)
		if err != nil || taken.Claims == 0 {
			t.Fatal(taken, err)
		}
		id, err := k.LastUndoable(ctx, k.ana, time.Time{})
		if err != nil || id != k.eventOf(workflow.ActArticleAdd).ID {
			t.Fatalf("what could be undone is %q, %v", id, err)
		}
		_, err = k.Undo(ctx, k.luis, id)
		refused(t, "by somebody else", err, claims.KindNotAllowed)
		if e, err := k.Undo(ctx, k.ana, id); err != nil || !workflow.UndidIntake(e) {
			t.Fatal(e, err)
		}
		for _, actor := range []claims.Actor{k.ana, k.luis, k.carla} {
			_, err := k.Article(ctx, actor, taken.Article.ID)
			refused(t, "for "+actor.Name, err, claims.KindNotFound)
		}
		if _, err := k.Article(ctx, k.eva, taken.Article.ID); err != nil {
			t.Errorf("for an admin: %v", err)
		}
		again, err := k.TakeIn(ctx, k.ana, in)
		if err != nil {
			t.Fatalf("it cannot be taken in again: %v", err)
		}
		v, err := k.Article(ctx, k.luis, again.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		begun := k.eventOf(workflow.ActArticleAdd)
		k.move(k.luis, v.Claims[0].Claim, to(claims.StateOpen))
		_, err = k.Undo(ctx, k.ana, begun.ID)
		refused(t, "after luis opened a claim", err, claims.KindConflict, "undo.acted_since")
		k.sound()
	})
}
