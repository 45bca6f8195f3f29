package segment

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		"", " ", "Ana llegó en agosto.El lunes se fue.", "\"Yes,\" he said. “No.”", "«¿Qué?», dijo.\n\n— Nada.",
		"EE.UU. gastó US$ 1.500,50 (20 %) a las 10:30…", "a\u200db\u0301 \u202eabc\x00\xff\xed\xa0\x80", "1. uno\r\n2. dos\u2028tres",
		strings.Repeat("«", 50) + "x" + strings.Repeat("»", 50), ". . . . .", "J. K. R.", "'''' `` ''",
	} {
		f.Add(seed, "es")
		f.Add(seed, "en")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		checkInvariants(t, Split(text, lang))
	})
}

// checkInvariants fails unless tokens and white space tile the text, sentences
// tile the tokens, paragraphs tile the sentences, and offsets agree.
func checkInvariants(t *testing.T, d *Document) {
	t.Helper()
	at := 0
	for i, token := range d.Tokens {
		if !isBlank(d.Text[at:token.Bytes[0]]) {
			t.Fatalf("token %d: %q is left out before it", i, d.Text[at:token.Bytes[0]])
		}
		if token.Bytes[0] >= token.Bytes[1] || d.Text[token.Bytes[0]:token.Bytes[1]] != token.Text {
			t.Fatalf("token %d: bytes %v are not its text %q", i, token.Bytes, token.Text)
		}
		if d.ByteOffset(token.Start) != token.Bytes[0] || d.ByteOffset(token.End) != token.Bytes[1] {
			t.Fatalf("token %d: span %v and bytes %v disagree", i, token.Span, token.Bytes)
		}
		if d.RuneOffset(token.Bytes[0]) != token.Start || d.Slice(token.Span) != token.Text || d.TokenAt(token.Start) != i {
			t.Fatalf("token %d: look-ups disagree", i)
		}
		at = token.Bytes[1]
	}
	if !isBlank(d.Text[at:]) {
		t.Fatalf("%q is left out at the end", d.Text[at:])
	}
	checkTiling(t, d)
	if n := utf8.RuneCountInString(d.Text); d.ByteOffset(n) != len(d.Text) || d.RuneOffset(len(d.Text)) != n {
		t.Fatal("the ends of the text disagree")
	}
}

func checkTiling(t *testing.T, d *Document) {
	t.Helper()
	token, sentence := 0, 0
	for p, para := range d.Paragraphs {
		if para.First != sentence || para.Last <= para.First {
			t.Fatalf("paragraph %d does not tile: %+v", p, para)
		}
		for ; sentence < para.Last; sentence++ {
			s := d.Sentences[sentence]
			if s.First != token || s.Last <= s.First || s.Paragraph != p || s.Span != d.Covering(s.First, s.Last) || !para.Contains(s.Span) {
				t.Fatalf("sentence %d does not tile: %+v", sentence, s)
			}
			if first, last := d.TokensIn(s.Span); first != s.First || last != s.Last || d.SentenceAt(first) != sentence {
				t.Fatalf("sentence %d: look-ups disagree", sentence)
			}
			token = s.Last
		}
	}
	if token != len(d.Tokens) || sentence != len(d.Sentences) {
		t.Fatalf("%d of %d tokens, %d of %d sentences tiled", token, len(d.Tokens), sentence, len(d.Sentences))
	}
}

func isBlank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

func TestOffsetsOutsideTheText(t *testing.T) {
	d := Split("año", "es")
	if d.ByteOffset(-3) != 0 || d.ByteOffset(99) != 4 || d.RuneOffset(-1) != 0 || d.RuneOffset(99) != 3 {
		t.Error("offsets outside the text are not moved to its ends")
	}
	if got := d.Slice(claims.Span{Start: 1, End: 50}); got != "ño" {
		t.Errorf("slice past the end is %q", got)
	}
	if d.TokenAt(50) != -1 || d.SentenceAt(50) != -1 || d.ParagraphAt(50) != -1 {
		t.Error("nothing stands past the end")
	}
}
