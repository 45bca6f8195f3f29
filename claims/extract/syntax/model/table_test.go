package model

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNarrowBucketsScoreAsTheOthersDo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows, padded := make([]Row, 500), make([]Row, 500)
	for i := range rows {
		rows[i] = Row{Feature: random.Uint32(), Cells: []int8{int8(random.IntN(255) - 127), int8(random.IntN(3) - 1)}}
		padded[i] = Row{Feature: rows[i].Feature, Cells: append(slices.Clone(rows[i].Cells), 0)}
	}
	table, wide := NewTable(narrowest, 1<<12, rows), NewTable(narrowest+1, 1<<12, padded)
	asked := []uint32{0, 1}
	for i := 0; i < len(rows); i += 7 {
		asked = append(asked, rows[i].Feature)
	}
	var got, want Sheet
	table.Score(asked, &got)
	wide.Score(asked, &want)
	if table.narrow == nil || wide.narrow != nil || got.Of != want.Of || want.Of[0] == 0 {
		t.Errorf("narrow buckets give %v, the others %v", got.Of[:narrowest], want.Of[:narrowest])
	}
	if table.Len() != wide.Len() {
		t.Errorf("the tables hold %d and %d weights", table.Len(), wide.Len())
	}
}

func TestAFullBucketKeepsTheHeaviestRows(t *testing.T) {
	var rows []Row
	for mark := range uint32(2 * ways) { // all of one bucket
		rows = append(rows, Row{Feature: 2*mark + 1, Cells: []int8{0, int8(20 - 2*mark), 0}})
	}
	table, s := NewTable(narrowest+1, 1<<12, rows), new(Sheet)
	for i, r := range rows {
		table.Score([]uint32{r.Feature}, s)
		if kept := s.Of[1] != 0; kept != (i < ways) {
			t.Errorf("row %d: kept is %v", i, kept)
		}
	}
}
