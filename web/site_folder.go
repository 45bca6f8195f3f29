package web

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// Files that a folder keeps about itself. The list names what was written; the
// journal what a run that has not ended writes anew, so that one that was cut off
// leaves nothing that nobody knows of.
const (
	siteList    = ".cotejo-site"
	siteJournal = ".cotejo-site.new"
	siteLock    = ".cotejo-site.lock"
	siteDrafts  = ".cotejo-draft-"
	siteTitle   = "cotejo site 1"
)

// FolderError says why a folder cannot be written into.
type FolderError struct{ What string }

func (e *FolderError) Error() string { return e.What }

// folder is a folder of the files of a static site. It touches no file that it did
// not write.
type folder struct {
	root   *os.Root
	lock   *os.File
	own    map[string]bool // by earlier runs
	force  bool
	report SiteReport

	mu      sync.Mutex
	written map[string]sum
	journal *os.File
	drafts  int
}

// openFolder takes a folder for one run. One that holds what another program put
// there is refused unless forced.
func openFolder(dir string, force bool) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{root: root, own: map[string]bool{}, force: force, written: map[string]sum{}}
	if err := f.take(dir); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *folder) take(dir string) error {
	known, err := f.readLists()
	if err != nil {
		return err
	}
	if !known && !f.force {
		if err := f.mustBeEmpty(dir); err != nil {
			return err
		}
	}
	// Whoever was writing until now may have changed what was read.
	if f.lock, err = f.root.OpenFile(siteLock, os.O_CREATE|os.O_RDWR, 0o644); err != nil {
		return err
	}
	if err := lockFile(f.lock); err != nil {
		return &FolderError{fmt.Sprintf("another run is writing %s: wait until it has ended", dir)}
	}
	if _, err := f.readLists(); err != nil {
		return err
	}
	f.journal, err = f.root.OpenFile(siteJournal, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return f.dropDrafts()
}

// mustBeEmpty refuses a folder with anything in it but what this program begins with.
func (f *folder) mustBeEmpty(dir string) error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	for _, e := range entries {
		if e.Name() != siteLock && e.Name() != siteJournal {
			return &FolderError{fmt.Sprintf("%s holds %s, which \"cotejo site\" did not write: name an empty or new folder, or say --force to write beside what is there", dir, e.Name())}
		}
	}
	return err
}

// readLists reads what earlier runs wrote, the one that was cut off too.
func (f *folder) readLists() (known bool, err error) {
	for _, name := range []string{siteList, siteJournal} {
		raw, err := f.root.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return false, err
		}
		known = true
		lines := bufio.NewScanner(bytes.NewReader(raw))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if _, file, ok := strings.Cut(lines.Text(), "  "); ok {
				f.own[file] = true
			}
		}
		if err := lines.Err(); err != nil {
			return false, err
		}
	}
	return known, nil
}

// dropDrafts removes what a run that was cut off had not finished.
func (f *folder) dropDrafts() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), siteDrafts) {
			err = errors.Join(err, f.root.Remove(e.Name()))
		}
	}
	return err
}

// draft opens a file that has no name yet.
func (f *folder) draft() (*os.File, string, error) {
	f.mu.Lock()
	f.drafts++
	name := fmt.Sprintf("%s%d", siteDrafts, f.drafts)
	f.mu.Unlock()
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	return file, name, err
}

func (f *folder) putBytes(file string, body []byte) error {
	return f.put(file, &spill{folder: f, body: *bytes.NewBuffer(body)})
}

// put writes a file unless it is there with the same bytes. It appears whole or
// not at all.
func (f *folder) put(file string, answer *spill) error {
	hash, err := answer.sum()
	if err != nil {
		return err
	}
	if err := f.claim(file, hash); err != nil {
		return err
	}
	same, there, err := f.holds(file, hash)
	if err != nil {
		return err
	}
	if same {
		f.mu.Lock()
		f.report.Kept++
		f.mu.Unlock()
		return nil
	}
	if there && !f.own[file] && !f.force {
		return &FolderError{fmt.Sprintf("%s is in the way, and \"cotejo site\" did not write it: move it, or say --force to write over it", file)}
	}
	if !f.own[file] {
		if err := f.note(file); err != nil {
			return err
		}
	}
	if err := f.root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	draft, err := answer.draftFile()
	if err != nil {
		return err
	}
	if err := f.root.Rename(draft, file); err != nil {
		return errors.Join(err, f.root.Remove(draft))
	}
	f.mu.Lock()
	f.report.Written++
	f.mu.Unlock()
	return nil
}

