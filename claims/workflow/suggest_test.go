package workflow_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/suggest"
	"cotejo/claims/workflow"
)

// model is a suggester that answers as a test says.
type model func(ctx context.Context, a suggest.Article) (suggest.Answer, error)

func (m model) Suggest(ctx context.Context, a suggest.Article) (suggest.Answer, error) {
	return m(ctx, a)
}

func (m model) Rule() string { return "llano-7b/prompt-1" }

// with gives the same desk with a suggester, and its log.
func (k *kit) with(m workflow.Suggester) (*workflow.Desk, *logged) {
	log := &logged{}
	return workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Suggester: m,
		Log: slog.New(slog.NewTextHandler(log, nil))}), log
}

// logged gathers a log from more than one goroutine.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// words finds words in a text and gives them as a model's suggestion.
func words(t testing.TB, text, quote string) claims.Fragment {
	t.Helper()
	before, _, ok := strings.Cut(text, quote)
	if !ok {
		t.Fatalf("%q does not stand in %q", quote, text)
	}
	start := len([]rune(before))
	return claims.Fragment{Span: claims.Span{Start: start, End: start + len([]rune(quote))}, Text: quote}
}

// proposing answers with quotes of the article, in whatever kind.
func proposing(t testing.TB, kind claims.Kind, quotes ...string) model {
	return func(_ context.Context, a suggest.Article) (out suggest.Answer, err error) {
		for _, q := range quotes {
			out.Suggestions = append(out.Suggestions, suggest.Suggestion{Quote: words(t, a.Text, q), Kind: kind})
		}
		return out, nil
	}
}

// suggested lists the claims of an article that a model proposed.
func (k *kit) suggested(article string) (out []claims.Claim) {
	k.Helper()
	v, err := k.Article(k.Context(), k.ana, article)
	if err != nil {
		k.Fatal(err)
	}
	for _, row := range v.Claims {
		if row.Origin.By == claims.ByModel {
			out = append(out, row.Claim)
		}
	}
	return out
}

// articleOf stores a sample article of a text.
func (k *kit) articleOf(text string) claims.Article {
	k.Helper()
	a := claimstest.NewArticle("El puente")
	claimstest.Write(k.T, k.store, func(w claims.Writer) error {
		if err := w.CreateArticle(k.Context(), &a); err != nil {
			return err
		}
		return w.CreateSnapshot(k.Context(), claimstest.NewSnapshot(a.ID, 1, text))
	})
	return a
}

func TestSuggestingMore(t *testing.T) { onEveryEngine(t, suggestingMore) }

func suggestingMore(t *testing.T, k *kit) {
	a := k.article()
	var asked suggest.Article
	d, log := k.with(model(func(_ context.Context, in suggest.Article) (suggest.Answer, error) {
		asked = in
		source := words(t, in.Text, "la alcaldía")
		return suggest.Answer{Suggestions: []suggest.Suggestion{
			{Quote: words(t, in.Text, "el puente costó alrededor de 15.000 euros"), Kind: claims.KindOther, Source: &source},
			{Quote: words(t, in.Text, "El río creció dos metros desde el otoño pasado"), Kind: claims.KindEvent},
		}, Dropped: suggest.Dropped{Invented: 3}}, nil
	}))
	before := k.seq()
	added, err := d.SuggestMore(t.Context(), k.ana, a.ID)
	if err != nil || added != 2 || k.seq() != before+2 {
		t.Fatalf("%d added by %d events, %v", added, k.seq()-before, err)
	}
	if asked.Text != claimstest.SampleText || asked.Language != "es" || asked.Title != "El puente" || asked.Published == nil {
		t.Errorf("asked about %+v", asked)
	}
	got := k.suggested(a.ID)
	for _, c := range got {
		if c.State != claims.StateSuggested || c.Origin != (claims.Origin{By: claims.ByModel, Rule: "llano-7b/prompt-1"}) || c.Standalone != c.Quote() ||
			c.Worth != 0.5 || !c.Checkable || c.Snapshot != 1 || c.Language != "es" || c.CreatedBy != k.ana.ID {
			t.Errorf("claim %+v", c)
		}
		events, err := k.ClaimEvents(t.Context(), k.ana, c.ID)
		if err != nil || len(events) != 1 || events[0].Act != workflow.ActClaimAdd || events[0].Actor != "" || !strings.Contains(tells(events[0], claims.SideAfter, "origin"), "llano-7b/prompt-1") {
			t.Errorf("history %+v, %v", events, err)
		}
	}
	first, second := got[0], got[1]
	if len(first.Attributions) != 1 || first.Attributions[0].Mode != claims.ModeIndirect || first.Attributions[0].Sources[0].Name != "la alcaldía" ||
		first.Attributions[0].Sources[0].Start != 6 || first.Kind != claims.KindQuantity || len(first.Quantities) != 1 || first.Prefix != "Según la alcaldía, " {
		t.Errorf("first %+v", first)
	}
	if len(second.Attributions) != 0 || second.Kind != claims.KindEvent || len(second.Times) != 1 {
		t.Errorf("second %+v", second)
	}
	if said := log.String(); !strings.Contains(said, "added=2") || !strings.Contains(said, "Invented:3") || strings.Contains(said, "puente") {
		t.Errorf("log: %s", said)
	}
	if added, err := d.SuggestMore(t.Context(), k.ana, a.ID); err != nil || added != 0 {
		t.Errorf("the same again added %d, %v", added, err)
	}
	k.sound()
}

