package main

import (
	"context"
	"fmt"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
)

// bringBack does what an edited table says, with the rights of whoever is named, or only
// says what it would change.
func bringBack(ctx context.Context, p *process, d *workflow.Desk, name, user string, dry bool) error {
	actor, err := d.ActorNamed(ctx, user)
	if err != nil {
		return err
	}
	in, err := readInput(p, name, ingest.Hint{})
	if err != nil {
		return err
	}
	text, err := workflow.EditedText(in.Raw, "")
	if err != nil {
		return &inputError{name, err}
	}
	table := workflow.ChangesInput{Name: in.Filename, Text: text}
	plan, err := d.PlanChanges(ctx, actor, table)
	if err != nil {
		return &inputError{name, err}
	}
	if err := tellChanges(p, name, plan); err != nil {
		return err
	}
	if n := plan.Counts[workflow.RowConflict] + plan.Counts[workflow.RowRefused]; n > 0 {
		return &inputError{name, claims.Refuse(claims.KindInvalid, "changes.blocked", n)}
	}
	if dry || plan.Counts[workflow.RowChanged] == 0 {
		return nil
	}
	done, err := d.ApplyChanges(ctx, actor, table, plan.Pin)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "{\"event\":%q,\"claims\":%d}\n", done.Event, done.Counts[workflow.RowChanged])
	return err
}

// tellChanges says on standard error, row by row, what differs.
func tellChanges(p *process, name string, plan workflow.ChangePlan) error {
	w := i18n.For("en")
	var b strings.Builder
	if len(plan.Unread) > 0 {
		fmt.Fprintf(&b, "%s: %s\n", name, w.T("import.unread", strings.Join(plan.Unread, ", ")))
	}
	problem := func(p *claims.JobProblem) string {
		if p == nil {
			return ""
		}
		return " (" + w.Field(claims.FieldError{Key: p.Key, Args: p.Args}) + ")"
	}
	for _, r := range plan.Rows {
		fmt.Fprintf(&b, "%s:%d: %s %s%s\n", name, r.Line, r.Claim, w.T("table_fate."+string(r.Fate)), problem(r.Problem))
		if r.Fate == workflow.RowConflict {
			fmt.Fprintf(&b, "  %s\n", w.T("table.conflict", fmt.Sprint(r.Edited), fmt.Sprint(r.Now)))
		}
		for _, c := range r.Cells {
			if c.Stays {
				fmt.Fprintf(&b, "  %s: %q: %s\n", c.Column, c.Old, w.T("table.stays", c.New))
				continue
			}
			fmt.Fprintf(&b, "  %s: %q → %q%s\n", c.Column, c.Old, c.New, problem(c.Problem))
		}
	}
	for _, fate := range workflow.RowFates {
		if n := plan.Counts[fate]; n > 0 {
			fmt.Fprintf(&b, "%s: %d\n", w.T("table_fate."+string(fate)), n)
		}
	}
	_, err := fmt.Fprint(p.stderr, b.String())
	return err
}
