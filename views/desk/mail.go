package desk

import (
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// MailForm is where the reader wants to be sent what, as it is or as typed.
type MailForm struct {
	Address string
	Kinds   []claims.InboxKind
	On      bool // the desk can send
}

// MailState is how e-mail goes, for admins.
type MailState struct {
	On      bool
	Waiting int
	Failed  []claims.Mail
	People  map[string]claims.Person
}

// MailText words a letter: what happened to which claim and where it is, never
// the claim's words.
func MailText(l claims.Letter) (subject, body string) {
	w := i18n.For(l.Language)
	newsroom := l.Newsroom
	if newsroom == "" {
		newsroom = w.T("brand")
	}
	subject = w.N("mail.subject", len(l.Lines), newsroom)
	if len(l.Lines) == 1 {
		subject = newsroom + ": " + mailLine(w, l.Lines[0])
	}
	var b strings.Builder
	for _, line := range l.Lines {
		b.WriteString(mailLine(w, line) + "\n" + line.Link + "\n\n")
	}
	b.WriteString(w.T("mail.why", l.Account) + "\n")
	return subject, b.String()
}

func mailLine(w *i18n.Words, line claims.LetterLine) string {
	if line.Claim == "" {
		return w.T("mail.check." + string(line.Kind))
	}
	return w.T("mail.line."+string(line.Kind), claims.ShowID(line.Claim))
}

// mailKinds are those that the form has ticked: where nothing is sent yet, what most
// people want.
func (p AccountPage) mailKinds() []claims.InboxKind {
	if p.Mail.Address == "" && len(p.Mail.Kinds) == 0 {
		return []claims.InboxKind{claims.InboxMention, claims.InboxAssigned, claims.InboxDue, claims.InboxReturned}
	}
	return p.Mail.Kinds
}
