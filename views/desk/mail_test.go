package desk

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/views/i18n"
)

func TestALetterNamesOnlyTheClaim(t *testing.T) {
	l := claims.Letter{Language: "es", Newsroom: "El Diario", Account: "https://desk.test/account", Lines: []claims.LetterLine{
		{Kind: claims.InboxMention, Claim: "7F3K9Q", Link: "https://desk.test/claims/7F3K9Q"}}}
	subject, body := MailText(l)
	if subject != "El Diario: Te mencionan en una nota sobre 7F3K-9Q" {
		t.Errorf("subject %q", subject)
	}
	if !strings.Contains(body, "https://desk.test/claims/7F3K9Q\n") || !strings.Contains(body, l.Account) {
		t.Errorf("body %q", body)
	}
	l.Lines = append(l.Lines, l.Lines[0])
	if subject, _ := MailText(l); subject != "El Diario: 2 avisos para ti" {
		t.Errorf("subject of two %q", subject)
	}
}

func TestEveryKindOfTheInboxCanBeSent(t *testing.T) {
	for _, language := range []string{"es", "en"} {
		w := i18n.For(language)
		for _, kind := range claims.InboxKinds {
			for _, key := range []string{"mail.kind.", "mail.line."} {
				if key += string(kind); !w.Has(key) {
					t.Errorf("%s has no words for %s", language, key)
				}
			}
		}
	}
}
