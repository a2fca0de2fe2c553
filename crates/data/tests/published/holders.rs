//! TIC, surveys, sectors, Fed, Japan: what was known on 1 May 2025, and months as published.

use brandish_data::{Month, ReleaseBasis, Sector, SurveyGroup, TicForm, Verdict, Vintage};

use crate::{day, snapshot};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn on_2025_05_01_tic_is_february_and_the_survey_june_2024() {
    let snapshot = snapshot();
    let known = snapshot.known_on(day("2025-05-01"));
    let japan = known.tic_holding("Japan").unwrap();
    assert_eq!(japan.month, month("2025-02"));
    assert_eq!(japan.provenance.release.date, day("2025-04-16"));
    assert_eq!(japan.provenance.release.basis, ReleaseBasis::Dated);
    // The press of the day: 1.13 tn; Jiji 2025-05-05: 1,125.9 bn.
    assert!((japan.total.bn() - 1125.9).abs() < 0.05);
    // The copy is of 2026: flagged.
    assert_eq!(japan.provenance.vintage, Vintage::RevisedLater);
    let china = known.tic_holding("China, Mainland").unwrap();
    assert!((china.total.bn() - 784.3).abs() < 0.05);

    assert_eq!(known.survey_month().unwrap(), month("2024-06"));
    // One day before the final report the survey of June 2023 was the newest.
    let before = snapshot.known_on(day("2025-04-29"));
    assert_eq!(before.survey_month().unwrap(), month("2023-06"));
    assert_eq!(known.z1_sectors().unwrap().date, day("2024-12-31"));
    assert_eq!(known.soma().unwrap().date, day("2025-04-30"));
    assert_eq!(known.custody().unwrap().date, day("2025-04-30"));
    // Primary dealers: Thursday of the following week.
    assert_eq!(known.dealer_positions().unwrap().date, day("2025-04-23"));
}

#[test]
fn tic_comes_out_on_its_release_day_not_before() {
    let snapshot = snapshot();
    for (as_of, newest) in [
        ("2025-04-15", "2025-01"),
        ("2025-04-16", "2025-02"),
        ("2025-05-15", "2025-02"),
        ("2025-05-16", "2025-03"),
        ("2025-06-17", "2025-03"),
        ("2025-06-18", "2025-04"),
    ] {
        let holding = snapshot
            .known_on(day(as_of))
            .tic_holding("all_foreign")
            .unwrap();
        assert_eq!(holding.month, month(newest), "as of {as_of}");
    }
}

#[test]
fn the_vintage_of_the_day_is_used_where_it_is_at_hand() {
    // March 2025, Japan: 1,130.8 in the vintage of 2026-06, 1,135.1 in that of 2026-09.
    let snapshot = snapshot();
    let total = |as_of: &str| {
        snapshot
            .known_on(day(as_of))
            .tic_holdings("Japan", month("2025-03"), month("2025-03"))
            .unwrap()
            .pop()
            .unwrap()
    };
    assert!((total("2026-07-15").total.bn() - 1130.802).abs() < 1e-6);
    assert_eq!(total("2026-07-15").provenance.vintage, Vintage::AsPublished);
    assert!((total("2026-10-15").total.bn() - 1135.089).abs() < 1e-6);
    // Before either, the older copy stands in.
    assert!((total("2025-06-01").total.bn() - 1130.802).abs() < 1e-6);
    assert_eq!(
        total("2025-06-01").provenance.vintage,
        Vintage::RevisedLater
    );
}

