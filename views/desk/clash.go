package desk

import (
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// Clash is a form that was refused because somebody changed the same thing
// meanwhile: what was typed beside what stands now. The form itself holds what
// was typed, ready to be sent again.
type Clash struct {
	Title  string
	Fields []ClashField // those that differ
	Again  string       // where what stands is shown, and what was typed given up
}

// ClashField is one field of both sides, as the form has it.
type ClashField struct {
	Label         string
	Name          string // of the field that can take over what stands; "" for what is only shown
	Typed, Stands string
	Said          func(string) string // how a value reads; nil for itself
}

// differing leaves out what both sides agree on.
func differing(fields ...ClashField) []ClashField {
	return slices.DeleteFunc(fields, func(f ClashField) bool { return unix(f.Typed) == unix(f.Stands) })
}

func (f ClashField) said(w *i18n.Words, value string) string {
	if value != "" && f.Said != nil {
		value = f.Said(value)
	}
	if strings.TrimSpace(value) == "" {
		return w.T("clash.empty")
	}
	return value
}

// under words values by keys with a prefix.
func under(w *i18n.Words, prefix string) func(string) string {
	return func(value string) string {
		if w.Has(prefix + value) {
			return w.T(prefix + value)
		}
		return value
	}
}

// clash compares one form of a claim with what stands.
func (p ClaimPage) clash(form string) Clash {
	out := Clash{Title: p.Words.T("claim.conflict"), Again: p.path("")}
	if p.InQueue {
		out.Again = "/queue"
	}
	switch kind, id, _ := strings.Cut(form, "-"); kind {
	case "verdict":
		out.Fields = p.verdictClash(p.Forms.Verdict, p.Stands.Verdict)
	case "wording":
		out.Fields = differing(
			ClashField{Label: p.Words.T("claim.standalone"), Name: "standalone", Typed: p.Forms.Standalone, Stands: p.Stands.Standalone},
			ClashField{Label: p.Words.T("claim.kind"), Name: "kind", Typed: p.Forms.Kind, Stands: p.Stands.Kind, Said: under(p.Words, "kind.")},
			ClashField{Label: p.Words.T("claim.made_on"), Name: "made_on", Typed: p.Forms.MadeOn, Stands: p.Stands.MadeOn},
		)
	case "attribution":
		out.Fields = differing(ClashField{Label: p.Words.T("claim.who"), Typed: chainsTold(p.Words, p.Forms.Attributions), Stands: chainsTold(p.Words, p.Stands.Attributions)})
	case "figures":
		out.Fields = differing(ClashField{Label: p.Words.T("claim.figures"), Typed: figuresTold(p.Forms.Quantities), Stands: figuresTold(p.Stands.Quantities)})
	case "times":
		out.Fields = differing(ClashField{Label: p.Words.T("claim.times"), Typed: timesTold(p.Forms.Times), Stands: timesTold(p.Stands.Times)})
	case "triage":
		out.Fields = p.triageClash(p.Forms.Triage, p.Stands.Triage)
	case "evidence":
		for _, e := range p.Evidence {
			if e.ID == id {
				out.Fields = evidenceClash(p.Words, p.Forms.Evidence, EvidenceFormOf(e))
			}
		}
	case "external":
		for _, e := range p.External {
			if e.ID == id {
				out.Title, out.Fields = p.Words.T("stale.external_check"), externalClash(p.Words, p.Forms.External, ExternalFormOf(e))
			}
		}
	case "contact":
		for _, k := range p.Contacts {
			if k.ID == id {
				out.Title, out.Fields = p.Words.T("stale.contact"), contactClash(p.Words, p.Forms.Contact, ContactFormOf(k))
			}
		}
	}
	return out
}

func (p ClaimPage) verdictClash(typed, stands VerdictForm) []ClashField {
	w := p.Words
	step := func(l claims.Layer) func(string) string {
		return func(code string) string {
			return views.StepWord(func(code string) (claims.Step, bool) { return p.Scales.Step(l, code) }, code, w)
		}
	}
	return differing(
		ClashField{Label: w.T("verdict.content"), Name: "content", Typed: typed.Content, Stands: stands.Content, Said: step(claims.LayerContent)},
		ClashField{Label: w.T("verdict.attribution"), Name: "attribution", Typed: typed.Attribution, Stands: stands.Attribution, Said: step(claims.LayerAttribution)},
		ClashField{Label: w.T("verdict.rationale"), Name: "rationale", Typed: typed.Rationale, Stands: stands.Rationale},
		ClashField{Label: w.T("verdict.what_is_true"), Name: "what_is_true", Typed: typed.WhatIsTrue, Stands: stands.WhatIsTrue},
		ClashField{Label: w.T("verdict.as_of"), Name: "as_of", Typed: typed.AsOf, Stands: stands.AsOf},
		ClashField{Label: w.T("verdict.review_again"), Name: "review_again", Typed: typed.ReviewAgain, Stands: stands.ReviewAgain},
	)
}

func (p ClaimPage) triageClash(typed, stands TriageForm) []ClashField {
	w := p.Words
	who := func(id string) string { return called(p.People, id, w) }
	return differing(
		ClashField{Label: w.T("claim.assignee"), Name: "assignee", Typed: typed.Assignee, Stands: stands.Assignee, Said: who},
		ClashField{Label: w.T("claim.priority"), Name: "priority", Typed: typed.Priority, Stands: stands.Priority, Said: under(w, "priority.")},
		ClashField{Label: w.T("claim.due"), Name: "due", Typed: typed.Due, Stands: stands.Due},
		ClashField{Label: w.T("claim.tags"), Name: "tags", Typed: typed.Tags, Stands: stands.Tags},
	)
}

func evidenceClash(w *i18n.Words, typed, stands EvidenceForm) []ClashField {
	return differing(
		ClashField{Label: w.T("evidence.url"), Name: "url", Typed: typed.URL, Stands: stands.URL},
		ClashField{Label: w.T("evidence.title"), Name: "title", Typed: typed.Title, Stands: stands.Title},
		ClashField{Label: w.T("evidence.publisher"), Name: "publisher", Typed: typed.Publisher, Stands: stands.Publisher},
		ClashField{Label: w.T("evidence.stance"), Name: "stance", Typed: typed.Stance, Stands: stands.Stance, Said: under(w, "stance.")},
		ClashField{Label: w.T("evidence.grade"), Name: "grade", Typed: typed.Grade, Stands: stands.Grade, Said: under(w, "grade.")},
		ClashField{Label: w.T("evidence.quote"), Name: "quote", Typed: typed.Quote, Stands: stands.Quote},
		ClashField{Label: w.T("evidence.locator"), Name: "locator", Typed: typed.Locator, Stands: stands.Locator},
	)
}

func contactClash(w *i18n.Words, typed, stands ContactForm) []ClashField {
	return differing(
		ClashField{Label: w.T("contact.whom"), Name: "whom", Typed: typed.Whom, Stands: stands.Whom},
		ClashField{Label: w.T("contact.means"), Name: "means", Typed: typed.Means, Stands: stands.Means, Said: under(w, "means.")},
		ClashField{Label: w.T("contact.question"), Name: "question", Typed: typed.Question, Stands: stands.Question},
		ClashField{Label: w.T("contact.asked_at"), Name: "asked_at", Typed: typed.AskedAt, Stands: stands.AskedAt},
		ClashField{Label: w.T("contact.deadline"), Name: "deadline", Typed: typed.Deadline, Stands: stands.Deadline},
		ClashField{Label: w.T("contact.answer"), Name: "answer", Typed: typed.Answer, Stands: stands.Answer},
		ClashField{Label: w.T("contact.public"), Name: "public", Typed: typed.Public, Stands: stands.Public},
	)
}

// clash compares the form of an article with what stands.
func (p ArticleEditPage) clash() Clash {
	w, typed, stands := p.Words, p.Form, *p.Stands
	return Clash{Title: w.T("stale.article"), Again: "/articles/" + p.ID + "/edit", Fields: differing(
		ClashField{Label: w.T("article.title"), Name: "title", Typed: typed.Title, Stands: stands.Title},
		ClashField{Label: w.T("article.outlet"), Name: "outlet", Typed: typed.Outlet, Stands: stands.Outlet},
		ClashField{Label: w.T("article.authors"), Name: "authors", Typed: typed.Authors, Stands: stands.Authors},
		ClashField{Label: w.T("article.url"), Name: "url", Typed: typed.URL, Stands: stands.URL},
		ClashField{Label: w.T("article.canonical_url"), Name: "canonical_url", Typed: typed.CanonicalURL, Stands: stands.CanonicalURL},
		ClashField{Label: w.T("article.published"), Name: "published", Typed: typed.Published, Stands: stands.Published},
		ClashField{Label: w.T("article.language"), Name: "language", Typed: typed.Language, Stands: stands.Language},
	)}
}

// clash compares the form of a check with what stands.
func (p CheckPage) clash() Clash {
	w, typed, stands := p.Words, p.Form, *p.Stands
	return Clash{Title: w.T("stale.check"), Again: "/checks/" + p.Slug + "/edit", Fields: differing(
		ClashField{Label: w.T("checks.name"), Name: "title", Typed: typed.Title, Stands: stands.Title},
		ClashField{Label: w.T("checks.summary"), Name: "summary", Typed: typed.Summary, Stands: stands.Summary},
		ClashField{Label: w.T("checks.body"), Name: "body", Typed: typed.Body, Stands: stands.Body},
		ClashField{Label: w.T("article.authors"), Name: "authors", Typed: typed.Authors, Stands: stands.Authors},
		ClashField{Label: w.T("article.language"), Name: "language", Typed: typed.Language, Stands: stands.Language},
		ClashField{Label: w.T("checks.slug"), Name: "slug", Typed: typed.Slug, Stands: stands.Slug},
		ClashField{Label: w.T("checks.related"), Name: "related", Typed: typed.Related, Stands: stands.Related},
	)}
}

// clash compares the form of a source with what stands.
func (p SourceFormPage) clash() Clash {
	w, typed, stands := p.Words, p.Form, p.Stands
	return Clash{Title: w.T("stale.source"), Again: sourcePath(p.ID, "/edit"), Fields: differing(
		ClashField{Label: w.T("source.name"), Name: "name", Typed: typed.Name, Stands: stands.Name},
		ClashField{Label: w.T("source.kind"), Name: "kind", Typed: typed.Kind, Stands: stands.Kind, Said: func(kind string) string { return kindName(w, kind) }},
		ClashField{Label: w.T("source.aliases"), Name: "aliases", Typed: typed.Aliases, Stands: stands.Aliases},
		ClashField{Label: w.T("source.code"), Name: "code", Typed: typed.Code, Stands: stands.Code},
		ClashField{Label: w.T("source.same_as"), Name: "same_as", Typed: typed.SameAs, Stands: stands.SameAs},
		ClashField{Label: w.T("source.note"), Name: "note", Typed: typed.Note, Stands: stands.Note},
	)}
}

// clash compares who may see a source, as chosen, with who may.
func (p SourcePage) clash() Clash {
	names := func(ids []string) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = called(p.People, id, p.Words)
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	return Clash{Title: p.Words.T("stale.source"), Again: sourcePath(p.Source.ID, ""), Fields: differing(
		ClashField{Label: p.Words.T("sources.who_may_see"), Typed: names(p.Readers), Stands: names(p.Source.Readers)},
	)}
}

// clash compares the scale as typed with what stands.
func (p ScalePage) clash() Clash {
	out := Clash{Title: p.Words.T("stale.scale"), Again: "/settings/scale"}
	for _, l := range claims.Layers {
		out.Fields = append(out.Fields, ClashField{
			Label: p.Words.T("verdict." + string(l)), Typed: stepsTold(p.Words, p.Langs, p.Layers[l]), Stands: stepsTold(p.Words, p.Langs, StepFormsOf(p.Stands.Steps(l))),
		})
	}
	out.Fields = differing(out.Fields...)
	return out
}

// clash compares the settings as typed with what stands.
func (p SettingPage) clash() Clash {
	w, typed, stands := p.Words, p.Form, *p.Stands
	strict := under(w, "strictness.")
	return Clash{Title: w.T("stale.settings"), Again: "/settings", Fields: append(p.settingClash(w, typed, stands, strict), differing(p.trustClash()...)...)}
}

func (p SettingPage) settingClash(w *i18n.Words, typed, stands SettingForm, strict func(string) string) []ClashField {
	return differing(
		ClashField{Label: w.T("settings.newsroom"), Name: "newsroom", Typed: typed.Newsroom, Stands: stands.Newsroom},
		ClashField{Label: w.T("settings.newsroom_url"), Name: "newsroom_url", Typed: typed.NewsroomURL, Stands: stands.NewsroomURL},
		ClashField{Label: w.T("settings.same_as"), Name: "same_as", Typed: typed.SameAs, Stands: stands.SameAs},
		ClashField{Label: w.T("settings.language"), Name: "language", Typed: typed.Language, Stands: stands.Language},
		ClashField{Label: w.T("settings.base_url"), Name: "base_url", Typed: typed.BaseURL, Stands: stands.BaseURL},
		ClashField{Label: w.T("settings.single_review"), Typed: yesOrNo(w, typed.SingleReview), Stands: yesOrNo(w, stands.SingleReview)},
		ClashField{Label: w.T("settings.review_checks"), Typed: yesOrNo(w, typed.Public.ReviewChecks), Stands: yesOrNo(w, stands.Public.ReviewChecks)},
		ClashField{Label: w.T("settings.time_zone"), Name: "time_zone", Typed: typed.Public.TimeZone, Stands: stands.Public.TimeZone},
		ClashField{Label: w.T("settings.checkers_approve"), Typed: yesOrNo(w, typed.CheckersApprove), Stands: yesOrNo(w, stands.CheckersApprove)},
		ClashField{Label: w.T("settings.second_factor"), Typed: yesOrNo(w, typed.SecondFactor), Stands: yesOrNo(w, stands.SecondFactor)},
		ClashField{Label: w.T("settings.evidence"), Name: "sufficiency", Typed: typed.House.Sufficiency, Stands: stands.House.Sufficiency, Said: strict},
		ClashField{Label: w.T("settings.checklist"), Name: "sign_off", Typed: typed.House.SignOff, Stands: stands.House.SignOff, Said: strict},
		ClashField{Label: w.T("settings.blind"), Name: "blind", Typed: typed.House.Blind, Stands: stands.House.Blind, Said: strict},
		ClashField{Label: w.T("settings.evidence_edit"), Typed: rulesTold(typed.House.Rules), Stands: rulesTold(stands.House.Rules)},
		ClashField{Label: w.T("settings.checklist_edit"), Typed: itemsTold(typed.House.Items), Stands: itemsTold(stands.House.Items)},
		ClashField{Label: w.T("watch.every"), Name: "watch_every", Typed: typed.House.WatchEvery, Stands: stands.House.WatchEvery},
		ClashField{Label: w.T("watch.days"), Name: "watch_days", Typed: typed.House.WatchDays, Stands: stands.House.WatchDays},
		ClashField{Label: w.T("watch.published"), Typed: yesOrNo(w, typed.House.WatchPublished), Stands: yesOrNo(w, stands.House.WatchPublished)},
		ClashField{Label: w.T("watch.paused"), Typed: yesOrNo(w, typed.House.WatchPaused), Stands: yesOrNo(w, stands.House.WatchPaused)},
		ClashField{Label: w.T("settings.max_file"), Name: "max_file", Typed: typed.MaxFile, Stands: stands.MaxFile},
		ClashField{Label: w.T("settings.return_after"), Name: "return_after", Typed: typed.ReturnAfter, Stands: stands.ReturnAfter},
		ClashField{Label: w.T("settings.name_reviewers"), Typed: yesOrNo(w, typed.Public.NameReviewers), Stands: yesOrNo(w, stands.Public.NameReviewers)},
		ClashField{Label: w.T("settings.review_lint"), Name: "review_lint", Typed: typed.Public.ReviewLint, Stands: stands.Public.ReviewLint, Said: strict},
	)
}

func yesOrNo(w *i18n.Words, yes bool) string {
	if yes {
		return w.T("yes")
	}
	return w.T("no")
}

// told joins rows of a form, a line each; empty parts and rows are left out.
func told(rows [][]string) string {
	var lines []string
	for _, row := range rows {
		if row = slices.DeleteFunc(row, func(s string) bool { return s == "" }); len(row) > 0 {
			lines = append(lines, strings.Join(row, " · "))
		}
	}
	return strings.Join(lines, "\n")
}

func figuresTold(list []QuantityForm) string {
	rows := make([][]string, len(list))
	for i, q := range list {
		rows[i] = []string{q.Text, q.Value, q.Low, q.High, q.Unit}
	}
	return told(rows)
}

func timesTold(list []TimeForm) string {
	rows := make([][]string, len(list))
	for i, t := range list {
		rows[i] = []string{t.Text, t.From, t.To}
	}
	return told(rows)
}

func chainsTold(w *i18n.Words, list []AttributionForm) string {
	var rows [][]string
	for _, a := range list {
		rows = append(rows, []string{under(w, "mode.")(a.Mode), a.Cue})
		for _, l := range a.Links {
			rows = append(rows, []string{under(w, "role.")(l.Role), l.Name, l.Text, l.Cue, l.Code})
		}
	}
	return told(rows)
}

func stepsTold(w *i18n.Words, langs []string, list []StepForm) string {
	rows := make([][]string, len(list))
	for i, s := range list {
		for _, lang := range langs {
			rows[i] = append(rows[i], s.Labels[lang])
		}
		rows[i] = append(rows[i], under(w, "scale_shape.")(s.Shape), under(w, "scale_color.")(s.Color), s.Number)
	}
	return told(rows)
}

func rulesTold(list []RuleForm) string {
	rows := make([][]string, len(list))
	for i, r := range list {
		if r.Case != "" {
			rows[i] = []string{r.Case, r.Steps, r.Primary, r.Secondary, r.Against}
		}
	}
	return told(rows)
}

func itemsTold(list []ItemForm) string {
	rows := make([][]string, len(list))
	for i, item := range list {
		if item.Code != "" {
			rows[i] = append([]string{item.Code}, item.Words...)
		}
	}
	return told(rows)
}
