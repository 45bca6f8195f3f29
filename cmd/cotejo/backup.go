package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"cotejo/db"
)

var migrateCommand = command{
	name: "migrate", usage: "[--data DIR] [--database URL]",
	summary: "create the database, or bring it to this version (every other command does so, too)", run: runMigrate,
}

var backupCommand = command{
	name: "backup", usage: "[--data DIR] [--database URL] FILE",
	summary: "write the whole desk to one new file, also while a server runs", run: runBackup,
}

var restoreCommand = command{
	name: "restore", usage: "[--data DIR] [--database URL] FILE",
	summary: "fill an empty data folder or database from a backup, and verify it", run: runRestore,
}

func runMigrate(ctx context.Context, p *process, flags *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(flags)
	if err := parseNone(flags, args); err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s is up to date\n", withoutPassword(c.databaseURL()))
	return store.Close()
}

// fileOperand reads the flags and the one file of backup and restore.
func fileOperand(p *process, flags *flag.FlagSet, args []string) (*config, string, error) {
	c, err := readConfig(p)
	if err != nil {
		return nil, "", err
	}
	c.dataFlags(flags)
	operands, err := parse(flags, args)
	if err != nil {
		return nil, "", err
	}
	if len(operands) != 1 {
		return nil, "", wrongUse("takes one FILE, got %q", operands)
	}
	return c, operands[0], nil
}

func runBackup(ctx context.Context, p *process, flags *flag.FlagSet, args []string) error {
	c, file, err := fileOperand(p, flags, args)
	if err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Backup(ctx, file); err != nil {
		return err
	}
	if _, err := os.Stat(c.logKeyFile()); err == nil {
		fmt.Fprintf(p.stderr, "cotejo: the key that signs the history, %s, is not in it: keep a copy of it elsewhere\n", c.logKeyFile())
	}
	_, err = fmt.Fprintf(p.stdout, "the desk is in %s\n", file)
	return err
}

func runRestore(ctx context.Context, p *process, flags *flag.FlagSet, args []string) error {
	c, file, err := fileOperand(p, flags, args)
	if err != nil {
		return err
	}
	if err := c.checkEmpty(); err != nil {
		return err
	}
	if err := c.makeFolder(); err != nil {
		return err
	}
	if err := db.Restore(ctx, file, c.databaseURL()); err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	fmt.Fprintf(p.stdout, "%s holds what was in %s\n", withoutPassword(c.databaseURL()), file)
	return verifyStore(ctx, p, store)
}

// checkEmpty refuses a data folder that holds anything: a restore never mixes
// two desks.
func (c *config) checkEmpty() error {
	if c.Database != "" {
		return nil // the store itself looks into that database
	}
	entries, err := os.ReadDir(c.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("the data folder %s is not empty (it holds %s): name an empty or new one with --data", c.Data, entries[0].Name())
	}
	return nil
}
