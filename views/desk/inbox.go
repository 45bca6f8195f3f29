package desk

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// InboxPage is what the reader should know of, newest first.
type InboxPage struct {
	views.Frame
	Rows        []InboxRow
	First, Next string // addresses of other pages, "" for none
}

// InboxRow is one item in words.
type InboxRow struct {
	Item  claims.InboxItem
	Claim claims.Claim
	Check claims.Check // where the item is about one, and no claim
	What  string       // who did what
}

// InboxWhat says who did what, without the claim.
func InboxWhat(w *i18n.Words, i claims.InboxItem, actor string, people map[string]claims.Person) string {
	switch i.Kind {
	case claims.InboxDue, claims.InboxReportDue:
		return w.T("inbox.what."+string(i.Kind), dayOrMoment(w, i.Due))
	case claims.InboxHook, claims.InboxReport, claims.InboxChanged, claims.InboxLink, claims.InboxUnissued: // nobody did it
		return w.T("inbox.what." + string(i.Kind))
	}
	return w.T("inbox.what."+string(i.Kind), called(people, actor, w))
}

// name tells the item apart from others for who hears the page.
func (r InboxRow) name() string {
	if r.Check.ID != "" {
		return r.Check.Title
	}
	return claims.ShowID(r.Claim.ID)
}

// path leads to where on the claim's page the item is about.
func (r InboxRow) path() string {
	if r.Item.Kind == claims.InboxHook {
		return "/settings/webhooks"
	}
	if r.Check.ID != "" {
		return "/checks/" + r.Check.Slug + "/edit"
	}
	return "/claims/" + r.Claim.ID + inboxAnchors[r.Item.Kind]
}

var inboxAnchors = map[claims.InboxKind]string{
	claims.InboxReport: "#reports", claims.InboxReportDue: "#reports", claims.InboxLink: "#external", claims.InboxMention: "#notes",
}

// noteText sets apart whom a note mentions.
func noteText(text string, people map[string]claims.Person) templ.Component {
	known := map[string]bool{}
	for _, p := range people {
		known[p.Name] = !p.Disabled
	}
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		var b strings.Builder
		at := 0
		for _, m := range claims.Mentions(text, func(name string) bool { return known[name] }) {
			b.WriteString(templ.EscapeString(text[at:m.Start]) + `<strong class="mention">` + templ.EscapeString(text[m.Start:m.End]) + `</strong>`)
			at = m.End
		}
		b.WriteString(templ.EscapeString(text[at:]))
		_, err := io.WriteString(out, b.String())
		return err
	})
}
