//! The tornado against the run's own explanation, and the search on functions whose turning points are known.

use brandish_data::Snapshot;

use super::*;
use crate::sweep::testing::scenario;

fn prior(name: &str) -> Prior {
    ParameterBook::shipped()
        .unwrap()
        .priors
        .get(name)
        .unwrap()
        .clone()
}

fn search(
    name: &str,
    differs: &(dyn Fn(f64) -> Result<Option<bool>, ScenarioError> + Sync),
) -> Turn {
    let prior = prior(name);
    turning(&Search {
        moving: Moving::of(&prior).unwrap(),
        central: prior.central,
        differs,
    })
    .unwrap()
}

#[test]
fn a_turning_point_is_found_where_it_is() {
    // uniform between 0.1 and 0.5, central 0.2: turns at p = 0.75, which is 0.4
    let Turn::At(value) = search("discount_rate", &|p| Ok(Some(p > 0.75))) else {
        panic!("not found");
    };
    // an eighth of the way from p = 0.25 to 1, halved twelve times, times the width 0.4
    assert!(
        (value - 0.4).abs() < 0.75 / 8.0 / 4096.0 * 0.4 * 1.01,
        "{value}"
    );
    assert_eq!(search("discount_rate", &|_| Ok(Some(false))), Turn::Never);
    // of two, the nearer one
    let Turn::At(value) = search("discount_rate", &|p| Ok(Some(!(0.2..0.9).contains(&p)))) else {
        panic!("not found");
    };
    assert!((value - 0.18).abs() < 1e-4, "{value}");
}

#[test]
fn whole_numbers_are_tried_one_by_one() {
    // 1 to 7, central 3: 5 and more answer otherwise; p of 5 is (4 + 0.5) / 7
    assert_eq!(
        search("fed_lag", &|p| Ok(Some(p > 4.0 / 7.0))),
        Turn::At(5.0)
    );
    assert_eq!(search("fed_lag", &|_| Ok(Some(false))), Turn::Never);
}

#[test]
fn where_no_price_is_found_nothing_is_answered() {
    let refuses = |p: f64| Ok(if p > 0.5 { None } else { Some(false) });
    assert_eq!(search("discount_rate", &refuses), Turn::Never);
}

#[test]
fn the_ends_of_lognormal_priors_are_those_of_the_explanation_of_a_run() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[("draws = 1", "draws = 5")], &snapshot);
    let question = Question {
        output: Asked::ten_year_peak(),
        against: None,
        camp: None,
        threshold: None,
    };
    let found = sensitivity(&scenario, &question, &snapshot).unwrap();
    let outcome = crate::run(
        &scenario,
        &snapshot,
        Settings::Product,
        &crate::Control {
            progress: &|_| {},
            cancel: &std::sync::atomic::AtomicBool::new(false),
        },
    )
    .unwrap();
    let row = |name: &str, stat: &str| {
        let name = name.replace('_', " ");
        outcome.table.rows.iter().find(|row| {
            row.measure == "peak_with_parameter"
                && row.stat == stat
                && row.sector.as_deref() == Some(name.as_str())
        })
    };
    let mut compared = 0;
    for moved in &found.camps[0].moves {
        if moved.range_kind != "5% to 95% of the prior" {
            continue;
        }
        for (stat, value) in [("p05", &moved.at_low), ("p95", &moved.at_high)] {
            if let Some(row) = row(&moved.parameter, stat) {
                assert_eq!(value.as_ref().unwrap().to_bits(), row.value.to_bits());
                compared += 1;
            }
        }
    }
    assert!(compared >= 4, "{compared} ends compared");
    let sizes: Vec<f64> = found.camps[0]
        .moves
        .iter()
        .map(|moved| moved.spread(found.camps[0].central).unwrap())
        .collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b));
    assert!(!found.held.is_empty());
}

#[test]
fn a_scenario_against_itself_is_zero_and_never_turns() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[], &snapshot);
    let question = Question {
        output: Asked::ten_year_peak(),
        against: Some(&scenario),
        camp: None,
        threshold: Some(0.5),
    };
    let found = sensitivity(&scenario, &question, &snapshot).unwrap();
    assert_eq!(found.camps[0].central, 0.0);
    for moved in &found.camps[0].moves {
        assert_eq!(moved.swing(), Some(0.0), "{}", moved.parameter);
        assert_eq!(moved.turn, Turn::Never);
    }
}

#[test]
fn the_output_at_the_turning_point_lies_beyond_the_threshold_and_just_before_it_does_not() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[], &snapshot);
    let ask = |threshold| {
        let question = Question {
            output: Asked::ten_year_peak(),
            against: None,
            camp: Some(CampName::C),
            threshold,
        };
        sensitivity(&scenario, &question, &snapshot).unwrap()
    };
    let open = ask(None);
    let risk = |found: &Sensitivity| {
        let moves = &found.camps[0].moves;
        moves
            .iter()
            .find(|moved| moved.parameter == "risk_price")
            .unwrap()
            .clone()
    };
    let (low, high) = (risk(&open).at_low.unwrap(), risk(&open).at_high.unwrap());
    assert!(low < open.camps[0].central && open.camps[0].central < high);
    // a threshold between the center and the high end is crossed between the two
    let threshold = 0.5 * (open.camps[0].central + high);
    let found = risk(&ask(Some(threshold)));
    let Turn::At(value) = found.turn else {
        panic!("{:?}", found.turn);
    };
    assert!(found.central < value && value < found.high);
    // beyond every value within the range
    assert_eq!(risk(&ask(Some(2.0 * high))).turn, Turn::Never);
}

