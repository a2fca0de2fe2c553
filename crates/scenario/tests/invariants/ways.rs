//! The seller's choices: the scenario's own way is the run's own number; what is the same is the same; what is paired adds up.
//!
//! Published figures (the facility's limit, Japan's deposits, bills held) stand where an alternative is bounded by one; everything else is an
//! identity between two answers of the engine or the sign of a difference. Horizons are short and camps few, so that a test takes a second.

use std::sync::atomic::AtomicBool;

use brandish_data::{Percent, Snapshot};
use brandish_scenario::branches::Disclosure;
use brandish_scenario::file::{CampName, Scenario};
use brandish_scenario::ways::{
    AlternativeKind, BreakEven, Destination, MixRule, Scope, Ways, WaysSettings, ways,
};
use brandish_scenario::{Control, ScenarioError, Settings};
use brandish_units::Usd;

use crate::support;

fn ask(scenario: &Scenario, settings: &WaysSettings) -> Result<Ways, ScenarioError> {
    on_threads(2, scenario, settings)
}

fn on_threads(
    threads: usize,
    scenario: &Scenario,
    settings: &WaysSettings,
) -> Result<Ways, ScenarioError> {
    let control = Control {
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| ways(scenario, &Snapshot::embedded(), settings, &control))
}

/// Japan's card over three months in two camps: quick.
fn card(camps: &[CampName]) -> Scenario {
    let mut scenario = support::shipped("japan-card", 6, &Snapshot::embedded());
    scenario.horizon_days = 84;
    scenario.assumptions.camps = camps.to_vec();
    scenario.assumptions.stress_camps = Vec::new();
    scenario
}

fn settings(paces: &[u32], draws: u32) -> WaysSettings {
    WaysSettings {
        paces: paces.to_vec(),
        draws,
        seed: 20_250_502,
        ..WaysSettings::default()
    }
}

/// A run books everybody at once, so the same terms are added in another order: rounding alone, to a thousandth of a dollar.
fn close(of_run: f64, here: f64, what: &str) {
    assert!((of_run - here).abs() <= 1e-12, "{what}: {of_run} {here}");
}

#[test]
fn the_scenarios_own_way_is_the_runs_own_number() {
    let scenario = card(&[CampName::C]);
    let outcome = support::run_on(2, &scenario, &Snapshot::embedded(), Settings::Product).unwrap();
    let found = ask(&scenario, &settings(&[63], 6)).unwrap();
    let own: Vec<_> = found.cells.iter().filter(|cell| cell.own).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].way.mix, MixRule::SurveyOfficial);
    assert_eq!(own[0].way.disclosure, Disclosure::Declared);
    for cost in [&found.own.by_camp[0], &own[0].by_camp[0]] {
        let of_run = |measure: &str, stat: &str| {
            outcome
                .table
                .rows
                .iter()
                .find(|row| {
                    row.measure == measure
                        && row.stat == stat
                        && row.camp == Some("C")
                        && row.unit != "jpy_bn"
                        && row.sector.as_deref().is_none_or(|name| name == "japan")
                        && (row.day == Some(84) || row.tenor.map(|t| t.label()) == Some("10Y"))
                })
                .map(|row| row.value)
                .unwrap()
        };
        let bands = [
            ("execution_loss", &cost.execution_loss),
            ("mark_to_market", &cost.mark),
        ];
        for (measure, banded) in bands {
            close(of_run(measure, "central"), banded.central.bn(), measure);
            for (stat, value) in ["p05", "p50", "p95"].iter().zip(banded.band.unwrap()) {
                close(of_run(measure, stat), value.bn(), measure);
            }
        }
        let peak = &cost.ten_year_peak;
        assert_eq!(of_run("yield_change_peak", "central"), peak.central.0);
        for (stat, value) in ["p05", "p50", "p95"].iter().zip(peak.band.unwrap()) {
            assert_eq!(of_run("yield_change_peak", stat), value.0, "{stat}");
        }
        // The run's result is mark less loss; the cost is its negative.
        close(
            of_run("holder_pnl", "central"),
            -cost.cost.central.bn(),
            "holder_pnl",
        );
        assert_eq!(cost.loss_beyond_own.central, Usd::ZERO);
        assert_eq!(cost.cheaper_by_loss, Some(0.0));
    }
}

#[test]
fn the_ways_have_the_same_bits_at_any_number_of_threads() {
    let scenario = card(&[CampName::S]);
    let asked = settings(&[5, 21], 5);
    assert_eq!(
        on_threads(1, &scenario, &asked).unwrap(),
        on_threads(2, &scenario, &asked).unwrap()
    );
}

