// Package mail sends plain text by SMTP. Its errors name a step and a status
// and never an address, a password or what a server wrote.
package mail

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"strings"
	"time"
)

// Config says through which server mail goes, and in whose name.
type Config struct {
	URL     string        // smtp://user:password@host:port (STARTTLS) or smtps://…
	From    string        // an address, with a name where wanted
	Timeout time.Duration // of sending one letter; 30 s where 0
	TLS     *tls.Config   // for tests; nil trusts what the machine trusts
}

// Sender sends through one server.
type Sender struct {
	address, host string
	implicit      bool // TLS from the first byte
	local         bool // a loopback address may go without TLS
	auth          smtp.Auth
	from          *netmail.Address
	timeout       time.Duration
	tls           *tls.Config
}

// Error says at which step sending failed; Code is the server's answer, 0 where
// it gave none.
type Error struct {
	Step string
	Code int
}

// Error implements error.
func (e *Error) Error() string {
	if e.Code == 0 {
		return "mail: " + e.Step
	}
	return fmt.Sprintf("mail: %s: the server answered %d", e.Step, e.Code)
}

// Permanent reports whether trying again would be answered alike.
func (e *Error) Permanent() bool { return e.Step == "rcpt" && e.Code >= 500 }

// New reads a configuration; its error never shows the password.
func New(c Config) (*Sender, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, errors.New("the address of the mail server must be smtp://user:password@host:port or smtps://…")
	}
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, errors.New("the sender must be an e-mail address")
	}
	s := &Sender{host: u.Hostname(), implicit: u.Scheme == "smtps", from: from, timeout: c.Timeout}
	port := u.Port()
	if port == "" {
		port = map[bool]string{false: "587", true: "465"}[s.implicit]
	}
	s.address = net.JoinHostPort(s.host, port)
	ip := net.ParseIP(s.host)
	s.local = s.host == "localhost" || ip != nil && ip.IsLoopback()
	if password, ok := u.User.Password(); ok {
		s.auth = smtp.PlainAuth("", u.User.Username(), password, s.host)
	}
	if s.timeout <= 0 {
		s.timeout = 30 * time.Second
	}
	s.tls = &tls.Config{MinVersion: tls.VersionTLS12}
	if c.TLS != nil {
		s.tls = c.TLS.Clone()
	}
	s.tls.ServerName = s.host
	return s, nil
}

// Send sends a text to one address.
func (s *Sender) Send(ctx context.Context, to, subject, body string) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return failed("connect", err)
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return failed("connect", err)
		}
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() }) // a desk that stops does not wait for a server that hangs
	defer stop()
	if s.implicit {
		conn = tls.Client(conn, s.tls)
	}
	client, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return failed("greeting", err)
	}
	return s.talk(client, to, s.compose(to, subject, body))
}

func (s *Sender) talk(c *smtp.Client, to string, message []byte) error {
	if ok, _ := c.Extension("STARTTLS"); ok && !s.implicit {
		if err := c.StartTLS(s.tls); err != nil {
			return failed("starttls", err)
		}
	} else if !s.implicit && !s.local {
		return &Error{Step: "the server does not offer STARTTLS"}
	}
	if s.auth != nil {
		if err := c.Auth(s.auth); err != nil {
			return failed("auth", err)
		}
	}
	if err := c.Mail(s.from.Address); err != nil {
		return failed("from", err)
	}
	if err := c.Rcpt(to); err != nil {
		return failed("rcpt", err)
	}
	w, err := c.Data()
	if err != nil {
		return failed("data", err)
	}
	if _, err := w.Write(message); err != nil {
		return failed("data", err)
	}
	if err := w.Close(); err != nil {
		return failed("data", err)
	}
	_ = c.Quit() // the letter is taken; how the server says goodbye changes nothing
	return nil
}

// failed keeps of an error what is safe to keep.
func failed(step string, err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return &Error{Step: step, Code: answer.Code}
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return &Error{Step: step + ": no answer in time"}
	}
	return &Error{Step: step + ": no connection"}
}

// compose writes the letter as RFC 5322 wants it.
func (s *Sender) compose(to, subject, body string) []byte {
	var b bytes.Buffer
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	domain := s.from.Address[strings.LastIndex(s.from.Address, "@")+1:]
	for _, h := range [][2]string{
		{"From", s.from.String()}, {"To", (&netmail.Address{Address: to}).String()},
		{"Subject", mime.QEncoding.Encode("utf-8", strings.Join(strings.Fields(subject), " "))},
		{"Date", time.Now().UTC().Format(time.RFC1123Z)}, {"Message-ID", "<" + hex.EncodeToString(id) + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	q := quotedprintable.NewWriter(&b)
	_, _ = q.Write([]byte(strings.ReplaceAll(body, "\n", "\r\n"))) // into memory
	_ = q.Close()
	return b.Bytes()
}
