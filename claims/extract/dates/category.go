package dates

// category says what a phrase of the calendar table does in an expression; they
// are bits, so that a token's categories fit in one word.
type category uint64

// The categories of calendar.tsv, and number for the words of numerals.tsv.
const (
	catAgo category = 1 << iota
	catAgoafter
	catAnd
	catBetween
	catCapmonth
	catClockat
	catDay
	catDayword
	catEve
	catEvery
	catFallseason
	catFunction
	catHedge
	catHence
	catHoliday
	catIn
	catLast
	catLasts
	catMeridiem
	catMonth
	catNever
	catNext
	catNexts
	catNumber
	catOf
	catOne
	catOr
	catPart
	catRecent
	catRolling
	catSeason
	catSection
	catTold
	catHalf
	catToldafter
	catCurrent
	catSeveral
	catShortmonth
	catSince
	catBare
	catBound
	catSpan
	catThe
	catThis
	catTo
	catUnit
	catUntil
	catWeekday
	catYears
	catYearword
	catOrigin
	catBeforehand
	catThrough
	catThisafter
	catInlast
	catPast
	catClockpart
	catOnday
	catNow
	catRest
	catOnwards
	catDecade
	catBegins
	catShortweekday
)

var categories = map[string]category{
	"ago":          catAgo,
	"agoafter":     catAgoafter,
	"and":          catAnd,
	"between":      catBetween,
	"capmonth":     catCapmonth,
	"clockat":      catClockat,
	"day":          catDay,
	"dayword":      catDayword,
	"eve":          catEve,
	"every":        catEvery,
	"fallseason":   catFallseason,
	"function":     catFunction,
	"hedge":        catHedge,
	"hence":        catHence,
	"holiday":      catHoliday,
	"in":           catIn,
	"last":         catLast,
	"lasts":        catLasts,
	"meridiem":     catMeridiem,
	"month":        catMonth,
	"never":        catNever,
	"next":         catNext,
	"nexts":        catNexts,
	"number":       catNumber,
	"of":           catOf,
	"one":          catOne,
	"or":           catOr,
	"part":         catPart,
	"recent":       catRecent,
	"rolling":      catRolling,
	"season":       catSeason,
	"section":      catSection,
	"half":         catHalf,
	"told":         catTold,
	"toldafter":    catToldafter,
	"current":      catCurrent,
	"several":      catSeveral,
	"shortmonth":   catShortmonth,
	"since":        catSince,
	"bound":        catBound,
	"bare":         catBare,
	"span":         catSpan,
	"the":          catThe,
	"this":         catThis,
	"to":           catTo,
	"unit":         catUnit,
	"until":        catUntil,
	"weekday":      catWeekday,
	"years":        catYears,
	"yearword":     catYearword,
	"origin":       catOrigin,
	"beforehand":   catBeforehand,
	"through":      catThrough,
	"thisafter":    catThisafter,
	"inlast":       catInlast,
	"past":         catPast,
	"clockpart":    catClockpart,
	"onday":        catOnday,
	"now":          catNow,
	"rest":         catRest,
	"onwards":      catOnwards,
	"decade":       catDecade,
	"begins":       catBegins,
	"shortweekday": catShortweekday,
}
