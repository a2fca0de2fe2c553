//! The whole valuation of a shipped scenario, small enough for a test.

use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use brandish_card::{Card, CardControl, CardError, CardSettings, Depth, OnBranch, value};
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
        // Two camps come to their limit within a few hundred steps; where one does not, the reason stands in its place.
        limit_steps: 600,
        point: "R2",
        // Three precisions, and the answer's among them.
        sweep: vec![0.05, 0.2, 0.4],
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
        late: &|| false,
    };
    pool.install(|| value(&engine(scenario), settings, &control))
}

/// The quick valuation on two threads: solved once, and only read by the tests.
static QUICK: LazyLock<Card> =
    LazyLock::new(|| run("japan-card", &settings(Depth::Quick), 2).unwrap());

#[test]
fn threads_change_nothing() {
    let one = run("japan-card", &settings(Depth::Quick), 1).unwrap();
    assert_eq!(one, *QUICK);
}

/// Ends and cut branches of a drawn tree carry everything: their probabilities add to one and so do those of each move.
#[test]
fn drawn_trees_carry_all_probability() {
    let card = &*QUICK;
    for camp in &card.camps {
        assert_eq!(camp.one_round.nodes.len(), camp.one_round.of);
        for small in [&camp.one_round, &camp.two_rounds] {
            let mut at = vec![0.0; small.nodes.len()];
            let mut total = 0.0;
            for node in &small.nodes {
                if let Some(before) = node.before {
                    at[before] += node.probability;
                }
                if node.payoffs.is_some() {
                    total += node.reach;
                }
            }
            for (node, sum) in small.nodes.iter().zip(at) {
                let end = node.payoffs.is_some();
                // Sums over at most a hundred numbers of order one.
                assert!((sum - if end { 0.0 } else { 1.0 }).abs() < 1e-12);
            }
            assert!((total - 1.0).abs() < 1e-12);
        }
        assert!(camp.two_rounds.nodes.iter().any(|node| node.cut));
    }
}

/// The term is priced by the beliefs of the equilibrium: the belief before is the implied one, an assurance lowers it
/// (breaking one costs, and who means to sell gives fewer), and the package with it is the package and the term.
#[test]
fn an_assurance_is_priced_by_what_it_takes_from_the_belief() {
    let card = &*QUICK;
    for camp in &card.camps {
        let term = camp.assurance.as_ref().unwrap();
        assert_eq!(term.before, camp.standing.implied);
        assert!(term.after < term.before && term.after > 0.0);
        let sale = &camp.stakes.big.by_joined_backstop[0][0];
        let least = sale.damage[0].min(sale.damage[1]) - sale.yen_gain;
        let most = sale.damage[0].max(sale.damage[1]) - sale.yen_gain;
        let removed = term.before - term.after;
        assert!((removed * least..=removed * most).contains(&term.worth.issuer));
        let bare = card.deal.package.worth;
        assert_eq!(term.package.issuer, bare.issuer + term.worth.issuer);
        assert_eq!(term.package.seller, bare.seller + term.worth.seller);
        // The game without the term is the one that was answered.
        assert_eq!(term.deal[0], camp.standing.reading.deal);
    }
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
        // Size and pace of the plan are one cell of the grid, and say there what the plan says: both closed to 1e-9 of belief.
        let plan = parts
            .paces
            .iter()
            .find(|by| by.amount == card.plan.amount.bn() && by.days == card.plan.days)
            .unwrap();
        assert!((plan.value - camp.standing.value.seller).abs() < 1e-6);
        assert!((plan.deal - camp.standing.reading.deal).abs() < 1e-7);
        assert_eq!(plan.ten_year_peak_bp, camp.ten_year_peak_bp);
        assert!(!parts.precision.branches.is_empty());
        assert_eq!(parts.precision.branches[0].origin, "principal");
        // The answer is one of the branches, once, and its worth there is the one given.
        let answers: Vec<_> = parts
            .precision
            .branches
            .iter()
            .filter(|found| found.is_answer)
            .collect();
        assert_eq!(answers.len(), 1);
        assert!((answers[0].worth - camp.standing.value.seller).abs() < 1e-6);
        assert!(matches!(
            camp.standing.certificate.branch,
            OnBranch::Principal { .. }
        ));
        // At the answer's own lambda the sweep says what the answer says, against the same game without a card.
        let sweep = &parts.precision;
        assert_eq!(sweep.worth.len(), sweep.sweep.len());
        let here = sweep
            .sweep
            .iter()
            .position(|point| point.lambda == card.settings.lambda)
            .unwrap();
        assert!((sweep.worth[here] - camp.standing.value.seller).abs() < 1e-6);
        let record = &parts.record;
        let times = record.times_without_card().ln();
        assert!((times - record.log_likelihood + record.log_likelihood_without_card).abs() < 1e-12);
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

/// The stress bound differs from camp F in what undeclared sales are taken for, and the game's sale is declared: said once, and
/// what is said about camp F is not said again about it.
#[test]
fn a_camp_that_is_another_says_so_once() {
    let card = &*QUICK;
    let about: Vec<&String> = card
        .warnings
        .iter()
        .filter(|text| text.starts_with("camp X"))
        .collect();
    assert_eq!(about.len(), 1, "{about:?}");
    assert!(about[0].contains("gives the numbers of camp F"));
    let of = |name: CampName| card.camps.iter().find(|camp| camp.camp == name).unwrap();
    assert_eq!(of(CampName::X).stakes, of(CampName::F).stakes);
    assert_eq!(
        of(CampName::X).standing.value,
        of(CampName::F).standing.value
    );
}

/// Anyone can solve the game again: what is written is read back and has the same quantal response.
#[test]
fn the_written_game_has_the_same_solution() {
    let card = &*QUICK;
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

/// The facts and judgements are Japan's: where another one sells, that is said first, and with Japan it is not said.
#[test]
fn stakes_of_another_seller_are_named() {
    let card = run("china-alone", &settings(Depth::Quick), 2).unwrap();
    assert!(card.warnings[0].contains("Japan's of 2025"));
    assert!(
        !QUICK
            .warnings
            .iter()
            .any(|text| text.contains("Japan's of 2025"))
    );
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
        late: &|| false,
    };
    let stopped = value(&engine("japan-card"), &settings(Depth::Quick), &control);
    assert!(matches!(stopped, Err(CardError::Stopped)));
}
