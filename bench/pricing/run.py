#!/usr/bin/env python3
"""Pricing against QuantLib-Python and numpy: one script, one machine, one run.

  cargo build --release --package brandish-bench-pricing
  python3 -m venv VENV && VENV/bin/pip install QuantLib numpy
  VENV/bin/python bench/pricing/run.py

The notes and bonds that were outstanding on 2025-04-30 (snapshot/securities_2025_04_30), filled up to 400 with the same maturities at
other coupons, settled 2025-05-02, under 1,000 curves. All three get the same zero rates; every price must agree within 1e-10 per 100 and every yield within 1e-10 percent, else the script
ends with status 1. One thread each. Ours come as they stream, blocks
of eight curves by security; numpy's as a matrix. Times are the best of several repetitions in a warm process; set-up is not timed.
Figures go into docs/performance.md by hand, with the machine's name and load.
"""
import argparse
import csv
import datetime
import json
import math
import os
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

try:
    import QuantLib as ql
except ImportError:
    ql = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
AS_OF, SETTLEMENT = datetime.date(2025, 5, 1), datetime.date(2025, 5, 2)
SECURITIES, CURVES = 400, 1000


def best(repetitions, work):
    seconds = math.inf
    for _ in range(repetitions):
        start = time.perf_counter()
        result = work()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, result


def month_end(day):
    return (day + datetime.timedelta(days=1)).month != day.month


