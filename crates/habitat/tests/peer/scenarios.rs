//! Sales of three sizes, silent and announced, with and without the Fed's rule; paces and sizes.

use brandish_habitat::{
    BucketVector, Known, Order, OrderFlow, Solver, TEN_YEAR_BUCKET, reference_mix,
};

use crate::golden::{
    AMOUNT_TOLERANCE_USD_BN, CAMPS, Difference, RATIO_TOLERANCE, TENORS, YIELD_TOLERANCE_BP,
    market, parameters, table, value, with_fed,
};

const SALES: [(&str, f64, usize, &BucketVector); 3] = [
    ("$100bn 21d 5y-ish", 100.0, 21, &reference_mix::FIVE_YEARS),
    ("Japan $300bn 63d", 300.0, 63, &reference_mix::JAPAN),
    ("Japan+China $600bn 21d", 600.0, 21, &reference_mix::JAPAN),
];

fn sale(
    amount: f64,
    days: usize,
    mix: &BucketVector,
    known: Known,
    horizon_days: usize,
) -> OrderFlow {
    OrderFlow {
        horizon_days,
        orders: vec![Order::even(amount, days, mix, known)],
        ..OrderFlow::default()
    }
}

fn known(mode: &str) -> Known {
    if mode == "silent" {
        Known::Silent
    } else {
        Known::announced()
    }
}

fn check_camp(camp: &str) {
    let (table, market) = (table(), market());
    let (mut yields, mut amounts, mut ratios) = (
        Difference::default(),
        Difference::default(),
        Difference::default(),
    );
    for fed in ["nofed", "fed"] {
        let mut camp_parameters = parameters(&table, camp);
        if fed == "fed" {
            camp_parameters = with_fed(camp_parameters);
        }
        let mut solver = Solver::new(&market, &camp_parameters).unwrap();
        for (name, amount, days, mix) in SALES {
            for mode in ["silent", "announced"] {
                let path = solver
                    .clear(&sale(amount, days, mix, known(mode), 253))
                    .unwrap();
                assert!(path.statistics.largest_imbalance_usd_bn < 1e-9);
                let scenario = format!("{name}|{mode}|{fed}");
                for day in [1, 5, 21, 42, 63, 126, 252] {
                    let state = &path.days[day - 1];
                    let golden =
                        |tenor: &str| value(&table, &scenario, camp, &day.to_string(), tenor);
                    for (tenor, bucket) in TENORS {
                        let what = format!("{scenario} {camp} day {day} {tenor}");
                        yields.compare(&what, state.yields_bp[bucket], golden(tenor));
                    }
                    let what = format!("{scenario} {camp} day {day}");
                    ratios.compare(&what, state.utilization, golden("u"));
                    amounts.compare(
                        &what,
                        state.forced_sales_usd_bn.iter().sum(),
                        golden("forced"),
                    );
                    amounts.compare(
                        &what,
                        state.fed_purchases_usd_bn.iter().sum(),
                        golden("fed"),
                    );
                    amounts.compare(
                        &what,
                        state.inventory_usd_bn.iter().sum(),
                        golden("inventory"),
                    );
                }
            }
        }
    }
    yields.check(
        &format!("scenario yields, camp {camp}"),
        3 * 2 * 2 * 7 * 4,
        YIELD_TOLERANCE_BP,
    );
    amounts.check(
        &format!("scenario amounts, camp {camp}"),
        3 * 2 * 2 * 7 * 3,
        AMOUNT_TOLERANCE_USD_BN,
    );
    ratios.check(
        &format!("scenario utilization, camp {camp}"),
        3 * 2 * 2 * 7,
        RATIO_TOLERANCE,
    );
}

#[test]
fn scenarios_of_camp_s() {
    check_camp("S");
}

#[test]
fn scenarios_of_camp_c() {
    check_camp("C");
}

#[test]
fn scenarios_of_camp_f() {
    check_camp("F");
}

#[test]
fn scenarios_of_camp_x() {
    check_camp("X");
}

#[test]
fn peaks_by_pace() {
    let (table, market) = (table(), market());
    let mut peaks = Difference::default();
    for camp in CAMPS {
        let mut solver = Solver::new(&market, &parameters(&table, camp)).unwrap();
        for days in [5, 21, 63, 252] {
            for mode in ["silent", "announced"] {
                let flow = sale(300.0, days, &reference_mix::JAPAN, known(mode), days + 15);
                let (_, peak) = solver.clear(&flow).unwrap().peak(TEN_YEAR_BUCKET).unwrap();
                let scenario = format!("pace300|{mode}");
                let golden = value(&table, &scenario, camp, &days.to_string(), "10y_peak");
                peaks.compare(&format!("{scenario} {camp} {days} days"), peak.0, golden);
            }
        }
    }
    peaks.check("pace", 32, YIELD_TOLERANCE_BP);
}

#[test]
fn peaks_by_size() {
    let (table, market) = (table(), market());
    let mut peaks = Difference::default();
    for camp in CAMPS {
        let mut solver = Solver::new(&market, &parameters(&table, camp)).unwrap();
        for days in [21, 63] {
            for size in [50, 100, 200, 300, 600, 1130] {
                let flow = sale(
                    f64::from(size),
                    days,
                    &reference_mix::JAPAN,
                    Known::Silent,
                    days + 15,
                );
                let (_, peak) = solver.clear(&flow).unwrap().peak(TEN_YEAR_BUCKET).unwrap();
                let scenario = format!("size|{days}d|silent|nofed");
                let golden = value(&table, &scenario, camp, &size.to_string(), "10y_peak");
                peaks.compare(&format!("{scenario} {camp} {size}"), peak.0, golden);
            }
        }
    }
    peaks.check("size", 48, YIELD_TOLERANCE_BP);
}
