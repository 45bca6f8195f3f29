package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"time"
)

var versionCommand = command{name: "version", summary: "print the version", run: runVersion}

func runVersion(_ context.Context, p *process, fs *flag.FlagSet, args []string) error {
	if err := parseNone(fs, args); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "cotejo %s\n", version())
	return err
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value
		}
	}
	if v == "" {
		v = "(devel)"
	}
	return v
}

// built is when this program came to be: the time of its commit, else that of its
// file. The zero time where neither is known.
func built() time.Time {
	info, _ := debug.ReadBuildInfo()
	if info != nil {
		at, clean := time.Time{}, true
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.time":
				at, _ = time.Parse(time.RFC3339, s.Value)
			case "vcs.modified":
				clean = s.Value != "true"
			}
		}
		if clean && !at.IsZero() {
			return at
		}
	}
	file, err := os.Executable()
	if err != nil {
		return time.Time{}
	}
	stat, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return stat.ModTime()
}
