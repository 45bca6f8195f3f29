package web

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// nginxHTTP is what stands in nginx's http block: tables of what moved, what is
// gone, how ids are written, and what is said beside each answer.
func (n *siteNotes) nginxHTTP() []byte {
	var b bytes.Buffer
	b.WriteString("# Made by \"cotejo site\". Include it in the http block, and _nginx.server.conf in the server block whose root is this folder.\n")
	b.WriteString("map_hash_max_size 1048576;\nmap_hash_bucket_size 256;\n")
	b.WriteString("map $uri $cotejo_path {\n\tdefault $uri;\n\t\"~^(?<cotejo_page>/.+)/index\\.html$\" $cotejo_page;\n}\n")
	b.WriteString("map $uri $cotejo_moved {\n\tdefault \"\";\n")
	for _, from := range slices.Sorted(maps.Keys(n.moved)) {
		fmt.Fprintf(&b, "\t%s %s;\n", nginxWord(from), nginxWord(n.moved[from]))
	}
	b.WriteString("}\nmap $uri $cotejo_gone {\n\tdefault \"\";\n")
	for _, p := range n.gone {
		fmt.Fprintf(&b, "\t%s 1;\n", nginxWord(p))
	}
	b.WriteString("}\nmap $uri $cotejo_asked {\n\tdefault \"\";\n\t\"~^/c/(?<cotejo_id>[0-9A-Za-z-]+)(?<cotejo_rest>[@./].*)?$\" $cotejo_id;\n}\n")
	b.WriteString("map $cotejo_asked $cotejo_plain {\n\tdefault $cotejo_asked;\n")
	for _, id := range n.ids {
		for _, other := range notations(id) {
			fmt.Fprintf(&b, "\t%s %s;\n", other, id) // nginx compares them in any case
		}
	}
	b.WriteString("}\n")
	classes, single := n.rules()
	for i, name := range siteHeaders {
		if name == "Content-Type" {
			continue // a type of nginx's
		}
		fmt.Fprintf(&b, "map $cotejo_path %s {\n\tdefault \"\";\n", nginxVariable(name))
		for _, r := range single {
			fmt.Fprintf(&b, "\t%s %s;\n", nginxWord(r.path), nginxWord(r.values[i]))
		}
		for _, r := range classes {
			fmt.Fprintf(&b, "\t%s %s;\n", nginxWord("~"+r.pattern), nginxWord(r.values[i]))
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// nginxServer is what stands in nginx's server block.
func (n *siteNotes) nginxServer() []byte {
	var b bytes.Buffer
	b.WriteString("# Made by \"cotejo site\". Include it in the server block whose root is this folder.\n")
	b.WriteString("if ($cotejo_moved) { return 301 $cotejo_moved; }\n")
	b.WriteString("if ($cotejo_plain != $cotejo_asked) { return 308 /c/$cotejo_plain$cotejo_rest; }\n")
	b.WriteString("error_page 410 @cotejo_gone;\nif ($cotejo_gone) { return 410; }\n")
	b.WriteString("error_page 404 /404.html;\nlocation = /404.html { internal; default_type \"text/html; charset=UTF-8\"; }\n")
	b.WriteString("location = / { return 302 /public; }\n")
	b.WriteString("location ~ \"/[._]\" { return 404; }\n")
	b.WriteString("location ~ \"^(?<cotejo_slashless>/.+)/$\" { return 308 $cotejo_slashless; }\n")
	for _, name := range siteHeaders {
		if name != "Content-Type" {
			fmt.Fprintf(&b, "add_header %s %s always;\n", name, nginxVariable(name))
		}
	}
	classes, single := n.rules()
	usual := func(p string) string {
		for _, r := range classes {
			if regexp.MustCompile(r.pattern).MatchString(p) {
				return r.values[0]
			}
		}
		return ""
	}
	for _, r := range single {
		if r.values[0] != usual(r.path) {
			fmt.Fprintf(&b, "location = %s { types { } default_type %s; try_files $uri $uri/index.html =404; }\n", nginxWord(r.path), nginxWord(r.values[0]))
		}
	}
	for _, r := range classes {
		fmt.Fprintf(&b, "location ~ %s { types { } default_type %s; try_files $uri $uri/index.html =404; }\n", nginxWord(r.pattern), nginxWord(r.values[0]))
	}
	b.WriteString("location @cotejo_gone { types { application/json json; } default_type \"text/html; charset=UTF-8\"; try_files $uri $uri/index.html =404; }\n")
	return b.Bytes()
}

func nginxVariable(header string) string {
	return "$cotejo_" + strings.ReplaceAll(strings.ToLower(header), "-", "_")
}

// nginxWord quotes a word as nginx reads it.
func nginxWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}