#[test]
fn the_best_way_costs_no_more_than_any_other_and_differences_are_differences() {
    let found = ask(&card(&[CampName::S, CampName::C]), &settings(&[5, 63], 0)).unwrap();
    assert_eq!(found.cells.len(), 2 * 2 * 5);
    for best in &found.best {
        let place = found
            .camps
            .iter()
            .position(|camp| camp.camp == best.camp)
            .unwrap();
        for cell in &found.cells {
            let cost = &cell.by_camp[place];
            if best.scope == Scope::AnyPace || Some(cell.way.days) == found.own.days {
                assert!(best.objective.of(cost) >= best.cost);
            }
            let own = &found.own.by_camp[place];
            let beyond = cost.execution_loss.central.bn() - own.execution_loss.central.bn();
            // one rounding of dollars to billions on either side
            assert!((cost.loss_beyond_own.central.bn() - beyond).abs() < 1e-12);
            assert!(cost.execution_loss.band.is_none());
        }
    }
}

#[test]
fn without_the_fed_a_silent_sale_in_a_twelfth_of_the_time_costs_more_in_execution() {
    // Balance sheets are what the pace spares: 5 against 63 days, every mix, every headline camp. With the Fed's rule a fast sale can
    // cost less, because it brings the purchases sooner.
    let mut scenario = card(&[CampName::S, CampName::C, CampName::F]);
    scenario.fed = brandish_scenario::file::FedRule::Off;
    let found = ask(&scenario, &settings(&[5, 63], 0)).unwrap();
    let of = |days: u32, mix: MixRule, place: usize| {
        found
            .cells
            .iter()
            .find(|cell| {
                cell.way.days == days
                    && cell.way.mix == mix
                    && cell.way.disclosure == Disclosure::Quiet
            })
            .unwrap()
            .by_camp[place]
            .execution_loss
            .central
    };
    for mix in brandish_scenario::ways::MIX_RULES {
        for place in 0..3 {
            assert!(of(5, mix, place) > of(63, mix, place), "{mix:?} {place}");
        }
    }
}

#[test]
fn a_break_even_pace_stands_between_dearer_and_cheaper() {
    let mut asked = settings(&[5, 63], 0);
    let mut scenario = card(&[CampName::F]);
    scenario.sales[0].known = brandish_scenario::file::Known::Silent;
    for repo in [4.2, 4.5, 6.0, 20.0] {
        asked.repo_rate = Some(Percent(repo));
        let found = ask(&scenario, &asked).unwrap();
        let pace = &found.pace[0];
        let borrowing = pace.borrowing.unwrap();
        match pace.break_even {
            BreakEven::Days {
                days,
                loss,
                a_day_faster,
                ..
            } => {
                assert!(loss <= borrowing && borrowing < a_day_faster, "{days}");
            }
            BreakEven::SellingAtAnyPace { loss, .. }
            | BreakEven::SellingOnlyFaster { loss, .. } => {
                assert!(loss <= borrowing);
            }
            BreakEven::BorrowingAtAnyPace { loss, .. } => assert!(loss > borrowing),
            other => panic!("{other:?} at {repo}"),
        }
        let cheapest = pace.cheapest.unwrap();
        // no pace of the grid is cheaper
        for cell in found.cells.iter().filter(|cell| {
            cell.way.mix == MixRule::SurveyOfficial && cell.way.disclosure == Disclosure::Quiet
        }) {
            let cost = cell.by_camp[0].execution_loss.central.bn() + cell.waiting.unwrap().bn();
            assert!(cheapest.loss.bn() + cheapest.waiting.bn() <= cost + 1e-12);
        }
    }
    // Waiting is paid, and without the Fed slower is always cheaper.
    asked.repo_rate = Some(Percent(1.0));
    scenario.fed = brandish_scenario::file::FedRule::Off;
    let found = ask(&scenario, &asked).unwrap();
    assert!(matches!(
        found.pace[0].break_even,
        BreakEven::BorrowingIsFree { .. }
    ));
    assert!(found.pace[0].cheapest.unwrap().at_the_horizon);
}

#[test]
fn dollars_that_go_elsewhere_leave_the_curve_alone_and_bills_take_yields_down_at_the_short_end() {
    let found = ask(&card(&[CampName::C]), &settings(&[63], 5)).unwrap();
    let of = |destination: Destination| {
        found
            .proceeds
            .iter()
            .find(|effect| effect.destination == destination)
            .unwrap()
    };
    let deposits = of(Destination::Deposits);
    for other in [Destination::Yen, Destination::Gold, Destination::Euro] {
        assert_eq!(of(other).peaks, deposits.peaks);
    }
    let labels: Vec<&str> = deposits
        .peaks
        .iter()
        .map(|peak| peak.tenor.label())
        .collect();
    assert_eq!(labels, ["10Y", "2Y", "3M"]);
    // As much is bought in bills as is sold beyond them: three-month yields rise by less or fall.
    let bills = &of(Destination::Bills).peaks[2];
    assert!(bills.beyond_deposits.central.0 < 0.0);
    let [_, _, high] = bills.beyond_deposits.band.unwrap();
    assert!(high.0 < 0.0);
    assert!(of(Destination::Yen).usdjpy_pct < 0.0);
    assert_eq!(of(Destination::Bills).usdjpy_pct, 0.0);
}

