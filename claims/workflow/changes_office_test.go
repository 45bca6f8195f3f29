package workflow_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// TestASpreadsheetGivesTablesBack has LibreOffice open exported tables, as somebody would
// who edits nothing, and save them as what people save: nothing may have changed.
func TestASpreadsheetGivesTablesBack(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		claimstest.Unavailable(t, "no LibreOffice here")
	}
	k := newKit(t)
	k.claim(claims.StateInCheck, judged(k.ana, k.ana), figured, func(c *claims.Claim) {
		c.Standalone, c.Tags, c.MadeOn = "=1+1 «así», 'dice' 😀", []string{"a;b", "2025", "c"}, ptr(claims.Date("2025-03-04"))
		c.Quantities[0].Value = ptr(-3.25)
		c.Verdict.Rationale, c.Verdict.WhatIsTrue, c.Verdict.AsOf = "'-uno'\n\ndos \"tres\"\n@cuatro", "+34 600 000 000", ptr(claims.Date("2025-10-02"))
	})
	k.claim(claims.StateOpen, func(c *claims.Claim) { c.Standalone, c.MadeOn = "1/2 de marzo", ptr(claims.Date("2025")) })
	k.published()
	dir := t.TempDir()
	opens := map[export.Format]string{export.CSV: "CSV:44,34,76,1", export.XLSX: "Calc MS Excel 2007 XML"} // as the dialogs have it
	for _, f := range []export.Format{export.CSV, export.XLSX} {
		var file bytes.Buffer
		if err := k.ExportVerdicts(t.Context(), k.ana, claims.ClaimFilter{}, &file, export.Options{Format: f, BOM: true}); err != nil {
			t.Fatal(err)
		}
		source := filepath.Join(dir, "rows."+string(f))
		if err := os.WriteFile(source, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, as := range map[string]string{"csv": "csv:Text - txt - csv (StarCalc):44,34,76", "semicolons.csv": "csv:Text - txt - csv (StarCalc):59,34,76", "xlsx": "xlsx"} {
			out := filepath.Join(dir, string(f)+" as "+name)
			cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--norestore", "--infilter="+opens[f], "--convert-to", as, "--outdir", out, source)
			cmd.WaitDelay = time.Second
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("LibreOffice: %v\n%s", err, said)
			}
			raw, err := os.ReadFile(filepath.Join(out, "rows"+filepath.Ext(name+"."+name)))
			if err != nil {
				t.Fatal(err)
			}
			text, err := workflow.EditedText(raw, "")
			if err != nil {
				t.Fatalf("%s as %s: %v", f, name, err)
			}
			plan, err := k.PlanChanges(t.Context(), k.ana, workflow.ChangesInput{Text: text})
			if err != nil || len(plan.Rows) != 0 || plan.Counts[workflow.RowSame] != 3 {
				t.Errorf("%s as %s: %v, %+v", f, name, err, plan.Counts)
				for _, r := range plan.Rows {
					t.Errorf("  %s %+v %+v", r.Fate, r.Problem, r.Cells)
				}
			}
		}
	}
}
