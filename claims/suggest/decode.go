package suggest

import (
	"encoding/json"
	"errors"
	"strings"
)

// errUnreadable says that an answer came and is not what was asked for.
var errUnreadable = errors.New("the model's answer is not the JSON that was asked for")

// chatAnswer is the part of the protocol's answer that counts.
type chatAnswer struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
		} `json:"message"`
	} `json:"choices"`
}

// contentOf gives the words of the first choice.
func contentOf(body []byte) (string, error) {
	var a chatAnswer
	if err := json.Unmarshal(body, &a); err != nil || len(a.Choices) == 0 {
		return "", errUnreadable
	}
	return a.Choices[0].Message.Content, nil
}

// item is one suggestion as the model writes it; unknown fields are ignored.
type item struct {
	Quote  string `json:"quote"`
	Source string `json:"source"` // "" for null
	Kind   string `json:"kind"`
}

// decode reads the model's words: one JSON object, bare or in a code fence. Of
// its list every entry is read by itself, so that a wrong one spoils no other.
func decode(content string) (items []item, malformed, excess int, err error) {
	var list struct {
		Claims *[]json.RawMessage `json:"claims"`
	}
	if err := json.Unmarshal([]byte(unfenced(content)), &list); err != nil || list.Claims == nil {
		return nil, 0, 0, errUnreadable
	}
	given := *list.Claims
	excess = max(0, len(given)-maxItems)
	for _, raw := range given[:len(given)-excess] {
		var it item
		if err := json.Unmarshal(raw, &it); err != nil {
			malformed++
			continue
		}
		items = append(items, it)
	}
	return items, malformed, excess, nil
}

const fence = "```"

// unfenced takes a code fence off, with the language it may name.
func unfenced(s string) string {
	s = strings.TrimSpace(s)
	inside, opened := strings.CutPrefix(s, fence)
	inside, closed := strings.CutSuffix(inside, fence)
	if !opened || !closed {
		return s
	}
	return strings.TrimPrefix(inside, "json")
}
