package web

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// caddy is a snippet for a Caddyfile, imported by the site whose root is this folder.
func (n *siteNotes) caddy() []byte {
	var b bytes.Buffer
	b.WriteString("# Made by \"cotejo site\". In the Caddyfile: import …/_Caddyfile, and in the site whose root is this folder: import cotejo.\n(cotejo) {\n")
	b.WriteString("\thandle_errors {\n\t\t@cotejo_missing expression `{err.status_code} == 404`\n\t\trewrite @cotejo_missing /404.html\n\t\tfile_server\n\t}\n")
	b.WriteString("\troute {\n\t\terror /.* 404\n\t\terror /_* 404\n\t\tredir / /public 302\n")
	n.caddyMaps(&b)
	b.WriteString("\t\t@cotejo_moved expression `{cotejo_moved} != \"\"`\n\t\tredir @cotejo_moved {cotejo_moved} 301\n")
	b.WriteString("\t\t@cotejo_other {\n\t\t\tpath_regexp cotejo_id ^/c/([0-9A-Za-z-]+)([@./].*)?$\n\t\t\texpression `{cotejo_plain} != \"\"`\n\t\t}\n")
	b.WriteString("\t\tredir @cotejo_other /c/{cotejo_plain}{re.cotejo_id.2} 308\n")
	b.WriteString("\t\t@cotejo_slash path_regexp cotejo_slash ^(/.+)/$\n\t\tredir @cotejo_slash {re.cotejo_slash.1} 308\n")
	n.caddyHeaders(&b)
	b.WriteString("\t\tvars cotejo_is_gone {cotejo_gone}\n\t\ttry_files {path} {path}/index.html\n")
	b.WriteString("\t\t@cotejo_gone expression `{vars.cotejo_is_gone} == \"1\"`\n\t\tfile_server @cotejo_gone {\n\t\t\tstatus 410\n\t\t}\n")
	b.WriteString("\t\tfile_server {\n\t\t\tdisable_canonical_uris\n\t\t}\n\t}\n}\n")
	return b.Bytes()
}

func (n *siteNotes) caddyMaps(b *bytes.Buffer) {
	b.WriteString("\t\tmap {path} {cotejo_moved} {\n")
	for _, from := range slices.Sorted(maps.Keys(n.moved)) {
		fmt.Fprintf(b, "\t\t\t%s %s\n", caddyWord(from), caddyWord(n.moved[from]))
	}
	b.WriteString("\t\t\tdefault \"\"\n\t\t}\n\t\tmap {path} {cotejo_gone} {\n")
	for _, p := range n.gone {
		fmt.Fprintf(b, "\t\t\t%s 1\n", caddyWord(p))
	}
	b.WriteString("\t\t\tdefault \"\"\n\t\t}\n")
	// Caddy compares letter by letter, so ids come as people write them: all small or all large.
	b.WriteString("\t\t@cotejo_asked path_regexp cotejo_asked ^/c/([0-9A-Za-z-]+)\n\t\tvars @cotejo_asked cotejo_asked {re.cotejo_asked.1}\n")
	b.WriteString("\t\tmap {vars.cotejo_asked} {cotejo_plain} {\n")
	for _, id := range n.ids {
		for _, small := range notations(id) {
			for _, other := range slices.Compact([]string{small, strings.ToUpper(small)}) {
				if other != id {
					fmt.Fprintf(b, "\t\t\t%s %s\n", other, id)
				}
			}
		}
	}
	b.WriteString("\t\t\tdefault \"\"\n\t\t}\n")
}

// caddyHeaders says the same beside an answer as the server does. They are set at
// once, before the path becomes that of a file.
func (n *siteNotes) caddyHeaders(b *bytes.Buffer) {
	classes, single := n.rules()
	for i, name := range siteHeaders {
		variable := strings.ReplaceAll(strings.ToLower(name), "-", "_")
		fmt.Fprintf(b, "\t\tmap {path} {cotejo_%s} {\n", variable)
		for _, r := range single {
			fmt.Fprintf(b, "\t\t\t%s %s\n", caddyWord(r.path), caddyWord(r.values[i]))
		}
		for _, r := range classes {
			fmt.Fprintf(b, "\t\t\t%s %s\n", caddyWord("~"+r.pattern), caddyWord(r.values[i]))
		}
		fmt.Fprintf(b, "\t\t\tdefault \"\"\n\t\t}\n\t\t@cotejo_has_%s expression `{cotejo_%s} != \"\"`\n\t\theader @cotejo_has_%s %s {cotejo_%s}\n", variable, variable, variable, name, variable)
	}
}

// caddyWord quotes a word as a Caddyfile has it.
func caddyWord(s string) string { return "`" + strings.ReplaceAll(s, "`", "") + "`" }
