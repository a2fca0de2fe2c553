# brandish: two commands.
#   make        builds the program and answers "what happens if Japan sells?" (same as `make run`)
#   make test   checks everything, cheap checks first; installs what a Debian machine lacks and says so
# Beside them: `make web` (the charts' bundle), `make bench` (measures the release build), `make fuzz`, `make clean`.

SHELL  := /bin/sh
CARGO  ?= cargo
NPM    ?= npm
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)

WEB_SOURCES := $(wildcard web/package.json web/package-lock.json web/*.ts web/*.mjs web/*.js web/*.html web/src/*.* web/src/*/*.* web/src/*/*/*.*)

.DEFAULT_GOAL := run
.PHONY: run web test bench fuzz clean format licenses

# ---- the main job -----------------------------------------------------------------------------------------------

run:
	@scripts/need.sh cargo
	@if scripts/need.sh --quiet node && [ -f web/package.json ]; then \
	  $(MAKE) --no-print-directory web || echo "make: the charts' bundle could not be built (see above); the report will have tables but no charts." >&2; \
	else \
	  echo "make: Node 20 or newer with npm is not here; the report will have tables but no charts (install Node, then run make again)." >&2; \
	fi
	$(CARGO) build --release --locked --package brandish-cli
	@$(TARGET)/release/brandish run japan-card

# ---- the page's bundle ------------------------------------------------------------------------------------------

web: web/dist/report.js

web/dist/report.js: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && $(NPM) run --silent build
	@test -s $@ && touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@scripts/need.sh node
	@echo "make: installing the npm packages that web/package-lock.json names"
	cd web && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

# ---- checks, cheap ones first -----------------------------------------------------------------------------------

test:
	@scripts/test.sh

format:
	$(CARGO) fmt --all

licenses:
	$(CARGO) test --locked --workspace --test house licenses

# ---- measuring --------------------------------------------------------------------------------------------------

bench:
	$(CARGO) build --release --locked --package brandish-cli --package brandish-bench-engine
	python3 bench/run.py --brandish $(TARGET)/release/brandish $(BENCH)

# Every reader of untrusted text under the fuzzer: make fuzz SECONDS=60, or FUZZ=lots for one.
fuzz:
	@SECONDS_EACH=$(or $(SECONDS),60) FUZZ="$(FUZZ)" scripts/fuzz.sh

clean:
	$(CARGO) clean
	rm -rf web/dist web/node_modules
