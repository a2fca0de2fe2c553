#!/bin/sh
# Runs fuzz targets from their seeds: all of them, or the one that FUZZ names, for SECONDS_EACH. Stops at the first finding.
#
# Needs cargo-fuzz (cargo install cargo-fuzz) and a C++ compiler. The pinned toolchain is a stable one; RUSTC_BOOTSTRAP lets it
# take the coverage flags that libFuzzer needs. No sanitizer: the code under test has no unsafe of its own.
set -eu
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-60}
names() { sed -n 's/^name = "\(.*\)"$/\1/p' "$1" | grep -v '^brandish-'; }
targets=${FUZZ:-$(names fuzz/Cargo.toml; names fuzz/evidence/Cargo.toml)}
command -v cargo-fuzz >/dev/null 2>&1 || {
  echo "fuzz: cargo-fuzz is not here; install it with: cargo install cargo-fuzz" >&2
  exit 1
}
for target in $targets; do
  echo "==> $target for $seconds s"
  # The targets of claims stand apart; their seeds are the articles, lexicon files and key of the project.
  dir=fuzz seeds="fuzz/seeds/$target"
  if names fuzz/evidence/Cargo.toml | grep -qx "$target"; then
    dir=fuzz/evidence seeds=crates/evidence/tests/articles
    if [ "$target" = lexicon ]; then seeds=lexicon; fi
  fi
  mkdir -p "fuzz/corpus/$target"
  RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir "$dir" --sanitizer none "$target" "fuzz/corpus/$target" "$seeds" -- \
    -max_total_time="$seconds" -timeout=5 -report_slow_units=1 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1
done
