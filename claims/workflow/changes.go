package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/ingest"
	"cotejo/claims/sheet"
)

// Bounds of an edited table, in bytes, and of what it may change at once, in claims.
const (
	MaxChanges       = 8 << 20
	MaxChangedClaims = 1000
)

// ChangesInput is an exported table of verdicts that somebody edited.
type ChangesInput struct {
	Name string // of the file, "" where there is none
	Text string // CSV
}

// RowFate is what an edited row comes to.
type RowFate string

// The fates of edited rows.
const (
	RowChanged  RowFate = "changed"
	RowSame     RowFate = "same"
	RowConflict RowFate = "conflict" // the claim has moved on since the row was exported
	RowRefused  RowFate = "refused"
	RowNew      RowFate = "new" // it names no claim; another import takes those in
)

// RowFates lists them.
var RowFates = []RowFate{RowChanged, RowConflict, RowRefused, RowNew, RowSame}

// CellChange is a cell that differs from the desk's. Old and New are as tables have them.
type CellChange struct {
	Column   string
	Old, New string
	Stays    bool // it cannot be changed by a table
	Problem  *claims.JobProblem
}

// RowChange is an edited row beside the claim that it names.
type RowChange struct {
	Line      int
	Claim     string // "" where it names none
	What      string // the words of the claim
	Edited    int64  // the version that was exported
	Now       int64  // the version on the desk
	Fate      RowFate
	Cells     []CellChange
	Problem   *claims.JobProblem
	cellsRead sheet.Cells
}

// ChangePlan says what an edited table changes, row by row; rows that change nothing and
// have nothing to tell are only counted.
type ChangePlan struct {
	Name   string
	Rows   []RowChange
	Counts map[RowFate]int
	Unread []string // columns that are none of an export's
	Pin    string   // what was shown; confirming it does exactly that
	Text   string   // the rows that are told of, as a table
	Event  string   // the act by which all of it can be taken back; "" where nothing was done
}

// Ready reports whether all of it could be done.
func (p ChangePlan) Ready() bool {
	return p.Counts[RowChanged] > 0 && p.Counts[RowConflict]+p.Counts[RowRefused] == 0
}

// PlanChanges says what ApplyChanges would do now. It does it, and takes it back.
func (d *Desk) PlanChanges(ctx context.Context, actor claims.Actor, in ChangesInput) (ChangePlan, error) {
	var out ChangePlan
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if out, err = d.changes(ctx, t, in); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return out, err
}

// ApplyChanges does what an edited table says, all of it in one transaction or nothing.
// pin is what was shown: where the changes are others by now, it refuses
// (changes.moved_on) and gives the plan as it is now; "" takes them as they are. A row
// that cannot be done refuses the whole (changes.blocked).
func (d *Desk) ApplyChanges(ctx context.Context, actor claims.Actor, in ChangesInput, pin string) (ChangePlan, error) {
	var out ChangePlan
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if err := t.may(claims.ActClaimTriage); err != nil {
			return err
		}
		first := len(t.recorded)
		if out, err = d.changes(ctx, t, in); err != nil {
			return err
		}
		switch {
		case pin != "" && pin != out.Pin:
			return claims.Refuse(claims.KindConflict, "changes.moved_on")
		case out.Counts[RowConflict]+out.Counts[RowRefused] > 0:
			return claims.Refuse(claims.KindConflict, "changes.blocked", out.Counts[RowConflict]+out.Counts[RowRefused])
		case len(t.recorded) == first:
			return nil
		}
		out.Event, err = t.recordMany(ctx, BulkImport, out.Counts[RowChanged], slices.Clone(t.recorded[first:]))
		return err
	})
	return out, err
}

// recordMany tells of many acts as one, by which they can be taken back.
func (t *tx) recordMany(ctx context.Context, act BulkAct, count int, children []string) (string, error) {
	id, err := t.newID()
	if err != nil {
		return "", err
	}
	err = t.record(ctx, entry{act: bulkEvent(act), noun: nounBulk, id: id, changes: []change{
		{valueBulkAct, nil, act}, {valueBulkCount, nil, count}, {valueBulkEvents, nil, children},
	}})
	return t.recorded[len(t.recorded)-1], err
}

