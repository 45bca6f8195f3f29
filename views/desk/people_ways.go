package desk

import (
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// invites lists those that are still open, or all others.
func (p PeoplePage) invites(open bool) []claims.Invite {
	var out []claims.Invite
	for _, i := range p.Invites {
		if (i.State(p.Now) == claims.InviteOpen) == open {
			out = append(out, i)
		}
	}
	return out
}

// inviteFor says whom an invite was made for, as far as its maker said so.
func (p PeoplePage) inviteFor(i claims.Invite) string {
	switch {
	case i.Display != "":
		return i.Display
	case i.Name != "":
		return i.Name
	}
	return p.Words.T("people.invite_anybody")
}

// inviteTold says who made an invite, and until when it works or who came by it.
func (p PeoplePage) inviteTold(i claims.Invite) string {
	people := map[string]claims.Person{}
	for _, who := range p.People {
		people[who.ID] = who
	}
	maker := called(people, i.CreatedBy, p.Words)
	if i.Person != "" {
		return p.Words.T("people.invite_used_by", maker, called(people, i.Person, p.Words))
	}
	return p.Words.T("people.invite_by", maker, p.Words.Date(i.CreatedAt), p.Words.DateTime(i.ExpiresAt))
}

// identityTold says as whom somebody signs in through the provider, whose name
// is "" where none is configured any more.
func identityTold(w *i18n.Words, provider string, i claims.Identity) string {
	if provider == "" {
		provider = "OpenID Connect"
	}
	if !i.Linked() {
		return w.T("people.identity_waits", provider, i.Email)
	}
	shown := i.Email
	if shown == "" {
		shown = i.Subject
	}
	return w.T("people.identity_linked", provider, shown, w.Date(i.LinkedAt))
}

// qrMargin is how many light modules stand around a QR code.
const qrMargin = 4

// qrBox is the view box of a QR code with its margin.
func qrBox(modules [][]bool) string {
	size := strconv.Itoa(len(modules) + 2*qrMargin)
	return "0 0 " + size + " " + size
}

// qrPath draws the dark modules of a QR code, a run of a row at a time.
func qrPath(modules [][]bool) string {
	var b strings.Builder
	for y, row := range modules {
		for x := 0; x < len(row); x++ {
			run := 0
			for x+run < len(row) && row[x+run] {
				run++
			}
			if run > 0 {
				n := strconv.Itoa(run)
				b.WriteString("M" + strconv.Itoa(x+qrMargin) + " " + strconv.Itoa(y+qrMargin) + "h" + n + "v1h-" + n + "z")
				x += run
			}
		}
	}
	return b.String()
}

// grouped writes a key in groups of four, to be typed by hand.
func grouped(key string) string {
	var groups []string
	for len(key) > 4 {
		groups = append(groups, key[:4])
		key = key[4:]
	}
	return strings.Join(append(groups, key), " ")
}
