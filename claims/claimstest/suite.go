package claimstest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// RunStore is the contract of claims.Store as tests. open gives a fresh, empty
// store that lives until the test ends; every part gets its own.
func RunStore(t *testing.T, open func(t *testing.T) claims.Store) {
	for _, part := range []struct {
		name string
		run  func(*testing.T, claims.Store)
	}{
		{"Transactions", runTransactions},
		{"EventRule", runEventRule},
		{"People", runPeople},
		{"Sessions", runSessions},
		{"Tokens", runTokens},
		{"Invites", runInvites},
		{"SecondFactors", runSecondFactors},
		{"Identities", runIdentities},
		{"Articles", runArticles},
		{"Snapshots", runSnapshots},
		{"Blobs", runBlobs},
		{"Skips", runSkips},
		{"Watches", runWatches},
		{"Anchors", runAnchors},
		{"Claims", runClaims},
		{"ClaimFilters", runClaimFilters},
		{"ClaimPages", runClaimPages},
		{"NestedReads", runNestedReads},
		{"ClaimParts", runClaimParts},
		{"Sources", runSources},
		{"SourceLists", runSourceLists},
		{"SourceTies", runSourceTies},
		{"HiddenNames", runHiddenNames},
		{"Publications", runPublications},
		{"Topics", runTopics},
		{"Checks", runChecks},
		{"CheckVersions", runCheckVersions},
		{"Schedules", runSchedules},
		{"Settings", runSettings},
		{"Precedents", runPrecedents},
		{"Events", runEvents},
		{"Replies", runReplies},
		{"Inbox", runInbox},
		{"Log", runLog},
		{"Contacts", runContacts},
		{"ExternalChecks", runExternals},
		{"Search", runSearch},
		{"SavedFilters", runSavedFilters},
		{"SearchRights", runSearchRights},
		{"SearchPages", runSearchPages},
		{"Evidence", runEvidence},
		{"Opinions", runOpinions},
		{"Stats", runStats},
		{"Presence", runPresence},
		{"Restriction", runRestriction},
		{"Jobs", runJobs},
		{"Archive", runArchive},
		{"Reports", runReports},
		{"Hooks", runHooks},
		{"Copies", runCopies},
		{"EraseArticle", runEraseArticle},
		{"JobRace", runJobRace},
		{"Feeds", runFeeds},
		{"FeedItems", runFeedItems},
		{"ImportMarks", runImportMarks},
		{"Concurrency", runConcurrency},
		{"RandomWrites", runRandomWrites},
		{"HostileText", runHostileText},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, open(t)) })
	}
}

// equal compares what was stored with what came back; no list and an empty list
// are the same.
func equal(t testing.TB, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, d)
	}
}

func wantKind(t testing.TB, what string, kind claims.ErrKind, err error) {
	t.Helper()
	if claims.KindOf(err) != kind {
		t.Errorf("%s: got error %v, want kind %s", what, err, kind)
	}
}

// refused runs fn in an Update that must fail with the given kind.
func refused(t testing.TB, store claims.Store, what string, kind claims.ErrKind, fn func(w claims.Writer) error) {
	t.Helper()
	wantKind(t, what, kind, store.Update(t.Context(), fn))
}

// missing runs fn in a View that must find nothing.
func missing(t testing.TB, store claims.Store, what string, fn func(r claims.Reader) error) {
	t.Helper()
	wantKind(t, what, claims.KindNotFound, store.View(t.Context(), fn))
}

var errStop = errors.New("stop")

func runTransactions(t *testing.T, store claims.Store) {
	ctx := t.Context()
	if err := store.Ping(ctx); err != nil {
		t.Errorf("ping: %v", err)
	}
	after := 0
	add := func(w claims.Writer) error {
		w.AfterCommit(func() { after++ })
		p := NewPerson("ana", claims.RoleChecker)
		if err := w.CreatePerson(ctx, &p); err != nil {
			return err
		}
		if _, err := w.PersonByName(ctx, "ana"); err != nil {
			t.Errorf("a transaction must see its own writes: %v", err)
		}
		e := NewEvent(t, "person.add", "")
		return w.AppendEvent(ctx, &e)
	}
	nobody := func(when string) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			people, err := r.People(ctx)
			seq, _, headErr := r.ChainHead(ctx)
			if len(people) != 0 || seq != 0 || after != 0 {
				t.Errorf("after %s there are %d people, %d events, %d callbacks; want none", when, len(people), seq, after)
			}
			return errors.Join(err, headErr)
		})
	}
	err := store.Update(ctx, func(w claims.Writer) error { return errors.Join(add(w), errStop) })
	if !errors.Is(err, errStop) {
		t.Errorf("got %v, want the error of fn", err)
	}
	nobody("a failing fn")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of fn was swallowed")
			}
		}()
		_ = store.Update(ctx, func(w claims.Writer) error { _ = add(w); panic("boom") })
	}()
	nobody("a panicking fn")
	cancelled, cancel := context.WithCancel(ctx)
	err = store.Update(cancelled, func(w claims.Writer) error { defer cancel(); return add(w) })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
	nobody("an ended context")
	if err := store.View(cancelled, func(claims.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("view after the end of its context: %v", err)
	}
	if err := store.Update(ctx, add); err != nil || after != 1 {
		t.Errorf("got %v and %d callbacks, want success and 1", err, after)
	}
	runSnapshotIsolation(t, store)
}

