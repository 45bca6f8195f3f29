package workflow_test

import (
	"slices"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// setHouse changes the settings as an admin.
func (k *kit) setHouse(change func(*claims.Settings)) {
	k.Helper()
	s, err := k.Settings(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	change(&s)
	if err := k.EditSettings(k.Context(), k.eva, s); err != nil {
		k.Fatal(err)
	}
}

var theSample = []string{"wording", "source", "evidence", "figures", "contrary", "fair"}

// reviews reads a claim's reviews.
func (k *kit) reviews(c claims.Claim) []claims.Review {
	k.Helper()
	v, err := k.Claim(k.Context(), k.eva, c.ID)
	if err != nil {
		k.Fatal(err)
	}
	return v.Reviews
}

// TestSufficiencyByStrictnessAndRole submits a claim whose evidence does not suffice.
func TestSufficiencyByStrictnessAndRole(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		falseVerdict := workflow.VerdictInput{Content: "false", Attribution: "not_found", Rationale: "No."}
		for _, tt := range []struct {
			strict   claims.Strictness
			actor    claims.Actor
			reason   string
			evidence bool
			kind     claims.ErrKind // of the refusal, "" for none
			recorded bool           // the lack
			passed   bool           // the reason is recorded
		}{
			{claims.Off, k.ana, "", false, "", false, false},
			{claims.Advise, k.ana, "", false, "", true, false},
			{claims.Advise, k.luis, "porque sí", false, "", true, false},
			{claims.Block, k.ana, "", false, claims.KindInvalid, false, false},
			{claims.Block, k.ana, "porque sí", false, claims.KindNotAllowed, false, false},
			{claims.Block, k.luis, "", false, claims.KindInvalid, false, false},
			{claims.Block, k.luis, "El archivo cierra hoy.", false, "", true, true},
			{claims.Block, k.eva, "El archivo cierra hoy.", false, "", true, true},
			{claims.Block, k.ana, "", true, "", false, false},
			{claims.Block, k.luis, "no hacía falta", true, "", false, false},
		} {
			k.setHouse(func(s *claims.Settings) {
				s.Sufficiency = tt.strict
				s.EvidenceRules = claims.EvidenceRules{{Case: claims.CaseContent, Steps: []string{"false"}, Against: 1}}
			})
			c := k.judge(k.ana, k.claim(claims.StateInCheck), falseVerdict)
			if tt.evidence {
				_, err := k.AddEvidence(t.Context(), k.ana, c.ID, c.Version, claims.Evidence{URL: "https://a.test", Stance: claims.StanceAgainst, Grade: claims.GradePrimary})
				if err != nil {
					t.Fatal(err)
				}
				c = k.again(c)
			}
			in := to(claims.StateSubmitted)
			in.Override = tt.reason
			_, err := k.MoveClaim(t.Context(), tt.actor, c.ID, c.Version, in)
			if tt.kind != "" {
				refused(t, string(tt.strict)+" "+tt.actor.Name, err, tt.kind)
				if k.again(c).State != claims.StateInCheck {
					t.Error("refused, and yet submitted")
				}
				continue
			}
			if err != nil {
				t.Errorf("%+v: %v", tt, err)
				continue
			}
			e := k.lastEvent()
			if (tells(e, claims.SideAfter, "lacking") == `["content"]`) != tt.recorded || (tells(e, claims.SideAfter, "override") != "") != tt.passed {
				t.Errorf("%+v: the history tells %+v", tt, e.Values)
			}
			v, err := k.Claim(t.Context(), k.olga, c.ID)
			if err != nil || (v.Override != "") != tt.passed {
				t.Errorf("%v: the reviewer reads %q", err, v.Override)
			}
			if err := k.undo(tt.actor); err != nil || k.again(c).State != claims.StateInCheck {
				t.Errorf("undone: %v, %s", err, k.again(c).State)
			}
		}
		k.sound()
	})
}

