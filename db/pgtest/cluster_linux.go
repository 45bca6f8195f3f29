package pgtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// startCluster makes and starts a cluster in a temporary folder, reachable
// through a socket there and nowhere else.
func startCluster() (address string, stop func(), err error) {
	bin, err := binaries()
	if err != nil {
		return "", nil, err
	}
	owner, err := clusterOwner()
	if err != nil {
		return "", nil, err
	}
	folder, err := os.MkdirTemp("", "cotejo-pg-")
	if err != nil {
		return "", nil, err
	}
	remove := func() { os.RemoveAll(folder) }
	if owner != nil {
		if err := os.Chown(folder, int(owner.Uid), int(owner.Gid)); err != nil {
			remove()
			return "", nil, err
		}
	}
	data := filepath.Join(folder, "data")
	initdb := command(owner, folder, filepath.Join(bin, "initdb"), "-D", data, "-A", "trust", "-U", "cotejo",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	halt, err := serve(command(owner, folder, filepath.Join(bin, "postgres"), "-D", data, "-k", folder, "-h", "",
		"-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=200"))
	if err != nil {
		remove()
		return "", nil, err
	}
	return "postgres://cotejo@/postgres?host=" + folder, func() { halt(); remove() }, nil
}

func command(owner *syscall.Credential, folder, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	return cmd
}

// serve starts the server and returns once it says that it is ready. The server
// ends with this process, even when that is killed.
func serve(cmd *exec.Cmd) (halt func(), err error) {
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	started, done := make(chan error, 1), make(chan struct{})
	go func() {
		// The death signal is tied to the thread that starts the server.
		runtime.LockOSThread()
		defer close(done)
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		started <- awaitReady(log)
		_, _ = io.Copy(io.Discard, log)
		_ = cmd.Wait() // SIGQUIT makes it end with an error, as it should
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT) // nothing in it is worth keeping
		<-done
	}, nil
}

func awaitReady(log io.Reader) error {
	var said strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "ready to accept connections") {
			return nil
		}
	}
	return fmt.Errorf("postgres did not start: %s", said.String())
}

// binaries finds the newest installed server, installing one where it may.
func binaries() (string, error) {
	if bin := installed(); bin != "" {
		return bin, nil
	}
	if err := install(); err != nil {
		return "", err
	}
	if bin := installed(); bin != "" {
		return bin, nil
	}
	return "", errors.New("the postgresql package brought no server")
}

func installed() string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return ""
	}
	slices.SortFunc(found, func(a, b string) int { return release(a) - release(b) })
	return filepath.Dir(found[len(found)-1])
}

// release reads 15 out of /usr/lib/postgresql/15/bin/initdb.
func release(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if err != nil {
		return 0
	}
	return n
}

// install asks Debian for the server, as root or where sudo asks nothing.
func install() error {
	var prefix []string
	if os.Geteuid() != 0 {
		if err := exec.Command("sudo", "-n", "true").Run(); err != nil {
			return errors.New("no server under /usr/lib/postgresql and no right to install one")
		}
		prefix = []string{"sudo", "-n"}
	}
	for _, step := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "postgresql"}} {
		args := append(slices.Clone(prefix), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q")
		args = append(args, step...)
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w: %s", step[0], err, bytes.TrimSpace(out))
		}
	}
	return nil
}

// clusterOwner is who runs the server: PostgreSQL refuses to run as root.
func clusterOwner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