func TestSuggestionsAreTakenOverByPeople(t *testing.T) {
	k := newKit(t)
	a := k.article()
	d, _ := k.with(proposing(t, claims.KindEvent, "El río creció dos metros"))
	if _, err := d.SuggestMore(t.Context(), k.ana, a.ID); err != nil {
		t.Fatal(err)
	}
	c := k.move(k.ana, k.suggested(a.ID)[0], to(claims.StateOpen))
	if !c.Origin.Accepted || c.Origin.By != claims.ByModel {
		t.Errorf("origin %+v", c.Origin)
	}
}

// TestSuggestionsThatAreNoNews: half of the words are claimed already, or the
// same words are in another place.
func TestSuggestionsThatAreNoNews(t *testing.T) {
	k := newKit(t)
	const text = "El puente costó 15.000 euros. El río creció dos metros. El puente costó 15.000 euros. Y llovió."
	for _, test := range []struct {
		name    string
		claimed string
		state   claims.State
		quote   string
		added   int
	}{
		{"the same words", "El río creció dos metros", claims.StateOpen, "El río creció dos metros", 0},
		{"dismissed words", "El río creció dos metros", claims.StateDismissed, "El río creció dos metros", 0},
		{"words inside", "El río creció dos metros", claims.StateOpen, "creció dos metros", 0},
		{"just half", "dos m", claims.StateOpen, "dos metros", 0},
		{"less than half", "dos ", claims.StateOpen, "dos metros", 1},
		{"words around", "dos metros", claims.StateOpen, "El río creció dos metros", 1},
		{"the same words in the other place", "15.000 euros. Y", claims.StateOpen, "15.000 euros", 0},
		{"other words", "El río creció dos metros", claims.StateOpen, "El puente costó 15.000 euros", 1},
	} {
		article := k.articleOf(text)
		claimstest.PutClaim(t, k.store, article.ID, func(c *claims.Claim) {
			c.State, c.Fragments = test.state, []claims.Fragment{words(t, text, test.claimed)}
		})
		d, _ := k.with(model(func(_ context.Context, in suggest.Article) (suggest.Answer, error) {
			s := suggest.Suggestion{Quote: words(t, in.Text, test.quote), Kind: claims.KindOther}
			if i := strings.LastIndex(in.Text, test.quote); i >= 0 && len([]rune(in.Text[:i])) != s.Quote.Start {
				again := len([]rune(in.Text[:i]))
				s.Elsewhere = []claims.Span{{Start: again, End: again + s.Quote.Len()}}
			}
			return suggest.Answer{Suggestions: []suggest.Suggestion{s}}, nil
		}))
		if added, err := d.SuggestMore(t.Context(), k.ana, article.ID); err != nil || added != test.added {
			t.Errorf("%s: %d added, %v", test.name, added, err)
		}
	}
	a := k.article()
	d, _ := k.with(proposing(t, claims.KindEvent, "El río creció dos metros", "río creció dos metros desde", "El río creció"))
	if added, err := d.SuggestMore(t.Context(), k.ana, a.ID); err != nil || added != 1 {
		t.Errorf("overlapping among themselves: %d added, %v", added, err)
	}
}

