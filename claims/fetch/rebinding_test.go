package fetch

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"cotejo/claims"
)

// nameServer answers every question for an address with the next of a list, the last
// one for ever, as whoever owns a name may do.
func nameServer(t *testing.T, answers ...[4]byte) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		packet := make([]byte, 1500)
		for n := 0; ; {
			size, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(packet[:size]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AResource{A: answers[min(n, len(answers)-1)]}}}
				n++
			}
			if raw, err := m.Pack(); err == nil {
				_, _ = server.WriteTo(raw, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

func rebinding(t *testing.T, answers ...[4]byte) *Client {
	t.Helper()
	c, names := New(Config{}), nameServer(t, answers...)
	c.dialer.guarded.Resolver = names
	c.dialer.lookUp = func(ctx context.Context, host string) ([]netip.Addr, error) {
		return names.LookupNetIP(ctx, "ip", host)
	}
	return c
}

// TestANameThatChangesWhatItLeadsTo: the first look finds a public address, the
// connection would go to a private one.
func TestANameThatChangesWhatItLeadsTo(t *testing.T) {
	public, private, metadata := [4]byte{93, 184, 215, 14}, [4]byte{127, 0, 0, 1}, [4]byte{169, 254, 169, 254}
	for name, later := range map[string][4]byte{"private": private, "metadata": metadata} {
		c := rebinding(t, public, later)
		if err := c.Check(t.Context(), "http://turns.example/"); err != nil {
			t.Errorf("%s: the first look: %v", name, err)
		}
		_, err := c.Get(t.Context(), Request{URL: "http://turns.example/", Limit: 1 << 20})
		var refused *claims.Error
		if !errors.As(err, &refused) || refused.Key != "fetch.address" {
			t.Errorf("%s: the connection: %v", name, err)
		}
	}
	c := rebinding(t, private)
	var refused *claims.Error
	if err := c.Check(t.Context(), "http://inside.example/"); !errors.As(err, &refused) || refused.Key != "fetch.address" {
		t.Errorf("a name of a private address: %v", err)
	}
}

func TestHostsThatAreNumbers(t *testing.T) {
	for host, want := range map[string]bool{
		"2130706433": true, "0x7f000001": true, "0177.0.0.1": true, "127.1": true, "1.2.3.4.5": true, "a.0x1": true, "127.0.0.1.": true, "0x": true,
		"127.0.0.1": false, "::1": false, "news.test": false, "1.fm": false, "0x.org": false, "24horas.com.": false,
	} {
		if got := numberLike(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}
