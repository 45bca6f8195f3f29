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
	catEarly
	catEve
	catEvery
	catFallseason
	catFirsthalf
	catFunction
	catHedge
	catHence
	catHencefuture
	catHoliday
	catIn
	catLast
	catLasts
	catLate
	catMeridiem
	catMid
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
	catSecondhalf
	catSeveral
	catShortmonth
	catSince
	catSinceago
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
	"early":        catEarly,
	"eve":          catEve,
	"every":        catEvery,
	"fallseason":   catFallseason,
	"firsthalf":    catFirsthalf,
	"function":     catFunction,
	"hedge":        catHedge,
	"hence":        catHence,
	"hencefuture":  catHencefuture,
	"holiday":      catHoliday,
	"in":           catIn,
	"last":         catLast,
	"lasts":        catLasts,
	"late":         catLate,
	"meridiem":     catMeridiem,
	"mid":          catMid,
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
	"secondhalf":   catSecondhalf,
	"several":      catSeveral,
	"shortmonth":   catShortmonth,
	"since":        catSince,
	"sinceago":     catSinceago,
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
