#!/bin/sh
# Runs fuzz targets from their seeds: all of them, or the one that FUZZ names, for SECONDS_EACH. Stops at the first finding.
#
# Needs cargo-fuzz (cargo install cargo-fuzz) and a C++ compiler. The pinned toolchain is a stable one; RUSTC_BOOTSTRAP lets it
# take the coverage flags that libFuzzer needs. No sanitizer: the code under test has no unsafe of its own.
set -eu
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-60}
targets=${FUZZ:-$(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | grep -v '^brandish-fuzz$')}
command -v cargo-fuzz >/dev/null 2>&1 || {
  echo "fuzz: cargo-fuzz is not here; install it with: cargo install cargo-fuzz" >&2
  exit 1
}
for target in $targets; do
  echo "==> $target for $seconds s"
  mkdir -p "fuzz/corpus/$target"
  RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -timeout=5 -report_slow_units=1 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1
done
