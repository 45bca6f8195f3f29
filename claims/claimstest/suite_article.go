package claimstest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"testing"
	"time"

	"cotejo/claims"
)

func runArticles(t *testing.T, store claims.Store) {
	ctx := t.Context()
	var all []claims.Article
	for i := range 5 {
		a := NewArticle(fmt.Sprintf("Crónica número %d", i))
		a.CreatedAt = Start.Add(time.Duration(i/2) * time.Hour) // ties, which the id breaks
		if i == 0 {
			a.Published, a.Authors, a.Outlet = nil, nil, "Ñandú Press"
		}
		Write(t, store, func(w claims.Writer) error { return w.CreateArticle(ctx, &a) })
		all = append(all, a)
	}
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "taken id", claims.KindConflict, w.CreateArticle(ctx, &all[0]))
		return nil
	})
	var seen []string
	for cursor, pages := "", 0; ; pages++ {
		if pages > len(all) {
			t.Fatal("pages do not end")
		}
		var rows []claims.ArticleRow
		Read(t, store, func(r claims.Reader) (err error) {
			rows, cursor, err = r.Articles(ctx, claims.ArticleFilter{Page: claims.Page{Limit: 2, Cursor: cursor}})
			return err
		})
		for _, row := range rows {
			seen = append(seen, row.ID)
		}
		if cursor == "" {
			break
		}
	}
	equal(t, "articles, newest first", []string{all[4].ID, all[3].ID, all[2].ID, all[1].ID, all[0].ID}, seen)

	Write(t, store, func(w claims.Writer) error { return w.CreateSnapshot(ctx, NewSnapshot(all[0].ID, 1, SampleText)) })
	PutClaim(t, store, all[0].ID, func(c *claims.Claim) { c.State = claims.StateSuggested })
	PutClaim(t, store, all[0].ID, nil)
	Read(t, store, func(r claims.Reader) error {
		for _, query := range []string{"NANDU", "cronica 0", "press numero"} {
			rows, _, err := r.Articles(ctx, claims.ArticleFilter{Query: query})
			if err != nil {
				return err
			}
			equal(t, "search for "+query, []claims.ArticleRow{{Article: all[0], SHA256: Hash(SampleText), Claims: 2, Left: 1}}, rows)
		}
		rows, _, err := r.Articles(ctx, claims.ArticleFilter{Query: "cronica ausente"})
		equal(t, "search for words of which one is missing", 0, len(rows))
		return err
	})
	runArticleUpdate(t, store, all[0])
	for _, cursor := range []string{"!", "bnVsbA", "WzEsMl0", "W10", "WyJhIiwiYiJd", "WzEsbnVsbF0"} {
		wantKind(t, "malformed cursor "+cursor, claims.KindInvalid, store.View(ctx, func(r claims.Reader) error {
			_, _, err := r.Articles(ctx, claims.ArticleFilter{Page: claims.Page{Cursor: cursor}})
			return err
		}))
	}
}

func runArticleUpdate(t *testing.T, store claims.Store, a claims.Article) {
	ctx := t.Context()
	published := claims.Date("2024")
	changed := a
	changed.Title, changed.Published, changed.Authors, changed.UpdatedAt = "Otra", &published, []string{"A"}, Start.Add(time.Hour)
	changed.Watch = claims.ArticleWatch{Mode: claims.WatchOwn, Every: 6, Days: 30}
	changed.SignOff = claims.SignOff{By: "P2", At: Start.Add(time.Hour), Snapshot: 2, Left: 3, Why: "lo demás es opinión"}
	changed.CopyOf, changed.Erased = "A9", true
	Write(t, store, func(w claims.Writer) error { return w.UpdateArticle(ctx, &changed) })
	refused(t, store, "stale article", claims.KindStale, func(w claims.Writer) error { return w.UpdateArticle(ctx, &a) })
	ghost := NewArticle("ghost")
	refused(t, store, "update of no article", claims.KindNotFound, func(w claims.Writer) error { return w.UpdateArticle(ctx, &ghost) })
	missing(t, store, "unknown article", func(r claims.Reader) error { _, err := r.Article(ctx, "nothing"); return err })
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Article(ctx, a.ID)
		equal(t, "changed article", changed, got)
		return err
	})
}

