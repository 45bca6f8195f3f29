package claims

import (
	"context"
	"io"
	"time"
)

// Store keeps the desk. View gives fn one consistent snapshot; Update is serial
// on SQLite. Both roll back when fn fails or panics or ctx ends. fn may run
// again after a serialization failure, so it has no effect outside w; what
// must happen only once is given to AfterCommit. Update refuses to commit when
// rows changed and no event was appended (exempt: sessions, the last use of a
// token, replies to idempotent requests, the transparency log over the events,
// the inbox, which follows from the events and from due dates, and what the
// workers of jobs note).
//
// Every method answers a missing row with an *Error of KindNotFound, a unique
// value that is taken with KindConflict, and a stale Version with KindStale.
// Lists are never nil-versus-empty significant. The contract suite in
// claimstest says the rest and runs on every engine.
type Store interface {
	View(ctx context.Context, fn func(Reader) error) error
	Update(ctx context.Context, fn func(Writer) error) error
	Ping(ctx context.Context) error
	// Head is the number of the newest event, 0 while there is none. It costs next
	// to nothing to ask: while it stays the same, so does all that events tell of.
	Head(ctx context.Context) (int64, error)
	// Backup writes the whole desk, hot and consistent, to one new file.
	Backup(ctx context.Context, file string) error
	Close() error
}

// Reader reads one consistent snapshot; it cannot write.
type Reader interface {
	// HideFrom lets the reader, from now on, know nothing of restricted articles
	// and jobs that do not name this person among their readers, nor of what hangs on them:
	// what names one is not found, lists and counts leave them out. "" is nobody,
	// whom no article names. What the public sees (publications, checks) is never
	// hidden, nor what is told of ties (TiesOf, ClaimsTied).
	HideFrom(ctx context.Context, person string) error
	// SeeAll runs fn while nothing is hidden, for what must hold of everything.
	SeeAll(fn func() error) error
	PersonReader
	ArticleReader
	ClaimReader
	SourceReader
	PublicationReader
	TopicReader
	CheckReader
	ScheduleReader
	SettingReader
	EventReader
	InboxReader
	LogReader
	SearchReader
	StatReader
	FilterReader
	PresenceReader
	JobReader
	FeedReader
	ImportReader
	ArchiveReader
	ReportReader
	HookReader
	ExternalReader
}

// Writer reads and writes inside one transaction.
type Writer interface {
	Reader
	PersonWriter
	ArticleWriter
	ClaimWriter
	SourceWriter
	PublicationWriter
	CheckWriter
	ScheduleWriter
	SettingWriter
	EventWriter
	InboxWriter
	LogWriter
	FilterWriter
	PresenceWriter
	JobWriter
	FeedWriter
	ImportWriter
	ArchiveWriter
	ReportWriter
	HookWriter
	ExternalWriter
	// AfterCommit runs f once the transaction is committed, never otherwise.
	AfterCommit(f func())
	// Try runs fn as a part of the transaction: what a failing fn wrote is taken
	// back, and the rest goes on. It gives the error of fn.
	Try(ctx context.Context, fn func() error) error
}

// PersonReader reads people, their sessions and tokens.
type PersonReader interface {
	Person(ctx context.Context, id string) (Person, error)
	PersonByName(ctx context.Context, name string) (Person, error)
	People(ctx context.Context) ([]Person, error) // by name, disabled ones included
	Session(ctx context.Context, key string) (Session, error)
	Sessions(ctx context.Context, person string) ([]Session, error)
	TokenByHash(ctx context.Context, hash string) (Token, error)
	Tokens(ctx context.Context, person string) ([]Token, error) // "" for everybody's
	Invite(ctx context.Context, id string) (Invite, error)
	InviteByHash(ctx context.Context, hash string) (Invite, error)
	Invites(ctx context.Context) ([]Invite, error) // newest first
	SecondFactor(ctx context.Context, person string) (SecondFactor, error)
	SecondFactors(ctx context.Context) ([]SecondFactor, error)
	IdentityBySubject(ctx context.Context, issuer, subject string) (Identity, error)
	Identities(ctx context.Context) ([]Identity, error)
}

