#!/bin/sh
# Everything `make test` checks, cheap checks first; stops at the first that fails.
#
# Works from a fresh clone, as root or not. Touches the network only to install packages: crates that Cargo.lock
# names, npm packages that web/package-lock.json names, and Debian's Chromium where /usr/bin/chromium is missing.
set -eu
cd "$(dirname "$0")/.."

CARGO=${CARGO:-cargo}
NPM=${NPM:-npm}
MAKE=${MAKE:-make}
target=${CARGO_TARGET_DIR:-target}
started=$(date +%s)
step_started=$started
step=

elapsed() { echo "    ($(($(date +%s) - step_started)) s)"; }
step() {
  [ -z "$step" ] || elapsed
  step=$1
  step_started=$(date +%s)
  printf '\n==> %s\n' "$step"
}
failed() {
  code=$?
  [ -z "${scratch:-}" ] || rm -rf "$scratch"
  if [ "$code" -ne 0 ]; then
    printf '\nmake test: FAILED at "%s" after %s s\n' "$step" "$(($(date +%s) - started))" >&2
  fi
}
trap failed EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "tools"
scripts/need.sh --install cargo cc node chromium

step "formatting"
$CARGO fmt --all --check

step "page: packages, types, tests, bundle"
$MAKE --no-print-directory web/node_modules/.package-lock.json
(cd web && $NPM run --silent check && $NPM test --silent)
$MAKE --no-print-directory web

step "house: floors, stories, sources, licenses"
$CARGO test --locked --quiet --workspace --test house

step "lints"
$CARGO clippy --locked --quiet --workspace --all-targets -- -D warnings

step "Rust tests"
$CARGO test --locked --workspace --no-fail-fast

step "browser: the report of a real run"
scratch=$(mktemp -d)
"$target/debug/brandish" run japan-card --draws 40 -o "$scratch/run"
node web/test/browser.mjs "$scratch/run/report.html"

step "browser: the report with card and evidence"
articles=crates/evidence/tests/articles
"$target/debug/brandish" run japan-card --draws 6 --card -o "$scratch/asked" \
  --claims "$articles/22-april.txt" "$articles/56-html-story.html" "$articles/03-old-number.txt" "$articles/48-repeat.txt"
node web/test/browser.mjs "$scratch/asked/report.html"

elapsed
printf '\nmake test: all checks passed in %s s\n' "$(($(date +%s) - started))"
