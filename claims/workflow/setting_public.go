package workflow

import (
	"context"
	"slices"
	"strings"

	"cotejo/claims"
)

// maxMethodology bounds each text that the newsroom writes of itself.
const maxMethodology = 20000

// public tidies what readers are promised and told, and refuses what cannot be.
func (f *faults) public(s *claims.PublicSettings) {
	if s.ReportDays == 0 {
		s.ReportDays = claims.DefaultReportDays
	}
	if s.ReportDays < 1 || s.ReportDays > maxReportDays {
		f.add("report_days", "number.out_of_range", 1, maxReportDays)
	}
	var out []claims.Methodology
	for _, m := range s.Methodology {
		m.Intro, m.Funding, m.Team = clean(m.Intro), clean(m.Funding), clean(m.Team)
		f.text("intro", m.Intro, maxMethodology)
		f.text("funding", m.Funding, maxMethodology)
		f.text("team", m.Team, maxMethodology)
		f.language("language", &m.Language)
		if m.Language == "" {
			f.add("language", "text.missing")
		}
		if slices.ContainsFunc(out, func(o claims.Methodology) bool { return o.Language == m.Language }) {
			f.add("language", "methodology.twice", m.Language)
		}
		if m != (claims.Methodology{Language: m.Language}) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b claims.Methodology) int { return strings.Compare(a.Language, b.Language) })
	s.Methodology = out
}

// EditPublicSettings changes what readers are promised and told in one language, where
// the settings are still what the caller saw (SettingsSeen).
func (d *Desk) EditPublicSettings(ctx context.Context, actor claims.Actor, seen string, days int, text claims.Methodology) error {
	s, err := d.Settings(ctx)
	if err != nil {
		return err
	}
	now := SettingsSeen(s)
	if seen == "" {
		seen = now
	}
	s.Public.ReportDays = days
	others := slices.DeleteFunc(slices.Clone(s.Public.Methodology), func(m claims.Methodology) bool { return m.Language == text.Language })
	s.Public.Methodology = append(others, text)
	return d.EditSettingsSeen(ctx, actor, seen, s)
}
