package desk

import (
	"slices"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ArticlesPage is the list of articles.
type ArticlesPage struct {
	views.Frame
	Query  string
	Rows   []claims.ArticleRow
	First  string // path of the first page, "" where this is it
	Next   string // path of the next page, "" where there is none
	MayAdd bool
}

// ArticleForm is what /articles/new and /articles/ID/edit ask for, as typed.
type ArticleForm struct {
	Text, HTML, Title, Outlet, Authors, URL, CanonicalURL, Published, Language string
	Duplicate                                                                  bool // take it in although the desk has it
	Restricted                                                                 bool
	Readers                                                                    []string // ids; of a restricted one
	Note                                                                       string   // words that somebody had selected on the page
	CopyOf                                                                     string   // take it in as a copy of this
}

// IntakePage takes an article in.
type IntakePage struct {
	views.Frame
	Form      ArticleForm
	Problems  views.Problems
	Duplicate *Duplicate // what the desk has already, nil where there is nothing
	MaxMB     int
	CarriedMB int          // files up to this size are carried along
	Carried   *CarriedFile // the file chosen before, nil where there is none
	Found     []FoundField // what was read, after a look
	Sample    string       // how the text begins, after a look
	Barrier   string       // why the text may be less than the article
	Files     []string     // attachments that are not read
	Notice    string       // why there is nothing to look at, "" where there is
	Looked    string       // SHA-256 of what the look was at, "" where there was none
	Job       string       // id of the job that fetched the page, "" where none did
	People    map[string]claims.Person
	Reader    string // id of who takes it in
}

// CarriedFile is a file on its way through the form: Data is base64.
type CarriedFile struct{ Name, Type, Data string }

// FoundField is a field of an article with what was found for it and from where.
type FoundField struct{ Name, Value, Origin string }

// FoundIn lists what is known of a snapshot's article, in the order of the form.
func FoundIn(w *i18n.Words, a claims.Article, m claims.SnapshotMeta) []FoundField {
	published, modified := "", ""
	if a.Published != nil {
		published = w.Calendar(*a.Published)
	}
	if m.Modified != nil {
		modified = w.Calendar(*m.Modified)
	}
	var out []FoundField
	for _, f := range []FoundField{
		{Name: "title", Value: a.Title}, {Name: "outlet", Value: a.Outlet}, {Name: "authors", Value: join(a.Authors)}, {Name: "url", Value: a.URL},
		{Name: "canonical_url", Value: a.CanonicalURL}, {Name: "published", Value: published}, {Name: "modified", Value: modified},
		{Name: "language", Value: views.LanguageName(w, a.Language)}, {Name: "image", Value: m.Image},
	} {
		if f.Origin = m.Origins[f.Name]; f.Origin != "" && f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// ArticleEditPage changes what is known about an article; its text never changes.
type ArticleEditPage struct {
	views.Frame
	ID       string
	Version  int64
	Form     ArticleForm
	Stands   *ArticleForm // what somebody else made of it meanwhile; nil where nobody did
	Problems views.Problems
	CopyOf   string // the article that it is a copy of
	Typed    string // which it shall be a copy of
}

// ArticlePage shows an article's frozen text and its claims side by side.
type ArticlePage struct {
	views.Frame
	Article      claims.Article
	Snapshot     claims.Snapshot
	Paragraphs   []Paragraph
	Cards        []ClaimCard
	Left         int // claims nobody has decided on yet
	FigureDoubts int // what does not fit among its figures
	Cover        CoverPanel
	Scales       claims.Scales
	People       map[string]claims.Person
	Add          AddClaim
	Rights       ArticleRights
	Watch        WatchState
	Versions     int               // how many snapshots there are
	Behind       []claims.ClaimRow // that do not stand in the newest one
	Family       Family
	Archive      ArchiveNote
	Live         Live
}

// ArticleRights says what the reader may do on the article's page.
type ArticleRights struct{ Refetch, AskModel, Add, Suggests, Open, Edit, Dismiss, Take, EditArticle, Restrict, Erase, Export bool }

// ClaimCard is one claim beside the text. Next is the id of the next claim to
// decide on, where acting leads to.
type ClaimCard struct {
	claims.ClaimRow
	N       int
	Next    string
	Locator string // where in a document or recording, "" for other texts
	Same    bool   // as the reader's open page has it: the place alone is sent
}

// Groups that the cards of an article can be narrowed to.
const (
	groupLeft    = "left"    // to decide on
	groupWork    = "work"    // being checked
	groupSettled = "settled" // published, or not taken up
)

var cardGroups = []string{"all", groupLeft, groupWork, groupSettled}

// group says which of these a card belongs to.
func (c ClaimCard) group() string {
	switch c.State {
	case claims.StateSuggested:
		return groupLeft
	case claims.StatePublished, claims.StateWithdrawn, claims.StateDismissed:
		return groupSettled
	}
	return groupWork
}

// AddClaim is the form that adds a claim by its words. Places are asked back
// where the words stand more than once.
type AddClaim struct {
	Quote      string
	Start, End string // code points, as the script sends them
	Open       bool
	Places     []QuotePlace
	Problems   views.Problems
}

// QuotePlace is one place where quoted words stand.
type QuotePlace struct {
	Start         int
	Before, After string
}

// anchor is where a page goes on after an act on a claim.
func (p ArticlePage) anchor(claim string) string {
	return "/articles/" + p.Article.ID + "#k-" + claim
}

// manyCards is from how many claims on a browser need not lay out what is out of sight.
const manyCards = 80

func (p ArticlePage) many() bool { return len(p.Cards) >= manyCards }

// foreseeable gives the words of the states that a card is shown in before the desk has
// answered, as "data-state_open".
func (p ArticlePage) foreseeable() templ.Attributes {
	out := templ.Attributes{}
	for _, to := range []claims.State{claims.StateOpen, claims.StateInCheck, claims.StateDismissed} {
		out["data-state_"+string(to)] = p.Words.T("state." + string(to))
	}
	return out
}

// undecided reports whether a claim still waits to be taken up or dismissed.
func undecided(c claims.Claim) bool {
	return c.State == claims.StateSuggested || c.State == claims.StateOpen
}

func (c ClaimCard) next() string {
	if c.Next != "" {
		return c.Next
	}
	return c.ID
}

// articleLanguages offers the usual languages of articles, and the chosen one
// where it is another.
func articleLanguages(w *i18n.Words, chosen, empty string) []views.Option {
	out := []views.Option{{Value: "", Label: empty}}
	known := []string{"es", "en", "ca", "gl", "eu", "pt", "fr", "it", "de"}
	if chosen != "" && !slices.Contains(known, chosen) {
		out = append(out, views.Option{Value: chosen, Label: chosen})
	}
	for _, code := range known {
		out = append(out, views.Option{Value: code, Label: w.T("language." + code)})
	}
	return out
}

func kindOptions(w *i18n.Words) []views.Option {
	out := make([]views.Option, len(claims.Kinds))
	for i, k := range claims.Kinds {
		out[i] = views.Option{Value: string(k), Label: w.T("kind." + string(k))}
	}
	return out
}

func dismissOptions(w *i18n.Words) []views.Option {
	out := []views.Option{{Value: "", Label: w.T("dismiss.choose")}}
	for _, r := range claims.DismissReasons {
		out = append(out, views.Option{Value: string(r), Label: w.T("dismiss." + string(r))})
	}
	return out
}
