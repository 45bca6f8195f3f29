package db

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"cotejo/claims"
)

// FirstClaim implements claims.StatReader.
func (r *reader) FirstClaim(ctx context.Context) (time.Time, error) {
	var w where
	r.outsider.articles(&w, "article")
	first, err := queryOne(ctx, r, value[*int64], "SELECT MIN(created_at) FROM claims"+w.String(), w.args...)
	if err != nil || first == nil {
		return time.Time{}, err
	}
	return time.UnixMicro(*first).UTC(), nil
}

// StateFlows implements claims.StatReader. What an act did to the state stands in
// its values; a claim that came in has one after and none before.
func (r *reader) StateFlows(ctx context.Context, l claims.Ladder) ([]claims.StateFlow, error) {
	w := &where{}
	step := "(e.at - " + w.arg(l.Start.UnixMicro()) + ") / " + w.arg(l.Step.Microseconds())
	w.add("e.at >= ?", l.Start.UnixMicro())
	w.add("e.claim <> ''")
	r.outsider.articles(w, "c.article")
	return queryAll(ctx, r, scanFlow, "SELECT "+step+`, COALESCE(b.json, '""'), a.json, COUNT(*) FROM events e JOIN claims c ON c.id = e.claim
		JOIN history_values a ON a.seq = e.seq AND a.side = 'after' AND a.name = 'state'
		LEFT JOIN history_values b ON b.seq = e.seq AND b.side = 'before' AND b.name = 'state'`+w.String()+" AND e.noun IN ('claim', 'undone') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3", w.args...)
}

func scanFlow(row scanner) (f claims.StateFlow, err error) {
	var from, to string
	if err = row.Scan(&f.Step, &from, &to, &f.N); err != nil {
		return f, err
	}
	if err = json.Unmarshal([]byte(from), &f.From); err == nil {
		err = json.Unmarshal([]byte(to), &f.To)
	}
	return f, err
}

// decided narrows to claims whose verdict stands and was approved since.
func (r *reader) decided(w *where, since time.Time) {
	w.addStates(claims.Decided)
	w.add("c.has_verdict")
	if !since.IsZero() {
		w.add("c.reviewed_at >= ?", since.UnixMicro())
	}
	r.outsider.articles(w, "c.article")
}

// keyed is one count of verdicts: whose claims, the step, how many.
type keyed struct {
	key, name, step string
	n               int
}

func scanKeyed(row scanner) (k keyed, err error) {
	err = row.Scan(&k.key, &k.name, &k.step, &k.n)
	return k, err
}

// VerdictTallies implements claims.StatReader.
func (r *reader) VerdictTallies(ctx context.Context, by claims.VerdictsBy, since time.Time, limit int) ([]claims.VerdictTally, int, error) {
	w := &where{}
	from := " FROM claims c JOIN articles o ON o.id = c.article"
	key, name := "o.outlet_fold", "MIN(o.outlet)"
	if by == claims.BySource {
		from = ` FROM (SELECT DISTINCT n.claim_id, m.root FROM claim_sources n JOIN sources m ON m.id = n.source_id WHERE n.role <> 'via') t
			JOIN claims c ON c.id = t.claim_id JOIN sources o ON o.id = t.root`
		key, name = "o.id", "MIN(o.name)"
	}
	r.decided(w, since)
	conditions := w.String()
	top := "SELECT " + key + " AS k" + from + conditions + " GROUP BY " + key + " ORDER BY COUNT(*) DESC, " + key + " LIMIT " + w.arg(limit)
	cells, err := queryAll(ctx, r, scanKeyed, "SELECT "+key+", "+name+", c.verdict_content, COUNT(*)"+from+conditions+
		" AND "+key+" IN (SELECT k FROM ("+top+") x) GROUP BY "+key+", c.verdict_content ORDER BY "+key+", c.verdict_content", w.args...)
	if err != nil || by != claims.BySource {
		return tallied(cells, by), 0, err
	}
	untied, err := r.untied(ctx, since)
	return tallied(cells, by), untied, err
}

// untied counts the decided claims that no record of a source said.
func (r *reader) untied(ctx context.Context, since time.Time) (int, error) {
	w := &where{}
	r.decided(w, since)
	return queryOne(ctx, r, value[int], "SELECT COUNT(*) FROM claims c"+w.String()+
		" AND c.id NOT IN (SELECT n.claim_id FROM claim_sources n WHERE n.role <> 'via' AND n.source_id <> '')", w.args...)
}

// tallied gathers the counts of each key, those with most first.
func tallied(cells []keyed, by claims.VerdictsBy) (out []claims.VerdictTally) {
	last := ""
	for _, c := range cells {
		if len(out) == 0 || c.key != last {
			t := claims.VerdictTally{Name: c.name, Steps: map[string]int{}}
			if by == claims.BySource {
				t.ID = c.key
			}
			out, last = append(out, t), c.key
		}
		t := &out[len(out)-1]
		t.Name = min(t.Name, c.name)
		t.N += c.n
		t.Steps[c.step] += c.n
	}
	return claims.JoinTallies(out)
}

// VerdictTimes implements claims.StatReader.
func (r *reader) VerdictTimes(ctx context.Context, since time.Time, limit int) ([]time.Duration, error) {
	w := &where{}
	r.decided(w, since)
	w.add("c.reviewed_at IS NOT NULL")
	took, err := queryAll(ctx, r, value[int64], "SELECT c.reviewed_at - c.created_at FROM claims c"+w.String()+
		" ORDER BY c.reviewed_at DESC LIMIT "+w.arg(limit), w.args...)
	out := make([]time.Duration, len(took))
	for i, t := range took {
		out[i] = max(0, time.Duration(t)*time.Microsecond)
	}
	return out, err
}

