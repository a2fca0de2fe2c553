//! Par yields, breakevens, reference CPI, bill index: values printed by their publishers.

use brandish_data::{DataError, NoObservation, Quality};
use brandish_units::Tenor;

use crate::{day, snapshot};

#[test]
fn par_yields_of_2025_05_01_are_those_of_the_treasury() {
    // Treasury daily par yield curve rates, 2025-05-01 (percent).
    let snapshot = snapshot();
    let curve = snapshot
        .known_on(day("2025-05-01"))
        .par_yields(day("2025-05-01"))
        .unwrap();
    for (tenor, percent) in [
        (Tenor::M1, 4.38),
        (Tenor::M3, 4.31),
        (Tenor::M6, 4.22),
        (Tenor::Y2, 3.70),
        (Tenor::Y5, 3.81),
        (Tenor::Y10, 4.25),
        (Tenor::Y30, 4.74),
    ] {
        // Parsing a two-decimal number and scaling it back is exact to far below a millionth.
        assert!((curve.get(tenor).unwrap().percent() - percent).abs() < 1e-9);
    }
    assert_eq!(curve.published().count(), 14);
    assert_eq!(curve.provenance.quality, Quality::Published);
}

#[test]
fn a_tenor_is_absent_before_it_was_introduced() {
    // 2M from 2018-10-16, 4M from 2022-10-19, 1.5M from 2025-02-18; no 30Y between 2002-02-18 and 2006-02-09.
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    for (date, tenor, published) in [
        ("2018-10-15", Tenor::M2, false),
        ("2018-10-16", Tenor::M2, true),
        ("2022-10-18", Tenor::M4, false),
        ("2022-10-19", Tenor::M4, true),
        ("2025-02-14", Tenor::M1Half, false),
        ("2025-02-18", Tenor::M1Half, true),
        ("2003-06-02", Tenor::Y30, false),
        ("2006-02-09", Tenor::Y30, true),
    ] {
        let curve = all.par_yields(day(date)).unwrap();
        assert_eq!(curve.get(tenor).is_some(), published, "{tenor} on {date}");
    }
}

#[test]
fn a_day_without_par_yields_says_why() {
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    let reason = |date: &str| match all.par_yields(day(date)) {
        Err(DataError::NoObservation {
            reason, nearest, ..
        }) => (reason, nearest.unwrap().to_string()),
        other => panic!("{date}: {other:?}"),
    };
    assert_eq!(
        reason("2025-05-03"),
        (NoObservation::Weekend, "2025-05-02".to_owned())
    );
    assert!(matches!(reason("2025-04-18").0, NoObservation::Holiday(_)));
    assert_eq!(
        reason("1989-12-29"),
        (
            NoObservation::BeforeStart(day("1990-01-02")),
            "1990-01-02".to_owned()
        )
    );
    assert_eq!(
        reason("2026-04-28").0,
        NoObservation::AfterEnd(day("2026-04-27"))
    );
    // The two tables meet without a hole: 2025-07-12 is the Saturday between them.
    assert_eq!(reason("2025-07-12").0, NoObservation::Weekend);
}

#[test]
fn the_continuation_says_that_it_is_approximate() {
    let snapshot = snapshot();
    let curve = snapshot
        .in_hindsight()
        .par_yields(day("2025-07-14"))
        .unwrap();
    assert_eq!(curve.provenance.quality, Quality::Reconstructed);
    assert!(curve.provenance.note.contains("within 1 bp"));
}

#[test]
fn one_business_day_of_the_window_lacks_par_yields() {
    // `--as-of` works on every business day with par yields since 2023-10. The approximate continuation leaves out
    // one of them: 2026-04-24. When a better copy has it, this test says so.
    let snapshot = snapshot();
    let all = snapshot.in_hindsight();
    let mut date = day("2023-10-02");
    let mut lacking = Vec::new();
    while date <= day("2026-04-27") {
        if brandish_units::calendar::is_business_day(date) && all.par_yields(date).is_err() {
            lacking.push(date.to_string());
        }
        date = date.plus_days(1);
    }
    assert_eq!(lacking, ["2026-04-24"]);
}

#[test]
fn breakeven_reference_cpi_and_bill_index_of_2025_05_01() {
    let snapshot = snapshot();
    let known = snapshot.known_on(day("2025-05-01"));
    // FRED T10YIE 2025-05-01: 2.25.
    let breakeven = known.breakeven_10y(day("2025-05-01")).unwrap();
    assert!((breakeven.value.bp() - 225.0).abs() < 1e-9);
    // The reference CPI of the first of a month is the CPI-U of three months before: February 2025, 319.082.
    assert_eq!(known.ref_cpi(day("2025-05-01")).unwrap().level(), 319.082);
    // 13-week bill auctioned on 2025-04-28: 4.200%.
    let index = known.bill_13w_high_rate_on(day("2025-05-01")).unwrap();
    assert_eq!(index.auction.auction_date, day("2025-04-28"));
    assert!((index.high_rate.percent() - 4.2).abs() < 1e-9);
    // The reference CPI of July is not known on 1 May: it needs the CPI of April, out in mid May.
    assert!(matches!(
        known.ref_cpi(day("2025-07-01")),
        Err(DataError::NotYetPublished { .. })
    ));
}
