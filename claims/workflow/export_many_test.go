package workflow_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// crowded is a store that says it has very many claims: it repeats one of those it has.
type crowded struct {
	claims.Store
	row claims.ClaimRow
	n   int
}

type crowdedReader struct {
	claims.Reader
	of *crowded
}

func (c *crowded) View(ctx context.Context, fn func(claims.Reader) error) error {
	return c.Store.View(ctx, func(r claims.Reader) error { return fn(crowdedReader{r, c}) })
}

func (r crowdedReader) EachClaim(ctx context.Context, _ claims.ClaimFilter, fn func(claims.ClaimRow) error) error {
	row := r.of.row
	for i := range r.of.n {
		row.ID = fmt.Sprintf("%06d", i)
		row.Quantities[0].Value = ptr(float64(i))
		if err := fn(row); err != nil {
			return err
		}
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (r crowdedReader) Evidence(context.Context, string) ([]claims.Evidence, error) {
	return []claims.Evidence{{ID: "E1", URL: "https://a.test/1", Title: "Padrón", AddedAt: r.of.row.UpdatedAt}}, nil
}

// heapLimit is what an export may take beside what was there: the
// buffers of one writer, whatever the number of rows.
const heapLimit = 96 << 20

// TestManyClaimsInConstantMemory exports so many claims that their table is far larger
// than what it may take of memory, in every format, and leaves no temporary file.
func TestManyClaimsInConstantMemory(t *testing.T) {
	k := newKitAt(t, t.TempDir()+"/cotejo.db")
	n := 50_000
	if os.Getenv("COTEJO_LONG") != "" {
		n = 1_000_000
	}
	t.Setenv("TMPDIR", t.TempDir())
	k.claim(claims.StateInCheck, judged(k.ana, k.ana))
	store := &crowded{Store: k.store, n: n}
	claimstest.Read(t, k.store, func(r claims.Reader) error {
		return r.EachClaim(t.Context(), claims.ClaimFilter{}, func(row claims.ClaimRow) error {
			store.row = row
			return nil
		})
	})
	store.row.Quantities = []claims.Quantity{{Text: "15.000", Unit: "tropas"}}
	store.row.Verdict.Rationale = strings.Repeat("Así lo dice el padrón de 2025. ", 40)
	desk := workflow.New(store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test"})
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	for _, f := range export.Formats {
		began := time.Now()
		rows, size, grown := exportMany(t, desk, k.ana, f)
		t.Logf("%s: %d rows, %d MB in %v, the heap grew by %d MB", f, rows, size>>20, time.Since(began).Round(time.Millisecond), grown>>20)
		if f != export.XLSX && rows != n {
			t.Errorf("%s has %d rows, want %d", f, rows, n)
		}
		if grown > heapLimit {
			t.Errorf("%s took %d MB of memory for %d rows", f, grown>>20, n)
		}
		left, err := os.ReadDir(os.Getenv("TMPDIR"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s left %v (%v)", f, left, err)
		}
	}
}

func exportMany(t *testing.T, desk *workflow.Desk, who claims.Actor, f export.Format) (rows int, size int64, grown uint64) {
	t.Helper()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		peak := before.HeapAlloc
		for {
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc)
			}
		}
	}()
	out, in := io.Pipe()
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		rows, size = countRows(out, f)
	}()
	err := desk.ExportVerdicts(t.Context(), who, claims.ClaimFilter{}, in, export.Options{Format: f})
	err = errors.Join(err, in.Close())
	<-counted
	close(stop)
	if err != nil {
		t.Fatal(err)
	}
	return rows, size, <-most - before.HeapAlloc
}

// countRows reads a table to its end.
func countRows(r io.Reader, f export.Format) (rows int, size int64) {
	counter := &counting{}
	r = io.TeeReader(r, counter)
	switch f {
	case export.CSV:
		table := csv.NewReader(r)
		table.ReuseRecord = true
		for rows = -1; ; rows++ {
			if _, err := table.Read(); err != nil {
				break
			}
		}
	case export.JSONLines:
		lines := bufio.NewReaderSize(r, 1<<16)
		for {
			line, err := lines.ReadSlice('\n')
			if err != nil {
				break
			}
			if bytes.HasSuffix(line, []byte("}\n")) {
				rows++
			}
		}
	}
	_, _ = io.Copy(io.Discard, r)
	return rows, counter.n
}

type counting struct{ n int64 }

func (c *counting) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// TestExportsThatFailSendNothing: what fails half-way is no short file.
func TestExportsThatFailSendNothing(t *testing.T) {
	k := newKit(t)
	k.claim(claims.StateOpen)
	broken := &breaking{Store: k.store}
	desk := workflow.New(broken, workflow.Options{Clock: tick{k.clock}})
	for _, f := range export.Formats {
		var sent bytes.Buffer
		if err := desk.ExportVerdicts(t.Context(), k.ana, claims.ClaimFilter{}, &sent, export.Options{Format: f}); !errors.Is(err, errBroken) || sent.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes were sent", f, err, sent.Len())
		}
	}
}

var errBroken = errors.New("the disk is gone")

// breaking is a store that breaks after the first claim.
type breaking struct{ claims.Store }

type breakingReader struct{ claims.Reader }

func (s *breaking) View(ctx context.Context, fn func(claims.Reader) error) error {
	return s.Store.View(ctx, func(r claims.Reader) error { return fn(breakingReader{r}) })
}

func (r breakingReader) EachClaim(ctx context.Context, f claims.ClaimFilter, fn func(claims.ClaimRow) error) error {
	return errors.Join(r.Reader.EachClaim(ctx, f, fn), errBroken)
}
