package fetch

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
)

// sessions are headers that give whoever asks a name or a way in.
var sessions = map[string]bool{"Set-Cookie": true, "Set-Cookie2": true, "Authentication-Info": true, "Proxy-Authenticate": true, "Www-Authenticate": true}

// answerOf notes how a server answered.
func answerOf(r *http.Response, asked, at string) claims.Answer {
	a := claims.Answer{URL: at, Proto: r.Proto, Status: strings.TrimSpace(r.Status), At: time.Now().UTC().Truncate(time.Microsecond)}
	if asked != at {
		a.Asked = asked
	}
	a.Header, a.Sent = headerOf(r.Header), headerOf(r.Request.Header)
	return a
}

func headerOf(h http.Header) (out [][2]string) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if sessions[name] {
			continue
		}
		for _, value := range h[name] {
			out = append(out, [2]string{name, strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", ""), "\uFFFD")})
		}
	}
	return out
}
