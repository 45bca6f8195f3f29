package main

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"

	"cotejo/claims/fetch"
	"cotejo/claims/suggest"
	"cotejo/claims/webarchive"
	"cotejo/claims/workflow"
	"cotejo/db"
)

// config is what flags and the environment say; a flag wins.
type config struct {
	Addr           string         `env:"ADDR" envDefault:"127.0.0.1:8080"`
	Data           string         `env:"DATA" envDefault:"./cotejo-data"`
	Database       string         `env:"DATABASE"`
	BaseURL        string         `env:"BASE_URL"`
	TrustedProxies string         `env:"TRUSTED_PROXIES"`
	FetchAllow     string         `env:"FETCH_ALLOW"` // private hosts that may be fetched from, for tests: no flag
	HookAllow      string         `env:"HOOK_ALLOW"`  // private hosts, and those without https, that webhooks may reach
	ArchiveURL     string         `env:"ARCHIVE_URL"` // of a web archive that takes requests as Save Page Now does
	ArchiveKey     suggest.Secret `env:"ARCHIVE_KEY"` // no flag: whoever lists processes would see it
	InsecureHTTP   bool           `env:"INSECURE_HTTP"`
	Dev            bool           `env:"DEV"` // pages for those who work on the program
	ModelURL       string         `env:"MODEL_URL"`
	ModelName      string         `env:"MODEL_NAME"`
	ModelKey       suggest.Secret `env:"MODEL_KEY"` // no flag: whoever lists processes would see it
	OIDCIssuer     string         `env:"OIDC_ISSUER"`
	OIDCClientID   string         `env:"OIDC_CLIENT_ID"`
	OIDCSecret     suggest.Secret `env:"OIDC_CLIENT_SECRET"` // no flag either
	OIDCName       string         `env:"OIDC_NAME"`
	OIDCRole       string         `env:"OIDC_ROLE"`
	SMTPURL        suggest.Secret `env:"SMTP_URL"` // holds a password, so no flag
	SMTPFrom       string         `env:"SMTP_FROM"`
}

// readConfig takes the environment's half of the configuration.
func readConfig(p *process) (*config, error) {
	c := &config{}
	err := env.ParseWithOptions(c, env.Options{Prefix: "COTEJO_", Environment: env.ToMap(p.env)})
	if err != nil {
		return nil, wrongUse("the environment: %v", err)
	}
	return c, nil
}

// archivist is the web archive that is asked to keep pages; nil where none is named.
func (c *config) archivist(base *url.URL) (workflow.Archivist, error) {
	if c.ArchiveURL == "" {
		if c.ArchiveKey != "" {
			return nil, wrongUse("COTEJO_ARCHIVE_KEY is set, and COTEJO_ARCHIVE_URL does not say which web archive it is for")
		}
		return nil, nil
	}
	client, err := webarchive.New(webarchive.Config{Address: c.ArchiveURL, Key: string(c.ArchiveKey), UserAgent: c.agent(base)})
	if err != nil {
		return nil, wrongUse("COTEJO_ARCHIVE_URL: %v", err)
	}
	return client, nil
}

// agent says who asks other servers.
func (c *config) agent(base *url.URL) string {
	return "Cotejo/" + version() + " (+" + base.String() + ")"
}

// dataFlags adds the flags of every command that opens the data.
func (c *config) dataFlags(fs *flag.FlagSet) {
	fs.StringVar(&c.Data, "data", c.Data, "folder that holds the desk's data")
	fs.StringVar(&c.Database, "database", c.Database, "postgres://… or a SQLite file (default cotejo.db in the data folder)")
}

// serverFlags adds the flags that say where the server stands.
func (c *config) serverFlags(fs *flag.FlagSet) {
	fs.StringVar(&c.Addr, "addr", c.Addr, "address to listen on")
	fs.StringVar(&c.BaseURL, "base-url", c.BaseURL, "the address under which readers reach the desk (default http:// and the address listened on)")
	fs.StringVar(&c.TrustedProxies, "trusted-proxies", c.TrustedProxies, "networks (CIDR, …) whose X-Forwarded-For is believed")
	fs.BoolVar(&c.Dev, "dev", c.Dev, "add /styleguide, for those who work on the program")
	fs.BoolVar(&c.InsecureHTTP, "insecure-http", c.InsecureHTTP, "allow plain http on an address that is not loopback")
}

