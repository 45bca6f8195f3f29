package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestImportFetches takes a page in by its address, and no page of a private network.
func TestImportFetches(t *testing.T) {
	var agent string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent = r.UserAgent()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<html lang="es"><title>El agua</title><article><p>El embalse está al 31 % de su capacidad, según la Confederación.</p></article></html>`))
	}))
	defer s.Close()
	data := t.TempDir()
	call := func(env ...string) (int, string, string) {
		var out, errs bytes.Buffer
		code := run(context.Background(), &process{strings.NewReader(""), &out, &errs, env}, []string{"import", "--data", data, "--base-url", "https://desk.test", s.URL + "/agua"})
		return code, out.String(), errs.String()
	}
	if code, _, errs := call(); code != exitUsage || !strings.Contains(errs, "private network") {
		t.Errorf("exit %d: %s", code, errs)
	}
	code, out, errs := call("COTEJO_FETCH_ALLOW=" + strings.TrimPrefix(s.URL, "http://"))
	var line imported
	if err := json.Unmarshal([]byte(out), &line); code != 0 || err != nil || line.ID == "" || line.Claims == 0 || len(line.Snapshot) != 64 {
		t.Errorf("exit %d, %v: %s%s", code, err, out, errs)
	}
	if !strings.HasPrefix(agent, "Cotejo/") || !strings.Contains(agent, "https://desk.test") {
		t.Errorf("asked as %q", agent)
	}
}
