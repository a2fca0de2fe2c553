#!/usr/bin/env python3
"""How the cost of a path grows with the number of maturity buckets.

  python3 bench/engine/buckets.py [--buckets 7 11 15 23]

The number of buckets is a constant of the program. This script therefore copies the engine's sources (units, math, habitat and the
timer) into a scratch workspace, writes the constant and its tables for another number of buckets, builds, and times the same order: $600bn
of the reference seller's mix sold undeclared over 63 days in camp F, priced anew every day. Centers, risk distances and the mix are
interpolated in the logarithm of maturity between those of the eleven buckets, so every market is a finer or coarser view of the same one; with
eleven the tables are the program's own. Rows of vectors are padded to a multiple of four as in the program. Every number of buckets is
built from scratch (half a minute each); numbers go into docs/performance.md by hand. Only the standard library is used.
"""
import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
CRATES = ["crates/units", "crates/math", "crates/habitat", "bench/engine"]
OWN = 11


def numbers(text, name):
    """The numbers of a table in a Rust source, by the name before it."""
    body = re.search(re.escape(name) + r"[^=]*=\s*(?:normalized\()?\[(.*?)\]", text, re.S)
    if body is None:
        sys.exit("bench: buckets.rs has no table %s any more; mend this script" % name)
    return [float(word) for word in re.findall(r"[0-9.]+", body.group(1))]


def spread(values, count):
    """`count` values at even steps between the first and the last of a list, linear between neighbors."""
    found = []
    for k in range(count):
        at = k * (len(values) - 1) / (count - 1)
        low = min(int(at), len(values) - 2)
        found.append(values[low] + (at - low) * (values[low + 1] - values[low]))
    return found


def table(values):
    return "[" + ", ".join("%.12g" % v if "." in "%.12g" % v or "e" in "%.12g" % v else "%.12g.0" % v for v in values) + "]"


def replace(text, pattern, new):
    text, done = re.subn(pattern, lambda _: new, text, count=1, flags=re.S)
    if done != 1:
        sys.exit("bench: %s is not where it was; mend this script" % pattern)
    return text


def buckets_source(text, count):
    tau = [math.exp(v) for v in spread([math.log(v) for v in numbers(text, "TAU: BucketVector")], count)]
    edges = [0.0] + [math.sqrt(a * b) for a, b in zip(tau, tau[1:])] + [30.0]
    text = replace(text, r"pub const BUCKETS: usize = 11;", "pub const BUCKETS: usize = %d;" % count)
    text = replace(text, r"pub const TAU: BucketVector = \[.*?\];", "pub const TAU: BucketVector = %s;" % table(tau))
    text = replace(text, r"pub const EDGES: (\[f64; BUCKETS \+ 1\]) = \[.*?\];", "pub const EDGES: [f64; BUCKETS + 1] = %s;" % table(edges))
    text = replace(text, r"pub const BUCKET_LABELS: \[&str; BUCKETS\] = \[.*?\];", "pub const BUCKET_LABELS: [&str; BUCKETS] = [\"\"; BUCKETS];")
    ten = min(range(count), key=lambda i: abs(math.log(tau[i] / 8.5)))
    text = replace(text, r"pub const TEN_YEAR_BUCKET: usize = 6;", "pub const TEN_YEAR_BUCKET: usize = %d;" % ten)
    for name in ("JAPAN", "FED_PURCHASES"):
        shares = spread(numbers(text, name + ": BucketVector"), count)
        text = replace(text, r"pub const %s: BucketVector = normalized\(\[.*?\]\);" % name, "pub const %s: BucketVector = normalized(%s);" % (name, table(shares)))
    return replace(text, r"pub const FIVE_YEARS: BucketVector = \[.*?\];", "pub const FIVE_YEARS: BucketVector = [1.0 / BUCKETS as f64; BUCKETS];")


