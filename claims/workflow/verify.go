package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
)

// Report is what verifying the whole desk found. Erased counts events and
// snapshots whose values were erased by an admin, which is no fault.
type Report struct {
	Events       int
	Snapshots    int
	Claims       int
	Publications int
	Blobs        int
	Checkpoints  int
	Erased       int
	Problems     []Problem // the first broken link of the chain first
	Omitted      int       // further problems, beyond maxProblems
}

// Problem is one thing that is not as it was written.
type Problem struct {
	What  string // "event", "chain", "snapshot", "blob", "evidence", "claim", "publication", "log", "checkpoint"
	Where string // seq, article/n, SHA-256, claim id, claim@n
	Why   string
}

const maxProblems = 100

// OK reports whether everything is as it was written.
func (r Report) OK() bool { return len(r.Problems) == 0 }

func (r *Report) add(what, where, why string) {
	if len(r.Problems) >= maxProblems {
		r.Omitted++
		return
	}
	r.Problems = append(r.Problems, Problem{what, where, why})
}

// Verify reads the whole desk and proves the history, and by it the texts and
// what was published. It goes on after a problem; the error is for a desk that
// cannot be read at all.
func (d *Desk) Verify(ctx context.Context) (Report, error) {
	var v *verifier
	err := d.store.View(ctx, func(r claims.Reader) error {
		v = &verifier{Reader: r, erased: map[string]int64{}, stands: map[string]map[string]string{}, told: map[string]string{}, seen: map[string]bool{}, papers: newPapers()}
		return v.all(ctx)
	})
	if v == nil {
		return Report{}, err
	}
	return v.report, err
}

// all takes every step, whatever the others found.
func (v *verifier) all(ctx context.Context) error {
	for _, step := range []struct {
		what   string
		verify func(context.Context) error
	}{{"event", v.events}, {"chain", v.head}, {"event", v.erasures}, {"article", v.articles}, {"snapshot", v.snapshots}, {"evidence", v.evidence}, {"claim", v.claims},
		{"publication", v.publications}, {"log", v.log}} {
		err := step.verify(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.report.add(step.what, "", "it cannot be read: "+err.Error())
		}
	}
	v.missing()
	return nil
}

// verifier walks the desk once.
type verifier struct {
	claims.Reader
	report Report
	last   claims.Event
	gone   []claims.Event               // events with values that are not there, which are left out
	erased map[string]int64             // noun:id → seq of the event that tells it was erased
	told   map[string]string            // snapshot:article/n, publication:claim@n → the SHA-256 that the history tells
	seen   map[string]bool              // what of it was found
	stands map[string]map[string]string // claim → field → the JSON that the history tells last
	blobs  map[string]bool
	papers papers
}

// events proves the chain, link by link.
func (v *verifier) events(ctx context.Context) error {
	return v.EachEvent(ctx, func(e claims.Event) error {
		v.report.Events++
		v.link(e)
		v.values(e)
		v.remember(e)
		v.last = e
		return nil
	})
}

// erasures tells values that an admin erased from values that are lost.
func (v *verifier) erasures(context.Context) error {
	for _, e := range v.gone {
		id := strconv.FormatInt(e.Seq, 10)
		if max(v.erased[nounHistory+":"+id], v.erased[nounArticle+":"+e.Article], v.erased["claim:"+e.Claim]) > e.Seq {
			v.report.Erased++
			continue
		}
		v.report.add("event", id, "its values are gone and no act of erasing tells of it")
	}
	return nil
}

// link proves that e follows the event before it and is as it was written.
func (v *verifier) link(e claims.Event) {
	where := strconv.FormatInt(e.Seq, 10)
	switch {
	case e.Seq != v.last.Seq+1:
		v.report.add("event", strconv.FormatInt(v.last.Seq+1, 10), fmt.Sprintf("it is missing: after %d comes %d", v.last.Seq, e.Seq))
	case e.PrevHash != v.last.Hash:
		v.report.add("event", where, "it does not carry the hash of the event before it")
	}
	if !e.Sound() {
		v.report.add("event", where, "its hash is not that of its fields")
	}
}

// values proves what the event tells; what was erased is settled at the end.
func (v *verifier) values(e claims.Event) {
	gone := false
	for _, value := range e.Values {
		if !value.Intact() {
			v.report.add("event", strconv.FormatInt(e.Seq, 10), "its value "+value.Name+" ("+string(value.Side)+") is not what was written")
		}
		gone = gone || value.Erased
	}
	if gone {
		v.gone = append(v.gone, claims.Event{Seq: e.Seq, Article: e.Article, Claim: e.Claim})
	}
}

// remember keeps what the event says about things that are proved later.
func (v *verifier) remember(e claims.Event) {
	v.papers.follow(e)
	if e.Noun == "claim" || e.Act == ActUndo && e.Claim != "" {
		v.follow(e)
	}
	switch e.Act {
	case ActErase:
		v.erased[e.Noun+":"+e.NounID] = e.Seq
	case ActArticleAdd:
		v.tell("snapshot:"+snapshotID(e.NounID, 1), e, "sha256")
	case string(claims.ActClaimPublish):
		if n := after(e, "published_version"); n != "" {
			v.tell("publication:"+e.NounID+"@"+n, e, "publication_sha256")
		}
	}
}

// follow keeps where the history has brought a claim; what was erased is no
// longer known.
func (v *verifier) follow(e claims.Event) {
	fields := v.stands[e.Claim]
	if fields == nil {
		fields = map[string]string{}
		v.stands[e.Claim] = fields
	}
	for _, value := range e.Values {
		switch {
		case value.Side != claims.SideAfter:
		case value.Erased || !value.Intact():
			delete(fields, value.Name)
		case value.Name == "state" || value.Name == "content" || value.Name == "attribution":
			fields[value.Name] = value.JSON
		}
	}
}

