package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
)

// archiveJSON is what became of asking a web archive to keep a page.
type archiveJSON struct {
	ID         string              `json:"id"`
	Article    string              `json:"article"`
	Claim      *string             `json:"claim"`
	Evidence   *string             `json:"evidence"`
	URL        string              `json:"url" doc:"The page"`
	State      claims.ArchiveState `json:"state" doc:"asked, submitted, archived, refused or failed; what was submitted is not archived"`
	Address    *string             `json:"address" doc:"Where it is archived"`
	ArchivedAt *time.Time          `json:"archived_at"`
	Problem    *jobProblemJSON     `json:"problem" doc:"Why it was refused or failed"`
	Job        string              `json:"job"`
	AskedBy    string              `json:"asked_by"`
	AskedAt    time.Time           `json:"asked_at"`
	ChangedAt  time.Time           `json:"changed_at"`
}

func (a *api) addArchive() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/archive", act: claims.ActLook, summary: "What web archives were asked to keep of an article and its evidence, newest first"}, s.apiArchiveList)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/archive", act: claims.ActArchive, summary: "Ask the web archive to keep the article’s page", status: http.StatusAccepted}, s.apiArchive)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/evidence/{evidence}/archive", act: claims.ActArchive,
		summary: "Ask the web archive to keep the document’s page", status: http.StatusAccepted}, s.apiArchiveEvidence)
}

func (s *Server) archiveJSON(in *Call, q claims.ArchiveRequest) archiveJSON {
	out := archiveJSON{ID: q.ID, Article: q.Article, Claim: known(q.Claim), Evidence: known(q.Evidence), URL: q.URL, State: q.State, Address: known(q.Address),
		ArchivedAt: q.ArchivedAt, Job: q.Job, AskedBy: q.AskedBy, AskedAt: q.AskedAt, ChangedAt: q.ChangedAt}
	if q.Problem != nil {
		out.Problem = &jobProblemJSON{Code: q.Problem.Key, Detail: wordsOf(in.echo).T(q.Problem.Key, q.Problem.Args...)}
	}
	return out
}

func (s *Server) apiArchiveList(ctx context.Context, in *articleID) (*listing[archiveJSON], error) {
	all, err := s.desk.ArchiveRequests(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]archiveJSON, len(all))
	for i, q := range all {
		items[i] = s.archiveJSON(&in.Call, q)
	}
	return listed(items, ""), nil
}

func (s *Server) apiArchive(ctx context.Context, in *articleID) (*single[archiveJSON], error) {
	q, err := s.desk.AskArchive(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[archiveJSON]{Body: s.archiveJSON(&in.Call, q)}, nil
}

func (s *Server) apiArchiveEvidence(ctx context.Context, in *evidenceOne) (*single[archiveJSON], error) {
	q, err := s.desk.AskArchiveEvidence(ctx, in.actor(), in.ID, in.Evidence)
	if err != nil {
		return nil, err
	}
	return &single[archiveJSON]{Body: s.archiveJSON(&in.Call, q)}, nil
}
