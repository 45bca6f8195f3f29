package views

// BookmarkletPage offers a bookmark that sends the page one reads to the desk.
type BookmarkletPage struct {
	Frame
	Code string // the bookmark's address: a line of JavaScript
}
