package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// webhookPrefix begins every secret of a webhook, so that scanners know one.
const webhookPrefix = "whsec_"

// NewWebhookSecret makes a secret as Standard Webhooks has it: 256 bits in base64.
func NewWebhookSecret() string {
	b := make([]byte, secretBytes)
	random(b)
	return webhookPrefix + base64.StdEncoding.EncodeToString(b)
}

// SignWebhook gives the headers webhook-id, webhook-timestamp and webhook-signature of
// a message, with a signature for each secret.
func SignWebhook(secrets []string, id string, at time.Time, body []byte) map[string]string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	var signatures []string
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, webhookPrefix))
		if err != nil {
			continue // none that NewWebhookSecret made
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + stamp + "."))
		mac.Write(body)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return map[string]string{"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": strings.Join(signatures, " ")}
}
