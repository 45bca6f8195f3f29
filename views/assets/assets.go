// Package assets holds the style sheets, scripts (our own and one library) and pictures that the browser
// receives. Their addresses carry a hash of everything in them, so that they
// may be kept for ever and still change at once.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Root is the path under which Handler is mounted.
const Root = "/assets/"

//go:embed css js img vendor
var files embed.FS

var version = mustHash()

func mustHash() string {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := files.ReadFile(path)
		sum.Write([]byte(path))
		sum.Write(raw)
		return err
	})
	if err != nil {
		panic(err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// URL is the address of a file, as "css/base.css".
func URL(file string) string { return Root + version + "/" + file }

// packedRoot is where style sheets and scripts stand compressed, beside each other as they
// do uncompressed, so that modules find what they import.
const packedRoot = "packed/"

// PackedURL is the address of a style sheet or script as it travels compressed (gzip). It
// is an address of its own: what is kept under one never depends on who asked.
func PackedURL(file string) string { return Root + version + "/" + packedRoot + file }

// Read gives the bytes of a file, for one that stands under an address of its own.
func Read(file string) ([]byte, error) { return files.ReadFile(file) }

// All lists the addresses of all files.
func All() []string {
	var out []string
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, URL(path))
		}
		return err
	})
	if err != nil {
		panic(err)
	}
	return out
}

// Handler serves the files under Root. Addresses of another version (an old tab
// after an upgrade) get the present file and must ask again.
func Handler() http.Handler {
	served := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, file, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Root), "/")
		file, toPack := strings.CutPrefix(file, packedRoot)
		if info, err := fs.Stat(files, file); err != nil || info.IsDir() {
			http.NotFound(w, r)
			return
		}
		keep := "no-cache"
		if asked == version {
			keep = "public, max-age=31536000, immutable"
		}
		w.Header().Set("Cache-Control", keep)
		w.Header().Set("ETag", `"`+version+`"`)
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // frames on other sites need them
		if raw, ok := packed()[file]; ok && toPack {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(file)))
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(raw))
			return
		}
		served.ServeHTTP(w, withPath(r, "/"+file))
	})
}

// packed gives what is worth compressing, compressed, by file.
var packed = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	for _, kind := range []string{"css/*.css", "js/*.js", "vendor/*.js"} {
		names, err := fs.Glob(files, kind)
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			out[name] = pack(name)
		}
	}
	return out
})

// pack compresses a file, into memory, which cannot fail.
func pack(name string) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	raw, err := files.ReadFile(name)
	if err == nil {
		_, err = w.Write(raw)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func withPath(r *http.Request, path string) *http.Request {
	out := r.Clone(r.Context())
	out.URL.Path, out.URL.RawPath = path, ""
	return out
}
