package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// progress shows how far a long command is: a bar that is drawn again and again on a
// terminal, plain lines elsewhere.
type progress struct {
	w     io.Writer
	bar   bool
	total int
}

const (
	barWidth  = 30
	nameWidth = 40 // code points of what is under way
)

func newProgress(p *process, total int) *progress {
	return &progress{w: p.stderr, bar: isTerminal(p.stderr) && total > 1, total: total}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// at draws the bar after done things, before the next.
func (p *progress) at(done int, name string) {
	if !p.bar {
		return
	}
	full := barWidth * done / p.total
	fmt.Fprintf(p.w, "\r\x1b[K[%s%s] %d/%d %s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, p.total, shortName(name))
}

// say tells what became of the nth thing; with a bar only where it is loud.
func (p *progress) say(n int, name, words string, loud bool) {
	switch {
	case !p.bar:
		fmt.Fprintf(p.w, "%d/%d %s: %s\n", n, p.total, name, words)
	case loud:
		fmt.Fprintf(p.w, "\r\x1b[K%s: %s\n", name, words)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// shortName keeps the end of a name, which tells files of a folder apart.
func shortName(name string) string {
	if n := utf8.RuneCountInString(name); n > nameWidth {
		return "…" + string([]rune(name)[n-nameWidth+1:])
	}
	return name
}
