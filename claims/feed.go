package claims

import "time"

// FeedState says whether a feed is watched.
type FeedState string

// The states of feeds.
const (
	FeedWatched FeedState = "watched"
	FeedPaused  FeedState = "paused" // somebody said so
	FeedGone    FeedState = "gone"   // its server said that it is no more
)

// Feed is an RSS, Atom or JSON feed whose new items the desk takes in by itself.
type Feed struct {
	ID       string
	URL      string
	Name     string
	Outlet   string // of its articles, "" for what their pages say
	Language string // of its articles, ISO 639-1, "" for what they are in
	// An item is taken where one of Include answers to it, or there are none, and none
	// of Exclude does. What has a slash is a part of an address, in which * stands for
	// anything; the rest is words.
	Include, Exclude []string
	Every            int // minutes from one look to the next
	First            int // how many of the newest items are taken at the first look
	State            FeedState
	CreatedBy        string // whose rights it bears
	CreatedAt        time.Time
	UpdatedAt        time.Time
	Version          int64
	FeedStatus
}

// FeedStatus is what workers note of a feed.
type FeedStatus struct {
	Tag, Modified string    // what the server called the version that was read last
	TriedAt       time.Time // of the last look; zero before the first
	ReadAt        time.Time // of the last one that succeeded; zero before the first
	NextAt        time.Time // of the next one
	Fails         int       // looks in a row that failed
	Problem       *JobProblem
	Job           string // the last that looked
}

// FeedFate is what became of an item of a feed.
type FeedFate string

// The fates of items.
const (
	FateAsked     FeedFate = "asked"     // a job takes it in
	FateKept      FeedFate = "kept"      // it is an article
	FateDuplicate FeedFate = "duplicate" // the desk had it
	FateOld       FeedFate = "old"       // it was there before the feed was watched
	FateFiltered  FeedFate = "filtered"
	FateUnusable  FeedFate = "unusable" // it has no address
	FateFailed    FeedFate = "failed"   // its page could not be taken in
)

// FeedFates lists every fate.
var FeedFates = []FeedFate{FateAsked, FateKept, FateDuplicate, FateOld, FateFiltered, FateUnusable, FateFailed}

// FeedItem is what was seen in a feed once. Key tells it from the others of its feed.
type FeedItem struct {
	Feed, Key string
	URL       string
	Title     string
	Published time.Time // zero where the feed does not say
	Fate      FeedFate
	Article   string // that came of it, or that was there before
	Job       string // that takes it in
	SeenAt    time.Time
}
