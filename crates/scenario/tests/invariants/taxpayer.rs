//! The taxpayer's bill of whole runs: it adds up, it leaves the old account alone, it says what it lacks, and it stands beside what the
//! budget office published.

use brandish_data::Snapshot;
use brandish_scenario::{Outcome, Settings};

use super::support;

/// Sums of numbers of up to $1e4bn.
const USD_BN: f64 = 1e-8;

fn text(as_of: &str, treasury: &str, horizon: u32) -> String {
    format!(
        "schema = 1\nname = \"bill\"\ntitle = \"Bill\"\nas_of = {as_of}\nhorizon_days = {horizon}\n\
         [[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 100\ndays = 10\nknown = \"announced\"\nmix = \"survey-official\"\n\
         [exogenous.treasury]\n{treasury}\n\
         [assumptions]\ncamps = [\"S\", \"F\"]\nstress_camps = []\ndraws = 1\nseed = 1\n"
    )
}

fn outcome(as_of: &str, treasury: &str) -> Outcome {
    let snapshot = Snapshot::embedded();
    let scenario = support::check(&text(as_of, treasury, 63), &snapshot).unwrap();
    support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap()
}

/// Values by fiscal year, and the total, of a measure in a camp (or in none).
fn by_year(outcome: &Outcome, camp: Option<&str>, measure: &str) -> (Vec<f64>, Option<f64>) {
    let mut years = Vec::new();
    let mut total = None;
    for row in &outcome.table.rows {
        if row.measure == measure && row.camp == camp && row.stat == "central" {
            if row.sector.as_deref() == Some("total") {
                total = Some(row.value);
            } else {
                years.push(row.value);
            }
        }
    }
    (years, total)
}

#[test]
fn ten_fiscal_years_add_up_and_net_stays_below_gross() {
    let outcome = outcome("2025-05-01", "");
    for camp in ["S", "F"] {
        let of = |measure| by_year(&outcome, Some(camp), measure);
        let (gross, total) = of("fiscal_interest_gross");
        let (of_fed, _) = of("fiscal_interest_net_of_fed");
        let (net, _) = of("fiscal_interest_net");
        assert_eq!((gross.len(), of_fed.len(), net.len()), (10, 10, 10));
        assert!((gross.iter().sum::<f64>() - total.unwrap()).abs() < USD_BN);
        for year in 0..10 {
            let parts: f64 = ["rollover", "tips", "frn", "new_borrowing", "on_interest"]
                .iter()
                .map(|part| match *part {
                    "rollover" => of("fiscal_interest_rollover").0[year],
                    "tips" => of("fiscal_interest_tips").0[year],
                    "frn" => of("fiscal_interest_frn").0[year],
                    "new_borrowing" => of("fiscal_interest_new_borrowing").0[year],
                    _ => of("fiscal_interest_on_interest").0[year],
                })
                .sum();
            assert!((parts - gross[year]).abs() < USD_BN);
            // a sale raises every yield, so every part costs
            assert!(gross[year] > of_fed[year] && of_fed[year] > net[year] && net[year] > 0.0);
        }
        assert!(of("fiscal_interest_switch").0.is_empty());
        assert_eq!(of("fiscal_interest_gross_pct").0.len(), 10);
    }
}

#[test]
fn the_first_months_agree_with_the_quarterly_account() {
    // 2024-09-30 is the last day of a fiscal year, so fiscal 2025 is (nearly) the account's twelve months, here of a path of 252 days.
    let snapshot = Snapshot::embedded();
    let scenario = support::check(&text("2024-09-30", "", 252), &snapshot).unwrap();
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    for camp in ["S", "F"] {
        let of = |measure| by_year(&outcome, Some(camp), measure).0[0];
        let year = of("fiscal_interest_rollover") + of("fiscal_interest_frn");
        let with_tips = year + of("fiscal_interest_tips");
        let (_, quarterly) = by_year(&outcome, Some(camp), "interest_cost");
        // The account counts 252 days of 1/252 where the fiscal year has 250 of 1/250 (two days of the last, dearest weeks: within 2%), and TIPS
        // without the growth of their principal.
        let ratio = with_tips / quarterly.unwrap();
        assert!((0.98..1.02).contains(&ratio), "{camp}: {ratio}");
    }
}

#[test]
fn without_a_published_baseline_nothing_is_filled() {
    let outcome = outcome("2023-12-01", "");
    for missing in [
        "fiscal_interest_new_borrowing",
        "fiscal_interest_on_interest",
        "fiscal_interest_gross",
        "fiscal_interest_net_of_fed",
        "fiscal_interest_net",
        "fiscal_interest_gross_pct",
    ] {
        assert!(
            by_year(&outcome, Some("S"), missing).0.is_empty(),
            "{missing}"
        );
    }
    assert_eq!(
        by_year(&outcome, Some("S"), "fiscal_interest_rollover")
            .0
            .len(),
        10
    );
    let said: Vec<&str> = outcome
        .warnings
        .iter()
        .filter(|warning| warning.code == "BR034")
        .map(|warning| warning.text.as_str())
        .collect();
    assert!(
        said.iter()
            .any(|text| text.contains("not available") && text.contains("2023-12-01")),
        "{said:?}"
    );
    assert!(outcome.taxpayer.baseline.contains("not available"));
}

#[test]
fn bills_for_notes_lower_long_yields_and_the_bill() {
    let before = outcome("2025-05-01", "");
    let after = outcome("2025-05-01", "bill_share_of_new_issuance = 0.6");
    let ten_year = |outcome: &Outcome| {
        support::value(
            outcome,
            "F",
            "yield_change",
            "central",
            Some(63),
            Some("10Y"),
        )
        .unwrap()
    };
    assert!(ten_year(&after) < ten_year(&before));
    assert_eq!(
        by_year(&after, Some("F"), "fiscal_interest_switch").0.len(),
        10
    );
    // and the share that is outstanding already is no switch
    let same = outcome("2025-05-01", "refinancing = \"issuance-mix\"");
    assert_eq!(ten_year(&same), ten_year(&before));
}

#[test]
fn a_switch_that_needs_a_baseline_is_refused_without_one() {
    let snapshot = Snapshot::embedded();
    let scenario = support::check(
        &text("2023-12-01", "bill_share_of_new_issuance = 0.6", 63),
        &snapshot,
    )
    .unwrap();
    let error = support::run_on(1, &scenario, &snapshot, Settings::Product).unwrap_err();
    assert!(
        error.to_string().contains("bill_share_of_new_issuance"),
        "{error}"
    );
}

#[test]
fn a_tenth_of_a_point_costs_what_the_budget_office_says_within_its_bounds() {
    // Bounds of CBO's four scenarios of March 2025 for 2026-2035 (deficits, not interest; see docs/reference/taxpayer.md): the one for
    // interest rates lies between them. Nothing is fitted; a schedule that forgot half of the debt, or counted it twice, would fall out.
    let outcome = outcome("2025-05-01", "");
    let (years, total) = by_year(&outcome, None, "fiscal_interest_ten_bp");
    assert_eq!(years.len(), 10);
    assert!((184.0..388.0).contains(&total.unwrap()), "{total:?}");
    assert!(years.windows(2).all(|pair| pair[1] > pair[0]));
}
