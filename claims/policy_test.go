package claims_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
)

// theRights is product.md's table of who may do what, act by act.
const theRights = `
look             kcea
claim.suggest    kcea
note.add         kcea
history          kcea
account          kcea
article.add      cea
article.edit     cea
article.restrict ea
article.confine  cea
article.skip     cea
article.watch    cea
claim.place      cea
archive.ask      cea
article.sign_off ea
claim.edit       cea
claim.triage     cea
claim.open       cea
claim.dismiss    cea
claim.take       cea
claim.leave      cea
claim.ask_help   cea
claim.judge      cea
claim.submit     cea
claim.take_back  cea
evidence.add     cea
export           cea
claim.approve    c?ea
claim.return     c?ea
opinion.add      c?ea
claim.assign     ea
claim.publish    ea
claim.keep       ea
claim.reopen     ea
claim.withdraw   ea
claim.override   ea
check.write      ea
check.publish    ea
check.submit     ea
check.approve    c?ea
check.return     c?ea
check.withdraw   ea
contact          cea
external         cea
source.edit      cea
source.protect   cea
source.merge     ea
source.name      a
job.steer        cea
feed.watch       cea
filter.save      kcea
filter.share     ea
people           a
settings         a
erase            a
report.look      cea
report.handle    cea
report.answer    ea
`

func TestEveryActAndRole(t *testing.T) {
	letters := map[claims.Role]string{claims.RoleContributor: "k", claims.RoleChecker: "c", claims.RoleEditor: "e", claims.RoleAdmin: "a"}
	for line := range strings.Lines(strings.TrimSpace(theRights)) {
		f := strings.Fields(line)
		act := claims.Act(f[0])
		for _, bySetting := range []bool{false, true} {
			s := claims.Settings{CheckersApprove: bySetting}
			roles := strings.ReplaceAll(f[1], "?", "")
			if strings.Contains(f[1], "?") && !bySetting {
				roles = strings.ReplaceAll(roles, "c", "")
			}
			for role, letter := range letters {
				err := claims.May(claims.Actor{ID: me, Role: role}, act, s)
				if want := strings.Contains(roles, letter); (err == nil) != want {
					t.Errorf("%s by %s (checkers approve: %v): %v, want allowed %v", act, role, bySetting, err, want)
				}
				checkWho(t, act, err, len(roles))
			}
		}
	}
}

// checkWho holds a refusal to saying who could do it.
func checkWho(t *testing.T, act claims.Act, err error, could int) {
	t.Helper()
	var refusal *claims.Error
	if err == nil {
		return
	}
	if !errors.As(err, &refusal) || refusal.Kind != claims.KindNotAllowed || len(refusal.Who) != could {
		t.Errorf("%s: %v does not say which %d roles could", act, err, could)
	}
}

func TestNobodyMayAnything(t *testing.T) {
	for _, actor := range []claims.Actor{{}, {Role: claims.RoleAdmin}} {
		for _, act := range []claims.Act{claims.ActLook, claims.ActNoteAdd, claims.ActErase} {
			if kind := claims.KindOf(claims.May(actor, act, claims.Settings{})); kind != claims.KindUnauthenticated {
				t.Errorf("%s by nobody: %q", act, kind)
			}
		}
	}
}

func TestUnknownActsAndRolesAreRefused(t *testing.T) {
	if err := claims.May(claims.Actor{ID: me, Role: claims.RoleAdmin}, "claim.explode", claims.Settings{}); err == nil {
		t.Error("an act that is not in the table is allowed")
	}
	if err := claims.May(claims.Actor{ID: me, Role: "owner"}, claims.ActLook, claims.Settings{}); err == nil {
		t.Error("a role that does not exist may look")
	}
}

// TestReadOnlyTokensOnlyLook tries every act with a token of read scope.
func TestReadOnlyTokensOnlyLook(t *testing.T) {
	reading := []string{"look", "history", "export", "report.look"}
	for line := range strings.Lines(strings.TrimSpace(theRights)) {
		act := strings.Fields(line)[0]
		err := claims.May(claims.Actor{ID: me, Role: claims.RoleAdmin, ReadOnly: true}, claims.Act(act), claims.Settings{})
		if want := slices.Contains(reading, act); (err == nil) != want {
			t.Errorf("%s with a token of read scope: %v, want allowed %v", act, err, want)
		}
	}
}