#[test]
fn a_held_parameter_moves_as_if_everything_were_put_together_again() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[], &snapshot);
    // an account, so that prices and positions would show if they depended on it
    for text in [
        "yield_change_peak:10Y",
        "holder_pnl:japan:21",
        "mortgage_change_peak",
    ] {
        let asked = Asked::parse(text).unwrap();
        let question = Question {
            output: asked.clone(),
            against: None,
            camp: None,
            threshold: None,
        };
        let found = sensitivity(&scenario, &question, &snapshot).unwrap();
        let mut compared = 0;
        for moved in &found.camps[0].moves {
            if moved.range_kind != "cited range (held fixed in draws)" {
                continue;
            }
            for (value, output) in [(moved.low, &moved.at_low), (moved.high, &moved.at_high)] {
                let mut book = ParameterBook::shipped().unwrap();
                book.priors = book.priors.with_central(&moved.parameter, value).unwrap();
                let baseline =
                    Baseline::at(&snapshot, scenario.as_of, &book, Settings::Product).unwrap();
                let built = orders(&scenario, &baseline, Settings::Product).unwrap();
                let study = MarketStudy::on(&snapshot, scenario.as_of, &book).unwrap();
                let named = named_sellers(&scenario, &baseline).unwrap();
                let about = (&book, &study, Settings::Product);
                let facts = plan::facts(&scenario, &baseline, &built, &named, about).unwrap();
                let parts = market_parts(&baseline, &book);
                let work = camp_work(&scenario, parts, &built, &facts).unwrap();
                let keys = work[0].central().unwrap().keys;
                let place = picks(&keys, &[asked.find(&keys).unwrap()]).unwrap()[0];
                let all = work[0].point(&mut None, (NO_STREAM, 0.5)).unwrap();
                assert_eq!(
                    output.as_ref().unwrap().to_bits(),
                    all[place].to_bits(),
                    "{} at {value}",
                    moved.parameter
                );
                compared += 1;
            }
        }
        // both windows, who switches, three numbers of the solver
        assert_eq!(compared, 2 * 6);
    }
}

#[test]
fn an_estimated_response_moves_its_own_market_in_proportion_and_no_other() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[], &snapshot);
    let ask = |text: &str| {
        let question = Question {
            output: Asked::parse(text).unwrap(),
            against: None,
            camp: None,
            threshold: None,
        };
        sensitivity(&scenario, &question, &snapshot).unwrap()
    };
    let found = ask("mortgage_change_peak");
    let moves = &found.camps[0].moves;
    let pass = moves
        .iter()
        .find(|moved| moved.parameter == "mortgage_pass_through")
        .unwrap();
    // the move is the response times one yield change: output over parameter is the same at both ends
    let (low, high) = (pass.at_low.clone().unwrap(), pass.at_high.clone().unwrap());
    assert!((low / pass.low - high / pass.high).abs() < 1e-12 * (low / pass.low).abs());
    assert!(low < high);
    let found = ask("yield_change_peak:10Y");
    for moved in &found.camps[0].moves {
        if moved.range_kind == "5% to 95% of the estimate" {
            assert_eq!(moved.swing(), Some(0.0), "{}", moved.parameter);
        }
    }
}

/// A parameter that the output does not know leaves it as it is, to the bit: probes are priced like the center.
#[test]
fn a_parameter_that_does_nothing_moves_nothing() {
    let snapshot = Snapshot::embedded();
    let scenario = scenario(&[], &snapshot);
    let question = Question {
        output: Asked::ten_year_peak(),
        against: None,
        camp: None,
        threshold: None,
    };
    let found = sensitivity(&scenario, &question, &snapshot).unwrap();
    for camp in &found.camps {
        let still = camp
            .moves
            .iter()
            .find(|moved| moved.parameter == "usdjpy_elasticity")
            .unwrap();
        assert_eq!(still.at_low, Ok(camp.central));
        assert_eq!(still.at_high, Ok(camp.central));
        assert_eq!(still.spread(camp.central), Some(0.0));
    }
}

/// Where both ends lie on one side of the center, the swing is small and the spread is not.
#[test]
fn spread_counts_the_center() {
    let moved = |low: f64, high: f64| Move {
        at_low: Ok(low),
        at_high: Ok(high),
        parameter: "example".to_owned(),
        unit: "bp".to_owned(),
        range: String::new(),
        source: String::new(),
        range_kind: "cited range",
        low: 0.0,
        central: 0.5,
        high: 1.0,
        turn: Turn::NotAsked,
    };
    assert_eq!(moved(306.7, 303.3).swing(), Some(303.3 - 306.7));
    assert_eq!(moved(306.7, 303.3).spread(412.0), Some(412.0 - 303.3));
    assert_eq!(moved(1.0, 3.0).spread(2.0), Some(2.0));
    let none = Move {
        at_low: Err("no price".to_owned()),
        ..moved(1.0, 2.0)
    };
    assert_eq!(none.spread(1.0), None);
}
