#!/usr/bin/env python3
"""Measures brandish as a user meets it: whole processes, wall time and peak memory.

  make bench          whole runs of the release build

Whole runs: `brandish run japan-card` with its default draws, with 2,000 draws and with one draw; each several times,
best and median printed beside the figure the project set itself. Memory is the peak resident set the kernel counted.

Paths, and the engine beside a peer: bench/engine/run.py. Prices and curves: bench/pricing/run.py.

Only the standard library is used here. Numbers go into docs/performance.md by hand, with the machine's name.
"""
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = [
    # (name, arguments, repetitions, seconds to stay under, MB to stay under)
    ("one draw", ["--draws", "1"], 7, 0.4, None),
    ("default draws", [], 3, 5.0, 500),
    ("2,000 draws", ["--draws", "2000"], 1, 20.0, None),
]


def process(command, folder):
    """Runs a command; returns (seconds, peak MB). Stops when it fails."""
    with open(os.path.join(folder, "stderr"), "wb") as err:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err, cwd=folder)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        with open(os.path.join(folder, "stderr"), encoding="utf-8", errors="replace") as err:
            sys.exit("bench: %s ended with %d\n%s" % (" ".join(command), child.returncode, err.read()))
    per_mb = 1024.0 * (1024.0 if sys.platform == "darwin" else 1.0)
    return seconds, usage.ru_maxrss / per_mb


def whole_runs(brandish, scenario):
    print("| whole process | best s | median s | peak MB | figure |")
    print("|---|---|---|---|---|")
    for name, arguments, repetitions, limit_s, limit_mb in RUNS:
        times, peak = [], 0.0
        for _ in range(repetitions):
            folder = tempfile.mkdtemp(prefix="brandish-bench-")
            try:
                seconds, mb = process([brandish, "run", scenario, *arguments, "-o", os.path.join(folder, "run")], folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            times.append(seconds)
            peak = max(peak, mb)
        figure = "under %g s" % limit_s + (", %g MB" % limit_mb if limit_mb else "")
        met = min(times) < limit_s and (limit_mb is None or peak < limit_mb)
        print("| %s | %.2f | %.2f | %.0f | %s: %s |" % (name, min(times), statistics.median(times), peak, figure, "met" if met else "missed"))


def machine():
    model = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), model)
    except OSError:
        pass
    return "%s, %d cores, %s" % (model or platform.machine(), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(), platform.system())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--brandish", default="target/release/brandish", help="the release build")
    options.add_argument("--scenario", default="japan-card")
    chosen = options.parse_args()
    brandish = os.path.abspath(chosen.brandish)
    print("machine: %s" % machine())
    if not os.access(brandish, os.X_OK):
        sys.exit("bench: %s is not there; build it with: cargo build --release --package brandish-cli" % chosen.brandish)
    print("build: %s\n" % subprocess.run([brandish, "--version"], capture_output=True, text=True).stdout.strip())
    whole_runs(brandish, chosen.scenario)


if __name__ == "__main__":
    main()
