package desk

import "cotejo/views"

// BookmarkletPage offers a bookmark that sends the page one reads to the desk.
type BookmarkletPage struct {
	views.Frame
	Code string // the bookmark's address: a line of JavaScript
}
