package workflow_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// cells reads a CSV by the names of its columns.
func cells(t *testing.T, raw []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := []map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func TestSourcesAndEvidenceAsCSV(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		open, err := k.AddSource(ctx, k.luis, workflow.SourceInput{Name: "Acme", Kind: claims.KindOrganization, SameAs: []string{"https://acme.test/"}})
		if err != nil {
			t.Fatal(err)
		}
		secret, err := k.AddSource(ctx, k.luis, workflow.SourceInput{Name: "Quetzalina", Kind: claims.KindPerson, Protected: true})
		if err != nil {
			t.Fatal(err)
		}
		via := claims.Link{Source: secret.ID, Name: "Quetzalina", Kind: claims.KindPerson}
		c := k.claim(claims.StateInCheck)
		c, err = k.EditClaim(ctx, k.luis, c.ID, k.again(c).Version, workflow.ClaimPatch{Attributions: &[]claims.Attribution{{
			Mode: claims.ModeIndirect, Sources: []claims.Link{{Source: open.ID, Name: "Acme", Kind: claims.KindOrganization, SawOriginal: true}}, Via: []claims.Link{via},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		k.evidence(c, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://a.test/1", Title: "=1+1", Quote: "según Quetzalina"}})
		claimstest.PutClaim(t, k.store, c.Article, nil) // of no source, with no evidence
		var links, papers bytes.Buffer
		if err := k.ExportSources(ctx, k.luis, claims.ClaimFilter{}, &links, export.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := k.ExportEvidence(ctx, k.luis, claims.ClaimFilter{}, &papers, export.Options{}); err != nil {
			t.Fatal(err)
		}
		rows := cells(t, links.Bytes())
		for len(rows) > 0 && rows[0]["claim_id"] != c.ID {
			rows = rows[1:]
		}
		if len(rows) < 2 || rows[0]["role"] != "source" || rows[0]["source_id"] != open.ID || rows[0]["source_same_as"] != "https://acme.test/" || rows[0]["saw_original"] != "true" ||
			rows[1]["role"] != "via" || rows[1]["source_id"] != "" {
			t.Errorf("%v", rows)
		}
		if strings.Contains(links.String()+papers.String(), "Quetzalina") {
			t.Error("a protected source is named")
		}
		found := cells(t, papers.Bytes())
		if len(found) != 1 || found[0]["title"] != "'=1+1" || found[0]["url"] != "https://a.test/1" || found[0]["claim_id"] != c.ID {
			t.Errorf("%v", found)
		}
		refused(t, "by a contributor", k.ExportSources(ctx, k.carla, claims.ClaimFilter{}, &links, export.Options{}), claims.KindNotAllowed)
	})
}