// modelFlags adds the flags that say which model is asked for further claims.
func (c *config) modelFlags(fs *flag.FlagSet) {
	fs.StringVar(&c.ModelURL, "model-url", c.ModelURL, "ask the model of this OpenAI-compatible service for further claims, such as http://127.0.0.1:11434/v1 (default none; its key is COTEJO_MODEL_KEY)")
	fs.StringVar(&c.ModelName, "model-name", c.ModelName, "the model's name, as its service lists it")
}

// suggester is the model that is asked for further claims; nil where none is named.
func (c *config) suggester() (workflow.Suggester, error) {
	if c.ModelURL == "" {
		if c.ModelName != "" {
			return nil, wrongUse("--model-name names the model %q, and --model-url does not say where it is", c.ModelName)
		}
		return nil, nil
	}
	client, err := suggest.New(suggest.Config{URL: c.ModelURL, Model: c.ModelName, Key: c.ModelKey})
	if err != nil {
		return nil, wrongUse("--model-url, --model-name: %v", err)
	}
	return client, nil
}

// fetcher gets the pages of which copies are kept, and says who it is.
func (c *config) fetcher(base *url.URL) workflow.Fetcher {
	return fetch.New(fetch.Config{Allow: strings.Split(c.FetchAllow, ","), UserAgent: c.agent(base)})
}

// poster sends messages to webhooks, with a list of its own of private hosts: admins
// name webhooks, anybody on the desk names pages.
func (c *config) poster(base *url.URL) workflow.Poster {
	return fetch.New(fetch.Config{Allow: strings.Split(c.HookAllow, ","), UserAgent: c.agent(base)})
}

func (c *config) databaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "cotejo.db")
}

// open opens the store, which is created and migrated when needed.
func (c *config) open(ctx context.Context) (*db.Store, error) {
	if err := c.makeFolder(); err != nil {
		return nil, err
	}
	return db.Open(ctx, c.databaseURL())
}

// makeFolder makes the data folder, which nobody else may look into.
func (c *config) makeFolder() error {
	if c.Database != "" {
		return nil
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("the data folder cannot be made: %w (choose another with --data)", err)
	}
	return nil
}

// configCommand prints what is in force.
var configCommand = command{
	name: "config", usage: "[--data DIR] [--database URL] [--addr HOST:PORT] [--base-url URL] [--trusted-proxies CIDR,…] [--model-url URL] [--model-name NAME] [--oidc-issuer URL] [--oidc-client-id ID] [--oidc-name NAME] [--oidc-role ROLE]",
	summary: "print the configuration in force, without secrets", run: runConfig,
}

func runConfig(_ context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	c.serverFlags(fs)
	c.modelFlags(fs)
	c.oidcFlags(fs)
	if err := parseNone(fs, args); err != nil {
		return err
	}
	for _, line := range [][2]string{
		{"addr", c.Addr}, {"archive_key", c.ArchiveKey.String()}, {"archive_url", withoutSecrets(c.ArchiveURL)}, {"base_url", c.BaseURL}, {"data", c.Data}, {"database", withoutPassword(c.databaseURL())},
		{"fetch_allow", c.FetchAllow}, {"hook_allow", c.HookAllow},
		{"insecure_http", fmt.Sprint(c.InsecureHTTP)}, {"model_key", c.ModelKey.String()}, {"model_name", c.ModelName},
		{"model_url", withoutSecrets(c.ModelURL)}, {"oidc_client_id", c.OIDCClientID},
		{"oidc_client_secret", c.OIDCSecret.String()}, {"oidc_issuer", withoutSecrets(c.OIDCIssuer)}, {"oidc_name", c.OIDCName}, {"oidc_role", c.OIDCRole},
		{"smtp_from", c.SMTPFrom}, {"smtp_url", withoutSecrets(string(c.SMTPURL))},
		{"trusted_proxies", c.TrustedProxies},
	} {
		fmt.Fprintf(p.stdout, "%s=%s\n", line[0], line[1])
	}
	return nil
}

// withoutPassword blanks the password of a database URL, also where it stands
// among the parameters.
func withoutPassword(raw string) string {
	if !strings.Contains(raw, "://") {
		return raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "(unreadable)"
	}
	q := u.Query()
	for _, secret := range []string{"password", "passfile", "sslpassword", "sslkey"} {
		if q.Has(secret) {
			q.Set(secret, "xxxxx")
		}
	}
	u.RawQuery = q.Encode()
	return u.Redacted()
}

// withoutSecrets leaves of a web address what may be shown: a password or key
// in it is refused by serve, and printed by nobody.
func withoutSecrets(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "(unreadable)"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}
