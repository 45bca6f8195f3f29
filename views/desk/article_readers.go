package desk

import (
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/views"
)

// ArticleReadersPage says who may see an article; Readers are ids, as the form
// has them.
type ArticleReadersPage struct {
	views.Frame
	Article  claims.Article
	People   map[string]claims.Person
	Readers  []string
	Problems views.Problems
}

// audience is who may be named where an article is taken in.
func (p IntakePage) audience() ArticleReadersPage {
	return ArticleReadersPage{People: p.People, Readers: p.Form.Readers}
}

// offered are the people who need to be named to see it, by name.
func (p ArticleReadersPage) offered() []claims.Person {
	return slices.DeleteFunc(sortedPeople(p.People), func(one claims.Person) bool {
		return claims.SeesRestricted(one.Role) || one.Disabled && !slices.Contains(p.Readers, one.ID)
	})
}

// always names those who see it anyway.
func (p ArticleReadersPage) always() string {
	var out []string
	for _, one := range sortedPeople(p.People) {
		if claims.SeesRestricted(one.Role) && !one.Disabled {
			out = append(out, displayName(one))
		}
	}
	return strings.Join(out, ", ")
}
