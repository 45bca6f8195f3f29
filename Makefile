# make test: every test within ten minutes. make test-all: tools race soak fuzz ## the race detector, long crash loops, many random acts, fuzzing

soak: ## the server killed 200 times, hundreds of runs of random people
	COTEJO_LONG=1 $(GO) test -count=1 -timeout 20m -run Crash ./cmd/cotejo
	$(GO) test -count=1 -timeout 20m -run Random ./claims/workflow -rapid.checks=300

check: ## module files, formatting, vet, staticcheck
	$(GO) mod tidy -diff
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

generate: ## templ components to Go
	$(GO) tool templ generate -path views

generated: ## fails where committed generated code is not what generating gives
	./.ci/generated

tools: ## PostgreSQL and Chromium from Debian packages, where this user may install
	./.ci/tools

race:
	$(GO) test -count=1 -race -timeout 30m ./claims/... ./db/... ./web/... ./views/...

fuzz: ## each fuzz target for FUZZTIME
	./.ci/fuzz $(FUZZTIME)

screens: ## pictures of every page of the demo, in every look, into docs/screens
	mkdir -p docs/screens
	COTEJO_SCREENS=$(CURDIR)/docs/screens $(GO) test -count=1 -run BrowserScreens ./cmd/cotejo
