//! Scenarios, engines and stakes for the tests.

#![allow(dead_code, reason = "each test program uses a part")]

use brandish_card::{
    Closing, JudgementBook, Judgements, Package, Priors, Reading, SaleBranches, SaleStakes,
    Setting, Solved, Stakes, Start, Structure, Tree, close, outcomes, read,
};
use brandish_data::Snapshot;
use brandish_scenario::branches::{BranchEngine, EngineDraw};
use brandish_scenario::file::{CampName, Context, ScenarioFile, Shipped};
use brandish_scenario::{Settings, first_day, holder_names, last_day, why_not};

/// The engine of a shipped scenario.
pub fn engine(name: &str) -> BranchEngine {
    let snapshot = Snapshot::embedded();
    let shipped = Shipped::find(name).unwrap();
    let holders = holder_names(&snapshot).unwrap();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: first_day(),
        last_date: last_day(&snapshot).unwrap(),
        why_not: &|date| why_not(&snapshot, date),
        read_portfolio: &|_| Err("no files here".to_owned()),
    };
    let file = ScenarioFile::parse(shipped.toml, name).unwrap();
    let scenario = file.check(&context).unwrap().scenario;
    BranchEngine::new(&scenario, &snapshot, Settings::Product).unwrap()
}

pub fn judgements() -> Judgements {
    JudgementBook::shipped().unwrap().central().unwrap()
}

/// Stakes of a structure at central parameters.
pub fn stakes(engine: &BranchEngine, camp: CampName, structure: &str, j: &Judgements) -> Stakes {
    let structure = Structure::named(structure).unwrap();
    let setting = Setting {
        camp,
        draw: EngineDraw::Central,
    };
    let amount = engine.plan().amount.bn();
    let found = outcomes(engine, setting, &structure, j, amount).unwrap();
    Stakes::new(j, &found, &Package::of_july())
}

pub fn tree(structure: &str, j: &Judgements, resolved: f64, fragile: f64) -> Tree {
    let priors = Priors {
        resolved,
        fragile,
        opportunist: 0.3,
    };
    Tree::build(&Structure::named(structure).unwrap(), j, priors).unwrap()
}

pub fn solve(tree: &Tree, stakes: &Stakes, lambda: f64) -> (Solved, Reading) {
    let closing = Closing::at(lambda, None);
    let solved = close(tree, stakes, &closing, Start::Belief(0.0), &|| false).unwrap();
    let reading = read(tree, stakes, &solved);
    (solved, reading)
}

/// A sale that does this much damage (robust, fragile) and costs the seller nothing in markets.
pub fn sale(damage: [f64; 2]) -> SaleBranches {
    SaleBranches {
        by_joined_backstop: [[SaleStakes {
            damage,
            market_cost: 0.0,
            joiner_mark: 0.0,
            yen_gain: 0.0,
            yen_cost: 0.0,
        }; 2]; 2],
    }
}

/// The stakes of the closed form: gain W, cost L, delays, damage, sale cost by type, audience, b1; no announcement effect.
pub fn by_hand(damage: [f64; 2]) -> Stakes {
    Stakes {
        deal_gain: 26.0,
        deal_cost: 14.0,
        escalation_loss: 30.0,
        escalation_gain: [6.0, -8.0],
        delay: [3.0, 1.0],
        pause: [0.0, 0.0],
        pause_relief: 0.0,
        spike: [0.0, 0.0],
        big: sale(damage),
        small: Some(sale(damage.map(|value| 0.3 * value))),
        quiet: Some(sale(damage)),
        security: [50.0, 4.0],
        small_share: 0.3,
        audience: [10.0, 10.0],
        audience_hint: 2.0,
        walk_back_share: 0.4,
        assurance_broken: 4.0,
        concede_after: [1.0, 3.0],
        backstop_cost: 3.0,
        joiner_gain_share: 0.1,
        joiner_security: [15.0, 2.0],
        announcement: [0.0, 0.0],
    }
}
