package views

import (
	"net/url"
	"strings"

	"cotejo/claims"
)

// ExternalName is what a check elsewhere is called: by its title, else its address.
func ExternalName(e claims.ExternalCheck) string {
	if e.Title != "" {
		return e.Title
	}
	return strings.TrimPrefix(strings.TrimPrefix(e.URL, "https://"), "http://")
}

// ExternalOutlet is who published it: as was written down, else the site.
func ExternalOutlet(e claims.ExternalCheck) string {
	if e.Outlet != "" {
		return e.Outlet
	}
	u, err := url.Parse(e.URL)
	if err != nil || e.Title == "" {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
