//! Rewrites `scenarios/<name>/expected.csv` from what the program says today.
//!
//! A regression file is never truth: whoever rewrites it says in the change why the numbers moved.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use brandish_data::Snapshot;
use brandish_scenario::file::{Context, SHIPPED, ScenarioFile, Shipped};
use brandish_scenario::{
    Control, EXPECTED_HEADER, Settings, expected_lines, first_day, holder_names, last_day, run,
    why_not,
};

/// Writes the files of all shipped scenarios, or of one; returns what was done, a line each.
///
/// # Errors
/// The first scenario that does not run, a file that cannot be written, or a name that is not shipped.
pub fn write(root: &Path, only: Option<&str>) -> Result<String, String> {
    if let Some(name) = only
        && !SHIPPED.iter().any(|shipped| shipped.name == name)
    {
        return Err(format!("no scenario `{name}` is shipped"));
    }
    let snapshot = Snapshot::embedded();
    let mut done = String::new();
    for shipped in SHIPPED
        .iter()
        .filter(|shipped| only.is_none_or(|name| name == shipped.name))
    {
        let lines = lines_of(shipped, &snapshot)?;
        let path = root
            .join("scenarios")
            .join(shipped.name)
            .join("expected.csv");
        let text = format!("{EXPECTED_HEADER}\n{}\n", lines.join("\n"));
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        done.push_str(&format!("{}: {} rows\n", shipped.name, lines.len()));
    }
    Ok(done)
}

fn lines_of(shipped: &Shipped, snapshot: &Snapshot) -> Result<Vec<String>, String> {
    let holders = holder_names(snapshot).map_err(|error| error.to_string())?;
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &["JPY"],
        first_date: first_day(),
        last_date: last_day(snapshot).map_err(|error| error.to_string())?,
        why_not: &|date| why_not(snapshot, date),
        read_portfolio: &|path| Err(format!("{path}: shipped scenarios have no portfolio")),
    };
    let refused = |problems: Vec<brandish_scenario::diagnostic::Diagnostic>| {
        problems
            .iter()
            .map(|problem| problem.render(false))
            .collect::<String>()
    };
    let file = ScenarioFile::parse(shipped.toml, &shipped.file_name()).map_err(refused)?;
    let mut scenario = file.check(&context).map_err(refused)?.scenario;
    scenario.assumptions.draws = 1;
    let control = Control {
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    let outcome = run(&scenario, snapshot, Settings::Product, &control)
        .map_err(|error| format!("{}: {error}", shipped.name))?;
    Ok(expected_lines(&outcome))
}
