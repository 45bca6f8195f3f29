package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/nlnwa/gowarc/v3"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
)

// warcRead is a record as a reader that is not ours gives it.
type warcRead struct {
	kind, id, target, payload string
	size                      int64 // of the member in the file
	block                     string
	payloadBytes              string
	status                    int
	header                    map[string][]string
}

// readWARC reads a file with every check that the reader has, digests included.
func readWARC(t *testing.T, file []byte) []warcRead {
	t.Helper()
	r, err := gowarc.NewWarcFileReaderFromStream(bytes.NewReader(file), 0, gowarc.WithStrictValidation())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []warcRead
	for record, err := range r.Records() {
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("record %d: %v", len(out), err)
		}
		w := record.WarcRecord
		got := warcRead{kind: w.Type().String(), id: w.RecordId(), target: w.WarcHeader().Get("WARC-Target-URI"), payload: w.WarcHeader().Get("WARC-Payload-Digest"), size: record.Size}
		if http, ok := w.Block().(gowarc.HttpResponseBlock); ok {
			got.status, got.header = http.HttpStatusCode(), *http.HttpHeader()
		}
		if p, ok := w.Block().(gowarc.PayloadBlock); ok {
			raw, err := p.PayloadBytes()
			got.payloadBytes = read(t, raw, err)
		} else {
			raw, err := w.Block().RawBytes()
			got.block = read(t, raw, err)
		}
		if len(record.Validation) > 0 {
			t.Errorf("%s: %v", got.kind, record.Validation)
		}
		if err := record.Close(); err != nil {
			t.Errorf("%s: %v", got.kind, err)
		}
		out = append(out, got)
	}
	return out
}

func read(t *testing.T, r io.Reader, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func fetchOf(n int, raw, text string, answer *claims.Answer) export.WARCFetch {
	sum := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }
	return export.WARCFetch{
		Article: claims.Article{ID: "A1", Title: "El puente\r\nWARC-Type: forged", URL: "https://news.test/a"},
		Snapshot: claims.Snapshot{Article: "A1", N: n, Text: text, SHA256: sum(text), RawSHA256: sum(raw), MediaType: "text/html", FetchedAt: claimstest.Start,
			Meta: claims.SnapshotMeta{Answer: answer}},
		Raw: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(raw)), nil },
	}
}

func TestWARCIsReadByOthers(t *testing.T) {
	big := "<p>" + strings.Repeat("agua ñ ", 400_000)
	answer := &claims.Answer{Asked: "https://news.test/from", URL: "https://news.test/a?b=1", Proto: "HTTP/2.0", Status: "200 OK", At: claimstest.Start,
		Header: [][2]string{{"Content-Encoding", "gzip"}, {"Content-Length", "7"}, {"Content-Type", "text/html"}, {"X-Bad", "a\r\nInjected: b"}},
		Sent:   [][2]string{{"User-Agent", "Cotejo/1"}}}
	fetches := []export.WARCFetch{fetchOf(1, "<p>pegado</p>", "pegado", nil), fetchOf(2, big, "agua", answer)}
	gone := fetchOf(3, "x", "", nil)
	gone.Snapshot.Erased, gone.Snapshot.Text, gone.Raw = true, "", nil
	fetches = append(fetches, gone)
	write := func() []byte {
		var file bytes.Buffer
		w, err := export.NewWARCWriter(&file, export.WARCInfo{Software: "Cotejo", Operator: "La Cotejería", Filename: "A1.warc.gz"}, claimstest.Start)
		for _, f := range fetches {
			err = errors.Join(err, w.Write(f))
		}
		if err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	file := write()
	if !bytes.Equal(file, write()) {
		t.Error("the same fetches give other bytes")
	}
	got := readWARC(t, file)
	var kinds []string
	ids, members := map[string]bool{}, int64(0)
	for _, r := range got {
		kinds = append(kinds, r.kind)
		ids[r.id] = true
		members += r.size
	}
	if want := "warcinfo resource metadata conversion response request metadata conversion metadata"; strings.Join(kinds, " ") != want {
		t.Fatalf("records %v, want %s", kinds, want)
	}
	if len(ids) != len(got) || members != int64(len(file)) {
		t.Errorf("%d ids of %d records, %d bytes in members of %d", len(ids), len(got), members, len(file))
	}
	if r := got[1]; r.block+r.payloadBytes != "<p>pegado</p>" || r.target != "https://news.test/a" {
		t.Errorf("what was pasted: %+v", r)
	}
	r := got[4]
	if r.status != 200 || r.payloadBytes != big || r.target != "https://news.test/a?b=1" || !strings.HasPrefix(r.payload, "sha256:") {
		t.Errorf("what was fetched: status %d, %d bytes, %s, %s", r.status, len(r.payloadBytes), r.target, r.payload)
	}
	if r.header["Content-Encoding"] != nil || r.header["X-Archive-Orig-Content-Encoding"] == nil || r.header["Injected"] != nil {
		t.Errorf("its head: %v", r.header)
	}
	if words := got[2].block + got[6].block; strings.Contains(words, "\nWARC-Type") || !strings.Contains(words, "via: https://news.test/from") {
		t.Errorf("what is known: %q", words)
	}
	if words := got[3].block + got[3].payloadBytes; words != "pegado" {
		t.Errorf("the text: %q", words)
	}
	if strings.Contains(got[8].block, "pegado") || !strings.Contains(got[8].block, "erased") {
		t.Errorf("what was erased: %q", got[8].block)
	}
}
