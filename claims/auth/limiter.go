package auth

import (
	"container/list"
	"math"
	"net/netip"
	"strings"
	"sync"
	"time"

	"cotejo/claims"
)

// rule is a token bucket: burst attempts at once, then one every interval.
type rule struct {
	burst float64
	every time.Duration
}

// What sign-in allows. Guessing one account from one network is stopped first,
// so that a stranger elsewhere cannot easily lock the account's owner out; the
// wider rules stop guessing from many networks and of many accounts.
var (
	perPair    = rule{burst: 5, every: 30 * time.Second}
	perAccount = rule{burst: 50, every: 10 * time.Second}
	perNetwork = rule{burst: 30, every: 5 * time.Second}

	// A code has a million values and three of them fit, so an account gets few
	// tries; only who knows its password gets to use them up.
	perCode = rule{burst: 6, every: 2 * time.Minute}
	// Links with a token cannot be guessed; this spares the database.
	perVisit = rule{burst: 30, every: 2 * time.Second}
	// A reader seldom reports two errors in an hour; what all readers send, people read.
	perReporter = rule{burst: 5, every: 10 * time.Minute}
	perReports  = rule{burst: 60, every: time.Minute}
)

// maxBuckets bounds the memory: about 2 MB. The bucket unused longest goes first.
const maxBuckets = 10_000

// Limiter bounds sign-in attempts by account and by network address. It is safe
// for concurrent use and keeps its counts in memory only.
type Limiter struct {
	clock claims.Clock

	mu      sync.Mutex
	buckets map[string]*list.Element
	recent  *list.List // of *bucket, the last used in front
}

type bucket struct {
	key    string
	tokens float64
	at     time.Time // when tokens was right
}

// NewLimiter makes a limiter that tells the time by clock.
func NewLimiter(clock claims.Clock) *Limiter {
	return &Limiter{clock: clock, buckets: map[string]*list.Element{}, recent: list.New()}
}

// Attempt counts one attempt to sign in to account from address (an IP address).
// Beyond the limit it refuses with "auth.too_many" and the whole seconds to wait,
// and counts nothing.
func (l *Limiter) Attempt(account, address string) error {
	return l.take(limitsOf(account, address))
}

// AttemptCode counts one try at the second factor of an account, and refuses as
// Attempt does.
func (l *Limiter) AttemptCode(account string) error {
	return l.take([]limit{{"code " + accountKey(account), perCode}})
}

// CodeSucceeded forgets the failures at an account's second factor.
func (l *Limiter) CodeSucceeded(account string) { l.forget("code " + accountKey(account)) }

// Visit counts one opening of a link that holds a token, from address.
func (l *Limiter) Visit(address string) error {
	return l.take([]limit{{"visit " + networkOf(address), perVisit}})
}

// Report counts one error that somebody reports from address. Beyond the limit it
// refuses as Attempt does.
func (l *Limiter) Report(address string) error {
	return l.take([]limit{{"reporter " + networkOf(address), perReporter}, {"reports", perReports}})
}

// take counts against every limit, or against none where one is used up.
func (l *Limiter) take(limits []limit) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	var wait time.Duration
	for _, limit := range limits {
		b := l.bucket(limit.key, limit.rule, now)
		if b.tokens < 1 {
			missing := time.Duration((1 - b.tokens) * float64(limit.rule.every))
			wait = max(wait, missing)
		}
	}
	if wait > 0 {
		return claims.Refuse(claims.KindBusy, "auth.too_many", int(math.Ceil(wait.Seconds())))
	}
	for _, limit := range limits {
		l.bucket(limit.key, limit.rule, now).tokens--
	}
	return nil
}

// Succeeded forgets the failures of this account from this address after a
// sign-in that worked. The network's own count stays: one right password does not
// excuse a hundred wrong ones for others.
func (l *Limiter) Succeeded(account, address string) { l.forget(limitsOf(account, address)[0].key) }

func (l *Limiter) forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.buckets[key]; ok {
		l.recent.Remove(e)
		delete(l.buckets, key)
	}
}

type limit struct {
	key  string
	rule rule
}

// limitsOf are the buckets of an attempt, the pair's first.
func limitsOf(account, address string) []limit {
	account, network := accountKey(account), networkOf(address)
	return []limit{
		{"pair " + account + " " + network, perPair},
		{"account " + account, perAccount},
		{"network " + network, perNetwork},
	}
}

// bucket gives the bucket of key, filled up to now.
func (l *Limiter) bucket(key string, r rule, now time.Time) *bucket {
	if e, ok := l.buckets[key]; ok {
		l.recent.MoveToFront(e)
		b := e.Value.(*bucket)
		if gone := now.Sub(b.at); gone > 0 {
			b.tokens = min(r.burst, b.tokens+float64(gone)/float64(r.every))
			b.at = now
		}
		return b
	}
	if l.recent.Len() >= maxBuckets {
		oldest := l.recent.Back()
		delete(l.buckets, l.recent.Remove(oldest).(*bucket).key)
	}
	b := &bucket{key: key, tokens: r.burst, at: now}
	l.buckets[key] = l.recent.PushFront(b)
	return b
}

// accountKey bounds what a stranger may make us remember.
func accountKey(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if len(name) > 64 {
		return sha256Hex(name)
	}
	return name
}

// networkOf is what one party commands: an IPv4 address, or the /64 of an IPv6
// one. What is no address counts as one party.
func networkOf(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return "?"
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	network, _ := addr.Prefix(64) // fails only for more bits than an address has
	return network.String()
}