// TestTheQueueHoldsToTheRulesToo: submit and next is refused as a whole.
func TestTheQueueHoldsToTheRulesToo(t *testing.T) {
	k := newKit(t)
	k.setHouse(func(s *claims.Settings) {
		s.Sufficiency, s.EvidenceRules = claims.Block, claims.EvidenceRules{{Case: claims.CaseAny, Primary: 1}}
	})
	c := k.claim(claims.StateInCheck)
	_, err := k.Submit(t.Context(), k.ana, c.ID, c.Version, verdict)
	refused(t, "a checker", err, claims.KindInvalid, "sufficiency.blocked", "evidence:sufficiency.missing.any")
	v, err := k.Claim(t.Context(), k.ana, k.judge(k.ana, c, verdict).ID)
	if err != nil || len(v.Lacks) != 1 {
		t.Fatalf("%v: lacks %+v", err, v.Lacks)
	}
	for _, m := range v.Moves {
		if m.Act == claims.ActClaimSubmit {
			refused(t, "the move shown", m.Refused, claims.KindInvalid, "sufficiency.blocked")
		}
	}
	in := verdict
	in.Override = long(2001)
	_, err = k.Submit(t.Context(), k.luis, c.ID, k.again(c).Version, in)
	refused(t, "too long a reason", err, claims.KindInvalid, "override:text.too_long")
	in.Override = "Urge."
	if _, err := k.Submit(t.Context(), k.luis, c.ID, k.again(c).Version, in); err != nil {
		t.Error(err)
	}
}

// TestSignOffByStrictnessAndRole approves with and without ticks.
func TestSignOffByStrictnessAndRole(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		for _, tt := range []struct {
			strict  claims.Strictness
			actor   claims.Actor
			ticked  []string
			reason  string
			kind    claims.ErrKind
			open    int
			nothing bool // nothing of the list is kept
		}{
			{claims.Off, k.luis, nil, "", "", 0, true},
			{claims.Advise, k.luis, nil, "", "", 6, false},
			{claims.Advise, k.luis, theSample[:4], "", "", 2, false},
			{claims.Block, k.luis, theSample[:4], "", claims.KindInvalid, 0, false},
			{claims.Block, k.luis, theSample, "", "", 0, false},
			{claims.Block, k.luis, theSample[:4], "Sin datos que recalcular.", "", 2, false},
			{claims.Block, k.bea, theSample, "", "", 0, false},
			{claims.Block, k.bea, theSample[:4], "Porque sí.", claims.KindNotAllowed, 0, false},
			{claims.Advise, k.luis, []string{"nonsense"}, "", claims.KindInvalid, 0, false},
		} {
			k.setHouse(func(s *claims.Settings) { s.SignOff, s.CheckersApprove = tt.strict, true })
			c := k.claim(claims.StateSubmitted, judged(k.ana, k.ana))
			in := to(claims.StateApproved)
			in.Checked, in.Override = tt.ticked, tt.reason
			_, err := k.MoveClaim(t.Context(), tt.actor, c.ID, c.Version, in)
			if tt.kind != "" {
				refused(t, string(tt.strict)+" "+tt.actor.Name, err, tt.kind)
				if n := len(k.reviews(c)); n != 0 {
					t.Errorf("refused, and yet %d reviews", n)
				}
				continue
			}
			if err != nil {
				t.Errorf("%+v: %v", tt, err)
				continue
			}
			r := k.reviews(c)[0]
			if (len(r.Checklist) == 0) != tt.nothing || len(claims.OpenItems(r.Checklist)) != tt.open || (r.Override != "") != (tt.strict == claims.Block && tt.open > 0) {
				t.Errorf("%+v: kept %+v", tt, r)
			}
			if open := tells(k.lastEvent(), claims.SideAfter, "open"); (open != "") != (tt.open > 0) {
				t.Errorf("%+v: the history tells of %s", tt, open)
			}
			if err := k.undo(tt.actor); err != nil || len(k.reviews(c)) != 0 {
				t.Errorf("undone: %v, %d reviews", err, len(k.reviews(c)))
			}
		}
		k.sound()
	})
}