def sigma_rows(text, count):
    """The covariance between interpolated buckets: deviations and risk distances linear between those of the eleven."""
    rows = [[float(w) for w in line.split(",")] for line in text.splitlines() if line and not line.startswith("#")]
    sd = [math.sqrt(rows[i][i]) for i in range(OWN)]
    z = [0.0]
    for i in range(OWN - 1):
        z.append(z[-1] - math.log(rows[i][i + 1] / sd[i] / sd[i + 1]))
    sd, z = spread(sd, count), spread(z, count)
    return "\n".join(",".join("%.12g" % (a * b * math.exp(-abs(p - q))) for b, q in zip(sd, z)) for a, p in zip(sd, z)) + "\n"


def dense_source(text, count):
    text = replace(text, r"const LANES: usize = 12;", "const LANES: usize = %d;" % (-(-count // 4) * 4))
    steps = " && ".join("work.reduce::<%d>()" % k for k in range(count))
    return replace(text, r"let fine = work\.reduce::<0>\(\).*?work\.reduce::<10>\(\);", "let fine = %s;" % steps)


def edit(path, change):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(change(text))


def workspace(folder, count):
    for crate in CRATES:
        shutil.copytree(os.path.join(ROOT, crate), os.path.join(folder, crate))
    shutil.copy(os.path.join(ROOT, "Cargo.lock"), folder)
    with open(os.path.join(ROOT, "Cargo.toml"), encoding="utf-8") as file:
        manifest = file.read()
    manifest = re.sub(r"members = \[.*?\]", "members = [%s]" % ", ".join('"%s"' % c for c in CRATES), manifest, count=1, flags=re.S)
    manifest = re.sub(r"default-members = .*\n", "", manifest)
    kept = {"units", "math", "habitat"}
    lines = [l for l in manifest.splitlines() if not (m := re.match(r"brandish-(\w+) = ", l)) or m.group(1) in kept]
    with open(os.path.join(folder, "Cargo.toml"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    habitat = os.path.join(folder, "crates", "habitat")
    if count != OWN:
        edit(os.path.join(habitat, "src", "buckets.rs"), lambda text: buckets_source(text, count))
        edit(os.path.join(habitat, "data", "reference_sigma.csv"), lambda text: sigma_rows(text, count))
        edit(os.path.join(habitat, "src", "dense.rs"), lambda text: dense_source(text, count))


def measure(count, target):
    with tempfile.TemporaryDirectory(prefix="brandish-buckets-") as folder:
        workspace(folder, count)
        build = ["cargo", "build", "--release", "--quiet", "--package", "brandish-bench-engine"]
        subprocess.run(build, check=True, cwd=folder, env=dict(os.environ, CARGO_TARGET_DIR=target, RUSTFLAGS=os.environ.get("RUSTFLAGS", "") + " --cap-lints allow"))
        text = subprocess.run([os.path.join(target, "release", "engine-timer"), "growth", "20"], check=True, capture_output=True, text=True).stdout
    row = next(line for line in text.splitlines() if line.startswith("| 63 |"))
    return [float(word) for word in row.strip("| ").split("|")[1:]]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--buckets", type=int, nargs="+", default=[7, OWN, 15, 23])
    options.add_argument("--repetitions", type=int, default=2, help="rounds over all numbers of buckets; the best counts")
    chosen = options.parse_args()
    found = {}
    with tempfile.TemporaryDirectory(prefix="brandish-buckets-target-") as target:
        for _ in range(chosen.repetitions):
            for count in chosen.buckets:
                ms, mflop, _ = measure(count, os.path.join(target, str(count)))
                found[count] = (min(ms, found.get(count, (ms,))[0]), mflop)
    base_ms, base_flop = found.get(OWN, next(iter(found.values())))
    print("| buckets | padded to | ms | Mflop counted | Gflop/s | time over that of eleven | operations over |\n|---|---|---|---|---|---|---|")
    for count, (ms, mflop) in sorted(found.items()):
        print("| %d | %d | %.2f | %.1f | %.1f | %.2f | %.2f |" % (count, -(-count // 4) * 4, ms, mflop, mflop / ms, ms / base_ms, mflop / base_flop))


if __name__ == "__main__":
    main()
