package public

import (
	"context"
	"strings"
	"testing"

	"cotejo/claims/export"
	"cotejo/views/i18n"
)

func render(t *testing.T, body string, cited map[string]Cited) string {
	t.Helper()
	component, err := Markdown(i18n.For("en"), body, cited)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := component.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdownCitesClaims(t *testing.T) {
	cited := map[string]Cited{
		"7F3K9Q": {ID: "7F3K9Q", Wording: `A <b>wording</b> [of 2024]`, Verdict: &export.DocumentStep{Code: "false", Label: "False <i>", Color: "false", Shape: "cross"}},
		"AAAAAA": {ID: "AAAAAA", Wording: "Gone", Verdict: &export.DocumentStep{Code: "true", Label: "True"}, Withdrawn: true},
	}
	for name, c := range map[string]struct {
		body      string
		has, lack []string
	}{
		"in a sentence":    {"He said [[7f3k-9q]] twice.", []string{`href="/c/7F3K9Q"`, "False &lt;i&gt;", "He said <a", "</a> twice."}, []string{"cite-card"}},
		"alone":            {"One.\n\n[[7F3K9Q]]\n\nTwo.", []string{"cite-card", "A &lt;b&gt;wording&lt;/b&gt;", "<p>One.</p>", "<p>Two.</p>"}, []string{"<b>"}},
		"two in a line":    {"[[7F3K9Q]] [[AAAAAA]]", []string{`href="/c/7F3K9Q"`, `href="/c/AAAAAA"`}, []string{"cite-card"}},
		"withdrawn":        {"See [[AAAAAA]].", []string{"Withdrawn"}, []string{"True"}},
		"unknown":          {"See [[ZZZZZZ]].", []string{"ZZZZ-ZZ", "not published"}, []string{"href"}},
		"no id":            {"See [[a note that is long]] and [a](https://x.test/).", []string{"[[a note that is long]]", `<a href="https://x.test/">a</a>`}, nil},
		"in code":          {"Write `[[7F3K9Q]]`.", []string{"<code>[[7F3K9Q]]</code>"}, []string{"href"}},
		"in a list":        {"- [[7F3K9Q]]\n- b", []string{`href="/c/7F3K9Q"`, "<li>"}, nil},
		"in a quote":       {"> [[7F3K9Q]]", []string{"<blockquote>", "cite-card"}, nil},
		"raw HTML":         {"<img src=x onerror=alert(1)> a\n\n<script>alert(1)</script>", nil, []string{"onerror", "<script", "<img"}},
		"a script link":    {"[a](javascript:alert(1))", nil, []string{"javascript"}},
		"headings go down": {"# A\n\n###### B", []string{"<h2", "<h6"}, []string{"<h1"}},
		"nested too deep":  {strings.Repeat("> ", 100000) + "a", []string{"<p>a</p>"}, []string{"<blockquote>"}},
		"mixed too deep":   {strings.Repeat("> - ", 50000) + "a", []string{"<p>a</p>"}, []string{"<blockquote>"}},
		"a table":          {"|a|b|\n|-|-|\n|1|2|", []string{"<table>"}, nil},
	} {
		got := render(t, c.body, cited)
		for _, want := range c.has {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %s", name, want, got)
			}
		}
		for _, no := range c.lack {
			if strings.Contains(got, no) {
				t.Errorf("%s: %q is in %s", name, no, got)
			}
		}
	}
}

func FuzzMarkdownNeverWritesActiveContent(f *testing.F) {
	for _, seed := range []string{"[[7F3K9Q]]", "<script>", "[a](javascript:x)", "![](data:text/html,x)", "[[7F3K9Q", "# [[7F3K9Q]]", "<a onclick=x>"} {
		f.Add(seed)
	}
	cited := map[string]Cited{"7F3K9Q": {ID: "7F3K9Q", Wording: "<script>", Verdict: &export.DocumentStep{Label: "<script>"}}}
	f.Fuzz(func(t *testing.T, body string) {
		component, err := Markdown(i18n.For("es"), body, cited)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := component.Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(b.String())
		if strings.Contains(lower, "<script") || strings.Contains(lower, `href="javascript:`) {
			t.Errorf("%q became %s", body, b.String())
		}
	})
}
