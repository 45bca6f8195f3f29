package claims_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
)

// theMoves is product.md's table of states and of who may do what, written out
// by hand: from, to, the roles (k contributor, c checker, e editor, a admin),
// whose work it must be (any, own, others), and whether a reason is needed. "c?"
// is a checker where the newsroom's setting lets checkers approve.
const theMoves = `
suggested    open         cea    any     -
suggested    dismissed    cea    any     reason
open         in_check     cea    any     -
open         dismissed    cea    any     reason
open         help_needed  cea    any     -
in_check     submitted    cea    any     -
in_check     dismissed    cea    any     reason
in_check     open         cea    any     -
in_check     help_needed  cea    any     -
help_needed  in_check     cea    any     -
dismissed    open         cea    any     -
submitted    in_check     cea    own     -
submitted    returned     c?ea   others  reason
submitted    approved     c?ea   others  -
approved     returned     c?ea   others  reason
approved     published    ea     any     -
returned     in_check     cea    any     -
published    reopened     ea     any     reason
published    withdrawn    ea     any     reason
reopened     in_check     cea    any     -
reopened     published    ea     any     -
`

// allStates and allRoles are written out, so that a state or role that is added
// fails here until somebody has thought about it.
var (
	allStates = strings.Fields("suggested open in_check help_needed submitted returned approved published reopened withdrawn dismissed")
	allRoles  = strings.Fields("contributor checker editor admin")
)

type move struct {
	roles, whose string
	reason       bool
}

func readMoves(t *testing.T) map[[2]string]move {
	t.Helper()
	out := map[[2]string]move{}
	for line := range strings.Lines(theMoves) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		out[[2]string{f[0], f[1]}] = move{roles: f[2], whose: f[3], reason: f[4] == "reason"}
	}
	if len(out) != 21 {
		t.Fatalf("the table of the test has %d moves, product.md has 21", len(out))
	}
	return out
}

// relation is what the actor has to do with the claim.
type relation struct {
	name             string
	submitted, judge string
}

const me = "ME"

var relations = []relation{
	{"stranger", "SOMEBODY", "SOMEBODY"},
	{"submitter", me, "SOMEBODY"},
	{"judge", "SOMEBODY", me},
	{"both", me, me},
}

func (m move) allows(role string, r relation, s claims.Settings) bool {
	letter := map[string]string{"contributor": "k", "checker": "c", "editor": "e", "admin": "a"}[role]
	roles := m.roles
	if strings.Contains(roles, "c?") && !s.CheckersApprove {
		roles = strings.Replace(roles, "c?", "", 1)
	}
	if !strings.Contains(roles, letter) {
		return false
	}
	switch m.whose {
	case "own":
		return r.submitted == me
	case "others":
		return s.SingleReview || (r.submitted != me && r.judge != me)
	}
	return true
}

// TestEveryMove tries every state × every target × every role × whose work it is
// × the settings that matter against the table above.
func TestEveryMove(t *testing.T) {
	table := readMoves(t)
	for _, from := range allStates {
		for _, to := range allStates {
			want, legal := table[[2]string{from, to}]
			got, ok := claims.FindMove(claims.State(from), claims.State(to))
			if ok != legal {
				t.Errorf("%s → %s: in the table of moves: %v, want %v", from, to, ok, legal)
			}
			if !ok || !legal {
				continue
			}
			if got.Reason != want.reason {
				t.Errorf("%s → %s: a reason is needed: %v, want %v", from, to, got.Reason, want.reason)
			}
			checkRights(t, got, want)
		}
	}
	if len(claims.Moves) != len(table) {
		t.Errorf("the domain has %d moves, want %d", len(claims.Moves), len(table))
	}
}

