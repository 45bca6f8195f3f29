// Package desk is the pages of people who are signed in.
package desk
