package workflow_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

func (k *kit) public(id string, n int) workflow.PublicClaim {
	k.Helper()
	p, err := k.PublicClaim(k.Context(), id, n)
	if err != nil {
		k.Fatal(err)
	}
	return p
}

func TestPublishing(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.approved(k.claim(claims.StateOpen))
	_, err := k.PublicClaim(ctx, c.ID, 0)
	refused(t, "not published yet", err, claims.KindNotFound)
	c = k.move(k.luis, c, workflow.MoveInput{To: claims.StatePublished, Effect: claims.EffectTypo, Notice: "sobra"})
	if c.PublishedVersion != 1 || c.PublishedAt == nil || c.Corrections != 0 {
		t.Errorf("published as %d at %v, %d corrections", c.PublishedVersion, c.PublishedAt, c.Corrections)
	}
	p := k.public(strings.ToLower(claims.ShowID(c.ID)), 0)
	sum := sha256.Sum256(p.Publication.Document)
	if p.Publication.SHA256 != hex.EncodeToString(sum[:]) || p.Publication.N != 1 || p.Publication.Effect != "" || p.Publication.Notice != "" ||
		p.Publication.PublishedBy != k.luis.ID || p.Publication.ApprovedBy != k.luis.ID {
		t.Errorf("publication %+v", p.Publication)
	}
	again, err := export.Canonical(p.Document)
	if err != nil || !bytes.Equal(again, p.Publication.Document) {
		t.Errorf("the document is not in canonical form, or reads back as another: %v", err)
	}
	d := p.Document
	if d.URL != "https://desk.test/c/"+c.ID || d.Verdict.Content.Code != "unproven" || d.Verdict.Attribution.Code != "accurate" || d.Review.Single ||
		!d.FirstAt.Equal(*c.PublishedAt) || d.Article.Title != "El puente" || d.Claim.Quote == "" {
		t.Errorf("document %+v", d)
	}
	if e := k.lastEvent(); tells(e, claims.SideAfter, "publication_sha256") != `"`+p.Publication.SHA256+`"` {
		t.Errorf("the event does not bear the hash: %+v", e)
	}
	for _, n := range []int{2, -1} {
		_, err = k.PublicClaim(ctx, c.ID, n)
		refused(t, "a version that is not there", err, claims.KindNotFound)
	}
	k.sound()
}

// rework takes a published claim back to approved with another verdict.
func (k *kit) rework(c claims.Claim, reason string, v workflow.VerdictInput) claims.Claim {
	k.Helper()
	c = k.move(k.luis, c, because(claims.StateReopened, reason))
	c = k.move(k.ana, c, to(claims.StateInCheck))
	if c.ApprovedBy != "" || c.SubmittedBy != "" {
		k.Errorf("taken up again, it is still approved by %q, submitted by %q", c.ApprovedBy, c.SubmittedBy)
	}
	c = k.judge(k.ana, c, v)
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	return k.move(k.luis, c, to(claims.StateApproved))
}

func TestPublishingAgain(t *testing.T) { onEveryEngine(t, publishingAgain) }

