package claims

import "time"

// WatchMode says whose rule an article's page is watched by.
type WatchMode string

// The modes.
const (
	WatchHouse  WatchMode = "house"  // the default of the house
	WatchOwn    WatchMode = "own"    // a rule of its own
	WatchPaused WatchMode = "paused" // nobody's: it is fetched when a person asks
)

// WatchModes lists them as forms do.
var WatchModes = []WatchMode{WatchHouse, WatchOwn, WatchPaused}

// WatchRule says how often a page is fetched again without a person asking.
type WatchRule struct {
	Every     int  `json:"every"`     // hours; 0 for never
	Days      int  `json:"days"`      // since the article was taken in, after which that ends
	Published bool `json:"published"` // …but not while a claim of it stands published: once a day then
}

// HouseWatch is the default of the house; Paused stops every watch of the desk.
type HouseWatch struct {
	WatchRule
	Paused bool `json:"paused"`
}

// Bounds of a WatchRule.
const (
	MostWatchHours = 30 * 24
	MostWatchDays  = 3650
)

// ArticleWatch is what an article says about being watched; Every and Days are those
// of a rule of its own.
type ArticleWatch struct {
	Mode  WatchMode
	Every int
	Days  int
}

// Rule is the rule that an article is watched by.
func (a ArticleWatch) Rule(house HouseWatch) WatchRule {
	switch {
	case house.Paused || a.Mode == WatchPaused:
		return WatchRule{}
	case a.Mode == WatchOwn:
		return WatchRule{Every: a.Every, Days: a.Days, Published: house.Published}
	}
	return house.WatchRule
}

// Watch is how it went with fetching an article's page again.
type Watch struct {
	Article   string
	NextAt    time.Time   // when to look at it again; zero for never
	AskedAt   time.Time   // when the page was last asked for
	SeenAt    time.Time   // when it last was there
	NotBefore time.Time   // its server asked not to be asked sooner
	Tag       string      // what its server calls the version that was read last
	Modified  string      // …and when it says that that was made
	Failures  int         // of the program's own fetches since SeenAt
	Problem   *JobProblem // of the last fetch; nil where it went well
	GoneSince time.Time   // since when there is no such page; zero while there is one
}

const (
	watchOld  = 24 * time.Hour     // between two fetches of what is only kept watched for its publications
	watchMost = 7 * 24 * time.Hour // that failures stretch a pause to
)

// Next says when an article's page is to be fetched again; zero for never, else not
// before now. Pauses double with each failure.
func (w Watch) Next(rule WatchRule, taken time.Time, published bool, now time.Time) time.Time {
	if rule.Every <= 0 {
		return time.Time{}
	}
	next := w.after(time.Duration(rule.Every)*time.Hour, taken, now)
	if !next.After(taken.AddDate(0, 0, rule.Days)) {
		return next
	}
	if !rule.Published || !published {
		return time.Time{}
	}
	return w.after(max(watchOld, time.Duration(rule.Every)*time.Hour), taken, now)
}

// after is when a pause since the last fetch is over.
func (w Watch) after(pause time.Duration, taken, now time.Time) time.Time {
	from := w.AskedAt
	if from.IsZero() {
		from = taken
	}
	next := from.Add(max(pause, min(pause<<min(w.Failures, 8), watchMost)))
	for _, least := range []time.Time{w.NotBefore, now} {
		if next.Before(least) {
			next = least
		}
	}
	return next
}

// Gone reports whether the page is no more.
func (w Watch) Gone() bool { return !w.GoneSince.IsZero() }
