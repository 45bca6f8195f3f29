package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

func longWording(c *claims.Claim) { c.Standalone = strings.Repeat("palabra ", 20) + "fin" }

// TestWhatIsPublishedIsHeldToTheRulesOfItsMarkup: they advise, and block where
// the house says so, unless an editor says why not.
func TestWhatIsPublishedIsHeldToTheRulesOfItsMarkup(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		for _, tt := range []struct {
			strict   claims.Strictness
			long     bool
			reason   string
			refused  bool
			recorded bool // which rules were not kept
			passed   bool // the reason
		}{
			{claims.Off, true, "", false, false, false},
			{claims.Advise, true, "", false, true, false},
			{claims.Advise, true, "porque sí", false, true, false},
			{claims.Block, true, "", true, false, false},
			{claims.Block, true, "El titular no cabe en menos.", false, true, true},
			{claims.Block, false, "", false, true, false}, // what is only recommended
		} {
			k.setHouse(func(s *claims.Settings) { s.ReviewLint = tt.strict })
			c := k.claim(claims.StateOpen)
			if tt.long {
				c = k.claim(claims.StateOpen, longWording)
			}
			c = k.approved(c)
			v, err := k.Claim(t.Context(), k.luis, c.ID)
			if err != nil || (len(v.Lint) == 0) != (tt.strict == claims.Off) {
				t.Fatalf("%+v: %d findings, %v", tt, len(v.Lint), err)
			}
			in := to(claims.StatePublished)
			in.Override = tt.reason
			_, err = k.MoveClaim(t.Context(), k.luis, c.ID, c.Version, in)
			if tt.refused {
				refused(t, string(tt.strict), err, claims.KindInvalid, "lint.blocked", "review_lint:lint.broken.short")
				if k.again(c).PublishedVersion != 0 {
					t.Error("refused, and yet published")
				}
				continue
			}
			if err != nil {
				t.Errorf("%+v: %v", tt, err)
				continue
			}
			e := k.lastEvent()
			if unkept := tells(e, claims.SideAfter, "unkept"); (unkept != "") != tt.recorded || strings.Contains(unkept, `"short"`) != (tt.long && tt.recorded) ||
				(tells(e, claims.SideAfter, "override") != "") != tt.passed {
				t.Errorf("%+v: the history tells %+v", tt, e.Values)
			}
		}
		k.sound()
	})
}

// TestTheLinterTellsNothingOfAVerdictThatIsKeptFromItsReader.
func TestTheLinterTellsNothingOfAVerdictThatIsKeptFromItsReader(t *testing.T) {
	k := newKit(t)
	k.setHouse(func(s *claims.Settings) { s.Blind = claims.Block })
	c := k.judge(k.ana, k.claim(claims.StateInCheck), workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "No."})
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	found, _, err := k.ReviewLint(t.Context(), k.luis, c.ID)
	if err != nil || found != nil {
		t.Errorf("%v, %v", found, err)
	}
	if found, _, err = k.ReviewLint(t.Context(), k.ana, c.ID); err != nil || len(found) != len(export.Rules) {
		t.Errorf("to whoever judged it: %d, %v", len(found), err)
	}
	open := k.claim(claims.StateOpen, func(c *claims.Claim) { c.Verdict = nil })
	found, _, err = k.ReviewLint(t.Context(), k.luis, open.ID)
	i := slices.IndexFunc(found, func(f export.Finding) bool { return f.Rule == export.RuleRatingWord })
	if err != nil || i < 0 || found[i].Kept {
		t.Errorf("without a verdict: %+v, %v", found, err)
	}
}

// TestAPublicationSaysWhoseEyesItPassed, and its versions what each changed.
func TestAPublicationSaysWhoseEyesItPassed(t *testing.T) {
	k := newKit(t)
	c := k.published()
	d := k.public(c.ID, 0).Document
	if d.Review.Judged == nil || d.Review.Judged.Role != claims.RoleChecker || d.Review.Judged.Name != "" || d.Review.Approved.Role != claims.RoleEditor {
		t.Errorf("%+v", d.Review)
	}
	k.setHouse(func(s *claims.Settings) { s.NameReviewers = true })
	if again := k.public(c.ID, 1).Document; again.Review.Judged.Name != "" {
		t.Error("a setting changed what was published before")
	}
	c = k.rework(c, "Salió un informe", workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "El informe lo desmiente."})
	k.move(k.luis, c, to(claims.StatePublished))
	p := k.public(c.ID, 0)
	if p.Document.Review.Judged.Name != "Display of ana" || p.Document.Review.Approved.Name != "Display of luis" {
		t.Errorf("%+v", p.Document.Review)
	}
	if len(p.Versions) != 2 || p.Versions[0].Changes != nil || p.Versions[1].Changes[0].Kind != export.ChangedVerdict {
		t.Errorf("%+v", p.Versions)
	}
	if old := k.public(c.ID, 1); len(old.Versions) != 1 {
		t.Error("beside version 1 it is told what came after it")
	}
}
