package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// lines writes an object a line that has every column, in order: numbers as numbers,
// lists as arrays, null where there is nothing.
type lines struct {
	out     *bufio.Writer
	columns []Column
	names   [][]byte // quoted, with the colon
	buf     bytes.Buffer
	json    *json.Encoder // into buf
}

func newLines(w io.Writer, p Profile) *lines {
	l := &lines{out: bufio.NewWriter(w), columns: p.Columns}
	l.json = json.NewEncoder(&l.buf)
	l.json.SetEscapeHTML(false)
	for _, c := range p.Columns {
		name, _ := json.Marshal(c.Name)
		l.names = append(l.names, append(name, ':'))
	}
	return l
}

func (l *lines) row(cells cells) error {
	l.buf.Reset()
	for i, c := range l.columns {
		if i == 0 {
			l.buf.WriteByte('{')
		} else {
			l.buf.WriteByte(',')
		}
		l.buf.Write(l.names[i])
		if err := l.value(c.Type, cells[c.Name]); err != nil {
			return err
		}
	}
	l.buf.WriteString("}\n")
	_, err := l.out.Write(l.buf.Bytes())
	return err
}

func (l *lines) value(t Type, c cell) error {
	switch {
	case t == List || t == URLs:
		if c.value == "" {
			l.buf.WriteString("[]")
			return nil
		}
		return l.encode(c.items)
	case c.value == "":
		l.buf.WriteString("null")
	case t == Integer || t == Decimal || t == Boolean:
		l.buf.WriteString(c.value)
	default:
		return l.encode(c.value)
	}
	return nil
}

// encode writes without the end of line that the encoder puts after each value.
func (l *lines) encode(v any) error {
	if err := l.json.Encode(v); err != nil {
		return err
	}
	l.buf.Truncate(l.buf.Len() - 1)
	return nil
}

func (l *lines) Close() error { return l.out.Flush() }
