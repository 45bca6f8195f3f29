//go:build !race

package web

// raced says that the race detector slows this program down.
const raced = false
