package desk

import "cotejo/views"

// QueuePage is the claim that somebody works on next; Found is false where
// nothing waits.
type QueuePage struct {
	views.Frame
	Claim ClaimPage
	Found bool
	Left  int
}

// back is where the forms of a claim lead on the queue, "" on the claim's own page.
func (p ClaimPage) back() string {
	if p.InQueue {
		return "/queue"
	}
	return ""
}
