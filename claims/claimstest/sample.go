package claimstest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"cotejo/claims"
)

var serial atomic.Int64

// NewID gives an id of n letters that no other sample of this run has.
func NewID(n int) string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	id := make([]byte, n)
	rest := serial.Add(1)
	for i := n - 1; i >= 0; i-- {
		id[i] = letters[rest%32]
		rest /= 32
	}
	return string(id)
}

// Hash is the hex SHA-256 of a text.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// NewPerson makes a sample person of a name and role.
func NewPerson(name string, role claims.Role) claims.Person {
	return claims.Person{ID: NewID(claims.IDLen), Name: name, Display: "Display of " + name, Role: role, Language: "es",
		Password: "$argon2id$sample", CreatedAt: Start}
}

// NewArticle makes a sample article.
func NewArticle(title string) claims.Article {
	published := claims.Date("2025-10-28")
	return claims.Article{ID: NewID(claims.IDLen), Title: title, Outlet: "Diario del Río", Authors: []string{"Inés Vega", "T. Okoro"},
		URL: "https://news.test/a?b=1", CanonicalURL: "https://news.test/a", Published: &published, Language: "es",
		CreatedBy: "P1", CreatedAt: Start, UpdatedAt: Start, Watch: claims.ArticleWatch{Mode: claims.WatchHouse}}
}

// SampleText is what sample snapshots hold; NewClaim quotes it.
const SampleText = "Según la alcaldía, el puente costó alrededor de 15.000 euros. El río creció dos metros desde el otoño pasado."

// NewSnapshot makes snapshot n of an article.
func NewSnapshot(article string, n int, text string) claims.Snapshot {
	return claims.Snapshot{Article: article, N: n, Text: text, SHA256: Hash(text), RawSHA256: Hash("raw " + text),
		MediaType: "text/plain", Encoding: "utf-8", Notice: "", FetchedAt: Start.Add(time.Duration(n) * time.Minute)}
}

// NewClaim makes a sample claim on the first sentence of SampleText, with a
// source, a figure and a verdict-free open state.
func NewClaim(article string) claims.Claim {
	from, value := claims.Date("2024-09"), 15000.0
	fragment := claims.Fragment{Span: claims.Span{Start: 19, End: 60}, Text: "el puente costó alrededor de 15.000 euros"}
	return claims.Claim{
		Assertion: claims.Assertion{
			Fragments: []claims.Fragment{fragment}, Standalone: "El puente [de la ciudad] costó alrededor de 15.000 euros",
			Kind: claims.KindQuantity, Checkable: true, Worth: 0.5, Reasons: []string{"figure", "named-source"},
			Attributions: []claims.Attribution{{
				Mode:    claims.ModeIndirect,
				Sources: []claims.Link{{Text: "la alcaldía", Span: claims.Span{Start: 6, End: 17}, Name: "Alcaldía de Río Seco", Kind: claims.KindGovernment}},
				Via:     []claims.Link{{Text: "EFE", Name: "EFE", Kind: claims.KindMedia}},
				Cue:     &claims.Cue{Text: "Según", Span: claims.Span{Start: 0, End: 5}}, Basis: claims.BasisStatement,
			}},
			Quantities: []claims.Quantity{{Text: "alrededor de 15.000 euros", Span: claims.Span{Start: 35, End: 60}, Value: &value,
				Bound: claims.BoundExact, Approx: true, Unit: "euros", Hedge: "alrededor de"}},
			Times: []claims.Time{{Text: "desde el otoño pasado", Span: claims.Span{Start: 87, End: 108}, From: &from}},
		},
		ID: NewID(claims.ClaimIDLen), Article: article, Snapshot: 1, Prefix: "Según la alcaldía, ", Suffix: ". El río", Language: "es",
		Origin: claims.Origin{By: claims.ByEngine, Rule: "clause.root"}, State: claims.StateOpen, Tags: []string{"puentes"},
		CreatedBy: "P1", CreatedAt: Start, UpdatedAt: Start,
	}
}

// NewEvent makes a sample event on a claim with a value before, after and a
// reason.
func NewEvent(t testing.TB, act, claim string) claims.Event {
	t.Helper()
	e := claims.Event{ID: NewID(claims.IDLen), At: Start, Actor: "P1", Act: act, Noun: "claim", NounID: claim, Claim: claim}
	for _, v := range []struct {
		side  claims.Side
		name  string
		value any
	}{
		{claims.SideBefore, "standalone", "El puente costó «15.000» euros"},
		{claims.SideAfter, "standalone", map[string]any{"text": "con\x00nulo & <signos>", "n": 3}},
		{claims.SideReason, "reason", "más claro"},
	} {
		value, err := claims.NewValue(rand.Reader, v.side, v.name, v.value)
		if err != nil {
			t.Fatal(err)
		}
		e.Values = append(e.Values, value)
	}
	return e
}

// NewPublication makes publication n of a claim.
func NewPublication(claim string, n int) claims.Publication {
	document := fmt.Sprintf(`{"claim":"%s","n":%d}`, claim, n)
	return claims.Publication{Claim: claim, N: n, Document: []byte(document), SHA256: Hash(document), PublishedBy: "P2", ApprovedBy: "P2",
		PublishedAt: Start.Add(time.Duration(n) * time.Hour)}
}

// NewCheck makes a sample check.
func NewCheck(slug string) claims.Check {
	return claims.Check{ID: NewID(claims.IDLen), Slug: slug, Title: "El puente, paso a paso", Summary: "Qué costó", Body: "Lo dijo [[7F3K9Q]].",
		Language: "es", Authors: []string{"Luis"}, Related: []string{}, State: claims.CheckDraft, ChangedBy: "P2", CreatedBy: "P2", CreatedAt: Start, UpdatedAt: Start}
}

// Write runs fn in one Update together with an event, as every act does, and
// ends the test when it fails.
func Write(t testing.TB, store claims.Store, fn func(w claims.Writer) error) {
	t.Helper()
	err := store.Update(t.Context(), func(w claims.Writer) error {
		if err := fn(w); err != nil {
			return err
		}
		e := NewEvent(t, "test.write", "")
		return w.AppendEvent(t.Context(), &e)
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}

// Read runs fn in one View and ends the test when it fails.
func Read(t testing.TB, store claims.Store, fn func(r claims.Reader) error) {
	t.Helper()
	if err := store.View(t.Context(), fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// PutArticle stores a sample article with one snapshot of SampleText.
func PutArticle(t testing.TB, store claims.Store, title string) claims.Article {
	t.Helper()
	a := NewArticle(title)
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateArticle(t.Context(), &a); err != nil {
			return err
		}
		return w.CreateSnapshot(t.Context(), NewSnapshot(a.ID, 1, SampleText))
	})
	return a
}

// PutClaim stores a sample claim of an article after change has been at it.
func PutClaim(t testing.TB, store claims.Store, article string, change func(*claims.Claim)) claims.Claim {
	t.Helper()
	c := NewClaim(article)
	if change != nil {
		change(&c)
	}
	Write(t, store, func(w claims.Writer) error { return w.CreateClaim(t.Context(), &c) })
	return c
}

// PutPerson stores a sample person.
func PutPerson(t testing.TB, store claims.Store, name string, role claims.Role) claims.Person {
	t.Helper()
	p := NewPerson(name, role)
	Write(t, store, func(w claims.Writer) error { return w.CreatePerson(t.Context(), &p) })
	return p
}
