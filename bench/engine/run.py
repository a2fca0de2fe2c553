#!/usr/bin/env python3
"""The clearing engine beside a numpy engine: paths, whole runs, cores, memory, growth.

  python3 bench/engine/run.py --reference DIR            all of it
  python3 bench/engine/run.py --reference DIR --only paths

DIR holds an `engine.py` with `Par`, `Solver`, `simulate`, `sched`, `plan_belief` and the mix `JAPAN` (numpy and scipy needed), and a
`golden.csv` with the camps' parameters. It is not part of this repository. Release builds are needed:

  cargo build --release --package brandish-cli --package brandish-bench-engine

Paths: three markets (linear, beyond capacity, with the Fed's rule believed at .5), announced and silent, 253 business days, reference
settings, one core. The peer runs in a warm process, imports and set-up of its module not counted. Best of several for both: the
least time is the one with the least of other people's work in it. The script stops if any day's ten-year yield differs by 1e-7 bp.

Accounts: one cell of a sweep that asks for a yield (paths alone) and one that asks for a holder's account (paths and all effects).
Whole runs: `brandish run japan-card` from start to exit. Numbers go into docs/performance.md by hand, with the machine's name.
Only the standard library is used here.
"""
import argparse
import csv
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TOLERANCE_BP = 1e-7
LEAST_RATIO, MEAN_RATIO = 30.0, 60.0
MIXTURE_S, CORES_RATIO, MEMORY_MB, ACCOUNTS = 8.0, 1.85, 300.0, 0.30

PEER = r"""
import csv, json, sys, time
sys.path.insert(0, sys.argv[1])
from engine import Par, simulate, sched, plan_belief, JAPAN
camps = {}
for row in csv.DictReader(open(sys.argv[1] + "/golden.csv")):
    if row["scenario"] == "param":
        camps.setdefault(row["camp"], {})[row["date"]] = float(row["value"])
cases = [("linear", 100, 63, {}), ("non-linear", 600, 21, {}), ("fed", 600, 21, {"fed": True, "pi": .5})]
result = {}
for camp in sys.argv[2].split(","):
    for name, amount, days, settings in cases:
        for mode in ("announced", "silent"):
            best = None
            for _ in range(int(sys.argv[3])):
                start = time.perf_counter()
                q = sched(amount, days, JAPAN, 253)
                found = simulate(Par(**camps[camp], **settings), q, plan_belief(q, mode=mode))
                seconds = time.perf_counter() - start
                best = seconds if best is None else min(best, seconds)
            result["%s %s %s" % (camp, name, mode)] = {"seconds": best, "ten_year_bp": [float(y) for y in found["y"][:, 6]]}
print(json.dumps(result))
"""


