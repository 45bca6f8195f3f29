package model

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNarrowSlotsScoreAsTheOthersDo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]Row, 500)
	for i := range rows {
		rows[i] = Row{Feature: random.Uint32(), Cells: []int8{int8(random.IntN(255) - 127), int8(random.IntN(3) - 1), 0}}
	}
	table := NewTable(narrowest, 1<<12, rows)
	wide := *table
	wide.narrow = nil
	asked := []uint32{0, 1}
	for i := 0; i < len(rows); i += 7 {
		asked = append(asked, rows[i].Feature)
	}
	got, want := make([]int32, narrowest), make([]int32, narrowest)
	table.Score(asked, got)
	wide.Score(asked, want)
	if table.narrow == nil || !slices.Equal(got, want) || want[0] == 0 {
		t.Errorf("narrow slots give %v, the others %v", got, want)
	}
}
