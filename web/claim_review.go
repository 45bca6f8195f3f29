package web

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
	"cotejo/views/i18n"
)

// houseRules says how a claim stands to the rules of the house.
func houseRules(c echo.Context, v workflow.ClaimView) desk.HouseRules {
	s := v.Settings
	out := desk.HouseRules{
		Sufficiency: s.Sufficiency, SignOff: s.SignOff, Lacks: v.Lacks, Checklist: s.Checklist,
		MayOverride: claims.May(actorOf(c), claims.ActOverride, s) == nil, Overridden: v.Override,
		Blind: s.Blind, Owes: v.Owes, Reader: actorOf(c).ID,
		ReviewLint: s.ReviewLint, Lint: v.Lint,
	}
	if s.Sufficiency.On() && !v.Row.Withheld {
		out.Foreseen = claims.Foreseeable(s.EvidenceRules, v.Row.Claim, v.Evidence)
	}
	return out
}

// houseForm is the rules of the house to edit.
func houseForm(s claims.Settings) desk.HouseForm {
	f := desk.HouseForm{Sufficiency: string(s.Sufficiency), SignOff: string(s.SignOff), Blind: string(s.Blind)}
	f.WatchEvery, f.WatchDays = strconv.Itoa(s.Watch.Every), strconv.Itoa(s.Watch.Days)
	f.WatchPublished, f.WatchPaused = s.Watch.Published, s.Watch.Paused
	for _, r := range s.EvidenceRules {
		row := desk.RuleForm{
			Case: string(r.Case), Steps: strings.Join(r.Steps, " "), Primary: count(r.Primary), Secondary: count(r.Secondary), Against: count(r.Against),
		}
		if r.Original {
			row.Original = "yes"
		}
		f.Rules = append(f.Rules, row)
	}
	for _, item := range s.Checklist {
		row := desk.ItemForm{Code: item.Code}
		for _, lang := range i18n.Langs() {
			row.Words = append(row.Words, item.Words[lang])
		}
		f.Items = append(f.Items, row)
	}
	return f
}

// count writes a number of pieces; nothing is asked for by 0.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// houseTyped puts the rules of the house as typed on the settings. Where a request
// does not speak of them, they stay as they are.
func houseTyped(c echo.Context, s *claims.Settings) (desk.HouseForm, error) {
	form, err := c.FormParams()
	if err != nil {
		return desk.HouseForm{}, err
	}
	now := visitOf(c).settings
	wrong := houseWatch(form, now, s)
	s.Sufficiency, s.EvidenceRules, s.SignOff, s.Checklist, s.Blind = now.Sufficiency, now.EvidenceRules, now.SignOff, now.Checklist, now.Blind
	if !form.Has("sufficiency") || !form.Has("sign_off") {
		out := houseForm(now)
		watchTyped(form, &out)
		return out, wrong
	}
	err = wrong
	f := desk.HouseForm{Sufficiency: form.Get("sufficiency"), SignOff: form.Get("sign_off"), Blind: form.Get("blind")}
	f.WatchEvery, f.WatchDays, f.WatchPublished, f.WatchPaused = strconv.Itoa(now.Watch.Every), strconv.Itoa(now.Watch.Days), now.Watch.Published, now.Watch.Paused
	watchTyped(form, &f)
	if !form.Has("blind") {
		f.Blind = string(now.Blind)
	}
	s.Blind = claims.Strictness(f.Blind)
	s.Sufficiency, s.SignOff = claims.Strictness(f.Sufficiency), claims.Strictness(f.SignOff)
	s.EvidenceRules, s.Checklist = nil, nil
	at := func(name string, i int) string {
		if i < len(form[name]) {
			return strings.TrimSpace(form[name][i])
		}
		return ""
	}
	for i := range form["rule_case"] {
		row := desk.RuleForm{
			Case: at("rule_case", i), Steps: at("rule_steps", i), Primary: at("rule_primary", i), Secondary: at("rule_secondary", i),
			Against: at("rule_against", i), Original: at("rule_original", i),
		}
		if row.Case == "" {
			continue
		}
		f.Rules = append(f.Rules, row)
		rule, wrong := ruleOf(row)
		if wrong != nil {
			err = wrong
		}
		s.EvidenceRules = append(s.EvidenceRules, rule)
	}
	for i := range form["item_code"] {
		row, item := desk.ItemForm{Code: at("item_code", i)}, claims.ChecklistItem{Code: at("item_code", i), Words: map[string]string{}}
		for _, lang := range i18n.Langs() {
			words := at("item_words_"+lang, i)
			row.Words, item.Words[lang] = append(row.Words, words), words
		}
		if row.Code == "" && strings.Join(row.Words, "") == "" {
			continue
		}
		f.Items, s.Checklist = append(f.Items, row), append(s.Checklist, item)
	}
	return f, err
}

// ruleOf reads a rule of evidence as typed.
func ruleOf(f desk.RuleForm) (claims.EvidenceRule, error) {
	r := claims.EvidenceRule{
		Case: claims.RuleCase(f.Case), Steps: strings.FieldsFunc(f.Steps, func(c rune) bool { return c == ' ' || c == ',' || c == ';' }), Original: f.Original == "yes",
	}
	for text, to := range map[string]*int{"p" + f.Primary: &r.Primary, "s" + f.Secondary: &r.Secondary, "a" + f.Against: &r.Against} {
		if text = text[1:]; text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return r, claims.Invalid("evidence_rules", "number.malformed", cut(text, maxShown))
		}
		*to = n
	}
	return r, nil
}
