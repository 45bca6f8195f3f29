package claimstest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"pgregory.net/rapid"
)

// CheckChain walks the whole history and reports every break of the chain.
func CheckChain(t testing.TB, store claims.Store) (events int64) {
	t.Helper()
	Read(t, store, func(r claims.Reader) (err error) {
		events, err = brokenChain(t.Context(), t, r)
		return err
	})
	return events
}

// fataler is what testing.T and rapid.T share.
type fataler interface {
	Errorf(format string, args ...any)
	Helper()
}

func brokenChain(ctx context.Context, t fataler, r claims.Reader) (events int64, err error) {
	t.Helper()
	var last claims.Event
	err = r.EachEvent(ctx, func(e claims.Event) error {
		if e.Seq != last.Seq+1 || e.PrevHash != last.Hash || !e.Sound() {
			t.Errorf("event %d does not follow event %d", e.Seq, last.Seq)
		}
		for _, v := range e.Values {
			if !v.Intact() {
				t.Errorf("value %s %q of event %d does not have its digest", v.Side, v.Name, e.Seq)
			}
		}
		last = e
		return nil
	})
	if err != nil {
		return 0, err
	}
	seq, hash, err := r.ChainHead(ctx)
	if seq != last.Seq || hash != last.Hash {
		t.Errorf("the head says %d, the last event is %d", seq, last.Seq)
	}
	return last.Seq, err
}

func runEvents(t *testing.T, store claims.Store) {
	ctx := t.Context()
	var all []claims.Event
	for i := range 9 {
		e := NewEvent(t, "claim.edit", fmt.Sprintf("CLAIM%d", i%3))
		e.Article, e.Actor = fmt.Sprintf("A%d", i%2), fmt.Sprintf("P%d", i%4)
		e.At = Start.Add(time.Duration(i)*time.Second + 123456789)
		if err := store.Update(ctx, func(w claims.Writer) error { return w.AppendEvent(ctx, &e) }); err != nil {
			t.Fatal(err)
		}
		equal(t, "seq", int64(i+1), e.Seq)
		head, err := store.Head(ctx)
		equal(t, "head", e.Seq, head)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	equal(t, "events", int64(9), CheckChain(t, store))
	pick := func(seqs ...int64) (out []claims.Event) {
		for _, seq := range seqs {
			out = append(out, all[seq-1])
		}
		return out
	}
	Read(t, store, func(r claims.Reader) error {
		for _, tc := range []struct {
			filter claims.EventFilter
			want   []claims.Event
		}{
			{claims.EventFilter{}, all},
			{claims.EventFilter{Limit: 2}, pick(1, 2)},
			{claims.EventFilter{After: 7}, pick(8, 9)},
			{claims.EventFilter{Before: 10, Limit: 3}, pick(9, 8, 7)},
			{claims.EventFilter{Before: 4, After: 1}, pick(3, 2)},
			{claims.EventFilter{Claim: "CLAIM1"}, pick(2, 5, 8)},
			{claims.EventFilter{Article: "A1", Before: 8}, pick(6, 4, 2)},
			{claims.EventFilter{Actor: "P3"}, pick(4, 8)},
			{claims.EventFilter{Actor: "P9"}, nil},
			{claims.EventFilter{Claim: "CLAIM1", Acts: []string{"note.add", "claim.edit"}, Before: 9, Limit: 1}, pick(8)},
			{claims.EventFilter{Acts: []string{"note.add"}}, nil},
			{claims.EventFilter{NotActs: []string{"claim.edit", "note.add"}}, nil},
			{claims.EventFilter{NotActs: []string{"note.add"}, After: 8}, pick(9)},
		} {
			got, err := r.Events(ctx, tc.filter)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("events of %+v", tc.filter), tc.want, got)
		}
		return nil
	})
	missing(t, store, "unknown event", func(r claims.Reader) error { _, err := r.Event(ctx, 99); return err })
	runForgery(t, store, all[0])
	runEraseValues(t, store, all[1])
}

// runForgery: values that do not have their digest or are named twice, and an id
// used before, are refused.
func runForgery(t *testing.T, store claims.Store, used claims.Event) {
	ctx := t.Context()
	forged := NewEvent(t, "claim.edit", "CLAIM1")
	forged.Values[0].JSON = `"something else"`
	if err := store.Update(ctx, func(w claims.Writer) error { return w.AppendEvent(ctx, &forged) }); err == nil {
		t.Error("a value without its digest was taken")
	}
	twice := NewEvent(t, "claim.edit", "CLAIM1")
	twice.Values = append(twice.Values, twice.Values[0])
	if err := store.Update(ctx, func(w claims.Writer) error { return w.AppendEvent(ctx, &twice) }); err == nil {
		t.Error("a value that is named twice on one side was taken")
	}
	twin := NewEvent(t, "claim.edit", "CLAIM1")
	twin.ID = used.ID
	refused(t, store, "event id twice", claims.KindConflict, func(w claims.Writer) error { return w.AppendEvent(ctx, &twin) })
	equal(t, "events after refusals", int64(9), CheckChain(t, store))
}

