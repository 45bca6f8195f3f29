package db

import (
	"testing"

	"cotejo/claims"
)

// FuzzCursor: whatever stands in an address, a cursor is read as it was written
// or refused as malformed.
func FuzzCursor(f *testing.F) {
	f.Add(cursorOf(int64(7), "A", 0.25))
	f.Add(cursorOf("A", 7, 0.25))
	f.Add("W251bGxd")
	f.Fuzz(func(t *testing.T, cursor string) {
		var n int64
		var id string
		var worth float64
		err := readCursor(cursor, &n, &id, &worth)
		if err != nil {
			if claims.KindOf(err) != claims.KindInvalid {
				t.Fatalf("%q: %v", cursor, err)
			}
			return
		}
		var again int64
		var againID string
		var againWorth float64
		err = readCursor(cursorOf(n, id, worth), &again, &againID, &againWorth)
		if err == nil && (again != n || againID != id || againWorth != worth) {
			t.Fatalf("%v %q %v came back as %v %q %v", n, id, worth, again, againID, againWorth)
		}
	})
}

// FuzzPatterns: a search never becomes more than its bounds allow, and no letter
// of it is left to mean "any".
func FuzzPatterns(f *testing.F) {
	f.Add(`100% _x \`)
	f.Fuzz(func(t *testing.T, query string) {
		found := patterns(query)
		if len(found) > searchWords {
			t.Fatalf("%d patterns", len(found))
		}
		for _, pattern := range found {
			inner := []rune(pattern)[1 : len([]rune(pattern))-1]
			if len(inner) > 2*searchRunes {
				t.Fatalf("a pattern of %d letters", len(inner))
			}
			for i := 0; i < len(inner); i++ {
				switch inner[i] {
				case '\\':
					i++ // what follows stands for itself
				case '%', '_':
					t.Fatalf("%q has a joker", pattern)
				}
			}
		}
	})
}