func runSnapshots(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, b := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	second := NewSnapshot(a.ID, 2, "Otro texto")
	changed := claims.Date("2025-10-29")
	second.Meta = claims.SnapshotMeta{
		Blocks: []claims.TextBlock{{Span: claims.Span{Start: 0, End: 4}, Kind: claims.BlockHeading, Level: 2}}, Modified: &changed, Image: "https://news.test/a.jpg",
		Cues:    []claims.Timecode{{Span: claims.Span{Start: 0, End: 5}, From: 1000, To: 2000}},
		Origins: map[string]string{"title": "given"}, Attachments: []string{"acta.pdf"}, Barrier: "paywall",
		Pages:  []claims.PageMark{{Span: claims.Span{Start: 0, End: 9}, Page: 3}},
		Answer: &claims.Answer{URL: "https://news.test/a", Proto: "HTTP/1.1", Status: "200 OK", Header: [][2]string{{"Content-Type", "text/html"}}, At: Start},
	}
	second.Notice = "no pack"
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "snapshot with a gap", claims.KindConflict, w.CreateSnapshot(ctx, NewSnapshot(a.ID, 3, "x")))
		wantKind(t, "snapshot twice", claims.KindConflict, w.CreateSnapshot(ctx, NewSnapshot(a.ID, 1, "x")))
		return w.CreateSnapshot(ctx, second)
	})
	first := NewSnapshot(a.ID, 1, SampleText)
	brief := func(s claims.Snapshot) claims.Snapshot { s.Text, s.Meta = "", claims.SnapshotMeta{}; return s }
	Read(t, store, func(r claims.Reader) error {
		for n, want := range map[int]claims.Snapshot{0: second, 1: first, 2: second} {
			got, err := r.Snapshot(ctx, a.ID, n)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("snapshot %d", n), want, got)
		}
		list, err := r.Snapshots(ctx, a.ID)
		if err != nil {
			return err
		}
		equal(t, "snapshots, oldest first, no text", []claims.Snapshot{brief(first), brief(second)}, list)
		same, err := r.SnapshotsBySHA256(ctx, Hash(SampleText))
		if err != nil {
			return err
		}
		equal(t, "snapshots of one text", 2, len(same))
		seen := map[string]int{}
		err = r.EachSnapshot(ctx, func(s claims.Snapshot) error { seen[s.Article+s.Text]++; return nil })
		equal(t, "all snapshots", map[string]int{a.ID + SampleText: 1, b.ID + SampleText: 1, a.ID + second.Text: 1}, seen)
		return err
	})
	missing(t, store, "snapshot 9", func(r claims.Reader) error { _, err := r.Snapshot(ctx, a.ID, 9); return err })
	refused(t, store, "snapshot of no article", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateSnapshot(ctx, NewSnapshot("nothing", 1, "x"))
	})
	runErase(t, store, a.ID, b.ID)
}

// runErase: the raw bytes that two snapshots share go with the last of them.
func runErase(t *testing.T, store claims.Store, a, b string) {
	ctx := t.Context()
	raw := []byte("raw " + SampleText)
	Write(t, store, func(w claims.Writer) error {
		return w.PutBlob(ctx, claims.Blob{SHA256: Hash(string(raw)), MediaType: "text/plain", Data: raw})
	})
	erase := func(article string) {
		Write(t, store, func(w claims.Writer) error { return w.EraseSnapshot(ctx, article, 1) })
	}
	readRaw := func(r claims.Reader) error { _, err := r.Blob(ctx, Hash(string(raw))); return err }
	erase(a)
	Read(t, store, func(r claims.Reader) error {
		want := NewSnapshot(a, 1, SampleText)
		want.Text, want.Erased, want.Meta = "", true, claims.SnapshotMeta{}
		got, err := r.Snapshot(ctx, a, 1)
		equal(t, "erased snapshot", want, got)
		if err := readRaw(r); err != nil {
			t.Errorf("bytes that another snapshot has were erased: %v", err)
		}
		return err
	})
	erase(b)
	missing(t, store, "erased bytes", readRaw)
	erase(b)
	refused(t, store, "erase of no snapshot", claims.KindNotFound, func(w claims.Writer) error { return w.EraseSnapshot(ctx, a, 9) })
}

func runBlobs(t *testing.T, store claims.Store) {
	ctx := t.Context()
	for _, size := range []int{0, 1, 1 << 20, 1<<20 + 1, 5<<19 + 7} {
		data := bytes.Repeat([]byte{0, 1, 2, 250, 255, 13, 10}, size/7+1)[:size]
		sum := sha256.Sum256(data)
		blob := claims.Blob{SHA256: hex.EncodeToString(sum[:]), MediaType: "application/octet-stream", Data: data}
		for range 2 {
			Write(t, store, func(w claims.Writer) error { return w.PutBlob(ctx, blob) })
		}
		Read(t, store, func(r claims.Reader) error {
			got, err := readBlob(ctx, r, blob.SHA256)
			if !bytes.Equal(data, got) {
				t.Errorf("a blob of %d bytes came back as %d others", size, len(got))
			}
			return err
		})
	}
	missing(t, store, "unknown blob", func(r claims.Reader) error { _, err := r.Blob(ctx, Hash("nothing")); return err })
	refused(t, store, "bytes under a wrong hash", claims.KindInvalid, func(w claims.Writer) error {
		return w.PutBlob(ctx, claims.Blob{SHA256: Hash("other"), Data: []byte("this")})
	})
}

func readBlob(ctx context.Context, r claims.Reader, sha256 string) ([]byte, error) {
	stream, err := r.Blob(ctx, sha256)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	return io.ReadAll(stream)
}