// runEraseValues: erased values leave their digests, and the chain holds.
func runEraseValues(t *testing.T, store claims.Store, e claims.Event) {
	ctx := t.Context()
	refused(t, store, "erase of no event", claims.KindNotFound, func(w claims.Writer) error { return w.EraseValues(ctx, 99) })
	Write(t, store, func(w claims.Writer) error { return w.EraseValues(ctx, e.Seq) })
	for i := range e.Values {
		e.Values[i].Salt, e.Values[i].JSON, e.Values[i].Erased = "", "", true
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Event(ctx, e.Seq)
		equal(t, "erased event", e, got)
		other, otherErr := r.Event(ctx, e.Seq+1)
		if len(other.Values) == 0 || other.Values[0].Erased {
			t.Error("the values of another event were erased")
		}
		return errors.Join(err, otherErr)
	})
	CheckChain(t, store)
}

func runReplies(t *testing.T, store claims.Store) {
	ctx := t.Context()
	reply := claims.Reply{Person: "P1", Key: "k", Request: Hash("r"), Status: 201, Header: map[string]string{"Location": "/x"},
		Body: []byte("{\x00\xff}"), At: Start}
	put := func(r claims.Reply) error {
		return store.Update(ctx, func(w claims.Writer) error { return w.PutReply(ctx, r) })
	}
	if err := put(reply); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "reply twice", claims.KindConflict, put(reply))
	later := reply
	later.Person, later.At, later.Header, later.Body = "P2", Start.Add(time.Hour), nil, nil
	if err := put(later); err != nil {
		t.Fatal(err)
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Reply(ctx, "P1", "k")
		equal(t, "reply", reply, got)
		return err
	})
	if err := store.Update(ctx, func(w claims.Writer) error { return w.DeleteRepliesBefore(ctx, later.At) }); err != nil {
		t.Fatal(err)
	}
	missing(t, store, "forgotten reply", func(r claims.Reader) error { _, err := r.Reply(ctx, "P1", "k"); return err })
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Reply(ctx, "P2", "k")
		equal(t, "reply that stays", later, got)
		return err
	})
	for _, key := range []string{"other", "k", "k"} {
		if err := store.Update(ctx, func(w claims.Writer) error { return w.DeleteReply(ctx, "P2", key) }); err != nil {
			t.Fatal(err)
		}
	}
	missing(t, store, "reply that was taken away", func(r claims.Reader) error { _, err := r.Reply(ctx, "P2", "k"); return err })
}

// runConcurrency: many write at once; all succeed, and the chain has no gap.
func runConcurrency(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c := PutClaim(t, store, a.ID, nil)
	const writers, rounds = 12, 6
	var group sync.WaitGroup
	failures := make(chan error, 2*writers*rounds)
	for range writers {
		group.Go(func() {
			for range rounds {
				failures <- store.Update(ctx, func(w claims.Writer) error {
					own, err := w.Claim(ctx, c.ID)
					if err != nil {
						return err
					}
					own.Priority++
					e := NewEvent(t, "claim.edit", c.ID)
					return errors.Join(w.UpdateClaim(ctx, &own), w.AppendEvent(ctx, &e))
				})
				failures <- store.View(ctx, func(r claims.Reader) error {
					own, err := r.Claim(ctx, c.ID)
					if err == nil && int64(own.Priority)+1 != own.Version {
						err = fmt.Errorf("priority %d at version %d", own.Priority, own.Version)
					}
					return err
				})
			}
		})
	}
	group.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			t.Fatalf("beside other writers: %v", err)
		}
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Claim(ctx, c.ID)
		equal(t, "claim after all edits", writers*rounds, got.Priority)
		return err
	})
	equal(t, "events", int64(2+writers*rounds), CheckChain(t, store))
}

// runRandomWrites: whatever acts succeed, fail or erase, in any order, the
// chain stays sound and holds exactly the acts that succeeded.
func runRandomWrites(t *testing.T, store claims.Store) {
	ctx := t.Context()
	events := int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		for _, act := range rapid.SliceOfN(rapid.SampledFrom([]string{"one", "two", "fail", "erase"}), 1, 8).Draw(rt, "acts") {
			count := int64(1)
			err := store.Update(ctx, func(w claims.Writer) error {
				e := NewEvent(t, rapid.StringMatching(`[a-z]{1,8}\.[a-zñü<&]{1,8}`).Draw(rt, "act"), strings.ToUpper(act))
				if err := w.AppendEvent(ctx, &e); err != nil {
					return err
				}
				switch act {
				case "two":
					count++
					more := NewEvent(t, "more", "")
					return w.AppendEvent(ctx, &more)
				case "fail":
					return errStop
				case "erase":
					return w.EraseValues(ctx, rapid.Int64Range(1, e.Seq).Draw(rt, "seq"))
				}
				return nil
			})
			if err == nil {
				events += count
			} else if act != "fail" || !errors.Is(err, errStop) {
				rt.Fatalf("%s: %v", act, err)
			}
		}
		err := store.View(ctx, func(r claims.Reader) error {
			found, err := brokenChain(ctx, rt, r)
			if found != events {
				rt.Errorf("the chain holds %d events, want %d", found, events)
			}
			return err
		})
		if err != nil {
			rt.Fatal(err)
		}
	})
}
