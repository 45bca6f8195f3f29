package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cotejo/claims/claimstest"
)

// pageWait bounds every wait for a page; these machines can be slow.
const pageWait = 40 * time.Second

// lastLook bounds the picture that is taken of a failure.
const lastLook = 5 * time.Second

// browser starts one headless Chromium for the whole test binary.
var browser = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.WindowSize(1360, 900),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator) // Chromium ends with this process
	return ctx, chromedp.Do(ctx)
})

// person is somebody at a browser of their own: nothing is shared with others.
type person struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func newPerson(t *testing.T, base string) *person {
	t.Helper()
	shared, err := browser()
	if err != nil {
		claimstest.Unavailable(t, "Chromium does not start: %v (make tools installs it)", err)
	}
	ctx, cancel := chromedp.NewContext(shared, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	// The first run makes the tab, which ends with that run's context.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("no tab: %v", err)
	}
	watchConsole(t, ctx)
	return &person{t, ctx, base}
}

// watchConsole fails the test for every error the browser reports, such as a
// script that throws or a file that the content policy refuses. A page that
// answers with an error status is the tests' own business.
func watchConsole(t *testing.T, ctx context.Context) {
	messages := chromedp.Console(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range messages {
			if err != nil {
				return
			}
			if (m.Type == "error" || m.IsException()) && !strings.Contains(m.Text, "Failed to load resource") {
				t.Errorf("the browser's console says: %s", m.Text)
			}
		}
	}()
	t.Cleanup(func() {
		chromedp.Cancel(ctx)
		<-done
	})
}

// do runs browser steps and says which one failed and where.
func (p *person) do(step string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, pageWait)
	defer cancel()
	p.must(step, chromedp.Do(ctx, actions...))
}

// ask runs an action that answers.
func ask[T any](p *person, step string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, pageWait)
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	p.must(step, err)
	return answer
}

func (p *person) must(step string, err error) {
	p.t.Helper()
	if err == nil {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, lastLook)
	defer cancel()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	p.t.Fatalf("%s: %v\nat %s\n%s", step, err, at, p.keepPicture(ctx))
}

// keepPicture writes what the browser shows into a file for whoever looks into
// a failure.
func (p *person) keepPicture(ctx context.Context) string {
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return "no picture could be taken"
	}
	name := filepath.Join(os.TempDir(), "cotejo-"+strings.ReplaceAll(p.t.Name(), "/", "-")+".png")
	if os.WriteFile(name, png, 0o600) != nil {
		return "no picture could be kept"
	}
	return "see " + name
}

func (p *person) address() string {
	p.t.Helper()
	return ask(p, "address", chromedp.Location())
}

func (p *person) open(path string) {
	p.t.Helper()
	p.do("open "+path, chromedp.Navigate(p.base+path))
}

// submit clicks what sends a form or follows a link, and waits for the page
// that answers.
func (p *person) submit(step, selector string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, pageWait)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	p.must(step, err)
}

// fill types into a field, whatever was in it before.
func (p *person) fill(selector, words string) {
	p.t.Helper()
	p.do("fill "+selector, chromedp.WaitReady(chromedp.CSS(selector)), chromedp.SetValue(chromedp.CSS(selector), words))
}

// text reads what a part of the page says. A node that goes between being found and
// being read, as where a page takes the place of another, is looked for again.
func (p *person) text(selector string) string {
	p.t.Helper()
	for range 3 {
		ctx, cancel := context.WithTimeout(p.ctx, pageWait)
		said, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS(selector)))
		cancel()
		if err == nil {
			return said
		}
		if !strings.Contains(err.Error(), "No node with given id") {
			break
		}
	}
	return ask(p, "read "+selector, chromedp.TextContent(chromedp.CSS(selector)))
}

func (p *person) signIn(name, password string) {
	p.t.Helper()
	p.open("/login")
	p.fill(`input[name="name"]`, name)
	p.fill(`input[name="password"]`, password)
	p.submit("sign in", `main form button[type="submit"]`)
	if at := p.address(); strings.Contains(at, "/login") {
		p.t.Fatalf("%s could not sign in: %s", name, p.text("main"))
	}
}

// startServer runs the product on a fresh folder in this process, with people
// whose password is their name twice over.
func startServer(t *testing.T, people map[string]string) string {
	t.Helper()
	data := t.TempDir()
	for name, role := range people {
		var errs strings.Builder
		p := &process{strings.NewReader(passwordOf(name) + "\n"), &strings.Builder{}, &errs, nil}
		if code := run(t.Context(), p, []string{"user", "add", name, "--role", role, "--password-stdin", "--data", data}); code != exitDone {
			t.Fatalf("user add %s: exit %d: %s", name, code, errs.String())
		}
	}
	address := freeAddress(t)
	runServer(t, address, "--data", data)
	return (&url.URL{Scheme: "http", Host: address}).String()
}

// runServer runs the product's server in this process until the test ends and
// gives what it prints and logs; it answers when this returns.
func runServer(t *testing.T, address string, flags ...string) (out, errs *lockedBuilder) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	out, errs = &lockedBuilder{}, &lockedBuilder{}
	go func() {
		env := []string{"COTEJO_OIDC_CLIENT_SECRET=" + os.Getenv("COTEJO_OIDC_CLIENT_SECRET"), "COTEJO_FETCH_ALLOW=" + os.Getenv("COTEJO_FETCH_ALLOW")} // have no flags
		ended <- run(ctx, &process{strings.NewReader(""), out, errs, env}, append([]string{"serve", "--addr", address}, flags...))
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("serve ended with %d:\n%s", code, errs)
		}
		if t.Failed() {
			t.Logf("the server said:\n%s", errs)
		}
	})
	waitForServer(t, address, errs)
	return out, errs
}

func passwordOf(name string) string { return strings.Repeat(name+"-secret-", 2) }

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func waitForServer(t *testing.T, address string, errs fmt.Stringer) {
	t.Helper()
	for deadline := time.Now().Add(pageWait); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return
		}
	}
	t.Fatalf("the server does not answer at %s:\n%s", address, errs)
}

// lockedBuilder gathers output from more than one goroutine.
type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