// EditedText gives an edited table as text: a workbook, or CSV in whatever encoding.
func EditedText(raw []byte, contentType string) (string, error) {
	if len(raw) > MaxChanges {
		return "", claims.Invalid("file", "import.too_large", MaxChanges>>20)
	}
	if sheet.IsWorkbook(raw) {
		text, err := sheet.FromWorkbook(raw)
		return text, onField("file", err)
	}
	text, err := ingest.DecodeXML(raw, contentType)
	return text, onField("file", err)
}

// read gives the rows of a table.
func (in ChangesInput) read() (sheet.Edited, error) {
	var f faults
	if len(in.Text) > MaxChanges {
		return sheet.Edited{}, claims.Invalid("file", "import.too_large", MaxChanges>>20)
	}
	f.text("file", in.Text, MaxChanges)
	f.text("name", in.Name, maxLine)
	if err := f.err(); err != nil {
		return sheet.Edited{}, err
	}
	table, err := sheet.ReadEdited(in.Text)
	return table, onField("file", err)
}

// changes does what the rows say, as far as each of them can be done.
func (d *Desk) changes(ctx context.Context, t *tx, in ChangesInput) (ChangePlan, error) {
	out := ChangePlan{Name: in.Name, Counts: map[RowFate]int{}}
	if err := t.may(claims.ActExport); err != nil {
		return out, err
	}
	table, err := in.read()
	if err != nil {
		return out, err
	}
	desk, err := d.newExported(ctx, t)
	if err != nil {
		return out, err
	}
	for _, name := range table.Columns {
		if name != "" && !slices.Contains(export.VerdictColumns, name) {
			out.Unread = append(out.Unread, name)
		}
	}
	lines := map[string]int{}
	for _, row := range table.Rows {
		change, err := t.changeRow(ctx, desk, row, lines)
		if err != nil {
			return out, err
		}
		if out.Counts[change.Fate]++; change.Fate != RowSame || len(change.Cells) > 0 {
			out.Rows = append(out.Rows, change)
		}
		if n := out.Counts[RowChanged]; n > MaxChangedClaims {
			return out, claims.Invalid("file", "changes.too_many", MaxChangedClaims)
		}
	}
	return out, out.pin(table)
}

// pin sums up what was shown, and keeps the rows of it as a table.
func (p *ChangePlan) pin(table sheet.Edited) (err error) {
	type cell struct{ Column, Old, New string }
	type row struct {
		Claim string
		Now   int64
		Cells []cell
	}
	var shown []row
	var rows []sheet.Row
	for _, r := range p.Rows {
		rows = append(rows, sheet.Row{Cells: r.cellsRead})
		if r.Fate != RowChanged {
			continue
		}
		one := row{r.Claim, r.Now, nil}
		for _, c := range r.Cells {
			if !c.Stays {
				one.Cells = append(one.Cells, cell{c.Column, c.Old, c.New})
			}
		}
		shown = append(shown, one)
	}
	raw, err := json.Marshal(shown)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(raw)
	p.Pin = hex.EncodeToString(sum[:])
	p.Text, err = sheet.WriteEdited(slices.DeleteFunc(slices.Clone(table.Columns), func(name string) bool {
		return !slices.Contains(export.VerdictColumns, name)
	}), rows)
	return err
}

// exported gives claims as the table of verdicts has them for the actor now.
type exported struct {
	rows    *rows
	as      claims.Reader // as a file sees the desk
	article claims.Article
	snap    claims.Snapshot
}

func (d *Desk) newExported(ctx context.Context, t *tx) (*exported, error) {
	seen, err := see(ctx, t, t.actor)
	if err != nil {
		return nil, err
	}
	if seen, err = veil(ctx, seen, ""); err != nil {
		return nil, err
	}
	rows, err := d.newRows(ctx, seen)
	return &exported{rows: rows, as: seen}, err
}

