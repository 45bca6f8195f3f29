package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"cotejo/claims"
)

func scanScale(row scanner) (s claims.Scale, err error) {
	err = row.Scan(jsonColumn{&s})
	return s, err
}

func (r *reader) Scale(ctx context.Context, version int64) (claims.Scale, error) {
	var w where
	if version != 0 {
		w.add("version = ?", version)
	}
	s, err := queryOne(ctx, r, scanScale, "SELECT json FROM scales"+w.String()+" ORDER BY version DESC LIMIT 1", w.args...)
	standard := claims.DefaultScale()
	if errors.Is(err, sql.ErrNoRows) && (version == 0 || version == standard.Version) {
		return standard, nil
	}
	return found(s, err, "scale", strconv.FormatInt(version, 10))
}

func (w *writer) CreateScale(ctx context.Context, s *claims.Scale) error {
	newest, err := w.Scale(ctx, 0)
	if err != nil {
		return err
	}
	s.Version = newest.Version + 1
	return w.create(ctx, "scale", strconv.FormatInt(s.Version, 10), insertInto("scales", "version, json"), s.Version, jsonValue{s})
}

func (r *reader) Scales(ctx context.Context) (claims.Scales, error) {
	all, err := queryAll(ctx, r, scanScale, "SELECT json FROM scales ORDER BY version")
	standard := claims.DefaultScale()
	if err == nil && (len(all) == 0 || all[0].Version > standard.Version) {
		all = slices.Insert(all, 0, standard)
	}
	return all, err
}

// judgedBy are the columns of the present verdict, by layer.
var judgedBy = map[claims.Layer]string{claims.LayerContent: "c.verdict_content", claims.LayerAttribution: "c.verdict_attribution"}

// shownStep is what a publication says of one claim.
type shownStep struct{ claim, document string }

// StepUse reads documents only of claims whose present verdict may no longer be
// what the public reads: those that left the state published.
func (r *reader) StepUse(ctx context.Context, l claims.Layer, code string, limit int) (claims.StepUse, error) {
	column := judgedBy[l]
	ids, err := queryAll(ctx, r, value[string], "SELECT c.id FROM claims c WHERE "+column+" = $1", code)
	if err != nil {
		return claims.StepUse{}, err
	}
	shown, err := queryAll(ctx, r, func(row scanner) (s shownStep, err error) {
		err = row.Scan(&s.claim, &s.document)
		return s, err
	}, `SELECT p.claim, p.document FROM claims c JOIN publications p ON p.claim = c.id AND p.n = c.published_version
		WHERE c.state <> $1 AND NOT p.withdrawn AND `+column+` <> $2 AND p.document LIKE $3 ESCAPE '\'`,
		claims.StatePublished, code, `%"code":"`+likeEscaper.Replace(code)+`"%`)
	if err != nil {
		return claims.StepUse{}, err
	}
	for _, s := range shown {
		var d struct {
			Verdict map[claims.Layer]json.RawMessage `json:"verdict"`
		}
		var step *claims.Step
		if err := json.Unmarshal([]byte(s.document), &d); err != nil {
			return claims.StepUse{}, err
		}
		if raw := d.Verdict[l]; raw == nil || json.Unmarshal(raw, &step) != nil || step == nil || step.Code != code {
			continue
		}
		ids = append(ids, s.claim)
	}
	slices.Sort(ids)
	return claims.StepUse{Claims: ids[:min(len(ids), limit)], Total: len(ids)}, nil
}
