package syntax

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax/model"
)

// ModelFile is the name of the trained model in a language pack.
const ModelFile = "syntax.model"

// ErrNoModel says that the language has no syntax model.
var ErrNoModel = errors.New("no syntax model for this language")

// Model tags and parses one language. It is safe for concurrent use.
type Model struct {
	core     *model.Model
	splitter *model.Splitter
	tags     []tag        // by class, then bundle; nil features where the two do not go together
	kinds    []model.Kind // by class
	work     sync.Pool
}

// tag is a class with a bundle.
type tag struct {
	feats *Feats
	seed  uint64 // of the full tag, for lemmas
}

var loaded sync.Map // language → func() (*Model, error)

// Load gives the model of a language ("es", "en"), read from the binary the
// first time that it is asked for.
func Load(code string) (*Model, error) {
	if _, ok := lang.For(code); !ok {
		return nil, fmt.Errorf("%w: %q", ErrNoModel, code)
	}
	once, _ := loaded.LoadOrStore(code, sync.OnceValues(func() (*Model, error) { return open(code) }))
	return once.(func() (*Model, error))()
}

func open(code string) (*Model, error) {
	pack, _ := lang.For(code)
	f, err := pack.Open(ModelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %q", ErrNoModel, code)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	core, err := model.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", code, ModelFile, err)
	}
	return New(core), nil
}

// New makes a Model of a trained one.
func New(core *model.Model) *Model {
	m := &Model{
		core: core, splitter: model.NewSplitter(core.Lang),
		tags: make([]tag, len(core.Tagger.Classes)*len(core.Tagger.Bundles)),
	}
	m.work.New = func() any { return new(desk) }
	for _, c := range core.Tagger.Classes {
		m.kinds = append(m.kinds, model.KindOf(c))
	}
	for class, bundles := range core.Tagger.Options {
		for _, b := range bundles {
			m.describe(uint8(class), b)
		}
	}
	for _, e := range core.Tagger.Lexicon.Entries {
		for _, p := range e.Bundles {
			m.describe(p.Class, p.Bundle)
		}
	}
	return m
}

// tag finds the tag of a class and a bundle.
func (m *Model) tag(class, bundle uint8) *tag {
	return &m.tags[int(class)*len(m.core.Tagger.Bundles)+int(bundle)]
}

// describe lays out the features of a class with a bundle.
func (m *Model) describe(class, bundle uint8) {
	t := m.tag(class, bundle)
	if t.feats != nil {
		return
	}
	c, b := m.core.Tagger.Classes[class], m.core.Tagger.Bundles[bundle]
	t.feats, t.seed = new(Feats), model.TagSeed(model.TagName(c.POS, c.Feats, b))
	for _, kv := range strings.Split(c.Feats+"|"+b, "|") {
		if k, v, ok := strings.Cut(kv, "="); ok {
			t.feats.set(k, v)
		}
	}
}
