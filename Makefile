# make test: every test within ten minutes. make test-all: the long ones too.
GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 20s

.PHONY: build test test-all check generate generated tools fuzz race cover screens

build: ## the product binary, CGO off
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/cotejo ./cmd/cotejo

test: tools check generated ## what every change must pass
	$(GO) test -count=1 -timeout 9m ./...

test-all: tools race fuzz ## crash loops, soaks, fuzzing, the race detector
	COTEJO_LONG=1 $(GO) test -count=1 -timeout 40m -run 'Long|Crash|Soak' ./...

check: ## formatting, vet, staticcheck
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
