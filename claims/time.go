package claims

import (
	"regexp"
	"time"
)

// Date is a calendar date as precise as its words: "2025", "2025-09", "2025-09-28".
type Date string

var dateShape = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// ParseDate reads a full or partial ISO 8601 calendar date and refuses days
// that do not exist. Field names the form field in the error.
func ParseDate(field, s string) (Date, error) {
	if !dateShape.MatchString(s) {
		return "", Invalid(field, "date.malformed", s)
	}
	if len(s) == len("2006-01-02") {
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return "", Invalid(field, "date.impossible", s)
		}
	}
	return Date(s), nil
}

// Day returns the date as midnight UTC; false where it is less precise than a day.
func (d Date) Day() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
}

// Time is a calendar expression resolved to an interval; an open or unknown
// side is nil.
type Time struct {
	Text string `json:"text"`
	Span
	From *Date `json:"from"`
	To   *Date `json:"to"`
}
