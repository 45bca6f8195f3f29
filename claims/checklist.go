package claims

import "encoding/json"

// ChecklistItem is one thing to look at before a verdict is signed off. Words are
// by language.
type ChecklistItem struct {
	Code  string            `json:"code"`
	Words map[string]string `json:"words"`
}

// Checklist is what is looked at before sign-off, in order.
type Checklist []ChecklistItem

// UnmarshalJSON reads a list as it was written: nothing of what it held before
// shines through.
func (c *Checklist) UnmarshalJSON(raw []byte) error {
	var list []ChecklistItem
	err := json.Unmarshal(raw, &list)
	*c = list
	return err
}

// Label words the item in a language, else in English, else in any, else by its code.
func (i ChecklistItem) Label(lang string) string {
	for _, l := range []string{lang, "en", "es"} {
		if words := i.Words[l]; words != "" {
			return words
		}
	}
	return i.Code
}

// CheckedItem is an item as it stood at a review, and whether it was ticked.
type CheckedItem struct {
	ChecklistItem
	Done bool `json:"done"`
}

// Tick is the list as ticked: codes that it does not have are given back.
func (c Checklist) Tick(codes []string) (items []CheckedItem, unknown []string) {
	ticked := map[string]bool{}
	for _, code := range codes {
		ticked[code] = true
	}
	for _, item := range c {
		items = append(items, CheckedItem{item, ticked[item.Code]})
		delete(ticked, item.Code)
	}
	for _, code := range codes {
		if ticked[code] {
			unknown = append(unknown, code)
			delete(ticked, code)
		}
	}
	return items, unknown
}

// OpenItems lists the codes of what was not ticked.
func OpenItems(items []CheckedItem) []string {
	var out []string
	for _, i := range items {
		if !i.Done {
			out = append(out, i.Code)
		}
	}
	return out
}

// DefaultChecklist is what a new desk starts with.
func DefaultChecklist() Checklist {
	item := func(code, en, es, pt string) ChecklistItem {
		return ChecklistItem{Code: code, Words: map[string]string{"en": en, "es": es, "pt": pt}}
	}
	return Checklist{
		item("wording", "The wording is what was said, and can be understood alone.", "La formulación es lo que se dijo y se entiende por sí sola.", "A redação é o que foi dito e se entende por si só."),
		item("source", "Whoever said it was named rightly, and asked what it rests on.", "Quien lo dijo está bien identificado y se le preguntó en qué se basa.", "Quem disse está bem identificado e foi perguntado em que se baseia."),
		item("evidence", "I opened every piece of evidence; it says what is quoted from it.", "Abrí cada prueba y dice lo que de ella se cita.", "Abri cada evidência, e ela diz o que dela se cita."),
		item("figures", "Figures and dates were worked out again from the original data.", "Cifras y fechas se recalcularon a partir de los datos originales.", "Números e datas foram recalculados a partir dos dados originais."),
		item("contrary", "What speaks against the verdict was looked for, and is told.", "Se buscó lo que contradice el veredicto, y se cuenta.", "Procurou-se o que contradiz o veredito, e isso é contado."),
		item("fair", "The verdict says no more than the evidence, and is fair to those it names.", "El veredicto no dice más que las pruebas y es justo con quienes nombra.", "O veredito não diz mais do que as evidências e é justo com quem nomeia."),
	}
}