func publishingAgain(t *testing.T, k *kit) {
	ctx := t.Context()
	c := k.published()
	first := k.public(c.ID, 0)

	c = k.rework(c, "Salió un informe", workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "El informe lo desmiente."})
	if p := k.public(c.ID, 0); p.RecheckedSince == nil || p.Publication.N != 1 || p.Document.Verdict.Content.Code != "unproven" {
		t.Errorf("while it is re-checked the public sees %+v since %v", p.Document.Verdict, p.RecheckedSince)
	}
	for _, less := range []claims.Effect{claims.EffectTypo, claims.EffectClarification, claims.EffectEvidence} {
		_, err := k.MoveClaim(ctx, k.luis, c.ID, c.Version, workflow.MoveInput{To: claims.StatePublished, Effect: less})
		refused(t, "a changed verdict called "+string(less), err, claims.KindInvalid, "effect:publication.effect_verdict")
	}
	_, err := k.MoveClaim(ctx, k.luis, c.ID, c.Version, workflow.MoveInput{To: claims.StatePublished, Effect: "huge"})
	refused(t, "an unknown effect", err, claims.KindInvalid, "effect:publication.effect_unknown")
	c = k.move(k.luis, c, to(claims.StatePublished))
	k.checkSecond(c, first)

	c = k.rework(c, "Una errata", workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "El informe lo desmiente bien."})
	c = k.move(k.luis, c, workflow.MoveInput{To: claims.StatePublished, Effect: claims.EffectTypo, Notice: "Era «bien»"})
	if p := k.public(c.ID, 3); c.Corrections != 1 || p.Publication.Effect != claims.EffectTypo || p.Publication.Notice != "Era «bien»" || p.Document.Corrections != 1 {
		t.Errorf("a typo: %d corrections, %+v", c.Corrections, p.Publication)
	}
	c = k.rework(c, "Más pruebas", workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "Y otro informe."})
	c = k.move(k.luis, c, to(claims.StatePublished))
	if p := k.public(c.ID, 0); c.Corrections != 2 || p.Publication.Effect != claims.EffectEvidence || p.Publication.Notice != "Más pruebas" {
		t.Errorf("new evidence: %d corrections, %+v", c.Corrections, p.Publication)
	}
	pubs, err := k.Publications(ctx, k.carla, c.ID)
	if err != nil || len(pubs) != 4 {
		t.Errorf("%d publications, %v", len(pubs), err)
	}
	k.sound()
}

// checkSecond looks at the second publication, which changed the verdict, and
// at the first, which did not change.
func (k *kit) checkSecond(c claims.Claim, first workflow.PublicClaim) {
	k.Helper()
	p := k.public(c.ID, 0)
	if c.PublishedVersion != 2 || c.Corrections != 1 || p.RecheckedSince != nil || p.Newest != 2 || p.Publication.Effect != claims.EffectVerdict ||
		p.Publication.Notice != "Salió un informe" || p.Document.Corrections != 1 || !p.Document.FirstAt.Equal(first.Document.PublishedAt) {
		k.Errorf("second publication %+v of %+v", p.Publication, c)
	}
	old := k.public(c.ID, 1)
	if !bytes.Equal(old.Publication.Document, first.Publication.Document) || old.Newest != 2 {
		k.Error("the first publication changed")
	}
}

// TestAPublicationHasALanguage: that of the newsroom where the article's is unclear.
func TestAPublicationHasALanguage(t *testing.T) {
	k := newKit(t)
	c := k.approved(k.claim(claims.StateOpen, func(c *claims.Claim) { c.Language = "" }))
	c = k.move(k.luis, c, to(claims.StatePublished))
	if got := k.public(c.ID, 0).Document.Language; got != "en" {
		t.Errorf("language %q", got)
	}
}

// TestAnAttributionVerdictCountsToo: it is half of what was published.
func TestAnAttributionVerdictCountsToo(t *testing.T) {
	k := newKit(t)
	c := k.rework(k.published(), "No lo dijo", workflow.VerdictInput{Content: "unproven", Attribution: "not_said", Rationale: "La grabación."})
	c = k.move(k.luis, c, to(claims.StatePublished))
	if p := k.public(c.ID, 0); p.Publication.Effect != claims.EffectVerdict {
		t.Errorf("effect %s", p.Publication.Effect)
	}
}

func TestKeepingAsItWas(t *testing.T) {
	k := newKit(t)
	c := k.published()
	c = k.move(k.luis, c, because(claims.StateReopened, "Duda"))
	if p := k.public(c.ID, 0); p.RecheckedSince == nil {
		t.Error("reopened, the page says nothing")
	}
	c = k.move(k.olga, c, to(claims.StatePublished))
	if p := k.public(c.ID, 0); c.PublishedVersion != 1 || p.RecheckedSince != nil || c.ApprovedBy != k.luis.ID {
		t.Errorf("kept as version %d, re-checked since %v", c.PublishedVersion, p.RecheckedSince)
	}
	k.sound()
}

