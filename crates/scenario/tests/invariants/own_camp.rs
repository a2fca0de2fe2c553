//! A user's own camp: as a file, written out in a scenario, fitted to a month response, refused by line, printed back.

use brandish_data::Snapshot;
use brandish_scenario::file::{CampName, Context, ScenarioFile};
use brandish_scenario::parameters::{CampBook, parse_camp, parse_own_camp};
use brandish_scenario::{Settings, first_day, last_day};

use crate::support;

const OWN: &str = r#"schema = 1

[camp]
name = "my reading"
sentence = "Between the studies."
weight = 0.5
long_run_response_bp_per_100bn = 3.0
month_response_bp_per_100bn = 12.0
source = "judgement"

[[study]]
name = "A study"
finding = "a number"
role = "fitted"
economy = "2015"
sample_from = 2014-01-01
sample_to = 2016-12-31
read = "abstract"
source = "a journal"
"#;

#[test]
fn a_month_response_gives_the_risk_price_of_the_shipped_camp_that_has_it() {
    let shipped = CampBook::shipped().unwrap();
    let s = shipped.get(CampName::S).unwrap();
    let text = OWN.replace("= 3.0", "= 1.55").replace("= 12.0", "= 7.0");
    let own = parse_own_camp(&text, "own.toml").unwrap();
    assert_eq!(own.letter, CampName::U);
    // the shipped file prints twelve digits of the same fit
    assert!((own.risk_price_central / s.risk_price_central - 1.0).abs() < 1e-9);
}

#[test]
fn mistakes_are_named_with_their_line() {
    let cases = [
        ("weight = 0.5", "weight = 1.5", 6, "outside 0 to 1"),
        (
            "long_run_response_bp_per_100bn = 3.0",
            "long_run = 3.0",
            7,
            "unknown key",
        ),
        ("month_response_bp_per_100bn = 12.0", "", 3, "neither"),
        (
            "month_response_bp_per_100bn = 12.0",
            "month_response_bp_per_100bn = 12.0\nrisk_price_central = 1e-5",
            9,
            "twice",
        ),
        ("= 12.0", "= 500.0", 8, "cannot be fitted"),
        (
            "sample_to = 2016-12-31",
            "sample_to = 2013-12-31",
            11,
            "the earlier first",
        ),
        ("role = \"fitted\"", "role = \"loved\"", 14, "not allowed"),
        (
            "name = \"my reading\"",
            "letter = \"S\"\nname = \"my reading\"",
            4,
            "belongs to a shipped camp",
        ),
    ];
    for (good, bad, line, word) in cases {
        assert!(OWN.contains(good), "{good}");
        let found = parse_own_camp(&OWN.replacen(good, bad, 1), "own.toml").unwrap_err();
        assert!(
            found
                .iter()
                .any(|problem| problem.origin.line == line && problem.message.contains(word)),
            "{bad}: expected `{word}` on line {line}, got {found:#?}"
        );
    }
}

#[test]
fn an_own_camp_runs_beside_the_shipped_ones_and_is_printed_back() {
    let snapshot = Snapshot::embedded();
    let mut scenario = support::shipped("japan-card", 5, &snapshot);
    scenario
        .assumptions
        .take_own_camp(parse_own_camp(OWN, "own.toml").unwrap());
    let outcome = support::run_on(2, &scenario, &snapshot, Settings::Product).unwrap();
    let peak = |camp: &str| {
        outcome
            .table
            .rows
            .iter()
            .find(|row| {
                row.camp == Some(camp)
                    && row.measure == "yield_change_peak"
                    && row.stat == "central"
                    && row.tenor == Some(brandish_units::Tenor::Y10)
            })
            .map(|row| row.value)
            .unwrap()
    };
    // its observables lie between those of S and C
    assert!(peak("S") < peak("U") && peak("U") < peak("C"));
    let printed = scenario.to_toml();
    assert!(printed.contains("[assumptions.own_camp]"), "{printed}");
    let context = Context {
        holders: &["japan"],
        currencies: &["JPY"],
        first_date: first_day(),
        last_date: last_day(&snapshot).unwrap(),
        why_not: &|_| None,
        read_portfolio: &|_| Err("no files".into()),
    };
    let read = ScenarioFile::parse(&printed, "printed.toml").unwrap();
    let again = read.check(&context).unwrap().scenario;
    assert_eq!(again.to_toml(), printed);
    assert_eq!(again.assumptions.camps, scenario.assumptions.camps);
}

#[test]
fn a_scenario_names_a_camp_file_beside_it() {
    let snapshot = Snapshot::embedded();
    let scenario = support::shipped("japan-card", 1, &snapshot);
    let text = scenario.to_toml() + "camp_file = \"own.toml\"\n";
    let check = |camp: &'static str| {
        let context = Context {
            holders: &["japan"],
            currencies: &["JPY"],
            first_date: first_day(),
            last_date: last_day(&snapshot).unwrap(),
            why_not: &|_| None,
            read_portfolio: &|path| {
                assert_eq!(path, "own.toml");
                Ok(camp.to_owned())
            },
        };
        ScenarioFile::parse(&text, "mine.toml")
            .unwrap()
            .check(&context)
    };
    let checked = check(OWN).unwrap().scenario;
    assert_eq!(checked.assumptions.camps.last(), Some(&CampName::U));
    // mistakes of the camp file are shown in the camp file
    let found = check("schema = 1\n[camp]\nname = 3\n").unwrap_err();
    let line_3 = found
        .iter()
        .any(|problem| problem.origin.file == "own.toml" && problem.origin.line == 3);
    assert!(line_3, "{found:#?}");
}

#[test]
fn shipped_camps_keep_their_letters_and_name_their_studies() {
    let book = CampBook::shipped().unwrap();
    let letters: Vec<&str> = book.all().iter().map(|camp| camp.letter.letter()).collect();
    assert_eq!(letters, ["S", "C", "F", "X"]);
    for camp in book.all() {
        assert!(!camp.studies.is_empty() || !camp.made_of.is_empty());
    }
    assert!(parse_camp(OWN, "own.toml").is_ok());
}
