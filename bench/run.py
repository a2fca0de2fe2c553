#!/usr/bin/env python3
"""Measures brandish as a user meets it: whole processes, wall time and peak memory.

  make bench                                   whole runs of the release build
  make bench BENCH="--reference DIR"           also one camp's path against a numpy engine

Whole runs: `brandish run japan-card` with its default draws, with 2,000 draws and with one draw; each several times,
best and median printed beside the figure the project set itself. Memory is the peak resident set the kernel counted.

Path: DIR holds an `engine.py` with `Par`, `Solver`, `simulate`, `sched`, `plan_belief` and the mix `JAPAN` (numpy and scipy
needed), and a `golden.csv` with the camps' parameters. It is not part of this repository. The same scenario, $300bn in 63
days over 253 days, is run by the peer in a warm process (imports and set-up not counted) and by the release build of
`clear` (its own timer, see bench/path). Both compute the same numbers to 1e-7 bp, which the tests check.

Only the standard library is used here. Numbers go into docs/performance.md by hand, with the machine's name.
"""
import argparse
import csv
import json
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


PEER = r"""
import csv, json, sys, time
sys.path.insert(0, sys.argv[1])
from engine import Par, Solver, simulate, sched, plan_belief, JAPAN
camps = {}
for row in csv.DictReader(open(sys.argv[1] + "/golden.csv")):
    if row["scenario"] == "param":
        camps.setdefault(row["camp"], {})[row["date"]] = float(row["value"])
result = {}
for camp in sys.argv[2].split(","):
    for mode in ("announced", "silent"):
        best = None
        for _ in range(int(sys.argv[3])):
            start = time.perf_counter()
            q = sched(300, 63, JAPAN, 253)
            simulate(Par(**camps[camp]), q, plan_belief(q, mode=mode))
            seconds = time.perf_counter() - start
            best = seconds if best is None else min(best, seconds)
        result[camp + " " + mode] = best
print(json.dumps(result))
"""


def paths(path_timer, reference, repetitions):
    camps = "S,C,F"
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    peer = json.loads(subprocess.run([sys.executable, "-c", PEER, os.path.abspath(reference), camps, str(repetitions)],
                                     check=True, capture_output=True, text=True, env=environment).stdout)
    settings = {}
    with open(os.path.join(reference, "golden.csv"), newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["scenario"] == "param":
                settings.setdefault(row["camp"], {})[row["date"]] = row["value"]
    words = ["%s=%s,%s,%s" % (c, settings[c]["a"], settings[c]["gam"], settings[c]["news"]) for c in camps.split(",")]
    ours = json.loads(subprocess.run([path_timer, "20", *words], check=True, capture_output=True, text=True).stdout)
    print("\n| one path, 253 days, one core | numpy ms | brandish ms | ratio (figure: at least 20) |")
    print("|---|---|---|---|")
    for key, seconds in peer.items():
        if key in ours:
            print("| camp %s | %.1f | %.3f | %.0f |" % (key, seconds * 1e3, ours[key] * 1e3, seconds / ours[key]))


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
    options.add_argument("--reference", metavar="DIR", help="folder with engine.py and golden.csv of a numpy engine")
    options.add_argument("--path-timer", default=None, help="the timer of bench/path (default: beside --brandish)")
    options.add_argument("--paths-only", action="store_true", help="leave out the whole runs")
    options.add_argument("--repetitions", type=int, default=3, help="repetitions of the peer's path")
    chosen = options.parse_args()
    brandish = os.path.abspath(chosen.brandish)
    print("machine: %s" % machine())
    if not chosen.paths_only:
        if not os.access(brandish, os.X_OK):
            sys.exit("bench: %s is not there; build it with: cargo build --release --package brandish-cli" % chosen.brandish)
        print("build: %s\n" % subprocess.run([brandish, "--version"], capture_output=True, text=True).stdout.strip())
        whole_runs(brandish, chosen.scenario)
    if chosen.reference:
        timer = chosen.path_timer or os.path.join(os.path.dirname(brandish), "path-timer")
        if not os.access(timer, os.X_OK):
            sys.exit("bench: %s is not there; build it with: cargo build --release --package brandish-bench-path" % timer)
        paths(timer, chosen.reference, chosen.repetitions)
    else:
        print("\nOne path against a numpy engine: give --reference DIR (see --help).")


if __name__ == "__main__":
    main()
