package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

var tokenCommand = command{
	name: "token", usage: "create --user NAME --scope read|write [--expires 30d] | list | revoke ID [--data DIR] [--database URL]",
	summary: "make, list and revoke keys to the API", run: runToken,
}

func runToken(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	user := fs.String("user", "", "whose rights the token bears")
	scope := fs.String("scope", "", "read or write (write includes read)")
	expires := fs.String("expires", "", "when it ends, such as 30d or 12h (default: never)")
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) == 0 {
		return wrongUse("say what to do: create, list or revoke")
	}
	switch act := operands[0]; {
	case act == "create" && len(operands) == 1:
		life, err := checkToken(*user, *scope, *expires)
		if err != nil {
			return err
		}
		return c.withDesk(ctx, func(d *workflow.Desk) error { return createToken(ctx, p, d, *user, claims.Scope(*scope), life) })
	case act == "list" && len(operands) == 1:
		return c.withDesk(ctx, func(d *workflow.Desk) error { return listTokens(ctx, p, d) })
	case act == "revoke" && len(operands) == 2:
		return c.withDesk(ctx, func(d *workflow.Desk) error { return revokeToken(ctx, p, d, operands[1]) })
	}
	return wrongUse("cannot make sense of %q", operands)
}

func checkToken(user, scope, expires string) (time.Duration, error) {
	if user == "" {
		return 0, wrongUse("--user says whose rights the token bears; it is missing")
	}
	if s := claims.Scope(scope); s != claims.ScopeRead && s != claims.ScopeWrite {
		return 0, wrongUse("--scope is %q, must be read or write", scope)
	}
	return parseLife(expires)
}

// parseLife reads a duration such as 30d, 12h or 90m; "" is for ever, as 0.
func parseLife(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 36500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if life, err := time.ParseDuration(s); err == nil && life > 0 {
		return life, nil
	}
	return 0, wrongUse("--expires is %q, must be a time such as 30d, 12h or 90m", s)
}

func createToken(ctx context.Context, p *process, d *workflow.Desk, user string, scope claims.Scope, life time.Duration) error {
	plain, _, err := d.CreateToken(ctx, d.SystemActor(), user, scope, life)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, plain)
	return err
}

func listTokens(ctx context.Context, p *process, d *workflow.Desk) error {
	tokens, err := d.Tokens(ctx, d.SystemActor())
	if err != nil {
		return err
	}
	people, err := d.People(ctx, d.SystemActor())
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, person := range people {
		names[person.ID] = person.Name
	}
	w := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tUSER\tSCOPE\tMADE\tENDS\tLAST USED\tREVOKED")
	for _, t := range tokens {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, names[t.Person], t.Scope, day(t.CreatedAt), day(t.ExpiresAt), day(t.UsedAt), day(t.RevokedAt))
	}
	return w.Flush()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2006-01-02")
}

func revokeToken(ctx context.Context, p *process, d *workflow.Desk, id string) error {
	if err := d.RevokeToken(ctx, d.SystemActor(), id); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "%s revoked\n", id)
	return err
}
