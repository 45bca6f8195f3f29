package claims

import (
	"slices"
	"testing"
	"time"
)

func TestPrecedentsAreRankedByWhatTheyShare(t *testing.T) {
	day := func(n int) *time.Time { at := time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC); return &at }
	row := func(id string, kind Kind, unit, tag string, at int, change ...func(*Claim)) ClaimRow {
		c := Claim{ID: id, State: StatePublished, PublishedAt: day(at), Verdict: &Verdict{Content: "true"}, Tags: []string{tag},
			Assertion: Assertion{Kind: kind, Quantities: []Quantity{{Unit: unit}, {Unit: unit}, {}}}}
		for _, f := range change {
			f(&c)
		}
		return ClaimRow{Claim: c}
	}
	c := row("me", KindQuantity, "euros", "puentes", 1).Claim
	found := []ClaimRow{
		row("other-kind", KindEvent, "euros", "puentes", 9),
		row("nothing", KindQuantity, "km", "ríos", 8),
		row("unit", KindQuantity, "euros", "ríos", 2),
		row("both-old", KindQuantity, "euros", "puentes", 1),
		row("both-new", KindQuantity, "euros", "puentes", 3),
		row("tag-approved", KindQuantity, "km", "puentes", 1, func(c *Claim) { c.State, c.ReviewedAt = StateApproved, day(7) }),
		row("me", KindQuantity, "euros", "puentes", 9),
		row("open", KindQuantity, "euros", "puentes", 9, func(c *Claim) { c.Verdict = nil }),
	}
	for _, one := range []struct {
		onTopic bool
		want    []string
	}{
		{true, []string{"both-new", "both-old", "tag-approved", "unit"}},
		{false, []string{"both-new", "both-old", "other-kind", "tag-approved", "unit"}},
	} {
		var got []string
		for _, p := range RankPrecedents(c, found, one.onTopic) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("on topic %v: %q, want %q", one.onTopic, got, one.want)
		}
	}
	if p := RankPrecedents(c, found[4:5], true)[0]; !slices.Equal(p.Units, []string{"euros"}) || !slices.Equal(p.Tags, []string{"puentes"}) || !p.At.Equal(*day(3)) {
		t.Errorf("%+v", p)
	}
}
