package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestProgressOnATerminalAndElsewhere(t *testing.T) {
	var out bytes.Buffer
	plain := &progress{w: &out, total: 4}
	plain.at(1, "a")
	plain.say(2, "b.txt", "Taken in", false)
	plain.end()
	if out.String() != "2/4 b.txt: Taken in\n" {
		t.Errorf("%q", out.String())
	}
	out.Reset()
	bar := &progress{w: &out, bar: true, total: 4}
	bar.at(1, strings.Repeat("x", 100)+"end.txt")
	bar.say(2, "b.txt", "Taken in", false)
	bar.say(3, "c.txt", "Refused", true)
	bar.end()
	if s := out.String(); !strings.Contains(s, "["+strings.Repeat("#", 7)+strings.Repeat(".", 23)+"] 1/4 …") || !strings.Contains(s, "end.txt") || strings.Contains(s, "Taken in") || !strings.Contains(s, "c.txt: Refused\n") || !strings.HasSuffix(s, "\r\x1b[K") {
		t.Errorf("%q", s)
	}
}
