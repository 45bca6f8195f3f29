package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type importInput struct {
	Kind      workflow.ImportKind `json:"kind" enum:"addresses,claims" doc:"A list of pages, an address a line; or a table of claims with columns of verdicts.csv"`
	Text      string              `json:"text"`
	Name      string              `json:"name,omitempty" doc:"Of the file, for people"`
	Duplicate string              `json:"duplicate,omitempty" enum:"accept"`
	DryRun    bool                `json:"dry_run,omitempty" doc:"Only say what would become of each row"`
	Language  string              `json:"language,omitempty" doc:"Of all articles"`
	Outlet    string              `json:"outlet,omitempty" doc:"Of all articles"`
}

// importAnswer is the plan of a dry run (200), or the job that takes the rows in (202).
type importAnswer struct {
	Status   int
	Location string `header:"Location"`
	Body     importAnswerJSON
}

type importAnswerJSON struct {
	Plan *importPlanJSON `json:"plan,omitempty" doc:"200: what would become of each row"`
	Job  *jobJSON        `json:"job,omitempty" doc:"202: its result tells of each row"`
}

type importPlanJSON struct {
	Rows   []importRowJSON             `json:"rows"`
	Counts map[workflow.ImportFate]int `json:"counts"`
	Unread []string                    `json:"unread" doc:"Columns that are not read"`
}

type importRowJSON struct {
	Line    int                 `json:"line"`
	What    string              `json:"what"`
	Fate    workflow.ImportFate `json:"fate" doc:"ready, done, known, duplicate, refused or failed"`
	Problem *jobProblemJSON     `json:"problem"`
	Article *string             `json:"article"`
	Claim   *string             `json:"claim"`
	Fetches bool                `json:"fetches" doc:"Its page is fetched first"`
}

func importPlan(in *Call, r workflow.ImportReport) *importPlanJSON {
	out := &importPlanJSON{Rows: []importRowJSON{}, Counts: r.Counts, Unread: some(r.Unread)}
	for _, row := range r.Rows {
		told := importRowJSON{Line: row.Line, What: row.What, Fate: row.Fate, Article: known(row.Article), Claim: known(row.Claim), Fetches: row.Fetches}
		if row.Problem != nil {
			told.Problem = &jobProblemJSON{Code: row.Problem.Key, Detail: wordsOf(in.echo).T(row.Problem.Key, row.Problem.Args...)}
		}
		out.Rows = append(out.Rows, told)
	}
	return out
}

func (a *api) addImports() {
	add(a, endpoint{method: http.MethodPost, path: "/imports", act: claims.ActArticleAdd, summary: "Take in a list of pages or a table of claims, or see what would become of it",
		body: bodyOf[importInput](), bound: importBound, status: http.StatusAccepted}, a.server.apiImport)
}

func (s *Server) apiImport(ctx context.Context, in *bare) (*importAnswer, error) {
	body, err := decode[importInput](in)
	if err != nil {
		return nil, err
	}
	if body.Duplicate != "" && body.Duplicate != "accept" {
		return nil, claims.Invalid("duplicate", "api.duplicate_unknown", cut(body.Duplicate, maxShown))
	}
	request := workflow.ImportRequest{Kind: body.Kind, Name: body.Name, Text: body.Text, Options: workflow.ImportOptions{AcceptDuplicate: body.Duplicate == "accept"}}
	request.Options.Hint.Language, request.Options.Hint.Outlet = body.Language, body.Outlet
	if body.DryRun {
		plan, err := s.desk.PlanImport(ctx, in.actor(), request)
		if err != nil {
			return nil, err
		}
		return &importAnswer{Status: http.StatusOK, Body: importAnswerJSON{Plan: importPlan(&in.Call, plan)}}, nil
	}
	j, err := s.desk.AskImport(ctx, in.actor(), request)
	if err != nil {
		return nil, err
	}
	job := s.jobJSON(&in.Call, j)
	return &importAnswer{Status: http.StatusAccepted, Location: apiRoot + "/jobs/" + j.ID, Body: importAnswerJSON{Job: &job}}, nil
}
