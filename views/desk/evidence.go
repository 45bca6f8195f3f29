package desk

import (
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// EvidenceFormOf fills the form from a piece of evidence as it stands.
func EvidenceFormOf(e claims.Evidence) EvidenceForm {
	return EvidenceForm{
		URL: e.URL, Title: e.Title, Publisher: e.Publisher, Stance: string(e.Stance), Grade: string(e.Grade), Quote: e.Quote, Locator: e.Locator,
	}
}

// EvidenceTaken fills the form from evidence of another claim; what it does for
// this one is left to say.
func EvidenceTaken(e claims.Evidence) EvidenceForm {
	f := EvidenceFormOf(e)
	f.Stance, f.From, f.FileName = "", e.ID, e.File.Name
	return f
}

// EvidencePage finds documents that stand on other claims.
type EvidencePage struct {
	views.Frame
	Claim    ClaimPage
	Query    string
	Searched bool
	Found    []claims.Evidence
	First    string
	Next     string
}

// evidenceTyped is what stands in the form of one piece: what was refused, else
// the piece itself.
func (p ClaimPage) evidenceTyped(e claims.Evidence) EvidenceForm {
	if p.Forms.At == "evidence-"+e.ID {
		return p.Forms.Evidence
	}
	return EvidenceFormOf(e)
}

// evidenceKey tells the fields of one form of evidence apart from the others';
// those of the refused one bear plain names, so that what is wrong leads to them.
func (p ClaimPage) evidenceKey(form string) string {
	if p.Forms.At == form || form == "evidence" && !strings.HasPrefix(p.Forms.At, "evidence-") {
		return ""
	}
	return "-" + form
}

// stanceChoice leaves the stance open where nobody has chosen one yet.
func stanceChoice(w *i18n.Words, chosen string) []views.Option {
	if chosen != "" {
		return stanceOptions(w)
	}
	return append([]views.Option{{Value: "", Label: w.T("evidence.stance_choose")}}, stanceOptions(w)...)
}

// fileKinds words media types.
var fileKinds = map[string]string{
	"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP", "image/gif": "GIF", "text/html": "HTML",
}

func fileKind(w *i18n.Words, media string) string {
	media, _, _ = strings.Cut(media, ";")
	if kind, ok := fileKinds[media]; ok {
		return kind
	}
	if media == "text/plain" {
		return w.T("file.text")
	}
	if media == "" {
		return w.T("file.unknown")
	}
	return media
}

// fileSize words a number of bytes.
func fileSize(w *i18n.Words, n int64) string {
	switch {
	case n < 1000:
		return w.T("file.bytes", w.Number(float64(n)))
	case n < 1000*1000:
		return w.T("file.kilobytes", w.Number(float64((n+500)/1000)))
	}
	return w.T("file.megabytes", w.Number(float64((n+50000)/100000)/10))
}

// Showable reports whether a browser may show a file of this type in its window.
func Showable(media string) bool {
	return strings.HasPrefix(media, "image/") && fileKinds[media] != "" || media == "application/pdf"
}

// copyProblem says why no copy was kept.
func copyProblem(w *i18n.Words, key string) string {
	if w.Has("fetch_told." + key) {
		return w.T("fetch_told." + key)
	}
	return w.T("fetch_told.failed")
}

// erasable says that a piece has bytes that are still there.
func erasable(e claims.Evidence) bool {
	return e.HasFile() && !e.File.Erased || e.HasCopy() && !e.Copy.Erased
}
