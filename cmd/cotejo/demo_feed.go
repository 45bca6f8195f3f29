package main

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

const demoFeedAt = "https://sound-courier.example/feed.xml"

const demoFeed = `<rss version="2.0"><channel><title>The Sound Courier</title>
<item><title>Harbour authority says ferry delays cost Port Merrin £3.2 million</title><guid>3</guid><link>https://sound-courier.example/ferries/delays</link><pubDate>Mon, 02 Feb 2026 08:00:00 GMT</pubDate></item>
<item><title>Merrin Rovers draw at home</title><guid>2</guid><link>https://sound-courier.example/sport/rovers</link><pubDate>Sun, 01 Feb 2026 18:30:00 GMT</pubDate></item>
<item><title>Council to vote on a second slipway in March</title><guid>1</guid><link>https://sound-courier.example/council/slipway</link><pubDate>Sat, 31 Jan 2026 09:15:00 GMT</pubDate></item>
</channel></rss>`

// addDemoFeed shows a feed that was looked into once and is paused since: the demo asks
// nobody outside for anything.
func addDemoFeed(ctx context.Context, desk *workflow.Desk, actor claims.Actor) error {
	at, name, outlet, language, first, exclude := demoFeedAt, "The Sound Courier", "The Sound Courier", "en", 0, []string{"/sport/"}
	f, err := desk.AddFeed(ctx, actor, workflow.FeedPatch{URL: &at, Name: &name, Outlet: &outlet, Language: &language, First: &first, Exclude: &exclude})
	if err != nil {
		return err
	}
	j, err := desk.LeaseJob(ctx)
	if err != nil {
		return err
	}
	if err := desk.LookAtFeed(ctx, j, func(string, int64, int64) {}); err != nil {
		return err
	}
	_, err = desk.PauseFeed(ctx, actor, f.ID)
	return err
}
