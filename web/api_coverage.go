package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type skipJSON struct {
	ID     string            `json:"id"`
	Start  int               `json:"start" doc:"First code point of the snapshot's text"`
	End    int               `json:"end"`
	Reason claims.SkipReason `json:"reason"`
	Note   string            `json:"note"`
	By     string            `json:"by" doc:"Person id"`
	At     time.Time         `json:"at"`
}

type sentenceJSON struct {
	Start  int          `json:"start"`
	End    int          `json:"end"`
	Cover  claims.Cover `json:"cover" doc:"unseen and suggested are left to look at; claimed, dismissed and skipped are not"`
	Claims []string     `json:"claims"`
	Skip   *skipJSON    `json:"skip"`
}

type signOffJSON struct {
	By       string    `json:"by" doc:"Person id"`
	At       time.Time `json:"at"`
	Snapshot int       `json:"snapshot"`
	Left     int       `json:"left" doc:"Sentences nobody had looked at"`
	Why      string    `json:"why"`
}

type coverageJSON struct {
	Snapshot  int            `json:"snapshot"`
	Left      int            `json:"left"`
	Sentences []sentenceJSON `json:"sentences"`
	SignOff   *signOffJSON   `json:"sign_off"`
}

type skipInput struct {
	Start  int               `json:"start" doc:"A code point of the sentence"`
	Rest   bool              `json:"rest,omitempty" doc:"Those behind it in its paragraph too"`
	Reason claims.SkipReason `json:"reason" doc:"no_claim, opinion, trivial, not_checkable, repeated, or other with a note"`
	Note   string            `json:"note,omitempty"`
}

type signOffInput struct {
	Why      string `json:"why,omitempty" doc:"Required where sentences are left"`
	Withdraw bool   `json:"withdraw,omitempty" doc:"There is more to do after all"`
}

type skipID struct {
	Call
	ID   string `path:"id"`
	Skip string `path:"sid"`
}

func (a *api) addCoverage() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/coverage", act: claims.ActLook, summary: "What became of every sentence of an article"}, s.apiCoverage)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/skips", act: claims.ActArticleSkip, summary: "Say that a sentence has nothing to check",
		body: bodyOf[skipInput](), status: http.StatusCreated}, s.apiSkip)
	add(a, endpoint{method: http.MethodDelete, path: "/articles/{id}/skips/{sid}", act: claims.ActArticleSkip, summary: "Look at what was skipped after all",
		status: http.StatusNoContent}, s.apiUnskip)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/sign-off", act: claims.ActArticleSign, summary: "Say that the desk is done with an article, or no longer",
		body: bodyOf[signOffInput]()}, s.apiSignOff)
}

func newSkipJSON(s claims.Skip) *skipJSON {
	return &skipJSON{ID: s.ID, Start: s.Start, End: s.End, Reason: s.Reason, Note: s.Note, By: s.By, At: s.At}
}

func newSignOffJSON(s claims.SignOff) *signOffJSON {
	if !s.Signed() {
		return nil
	}
	return &signOffJSON{By: s.By, At: s.At, Snapshot: s.Snapshot, Left: s.Left, Why: s.Why}
}

func (s *Server) apiCoverage(ctx context.Context, in *articleID) (*single[coverageJSON], error) {
	v, err := s.desk.Article(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	out := coverageJSON{Snapshot: v.Snapshot.N, Left: v.Coverage.Left, Sentences: make([]sentenceJSON, len(v.Coverage.Sentences)), SignOff: newSignOffJSON(v.Article.SignOff)}
	for i, sentence := range v.Coverage.Sentences {
		out.Sentences[i] = sentenceJSON{Start: sentence.Start, End: sentence.End, Cover: sentence.Cover, Claims: some(sentence.Claims)}
		if sentence.Skip != nil {
			out.Sentences[i].Skip = newSkipJSON(*sentence.Skip)
		}
	}
	return &single[coverageJSON]{ETag: etagOf(v.Article.Version), Body: out}, nil
}

func (s *Server) apiSkip(ctx context.Context, in *articleID) (*single[skipJSON], error) {
	body, err := decode[skipInput](in)
	if err != nil {
		return nil, err
	}
	skip, err := s.desk.SkipSentences(ctx, in.actor(), in.ID, workflow.SkipInput{Start: body.Start, Rest: body.Rest, Reason: body.Reason, Note: body.Note})
	if err != nil {
		return nil, err
	}
	return &single[skipJSON]{Body: *newSkipJSON(skip)}, nil
}

func (s *Server) apiUnskip(ctx context.Context, in *skipID) (*nothing, error) {
	return nil, s.desk.UnskipSentences(ctx, in.actor(), in.ID, in.Skip)
}

func (s *Server) apiSignOff(ctx context.Context, in *articleSeen) (*single[articleJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[signOffInput](in)
	if err != nil {
		return nil, err
	}
	act := s.desk.SignOff
	if body.Withdraw {
		act = s.desk.WithdrawSignOff
	}
	if _, err := act(ctx, in.actor(), in.ID, version, body.Why); err != nil {
		return nil, err
	}
	return s.oneArticle(ctx, in.actor(), in.ID)
}