// PersonWriter writes people, their sessions and tokens. UpdatePerson compares
// p.Version and raises it. Deleting sessions that are gone is no error.
type PersonWriter interface {
	CreatePerson(ctx context.Context, p *Person) error
	UpdatePerson(ctx context.Context, p *Person) error
	PutSession(ctx context.Context, s Session) error // exempt from the event rule
	DeleteSession(ctx context.Context, key string) error
	DeleteSessionsOf(ctx context.Context, person string) error
	DeleteExpiredSessions(ctx context.Context, now time.Time) error
	CreateToken(ctx context.Context, t Token) error
	RevokeToken(ctx context.Context, id string, at time.Time) error
	TouchToken(ctx context.Context, id string, at time.Time) error // exempt
	CreateInvite(ctx context.Context, i Invite) error
	UpdateInvite(ctx context.Context, i Invite) error // writes who used it, when, and whether it is revoked
	PutSecondFactor(ctx context.Context, f SecondFactor) error
	DeleteSecondFactor(ctx context.Context, person string) error // of somebody who has none is no error
	// PutIdentity gives a person their identity, in place of the one they had. A
	// subject or e-mail address that another person has is a conflict.
	PutIdentity(ctx context.Context, i Identity) error
	DeleteIdentity(ctx context.Context, person string) error // of somebody who has none is no error
}

// ArticleReader reads articles, their snapshots and kept bytes.
type ArticleReader interface {
	Article(ctx context.Context, id string) (Article, error)
	Articles(ctx context.Context, f ArticleFilter) (rows []ArticleRow, next string, err error) // newest first
	// Snapshot gives snapshot n of an article, the newest where n is 0.
	Snapshot(ctx context.Context, article string, n int) (Snapshot, error)
	Snapshots(ctx context.Context, article string) ([]Snapshot, error)        // oldest first, Text left out
	SnapshotsBySHA256(ctx context.Context, sha256 string) ([]Snapshot, error) // Text left out
	// NearArticles gives the articles that share numbers of text.Bands, most first.
	NearArticles(ctx context.Context, bands []int64, limit int) ([]string, error)
	ArticlesAt(ctx context.Context, address string) ([]string, error) // by either of their addresses, oldest first, at most 20
	CopiesOf(ctx context.Context, article string) ([]string, error)   // its agency copies, oldest first
	EachSnapshot(ctx context.Context, fn func(Snapshot) error) error  // with Text, for verify
	// Blob opens the bytes kept under a SHA-256; they are stored in pieces of at
	// most 1 MB and streamed while the transaction lasts. Erased ones are KindGone.
	Blob(ctx context.Context, sha256 string) (io.ReadCloser, error)
	Skip(ctx context.Context, article, id string) (Skip, error)
	Skips(ctx context.Context, article string) ([]Skip, error) // oldest first, of all snapshots
	Watch(ctx context.Context, article string) (Watch, error)
	// DueWatch gives a watch whose NextAt has come, whoever may know of its article;
	// without Article there is none.
	DueWatch(ctx context.Context, now time.Time) (Watch, error)
}

// ArticleWriter writes articles, snapshots and kept bytes.
type ArticleWriter interface {
	CreateArticle(ctx context.Context, a *Article) error
	// UpdateArticle compares and raises Version. Of an erased one the index of searches
	// forgets for good what was taken out of it, so it is written last.
	UpdateArticle(ctx context.Context, a *Article) error
	CreateSnapshot(ctx context.Context, s Snapshot) error // N must be the next number
	// EraseSnapshot removes text and raw bytes (unless another snapshot or a piece
	// of evidence has the same) and leaves the hashes.
	EraseSnapshot(ctx context.Context, article string, n int) error
	// PutBlob keeps the same bytes twice once, and answers bytes that were erased
	// with KindConflict.
	PutBlob(ctx context.Context, b Blob) error
	// EraseBlob removes bytes and leaves the hash; it answers KindConflict while a
	// snapshot that stands was made of them.
	EraseBlob(ctx context.Context, sha256 string) error
	// DropBlob forgets bytes that nothing is made of; of others, and of none, it is no error.
	DropBlob(ctx context.Context, sha256 string) error
	CreateSkip(ctx context.Context, s Skip) error
	DeleteSkip(ctx context.Context, article, id string) error
	// PutWatch is exempt from the event rule. Whatever a watch's rule hangs on (its
	// article, the settings, a publication) sets NextAt to the past when it is written.
	PutWatch(ctx context.Context, w Watch) error
}

