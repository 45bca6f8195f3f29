package workflow

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
)

const nounScale = "scale"

// Bounds of a scale.
const (
	maxSteps      = 20
	maxStepLabel  = 60 // code points
	maxStepNumber = 100
	maxUses       = 20 // claims that a refusal lists
)

// scaleFields is what the history tells of the scale.
var scaleFields = []field[claims.Scale]{
	listed("content_steps", func(s *claims.Scale) *[]claims.Step { return &s.Content }),
	listed("attribution_steps", func(s *claims.Scale) *[]claims.Step { return &s.Attribution }),
}

// Scale gives a version of the newsroom's scale, the newest where version is 0.
func (d *Desk) Scale(ctx context.Context, version int64) (claims.Scale, error) {
	var s claims.Scale
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		s, err = r.Scale(ctx, version)
		return err
	})
	return s, err
}

// Scales gives every version of the newsroom's scale.
func (d *Desk) Scales(ctx context.Context) (claims.Scales, error) {
	var s claims.Scales
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		s, err = r.Scales(ctx)
		return err
	})
	return s, err
}

// StepUses says of each step of a scale that is in use where that is.
type StepUses map[claims.Layer]map[string]claims.StepUse

// StepUses gives where the steps of the newest scale are used, for those who may
// change it.
func (d *Desk) StepUses(ctx context.Context, actor claims.Actor) (StepUses, error) {
	out := StepUses{}
	err := d.look(ctx, actor, claims.ActSettings, func(r claims.Reader) error {
		s, err := r.Scale(ctx, 0)
		if err != nil {
			return err
		}
		for _, l := range claims.Layers {
			out[l] = map[string]claims.StepUse{}
			for _, step := range s.Steps(l) {
				use, err := r.StepUse(ctx, l, step.Code, maxUses)
				if err != nil {
					return err
				}
				if use.Total > 0 {
					out[l][step.Code] = use
				}
			}
		}
		return nil
	})
	return out, err
}

// ScaleInput is a proposed scale: every step needs words in each of Languages.
type ScaleInput struct {
	Content     []claims.Step
	Attribution []claims.Step
	Languages   []string
}

// EditScale makes a new version of the scale, where anything differs. Verdicts
// keep the version that they were given on; a step in use stays.
func (d *Desk) EditScale(ctx context.Context, actor claims.Actor, version int64, in ScaleInput) (claims.Scale, error) {
	var out claims.Scale
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActSettings); err != nil {
			return err
		}
		before, err := t.Scale(ctx, 0)
		if err != nil {
			return err
		}
		if err := fresh(nounScale, "", version, before.Version); err != nil {
			return err
		}
		after, err := in.Check()
		if out = before; err != nil || len(diff(scaleFields, before, after)) == 0 {
			return err
		}
		out, err = t.saveScale(ctx, before, after, entry{act: ActScaleEdit, noun: nounScale, id: nounScale})
		return err
	})
	return out, err
}

// saveScale stores after as the next version and tells of it.
func (t *tx) saveScale(ctx context.Context, before, after claims.Scale, e entry) (claims.Scale, error) {
	if err := t.stepsFree(ctx, before, after); err != nil {
		return before, err
	}
	if err := t.CreateScale(ctx, &after); err != nil {
		return before, err
	}
	e.changes = append(e.changes, change{"scale", before.Version, after.Version})
	e.changes = append(e.changes, diff(scaleFields, before, after)...)
	return after, t.record(ctx, e)
}

