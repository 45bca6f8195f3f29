package dates

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

// found prints each expression of a text with its interval.
func found(text, lang string, published *claims.Date) []string {
	var out []string
	for _, x := range Find(segment.Split(text, lang), published) {
		out = append(out, show(x))
	}
	return out
}

func TestFind(t *testing.T) {
	published := claims.Date("2024-05-15") // a Wednesday
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "She was a guest at the fair this weekend.", []string{"this weekend [2024-05-11, 2024-05-12]"}},
		{"en", "It will rain this weekend.", []string{"this weekend [2024-05-18, 2024-05-19]"}},
		{"es", "Llegó el lunes.", []string{"el lunes [2024-05-13, 2024-05-13]"}},
		{"es", "Llegó el miércoles pasado.", []string{"el miércoles pasado [2024-05-08, 2024-05-08]"}},
		{"es", "Vuelve el próximo viernes por la tarde.", []string{"el próximo viernes por la tarde [2024-05-17, 2024-05-17]"}},
		{"es", "Nació el 7 de febrero de 1990 en León.", []string{"el 7 de febrero de 1990 [1990-02-07, 1990-02-07]"}},
		{"es", "El mes pasado llovió; en abril, no.", []string{"El mes pasado [2024-04, 2024-04]", "en abril [2024-04, 2024-04]"}},
		{"es", "Trabaja aquí desde el otoño pasado.", []string{"desde el otoño pasado [2023-09, …]"}},
		{"es", "Se espera para 2030, a más tardar en junio de 2031.", []string{"para 2030 [2030, 2030]", "a más tardar en junio de 2031 […, 2031-06]"}},
		{"es", "Hace dos años cerró la mina.", []string{"Hace dos años [2022, 2022]"}},
		{"es", "En los últimos diez días subió.", []string{"En los últimos diez días [2024-05-05, 2024-05-15]"}},
		{"es", "En los últimos meses y en las semanas recientes bajó.", []string{"En los últimos meses […, 2024-05]", "en las semanas recientes […, 2024-05-15]"}},
		{"es", "Ocurrió entre marzo y abril de 2019.", []string{"entre marzo y abril de 2019 [2019-03, 2019-04]"}},
		{"es", "Del 3 al 5 de mayo hubo feria.", []string{"3 al 5 de mayo [2024-05-03, 2024-05-05]"}},
		{"es", "Gobernó de 2010 a 2014.", []string{"de 2010 a 2014 [2010, 2014]"}},
		{"es", "A principios de 2023 y a fines de enero nevó.", []string{"A principios de 2023 [2023-01, 2023-03]", "a fines de enero [2024-01-16, 2024-01-31]"}},
		{"es", "La segunda semana de enero fue fría.", []string{"La segunda semana de enero [2024-01-08, 2024-01-14]"}},
		{"es", "Durante la Semana Santa cerró.", []string{"Durante la Semana Santa [2024-03-24, 2024-03-31]"}},
		{"es", "Entre diciembre y febrero; dentro de tres semanas, en 11/2022.", []string{"Entre diciembre y febrero [2023-12, 2024-02]", "dentro de tres semanas [2024-06-03, 2024-06-09]", "en 11/2022 [2022-11, 2022-11]"}},
		{"en", "Sales fell in Q3 2019.", []string{"Q3 2019 [2019-07, 2019-09]"}},
		{"es", "Los años noventa y el siglo XIX.", []string{"Los años noventa [1990, 1999]", "el siglo XIX [1800, 1899]"}},
		{"es", "Abre a las 10:30 y pasan los lunes; la mañana fue fría.", nil},
		{"es", "Recientemente, ahora y hace meses; cada año.", nil},
		{"es", "Hubo 2.000 heridos y unas 2000 personas más.", nil},
		{"es", "El 12/05/2023 y el 2022-11-30.", []string{"El 12/05/2023 [2023-05-12, 2023-05-12]", "el 2022-11-30 [2022-11-30, 2022-11-30]"}},
		{"en", "He left on Monday, March 4, 2013.", []string{"Monday, March 4, 2013 [2013-03-04, 2013-03-04]"}},
		{"en", "She spoke Tuesday afternoon and last Tuesday.", []string{"Tuesday afternoon [2024-05-14, 2024-05-14]", "last Tuesday [2024-05-07, 2024-05-07]"}},
		{"en", "Two years ago, last week and yesterday.", []string{"Two years ago [2022, 2022]", "last week [2024-05-06, 2024-05-12]", "yesterday [2024-05-14, 2024-05-14]"}},
		{"en", "In recent months and over the past 30 days.", []string{"recent months […, 2024-05]", "the past 30 days [2024-04-15, 2024-05-15]"}},
		{"en", "It will close by 2030.", []string{"by 2030 […, 2030]"}},
		{"en", "It has rained since March.", []string{"since March [2024-03, …]"}},
		{"en", "It ran from 1995 to 1998 and in the 1980s.", []string{"from 1995 to 1998 [1995, 1998]", "the 1980s [1980, 1989]"}},
		{"en", "Between June and August 2021 it grew.", []string{"Between June and August 2021 [2021-06, 2021-08]"}},
		{"en", "It may march in august company every Monday.", nil},
		{"en", "Early last year and the summer of 2020.", []string{"Early last year [2023-01, 2023-03]", "the summer of 2020 [2020-06, 2020-08]"}},
		{"en", "The third quarter of 2022 was weak.", []string{"The third quarter of 2022 [2022-07, 2022-09]"}},
		{"en", "Thanksgiving came; on Thanksgiving 2023 it snowed.", []string{"Thanksgiving 2023 [2023-11-23, 2023-11-23]"}},
		{"es", "Se cortó la luz entre la medianoche y las seis de la mañana.", nil},
		{"es", "Cierra el lunes por la mañana y abre mañana por la tarde; por la mañana llovió.", []string{"el lunes por la mañana [2024-05-13, 2024-05-13]", "mañana por la tarde [2024-05-16, 2024-05-16]"}},
		{"es", "El partido de mañana empieza a las 8 de la noche; cada mañana entrena.", []string{"mañana [2024-05-16, 2024-05-16]"}},
		{"en", "He swims in the morning and slept on Sunday night.", []string{"Sunday night [2024-05-12, 2024-05-12]"}},
		{"en", "The council has begun an audit, which is expected to end in November.", []string{"November [2024-11, 2024-11]"}},
		{"en", "The bridge, which closed in November, will open in October.", []string{"November [2023-11, 2023-11]", "October [2024-10, 2024-10]"}},
		{"es", "La obra, que comenzó en noviembre, terminará en octubre.", []string{"en noviembre [2023-11, 2023-11]", "en octubre [2024-10, 2024-10]"}},
		{"es", "Se espera que el plan entre en vigor en diciembre.", []string{"en diciembre [2024-12, 2024-12]"}},
		{"es", "El plan fue aprobado en octubre y se votará en noviembre.", []string{"en octubre [2023-10, 2023-10]", "en noviembre [2024-11, 2024-11]"}},
		{"en", "They will meet in two weeks. He wrote it in two weeks.", []string{"in two weeks [2024-05-27, 2024-06-02]"}},
		{"es", "Se reunirán en dos semanas. Lo escribió en dos semanas.", []string{"en dos semanas [2024-05-27, 2024-06-02]"}},
		{"en", "They met on Tuesday of last week and the first Friday of April.", []string{"Tuesday of last week [2024-05-07, 2024-05-07]", "the first Friday of April [2024-04-05, 2024-04-05]"}},
		{"es", "El lunes de la semana pasada y la semana del 16 de abril.", []string{"El lunes de la semana pasada [2024-05-06, 2024-05-06]", "la semana del 16 de abril [2024-04-15, 2024-04-21]"}},
		{"es", "El 3 de mayo de mil novecientos noventa y dos; el último domingo de marzo.", []string{"El 3 de mayo de mil novecientos noventa y dos [1992-05-03, 1992-05-03]", "el último domingo de marzo [2024-03-31, 2024-03-31]"}},
		{"en", "The council will vote on Friday.", []string{"Friday [2024-05-17, 2024-05-17]"}},
		{"es", "El proximo sabado y el ultimo ano.", []string{"El proximo sabado [2024-05-18, 2024-05-18]", "el ultimo ano [2023, 2024]"}},
		{"en", "On Wednesday they are to travel north. He is to speak on Friday.", []string{"Wednesday [2024-05-15, 2024-05-15]", "Friday [2024-05-17, 2024-05-17]"}},
		{"en", "Opponents promised to vote against it in December. They agreed in March to pay.", []string{"December [2024-12, 2024-12]", "March [2024-03, 2024-03]"}},
		{"en", "It rained on Sunday night (May 12), on May 1 and, in Rome, May 1.", []string{"Sunday night (May 12) [2024-05-12, 2024-05-12]", "May 1 [2024-05-01, 2024-05-01]", "May 1 [2024-05-01, 2024-05-01]"}},
		{"es", "La pista cerrará mañana jueves.", []string{"mañana jueves [2024-05-16, 2024-05-16]"}},
		{"en", "Exports fell 4% in April from a year earlier.", []string{"April [2024-04, 2024-04]", "a year earlier [2023-04, 2023-04]"}},
		{"es", "En abril cayeron un 4 % frente a un año antes.", []string{"En abril [2024-04, 2024-04]", "un año antes [2023-04, 2023-04]"}},
		{"en", "Sales grew in the first quarter, unlike the previous three months.", []string{"the first quarter [2024-01, 2024-03]", "the previous three months [2023-10, 2023-12]"}},
		{"es", "Las ventas crecieron en el primer trimestre, no en el trimestre anterior.", []string{"en el primer trimestre [2024-01, 2024-03]", "en el trimestre anterior [2023-10, 2023-12]"}},
		{"en", "She fell ill on May 2 and died the following day.", []string{"May 2 [2024-05-02, 2024-05-02]", "the following day [2024-05-03, 2024-05-03]"}},
		{"es", "Enfermó el 2 de mayo y murió al día siguiente.", []string{"el 2 de mayo [2024-05-02, 2024-05-02]", "al día siguiente [2024-05-03, 2024-05-03]"}},
		{"es", "Nació en 1950 y en junio de ese año emigró.", []string{"en 1950 [1950, 1950]", "en junio de ese año [1950-06, 1950-06]"}},
		{"en", "Ten years later she married. The attack came hours later.", nil}, // of what the text does not date
		{"es", "Diez años después se casó.", nil},
		{"en", "Profit beat the year-ago period in fiscal 2023.", []string{"the year-ago period [2023, 2023]", "fiscal 2023 [2023, 2023]"}},
		{"es", "Regirá a partir del 3 de junio.", []string{"a partir del 3 de junio [2024-06-03, …]"}},
		{"es", "Rige a partir del 3 de abril.", []string{"a partir del 3 de abril [2024-04-03, …]"}},
		{"en", "Results for the third-quarter will come; they did well in Q4.", []string{"the third-quarter [2024-07, 2024-09]", "Q4 [2023-10, 2023-12]"}},
		{"en", "By Monday, 30 people had died; it must close by Monday.", []string{"By Monday […, 2024-05-13]", "by Monday […, 2024-05-20]"}},
		{"es", "Hasta el lunes murieron 30 personas.", []string{"Hasta el lunes […, 2024-05-13]"}},
		{"en", "last Friday, this Friday and next Friday", []string{"last Friday [2024-05-10, 2024-05-10]", "this Friday [2024-05-17, 2024-05-17]", "next Friday [2024-05-24, 2024-05-24]"}},
		{"es", "el viernes pasado y el próximo viernes", []string{"el viernes pasado [2024-05-10, 2024-05-10]", "el próximo viernes [2024-05-17, 2024-05-17]"}},
		{"en", "a week from Tuesday, two days after Christmas and the week before last", []string{"a week from Tuesday [2024-05-21, 2024-05-21]", "two days after Christmas [2023-12-27, 2023-12-27]", "the week before last [2024-04-29, 2024-05-05]"}},
		{"en", "next week from Tuesday to Friday, and last week on Monday", []string{"next week from Tuesday to Friday [2024-05-21, 2024-05-24]", "last week on Monday [2024-05-06, 2024-05-06]"}},
		{"es", "la próxima semana de martes a viernes", []string{"la próxima semana de martes a viernes [2024-05-21, 2024-05-24]"}},
		{"en", "two weeks starting June 3, in 4 business days", []string{"two weeks starting June 3 [2024-06-03, 2024-06-16]"}},
		{"es", "La década de los ochenta, los años 1970 y en los 90.", []string{"La década de los ochenta [1980, 1989]", "los años 1970 [1970, 1979]", "en los 90 [1990, 1999]"}},
		{"en", "The early 20th century, mid-June and the late 1970s.", []string{"The early 20th century [1900, 1929]", "mid-June [2024-06-10, 2024-06-20]", "the late 1970s [1977, 1979]"}},
		{"en", "During Ramadan 2023 and on Labor Day weekend 2023.", []string{"Ramadan 2023 [2023-03-23, 2023-04-21]", "Labor Day weekend 2023 [2023-09-02, 2023-09-04]"}},
		{"es", "En Carnaval de 2023 y el Viernes Santo de 2022.", []string{"En Carnaval de 2023 [2023-02-19, 2023-02-21]", "el Viernes Santo de 2022 [2022-04-15, 2022-04-15]"}},
		{"es", "La marcha por el Día de la Mujer; cantó Feliz Navidad.", nil},
		{"en", "A Christmas tree stood in front of the house.", nil},
		{"es", "El 9 de 8 de 1971, el 3 del corriente y 11 / 2016.", []string{"El 9 de 8 de 1971 [1971-08-09, 1971-08-09]", "el 3 del corriente [2024-05-03, 2024-05-03]", "11 / 2016 [2016-11, 2016-11]"}},
		{"en", "It grew from 1995-98; September '67 was worse.", []string{"from 1995-98 [1995, 1998]", "September '67 [1967-09, 1967-09]"}},
		{"en", "The euro fell to 1.2015 and the yen to 11.5.", nil},
		{"en", "They sold the year to date; the fund rose 3% for the week.", []string{"the year to date [2024-01-01, 2024-05-15]", "the week [2024-05-13, 2024-05-19]"}},
		{"es", "Del viernes 20 al sábado 21 de marzo de 2020.", []string{"Del viernes 20 al sábado 21 de marzo de 2020 [2020-03-20, 2020-03-21]"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(c.text, c.lang, &published)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithoutADateRelativeExpressionsStayUnresolved(t *testing.T) {
	month := claims.Date("2024-05")
	for _, published := range []*claims.Date{nil, &month} {
		got := found("El lunes, hace dos años, en marzo, el mes pasado y el 3 de mayo; en 2019.", "es", published)
		want := []string{"El lunes […, …]", "hace dos años […, …]", "en marzo […, …]", "el mes pasado […, …]", "el 3 de mayo […, …]", "en 2019 [2019, 2019]"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestClockTime(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		at, want   int
	}{
		{"es", "a las 10:30 horas", 2, 3}, {"es", "a las 8 de la mañana", 2, 6}, {"es", "a las 8 personas", 2, 2},
		{"en", "at 5 p.m. sharp", 1, 3}, {"en", "at 5 people", 1, 2}, {"en", "5 people", 0, 0},
	} {
		if got := NewClockTimes(segment.Split(c.text, c.lang)).Next(c.at); got != c.want {
			t.Errorf("%q at token %d: %d, want %d", c.text, c.at, got, c.want)
		}
	}
}

func TestEaster(t *testing.T) {
	for y, want := range map[int]string{2000: "04-23", 2008: "03-23", 2011: "04-24", 2024: "03-31", 2025: "04-20"} {
		if got := easter(y).Format("01-02"); got != want {
			t.Errorf("Easter of %d is %s, want %s", y, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"el 31 de febrero de 2023", "hace 99999999999999 años", "los últimos 999999999 días", "in the next 5000000 years", "desde desde hasta entre y el lunes",
		"0000-00-00 9999-12-31 2024-02-30", "primera semana de 2024", "de 2019 a 2010", "early mid-9999", "a couple of decades ago",
	} {
		f.Add(seed)
	}
	published := claims.Date("2024-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"es", "en"} {
			doc, end := segment.Split(text, lang), 0
			for _, x := range Find(doc, &published) {
				if x.Start < end || x.Len() == 0 || doc.Slice(x.Span) != x.Text {
					t.Fatalf("%+v is out of order or misplaced", x)
				}
				end = x.End
				for _, side := range []*claims.Date{x.From, x.To} {
					if side == nil {
						continue
					}
					if _, err := claims.ParseDate("date", string(*side)); err != nil {
						t.Fatalf("%q gives the date %q", x.Text, *side)
					}
				}
			}
		}
	})
}

func TestManyDatesTakeLinearTime(t *testing.T) {
	published := claims.Date("2024-05-15")
	for _, unit := range []string{"y ", "el ", "desde ", "entre ", "lunes ", "3 de mayo ", "hace ", "los últimos ", "2019 a ", "2019."} {
		start := claimstest.CPUTime(t)
		Find(segment.Split(strings.Repeat(unit, 20_000), "es"), &published)
		took := claimstest.CPUTime(t) - start
		t.Logf("20 000 times %q: %v", unit, took)
		if took > 5*time.Second {
			t.Errorf("20 000 times %q took %v", unit, took)
		}
	}
}

// TestWeekdayAhead: a weekday is the one before the article's date unless its own clause tells of the future.
func TestWeekdayAhead(t *testing.T) {
	published, _ := claims.ParseDate("date", "2022-03-16") // a Wednesday
	for text, want := range map[string]string{
		"Parliament will vote on Friday.":                                 "2022-03-18",
		"Parliament voted on Friday.":                                     "2022-03-11",
		"He said on Friday, and nobody doubted it, that taxes will rise.": "2022-03-11",
		"The protest, held on Friday, will cost the city money.":          "2022-03-11",
	} {
		found := Find(segment.Split(text, "en"), &published)
		if len(found) != 1 || found[0].From == nil || string(*found[0].From) != want {
			t.Errorf("%q: %v, want %s", text, found, want)
		}
	}
}

// TestNoDate: words that only look like dates give none.
func TestNoDate(t *testing.T) {
	published, _ := claims.ParseDate("date", "2022-03-16")
	for text, code := range map[string]string{
		"They may march on the second floor.":                 "en",
		"It rose from 3/4 to 7/8, and 24/7 care goes on.":     "en",
		"On the 4th floor stood the rest of the group.":       "en",
		"The team won 3-1 after the first two games.":         "en",
		"Legaliza el aborto hasta la semana 14 de gestación.": "es",
		"Ganó el 3-1 y subió al 5 de la lista.":               "es",
	} {
		if found := Find(segment.Split(text, code), &published); len(found) > 0 {
			t.Errorf("%q: %v", text, found)
		}
	}
}