// TestASuggesterIsNotBelieved: whatever stands behind the interface, only words
// of the article come onto the desk.
func TestASuggesterIsNotBelieved(t *testing.T) {
	k := newKit(t)
	a := k.article()
	quote := words(t, claimstest.SampleText, "El río creció dos metros")
	at := func(start, end int, text string) claims.Fragment {
		return claims.Fragment{Span: claims.Span{Start: start, End: end}, Text: text}
	}
	invented := at(6, 17, "la NASA")
	d, _ := k.with(model(func(context.Context, suggest.Article) (suggest.Answer, error) {
		return suggest.Answer{Suggestions: []suggest.Suggestion{
			{Quote: at(19, 60, "el puente se cayó"), Kind: claims.KindEvent},
			{Quote: at(-5, 10, ""), Kind: claims.KindEvent},
			{Quote: at(50, 5000, ""), Kind: claims.KindEvent},
			{Quote: at(20, 20, ""), Kind: claims.KindEvent},
			{Quote: at(5, 6, ""), Kind: claims.KindEvent},
			{Quote: quote, Kind: "rumour"},
			{Quote: quote, Kind: claims.KindOpinion, Source: &invented, Elsewhere: []claims.Span{{Start: 9, End: 3}, {Start: -1, End: 9000}, {}}},
		}}, nil
	}))
	if added, err := d.SuggestMore(t.Context(), k.ana, a.ID); err != nil || added != 1 {
		t.Fatalf("%d added, %v", added, err)
	}
	if c := k.suggested(a.ID)[0]; c.Quote() != quote.Text || len(c.Attributions) != 0 || c.Checkable {
		t.Errorf("claim %+v", c)
	}
	k.sound()
}

// TestSuggestedModes: words between quotation marks are a direct quotation.
func TestSuggestedModes(t *testing.T) {
	k := newKit(t)
	for text, want := range map[string]claims.Mode{
		"«el río creció dos metros», dijo la alcaldía.":                claims.ModeDirect,
		"\"el río creció dos metros\", dijo la alcaldía.":              claims.ModeDirect,
		"La obra siguió y la alcaldía dijo ‘el río creció dos metros’": claims.ModeDirect,
		"Como dijo la alcaldía, el río creció dos metros.":             claims.ModeIndirect,
		"«Llovió y el río creció dos metros», dijo la alcaldía.":       claims.ModeIndirect,
		"“el río creció dos metros y llovió”, según la alcaldía.":      claims.ModeIndirect,
		"el río creció dos metros, dijo la alcaldía":                   claims.ModeIndirect,
		"Según la alcaldía, «mucho»: el río creció dos metros":         claims.ModeIndirect,
	} {
		a := k.articleOf(text)
		d, _ := k.with(model(func(_ context.Context, in suggest.Article) (suggest.Answer, error) {
			source := words(t, in.Text, "la alcaldía")
			return suggest.Answer{Suggestions: []suggest.Suggestion{
				{Quote: words(t, in.Text, "el río creció dos metros"), Kind: claims.KindEvent, Source: &source},
			}}, nil
		}))
		if added, err := d.SuggestMore(t.Context(), k.ana, a.ID); err != nil || added != 1 {
			t.Fatalf("%s: %d added, %v", text, added, err)
		}
		if got := k.suggested(a.ID)[0].Attributions; len(got) != 1 || got[0].Mode != want {
			t.Errorf("%s: %+v, want %s", text, got, want)
		}
	}
}

func TestWhoMayAskForMore(t *testing.T) {
	k := newKit(t)
	a := k.article()
	d, _ := k.with(model(func(context.Context, suggest.Article) (suggest.Answer, error) {
		t.Error("the model was asked for somebody who may not")
		return suggest.Answer{}, nil
	}))
	for actor, kind := range map[claims.Actor]claims.ErrKind{
		{}: claims.KindUnauthenticated, k.carla: claims.KindNotAllowed, {ID: k.ana.ID, Role: k.ana.Role, ReadOnly: true}: claims.KindNotAllowed,
	} {
		_, err := d.SuggestMore(t.Context(), actor, a.ID)
		refused(t, "by "+actor.Name, err, kind)
	}
	_, err := d.SuggestMore(t.Context(), k.ana, "NOSUCHARTICLE")
	refused(t, "no such article", err, claims.KindNotFound)
	if added, err := k.SuggestMore(t.Context(), k.ana, a.ID); added != 0 || err != nil {
		t.Errorf("without a model: %d, %v", added, err)
	}
}