func (e *exported) cells(ctx context.Context, c claims.Claim) (map[string]string, error) {
	var err error
	if e.article.ID != c.Article {
		if e.article, err = e.as.Article(ctx, c.Article); err != nil {
			return nil, err
		}
		e.snap = claims.Snapshot{}
	}
	if e.snap.N != c.Snapshot {
		if e.snap, err = e.as.Snapshot(ctx, c.Article, c.Snapshot); err != nil {
			return nil, err
		}
	}
	row, err := e.rows.row(ctx, rowOf(c, e.article, e.snap))
	return export.VerdictCells(row), err
}

// claimOfRow finds the claim that a row names: by its id, or where a spreadsheet has
// turned that into a number, by its link.
func (e *exported) claimOfRow(ctx context.Context, cells sheet.Cells) (claims.Claim, error) {
	id := strings.TrimSpace(sheet.Plain(cells["claim_id"]))
	link := strings.TrimSpace(sheet.Plain(cells["claim_url"]))
	if plain, ok := claims.PlainID(id); (!ok || len(plain) != claims.ClaimIDLen) && link != "" {
		id = link[strings.LastIndexByte(link, '/')+1:]
	}
	return readClaim(ctx, e.as, id)
}

// changeRow compares a row with its claim, and does what it says where that can be done.
func (t *tx) changeRow(ctx context.Context, desk *exported, row sheet.Row, lines map[string]int) (RowChange, error) {
	out := RowChange{Line: row.Line, What: named(sheet.Plain(row.Cells["claim_text"])), Fate: RowRefused, Problem: row.Problem, cellsRead: row.Cells}
	if row.Problem != nil {
		return out, nil
	}
	if strings.TrimSpace(row.Cells["claim_id"]+row.Cells["claim_url"]) == "" {
		out.Fate = RowNew
		return out, nil
	}
	c, err := desk.claimOfRow(ctx, row.Cells)
	if missing(err) {
		out.Problem = &claims.JobProblem{Key: "changes.no_claim", Args: []any{clip(strings.TrimSpace(row.Cells["claim_id"]), maxName)}}
		return out, nil
	}
	if err != nil {
		return out, err
	}
	if line, twice := lines[c.ID]; twice {
		out.Problem = &claims.JobProblem{Key: "import.twice", Args: []any{line}}
		return out, nil
	}
	lines[c.ID] = row.Line
	now, err := desk.cells(ctx, c)
	if err != nil {
		return out, err
	}
	out.Claim, out.Now, out.What = c.ID, c.Version, named(now["claim_text"])
	return out, t.compareRow(ctx, desk, c, now, &out)
}

func (t *tx) compareRow(ctx context.Context, desk *exported, c claims.Claim, now map[string]string, out *RowChange) error {
	bare, err := readClaim(ctx, t, c.ID) // what is not edited stays as it is, names that are kept back too
	if err != nil {
		return err
	}
	edit := newRowEdit(bare, desk.rows.people)
	for _, column := range export.VerdictProfile.Columns {
		cell, there := out.cellsRead[column.Name]
		if !there || slices.Contains(passedOver, column.Name) || sameCell(column, cell, now[column.Name]) || followsOthers(column.Name, cell, desk.rows.scales) {
			continue
		}
		change := CellChange{Column: column.Name, Old: now[column.Name], New: strings.TrimSpace(sheet.Plain(cell))}
		set, can := rowEdits[column.Name]
		if change.Stays = !can; can {
			change.New = readCell(column, cell)
			change.Problem = set(edit, change.New)
			if column.Name == "assigned_to" && edit.patch.Assignee != nil && *edit.patch.Assignee == bare.Assignee {
				edit.patch.Assignee = nil // another of their names
				continue
			}
		}
		out.Cells = append(out.Cells, change)
	}
	if err := maskedCells(ctx, desk, bare, now, out); err != nil {
		return err
	}
	edits := slices.ContainsFunc(out.Cells, func(c CellChange) bool { return !c.Stays })
	version, err := strconv.ParseInt(strings.TrimSpace(out.cellsRead["claim_version"]), 10, 64)
	out.Edited = version
	switch {
	case !edits:
		if out.Fate = RowSame; err == nil && version != c.Version {
			out.Cells = nil // the desk has moved on, the row has not
		}
		return nil
	case err != nil:
		out.Problem = &claims.JobProblem{Key: "changes.no_version"}
		return nil
	case version != c.Version:
		out.Fate = RowConflict
		return nil
	case slices.ContainsFunc(out.Cells, func(c CellChange) bool { return c.Problem != nil }):
		return nil
	}
	return t.doRow(ctx, c, edit, out)
}