// BacklogAges implements claims.StatReader.
func (r *reader) BacklogAges(ctx context.Context, now time.Time) ([]claims.AgeCount, error) {
	w := &where{}
	age := "CASE"
	for i, bound := range claims.AgeSteps {
		age += " WHEN c.created_at > " + w.arg(now.Add(-bound).UnixMicro()) + " THEN " + strconv.Itoa(i)
	}
	age += " ELSE " + strconv.Itoa(len(claims.AgeSteps)) + " END"
	w.addStates(claims.Unfinished)
	r.outsider.articles(w, "c.article")
	return queryAll(ctx, r, func(row scanner) (a claims.AgeCount, err error) {
		err = row.Scan(&a.State, &a.Age, &a.N)
		return a, err
	}, "SELECT c.state, "+age+", COUNT(*) FROM claims c"+w.String()+" GROUP BY 1, 2 ORDER BY 1, 2", w.args...)
}

// WorkGroups implements claims.StatReader.
func (r *reader) WorkGroups(ctx context.Context) ([]claims.WorkGroup, error) {
	w := &where{}
	w.addStates(claims.Unfinished[1:])
	r.outsider.articles(w, "c.article")
	return queryAll(ctx, r, func(row scanner) (g claims.WorkGroup, err error) {
		err = row.Scan(&g.State, &g.Assignee, &g.Submitter, &g.Approver, &g.ReturnedBy, &g.N, timeColumn{&g.Since})
		return g, err
	}, `SELECT c.state, c.assignee, c.submitted_by, c.approved_by, CASE WHEN c.state = 'returned' THEN c.reviewed_by ELSE '' END, COUNT(*),
		MIN(COALESCE(CASE WHEN c.state = 'submitted' THEN c.submitted_at WHEN c.state IN ('returned', 'approved') THEN c.reviewed_at END, c.updated_at))
		FROM claims c`+w.String()+" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5", w.args...)
}

// AskedGroups implements claims.StatReader.
func (r *reader) AskedGroups(ctx context.Context) ([]claims.AskedGroup, error) {
	w := &where{}
	w.add("k.answered_at IS NULL AND NOT k.closed AND c.state NOT IN " + finished)
	r.outsider.articles(w, "c.article")
	return queryAll(ctx, r, func(row scanner) (g claims.AskedGroup, err error) {
		err = row.Scan(&g.Asker, &g.N, timeColumn{&g.Since})
		return g, err
	}, "SELECT k.created_by, COUNT(*), MIN(k.asked_at) FROM contacts k JOIN claims c ON c.id = k.claim"+w.String()+" GROUP BY 1 ORDER BY 1", w.args...)
}

// edited is whether somebody changed what a machine had proposed; that a source is
// tied to its record says nothing against the machine.
const edited = `EXISTS (SELECT 1 FROM events e JOIN history_values v ON v.seq = e.seq WHERE e.claim = c.id AND e.act = 'claim.edit'
	AND v.side = 'after' AND v.name IN ('standalone', 'fragments', 'kind', 'quantities', 'times'))`

// splitOff is whether a claim is part of another that was divided.
const splitOff = `EXISTS (SELECT 1 FROM events e JOIN history_values v ON v.seq = e.seq WHERE e.claim = c.id AND e.act = 'claim.add' AND v.name = 'split_from')`

// SuggestionTallies implements claims.StatReader.
func (r *reader) SuggestionTallies(ctx context.Context, since time.Time) (out []claims.SuggestionTally, missed int, err error) {
	w := &where{}
	if !since.IsZero() {
		w.add("c.created_at >= ?", since.UnixMicro())
	}
	r.outsider.articles(w, "c.article")
	byHand := &where{conditions: append([]string(nil), w.conditions...), args: append([]any(nil), w.args...)}
	w.add("c.origin_by <> ?", claims.ByPerson)
	type cell struct {
		by, rule            string
		reason              claims.DismissReason
		n, accepted, edited int
	}
	cells, err := queryAll(ctx, r, func(row scanner) (c cell, err error) {
		err = row.Scan(&c.by, &c.rule, &c.reason, &c.n, &c.accepted, &c.edited)
		return c, err
	}, `SELECT c.origin_by, c.origin_rule, c.dismissed_reason, COUNT(*), SUM(CASE WHEN c.origin_accepted THEN 1 ELSE 0 END),
		SUM(CASE WHEN c.origin_accepted AND `+edited+` THEN 1 ELSE 0 END) FROM claims c`+w.String()+" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3", w.args...)
	for _, c := range cells {
		if n := len(out); n == 0 || out[n-1].By != c.by || out[n-1].Rule != c.rule {
			out = append(out, claims.SuggestionTally{By: c.by, Rule: c.rule, Dismissed: map[claims.DismissReason]int{}})
		}
		out[len(out)-1].Add(c.n, c.reason, c.accepted, c.edited)
	}
	if err != nil {
		return nil, 0, err
	}
	byHand.add("c.origin_by = ? AND c.state <> ?", claims.ByPerson, claims.StateDismissed)
	byHand.add("NOT " + splitOff)
	missed, err = queryOne(ctx, r, value[int], "SELECT COUNT(*) FROM claims c"+byHand.String(), byHand.args...)
	return out, missed, err
}