#[test]
fn net_purchases_of_2025_are_those_of_the_2026_06_vintage() {
    // US$ bn, January to May 2025; valuation of long-term for Japan. Figures to 0.1 bn, hence the tolerance.
    let snapshot = snapshot();
    let known = snapshot.known_on(day("2026-07-15"));
    for (holder, net) in [
        ("Japan", [13.1, 31.7, 4.5, -4.2, 11.1]),
        ("China, Mainland", [-1.4, 10.5, -19.1, -23.7, -5.0]),
    ] {
        let flows = known
            .tic_flows(holder, month("2025-01"), month("2025-05"))
            .unwrap();
        assert_eq!(flows.len(), 5);
        for (flow, expected) in flows.iter().zip(net) {
            assert_eq!(flow.form, TicForm::Slt);
            assert!(
                (flow.net_total.unwrap().bn() - expected).abs() <= 0.051,
                "{holder} {}",
                flow.month
            );
        }
    }
    let valuation = [-1.3, 19.4, -1.5, 4.6, -8.0];
    let flows = known
        .tic_flows("Japan", month("2025-01"), month("2025-05"))
        .unwrap();
    for (flow, expected) in flows.iter().zip(valuation) {
        assert!((flow.long_term_valuation.unwrap().bn() - expected).abs() <= 0.051);
    }
}

