package export

import (
	"compress/gzip"
	"crypto/sha1" // what readers of WARC files expect of a block digest
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
)

// WARCFetch is a fetch of an article as a WARC file has it. Raw opens the bytes anew
// each time; it is not called for what was erased.
type WARCFetch struct {
	Article  claims.Article
	Snapshot claims.Snapshot // with Text
	Raw      func() (io.ReadCloser, error)
}

// WARCInfo says who wrote a file, and its name.
type WARCInfo struct {
	Software string
	Operator string
	Filename string
}

// WARCWriter writes a WARC 1.1 file, each record gzipped by itself. The same fetches
// give the same bytes: ids follow from what they name.
type WARCWriter struct {
	w    io.Writer
	zip  *gzip.Writer
	info string // id of the warcinfo record
}

// warcRecord is a record to write. Its block is head, then what body gives, size bytes.
type warcRecord struct {
	kind, id, target, media string
	at                      time.Time
	extra                   [][2]string
	head                    string
	body                    func() (io.ReadCloser, error) // nil for none
	payload                 string                        // SHA-256 of body, hex; "" for none
}

// NewWARCWriter begins a file with its warcinfo record; at is its date.
func NewWARCWriter(w io.Writer, info WARCInfo, at time.Time) (*WARCWriter, error) {
	out := &WARCWriter{w: w, zip: gzip.NewWriter(w)}
	id := recordID("warcinfo", info.Filename)
	err := out.write(warcRecord{
		kind: "warcinfo", id: id, media: "application/warc-fields", at: at, extra: [][2]string{{"WARC-Filename", info.Filename}},
		head: fields([][2]string{
			{"software", info.Software}, {"operator", info.Operator}, {"format", "WARC File Format 1.1"},
			{"conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		}),
	})
	out.info = id
	return out, err
}

// Write writes the records of one fetch: what was asked and answered, or the bytes alone
// where the server's words were not kept, the text that was read, and what is known.
func (w *WARCWriter) Write(f WARCFetch) error {
	for _, r := range recordsOf(f) {
		if err := w.write(r); err != nil {
			return err
		}
	}
	return nil
}

func recordsOf(f WARCFetch) []warcRecord {
	s, name := f.Snapshot, f.Article.ID+"/"+strconv.Itoa(f.Snapshot.N)
	main := warcRecord{id: recordID("fetch", name), at: s.FetchedAt, body: f.Raw, payload: s.RawSHA256}
	about := warcRecord{kind: "metadata", id: recordID("metadata", name), media: "application/warc-fields", at: s.FetchedAt}
	if s.Erased {
		about.target = "urn:cotejo:article:" + name
		about.head = fields([][2]string{{"erased", "the text and the bytes were erased"}, {"sha256", s.SHA256}, {"raw-sha256", s.RawSHA256}})
		return []warcRecord{about}
	}
	known := [][2]string{{"article", name}, {"title", f.Article.Title}, {"outlet", f.Article.Outlet}, {"text-sha256", s.SHA256}}
	var out []warcRecord
	if a := s.Meta.Answer; a != nil {
		main.kind, main.target, main.media, main.at = "response", a.URL, "application/http; msgtype=response", a.At
		main.head, main.extra = answerHead(a), protocol(a)
		known = append(known, [2]string{"via", a.Asked}, [2]string{"note", "the body is kept unpacked; headers that say how it was packed begin with X-Archive-Orig-"})
		out = append(out, main, warcRecord{
			kind: "request", id: recordID("request", name), target: a.URL, media: "application/http; msgtype=request", at: a.At,
			extra: [][2]string{{"WARC-Concurrent-To", main.id}}, head: requestHead(a),
		})
	} else {
		main.kind, main.target, main.media = "resource", f.Article.URL, s.MediaType
		if main.target == "" {
			main.target = "urn:cotejo:article:" + name
		}
		known = append(known, [2]string{"note", "no server's answer was kept: pasted, uploaded, or fetched before answers were"})
		out = append(out, main)
	}
	about.target, about.extra, about.head = main.target, [][2]string{{"WARC-Concurrent-To", main.id}}, fields(known)
	text := warcRecord{
		kind: "conversion", id: recordID("text", name), target: main.target, media: "text/plain; charset=utf-8", at: s.FetchedAt,
		extra:   [][2]string{{"WARC-Refers-To", main.id}},
		payload: s.SHA256, body: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s.Text)), nil },
	}
	return append(out, about, text)
}

// packing are headers of a body as it travelled, which it is not as it is kept.
var packing = map[string]bool{"content-encoding": true, "content-length": true, "transfer-encoding": true}

