package workflow

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cotejo/claims"
)

// BulkAct is an act that can be done to many claims at once.
type BulkAct string

// The bulk acts.
const (
	BulkOpen     BulkAct = "open"
	BulkDismiss  BulkAct = "dismiss"
	BulkTake     BulkAct = "take"
	BulkLeave    BulkAct = "leave"
	BulkAssign   BulkAct = "assign"
	BulkTag      BulkAct = "tag"
	BulkUntag    BulkAct = "untag"
	BulkPriority BulkAct = "priority"
	BulkSubmit   BulkAct = "submit"
	BulkApprove  BulkAct = "approve"
	BulkReturn   BulkAct = "return"
	BulkPublish  BulkAct = "publish"

	BulkImport BulkAct = "import" // what an edited table says; no form asks for it
)

// BulkActs lists every bulk act in the order that forms show them.
var BulkActs = []BulkAct{
	BulkOpen, BulkDismiss, BulkTake, BulkLeave, BulkAssign, BulkTag, BulkUntag, BulkPriority, BulkSubmit, BulkApprove, BulkReturn, BulkPublish,
}

// bulkMoves are the bulk acts that are moves.
var bulkMoves = map[BulkAct]claims.Move{
	BulkOpen: {To: claims.StateOpen, Act: claims.ActClaimOpen}, BulkDismiss: {To: claims.StateDismissed, Act: claims.ActClaimDismiss},
	BulkTake: {To: claims.StateInCheck, Act: claims.ActClaimTake}, BulkLeave: {To: claims.StateOpen, Act: claims.ActClaimLeave},
	BulkSubmit: {To: claims.StateSubmitted, Act: claims.ActClaimSubmit}, BulkApprove: {To: claims.StateApproved, Act: claims.ActClaimApprove},
	BulkReturn: {To: claims.StateReturned, Act: claims.ActClaimReturn, Reason: true}, BulkPublish: {To: claims.StatePublished, Act: claims.ActClaimPublish},
}

// Right is what policy is asked about the act as such; about each claim it is
// asked again.
func (a BulkAct) Right() claims.Act {
	if move, ok := bulkMoves[a]; ok {
		return move.Act
	}
	if a == BulkAssign {
		return claims.ActClaimTake
	}
	return claims.ActClaimTriage
}

// maxBulk is how many claims one bulk act takes.
const maxBulk = 500

// BulkClaim is a chosen claim as the caller saw it.
type BulkClaim struct {
	ID      string // in any notation
	Version int64
}

// BulkInput says what shall be done to which claims. Reason, Note and Of are for
// moves, as in MoveInput; Assignee ("" for nobody), Tag and Priority for the acts
// of their names.
type BulkInput struct {
	Claims   []BulkClaim
	Act      BulkAct
	Reason   string
	Note     string
	Of       string
	Assignee string
	Tag      string
	Priority int
}

// BulkResult is what was done to each of the claims, in their order, or would be.
type BulkResult struct {
	Event string // id of the event of the whole, by which it is taken back; "" where nothing was done
	Items []BulkItem
}

// BulkItem is what came of one claim, as the actor may see it. Where Refused is
// nil and Changed false, it stands already as it should.
type BulkItem struct {
	ID      string
	Before  claims.Claim // the zero Claim where there is none
	After   claims.Claim
	Changed bool
	Refused error // why nothing was done to it
}

// Done counts the claims that changed.
func (r BulkResult) Done() int {
	n := 0
	for _, item := range r.Items {
		if item.Changed {
			n++
		}
	}
	return n
}

// errPreview takes a transaction back that was run to see what comes of it.
var errPreview = errors.New("workflow: a preview is not kept")

// PreviewBulk says what Bulk would do now. It does it, and takes it back.
func (d *Desk) PreviewBulk(ctx context.Context, actor claims.Actor, in BulkInput) (BulkResult, error) {
	var out BulkResult
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if out, err = d.bulk(ctx, t, in); err != nil {
			return err
		}
		out.Event = ""
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return out, err
}

