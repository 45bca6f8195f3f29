package main

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/mail"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// postman words letters and sends them.
type postman struct{ sender *mail.Sender }

// Deliver implements workflow.Postman.
func (p postman) Deliver(ctx context.Context, letter claims.Letter) error {
	subject, body := desk.MailText(letter)
	return p.sender.Send(ctx, letter.To, subject, body)
}

// postman sends e-mail where a server is named; nil where none is.
func (c *config) postman() (workflow.Postman, error) {
	if c.SMTPURL == "" {
		if c.SMTPFrom != "" {
			return nil, wrongUse("COTEJO_SMTP_FROM names a sender, and COTEJO_SMTP_URL does not say through which server")
		}
		return nil, nil
	}
	sender, err := mail.New(mail.Config{URL: string(c.SMTPURL), From: c.SMTPFrom})
	if err != nil {
		return nil, wrongUse("COTEJO_SMTP_URL, COTEJO_SMTP_FROM: %v", err)
	}
	return postman{sender}, nil
}
