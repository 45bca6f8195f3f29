package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReviewProfile has the columns of the ClaimReview file of Fact-Check Insights (Duke
// Reporters' Lab), in its order; a row a published claim, what its markup says.
var ReviewProfile = Profile{Name: "claimreview", Key: []string{"id"}, En: "ClaimReview of published claims", Es: "ClaimReview de las afirmaciones publicadas", Columns: append(columns(`
id                                | text!    | Claim                               | Afirmación
@context                          | text!    | Context                             | Contexto
@type                             | text!    | Type                                | Tipo
claimReviewed                     | text!    | Claim reviewed                      | Afirmación verificada
datePublished                     | instant! | Review published at                 | Verificación publicada el
url                               | address! | Address of the review               | Dirección de la verificación
author.@type                      | text!    | Type of the reviewer                | Tipo de quien verifica
author.name                       | text     | Reviewer                            | Quién verifica
author.url                        | address  | Address of the reviewer             | Dirección de quien verifica
itemReviewed.@type                | text!    | Type of what is reviewed            | Tipo de lo verificado
itemReviewed.author.name          | list     | Who made the claim                  | Quién hizo la afirmación
itemReviewed.author.@type         | text     | Type of who made the claim          | Tipo de quien la hizo
itemReviewed.author.sameAs        | urls     | Who made the claim, elsewhere       | Quien la hizo, en otros sitios
reviewRating.@type                | text!    | Type of rating                      | Tipo de nota
reviewRating.ratingValue          | integer  | Rating                              | Nota
reviewRating.alternateName        | text!    | Rating in words                     | Nota en palabras
author.image                      | address  | Logo of the reviewer                | Logotipo de quien verifica
itemReviewed.name                 | text     | Where the claim was made            | Dónde se hizo la afirmación
itemReviewed.datePublished        | day      | Claim made on                       | Afirmación hecha el
itemReviewed.firstAppearance.url  | address  | Address of the first appearance     | Dirección de la primera aparición
itemReviewed.firstAppearance.type | text     | Type of the first appearance        | Tipo de la primera aparición
itemReviewed.author.image         | address  | Picture of who made the claim       | Imagen de quien hizo la afirmación
reviewRating.ratingExplanation    | text     | Explanation of the rating           | Explicación de la nota
itemReviewed.author.jobTitle      | text     | Title of who made the claim         | Cargo de quien hizo la afirmación
reviewRating.bestRating           | integer  | Best rating                         | Mejor nota
reviewRating.worstRating          | integer  | Worst rating                        | Peor nota
reviewRating.image                | address  | Picture of the rating               | Imagen de la nota
`), appearances()...)}

// mostAppearances is how many places of a claim have columns.
const mostAppearances = 15

func appearances() []Column {
	var out []Column
	for i := 1; i <= mostAppearances; i++ {
		out = append(out,
			Column{Name: fmt.Sprintf("itemReviewed.appearance.%d.url", i), Type: Address, En: fmt.Sprintf("Address of appearance %d", i), Es: fmt.Sprintf("Dirección de la aparición %d", i)},
			Column{Name: fmt.Sprintf("itemReviewed.appearance.%d.@type", i), Type: Text, En: fmt.Sprintf("Type of appearance %d", i), Es: fmt.Sprintf("Tipo de la aparición %d", i)})
	}
	return out
}

func reviewCells(d Document) cells {
	r, out := d.ClaimReview, cells{}
	out.set("id", d.ID)
	out.set("@context", r.Context)
	out.set("@type", r.Type)
	out.set("claimReviewed", r.ClaimReviewed)
	out.set("datePublished", stampOf(r.DatePublished))
	out.set("url", r.URL)
	out.set("author.@type", r.Author.Type)
	out.set("author.name", r.Author.Name)
	out.set("author.url", r.Author.URL)
	itemCells(r.ItemReviewed, out)
	ratingCells(r.ReviewRating, out)
	return out
}

func itemCells(i ItemReviewed, out cells) {
	out.set("itemReviewed.@type", i.Type)
	var names, same []string
	for _, a := range i.Author {
		names = append(names, a.Name)
		for _, address := range a.SameAs {
			if !slices.Contains(same, address) {
				same = append(same, address)
			}
		}
	}
	if len(i.Author) > 0 {
		out.set("itemReviewed.author.@type", i.Author[0].Type)
	}
	out.list("itemReviewed.author.name", names)
	out.urls("itemReviewed.author.sameAs", same)
	out.set("itemReviewed.datePublished", i.DatePublished)
	if i.Appearance != "" {
		out.set("itemReviewed.appearance.1.url", i.Appearance)
		out.set("itemReviewed.appearance.1.@type", "CreativeWork")
	}
}

func ratingCells(r Rating, out cells) {
	out.set("reviewRating.@type", r.Type)
	out.set("reviewRating.alternateName", r.AlternateName)
	out.set("reviewRating.ratingExplanation", r.RatingExplanation)
	for name, n := range map[string]*int{"ratingValue": r.RatingValue, "bestRating": r.BestRating, "worstRating": r.WorstRating} {
		if n != nil {
			out.set("reviewRating."+name, strconv.Itoa(*n))
		}
	}
}

// stampOf gives a moment of the markup as tables have it.
func stampOf(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return strings.TrimSpace(s)
	}
	return instant(&t)
}
