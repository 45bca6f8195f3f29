package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// EventRow is one act of the history in words.
type EventRow struct {
	Seq      int64
	At       time.Time
	Who      string
	What     string
	Noun     string // what was acted on, as a link where it has a page
	NounPath string
	Changes  []ChangeRow
	Reason   string
	Erased   bool // the values were erased
	Hash     string
	Undo     string // id to take it back by; "" where the reader cannot
	Back     string // where that leads on to
}

// ChangeRow is one value before and after.
type ChangeRow struct{ Name, Before, After string }

// EventReader words events: it knows the people, and the steps of the scale.
type EventReader struct {
	Words  *i18n.Words
	People map[string]claims.Person
	Scales claims.Scales
}

// Rows words a list of events.
func (r EventReader) Rows(events []claims.Event) []EventRow {
	out := make([]EventRow, len(events))
	for i, e := range events {
		out[i] = r.row(e)
	}
	return out
}

func (r EventReader) row(e claims.Event) EventRow {
	row := EventRow{Seq: e.Seq, At: e.At, Who: called(r.People, e.Actor, r.Words), What: r.what(e), Hash: e.Hash}
	row.Noun, row.NounPath = r.noun(e)
	r = r.asOf(e)
	for _, v := range e.Values {
		switch {
		case v.Erased:
			row.Erased = true
		case v.Name == "undone" || v.Name == "bulk_events" || v.Name == "bulk_kept" || v.Name == "created_at": // the event says when
		case v.Hidden && v.JSON == `""`:
			row.put(r.valueName(v.Name), v.Side, r.Words.T("event.withheld"))
		case v.Side == claims.SideReason:
			row.Reason = r.value("reason", v.JSON)
		default:
			row.put(r.valueName(v.Name), v.Side, r.value(v.Name, v.JSON))
		}
	}
	return row
}

// what says what was done; of an undoing also what it took back.
func (r EventReader) what(e claims.Event) string {
	for _, v := range e.Values {
		var act string
		if v.Name == "undone" && json.Unmarshal([]byte(v.JSON), &act) == nil && r.Words.Has("event."+act) {
			return r.Words.T("event.undo_of", r.Words.T("event."+act))
		}
	}
	return r.Words.T("event." + e.Act)
}

func (row *EventRow) put(name string, side claims.Side, text string) {
	i := slices.IndexFunc(row.Changes, func(c ChangeRow) bool { return c.Name == name })
	if i < 0 {
		row.Changes = append(row.Changes, ChangeRow{Name: name})
		i = len(row.Changes) - 1
	}
	if side == claims.SideBefore {
		row.Changes[i].Before = text
	} else {
		row.Changes[i].After = text
	}
}

func (r EventReader) noun(e claims.Event) (name, path string) {
	switch {
	case e.Noun == "report":
		return claims.ShowID(e.Claim), "/reports/" + e.NounID
	case e.Claim != "":
		return claims.ShowID(e.Claim), "/claims/" + e.Claim
	case e.Article != "":
		return e.Article, "/articles/" + e.Article
	case e.Noun == "job":
		return e.NounID, "/jobs/" + e.NounID
	case e.Noun == "hook":
		return e.NounID, hookPath(e.NounID, "")
	case e.Noun == "feed":
		return e.NounID, feedPath(e.NounID, "")
	case e.Noun == "source":
		return e.NounID, sourcePath(e.NounID, "")
	case e.Noun == "person" && e.NounID == e.Actor:
		return "", ""
	case e.Noun == "person":
		return called(r.People, e.NounID, r.Words), ""
	case e.Noun == "session" || e.Noun == "settings" || e.Noun == "bulk" || e.Noun == "scale":
		return "", ""
	}
	if e.Noun == "file" {
		return short(e.NounID), ""
	}
	return e.NounID, ""
}

func (r EventReader) valueName(name string) string {
	if key := "value." + name; r.Words.Has(key) {
		return r.Words.T(key)
	}
	return name
}

// named says of which values the words stand under which prefix.
var named = map[string]string{"state": "state.", "kind": "kind.", "role": "role.", "stance": "stance.", "grade": "grade.", "effect": "effect.", "bulk_act": "bulk.act.", "copy_problem": "fetch_told.", "job_kind": "job_kind.", "job_state": "job_state.", "skip_reason": "skip.", "feed_state": "feed_state.", "anchor": "anchor_value.", "watch_mode": "watch.mode.", "archive_state": "archive_state.", "report_outcome": "report_outcome.", "hook_state": "hook_state.", "link": "link_state."}

