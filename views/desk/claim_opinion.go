package desk

import "cotejo/claims"

// OpinionForm is a reviewer's own opinion as typed.
type OpinionForm struct{ Content, Attribution, Note string }

// mine is what the reader said of the present submission.
func (p ClaimPage) mine() (claims.Opinion, bool) {
	return claims.OpinionOf(p.House.Reader, p.Row.Claim, p.Opinions)
}

// waiveKey tells the reason for looking apart from the note of an opinion.
func (p ClaimPage) waiveKey() string {
	if p.Forms.At == "waive" {
		return ""
	}
	return "-waive"
}

func (p ClaimPage) waiveTyped() string {
	if p.Forms.At == "waive" {
		return p.Forms.Opinion.Note
	}
	return ""
}
