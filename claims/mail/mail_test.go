package mail_test

import (
	"bufio"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"cotejo/claims/mail"
)

// server speaks as much SMTP as a letter needs; rcpt is its answer to RCPT, ""
// hangs there. It gives the letters that it took.
func server(t *testing.T, rcpt string) (address string, letters chan string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	letters = make(chan string, 1)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go talk(conn, rcpt, letters)
		}
	}()
	return l.Addr().String(), letters
}

func talk(conn net.Conn, rcpt string, letters chan string) {
	defer conn.Close()
	say := func(s string) { _, _ = conn.Write([]byte(s + "\r\n")) }
	say("220 mail.test")
	in := bufio.NewScanner(conn)
	var data []string
	inData := false
	for in.Scan() {
		line := in.Text()
		switch {
		case inData && line == ".":
			inData = false
			letters <- strings.Join(data, "\n")
			say("250 taken")
		case inData:
			data = append(data, line)
		case strings.HasPrefix(line, "EHLO"):
			say("250-mail.test\r\n250 AUTH PLAIN")
		case strings.HasPrefix(line, "AUTH"):
			say("235 welcome")
		case strings.HasPrefix(line, "RCPT") && rcpt == "":
		case strings.HasPrefix(line, "RCPT"):
			say(rcpt)
		case line == "DATA":
			inData = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
		default:
			say("250 fine")
		}
	}
}

func sender(t *testing.T, address string) *mail.Sender {
	t.Helper()
	s, err := mail.New(mail.Config{URL: "smtp://desk:hunter2@" + address, From: "La mesa <desk@news.test>", Timeout: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALetterArrives(t *testing.T) {
	address, letters := server(t, "250 fine")
	if err := sender(t, address).Send(t.Context(), "ana@news.test", "Mención\r\nBcc: x@y.test", "Línea uno\n.\nhttps://desk.test/claims/7F3K9Q\n"); err != nil {
		t.Fatal(err)
	}
	got := <-letters
	for _, want := range []string{"To: <ana@news.test>", "Subject: =?utf-8?q?", "L=C3=ADnea uno", "https://desk.test/claims/7F3K9Q", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nBcc:") {
		t.Error("a subject brought a header along")
	}
}

func TestWhatFailsSaysWhereAndNoSecret(t *testing.T) {
	for rcpt, permanent := range map[string]bool{"550 no ana@news.test here": true, "451 later": false, "": false} {
		address, _ := server(t, rcpt)
		err := sender(t, address).Send(t.Context(), "ana@news.test", "s", "b")
		var failure *mail.Error
		if !errors.As(err, &failure) || failure.Permanent() != permanent || !strings.Contains(failure.Step, "rcpt") {
			t.Errorf("%q: %v", rcpt, err)
		}
		if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "ana@") {
			t.Errorf("%q: the error tells too much: %v", rcpt, err)
		}
	}
	if err := sender(t, "127.0.0.1:1").Send(t.Context(), "ana@news.test", "s", "b"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestWhatIsNoMailServer(t *testing.T) {
	for _, c := range []mail.Config{{URL: "http://u:hunter2@x.test", From: "a@b.test"}, {URL: "smtp://", From: "a@b.test"}, {URL: "smtp://u:hunter2@x.test", From: "nobody"}, {URL: "smtp://u:hunter2@x.test:%zz", From: "a@b.test"}} {
		if _, err := mail.New(c); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}
