package claims

import "time"

// SavedFilter is a filter of the list of claims under a name. One that is shared
// is everybody's to use.
type SavedFilter struct {
	ID        string
	Name      string
	Query     string // of the list's address, without page: "state=open&tag=agua"
	Shared    bool
	CreatedBy string
	CreatedAt time.Time
}

// ShownTo reports whether somebody may use the filter.
func (f SavedFilter) ShownTo(person string) bool { return f.Shared || f.CreatedBy == person }
