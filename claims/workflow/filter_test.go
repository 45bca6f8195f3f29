package workflow_test

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestSavedFiltersAreOnesOwnUnlessShared(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		own, err := k.SaveFilter(ctx, k.ana, workflow.FilterInput{Name: "  Agua  hoy ", Query: "tag=agua&cursor=x&q=&state=open"})
		if err != nil || own.Name != "Agua hoy" || own.Query != "state=open&tag=agua" {
			t.Fatalf("%v %+v", err, own)
		}
		_, err = k.SaveFilter(ctx, k.ana, workflow.FilterInput{Name: "Para todos", Query: "tag=agua", Shared: true})
		refused(t, "a checker shares", err, claims.KindNotAllowed, "not_allowed.filter.share")
		shared, err := k.SaveFilter(ctx, k.luis, workflow.FilterInput{Name: "Para todos", Query: "tag=agua", Shared: true})
		if err != nil {
			t.Fatal(err)
		}
		for actor, want := range map[claims.Actor]int{k.ana: 2, k.bea: 1, k.luis: 1} {
			if list, err := k.SavedFilters(ctx, actor); err != nil || len(list) != want {
				t.Errorf("%v: %s has %d filters, want %d", err, actor.Name, len(list), want)
			}
		}
		events, _, err := k.Events(ctx, k.bea, claims.EventFilter{Noun: "filter", NounID: own.ID})
		if err != nil || len(events) != 0 {
			t.Errorf("%v: another reads of a private filter: %+v", err, events)
		}
		if err := k.DeleteFilter(ctx, k.luis, own.ID); claims.KindOf(err) != claims.KindNotFound {
			t.Errorf("another's filter: %v", err)
		}
		refused(t, "a shared one by a checker", k.DeleteFilter(ctx, k.ana, shared.ID), claims.KindNotAllowed, "not_allowed.filter.share")
		if err := k.DeleteFilter(ctx, k.ana, own.ID); err != nil {
			t.Fatal(err)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		if list, err := k.SavedFilters(ctx, k.ana); err != nil || len(list) != 2 || list[0] != own {
			t.Errorf("%v: after the undoing %+v", err, list)
		}
		for what, in := range map[string]workflow.FilterInput{
			"same name": {Name: "agua HOY", Query: "tag=x"}, "no name": {Query: "tag=x"}, "no filter": {Name: "x", Query: "cursor=3"}, "no query": {Name: "x", Query: "%zz"},
		} {
			if _, err := k.SaveFilter(ctx, k.ana, in); claims.KindOf(err) != claims.KindInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}
