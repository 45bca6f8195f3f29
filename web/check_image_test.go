package web

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"cotejo/claims"
)

func pngFile(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestACheckHasAPictureWhileItIsPublished(t *testing.T) {
	s := newSite(t)
	c := s.newCheck("agua", "Nada.")
	luis := s.signIn(claims.RoleEditor)
	send := func(fields map[string]string, name, file string) int {
		return luis.sendFile("/checks/agua/image", fields, name, file).Code
	}
	for name, x := range map[string]struct{ alt, name, file string }{
		"no words": {"", "a.png", pngFile(t)}, "no file": {"La presa", "", ""}, "a text": {"La presa", "a.txt", "hola"},
	} {
		if code := send(map[string]string{"version": "1", "alt": x.alt}, x.name, x.file); code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, code)
		}
	}
	if code := send(map[string]string{"version": "1", "alt": "La presa", "credit": "Ana"}, "presa.png", pngFile(t)); code != http.StatusSeeOther {
		t.Fatalf("%d", code)
	}
	c, err := s.desk.Check(t.Context(), s.actor(claims.RoleEditor), "agua")
	if err != nil || c.Image == nil || c.Image.Width != 30 || c.Image.Alt != "La presa" {
		t.Fatalf("%+v, %v", c.Image, err)
	}
	address := "/checks/agua/images/" + c.Image.SHA256
	if w := s.get(address); w.Code != http.StatusNotFound {
		t.Errorf("the picture of a draft is public: %d", w.Code)
	}
	if w := luis.open("/checks/agua/draft-images/" + c.Image.SHA256); w.Code != http.StatusOK {
		t.Errorf("the desk does not see it: %d", w.Code)
	}
	if page200(t, luis.open("/checks/agua/preview")).Attr(".lead img", "alt") != "La presa" {
		t.Error("the preview does not show it")
	}
	if c, err = s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), "agua", c.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	if src := page200(t, s.get("/checks/agua")).Attr(".lead img", "src"); src != address {
		t.Errorf("%q", src)
	}
	if w := s.get(address); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || w.Header().Get("ETag") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := s.get("/checks/agua/images/" + strings.Repeat("0", 64)); w.Code != http.StatusNotFound {
		t.Errorf("another hash: %d", w.Code)
	}
	api := s.program(claims.RoleEditor, claims.ScopeWrite)
	got := answer[checkJSON](t, api.call(http.MethodPut, "/checks/agua/image", map[string]any{"alt": "El muro"}, "If-Match", etagOf(c.Version)), http.StatusOK)
	if got.Image == nil || got.Image.Alt != "El muro" || got.Image.SHA256 != c.Image.SHA256 {
		t.Errorf("%+v", got.Image)
	}
	if got = answer[checkJSON](t, api.call(http.MethodDelete, "/checks/agua/image", nil, "If-Match", etagOf(got.Version)), http.StatusOK); got.Image != nil {
		t.Errorf("%+v", got.Image)
	}
	if _, err := s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), "agua", got.Version, claims.CheckWithdrawn, "x"); err != nil {
		t.Fatal(err)
	}
	if w := s.get(address); w.Code != http.StatusNotFound {
		t.Errorf("the picture of a withdrawn check is public: %d", w.Code)
	}
}