func checkRights(t *testing.T, got claims.Move, want move) {
	t.Helper()
	for _, role := range allRoles {
		for _, r := range relations {
			for i := range 4 {
				s := claims.Settings{CheckersApprove: i&1 != 0, SingleReview: i&2 != 0}
				c := claims.Claim{State: got.From, SubmittedBy: r.submitted, Verdict: &claims.Verdict{ChangedBy: r.judge}}
				err := claims.MayOnClaim(claims.Actor{ID: me, Role: claims.Role(role)}, got.Act, c, s)
				if allowed := want.allows(role, r, s); (err == nil) != allowed {
					t.Errorf("%s → %s by %s (%s, checkers approve %v, single review %v): %v, want allowed %v",
						got.From, got.To, role, r.name, s.CheckersApprove, s.SingleReview, err, allowed)
				}
				if err != nil && claims.KindOf(err) != claims.KindNotAllowed {
					t.Errorf("%s → %s by %s: %v is no refusal for want of rights", got.From, got.To, role, err)
				}
			}
		}
	}
}

func TestStatesAndRolesAreTheOnesOfTheProduct(t *testing.T) {
	if got := texts(claims.States); !slices.Equal(got, allStates) {
		t.Errorf("states %v, want %v", got, allStates)
	}
	if got := texts(claims.Roles); !slices.Equal(got, allRoles) {
		t.Errorf("roles %v, want %v", got, allRoles)
	}
	for _, s := range claims.States {
		if !s.Valid() {
			t.Errorf("%s is no state", s)
		}
	}
	for _, bad := range []claims.State{"", "Open", "gone"} {
		if bad.Valid() {
			t.Errorf("%q is a state", bad)
		}
	}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func TestEditableStates(t *testing.T) {
	editable := strings.Fields("suggested open in_check help_needed")
	for _, s := range claims.States {
		if got, want := s.Editable(), slices.Contains(editable, string(s)); got != want {
			t.Errorf("%s editable: %v, want %v", s, got, want)
		}
	}
}

func TestMovesFrom(t *testing.T) {
	var got []string
	for _, m := range claims.MovesFrom(claims.StateSubmitted) {
		got = append(got, string(m.To))
	}
	slices.Sort(got)
	if want := []string{"approved", "in_check", "returned"}; !slices.Equal(got, want) {
		t.Errorf("from submitted: %v, want %v", got, want)
	}
	if left := claims.MovesFrom(claims.StateWithdrawn); len(left) != 0 {
		t.Errorf("a withdrawn claim moves on: %v", left)
	}
}

// TestEveryStateIsReached walks the table from a suggestion: no state is
// an island.
func TestEveryStateIsReached(t *testing.T) {
	reached := map[claims.State]bool{claims.StateSuggested: true}
	for range claims.States {
		for _, m := range claims.Moves {
			if reached[m.From] {
				reached[m.To] = true
			}
		}
	}
	for _, s := range claims.States {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
	}
}

func TestComplete(t *testing.T) {
	sourced := []claims.Attribution{{Mode: claims.ModeIndirect, Sources: []claims.Link{{Name: "EFE"}}}}
	plain := []claims.Attribution{{Mode: claims.ModeNone}}
	for _, tt := range []struct {
		name    string
		claim   claims.Claim
		missing []string
	}{
		{"nothing yet", claims.Claim{}, []string{"content", "rationale"}},
		{"nothing yet, with a source", claims.Claim{Assertion: claims.Assertion{Attributions: sourced}}, []string{"content", "attribution", "rationale"}},
		{"no rationale", claims.Claim{Verdict: &claims.Verdict{Content: "true"}}, []string{"rationale"}},
		{"no attribution verdict", claims.Claim{Assertion: claims.Assertion{Attributions: sourced}, Verdict: &claims.Verdict{Content: "true", Rationale: "r"}}, []string{"attribution"}},
		{"own voice", claims.Claim{Assertion: claims.Assertion{Attributions: plain}, Verdict: &claims.Verdict{Content: "true", Rationale: "r"}}, nil},
		{"whole", claims.Claim{Assertion: claims.Assertion{Attributions: sourced}, Verdict: &claims.Verdict{Content: "unproven", Attribution: "accurate", Rationale: "r"}}, nil},
	} {
		err := tt.claim.Complete()
		var got []string
		var refusal *claims.Error
		if errors.As(err, &refusal) {
			for _, f := range refusal.Fields {
				got = append(got, f.Field)
			}
		}
		if !slices.Equal(got, tt.missing) {
			t.Errorf("%s: missing %v, want %v", tt.name, got, tt.missing)
		}
	}
}
