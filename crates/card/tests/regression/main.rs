//! Scratch.
use brandish_card::*;
use brandish_data::Snapshot;
use brandish_scenario::{Settings, branches::*, file::*, *};
#[test]
fn sizes() {
    let book = JudgementBook::shipped().unwrap();
    let j = book.central().unwrap();
    let snapshot = Snapshot::embedded();
    let text = std::fs::read_to_string("../../scenarios/japan-card/scenario.toml").unwrap();
    let holders = holder_names(&snapshot).unwrap();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: first_day(),
        last_date: last_day(&snapshot).unwrap(),
        why_not: &|d| why_not(&snapshot, d),
        read_portfolio: &|_| Err("no".to_owned()),
    };
    let s = ScenarioFile::parse(&text, "x")
        .unwrap()
        .check(&context)
        .unwrap()
        .scenario;
    let engine = BranchEngine::new(&s, &snapshot, Settings::Product).unwrap();
    println!("{:?}", engine.plan());
    for camp in [CampName::S, CampName::C, CampName::F] {
        for name in ["R2", "R3c", "history"] {
            let st = Structure::named(name).unwrap();
            let t = std::time::Instant::now();
            let o = outcomes(
                &engine,
                Setting {
                    camp,
                    draw: EngineDraw::Central,
                },
                &st,
                &j,
                300.0,
            )
            .unwrap();
            let te = t.elapsed();
            let stakes = Stakes::new(&j, &o, &Package::of_july());
            if name == "R2" {
                println!(
                    "{:#?} {:?}",
                    stakes.big.by_joined_backstop[0][0],
                    crossing(&stakes)
                );
                println!(
                    "W {} L {} esc {} {:?} delay {:?} ann {:?}",
                    stakes.deal_gain,
                    stakes.deal_cost,
                    stakes.escalation_loss,
                    stakes.escalation_gain,
                    stakes.delay,
                    stakes.announcement
                );
            }
            let tree = Tree::build(&st, &j, Priors::of(&j)).unwrap();
            let t = std::time::Instant::now();
            let solved = close(
                &tree,
                &stakes,
                &Closing::at(0.2, None),
                Start::Belief(0.0),
                &|| false,
            )
            .unwrap();
            let tc = t.elapsed();
            let without = close(
                &tree,
                &stakes.without_card(),
                &Closing::at(0.2, None),
                Start::Belief(0.0),
                &|| false,
            )
            .unwrap();
            let r = read(&tree, &stakes, &solved);
            let r0 = read(&tree, &stakes.without_card(), &without);
            println!(
                "{} {camp:?} {name} engine {te:?} close {tc:?} rounds {} implied {:.4} stake {:.1}\n {r:?}\n {:?}",
                tree.game.nodes(),
                solved.rounds,
                solved.implied(),
                solved.game.stake(),
                card_value(&r, &r0)
            );
            if camp != CampName::C && name == "R2" {
                break;
            }
        }
    }
}
