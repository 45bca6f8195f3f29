// Package views is what the pages of every reader share: the frame around a page,
// parts of forms, marks, the pages of the way in and of errors. What people of the
// newsroom read is in desk, what anyone reads in public. A page is a struct and a
// component that takes it; handlers fill the struct, words come from i18n, files
// from assets.
package views