#[test]
fn survey_of_june_2025_has_the_published_structure() {
    // Foreign official, June 2025: up to 1y 13.1%, 1-5y 52.3%, 5-10y 27.3%, over 10y 9.0% of the published total (they add to
    // 101.7%); mean 5.2 years. Shares here are of the sum of the cells, so compare after undoing that.
    let snapshot = snapshot();
    let known = snapshot.known_on(day("2026-05-04"));
    let survey = known.survey_maturity(SurveyGroup::Official).unwrap();
    assert_eq!(survey.month, month("2025-06"));
    let excess = 1.0 + survey.residual / survey.long_term;
    let years = brandish_units::Years;
    for (from, to, percent) in [
        (0.0, 1.0, 13.1),
        (1.0, 5.0, 52.3),
        (5.0, 10.0, 27.3),
        (10.0, f64::INFINITY, 9.0),
    ] {
        let share = survey.share_between(years(from), years(to)) * excess * 100.0;
        assert!((share - percent).abs() < 0.06, "{from}-{to}: {share}");
    }
    assert!((survey.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(survey.average_maturity, Some(years(5.2)));
}

#[test]
fn japans_official_side_on_2025_05_01() {
    // Ministry of Finance, end of March 2025: reserves 1,272.5 bn, securities 943 bn (press, rounded).
    let snapshot = snapshot();
    let known = snapshot.known_on(day("2025-05-01"));
    let reserves = known.japan_reserves_with_securities().unwrap();
    assert_eq!(reserves.date, day("2025-03-31"));
    assert!((reserves.reserve_assets.bn() - 1272.5).abs() < 1e-9);
    assert!((reserves.securities.unwrap().bn() - 943.0).abs() < 1e-9);
    // The same release: 159.7 bn on deposit with other central banks; the end of 2025 says nothing of deposits, August 2026 all of them.
    let deposits = known.japan_reserves_with_deposits().unwrap();
    assert_eq!(deposits.date, day("2025-03-31"));
    assert!((deposits.deposits_central_banks.unwrap().bn() - 159.7).abs() < 1e-9);
    let on = |as_of: &str| {
        snapshot
            .known_on(day(as_of))
            .japan_reserves_with_deposits()
            .unwrap()
    };
    assert_eq!(on("2026-02-27").date, day("2025-03-31"));
    assert!((on("2026-09-30").deposits.unwrap().bn() - 155.417).abs() < 1e-9);
    // 2024Q2 interventions: 9,788.5 bn yen, known from August 2024 on.
    let spring = |as_of: &str| -> f64 {
        snapshot
            .known_on(day(as_of))
            .interventions(day("2024-04-01"), day("2024-06-30"))
            .unwrap()
            .iter()
            .map(|intervention| intervention.amount.bn())
            .sum()
    };
    assert!((spring("2025-05-01") - 9788.5).abs() < 1e-6);
    assert_eq!(spring("2024-06-28"), 0.0);
}

#[test]
fn sectors_sum_to_the_published_total() {
    // Z.1 release of 2026-01-09, all sectors at 2024-12-31: 25,950.6 bn.
    let snapshot = snapshot();
    let sectors = snapshot.known_on(day("2025-05-01")).z1_sectors().unwrap();
    assert!((sectors.total().bn() - 25_950.6).abs() < 0.1);
    assert!((sectors.get(Sector::RestOfWorld).bn() - 8558.36).abs() < 1e-6);
    assert_eq!(sectors.provenance.vintage, Vintage::RevisedLater);
}

#[test]
fn every_identity_holds_or_is_shown() {
    let results = snapshot().identities();
    assert!(results.len() >= 28);
    for result in results {
        let identity = result.unwrap();
        assert_ne!(
            identity.verdict,
            Verdict::Fails,
            "{}: {} by {} at {}",
            identity.table,
            identity.name,
            identity.max_residual,
            identity.place
        );
        assert!(identity.count > 0, "{}: no case", identity.name);
    }
}

#[test]
fn what_tic_leaves_unexplained_is_shown() {
    // Japan, 39 months to April 2026: largest residual 19.0 bn (December 2023).
    let snapshot = snapshot();
    let japan = snapshot
        .identities()
        .into_iter()
        .map(Result::unwrap)
        .find(|identity| identity.name.contains("(Japan)"))
        .unwrap();
    assert_eq!(japan.count, 39);
    assert!((japan.max_residual.abs() / 1e3 - 19.0).abs() < 0.05);
}

#[test]
fn events_are_visible_from_their_date_and_moves_from_their_session() {
    let snapshot = snapshot();
    let (from, to) = (day("2025-05-01"), day("2025-05-05"));
    let seen = |as_of: &str| {
        snapshot
            .known_on(day(as_of))
            .timeline_events(from, to)
            .unwrap()
    };
    assert!(seen("2025-05-01").iter().all(|event| event.date == from));
    let later = seen("2025-06-30");
    let remark = later.iter().find(|event| event.id == "T18").unwrap();
    assert_eq!(remark.first_us_session, Some(day("2025-05-02")));
    // 10Y on 2 May 2025: 4.25 -> 4.33.
    assert_eq!(
        remark.moves.unwrap().yield_10y.map(|move_bp| move_bp.bp()),
        Some(8.0)
    );
    assert!(!remark.quotation.as_ref().unwrap().verbatim);
    assert!(later.iter().all(|event| !event.title.is_empty()));
}

/// Printed classes of the monthly statement sum to its printed total but for rounding: six of them, half a million each.
#[test]
fn marketable_securities_in_government_accounts_sum_to_the_printed_total() {
    let snapshot = snapshot();
    let table = snapshot.table("government_accounts").unwrap();
    let classes = [
        "bills_usd_mn",
        "notes_usd_mn",
        "bonds_usd_mn",
        "tips_usd_mn",
        "frn_usd_mn",
        "federal_financing_bank_usd_mn",
    ];
    let classes = table.columns(classes).unwrap();
    let total = table.column("total_usd_mn").unwrap();
    let mut seen = 0;
    for row in table.rows() {
        let row = row.unwrap();
        let Some(total) = row.optional_number(total).unwrap() else {
            continue;
        };
        let held: f64 = classes
            .iter()
            .filter_map(|class| row.optional_number(*class).unwrap())
            .sum();
        assert!((held - total).abs() <= 3.0, "{held} {total}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn each_class_in_government_accounts_is_the_newest_that_was_out() {
    let snapshot = snapshot();
    let on = |text| snapshot.known_on(day(text)).government_accounts().unwrap();
    let card = on("2025-05-01");
    assert_eq!(card.dates(), (day("2020-04-30"), day("2025-02-28")));
    assert_eq!(card.bills.face.bn(), 0.87632);
    assert_eq!(card.notes.face.bn(), 8.079);
    // the statement of the end of February comes out on the fourth business day of March
    let before = on("2025-03-05");
    assert_eq!(before.bills.face.bn(), 1.099273);
    assert!(
        snapshot
            .known_on(day("2017-09-01"))
            .government_accounts()
            .is_err()
    );
}
