package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
)

// Tell notes how far a job has come.
type Tell func(step string, done, total int64)

// Steps of jobs.
const (
	StepFetch = "fetch"
	StepRead  = "read"
	StepKeep  = "keep"
)

// PageRequest asks for a page of the web by its address.
type PageRequest struct {
	Hint            ingest.Hint // its URL is what is fetched; the rest is what a person states
	AcceptDuplicate bool
	CopyOf          string
	Keep            bool // take it in at once; else a person looks at it first
	Audience        Audience
	Note            string `json:",omitempty"` // words that whoever asks had selected on it
	// Feed and Item name the item of a feed that this is: robots.txt is obeyed.
	Feed string `json:",omitempty"`
	Item string `json:",omitempty"`
}

// FoundPage is what a job brought of a page, for a person to look at.
type FoundPage struct {
	URL       string             `json:"url"` // where redirects led
	MediaType string             `json:"media_type"`
	SHA256    string             `json:"sha256"` // of the bytes
	Size      int64              `json:"size"`
	Answer    *claims.Answer     `json:"answer,omitempty"`  // of the server
	Found     *FoundArticle      `json:"found,omitempty"`   // nil where nothing could be read
	Problem   *claims.JobProblem `json:"problem,omitempty"` // why not
}

// FoundArticle is what was read of a page; Meta says where each field came from and
// whether the text may be less than the article.
type FoundArticle struct {
	Title        string              `json:"title"`
	Outlet       string              `json:"outlet"`
	Authors      []string            `json:"authors"`
	URL          string              `json:"url"`
	CanonicalURL string              `json:"canonical_url"`
	Language     string              `json:"language"`
	Published    *claims.Date        `json:"published"`
	Meta         claims.SnapshotMeta `json:"meta"`      // Blocks and Cues left out
	Beginning    string              `json:"beginning"` // of the text
	Letters      int                 `json:"letters"`   // of the text
}

// KeptPage is what came of a job that takes a page in.
type KeptPage struct {
	Article  string `json:"article"`
	Snapshot string `json:"snapshot"`
	Claims   int    `json:"claims"`
}

const beginning = 1500 // code points of a text that is shown before it is kept

// AskPage asks for a page: its address is looked at now, the rest is a job.
func (d *Desk) AskPage(ctx context.Context, actor claims.Actor, in PageRequest) (claims.Job, error) {
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return claims.Job{}, err
	}
	in.Hint.URL = strings.TrimSpace(in.Hint.URL)
	if err := checkHint(in.Hint); err != nil {
		return claims.Job{}, err
	}
	if d.fetcher == nil {
		return claims.Job{}, claims.Refuse(claims.KindConflict, "fetch.off")
	}
	if err := d.fetcher.Check(ctx, in.Hint.URL); err != nil {
		return claims.Job{}, onField("url", err)
	}
	kind, asked := claims.JobLook, in.Audience
	if in.Keep {
		kind = claims.JobIntake
	}
	var out claims.Job
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		if in.Audience, err = t.confine(ctx, &claims.Article{}, asked); err != nil {
			return err
		}
		out, err = t.addJob(ctx, claims.Job{Kind: kind, Readers: in.Audience.Readers}, in)
		return err
	})
	return out, err
}

// checkHint refuses at once what the reader of the page would refuse later.
func checkHint(h ingest.Hint) error {
	title := h.Title
	if title == "" {
		title = "-"
	}
	return ArticlePatch{Title: &title, Outlet: &h.Outlet, URL: &h.URL, Language: &h.Language, Published: &h.Published, Authors: &h.Authors}.apply(&claims.Article{})
}

// onField turns a refusal into one about a field.
func onField(field string, err error) error {
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Kind != claims.KindInvalid || len(refused.Fields) > 0 {
		return err
	}
	return &claims.Error{Kind: claims.KindInvalid, Key: "invalid", Fields: []claims.FieldError{{Field: field, Key: refused.Key, Args: refused.Args}}, Cause: refused.Cause}
}

// RequestOf reads what a job for a page was asked.
func RequestOf(j claims.Job) (in PageRequest, err error) {
	return in, json.Unmarshal([]byte(j.Input), &in)
}

// LookAtPage is the work of JobLook: the bytes are kept, what was read of them is
// the job's result. A page of which nothing can be read is a result too.
func (d *Desk) LookAtPage(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	in, err := RequestOf(j)
	if err != nil {
		return err
	}
	tell(StepFetch, 0, 0)
	page, err := d.fetch(ctx, in.Hint.URL, ingest.MaxBytes)
	if err != nil {
		return err
	}
	tell(StepRead, int64(len(page.Body)), int64(len(page.Body)))
	out := FoundPage{URL: page.URL, MediaType: page.MediaType, SHA256: digest(page.Body), Size: int64(len(page.Body)), Answer: answered(page)}
	hint := in.Hint
	hint.URL = page.URL
	read, failure := ingest.Read(ctx, ingest.Input{Raw: page.Body, ContentType: page.MediaType, Hint: hint})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case failure != nil && (claims.KindOf(failure) == "" || passing(failure)):
		return failure
	case failure != nil:
		out.Problem = jobProblem(failure)
	default:
		out.Found = foundArticle(read)
	}
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		if err := t.PutBlob(ctx, claims.Blob{SHA256: out.SHA256, MediaType: page.MediaType, Data: page.Body}); err != nil {
			return err
		}
		if err := t.finishJob(ctx, j, out); err != nil {
			return err
		}
		return t.record(ctx, onJob(ActPageFetch, j))
	})
}

