package train

import (
	"math"
	"slices"

	"cotejo/claims/extract/syntax/model"
)

// The shares of decisions that early features, where they decide alone, may take
// otherwise than all features would. A wrong action spoils those after it, and a wrong
// relation stays; of classes, as many are put right as wrong even at this rate.
const (
	classDoubt = 0.008
	labelDoubt = 0.002
)

// leadSample is how many sentences serve to set the leads.
const leadSample = 4000

// setLeads finds for each cascade of the model the least lead at which the early
// features decide with no more than the doubt, over sentences read as at run time.
func setLeads(m *model.Model, sentences []Sentence, actionDoubt float64) {
	doubts := map[*model.Cascade]float64{&m.Tagger.Class: classDoubt, &m.Parser.Action: actionDoubt, &m.Parser.Label: labelDoubt}
	trials := map[*model.Cascade][]trial{}
	for c := range doubts {
		c.Lead = math.MaxInt32
	}
	scratch := model.Scratch{Watch: func(c *model.Cascade, lead int32, stands bool) {
		trials[c] = append(trials[c], trial{lead, stands})
	}}
	var (
		tags  model.Tags
		forms []model.Form
		buf   []model.Node
	)
	for i := range sentences[:min(len(sentences), leadSample)] {
		s := &sentences[i]
		forms = model.Forms(s.Forms(), forms)
		m.Tagger.Tag(forms, m.Domain, &tags, &scratch)
		buf = nodes(m, s, forms, &tags, buf)
		m.Parser.Parse(buf, m.Domain, &scratch)
	}
	for c, of := range trials {
		c.Lead = leastLead(of, doubts[c])
	}
}

// trial is a decision taken by all features: by how much the early ones' choice
// led, and whether it stood.
type trial struct {
	lead   int32
	stands bool
}

func leastLead(trials []trial, doubt float64) int32 {
	slices.SortFunc(trials, func(a, b trial) int { return int(b.lead) - int(a.lead) })
	least, overturned := trials[0].lead+1, 0
	for i, t := range trials {
		if !t.stands {
			overturned++
		}
		if float64(overturned) > doubt*float64(len(trials)) {
			break
		}
		if i+1 == len(trials) || trials[i+1].lead < t.lead {
			least = t.lead
		}
	}
	return max(least, 1)
}
