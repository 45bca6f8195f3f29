// Command cotejo is the desk on which newsrooms check what is said: server,
// extractor, importer, exporter and keeper of the data in one binary.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Exit codes that scripts may rely on.
const (
	exitDone   = 0
	exitFailed = 1 // it could not be done
	exitUsage  = 2 // wrong use or bad input
)

// command is one sub-command. Each stands in a file of its own.
type command struct {
	name    string
	usage   string // operands and flags in a line
	summary string
	run     func(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error
}

// process is what a command may touch of the world outside.
type process struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            []string // KEY=value
}

func commands() []command {
	return []command{
		serveCommand, extractCommand, importCommand, exportCommand, userCommand, tokenCommand,
		migrateCommand, backupCommand, restoreCommand, verifyCommand, siteCommand, goldCommand, configCommand, versionCommand,
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, &process{os.Stdin, os.Stdout, os.Stderr, os.Environ()}, os.Args[1:])
	stop()
	os.Exit(code)
}

// run carries out one command line and gives the exit code.
func run(ctx context.Context, p *process, args []string) int {
	if len(args) == 0 {
		printUsage(p.stderr)
		return exitUsage
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		printUsage(p.stdout)
		return exitDone
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return report(p, c, c.run(ctx, p, newFlags(p, c), args[1:]))
		}
	}
	fmt.Fprintf(p.stderr, "cotejo: there is no command %q; run \"cotejo help\" for the list\n", args[0])
	return exitUsage
}

// report turns a command's error into words and an exit code.
func report(p *process, c command, err error) int {
	var wrong *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.As(err, &wrong):
		fmt.Fprintf(p.stderr, "cotejo %s: %s\nusage: cotejo %s %s\n", c.name, wrong.text, c.name, c.usage)
		return exitUsage
	}
	fmt.Fprintf(p.stderr, "cotejo %s: %s\n", c.name, inWords(err))
	if badInput(err) {
		return exitUsage
	}
	return exitFailed
}

func printUsage(w io.Writer) {
	fmt.Fprintln(w, "cotejo: from an article to sourced, checked and published claims\n\nusage: cotejo COMMAND [FLAG|OPERAND …]")
	for _, c := range commands() {
		fmt.Fprintf(w, "\n  %-9s %s\n            %s\n", c.name, c.summary, c.usage)
	}
	fmt.Fprintln(w, "\nFlags may stand before or after operands; -- ends them. \"cotejo COMMAND -h\" lists a command's flags.")
}

// usageError is a wrong use of a command: it is answered with the usage line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func wrongUse(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// newFlags makes the flag set of a command; its help goes to standard output.
func newFlags(p *process, c command) *flag.FlagSet {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {
		fmt.Fprintf(p.stdout, "cotejo %s: %s\nusage: cotejo %s %s\n\nflags:\n", c.name, c.summary, c.name, c.usage)
		fs.SetOutput(p.stdout)
		fs.PrintDefaults()
		fs.SetOutput(io.Discard)
	}
	return fs
}

// parse reads flags wherever they stand among the operands; -- ends them.
func parse(fs *flag.FlagSet, args []string) (operands []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, wrongUse("%s", strings.TrimSpace(err.Error()))
		}
		rest := fs.Args()
		taken := len(args) - len(rest)
		if taken > 0 && args[taken-1] == "--" {
			return append(operands, rest...), nil
		}
		if len(rest) == 0 {
			return operands, nil
		}
		operands, args = append(operands, rest[0]), rest[1:]
	}
}

// parseNone reads the flags of a command that takes no operands.
func parseNone(fs *flag.FlagSet, args []string) error {
	operands, err := parse(fs, args)
	if err == nil && len(operands) > 0 {
		return wrongUse("takes no operands, got %q", operands)
	}
	return err
}
