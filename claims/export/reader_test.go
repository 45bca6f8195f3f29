package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cotejo/claims/claimstest"
)

// readCSV is the table as Go reads it, which the other readers must agree with.
func readCSV(t *testing.T, raw []byte) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

const pythonReader = `import csv, json, sys
with open(sys.argv[1], encoding=sys.argv[2], newline="") as f:
    json.dump(list(csv.reader(f, strict=True)), sys.stdout)`

func TestPythonReadsTables(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		claimstest.Unavailable(t, "no python3 here")
	}
	for _, p := range Profiles {
		for encoding, o := range map[string]Options{"utf-8": {}, "utf-8-sig": {BOM: true}} {
			raw := tableOf(t, p.Name, o)
			path := filepath.Join(t.TempDir(), p.Name+".csv")
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(python, "-c", pythonReader, path, encoding).Output()
			if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
			var got [][]string
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			sameTable(t, p.Name+" read by Python", readCSV(t, raw), got)
		}
	}
}

func sameTable(t *testing.T, what string, want, got [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", what, len(got), len(want))
	}
	for n := range want {
		for i := range want[n] {
			if i >= len(got[n]) || got[n][i] != want[n][i] {
				t.Errorf("%s: row %d, %s is %q, want %q", what, n, want[0][i], slices.Concat(got[n], make([]string, len(want[n])))[i], want[n][i])
			}
		}
	}
}

// TestLibreOfficeReadsTables has it read a CSV, whose cells it is told are text, and the
// workbook of the same rows, and write both as CSV.
func TestLibreOfficeReadsTables(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		claimstest.Unavailable(t, "no LibreOffice here")
	}
	dir := t.TempDir()
	var files []string
	for _, p := range Profiles {
		for _, f := range []Format{CSV, XLSX} {
			path := filepath.Join(dir, p.Name+"-"+string(f)+"."+string(f))
			if err := os.WriteFile(path, tableOf(t, p.Name, Options{Format: f, BOM: true}), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, path)
		}
	}
	out := filepath.Join(dir, "out")
	office(t, dir, out, files)
	for _, p := range Profiles {
		sameTable(t, p.Name+".csv read by LibreOffice", readCSV(t, tableOf(t, p.Name, Options{})), readFile(t, filepath.Join(out, p.Name+"-csv.csv")))
		want := readCSV(t, tableOf(t, p.Name, Options{Raw: true}))
		for _, record := range want[1:] {
			for i := range record {
				record[i] = inBook(p.Columns[i], record[i])
			}
		}
		sameTable(t, p.Name+".xlsx read by LibreOffice", want, readFile(t, filepath.Join(out, p.Name+"-xlsx.csv")))
	}
}

func readFile(t *testing.T, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return readCSV(t, raw)
}

// office converts files to CSV (comma, quotation marks, UTF-8), reading CSV as text.
func office(t *testing.T, dir, out string, files []string) {
	t.Helper()
	asText := make([]string, 0, 80)
	for i := range 80 {
		asText = append(asText, strconv.Itoa(i+1)+"/2")
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore",
		"--infilter=CSV:44,34,76,1," + strings.Join(asText, "/"), "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", out}
	for _, group := range [][]string{only(files, ".csv"), only(files, ".xlsx")} {
		if filepath.Ext(group[0]) == ".xlsx" {
			args = slices.DeleteFunc(args, func(a string) bool { return strings.HasPrefix(a, "--infilter") })
		}
		cmd := exec.Command("soffice", append(slices.Clone(args), group...)...)
		cmd.WaitDelay = time.Second
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("LibreOffice: %v\n%s", err, said)
		}
	}
	for _, f := range files {
		name := filepath.Join(out, strings.TrimSuffix(filepath.Base(f), filepath.Ext(f))+".csv")
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("LibreOffice wrote no %s", name)
		}
	}
}

func only(files []string, ending string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return filepath.Ext(f) != ending })
}
