package web

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// The roles of a link, as the chain editor writes them.
const (
	roleSource   = "source"
	roleVia      = "via"
	roleOriginal = "original"
)

// attributionsOf reads the chain editor's form: what it changes, and how to show
// it again.
func attributionsOf(c echo.Context) (workflow.ClaimPatch, func(*desk.ClaimForms), error) {
	forms := slices.DeleteFunc(chainForms(c), func(f desk.AttributionForm) bool { return len(said(f.Links)) == 0 && f.Cue == "" })
	list := []claims.Attribution{}
	wrong := &claims.Error{Kind: claims.KindInvalid, Key: "invalid"}
	for i := range forms {
		forms[i].Links = said(forms[i].Links)
		list = append(list, attributionOf(forms[i]))
		if j := secondOriginal(forms[i]); j > 0 {
			wrong.Fields = append(wrong.Fields, claims.FieldError{Field: rowName("role", i, j), Key: "attribution.one_original"})
		}
	}
	fill := func(f *desk.ClaimForms) { f.Attributions, f.Version = forms, c.FormValue("version") }
	if len(wrong.Fields) > 0 {
		return workflow.ClaimPatch{}, fill, wrong
	}
	return workflow.ClaimPatch{Attributions: &list}, fill, nil
}

// chainForms reads every attribution as typed, empty rows too.
func chainForms(c echo.Context) []desk.AttributionForm {
	forms := []desk.AttributionForm{}
	for i := 0; i < maxFormRows && c.Request().PostForm.Has(rowName("mode", i)); i++ {
		forms = append(forms, attributionForm(c, i))
	}
	return forms
}

func attributionForm(c echo.Context, i int) desk.AttributionForm {
	f := desk.AttributionForm{
		Mode: c.FormValue(rowName("mode", i)), Cue: strings.TrimSpace(c.FormValue(rowName("cue", i))), Basis: c.FormValue(rowName("basis", i)),
		CueStart: c.FormValue(rowName("cue_start", i)), CueEnd: c.FormValue(rowName("cue_end", i)),
	}
	for j := 0; j < maxFormRows && c.Request().PostForm.Has(rowName("role", i, j)); j++ {
		of := func(name string) string { return strings.TrimSpace(c.FormValue(rowName(name, i, j))) }
		f.Links = append(f.Links, desk.LinkForm{
			Role: of("role"), Text: of("text"), Start: of("start"), End: of("end"), Name: of("name"), Kind: of("kind"),
			Code: of("code"), Cue: of("link_cue"), Source: of("source"), Find: of("find"), SawOriginal: of("saw") == "1",
		})
	}
	return f
}

// said leaves out the rows that say nothing.
func said(list []desk.LinkForm) []desk.LinkForm {
	return slices.DeleteFunc(slices.Clone(list), func(l desk.LinkForm) bool { return l.Text == "" && l.Name == "" })
}

// secondOriginal finds a second original document, of which a chain has one; -1
// for none.
func secondOriginal(f desk.AttributionForm) int {
	seen := false
	return slices.IndexFunc(f.Links, func(l desk.LinkForm) bool {
		again := seen && l.Role == roleOriginal
		seen = seen || l.Role == roleOriginal
		return again
	})
}

func attributionOf(f desk.AttributionForm) claims.Attribution {
	a := claims.Attribution{Mode: claims.Mode(f.Mode), Basis: claims.Basis(f.Basis), Sources: []claims.Link{}, Via: []claims.Link{}}
	if f.Cue != "" {
		a.Cue = &claims.Cue{Text: f.Cue, Span: claims.Span{Start: intOf(f.CueStart), End: intOf(f.CueEnd)}}
	}
	for _, l := range f.Links {
		link := claims.Link{
			Source: l.Source, Text: l.Text, Span: claims.Span{Start: intOf(l.Start), End: intOf(l.End)}, Name: l.Name,
			Kind: claims.SourceKind(l.Kind), Code: l.Code, Cue: l.Cue, SawOriginal: l.SawOriginal,
		}
		switch l.Role {
		case roleVia:
			a.Via = append(a.Via, link)
		case roleOriginal:
			a.Original = &link
		default:
			a.Sources = append(a.Sources, link)
		}
	}
	return a
}