// Bulk does one act to many claims in one transaction. What is refused for one
// claim (it changed meanwhile, the act is not legal there) leaves that claim as
// it was and the others go on.
func (d *Desk) Bulk(ctx context.Context, actor claims.Actor, in BulkInput) (BulkResult, error) {
	var out BulkResult
	err := d.act(ctx, actor, func(t *tx) (err error) {
		out, err = d.bulk(ctx, t, in)
		return err
	})
	return out, err
}

func (d *Desk) bulk(ctx context.Context, t *tx, in BulkInput) (BulkResult, error) {
	in.Claims = slices.Clone(in.Claims)
	if err := in.check(); err != nil {
		return BulkResult{}, err
	}
	if err := t.may(in.Act.Right()); err != nil {
		return BulkResult{}, err
	}
	seen, err := see(ctx, t, t.actor)
	if err != nil {
		return BulkResult{}, err
	}
	var out BulkResult
	first := len(t.recorded)
	for _, chosen := range in.Claims {
		item, err := t.bulkOne(ctx, seen, chosen, d.bulkChange(ctx, in))
		if err != nil {
			return BulkResult{}, err
		}
		out.Items = append(out.Items, item)
	}
	children := slices.Clone(t.recorded[first:])
	if len(children) == 0 {
		return out, nil
	}
	out.Event, err = t.recordMany(ctx, in.Act, out.Done(), children)
	return out, err
}

// bulkEvent is the act that the event of the whole bears.
func bulkEvent(act BulkAct) string {
	if act == BulkPublish {
		return ActBulkPublish
	}
	return ActBulk
}

// check refuses what is wrong whatever the claims are. A claim that was chosen
// twice counts once.
func (in *BulkInput) check() error {
	var f faults
	if !slices.Contains(BulkActs, in.Act) {
		f.add("act", "bulk.act_unknown", clip(string(in.Act), maxName))
		return f.err()
	}
	seen := map[string]bool{}
	in.Claims = slices.DeleteFunc(in.Claims, func(c BulkClaim) bool {
		id, ok := claims.PlainID(c.ID)
		if !ok {
			id = c.ID
		}
		twice := seen[id]
		seen[id] = true
		return twice
	})
	switch n := len(in.Claims); {
	case n == 0:
		f.add("claims", "bulk.none")
	case n > maxBulk:
		f.add("claims", "list.too_long", n, maxBulk)
	}
	in.checkWords(&f)
	return f.err()
}

func (in *BulkInput) checkWords(f *faults) {
	if move, ok := bulkMoves[in.Act]; ok {
		words := MoveInput{Reason: in.Reason, Note: in.Note}
		*f = append(*f, fieldsOf(words.check(move))...)
		if in.Act == BulkDismiss && in.Reason == string(claims.DismissDuplicate) && strings.TrimSpace(in.Of) == "" {
			f.add("of", "dismissal.of_unknown", "")
		}
		return
	}
	switch in.Act {
	case BulkTag, BulkUntag:
		in.Tag = strings.Join(strings.Fields(in.Tag), " ")
		f.required("tag", in.Tag, maxTag)
	case BulkPriority:
		if in.Priority < -1 || in.Priority > 2 {
			f.add("priority", "number.out_of_range", -1, 2)
		}
	}
}

// bulkChange is the act on one claim: the same that does it to a single one.
func (d *Desk) bulkChange(ctx context.Context, in BulkInput) changing {
	return func(t *tx, c *claims.Claim) (entry, error) {
		if want, ok := bulkMoves[in.Act]; ok {
			for _, move := range claims.MovesFrom(c.State) {
				if move.Act == want.Act {
					return d.move(ctx, t, c, move, MoveInput{To: move.To, Reason: in.Reason, Note: in.Note, Of: in.Of})
				}
			}
			return entry{}, claims.Refuse(claims.KindIllegalMove, "move.illegal", string(c.State), string(want.To))
		}
		var p ClaimPatch
		switch in.Act {
		case BulkAssign:
			p.Assignee = &in.Assignee
		case BulkPriority:
			p.Priority = &in.Priority
		case BulkTag:
			tags := append(slices.Clone(c.Tags), in.Tag)
			p.Tags = &tags
		case BulkUntag:
			tags := slices.DeleteFunc(slices.Clone(c.Tags), func(tag string) bool { return tag == in.Tag })
			p.Tags = &tags
		}
		return t.edit(ctx, c, p)
	}
}

