package workflow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/sheet"
)

// sameCell reports whether a cell still says what the desk has, however a spreadsheet
// wrote it down.
func sameCell(c export.Column, cell, now string) bool {
	if strings.HasSuffix(cell, export.CutMark) {
		return true
	}
	for _, text := range []string{cell, sheet.Plain(cell)} {
		if clean(text) == clean(now) || clean(text) == clean(export.BookText(now)) {
			return true
		}
	}
	cell = sheet.Plain(cell)
	switch c.Type {
	case export.Day, export.Instant:
		return now != "" && slices.Contains(daysIn(cell), dayOf(now))
	case export.Integer, export.Decimal:
		return sameNumber(plainNumber(cell), now)
	case export.Text:
		_, edits := rowEdits[c.Name]
		return !edits && sameNumber(cell, now) // words that a spreadsheet took for a number, in a cell that stays anyway
	case export.List:
		one, other := sheet.Cells{"x": cell}, sheet.Cells{"x": now}
		if c.Name == "sources" {
			one, other = sheet.Cells{"sources": cell}, sheet.Cells{"sources": now}
			return slices.Equal(one.Sources(), other.Sources())
		}
		return slices.Equal(one.List("x"), other.List("x"))
	}
	return false
}

func sameNumber(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// readCell gives a cell as the desk takes it: dates in ISO 8601 where there is one way to
// read them, numbers with a decimal point.
func readCell(c export.Column, cell string) string {
	cell = clean(sheet.Plain(cell))
	switch c.Type {
	case export.Day:
		if days := daysIn(cell); len(days) == 1 {
			return days[0]
		}
	case export.Decimal:
		return plainNumber(cell)
	}
	return cell
}

var (
	isoDay   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?Z?)?$`)
	isoAt    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(?::\d{2})?Z?$`)
	localDay = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: +\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)?$`)
)

// daysIn lists the days that a cell can mean, in ISO 8601: with day first, with month
// first, or the one that it says.
func daysIn(cell string) []string {
	cell = strings.TrimSpace(cell)
	for _, shape := range []*regexp.Regexp{isoDay, isoAt} {
		if m := shape.FindStringSubmatch(cell); m != nil {
			return []string{m[1]}
		}
	}
	m := localDay.FindStringSubmatch(cell)
	if m == nil {
		return nil
	}
	year := m[3]
	if len(year) == 2 {
		year = "20" + year
	}
	var out []string
	for _, md := range [][2]string{{m[2], m[1]}, {m[1], m[2]}} {
		day, err := time.Parse("2006-1-2", year+"-"+md[0]+"-"+md[1])
		if iso := day.Format(time.DateOnly); err == nil && !slices.Contains(out, iso) {
			out = append(out, iso)
		}
	}
	return out
}

func dayOf(s string) string {
	if len(s) > len(time.DateOnly) {
		return s[:len(time.DateOnly)]
	}
	return s
}

// plainNumber gives a number a decimal point: of two signs the last one is meant, and a
// comma alone.
func plainNumber(s string) string {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(s))
	comma, dot := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma > dot && dot >= 0:
		return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case comma >= 0 && dot > comma:
		return strings.ReplaceAll(s, ",", "")
	case comma >= 0 && strings.Count(s, ",") == 1:
		return strings.ReplaceAll(s, ",", ".")
	}
	return s
}

// followsOthers reports whether a cell only words what another one says: the label of a
// verdict in another language.
func followsOthers(column, cell string, scales map[int64]claims.Scale) bool {
	if column != "verdict_label" {
		return false
	}
	for _, s := range scales {
		for _, step := range s.Content {
			for _, label := range step.Labels {
				if label == strings.TrimSpace(sheet.Plain(cell)) {
					return true
				}
			}
		}
	}
	return false
}
