package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// imageBound bounds a request that holds a file in Base64.
const imageBound = fileBound*4/3 + formBound

// checkImageSet takes the picture at the head of a check from its form.
func (s *Server) checkImageSet(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	in := workflow.CheckImageInput{Alt: c.FormValue("alt"), Credit: c.FormValue("credit"), Remove: c.FormValue("remove") != ""}
	if in.Upload, err = uploadOf(c.Request()); err != nil {
		return err
	}
	check, err := s.desk.SetCheckImage(c.Request().Context(), actorOf(c), c.Param("slug"), seen, in)
	if err != nil {
		p, readErr := s.checkAsKept(c)
		if readErr != nil {
			return readErr
		}
		p.Picture.Alt, p.Picture.Credit, p.Picture.Typed = in.Alt, in.Credit, true
		return s.checkRefused(c, err, p)
	}
	s.flash(c, "checks.saved")
	return seeOther(c, "/checks/"+check.Slug+"/edit")
}

func pictureForm(c claims.Check) desk.PictureForm {
	if c.Image == nil {
		return desk.PictureForm{}
	}
	return desk.PictureForm{Alt: c.Image.Alt, Credit: c.Image.Credit}
}

// checkImagePublic sends the picture of a published check. Its address holds the hash
// of its bytes, and it is gone with the check.
func (s *Server) checkImagePublic(c echo.Context) error {
	d, err := s.desk.PublicCheckImage(c.Request().Context(), c.Param("slug"), c.Param("sha256"))
	if err != nil {
		return err
	}
	return sendPublic(c, http.StatusOK, d.MediaType, d.Data)
}

// checkImageDraft sends the picture of a check to who works on it.
func (s *Server) checkImageDraft(c echo.Context) error {
	d, err := s.desk.CheckImage(c.Request().Context(), actorOf(c), c.Param("slug"), c.Param("sha256"))
	if err != nil {
		return err
	}
	return sendDocument(c, d, true)
}

// checkImageBody is the picture of a check as programs send it.
type checkImageBody struct {
	Data   []byte `json:"data,omitempty" doc:"A JPEG or PNG file in Base64; left out, the picture that is there gets other words"`
	Name   string `json:"name,omitempty"`
	Alt    string `json:"alt" doc:"What it shows, for who does not see it"`
	Credit string `json:"credit,omitempty"`
}

func (s *Server) apiCheckImage(ctx context.Context, in *checkSeen) (*single[checkJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[checkImageBody](in)
	if err != nil {
		return nil, err
	}
	image := workflow.CheckImageInput{Alt: body.Alt, Credit: body.Credit}
	if len(body.Data) > 0 {
		image.Upload = &workflow.Upload{Name: body.Name, Data: body.Data}
	}
	c, err := s.desk.SetCheckImage(ctx, in.actor(), in.Slug, version, image)
	if err != nil {
		return nil, err
	}
	return s.oneCheck(c), nil
}

func (s *Server) apiCheckImageDrop(ctx context.Context, in *checkSeen) (*single[checkJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	c, err := s.desk.SetCheckImage(ctx, in.actor(), in.Slug, version, workflow.CheckImageInput{Remove: true})
	if err != nil {
		return nil, err
	}
	return s.oneCheck(c), nil
}