// value words one value of an event.
func (r EventReader) value(name, raw string) string {
	if name == "content_steps" || name == "attribution_steps" {
		return r.steps(raw)
	}
	var v any
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		return raw
	}
	if ids, isList := v.([]any); isList && name == "readers" {
		for i, id := range ids {
			ids[i] = called(r.People, fmt.Sprint(id), r.Words)
		}
	}
	s, isText := v.(string)
	if !isText || s == "" {
		return r.show(v)
	}
	if prefix, ok := named[name]; ok && r.Words.Has(prefix+s) {
		return r.Words.T(prefix + s)
	}
	switch name {
	case "assignee", "submitted_by", "approved_by", "reviewed_by", "verdict_by", "added_by", "author", "signed_by", "skipped_by", "created_by", "answered_by":
		return called(r.People, s, r.Words)
	case "content":
		return r.stepLabel(claims.LayerContent, s)
	case "attribution":
		return r.stepLabel(claims.LayerAttribution, s)
	case "means":
		return r.Words.T("means." + s)
	case "reason":
		if s == "timed_out" {
			return r.Words.T("event.timed_out")
		}
		if key := "dismiss." + s; r.Words.Has(key) {
			return r.Words.T(key)
		}
	case "due", "deadline", "report_due", "asked_at", "answered_at", "expires_at", "revoked_at", "verdict_at", "submitted_at", "reviewed_at", "added_at", "copy_at", "signed_at", "skipped_at":
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return dayOrMoment(r.Words, at)
		}
	}
	return s
}

// asOf leaves out the versions of the scale that came after the one an event
// names, so that its steps have the words of then.
func (r EventReader) asOf(e claims.Event) EventReader {
	var version int64
	for _, v := range e.Values {
		if v.Name == "scale" && v.Side == claims.SideAfter && json.Unmarshal([]byte(v.JSON), &version) == nil && version > 0 {
			r.Scales = slices.DeleteFunc(slices.Clone(r.Scales), func(s claims.Scale) bool { return s.Version > version })
		}
	}
	return r
}

func (r EventReader) stepLabel(l claims.Layer, code string) string {
	if s, ok := r.Scales.Step(l, code); ok {
		return s.Label(r.Words.Lang())
	}
	return code
}

// steps words the steps of a scale, best first: a line a step.
func (r EventReader) steps(raw string) string {
	var list []claims.Step
	if json.Unmarshal([]byte(raw), &list) != nil {
		return raw
	}
	lines := make([]string, len(list))
	for i, s := range list {
		var words []string
		for _, lang := range slices.Sorted(maps.Keys(s.Labels)) {
			words = append(words, lang+" “"+s.Labels[lang]+"”")
		}
		lines[i] = s.Code + ": " + strings.Join(words, ", ") + " · " + r.Words.T("scale_color."+s.Color) + " · " + r.Words.T("scale_shape."+s.Shape)
		if s.Number != nil {
			lines[i] += " · " + r.Words.Number(float64(*s.Number))
		}
	}
	return strings.Join(lines, "; ")
}

// show writes any JSON value so that a person can read it.
func (r EventReader) show(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return r.Words.T("yes")
		}
		return r.Words.T("no")
	case float64:
		return r.Words.Number(v)
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = r.show(one)
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		return r.showObject(v)
	}
	return fmt.Sprint(v)
}

// showObject tells of a thing by its words or name where it has them, else
// field by field.
func (r EventReader) showObject(m map[string]any) string {
	for _, telling := range []string{"name", "text"} {
		if s, ok := m[telling].(string); ok && s != "" {
			return s
		}
	}
	if sources, ok := m["sources"]; ok {
		via, original := r.show(m["via"]), r.show(m["original"])
		said := strings.Join(slices.DeleteFunc([]string{via, r.show(sources), original}, func(s string) bool { return s == "" }), " → ")
		if said == "" {
			return r.Words.T("chain.own_voice")
		}
		return said
	}
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var parts []string
	for _, k := range keys {
		if s := r.show(m[k]); s != "" && s != r.Words.T("no") {
			parts = append(parts, r.valueName(strings.ToLower(k))+": "+s)
		}
	}
	return strings.Join(parts, ", ")
}

// dayOrMoment writes a moment, or the day alone where only that was given.
func dayOrMoment(w *i18n.Words, at time.Time) string {
	if claims.IsWholeDay(at) {
		return w.Date(at)
	}
	return w.DateTime(at)
}
