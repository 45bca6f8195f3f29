package workflow

import (
	"strings"

	"cotejo/claims"
	"cotejo/claims/feed"
	"cotejo/claims/text"
)

// wanted reports whether a feed's filters let an item through.
func wanted(f claims.Feed, i feed.Item) bool {
	answers := func(pattern string) bool { return patternMeets(pattern, i) }
	if len(f.Include) > 0 && !anyOf(f.Include, answers) {
		return false
	}
	return !anyOf(f.Exclude, answers)
}

func anyOf(list []string, ok func(string) bool) bool {
	for _, s := range list {
		if ok(s) {
			return true
		}
	}
	return false
}

// patternMeets reports whether an item answers to a pattern: what has a slash is looked
// for in its address, * standing for anything; else all its words must stand one after
// the other in title, summary or categories, whatever their accents and case.
func patternMeets(pattern string, i feed.Item) bool {
	if strings.Contains(pattern, "/") {
		return globIn(strings.ToLower(i.URL), strings.ToLower(pattern))
	}
	words := text.Words(text.Fold(pattern))
	if len(words) == 0 {
		return false
	}
	all := " " + strings.Join(text.Words(text.Fold(i.Title+"\n"+i.Words)), " ") + " "
	return strings.Contains(all, " "+strings.Join(words, " ")+" ")
}

// globIn reports whether the parts of a pattern stand in a text one after the other.
func globIn(s, pattern string) bool {
	for _, part := range strings.Split(pattern, "*") {
		at := strings.Index(s, part)
		if at < 0 {
			return false
		}
		s = s[at+len(part):]
	}
	return true
}
