package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
)

type scaleQuery struct {
	Call
	Version string `query:"version" doc:"The newest where left out"`
}

func (a *api) addDesk() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/scale", act: claims.ActLook, summary: "The newsroom's scale"}, s.apiScale)
	add(a, endpoint{method: http.MethodPut, path: "/scale", act: claims.ActSettings, summary: "Make a new version of the newsroom's scale; a step in use cannot be left out",
		body: bodyOf[scaleInput]()}, s.apiScaleEdit)
	add(a, endpoint{method: http.MethodGet, path: "/settings", act: claims.ActLook, summary: "The newsroom's settings"}, s.apiSettings)
	add(a, endpoint{method: http.MethodPost, path: "/settings", act: claims.ActSettings, summary: "Replace the newsroom's settings, where they are still what was seen",
		body: bodyOf[claims.Settings]()}, s.apiSettingsEdit)
}

func (s *Server) apiScale(ctx context.Context, in *scaleQuery) (*single[claims.Scale], error) {
	var version int64
	if in.Version != "" {
		var err error
		if version, err = strconv.ParseInt(in.Version, 10, 64); err != nil || version < 1 {
			return nil, claims.NotFound("scale", cut(in.Version, maxShown))
		}
	}
	scale, err := s.desk.Scale(ctx, version)
	if err != nil {
		return nil, err
	}
	return &single[claims.Scale]{ETag: etagOf(scale.Version), Body: scale}, nil
}

type scaleInput struct {
	Content     []claims.Step `json:"content" doc:"Best first"`
	Attribution []claims.Step `json:"attribution" doc:"Best first"`
}

type scaleSeen struct {
	Call
	Seen
}

func (s *Server) apiScaleEdit(ctx context.Context, in *scaleSeen) (*single[claims.Scale], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[scaleInput](in)
	if err != nil {
		return nil, err
	}
	scale, err := s.desk.EditScale(ctx, in.actor(), version, workflow.ScaleInput{Content: body.Content, Attribution: body.Attribution, Languages: i18n.Langs()})
	if err != nil {
		return nil, err
	}
	return &single[claims.Scale]{ETag: etagOf(scale.Version), Body: scale}, nil
}

type settingsSeen struct {
	Call
	IfMatch string `header:"If-Match" doc:"The settings that were seen, as the ETag gave them"`
}

func (s *Server) apiSettings(ctx context.Context, _ *bare) (*single[claims.Settings], error) {
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return nil, err
	}
	seen := workflow.SettingsSeen(settings)
	settings.SameAs = some(settings.SameAs)
	return &single[claims.Settings]{ETag: `"` + seen + `"`, Body: settings}, nil
}

// apiSettingsEdit replaces the settings whole.
func (s *Server) apiSettingsEdit(ctx context.Context, in *settingsSeen) (*single[claims.Settings], error) {
	body, err := decode[claims.Settings](in)
	if err != nil {
		return nil, err
	}
	if in.IfMatch == "" {
		return nil, ifMatchMissing()
	}
	seen := strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`)
	if seen == "" {
		return nil, claims.Invalid("If-Match", "api.if_match_malformed", cut(in.IfMatch, maxShown))
	}
	if err := s.desk.EditSettingsSeen(ctx, in.actor(), seen, body); err != nil {
		return nil, err
	}
	return s.apiSettings(ctx, nil)
}
