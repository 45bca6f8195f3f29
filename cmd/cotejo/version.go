package main

import (
	"context"
	"flag"
	"fmt"
	"runtime/debug"
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
