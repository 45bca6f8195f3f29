// Package public is the pages that anyone reads: what is published, and how the
// newsroom works.
package public
