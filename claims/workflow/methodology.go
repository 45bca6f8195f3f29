package workflow

import (
	"context"

	"cotejo/claims"
)

// EnoughOpinions is how many second opinions there must be before their agreement says
// anything: with fewer, one more would change it much, and could be known by its author.
const EnoughOpinions = 20

// MethodologyView is what the newsroom tells everybody of how it works. It holds no
// names.
type MethodologyView struct {
	Settings             claims.Settings
	Scale                claims.Scale // in force
	Text                 claims.Methodology
	Counts               claims.PublicCounts
	Reports              claims.ReportCounts
	Days                 int // in which readers who report an error are answered
	Content, Attribution claims.Agreement
	Opinions             int // 0 where there are too few to tell
}

// PublicMethodology gives what the methodology page tells in a language.
func (d *Desk) PublicMethodology(ctx context.Context, language string) (MethodologyView, error) {
	var v MethodologyView
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		v = MethodologyView{}
		if v.Settings, err = r.Settings(ctx); err != nil {
			return err
		}
		if language == "" {
			language = v.Settings.Language
		}
		v.Text, v.Days = v.Settings.Public.In(language), reportDays(v.Settings)
		if v.Scale, err = r.Scale(ctx, 0); err != nil {
			return err
		}
		if v.Counts, err = r.CountPublic(ctx); err != nil {
			return err
		}
		if v.Reports, err = r.CountReports(ctx, d.clock.Now()); err != nil {
			return err
		}
		cells, _, err := r.Agreement(ctx)
		if err != nil {
			return err
		}
		content := claims.AgreementOf(claims.LayerContent, codes(v.Scale.Content), cells)
		attribution := claims.AgreementOf(claims.LayerAttribution, codes(v.Scale.Attribution), cells)
		if n := max(content.N, attribution.N); n >= EnoughOpinions {
			v.Content, v.Attribution, v.Opinions = content, attribution, n
		}
		return nil
	})
	return v, err
}
