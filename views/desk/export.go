package desk

import (
	"cotejo/claims/export"
	"cotejo/views/i18n"
)

// exportFormats are the formats of tables as people choose them, the most usual first.
var exportFormats = []export.Format{export.CSV, export.XLSX, export.JSONLines}

// exportPath is a table of the claims that a filter (a query) gives.
func exportPath(p export.Profile, f export.Format, query string) string {
	path := "/export/" + p.Name + "." + string(f)
	if query != "" {
		path += "?" + query
	}
	return path
}

func exportLabel(w *i18n.Words, p export.Profile, f export.Format) string {
	return w.T("export.profile."+p.Name) + ", " + w.T("export.format."+string(f))
}
