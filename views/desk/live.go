package desk

import (
	"net/url"
	"strconv"
	"strings"

	"cotejo/claims"
)

// Live is what keeps an open page current; the zero one leaves it as it was
// opened. It changes with what others do and with who else is there.
type Live struct {
	Page    string   // where the page fetches itself
	Watch   string   // what it shows: "claim", "article" or "desk"
	Subject string   // id of that
	Seq     int64    // of the newest event on it
	News    string   // what that event was, in words; "" for the reader's own
	Present []string // ids of who else is there
	Names   string   // of them
}

// LiveClaim makes a page that shows a claim follow what others do to it.
func LiveClaim(page string, p ClaimPage, reader string, newest claims.Event, present []string) Live {
	l := Live{Page: page, Watch: "claim", Subject: p.Row.ID, Seq: newest.Seq, Present: present}
	if newest.Actor != reader && len(p.History) > 0 {
		l.News = p.History[0].Who + " " + p.History[0].What + "."
	}
	names := make([]string, len(present))
	for i, id := range present {
		names[i] = called(p.People, id, p.Words)
	}
	l.Names = strings.Join(names, ", ")
	return l
}

// livePause is how long the desk, on which everything is news, rests between two
// looks, in milliseconds.
const livePause = 4000

func (l Live) pause() int {
	if l.Watch == "desk" {
		return livePause
	}
	return 0
}

// stream is the address that tells the page to look again.
func (l Live) stream() string {
	return "/live?" + url.Values{l.Watch: {l.Subject}, "since": {strconv.FormatInt(l.Seq, 10)}, "with": {strings.Join(l.Present, ",")}}.Encode()
}
