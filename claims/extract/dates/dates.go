// Package dates finds calendar expressions, absolute ("el 7 de febrero"),
// partial ("en 2019") and relative ("desde el otoño pasado"), and resolves them
// to intervals against the article's date.
package dates

import (
	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// Find gives the calendar expressions of a document in text order, none inside
// another. Without a full published date relative ones are found but stay
// unresolved (From and To nil): they are never read against today.
func Find(doc *segment.Document, published *claims.Date) []claims.Time {
	c := calendarFor(doc.Lang)
	if c == nil {
		return nil
	}
	r := newReader(doc, c, newClock(published))
	var found []claims.Time
	r.ahead = r.anchors()
	for t := 0; t < len(doc.Tokens); {
		if r.ahead[t] >= maxReach || r.at[t].categories&beginners == 0 {
			t++
			continue
		}
		m, ok := r.expression(t)
		if !ok || !m.when.writable() {
			t = max(t+1, m.next) // past words that only look like a date: "la mañana"
			continue
		}
		if r.sameAgain(m) {
			if r.text(m.first-1) == "(" && r.text(m.next) == ")" {
				m.next++
			}
			last := &found[len(found)-1]
			last.Span.End = doc.Covering(m.first, m.next).End
			last.Text = doc.Slice(last.Span)
			r.seen[len(r.seen)-1].next, t = m.next, m.next
			continue
		}
		span := doc.Covering(m.first, m.next)
		time := claims.Time{Text: doc.Slice(span), Span: span}
		if !m.when.unknown {
			if m.when.from != nil {
				time.From = m.when.from.date()
			}
			if m.when.to != nil {
				time.To = m.when.to.date()
			}
		}
		found = append(found, time)
		r.seen = append(r.seen, seen{m.next, m.when})
		t = m.next
	}
	return found
}

// sameAgain reports whether an expression says in other words what the one right
// before it says: "mañana sábado", "Sunday night (March 4)".
func (r *reader) sameAgain(m match) bool {
	if len(r.seen) == 0 || m.when.unknown {
		return false
	}
	last := r.seen[len(r.seen)-1]
	between := m.first - last.next
	if between > 1 || between == 1 && r.text(last.next) != "," && r.text(last.next) != "(" {
		return false
	}
	return !last.when.unknown && last.when.equal(m.when)
}
