package desk

import (
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// HooksPage lists the webhooks, and says which WebSub hub is told of feeds.
type HooksPage struct {
	views.Frame
	Rows     []claims.Hook
	Hub      *claims.Hook // nil where there never was one
	HubURL   string       // as typed
	Form     HookForm
	At       string // which form was refused: "add", "hub"
	Problems views.Problems
}

// HookForm is a webhook as typed.
type HookForm struct {
	Name, URL string
	Kinds     map[string]bool
}

// HookPage is one hook with what was sent to it.
type HookPage struct {
	views.Frame
	Hook        claims.Hook
	Secret      string // shown this once
	Form        HookForm
	Stale       bool
	Stands      *HookForm // what somebody else made of it meanwhile; nil where nobody did
	Problems    views.Problems
	Rows        []claims.Delivery
	People      map[string]claims.Person
	History     []EventRow
	Now         time.Time
	First, Next string
}

// HookFormOf fills the form with what is kept.
func HookFormOf(h claims.Hook) HookForm {
	f := HookForm{Name: h.Name, URL: h.URL, Kinds: map[string]bool{}}
	for _, k := range h.Kinds {
		f.Kinds[string(k)] = true
	}
	return f
}

func hookPath(id, more string) string { return "/settings/webhooks/" + id + more }

func hookTone(h claims.Hook) string {
	switch {
	case h.State == claims.HookFailed || h.Fails > 0:
		return "bad"
	case h.State == claims.HookOff || h.DeliveredAt.IsZero():
		return "plain"
	}
	return "good"
}

// hookStateWord is the word for how a hook stands.
func hookStateWord(h claims.Hook) string {
	switch {
	case h.State == claims.HookOn && h.Fails > 0:
		return "hook_state.failing"
	case h.State == claims.HookOn && h.DeliveredAt.IsZero():
		return "hook_state.new"
	}
	return "hook_state." + string(h.State)
}

func deliveryTone(d claims.Delivery) string {
	switch {
	case d.State == claims.DeliveryDelivered:
		return "good"
	case d.State == claims.DeliveryFailed || d.Attempts > 0:
		return "bad"
	}
	return "new"
}

func deliveryWord(d claims.Delivery) string {
	if d.State == claims.DeliveryWaiting && d.Attempts > 0 {
		return "delivery_state.again"
	}
	return "delivery_state." + string(d.State)
}

func hookKindWord(w *i18n.Words, k claims.HookKind) string { return w.T("hook_kind." + string(k)) }

func (f HookForm) kinds(w *i18n.Words) string {
	var out []string
	for _, k := range claims.HookKinds {
		if f.Kinds[string(k)] {
			out = append(out, hookKindWord(w, k))
		}
	}
	return strings.Join(out, "\n")
}

// clash compares the form of a hook with what stands.
func (p HookPage) clash() Clash {
	w := p.Words
	return Clash{Title: w.T("stale.hook"), Again: hookPath(p.Hook.ID, ""), Fields: differing(
		ClashField{Label: w.T("hook.url"), Name: "url", Typed: p.Form.URL, Stands: p.Stands.URL},
		ClashField{Label: w.T("hook.name"), Name: "name", Typed: p.Form.Name, Stands: p.Stands.Name},
		ClashField{Label: w.T("hook.kinds"), Name: "kinds", Typed: p.Form.kinds(w), Stands: p.Stands.kinds(w)},
	)}
}

func (p HooksPage) problems(form string) views.Problems {
	switch {
	case p.At != form:
		return nil
	case form == "hub":
		return p.Problems.Keyed(hubKeys)
	}
	return p.Problems
}

// hubKeys tells the hub's field apart from that of a webhook.
const hubKeys = "-hub"
