package claims

import (
	"slices"
	"time"
)

// Source is a person, institution, publication or document of which claims
// come, as the desk knows it across articles. A protected one shows who it is to
// its Readers only.
type Source struct {
	ID         string
	Name       string
	Kind       SourceKind
	Aliases    []string
	Code       string   // ISO 3166, for states
	SameAs     []string // addresses of the same thing elsewhere: Wikidata, its home page
	Note       string   // for the desk
	Protected  bool
	Readers    []string // ids of the people who may see who a protected source is
	MergedInto string   // the record that it became part of, "" where it stands by itself
	CreatedBy  string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int64
}

// Names lists all that a source is called, its best name first.
func (s Source) Names() []string { return append([]string{s.Name}, s.Aliases...) }

// ShownTo reports whether a person (an id, "" for nobody) may see who it is.
func (s Source) ShownTo(person string) bool {
	return !s.Protected || person != "" && slices.Contains(s.Readers, person)
}

// Neutral is what a protected source is for everybody who may not see who it is.
func (s Source) Neutral(lang string) Source {
	return Source{
		ID: s.ID, Name: ProtectedLabel(lang), Kind: KindUnknown, Protected: true, Readers: s.Readers, MergedInto: s.MergedInto,
		CreatedBy: s.CreatedBy, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, Version: s.Version,
	}
}

// protectedLabels are the words that stand for a protected source, by language.
// They end up in frozen publications, so they belong to the domain.
var protectedLabels = map[string]string{"en": "protected source", "es": "fuente protegida", "pt": "fonte protegida"}

// ProtectedLabel is what stands for a protected source in a language; English
// where it has no words of its own.
func ProtectedLabel(lang string) string {
	if label, ok := protectedLabels[lang]; ok {
		return label
	}
	return protectedLabels["en"]
}

// Neutral is the link as everybody sees it who may not see who the protected
// source behind it is: the place in the chain stays, every name goes.
func (l Link) Neutral(lang string) Link {
	return Link{Source: l.Source, Name: ProtectedLabel(lang), Kind: KindUnknown, SawOriginal: l.SawOriginal}
}

// SourceFilter narrows a list of sources; zero fields do not narrow. Protected
// sources are listed for their readers, and for everybody where Protected asks
// for nothing else; what Query and Kind ask is never answered from what Reader
// may not see.
type SourceFilter struct {
	Query     string // words in a name or alias, folded
	Kind      SourceKind
	Protected bool   // protected sources only
	Reader    string // id of the person who asks
	Page
}

// SourceRow is a source as lists show it.
type SourceRow struct {
	Source
	Claims int // that it made, relayed or stands behind
}

// SourceRecord is what a source has claimed and how that was judged; dismissed
// claims do not count. The keys are codes of steps, "" where there is no verdict.
type SourceRecord struct {
	Said         int // claims that it made, or is the document behind
	Relayed      int
	Verdicts     map[string]int // of what it said, by content verdict
	Attributions map[string]int // of what it said, by attribution verdict
}

// EachLink calls fn with every link of the attributions, to be changed in place.
// The lists must be the caller's own.
func EachLink(list []Attribution, fn func(*Link)) {
	for i := range list {
		a := &list[i]
		for j := range a.Sources {
			fn(&a.Sources[j])
		}
		for j := range a.Via {
			fn(&a.Via[j])
		}
		if a.Original != nil {
			fn(a.Original)
		}
	}
}

// CopyAttributions gives lists of their own to what is going to be changed.
func CopyAttributions(list []Attribution) []Attribution {
	out := slices.Clone(list)
	for i := range out {
		a := &out[i]
		a.Sources, a.Via = slices.Clone(a.Sources), slices.Clone(a.Via)
		if a.Original != nil {
			original := *a.Original
			a.Original = &original
		}
		if a.Cue != nil {
			cue := *a.Cue
			a.Cue = &cue
		}
	}
	return out
}

// TiedTo lists the ids of the sources that attributions are tied to, once each.
func TiedTo(list []Attribution) []string {
	var out []string
	EachLink(CopyAttributions(list), func(l *Link) {
		if l.Source != "" && !slices.Contains(out, l.Source) {
			out = append(out, l.Source)
		}
	})
	return out
}
