package export

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/text"
)

// ShortClaim is how many code points a claimReviewed should have at most, so that
// readers of the markup show it whole.
const ShortClaim = 75

// Rule is one thing that readers of ClaimReview ask of it.
type Rule string

// The rules. Those of adviceRules are recommended; every other is asked for.
const (
	RuleClaimed        Rule = "claimed"         // claimReviewed is there
	RuleShort          Rule = "short"           // and no longer than ShortClaim; Args: its length, the bound
	RuleNoRating       Rule = "no_rating"       // and does not give the verdict away; Args: the verdict's word
	RuleURL            Rule = "url"             // absolute, the claim's page on this host; Args: the address
	RuleAuthor         Rule = "author"          // the newsroom has a name
	RuleAuthorURL      Rule = "author_url"      // and a home page
	RuleRatingWord     Rule = "rating_word"     // alternateName
	RuleRatingNumber   Rule = "rating_number"   // within its bounds, of which none is below 1; Args: value, worst, best
	RuleAttribution    Rule = "attribution"     // ratingExplanation says what the attribution verdict says
	RuleClaimant       Rule = "claimant"        // whoever made the claim has a name
	RuleClaimantType   Rule = "claimant_type"   // and is known to be a person or an organization; Args: the name
	RuleClaimantSameAs Rule = "claimant_sameas" // and can be told from others of that name; Args: the name
	RuleMadeOn         Rule = "made_on"         // the day the claim was made, not after it was reported or checked; Args: the day
	RuleAppearance     Rule = "appearance"      // the article's address
	RuleDates          Rule = "dates"           // datePublished, and dateModified not before it
	RuleLanguage       Rule = "language"
	RuleTrust          Rule = "trust" // the newsroom says by which rules it works; Args: what is missing
)

// Rules lists every rule in the order in which they are told.
var Rules = []Rule{
	RuleClaimed, RuleShort, RuleNoRating, RuleURL, RuleRatingWord, RuleRatingNumber, RuleAttribution, RuleClaimant, RuleClaimantType,
	RuleClaimantSameAs, RuleMadeOn, RuleAppearance, RuleDates, RuleLanguage, RuleAuthor, RuleAuthorURL, RuleTrust,
}

// adviceRules are those that may stay broken where a setting makes the others
// block: nobody who checks a claim can always mend them.
var adviceRules = []Rule{RuleAuthorURL, RuleClaimantType, RuleClaimantSameAs, RuleAppearance, RuleTrust}

// Advice reports whether a rule is recommended only.
func (r Rule) Advice() bool { return slices.Contains(adviceRules, r) }

// Finding says how a document stands to a rule. Args fill its sentence.
type Finding struct {
	Rule Rule
	Kept bool
	Args []any
}

// Lint holds the ClaimReview of a publication to every rule. Base is what the
// links of this desk begin with.
func Lint(d Document, base *url.URL) []Finding {
	out := make([]Finding, 0, len(Rules))
	for _, rule := range Rules {
		kept, args := lints[rule](d, base)
		out = append(out, Finding{rule, kept, args})
	}
	return out
}

// Broken lists the rules that are not kept and more than advice.
func Broken(all []Finding) []Finding {
	var out []Finding
	for _, f := range all {
		if !f.Kept && !f.Rule.Advice() {
			out = append(out, f)
		}
	}
	return out
}

