package workflow_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// taken is an article as an intake leaves it, stored without the engine.
func (k *kit) taken() (claims.Article, claims.Snapshot) {
	k.Helper()
	in := pasted("date 2025-10-28\nEl puente costó 15.000 euros, según la alcaldía.\n")
	in.AcceptDuplicate = true
	in.Hint.Language = "zu" // a language without a pack
	out, err := k.TakeIn(k.Context(), k.ana, in)
	if err != nil {
		k.Fatal(err)
	}
	return out.Article, out.Snapshot
}

func TestErasingAnEvent(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateOpen)
	if _, err := k.AddNote(ctx, k.ana, c.ID, "Lo dijo Fulano, que teme por su vida"); err != nil {
		t.Fatal(err)
	}
	note := k.lastEvent()
	for _, tt := range []struct {
		what   string
		actor  claims.Actor
		seq    int64
		reason string
		kind   claims.ErrKind
	}{
		{"nobody", claims.Actor{}, note.Seq, "x", claims.KindUnauthenticated},
		{"no such event", k.eva, 4000, "x", claims.KindNotFound},
		{"an editor", k.luis, note.Seq, "x", claims.KindNotAllowed},
		{"no reason", k.eva, note.Seq, " ", claims.KindInvalid},
		{"too long a reason", k.eva, note.Seq, long(2001), claims.KindInvalid},
	} {
		refused(t, tt.what, k.EraseEvent(ctx, tt.actor, tt.seq, tt.reason), tt.kind)
	}
	if err := k.EraseEvent(ctx, k.eva, note.Seq, "Fuente protegida"); err != nil {
		t.Fatal(err)
	}
	e := k.lastEvent()
	if e.Act != workflow.ActErase || e.Noun != "history" || e.NounID != fmt.Sprint(note.Seq) || e.Claim != c.ID || tells(e, claims.SideReason, "reason") != `"Fuente protegida"` {
		t.Errorf("event %+v", e)
	}
	events, err := k.ClaimEvents(ctx, k.ana, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Seq == note.Seq && (!e.Values[0].Erased || e.Values[0].JSON != "" || e.Values[0].Digest == "") {
			t.Errorf("erased to %+v", e.Values)
		}
	}
	refused(t, "twice", k.EraseEvent(ctx, k.eva, note.Seq, "otra vez"), claims.KindConflict, "erase.done")
	if r := k.sound(); r.Erased != 1 {
		t.Errorf("verify counts %d erased", r.Erased)
	}
}

func TestErasingASnapshot(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a, snap := k.taken()
	again, _ := k.taken()
	refused(t, "by an editor", k.EraseSnapshot(ctx, k.luis, a.ID, 1, "x"), claims.KindNotAllowed)
	refused(t, "no such snapshot", k.EraseSnapshot(ctx, k.eva, a.ID, 2, "x"), claims.KindNotFound)
	refused(t, "no number", k.EraseSnapshot(ctx, k.eva, a.ID, 0, "x"), claims.KindNotFound)
	refused(t, "no reason", k.EraseSnapshot(ctx, k.eva, a.ID, 1, ""), claims.KindInvalid, "reason:text.missing")
	if err := k.EraseSnapshot(ctx, k.eva, a.ID, 1, "Lo pide el juez"); err != nil {
		t.Fatal(err)
	}
	refused(t, "twice", k.EraseSnapshot(ctx, k.eva, a.ID, 1, "x"), claims.KindConflict, "erase.done")
	v, err := k.Article(ctx, k.ana, a.ID)
	if err != nil || v.Snapshot.Text != "" || !v.Snapshot.Erased || v.Snapshot.SHA256 != snap.SHA256 {
		t.Errorf("erased to %+v, %v", v.Snapshot, err)
	}
	_, err = k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: a.ID, Quote: "puente"})
	refused(t, "a claim on an erased text", err, claims.KindGone, "snapshot.erased")
	if r := k.sound(); r.Erased != 1 || r.Blobs != 1 {
		t.Errorf("verify: %+v", r)
	}
	if err := k.EraseSnapshot(ctx, k.eva, again.ID, 1, "También"); err != nil {
		t.Fatal(err)
	}
	if r := k.sound(); !r.OK() || r.Erased != 2 || r.Blobs != 0 {
		t.Errorf("verify: %+v", r)
	}
}

// tampered is a desk with a bit of everything, and raw access to its file.
func tampered(t *testing.T) (*kit, *sql.DB, claims.Claim) {
	t.Helper()
	k := newKit(t)
	k.taken()
	c := k.published()
	raw, err := sql.Open("sqlite", k.file+"?_pragma=foreign_keys(0)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	for _, guard := range strings.Fields("events_update events_delete history_values_update snapshots_update snapshots_erase snapshots_delete publications_update publications_delete") {
		if _, err := raw.ExecContext(t.Context(), "DROP TRIGGER "+guard); err != nil {
			t.Fatal(err)
		}
	}
	return k, raw, c
}