// ClaimReader reads claims and what hangs on them.
type ClaimReader interface {
	Claim(ctx context.Context, id string) (Claim, error)
	// Claims gives a page in the order of f.Order (OrderArticle where unset).
	Claims(ctx context.Context, f ClaimFilter) (rows []ClaimRow, next string, err error)
	// EachClaim walks all that the filter gives in constant memory; fn may read
	// through the same Reader.
	EachClaim(ctx context.Context, f ClaimFilter, fn func(ClaimRow) error) error
	// CountClaims counts what the filter gives, by state.
	CountClaims(ctx context.Context, f ClaimFilter) (map[State]int, error)
	// Precedents gives the rows of what was decided before, the last decided first.
	Precedents(ctx context.Context, f PrecedentFilter) ([]ClaimRow, error)
	Evidence(ctx context.Context, claim string) ([]Evidence, error) // oldest first
	EvidenceByID(ctx context.Context, id string) (Evidence, error)
	// FindEvidence gives a page of the evidence of all claims, newest first.
	FindEvidence(ctx context.Context, f EvidenceFilter) (found []Evidence, next string, err error)
	// SharedEvidence gives, for each piece of evidence of a claim, the other claims
	// on which the same document (by URLKey, or by a file's bytes) stands.
	SharedEvidence(ctx context.Context, claim string) (map[string][]string, error)
	Notes(ctx context.Context, claim string) ([]Note, error)       // oldest first
	Reviews(ctx context.Context, claim string) ([]Review, error)   // oldest first
	Opinions(ctx context.Context, claim string) ([]Opinion, error) // oldest first
	// Agreement counts opinions beside what was proposed: those that were given, on
	// claims that their authors had not judged or reviewed before. Pairs without a step on either
	// side are left out; withheld is of how many the proposal had been kept.
	Agreement(ctx context.Context) (cells []AgreementCell, withheld int, err error)
	Contact(ctx context.Context, claim, id string) (Contact, error)
	Contacts(ctx context.Context, claim string) ([]Contact, error) // first asked first
}

// ClaimWriter writes claims and what hangs on them. CreateClaim answers an id
// that was ever used with KindConflict. UpdateClaim compares c.Version and
// raises it; it writes every field of the claim but Evidence, which it counts.
type ClaimWriter interface {
	CreateClaim(ctx context.Context, c *Claim) error
	UpdateClaim(ctx context.Context, c *Claim) error
	CreateEvidence(ctx context.Context, e Evidence) error
	UpdateEvidence(ctx context.Context, e Evidence) error // every field but claim and who added it when
	DeleteEvidence(ctx context.Context, claim, id string) error
	CreateNote(ctx context.Context, n Note) error
	DeleteNote(ctx context.Context, claim, id string) error
	CreateReview(ctx context.Context, r Review) error
	DeleteReview(ctx context.Context, claim, id string) error
	CreateOpinion(ctx context.Context, o Opinion) error // one a person and submission
	DeleteOpinion(ctx context.Context, claim, id string) error
	CreateContact(ctx context.Context, c *Contact) error
	UpdateContact(ctx context.Context, c *Contact) error // compares and raises Version
	DeleteContact(ctx context.Context, claim, id string) error
}

