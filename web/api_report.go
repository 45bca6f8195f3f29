package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// reportJSON is an error that somebody reports on a published claim.
type reportJSON struct {
	ID         string                `json:"id"`
	URL        string                `json:"url" doc:"Its page on this desk"`
	Claim      string                `json:"claim"`
	Version    int                   `json:"claim_version" doc:"The newest publication when it came in"`
	Text       string                `json:"text"`
	Evidence   *string               `json:"evidence" doc:"Address of what shows it"`
	Contact    *string               `json:"contact" doc:"E-mail address, for the desk only"`
	ReceivedAt time.Time             `json:"received_at"`
	DueAt      time.Time             `json:"due_at"`
	Assignee   *string               `json:"assignee" doc:"Id of who looks into it"`
	AddedBy    *string               `json:"added_by" doc:"Id of who wrote it down; null for one that came by the public page"`
	Outcome    *claims.ReportOutcome `json:"outcome" doc:"corrected, no_error or needs_more; null while it is open"`
	Note       string                `json:"note"`
	Public     string                `json:"public" doc:"What readers are told"`
	AnsweredBy *string               `json:"answered_by"`
	AnsweredAt *time.Time            `json:"answered_at"`
	Erased     bool                  `json:"erased"`
	Revision   int64                 `json:"version"`
}

type reportInput struct {
	Text     string `json:"text"`
	Evidence string `json:"evidence,omitempty" doc:"Address of what shows it"`
	Contact  string `json:"contact,omitempty" doc:"E-mail address"`
}

type answerInput struct {
	Outcome claims.ReportOutcome `json:"outcome" doc:"corrected, no_error or needs_more"`
	Note    string               `json:"note,omitempty" doc:"For the desk"`
	Public  string               `json:"public,omitempty" doc:"For readers"`
}

type (
	reportQuery struct {
		Call
		Paging
		Show  string `query:"show" doc:"open, answered or all"`
		Claim string `query:"claim"`
	}
	reportID struct {
		Call
		ID string `path:"id"`
	}
	reportSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
)

func (a *api) addReports() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/reports", act: claims.ActReportLook, summary: "What readers report as errors; open ones first due first, others newest first"}, s.apiReports)
	add(a, endpoint{method: http.MethodGet, path: "/reports/{id}", act: claims.ActReportLook, summary: "One report"}, s.apiReport)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/reports", act: claims.ActReport, summary: "Write down an error that somebody reports on a published claim",
		body: bodyOf[reportInput](), status: http.StatusCreated}, s.apiReportAdd)
	add(a, endpoint{method: http.MethodPost, path: "/reports/{id}/take", act: claims.ActReport, summary: "Look into a report"}, s.apiReportTake)
	add(a, endpoint{method: http.MethodPost, path: "/reports/{id}/leave", act: claims.ActReport, summary: "Give a report back for others to look into"}, s.apiReportLeave)
	add(a, endpoint{method: http.MethodPost, path: "/reports/{id}/answer", act: claims.ActReportAnswer, summary: "Say what came of a report, or say it anew", body: bodyOf[answerInput]()}, s.apiReportAnswer)
	add(a, endpoint{method: http.MethodPost, path: "/reports/{id}/reopen", act: claims.ActClaimReopen, summary: "Reopen the claim for a correction, and take the report", body: bodyOf[reasonInput]()}, s.apiReportReopen)
	add(a, endpoint{method: http.MethodPost, path: "/reports/{id}/erase", act: claims.ActErase, summary: "Erase what the reader wrote and where they can be reached",
		body: bodyOf[reasonInput](), status: http.StatusNoContent}, s.apiReportErase)
}

