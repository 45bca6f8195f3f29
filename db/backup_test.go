package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
	"github.com/google/go-cmp/cmp"
)

// furnish puts something into every table of a desk.
func furnish(t *testing.T, store claims.Store) {
	t.Helper()
	ctx := t.Context()
	ana := claimstest.PutPerson(t, store, "ana", claims.RoleChecker)
	a := claimstest.PutArticle(t, store, "Ñandú 🌊")
	c := claimstest.PutClaim(t, store, a.ID, nil)
	raw := strings.Repeat("\x00\xffbytes", 200_000)
	published, withdrawn := claimstest.NewPublication(c.ID, 1), claims.Withdrawal{By: "P", At: claimstest.Start, Reason: "x"}
	check, scale := claimstest.NewCheck("uno"), claims.DefaultScale()
	claimstest.Write(t, store, func(w claims.Writer) error {
		return errors.Join(
			w.PutSession(ctx, claims.Session{Key: "k", Person: ana.ID, Data: []byte{0, 255}, CreatedAt: claimstest.Start, SeenAt: claimstest.Start, ExpiresAt: claimstest.Start}),
			w.CreateToken(ctx, claims.Token{ID: "T", Person: ana.ID, Scope: claims.ScopeRead, Hash: "h", CreatedAt: claimstest.Start, UsedAt: claimstest.Start}),
			w.CreateInvite(ctx, claims.Invite{ID: "I", Hash: "h", Role: claims.RoleChecker, CreatedAt: claimstest.Start, ExpiresAt: claimstest.Start}),
			w.PutSecondFactor(ctx, claims.SecondFactor{Person: ana.ID, Secret: "S", CreatedAt: claimstest.Start, Recovery: []string{"r"}}),
			w.PutIdentity(ctx, claims.Identity{Person: ana.ID, Email: "ana@news.test"}),
			w.PutBlob(ctx, claims.Blob{SHA256: claimstest.Hash(raw), Data: []byte(raw)}),
			w.CreateEvidence(ctx, claims.Evidence{ID: "E", Claim: c.ID, AddedAt: claimstest.Start}),
			w.CreateNote(ctx, claims.Note{ID: "N", Claim: c.ID, Text: "nota", At: claimstest.Start}),
			w.CreateContact(ctx, &claims.Contact{ID: "K", Claim: c.ID, Whom: "x", AskedAt: claimstest.Start, CreatedAt: claimstest.Start}),
			w.CreateReview(ctx, claims.Review{ID: "R", Claim: c.ID, At: claimstest.Start, Single: true}),
			w.CreateSkip(ctx, claims.Skip{ID: "S", Article: c.Article, Snapshot: 1, At: claimstest.Start}),
			w.CreateOpinion(ctx, claims.Opinion{ID: "O", Claim: c.ID, SubmittedAt: claimstest.Start, At: claimstest.Start, Waived: true}),
			w.CreatePublication(ctx, published), w.WithdrawPublications(ctx, c.ID, withdrawn),
			w.CreateCheck(ctx, &check),
			w.CreateCheckPublication(ctx, claims.CheckPublication{Check: check.ID, N: 1, Claims: []string{c.ID}, PublishedAt: claimstest.Start}),
			w.PutSettings(ctx, claims.Settings{Newsroom: "La Cotejería"}), w.CreateScale(ctx, &scale),
			w.PutReply(ctx, claims.Reply{Person: ana.ID, Key: "k", Body: []byte("b"), At: claimstest.Start}),
			w.AppendLog(ctx, []claims.LogLeaf{{Seq: 1, Record: "r"}}, 0, []string{"h"}),
			w.PutCheckpoint(ctx, claims.Checkpoint{Size: 1, Root: "h", Note: "n", At: claimstest.Start}),
		)
	})
}

// furnishSince puts something into the tables that later migrations made.
func furnishSince(t *testing.T, store claims.Store) {
	t.Helper()
	claimstest.Write(t, store, func(w claims.Writer) error {
		return w.CreateSavedFilter(t.Context(), claims.SavedFilter{ID: "F", Name: "x", Query: "tag=x", CreatedBy: "P", CreatedAt: claimstest.Start})
	})
	source := claimstest.PutSource(t, store, "Acme", nil)
	c := claimstest.PutClaim(t, store, claimstest.PutArticle(t, store, "Dos").ID, claimstest.Tied(source.ID, "Acme"))
	claimstest.Write(t, store, func(w claims.Writer) error {
		return w.CreatePublication(t.Context(), claimstest.NewListed(t, c.ID, 1, claimstest.Start, claims.Listed{Language: "es"}))
	})
	bea := claimstest.PutPerson(t, store, "bea", claims.RoleChecker)
	claimstest.Write(t, store, func(w claims.Writer) error {
		_, err := w.CreateInboxItem(t.Context(), claims.InboxItem{ID: "I", Person: bea.ID, Kind: claims.InboxAssigned, Claim: c.ID, Event: "E", At: claimstest.Start})
		bea.Keys = "accept=q"
		bea.Tour = 2
		return errors.Join(err, w.UpdatePerson(t.Context(), &bea), w.CreateMail(t.Context(), claims.Mail{Item: "I", Person: bea.ID, NextAt: claimstest.Start}), w.CreateJob(t.Context(), claimstest.NewJob(0)), w.CreateSchedule(t.Context(), claimstest.NewSchedule(claims.ScheduleOfCheck, "K")), w.CreateArchiveRequest(t.Context(), claimstest.NewArchiveRequest(c.Article)))
	})
	report := claimstest.NewReport(c.ID, 0)
	claimstest.Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateReport(t.Context(), &report), w.CreateSharedKey(t.Context(), "k", "s"))
	})
	external := claimstest.NewExternal("X", c.ID)
	claimstest.Write(t, store, func(w claims.Writer) error { return w.CreateExternalCheck(t.Context(), &external) })
	hook := claimstest.NewHook("H")
	claimstest.Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateHook(t.Context(), &hook), w.PutDelivery(t.Context(), claimstest.NewDelivery("D", "H", 0)))
	})
	feed := claimstest.NewFeed(1)
	claimstest.Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateFeed(t.Context(), &feed), w.PutImportMark(t.Context(), claims.ImportMark{Key: "K", Article: c.Article, At: claimstest.Start}), w.PutFeedItem(t.Context(), claims.FeedItem{Feed: feed.ID, Key: "k", Fate: claims.FateOld, SeenAt: claimstest.Start}))
	})
}

