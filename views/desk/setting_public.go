package desk

import "cotejo/claims"

// PublicForm is what the settings say to the public, as typed.
type PublicForm struct {
	NameReviewers bool
	ReviewLint    string
	ReviewChecks  bool
	TimeZone      string
	Trust         claims.Trust
}

// trustClash compares the newsroom's addresses as typed with what stands.
func (p SettingPage) trustClash() (out []ClashField) {
	typed, stands := p.Form.Public.Trust, p.Stands.Public.Trust
	standing := stands.Fields()
	for i, own := range typed.Fields() {
		out = append(out, ClashField{Label: p.Words.T("trust." + own.Name), Name: "trust_" + own.Name, Typed: *own.Value, Stands: *standing[i].Value})
	}
	return out
}

// trustWrong reports whether one of the addresses was refused, so that the form
// opens there.
func (p SettingPage) trustWrong() bool {
	for _, own := range p.Form.Public.Trust.Fields() {
		if p.Problems.On("trust_"+own.Name) != "" {
			return true
		}
	}
	return false
}

// trustRows pairs each address with its name; the pointer stays inside the form.
func (p SettingPage) trustRows() []claims.TrustField {
	trust := p.Form.Public.Trust
	return trust.Fields()
}
