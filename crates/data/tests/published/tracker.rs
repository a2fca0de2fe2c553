//! The tracker of holders against months as published: purchases, valuation, bills before notes, vintages, what was known when.
//!
//! Published figures are TIC table 3 in the vintage of 2026-06 unless said otherwise, in US$ bn to one decimal; hence a tolerance of half of the
//! last digit and a rounding error.

use brandish_data::Month;
use brandish_data::holders::{
    self, CannotTell, Conclusion, Custody, Lack, Move, Question, ShareBasis, Tracked, names, track,
};
use brandish_units::Usd;

use crate::{day, snapshot};

/// Half of the last published digit, and the rounding of a binary fraction.
const DIGIT: f64 = 0.0501;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn asked(holder: &str, since: Option<&str>, as_of: &str, custody_share: Option<f64>) -> Tracked {
    let snapshot = snapshot();
    let known = snapshot.known_on(day(as_of));
    let holder = names::resolve(&known, holder).unwrap();
    let question = Question {
        since: since.map(month),
        custody_share,
    };
    track(&known, &holder, question).unwrap()
}

fn tracked(holder: &str, since: &str, as_of: &str) -> Tracked {
    asked(holder, Some(since), as_of, None)
}

#[track_caller]
fn check(found: Option<Usd>, published: f64, what: &str) {
    let found = found.unwrap_or_else(|| panic!("{what}: none")).bn();
    assert!(
        (found - published).abs() <= DIGIT,
        "{what}: {found}, published {published}"
    );
}

#[test]
fn the_published_months_of_2025_are_reproduced() {
    let japan = tracked("japan", "2025-01", "2025-07-18");
    let china = tracked("china", "2025-01", "2025-07-18");
    let months = [
        // net of Japan, valuation of its long-term holdings, net of China
        ("2025-01", 13.1, -1.3, -1.4),
        ("2025-02", 31.7, 19.4, 10.5),
        ("2025-03", 4.5, -1.5, -19.1),
        ("2025-04", -4.2, 4.6, -23.7),
        ("2025-05", 11.1, -8.0, -5.0),
    ];
    assert_eq!(japan.window.months.len(), months.len());
    for (place, (name, net, valuation, china_net)) in months.into_iter().enumerate() {
        let figures = &japan.window.months[place].figures;
        assert_eq!(figures.month, month(name));
        check(figures.net_purchases.total, net, name);
        check(figures.valuation, valuation, name);
        let figures = &china.window.months[place].figures;
        check(figures.net_purchases.total, china_net, name);
    }
    // By hand from table 3, US$ mn: February 2025 is 1,125,873 after 1,079,292; less 31,688 and 19,391 leaves -4,498.
    let february = &japan.window.months[1].figures;
    assert!((february.change.total.unwrap().mn() - 46_581.0).abs() < 1e-6);
    assert!((february.unexplained.total.unwrap().mn() + 4_498.0).abs() < 1e-6);
    assert!((february.not_purchases.unwrap().mn() - 14_893.0).abs() < 1e-6);
    // 13,074 + 31,688 + 4,549 - 4,176 + 11,065 = 56,200.
    let sums = japan.window.sums.unwrap();
    assert!((sums.net_purchases.value.unwrap().mn() - 56_200.0).abs() < 1e-6);
    let running = japan.window.months.last().unwrap().cumulative.total;
    assert_eq!(running, sums.net_purchases.value);
}

