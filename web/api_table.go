package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type tableInput struct {
	Text   string `json:"text,omitempty" doc:"An exported table of verdicts, edited, as CSV"`
	File   []byte `json:"file,omitempty" doc:"Or the file as it is (CSV in any encoding, XLSX), in base64"`
	Name   string `json:"name,omitempty" doc:"Of the file, for people"`
	DryRun bool   `json:"dry_run,omitempty" doc:"Only say what would change"`
	Pin    string `json:"pin,omitempty" doc:"Of a dry run: do exactly what it said, or refuse (409) where that is other by now"`
}

type tableAnswer struct {
	Body tableJSON
}

type tableJSON struct {
	Applied bool                     `json:"applied"`
	Ready   bool                     `json:"ready" doc:"All of it can be done"`
	Pin     string                   `json:"pin"`
	Event   *string                  `json:"event" doc:"By which all of it can be taken back"`
	Counts  map[workflow.RowFate]int `json:"counts"`
	Unread  []string                 `json:"unread" doc:"Columns that no export has"`
	Rows    []tableRowJSON           `json:"rows" doc:"Those that differ from the desk"`
}

type tableRowJSON struct {
	Line    int              `json:"line"`
	Claim   *string          `json:"claim"`
	Fate    workflow.RowFate `json:"fate" doc:"changed, same, conflict, refused or new"`
	Edited  int64            `json:"edited_version" doc:"claim_version of the row"`
	Now     int64            `json:"version" doc:"Of the claim"`
	Problem *jobProblemJSON  `json:"problem"`
	Cells   []tableCellJSON  `json:"cells"`
}

type tableCellJSON struct {
	Column  string          `json:"column"`
	Old     string          `json:"old"`
	New     string          `json:"new"`
	Stays   bool            `json:"stays" doc:"A table cannot change it"`
	Problem *jobProblemJSON `json:"problem"`
}

func (a *api) addTables() {
	add(a, endpoint{method: http.MethodPost, path: "/changes", act: claims.ActExport, summary: "Bring an edited table of verdicts back, or see what it would change: all of it or nothing",
		body: bodyOf[tableInput](), bound: importBound}, a.server.apiTable)
}

func (s *Server) apiTable(ctx context.Context, in *bare) (*tableAnswer, error) {
	body, err := decode[tableInput](in)
	if err != nil {
		return nil, err
	}
	table := workflow.ChangesInput{Name: body.Name, Text: body.Text}
	if len(body.File) > 0 {
		if table.Text, err = workflow.EditedText(body.File, ""); err != nil {
			return nil, err
		}
	}
	var plan workflow.ChangePlan
	if body.DryRun {
		plan, err = s.desk.PlanChanges(ctx, in.actor(), table)
	} else {
		plan, err = s.desk.ApplyChanges(ctx, in.actor(), table, body.Pin)
	}
	if err != nil {
		return nil, err
	}
	out := tableJSON{Applied: plan.Event != "", Ready: plan.Ready(), Pin: plan.Pin, Event: known(plan.Event), Counts: plan.Counts, Unread: some(plan.Unread), Rows: []tableRowJSON{}}
	for _, r := range plan.Rows {
		row := tableRowJSON{Line: r.Line, Claim: known(r.Claim), Fate: r.Fate, Edited: r.Edited, Now: r.Now, Problem: toldProblem(&in.Call, r.Problem), Cells: []tableCellJSON{}}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, tableCellJSON{Column: c.Column, Old: c.Old, New: c.New, Stays: c.Stays, Problem: toldProblem(&in.Call, c.Problem)})
		}
		out.Rows = append(out.Rows, row)
	}
	return &tableAnswer{Body: out}, nil
}

func toldProblem(in *Call, p *claims.JobProblem) *jobProblemJSON {
	if p == nil {
		return nil
	}
	return &jobProblemJSON{Code: p.Key, Detail: wordsOf(in.echo).Field(claims.FieldError{Key: p.Key, Args: p.Args})}
}
