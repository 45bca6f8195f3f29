package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
)

type statsQuery struct {
	Call
	Period string `query:"period" enum:"30,90,365,all" doc:"How many days back, or all; 90 where it is left out"`
}

type statsJSON struct {
	Period      string            `json:"period"`
	From        time.Time         `json:"from" doc:"Where the period begins"`
	States      []stateCountsJSON `json:"states" doc:"How many claims stood in each state at the end of each step"`
	Sources     []verdictsJSON    `json:"sources" doc:"Approved content verdicts by source, most first, at most 10"`
	Untied      int               `json:"untied" doc:"Verdicts on claims whose sources have no record"`
	Outlets     []verdictsJSON    `json:"outlets"`
	Times       timesJSON         `json:"times" doc:"From a claim’s coming in until its verdict was approved"`
	Ages        []ageJSON         `json:"ages" doc:"Unfinished claims now, by how long ago they came in"`
	Waits       []waitJSON        `json:"waits" doc:"Who waits for whom now"`
	Suggestions []suggestionJSON  `json:"suggestions"`
	Missed      int               `json:"missed" doc:"Claims that people added and no machine had suggested"`
	Agreement   agreementJSON     `json:"agreement" doc:"Of all time"`
}

type stateCountsJSON struct {
	Until  time.Time      `json:"until"`
	Claims map[string]int `json:"claims" doc:"By state"`
}

type verdictsJSON struct {
	Source   string         `json:"source,omitempty"`
	Name     string         `json:"name"`
	N        int            `json:"n"`
	Verdicts map[string]int `json:"verdicts" doc:"By code of the content verdict"`
}

type timesJSON struct {
	N         int        `json:"n"`
	Median    int64      `json:"median_seconds"`
	Ninetieth int64      `json:"p90_seconds"`
	Counts    []spanJSON `json:"counts"`
}

type spanJSON struct {
	Below *int64 `json:"below_seconds" doc:"null for the last, which is open"`
	N     int    `json:"n"`
}

type ageJSON struct {
	State string `json:"state"`
	Below *int64 `json:"below_seconds" doc:"null for the oldest"`
	N     int    `json:"n"`
}

type waitJSON struct {
	Who   string    `json:"who" doc:"The id of a person, or ~desk"`
	Whom  string    `json:"whom" doc:"The id of a person, or ~anybody, ~reviewer, ~publisher, ~outside"`
	N     int       `json:"n"`
	Since time.Time `json:"since" doc:"Of the one that waits longest"`
}

type suggestionJSON struct {
	By        string         `json:"by"`
	Rule      string         `json:"rule"`
	Suggested int            `json:"suggested"`
	Accepted  int            `json:"accepted"`
	Edited    int            `json:"edited" doc:"Of those accepted"`
	Dismissed map[string]int `json:"dismissed" doc:"By reason"`
	Waiting   int            `json:"waiting"`
}

func (a *api) addStats() {
	add(a, endpoint{method: http.MethodGet, path: "/stats", act: claims.ActLook, summary: "The desk in numbers"}, a.server.apiStats)
}

func (s *Server) apiStats(ctx context.Context, in *statsQuery) (*single[statsJSON], error) {
	period, err := claims.ParsePeriod(in.Period)
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Stats(ctx, in.actor(), period)
	if err != nil {
		return nil, err
	}
	out := statsJSON{
		Period: string(v.Period), From: v.Ladder.Start, States: []stateCountsJSON{}, Sources: verdictRows(v.Sources), Outlets: verdictRows(v.Outlets), Untied: v.Untied,
		Times: timesJSON{N: v.Times.N, Median: int64(v.Times.Median.Seconds()), Ninetieth: int64(v.Times.NinetiethOf.Seconds()), Counts: []spanJSON{}},
		Ages:  []ageJSON{}, Waits: []waitJSON{}, Suggestions: []suggestionJSON{}, Missed: v.Missed,
		Agreement: newAgreementJSON(v.Agreement),
	}
	for i, counts := range v.States {
		out.States = append(out.States, stateCountsJSON{v.Ladder.End(i), byName(counts)})
	}
	for i, n := range v.Times.Counts {
		out.Times.Counts = append(out.Times.Counts, spanJSON{below(claims.DurationSteps, i), n})
	}
	for _, a := range v.Ages {
		out.Ages = append(out.Ages, ageJSON{string(a.State), below(claims.AgeSteps, a.Age), a.N})
	}
	for _, w := range v.Waits {
		out.Waits = append(out.Waits, waitJSON(w))
	}
	for _, t := range v.Suggestions {
		out.Suggestions = append(out.Suggestions, suggestionJSON{
			By: t.By, Rule: t.Rule, Suggested: t.N, Accepted: t.Accepted, Edited: t.Edited, Dismissed: byName(t.Dismissed), Waiting: t.Waiting,
		})
	}
	return &single[statsJSON]{Body: out}, nil
}

func verdictRows(list []claims.VerdictTally) []verdictsJSON {
	out := make([]verdictsJSON, len(list))
	for i, v := range list {
		out[i] = verdictsJSON{Source: v.ID, Name: v.Name, N: v.N, Verdicts: v.Steps}
	}
	return out
}

// byName writes the keys of counts as words.
func byName[K ~string](counts map[K]int) map[string]int {
	out := make(map[string]int, len(counts))
	for key, n := range counts {
		out[string(key)] = n
	}
	return out
}

// below is the bound of a place among bounds, nil for what is above all.
func below(bounds []time.Duration, i int) *int64 {
	if i >= len(bounds) {
		return nil
	}
	seconds := int64(bounds[i].Seconds())
	return &seconds
}
