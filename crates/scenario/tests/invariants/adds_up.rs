//! What must add up in a run: absorbers to the order, holders to what is outstanding, quarters to the year.
//!
//! Tolerances are 1e-6 $bn (a thousand dollars): sums of a few hundred doubles of up to 1e4 $bn are exact to 1e-11; the
//! engine's own balance holds to 1e-9 $bn a bucket.

use crate::support;

use std::collections::BTreeMap;

use brandish_data::Snapshot;
use brandish_habitat::BUCKETS;
use brandish_scenario::file::{CampName, Shipped};
use brandish_scenario::parameters::ParameterBook;
use brandish_scenario::{Baseline, Outcome, Settings};

const USD_BN: f64 = 1e-6;

/// Sold plus forced less everything that absorbs, per camp, day and bucket (`None` = all maturities).
fn gaps(outcome: &Outcome) -> BTreeMap<(String, u32, Option<&'static str>), f64> {
    let mut gaps = BTreeMap::new();
    for row in outcome
        .table
        .rows
        .iter()
        .filter(|row| row.stat == "central")
    {
        let sign = match (row.measure, row.sector.is_some()) {
            ("sold" | "forced_sales", false) => 1.0,
            ("purchases", true) | ("switching", false) => -1.0,
            _ => continue,
        };
        let key = (row.camp.unwrap().to_owned(), row.day.unwrap(), row.bucket);
        *gaps.entry(key).or_insert(0.0) += sign * row.value;
    }
    gaps
}

#[test]
fn absorbers_sum_to_the_order_every_day_and_in_every_bucket() {
    let snapshot = Snapshot::embedded();
    for name in [
        "japan-card",
        "japan-silent",
        "yen-intervention",
        "japan-china",
    ] {
        let scenario = support::shipped(name, 1, &snapshot);
        let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
        let gaps = gaps(&outcome);
        assert!(gaps.len() > 4 * 60, "{name}: {} sums", gaps.len());
        let by_bucket = gaps
            .keys()
            .filter(|(_, _, bucket)| bucket.is_some())
            .count();
        assert!(
            by_bucket >= 4 * BUCKETS * 60,
            "{name}: {by_bucket} sums by bucket"
        );
        for (key, gap) in gaps {
            assert!(gap.abs() < USD_BN, "{name} {key:?}: {gap}");
        }
        let total: f64 = scenario.sales.iter().map(|sale| sale.amount.bn()).sum();
        let last = outcome.days.horizon();
        let sold = support::value(&outcome, "S", "sold", "central", Some(last), None).unwrap();
        assert!(
            (sold - total).abs() < USD_BN,
            "{name}: sold {sold} of {total}"
        );
    }
}

/// The accounts of a run as its table has them: P&L of all holders against the change in market value, opening against closing value.
#[test]
fn the_accounts_of_a_run_add_up_in_its_table() {
    let snapshot = Snapshot::embedded();
    let scenario = support::shipped("japan-card", 1, &snapshot);
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let total = |measure: &str, camp: Option<&str>, day: u32| -> f64 {
        let rows = outcome.table.rows.iter().filter(|row| {
            row.measure == measure
                && row.camp == camp
                && row.day == Some(day)
                && row.unit == "usd_bn"
                && row.stat == "central"
        });
        rows.map(|row| row.value).sum()
    };
    let opening = total("opening_value", None, 0);
    for camp in ["S", "C", "F", "X"].map(Some) {
        for day in outcome.days.key() {
            let change = total("market_value_change", camp, day);
            assert!(change < -10.0, "{camp:?} {day}: {change}");
            assert!((total("holder_pnl", camp, day) - change).abs() < USD_BN);
            assert!((total("closing_value", camp, day) - opening - change).abs() < USD_BN);
            assert!(total("execution_loss", camp, day).abs() < USD_BN);
            let least = total("holder_pnl_least", camp, day);
            let most = total("holder_pnl_most", camp, day);
            assert!(least < change && change < most, "{least} {change} {most}");
        }
    }
    let holders = outcome.table.rows.iter();
    let holders = holders.filter(|row| row.measure == "opening_value" && row.unit == "usd_bn");
    // eight slow sectors, specialists, the Federal Reserve, forced sellers, Japan
    assert_eq!(holders.count(), 12);
}

#[test]
fn the_issuers_quarters_sum_to_the_year() {
    let snapshot = Snapshot::embedded();
    let scenario = support::shipped("japan-card", 1, &snapshot);
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    for camp in ["S", "C", "F", "X"] {
        let of = |total: bool| -> f64 {
            outcome
                .table
                .rows
                .iter()
                .filter(|row| {
                    row.measure == "interest_cost"
                        && row.stat == "central"
                        && row.camp == Some(camp)
                })
                .filter(|row| (row.sector.as_deref() == Some("total")) == total)
                .map(|row| row.value)
                .sum()
        };
        assert!((of(true) - of(false)).abs() < USD_BN);
        assert!(of(true) > 0.0);
    }
}