def camps_of(reference, letters):
    settings = {}
    with open(os.path.join(reference, "golden.csv"), newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["scenario"] == "param":
                settings.setdefault(row["camp"], {})[row["date"]] = row["value"]
    return ["%s=%s,%s,%s" % (c, settings[c]["a"], settings[c]["gam"], settings[c]["news"]) for c in letters]


def paths(timer, reference, repetitions, peak):
    letters = ["S", "C", "F"]
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    words = [timer, "paths", "30"] + camps_of(reference, letters)
    ours = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    peer = json.loads(subprocess.run([sys.executable, "-c", PEER, os.path.abspath(reference), ",".join(letters), str(repetitions)],
                                     check=True, capture_output=True, text=True, env=environment).stdout)
    again = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    print("\n| one path, 253 days, one core | numpy ms | brandish ms | ratio | Mflop | Gflop/s | of the peak |")
    print("|---|---|---|---|---|---|---|")
    ratios = {}
    for key, theirs in peer.items():
        gap = max(abs(a - b) for a, b in zip(theirs["ten_year_bp"], ours[key]["ten_year_bp"]))
        if len(theirs["ten_year_bp"]) != len(ours[key]["ten_year_bp"]) or not gap < TOLERANCE_BP:
            sys.exit("bench: %s differs by %g bp" % (key, gap))
        seconds = min(ours[key]["seconds"], again[key]["seconds"])
        ratios[key] = theirs["seconds"] / seconds
        flop = ours[key]["operations"]
        share = "%.0f%%" % (100.0 * flop / seconds / peak) if peak else "not known"
        print("| camp %s | %.1f | %.3f | %.0f | %.1f | %.1f | %s |" %
              (key, theirs["seconds"] * 1e3, seconds * 1e3, ratios[key], flop * 1e-6, flop / seconds * 1e-9, share))
    mean = math.exp(statistics.fmean(math.log(r) for r in ratios.values()))
    least = min(ratios, key=ratios.get)
    print("\ngeometric mean %.0f (figure: at least %.0f: %s); least %.0f, camp %s (figure: at least %.0f: %s); largest difference below %g bp" % (
        mean, MEAN_RATIO, verdict(mean >= MEAN_RATIO), ratios[least], least, LEAST_RATIO, verdict(ratios[least] >= LEAST_RATIO), TOLERANCE_BP))


def verdict(met):
    return "met" if met else "missed"


def process(command, folder):
    """Runs a command; returns (seconds, seconds of processor, peak MB). Stops when it fails."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder)
    _, err = child.stderr.read(), None
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit("bench: %s ended with %d" % (" ".join(command), child.returncode))
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024.0 * (1024.0 if sys.platform == "darwin" else 1.0))


def run(brandish, draws, threads, repetitions):
    best = None
    for _ in range(repetitions):
        folder = tempfile.mkdtemp(prefix="brandish-bench-")
        try:
            words = [brandish, "run", "japan-card", "--quiet", "--draws", str(draws), "--allocation", "by-weight", "--threads", str(threads),
                     "-o", os.path.join(folder, "run")]
            found = process(words, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        best = found if best is None else tuple(map(min, best, found))
    return best


def mixture(brandish, repetitions):
    print("\n| japan-card, 2,000 draws over the mixture of camps | s | s of processor | peak MB |\n|---|---|---|---|")
    two = run(brandish, 2000, 2, repetitions)
    one = run(brandish, 2000, 1, repetitions)
    for name, (seconds, processor, mb) in (("two cores", two), ("one core", one)):
        print("| %s | %.2f | %.2f | %.0f |" % (name, seconds, processor, mb))
    print("\ntwo cores: under %.0f s: %s; %.2f times one core (figure: at least %.2f: %s)" % (
        MIXTURE_S, verdict(two[0] < MIXTURE_S), one[0] / two[0], CORES_RATIO, verdict(one[0] / two[0] >= CORES_RATIO)))


GRID = """schema = 1
name = "accounts"
base = "japan-card"
draws = 2000
allocation = "by-weight"
camps = ["S", "C", "F"]
[[axis]]
name = "one"
[[axis.value]]
label = "cell"
[[output]]
measure = "%s"
%s
"""


def cell(brandish, measure, rest, threads, repetitions):
    """One cell of a sweep: the same draws as the run, but only what the output needs is read off a path."""
    best = None
    for _ in range(repetitions):
        folder = tempfile.mkdtemp(prefix="brandish-bench-")
        try:
            with open(os.path.join(folder, "accounts.toml"), "w", encoding="utf-8") as grid:
                grid.write(GRID % (measure, rest))
            found = process([brandish, "sweep", "accounts.toml", "--quiet", "--threads", str(threads), "-o", "out"], folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        best = found if best is None else tuple(map(min, best, found))
    return best


def accounts(brandish, repetitions):
    """What all effects of a path (accounts of all holders, taxpayer, markets, yields by tenor) add to clearing it."""
    print("\n| japan-card, 2,000 draws over camps S, C and F | s | s of processor |\n|---|---|---|")
    paths_only = cell(brandish, "yield_change_peak", 'tenor = "10Y"', 2, repetitions)
    everything = cell(brandish, "holder_pnl", 'holder = "japan"\nday = 63', 2, repetitions)
    for name, (seconds, processor, _) in (("paths alone", paths_only), ("paths with all effects", everything)):
        print("| %s | %.2f | %.2f |" % (name, seconds, processor))
    added = everything[1] / paths_only[1] - 1.0
    print("\nall effects add %.0f%% of the engine's processor time (figure: at most %.0f%%: %s)" % (100 * added, 100 * ACCOUNTS, verdict(added <= ACCOUNTS)))


def memory(brandish):
    seconds, _, mb = run(brandish, 100000, 2, 1)
    print("\n100,000 draws over the mixture: %.0f MB (figure: under %.0f: %s), %.0f s" % (mb, MEMORY_MB, verdict(mb < MEMORY_MB), seconds))


def machine():
    model = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), model)
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return "%s, %d cores, %s, load %.1f" % (model or platform.machine(), cores, platform.system(), load)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--brandish", default="target/release/brandish", help="the release build; engine-timer lies beside it")
    options.add_argument("--reference", metavar="DIR", help="folder with engine.py and golden.csv of a numpy engine")
    options.add_argument("--repetitions", type=int, default=3, help="repetitions of the peer's paths and of whole runs")
    options.add_argument("--only", choices=["paths", "growth", "mixture", "accounts", "memory"], help="one part")
    chosen = options.parse_args()
    brandish = os.path.abspath(chosen.brandish)
    timer = os.path.join(os.path.dirname(brandish), "engine-timer")
    for program in (brandish, timer):
        if not os.access(program, os.X_OK):
            sys.exit("bench: %s is not there; build it with: cargo build --release --package brandish-cli --package brandish-bench-engine" % program)
    print("machine: %s" % machine())
    wanted = lambda part: chosen.only in (None, part)
    peak = json.loads(subprocess.run([timer, "peak"], check=True, capture_output=True, text=True).stdout)["fused"]
    if peak:
        print("peak of one core: %.1f Gflop/s, fused, measured" % (peak * 1e-9))
    if wanted("paths"):
        if chosen.reference:
            paths(timer, chosen.reference, chosen.repetitions, peak)
        else:
            print("\npaths beside a numpy engine: give --reference DIR (see --help)")
    if wanted("growth"):
        print("\n" + subprocess.run([timer, "growth", "20"], check=True, capture_output=True, text=True).stdout)
    if wanted("mixture"):
        mixture(brandish, chosen.repetitions)
    if wanted("accounts"):
        accounts(brandish, chosen.repetitions)
    if wanted("memory"):
        memory(brandish)


if __name__ == "__main__":
    main()
