package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type bulkInputJSON struct {
	Claims []struct {
		ID      string `json:"id"`
		Version int64  `json:"version"`
	} `json:"claims" doc:"At most 500, each with the version that was seen"`
	Act      workflow.BulkAct `json:"act" enum:"open,dismiss,take,leave,assign,tag,untag,priority,submit,approve,return,publish"`
	Reason   string           `json:"reason,omitempty" doc:"For dismiss one of opinion, trivial, duplicate, not_checkable, wrong; for return words"`
	Note     string           `json:"note,omitempty"`
	Of       string           `json:"of,omitempty" doc:"The other claim of duplicates"`
	Assignee string           `json:"assignee,omitempty" doc:"For assign: id or sign-in name, nobody where left out"`
	Tag      string           `json:"tag,omitempty" doc:"For tag and untag"`
	Priority int              `json:"priority,omitempty" doc:"For priority: -1 to 2"`
	DryRun   bool             `json:"dry_run,omitempty" doc:"Say what would happen, and do nothing"`
}

type bulkJSON struct {
	Event   *string        `json:"event" doc:"Its id, to undo the whole by; null where nothing was done"`
	Changed int            `json:"changed"`
	Items   []bulkItemJSON `json:"items" doc:"In the order of the request"`
}

type bulkItemJSON struct {
	ID      string       `json:"id"`
	Changed bool         `json:"changed"`
	State   claims.State `json:"state,omitempty" doc:"As it is then"`
	Version int64        `json:"version,omitempty" doc:"As it is now"`
	Refused *problem     `json:"refused" doc:"Why nothing is done to it"`
}

func (a *api) addBulk() {
	s := a.server
	add(a, endpoint{method: http.MethodPost, path: "/claims/bulk", act: claims.ActLook, summary: "Do one act to many claims, or see what it would do; policy goes by the act",
		body: bodyOf[bulkInputJSON]()}, s.apiBulk)
}

func (s *Server) apiBulk(ctx context.Context, in *bare) (*single[bulkJSON], error) {
	body, err := decode[bulkInputJSON](in)
	if err != nil {
		return nil, err
	}
	ask := workflow.BulkInput{
		Act: body.Act, Reason: body.Reason, Note: body.Note, Of: body.Of, Assignee: body.Assignee, Tag: body.Tag, Priority: body.Priority,
	}
	for _, one := range body.Claims {
		ask.Claims = append(ask.Claims, workflow.BulkClaim(one))
	}
	do := s.desk.Bulk
	if body.DryRun {
		do = s.desk.PreviewBulk
	}
	result, err := do(ctx, in.actor(), ask)
	if err != nil {
		return nil, err
	}
	out := bulkJSON{Event: known(result.Event), Changed: result.Done(), Items: []bulkItemJSON{}}
	for _, item := range result.Items {
		one := bulkItemJSON{ID: item.ID, Changed: item.Changed, State: item.After.State, Version: item.After.Version}
		if body.DryRun {
			one.Version = item.Before.Version
		}
		if item.Refused != nil {
			e, status := refusal(item.Refused)
			one.Refused = s.problemOf(in.echo, e, status)
		}
		out.Items = append(out.Items, one)
	}
	return &single[bulkJSON]{Body: out}, nil
}
