#!/usr/bin/env python3
"""The game solver on the reference standoff, with pygambit beside it where it is installed.

  cargo build --release --package brandish-bench-game
  python3 bench/game/run.py                 our times, sizes, memory, bandwidth
  VENV/bin/python bench/game/run.py         also pygambit (pip install pygambit), which must agree within 1e-9 at small lambda

Trees and payoffs are those of the golden values (crates/game/tests/published/standoff.rs); lambda is 0.2 per $bn, the principal branch
from lambda 0. Ours: best of several in a warm process, one thread, building the tree not counted; memory is the peak of the process.
pygambit: one solve to the same lambda, reading the file not counted; it is stopped after --limit seconds (default 240). Figures go into
docs/performance.md by hand, with the machine's name and load.
"""
import argparse
import importlib.util
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# name, repetitions, seconds to stay under
TREES = [("R1", 20, None), ("R1e", 20, None), ("R2", 10, None), ("R3", 5, 0.1), ("R3d", 2, None), ("R3c", 2, 5.0)]
LAMBDA = 0.2
SMALL_LAMBDA = 0.02


def timer(binary, *words):
    """Runs the timer; returns (its JSON, peak MB)."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([binary, *map(str, words)], stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit("bench: game-timer %s ended with %d" % (" ".join(map(str, words)), child.returncode))
        out.seek(0)
        text = out.read().decode()
    mb = usage.ru_maxrss / 1024.0 / (1024.0 if sys.platform == "darwin" else 1.0)
    return (json.loads(text) if text.startswith("{") else text), mb


def peer(path, lam, queue):
    import pygambit

    game = pygambit.read_efg(path)
    start = time.perf_counter()
    found = pygambit.qre.logit_solve_lambda(game, lam=[lam])[0]
    seconds = time.perf_counter() - start
    # By player, information set and action, as the timer prints.
    profile = [float(found[k]) for k in range(len(found))]
    queue.put((seconds, float(found.lam), profile))


def with_limit(path, lam, limit):
    """The peer in a process of its own, stopped after `limit` seconds; None if it was."""
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=peer, args=(path, lam, queue))
    child.start()
    try:
        return queue.get(timeout=limit)
    except Exception:
        return None
    finally:
        child.terminate()
        child.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    parser.add_argument("--binary", default=os.path.join(target, "release", "game-timer"))
    parser.add_argument("--limit", type=float, default=240.0, help="seconds after which pygambit is stopped")
    parser.add_argument("--all", action="store_true", help="also R4 (minutes)")
    options = parser.parse_args()
    # The peer is imported in processes of its own only, so that its memory does not count as ours.
    has_peer = importlib.util.find_spec("pygambit") is not None
    if not has_peer:
        print("pygambit is not installed: our times only")
    failed = False
    print("| tree | nodes | seconds | MB | residual | pygambit s | ratio | largest difference at lambda %g |" % SMALL_LAMBDA)
    print("|---|---|---|---|---|---|---|---|")
    for name, repetitions, _ in TREES + ([("R4", 1, None)] if options.all else []):
        ours, mb = timer(options.binary, "solve", name, LAMBDA, repetitions)
        seconds, ratio, apart = "-", "-", "-"
        if has_peer and name in ("R1", "R1e"):
            text, _ = timer(options.binary, "efg", name)
            with tempfile.NamedTemporaryFile("w", suffix=".efg") as file:
                file.write(text)
                file.flush()
                theirs = with_limit(file.name, LAMBDA, options.limit)
                if theirs is None:
                    seconds = "over %g" % options.limit
                else:
                    seconds = "%.2f" % theirs[0]
                    ratio = "%.0f" % (theirs[0] / ours["seconds"])
                small = with_limit(file.name, SMALL_LAMBDA, options.limit)
            if small is not None:
                # The peer stops within its tolerance of the lambda asked for; both are compared where it stopped.
                again, _ = timer(options.binary, "solve", name, repr(small[1]), 1)
                difference = max(abs(a - b) for a, b in zip(again["profile"], small[2]))
                apart = "%.1e" % difference
                failed |= difference > 1e-9
        print(
            "| %s | %d | %.4f | %.0f | %.0e | %s | %s | %s |"
            % (name, ours["nodes"], ours["seconds"], mb, ours["residual"], seconds, ratio, apart),
            flush=True,
        )
    draws, _ = timer(options.binary, "draws", "R2", LAMBDA, 1000)
    print("1,000 payoff draws of R2 on two threads: %.1f s (%d refused)" % (draws["seconds"], draws["refused"]))
    sweep, _ = timer(options.binary, "sweep", "R3c")
    print(
        "passes over R3c: forward %.1f, backward %.1f GB/s of %.1f GB/s of a plain copy (%.0f and %.0f percent)"
        % (
            sweep["forward_gb_per_s"],
            sweep["backward_gb_per_s"],
            sweep["copy_gb_per_s"],
            100 * sweep["forward_gb_per_s"] / sweep["copy_gb_per_s"],
            100 * sweep["backward_gb_per_s"] / sweep["copy_gb_per_s"],
        )
    )
    if failed:
        sys.exit("bench: a profile differs by more than 1e-9")


if __name__ == "__main__":
    main()
