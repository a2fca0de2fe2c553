//! The universe of securities against monthly statements, class totals and the Financial Accounts.

use brandish_data::{Quality, SecurityKind, Universe, UniverseBase};
use brandish_units::Date;
use brandish_units::calendar::{is_business_day, next_business_day, previous_business_day};

use crate::{day, snapshot};

fn universe(date: &str) -> Universe {
    snapshot()
        .known_on(day(date))
        .securities_outstanding(day(date))
        .unwrap()
}

#[test]
fn statement_of_2023_09_30_equals_the_class_totals() {
    // MSPD 2023-09-30, unmatured, mn; amounts are given to 0.0001 mn.
    let universe = universe("2023-09-30");
    assert_eq!(universe.base, UniverseBase::List);
    for (kind, published) in [
        (SecurityKind::Bill, 5260406.5094),
        (SecurityKind::Note, 13594524.0252),
        (SecurityKind::Bond, 4246898.4743),
        (SecurityKind::Tips, 1935814.8046),
        (SecurityKind::Frn, 575556.1608),
    ] {
        assert!((universe.outstanding_of(kind).mn() - published).abs() < 1e-3);
    }
}

#[test]
fn lists_are_met_from_the_side_of_the_rebuilt_universe() {
    // The business day before a list, plus what is issued and less what matures on the day of the list, must be the list:
    // for every coupon security outstanding on both days and not issued in between, the par is the same.
    for list in ["2025-04-30", "2026-04-30"] {
        let after = universe(list);
        let before = universe(&previous_business_day(day(list)).to_string());
        let mut equal = 0;
        let mut different = Vec::new();
        for security in &before.securities {
            let same = after
                .securities
                .iter()
                .find(|other| other.cusip == security.cusip);
            let Some(same) = same.filter(|_| security.kind != SecurityKind::Bill) else {
                continue;
            };
            let relative = (same.par / security.par - 1.0).abs();
            // 3e-6: sums of rounded lots. Before the statement of 2026 the unrecorded buybacks of half a year are
            // spread evenly, so its last days can differ by what three days bring.
            if relative < 3e-6 {
                equal += 1;
            } else {
                different.push((security.cusip, relative));
            }
        }
        if list == "2025-04-30" {
            // 401 are on both days; only the 20-year bond of February was reopened on the day of the list.
            let names: Vec<&str> = different.iter().map(|d| d.0.as_str()).collect();
            assert_eq!((equal, names), (400, vec!["912810UJ5"]));
        } else {
            // The 20-year bond of February 2026 gets a third of its amount on the day of the list.
            let worst = different
                .iter()
                .filter(|d| d.0.as_str() != "912810UT3")
                .map(|d| d.1)
                .fold(0.0, f64::max);
            assert!(equal > 150 && worst < 2e-3, "{list}: {equal}, {worst}");
        }
    }
}

#[test]
fn rebuilding_from_2023_without_the_later_list_finds_most_of_it() {
    // How much of the list of 2025-04-30 follows from the statement of 2023-09-30, auctions and buybacks alone: all
    // securities of 2023 but those whose lots the auction sample leaves out. An independent sum over the same records
    // counted 373 of 406 coupon securities equal within 3e-6; the others are first issued after 2023-09-30 and lack lots.
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    let first = all.securities_list(day("2023-09-30")).unwrap();
    let later = all.securities_list(day("2025-04-30")).unwrap();
    let auctions = all.auctions(day("2023-10-01"), later.date).unwrap();
    let buybacks = all.buybacks().unwrap();
    let (mut equal, mut short, mut absent) = (0, 0, 0);
    for (cusip, row) in &later.rows {
        if row.kind == SecurityKind::Bill {
            continue;
        }
        let mut par = first.rows.get(cusip).map_or(0.0, |row| row.par.mn());
        for lot in auctions.iter().filter(|lot| lot.cusip == *cusip) {
            par += lot.issued.map_or(0.0, |face| face.mn());
        }
        for buyback in &buybacks {
            if buyback.cusip == *cusip && buyback.settlement <= later.date {
                par -= buyback.par.mn();
            }
        }
        let relative = par / row.par.mn() - 1.0;
        if relative.abs() < 3e-6 {
            equal += 1;
        } else if par > 0.0 {
            short += 1;
            assert!(relative < 0.0, "{cusip}: {relative}");
        } else {
            absent += 1;
        }
    }
    assert_eq!((equal, short, absent), (373, 17, 16));
}

#[test]
fn a_year_later_127_securities_are_confirmed() {
    // Coupon securities of the reconstructed list that, less recorded buybacks, the statement of 2026-04-30 has to the
    // dollar: within 3e-6, TIPS within 2e-5 (index ratios with five decimals). The list's own count is 127.
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    let then = all.securities_list(day("2025-04-30")).unwrap();
    let now = all.securities_list(day("2026-04-30")).unwrap();
    let buybacks = all.buybacks().unwrap();
    let confirmed = then
        .rows
        .iter()
        .filter(|(cusip, row)| {
            let tolerance = match row.kind {
                SecurityKind::Tips => 2e-5,
                _ => 3e-6,
            };
            let bought: f64 = buybacks
                .iter()
                .filter(|buyback| buyback.cusip == **cusip && buyback.settlement > then.date)
                .map(|buyback| buyback.par.mn())
                .sum();
            row.kind != SecurityKind::Bill
                && now.rows.get(cusip).is_some_and(|other| {
                    (other.par.mn() / (row.par.mn() - bought) - 1.0).abs() < tolerance
                })
        })
        .count();
    assert_eq!(confirmed, 127);
}

