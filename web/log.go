package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// logCheckpoint gives the log's newest signed head: whoever keeps a copy can
// show later that nothing before it was rewritten.
func (s *Server) logCheckpoint(c echo.Context) error {
	checkpoint, err := s.desk.Checkpoint(c.Request().Context())
	if err != nil {
		return err
	}
	visitOf(c).changed = time.Time{} // the log grows by acts of every kind
	return sendPublic(c, http.StatusOK, echo.MIMETextPlainCharsetUTF8, []byte(checkpoint.Note))
}

// logKey gives the public key that verifies checkpoints and proofs.
func (s *Server) logKey(c echo.Context) error {
	key, err := s.desk.LogKey()
	if err != nil {
		return err
	}
	visitOf(c).changed = time.Time{} // nobody keeps when a key was made
	return sendPublic(c, http.StatusOK, echo.MIMETextPlainCharsetUTF8, []byte(key+"\n"))
}

// sendProof gives the proof that a publication stands in the history.
func (s *Server) sendProof(c echo.Context, a address) error {
	proof, err := s.desk.Proof(c.Request().Context(), a.id, a.n)
	if err != nil {
		return err
	}
	visitOf(c).changed = time.Time{}
	return sendJSON(c, http.StatusOK, proof)
}
