//! `scenario`, `data` and `completions`: short answers, right exit codes, formats that parse.

use serde_json::Value;

use super::support::Place;

const SHIPPED: [&str; 18] = [
    "japan-assure",
    "japan-hint",
    "japan-brandish",
    "japan-rebalance",
    "japan-card",
    "japan-silent",
    "japan-fire-sale",
    "japan-china",
    "yen-intervention",
    "china-alone",
    "japan-doubted",
    "japan-called-off",
    "japan-hastened",
    "china-joins",
    "fed-believed",
    "treasury-buys-back",
    "dealers-relieved",
    "fed-buys",
];

#[test]
fn the_shipped_scenarios_are_listed_shown_and_valid() {
    let place = Place::new();
    let list = place.brandish(&["scenario", "list", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&list.ends_with(0).out).unwrap();
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row["scenario"].as_str().unwrap())
        .collect();
    assert_eq!(names, SHIPPED);
    let table = place.brandish(&["scenario", "list"]);
    let csv = place.brandish(&["scenario", "list", "--format", "csv"]);
    for name in SHIPPED {
        table.ends_with(0).says(name);
        csv.ends_with(0).says(&format!("\n{name},"));
    }
    let checked = place.brandish(&[&["scenario", "check"][..], &SHIPPED[..]].concat());
    checked.ends_with(0);
    assert_eq!(
        checked
            .out
            .lines()
            .filter(|line| line.ends_with(": ok"))
            .count(),
        SHIPPED.len()
    );
}

#[test]
fn a_shown_scenario_says_where_its_idea_comes_from_and_resolves_to_a_file_that_is_equal() {
    let place = Place::new();
    place
        .brandish(&["scenario", "show", "japan-card"])
        .ends_with(0)
        .says("[[exogenous.sale]]")
        .says("\n# ");
    for name in ["japan-card", "small.toml"] {
        let resolved = place.brandish(&["scenario", "show", name, "--resolved"]);
        resolved.ends_with(0).says("capacity_relief_pct = 0");
        place.write("resolved.toml", &resolved.out);
        place
            .brandish(&["scenario", "diff", name, "resolved.toml"])
            .ends_with(0)
            .says("agree in every field");
    }
}

#[test]
fn check_reports_every_file_and_fails_if_one_fails() {
    let place = Place::new();
    place.vary("bad.toml", "\"japan\"", "\"japn\"");
    place
        .brandish(&["scenario", "check", "bad.toml", "nowhere", "small.toml"])
        .ends_with(3)
        .says("small.toml: ok")
        .complains("nearest: `japan`")
        .complains("nowhere");
}

#[test]
fn diff_names_the_fields() {
    let place = Place::new();
    let done = place.brandish(&["scenario", "diff", "japan-card", "japan-silent"]);
    done.ends_with(0)
        .says("\"announced\"")
        .says("\"silent\"")
        .says("known");
    assert!(
        done.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        done.out
    );
}

#[test]
fn the_schema_is_json_and_names_every_table() {
    let place = Place::new();
    let schema: Value =
        serde_json::from_str(&place.brandish(&["scenario", "schema"]).ends_with(0).out).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    let text = schema.to_string();
    for key in [
        "exogenous",
        "sale",
        "threat",
        "proceeds",
        "fed",
        "treasury",
        "dealers",
        "assumptions",
        "holders",
    ] {
        assert!(text.contains(&format!("\"{key}\"")), "{key}");
    }
}

#[test]
fn completions_know_the_options() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        place
            .brandish(&["completions", shell])
            .ends_with(0)
            .says("as-of")
            .says("verify");
    }
}

#[test]
fn data_status_shows_source_range_vintage_age_and_quality_without_breaking_words() {
    let place = Place::new();
    let table = place.brandish(&["data", "status"]);
    table.ends_with(0);
    for text in [
        "par_yields",
        "US Department of the Treasury",
        "1990-01-02",
        "reconstructed",
        "holds",
        "vintage",
    ] {
        table.says(text);
    }
    let json = place.brandish(&["data", "status", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&json.ends_with(0).out).unwrap();
    for row in &rows {
        for key in ["source", "publisher", "vintage", "quality", "url", "rows"] {
            assert_ne!(row[key], "", "{row}");
        }
        table.says(&format!(" {} ", row["source"].as_str().unwrap()));
    }
    place
        .brandish(&["data", "status", "--format", "csv"])
        .ends_with(0)
        .says("source,publisher,from,to");
    place
        .brandish(&["data", "verify"])
        .ends_with(0)
        .says("0 problem(s)");
}
