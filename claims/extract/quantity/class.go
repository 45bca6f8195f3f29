package quantity

// class says what a closed-class word does beside an amount; a word may have several.
type class uint64

// The classes of amount_words.tsv, and those that other tables give.
const (
	asNumber class = 1 << iota // digits, or a word of numerals.tsv
	asOpens                    // may begin an amount
	asMoney                    // a sign or code for money
	asStop
	asLabelBefore
	asLabelAfter
	asPer
	asArticle      // an article that may count one
	asOne          // an article that is also the number one
	asBareOne      // a number word that is mostly an article
	asPronounOne   // a number word that is mostly a pronoun
	asThe          // a definite article
	asTheMany      // one in the plural
	asPartArticle  // the article of a fraction
	asDeterminer   // a word after which "one" is no number
	asDefinite     // and after which "two" counts what was named before
	asNotOne       // a word before which "one" is no number
	asAnd          // joins a whole and its half
	asWith         // joins a unit and its parts
	asOf           // joins an amount and what it counts
	asOfThe        // does so with the article in one word
	asOnly         // makes a duration with an article one that counts
	asBeforePart   // shows that an ordinal after it divides: "by a fifth"
	asDecimalPoint // a decimal mark in words
	asLater        // follows a duration
	asAnnounces
	asTimes
	asAfterHalf   // what is halved
	asAfterDouble // what is doubled
	asHalfNoun
	asPart    // the noun of a fraction
	asResumes // shows that what stood before bounds the next amount
	asIn
	asRankNoun // what is ranked
	asSuperlative
	asNoSuperlative
	asMost // makes the adjective after a noun a superlative
	asBetween
	asBetweenJoint
	asFrom
	asFromJoint
	asJoint // joins a range that no word opens
	asOr
	asNegation
	asGap            // may stand between a hedge and its number
	asBeforeMultiple // hedges "twice"
	asPlural         // a plural without its ending
	asMinus
	asListed   // joins numbers in a row
	asCopula   // says what something is: "is the fourth attack"
	asSeries   // makes an ordinal count: "third straight win"
	asOccasion // does so from the third: "for the third time"
	asBeforeOccasion
	asAgo         // before a duration, tells a time: "hace año y medio"
	asNoRank      // what an ordinal only names: "a third party"
	asTerm        // a debt, whose term in years is its name: "10-year bonds"
	asTermJoint   // joins a debt and its term: "bonos a 10 años"
	asEarlier     // after a duration, tells a time
	asRate        // says per which time: "once a week"
	asArticled    // a preposition with its article in one word
	asChange      // says that something went from one amount to another
	asNotMultiple // behind "doubled", shows that nothing is multiplied
)

// opening are the classes of words with which an amount may begin.
const opening = asArticle | asOne | asPartArticle | asHalfNoun | asBetween | asFrom

var classes = map[string]class{
	"article":            asArticle,
	"one":                asOne,
	"bare-one":           asBareOne,
	"pronoun-one":        asPronounOne,
	"the":                asThe,
	"the-many":           asTheMany,
	"part-article":       asPartArticle,
	"determiner":         asDeterminer,
	"definite":           asDefinite,
	"not-one":            asNotOne,
	"and":                asAnd,
	"with":               asWith,
	"of":                 asOf,
	"of-the":             asOfThe,
	"only":               asOnly,
	"before-part":        asBeforePart,
	"decimal-point":      asDecimalPoint,
	"later":              asLater,
	"announces-duration": asAnnounces,
	"times":              asTimes,
	"after-half":         asAfterHalf,
	"after-double":       asAfterDouble,
	"half-noun":          asHalfNoun,
	"part":               asPart,
	"resumes":            asResumes,
	"in":                 asIn,
	"rank-noun":          asRankNoun,
	"superlative":        asSuperlative,
	"no-superlative":     asNoSuperlative,
	"most":               asMost,
	"between":            asBetween,
	"between-joint":      asBetweenJoint,
	"from":               asFrom,
	"from-joint":         asFromJoint,
	"joint":              asJoint,
	"or":                 asOr,
	"negation":           asNegation,
	"gap":                asGap,
	"before-multiple":    asBeforeMultiple,
	"plural":             asPlural,
	"minus":              asMinus,
	"listed":             asListed,
	"copula":             asCopula,
	"series":             asSeries,
	"occasion":           asOccasion,
	"before-occasion":    asBeforeOccasion,
	"ago":                asAgo,
	"no-rank":            asNoRank,
	"term":               asTerm,
	"term-joint":         asTermJoint,
	"earlier":            asEarlier,
	"articled":           asArticled,
	"rate":               asRate,
	"change":             asChange,
	"not-multiple":       asNotMultiple,
}