#[test]
fn in_interventions_bills_go_first_and_notes_follow() {
    // Spring 2024: bills -12.1 and -24.0 in the months of intervention, notes +0.2 and +0.2, then notes -36.6.
    let spring = tracked("japan", "2024-04", "2024-08-20");
    for (place, bills, notes) in [(0, -12.1, 0.2), (1, -24.0, 0.2), (2, 12.0, -36.6)] {
        let net = spring.window.months[place].figures.net_purchases;
        check(net.bills, bills, "bills of 2024");
        check(net.long_term, notes, "notes of 2024");
    }
    // Ministry of Finance: 5,918.5 bn yen on 29 April, 3,870.0 on 1 May.
    let yen: Vec<(Month, f64)> = spring
        .beside
        .interventions
        .iter()
        .map(|found| (found.month, found.yen_bought.bn()))
        .collect();
    assert_eq!(
        yen,
        [(month("2024-04"), 5918.5), (month("2024-05"), 3870.0)]
    );
    assert!(
        spring
            .beside
            .interventions
            .iter()
            .all(|found| found.dollars_sold.is_some())
    );

    // Autumn 2022: bills -22.8 in October (flows of bills are there from 2020 on); notes not by custodian yet.
    let autumn = tracked("japan", "2022-09", "2022-12-20");
    let october = &autumn.window.months[1].figures;
    check(october.net_purchases.bills, -22.8, "bills of October 2022");
    assert_eq!(october.net_purchases.long_term, None);
    assert!(october.lacks.contains(&Lack::BeforeFlows));
    // Form S, by the counterparty's place: -35.5 and -14.5, kept apart.
    check(
        autumn.window.months[0].figures.form_s_long_term,
        -35.5,
        "Form S of September 2022",
    );
    check(october.form_s_long_term, -14.5, "Form S of October 2022");

    // May 2026 (vintage 2026-09): net -62.6, of which long-term -2.8.
    let may = tracked("japan", "2026-05", "2026-07-20");
    let figures = &may.window.months[0].figures;
    check(figures.net_purchases.total, -62.6, "May 2026");
    check(figures.net_purchases.long_term, -2.8, "May 2026, notes");
    check(figures.net_purchases.bills, -59.8, "May 2026, bills");
    assert_eq!(may.verdict.conclusion, Conclusion::NetSeller);
    assert!(matches!(may.verdict.bills, Move::Sold(_)));
    assert!(matches!(may.verdict.long_term, Move::Unchanged(_)));
    // That vintage states no valuation: the rest is not taken apart, and nothing is put in its place.
    assert_eq!((figures.valuation, figures.unexplained.total), (None, None));
    assert!(figures.not_purchases.is_some() && figures.lacks.contains(&Lack::Valuation));
    let sums = may.window.sums.unwrap();
    assert_eq!((sums.valuation.value, sums.unexplained.value), (None, None));
    // The centers' flows of May 2026 are not at hand either.
    assert_eq!(may.custody, Custody::NotAtHand);
}

#[test]
fn only_what_was_out_is_seen() {
    for (as_of, newest) in [
        ("2025-04-15", "2025-01"),
        ("2025-05-01", "2025-02"),
        ("2025-05-16", "2025-03"),
        ("2025-09-30", "2025-07"),
    ] {
        let found = asked("japan", None, as_of, None);
        assert_eq!(found.window.last, month(newest), "as of {as_of}");
        assert!(
            found
                .window
                .months
                .iter()
                .all(|month| month.figures.released <= day(as_of))
        );
        assert!(
            found
                .beside
                .custody
                .iter()
                .all(|(date, _)| *date < day(as_of))
        );
        let reserves = found.beside.newest_reserves.unwrap();
        assert!(reserves.date < day(as_of));
        // The only copies are of 2026, and say so.
        assert!(
            found
                .window
                .months
                .iter()
                .all(|month| month.figures.revised_later)
        );
    }
}

#[test]
fn first_and_revised_figures_stand_beside_each_other() {
    // Japan, March 2025: 1,130.8 in the vintage of 2026-06, 1,135.1 in that of 2026-09.
    let march = |as_of: &str| {
        let found = tracked("japan", "2025-03", as_of);
        found.window.months[0].figures.clone()
    };
    let summer = march("2026-07-15");
    check(summer.holdings.total, 1130.8, "vintage of 2026-06");
    assert_eq!((summer.earlier, summer.revised_later), (None, false));
    let autumn = march("2026-09-18");
    check(autumn.holdings.total, 1135.1, "vintage of 2026-09");
    let earlier = autumn.earlier.unwrap();
    assert_eq!(earlier.vintage, month("2026-06"));
    check(earlier.holdings.total, 1130.8, "earlier");
    check(earlier.revision.total, 4.3, "revision");
    // The valuation of 2026-09 is not at hand; that of 2026-06 is used and named.
    check(autumn.valuation, -1.5, "valuation");
    assert_eq!(autumn.vintages.flows, Some(month("2026-09")));
    assert_eq!(autumn.vintages.valuation, Some(month("2026-06")));
    // April 2025 as the press quoted the first release: Japan 1,134.5, China 757 (743.6 today).
    let first = |holder: &str| {
        let found = tracked(holder, "2025-04", "2026-07-15");
        found.window.months[0].figures.first_published.unwrap()
    };
    check(
        Some(first("japan").holdings),
        1134.5,
        "Japan, first release",
    );
    check(Some(first("china").holdings), 757.0, "China, first release");
    check(first("china").revision, -13.4, "China, revision since");
}