// stepsFree refuses to take steps away that are in use, and says where.
func (t *tx) stepsFree(ctx context.Context, before, after claims.Scale) error {
	refusal := claims.Refuse(claims.KindConflict, "scale.in_use")
	seen, err := see(ctx, t, t.actor)
	if err != nil {
		return err
	}
	for _, l := range claims.Layers {
		for _, step := range before.Steps(l) {
			if slices.ContainsFunc(after.Steps(l), func(s claims.Step) bool { return s.Code == step.Code }) {
				continue
			}
			use, err := seen.StepUse(ctx, l, step.Code, maxUses)
			if err != nil {
				return err
			}
			if use.Total > 0 {
				refusal.Fields = append(refusal.Fields, claims.FieldError{
					Field: string(l), Key: "scale.step_used", Args: []any{step.Code, use.Total, shownIDs(use)},
				})
			}
		}
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	return refusal
}

// shownIDs writes the ids of the claims that use a step, "…" where there are more.
func shownIDs(use claims.StepUse) string {
	ids := make([]string, len(use.Claims))
	for i, id := range use.Claims {
		ids[i] = claims.ShowID(id)
	}
	if use.Total > len(ids) {
		ids = append(ids, "…")
	}
	return strings.Join(ids, ", ")
}

// undoScale makes a further version that is equal to the one before the act.
func (t *tx) undoScale(ctx context.Context, e claims.Event) error {
	before, err := t.Scale(ctx, 0)
	if err != nil {
		return err
	}
	after := before
	if err := restore(scaleFields, &after, e); err != nil {
		return err
	}
	_, err = t.saveScale(ctx, before, after, undoing(e))
	return err
}

// Check gives the proposed scale tidied, or names every field that is wrong.
func (in ScaleInput) Check() (claims.Scale, error) {
	var f faults
	out := claims.Scale{
		Content:     f.steps(claims.LayerContent, in.Content, in.Languages),
		Attribution: f.steps(claims.LayerAttribution, in.Attribution, in.Languages),
	}
	return out, f.err()
}

// steps checks the steps of a layer; fields are named "content.0.code".
func (f *faults) steps(l claims.Layer, list []claims.Step, languages []string) []claims.Step {
	switch {
	case len(list) == 0:
		f.add(string(l), "scale.no_steps")
	case len(list) > maxSteps:
		f.add(string(l), "list.too_long", len(list), maxSteps)
		return nil
	}
	out := make([]claims.Step, len(list))
	taken := map[any]bool{}
	for i, s := range list {
		at := string(l) + "." + strconv.Itoa(i) + "."
		out[i] = f.step(at, s, languages)
		f.unique(taken, at+"code", "scale.code_taken", out[i].Code)
		if s.Number != nil {
			f.unique(taken, at+"number", "scale.number_taken", *s.Number)
		}
		for _, lang := range slices.Sorted(maps.Keys(out[i].Labels)) {
			f.unique(taken, at+"label."+lang, "scale.words_taken", [2]string{lang, out[i].Labels[lang]})
		}
	}
	return out
}

// unique refuses what stands on another step of the layer already.
func (f *faults) unique(taken map[any]bool, field, key string, v any) {
	if taken[v] && v != "" {
		f.add(field, key)
	}
	taken[v] = true
}

var (
	stepCode  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	labelLang = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// noVerdict is what filters call the lack of a verdict, and so no step.
const noVerdict = "none"

func (f *faults) step(at string, s claims.Step, languages []string) claims.Step {
	s.Code, s.Labels = strings.TrimSpace(s.Code), tidyLabels(s.Labels)
	switch {
	case s.Code == "":
		f.add(at+"code", "text.missing")
	case !stepCode.MatchString(s.Code) || s.Code == noVerdict:
		f.add(at+"code", "scale.code_malformed", clip(s.Code, maxName))
	}
	for _, lang := range languages {
		if s.Labels[lang] == "" {
			f.add(at+"label."+lang, "text.missing")
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(s.Labels)) {
		if !labelLang.MatchString(lang) {
			f.add(at+"label", "language.unknown", clip(lang, maxName))
			continue
		}
		f.text(at+"label."+lang, s.Labels[lang], maxStepLabel)
	}
	if !slices.Contains(claims.StepColors, s.Color) {
		f.add(at+"color", "scale.color_unknown", clip(s.Color, maxName))
	}
	if !slices.Contains(claims.StepShapes, s.Shape) {
		f.add(at+"shape", "scale.shape_unknown", clip(s.Shape, maxName))
	}
	if n := s.Number; n != nil && (*n < 1 || *n > maxStepNumber) {
		f.add(at+"number", "number.out_of_range", 1, maxStepNumber)
	}
	return s
}

// tidyLabels gives a map of its own without blank words.
func tidyLabels(labels map[string]string) map[string]string {
	out := map[string]string{}
	for lang, words := range labels {
		if words = strings.Join(strings.Fields(words), " "); words != "" {
			out[lang] = words
		}
	}
	return out
}
