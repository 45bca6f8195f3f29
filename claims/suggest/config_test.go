package suggest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:11434/v1":            "http://127.0.0.1:11434/v1/chat/completions",
		"http://127.0.0.1:11434/v1/":           "http://127.0.0.1:11434/v1/chat/completions",
		" http://localhost ":                   "http://localhost/chat/completions",
		"http://[::1]:8000/v1":                 "http://[::1]:8000/v1/chat/completions",
		"http://192.168.1.20/v1":               "http://192.168.1.20/v1/chat/completions",
		"http://10.0.0.2/v1/chat/completions":  "http://10.0.0.2/v1/chat/completions",
		"http://ollama:11434/v1":               "http://ollama:11434/v1/chat/completions",
		"https://models.example/v1":            "https://models.example/v1/chat/completions",
		"https://203.0.113.7/v1":               "https://203.0.113.7/v1/chat/completions",
		"http://203.0.113.7/v1":                "",
		"http://169.254.169.254/v1":            "",
		"http://[2001:db8::1]/v1":              "",
		"http://[::ffff:203.0.113.7]/v1":       "",
		"http://user:hunter2@127.0.0.1/v1":     "",
		"https://models.example/?key=hunter2":  "",
		"https://models.example/#hunter2":      "",
		"ftp://models.example/hunter2":         "",
		"file:///etc/hunter2":                  "",
		"models.example:443/hunter2":           "",
		"http://":                              "",
		"http://a b/hunter2":                   "",
		"https://models.example/%zzhunter2":    "",
		"unix:///run/hunter2.sock":             "",
		"http:///hunter2/v1/chat/completions/": "",
	} {
		c, err := New(Config{URL: address, Model: "m"})
		if want == "" {
			if err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%q: %v", address, err)
			}
			continue
		}
		if err != nil || c.endpoint.String() != want {
			t.Errorf("%q: %v, %v, want %s", address, c, err, want)
		}
	}
}

// TestPlainHTTPStaysNear: a name may stand for any address, so the address is
// looked at when it is dialled.
func TestPlainHTTPStaysNear(t *testing.T) {
	for ip, want := range map[string]bool{
		"127.0.0.1": true, "::1": true, "10.1.2.3": true, "172.16.0.1": true, "192.168.0.1": true, "fd00::1": true, "::ffff:10.0.0.1": true,
		"172.32.0.1": false, "8.8.8.8": false, "169.254.169.254": false, "0.0.0.0": false, "2001:db8::1": false, "fe80::1": false, "100.64.0.1": false,
	} {
		if near(netip.MustParseAddr(ip)) != want {
			t.Errorf("near(%s) is not %t", ip, want)
		}
	}
	req := newHTTP("http")
	if res, err := req.Get("http://203.0.113.7:9/"); err == nil || !strings.Contains(err.Error(), "say https://") {
		if err == nil {
			res.Body.Close()
		}
		t.Errorf("dialled a far address in the clear: %v", err)
	}
}

func TestModelsAndKeys(t *testing.T) {
	for _, c := range []Config{
		{Model: ""}, {Model: " "}, {Model: "a\nb"}, {Model: "a\u202eb"}, {Model: "a\xff"}, {Model: strings.Repeat("m", maxModel+1)},
		{Model: "m", Key: "hunter2\n"}, {Model: "m", Key: "hunter2 x"}, {Model: "m", Key: "hunter2ñ"},
	} {
		c.URL = "http://127.0.0.1"
		if _, err := New(c); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestTheKeyIsNeverPrinted(t *testing.T) {
	config := Config{URL: "http://127.0.0.1", Model: "m", Key: key}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "config", config, "key", config.Key, "client", c)
	for _, said := range []string{
		fmt.Sprint(config), fmt.Sprintf("%+v", config), fmt.Sprintf("%#v", config), fmt.Sprintf("%q %x", config.Key, config.Key), string(raw), log.String(),
		fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", *c), fmt.Sprintf("%+v", *c),
	} {
		if strings.Contains(said, "hunter2") || strings.Contains(said, fmt.Sprintf("%x", key)) {
			t.Errorf("the key is told: %s", said)
		}
	}
	if config.Key.String() != "set" || Secret("").String() != "" {
		t.Error("a key does not say whether it is set")
	}
}

// TestPromptVersion holds the wording to its version: whoever changes the words
// raises the version and writes both down here.
func TestPromptVersion(t *testing.T) {
	sum := sha256.Sum256([]byte(prompt()))
	const version, digest = "prompt-1", "5f98e5c7b775828f"
	if got := hex.EncodeToString(sum[:8]); PromptVersion != version || got != digest {
		t.Errorf("%s has digest %s, want %s with %s", PromptVersion, got, version, digest)
	}
}
