package segment

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sentencesOf(d *Document) []string {
	var out []string
	for _, s := range d.Sentences {
		out = append(out, d.Slice(s.Span))
	}
	return out
}

func tokensOf(d *Document) []string {
	var out []string
	for _, t := range d.Tokens {
		out = append(out, t.Text)
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, lang, text string
		want             []string
	}{
		{"title", "es", "El Sr. Ruiz habló. La Dra. Soto calló.", []string{"El Sr. Ruiz habló.", "La Dra. Soto calló."}},
		{"initials", "en", "J. K. Marlow met P. Q. Stone. They talked.", []string{"J. K. Marlow met P. Q. Stone.", "They talked."}},
		{"acronym inside", "es", "Viajó a EE.UU. Trump lo recibió.", []string{"Viajó a EE.UU. Trump lo recibió."}},
		{"acronym at the end", "es", "Viajó a EE.UU. El martes volvió.", []string{"Viajó a EE.UU.", "El martes volvió."}},
		{"acronym before a name", "en", "The U.S. Senate voted. It passed.", []string{"The U.S. Senate voted.", "It passed."}},
		{"decimals", "en", "It rose 3.5 points. Rates fell 0.2.", []string{"It rose 3.5 points.", "Rates fell 0.2."}},
		{"thousands", "es", "Murieron 15.000 personas. Hubo 2.100 heridos.", []string{"Murieron 15.000 personas.", "Hubo 2.100 heridos."}},
		{"article of a law", "es", "Según el art. 14 de la ley. Fin.", []string{"Según el art. 14 de la ley.", "Fin."}},
		{"no is a word too", "en", "He said no. Then he left.", []string{"He said no.", "Then he left."}},
		{"missing space", "es", "Llegó en agosto.El martes se fue.", []string{"Llegó en agosto.", "El martes se fue."}},
		{"missing space after a quotation", "en", "\"We won.\"The crowd left.", []string{"\"We won.\"", "The crowd left."}},
		{"closing quotation mark", "es", "Dijo: «No iré.» Luego salió.", []string{"Dijo: «No iré.»", "Luego salió."}},
		{"closing mark after a space", "es", "«No iré. » Luego salió.", []string{"«No iré. »", "Luego salió."}},
		{"question inside", "es", "«¿Quién fue?», preguntó Ana. Nadie habló.", []string{"«¿Quién fue?», preguntó Ana.", "Nadie habló."}},
		{"question and lower case", "en", "\"Who did it?\" asked Ann. Nobody spoke.", []string{"\"Who did it?\" asked Ann.", "Nobody spoke."}},
		{"two in one quotation", "en", "He said, \"We lost. We tried.\" They left.", []string{"He said, \"We lost.", "We tried.\"", "They left."}},
		{"ellipsis", "es", "No sé… Quizá mañana. Tal vez... nunca.", []string{"No sé…", "Quizá mañana.", "Tal vez... nunca."}},
		{"clock", "en", "It starts at 10 a.m. Monday. It ends at 5 p.m. today.", []string{"It starts at 10 a.m.", "Monday.", "It ends at 5 p.m. today."}},
		{"month abbreviation", "en", "It opened on Sept. 5 in Rome. It closed.", []string{"It opened on Sept. 5 in Rome.", "It closed."}},
		{"list number", "es", "1. Lavarse las manos. Siempre.", []string{"1. Lavarse las manos.", "Siempre."}},
		{"web address", "es", "Vea www.ejemplo.org/a.b. Es gratis.", []string{"Vea www.ejemplo.org/a.b.", "Es gratis."}},
		{"unknown language", "xx", "Um. Dois. Três.", []string{"Um.", "Dois.", "Três."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, sentencesOf(Split(c.text, c.lang))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"es", "EE.UU. gastó US$ 1.500,50 (20 %).", []string{"EE.UU.", "gastó", "US$", "1.500,50", "(", "20", "%", ")", "."}},
		{"en", "Don't say O’Hara's 11-year-old son—he's 80th.", []string{"Don't", "say", "O’Hara's", "11", "-", "year-old", "son", "—", "he's", "80th", "."}},
		{"es", "covid-19 a las 10:30 h, 36,5 °C", []string{"covid-19", "a", "las", "10:30", "h", ",", "36,5", "°C"}},
		{"es", "agosto.El elpais.com #2 1.º", []string{"agosto", ".", "El", "elpais.com", "#", "2", "1.º"}},
		{"en", "``Well,'' he said ... 'no'", []string{"``", "Well", ",", "''", "he", "said", "...", "'", "no", "'"}},
	} {
		if diff := cmp.Diff(c.want, tokensOf(Split(c.text, c.lang))); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func TestHostileInputIsLinear(t *testing.T) {
	const n = 1 << 20
	for name, text := range map[string]string{
		"letters":           strings.Repeat("a", n),
		"points":            strings.Repeat("a.", n/2),
		"spaced points":     strings.Repeat(". ", n/2),
		"quotes":            "." + strings.Repeat("\"", n),
		"closing marks":     "a." + strings.Repeat("»", n/2),
		"spaces":            "a." + strings.Repeat(" ", n) + "b",
		"digits":            strings.Repeat("1.", n/2),
		"digits and spaces": "a." + strings.Repeat(" 1", n/2),
		"line breaks":       strings.Repeat("\n", n),
		"marks":             "a" + strings.Repeat("\u0301", n/2),
		"joiners":           "." + strings.Repeat("\u200d", n/3),
		"nothing":           strings.Repeat("\x00", n),
		"broken":            strings.Repeat("\xff", n),
	} {
		start := time.Now()
		Split(text, "en")
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: a megabyte took %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// TestSentenceRoles: what was glued into a paragraph has a role of its own.
func TestSentenceRoles(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []Role
	}{
		{"es", "La grúa cayó el lunes. Lea también: El puerto en cifras Las autoridades abrieron el muelle. Nadie murió.", []Role{RoleBody, RoleBoilerplate, RoleBody, RoleBody}},
		{"es", "La grúa cayó el lunes. Buscan al dueño de la grúa El fiscal citó a tres testigos.", []Role{RoleBody, RoleHeading, RoleBody}},
		{"es", "Cae una grúa en el puerto viejo El muelle sigue cerrado desde el lunes. Nadie murió.", []Role{RoleHeading, RoleBody, RoleBody}},
		{"es", "Vive en El Salvador. Leyó el libro La casa del faro en un día. Lo contó a El País ayer.", []Role{RoleBody, RoleBody, RoleBody}},
		{"en", "The crane fell on Monday. Owner is sought by police The mayor has called three witnesses.", []Role{RoleBody, RoleHeading, RoleBody}},
		{"es", "El líder Kim Jong Un llegó a Pekín.", []Role{RoleBody}},
		{"en", "She caught the hepatitis A virus. He saw the film The last crane of summer twice.", []Role{RoleBody, RoleBody}},
	} {
		var got []Role
		for _, s := range Split(c.text, c.lang).Sentences {
			got = append(got, s.Role)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestRoles(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []Role
	}{
		{"en", "Crane falls in storm\n\nMonday, May 18, 2015\n\nBy Ann Stone\n\nworkers beside the crane.\n\nA crane fell on Sunday.\n\nRead more: storms of the year\n", []Role{RoleHeading, RoleDateline, RoleByline, RoleCaption, RoleBody, RoleBoilerplate}},
		{"es", " date 2025-10-28 \n\nLa grúa cayó el lunes.\n\nLo que se sabe\n\n• Cayó a las ocho.\n- Nadie murió.\n1. Otra cosa.\n\nFoto: Ana Soto", []Role{RoleDateline, RoleBody, RoleHeading, RoleList, RoleList, RoleList, RoleCaption}},
		{"es", "Por qué cayó la grúa\nPor Ana Soto\n—Cayó sola —dijo el dueño.", []Role{RoleHeading, RoleByline, RoleBody}},
		{"es", "Una sola línea sin punto", []Role{RoleBody}},
		{"es", "La grúa cayó el lunes.\n1. No hubo heridos en la obra\nNadie trabajaba a esa hora.\nCAE UNA GRÚA EN EL PUERTO\nNo hubo más.", []Role{RoleBody, RoleHeading, RoleBody, RoleHeading, RoleBody}},
		{"es", "La grúa cayó el lunes.\nOperarios retiran la grúa que cayó sobre el muelle del puerto viejo la noche del lunes, en una imagen tomada por un vecino que paseaba por allí. EFE / Ana Soto\nNo hubo más.", []Role{RoleBody, RoleCaption, RoleBody}},
		{"es", "La grúa cayó.\nPublicidad engañosa es lo que ve la jueza.\nPublicidad\nMás información", []Role{RoleBody, RoleBody, RoleBoilerplate, RoleBoilerplate}},
		{"en", "The crane fell.\nWorkers stand by the crane. Image: Ann Stone.\nA crane Image: Port of Vigo\nThe image: a port in ruins after the storm of the year hit it twice.", []Role{RoleBody, RoleCaption, RoleCaption, RoleBody}},
		{"en", "The crane fell.\nAdvertisement revenue fell by 3%.\nAdvertisement\nRecommended: the storm in pictures", []Role{RoleBody, RoleBody, RoleBoilerplate, RoleBoilerplate}},
		{"es", "La grúa amarilla que cayó\nel lunes sobre el muelle de\nPuerto Viejo no tenía permiso,\nsegún dijo a la radio local\nesta misma mañana el\nAyuntamiento de la ciudad.\n\nEl puerto abrió.", []Role{RoleBody, RoleBody}},
		{"es", "La grúa que cayó el lunes sobre el muelle del puerto,\nsegún la autoridad portuaria, no tenía permiso de obra ni\nseguro.\nEl puerto abrió.", []Role{RoleBody, RoleBody}},
		{"es", "La grúa cayó a las ocho\n\nNadie ha muerto\n\n#Grúa @sotoana https://ejemplo.test/grua", []Role{RoleBody, RoleBody, RoleBody}},
	} {
		var got []Role
		for _, p := range Split(c.text, c.lang).Paragraphs {
			got = append(got, p.Role)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}
