package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cotejo/claims/claimstest"
	"cotejo/db/pgtest"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		main() // ends the process
	}
	testscript.Main(tests{m}, map[string]func(){"cotejo": main})
}

// tests runs the tests and stops the PostgreSQL that they started.
type tests struct{ *testing.M }

func (t tests) Run() int { return pgtest.Main(t.M) }

func TestScripts(t *testing.T) {
	example := claimstest.Shared(t, "examples", "es-choe-putin.txt")
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLE", example)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"latin1": writeLatin1, "tamper": tamper},
	})
}

// writeLatin1 makes a file in Latin-1 of a UTF-8 one: latin1 FROM TO.
func writeLatin1(ts *testscript.TestScript, _ bool, args []string) {
	var out []byte
	for _, r := range ts.ReadFile(args[0]) {
		out = append(out, byte(r))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o600))
}

func TestParseTakesFlagsAnywhere(t *testing.T) {
	for _, test := range []struct {
		args     string
		operands []string
		lang     string
	}{
		{"a b", []string{"a", "b"}, ""},
		{"--lang es a b", []string{"a", "b"}, "es"},
		{"a --lang es b", []string{"a", "b"}, "es"},
		{"a b --lang=es", []string{"a", "b"}, "es"},
		{"- --lang es", []string{"-"}, "es"},
		{"a -- --lang es", []string{"a", "--lang", "es"}, ""},
		{"-- -x", []string{"-x"}, ""},
	} {
		fs := flag.NewFlagSet("x", flag.ContinueOnError)
		lang := fs.String("lang", "", "")
		operands, err := parse(fs, strings.Fields(test.args))
		if err != nil || !reflect.DeepEqual(operands, test.operands) || *lang != test.lang {
			t.Errorf("parse(%q) = %q, lang %q, %v; want %q, %q", test.args, operands, *lang, err, test.operands, test.lang)
		}
	}
}

func TestUnknownCommandIsWrongUse(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(context.Background(), &process{strings.NewReader(""), &out, &errs, nil}, []string{"frobnicate"})
	if code != exitUsage || !strings.Contains(errs.String(), `"frobnicate"`) || out.Len() > 0 {
		t.Errorf("exit %d, stdout %q, stderr %q", code, out.String(), errs.String())
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	for in, absent := range map[string]string{
		"postgres://u:hunter2@h/db":                  "hunter2",
		"postgres://h/db?user=u&password=hunter2":    "hunter2",
		"postgres://h/db?sslpassword=hunter2&user=u": "hunter2",
	} {
		if got := withoutPassword(in); strings.Contains(got, absent) {
			t.Errorf("withoutPassword(%q) = %q", in, got)
		}
	}
}
