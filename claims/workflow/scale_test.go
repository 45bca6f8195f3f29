package workflow_test

import (
	"errors"
	"slices"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func scaleInput(s claims.Scale) workflow.ScaleInput {
	return workflow.ScaleInput{Content: slices.Clone(s.Content), Attribution: slices.Clone(s.Attribution), Languages: []string{"en", "es"}}
}

func newStep(code string) claims.Step {
	return claims.Step{Code: code, Labels: map[string]string{"en": "New " + code, "es": "Nuevo " + code}, Color: "half-true", Shape: "half"}
}

func TestTheScaleIsEditedInVersions(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx, shipped := t.Context(), claims.DefaultScale()
		c := k.claim(claims.StateInCheck, judged(k.ana, k.ana))

		_, err := k.EditScale(ctx, k.luis, 1, scaleInput(shipped))
		refused(t, "by an editor", err, claims.KindNotAllowed, "not_allowed.settings")
		same, err := k.EditScale(ctx, k.eva, 1, scaleInput(shipped))
		if err != nil || same.Version != 1 {
			t.Fatalf("nothing changed: version %d, %v", same.Version, err)
		}

		in := scaleInput(shipped)
		in.Content = append(in.Content[1:], newStep("satire"))
		second, err := k.EditScale(ctx, k.eva, 1, in)
		if err != nil || second.Version != 2 || len(second.Content) != len(shipped.Content) {
			t.Fatalf("second version: %+v, %v", second, err)
		}
		_, err = k.EditScale(ctx, k.eva, 1, in)
		refused(t, "stale", err, claims.KindStale, "stale.scale")

		in.Content = slices.DeleteFunc(slices.Clone(second.Content), func(s claims.Step) bool { return s.Code == "unproven" })
		in.Attribution = slices.DeleteFunc(slices.Clone(second.Attribution), func(s claims.Step) bool { return s.Code == "accurate" })
		_, err = k.EditScale(ctx, k.eva, 2, in)
		refused(t, "steps in use", err, claims.KindConflict, "scale.in_use")
		var e *claims.Error
		if !errors.As(err, &e) || len(e.Fields) != 2 || e.Fields[0].Field != "content" || e.Fields[1].Field != "attribution" ||
			e.Fields[0].Args[1] != 1 || e.Fields[0].Args[2] != claims.ShowID(c.ID) {
			t.Errorf("the refusal says %+v", e)
		}

		// A verdict on the new step makes the edit one that cannot be taken back.
		edit := k.lastEvent()
		judgedNow, err := k.Judge(ctx, k.ana, c.ID, c.Version, workflow.VerdictInput{Content: "satire", Attribution: "accurate", Rationale: "x"})
		if err != nil || judgedNow.Verdict.Scale != 2 {
			t.Fatalf("judged on the new version: %+v, %v", judgedNow.Verdict, err)
		}
		_, err = k.Undo(ctx, k.eva, edit.ID)
		refused(t, "undo over a step in use", err, claims.KindConflict, "scale.in_use")
		if _, err = k.Judge(ctx, k.ana, c.ID, judgedNow.Version, workflow.VerdictInput{Content: "unproven", Rationale: "x"}); err != nil {
			t.Fatal(err)
		}
		if _, err = k.Undo(ctx, k.eva, edit.ID); err != nil {
			t.Fatal(err)
		}
		all, err := k.Scales(ctx)
		if err != nil || len(all) != 3 || all.Newest().Version != 3 || all.Newest().Content[0].Code != "true" || len(all.Newest().Content) != len(shipped.Content) {
			t.Errorf("after the undo: %+v, %v", all, err)
		}
	})
}

func TestAWrongScaleNamesEveryField(t *testing.T) {
	zero, five, high := 0, 5, 1000
	for what, one := range map[string]struct {
		spoil func(*workflow.ScaleInput)
		want  []string
	}{
		"nothing wrong": {func(*workflow.ScaleInput) {}, nil},
		"no steps":      {func(in *workflow.ScaleInput) { in.Content, in.Attribution = nil, nil }, []string{"content scale.no_steps", "attribution scale.no_steps"}},
		"too many":      {func(in *workflow.ScaleInput) { in.Content = make([]claims.Step, 21) }, []string{"content list.too_long"}},
		"codes": {func(in *workflow.ScaleInput) {
			in.Content[0].Code, in.Content[1].Code, in.Content[2].Code, in.Content[3].Code, in.Attribution[0].Code = "Half true", "false", "none", "", "a'b"
		}, []string{"content.0.code scale.code_malformed", "content.2.code scale.code_malformed", "content.3.code text.missing", "content.4.code scale.code_taken", "attribution.0.code scale.code_malformed"}},
		"words": {func(in *workflow.ScaleInput) {
			in.Content[0].Labels = map[string]string{"en": " ", "es": "Falso", "EN": "x"}
		}, []string{"content.0.label.en text.missing", "content.0.label language.unknown", "content.4.label.es scale.words_taken"}},
		"looks": {func(in *workflow.ScaleInput) { in.Content[0].Color, in.Content[0].Shape = "pink", "star" }, []string{"content.0.color scale.color_unknown", "content.0.shape scale.shape_unknown"}},
		"numbers": {func(in *workflow.ScaleInput) {
			in.Content[0].Number, in.Content[5].Number, in.Attribution[0].Number = &zero, &high, &five
		}, []string{"content.0.number number.out_of_range", "content.5.number number.out_of_range"}},
		"a number twice": {func(in *workflow.ScaleInput) { in.Content[5].Number = &five }, []string{"content.5.number scale.number_taken"}},
	} {
		in := scaleInput(claims.DefaultScale())
		one.spoil(&in)
		_, err := in.Check()
		var got []string
		var e *claims.Error
		if errors.As(err, &e) {
			for _, f := range e.Fields {
				got = append(got, f.Field+" "+f.Key)
			}
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("%s: %q, want %q", what, got, one.want)
		}
	}
}
