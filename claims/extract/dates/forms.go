package dates

// memoSize is how many cores are remembered: those that the alternatives of one
// expression read again.
const memoSize = 32

// known is what core gave for a token and lean.
type known struct {
	token int
	lean  lean
	match match
	set   bool
}

// core reads an expression without the words that open its interval.
func (r *reader) core(t int, l lean) (match, bool) {
	if t >= len(r.doc.Tokens) || r.ahead[t] >= maxReach || r.at[t].categories&catNever != 0 && r.is(t, catNever) {
		return match{}, false
	}
	k := &r.memo[(3*t+int(l)+1)%memoSize]
	if !k.set || k.token != t || k.lean != l {
		m, ok := r.longest(t, l)
		if ok {
			m = r.dayOfNamedWeek(m)
		}
		*k = known{t, l, m, true}
	}
	return k.match, k.match.next > t
}

// form is one shape of expression and the categories of the words that can begin it.
type form struct {
	begins category
	read   func(*reader, int, lean) (match, bool)
}

const (
	monthNames = catMonth | catCapmonth | catShortmonth
	directions = catThis | catLast | catNext
	seasons    = catSeason | catFallseason
)

// forms are set when the program starts, as they read one another; beginners are
// the categories that begin one, alone or behind the words that open an interval.
var (
	forms     []form
	beginners = catBetween | catSpan | catSince | catUntil | catIn | catThe | catNever
)

func init() {
	forms = []form{
		{catNumber, (*reader).numeric},
		{catNumber | monthNames, (*reader).written},
		{catNumber, (*reader).yearFirst},
		{directions | catWeekday | catShortweekday, (*reader).weekday},
		{catNext | catLast | catDayword | catNumber, (*reader).dayOfMonth},
		{monthNames, (*reader).monthDay},
		{directions | monthNames, (*reader).monthAlone},
		{catNumber | catYears | catDecade | catUnit, (*reader).decade},
		{catYearword | catNumber, (*reader).yearAlone},
		{directions | seasons, (*reader).season},
		{catDay, (*reader).dayWord},
		{catThe | catTold | catUnit, (*reader).toldUnit},
		{catHedge | catNumber | catOne, (*reader).toldCount},
		{catBound | catNumber | catOne, (*reader).reckoned},
		{catThe | directions | catUnit, (*reader).relativeUnit},
		{catThe | catUnit, (*reader).beyond},
		{catThe | catUnit, (*reader).bareUnit},
		{catThe | catLasts | catRecent | catLast | catNexts | catNext | catNumber | catSeveral | catUnit, (*reader).counted},
		{catAgo | catHence | catHedge | catNumber | catOne, (*reader).ago},
		{catLast | catNumber, (*reader).ordinalUnit},
		{catLast | catNumber, (*reader).nthDayName},
		{catSection | catNumber, (*reader).section},
		{catHoliday | catNext | catLast, (*reader).feast},
		{catThe | catUnit, (*reader).feastWeekend},
		{catThe | catEve, (*reader).eve},
		{catUnit, (*reader).weekOf},
		{catUnit, (*reader).numberedWeek},
		{catDayword | catNumber, (*reader).dayAlone},
		{catRest, (*reader).rest},
		{catThe | catLasts | catLast | catNumber | catBegins, (*reader).firstUnits},
	}
	for _, f := range forms {
		beginners |= f.begins
	}
}

// longest gives the longest of the forms that fit at token t.
func (r *reader) longest(t int, l lean) (match, bool) {
	var best match
	begins := r.at[t].categories
	for i := range forms {
		if begins&forms[i].begins == 0 {
			continue
		}
		if m, ok := forms[i].read(r, t, l); ok && m.next > best.next && !r.crosses(t, m.next) {
			best = m
			best.first = t
		}
	}
	return best, best.next > t
}

// crosses reports whether a sentence ends inside tokens [t, next).
func (r *reader) crosses(t, next int) bool {
	return r.doc.SentenceAt(t) != r.doc.SentenceAt(next-1)
}
