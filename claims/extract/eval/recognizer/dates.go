package recognizer

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// dateFiles are those with calendar dates; clock times alone and recurrences are no times of a
// claim, and durations are its quantities.
var dateFiles = []string{"DateTimeModel.json", "DateParser.json", "DatePeriodParser.json", "HolidayParser.json"}

const (
	units   = `(business days?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|d[ií]as?|semanas?|meses|mes|a[ñn]os?|d[eé]cadas?|decenios?)`
	plurals = `(business days|d[ií]as (hábiles|laborables|de trabajo)|days|weeks|weekends|months|quarters|years|decades|d[ií]as|semanas|meses|a[ñn]os|d[eé]cadas|decenios)`
	count   = `(\d+|an?|one|two|three|four|five|ten|twenty|thirty|forty|couple( of)?|few|several|un[oa]?|dos|tres|cuatro|cinco|diez|par de|algun[oa]s)`
	years   = `(\d{4}|years?|a[ñn]o|d[eé]cada|decade)`
)

// datesOutside are the groups of cases that the annotation guidelines read otherwise or
// leave out, each by a rule of theirs; docs/recognizers.md gives the same table.
var datesOutside = []struct {
	name, reason string
	input        *regexp.Regexp
}{
	{"units ago", "N years ago is that year, N months ago that month, not one day", regexp.MustCompile(`(?i)` + units + `,? (\d+ \w+ )?(ago|back|atrás)|\bhace\b`)},
	{"units ahead", "a point is as precise as its words: in two months is a month, not one day", regexp.MustCompile(`(?i)\b(in|within|dentro de|en)( los| las| the| next| próximos| less than| more than| menos de| más de)* ` + count + ` ` + units)},
	{"months and years from a day", "the same: two months after Friday is a month", regexp.MustCompile(`(?i)` + count + ` (months?|meses) (from|after|before|después)`)},
	{"of an event that is not told", "times resolve against the article's date; some cases mark these as undefined themselves", regexp.MustCompile(`(?i)\b((the same|el mismo|la misma) ` + units + ` (that|en que|que) |(that|ese|aquel) (weekend|fin de semana))`)},
	{"last and next N", "the last N days run from N days before to the article's date, which the cases leave out", regexp.MustCompile(`(?i)(^|\PL)(last|past|previous|next|coming|upcoming|few|[uú]ltim[oa]s|pasad[oa]s|pr[oó]xim[oa]s|siguientes|anteriores)( ` + count + `)* ?(` + plurals + `|` + count + ` ?` + units + `)|` + count + ` (last|past|previous|next|upcoming|pr[oó]xim[oa]s|últim[oa]s) ` + plurals + `|` + plurals + ` (siguientes|anteriores|próxim[oa]s|pasad[oa]s)|últim[oa] (d[ií]a|año|decenio)`)},
	{"borders of early and late in a year", "the annotation reads the end of a year as its last quarter, the cases as its last four or six months", regexp.MustCompile(`(?i)\b(early|late|beginning of|start of|end of|(principio|inicio|comienzo|finale|fine)s? (de|del)|final (de|del)|fin de(l)?|últimos de)( the| this| next| last| el| este| los)* ` + years)},
}

// isOutside tells also what the case itself marks as hanging on an event that it does not tell.
func (c dateCase) isOutside() bool {
	for _, o := range datesOutside {
		if o.input.MatchString(c.Input) {
			return true
		}
	}
	for _, r := range c.Results {
		for _, v := range r.Resolution.Values {
			if v.Mod == "ref_undef" {
				return true
			}
		}
	}
	return false
}

type dateCase struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Type, TypeName string
		Start          int
		Resolution     struct{ Values []resolution }
		Value          struct{ FutureResolution, PastResolution resolution }
	}
}

// resolution is one acceptable reading; the end of a range is the day after it.
type resolution struct{ Value, Start, End, Date, StartDate, EndDate, Mod string }

// Dates counts the cases of one file that find passes in a language: every
// expected date stands at its place. Finding nothing passes none.
func Dates(file, code string, find func(*segment.Document, *claims.Date) []claims.Time, notes Notes) (Share, error) {
	var cases []dateCase
	if err := read(file, &cases); err != nil {
		return Share{}, err
	}
	var s Share
	for _, c := range cases {
		reference, _, _ := strings.Cut(c.Context.ReferenceDateTime, "T")
		published, err := claims.ParseDate("date", reference)
		if err != nil || !c.onlyDates() {
			continue
		}
		if c.isOutside() {
			s.Outside++
			notes.leftOut("outside: %s %q want %s", published, c.Input, c.wanted())
			continue
		}
		s.All++
		if found := find(segment.Split(c.Input, code), &published); c.passes(found) {
			s.Passed++
		} else {
			notes.missed("%s %q want %s, got %s", published, c.Input, c.wanted(), written(found))
		}
	}
	return s, nil
}

