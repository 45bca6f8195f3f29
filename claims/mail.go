package claims

import "time"

// Mail is an inbox item that is on its way to a person by e-mail. It goes once
// it is sent, and stays where it was given up, for admins to see.
type Mail struct {
	Item     string // id of the inbox item
	Person   string
	Attempts int
	NextAt   time.Time // when it may be sent, or sent again
	GaveUp   bool
	Problem  string // of the last attempt; holds no address and no secret
}

// Letter is what one person is sent by e-mail: of claims only what they are
// called, never their words.
type Letter struct {
	To       string
	Language string // of the reader's pages
	Newsroom string
	Lines    []LetterLine
	Account  string // address of the page where they choose what they are sent
}

// LetterLine is one item: why, which claim, where it is.
type LetterLine struct {
	Kind  InboxKind
	Claim string
	Link  string
}