// claims proves that every claim stands where its history has brought it.
func (v *verifier) claims(ctx context.Context) error {
	return v.EachClaim(ctx, claims.ClaimFilter{}, func(row claims.ClaimRow) error {
		v.report.Claims++
		verdict := verdictOf(row.Claim)
		for name, now := range map[string]string{"state": string(row.State), "content": verdict.Content, "attribution": verdict.Attribution} {
			told, ok := v.stands[row.ID][name]
			if was, err := readText(told); ok && (err != nil || was != now) {
				v.report.add("claim", row.ID, "its "+name+" is not the one that the history tells")
			}
		}
		return nil
	})
}

func (v *verifier) tell(key string, e claims.Event, name string) {
	if sum, err := readText(after(e, name)); err == nil {
		v.told[key] = sum
	}
}

// after gives the JSON of a value that an act left behind; "" where it is not there.
func after(e claims.Event, name string) string {
	for _, value := range e.Values {
		if value.Side == claims.SideAfter && value.Name == name && !value.Erased && value.Intact() {
			return value.JSON
		}
	}
	return ""
}

// readText reads a JSON string.
func readText(raw string) (string, error) {
	var s string
	err := json.Unmarshal([]byte(raw), &s)
	return s, err
}

// head proves that the chain ends where the store says it does.
func (v *verifier) head(ctx context.Context) error {
	seq, hash, err := v.ChainHead(ctx)
	if err != nil {
		return err
	}
	if seq != v.last.Seq || hash != v.last.Hash {
		v.report.add("chain", strconv.FormatInt(seq, 10), fmt.Sprintf("the head of the chain is event %d, the last event is %d", seq, v.last.Seq))
	}
	return nil
}

// articles proves that what is gone of articles was erased, and all of it.
func (v *verifier) articles(ctx context.Context) error {
	f := claims.ArticleFilter{Page: claims.Page{Limit: maxLimit}}
	for {
		rows, next, err := v.Articles(ctx, f)
		if err != nil {
			return err
		}
		for _, row := range rows {
			switch told := v.erased[nounArticle+":"+row.ID] > 0; {
			case row.Erased && !told:
				v.report.add("article", row.ID, "its words are gone and no act of erasing tells of it")
			case told && (!row.Erased || row.Title != claims.ErasedWords || row.URL != ""):
				v.report.add("article", row.ID, "it was erased and says something again")
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

// snapshots proves the texts and the bytes they were made of.
func (v *verifier) snapshots(ctx context.Context) error {
	v.blobs = map[string]bool{}
	return v.EachSnapshot(ctx, func(s claims.Snapshot) error {
		v.report.Snapshots++
		where := snapshotID(s.Article, s.N)
		v.compare("snapshot", where, s.SHA256)
		if !s.Erased && v.erased[nounArticle+":"+s.Article] > 0 {
			v.report.add("snapshot", where, "its article was erased and its text is there")
		}
		if s.Erased {
			if v.erased[nounSnapshot+":"+where] == 0 && v.erased[nounArticle+":"+s.Article] == 0 {
				v.report.add("snapshot", where, "its text is gone and no act of erasing tells of it")
				return nil
			}
			v.report.Erased++
			return nil
		}
		if digest([]byte(s.Text)) != s.SHA256 {
			v.report.add("snapshot", where, "its text is not the one that was taken in")
		}
		return v.blob(ctx, s.RawSHA256)
	})
}

// compare holds a hash against the one that the history tells.
func (v *verifier) compare(what, where, sum string) {
	key := what + ":" + where
	v.seen[key] = true
	if told, ok := v.told[key]; ok && told != sum {
		v.report.add(what, where, "its hash is not the one that the history tells")
	}
}

// blob proves kept bytes, each once.
func (v *verifier) blob(ctx context.Context, sha string) error {
	if v.blobs[sha] {
		return nil
	}
	v.blobs[sha] = true
	v.report.Blobs++
	sum, err := v.sumBlob(ctx, sha)
	switch {
	case missing(err):
		v.report.add("blob", sha, "the bytes are not there")
	case claims.KindOf(err) == claims.KindGone:
		if _, ok := v.erased[nounFile+":"+sha]; !ok {
			v.report.add("blob", sha, "the bytes are gone and no act of erasing tells of it")
			break
		}
		v.report.Erased++
	case err != nil:
		v.report.add("blob", sha, "the bytes cannot be read: "+err.Error())
	case sum != sha:
		v.report.add("blob", sha, "the bytes are not those that were taken in")
	}
	return ctx.Err()
}

// sumBlob gives the SHA-256 of kept bytes.
func (v *verifier) sumBlob(ctx context.Context, sha string) (string, error) {
	body, err := v.Blob(ctx, sha)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, body)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, body.Close())
}

// publications proves what the public saw.
func (v *verifier) publications(ctx context.Context) error {
	return v.EachPublication(ctx, func(p claims.Publication) error {
		v.report.Publications++
		where := p.Claim + "@" + strconv.Itoa(p.N)
		v.compare("publication", where, p.SHA256)
		if digest(p.Document) != p.SHA256 {
			v.report.add("publication", where, "its document is not the one that was published")
		}
		return nil
	})
}

// missing names what the history tells of and the store no longer has.
func (v *verifier) missing() {
	for _, key := range slices.Sorted(maps.Keys(v.told)) {
		if !v.seen[key] {
			what, where, _ := strings.Cut(key, ":")
			v.report.add(what, where, "the history tells of it and it is not there")
		}
	}
}