func foundArticle(p ingest.Page) *FoundArticle {
	return &FoundArticle{
		Title: p.Title, Outlet: p.Outlet, Authors: some(p.Authors), URL: p.URL, CanonicalURL: p.CanonicalURL, Language: p.Language, Published: p.Published,
		Meta:      claims.SnapshotMeta{Origins: p.Origins, Modified: p.Modified, Image: p.Image, Attachments: p.Attachments, Barrier: p.Barrier},
		Beginning: clip(p.Text, beginning), Letters: utf8.RuneCountInString(p.Text),
	}
}

// FoundPage gives what a job brought of a page.
func (d *Desk) FoundPage(ctx context.Context, actor claims.Actor, job string) (claims.Job, FoundPage, error) {
	var found FoundPage
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return claims.Job{}, found, err
	}
	j, err := d.Job(ctx, actor, job)
	if err != nil {
		return j, found, err
	}
	if j.Kind != claims.JobLook || j.State != claims.JobDone {
		return j, found, nil
	}
	return j, found, json.Unmarshal([]byte(j.Result), &found)
}

// fetched gives the bytes that a job brought of a page.
func (d *Desk) fetched(ctx context.Context, actor claims.Actor, job string) (raw []byte, found FoundPage, err error) {
	_, found, err = d.FoundPage(ctx, actor, job)
	if err == nil && found.SHA256 == "" {
		err = claims.Refuse(claims.KindConflict, "job.nothing_found")
	}
	if err != nil {
		return nil, found, err
	}
	err = d.store.View(ctx, func(r claims.Reader) error {
		body, err := r.Blob(ctx, found.SHA256)
		if err != nil {
			return err
		}
		defer body.Close()
		raw, err = io.ReadAll(body)
		return err
	})
	return raw, found, err
}

// unlessFound leaves out of what a form says what it only repeats of what was found,
// so that the article keeps telling where that came from.
func unlessFound(h ingest.Hint, f *FoundArticle) ingest.Hint {
	if f == nil {
		return h
	}
	drop := func(s *string, found string) {
		if strings.TrimSpace(*s) == found {
			*s = ""
		}
	}
	drop(&h.Title, f.Title)
	drop(&h.Outlet, f.Outlet)
	drop(&h.Language, f.Language)
	drop(&h.Published, dateText(f.Published))
	if slices.Equal(tidy(h.Authors), f.Authors) {
		h.Authors = nil
	}
	return h
}

// TakePageIn is the work of JobIntake: fetch, read, find, keep. An item of a feed that
// the desk has already is no failure.
func (d *Desk) TakePageIn(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	in, err := RequestOf(j)
	if err != nil {
		return err
	}
	tell(StepFetch, 0, 0)
	page, err := d.get(ctx, fetch.Request{URL: in.Hint.URL, Limit: ingest.MaxBytes, Unasked: in.Feed != ""})
	if err != nil {
		return err
	}
	tell(StepRead, int64(len(page.Body)), int64(len(page.Body)))
	in.Hint.URL = page.URL
	_, err = d.takeIn(ctx, actor, in.intake(page),
		func(t *tx, out TakenIn) error {
			j.Article = out.Article.ID
			if err := t.settleItem(ctx, in, j, claims.FateKept); err != nil {
				return err
			}
			return t.finishJob(ctx, j, KeptPage{Article: out.Article.ID, Snapshot: out.Snapshot.SHA256, Claims: out.Claims})
		})
	if like, ok := duplicateIn(err); ok && in.Feed != "" {
		return d.act(ctx, actor, func(t *tx) error {
			j.Article = like
			if err := t.settleItem(ctx, in, j, claims.FateDuplicate); err != nil {
				return err
			}
			return t.finishJob(ctx, j, KeptPage{Article: like})
		})
	}
	return err
}

// duplicateIn gives the article of which another would have been a duplicate.
func duplicateIn(err error) (article string, ok bool) {
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Key != "article.duplicate" || len(refused.Args) == 0 {
		return "", false
	}
	article, ok = refused.Args[0].(string)
	return article, ok
}

// FetchArticle fetches a page and takes it in while the caller waits: for the
// command line.
func (d *Desk) FetchArticle(ctx context.Context, actor claims.Actor, in PageRequest) (TakenIn, error) {
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return TakenIn{}, err
	}
	page, err := d.fetch(ctx, in.Hint.URL, ingest.MaxBytes)
	if err != nil {
		return TakenIn{}, err
	}
	in.Hint.URL = page.URL
	return d.TakeIn(ctx, actor, in.intake(page))
}

// intake is what a page that was fetched is taken in as.
func (in PageRequest) intake(page fetch.Page) Intake {
	return Intake{Input: ingest.Input{Raw: page.Body, ContentType: page.MediaType, Hint: in.Hint}, AcceptDuplicate: in.AcceptDuplicate, Audience: in.Audience, CopyOf: in.CopyOf, answer: answered(page)}
}

// answered is how a page's server answered, nil where that was not noted.
func answered(page fetch.Page) *claims.Answer {
	if page.Answer.Status == "" {
		return nil
	}
	return &page.Answer
}