// bulkOne does an act to one claim. A refusal is part of the answer; any other
// error ends the whole.
func (t *tx) bulkOne(ctx context.Context, seen claims.Reader, chosen BulkClaim, act changing) (BulkItem, error) {
	item := BulkItem{ID: clip(chosen.ID, maxName)}
	if plain, ok := claims.PlainID(chosen.ID); ok {
		item.ID = plain
	}
	var err error
	if item.Before, err = readClaim(ctx, seen, chosen.ID); missing(err) {
		item.Refused = err
		return item, nil
	} else if err != nil {
		return item, err
	}
	item.After = item.Before
	done := len(t.recorded)
	err = t.Try(ctx, func() error {
		_, err := t.changeClaim(ctx, chosen.ID, chosen.Version, act)
		return err
	})
	if claims.KindOf(err) != "" {
		t.recorded = t.recorded[:done]
		item.Refused = err
		return item, nil
	}
	if err != nil {
		return item, err
	}
	if item.Changed = len(t.recorded) > done; item.Changed {
		item.After, err = readClaim(ctx, seen, chosen.ID)
	}
	return item, err
}

// nounBulk is the noun of the events that tell of many claims at once; each
// claim has its own event beside it.
const nounBulk = "bulk"

// Values of the events of bulk acts and of their undoing.
const (
	valueBulkAct    = "bulk_act"
	valueBulkCount  = "bulk_count"
	valueBulkEvents = "bulk_events" // ids, in the order in which they were done
	valueBulkUndone = "bulk_undone" // how many of them were taken back
	valueBulkKept   = "bulk_kept"   // of which claims they could not be, and why
)

// BulkKept is a claim on which a bulk act could not be taken back. Why is the
// key of the refusal, whose words every language has.
type BulkKept struct {
	Claim string `json:"claim"`
	Why   string `json:"why"`
	Args  []any  `json:"args,omitempty"`
}

// UndoneOf says how many acts an event took back that undid a bulk act, and
// which it could not; whole is false for other events.
func UndoneOf(e claims.Event) (n int, kept []BulkKept, whole bool) {
	raw := told(e, claims.SideAfter, valueBulkUndone)
	if raw == nil || decode(raw, &n) != nil {
		return 0, nil, false
	}
	return n, kept, decode(told(e, claims.SideAfter, valueBulkKept), &kept) == nil
}

// undoBulk takes back every act of a bulk that can still be taken back, the last
// first; it refuses where there is none.
func (t *tx) undoBulk(ctx context.Context, e claims.Event) error {
	var ids []string
	if err := decode(told(e, claims.SideAfter, valueBulkEvents), &ids); err != nil {
		return err
	}
	done, kept := 0, []BulkKept{}
	for _, id := range slices.Backward(ids) {
		child, err := t.EventByID(ctx, id)
		if missing(err) { // on a claim that is now for others only
			continue
		}
		if err != nil {
			return err
		}
		before := len(t.recorded)
		err = t.Try(ctx, func() error {
			if err := t.mayUndo(ctx, child); err != nil {
				return err
			}
			return t.undoOnClaim(ctx, child)
		})
		var refusal *claims.Error
		switch {
		case err == nil:
			done++
		case errors.As(err, &refusal):
			t.recorded = t.recorded[:before]
			kept = append(kept, BulkKept{Claim: child.Claim, Why: refusal.Key, Args: refusal.Args})
		default:
			return err
		}
	}
	if done == 0 {
		return claims.Refuse(claims.KindConflict, "undo.bulk_none", len(kept))
	}
	slices.Reverse(kept)
	return t.record(ctx, undoing(e, change{valueBulkUndone, nil, done}, change{valueBulkKept, nil, kept}))
}
