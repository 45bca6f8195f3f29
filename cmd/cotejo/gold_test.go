package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cotejo/claims/claimstest"
)

// TestGoldRatchet holds the engine to baseline.json: no score falls, and a rise
// is written down in the same commit.
func TestGoldRatchet(t *testing.T) {
	shared := filepath.Dir(claimstest.Shared(t, "gold"))
	baseline := filepath.Join(claimstest.RepoRoot(t), "baseline.json")
	var out, errs bytes.Buffer
	p := &process{strings.NewReader(""), &out, &errs, nil}
	code := run(t.Context(), p, []string{"gold", "--shared", shared, "--baseline", baseline})
	t.Log("\n" + out.String())
	if code != exitDone {
		t.Error(errs.String())
	}
}

func TestRatchetHolds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	if err := writeBaseline(file, measures{"a": 0.5, "b": 0.7}); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		got  measures
		want string
	}{
		"the same":        {measures{"a": 0.5, "b": 0.7}, ""},
		"a fall":          {measures{"a": 0.4999, "b": 0.7}, "a fell from 0.5000 to 0.4999"},
		"a rise":          {measures{"a": 0.5, "b": 0.71}, "b rose from 0.7000 to 0.7100"},
		"not measured":    {measures{"a": 0.5}, "b is not measured any more"},
		"a new measure":   {measures{"a": 0.5, "b": 0.7, "c": 0.1}, "c rose from 0.0000 to 0.1000"},
		"nothing at all":  {measures{}, "a is not measured any more"},
		"a fall and rise": {measures{"a": 0.4, "b": 0.8}, "b rose"},
	} {
		err := compareBaseline(file, test.got)
		if (err == nil) != (test.want == "") || (err != nil && !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if compareBaseline(file, nil) == nil {
		t.Error("a broken baseline file is taken")
	}
}
