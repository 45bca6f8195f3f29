package desk

import (
	"time"

	"cotejo/claims"
)

// ContactForm is a question put to somebody, as typed.
type ContactForm struct {
	Whom, Means, Question, AskedAt, Deadline, Answer, Public string
	Closed                                                   bool
}

// ContactFormOf fills the form from a contact as it stands.
func ContactFormOf(k claims.Contact) ContactForm {
	return ContactForm{
		Whom: k.Whom, Means: string(k.Means), Question: k.Question, AskedAt: k.AskedAt.UTC().Format(time.DateOnly),
		Deadline: dayOf(k.Deadline), Answer: k.Answer, Public: k.Public, Closed: k.Closed,
	}
}

func dayOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// contactTyped is what stands in the form of one contact: what was refused, else
// the contact itself.
func (p ClaimPage) contactTyped(k claims.Contact) ContactForm {
	if p.Forms.At == "contact-"+k.ID {
		return p.Forms.Contact
	}
	return ContactFormOf(k)
}
