//! The whole valuation of a shipped scenario, small enough for a test.

use std::sync::atomic::AtomicBool;

use brandish_card::{Card, CardControl, CardError, CardSettings, Depth, value};
use brandish_game::qre::{PathSettings, principal_qre};
use brandish_game::read_efg;
use brandish_scenario::file::CampName;

use crate::support::engine;

fn settings(depth: Depth) -> CardSettings {
    CardSettings {
        depth,
        draws: 6,
        map: 3,
        starts: 1,
        point: "R2",
        ..CardSettings::usual(1)
    }
}

fn run(scenario: &str, settings: &CardSettings, threads: usize) -> Result<Card, CardError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let cancel = AtomicBool::new(false);
    let control = CardControl {
        progress: &|_| {},
        cancel: &cancel,
    };
    pool.install(|| value(&engine(scenario), settings, &control))
}

#[test]
fn threads_change_nothing() {
    let one = run("japan-card", &settings(Depth::Quick), 1).unwrap();
    let two = run("japan-card", &settings(Depth::Quick), 2).unwrap();
    assert_eq!(one, two);
}

/// Every part is there, certified, and the words of the record follow.
#[test]
fn the_shipped_scenario_is_answered_in_every_part() {
    let card = run("japan-card", &settings(Depth::Full), 2).unwrap();
    assert_eq!(card.camps.len(), 4);
    for camp in &card.camps {
        assert!(camp.standing.certificate.residual <= 1e-9);
        assert_eq!(camp.bands.finished + camp.bands.failed, 6);
        assert_eq!(camp.stress, camp.camp == CampName::X);
        assert_eq!(camp.parts.is_none(), camp.stress);
        let Some(parts) = &camp.parts else {
            continue;
        };
        assert_eq!(parts.map.deal.len(), 3);
        assert!(!parts.precision.branches.is_empty());
        assert_eq!(parts.precision.branches[0].origin, "principal");
        let record = &parts.record;
        // The branch point of 9 April: a spike makes a pause more likely.
        assert!(record.reply.pause_after_spike > record.reply.pause_after_calm);
        let product: f64 = record.steps.iter().map(|step| step.probability.ln()).sum();
        assert!((product - record.log_likelihood).abs() < 1e-12);
        for step in &record.steps {
            for value in [step.probability, step.resolved, step.fragile, step.sale] {
                assert!((0.0..=1.0).contains(&value));
            }
        }
        assert_eq!(record.steps.last().unwrap().event, "concede");
    }
    // Larger moves, larger damage: the camps are ordered by both.
    let peaks: Vec<f64> = card
        .camps
        .iter()
        .map(|camp| camp.ten_year_peak_bp)
        .collect();
    let deals: Vec<f64> = card
        .camps
        .iter()
        .map(|camp| camp.standing.reading.deal)
        .collect();
    assert!(peaks[0] < peaks[1] && peaks[1] < peaks[2]);
    assert!(deals[0] < deals[1] && deals[1] < deals[2]);
}

/// Anyone can solve the game again: what is written is read back and has the same quantal response.
#[test]
fn the_written_game_has_the_same_solution() {
    let card = run("japan-card", &settings(Depth::Quick), 2).unwrap();
    for camp in &card.camps {
        let reading = read_efg(camp.efg.as_bytes()).unwrap();
        assert_eq!(reading.warnings, []);
        let point = principal_qre(
            &reading.game,
            card.settings.lambda,
            &PathSettings::default(),
            &|| false,
        )
        .unwrap();
        let reading = &camp.standing.reading.values;
        assert!((point.payoffs[0] - reading.seller()).abs() < 1e-8);
        assert!((point.payoffs[1] - reading.issuer).abs() < 1e-8);
    }
}

/// Words without a sale are valued by the sale they are about, from the belief that the scenario declares.
#[test]
fn a_threat_is_valued_by_its_sale() {
    let card = run("japan-assure", &settings(Depth::Quick), 2).unwrap();
    assert_eq!(card.plan.prior.unwrap().value(), 0.10);
    assert!(card.warnings.iter().any(|text| text.contains("0.100")));
}

/// A solver that is stopped gives nothing.
#[test]
fn a_stopped_valuation_gives_nothing() {
    let cancel = AtomicBool::new(true);
    let control = CardControl {
        progress: &|_| {},
        cancel: &cancel,
    };
    let stopped = value(&engine("japan-card"), &settings(Depth::Quick), &control);
    assert!(matches!(stopped, Err(CardError::Stopped)));
}