// TestTheDeskChangesWhileAModelThinks: no transaction is open meanwhile, and
// what it answers too late is dropped.
func TestTheDeskChangesWhileAModelThinks(t *testing.T) { onEveryEngine(t, theDeskChanges) }

func theDeskChanges(t *testing.T, k *kit) {
	ctx := t.Context()
	for _, test := range []struct {
		name      string
		meanwhile func(a claims.Article)
		added     int
	}{
		{"somebody takes in another article", func(claims.Article) {
			in := pasted(wire)
			in.AcceptDuplicate = true
			if _, err := k.TakeIn(ctx, k.bea, in); err != nil {
				t.Error(err)
			}
		}, 1},
		{"somebody adds the same claim", func(a claims.Article) {
			if _, err := k.AddClaim(ctx, k.bea, workflow.NewClaim{Article: a.ID, Quote: "El río creció dos metros"}); err != nil {
				t.Error(err)
			}
		}, 0},
		{"the snapshot is erased", func(a claims.Article) {
			if err := k.EraseSnapshot(ctx, k.eva, a.ID, 1, "pegada por error"); err != nil {
				t.Error(err)
			}
		}, 0},
		{"a newer snapshot comes in", func(a claims.Article) {
			claimstest.Write(t, k.store, func(w claims.Writer) error {
				if err := w.PutBlob(ctx, claims.Blob{SHA256: claimstest.Hash("raw Otro texto."), MediaType: "text/plain", Data: []byte("raw Otro texto.")}); err != nil {
					return err
				}
				return w.CreateSnapshot(ctx, claimstest.NewSnapshot(a.ID, 2, "Otro texto."))
			})
		}, 0},
	} {
		a := k.article()
		d, _ := k.with(model(func(ctx context.Context, in suggest.Article) (suggest.Answer, error) {
			test.meanwhile(a)
			return proposing(t, claims.KindEvent, "El río creció dos metros")(ctx, in)
		}))
		if added, err := d.SuggestMore(ctx, k.ana, a.ID); err != nil || added != test.added {
			t.Errorf("%s: %d added, %v", test.name, added, err)
		}
	}
	a := k.article()
	if err := k.EraseSnapshot(ctx, k.eva, a.ID, 1, "pegada por error"); err != nil {
		t.Fatal(err)
	}
	d, _ := k.with(model(func(context.Context, suggest.Article) (suggest.Answer, error) {
		t.Error("the model was asked about an erased text")
		return suggest.Answer{}, nil
	}))
	if added, err := d.SuggestMore(ctx, k.ana, a.ID); added != 0 || err != nil {
		t.Errorf("an erased text: %d, %v", added, err)
	}
	k.sound()
}

func TestWhatAModelSaidBeforeItFailedIsKept(t *testing.T) {
	k := newKit(t)
	a := k.article()
	down := errors.New("down")
	d, _ := k.with(model(func(ctx context.Context, in suggest.Article) (suggest.Answer, error) {
		answer, _ := proposing(t, claims.KindEvent, "El río creció dos metros")(ctx, in)
		return answer, down
	}))
	if added, err := d.SuggestMore(t.Context(), k.ana, a.ID); added != 1 || !errors.Is(err, down) {
		t.Errorf("%d added, %v", added, err)
	}
}

// leased takes the next job of a desk; its kind must be the one that is waited for.
func leased(t *testing.T, d *workflow.Desk, kind claims.JobKind) claims.Job {
	t.Helper()
	j, err := d.LeaseJob(t.Context())
	if err != nil || j.Kind != kind {
		t.Fatalf("leased %+v, %v", j, err)
	}
	return j
}

func silent(string, int64, int64) {}

// TestModelsAreAskedByJobs: what is taken in is asked about behind its back, and again
// later where the model failed; people can stop that and ask anew.
func TestModelsAreAskedByJobs(t *testing.T) { onEveryEngine(t, modelsAreAskedByJobs) }