// TestOnePersonDesksSignOffTheirOwn work by the same list.
func TestOnePersonDesksSignOffTheirOwn(t *testing.T) {
	k := newKit(t)
	k.setHouse(func(s *claims.Settings) { s.SingleReview, s.SignOff = true, claims.Block })
	c := k.claim(claims.StateSubmitted, judged(k.luis, k.luis))
	in := to(claims.StateApproved)
	_, err := k.MoveClaim(t.Context(), k.luis, c.ID, c.Version, in)
	refused(t, "nothing ticked", err, claims.KindInvalid, "checked:sign_off.open")
	in.Checked = theSample
	k.move(k.luis, c, in)
	if r := k.reviews(c)[0]; !r.Single {
		t.Errorf("%+v", r)
	}
}

func TestSettingsOfTheHouse(t *testing.T) {
	k := newKit(t)
	s, err := k.Settings(t.Context())
	if err != nil || s.Sufficiency != claims.Advise || s.SignOff != claims.Advise || len(s.Checklist) != 6 || len(s.EvidenceRules) != 3 {
		t.Fatalf("%v: a new desk has %+v", err, s)
	}
	item := func(code, words string) claims.ChecklistItem {
		return claims.ChecklistItem{Code: code, Words: map[string]string{"es": words}}
	}
	for key, change := range map[string]func(*claims.Settings){
		"sufficiency:strictness.unknown":   func(s *claims.Settings) { s.Sufficiency = "maybe" },
		"sign_off:strictness.unknown":      func(s *claims.Settings) { s.SignOff = "maybe" },
		"evidence_rules:rule.case_unknown": func(s *claims.Settings) { s.EvidenceRules = claims.EvidenceRules{{Case: "x", Primary: 1}} },
		"evidence_rules:rule.asks_nothing": func(s *claims.Settings) { s.EvidenceRules = claims.EvidenceRules{{Case: claims.CaseAny}} },
		"evidence_rules:rule.steps_missing": func(s *claims.Settings) {
			s.EvidenceRules = claims.EvidenceRules{{Case: claims.CaseContent, Primary: 1}}
		},
		"evidence_rules:number.out_of_range": func(s *claims.Settings) { s.EvidenceRules = claims.EvidenceRules{{Case: claims.CaseAny, Primary: 10}} },
		"evidence_rules:list.too_long":       func(s *claims.Settings) { s.EvidenceRules = slices.Repeat(s.EvidenceRules, 7) },
		"checklist:checklist.code_malformed": func(s *claims.Settings) { s.Checklist = claims.Checklist{item("A b", "x")} },
		"checklist:checklist.code_twice":     func(s *claims.Settings) { s.Checklist = claims.Checklist{item("a", "x"), item("a", "y")} },
		"checklist:checklist.words_missing":  func(s *claims.Settings) { s.Checklist = claims.Checklist{item("a", " ")} },
		"checklist:text.too_long":            func(s *claims.Settings) { s.Checklist = claims.Checklist{item("a", long(501))} },
		"checklist:list.too_long":            func(s *claims.Settings) { s.Checklist = make(claims.Checklist, 31) },
	} {
		bad := s
		change(&bad)
		refused(t, key, k.EditSettings(t.Context(), k.eva, bad), claims.KindInvalid, key)
	}
	k.setHouse(func(s *claims.Settings) {
		s.Checklist, s.EvidenceRules, s.SignOff = claims.Checklist{item("a", " x ")}, nil, claims.Block
	})
	got, err := k.Settings(t.Context())
	if err != nil || len(got.Checklist) != 1 || got.Checklist[0].Words["es"] != "x" || len(got.EvidenceRules) != 0 {
		t.Errorf("%v: %+v", err, got)
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	if got, err = k.Settings(t.Context()); err != nil || len(got.Checklist) != 6 || len(got.EvidenceRules) != 3 || got.SignOff != claims.Advise {
		t.Errorf("undone: %v, %+v", err, got)
	}
}
