"""Other markets by a program of its own: responses by kind of day, and what mortgage rates pass through.

Plain Python on the snapshot's tables, written independently of the Rust code, which a test holds to its numbers. Prints response per +10 bp, HC3
standard error, days, R squared and the range with one window left out.

    python3 bench/markets.py                        # responses, everything in the snapshot
    python3 bench/markets.py --as-of 2025-05-01     # days up to then (whatever had been out of the term premium)
    python3 bench/markets.py --mortgage FILE        # FILE: date,mortgage30y_pct, the weekly survey (not in the snapshot)
"""

import argparse
import bisect
import csv
import math
import pathlib

SNAPSHOT = pathlib.Path(__file__).resolve().parent.parent / "snapshot"
MORTGAGE_WINDOWS = [("2000-01-01", "2012-12-31"), ("2013-01-01", "2019-12-31"), ("2013-01-01", "2024-12-31"), ("2013-01-01", "2025-12-31")]
WEEKS = 4


def table(name):
    with open(SNAPSHOT / name / "data.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ten_year():
    found = {}
    for name in ("par_yields", "par_yields_continued"):
        for row in table(name):
            if row["par_10y_pct"]:
                found.setdefault(row["date"], float(row["par_10y_pct"]))
    return found


def line(points):
    """Slope, HC3 error, points, R squared."""
    n = len(points)
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = [y - mean_y - slope * (x - mean_x) for x, y in points]
    lever = [1 / n + (x - mean_x) ** 2 / spread for x, _ in points]
    variance = sum(((x - mean_x) * e / (1 - h)) ** 2 for (x, _), e, h in zip(points, rest, lever)) / spread**2
    total = sum((y - mean_y) ** 2 for _, y in points)
    return slope, math.sqrt(variance), n, 1 - sum(e * e for e in rest) / total


def days(as_of):
    yields = ten_year()
    order = sorted(yields)
    before = dict(zip(order[1:], order))
    premium = {row["date"]: float(row["term_premium_10y_pct"]) for row in table("term_premium_acm") if row["term_premium_10y_pct"]}
    moves = [row for row in table("episode_moves") if row["date"] <= as_of]
    series = [name for name in moves[0] if name not in ("window", "date")]
    found = []
    for place, row in enumerate(moves):
        day = row["date"]
        if day not in before:
            continue
        last = before[day]
        if any(other["window"] == row["window"] and last < other["date"] < day for other in moves):
            continue
        later = moves[place + 1] if place + 1 < len(moves) and moves[place + 1]["window"] == row["window"] else {}
        change = {}
        for name in series:
            text = (later if name in ("nikkei225_pct", "topix_pct") else row).get(name, "")
            change[name] = float(text) if text else None
        dy = 100 * (yields[day] - yields[last])
        dp = 100 * (premium[day] - premium[last]) if day in premium and last in premium else None
        found.append((row["window"], round(dy, 6), dp, change))
    return series, found


def kind(dy, dp, stocks):
    if stocks is None or dy * stocks == 0:
        return None
    if dy * stocks > 0:
        return "growth"
    if dp is None:
        return None
    return "supply" if dp * dy > 0 and abs(dp) > abs(dy - dp) else "policy"


def responses(as_of):
    series, found = days(as_of)
    for name in series:
        for wanted in ("supply", "policy", "growth", "all"):
            used = [(w, dy, c[name]) for w, dy, dp, c in found if c[name] is not None and wanted in ("all", kind(dy, dp, c["sp500_pct"]))]
            if len(used) < 20 or len({w for w, _, _ in used}) < 3:
                print(f"{name:28s} {wanted:7s} not available: {len(used)} days")
                continue
            slope, error, n, r2 = line([(dy, c) for _, dy, c in used])
            rest = [10 * line([(dy, c) for w, dy, c in used if w != out])[0] for out in {w for w, _, _ in used}]
            print(f"{name:28s} {wanted:7s} {10 * slope:8.3f} se {10 * error:6.3f} n {n:4d} R2 {r2:.2f} without one {min(rest):.2f} to {max(rest):.2f}")


def mortgage(path):
    yields = ten_year()
    order = sorted(yields)
    with open(path, encoding="utf-8") as file:
        survey = [(row["date"], float(row["mortgage30y_pct"])) for row in csv.DictReader(file) if row["mortgage30y_pct"]]
    for first, last in MORTGAGE_WINDOWS:
        weeks = []
        for day, rate in survey:
            if first <= day <= last:
                place = bisect.bisect_left(order, day)
                weeks.append((sum(yields[one] for one in order[place - 5 : place]) / 5, rate, day))
        weeks = weeks[::WEEKS]
        slope, error, n, r2 = line([(b[0] - a[0], b[1] - a[1]) for a, b in zip(weeks, weeks[1:])])
        print(f"{weeks[0][2]} to {weeks[-1][2]}: {slope:.3f} se {error:.3f} n {n} R2 {r2:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--as-of", default="9999-12-31")
    parser.add_argument("--mortgage", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.mortgage:
        mortgage(arguments.mortgage)
    else:
        responses(arguments.as_of)


if __name__ == "__main__":
    main()