func modelsAreAskedByJobs(t *testing.T, k *kit) {
	ctx, n := t.Context(), 0
	d, _ := k.with(model(func(ctx context.Context, in suggest.Article) (suggest.Answer, error) {
		if n++; n == 1 {
			answer, _ := proposing(t, claims.KindEvent, "El río creció")(ctx, in)
			return answer, errors.New("the service is down")
		}
		return proposing(t, claims.KindEvent, "El río creció", "El puente costó 15.000 euros")(ctx, in)
	}))
	in := pasted("El puente costó 15.000 euros. El río creció.\n")
	in.Hint.Language = "zu"
	got, err := d.TakeIn(ctx, k.ana, in)
	if err != nil {
		t.Fatal(err)
	}
	before := k.seq()
	j := leased(t, d, claims.JobSuggest)
	if j.Article != got.Article.ID || j.Person != k.ana.ID || k.lastEvent().Act == workflow.ActJobAdd {
		t.Errorf("queued %+v, last told %s", j, k.lastEvent().Act)
	}
	failure := d.SuggestForArticle(ctx, j, silent)
	refused(t, "a model that is down", failure, claims.KindBusy, "suggest.failed")
	if err := d.FailJob(ctx, j, failure); err != nil {
		t.Fatal(err)
	}
	if j, err = d.Job(ctx, k.ana, j.ID); err != nil || j.State != claims.JobWaiting || j.Problem.Key != "suggest.failed" || !j.NextAt.After(k.clock.Now()) {
		t.Errorf("after a failure %+v, %v", j, err)
	}
	if got := k.suggested(got.Article.ID); len(got) != 1 || k.seq() != before+1 {
		t.Errorf("%d claims of what it said before it failed", len(got))
	}
	k.clock.Advance(time.Hour)
	j = leased(t, d, claims.JobSuggest)
	if err := d.SuggestForArticle(ctx, j, silent); err != nil {
		t.Fatal(err)
	}
	if j, err = d.Job(ctx, k.ana, j.ID); err != nil || j.State != claims.JobDone || !strings.Contains(j.Result, `"added":1`) || len(k.suggested(got.Article.ID)) != 2 {
		t.Errorf("the second time %+v, %v", j, err)
	}
	asked, err := d.AskSuggest(ctx, k.bea, got.Article.ID)
	again, err2 := d.AskSuggest(ctx, k.ana, got.Article.ID)
	if err != nil || err2 != nil || asked.ID == j.ID || again.ID != asked.ID || asked.Person != k.bea.ID {
		t.Errorf("asked anew %+v and %+v, %v, %v", asked, again, err, err2)
	}
	if _, err := d.StopJob(ctx, k.bea, asked.ID); err != nil {
		t.Error(err)
	}
	_, err = d.AskSuggest(ctx, k.carla, got.Article.ID)
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	_, err = k.AskSuggest(ctx, k.ana, got.Article.ID)
	refused(t, "without a model", err, claims.KindConflict, "suggest.off")
	_, err = d.AskSuggest(ctx, k.ana, "NOSUCHARTI")
	refused(t, "of no article", err, claims.KindNotFound)
	k.sound()
}

// TestAModelThatWasCutOffIsNotBlamed: a worker that ends gives its job back.
func TestAModelThatWasCutOffIsNotBlamed(t *testing.T) {
	k := newKit(t)
	ctx, end := context.WithCancel(t.Context())
	d, _ := k.with(model(func(ctx context.Context, _ suggest.Article) (suggest.Answer, error) {
		end()
		<-ctx.Done()
		return suggest.Answer{}, ctx.Err()
	}))
	if _, err := d.TakeIn(t.Context(), k.ana, pasted(wire)); err != nil {
		t.Fatal(err)
	}
	err := d.SuggestForArticle(ctx, leased(t, d, claims.JobSuggest), silent)
	if !errors.Is(err, context.Canceled) || claims.KindOf(err) != "" {
		t.Errorf("%v", err)
	}
}

// TestADeskWithAModelEndsCleanly leaves nothing running.
func TestADeskWithAModelEndsCleanly(t *testing.T) {
	k := newKitAt(t, filepath.Join(t.TempDir(), "cotejo.db"))
	leaks := goleak.IgnoreCurrent()
	d, log := k.with(proposing(t, claims.KindEvent))
	d.Start(t.Context())
	d.Close()
	d.Close()
	if !strings.Contains(log.String(), "llano-7b/prompt-1") {
		t.Errorf("log: %s", log)
	}
	goleak.VerifyNone(t, leaks)
}
