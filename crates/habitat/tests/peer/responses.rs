//! Constants, closed forms, and the observables by which camps are fitted.

use brandish_habitat::{
    BUCKETS, BucketVector, FedPurchases, Known, Market, Order, OrderFlow, Parameters, SECTOR_NAMES,
    clear, durations_years, long_run, month_response, reference_mix, slope_for_long_run_response,
};

use crate::golden::{
    CAMPS, Difference, Table, YIELD_TOLERANCE_BP, market, parameters, table, value,
};

const NAMES: [&str; BUCKETS] = [
    "3m", "9m", "18m", "30m", "4y", "6y", "8.5y", "12.5y", "17.5y", "22.5y", "27.5y",
];

/// The golden constants are printed with 12 digits; ours are computed.
const TWELVE_DIGITS: f64 = 1e-11;

#[test]
fn durations_deviations_and_habitats() {
    let (table, market) = (table(), market());
    let (mut constants, mut sigma) = (Difference::default(), Difference::default());
    for i in 0..BUCKETS {
        let of = |what: &str| value(&table, "const", "", NAMES[i], what);
        constants.compare("duration", durations_years()[i] / of("D"), 1.0);
        constants.compare(
            "standard deviation",
            (market.sigma().matrix()[i][i] / 252.0).sqrt() / of("sd_daily"),
            1.0,
        );
        let column: f64 = market.habitat().iter().map(|row| row[i]).sum();
        constants.compare("habitat", column / of("habitat"), 1.0);
        for (k, name) in SECTOR_NAMES.iter().enumerate() {
            constants.compare(
                "habitat of sector",
                market.habitat()[k][i],
                value(&table, "HAB", "", name, NAMES[i]),
            );
        }
        for j in 0..BUCKETS {
            sigma.compare(
                "covariance",
                market.sigma().matrix()[i][j],
                value(&table, "SIG", "", NAMES[i], NAMES[j]),
            );
        }
    }
    constants.check("constants", 33 + 88, TWELVE_DIGITS);
    sigma.check("covariance", 121, 0.0);
}

#[test]
fn long_run_yields() {
    let (table, market) = (table(), market());
    let mut yields = Difference::default();
    for camp in ["S", "C", "F"] {
        for sold in [0, 3, 4, 6, 10] {
            let mut supply = [0.0; BUCKETS];
            supply[sold] = 100.0;
            let response = long_run(&market, &parameters(&table, camp), &supply).unwrap();
            for i in 0..BUCKETS {
                let scenario = format!("steady|100bn@{}", NAMES[sold]);
                let golden = value(&table, &scenario, camp, "inf", NAMES[i]);
                yields.compare(
                    &format!("{scenario} {camp} {}", NAMES[i]),
                    response[i],
                    golden,
                );
            }
        }
    }
    // a closed form: only rounding and the 12 printed digits differ
    yields.check("steady", 165, 1e-10);
}

#[test]
fn slopes_follow_from_long_run_responses() {
    let (table, market) = (table(), market());
    let mut slopes = Difference::default();
    for camp in CAMPS {
        let target = value(&table, "target", camp, "std_LR", "");
        let parameters = parameters(&table, camp);
        let slope = slope_for_long_run_response(&market, &parameters, target).unwrap();
        slopes.compare(camp, slope / parameters.demand_slope_usd_bn_per_bp, 1.0);
    }
    // two roundings to 12 digits, stretched by an elasticity near one
    slopes.check("slopes", 4, 1e-10);
}

/// Economies of past years: GDP, capacity, utilization at rest. Neither the Fed's rule nor forced sellers.
fn economy(parameters: &Parameters, gdp_usd_bn: f64, utilization_at_rest: f64) -> Parameters {
    Parameters {
        gdp_usd_bn,
        utilization_at_rest,
        fed: None,
        forced: None,
        ..*parameters
    }
}

fn single(horizon_days: usize, sales_by_day: Vec<BucketVector>, known: Known) -> OrderFlow {
    OrderFlow {
        horizon_days,
        orders: vec![Order {
            sales_by_day,
            known,
        }],
        ..OrderFlow::default()
    }
}

fn scaled(mix: &BucketVector, amount: f64) -> BucketVector {
    mix.map(|share| share * amount)
}

