// Package assets holds the style sheets, scripts and pictures that the browser
// receives. Their addresses carry a hash of everything in them, so that they
// may be kept for ever and still change at once.
package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strings"
)

// Root is the path under which Handler is mounted.
const Root = "/assets/"

//go:embed css js img
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
		served.ServeHTTP(w, withPath(r, "/"+file))
	})
}

func withPath(r *http.Request, path string) *http.Request {
	out := r.Clone(r.Context())
	out.URL.Path, out.URL.RawPath = path, ""
	return out
}
