//! The seller's account and the valuation behind it, on a flat curve where the answers can be worked out by hand.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on should say where

mod accounts;

use brandish_curve::DiscountCurve;
use brandish_effects::seller::{SellerPosition, accounts};
use brandish_effects::valuation::{BucketHolding, BucketValuation};
use brandish_habitat::{BUCKETS, ClearingDay, ClearingPath, SECTORS, SolverStatistics, TAU};
use brandish_treasury::{AmountPer100, CashFlow};
use brandish_units::{Date, Jpy, JpyPerUsd, ParYield, Tenor, Usd};
use proptest::prelude::*;

fn day() -> Date {
    "2025-05-01".parse().unwrap()
}

/// A flat 4% curve.
fn curve() -> DiscountCurve {
    let points: Vec<_> = Tenor::ALL
        .iter()
        .map(|tenor| (tenor.years(), ParYield::from_percent(4.0)))
        .collect();
    DiscountCurve::from_par_yields(day(), &points).unwrap()
}

/// One zero-coupon payment per bucket at its center, on the flat curve.
fn valuation() -> BucketValuation {
    let curve = curve();
    let holdings: Vec<BucketHolding> = TAU
        .iter()
        .enumerate()
        .map(|(bucket, years)| BucketHolding {
            bucket,
            payments: vec![CashFlow {
                date: day().plus_days((years * 365.25) as i32),
                amount: AmountPer100::from_per_100(100.0),
            }],
            weight: 1.0,
        })
        .collect();
    BucketValuation::new(&curve, day().plus_days(1), &holdings).unwrap()
}

fn path(yields_bp: &[[f64; BUCKETS]]) -> ClearingPath {
    let days = yields_bp
        .iter()
        .map(|yields| ClearingDay {
            yields_bp: *yields,
            utilization: 0.0,
            capacity_multiplier: 1.0,
            inventory_usd_bn: [0.0; BUCKETS],
            holdings_usd_bn: [[0.0; BUCKETS]; SECTORS],
            switching_usd_bn: [[0.0; BUCKETS]; SECTORS],
            fed_purchases_usd_bn: [0.0; BUCKETS],
            forced_sales_usd_bn: [0.0; BUCKETS],
            sold_usd_bn: [0.0; BUCKETS],
        })
        .collect();
    ClearingPath {
        days,
        trigger_day: None,
        statistics: SolverStatistics::default(),
    }
}

/// A parallel shift of a flat bond-equivalent curve moves the zero-coupon price to (1 + y'/2)^(-2t) exactly. Tolerance 2e-4
/// relative of the change: settlement a day later, and bills' tenors quoted on their own compounding.
#[test]
fn a_parallel_shift_reprices_as_compound_interest_says() {
    let valuation = valuation();
    let changes = valuation.relative_changes(&[100.0; BUCKETS]).unwrap();
    for (bucket, years) in TAU.iter().enumerate().skip(2) {
        let price = |rate: f64| (1.0 + rate / 2.0).powf(-2.0 * years);
        let expected = price(0.05) / price(0.04) - 1.0;
        assert!(
            (changes[bucket] / expected - 1.0).abs() < 4e-3,
            "{years}: {} against {expected}",
            changes[bucket]
        );
    }
}

#[test]
fn nothing_moves_nothing() {
    assert_eq!(
        valuation().relative_changes(&[0.0; BUCKETS]).unwrap(),
        [0.0; BUCKETS]
    );
}

/// Convexity: repricing is not duration times yield. A fall of 100 bp gains more than a rise of 100 bp loses.
#[test]
fn losses_and_gains_are_not_symmetric() {
    let valuation = valuation();
    let up = valuation.relative_changes(&[100.0; BUCKETS]).unwrap();
    let down = valuation.relative_changes(&[-100.0; BUCKETS]).unwrap();
    assert!(down[10] + up[10] > 0.05 * down[10]);
}

#[test]
fn the_account_adds_up() {
    let valuation = valuation();
    let mut holdings = [0.0; BUCKETS];
    holdings[6] = 100.0;
    let mut sale = [0.0; BUCKETS];
    sale[6] = 10.0;
    let path = path(&[[20.0; BUCKETS], [30.0; BUCKETS], [10.0; BUCKETS]]);
    let position = SellerPosition {
        holdings_usd_bn: &holdings,
        sales_by_day: &[sale, sale],
    };
    let [first, last] = accounts(position, &path, &valuation, &[1, 3]).unwrap()[..] else {
        panic!()
    };
    let at = |bp: f64| valuation.relative_changes(&[bp; BUCKETS]).unwrap()[6];
    assert!((first.sold.bn() - 10.0).abs() < 1e-12 && (first.kept.bn() - 90.0).abs() < 1e-12);
    assert!((first.execution_loss.bn() + 10.0 * at(20.0)).abs() < 1e-12);
    assert!((last.execution_loss.bn() + 10.0 * (at(20.0) + at(30.0))).abs() < 1e-12);
    assert!((last.mark_to_market.bn() - 80.0 * at(10.0)).abs() < 1e-12);
    assert!(
        (last.result().bn() - (last.mark_to_market.bn() - last.execution_loss.bn())).abs() < 1e-12
    );
    assert!((last.wealth().bn() - (100.0 + last.result().bn())).abs() < 1e-12);
}

/// In yen: nothing moves and the dollar falls by 2%: 2% of everything held in dollars is lost, none of what was converted.
#[test]
fn a_weaker_dollar_costs_what_is_still_in_dollars() {
    let valuation = valuation();
    let mut holdings = [0.0; BUCKETS];
    holdings[4] = 100.0;
    let mut sale = [0.0; BUCKETS];
    sale[4] = 40.0;
    let position = SellerPosition {
        holdings_usd_bn: &holdings,
        sales_by_day: &[sale],
    };
    let account = accounts(position, &path(&[[0.0; BUCKETS]]), &valuation, &[1]).unwrap()[0];
    let opening = JpyPerUsd::from_jpy_per_usd(150.0);
    let closing = opening.plus_percent(-2.0);
    let kept_dollars = account.result_in_jpy(opening, closing, Usd::ZERO, Jpy::ZERO);
    assert!((kept_dollars.bn() + 0.02 * 100.0 * 150.0).abs() < 1e-9);
    let yen = Usd::from_bn(40.0).to_jpy(opening);
    let converted = account.result_in_jpy(opening, closing, Usd::from_bn(40.0), yen);
    assert!((converted.bn() + 0.02 * 60.0 * 150.0).abs() < 1e-9);
}

#[test]
fn a_day_beyond_the_path_is_refused() {
    let position = SellerPosition {
        holdings_usd_bn: &[1.0; BUCKETS],
        sales_by_day: &[],
    };
    let error = accounts(position, &path(&[[0.0; BUCKETS]]), &valuation(), &[2]).unwrap_err();
    assert!(error.to_string().contains('2'), "{error}");
}

proptest! {
    /// Higher yields never make a bucket worth more (payments are positive).
    #[test]
    fn values_fall_when_all_yields_rise(bp in 0.1_f64..300.0) {
        let changes = valuation().relative_changes(&[bp; BUCKETS]).unwrap();
        prop_assert!(changes.iter().all(|change| *change < 0.0));
    }
}
