//! What the study says, and that it cannot see ahead.

use super::*;
use crate::markets::days::record;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn book() -> ParameterBook {
    ParameterBook::shipped().unwrap()
}

fn study(as_of: &str) -> MarketStudy {
    MarketStudy::on(&Snapshot::embedded(), date(as_of), &book()).unwrap()
}

fn fit(study: &MarketStudy, market: Market, regime: Regime) -> &MarketFit {
    let found = study.of(market, regime).unwrap();
    found.estimate.finding.fit().unwrap()
}

/// The same numbers from another program (`bench/markets.py`, plain Python on the snapshot's tables, computed before this code). Tolerance: half of the last digit
/// it printed.
#[test]
fn responses_are_those_of_another_program() {
    let all = study("2026-09-30");
    let cases = [
        (Market::Move, Regime::Supply, 3.428, 0.946, 102, 0.21),
        (Market::Gold, Regime::Policy, -1.032, 0.180, 55, 0.36),
        (Market::HighYield, Regime::Growth, -19.235, 2.886, 204, 0.49),
        (Market::Sp500, Regime::All, 0.741, 0.229, 384, 0.07),
        (Market::Bitcoin, Regime::Supply, -0.600, 0.761, 72, 0.01),
        (Market::Usdjpy, Regime::Growth, 0.668, 0.067, 203, 0.36),
    ];
    for (market, regime, response, error, days, r_squared) in cases {
        let fit = fit(&all, market, regime);
        assert!(
            (fit.response.per_ten_bp - response).abs() < 5.1e-4,
            "{market:?} {regime:?}: {:?}",
            fit.response
        );
        assert!((fit.response.standard_error - error).abs() < 5.1e-4);
        assert!((fit.r_squared - r_squared).abs() < 5.1e-3);
        assert_eq!(fit.days, days);
    }
}

#[test]
fn only_days_up_to_the_as_of_date_are_used() {
    let (early, late) = (study("2025-04-08"), study("2026-09-30"));
    for (before, after) in early.markets.iter().zip(&late.markets) {
        assert_eq!(before.days_in_record, after.days_in_record);
        let (Some(before), Some(after)) =
            (before.estimate.finding.fit(), after.estimate.finding.fit())
        else {
            continue;
        };
        assert!(before.days <= after.days);
        assert!(
            before
                .episodes
                .iter()
                .all(|one| one.last <= date("2025-04-08"))
        );
    }
    // later windows change nothing that an earlier day says: the days of 2013 to 2024 give the same fit whatever came after
    assert_eq!(
        fit(&study("2025-03-20"), Market::Gold, Regime::All),
        fit(&study("2025-01-15"), Market::Gold, Regime::All)
    );
}

#[test]
fn a_window_counts_from_its_days_on() {
    // on the last day before the second window there is one episode
    let first = study("2014-03-03");
    let found = first.of(Market::Gold, Regime::All).unwrap();
    let Finding::NotAvailable { reason } = &found.estimate.finding else {
        panic!("{found:?}")
    };
    assert_eq!(
        reason,
        "only 72 days of 1 episodes by that date; 20 days of 3 are asked for"
    );
    let nothing = study("2013-05-20");
    assert!(
        nothing
            .markets
            .iter()
            .all(|found| found.estimate.finding.words() == "not available")
    );
    assert!(nothing.interventions.is_empty());
}

#[test]
fn a_premium_that_was_not_out_makes_no_supply_day() {
    // ACM comes out after seven days: on 9 April 2025 the last premium known is that of 2 April, so the days after it have none
    let snapshot = Snapshot::embedded();
    let record = record(&snapshot, date("2025-04-09"), &book().markets).unwrap();
    let premium = |known: &[brandish_effects::markets::MarketDay], day: &str| {
        let found = known.iter().find(|one| one.date == date(day)).unwrap();
        found.premium_change
    };
    assert_eq!(premium(&record.known, "2025-04-07"), None);
    assert!(premium(&record.known, "2025-04-01").is_some());
    assert!(premium(&record.all, "2025-04-07").is_some());
}

#[test]
fn tokyo_is_read_on_the_day_after() {
    let snapshot = Snapshot::embedded();
    let record = record(&snapshot, date("2026-09-30"), &book().markets).unwrap();
    let row = |day: &str| record.all.iter().find(|one| one.date == date(day)).unwrap();
    let moves = snapshot.in_hindsight().market_moves().unwrap();
    let tokyo = moves
        .iter()
        .find(|one| one.date == date("2025-04-10"))
        .unwrap();
    assert_eq!(
        row("2025-04-09").changes[Market::Nikkei225 as usize],
        tokyo.changes[1]
    );
    // stocks traded on 10 October 2022 and bonds rested: neither that day nor the next is used
    for day in ["2022-10-10", "2022-10-11"] {
        assert!(record.all.iter().all(|one| one.date != date(day)), "{day}");
    }
}

#[test]
fn a_series_that_is_not_there_says_so() {
    let missing = absent("no table `episode_moves`");
    assert_eq!(missing.len(), Market::ALL.len() * Regime::ALL.len());
    let mut record = record(&Snapshot::embedded(), date("2025-05-01"), &book().markets).unwrap();
    for day in record.known.iter_mut().chain(&mut record.all) {
        day.changes[Market::Gold as usize] = None;
    }
    let rules = book().markets.rules;
    let found = super::study(&record, rules).unwrap();
    let gold = found
        .iter()
        .filter(|one| one.estimate.market == Market::Gold);
    for one in gold {
        assert_eq!(
            one.estimate.finding,
            Finding::NotAvailable {
                reason: "the snapshot holds no such series".to_owned()
            }
        );
    }
}