// claim takes a name for this run; no two answers may have the same.
func (f *folder) claim(file string, hash sum) error {
	if !fs.ValidPath(file) || strings.HasPrefix(path.Base(file), siteList) {
		return fmt.Errorf("%q is no name for a file", file)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, twice := f.written[file]; twice {
		return fmt.Errorf("two answers are called %s", file)
	}
	f.written[file] = hash
	return nil
}

// holds reports whether a file is there, and with these bytes.
func (f *folder) holds(file string, hash sum) (same, there bool, err error) {
	have, err := f.root.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	defer have.Close()
	if info, err := have.Stat(); err != nil || info.IsDir() {
		return false, true, errors.Join(err, fmt.Errorf("%s is a folder", file))
	}
	digest := sha256.New()
	_, err = io.Copy(digest, have)
	return bytes.Equal(digest.Sum(nil), hash[:]), true, err
}

// note tells the journal of a file that is new.
func (f *folder) note(file string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.journal.WriteString("new  " + file + "\n")
	return err
}

// finish removes what is no longer public and writes the list.
func (f *folder) finish() (SiteReport, error) {
	for _, file := range slices.Sorted(maps.Keys(f.own)) {
		if _, still := f.written[file]; still || !fs.ValidPath(file) {
			continue
		}
		err := f.root.Remove(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return f.report, err
		}
		f.report.Removed++
		for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
			if f.root.Remove(dir) != nil {
				break // there is something else in it
			}
		}
	}
	if err := f.writeList(); err != nil {
		return f.report, err
	}
	return f.report, f.root.Remove(siteJournal)
}

func (f *folder) writeList() error {
	var list bytes.Buffer
	list.WriteString(siteTitle + "\n")
	for _, file := range slices.Sorted(maps.Keys(f.written)) {
		hash := f.written[file]
		list.WriteString(hex.EncodeToString(hash[:]) + "  " + file + "\n")
	}
	if have, err := f.root.ReadFile(siteList); err == nil && bytes.Equal(have, list.Bytes()) {
		return nil
	}
	draft, name, err := f.draft()
	if err != nil {
		return err
	}
	_, err = draft.Write(list.Bytes())
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return f.root.Rename(name, siteList)
}

// close gives the folder free.
func (f *folder) close() error {
	var err error
	for _, file := range []*os.File{f.journal, f.lock} {
		if file != nil {
			err = errors.Join(err, file.Close())
		}
	}
	return errors.Join(err, f.root.Close())
}

// spill takes an answer: a short one into memory, a long one into a draft.
type spill struct {
	folder *folder
	header http.Header
	status int
	body   bytes.Buffer
	file   *os.File
	name   string
	err    error
}

// spillBound is what is kept in memory of an answer, in bytes.
const spillBound = 1 << 20

func newSpill(f *folder) *spill { return &spill{folder: f, header: http.Header{}} }

func (s *spill) Header() http.Header { return s.header }

func (s *spill) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
}

func (s *spill) Write(p []byte) (int, error) {
	s.WriteHeader(http.StatusOK)
	if s.file == nil && s.body.Len()+len(p) > spillBound {
		if s.file, s.name, s.err = s.folder.draft(); s.err != nil {
			return 0, s.err
		}
		if _, s.err = s.file.Write(s.body.Bytes()); s.err != nil {
			return 0, s.err
		}
		s.body = bytes.Buffer{}
	}
	if s.file == nil {
		return s.body.Write(p)
	}
	n, err := s.file.Write(p)
	s.err = errors.Join(s.err, err)
	return n, err
}

// sum is the hash of the answer.
func (s *spill) sum() (out sum, err error) {
	if s.file == nil {
		return sha256.Sum256(s.body.Bytes()), nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return out, err
	}
	digest := sha256.New()
	_, err = io.Copy(digest, s.file)
	return sum(digest.Sum(nil)), err
}

// draftFile gives the answer as a draft that is on its way to the disk, for the
// folder to name.
func (s *spill) draftFile() (string, error) {
	if s.file == nil {
		var err error
		if s.file, s.name, err = s.folder.draft(); err != nil {
			return "", err
		}
		if _, err := s.file.Write(s.body.Bytes()); err != nil {
			return "", err
		}
	}
	name := s.name
	err := s.file.Close()
	s.file, s.name = nil, ""
	return name, err
}

// close drops a draft that nobody took.
func (s *spill) close() {
	if s.file != nil {
		_ = errors.Join(s.file.Close(), s.folder.root.Remove(s.name))
	}
}
