package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

var userCommand = command{
	name: "user", usage: "add NAME --role admin|editor|checker|contributor --password-stdin | list | role NAME ROLE | disable NAME | enable NAME | reset NAME [--password-stdin] [--second-factor] [--data DIR] [--database URL]",
	summary: "add people, list them, change what they may do", run: runUser,
}

// userAct is one thing to do with people; operands are those behind its name.
type userAct struct {
	operands int
	password bool
	do       func(context.Context, *process, *workflow.Desk, []string, userInput) error
}

type userInput struct {
	role     claims.Role
	display  string
	password string
	reset    bool // set password
	factor   bool // take the second factor away
}

var userActs = map[string]userAct{
	"add":     {1, true, addUser},
	"list":    {0, false, listUsers},
	"role":    {2, false, setUserRole},
	"disable": {1, false, disableUser},
	"enable":  {1, false, enableUser},
	"reset":   {1, true, resetUser},
}

func runUser(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	role := fs.String("role", "", "admin, editor, checker or contributor")
	display := fs.String("display", "", "how pages call them (default: NAME)")
	stdin := fs.Bool("password-stdin", false, "read the password from the first line of standard input")
	factor := fs.Bool("second-factor", false, "reset: take the one-time codes away, for whoever lost telephone and recovery codes")
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) == 0 {
		return wrongUse("say what to do: add, list, role, disable, enable or reset")
	}
	act, known := userActs[operands[0]]
	switch {
	case !known:
		return wrongUse("there is no %q: add, list, role, disable, enable or reset", operands[0])
	case len(operands)-1 != act.operands:
		return wrongUse("%s takes %d operands, got %d", operands[0], act.operands, len(operands)-1)
	case *factor && operands[0] != "reset":
		return wrongUse("--second-factor goes with reset")
	case act.password && !*stdin && !*factor:
		return wrongUse("%s reads the password from standard input: say --password-stdin", operands[0])
	case operands[0] == "add" && !claims.Role(*role).Valid():
		return wrongUse("--role is %q, must be admin, editor, checker or contributor", *role)
	}
	in := userInput{role: claims.Role(*role), display: *display, factor: *factor, reset: *stdin}
	if act.password && *stdin {
		if in.password, err = readPassword(p.stdin); err != nil {
			return err
		}
	}
	return c.withDesk(ctx, func(d *workflow.Desk) error { return act.do(ctx, p, d, operands[1:], in) })
}

// readPassword takes the first line of standard input, without its line end.
func readPassword(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, 4096)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func addUser(ctx context.Context, p *process, d *workflow.Desk, names []string, in userInput) error {
	person, err := d.AddPerson(ctx, d.SystemActor(), workflow.NewPerson{Name: names[0], Display: in.display, Password: in.password, Role: in.role})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s added as %s\n", person.Name, person.Role)
	return err
}

func listUsers(ctx context.Context, p *process, d *workflow.Desk, _ []string, _ userInput) error {
	roster, err := d.Roster(ctx, d.SystemActor())
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tROLE\tSTATE\tSINCE\tCODES")
	for _, person := range roster.People {
		state, codes := "active", "no"
		if person.Disabled {
			state = "disabled"
		}
		if !roster.Factors[person.ID].IsZero() {
			codes = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", person.Name, person.Role, state, person.CreatedAt.Format("2006-01-02"), codes)
	}
	return w.Flush()
}

// named finds the person that an operand names.
func named(ctx context.Context, d *workflow.Desk, name string) (claims.Person, error) {
	people, err := d.People(ctx, d.SystemActor())
	if err != nil {
		return claims.Person{}, err
	}
	for _, person := range people {
		if strings.EqualFold(person.Name, name) {
			return person, nil
		}
	}
	return claims.Person{}, claims.NotFound("person", name)
}

func setUserRole(ctx context.Context, p *process, d *workflow.Desk, operands []string, _ userInput) error {
	role := claims.Role(operands[1])
	if !role.Valid() {
		return wrongUse("the role is %q, must be admin, editor, checker or contributor", operands[1])
	}
	person, err := named(ctx, d, operands[0])
	if err != nil {
		return err
	}
	if err := d.SetRole(ctx, d.SystemActor(), person.ID, person.Version, role); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s is now %s\n", person.Name, role)
	return err
}

func disableUser(ctx context.Context, p *process, d *workflow.Desk, names []string, _ userInput) error {
	return setDisabled(ctx, p, d, names[0], true, "disabled")
}

func enableUser(ctx context.Context, p *process, d *workflow.Desk, names []string, _ userInput) error {
	return setDisabled(ctx, p, d, names[0], false, "enabled")
}

func setDisabled(ctx context.Context, p *process, d *workflow.Desk, name string, disabled bool, said string) error {
	person, err := named(ctx, d, name)
	if err != nil {
		return err
	}
	if err := d.SetDisabled(ctx, d.SystemActor(), person.ID, person.Version, disabled); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s %s\n", person.Name, said)
	return err
}

func resetUser(ctx context.Context, p *process, d *workflow.Desk, names []string, in userInput) error {
	person, err := named(ctx, d, names[0])
	if err != nil {
		return err
	}
	if in.factor {
		if err := d.ResetFactor(ctx, d.SystemActor(), person.ID); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s has no one-time codes any more and is signed out everywhere\n", person.Name)
	}
	if !in.reset {
		return nil
	}
	if err := d.ResetPassword(ctx, d.SystemActor(), person.ID, person.Version, in.password); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s has a new password and is signed out everywhere\n", person.Name)
	return err
}