#[test]
fn alternatives_stay_within_their_limits_and_say_why() {
    let found = ask(&card(&[CampName::C]), &settings(&[63], 0)).unwrap();
    let of = |kind: AlternativeKind| {
        found
            .alternatives
            .iter()
            .find(|alternative| alternative.kind == kind)
            .unwrap()
    };
    // FOMC statement of 28 July 2021
    let repo = of(AlternativeKind::Repo);
    assert_eq!(repo.available, Some(Usd::from_bn(60.0)));
    // Nothing is sold: nothing is lost and nothing moves.
    assert_eq!(repo.by_camp[0].execution_loss.central, Usd::ZERO);
    assert_eq!(repo.by_camp[0].ten_year_peak.0, 0.0);
    // 4.5% on actual/360 over the yield of the mix, on $60bn over 84 of 252 days
    let spread = 4.5 * 365.0 / 360.0 - found.own.yield_pct.0;
    let carry = 60.0 * spread / 100.0 * 84.0 / 252.0;
    assert!((repo.carry.unwrap().bn() - carry).abs() < 1e-12);
    let rest = of(AlternativeKind::RepoThenSale);
    assert!(rest.by_camp[0].execution_loss.central < found.own.by_camp[0].execution_loss.central);
    // Ministry of Finance, March 2025: $159.7bn with other central banks
    assert_eq!(
        of(AlternativeKind::Deposits).available,
        Some(Usd::from_bn(159.7))
    );
    let bills = of(AlternativeKind::BillsRunOff);
    let last = found.run_off.last().unwrap();
    assert_eq!(last.day, 84);
    assert!((bills.available.unwrap().bn() - last.bills.bn()).abs() < 1e-9);
    assert_eq!(bills.by_camp[0].execution_loss.central, Usd::ZERO);
    assert!(
        found
            .run_off
            .windows(2)
            .all(|two| two[0].bills <= two[1].bills)
    );
    // Somebody else must hold the bills that Japan no longer does.
    assert!(bills.by_camp[0].ten_year_peak.0 > 0.0);
}

#[test]
fn alternatives_have_the_bands_of_the_same_draws_and_their_carry_shifts_them() {
    let found = ask(&card(&[CampName::S]), &settings(&[63], 6)).unwrap();
    let own = &found.own.by_camp[0].execution_loss;
    assert!(own.band.is_some());
    for alternative in &found.alternatives {
        let effect = &alternative.by_camp[0];
        let carry = alternative.carry.unwrap().bn();
        let (loss, both) = (&effect.execution_loss, effect.loss_and_carry.unwrap());
        match alternative.kind {
            // the scenario's own way is one of the ways
            AlternativeKind::Sale => assert_eq!(loss, own),
            // less is sold in every draw
            AlternativeKind::RepoThenSale => {
                for (part, whole) in loss.band.unwrap().iter().zip(own.band.unwrap()) {
                    assert!(*part < whole);
                }
            }
            // nothing is sold, and bills are paid at par
            _ => assert_eq!(loss.band, Some([Usd::ZERO; 3])),
        }
        // carry is the same in every draw; a sum of two numbers of $bn and interpolation round at the last digit
        for (shifted, loss) in both.band.unwrap().iter().zip(loss.band.unwrap()) {
            assert!((shifted.bn() - loss.bn() - carry).abs() < 1e-12);
        }
    }
}

#[test]
fn bills_run_off_by_the_year_sum_to_the_bills_that_are_held() {
    let mut scenario = card(&[CampName::S]);
    scenario.horizon_days = 260;
    let found = ask(&scenario, &settings(&[63], 0)).unwrap();
    let snapshot = Snapshot::embedded();
    let held = snapshot
        .known_on(scenario.as_of)
        .tic_holding("Japan")
        .unwrap()
        .bills
        .unwrap();
    // The longest bill has 52 weeks.
    assert!((found.run_off.last().unwrap().bills.bn() - held.bn()).abs() < 1e-9);
}

#[test]
fn deposits_and_reserves_that_nobody_publishes_are_not_invented() {
    let mut scenario = support::shipped("china-alone", 5, &Snapshot::embedded());
    scenario.horizon_days = scenario.horizon_days.min(84);
    scenario.sales[0].days = scenario.sales[0].days.min(21);
    scenario.assumptions.camps = vec![CampName::S];
    scenario.assumptions.stress_camps = Vec::new();
    let found = ask(&scenario, &settings(&[5], 0)).unwrap();
    let deposits = found
        .alternatives
        .iter()
        .find(|alternative| alternative.kind == AlternativeKind::Deposits)
        .unwrap();
    assert_eq!(deposits.available, None);
    assert!(deposits.by_camp.is_empty());
    assert!(deposits.note.contains("not published"));
    assert!(found.reserves.unwrap().adequacy.is_none());
}

#[test]
fn a_scenario_without_a_sale_and_a_pace_beyond_the_horizon_are_refused() {
    let scenario = support::shipped("japan-hint", 5, &Snapshot::embedded());
    assert!(matches!(
        ask(&scenario, &settings(&[], 0)),
        Err(ScenarioError::NoSale { .. })
    ));
    let error = ask(&card(&[CampName::S]), &settings(&[5, 85], 0)).unwrap_err();
    assert!(error.to_string().contains("horizon of 84"), "{error}");
}