/// March 2020 as the golden values split it: day 1 is 2 March; $635bn sold silently; Fed purchases as they were, the
/// rest of them believed from 23 March (business day 16).
fn march_2020(market: &Market, parameters: &Parameters, horizon_days: usize) -> Vec<f64> {
    let mix: BucketVector = std::array::from_fn(|i| {
        0.5 * reference_mix::FED_PURCHASES[i] + 0.5 * reference_mix::JAPAN[i]
    });
    let mut sales = vec![[0.0; BUCKETS]; 40];
    let mut fed = vec![[0.0; BUCKETS]; 40];
    for (day, sale) in sales.iter_mut().enumerate() {
        *sale = match day {
            0..6 => scaled(&mix, 127.0 / 6.0),
            6..13 => scaled(&mix, 380.0 / 7.0),
            13..22 => scaled(&mix, 128.0 / 9.0),
            _ => *sale,
        };
    }
    for (day, purchase) in fed.iter_mut().enumerate() {
        let amount = match day {
            9 => 37.0,
            10 | 11 => 40.0,
            12 => 45.0,
            13..23 => 75.0,
            23..28 => 50.0,
            _ => 0.0,
        };
        *purchase = scaled(&mix, amount);
    }
    let flow = OrderFlow {
        fed_purchases: Some(FedPurchases {
            by_day: fed,
            announced_day: Some(16),
        }),
        ..single(horizon_days, sales, Known::Silent)
    };
    let economy = Parameters {
        utilization_at_rest: 0.65,
        ..economy(parameters, 21_400.0, 0.65)
    };
    clear(market, &economy, &flow)
        .unwrap()
        .bucket_yields_bp(6)
        .collect()
}

fn check_targets(
    table: &Table,
    market: &Market,
    camp: &str,
    yields: &mut Difference,
    ratios: &mut Difference,
) {
    let camp_parameters = parameters(table, camp);
    let golden = |what: &str| value(table, "target", camp, what, "");
    let mut compare =
        |what: &str, ours: f64| yields.compare(&format!("{camp} {what}"), ours, golden(what));

    let response = month_response(market, &camp_parameters).unwrap();
    compare("std_SR", response.ten_year.0);
    let long_run_at = |parameters: &Parameters, supply: &BucketVector, bucket: usize| {
        long_run(market, parameters, supply).unwrap()[bucket]
    };
    compare(
        "std_LR",
        long_run_at(&camp_parameters, &scaled(&reference_mix::JAPAN, 100.0), 6),
    );
    ratios.compare("sharpe", response.implied_sharpe, golden("sharpe"));

    let year_2010 = economy(&camp_parameters, 15_000.0, 0.5);
    let sale = Order::even(100.0, 21, &reference_mix::FIVE_YEARS, Known::Silent).sales_by_day;
    let path = clear(market, &year_2010, &single(21, sale, Known::Silent)).unwrap();
    compare("beltran_SR", path.days[20].yields_bp[4]);
    compare(
        "beltran_LR",
        long_run_at(&year_2010, &scaled(&reference_mix::FIVE_YEARS, 100.0), 4),
    );

    let programs = [
        ("qe2", 600.0, 168, 15_600.0, 220.0, 0.5),
        ("dk", 300.0, 150, 14_450.0, 160.0, 0.7),
    ];
    for (name, total, days, gdp, capacity, utilization) in programs {
        let year = Parameters {
            intermediary_capacity_usd_bn: capacity,
            ..economy(&camp_parameters, gdp, utilization)
        };
        let order = Order::even(
            -total,
            days,
            &reference_mix::FED_PURCHASES,
            Known::announced(),
        );
        let path = clear(
            market,
            &year,
            &single(days, order.sales_by_day, order.known),
        )
        .unwrap();
        compare(&format!("{name}_day0"), path.days[0].yields_bp[6]);
        compare(&format!("{name}_end"), path.days[days - 1].yields_bp[6]);
    }

    let today = economy(&camp_parameters, 30_300.0, 0.6);
    let sale = Order::even(141.0, 21, &reference_mix::JAPAN, Known::Silent).sales_by_day;
    compare(
        "kc141",
        clear(market, &today, &single(21, sale, Known::Silent))
            .unwrap()
            .days[20]
            .yields_bp[6],
    );
    compare(
        "cbo_LR",
        long_run_at(&today, &scaled(&reference_mix::FED_PURCHASES, 303.0), 6),
    );

    let short = march_2020(market, &camp_parameters, 40);
    compare("mar20_rise", short[12] - short[5]);
    compare("mar20_after", short[22] - short[12]);

    let mut auction = vec![[0.0; BUCKETS]; 40];
    auction[20][3] = 30.0;
    let path = clear(
        market,
        &economy(&camp_parameters, 13_000.0, 0.5),
        &single(40, auction, Known::announced()),
    )
    .unwrap();
    compare(
        "auction_last5",
        path.days[20].yields_bp[3] - path.days[15].yields_bp[3],
    );
}

#[test]
fn observables_of_the_camps() {
    let (table, market) = (table(), market());
    let (mut yields, mut ratios) = (Difference::default(), Difference::default());
    for camp in CAMPS {
        check_targets(&table, &market, camp, &mut yields, &mut ratios);
    }
    yields.check("targets", 4 * 13, YIELD_TOLERANCE_BP);
    ratios.check("target Sharpe ratios", 4, crate::golden::RATIO_TOLERANCE);
}