// runSnapshotIsolation writes while a View is open, which must not see it, and
// checks that a Reader is no Writer in disguise.
func runSnapshotIsolation(t *testing.T, store claims.Store) {
	ctx := t.Context()
	Read(t, store, func(r claims.Reader) error {
		if _, writes := r.(claims.Writer); writes {
			t.Error("a Reader can be turned into a Writer")
		}
		before, err := r.People(ctx)
		if err != nil {
			return err
		}
		PutPerson(t, store, "luis", claims.RoleEditor)
		later, err := r.People(ctx)
		if len(later) != len(before) {
			t.Errorf("a View saw %d people, then %d", len(before), len(later))
		}
		return err
	})
}

func runEventRule(t *testing.T, store claims.Store) {
	ctx := t.Context()
	p := NewPerson("ana", claims.RoleChecker)
	err := store.Update(ctx, func(w claims.Writer) error { return w.CreatePerson(ctx, &p) })
	if err == nil {
		t.Error("an Update that changed rows without an event was committed")
	}
	Read(t, store, func(r claims.Reader) error {
		people, err := r.People(ctx)
		equal(t, "people", 0, len(people))
		return err
	})
	if err := store.Update(ctx, func(claims.Writer) error { return nil }); err != nil {
		t.Errorf("an Update that changes nothing needs no event: %v", err)
	}
	ana := PutPerson(t, store, "ana", claims.RoleChecker)
	token := claims.Token{ID: "T1", Person: ana.ID, Scope: claims.ScopeRead, Hash: Hash("t"), CreatedAt: Start}
	Write(t, store, func(w claims.Writer) error { return w.CreateToken(ctx, token) })
	for name, exempt := range map[string]func(w claims.Writer) error{
		"PutSession": func(w claims.Writer) error {
			return w.PutSession(ctx, claims.Session{Key: "k", Person: ana.ID, CreatedAt: Start, SeenAt: Start, ExpiresAt: Start})
		},
		"DeleteSession":         func(w claims.Writer) error { return w.DeleteSession(ctx, "k") },
		"DeleteSessionsOf":      func(w claims.Writer) error { return w.DeleteSessionsOf(ctx, ana.ID) },
		"DeleteExpiredSessions": func(w claims.Writer) error { return w.DeleteExpiredSessions(ctx, Start) },
		"TouchToken":            func(w claims.Writer) error { return w.TouchToken(ctx, "T1", Start) },
		"PutReply":              func(w claims.Writer) error { return w.PutReply(ctx, claims.Reply{Person: ana.ID, Key: "k", At: Start}) },
		"DeleteReply":           func(w claims.Writer) error { return w.DeleteReply(ctx, ana.ID, "k") },
		"DeleteRepliesBefore":   func(w claims.Writer) error { return w.DeleteRepliesBefore(ctx, Start) },
	} {
		if err := store.Update(ctx, exempt); err != nil {
			t.Errorf("%s is exempt from the event rule: %v", name, err)
		}
	}
}

func runHostileText(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	for _, text := range []string{"con\x00nulo", "roto\xff"} {
		refused(t, store, "text that is no text", claims.KindInvalid, func(w claims.Writer) error {
			return w.CreateNote(ctx, claims.Note{ID: "N1", Claim: "X", Text: text})
		})
		wantKind(t, "search for text that is no text", claims.KindInvalid, store.View(ctx, func(r claims.Reader) error {
			_, _, err := r.Claims(ctx, claims.ClaimFilter{Tag: text})
			return err
		}))
	}
	wild := `100%_\ 'x'; DROP TABLE claims; --`
	c := PutClaim(t, store, a.ID, func(c *claims.Claim) { c.Standalone = wild })
	PutClaim(t, store, a.ID, func(c *claims.Claim) { c.Standalone = "1000 x" })
	Read(t, store, func(r claims.Reader) error {
		for _, query := range []string{"100%_", `_\`, "drop table", strings.Repeat("100% ", 500)} {
			rows, _, err := r.Claims(ctx, claims.ClaimFilter{Query: query})
			if err != nil {
				return fmt.Errorf("search %q: %w", query, err)
			}
			if len(rows) != 1 || rows[0].ID != c.ID || rows[0].Standalone != wild {
				t.Errorf("search %q found %d claims, want only %s", query, len(rows), c.ID)
			}
		}
		return nil
	})
}
