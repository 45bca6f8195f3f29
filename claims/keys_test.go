package claims

import (
	"maps"
	"testing"
)

func TestKeymap(t *testing.T) {
	for _, kept := range []string{"", "off", "accept=q", "off next=ñ undo=", "split=="} {
		if got := ParseKeymap(kept).String(); got != kept {
			t.Errorf("%q is read and written as %q", kept, got)
		}
	}
	if got := ParseKeymap("accept=a nothing=b rubbish").String(); got != "" {
		t.Errorf("what is standard or unknown is kept as %q", got)
	}
	k := ParseKeymap("accept=q undo=")
	if k.Key(KeyAccept) != "q" || k.Key(KeyUndo) != "" || k.Key(KeyEdit) != "e" {
		t.Errorf("the keys are %v", k)
	}
	for kept, want := range map[string]map[KeyAct]string{
		"": {}, "accept=o": {}, "accept= edit=": {}, "accept=é": {},
		"edit=a": {KeyEdit: "keys.taken"}, "accept=5": {KeyAccept: "keys.no_digit"}, "merge=mm": {KeyMerge: "keys.one_sign"},
		"why_opinion=t": {DismissKey(DismissTrivial): "keys.taken"},
	} {
		if got := ParseKeymap(kept).Problems(); !maps.Equal(got, want) {
			t.Errorf("%q: %v, want %v", kept, got, want)
		}
	}
}
