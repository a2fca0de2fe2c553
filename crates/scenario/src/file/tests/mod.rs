//! Tests of the scenario file: what is accepted, what is refused and how, that nothing can make it fall over.

mod accepted;
mod anything;
mod refused;
mod rendered;
mod schema;

use brandish_units::Date;

use super::{Checked, Context, ScenarioFile};
use crate::diagnostic::Diagnostic;

/// A small valid file; tests change it.
pub(super) const VALID: &str = r#"schema = 1
name = "test-case"
title = "A test"
as_of = 2025-05-01
horizon_days = 100

[[exogenous.sale]]
seller = "japan"
amount_usd_bn = 300
days = 63
known = "announced"

[assumptions]
draws = 10
"#;

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn why_not(date: Date) -> Option<String> {
    use brandish_units::Weekday;
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        .then(|| "it is a weekend".to_owned())
}

fn read_portfolio(path: &str) -> Result<String, String> {
    match path {
        "good.csv" => {
            Ok("cusip,face_usd\n912828XX3,1000000\n# a comment\n\"912810RB6\",2e6\r\n".to_owned())
        }
        "bad.csv" => Ok(
            "cusip,face_usd\n912810RB6,1000\n912810RB6,5\nnonsense,1\n912810RB6,-3\n912810RB6\n"
                .to_owned(),
        ),
        "columns.csv" => Ok("isin,amount\n".to_owned()),
        "empty.csv" => Ok(String::new()),
        _ => Err("there is no such file".to_owned()),
    }
}

pub(super) fn check(text: &str) -> Result<Checked, Vec<Diagnostic>> {
    let context = Context {
        holders: &["japan", "china", "united-kingdom"],
        currencies: &["JPY", "EUR"],
        first_date: date("2023-10-02"),
        last_date: date("2026-04-30"),
        why_not: &why_not,
        read_portfolio: &read_portfolio,
    };
    ScenarioFile::parse(text, "test.toml")?.check(&context)
}

/// `VALID` with one text replaced by another, which must be there.
pub(super) fn changed(from: &str, to: &str) -> String {
    assert!(VALID.contains(from), "{from}");
    VALID.replacen(from, to, 1)
}

pub(super) fn accepted(text: &str) -> Checked {
    match check(text) {
        Ok(checked) => checked,
        Err(found) => panic!("{text}\n{}", all(&found)),
    }
}

pub(super) fn all(found: &[Diagnostic]) -> String {
    found
        .iter()
        .map(|d| d.render(false))
        .collect::<Vec<_>>()
        .join("\n")
}
