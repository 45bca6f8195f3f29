package public

import (
	"html"
	"regexp"
	"strconv"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/i18n"
)

// Version is a publication in the list of versions.
type Version struct {
	N           int
	Effect      claims.Effect // "" for the first
	Notice      string
	PublishedAt time.Time
	Changes     []export.Change // since the one before
}

// citation is one way to cite a claim, to be copied.
type citation struct {
	Name string // "text", "link", …
	Text string
	Rows int
}

// citations are the ways to cite a publication, in the words of its page: under
// its permanent address, or under that of the version where it is pinned.
func citations(v ClaimView) []citation {
	address, d, w := v.address(), v.Document, v.Words
	say := func(wording, verdict, newsroom string) string {
		return w.T("public.cite.sentence", wording, verdict, newsroom, w.Date(d.PublishedAt))
	}
	wording, label, newsroom := d.Claim.Standalone, d.Verdict.Content.Label, d.ClaimReview.Author.Name
	return []citation{
		{"text", say(wording, label, newsroom) + " " + address, 3},
		{"link", address, 1},
		{"html", say(html.EscapeString(wording), `<a href="`+html.EscapeString(address)+`">`+html.EscapeString(label)+`</a>`, html.EscapeString(newsroom)), 4},
		{"markdown", say(markdownText(wording), "["+markdownText(label)+"]("+address+")", markdownText(newsroom)), 4},
	}
}

// address is under what a page asks to be cited.
func (v ClaimView) address() string {
	if v.Pinned {
		return v.Document.URL + "@" + strconv.Itoa(v.Document.Version)
	}
	return v.Document.URL
}

var markdownSign = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#!|~]")

// markdownText escapes what Markdown would read as its own.
func markdownText(s string) string { return markdownSign.ReplaceAllString(s, `\$0`) }

// changeText says what a change is, in the words of the page.
func changeText(w *i18n.Words, c export.Change) string {
	kind := "public.change." + string(c.Kind)
	switch c.Kind {
	case export.ChangedVerdict:
		return w.T(kind, c.Before, c.After)
	case export.ChangedEvidenceAdded, export.ChangedEvidenceRemoved, export.ChangedEvidence:
		return w.T(kind, c.Title)
	case export.ChangedAttribution, export.ChangedWhatIsTrue, export.ChangedWording, export.ChangedAsOf:
		before, after := c.Before, c.After
		if c.Kind == export.ChangedAsOf {
			before, after = calendarText(w, before), calendarText(w, after)
		}
		switch {
		case before == "":
			return w.T(kind+".added", after)
		case after == "":
			return w.T(kind+".removed", before)
		}
		return w.T(kind, before, after)
	}
	return w.T(kind)
}

func calendarText(w *i18n.Words, d string) string {
	if d == "" {
		return ""
	}
	return w.Calendar(claims.Date(d))
}

// attributionSaid is what an attribution verdict says, in a sentence; "" for a
// step of the newsroom's own, whose label must do.
func attributionSaid(w *i18n.Words, s export.DocumentStep) string {
	if key := "public.attribution." + s.Code; w.Has(key) {
		return w.T(key)
	}
	return ""
}

// eyesText says whose eyes a publication has passed, "" where it was not frozen.
func eyesText(w *i18n.Words, r export.DocumentReview) string {
	switch {
	case r.Judged == nil:
		return ""
	case r.Single || r.Approved == nil:
		return w.T("public.judged", personText(w, *r.Judged))
	}
	return w.T("public.reviewed", personText(w, *r.Judged), personText(w, *r.Approved))
}

func personText(w *i18n.Words, p export.DocumentPerson) string {
	role := w.T("role." + string(p.Role))
	if p.Name == "" {
		return role
	}
	return w.T("public.named", p.Name, role)
}