// TestTamperingIsFound changes the file behind the program's back, one thing at
// a time; verify names what and where, and the first broken link first.
func TestTamperingIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		statement   string
		what, where string
	}{
		"an actor":                 {"UPDATE events SET actor = 'P9' WHERE seq = 7", "event", "7"},
		"a time":                   {"UPDATE events SET at = at + 1 WHERE seq = 7", "event", "7"},
		"an act and its hash":      {"UPDATE events SET act = 'x', hash = 'y' WHERE seq = 7", "event", "7"},
		"a hash":                   {"UPDATE events SET hash = 'y' WHERE seq = 7", "event", "7"},
		"digests":                  {"UPDATE events SET digests = '[]' WHERE seq = 7", "event", "7"},
		"an event cut out":         {"DELETE FROM events WHERE seq = 7", "event", "7"},
		"the last event":           {"DELETE FROM events WHERE seq = (SELECT MAX(seq) FROM events)", "chain", ""},
		"the first event":          {"DELETE FROM events WHERE seq = 1", "event", "1"},
		"the head":                 {"UPDATE chain_head SET hash = 'x'", "chain", ""},
		"a head set back":          {"UPDATE chain_head SET seq = 0, hash = ''", "chain", "0"},
		"an event made up":         {"INSERT INTO events SELECT seq + 1, 'Z', at, actor, act, noun, noun_id, article, claim, digests, hash, 'h' FROM events WHERE seq = (SELECT MAX(seq) FROM events)", "event", ""},
		"a value":                  {"UPDATE history_values SET json = '\"x\"' WHERE seq = 7", "event", "7"},
		"a salt":                   {"UPDATE history_values SET salt = '00' WHERE seq = 7", "event", "7"},
		"values deleted":           {"DELETE FROM history_values WHERE seq = 7", "event", "7"},
		"unreadable digests":       {"UPDATE events SET digests = '{' WHERE seq = 7", "event", ""},
		"a text":                   {"UPDATE snapshots SET text = text || '.' WHERE media_type = 'text/plain' AND raw_sha256 IN (SELECT sha256 FROM blobs)", "snapshot", ""},
		"a text and its hash":      {"UPDATE snapshots SET text = '', sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE raw_sha256 IN (SELECT sha256 FROM blobs)", "snapshot", ""},
		"a text erased in silence": {"UPDATE snapshots SET text = '', erased = TRUE WHERE raw_sha256 IN (SELECT sha256 FROM blobs)", "snapshot", ""},
		"a snapshot deleted":       {"DELETE FROM snapshots WHERE raw_sha256 IN (SELECT sha256 FROM blobs)", "snapshot", ""},
		"raw bytes":                {"UPDATE blob_pieces SET data = X'00'", "blob", ""},
		"a document":               {"UPDATE publications SET document = document || ' '", "publication", "@1"},
		"a document and its hash":  {"UPDATE publications SET document = '', sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'", "publication", "@1"},
		"a state":                  {"UPDATE claims SET state = 'open' WHERE state = 'published'", "claim", ""},
		"a verdict":                {"UPDATE claims SET verdict_content = 'true' WHERE state = 'published'", "claim", ""},
		"a publication deleted":    {"DELETE FROM publications", "publication", "@1"},
	} {
		t.Run(name, func(t *testing.T) {
			k, raw, _ := tampered(t)
			if r := k.sound(); r.Events < 12 || r.Publications != 1 || r.Snapshots != 2 || r.Blobs != 2 {
				t.Fatalf("before: %+v", r)
			}
			result, err := raw.ExecContext(t.Context(), tt.statement)
			if err != nil {
				t.Fatal(err)
			}
			if n, _ := result.RowsAffected(); n == 0 {
				t.Fatal("nothing was changed")
			}
			r, err := k.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if r.OK() || r.Problems[0].What != tt.what || !strings.HasSuffix(r.Problems[0].Where, tt.where) {
				t.Errorf("verify found %+v first, want %s %s", r.Problems, tt.what, tt.where)
			}
		})
	}
}

// TestAForgedLinkIsFound: an event that was changed and sealed anew is sound by
// itself; the next one gives it away.
func TestAForgedLinkIsFound(t *testing.T) {
	k, raw, _ := tampered(t)
	events, _, err := k.Events(t.Context(), k.eva, claims.EventFilter{After: 5, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	forged := events[1]
	forged.Actor = "P9"
	if err := forged.Seal(events[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), "UPDATE events SET actor = $1, hash = $2 WHERE seq = $3", forged.Actor, forged.Hash, forged.Seq); err != nil {
		t.Fatal(err)
	}
	r, err := k.Verify(t.Context())
	if err != nil || len(r.Problems) != 1 || r.Problems[0].What != "event" || r.Problems[0].Where != "8" {
		t.Errorf("verify found %+v, %v", r.Problems, err)
	}
}

// TestErasingIsNoTampering: whatever of a claim's history is erased, verify is
// content.
func TestErasingIsNoTampering(t *testing.T) {
	k := newKit(t)
	k.taken()
	k.published()
	for seq := k.seq(); seq > 0; seq-- {
		if err := k.EraseEvent(t.Context(), k.eva, seq, "todo fuera"); err != nil && claims.KindOf(err) != claims.KindConflict {
			t.Fatal(err)
		}
	}
	if r := k.sound(); r.Erased == 0 || r.Claims != 1 {
		t.Errorf("verify: %+v", r)
	}
}

// TestVerifyGoesOn: it counts all that is wrong and shows the first hundred.
func TestVerifyGoesOn(t *testing.T) {
	k, raw, _ := tampered(t)
	for range 120 {
		claimstest.Write(t, k.store, func(claims.Writer) error { return nil })
	}
	if _, err := raw.ExecContext(t.Context(), "UPDATE events SET actor = 'P9'; UPDATE publications SET document = ''"); err != nil {
		t.Fatal(err)
	}
	r, err := k.Verify(t.Context())
	if err != nil || len(r.Problems) != 100 || r.Omitted < 20 || r.Problems[0].Where != "1" || r.Publications != 1 {
		t.Errorf("%d problems, %d omitted, %d publications, %v", len(r.Problems), r.Omitted, r.Publications, err)
	}
}
