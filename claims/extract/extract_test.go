package extract_test

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract"
)

func day(s string) *claims.Date {
	d := claims.Date(s)
	return &d
}

// claimWith gives the one claim whose words contain the given ones.
func claimWith(t *testing.T, res extract.Result, words string) claims.Assertion {
	t.Helper()
	for _, c := range res.Claims {
		if strings.Contains(c.Quote(), words) {
			return c
		}
	}
	t.Fatalf("no claim holds %q in %v", words, quotes(res))
	return claims.Assertion{}
}

func quotes(res extract.Result) []string {
	var out []string
	for _, c := range res.Claims {
		out = append(out, c.Quote())
	}
	return out
}

func runningExample(t *testing.T) extract.Result {
	raw, err := os.ReadFile(claimstest.Shared(t, "examples", "es-choe-putin.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return run(t, extract.Input{Text: clean(string(raw)), Language: "es", Published: day("2025-10-28")})
}

func TestRunningExample(t *testing.T) {
	res := runningExample(t)
	sent := claimWith(t, res, "15.000 tropas")
	if want := "Corea del Norte ha enviado alrededor de 15.000 tropas a Rusia desde el otoño pasado [otoño de 2024]"; sent.Standalone != want {
		t.Errorf("standalone is %q, want %q", sent.Standalone, want)
	}
	if sent.Kind != claims.KindQuantity || !sent.Checkable || len(sent.Quantities) != 1 || len(sent.Times) != 1 {
		t.Fatalf("kind %s, checkable %v, quantities %v, times %v", sent.Kind, sent.Checkable, sent.Quantities, sent.Times)
	}
	if q := sent.Quantities[0]; q.Value == nil || *q.Value != 15000 || !q.Approx || q.Hedge != "alrededor de" || q.Unit != "tropas" {
		t.Errorf("quantity is %+v", q)
	}
	if tm := sent.Times[0]; tm.Text != "desde el otoño pasado" || tm.From == nil || *tm.From != "2024-09" || tm.To != nil {
		t.Errorf("time is %+v", tm)
	}
	supplied := claimWith(t, res, "también ha suministrado")
	if !strings.HasPrefix(supplied.Standalone, "[Corea del Norte] también ha suministrado grandes cantidades de ") || !strings.HasSuffix(supplied.Standalone, "en Ucrania") {
		t.Errorf("standalone is %q", supplied.Standalone)
	}
	for _, c := range []claims.Assertion{sent, supplied} {
		a := c.Attributions[0]
		if a.Mode != claims.ModeIndirect || len(a.Sources) != 1 || a.Sources[0].Name != "Corea del Sur" || a.Sources[0].Code != "KR" ||
			a.Sources[0].Kind != claims.KindGovernment || a.Cue == nil || a.Cue.Text != "Según evaluaciones de" || a.Basis != claims.BasisEstimate {
			t.Errorf("attribution of %q is %+v", c.Quote(), a)
		}
	}
	agreed := claimWith(t, res, "también acordó enviar")
	if !strings.HasPrefix(agreed.Standalone, "Kim [Jong Un] también acordó enviar miles de trabajadores") || agreed.Attributions[0].Mode != claims.ModeNone {
		t.Errorf("claim is %q by %+v", agreed.Standalone, agreed.Attributions)
	}
	if len(agreed.Quantities) != 1 || agreed.Quantities[0].Bound != claims.BoundMin || *agreed.Quantities[0].Low != 1000 {
		t.Errorf("quantities are %+v", agreed.Quantities)
	}
}

func TestNobodyIsClaimedToSayMoreThanOnce(t *testing.T) {
	res := run(t, extract.Input{Language: "en", Text: "The mayor, Ana Ruiz, said the bridge would close in May, and she added that repairs cost $4 million."})
	for _, words := range []string{"the bridge would close", "repairs cost"} {
		c := claimWith(t, res, words)
		if a := c.Attributions; len(a) != 1 || len(a[0].Sources) != 1 || a[0].Sources[0].Name != "Ana Ruiz" {
			t.Errorf("%q is attributed to %+v", words, a)
		}
	}
}

func TestJSONHasNoNullLists(t *testing.T) {
	for _, text := range []string{"", "Llueve mucho en Vigo.", "El puente costó 3 millones de euros, según el alcalde."} {
		raw, err := json.Marshal(run(t, extract.Input{Text: text, Language: "es"}))
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		if doc["schema"] != "cotejo.extract/1" {
			t.Errorf("schema is %v", doc["schema"])
		}
		list, ok := doc["claims"].([]any)
		if !ok {
			t.Fatalf("claims of %q is %v", text, doc["claims"])
		}
		for _, c := range list {
			for _, key := range []string{"fragments", "reasons", "attributions", "quantities", "times"} {
				if _, ok := c.(map[string]any)[key].([]any); !ok {
					t.Errorf("%s is null in %s", key, raw)
				}
			}
			for _, a := range c.(map[string]any)["attributions"].([]any) {
				for _, key := range []string{"sources", "via"} {
					if _, ok := a.(map[string]any)[key].([]any); !ok {
						t.Errorf("%s is null in %s", key, raw)
					}
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct {
		in   extract.Input
		kind claims.ErrKind
	}{
		"no language": {extract.Input{Text: "Hola."}, claims.KindInvalid},
		"too large":   {extract.Input{Text: strings.Repeat("a", extract.MaxInput+1), Language: "es"}, claims.KindTooLarge},
		"not UTF-8":   {extract.Input{Text: "a\xffb", Language: "es"}, claims.KindUnsupported},
	} {
		if _, err := extract.Run(context.Background(), tc.in); claims.KindOf(err) != tc.kind {
			t.Errorf("%s: error is %v, want kind %s", name, err, tc.kind)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := extract.Run(ctx, extract.Input{Text: "Hola.", Language: "es"}); err == nil {
		t.Error("a cancelled context is not noticed")
	}
}

func TestLanguageWithoutPack(t *testing.T) {
	res := run(t, extract.Input{Text: "Le maire a dit : « Le pont coûte 12 millions d'euros. »", Language: "fr"})
	if len(res.Claims) != 0 || res.Claims == nil || res.Notice == "" {
		t.Errorf("claims %v, notice %q", res.Claims, res.Notice)
	}
	if len(res.Quotes) != 1 {
		t.Errorf("quotes are %v", res.Quotes)
	}
}

func TestHeadingsAndBylinesMakeNoClaim(t *testing.T) {
	res := run(t, extract.Input{Language: "es", Text: "El río baja crecido y obliga a cerrar tres puentes\n\nPor Marta Solís\n\nEl río Vado subió dos metros el lunes y obligó a cerrar tres puentes, informó la policía."})
	for _, c := range res.Claims {
		if c.Fragments[0].Start < 60 {
			t.Errorf("heading or by-line taken for a claim: %q", c.Quote())
		}
	}
	if len(res.Claims) != 2 {
		t.Errorf("claims are %q", quotes(res))
	}
}

func TestSameInputSameOutput(t *testing.T) {
	first := runningExample(t)
	for range 3 {
		if again := runningExample(t); !reflect.DeepEqual(first, again) {
			t.Fatal("the same article gave another answer")
		}
	}
}

// hostile are inputs that somebody could send to slow the engine down.
var hostile = map[string]string{
	"a megabyte without a space": strings.Repeat("a", 1<<20),
	"nested quotes":              strings.Repeat("«“", 10_000) + "El alcalde dijo que sí."[:10],
	"unclosed quotes":            strings.Repeat("\"Dijo que llueve. ", 1_000),
	"one endless sentence":       strings.Repeat("el alcalde dijo que el puente es caro y ", 2_000),
	"commas":                     strings.Repeat(",", 20_000),
	"subordinators":              strings.Repeat("que si como ", 5_000),
	"sources":                    strings.Repeat("según la policía, ", 4_000),
	"parentheses":                strings.Repeat("(", 20_000),
	"marks of direction":         strings.Repeat("\u202e\u200f\ufeff", 10_000),
	"broken sequences":           strings.Repeat("\ufffd", 100_000),
	"line breaks":                strings.Repeat("\n", 200_000),
	"brackets":                   strings.Repeat("[Ana Gil] dijo que [Gil] llegó. ", 600),
}

func TestHostileInput(t *testing.T) {
	for name, text := range hostile {
		for _, code := range []string{"es", "en"} {
			begin := time.Now()
			holds(t, run(t, extract.Input{Text: text, Language: code, Published: day("2024-02-01")}))
			took := time.Since(begin)
			t.Logf("%s (%s): %v for %d bytes", name, code, took.Round(time.Millisecond), len(text))
			if took > 20*time.Second {
				t.Errorf("%s (%s) took %v", name, code, took)
			}
		}
	}
}

// TestTimeIsLinear doubles a text twice; the processor's time may grow by a half
// more than that.
func TestTimeIsLinear(t *testing.T) {
	const article = "El Gobierno anunció el lunes que gastará 20 millones de euros en 2024, según un informe del Ministerio. «No habrá recortes», dijo el ministro Juan Gil, que llegó a Vigo y visitó el puerto.\n\n"
	fastest := func(n int) time.Duration {
		text, best := strings.Repeat(article, n), time.Hour
		for range 3 {
			begin := claimstest.CPUTime(t)
			run(t, extract.Input{Text: text, Language: "es", Published: day("2024-02-01")})
			best = min(best, claimstest.CPUTime(t)-begin)
		}
		return best
	}
	fastest(10)
	small, large := fastest(100), fastest(400)
	t.Logf("%v for 100, %v for 400", small, large)
	if large > 6*small+50*time.Millisecond {
		t.Errorf("four times the text took %.1f times the time", float64(large)/float64(small))
	}
}

var bracketed = regexp.MustCompile(`\[[^\[\]]*\]`)

// holds checks what must be true of every answer.
func holds(t testing.TB, res extract.Result) {
	t.Helper()
	text := []rune(res.Article.Text)
	last := -1
	for _, c := range res.Claims {
		if len(c.Fragments) == 0 || c.Fragments[0].Start < last {
			t.Fatalf("claims out of order or empty: %+v", c)
		}
		last = c.Fragments[0].Start
		end := -1
		for _, f := range c.Fragments {
			inside(t, text, f.Span, f.Text)
			if f.Start < end || f.Text == "" {
				t.Fatalf("fragments overlap or are empty: %+v", c.Fragments)
			}
			end = f.End
		}
		for _, q := range c.Quantities {
			inside(t, text, q.Span, q.Text)
		}
		for _, q := range c.Times {
			inside(t, text, q.Span, q.Text)
		}
		for _, a := range c.Attributions {
			for _, l := range append(append([]claims.Link{}, a.Sources...), a.Via...) {
				inside(t, text, l.Span, l.Text)
			}
			if a.Cue != nil {
				inside(t, text, a.Cue.Span, a.Cue.Text)
			}
		}
		if c.Worth < 0 || c.Worth > 1 {
			t.Fatalf("worth %v", c.Worth)
		}
		if bare(c.Standalone) != bare(strings.ReplaceAll(c.Quote(), " […] ", " ")) {
			t.Fatalf("wording %q has words that the claim %q lacks", c.Standalone, c.Quote())
		}
	}
}

func inside(t testing.TB, text []rune, s claims.Span, words string) {
	t.Helper()
	if got, ok := claims.Slice(text, s); !ok || got != words {
		t.Fatalf("span %s holds %q, not %q", s, got, words)
	}
}

// bare leaves out brackets and white space: what is left of a wording is the claim's own words.
func bare(s string) string {
	return strings.Join(strings.Fields(bracketed.ReplaceAllString(s, "")), "")
}

func FuzzRun(f *testing.F) {
	f.Add("Según evaluaciones del Gobierno, el puente costó alrededor de 3 millones desde el otoño pasado y también ha cerrado.", true)
	f.Add("\"We lost,\" said Ana Gil. \"They won't come\", she told the BBC; and later, \"It's over\".", false)
	f.Add("«Así es», dijo. Gil, quien llegó ayer, añadió que, según X, \"no\" [sic] y que [Ana] fue.", true)
	f.Add("La reforma, que fue aprobada con 88 votos, aunque (dijo) entró en vigor; y si no, mientras que", true)
	f.Add("«00»0ó AYer!a00", true)
	f.Add("000000 told t", false)
	f.Fuzz(func(t *testing.T, text string, spanish bool) {
		code := "en"
		if spanish {
			code = "es"
		}
		res, err := extract.Run(context.Background(), extract.Input{Text: text, Language: code, Published: day("2024-05-10")})
		if err != nil {
			if claims.KindOf(err) == "" {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		holds(t, res)
	})
}
