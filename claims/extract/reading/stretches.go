package reading

// repairVerbless looks for the verb of a sentence without one among its nouns:
// a form that is always finite ("sank"), or a noun between another noun and an
// article that no preposition ties to either ("el sindicato cifra las pérdidas").
func (r *Reading) repairVerbless(s Sentence) {
	for i := s.First + 1; i < s.Last; i++ {
		w := &r.Words[i]
		if r.Is(i, "finite-form") && !r.Verbal(i) && !r.Capital(i) && r.Words[i-1].POS != "DET" && r.Words[i-1].POS != "ADP" {
			w.POS, r.fin[i] = "VERB", true
		}
	}
	if r.HasFinite(s.Range) {
		return
	}
	if v := r.likeliestVerb(s); v != None {
		r.Words[v].POS, r.fin[v] = "VERB", true
	}
}

// likeliestVerb looks in a sentence without a finite verb for a noun or adjective
// behind a noun that can be one: a verb of speech first, else what an article or
// an infinitive follows.
func (r *Reading) likeliestVerb(s Sentence) int {
	found := None
	for i := s.First + 1; i+1 < s.Last; i++ {
		w, next := &r.Words[i], &r.Words[i+1]
		if w.POS != "NOUN" && w.POS != "ADJ" || r.Capital(i) || w.Time {
			continue
		}
		clitic := r.Is(i-1, "clitic")
		if !clitic && !r.named(i-1) && r.Words[i-1].POS != "ADJ" {
			continue
		}
		if (clitic || next.POS == "DET" || next.Mark) && w.known.speech() {
			return i
		}
		if found == None && r.named(i-1) && (w.POS == "NOUN" && r.Is(i+1, "definite") && next.POS == "DET" || w.POS == "ADJ" && next.Feats.VerbForm == "Inf" && next.POS == "VERB") {
			found = i
		}
	}
	return found
}

// repairStretches looks at the runs of words between semicolons.
func (r *Reading) repairStretches(s Sentence) {
	first := s.First
	for i := s.First; i <= s.Last; i++ {
		if i < s.Last && r.Words[i].Fold != ";" {
			continue
		}
		if end := r.beforeTail(first, i); !r.HasFinite(Range{first, end}) {
			r.promote(Range{first, end})
		}
		first = i + 1
	}
}

// beforeTail gives the end of a stretch without the words that only say who said
// it: ", the bureau said".
func (r *Reading) beforeTail(first, last int) int {
	end := last
	for end > first && r.Words[end-1].Mark {
		end--
	}
	comma := end - 1
	for comma > first && !r.Words[comma].Mark {
		comma--
	}
	for v := comma + 1; v < end && comma > first; v++ {
		if r.Finite(v) {
			if r.Verb(v, Says, Alleges, Thinks, Shows) && end-v < 4 {
				return comma
			}
			break
		}
	}
	return last
}

// promote takes the first participle behind a noun for the verb of the stretch.
func (r *Reading) promote(w Range) {
	for i := w.First + 1; i < w.Last; i++ {
		v := &r.Words[i]
		if v.POS != "VERB" || v.Feats.VerbForm != "Part" || v.Feats.Tense == "Pres" || r.helperBefore(i, w.First) {
			continue
		}
		if prev := r.Words[i-1].POS; prev == "NOUN" || prev == "PROPN" || prev == "PRON" || prev == "ADV" || prev == "NUM" || r.adjectiveAsNoun(i-1) {
			r.fin[i] = true
			return
		}
	}
}

// adjectiveAsNoun reports whether an adjective stands for a noun: "the worst", "the third".
func (r *Reading) adjectiveAsNoun(i int) bool {
	return r.Words[i].POS == "ADJ" && i > 0 && r.Words[i-1].POS == "DET" && r.Words[i-1].Sent == r.Words[i].Sent
}

// repairJoined finds the verb of a clause that a comma and a conjunction join to a
// clause with a verb ("…, and about 400 passengers crossed"), where no list is.
func (r *Reading) repairJoined(s Sentence) {
	commas, finite := 0, false
	for i := s.First; i+1 < s.Last; i++ {
		finite = finite || r.Finite(i)
		if !r.Comma(i) {
			continue
		}
		commas++
		if r.Words[i+1].POS != "CCONJ" || !finite || commas > 1 {
			continue
		}
		end := i + 2
		for end < s.Last && !r.Words[end].Mark {
			end++
		}
		if w := (Range{i + 2, end}); !r.HasFinite(w) {
			r.promote(w)
		}
	}
}

// repairInterrupted finds the main verb behind a relative clause between commas:
// "The bank, which has raised its rate, declined to comment".
func (r *Reading) repairInterrupted(s Sentence) {
	open := s.First
	for open < s.Last && !r.Comma(open) {
		open++
	}
	if open+1 >= s.Last || r.HasFinite(Range{s.First, open}) || !r.opensRelative(open+1) {
		return
	}
	for i := open + 2; i+1 < s.Last; i++ {
		if !r.Comma(i) || !r.HasFinite(Range{open, i}) {
			continue
		}
		v := i + 1
		for v+1 < s.Last && r.Words[v].POS == "ADV" {
			v++
		}
		if w := &r.Words[v]; (w.POS == "NOUN" || w.Feats.VerbForm == "Part" && w.Feats.Tense != "Pres") && !r.Capital(v) && !w.Time && !r.HasFinite(Range{i, s.Last}) {
			w.POS, r.fin[v] = "VERB", true
		}
		return
	}
}

func (r *Reading) opensRelative(i int) bool {
	class, n := r.Match("connectives", i, i+1)
	return n == 1 && Class(class) == Rel
}
