package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// claimsPath is the address of the list of claims under a filter.
func claimsPath(f ClaimFilter) string {
	q := url.Values{}
	for key, value := range map[string]string{
		"state": f.State, "article": f.Article, "source": f.Source, "verdict": f.Verdict, "assignee": f.Assignee,
		"q": f.Query, "language": f.Language, "tag": f.Tag, "order": f.Order, "from": f.From, "to": f.To, "worth": f.Worth,
		"evidence": f.Evidence, "changed": f.Changed, "orphan": f.Orphan, "pending": f.Pending, "waiting": f.Waiting, "needs": f.Needs,
	} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if len(q) == 0 {
		return "/claims"
	}
	return "/claims?" + q.Encode()
}

// rowTitle is how a page calls the article of a claim.
func rowTitle(w *i18n.Words, row claims.ClaimRow) string {
	return articleTitle(w, claims.Article{ID: row.Article, Title: row.ArticleTitle})
}

// lastReturn is the review that sent a claim back, where that is why it stands
// where it stands.
func lastReturn(state claims.State, reviews []claims.Review) (claims.Review, bool) {
	if len(reviews) == 0 || state != claims.StateReturned && state != claims.StateInCheck {
		return claims.Review{}, false
	}
	last := reviews[len(reviews)-1]
	return last, last.Outcome == claims.OutcomeReturned
}

func evidenceTitle(e claims.Evidence) string {
	if e.Title != "" {
		return e.Title
	}
	return e.URL
}

func changeNames(list []ChangeRow) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// short is the beginning of a hash, enough to compare by eye.
func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}

func fieldN(name string, i int) string { return name + "." + strconv.Itoa(i) }

func fieldNN(name string, i, j int) string { return fieldN(fieldN(name, i), j) }

func groupAttributes(problems views.Problems, name string) templ.Attributes {
	if problems.On(name) == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "e-" + name}
}

// worded makes options of values whose words stand under a prefix.
func worded[T ~string](w *i18n.Words, prefix string, values ...T) []views.Option {
	out := make([]views.Option, len(values))
	for i, v := range values {
		out[i] = views.Option{Value: string(v), Label: w.T(prefix + string(v))}
	}
	return out
}

func stanceOptions(w *i18n.Words) []views.Option {
	return worded(w, "stance.", claims.StanceFor, claims.StanceAgainst, claims.StanceContext)
}

func gradeOptions(w *i18n.Words) []views.Option {
	return worded(w, "grade.", claims.GradePrimary, claims.GradeSecondary)
}

func modeOptions(w *i18n.Words) []views.Option {
	return worded(w, "mode.", claims.ModeIndirect, claims.ModeDirect, claims.ModeMixed, claims.ModeNone)
}

func basisOptions(w *i18n.Words) []views.Option {
	return append([]views.Option{{Value: "", Label: w.T("basis_none")}}, worded(w, "basis.", claims.BasisStatement, claims.BasisEstimate, claims.BasisReport,
		claims.BasisPoll, claims.BasisLaw, claims.BasisTestimony, claims.BasisStudy, claims.BasisData)...)
}

func roleOptions(w *i18n.Words) []views.Option {
	return worded(w, "chain.", ChainRoles...)
}

func sourceKindOptions(w *i18n.Words) []views.Option {
	return worded(w, "source_kind.", append(slices.Clone(claims.SourceKinds[len(claims.SourceKinds)-1:]), claims.SourceKinds[:len(claims.SourceKinds)-1]...)...)
}

func boundOptions(w *i18n.Words) []views.Option {
	return worded(w, "bound.", claims.BoundExact, claims.BoundMin, claims.BoundMax, claims.BoundRange)
}

// assigneeOptions offers whom the reader may give the claim to: a checker may
// take it or let it go, an editor may give it to anybody who checks.
func assigneeOptions(p ClaimPage) []views.Option {
	all := peopleOptions(p.Words, p.People, p.Forms.Triage.Assignee)
	if p.Rights.Assign {
		return all
	}
	return slices.DeleteFunc(all, func(o views.Option) bool {
		return o.Value != "" && o.Value != p.Actor.ID && o.Value != p.Row.Assignee
	})
}
