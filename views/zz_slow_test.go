package views
import ("testing";"strings";"time";"cotejo/views/i18n";"context";"io")
func TestSlow(t *testing.T){
 for _,c:=range []string{strings.Repeat("[[",50000),strings.Repeat("[",100000),strings.Repeat("[[7F3K9Q]] ",10000),strings.Repeat("[[7F3K9Q]]\n\n",10000),strings.Repeat("> ",50000),strings.Repeat("*a ",33000),strings.Repeat("- ",50000)} {
 n:=time.Now(); x,err:=Markdown(i18n.For("en"),c,nil); if err!=nil {t.Fatal(err)}; x.Render(context.Background(),io.Discard); t.Log(len(c),c[:6],time.Since(n)) }
}