def back(day, months):
    """The coupon date some months before maturity, month-end rule included."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    after = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (after - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, last if month_end(day) else min(day.day, last))


def schedule(maturity):
    """Coupon dates after settlement, in order, and the one before."""
    dates, k = [], 0
    while back(maturity, 6 * k) > SETTLEMENT:
        dates.append(back(maturity, 6 * k))
        k += 1
    return dates[::-1], back(maturity, 6 * k)


def read():
    with open(os.path.join(ROOT, "snapshot/securities_2025_04_30/data.csv"), newline="", encoding="utf-8") as rows:
        found = []
        for row in csv.DictReader(rows):
            maturity = datetime.date.fromisoformat(row["maturity_date"])
            # More than one coupon left: in the last period QuantLib's compounding is not the street's.
            if maturity > SETTLEMENT + datetime.timedelta(days=10):
                found.append((row["kind"], row["coupon_pct"] or "0", maturity))
    coupons = [s for s in found if s[0] in ("note", "bond") and len(schedule(s[2])[0]) > 1]
    coupons.sort(key=lambda s: (s[2], s[1]))
    # Filled up to 400 with the same maturities at an eighth more.
    chosen = coupons + [(kind, str(float(coupon) + 0.125), maturity) for kind, coupon, maturity in coupons]
    return found, chosen[:SECURITIES]


def numpy_yields(first, n, w, half, dirty):
    """Newton on all securities at once, in the decimal yield."""
    y = np.full(len(dirty), 0.04)
    for _ in range(8):
        h = y / 2
        v = 1 / (1 + h)
        power = v ** n
        annuity = (1 - power) / h
        value = first + half * annuity + 100 * power
        slope = half * (n * power * v - annuity) / h - 100 * n * power * v
        price = value * v ** w
        change = (price - dirty) / ((slope * v ** w - w * v * price) / 2)
        y = y - change
        if np.max(np.abs(change)) < 1e-11:
            break
    return y


def quantlib(chosen, dates, discounts, dirty):
    day = lambda d: ql.Date(d.day, d.month, d.year)
    calendar, count = ql.NullCalendar(), ql.ActualActual(ql.ActualActual.ISMA)
    ql.Settings.instance().evaluationDate = day(SETTLEMENT)
    bonds = []
    for _, coupon, maturity in chosen:
        after, before = schedule(maturity)
        plan = ql.Schedule([day(d) for d in [before] + after], calendar, ql.Unadjusted, ql.Unadjusted, ql.Period(ql.Semiannual),
                           ql.DateGeneration.Backward, month_end(maturity), [True] * len(after))
        bonds.append(ql.FixedRateBond(0, 100.0, plan, [float(coupon) / 100], ql.ActualActual(ql.ActualActual.ISMA, plan)))
    handle = ql.RelinkableYieldTermStructureHandle()
    engine = ql.DiscountingBondEngine(handle)
    for bond in bonds:
        bond.setPricingEngine(engine)
    nodes = [day(SETTLEMENT)] + [day(d) for d in dates]
    prices = np.empty((len(bonds), discounts.shape[1]))

    def under(curve):
        handle.linkTo(ql.DiscountCurve(nodes, [1.0] + discounts[:, curve].tolist(), ql.Actual365Fixed()))
        for i, bond in enumerate(bonds):
            prices[i, curve] = bond.NPV()

    def all_curves():
        for curve in range(discounts.shape[1]):
            under(curve)

    under(0)
    seconds, _ = best(1, all_curves)
    accrued = [bond.accruedAmount(day(SETTLEMENT)) for bond in bonds]

    def yields():
        return [bond.bondYield(ql.BondPrice(price - a, ql.BondPrice.Clean), bond.dayCounter(), ql.Compounded, ql.Semiannual, day(SETTLEMENT), 1e-14, 100)
                for bond, price, a in zip(bonds, dirty, accrued)]

    yield_seconds, found = best(3, yields)
    return seconds, prices, yield_seconds / len(bonds), np.array(found)


def roofline(ours, chosen):
    """Operations and bytes of a security-scenario, counted by the library, against what this machine does at most."""
    flops, memory = ours["peak_operations_per_s"], ours["peak_bytes_per_s"]
    print("\none core at most: %.1f GFlop/s (no fused multiplication), %.1f GB/s read from memory" % (flops / 1e9, memory / 1e9))
    print("\n| per security-scenario | ns | operations | bytes in the caches | bytes from memory | GFlop/s | of peak | GB/s of memory | of peak |\n|---|---|---|---|---|---|---|---|---|")
    for name, key, securities, curves, seconds in (("%d x %d" % (chosen, CURVES), "reprice", chosen, CURVES, ours["reprice_s"]),
                                                   ("all x 10,000", "all", ours["all_securities"], 10000, ours["all_1_s"])):
        operations, cache, bytes_ = (ours[key + "_" + what] for what in ("operations", "cache_bytes", "memory_bytes"))
        per = lambda value: value / securities
        print("| %s | %.2f | %.1f | %.1f | %.1f | %.1f | %.0f%% | %.2f | %.0f%% |" % (
            name, 1e9 * seconds / securities / curves, per(operations), per(cache), per(bytes_), operations * curves / seconds / 1e9,
            100 * operations * curves / seconds / flops, bytes_ * curves / seconds / 1e9, 100 * bytes_ * curves / seconds / memory))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--timer", default=os.path.join(ROOT, "target/release/pricing-timer"))
    chosen_options = options.parse_args()
    found, chosen = read()
    dates = sorted({d for _, _, m in chosen for d in schedule(m)[0]})
    place = {d: k for k, d in enumerate(dates)}
    times = np.array([(d - AS_OF).days / 365.25 for d in [SETTLEMENT] + dates])
    k = np.arange(CURVES)
    part = lambda step: (k * step) % 1.0 - 0.5
    zeros = (0.035 + 0.01 * (1 - np.exp(-times / 6)))[:, None] + 0.03 * part(0.6180339887498949) + 0.02 * np.outer(times / 30, part(0.7548776662466928)) \
        + 0.01 * np.outer(np.exp(-((times - 5) / 4) ** 2), part(0.8191725133961645))
    zeros = np.ascontiguousarray(zeros)
    amounts = np.zeros((len(chosen), len(dates)))
    for i, (_, coupon, maturity) in enumerate(chosen):
        after, _ = schedule(maturity)
        for d in after:
            amounts[i, place[d]] = float(coupon) / 2
        amounts[i, place[after[-1]]] += 100

    def dense():
        discounts = np.exp((zeros[0] * times[0])[None, :] - zeros[1:] * times[1:, None])
        return amounts @ discounts

    numpy_all, numpy_prices = best(20, dense)
    discounts = np.exp((zeros[0] * times[0])[None, :] - zeros[1:] * times[1:, None])
    numpy_product, _ = best(20, lambda: amounts @ discounts)
    dirty = numpy_prices[:, 0].copy()
    plans = [schedule(m) for _, _, m in chosen]
    w = np.array([(a[0] - SETTLEMENT).days / (a[0] - b).days for a, b in plans])
    n = np.array([len(a) - 1.0 for a, _ in plans])
    half = np.array([float(c) / 2 for _, c, _ in chosen])
    numpy_yield, numpy_found = best(50, lambda: numpy_yields(half, n, w, half, dirty))

    with tempfile.TemporaryDirectory(prefix="brandish-pricing-") as folder:
        with open(os.path.join(folder, "settings.csv"), "w", encoding="utf-8") as out:
            out.write("%s,%s,%d\n" % (AS_OF, SETTLEMENT, CURVES))
        with open(os.path.join(folder, "securities.csv"), "w", encoding="utf-8") as out:
            # The peers' securities in their order (1), then all that is outstanding (0).
            for kind, coupon, maturity in chosen:
                out.write("%s,%s,%s,1\n" % (kind, coupon, maturity))
            for security in found:
                out.write("%s,%s,%s,0\n" % security)
        zeros.astype("<f8").tofile(os.path.join(folder, "zeros.bin"))
        ours = json.loads(subprocess.run([chosen_options.timer, folder], check=True, capture_output=True, text=True).stdout)
        our_prices = np.fromfile(os.path.join(folder, "prices.bin"), dtype="<f8").reshape(-1, len(chosen), 8).transpose(1, 0, 2).reshape(len(chosen), -1)[:, :CURVES]
        our_yields = np.fromfile(os.path.join(folder, "yields.bin"), dtype="<f8")

    gaps = {"prices, numpy": np.max(np.abs(our_prices - numpy_prices)), "yields %, numpy": 100 * np.max(np.abs(our_yields - numpy_found))}
    rows = [("%d notes and bonds x %d curves, ms" % (len(chosen), CURVES), None, 1e3 * numpy_all, 1e3 * ours["reprice_s"]),
            ("the same, numpy's product alone, ms", None, 1e3 * numpy_product, 1e3 * ours["reprice_s"]),
            ("price -> yield, ns each", None, 1e9 * numpy_yield / len(chosen), 1e9 * ours["yield_each_s"])]
    if ql:
        seconds, ql_prices, yield_seconds, ql_yields = quantlib(chosen, dates, discounts, dirty)
        gaps["prices, QuantLib"] = np.max(np.abs(our_prices - ql_prices))
        gaps["yields %, QuantLib"] = 100 * np.max(np.abs(our_yields - ql_yields))
        rows[0] = (rows[0][0], 1e3 * seconds, *rows[0][2:])
        rows[2] = (rows[2][0], 1e9 * yield_seconds, *rows[2][2:])
    try:
        from threadpoolctl import threadpool_info
        print("numpy's product: %s" % ", ".join("%s %s, %d thread" % (i["internal_api"], i.get("architecture", ""), i["num_threads"]) for i in threadpool_info() if i["user_api"] == "blas"))
    except ImportError:
        pass
    print("load %.2f %.2f %.2f; QuantLib %s, numpy %s" % (*os.getloadavg(), ql.__version__ if ql else "not installed", np.__version__))
    print("\n| task | QuantLib-Python | numpy | brandish | over QuantLib | over numpy |\n|---|---|---|---|---|---|")
    for name, library, array, own in rows:
        left = "%.0f" % library if library else ""
        ratio = "%.0f" % (library / own) if library else ""
        print("| %s | %s | %.2f | %.3f | %s | %.1f |" % (name, left, array, own, ratio, array / own))
    print("\n| task | brandish |\n|---|---|")
    print("| all %d outstanding x 10,000 curves, one core | %.1f ms |" % (ours["all_securities"], 1e3 * ours["all_1_s"]))
    print("| the same, two cores | %.1f ms, %.2f times as fast, same sum: %s |" % (1e3 * ours["all_2_s"], ours["all_1_s"] / ours["all_2_s"], ours["all_1_sum"] == ours["all_2_sum"]))
    print("| yield -> price | %.1f ns |" % (1e9 * ours["price_each_s"]))
    print("| 1,000,000 curves, all cores | %.2f s, %.1f MiB more memory than 10,000 |" % (ours["million_s"], ours["million_kib"] / 1024))
    print("| Svensson fit, 300 notes and bonds | %.2f ms (%d steps, %.2f bp) |" % (1e3 * ours["svensson_s"], ours["svensson_steps"], ours["svensson_rms_bp"]))
    roofline(ours, len(chosen))
    print("\nlargest differences: " + ", ".join("%s %.1e" % item for item in gaps.items()))
    # Yields: 1e-10 percent is 1e-8 bp; QuantLib's own search ends near 1e-11.
    wrong = [name for name, gap in gaps.items() if not gap < 1e-10 * (1 if "prices" in name else 10)]
    if wrong:
        sys.exit("bench: results differ: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