// StatReader counts for the desk in numbers. A since that is zero asks for all time.
type StatReader interface {
	// FirstClaim is when the oldest claim came in; zero while there is none.
	FirstClaim(ctx context.Context) (time.Time, error)
	// StateFlows counts, by the steps of l, how claims moved between states, and
	// those that came in.
	StateFlows(ctx context.Context, l Ladder) ([]StateFlow, error)
	// VerdictTallies counts the content verdicts of Decided claims that were reviewed
	// since, for those of which there are most, most first. Untied counts the claims
	// among them whose sources have no record, and so stand nowhere.
	VerdictTallies(ctx context.Context, by VerdictsBy, since time.Time, limit int) (tallies []VerdictTally, untied int, err error)
	// VerdictTimes gives how long it took from a claim's coming in until the verdict
	// that stands was approved, of the limit last Decided.
	VerdictTimes(ctx context.Context, since time.Time, limit int) ([]time.Duration, error)
	// BacklogAges counts Unfinished claims by when they came in.
	BacklogAges(ctx context.Context, now time.Time) ([]AgeCount, error)
	WorkGroups(ctx context.Context) ([]WorkGroup, error)
	AskedGroups(ctx context.Context) ([]AskedGroup, error)
	// SuggestionTallies counts what machines suggested since, by rule, and the claims
	// that people added beside it and did not dismiss.
	SuggestionTallies(ctx context.Context, since time.Time) (tallies []SuggestionTally, missed int, err error)
}

// SourceReader reads sources. Ties to a record that was merged count for the one
// that it became part of.
type SourceReader interface {
	Source(ctx context.Context, id string) (Source, error)
	// Sources gives a page of the records that stand by themselves, by name.
	Sources(ctx context.Context, f SourceFilter) (rows []SourceRow, next string, err error)
	// SourcesNamed gives those of which a folded name or alias is one of names.
	SourcesNamed(ctx context.Context, names []string) ([]Source, error)
	ProtectedSources(ctx context.Context) ([]Source, error) // merged ones included
	SourceRecord(ctx context.Context, id string) (SourceRecord, error)
	// TiesOf gives, for each of the claims, every source that it was ever tied to.
	TiesOf(ctx context.Context, claims []string) (map[string][]string, error)
	// ClaimsTied gives the ids of the claims that are tied to a source now.
	ClaimsTied(ctx context.Context, source string) ([]string, error)
}

// SourceWriter writes sources. UpdateSource compares s.Version and raises it;
// what it says of protection holds for the records that were merged into it too,
// and no search finds a claim by the names of a protected source.
type SourceWriter interface {
	CreateSource(ctx context.Context, s *Source) error
	UpdateSource(ctx context.Context, s *Source) error
	// DeleteSource answers KindConflict where a claim is tied to it, or ever was to
	// a protected one.
	DeleteSource(ctx context.Context, id string) error
}

// PublicationReader reads what the public sees of claims.
type PublicationReader interface {
	// Publication gives version n of a claim, the newest where n is 0.
	Publication(ctx context.Context, claim string, n int) (Publication, error)
	Publications(ctx context.Context, claim string) ([]Publication, error) // oldest first
	// NewestPublications walks the newest publication of every claim that is not
	// withdrawn, last published first.
	NewestPublications(ctx context.Context, f PublicationFilter) (pubs []Publication, next string, err error)
	// CorrectedPublications walks the publications that told readers of a change, and
	// the newest of every claim that is withdrawn, last told first.
	CorrectedPublications(ctx context.Context, p Page) (pubs []Publication, next string, err error)
	EachPublication(ctx context.Context, fn func(Publication) error) error // all versions, for verify
}

// PublicationFilter narrows a list of publications.
type PublicationFilter struct {
	Page
}

// PublicationWriter writes what the public sees of claims.
type PublicationWriter interface {
	CreatePublication(ctx context.Context, p Publication) error // N must be the next number
	// WithdrawPublications puts a tombstone on every version of a claim.
	WithdrawPublications(ctx context.Context, claim string, w Withdrawal) error
}