func (s *Server) reportJSON(r claims.ErrorReport) reportJSON {
	out := reportJSON{ID: r.ID, URL: s.link("/reports/" + r.ID), Claim: r.Claim, Version: r.N, Text: r.Text, Evidence: known(r.URL), Contact: known(r.Contact),
		ReceivedAt: r.ReceivedAt, DueAt: r.DueAt, Assignee: known(r.Assignee), AddedBy: known(r.AddedBy), Note: r.Note, Public: r.Public,
		AnsweredBy: known(r.AnsweredBy), AnsweredAt: r.AnsweredAt, Erased: r.Erased, Revision: r.Version}
	if r.Answered() {
		out.Outcome = &r.Outcome
	}
	return out
}

func (s *Server) apiReports(ctx context.Context, in *reportQuery) (*listing[reportJSON], error) {
	f, show, err := reportFilter(in.echo)
	if err != nil {
		return nil, err
	}
	if in.Show != "" && in.Show != show {
		return nil, claims.Invalid("show", "report.show_unknown", cut(in.Show, maxShown))
	}
	f.Open = f.Open && in.Show != ""
	v, err := s.desk.Reports(ctx, in.actor(), f)
	if err != nil {
		return nil, err
	}
	items := make([]reportJSON, len(v.Reports))
	for i, r := range v.Reports {
		items[i] = s.reportJSON(r)
	}
	return listed(items, v.Next), nil
}

func (s *Server) oneReport(r claims.ErrorReport, err error) (*single[reportJSON], error) {
	if err != nil {
		return nil, err
	}
	return &single[reportJSON]{ETag: etagOf(r.Version), Location: apiRoot + "/reports/" + r.ID, Body: s.reportJSON(r)}, nil
}

func (s *Server) apiReport(ctx context.Context, in *reportID) (*single[reportJSON], error) {
	v, err := s.desk.Report(ctx, in.actor(), in.ID)
	return s.oneReport(v.Report, err)
}

func (s *Server) apiReportAdd(ctx context.Context, in *claimID) (*single[reportJSON], error) {
	body, err := decode[reportInput](in)
	if err != nil {
		return nil, err
	}
	r, err := s.desk.AddReport(ctx, in.actor(), in.ID, workflow.ReportInput{Text: body.Text, URL: body.Evidence, Contact: body.Contact})
	return s.oneReport(r, renamed(err, "url", "evidence"))
}

// renamed names a field as the API does.
func renamed(err error, from, to string) error {
	if err == nil {
		return nil
	}
	e, _ := refusal(err)
	for i := range e.Fields {
		if e.Fields[i].Field == from {
			e.Fields[i].Field = to
		}
	}
	return err
}

func (s *Server) apiReportSteer(ctx context.Context, in *reportSeen, do reportAct) (*single[reportJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return s.oneReport(do(ctx, in.actor(), in.ID, version))
}

func (s *Server) apiReportTake(ctx context.Context, in *reportSeen) (*single[reportJSON], error) {
	return s.apiReportSteer(ctx, in, s.desk.TakeReport)
}

func (s *Server) apiReportLeave(ctx context.Context, in *reportSeen) (*single[reportJSON], error) {
	return s.apiReportSteer(ctx, in, s.desk.LeaveReport)
}

func (s *Server) apiReportAnswer(ctx context.Context, in *reportSeen) (*single[reportJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[answerInput](in)
	if err != nil {
		return nil, err
	}
	return s.oneReport(s.desk.AnswerReport(ctx, in.actor(), in.ID, version, workflow.AnswerInput(body)))
}

func (s *Server) apiReportReopen(ctx context.Context, in *reportSeen) (*single[reportJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[reasonInput](in)
	if err != nil {
		return nil, err
	}
	if _, err := s.desk.ReopenFromReport(ctx, in.actor(), in.ID, version, body.Reason); err != nil {
		return nil, err
	}
	v, err := s.desk.Report(ctx, in.actor(), in.ID)
	return s.oneReport(v.Report, err)
}

func (s *Server) apiReportErase(ctx context.Context, in *reportID) (*nothing, error) {
	body, err := decode[reasonInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.EraseReport(ctx, in.actor(), in.ID, body.Reason)
}
