package sheet

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"cotejo/claims"
)

// ownMark stands in the description of workbooks that an export wrote: nothing stands
// before their texts.
const ownMark = "Cotejo export, texts as they are"

// Bounds of what a workbook may unfold to, in bytes.
const (
	maxUnzipped = 512 << 20
	maxInMemory = 16 << 20
)

// moments are the columns that hold days or times.
var moments = []string{"article_published_at", "time_from", "time_to", "as_of", "claim_made_on", "reviewed_at", "published_at", "last_changed_at"}

// IsWorkbook reports whether bytes are an archive, as workbooks are.
func IsWorkbook(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// FromWorkbook gives the sheets of a workbook that name a column claim_id as one table,
// as an export in CSV would have it. Days and times are ISO 8601, whatever they looked
// like. A refusal is a *claims.Error: sheet.workbook, sheet.no_id.
func FromWorkbook(raw []byte) (string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return "", unread(err)
	}
	defer book.Close()
	t := &bookTable{}
	if about, err := book.GetDocProps(); err == nil {
		t.own = strings.Contains(about.Description, ownMark)
	}
	t.out = csv.NewWriter(&t.text)
	for _, name := range book.GetSheetList() {
		if err := t.sheet(book, name); err != nil {
			return "", err
		}
	}
	if t.header == nil {
		return "", claims.Refuse(claims.KindInvalid, "sheet.no_id")
	}
	t.out.Flush()
	return t.text.String(), t.out.Error()
}

func unread(err error) error {
	return &claims.Error{Kind: claims.KindInvalid, Key: "sheet.workbook", Cause: err}
}

// bookTable gathers sheets with the same header.
type bookTable struct {
	text   strings.Builder
	out    *csv.Writer
	own    bool
	header []string
	rows   int
}

func (t *bookTable) sheet(book *excelize.File, name string) error {
	rows, err := book.Rows(name)
	if err != nil {
		return unread(err)
	}
	defer rows.Close()
	var header []string
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return unread(err)
		}
		if header == nil {
			if header = headerOf(cells); !slices.Contains(header, "claim_id") || t.header != nil && !slices.Equal(header, t.header) {
				return nil // notes, or somebody's own
			}
			if t.header == nil {
				t.header = header
				if err := t.out.Write(header); err != nil {
					return err
				}
			}
			continue
		}
		if t.rows++; t.rows > MaxRows {
			return bounded(t.rows)
		}
		if err := t.out.Write(t.record(cells)); err != nil {
			return err
		}
	}
	return nil
}

// headerOf leaves out empty cells at the end.
func headerOf(cells []string) []string {
	out := make([]string, 0, len(cells))
	for _, c := range cells {
		out = append(out, strings.ToLower(strings.TrimSpace(c)))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// record is a row as CSV has it; a workbook leaves out empty cells at the end.
func (t *bookTable) record(cells []string) []string {
	out := make([]string, max(len(t.header), len(cells)))
	for i, cell := range cells {
		switch {
		case i < len(t.header) && slices.Contains(moments, t.header[i]):
			out[i] = moment(cell)
		case t.own && cell != "" && strings.ContainsRune("=+-@\t\r'", rune(cell[0])) && !isNumber(cell):
			out[i] = "'" + cell
		default:
			out[i] = cell
		}
	}
	for len(out) > len(t.header) && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// moment gives a count of days as a day or time; a bare year stays one.
func moment(cell string) string {
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n < 1000 || n != n || math.IsInf(n, 0) {
		return cell
	}
	if n < 3000 && n == math.Trunc(n) {
		return cell
	}
	at, err := excelize.ExcelDateToTime(n, false)
	if err != nil {
		return cell
	}
	at = at.Round(time.Second)
	if n == math.Trunc(n) {
		return at.Format(time.DateOnly)
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}