// filled demands that the test put something into every table.
func filled(t *testing.T, content map[string][]string) map[string][]string {
	t.Helper()
	for _, table := range db.Tables {
		if len(content[table]) == 0 {
			t.Errorf("the test puts nothing into %s", table)
		}
	}
	return content
}

// content writes a desk down: every table's rows, as text, in a fixed order.
func content(t *testing.T, store *db.Store) map[string][]string {
	t.Helper()
	return contentOf(t, store, db.Tables)
}

// contentOf writes some tables down, none of which may be empty.
func contentOf(t *testing.T, store *db.Store, tables []string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range tables {
		rows, err := db.Pool(store).QueryContext(t.Context(), "SELECT * FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values, fields := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			fields[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(fields...); err != nil {
				t.Fatal(err)
			}
			row := strings.NewReplacer("true", "1", "false", "0").Replace(fmt.Sprintf("%v", values)) // SQLite's truth is a number
			if len(row) > 500 {
				row = claimstest.Hash(row)
			}
			out[table] = append(out[table], row)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestBackupRoundTrip carries a desk from SQLite to PostgreSQL and back, through
// three backups.
func TestBackupRoundTrip(t *testing.T) {
	folder := t.TempDir()
	addresses := []string{filepath.Join(folder, "first.db"), engines["postgres"](t), filepath.Join(folder, "last.db"), filepath.Join(folder, "copy.db")}
	store := open(t, addresses[0])
	furnish(t, store)
	furnishSince(t, store)
	want := filled(t, content(t, store))
	for i, address := range addresses[1:] {
		backup := filepath.Join(folder, fmt.Sprintf("backup-%d.db", i))
		if err := store.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		if err := db.Restore(t.Context(), backup, address); err != nil {
			t.Fatal(err)
		}
		store = open(t, address)
		if d := cmp.Diff(want, content(t, store)); d != "" {
			t.Fatalf("the desk changed on the way to %d (-want +got):\n%s", i+1, d)
		}
		claimstest.CheckChain(t, store)
		claimstest.PutPerson(t, store, fmt.Sprintf("after-%d", i), claims.RoleChecker) // the chain goes on
		want = content(t, store)
		claimstest.CheckChain(t, store)
		wantRefusal(t, "restore over a desk", claims.KindConflict, db.Restore(t.Context(), backup, address))
	}
	left, err := filepath.Glob(filepath.Join(folder, ".cotejo-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("temporary files were left behind: %v %v", left, err)
	}
}

func wantRefusal(t *testing.T, what string, kind claims.ErrKind, err error) {
	t.Helper()
	if claims.KindOf(err) != kind {
		t.Errorf("%s: got %v, want kind %s", what, err, kind)
	}
}

// TestBackupIsOneConsistentFile backs up while others write.
func TestBackupIsOneConsistentFile(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store := open(t, address)
		furnish(t, store)
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					claimstest.PutPerson(t, store, fmt.Sprintf("p%d", i), claims.RoleChecker)
				}
			}
		}()
		folder := t.TempDir()
		backup := filepath.Join(folder, "b.db")
		err := store.Backup(t.Context(), backup)
		close(stop)
		<-done
		if err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 {
			t.Errorf("a backup is one file; found %v %v", entries, err)
		}
		if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read the backup: %v %v", info.Mode(), err)
		}
		err = store.Backup(t.Context(), backup)
		wantRefusal(t, "backup over a file", claims.KindConflict, err)
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v, want fs.ErrExist in it", err)
		}
		copied := open(t, backup)
		events := claimstest.CheckChain(t, copied)
		claimstest.Read(t, copied, func(r claims.Reader) error {
			people, err := r.People(t.Context())
			if int64(len(people))+3 != events { // furnish writes three more
				t.Errorf("%d people and %d events are of two moments", len(people), events)
			}
			return err
		})
	})
}