func TestOwnWork(t *testing.T) {
	actor := claims.Actor{ID: me}
	for _, tt := range []struct {
		name  string
		claim claims.Claim
		want  bool
	}{
		{"nobody's", claims.Claim{}, false},
		{"submitted by me", claims.Claim{SubmittedBy: me}, true},
		{"judged by me", claims.Claim{SubmittedBy: "A", Verdict: &claims.Verdict{ChangedBy: me}}, true},
		{"others'", claims.Claim{SubmittedBy: "A", Verdict: &claims.Verdict{ChangedBy: "B"}}, false},
	} {
		if got := claims.OwnWork(actor, tt.claim); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestMayAssign(t *testing.T) {
	mine, theirs, free := claims.Claim{Assignee: me}, claims.Claim{Assignee: "ANA"}, claims.Claim{}
	for _, tt := range []struct {
		name  string
		claim claims.Claim
		to    string
		roles string // who may
	}{
		{"to oneself", free, me, "checker editor admin"},
		{"give one's own back", mine, "", "checker editor admin"},
		{"to somebody else", free, "ANA", "editor admin"},
		{"take from somebody", theirs, "", "editor admin"},
		{"take over oneself", theirs, me, "checker editor admin"},
	} {
		for _, role := range claims.Roles {
			err := claims.MayAssign(claims.Actor{ID: me, Role: role}, tt.claim, tt.to, claims.Settings{})
			if want := strings.Contains(tt.roles, string(role)); (err == nil) != want {
				t.Errorf("%s by %s: %v, want allowed %v", tt.name, role, err, want)
			}
		}
	}
}

// TestThePolicyHasNoActWithoutARow: an act that is added fails here until its
// row stands in the table above.
func TestThePolicyHasNoActWithoutARow(t *testing.T) {
	rows := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(theRights)) {
		rows[strings.Fields(line)[0]] = true
	}
	for _, act := range claims.PolicyActs() {
		if !rows[string(act)] {
			t.Errorf("%s has no row", act)
		}
		delete(rows, string(act))
	}
	for act := range rows {
		t.Errorf("%s has a row and is unknown to policy", act)
	}
}

// TestMayOnSource: what is protected is for its readers, whatever their role; an
// admin who is none says who they are and nothing else.
func TestMayOnSource(t *testing.T) {
	open := claims.Source{}
	mine, others := claims.Source{Protected: true, Readers: []string{me}}, claims.Source{Protected: true, Readers: []string{"ANA"}}
	for _, tt := range []struct {
		act                claims.Act
		open, mine, others string // roles that may
	}{
		{claims.ActSourceEdit, "checker editor admin", "checker editor admin", ""},
		{claims.ActSourceProtect, "checker editor admin", "checker editor admin", ""},
		{claims.ActSourceMerge, "editor admin", "editor admin", ""},
		{claims.ActSourceName, "admin", "admin", "admin"},
	} {
		for what, src := range map[string]claims.Source{tt.open + "|open": open, tt.mine + "|mine": mine, tt.others + "|others": others} {
			roles, which, _ := strings.Cut(what, "|")
			for _, role := range claims.Roles {
				err := claims.MayOnSource(claims.Actor{ID: me, Role: role}, tt.act, src, claims.Settings{})
				if want := strings.Contains(roles, string(role)); (err == nil) != want {
					t.Errorf("%s of a source that is %s by %s: %v, want allowed %v", tt.act, which, role, err, want)
				}
			}
		}
	}
}

// TestWhoMustEnrolDoesNothingElse: by setting, editors and admins set up a
// second factor before any other act.
func TestWhoMustEnrolDoesNothingElse(t *testing.T) {
	for _, role := range claims.Roles {
		for _, on := range []bool{false, true} {
			want := on && (role == claims.RoleEditor || role == claims.RoleAdmin)
			if got := claims.MustEnrol(role, claims.Settings{SecondFactor: on}); got != want {
				t.Errorf("%s must enrol (%v): %v", role, on, got)
			}
		}
	}
	for _, act := range claims.PolicyActs() {
		err := claims.May(claims.Actor{ID: me, Role: claims.RoleAdmin, MustEnrol: true}, act, claims.Settings{})
		if want := act == claims.ActAccount; (err == nil) != want {
			t.Errorf("%s before enrolment: %v", act, err)
		}
	}
}

func TestWhoMayChangeAFeed(t *testing.T) {
	own, foreign := claims.Feed{CreatedBy: "P1"}, claims.Feed{CreatedBy: "P2"}
	for role, want := range map[claims.Role][2]bool{
		claims.RoleContributor: {false, false}, claims.RoleChecker: {true, false}, claims.RoleEditor: {true, true}, claims.RoleAdmin: {true, true},
	} {
		actor := claims.Actor{ID: "P1", Name: "p", Role: role}
		for i, f := range []claims.Feed{own, foreign} {
			if err := claims.MayOnFeed(actor, f, claims.Settings{}); (err == nil) != want[i] {
				t.Errorf("%s, feed of %s: %v", role, f.CreatedBy, err)
			}
		}
	}
}
