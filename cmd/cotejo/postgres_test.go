package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cotejo/db/pgtest"
)

// TestCommandsOnPostgres runs the desk's commands on the other engine and
// takes its backup back to a data file: the rows must be the same.
func TestCommandsOnPostgres(t *testing.T) {
	dsn := pgtest.Address(t)
	dir := t.TempDir()
	article := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(article, []byte("The town bought 12 buses in 2020, the mayor said on Monday.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		p := &process{strings.NewReader("a long enough password\n"), &out, &errs, nil}
		if code := run(t.Context(), p, args); code != exitDone {
			t.Fatalf("cotejo %v: exit %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	command("user", "add", "ana", "--role", "editor", "--password-stdin", "--database", dsn)
	command("import", "--lang", "en", "--base-url", "http://x.example", "--database", dsn, article)
	rows := command("export", "verdicts", "--base-url", "http://x.example", "--database", dsn)
	if !strings.Contains(rows, "12 buses") {
		t.Fatalf("the claim is not in the export: %s", rows)
	}
	command("verify", "--database", dsn)
	backup, second := filepath.Join(dir, "desk.backup"), filepath.Join(dir, "second")
	command("backup", "--database", dsn, backup)
	command("restore", "--data", second, backup)
	if again := command("export", "verdicts", "--base-url", "http://x.example", "--data", second); again != rows {
		t.Errorf("rows differ after the way through a backup:\n%s\n%s", rows, again)
	}
}
