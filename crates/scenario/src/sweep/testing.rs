//! What tests of studies share: a small scenario, a small grid, and what they are checked against.
//!
//! One camp, a week of sales, a month of days: a path takes a few milliseconds. Texts are varied by replacing a part of them.

use brandish_data::Snapshot;

use super::{Grid, GridFile};
use crate::diagnostic::Diagnostic;
use crate::file::{Context, Scenario, ScenarioFile};

pub(crate) const SCENARIO: &str = r#"schema = 1
name = "small"
title = "A small sale"
as_of = 2025-05-01
horizon_days = 21

[[exogenous.sale]]
seller = "japan"
amount_usd_bn = 50
days = 5
known = "announced"

[assumptions]
camps = ["C"]
stress_camps = []
draws = 1
seed = 7
"#;

pub(crate) const GRID: &str = r#"schema = 1
name = "small-grid"
base = "base.toml"
draws = 12
camps = ["S", "C"]

[[axis]]
name = "pace"
[[axis.value]]
label = "a week"
[[axis.value]]
label = "a day"
set = { "exogenous.sale[1].days" = 1 }

[[axis]]
name = "China"
[[axis.value]]
label = "stays out"
[[axis.value]]
label = "joins"
[axis.value.set]
"exogenous.sale[+]" = { seller = "china", amount_usd_bn = 40, days = 5, known = "announced" }

[[output]]
measure = "yield_change_peak"
tenor = "10Y"
[[output]]
measure = "utilization_peak"
"#;

pub(crate) fn with_context<T>(snapshot: &Snapshot, check: impl FnOnce(&Context<'_>) -> T) -> T {
    let holders = crate::holder_names(snapshot).unwrap();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    check(&Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: crate::first_day(),
        last_date: crate::last_day(snapshot).unwrap(),
        why_not: &|date| crate::why_not(snapshot, date),
        read_portfolio: &|path| Err(format!("{path} is not there")),
    })
}

fn varied(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// The small scenario with parts of its text replaced.
pub(crate) fn scenario(changes: &[(&str, &str)], snapshot: &Snapshot) -> Scenario {
    let text = varied(SCENARIO, changes);
    let file = ScenarioFile::parse(&text, "small.toml").unwrap();
    with_context(snapshot, |context| file.check(context))
        .unwrap()
        .scenario
}

/// Checks a grid text against a base text.
pub(crate) fn check(text: &str, base: &str, snapshot: &Snapshot) -> Result<Grid, Vec<Diagnostic>> {
    let file = GridFile::parse(text, "grid.toml")?;
    with_context(snapshot, |context| file.check(base, context)).map(|(grid, _)| grid)
}

/// The small grid with parts of its text replaced.
pub(crate) fn grid(changes: &[(&str, &str)], snapshot: &Snapshot) -> Grid {
    check(&varied(GRID, changes), SCENARIO, snapshot).unwrap()
}

/// What is wrong with the small grid once parts of its text are replaced.
pub(crate) fn problems(changes: &[(&str, &str)], snapshot: &Snapshot) -> Vec<Diagnostic> {
    check(&varied(GRID, changes), SCENARIO, snapshot).unwrap_err()
}