/// The windows behind the elasticity, as their file states them: rate at the first close before, to the close named, amounts of the ministry.
#[test]
fn the_windows_of_the_elasticity_are_those_of_the_record() {
    let snapshot = Snapshot::embedded();
    let known = snapshot.in_hindsight();
    let episodes = known.episode_windows().unwrap();
    let ids = [
        "japan_fx_2022_sep22",
        "japan_fx_2022_oct21",
        "japan_fx_2024_apr",
        "japan_fx_2024_jul",
    ];
    let book = book();
    assert_eq!(book.usdjpy.windows().len(), ids.len());
    for (window, id) in book.usdjpy.windows().iter().zip(ids) {
        let episode = episodes.iter().find(|one| one.id == id).unwrap();
        assert!(
            window
                .source
                .contains(&format!("{} to {}", episode.start, episode.end)),
            "{}: {}",
            window.name,
            window.source
        );
        let rate = |day| known.usdjpy_history(day, day).unwrap()[0].value;
        let change = rate(episode.end).percent_change_from(rate(episode.start));
        // two decimals in the file
        assert!(
            (change - window.usdjpy_change_pct).abs() < 0.0051,
            "{}: {change}",
            window.name
        );
        let amount: f64 = known
            .interventions(episode.start, episode.end)
            .unwrap()
            .iter()
            .map(|one| one.amount.bn())
            .sum();
        // one decimal a day in the record
        assert!(
            (amount - window.amount_jpy_bn).abs() < 0.15,
            "{}: {amount}",
            window.name
        );
    }
}

/// By hand from H.10: 144.14 on 21 September 2022, 143.18 on the 23rd, 2,838.2bn yen; 161.73 on 10 July 2024, 157.89 on the 15th.
#[test]
fn interventions_stand_with_what_the_rate_did() {
    let found = study("2025-05-01").interventions;
    let first_days: Vec<String> = found.iter().map(|one| one.first.to_string()).collect();
    assert_eq!(
        first_days,
        ["2022-09-22", "2022-10-21", "2024-04-29", "2024-07-11"]
    );
    let one = &found[0];
    assert!((one.sold.unwrap().bn() - 2838.2 / 144.14).abs() < 1e-9);
    let change = 100.0 * (143.18 / 144.14 - 1.0);
    assert!((one.change_pct[0].unwrap() - change).abs() < 1e-9);
    assert!((one.per_ten_usd_bn_pct.unwrap() - change / (2838.2 / 144.14) * 10.0).abs() < 1e-9);
    let july = &found[3];
    assert!((july.change_pct[0].unwrap() - 100.0 * (157.89 / 161.73 - 1.0)).abs() < 1e-9);
    assert_eq!(july.last, date("2024-07-12"));
    // before the days of a quarter came out nothing of it is known
    assert!(study("2022-10-01").interventions.is_empty());
}

#[test]
fn interventions_of_2026_have_no_rates_and_say_why() {
    let found = study("2026-09-30").interventions;
    assert_eq!(found.len(), 6);
    let days = &found[4];
    assert_eq!(
        (days.first, days.last),
        (date("2026-04-30"), date("2026-05-06"))
    );
    // the three days sum to the month that the ministry announced
    assert!((days.amount.bn() - 11_734.8).abs() < 0.15);
    let total = &found[5];
    assert!(total.total_only);
    for one in [days, total] {
        assert_eq!(
            (one.before, one.sold, one.change_pct),
            (None, None, [None; 3])
        );
        assert_eq!(
            one.missing.as_deref(),
            Some("the newest rate that was out is that of 2026-04-27")
        );
    }
    // while the days were not out, the month's total stands
    let june = study("2026-06-15").interventions;
    assert!(june.last().unwrap().total_only);
}

#[test]
fn a_mortgage_window_counts_from_its_last_day_on() {
    let name = |as_of: &str| study(as_of).mortgage.map(|window| window.name);
    assert_eq!(name("2012-12-19"), None);
    assert_eq!(name("2013-06-03").as_deref(), Some("2000 to 2012"));
    assert_eq!(name("2025-05-01").as_deref(), Some("2013 to 2024"));
    assert_eq!(name("2026-03-02").as_deref(), Some("2013 to 2025"));
}

#[test]
fn badly_written_parameters_are_refused() {
    let text = include_str!("../../../../parameters/markets.toml");
    assert!(MarketParameters::parse(text).is_ok());
    for (from, to) in [
        ("schema = 1", "schema = 2"),
        ("least_days = 20", "least_days = 2"),
        ("least_ratio = 3.0", "least_ratio = -1.0"),
        ("standard_error = 0.039", "standard_error = 0.0"),
        ("last = 2019-12-26", "last = 2009-12-26"),
        ("periods = 91", "periods = 91\nextra = 1"),
    ] {
        assert!(text.contains(from));
        assert!(
            MarketParameters::parse(&text.replacen(from, to, 1)).is_err(),
            "{to}"
        );
    }
}