func TestRestoreRefusesDamage(t *testing.T) {
	folder := t.TempDir()
	store := open(t, filepath.Join(folder, "desk.db"))
	furnish(t, store)
	good := filepath.Join(folder, "good.db")
	if err := store.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	stranger := write("stranger.db", nil)
	alter(t, stranger, "CREATE TABLE x (y TEXT)")
	for name, backup := range map[string]string{
		"empty": write("empty.db", nil), "text": write("text.db", []byte(strings.Repeat("not a database ", 100))),
		"half": write("half.db", whole[:len(whole)/2]), "stranger": stranger,
	} {
		for engine, address := range engines {
			target := address(t)
			wantRefusal(t, name+" into "+engine, claims.KindInvalid, db.Restore(t.Context(), backup, target))
			if _, err := os.Lstat(target); engine == "sqlite" && err == nil {
				t.Errorf("%s left a file behind", name)
			}
		}
	}
	if err := db.Restore(t.Context(), filepath.Join(folder, "missing.db"), filepath.Join(folder, "x.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing backup: %v", err)
	}
}

func TestRestoreRefusesUse(t *testing.T) {
	folder := t.TempDir()
	source := open(t, filepath.Join(folder, "desk.db"))
	furnish(t, source)
	backup := filepath.Join(folder, "b.db")
	if err := source.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(folder, "target.db")
	if err := os.WriteFile(target+"-wal", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, "restore beside a journal", claims.KindConflict, db.Restore(t.Context(), backup, target))

	address := engines["postgres"](t)
	busy := open(t, address)
	if err := busy.Update(t.Context(), func(claims.Writer) error {
		started := time.Now()
		wantRefusal(t, "restore beside a writer", claims.KindConflict, db.Restore(t.Context(), backup, address))
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("it waited %v", took)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Restore(t.Context(), backup, address); err != nil {
		t.Errorf("restore into an empty desk that nobody uses: %v", err)
	}
}

// alter runs statements on a file past the store.
func alter(t *testing.T, file string, statements ...string) {
	t.Helper()
	pool, err := sql.Open("sqlite", db.SQLiteAddress(file, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOldAndNewBackups: a backup of an earlier schema is brought up to date on
// the way, one of a later schema is refused.
func TestOldAndNewBackups(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		folder := t.TempDir()
		source := open(t, filepath.Join(folder, "desk.db"))
		furnish(t, source)
		oldBackup, newBackup := filepath.Join(folder, "old.db"), filepath.Join(folder, "new.db")
		for _, backup := range []string{oldBackup, newBackup} {
			if err := source.Backup(t.Context(), backup); err != nil {
				t.Fatal(err)
			}
		}
		alter(t, newBackup, "INSERT INTO schema_versions (version_id, is_applied) VALUES (9999, 1)")
		wantRefusal(t, "a backup from the future", claims.KindConflict, db.Restore(t.Context(), newBackup, address))
		drops := dropsOf(t, source)
		alter(t, oldBackup, append(drops, "DELETE FROM schema_versions WHERE version_id > 1")...)
		known := slices.DeleteFunc(slices.Clone(db.Tables), func(table string) bool { return slices.Contains(drops, "DROP table "+table) })
		if err := db.Restore(t.Context(), oldBackup, address); err != nil {
			t.Fatal(err)
		}
		restored := open(t, address)
		if d := cmp.Diff(contentOf(t, source, known), contentOf(t, restored, known)); d != "" {
			t.Errorf("the desk changed on the way (-want +got):\n%s", d)
		}
		if _, err := db.Pool(restored).ExecContext(t.Context(), "DELETE FROM events"); err == nil {
			t.Error("the guards of the later schema are missing")
		}
	})
}

// dropsOf gives the statements that take a desk back to the first migration:
// what that one did not make goes, columns too.
func dropsOf(t *testing.T, store *db.Store) []string {
	t.Helper()
	first, err := os.ReadFile("migrations/common/00001_desk.sql")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "first.db")
	alter(t, file, string(first))
	old, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	var statements []string
	for _, kind := range []string{"trigger", "view", "index", "table"} {
		query := "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'schema_versions' AND name NOT LIKE 'search_words_%' AND type = '" + kind + "'"
		before := namesOf(t, old, query)
		for _, name := range namesOf(t, db.Pool(store), query) {
			if !slices.Contains(before, name) {
				statements = append(statements, "DROP "+kind+" "+name)
			}
		}
	}
	const columns = `SELECT m.name || ' DROP COLUMN ' || p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`
	tables := namesOf(t, old, "SELECT name FROM sqlite_master WHERE type = 'table'")
	before := namesOf(t, old, columns)
	for _, name := range namesOf(t, db.Pool(store), columns) {
		if table, _, _ := strings.Cut(name, " "); slices.Contains(tables, table) && !slices.Contains(before, name) {
			statements = append(statements, "ALTER TABLE "+name)
		}
	}
	return statements
}

// namesOf gives the texts that a query answers with.
func namesOf(t *testing.T, pool *sql.DB, query string) (names []string) {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return names
}