#[test]
fn holders_sum_to_what_is_outstanding_in_every_bucket() {
    let snapshot = Snapshot::embedded();
    let book = ParameterBook::shipped().unwrap();
    let baseline = Baseline::at(
        &snapshot,
        "2025-05-01".parse().unwrap(),
        &book,
        Settings::Product,
    )
    .unwrap();
    let outstanding = baseline.outstanding.total_usd_bn();
    for bucket in 0..BUCKETS {
        let held: f64 = baseline.holders.usd_bn.iter().map(|row| row[bucket]).sum();
        assert!(
            (held - outstanding[bucket]).abs() < 1e-5,
            "bucket {bucket}: {held} of {}",
            outstanding[bucket]
        );
    }
    assert!(
        baseline
            .holders
            .usd_bn
            .iter()
            .flatten()
            .all(|cell| *cell >= 0.0)
    );
    // The market value of everything outstanding lies within 5% of the sectors' published total of a quarter before.
    assert!(
        (0.95..1.10).contains(&baseline.holders.scale),
        "{}",
        baseline.holders.scale
    );
}

#[test]
fn more_is_never_less_and_nothing_is_nothing() {
    let snapshot = Snapshot::embedded();
    let peak = |amount: f64| {
        let text = format!(
            "schema = 1\nname = \"size\"\ntitle = \"size\"\nas_of = 2025-05-01\nhorizon_days = 70\n\
             [[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = {amount}\ndays = 63\nknown = \"announced\"\n\
             [exogenous.fed]\nrule = false\n[assumptions]\ncamps = [\"C\"]\nstress_camps = []\ndraws = 1\nseed = 1\n"
        );
        let scenario = support::check(&text, &snapshot).unwrap();
        let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
        support::value(
            &outcome,
            "C",
            "yield_change_peak",
            "central",
            None,
            Some("10Y"),
        )
        .unwrap()
    };
    let peaks: Vec<f64> = [0.001, 50.0, 200.0, 600.0].into_iter().map(peak).collect();
    // A million dollars moves less than a thousandth of a basis point.
    assert!(peaks[0].abs() < 1e-3, "{peaks:?}");
    assert!(peaks.windows(2).all(|pair| pair[0] < pair[1]), "{peaks:?}");
}

/// Words that change no belief are the baseline, exactly.
#[test]
fn words_that_change_nothing_move_nothing() {
    let snapshot = Snapshot::embedded();
    let text = "schema = 1\nname = \"quiet\"\ntitle = \"quiet\"\nas_of = 2025-05-01\nhorizon_days = 60\n\
         [exogenous.threat]\nseller = \"japan\"\namount_usd_bn = 300\ndays = 63\nprior = 0.2\nprobability = 0.2\n\
         half_life_days = 21\n[assumptions]\ncamps = [\"S\", \"F\"]\nstress_camps = []\ndraws = 6\nseed = 1\n";
    let scenario = support::check(text, &snapshot).unwrap();
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let moved: Vec<_> = outcome
        .table
        .rows
        .iter()
        .filter(|row| row.measure.starts_with("yield_change") && row.value != 0.0)
        .collect();
    assert!(moved.is_empty(), "{:?}", moved.first());
}

/// Who only speaks converts nothing, so USDJPY stays and P&L in yen is P&L in dollars at the opening rate.
#[test]
fn a_speaker_has_an_account_in_yen_too() {
    let snapshot = Snapshot::embedded();
    let scenario = support::shipped("japan-hint", 1, &snapshot);
    assert!(scenario.sales.is_empty());
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let (opening, _) = outcome.usdjpy.unwrap();
    let of = |unit: &str| -> Vec<(&str, Option<u32>, f64)> {
        let rows = outcome.table.rows.iter().filter(|row| {
            row.measure == "holder_pnl"
                && row.stat == "central"
                && row.unit == unit
                && row.sector.as_deref() == Some("japan")
        });
        rows.map(|row| (row.camp.unwrap(), row.day, row.value))
            .collect()
    };
    let (yen, dollars) = (of("jpy_bn"), of("usd_bn"));
    assert!(!yen.is_empty() && yen.len() == dollars.len(), "{yen:?}");
    assert!(dollars.iter().any(|(_, _, value)| value.abs() > 0.01));
    for ((camp, day, yen), dollar) in yen.into_iter().zip(dollars) {
        assert_eq!((camp, day), (dollar.0, dollar.1));
        let expected = brandish_units::Usd::from_bn(dollar.2).to_jpy(opening).bn();
        // wealth of 160,000 bn yen less itself leaves rounding of 1e-10
        assert!(
            (yen - expected).abs() < 1e-8,
            "{camp} {day:?}: {yen} {expected}"
        );
    }
}

/// Dollars put into bills leave specialists short of bills and long of notes, where four draws of camp F in 300 used to find no price under the
/// Fed's rule: purchases are then brought in by degrees.
#[test]
fn every_draw_of_a_sale_into_bills_finds_prices() {
    let snapshot = Snapshot::embedded();
    let text = Shipped::find("japan-card").unwrap().toml;
    let into_bills = text.replace("to = \"deposits\"", "to = \"bills\"");
    assert_ne!(into_bills, text);
    let mut scenario = support::check(&into_bills, &snapshot).unwrap();
    scenario.assumptions.draws = 300;
    scenario.assumptions.camps = vec![CampName::F];
    scenario.assumptions.stress_camps = Vec::new();
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let camp = &outcome.camps[0];
    assert_eq!((camp.draws, camp.failed), (300, 0));
}