// passedOver say where and when a row was exported, which may be anything by now.
var passedOver = []string{"schema_version", "claim_id", "claim_url", "claim_version", "last_changed_at"}

// maskedCells refuses words in which a name is kept back: whoever edits them in a table
// cannot know what stands there.
func maskedCells(ctx context.Context, desk *exported, bare claims.Claim, now map[string]string, out *RowChange) error {
	if len(out.Cells) == 0 {
		return nil
	}
	whole, err := desk.cells(ctx, bare)
	for i, cell := range out.Cells {
		if !cell.Stays && slices.Contains(veiledColumns, cell.Column) && whole[cell.Column] != now[cell.Column] {
			out.Cells[i].Problem = &claims.JobProblem{Key: "changes.masked"}
		}
	}
	return err
}

// veiledColumns may hold the label of a protected source in the place of its name.
var veiledColumns = []string{"claim_text", "rationale", "what_is_true", "tags", "sources", "attribution_mode", "figure_unit", "figure_hedge"}

// doRow edits the claim and sets its verdict, as a person would.
func (t *tx) doRow(ctx context.Context, c claims.Claim, edit *rowEdit, out *RowChange) error {
	done := len(t.recorded)
	err := t.Try(ctx, func() (err error) {
		version := c.Version
		if edit.patched {
			changed, err := t.changeClaim(ctx, c.ID, version, func(t *tx, c *claims.Claim) (entry, error) { return t.edit(ctx, c, edit.patch) })
			if err != nil {
				return err
			}
			version = changed.Version
		}
		if edit.judged {
			_, err = t.changeClaim(ctx, c.ID, version, func(t *tx, c *claims.Claim) (entry, error) {
				return onClaim(ActVerdictSet, *c), t.judge(ctx, c, edit.verdict)
			})
		}
		return err
	})
	if err == nil {
		if out.Fate = RowChanged; len(t.recorded) == done {
			out.Fate, out.Cells = RowSame, nil // it says the same in other words
		}
		return nil
	}
	t.recorded = t.recorded[:done]
	if claims.KindOf(err) == "" {
		return err
	}
	out.refused(err)
	return nil
}

// refused tells each fault at its cell, where it has one.
func (r *RowChange) refused(err error) {
	for _, f := range fieldsOf(err) {
		field, _, _ := strings.Cut(f.Field, "[")
		field, _, _ = strings.Cut(field, ".")
		told := false
		for i, c := range r.Cells {
			if !c.Stays && c.Problem == nil && strings.HasPrefix(c.Column, columnOf[field]) && columnOf[field] != "" {
				r.Cells[i].Problem, told = &claims.JobProblem{Key: f.Key, Args: f.Args}, true
				break
			}
		}
		if !told {
			r.Problem = &claims.JobProblem{Key: f.Key, Args: f.Args}
		}
	}
	if len(fieldsOf(err)) == 0 {
		r.Problem = jobProblem(err)
	}
}

// columnOf says how the column of a field begins.
var columnOf = map[string]string{
	"standalone": "claim_text", "kind": "claim_kind", "made_on": "claim_made_on", "tags": "tags", "assignee": "assigned_to",
	"content": "verdict_code", "attribution": "attribution_verdict", "rationale": "rationale", "what_is_true": "what_is_true", "as_of": "as_of",
	"quantities": "figure_", "times": "time_", "attributions": "sources",
}

// ActorNamed is somebody by their sign-in name, for the command line: whoever may open the
// data may act as anybody.
func (d *Desk) ActorNamed(ctx context.Context, name string) (claims.Actor, error) {
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		p, err = r.PersonByName(ctx, strings.ToLower(strings.TrimSpace(name)))
		return err
	})
	switch {
	case missing(err):
		return claims.Actor{}, claims.Invalid("user", "not_found.person", clip(name, maxName))
	case err == nil && p.Disabled:
		return claims.Actor{}, claims.Refuse(claims.KindNotAllowed, "job.person_disabled")
	}
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}, err
}
