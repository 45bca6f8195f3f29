// Package i18n words the product in the reader's language.
//
// Words stand in locales/AREA.LANG.toml, one file an area, or in one file of the
// whole language, locales/LANG.toml; every language has the same keys, plural forms
// and placeholders (a test says so). A file in another language is all that it takes
// to add one: how it writes dates and numbers stands there, too.
// A line is `"area.key" = "words"`; a plural has two, `"area.key".one = "…"` and
// `"area.key".other = "…"`. {0}, {1} … are filled by the arguments in order, {n}
// by the count of a plural.
package i18n