// chainRearranged answers the editor's other buttons: the form comes back with a
// row more or fewer or elsewhere, nothing is stored, and the focus stands where
// the work goes on.
func (s *Server) chainRearranged(c echo.Context, do string) error {
	forms, focus, ok := rearranged(chainForms(c), do)
	if !ok {
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	return s.claimPage(c, http.StatusOK, func(f *desk.ClaimForms) {
		f.At, f.Attributions, f.Version, f.Focus = "attribution", forms, c.FormValue("version"), focus
	})
}

// rearranged does what a button says: "attribution", "drop.I", "add.I.ROLE",
// "remove.I.J", "up.I.J", "down.I.J" or "find.I.J". focus is the id of where the
// keyboard goes on.
func rearranged(forms []desk.AttributionForm, do string) (out []desk.AttributionForm, focus string, ok bool) {
	parts := strings.Split(do, ".")
	if do == "attribution" {
		forms = append(forms, desk.AttributionForm{Links: []desk.LinkForm{{Role: roleSource}}})
		return forms, rowName("f-name", len(forms)-1, 0), len(forms) <= maxFormRows
	}
	if len(parts) < 2 {
		return nil, "", false
	}
	i, err := strconv.Atoi(parts[1])
	if err != nil || i < 0 || i >= len(forms) {
		return nil, "", false
	}
	if parts[0] == "drop" {
		return slices.Delete(forms, i, i+1), "b-attribution", true
	}
	if len(parts) != 3 {
		return nil, "", false
	}
	if parts[0] == "add" {
		forms[i].Links, focus = added(forms[i].Links, i, parts[2])
		return forms, focus, focus != ""
	}
	j, err := strconv.Atoi(parts[2])
	if err != nil || j < 0 || j >= len(forms[i].Links) {
		return nil, "", false
	}
	switch parts[0] {
	case "remove":
		forms[i].Links = slices.Delete(forms[i].Links, j, j+1)
		return forms, "b-" + rowName("add", i) + "." + roleSource, true
	case "up", "down":
		return forms, moved(forms[i].Links, i, j, parts[0]), true
	case "find":
		return forms, rowName("f-source", i, j), true
	}
	return nil, "", false
}

// added puts an empty row behind the last of its role, and gives the id of its
// first field; "" for no such role.
func added(list []desk.LinkForm, i int, role string) ([]desk.LinkForm, string) {
	order := slices.Index(desk.ChainRoles, role)
	if order < 0 || len(list) >= maxFormRows {
		return list, ""
	}
	at := len(list)
	for at > 0 && slices.Index(desk.ChainRoles, list[at-1].Role) > order {
		at--
	}
	return slices.Insert(list, at, desk.LinkForm{Role: role}), rowName("f-name", i, at)
}

// moved swaps a row with the next of its role above or below, and gives the id of
// the button that moves it on, or of another where it can go no farther.
func moved(list []desk.LinkForm, i, j int, way string) (focus string) {
	if to := desk.Neighbour(list, j, way); to >= 0 {
		list[j], list[to] = list[to], list[j]
		j = to
	}
	for _, next := range []string{way, "up", "down"} {
		if desk.Neighbour(list, j, next) >= 0 {
			return "b-" + rowName(next, i, j)
		}
	}
	return "b-" + rowName("remove", i, j)
}

// chainRecords puts beside every link of the editor the records that it can be
// tied to: the one it is tied to, and those of its name or of the words searched for.
func (s *Server) chainRecords(c echo.Context, forms []desk.AttributionForm) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var names []string
	eachRow(forms, func(l *desk.LinkForm) { names = append(names, l.Name) })
	called, err := s.desk.SourcesCalled(ctx, actor, names)
	if err != nil {
		return err
	}
	eachRow(forms, func(l *desk.LinkForm) {
		if err == nil {
			err = s.rowRecords(ctx, actor, l, called[l.Name])
		}
	})
	return err
}

func eachRow(forms []desk.AttributionForm, fn func(*desk.LinkForm)) {
	for i := range forms {
		for j := range forms[i].Links {
			fn(&forms[i].Links[j])
		}
	}
}

func (s *Server) rowRecords(ctx context.Context, actor claims.Actor, l *desk.LinkForm, called []claims.Source) error {
	if l.Source != "" {
		v, err := s.desk.Source(ctx, actor, l.Source)
		if err != nil && claims.KindOf(err) != claims.KindNotFound {
			return err
		}
		if err == nil {
			l.Records, l.Guarded = append(l.Records, v.Source), !v.Shown
		}
	}
	if l.Guarded {
		return nil
	}
	offered := called
	if l.Find != "" {
		rows, _, err := s.desk.Sources(ctx, actor, claims.SourceFilter{Query: cut(l.Find, maxQuery), Page: claims.Page{Limit: foundSources}})
		if err != nil {
			return err
		}
		for _, row := range rows {
			offered = append(offered, row.Source)
		}
	}
	for _, src := range offered {
		if !slices.ContainsFunc(l.Records, func(r claims.Source) bool { return r.ID == src.ID }) {
			l.Records = append(l.Records, src)
		}
	}
	return nil
}

// chainField is how workflow names a field of an attribution or of a link in it.
var chainField = regexp.MustCompile(`^attributions\[(\d+)\](?:\.(sources|via|original)(?:\[(\d+)\])?)?\.?(\w*)$`)

// chainFields renames what a refusal says of chains after the rows of the form.
func chainFields(err error, forms []desk.AttributionForm) error {
	var e *claims.Error
	if !errors.As(err, &e) {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for n, f := range out.Fields {
		m := chainField.FindStringSubmatch(f.Field)
		if m == nil {
			continue
		}
		out.Fields[n].Field = ""
		i := intOf(m[1])
		if i >= len(forms) || m[4] == "" {
			continue
		}
		if m[2] == "" {
			out.Fields[n].Field = rowName(m[4], i)
			continue
		}
		role := strings.TrimSuffix(m[2], "s")
		row := -1
		for j, nth := 0, 0; j < len(forms[i].Links); j++ {
			if own := forms[i].Links[j].Role; own == role || role == roleSource && !slices.Contains(desk.ChainRoles, own) {
				if nth == intOf(m[3]) || role == roleOriginal {
					row = j
				}
				nth++
			}
		}
		if row >= 0 {
			name := m[4]
			if name == "cue" {
				name = "link_cue"
			}
			out.Fields[n].Field = rowName(name, i, row)
		}
	}
	return &out
}
