package db

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"cotejo/claims"
)

// Pages hold pageRows rows where nothing is asked for, and never more than
// maxPageRows; walks read batchRows at a time.
const (
	pageRows    = 100
	maxPageRows = 1000
	batchRows   = 200
	maxCursor   = 512 // letters
)

func pageLimit(limit int) int {
	if limit <= 0 {
		return pageRows
	}
	return min(limit, maxPageRows)
}

// cursorOf hides the key of the last row of a page: text and finite numbers,
// which always marshal.
func cursorOf(key ...any) string {
	text, err := json.Marshal(key)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// readCursor reads a cursor into pointers to the parts of a key. People see
// cursors in addresses, so one that was changed gets a plain refusal.
func readCursor(cursor string, key ...any) error {
	malformed := claims.Invalid("cursor", "cursor.malformed")
	if len(cursor) > maxCursor {
		return malformed
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return malformed
	}
	var parts []json.RawMessage
	if json.Unmarshal(text, &parts) != nil || len(parts) != len(key) {
		return malformed
	}
	for i, part := range parts {
		if string(part) == "null" || json.Unmarshal(part, key[i]) != nil {
			return malformed
		}
	}
	return nil
}

// cutPage takes the row that was read beyond the page away again and gives the
// cursor that leads to it.
func cutPage[T any](rows []T, limit int, key func(T) []any) (page []T, next string) {
	if len(rows) <= limit {
		return rows, ""
	}
	return rows[:limit], cursorOf(key(rows[limit-1])...)
}

// where collects conditions; each "?" becomes the next placeholder.
type where struct {
	conditions []string
	args       []any
}

func (w *where) add(condition string, args ...any) {
	var b strings.Builder
	for _, part := range strings.SplitAfter(condition, "?") {
		if !strings.HasSuffix(part, "?") {
			b.WriteString(part)
			continue
		}
		b.WriteString(strings.TrimSuffix(part, "?") + w.arg(args[0]))
		args = args[1:]
	}
	w.conditions = append(w.conditions, b.String())
}

// arg adds a value and gives its placeholder.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// searchWords and searchRunes bound what a search may ask of the database.
const (
	searchWords = 12
	searchRunes = 60
)

// patterns gives a LIKE pattern for every folded word of a query.
func patterns(folded string) []string {
	var out []string
	for _, word := range strings.Fields(folded) {
		if len(out) == searchWords {
			break
		}
		if runes := []rune(word); len(runes) > searchRunes {
			word = string(runes[:searchRunes])
		}
		out = append(out, "%"+likeEscaper.Replace(word)+"%")
	}
	return out
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