// CheckReader reads checks.
type CheckReader interface {
	Check(ctx context.Context, slug string) (Check, error)
	CheckByID(ctx context.Context, id string) (Check, error)
	Checks(ctx context.Context, p Page) (checks []Check, next string, err error) // newest first
	// CheckPublication gives version n of a check, the newest where n is 0.
	CheckPublication(ctx context.Context, check string, n int) (CheckPublication, error)
	// PublishedChecks gives the newest version of every check that stands
	// published, newest first.
	PublishedChecks(ctx context.Context, p Page) (pubs []CheckPublication, next string, err error)
	// CheckPublications lists every version of a check, oldest first.
	CheckPublications(ctx context.Context, check string) ([]CheckPublication, error)
	// ChecksNear gives the standing checks that cite these claims, or claims with the
	// same tags or open sources, the closest first, at most limit.
	ChecksNear(ctx context.Context, cited []string, limit int) ([]CheckPublication, error)
	// CorrectedChecks gives versions of standing checks of which readers were told,
	// the last first, at most limit.
	CorrectedChecks(ctx context.Context, limit int) ([]CheckPublication, error)
	WithdrawnChecks(ctx context.Context, limit int) ([]Check, error) // last withdrawn first
	// ChecksCiting gives the newest version of the published checks that cite a
	// claim, newest first.
	ChecksCiting(ctx context.Context, claim string) ([]CheckPublication, error)
}

// CheckWriter writes checks.
type CheckWriter interface {
	CreateCheck(ctx context.Context, c *Check) error
	UpdateCheck(ctx context.Context, c *Check) error // compares and raises Version
	// DeleteCheck takes a draft away; it answers KindConflict where the check was
	// ever published.
	DeleteCheck(ctx context.Context, id string) error
	CreateCheckPublication(ctx context.Context, p CheckPublication) error
}

// SettingReader reads the newsroom's settings and scales.
type SettingReader interface {
	Settings(ctx context.Context) (Settings, error)          // DefaultSettings on a new desk
	Scale(ctx context.Context, version int64) (Scale, error) // the newest where version is 0; DefaultScale on a new desk
	Scales(ctx context.Context) (Scales, error)
	// StepUse says which claims stand on a step: by their present verdict, or by
	// their newest publication where it is not withdrawn. At most limit ids are given.
	StepUse(ctx context.Context, l Layer, code string, limit int) (StepUse, error)
}

// SettingWriter writes the newsroom's settings and scales.
type SettingWriter interface {
	PutSettings(ctx context.Context, s Settings) error
	CreateScale(ctx context.Context, s *Scale) error // gets the next version
}

// FilterReader reads saved filters.
type FilterReader interface {
	SavedFilter(ctx context.Context, id string) (SavedFilter, error)
	SavedFilters(ctx context.Context, person string) ([]SavedFilter, error) // their own and the shared ones, by name
}

// FilterWriter writes saved filters.
type FilterWriter interface {
	CreateSavedFilter(ctx context.Context, f SavedFilter) error
	DeleteSavedFilter(ctx context.Context, id string) error
}

// SearchReader finds things by words. Writers keep what it looks through current
// in the same transaction.
type SearchReader interface {
	Search(ctx context.Context, f SearchFilter) (SearchHits, error)
}

// PresenceReader reads who has which claim open.
type PresenceReader interface {
	// Present gives who was heard of since a moment, on a claim, or on any where
	// claim is "".
	Present(ctx context.Context, claim string, since time.Time) ([]Presence, error)
}

// PresenceWriter notes who has which claim open; all of it is exempt from the
// event rule. Deleting what is not there is no error.
type PresenceWriter interface {
	PutPresence(ctx context.Context, p Presence) error
	DeletePresence(ctx context.Context, claim, person string) error
	DeletePresenceBefore(ctx context.Context, t time.Time) error
}