// lints are the checks, by their rule.
var lints = map[Rule]func(Document, *url.URL) (kept bool, args []any){
	RuleClaimed: func(d Document, _ *url.URL) (bool, []any) {
		return strings.TrimSpace(d.ClaimReview.ClaimReviewed) != "", nil
	},
	RuleShort: func(d Document, _ *url.URL) (bool, []any) {
		n := utf8.RuneCountInString(d.ClaimReview.ClaimReviewed)
		return n <= ShortClaim, []any{n, ShortClaim}
	},
	RuleNoRating: func(d Document, _ *url.URL) (bool, []any) {
		word := d.ClaimReview.ReviewRating.AlternateName
		return !says(d.ClaimReview.ClaimReviewed, word), []any{word}
	},
	RuleURL: func(d Document, base *url.URL) (bool, []any) {
		want := base.JoinPath("c", d.ID).String()
		return absolute(d.ClaimReview.URL) && d.ClaimReview.URL == want, []any{d.ClaimReview.URL}
	},
	RuleAuthor:       func(d Document, _ *url.URL) (bool, []any) { return d.ClaimReview.Author.Name != "", nil },
	RuleAuthorURL:    func(d Document, _ *url.URL) (bool, []any) { return absolute(d.ClaimReview.Author.URL), nil },
	RuleRatingWord:   func(d Document, _ *url.URL) (bool, []any) { return d.ClaimReview.ReviewRating.AlternateName != "", nil },
	RuleRatingNumber: lintNumber,
	RuleAttribution: func(d Document, _ *url.URL) (bool, []any) {
		return d.Verdict.Attribution == nil || d.ClaimReview.ReviewRating.RatingExplanation != "", nil
	},
	RuleClaimant: func(d Document, _ *url.URL) (bool, []any) {
		all := d.ClaimReview.ItemReviewed.Author
		return len(all) > 0 && !slices.ContainsFunc(all, func(a Agent) bool { return a.Name == "" }), nil
	},
	RuleClaimantType:   lintType,
	RuleClaimantSameAs: lintSameAs,
	RuleMadeOn:         lintMadeOn,
	RuleAppearance: func(d Document, _ *url.URL) (bool, []any) {
		return absolute(d.ClaimReview.ItemReviewed.Appearance), nil
	},
	RuleDates:    lintDates,
	RuleLanguage: func(d Document, _ *url.URL) (bool, []any) { return d.ClaimReview.InLanguage != "", nil },
	RuleTrust:    lintTrust,
}

// says reports whether a text has a word or words of another in it, in whatever
// case and accents.
func says(s, words string) bool {
	needle := text.Words(text.Fold(words))
	all := text.Words(text.Fold(s))
	for i := 0; len(needle) > 0 && i+len(needle) <= len(all); i++ {
		if slices.Equal(all[i:i+len(needle)], needle) {
			return true
		}
	}
	return false
}

func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// lintNumber: a step without a number carries none, and one with a number all three.
func lintNumber(d Document, _ *url.URL) (bool, []any) {
	r := d.ClaimReview.ReviewRating
	if d.Verdict.Content.Number == nil {
		return r.RatingValue == nil && r.BestRating == nil && r.WorstRating == nil, nil
	}
	if r.RatingValue == nil || r.BestRating == nil || r.WorstRating == nil {
		return false, []any{*d.Verdict.Content.Number}
	}
	value, worst, best := *r.RatingValue, *r.WorstRating, *r.BestRating
	return worst >= 1 && worst <= value && value <= best && worst < best, []any{value, worst, best}
}

func lintType(d Document, _ *url.URL) (bool, []any) {
	for _, a := range d.Claim.Attributions {
		for _, l := range a.Sources {
			if l.Kind == claims.KindUnknown || l.Kind == "" {
				return false, []any{linkName(l)}
			}
		}
	}
	return true, nil
}

func lintSameAs(d Document, _ *url.URL) (bool, []any) {
	for _, a := range d.ClaimReview.ItemReviewed.Author {
		if len(a.SameAs) == 0 {
			return false, []any{a.Name}
		}
	}
	return true, nil
}

// lintMadeOn: nobody reports a claim before it is made. It may be left out.
func lintMadeOn(d Document, _ *url.URL) (bool, []any) {
	made := d.ClaimReview.ItemReviewed.DatePublished
	if made == "" {
		return true, nil
	}
	late := made > d.FirstAt.Format(time.DateOnly) || d.Article.Published != nil && made > string(*d.Article.Published)
	return !late, []any{made}
}

func lintDates(d Document, _ *url.URL) (bool, []any) {
	first, err := time.Parse(time.RFC3339, d.ClaimReview.DatePublished)
	if err != nil || d.ClaimReview.DateModified == "" {
		return err == nil && d.Version <= 1, nil
	}
	last, err := time.Parse(time.RFC3339, d.ClaimReview.DateModified)
	return err == nil && !last.Before(first), nil
}

// lintTrust asks for what shows readers of the markup who stands behind it.
func lintTrust(d Document, _ *url.URL) (bool, []any) {
	t := d.ClaimReview.Author.Trust
	if t == nil {
		t = &Trust{}
	}
	var missing []string
	for _, own := range []struct {
		name  string
		there bool
	}{
		{"publishingPrinciples", t.PublishingPrinciples != ""}, {"correctionsPolicy", t.CorrectionsPolicy != ""},
		{"ownershipFundingInfo", t.OwnershipFundingInfo != ""}, {"logo", t.Logo != ""}, {"contactPoint", t.ContactPoint != nil},
		{"sameAs", len(d.ClaimReview.Author.SameAs) > 0},
	} {
		if !own.there {
			missing = append(missing, own.name)
		}
	}
	return missing == nil, []any{strings.Join(missing, ", ")}
}
