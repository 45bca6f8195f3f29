package public

import (
	"html"
	"strconv"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/i18n"
)

// Sizes of an embedded card, in pixels: what it has without a script that sizes it.
const (
	EmbedWidth  = 560
	EmbedHeight = 300
)

// EmbedView is the card that other sites show of a claim.
type EmbedView struct {
	Words          *i18n.Words
	Document       export.Document
	RecheckedSince bool
	Withdrawn      *claims.Withdrawal // then nothing else is told
	Link           string             // the claim's page
}

func (v EmbedView) title() string {
	if v.Withdrawn != nil {
		return v.Words.T("public.withdrawn_claim", claims.ShowID(v.Document.ID))
	}
	return v.Document.Claim.Standalone
}

// embedSnippet is what other sites paste: a quotation with a link, which the
// script turns into the card where it may.
func embedSnippet(v ClaimView) string {
	d := v.Document
	sentence := v.Words.T("public.cite.sentence", html.EscapeString(d.Claim.Standalone),
		`<a href="`+html.EscapeString(d.URL)+`">`+html.EscapeString(d.Verdict.Content.Label)+`</a>`, html.EscapeString(d.ClaimReview.Author.Name), v.Words.Date(d.PublishedAt))
	return `<blockquote class="cotejo-claim" lang="` + html.EscapeString(d.Language) + `">` + sentence + `</blockquote>` + "\n" +
		`<script async src="` + html.EscapeString(v.EmbedScript) + `"></script>`
}

// EmbedFrame is the card as a frame of a fixed size, for programs that embed it
// without our script.
func EmbedFrame(w *i18n.Words, address, claim string, width, height int) string {
	return `<iframe src="` + html.EscapeString(address) + `" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) +
		`" title="` + html.EscapeString(w.T("public.embed_title", claim)) + `" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy" style="border:0;max-width:100%"></iframe>`
}
