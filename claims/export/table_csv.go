package export

import (
	"bufio"
	"io"
	"strings"
)

// csvTable writes rows under a fixed header: UTF-8, RFC 4180, CRLF. The standard
// library's writer would also turn the ends of lines inside cells into CRLF.
type csvTable struct {
	out     *bufio.Writer
	columns []Column
	raw     bool
	err     error
}

func newCSV(w io.Writer, p Profile, o Options) (*csvTable, error) {
	t := &csvTable{out: bufio.NewWriter(w), columns: p.Columns, raw: o.Raw}
	if o.BOM {
		t.put("\ufeff")
	}
	for i, c := range p.Columns {
		t.cell(i, c.Name)
	}
	t.put("\r\n")
	return t, t.err
}

func (t *csvTable) row(cells cells) error {
	for i, c := range t.columns {
		value := cells[c.Name].value
		if c.Type.text() && !t.raw {
			value = defuse(value)
		}
		t.cell(i, value)
	}
	t.put("\r\n")
	return t.err
}

var quoter = strings.NewReplacer(`"`, `""`)

// cell quotes what a reader could take apart, or trim.
func (t *csvTable) cell(i int, s string) {
	if i > 0 {
		t.put(",")
	}
	if !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s && !strings.HasPrefix(s, "\ufeff") {
		t.put(s)
		return
	}
	t.put(`"` + quoter.Replace(s) + `"`)
}

func (t *csvTable) put(s string) {
	if t.err == nil {
		_, t.err = t.out.WriteString(s)
	}
}

func (t *csvTable) Close() error {
	if t.err != nil {
		return t.err
	}
	return t.out.Flush()
}

// defuse keeps a spreadsheet from running a text cell; what begins with an
// apostrophe gets one more, so that taking one away gives the text back.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}