// JobReader reads the queue of jobs.
type JobReader interface {
	Job(ctx context.Context, id string) (Job, error)
	Jobs(ctx context.Context, f JobFilter) (jobs []Job, next string, err error) // newest first
	CountOpenJobs(ctx context.Context) (int, error)                             // that are not over, whatever is hidden
}

// JobWriter writes the queue of jobs. Every write of one that is there compares
// j.Attempt and answers KindStale where somebody began the job anew since.
type JobWriter interface {
	CreateJob(ctx context.Context, j Job) error
	// QueueJob is CreateJob for work that nobody asks for and that follows from what
	// the history tells already. Exempt.
	QueueJob(ctx context.Context, j Job) error
	// UpdateJob writes what a person does to a job: it is stopped, or tried again.
	UpdateJob(ctx context.Context, j Job) error
	// LeaseJob begins the job that has waited the longest, of those that may be begun
	// and those whose lease is over; nobody else gets it before until. Without an ID
	// there is none. Jobs that were begun too often without an end fail. Exempt.
	LeaseJob(ctx context.Context, now, until time.Time) (Job, error)
	// HoldJob writes what its worker has to say; KindStale too where it was stopped. Exempt.
	HoldJob(ctx context.Context, j Job) error
	DeleteJob(ctx context.Context, id string) error
	DeleteJobsBefore(ctx context.Context, t time.Time) error // those over before; exempt
	// DropJob forgets a job that is over and of which there is nothing to tell; of one
	// that is gone is no error. Exempt.
	DropJob(ctx context.Context, id string) error
}

// FeedReader reads feeds and what was seen in them.
type FeedReader interface {
	Feed(ctx context.Context, id string) (Feed, error)
	Feeds(ctx context.Context) ([]Feed, error)                   // oldest first
	DueFeeds(ctx context.Context, now time.Time) ([]Feed, error) // watched ones whose NextAt is over, the most overdue first
	FeedItem(ctx context.Context, feed, key string) (FeedItem, error)
	// FeedItems gives what was seen in a feed, newest first.
	FeedItems(ctx context.Context, feed string, p Page) (items []FeedItem, next string, err error)
	// FeedItemsAt gives what feeds named by an address; at most 20.
	FeedItemsAt(ctx context.Context, address string) ([]FeedItem, error)
}

// FeedWriter writes feeds. What workers note of one is exempt from the event rule.
type FeedWriter interface {
	CreateFeed(ctx context.Context, f *Feed) error               // an address that is watched already is a conflict
	UpdateFeed(ctx context.Context, f *Feed) error               // what people decide of it; compares and raises Version
	DeleteFeed(ctx context.Context, id string) error             // with its items
	NoteFeed(ctx context.Context, id string, s FeedStatus) error // exempt
	PutFeedItem(ctx context.Context, i FeedItem) error           // in place of what it was before; exempt
	// EraseFeedItems takes address and title off the items of an article, and off those at
	// some addresses; they are known from then on by the SHA-256 (hex) of their key.
	EraseFeedItems(ctx context.Context, article string, addresses []string) error
}

// ArchiveReader reads what web archives were asked to keep.
type ArchiveReader interface {
	ArchiveRequest(ctx context.Context, id string) (ArchiveRequest, error)
	// ArchiveRequests gives those of an article, of evidence on its claims too, newest first.
	ArchiveRequests(ctx context.Context, article string) ([]ArchiveRequest, error)
}

// ArchiveWriter writes what web archives were asked to keep.
type ArchiveWriter interface {
	CreateArchiveRequest(ctx context.Context, a ArchiveRequest) error
	UpdateArchiveRequest(ctx context.Context, a ArchiveRequest) error // what became of it
	DeleteArchiveRequest(ctx context.Context, id string) error
}

// ImportReader reads what was taken in by the row.
type ImportReader interface {
	ImportMark(ctx context.Context, key string) (ImportMark, error)
}

// ImportWriter notes what was taken in by the row.
type ImportWriter interface {
	PutImportMark(ctx context.Context, m ImportMark) error // in place of one with the same key
}

