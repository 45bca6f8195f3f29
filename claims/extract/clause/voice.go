package clause

import (
	"slices"

	"cotejo/claims/extract/reading"
)

// voice is who speaks: a report, and which quotation of it.
type voice struct{ report, quote int }

// speech is what a voice says in a sentence.
type speech struct {
	voice
	words []int
}

func (sp *splitter) voiceOf(i int) voice {
	v := voice{sp.found.Owner[i], reading.None}
	if v.report != reading.None && sp.found.Reports[v.report].Direct {
		v.quote = sp.r.Words[i].Quote
	}
	return v
}

// wordsOf gives the words of a voice in the sentence at hand, none at first.
func (sp *splitter) wordsOf(v voice) *speech {
	for k := range sp.spoken {
		if sp.spoken[k].voice == v {
			return &sp.spoken[k]
		}
	}
	n := len(sp.spoken)
	sp.spoken = slices.Grow(sp.spoken, 1)[:n+1]
	said := &sp.spoken[n]
	said.voice, said.words = v, said.words[:0] // the memory of a sentence before
	return said
}
