package auth_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"cotejo/claims/auth"
)

// The secret and codes of RFC 6238, appendix B, cut to six digits.
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	for unix, code := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"} {
		at := time.Unix(unix, 0)
		if step := auth.CodeStep(rfcSecret, code, at, 0); step != unix/30 {
			t.Errorf("%s at %d is of step %d", code, unix, step)
		}
	}
}

func TestACodeWorksOnceAndNotForLong(t *testing.T) {
	at := time.Unix(1234567890, 0)
	const code, step = "005924", 1234567890 / 30
	for name, tt := range map[string]struct {
		typed string
		at    time.Time
		last  int64
		want  int64
	}{
		"now":                 {code, at, 0, step},
		"typed with a blank":  {" 005 924 ", at, 0, step},
		"a slow telephone":    {code, at.Add(30 * time.Second), 0, step},
		"a fast telephone":    {code, at.Add(-30 * time.Second), 0, step},
		"a minute late":       {code, at.Add(time.Minute), 0, 0},
		"a minute early":      {code, at.Add(-time.Minute), 0, 0},
		"used already":        {code, at, step, 0},
		"older than the last": {code, at, step + 1, 0},
		"another":             {"005925", at, 0, 0},
		"too short":           {"05924", at, 0, 0},
		"nothing":             {"", at, 0, 0},
		"no digits":           {"ÑÑÑ", at, 0, 0},
	} {
		if got := auth.CodeStep(rfcSecret, tt.typed, tt.at, tt.last); got != tt.want {
			t.Errorf("%s: step %d, want %d", name, got, tt.want)
		}
	}
}

func TestAFactorsAddressIsReadByApps(t *testing.T) {
	secret, address, err := auth.NewFactor("El Correo: Riofrío", "ana.ruiz")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Query().Get("secret") != secret || u.Query().Get("issuer") != "El Correo  Riofrío" {
		t.Errorf("%s, %v", address, err)
	}
	again, err := auth.FactorAddress("El Correo: Riofrío", "ana.ruiz", secret)
	if err != nil || again != address {
		t.Errorf("again %s, %v", again, err)
	}
	now := time.Now()
	code, err := totp.GenerateCode(secret, now)
	if err != nil || auth.CodeStep(secret, code, now, 0) == 0 {
		t.Errorf("an app's code does not fit: %v", err)
	}
	if other, _, _ := auth.NewFactor("x", "y"); other == secret || len(secret) != 32 {
		t.Errorf("secrets %q, %q", secret, other)
	}
	if _, _, err := auth.NewFactor("", "ana"); err != nil {
		t.Errorf("a newsroom without a name: %v", err)
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes, hashes := auth.NewRecoveryCodes()
	if len(codes) != auth.RecoveryCodes || len(hashes) != len(codes) {
		t.Fatalf("%d codes, %d hashes", len(codes), len(hashes))
	}
	shape := regexp.MustCompile(`^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$`)
	for i, code := range codes {
		if !shape.MatchString(code) || slices.Contains(codes[:i], code) || strings.Contains(hashes[i], code) {
			t.Errorf("code %q, kept as %q", code, hashes[i])
		}
		if typed := strings.ToLower(strings.ReplaceAll(code, "-", " ")); auth.HashRecovery(typed) != hashes[i] {
			t.Errorf("%q is not taken for %q", typed, code)
		}
	}
	for _, none := range []string{"", "123456", "7F3K-9QTB", "¿?", strings.Repeat("A", 17)} {
		if got := auth.HashRecovery(none); got != "" {
			t.Errorf("%q hashes to %q", none, got)
		}
	}
}

func TestQRHasItsFinders(t *testing.T) {
	rows, err := auth.QR("otpauth://totp/Cotejo:ana?secret=" + rfcSecret)
	if err != nil || len(rows) < 21 {
		t.Fatal(len(rows), err)
	}
	last := len(rows) - 1
	for _, corner := range [][2]int{{0, 0}, {0, last - 6}, {last - 6, 0}} {
		for i := range 7 {
			if !rows[corner[0]][corner[1]+i] || !rows[corner[0]+6][corner[1]+i] {
				t.Errorf("no finder at %v", corner)
			}
		}
	}
	for i := range 8 {
		if rows[7][i] || rows[i][7] || rows[last-7][i] || rows[i][last-7] {
			t.Error("the margin of a finder is dark")
		}
	}
}

func TestTriesAtCodesAreFew(t *testing.T) {
	l, clock := newLimiter()
	made := 0
	for ; made < 100; made++ {
		if l.AttemptCode("ana") != nil {
			break
		}
	}
	if made < 3 || made > 10 {
		t.Errorf("%d tries at once", made)
	}
	if err := l.AttemptCode("luis"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if err := l.Attempt("ana", "192.0.2.1"); err != nil {
		t.Errorf("the password counts apart: %v", err)
	}
	clock.now = clock.now.Add(2 * time.Minute)
	if err := l.AttemptCode("ana"); err != nil {
		t.Errorf("two minutes later: %v", err)
	}
	l.CodeSucceeded("ana")
	if err := l.AttemptCode("ana"); err != nil {
		t.Errorf("after a success: %v", err)
	}
	visits := 0
	for ; visits < 100 && l.Visit("192.0.2.7") == nil; visits++ {
	}
	if visits != 30 {
		t.Errorf("%d visits from one network", visits)
	}
}