// EventReader reads the history.
type EventReader interface {
	Event(ctx context.Context, seq int64) (Event, error)
	EventByID(ctx context.Context, id string) (Event, error)
	Events(ctx context.Context, f EventFilter) ([]Event, error)
	EachEvent(ctx context.Context, fn func(Event) error) error // oldest first, for verify
	// ChainHead gives the seq and hash that the next event must follow.
	ChainHead(ctx context.Context) (seq int64, hash string, err error)
	Reply(ctx context.Context, person, key string) (Reply, error)
}

// EventWriter writes the history.
type EventWriter interface {
	// AppendEvent seals e, which needs an ID of its own, behind the chain's head
	// and stores it. A name stands at most once on each side.
	AppendEvent(ctx context.Context, e *Event) error
	// EraseValues deletes the values (not the digests) of an event.
	EraseValues(ctx context.Context, seq int64) error
	// EraseValuesOf deletes the values of every event about an article.
	EraseValuesOf(ctx context.Context, article string) error
	PutReply(ctx context.Context, r Reply) error               // exempt from the event rule
	DeleteReply(ctx context.Context, person, key string) error // of one that is gone is no error
	DeleteRepliesBefore(ctx context.Context, t time.Time) error
	DeleteReplyBodies(ctx context.Context) error // all answers that have one
}

// InboxReader reads what people should know of.
type InboxReader interface {
	Inbox(ctx context.Context, person string, p Page) (items []InboxItem, next string, err error) // newest first
	InboxItem(ctx context.Context, id string) (InboxItem, error)
	CountUnread(ctx context.Context, person string) (int, error)
	// DueUntold gives, without ID and At, the items that are missing of claims that
	// somebody who can sign in holds and that are due before a moment; at most 200.
	DueUntold(ctx context.Context, before time.Time) ([]InboxItem, error)
	Mails(ctx context.Context) ([]Mail, error) // next first, those given up included; at most 200
}

// InboxWriter writes what people should know of; all of it is exempt from the
// event rule, and marking things read is nobody else's business.
type InboxWriter interface {
	// CreateInboxItem says whether the item is new: of one act or due date a person
	// is told once.
	CreateInboxItem(ctx context.Context, i InboxItem) (bool, error)
	// MarkInboxRead marks a person's item as read, or all of theirs where id is "",
	// and says how many were unread.
	MarkInboxRead(ctx context.Context, person, id string, at time.Time) (int64, error)
	DeleteUnread(ctx context.Context, event string) error // the items of an act that nobody has read, their mail too
	CreateMail(ctx context.Context, m Mail) error
	// LeaseMails takes what may be sent now to the one person who has waited the
	// longest: one more attempt is counted, and nobody else takes it before until.
	// What was read meanwhile needs no mail and goes.
	LeaseMails(ctx context.Context, now, until time.Time) ([]Mail, error)
	UpdateMail(ctx context.Context, m Mail) error // of one that is gone is no error
	DeleteMail(ctx context.Context, item string) error
}

// LogReader reads the transparency log over the history. Hashes are known by
// their places, as the tree's library counts them.
type LogReader interface {
	LogSize(ctx context.Context) (int64, error)
	LogLeafOf(ctx context.Context, publication string) (LogLeaf, error)
	LogHashes(ctx context.Context, at []int64) ([]string, error)    // hex, in the order asked for; missing ones are an error
	EachLogLeaf(ctx context.Context, fn func(LogLeaf) error) error  // by Seq, for verify
	Checkpoint(ctx context.Context, size int64) (Checkpoint, error) // the newest where size is 0
	Checkpoints(ctx context.Context) ([]Checkpoint, error)          // smallest first
}

// LogWriter extends the log; nothing of it is ever changed. Exempt from the
// event rule, since it follows from the events.
type LogWriter interface {
	AppendLog(ctx context.Context, leaves []LogLeaf, first int64, hashes []string) error
	PutCheckpoint(ctx context.Context, c Checkpoint) error // the same size twice is kept once
}
