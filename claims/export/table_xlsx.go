package export

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Limits of workbooks, as Excel has them.
const (
	bookRows  = excelize.TotalRows      // of a sheet, the header among them
	bookChars = excelize.TotalCellChars // of a cell, in UTF-16 units
	bookBytes = 3 << 30                 // of a sheet's XML, as far as ZIP64 is not needed
)

// CutMark ends a cell that a workbook cannot hold whole; an import passes over such cells.
const CutMark = " […✂ 32767]"

// BookMark stands in the description of a workbook that this program wrote: its texts
// have no apostrophe before them.
const BookMark = "Cotejo export, texts as they are"

// firstBookDay is where Excel's and everybody's count of days agree.
var firstBookDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

// book writes a workbook: a sheet, further ones where its rows do not suffice, and one
// with notes where cells had to be cut. Its rows wait in temporary files, not in memory.
type book struct {
	w       io.Writer
	profile Profile
	file    *excelize.File
	sheet   *excelize.StreamWriter
	sheets  int
	rows    int   // of the sheet, the header among them
	size    int64 // of the sheet, about
	most    int   // rows of a sheet
	day     int   // styles
	instant int
	head    int
	values  []any
	notes   [][]any
}

func newBook(w io.Writer, p Profile) (*book, error) {
	b := &book{w: w, profile: p, file: excelize.NewFile(), most: bookRows, values: make([]any, len(p.Columns))}
	if err := b.begin(); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

func (b *book) begin() (err error) {
	for _, style := range []struct {
		to *int
		of excelize.Style
	}{
		{&b.day, excelize.Style{CustomNumFmt: format("yyyy-mm-dd")}},
		{&b.instant, excelize.Style{CustomNumFmt: format("yyyy-mm-dd hh:mm:ss")}},
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true}}},
	} {
		if *style.to, err = b.file.NewStyle(&style.of); err != nil {
			return err
		}
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: b.profile.Name, Description: BookMark, Creator: "Cotejo", Created: "2026-01-01T00:00:00Z", Modified: "2026-01-01T00:00:00Z"}); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", b.profile.Name); err != nil {
		return err
	}
	return b.open(b.profile.Name)
}

func format(s string) *string { return &s }

// open begins the next sheet with its header.
func (b *book) open(name string) (err error) {
	if b.sheet, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	b.sheets, b.rows, b.size = b.sheets+1, 0, 0
	if err := b.sheet.SetColWidth(1, len(b.profile.Columns), 18); err != nil {
		return err
	}
	if err := b.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, c := range b.profile.Columns {
		b.values[i] = excelize.Cell{StyleID: b.head, Value: c.Name}
	}
	return b.put()
}

func (b *book) put() error {
	b.rows++
	return b.sheet.SetRow("A"+strconv.Itoa(b.rows), b.values)
}

func (b *book) row(cells cells) error {
	if b.rows == b.most || b.size > bookBytes {
		if err := b.sheet.Flush(); err != nil {
			return err
		}
		name := fmt.Sprintf("%s %d", b.profile.Name, b.sheets+1)
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
		if err := b.open(name); err != nil {
			return err
		}
	}
	for i, c := range b.profile.Columns {
		value := cells[c.Name].value
		b.size += int64(len(value)) + 50
		b.values[i] = b.typed(c, value)
	}
	return b.put()
}

// typed gives a value the type that it has in a workbook; texts stay texts, whatever
// they begin with.
func (b *book) typed(c Column, value string) any {
	if value == "" {
		return nil
	}
	switch c.Type {
	case Integer:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return n
		}
	case Decimal:
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			return n
		}
	case Boolean:
		return value == "true"
	case Day:
		if t, err := time.Parse(time.DateOnly, value); err == nil && !t.Before(firstBookDay) {
			return excelize.Cell{StyleID: b.day, Value: t}
		}
	case Instant:
		if t, err := time.Parse(time.RFC3339, value); err == nil && !t.Before(firstBookDay) {
			return excelize.Cell{StyleID: b.instant, Value: t}
		}
	}
	short, whole := cutCell(value)
	if !whole {
		b.note(c.Name, value)
	}
	return short
}

// cutCell shortens what a cell cannot hold, in whole letters, and marks it.
func cutCell(s string) (short string, whole bool) {
	if len(s) <= bookChars || units(s) <= bookChars {
		return s, true
	}
	room, at := bookChars-units(CutMark), 0
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			at = i
			break
		}
	}
	return s[:at] + CutMark, false
}

// units counts UTF-16 units, as spreadsheets do.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// mostNotes bounds how many cut cells are told of one by one.
const mostNotes = 1000

func (b *book) note(column, value string) {
	if len(b.notes) < mostNotes {
		b.notes = append(b.notes, []any{fmt.Sprintf("%s %d", b.profile.Name, b.sheets), b.rows + 1, column, utf8.RuneCountInString(value)})
	}
}

// putNotes says which cells are not whole.
func (b *book) putNotes() error {
	if len(b.notes) == 0 {
		return nil
	}
	if _, err := b.file.NewSheet("notes"); err != nil {
		return err
	}
	rows := append([][]any{{"sheet", "row", "column", "characters"}}, b.notes...)
	for i, row := range rows {
		if err := b.file.SetSheetRow("notes", "A"+strconv.Itoa(i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the workbook and takes the temporary files away.
func (b *book) Close() error {
	return errors.Join(b.write(), b.file.Close())
}

func (b *book) write() error {
	if err := b.sheet.Flush(); err != nil {
		return err
	}
	if err := b.putNotes(); err != nil {
		return err
	}
	// The library gathers the whole archive in memory; ours goes straight to w.
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(b.w) })
	return b.file.Write(io.Discard)
}

// BookText is a text as a workbook gives it back: what XML cannot hold is replaced, and
// lines end as XML has them.
func BookText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}