// answerHead is the head of an answer, but for the length of its body, which write knows.
func answerHead(a *claims.Answer) string {
	out := httpVersion(a.Proto) + " " + line(a.Status) + "\r\n"
	for _, h := range a.Header {
		name := line(h[0])
		if packing[strings.ToLower(name)] {
			name = "X-Archive-Orig-" + name
		}
		out += name + ": " + line(h[1]) + "\r\n"
	}
	return out
}

func requestHead(a *claims.Answer) string {
	u, err := url.Parse(a.URL)
	if err != nil {
		u = &url.URL{Path: "/"}
	}
	out := "GET " + u.RequestURI() + " " + httpVersion(a.Proto) + "\r\nHost: " + line(u.Host) + "\r\n"
	for _, h := range a.Sent {
		out += line(h[0]) + ": " + line(h[1]) + "\r\n"
	}
	return out + "\r\n"
}

// httpVersion is the version whose form a head is written in: that of later ones is
// binary.
func httpVersion(proto string) string {
	if proto == "HTTP/1.0" {
		return proto
	}
	return "HTTP/1.1"
}

func protocol(a *claims.Answer) [][2]string {
	if strings.HasPrefix(a.Proto, "HTTP/2") {
		return [][2]string{{"WARC-Protocol", "h2"}}
	}
	return nil
}

// write writes one record as a member of its own. The body is read twice: its length
// stands before it.
func (w *WARCWriter) write(r warcRecord) error {
	size, err := sizeOf(r.body)
	if err != nil {
		return err
	}
	if r.kind == "response" {
		r.head += "Content-Length: " + strconv.FormatInt(size, 10) + "\r\n\r\n"
	}
	block := sha1.New()
	if _, err := r.copy(block); err != nil {
		return err
	}
	w.zip.Reset(w.w)
	if _, err := io.WriteString(w.zip, r.header(w.info, size, block)); err != nil {
		return err
	}
	n, err := r.copy(w.zip)
	if err == nil && n != size+int64(len(r.head)) {
		err = fmt.Errorf("export: a record has %d bytes of %d", n, size+int64(len(r.head)))
	}
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w.zip, "\r\n\r\n"); err != nil {
		return err
	}
	return w.zip.Close()
}

func (r warcRecord) header(info string, size int64, block hash.Hash) string {
	out := "WARC/1.1\r\n"
	put := func(name, value string) {
		if value != "" {
			out += name + ": " + line(value) + "\r\n"
		}
	}
	put("WARC-Type", r.kind)
	put("WARC-Record-ID", r.id)
	put("WARC-Date", r.at.UTC().Format("2006-01-02T15:04:05.000000Z"))
	put("WARC-Target-URI", r.target)
	for _, e := range r.extra {
		put(e[0], e[1])
	}
	put("WARC-Warcinfo-ID", info)
	put("WARC-Block-Digest", "sha1:"+base32.StdEncoding.EncodeToString(block.Sum(nil)))
	if r.payload != "" {
		put("WARC-Payload-Digest", "sha256:"+payloadDigest(r.payload))
	}
	put("Content-Type", r.media)
	put("Content-Length", strconv.FormatInt(size+int64(len(r.head)), 10))
	return out + "\r\n"
}

// payloadDigest writes a digest as readers of WARC files do.
func payloadDigest(sha string) string {
	raw, err := hex.DecodeString(sha)
	if err != nil {
		return sha
	}
	return base32.StdEncoding.EncodeToString(raw)
}

// copy writes the block.
func (r warcRecord) copy(to io.Writer) (int64, error) {
	n, err := io.WriteString(to, r.head)
	if err != nil || r.body == nil {
		return int64(n), err
	}
	body, err := r.body()
	if err != nil {
		return int64(n), err
	}
	defer body.Close()
	m, err := io.Copy(to, body)
	return int64(n) + m, err
}

func sizeOf(open func() (io.ReadCloser, error)) (int64, error) {
	if open == nil {
		return 0, nil
	}
	body, err := open()
	if err != nil {
		return 0, err
	}
	defer body.Close()
	return io.Copy(io.Discard, body)
}

// recordID makes the id of a record of what it is about: a UUID of version 8.
func recordID(kind, name string) string {
	sum := sha256.Sum256([]byte("cotejo warc " + kind + " " + name))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// fields writes what is known as lines; what is empty is left out.
func fields(list [][2]string) string {
	out := ""
	for _, f := range list {
		if f[1] != "" {
			out += f[0] + ": " + line(f[1]) + "\r\n"
		}
	}
	return out
}

// line makes one line of a value, so that nothing in it can be a header of its own.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }
