// Package workflow is the acts of the desk, a file a noun. Every act asks
// policy, opens one transaction, reads what it acts on, compares the version
// that the caller saw, moves, writes, and appends the event that tells of it.
//
// A refusal is a *claims.Error. Of several, the first of these is given:
// nobody is signed in, no such thing, somebody changed it since, the table has
// no such move, not allowed, a field is wrong (all wrong fields in one answer).
package workflow

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/ledger"
)

// Options are what a desk is told when it is built; zero fields get defaults.
type Options struct {
	Clock   claims.Clock   // the machine's
	Random  io.Reader      // crypto/rand
	BaseURL string         // of the links in what is published, without a slash at the end; else that of the settings
	Log     *slog.Logger   // of what no event tells, failed sign-ins; else nowhere
	SignIn  *auth.Limiter  // of sign-in attempts; else one of its own
	Hasher  *auth.Hasher   // of passwords; else one that works on two at a time
	Signer  *ledger.Signer // of the log's checkpoints; nil signs none
	// Suggester is asked for further claims of what is taken in, by the workers of
	// jobs; nil asks nobody, and asks for nobody to be asked.
	Suggester Suggester
	Postman   Postman   // sends what comes into inboxes, once Start is called; nil sends nothing
	Fetcher   Fetcher   // of pages and archived copies; nil fetches none
	Archivist Archivist // is asked to keep pages; nil asks nobody
	Poster    Poster    // sends messages to webhooks; nil sends none
}

// Desk is the newsroom's desk: a store and the acts on it.
type Desk struct {
	store     claims.Store
	clock     claims.Clock
	random    io.Reader
	baseURL   string
	log       *slog.Logger
	signIn    *auth.Limiter
	hasher    *auth.Hasher
	signer    *ledger.Signer
	fetcher   Fetcher
	archivist Archivist
	poster    Poster

	postman   Postman
	suggester Suggester
	jobs      chan struct{} // of one: a job was added
	stop      context.CancelFunc
	running   sync.WaitGroup
}

// New builds a desk on a store.
func New(store claims.Store, o Options) *Desk {
	d := &Desk{store: store, clock: o.Clock, random: o.Random, baseURL: o.BaseURL, log: o.Log, signIn: o.SignIn, hasher: o.Hasher, signer: o.Signer, fetcher: o.Fetcher, archivist: o.Archivist, poster: o.Poster,
		postman: o.Postman, suggester: o.Suggester, jobs: make(chan struct{}, 1), stop: func() {}}
	if d.clock == nil {
		d.clock = claims.SystemClock{}
	}
	if d.random == nil {
		d.random = rand.Reader
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.signIn == nil {
		d.signIn = auth.NewLimiter(d.clock)
	}
	if d.hasher == nil {
		d.hasher = auth.NewHasher(2)
	}
	return d
}

// Start begins what a running desk does by itself, until ctx ends or Close is called:
// it tidies, sends mail and signs. It is called once.
func (d *Desk) Start(ctx context.Context) {
	ctx, d.stop = context.WithCancel(ctx)
	d.running.Go(func() { d.tidy(ctx) })
	if d.postman != nil {
		d.running.Go(func() { d.deliver(ctx) })
	}
	if d.signer != nil {
		d.running.Go(func() { d.signOn(ctx) })
	}
	if d.suggester != nil {
		d.log.Info("a model is asked about what is taken in", "rule", d.suggester.Rule())
	}
}

// Close ends what Start began and waits for it.
func (d *Desk) Close() {
	d.stop()
	d.running.Wait()
}

// SystemActor is who acts at the command line: whoever may open the data may
// do all that an admin may.
func (d *Desk) SystemActor() claims.Actor {
	return claims.Actor{ID: "system", Name: "cotejo", Role: claims.RoleAdmin}
}

// tx is one act in the making: the open transaction and what every act needs to know.
type tx struct {
	claims.Writer
	actor    claims.Actor
	now      time.Time
	settings claims.Settings
	topics   map[string][]claims.Topic // by published claim: what it was listed under before the act
	base     *url.URL                  // that links in messages begin with
	random   io.Reader
	posts    bool     // inbox items are sent by e-mail
	wake     func()   // tells workers that a job was added
	recorded []string // ids of the events that were appended, oldest first
}

// act runs do in one transaction as actor. do may run again, so it sets its
// results anew each time.
func (d *Desk) act(ctx context.Context, actor claims.Actor, do func(*tx) error) error {
	if !actor.SignedIn() {
		return claims.Refuse(claims.KindUnauthenticated, "sign_in_first")
	}
	return d.update(ctx, actor, func(t *tx) error {
		if err := lookAs(ctx, t, actor); err != nil {
			return err
		}
		return do(t)
	})
}

// lookAs lets r know nothing of what is restricted to others. Every look and every
// act of a person goes through it.
func lookAs(ctx context.Context, r claims.Reader, actor claims.Actor) error {
	if claims.SeesRestricted(actor.Role) {
		return nil
	}
	return r.HideFrom(ctx, actor.ID)
}

// view runs read on one consistent snapshot of what actor may know of.
func (d *Desk) view(ctx context.Context, actor claims.Actor, read func(claims.Reader) error) error {
	return d.store.View(ctx, func(r claims.Reader) error {
		if err := lookAs(ctx, r, actor); err != nil {
			return err
		}
		return read(r)
	})
}

// update is act without asking who is there: for set-up and sign-in.
func (d *Desk) update(ctx context.Context, actor claims.Actor, do func(*tx) error) error {
	now := d.clock.Now()
	return d.store.Update(ctx, func(w claims.Writer) error {
		s, err := w.Settings(ctx)
		if err != nil {
			return err
		}
		return do(&tx{Writer: w, actor: actor, now: now, settings: s, base: d.address(s), random: d.random, posts: d.postman != nil, wake: d.wake})
	})
}

// look is view where actor may do act, which shows of protected sources only
// those that are for the actor.
func (d *Desk) look(ctx context.Context, actor claims.Actor, act claims.Act, read func(claims.Reader) error) error {
	return d.view(ctx, actor, func(r claims.Reader) error {
		if err := may(ctx, r, actor, act); err != nil {
			return err
		}
		seen, err := see(ctx, r, actor)
		if err != nil {
			return err
		}
		return read(seen)
	})
}

func may(ctx context.Context, r claims.SettingReader, actor claims.Actor, act claims.Act) error {
	s, err := r.Settings(ctx)
	if err != nil {
		return err
	}
	return claims.May(actor, act, s)
}

// may asks policy about an act on no claim in particular.
func (t *tx) may(act claims.Act) error { return claims.May(t.actor, act, t.settings) }

// newID draws an id for a row of the desk.
func (t *tx) newID() (string, error) { return claims.NewID(t.random, claims.IDLen) }

// fresh refuses an act on something that changed since the caller saw it.
func fresh(noun, id string, seen, now int64) error {
	if seen == now {
		return nil
	}
	return claims.Refuse(claims.KindStale, "stale."+noun, id)
}

// missing reports whether err says that a thing is not there.
func missing(err error) bool { return claims.KindOf(err) == claims.KindNotFound }

// fieldsOf gives the fields that a refusal names; none for other errors.
func fieldsOf(err error) []claims.FieldError {
	var refusal *claims.Error
	if errors.As(err, &refusal) {
		return refusal.Fields
	}
	return nil
}

// ask asks policy before slow work that no transaction should wait for; the
// act asks again inside its own.
func (d *Desk) ask(ctx context.Context, actor claims.Actor, act claims.Act) error {
	return d.look(ctx, actor, act, func(claims.Reader) error { return nil })
}
