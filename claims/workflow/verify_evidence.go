package workflow

import (
	"context"

	"cotejo/claims"
)

// papers is what the history tells of files and copies of evidence.
type papers struct {
	about map[string]string            // id of an event → the evidence that it is about
	sums  map[string]map[string]string // evidence → "file_sha256" or "copy_sha256" → what is told last
}

func newPapers() papers {
	return papers{about: map[string]string{}, sums: map[string]map[string]string{}}
}

// follow keeps the hashes that an act on evidence, or its undoing, left behind.
func (p papers) follow(e claims.Event) {
	id := p.about[e.NounID]
	if e.Noun == "evidence" {
		id = e.NounID
		p.about[e.ID] = id
	}
	if id == "" || e.Act == ActErase {
		return
	}
	if p.sums[id] == nil {
		p.sums[id] = map[string]string{}
	}
	for _, value := range e.Values {
		if value.Name != "file_sha256" && value.Name != "copy_sha256" {
			continue
		}
		sum, err := readText(value.JSON)
		switch {
		case value.Erased || !value.Intact() || err != nil:
			delete(p.sums[id], value.Name)
		case value.Side == claims.SideAfter:
			p.sums[id][value.Name] = sum
		}
	}
}

// evidence proves the files and copies that evidence is made of.
func (v *verifier) evidence(ctx context.Context) error {
	f := claims.EvidenceFilter{Page: claims.Page{Limit: maxLimit}}
	for {
		all, next, err := v.FindEvidence(ctx, f)
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := v.paper(ctx, e); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

func (v *verifier) paper(ctx context.Context, e claims.Evidence) error {
	for name, sum := range map[string]string{"file_sha256": e.File.SHA256, "copy_sha256": e.Copy.SHA256} {
		if told, ok := v.papers.sums[e.ID][name]; ok && told != sum {
			v.report.add("evidence", e.ID, "its "+name+" is not the one that the history tells")
		}
		if sum == "" {
			continue
		}
		if err := v.blob(ctx, sum); err != nil {
			return err
		}
	}
	return nil
}
