# "make test" is what every change must pass, within a quarter of an hour; "make test-all"
# adds the long tests.
GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 10000x

.PHONY: build test test-all soak check generate generated tools race fuzz screens

build: ## the product binary, CGO off
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/cotejo ./cmd/cotejo

test: tools check generated ## every test, and that the code is tidy and generated code current
	$(GO) test -count=1 -timeout 9m -skip '^TestBrowser' ./...
	$(GO) test -count=1 -timeout 9m -run '^TestBrowser' ./cmd/cotejo # alone, as they measure how fast pages answer

test-all: tools race soak fuzz ## the race detector, long crash loops, many random acts, fuzzing

soak: ## Lighthouse on four pages, the server killed 200 times, thirty people at once for a minute, a million rows, hundreds of runs of random people
	COTEJO_LONG=1 $(GO) test -count=1 -timeout 20m -run 'Crash|Crowd|Lighthouse' ./cmd/cotejo
	COTEJO_LONG=1 $(GO) test -count=1 -timeout 20m -run ManyClaims ./claims/workflow
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

tools: ## PostgreSQL, Chromium and LibreOffice from Debian packages, where this user may install
	./.ci/tools

# What has one goroutine only is left out: the training, and tests that go through every act in
# every state, which take the detector most of its time; and what measures memory, which the
# detector takes too. "make test" runs them all.
UNRACED = ManyClaimsInConstantMemory|EveryActInEveryState|EveryBulkActInEveryState|EveryMoveThroughTheDesk|ASpreadsheetGivesTablesBack|ALongLogIsSignedInBatches

race: ## the race detector over all but the commands and what it has nothing to find in
	$(GO) test -count=1 -race -timeout 50m -skip '$(UNRACED)' $$($(GO) list ./claims/... ./db/... ./web/... ./views/... | grep -v /syntax/train$$)

fuzz: ## each fuzz target for FUZZTIME inputs (a count, as a time limit can end a good run with an error)
	./.ci/fuzz $(FUZZTIME)

screens: ## pictures of every page of the demo, in every look, into docs/screens; those of the README and of the guide
	mkdir -p screens docs/screens
	rm -f docs/screens/*.webp
	COTEJO_SCREENS=$(CURDIR)/docs/screens COTEJO_GUIDE=$(CURDIR)/screens $(GO) test -count=1 -run BrowserScreens ./cmd/cotejo
	rm -f docs/screens/*narrow*
	mv docs/screens/article.png docs/img/article.png
	COTEJO_GUIDE=$(CURDIR)/screens $(GO) test -count=1 -run GuidePictures ./cmd/cotejo