#[test]
fn before_flows_are_published_nothing_is_made_up() {
    let found = tracked("japan", "2021-06", "2022-12-20");
    assert_eq!(found.window.sums, None);
    assert_eq!(found.verdict.conclusion, Conclusion::CannotTell);
    assert_eq!(
        found.verdict.why,
        Some(CannotTell::NoFlows {
            first: month("2023-02")
        })
    );
    assert_eq!(found.verdict.net_purchases, None);
    for month in &found.window.months {
        let figures = &month.figures;
        assert_eq!(figures.net_purchases.total, None);
        assert_eq!(figures.unexplained.total, None);
        assert!(figures.change.total.is_some() && figures.holdings.bills.is_some());
    }
    // Just begun: three months are too few to know the noise.
    let found = tracked("japan", "2022-06", "2023-06-20");
    let sums = found.window.sums.unwrap();
    assert_eq!(
        (sums.from, sums.through),
        (month("2023-02"), month("2023-04"))
    );
    assert_eq!(
        found.verdict.why,
        Some(CannotTell::FewResiduals {
            months: 3,
            needed: 6
        })
    );
}

#[test]
fn verdicts_follow_the_declared_rule() {
    let japan = tracked("japan", "2025-01", "2025-07-18");
    assert_eq!(japan.verdict.conclusion, Conclusion::NetBuyer);
    let china = tracked("china", "2025-01", "2026-01-20");
    assert_eq!(china.verdict.conclusion, Conclusion::NetSeller);
    for found in [&japan, &china] {
        let (verdict, Custody::Range(range)) = (found.verdict, &found.custody) else {
            panic!("no range")
        };
        let (net, band) = (
            verdict.net_purchases.unwrap(),
            verdict.residual_band.unwrap(),
        );
        assert!(
            (verdict.low.unwrap() - (net - band + range.low))
                .abs()
                .dollars()
                < 1.0
        );
        assert!(
            (verdict.high.unwrap() - (net + band + range.high))
                .abs()
                .dollars()
                < 1.0
        );
        let start = found.window.sums.unwrap().start.total.unwrap();
        assert!((verdict.threshold.unwrap() - start * 0.01).abs().dollars() < 1.0);
    }
    // Even if all that Belgium and Luxembourg bought were China's. Belgium -25.6 and Luxembourg -16.6 to May 2025.
    let all = asked("china", Some("2025-01"), "2025-07-18", Some(1.0));
    let range = all.custody.range().unwrap();
    assert_eq!((range.share, range.basis), (1.0, ShareBasis::Own));
    check(Some(range.low), -25.6 - 16.6, "all of both centers");
    assert_eq!(range.high, Usd::ZERO);
    // Nothing hidden: the range is that of the noise alone.
    let none = asked("china", Some("2025-01"), "2025-07-18", Some(0.0));
    let verdict = none.verdict;
    let (net, band) = (
        verdict.net_purchases.unwrap(),
        verdict.residual_band.unwrap(),
    );
    assert_eq!(
        (verdict.low, verdict.high),
        (Some(net - band), Some(net + band))
    );
    // Centers and groups have no range of their own.
    for name in ["belgium", "foreign-official"] {
        let found = tracked(name, "2025-01", "2025-07-18");
        assert_eq!(found.custody, Custody::NotForThisHolder, "{name}");
    }
    // Poland reports no total: notes and bonds are judged, and said to be.
    let poland = tracked("poland", "2025-01", "2026-07-15");
    assert!(poland.verdict.long_term_only && poland.verdict.net_purchases.is_some());
    assert_eq!(poland.verdict.bills, Move::NotAvailable);
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_there_is() {
    let snapshot = snapshot();
    let refused = |name: &str, since: Option<&str>, as_of: &str, share: Option<f64>| {
        let known = snapshot.known_on(day(as_of));
        let holder = names::resolve(&known, name).unwrap();
        let question = Question {
            since: since.map(month),
            custody_share: share,
        };
        track(&known, &holder, question).unwrap_err().to_string()
    };
    for (message, parts) in [
        (
            refused("japan", None, "2000-05-17", None),
            ["2000-05-17", "2000-03"],
        ),
        (
            refused("japan", Some("1999-01"), "2025-05-01", None),
            ["2000-03", "2025-02"],
        ),
        (
            refused("japan", Some("2025-03"), "2025-05-01", None),
            ["2025-03", "2025-02"],
        ),
        (
            refused("japan", None, "2025-05-01", Some(1.01)),
            ["1.01", "between 0"],
        ),
        (
            refused("japan", None, "2025-05-01", Some(f64::NAN)),
            ["NaN", "between 0"],
        ),
    ] {
        for part in parts {
            assert!(message.contains(part), "{message} lacks {part}");
        }
    }
    assert!(
        snapshot
            .known_on(day("2000-05-18"))
            .tic_holding("Japan")
            .is_ok()
    );
    assert_eq!(
        holders::newest_release(&snapshot).unwrap(),
        day("2026-09-18")
    );
}
