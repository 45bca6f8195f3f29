package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"cotejo/claims"
)

// settingFields is what the history tells of the settings.
var settingFields = []field[claims.Settings]{
	plain("newsroom", func(s *claims.Settings) *string { return &s.Newsroom }),
	plain("newsroom_url", func(s *claims.Settings) *string { return &s.NewsroomURL }),
	listed("same_as", func(s *claims.Settings) *[]string { return &s.SameAs }),
	plain("language", func(s *claims.Settings) *string { return &s.Language }),
	plain("base_url", func(s *claims.Settings) *string { return &s.BaseURL }),
	plain("single_review", func(s *claims.Settings) *bool { return &s.SingleReview }),
	plain("checkers_approve", func(s *claims.Settings) *bool { return &s.CheckersApprove }),
	plain("review_checks", func(s *claims.Settings) *bool { return &s.ReviewChecks }),
	plain("time_zone", func(s *claims.Settings) *string { return &s.TimeZone }),
	plain("max_file", func(s *claims.Settings) *int { return &s.MaxFile }),
	plain("return_after", func(s *claims.Settings) *int { return &s.ReturnAfter }),
	plain("second_factor", func(s *claims.Settings) *bool { return &s.SecondFactor }),
	plain("sufficiency", func(s *claims.Settings) *claims.Strictness { return &s.Sufficiency }),
	listed("evidence_rules", func(s *claims.Settings) *[]claims.EvidenceRule { return (*[]claims.EvidenceRule)(&s.EvidenceRules) }),
	plain("blind", func(s *claims.Settings) *claims.Strictness { return &s.Blind }),
	plain("sign_off", func(s *claims.Settings) *claims.Strictness { return &s.SignOff }),
	plain("report_days", func(s *claims.Settings) *int { return &s.Public.ReportDays }),
	listed("methodology", func(s *claims.Settings) *[]claims.Methodology { return &s.Public.Methodology }),
	plain("watch", func(s *claims.Settings) *claims.HouseWatch { return &s.Watch }),
	plain("name_reviewers", func(s *claims.Settings) *bool { return &s.NameReviewers }),
	plain("review_lint", func(s *claims.Settings) *claims.Strictness { return &s.ReviewLint }),
	plain("trust", func(s *claims.Settings) *claims.Trust { return &s.Trust }),
	listed("checklist", func(s *claims.Settings) *[]claims.ChecklistItem { return (*[]claims.ChecklistItem)(&s.Checklist) }),
}

// MostFile is the most that MaxFile may be, in MB: a file is held in memory while
// it is taken in.
const MostFile = 100

const maxReturnAfter = 30 * 24 * 60 // minutes

// Settings gives the newsroom's settings, which public pages need too.
func (d *Desk) Settings(ctx context.Context) (claims.Settings, error) {
	var s claims.Settings
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		s, err = r.Settings(ctx)
		return err
	})
	return s, err
}

// EditSettings replaces the newsroom's settings.
func (d *Desk) EditSettings(ctx context.Context, actor claims.Actor, s claims.Settings) error {
	return d.EditSettingsSeen(ctx, actor, "", s)
}

// SettingsSeen tells settings apart from what they were: what EditSettingsSeen
// takes from a form that was made from them.
func SettingsSeen(s claims.Settings) string {
	raw, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// EditSettingsSeen is EditSettings where the settings are still what the caller
// saw (SettingsSeen; "" for whatever they are).
func (d *Desk) EditSettingsSeen(ctx context.Context, actor claims.Actor, seen string, s claims.Settings) error {
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActSettings); err != nil {
			return err
		}
		if seen != "" && seen != SettingsSeen(t.settings) {
			return claims.Refuse(claims.KindStale, "stale.settings")
		}
		after := s
		if err := tidySettings(&after); err != nil {
			return err
		}
		changes := diff(settingFields, t.settings, after)
		if len(changes) == 0 {
			return nil
		}
		if err := t.PutSettings(ctx, after); err != nil {
			return err
		}
		return t.record(ctx, entry{act: ActSettingsEdit, noun: "settings", id: "settings", changes: changes})
	})
}

func tidySettings(s *claims.Settings) error {
	s.Newsroom = strings.Join(strings.Fields(s.Newsroom), " ")
	s.NewsroomURL = strings.TrimSpace(s.NewsroomURL)
	s.BaseURL = strings.TrimRight(strings.TrimSpace(s.BaseURL), "/")
	s.SameAs, s.TimeZone = tidy(s.SameAs), strings.TrimSpace(s.TimeZone)
	var f faults
	f.required("newsroom", s.Newsroom, maxName)
	f.link("newsroom_url", s.NewsroomURL)
	f.link("base_url", s.BaseURL)
	f.list("same_as", s.SameAs, maxAuthors, maxURL)
	for _, link := range s.SameAs {
		f.link("same_as", link)
	}
	f.language("language", &s.Language)
	if _, err := s.Zone(); err != nil {
		f.add("time_zone", "settings.zone_unknown", clip(s.TimeZone, maxName))
	}
	if s.ReturnAfter < 0 || s.ReturnAfter > maxReturnAfter {
		f.add("return_after", "number.out_of_range", 0, maxReturnAfter)
	}
	if s.MaxFile == 0 {
		s.MaxFile = claims.DefaultSettings().MaxFile
	}
	if s.MaxFile < 1 || s.MaxFile > MostFile {
		f.add("max_file", "number.out_of_range", 1, MostFile)
	}
	if s.Language == "" {
		f.add("language", "text.missing")
	}
	if s.Watch.Days == 0 {
		s.Watch.Days = claims.DefaultSettings().Watch.Days
	}
	f.public(&s.Public)
	f.watchRule("watch_every", "watch_days", s.Watch.WatchRule, 0)
	f.rules(s)
	f.checklist(s)
	f.strictness("review_lint", s.ReviewLint)
	for _, own := range s.Trust.Fields() {
		*own.Value = strings.TrimSpace(*own.Value)
		f.link("trust_"+own.Name, *own.Value)
	}
	return f.err()
}
