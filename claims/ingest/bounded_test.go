package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cotejo/claims"
)

func TestBoundedLeavesLateWorkBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, ended := make(chan bool), make(chan bool)
		start := time.Now()
		_, err := bounded(t.Context(), func() (content, error) {
			defer close(ended)
			<-release
			return content{text: "too late"}, nil
		})
		var refusal *claims.Error
		if !errors.As(err, &refusal) || refusal.Key != "ingest.too_complex" {
			t.Errorf("err = %v, want ingest.too_complex", err)
		}
		if took := time.Since(start); took != htmlTimeout {
			t.Errorf("gave up after %v, want %v", took, htmlTimeout)
		}
		close(release)
		<-ended
	})
}

func TestBoundedGoesAwayWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan bool)
	defer close(release)
	_, err := bounded(ctx, func() (content, error) {
		cancel()
		<-release
		return content{}, nil
	})
	if !errors.Is(err, context.Canceled) || claims.KindOf(err) != "" {
		t.Errorf("err = %v, want the context's own", err)
	}
}

func TestBoundedSaysBusy(t *testing.T) {
	for range cap(htmlSlots) {
		htmlSlots <- struct{}{}
	}
	defer func() {
		for range cap(htmlSlots) {
			<-htmlSlots
		}
	}()
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	_, err := bounded(ctx, func() (content, error) {
		t.Error("the work is done all the same")
		return content{}, nil
	})
	var refusal *claims.Error
	if !errors.As(err, &refusal) || refusal.Kind != claims.KindBusy || refusal.Key != "ingest.busy" {
		t.Errorf("err = %v, want busy", err)
	}
}

func TestBoundedSurvivesPanic(t *testing.T) {
	_, err := bounded(t.Context(), func() (content, error) { panic("broken markup") })
	if err == nil || !strings.Contains(err.Error(), "broken markup") || claims.KindOf(err) != "" {
		t.Errorf("err = %v, want an internal error that says what panicked", err)
	}
}