func TestWithdrawing(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.rework(k.published(), "Otra", verdict)
	c = k.move(k.luis, c, to(claims.StatePublished))
	_, err := k.MoveClaim(ctx, k.luis, c.ID, c.Version, to(claims.StateWithdrawn))
	refused(t, "without a reason", err, claims.KindInvalid, "reason:text.missing")
	_, err = k.MoveClaim(ctx, k.luis, c.ID, c.Version, because(claims.StateWithdrawn, long(2001)))
	refused(t, "with too long a reason", err, claims.KindInvalid, "reason:text.too_long")
	c = k.move(k.luis, c, because(claims.StateWithdrawn, "Orden judicial"))
	for n := range 3 {
		w := k.public(c.ID, n).Withdrawn
		if w == nil || w.Reason != "Orden judicial" || w.By != k.luis.ID {
			t.Errorf("version %d: tombstone %+v", n, w)
		}
	}
	pubs, _, err := k.PublicClaims(ctx, claims.Page{})
	if err != nil || len(pubs) != 0 {
		t.Errorf("withdrawn, it stands in the public list: %v, %v", pubs, err)
	}
	k.sound()
}

func TestMerging(t *testing.T) { onEveryEngine(t, merging) }

func merging(t *testing.T, k *kit) {
	a, b, last := k.published(), k.published(), k.published()
	merge := func(c, into claims.Claim) {
		t.Helper()
		c = k.move(k.luis, k.again(c), because(claims.StateReopened, "Repetida"))
		c = k.move(k.ana, c, to(claims.StateInCheck))
		k.move(k.ana, c, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: into.ID})
	}
	merge(a, b)
	merge(b, last)
	if p := k.public(a.ID, 0); p.MergedInto != last.ID || p.RecheckedSince != nil || p.Publication.Claim != a.ID {
		t.Errorf("merged twice over, it leads to %q", p.MergedInto)
	}
	pubs, _, err := k.PublicClaims(t.Context(), claims.Page{})
	if err != nil || len(pubs) != 1 || pubs[0].Claim != last.ID {
		t.Errorf("public list %v, %v", pubs, err)
	}
	k.sound()
}

func TestVerdictsAsCSV(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.published()
	k.claim(claims.StateOpen)
	gone := k.published()
	k.move(k.luis, gone, because(claims.StateWithdrawn, "No"))

	var all bytes.Buffer
	if err := k.ExportVerdicts(ctx, k.ana, claims.ClaimFilter{}, &all, export.Options{Lang: "es"}); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, all.String())
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	i := slices.IndexFunc(rows, func(r map[string]string) bool { return r["claim_id"] == c.ID })
	if i < 0 || rows[i]["verdict_label"] != "Sin pruebas" || rows[i]["assigned_to"] != "Display of ana" || rows[i]["approved_by"] != "Display of luis" ||
		rows[i]["claim_url"] != "https://desk.test/c/"+c.ID || rows[i]["published_version"] != "1" {
		t.Errorf("row %v", rows[i])
	}
	var public bytes.Buffer
	if err := k.PublicVerdicts(ctx, &public, export.Options{}); err != nil {
		t.Fatal(err)
	}
	if rows := readCSV(t, public.String()); len(rows) != 1 || rows[0]["claim_id"] != c.ID || rows[0]["assigned_to"] != "" {
		t.Errorf("public rows %v", rows)
	}
	var none bytes.Buffer
	refused(t, "by a contributor", k.ExportVerdicts(ctx, k.carla, claims.ClaimFilter{}, &none, export.Options{}), claims.KindNotAllowed)
	refused(t, "by nobody", k.ExportVerdicts(ctx, claims.Actor{}, claims.ClaimFilter{}, &none, export.Options{}), claims.KindUnauthenticated)
	if none.Len() > 0 {
		t.Error("a refused export sends something")
	}
}

func readCSV(t *testing.T, text string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

func TestTheAddressOfLinks(t *testing.T) {
	k := newKit(t)
	for _, tt := range []struct{ option, setting, want string }{
		{"https://a.test/base/", "https://b.test", "https://a.test/base/c/"},
		{"", "https://b.test", "https://b.test/c/"},
		{"", "", "http://127.0.0.1:8080/c/"},
	} {
		s, err := k.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.BaseURL = tt.setting
		if err := k.EditSettings(t.Context(), k.eva, s); err != nil {
			t.Fatal(err)
		}
		k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: tt.option})
		c := k.published()
		if got := k.public(c.ID, 0).Document.URL; got != tt.want+c.ID {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}
