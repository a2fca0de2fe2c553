//! What must hold for every holder, month and day of knowledge: months add up, parts add up, nothing is seen early.

use brandish_data::Snapshot;
use brandish_data::holders::history::history;
use brandish_data::holders::{Question, names, overview, track};
use brandish_units::{Date, Usd};

use crate::day;

/// Days before and after flows begin, and on either side of the vintages.
const DAYS: [&str; 6] = [
    "2012-03-20",
    "2022-12-20",
    "2023-06-20",
    "2025-05-01",
    "2026-07-15",
    "2026-09-18",
];

/// Sums of dollars in binary fractions; amounts are up to 1e13 with 53 bits, so a cent is far above the error.
const CENT: f64 = 0.01;

fn close(a: Usd, b: Usd) -> bool {
    (a - b).abs().dollars() <= CENT
}

#[test]
fn change_is_purchases_valuation_and_the_unexplained_exactly() {
    let snapshot = Snapshot::embedded();
    let mut tried = 0;
    for as_of in DAYS {
        let known = snapshot.known_on(day(as_of));
        for holder in names::holders(&known).unwrap() {
            let Ok(months) = history(&known, &holder.reported_as) else {
                continue;
            };
            for pair in months.windows(2) {
                let (before, month) = (&pair[0], &pair[1]);
                assert!(before.month < month.month && month.released <= day(as_of));
                if let (Some(change), Some(then), Some(now)) = (
                    month.change.total,
                    before.holdings.total,
                    month.holdings.total,
                ) {
                    assert!(close(then + change, now), "{} {}", holder.name, month.month);
                }
                for (change, net, valuation, unexplained) in [
                    (
                        month.change.total,
                        month.net_purchases.total,
                        month.valuation,
                        month.unexplained.total,
                    ),
                    (
                        month.change.long_term,
                        month.net_purchases.long_term,
                        month.valuation,
                        month.unexplained.long_term,
                    ),
                    (
                        month.change.bills,
                        month.net_purchases.bills,
                        Some(Usd::ZERO),
                        month.unexplained.bills,
                    ),
                ] {
                    match (change, net, valuation) {
                        (Some(change), Some(net), Some(valuation)) => {
                            let sum = net + valuation + unexplained.unwrap();
                            assert!(close(change, sum), "{} {}", holder.name, month.month);
                            tried += 1;
                        }
                        // A part that is missing is never filled.
                        _ => assert_eq!(unexplained, None, "{} {}", holder.name, month.month),
                    }
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
}

/// The report rounds each figure to a million, or to a tenth of a billion in its older tables: a sum of two may be off by twice half of it.
#[test]
fn bills_and_long_term_are_the_total() {
    let snapshot = Snapshot::embedded();
    let known = snapshot.in_hindsight();
    let mut tried = 0;
    for holder in names::holders(&known).unwrap() {
        for month in history(&known, &holder.reported_as).unwrap() {
            let rounded = month.month < "2011-09".parse().unwrap()
                || month.vintages.holdings == "2026-07".parse().unwrap()
                || month.quality != brandish_data::Quality::Published;
            let room = if rounded { 150.0 } else { 1.5 };
            for (what, parts) in [("holdings", month.holdings), ("net", month.net_purchases)] {
                if let (Some(total), Some(bills), Some(long_term)) =
                    (parts.total, parts.bills, parts.long_term)
                {
                    let off = (total - bills - long_term).abs().mn();
                    assert!(off <= room, "{} {} {what}: {off}", holder.name, month.month);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

/// TIC gives the change of the position as the purchases of bills; within one vintage nothing is left.
#[test]
fn bills_leave_nothing_unexplained_within_a_vintage() {
    let snapshot = Snapshot::embedded();
    let known = snapshot.known_on(day("2026-07-15"));
    let mut tried = 0;
    for holder in names::holders(&known).unwrap() {
        for month in history(&known, &holder.reported_as).unwrap() {
            if let (Some(left), false) = (month.unexplained.bills, month.vintages.mixed) {
                // Two positions and a flow, each rounded to a million.
                assert!(
                    left.abs().mn() <= 1.5,
                    "{} {}: {left:?}",
                    holder.name,
                    month.month
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 2_000, "{tried}");
}

#[test]
fn sums_telescope_and_a_gap_makes_them_none() {
    let snapshot = Snapshot::embedded();
    let mut whole = 0;
    for as_of in DAYS {
        let known = snapshot.known_on(day(as_of));
        for holder in names::holders(&known).unwrap() {
            let question = Question {
                since: None,
                custody_share: None,
            };
            let Ok(found) = track(&known, &holder, question) else {
                continue;
            };
            let Some(sums) = found.window.sums else {
                continue;
            };
            if let (Some(change), Some(start), Some(end)) =
                (sums.change.value, sums.start.total, sums.end.total)
            {
                assert!(close(start + change, end), "{} {as_of}", holder.name);
                whole += 1;
            }
            for sum in [
                sums.change,
                sums.net_purchases,
                sums.valuation,
                sums.unexplained,
            ] {
                assert_eq!(sum.value.is_some(), sum.months == sum.of && sum.of > 0);
                assert_eq!(sum.of, sums.months);
            }
            if let (Some(change), Some(net), Some(valuation), Some(left)) = (
                sums.change.value,
                sums.net_purchases.value,
                sums.valuation.value,
                sums.unexplained.value,
            ) {
                assert!(
                    close(change, net + valuation + left),
                    "{} {as_of}",
                    holder.name
                );
            }
            if let (Some(low), Some(net), Some(high)) = (
                found.verdict.low,
                found.verdict.net_purchases,
                found.verdict.high,
            ) {
                assert!(low <= net && net <= high, "{} {as_of}", holder.name);
            }
        }
    }
    assert!(whole > 150, "{whole}");
}

/// A larger share of what the centers bought never narrows the range.
#[test]
fn the_custody_range_grows_with_the_share() {
    let snapshot = Snapshot::embedded();
    let known = snapshot.known_on(day("2026-07-15"));
    for name in ["japan", "china", "india", "saudi-arabia"] {
        let holder = names::resolve(&known, name).unwrap();
        let mut last: Option<(Usd, Usd)> = None;
        for share in [0.0, 0.05, 0.25, 0.5, 1.0] {
            let question = Question {
                since: None,
                custody_share: Some(share),
            };
            let found = track(&known, &holder, question).unwrap();
            let range = found.custody.range().unwrap().clone();
            assert!(range.low <= Usd::ZERO && range.high >= Usd::ZERO);
            if let Some((low, high)) = last {
                assert!(range.low <= low && range.high >= high, "{name} {share}");
            }
            last = Some((range.low, range.high));
        }
    }
}

#[test]
fn the_overview_says_of_each_holder_what_its_own_page_says() {
    let snapshot = Snapshot::embedded();
    for as_of in ["2023-06-20", "2026-07-15", "2026-09-18"] {
        let known = snapshot.known_on(day(as_of));
        let question = Question {
            since: Some("2023-01".parse().unwrap()),
            custody_share: None,
        };
        let rows = overview(&known, question).unwrap();
        assert!(rows.len() >= 40, "{}", rows.len());
        for row in &rows {
            let Some(verdict) = row.verdict else { continue };
            let alone = track(&known, &row.holder, question).unwrap();
            assert_eq!(alone.verdict, verdict, "{}", row.holder.name);
            assert_eq!(alone.window.sums, row.sums, "{}", row.holder.name);
        }
        assert_eq!(rows, overview(&known, question).unwrap());
    }
    assert!(
        overview(
            &snapshot.known_on(Date::MIN),
            Question {
                since: None,
                custody_share: None
            }
        )
        .is_err()
    );
}
