package desk

import (
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// ArchiveNote is what became of asking a web archive to keep one address. Request is nil
// where nobody asked.
type ArchiveNote struct {
	Request *claims.ArchiveRequest
	Ask     string // path to ask at, "" where the reader cannot
	Back    string
}

// NewestArchive gives the newest request for a piece of evidence, or with "" for the article.
func NewestArchive(all []claims.ArchiveRequest, evidence string) *claims.ArchiveRequest {
	for i, q := range all {
		if q.Evidence == evidence {
			return &all[i]
		}
	}
	return nil
}

// open reports whether something may still become of it.
func (n ArchiveNote) open() bool { return n.Request != nil && !n.Request.State.Settled() }

var archiveTones = map[claims.ArchiveState]string{claims.ArchiveKept: "good", claims.ArchiveRefused: "bad", claims.ArchiveFailed: "warn"}

func archiveTone(s claims.ArchiveState) string {
	if tone := archiveTones[s]; tone != "" {
		return tone
	}
	return "plain"
}

// archiveWhy words why nothing came of a request.
func archiveWhy(w *i18n.Words, p *claims.JobProblem) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(w.T(p.Key, p.Args...))
}

// archive is what became of a document at a web archive.
func (p ClaimPage) archive(e claims.Evidence) ArchiveNote {
	n := ArchiveNote{Request: NewestArchive(p.Archives, e.ID), Back: p.back()}
	if p.MayArchive && e.URL != "" && !n.open() {
		n.Ask = p.path("/evidence/" + e.ID + "/archive")
	}
	return n
}