#[test]
fn totals_stay_close_to_the_financial_accounts() {
    // Z.1 L.210 (release of 2026-01-09), marketable at face, bn. The Accounts leave out marketable securities that federal
    // accounts hold, 0.4-0.6% of the total at every quarter end here; bills are scaled to the Accounts and agree by design.
    for (date, marketable, bills) in [
        ("2024-06-28", 26_903.1, 5_764.9),
        ("2024-09-30", 27_586.4, 6_004.1),
        ("2024-12-31", 28_139.5, 6_186.2),
        ("2025-03-31", 28_447.3, 6_155.1),
        ("2025-06-30", 28_518.3, 5_783.5),
        ("2025-09-30", 29_571.6, 6_396.6),
    ] {
        let universe = universe(date);
        let excess = universe.outstanding().bn() / marketable - 1.0;
        assert!((0.003..0.007).contains(&excess), "{date}: {excess}");
        let difference = universe.outstanding_of(SecurityKind::Bill).bn() - bills;
        assert!(difference.abs() < 5.0, "{date}: bills {difference}");
    }
}

#[test]
fn the_universe_of_2025_05_01_rests_on_the_list_of_the_day_before() {
    let universe = universe("2025-05-01");
    assert_eq!(universe.base, UniverseBase::RebuiltFrom(day("2025-04-30")));
    // The bill of 2025-05-01 has matured; the list has no issue on that day apart from bill reopenings.
    let list = snapshot()
        .in_hindsight()
        .securities_list(day("2025-04-30"))
        .unwrap();
    let lasting = list
        .rows
        .values()
        .filter(|row| row.maturity > day("2025-05-01"))
        .count();
    assert_eq!(universe.securities.len(), lasting);
    for security in &universe.securities {
        let row = &list.rows[&security.cusip];
        if security.kind != SecurityKind::Bill {
            assert_eq!(security.par, row.par);
        }
    }
    let estimated = universe.by_quality()[&Quality::Estimated].0;
    assert_eq!(estimated, 49, "bills, and nothing else, are estimated");
}

#[test]
fn every_business_day_of_the_window_can_be_rebuilt() {
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    let mut date = day("2023-10-02");
    while date <= day("2026-04-27") {
        assert!(is_business_day(date));
        let universe = all.securities_outstanding(date).unwrap();
        check(&universe, date);
        // Every fifth business day keeps the test short; month ends are among them often enough.
        for _ in 0..5 {
            date = next_business_day(date);
        }
    }
    assert!(all.securities_outstanding(day("2023-09-29")).is_err());
    assert!(all.securities_outstanding(day("2026-05-01")).is_err());
}

fn check(universe: &Universe, date: Date) {
    assert!((430..480).contains(&universe.securities.len()), "{date}");
    let total = universe.outstanding().bn();
    assert!((25_500.0..31_000.0).contains(&total), "{date}: {total}");
    for security in &universe.securities {
        assert!(security.first_issue <= date && security.maturity > date);
        assert!(security.dated <= security.first_issue);
        assert!(security.par.mn() > 0.0, "{date} {}", security.cusip);
        assert!(!security.reason.is_empty(), "{date} {}", security.cusip);
        let pays_coupon = matches!(
            security.kind,
            SecurityKind::Note | SecurityKind::Bond | SecurityKind::Tips
        );
        assert_eq!(
            security.coupon.is_some(),
            pays_coupon,
            "{date} {}",
            security.cusip
        );
        assert_eq!(
            security.index_ratio.is_some(),
            security.kind == SecurityKind::Tips
        );
    }
    let bills = universe.outstanding_of(SecurityKind::Bill).bn();
    assert!((5_000.0..6_800.0).contains(&bills), "{date}: bills {bills}");
}

#[test]
fn index_ratios_equal_those_of_the_statement() {
    // The list of 2025-04-30 carries index ratios; the day before, ratios are computed from the reference CPI. A month's
    // reference CPI moves by at most a few 1e-5 a day, hence the tolerance.
    let list = universe("2025-04-30");
    let before = universe("2025-04-29");
    let mut compared = 0;
    for security in before
        .securities
        .iter()
        .filter(|s| s.kind == SecurityKind::Tips)
    {
        let other = list.securities.iter().find(|s| s.cusip == security.cusip);
        if let Some(other) = other {
            let relative =
                other.index_ratio.unwrap().ratio() / security.index_ratio.unwrap().ratio() - 1.0;
            assert!(relative.abs() < 3e-4, "{}: {relative}", security.cusip);
            compared += 1;
        }
    }
    assert!(compared > 45);
}

#[test]
fn spreads_of_floating_rate_notes() {
    // Auction results: 91282CHS3 (July 2023) 0.125%. From accrual rates of 2026-03-24: 91282CNQ0 0.159, 91282CPG0 0.190,
    // 91282CPX3 0.098 (each rate less the common index of 3.722).
    let universe = universe("2026-03-24");
    for (cusip, percent) in [
        ("91282CNQ0", 0.159),
        ("91282CPG0", 0.190),
        ("91282CPX3", 0.098),
        ("91282CMX6", 0.160),
    ] {
        let frn = universe
            .securities
            .iter()
            .find(|s| s.cusip.as_str() == cusip)
            .unwrap();
        assert!((frn.spread.unwrap().percent() - percent).abs() < 1e-9);
    }
    assert!(universe.notes.iter().any(|note| note.contains("inferred")));
}