// noDay is how the cases write that a day of the calendar does not exist.
const noDay = "0001-01-01"

// onlyDates tells the cases that ask for calendar dates and nothing else.
func (c dateCase) onlyDates() bool {
	for _, r := range c.Results {
		kind := strings.TrimPrefix(r.Type+r.TypeName, "datetimeV2.")
		future := r.Value.FutureResolution
		values := r.Resolution.Values
		day := future.Date
		if day == noDay {
			return false
		}
		dated := day+future.StartDate+future.EndDate != "" || len(values) > 0 && values[0].Value != "not resolved"
		if kind != "date" && kind != "daterange" || !dated {
			return false
		}
	}
	return len(c.Results) > 0
}

func (c dateCase) passes(found []claims.Time) bool {
	if len(found) != len(c.Results) {
		return c.passesAsRange(found)
	}
	for i := range c.Results {
		if !c.resultAgrees(i, found[i]) {
			return false
		}
	}
	return true
}

// passesAsRange reports whether two expected days are the ends of the one range
// found: "18 and 19 June" is one expression here.
func (c dateCase) passesAsRange(found []claims.Time) bool {
	if len(found) != 1 || len(c.Results) != 2 {
		return false
	}
	from, to := found[0], found[0]
	from.To, to.From = from.From, to.To
	return c.resultAgrees(0, from) && c.resultAgrees(1, to)
}

func (c dateCase) resultAgrees(i int, found claims.Time) bool {
	r := c.Results[i]
	for _, want := range append(r.Resolution.Values, r.Value.FutureResolution, r.Value.PastResolution) {
		if want.agrees(found) {
			return true
		}
	}
	return false
}

// wanted and written show for a miss what was asked and what was found.
func (c dateCase) wanted() string {
	var b strings.Builder
	for _, r := range c.Results {
		for _, w := range append(r.Resolution.Values, r.Value.FutureResolution, r.Value.PastResolution) {
			if w != (resolution{}) {
				fmt.Fprintf(&b, "%s%s[%s%s..%s%s %s] ", w.Value, w.Date, w.Start, w.StartDate, w.End, w.EndDate, w.Mod)
			}
		}
		b.WriteString("; ")
	}
	return b.String()
}

func written(found []claims.Time) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "%q %s..%s ", f.Text, first(f.From), last(f.To))
	}
	return b.String()
}

func (want resolution) agrees(got claims.Time) bool {
	if day := want.Value + want.Date; day != "" {
		return first(got.From) == day && last(got.To) == day
	}
	start, end := want.Start+want.StartDate, want.End+want.EndDate
	if start == "" && end == "" {
		return false
	}
	if t, err := time.Parse(time.DateOnly, end); err == nil {
		end = t.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	if namesUnit(got, want.End+want.EndDate) && first(got.From) == start {
		return true
	}
	if want.Mod == "after" && got.From != nil && got.To == nil {
		return start == string(*got.From) || dayAfter(last(got.From)) == start // the border is named here by the period before it
	}
	// where the words name the range's end, it ends at that unit's beginning there
	return first(got.From) == start && (last(got.To) == end || first(got.To) == want.End+want.EndDate)
}

var (
	weekNamed    = regexp.MustCompile(`(?i)week|semana`)
	quarterNamed = regexp.MustCompile(`(?i)quarter|trimestre|[qt][1-4]`)
)

// namesUnit reports whether a range's last week or quarter begins where the
// case lets the range end: "from week 31 to week 35".
func namesUnit(got claims.Time, end string) bool {
	t, err := time.Parse(time.DateOnly, end)
	if err != nil {
		return false
	}
	return weekNamed.MatchString(got.Text) && last(got.To) == t.AddDate(0, 0, 6).Format(time.DateOnly) ||
		quarterNamed.MatchString(got.Text) && last(got.To) == t.AddDate(0, 3, -1).Format(time.DateOnly)
}

// dayAfter gives the day after a date.
func dayAfter(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "malformed"
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

// first gives the first day of a date, last its last one.
func first(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d) + "-01-01"[min(len("-01-01"), len(*d)-len("2006")):]
}

func last(d *claims.Date) string {
	if d == nil {
		return ""
	}
	switch len(*d) {
	case len("2006"):
		return string(*d) + "-12-31"
	case len("2006-01"):
		t, err := time.Parse("2006-01", string(*d))
		if err != nil {
			return "malformed"
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return string(*d)
}
