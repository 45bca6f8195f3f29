package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// EraseFeedItems implements claims.FeedWriter.
func (w *writer) EraseFeedItems(ctx context.Context, article string, addresses []string) error {
	var at where
	condition := "article = " + at.arg(article)
	for _, address := range addresses {
		if address != "" {
			condition += " OR url = " + at.arg(address)
		}
	}
	items, err := queryAll(ctx, &w.reader, scanFeedItem, "SELECT "+itemColumns+" FROM feed_items WHERE "+condition, at.args...)
	if err != nil {
		return err
	}
	for _, i := range items {
		sum := sha256.Sum256([]byte(i.Key))
		_, err := w.exec(ctx, "UPDATE feed_items SET item_key = $1, url = '', title = '' WHERE feed = $2 AND item_key = $3", hex.EncodeToString(sum[:]), i.Feed, i.Key)
		if err != nil {
			return err
		}
	}
	return nil
}
