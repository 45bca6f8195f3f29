package quantity

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

func found(text, lang string) []string {
	var out []string
	for _, q := range Find(segment.Split(text, lang)) {
		out = append(out, show(q))
	}
	return out
}

func TestFindInSpanish(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Llegaron alrededor de 15.000 soldados.", []string{`alrededor de 15.000 soldados [15000 –..– exact true "soldados"]`}},
		{"Gastó más de US$ 2.500 millones.", []string{`más de US$ 2.500 millones [2.5e+09 –..– min false "US$"]`}},
		{"Costó 1,5 millones de euros.", []string{`1,5 millones de euros [1.5e+06 –..– exact false "euros"]`}},
		{"Subió un 20 %, casi el 3,5 por ciento real.", []string{`20 % [20 –..– exact false "%"]`, `casi el 3,5 por ciento [3.5 –..– exact true "%"]`}},
		{"Esperan entre 3 y 5 barcos.", []string{`entre 3 y 5 barcos [– 3..5 range false "barcos"]`}},
		{"Tardará de 10 a 12 años.", []string{`de 10 a 12 años [– 10..12 range false "años"]`}},
		{"Vinieron miles de vecinos y decenas de miles de turistas.", []string{`miles de vecinos [– 1000..– min false "vecinos"]`, `decenas de miles de turistas [– 10000..– min false "turistas"]`}},
		{"Una de cada cinco casas y dos tercios del campo.", []string{`Una de cada cinco casas [0.2 –..– exact false "casas"]`, `dos tercios [0.6666666666666666 –..– exact false ""]`}},
		{"Los menores de 16 años no pagan.", []string{`menores de 16 años [16 –..– max false "años"]`}},
		{"Ya superan los 9.000 casos, pero no han superado los 10.000.", []string{`superan los 9.000 casos [9000 –..– min false "casos"]`, `superado los 10.000 [10000 –..– max false ""]`}},
		{"La cifra subió hasta los 140, hasta 200 como máximo.", []string{`140 [140 –..– exact false ""]`, `hasta 200 como máximo [200 –..– max false ""]`}},
		{"Trabajó durante cinco años y una hora.", []string{`cinco años [5 –..– exact false "años"]`, `una hora [1 –..– exact false "hora"]`}},
		{"Tiene veintitantos libros y medio millón de sellos.", []string{`veintitantos libros [20 –..– exact true "libros"]`, `medio millón de sellos [500000 –..– exact false "sellos"]`}},
		{"Es el tercer país más grande y gana el doble.", []string{`tercer país [3 –..– exact false "país"]`, `doble [2 –..– exact false "veces"]`}},
		{"Se destinan 3 mil 400 millones de pesos.", []string{`3 mil 400 millones de pesos [3.4e+09 –..– exact false "pesos"]`}},
		{"Hubo 12 heridos y más de 20 muertos.", []string{`12 heridos [12 –..– exact false "heridos"]`, `más de 20 muertos [20 –..– min false "muertos"]`}},
		{"Pasaron dos años y medio a -5 °C.", []string{`dos años y medio [2.5 –..– exact false "años"]`, `-5 °C [-5 –..– exact false "°C"]`}},
		{"Dos de cada cinco litros se pierden, y uno de cada tres pozos; 2 de cada 10.", []string{`Dos de cada cinco litros [0.4 –..– exact false "litros"]`, `uno de cada tres pozos [0.3333333333333333 –..– exact false "pozos"]`, `2 de cada 10 [0.2 –..– exact false ""]`}},
		{"Hay 120 casos en 14 días por cada 100.000 habitantes.", []string{`120 casos [120 –..– exact false "casos"]`}},
		{"Murieron 12 en el choque. Apolo 11 llegó. Ruta 66 cruza el valle. Unas 300 cabras.", []string{`12 [12 –..– exact false ""]`, `Unas 300 cabras [300 –..– exact true "cabras"]`}},
		{"Bebió 2½ litros y ½ kilo; 1e10 no. Mas de un millon de aves, alrededor de dieciseis anos.", []string{`2½ litros [2.5 –..– exact false "litros"]`, `½ kilo [0.5 –..– exact false "kilo"]`, `Mas de un millon de aves [1e+06 –..– min false "aves"]`, `alrededor de dieciseis anos [16 –..– exact true "anos"]`}},
		{"Vende a 3 euros con 50, y pagó 15 euros y 20 personas entraron.", []string{`3 euros con 50 [3.5 –..– exact false "euros"]`, `15 euros [15 –..– exact false "euros"]`, `20 personas [20 –..– exact false "personas"]`}},
		{"Midió los dos metros de agua; los dos se fueron en un medio de transporte.", []string{`dos metros [2 –..– exact false "metros"]`}},
		{"Debe tres billones doscientos mil millones de pesos.", []string{`tres billones doscientos mil millones de pesos [3.2e+12 –..– exact false "pesos"]`}},
		{"Perdió un quinto de la cosecha, casi un octavo del agua; un cuarto hombre y un cuarto de baño.", []string{`un quinto [0.2 –..– exact false ""]`, `casi un octavo [0.125 –..– exact true ""]`, `cuarto hombre [4 –..– exact false "hombre"]`}},
		{"Vendió un cuarto de millón de botas y un millón y medio de cintas.", []string{`un cuarto de millón de botas [250000 –..– exact false "botas"]`, `un millón y medio de cintas [1.5e+06 –..– exact false "cintas"]`}},
		{"Gastó 3 millones 250 mil pesos y un dólar con veinte centavos.", []string{`3 millones 250 mil pesos [3.25e+06 –..– exact false "pesos"]`, `un dólar con veinte centavos [1.2 –..– exact false "dólar"]`}},
		{"La nota subió a cuatro con cinco; murieron tres con cinco hijos.", []string{`cuatro con cinco [4.5 –..– exact false ""]`, `tres [3 –..– exact false ""]`, `cinco hijos [5 –..– exact false "hijos"]`}},
		{"Piden entre 4.000 y 5.000 millones, 20 o 300 euros.", []string{`entre 4.000 y 5.000 millones [– 4e+09..5e+09 range false ""]`, `20 [20 –..– exact false ""]`, `300 euros [300 –..– exact false "euros"]`}},
		{"Cayó un 4 % a 212 puntos, a 12º C y a menos tres grados.", []string{`4 % [4 –..– exact false "%"]`, `212 puntos [212 –..– exact false "puntos"]`, `12º C [12 –..– exact false "°C"]`, `menos tres grados [-3 –..– exact false "grados"]`}},
		{"Vinieron seis socios -dos de ellos enfermos-, todos menos uno a pie.", []string{`seis socios [6 –..– exact false "socios"]`, `dos [2 –..– exact false ""]`}},
		{"Ganó 3 – 1 en casa; pasó de 9 a 14 escaños y vinieron otras dos vecinas.", []string{`9 [9 –..– exact false ""]`, `14 escaños [14 –..– exact false "escaños"]`, `dos vecinas [2 –..– exact false "vecinas"]`}},
		{"Quedan de 3 a 7 plazas; al menos una de ellas es doble.", []string{`de 3 a 7 plazas [– 3..7 range false "plazas"]`, `al menos una [1 –..– min false ""]`}},
		{"Tres becarios de cuatro países, cinco casos de covid-19.", []string{`Tres becarios [3 –..– exact false "becarios"]`, `cuatro países [4 –..– exact false "países"]`, `cinco casos de covid-19 [5 –..– exact false "casos de covid-19"]`}},
		{"Mide más de 30 metros y menos de 40; pesa más que 10 y más de 5.", []string{`más de 30 metros [30 –..– min false "metros"]`, `menos de 40 [40 –..– max false ""]`, `más que 10 [10 –..– min false ""]`, `más de 5 [5 –..– min false ""]`}},
		{"Queda por encima de la media en la segunda parte; la mitad de los pozos.", []string{`la mitad de los pozos [0.5 –..– exact false "pozos"]`}},
		{"Apenas una semana después pagó ,75 % por un peso más; COVID -19.", []string{`una semana [1 –..– exact false "semana"]`, `,75 % [0.75 –..– exact false "%"]`, `un peso [1 –..– exact false "peso"]`}},
		{"Fue el cuarto robo, por tercera vez y por segunda semana consecutiva; un tercer testigo, la segunda vez, una tercera persona.", []string{`cuarto robo [4 –..– exact false "robo"]`, `tercera vez [3 –..– exact false "vez"]`, `segunda semana [2 –..– exact false "semana"]`, `tercer testigo [3 –..– exact false "testigo"]`}},
		{"La tasa se duplicó, casi triplica la media y es más del doble de la de Lugo; creció al doble, un doble juego.", []string{`duplicó [2 –..– exact false "veces"]`, `casi triplica [3 –..– exact true "veces"]`, `más del doble [2 –..– min false "veces"]`, `doble [2 –..– exact false "veces"]`}},
		{"Hubo dos heridos y un detenido, tres meses y una multa de 80 euros, 40 casas y una serie de pozos.", []string{`dos heridos [2 –..– exact false "heridos"]`, `un detenido [1 –..– exact false "detenido"]`, `tres meses [3 –..– exact false "meses"]`, `80 euros [80 –..– exact false "euros"]`, `40 casas [40 –..– exact false "casas"]`}},
		{"Murieron decenas y cientos siguen atrapados, una vez al mes; el aforo rozó los 4.000 y rondará las 500 plazas.", []string{`decenas [– 10..– min false ""]`, `cientos [– 100..– min false ""]`, `una vez [1 –..– exact false "vez"]`, `rozó los 4.000 [4000 –..– exact true ""]`, `rondará las 500 plazas [500 –..– exact true "plazas"]`}},
		{"Los bonos a 10 años pagan un 3 %, un 2 % menos que un año antes, en torno al 5 %, ± 1 punto.", []string{`3 % [3 –..– exact false "%"]`, `2 % [2 –..– exact false "%"]`, `en torno al 5 % [5 –..– exact true "%"]`, `± 1 punto [1 –..– exact false "punto"]`}},
		{"Cuatro de los seis vagones, dentro de un plazo de nueve días, un par de millones.", []string{`Cuatro [4 –..– exact false ""]`, `seis vagones [6 –..– exact false "vagones"]`, `dentro de un plazo de nueve días [9 –..– max false "días"]`, `un par de millones [2e+06 –..– exact true ""]`}},
		{"Tardó hora y media o un mes y medio; se fue hace año y medio. Al menos uno cojea y más de uno ríe.", []string{`hora y media [1.5 –..– exact false "hora"]`, `un mes y medio [1.5 –..– exact false "mes"]`, `Al menos uno cojea [1 –..– min false "cojea"]`}},
		{"Baja entre un 15 y un 20 %, de un 3 a un 5 por ciento; gasta 30 mdp y 2 mil mdd.", []string{`entre un 15 y un 20 % [– 15..20 range false "%"]`, `de un 3 a un 5 por ciento [– 3..5 range false "%"]`, `30 mdp [3e+07 –..– exact false "pesos"]`, `2 mil mdd [2e+09 –..– exact false "dólares"]`}},
		{"La ley de 1886, la torre caída en 1348, la copa de Turín'06, la red 5G, en el minuto 47 y de 1) un muro a 2) una verja.", nil},
		{"Votaron 1850 vecinos, 1.850 socios y más de 1720.", []string{`1850 vecinos [1850 –..– exact false "vecinos"]`, `1.850 socios [1850 –..– exact false "socios"]`, `más de 1720 [1720 –..– min false ""]`}},
		{"El artículo 14, el 80 aniversario, la covid-19, el 11-S y la fase 3.", nil},
		{"El 10 de agosto de 2019, a las 10:30, hace dos años.", nil},
		{"Hay casos por cada 100.000 habitantes, uno de los peores.", nil},
		{"Un hombre y una mujer vieron a los dos países.", nil},
		{"Perdió (1-4). Llame al 555-1234 o al 91-555-1234.", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(c.text, "es")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFindInEnglish(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Sales rose last year from 4% to 6%, and prices range from 5 to 10 dollars.", []string{`4% [4 –..– exact false "%"]`, `6% [6 –..– exact false "%"]`, `from 5 to 10 dollars [– 5..10 range false "dollars"]`}},
		{"They lost 0 – 2, then met the other three teams.", []string{`three teams [3 –..– exact false "teams"]`}},
		{"They walked around the 240 acres; around 20 dogs stayed.", []string{`240 acres [240 –..– exact false "acres"]`, `around 20 dogs [20 –..– exact true "dogs"]`}},
		{"There were zero cases, with zero tolerance.", []string{`zero cases [0 –..– exact false "cases"]`}},
		{"They took one or more.", []string{`one or more [1 –..– min false ""]`}},
		{"Over 700 people and about 80 cats fled.", []string{`Over 700 people [700 –..– min false "people"]`, `about 80 cats [80 –..– exact true "cats"]`}},
		{"Two in three voters, one out of ten.", []string{`Two in three voters [0.6666666666666666 –..– exact false "voters"]`, `one out of ten [0.1 –..– exact false ""]`}},
		{"An 11-year-old aged 14 or older.", []string{`11-year-old [11 –..– exact false "year"]`, `14 or older [14 –..– min false ""]`}},
		{"It must end within 48 hours.", []string{`within 48 hours [48 –..– max false "hours"]`}},
		{"He paid $5 million, then £3bn.", []string{`$5 million [5e+06 –..– exact false "$"]`, `£3bn [3e+09 –..– exact false "£"]`}},
		{"Dozens of shells and hundreds of thousands of leaflets.", []string{`Dozens of shells [– 12..– min false "shells"]`, `hundreds of thousands of leaflets [– 100000..– min false "leaflets"]`}},
		{"It fell 10-15 percent, from 3 to 5 points.", []string{`10-15 percent [– 10..15 range false "%"]`, `from 3 to 5 points [– 3..5 range false "points"]`}},
		{"The third largest city came in fourth place.", []string{`third largest [3 –..– exact false "largest"]`, `fourth place [4 –..– exact false "place"]`}},
		{"She won twice, a couple of points ahead.", []string{`twice [2 –..– exact false "times"]`, `a couple of points [2 –..– exact true "points"]`}},
		{"At least one bomb, an hour later, killed an estimated 30.", []string{`At least one bomb [1 –..– min false "bomb"]`, `an hour [1 –..– exact false "hour"]`, `an estimated 30 [30 –..– exact true ""]`}},
		{"Half of them want two and a half million trees.", []string{`Half [0.5 –..– exact false ""]`, `two and a half million trees [2.5e+06 –..– exact false "trees"]`}},
		{"Twenty-one ships, two hundred and six planes.", []string{`Twenty-one ships [21 –..– exact false "ships"]`, `two hundred and six planes [206 –..– exact false "planes"]`}},
		{"Two-thirds of houses; a third attempt.", []string{`Two-thirds of houses [0.6666666666666666 –..– exact false "houses"]`, `third attempt [3 –..– exact false "attempt"]`}},
		{"Not exceeding 40 km/h.", []string{`exceeding 40 km/h [40 –..– max false "km/h"]`}},
		{"Two out of five litres leak, one in three wells; 2 out of every 10.", []string{`Two out of five litres [0.4 –..– exact false "litres"]`, `one in three wells [0.3333333333333333 –..– exact false "wells"]`, `2 out of every 10 [0.2 –..– exact false ""]`}},
		{"Apollo 11 landed. Windows 10 was slow. Nearly 300 goats ran.", []string{`Nearly 300 goats [300 –..– exact true "goats"]`}},
		{"The two-year ban cost 30 MUSD, USD115 and 13 dollars and 45 cents.", []string{`two-year [2 –..– exact false "year"]`, `30 MUSD [3e+07 –..– exact false "USD"]`, `USD115 [115 –..– exact false "USD"]`, `13 dollars and 45 cents [13.45 –..– exact false "dollars"]`}},
		{"Six million and two thirds; 10 1/2 miles; a fifth suspect and a third attempt.", []string{`Six million and two thirds [6.666666666666667e+06 –..– exact false ""]`, `10 1/2 miles [10.5 –..– exact false "miles"]`, `fifth suspect [5 –..– exact false "suspect"]`, `third attempt [3 –..– exact false "attempt"]`}},
		{"More than half people fled and about half as many stayed; half an hour.", []string{`More than half people [0.5 –..– min false "people"]`, `about half [0.5 –..– exact true ""]`, `half an hour [0.5 –..– exact false "hour"]`}},
		{"Sales fell by a fifth, costs by nearly a tenth; a fifth of the crew left in fifteen seconds after two quarters.", []string{`a fifth [0.2 –..– exact false ""]`, `nearly a tenth [0.1 –..– exact true ""]`, `a fifth of the crew [0.2 –..– exact false "crew"]`, `fifteen seconds [15 –..– exact false "seconds"]`, `two quarters [2 –..– exact false "quarters"]`}},
		{"Three men were hurt and a fourth died; a fourth child sang.", []string{`Three men [3 –..– exact false "men"]`, `fourth child [4 –..– exact false "child"]`}},
		{"Two thirds of a million crates, a quarter of a million sacks, a million and a half tins.", []string{`Two thirds of a million crates [666666.6666666666 –..– exact false "crates"]`, `a quarter of a million sacks [250000 –..– exact false "sacks"]`, `a million and a half tins [1.5e+06 –..– exact false "tins"]`}},
		{"One billion and three quarters million, two and a half million.", []string{`One billion and three quarters million [1.00075e+09 –..– exact false ""]`, `two and a half million [2.5e+06 –..– exact false ""]`}},
		{"It ranged between minus three and five degrees, 6 through 9 points, 1 or 300.", []string{`between minus three and five degrees [– -3..5 range false "degrees"]`, `6 through 9 points [– 6..9 range false "points"]`, `1 [1 –..– exact false ""]`, `300 [300 –..– exact false ""]`}},
		{"It rose 7 % to 1,200 metric tons; he is 6 ft 3 in tall and hit .310.", []string{`7 % [7 –..– exact false "%"]`, `1,200 metric tons [1200 –..– exact false "metric tons"]`, `6 ft 3 in [6.25 –..– exact false "ft"]`, `.310 [0.31 –..– exact false ""]`}},
		{"USD72.25 for two of the three-ton trucks, everyone minus one.", []string{`USD72.25 [72.25 –..– exact false "USD"]`, `two [2 –..– exact false ""]`, `three-ton [3 –..– exact false "ton"]`}},
		{"It was the fourth burglary, for the third time and the second straight week; the third party saw a second man.", []string{`fourth burglary [4 –..– exact false "burglary"]`, `third time [3 –..– exact false "time"]`, `second straight [2 –..– exact false "straight"]`}},
		{"A third factor is rain. Two goats died. A third goat fled.", []string{`Two goats [2 –..– exact false "goats"]`, `third goat [3 –..– exact false "goat"]`}},
		{"Rents doubled, nearly quadrupled in May, and are more than double the average; he doubled down on a double room at double what it was.", []string{`doubled [2 –..– exact false "times"]`, `nearly quadrupled [4 –..– exact true "times"]`, `more than double [2 –..– min false "times"]`, `double [2 –..– exact false "times"]`}},
		{"The margin is plus or minus 3.2 points after a half-point rise on 10-year bonds in Marlow's 22-year history at 31C.", []string{`plus or minus 3.2 points [3.2 –..– exact false "points"]`, `half-point [0.5 –..– exact false "point"]`, `22-year [22 –..– exact false "year"]`, `31C [31 –..– exact false "°C"]`}},
		{"Prices fell more than a year earlier; a couple of hundred boats lay in a yard once a week.", []string{`a couple of hundred boats [200 –..– exact true "boats"]`, `once [1 –..– exact false "times"]`}},
		{"The nine-month-old calf and the six-year-old bull ran a year and a half, half a cm apart, with 600-odd sheep and 4,000-plus hens.", []string{`nine-month-old [9 –..– exact false "month"]`, `six-year-old [6 –..– exact false "year"]`, `a year and a half [1.5 –..– exact false "year"]`, `half a cm [0.5 –..– exact false "cm"]`, `600-odd sheep [600 –..– exact true "sheep"]`, `4,000-plus hens [4000 –..– min false "hens"]`}},
		{"Only one goat lived, at least one fled, the only one limps and more than one; costs were cut in half.", []string{`one goat [1 –..– exact false "goat"]`, `at least one fled [1 –..– min false "fled"]`, `half [0.5 –..– exact false ""]`}},
		{"Two lambs and one missing; 40 ewes, and no one saw one.", []string{`Two lambs [2 –..– exact false "lambs"]`, `one [1 –..– exact false ""]`, `40 ewes [40 –..– exact false "ewes"]`}},
		{"A survey of 1709 schoolchildren and a 1900 year old wall.", []string{`1709 schoolchildren [1709 –..– exact false "schoolchildren"]`, `1900 year [1900 –..– exact false "year"]`}},
		{"They won with their 19–year-old coach; an 1871 novel, the winter of '62, 4G masts and (555) 201-4411; it had 1) a roof and (some 12) doors.", []string{`19–year-old [19 –..– exact false "year"]`, `some 12 [12 –..– exact true ""]`}},
		{"On March 4, 2011 at 5 p.m., in the 1990s, two years ago.", nil},
		{"The Apollo 11, article 14 and posts 542, 543 and 7.", nil},
		{"No one saw this one; the two left. 9/11 and 24/7.", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(c.text, "en")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHedgeIsKept(t *testing.T) {
	got := Find(segment.Split("Llegaron al menos unas 300 personas.", "es"))
	if len(got) != 1 || got[0].Hedge != "al menos unas" || !got[0].Approx || got[0].Bound != claims.BoundMin {
		t.Errorf("got %+v", got)
	}
}

func TestFindInLanguagesWithoutPack(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"fr", "Le maire a annoncé que le pont avait coûté 12 millions d'euros, soit 3,5 % du budget.", []string{`12 millions d'euros [1.2e+07 –..– exact false "euros"]`, `3,5 % [3.5 –..– exact false "%"]`}},
		{"fr", "La ville compte 15 300 habitants.", []string{`15 300 [15300 –..– exact false ""]`}},
		{"de", "Der Bau kostete 1,2 Milliarden Euro, 2.500 Menschen kamen.", []string{`1,2 Milliarden Euro [1.2e+09 –..– exact false "euro"]`, `2.500 [2500 –..– exact false ""]`}},
		{"de", "Es wurden 10–15 km und 40 km/h gemessen.", []string{`10–15 km [– 10..15 range false "km"]`, `40 km/h [40 –..– exact false "km/h"]`}},
		{"pt", "O défice foi de R$ 1.234,56 ou >20 MW.", []string{`R$ 1.234,56 [1234.56 –..– exact false "R$"]`, `>20 MW [20 –..– min false "MW"]`}},
		{"it", "Sono 300 mila, 1.234,5 e 1,234.5; lo 0,125 no; 2½ sì.", []string{`300 mila [300000 –..– exact false ""]`, `1.234,5 [1234.5 –..– exact false ""]`, `1,234.5 [1234.5 –..– exact false ""]`, `0,125 [0.125 –..– exact false ""]`, `2½ [2.5 –..– exact false ""]`}},
		{"de", "Aus Zürich kamen CHF 12'500.", []string{`CHF 12'500 [12500 –..– exact false "CHF"]`}},
		{"fr", "Le 3 mars 2019, à 18 h, de 2014-2018, un trillion; 5 billions.", nil},
		{"de", "Am 12. März 2020 um 10:30 und um 20 Uhr.", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(c.text, c.lang)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingFoundIsAnEmptyList(t *testing.T) {
	if got := Find(segment.Split("keine", "de")); got == nil || len(got) != 0 {
		t.Errorf("got %#v", got)
	}
}

func TestManyNumbersTakeLinearTime(t *testing.T) {
	for _, unit := range []string{"1 ", "mil ", "entre 3 ", "más de ", "1-", "un millón de ", "dos y ", "3 a ", "miles de ", "1 000 "} {
		start := claimstest.CPUTime(t)
		Find(segment.Split(strings.Repeat(unit, 20_000), "es"))
		took := claimstest.CPUTime(t) - start
		t.Logf("20 000 times %q: %v", unit, took)
		if took > 5*time.Second {
			t.Errorf("20 000 times %q took %v", unit, took)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"entre 3 y 5 millones", "more than $5 million", "tens of thousands of thousands", "1/0 0/0 9999999999999999999999999999", "-5 °C y 6, %",
		"mil mil mil millones de billones", "one in in one", "#2 #", "half a dozen and a half", strings.Repeat("mil de millones ", 90), strings.Repeat("decenas de miles de ", 90), "1" + strings.Repeat(" millones", 90), "1 000 000 000 000 000 000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"es", "en", "fr"} {
			doc, end := segment.Split(text, lang), 0
			for _, q := range Find(doc) {
				if q.Start < end || q.Len() == 0 || doc.Slice(q.Span) != q.Text {
					t.Fatalf("%+v is out of order or misplaced", q)
				}
				if (q.Bound == claims.BoundRange) != (q.High != nil) || q.Value == nil && q.Low == nil {
					t.Fatalf("%+v has no value", q)
				}
				for _, v := range []*float64{q.Value, q.Low, q.High} {
					if v != nil && (math.IsNaN(*v) || math.Abs(*v) > 1e60) {
						t.Fatalf("%q gives %v", q.Text, *v)
					}
				}
				end = q.End
			}
		}
	})
}
