package i18n

import (
	"fmt"
	"strconv"
	"strings"
)

// readTOML reads the part of TOML that locale files are written in: comments,
// `"key" = "words"` and, for plurals, `"key".one = "words"`. It is strict: a key
// written twice or anything else is an error that names the line.
func readTOML(data []byte, into any) error {
	out, ok := into.(*any)
	if !ok {
		return fmt.Errorf("cannot read locale words into %T", into)
	}
	words := map[string]any{}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := readLine(words, line); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	*out = words
	return nil
}

func readLine(words map[string]any, line string) error {
	quoted, err := strconv.QuotedPrefix(line)
	if err != nil || quoted[0] != '"' {
		return fmt.Errorf("a line begins with a key in double quotes: %s", line)
	}
	key, err := strconv.Unquote(quoted)
	if err != nil {
		return fmt.Errorf("unreadable key %s", quoted)
	}
	form, value, ok := strings.Cut(line[len(quoted):], "=")
	if !ok {
		return fmt.Errorf("no = after the key %q", key)
	}
	said, err := strconv.Unquote(strings.TrimSpace(value))
	if err != nil {
		return fmt.Errorf("%q needs one string in double quotes", key)
	}
	return put(words, key, strings.TrimPrefix(strings.TrimSpace(form), "."), said)
}

func put(words map[string]any, key, form, said string) error {
	twice := fmt.Errorf("%q is written twice", key)
	if form == "" {
		if _, taken := words[key]; taken {
			return twice
		}
		words[key] = said
		return nil
	}
	forms, ok := words[key].(map[string]any)
	if !ok {
		if words[key] != nil {
			return twice
		}
		forms = map[string]any{}
		words[key] = forms
	}
	if _, taken := forms[form]; taken {
		return twice
	}
	forms[form] = said
	return nil
}
