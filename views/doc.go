// Package views is all that the browser receives: templ pages and components
// over typed page structs. A page is a struct and a component that takes it;
// handlers fill the struct, words come from i18n, files from assets.
package views
