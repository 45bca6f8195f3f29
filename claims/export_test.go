package claims

// PolicyActs lists every act that policy knows, for the table of the tests.
func PolicyActs() []Act {
	var out []Act
	for act := range rights {
		out = append(out, act)
	}
	return out
}
