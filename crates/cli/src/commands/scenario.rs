//! `brandish scenario ...`: the shipped scenarios and the user's own files.
//!
//! Mistakes of a file are shown all at once; `check` goes on to the next file after a bad one.

use brandish_scenario::file::{SHIPPED, diff, json_schema};

use crate::args::{ListFormat, ScenarioCommand};
use crate::exit::{Ending, Failure};
use crate::lists::{List, print_list};
use crate::load::{Loaded, load_scenario, load_snapshot};
use crate::terminal::Terminal;

/// Runs a `scenario` subcommand.
pub fn scenario(terminal: Terminal, command: ScenarioCommand) -> Result<Ending, Failure> {
    match command {
        ScenarioCommand::List { format } => list(terminal, format),
        ScenarioCommand::Show { scenario, resolved } => show(terminal, &scenario, resolved),
        ScenarioCommand::Check { scenarios } => check(terminal, &scenarios),
        ScenarioCommand::Diff { left, right } => differences(terminal, &left, &right),
        ScenarioCommand::Schema => {
            terminal.print(&json_schema())?;
            Ok(Ending::Ok)
        }
    }
}

fn list(terminal: Terminal, format: ListFormat) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(None)?;
    let mut rows = Vec::new();
    for shipped in &SHIPPED {
        let Loaded { scenario, .. } = load_scenario(shipped.name, &snapshot, terminal)?;
        rows.push(vec![
            shipped.name.to_owned(),
            scenario.as_of.to_string(),
            scenario.title,
        ]);
    }
    print_list(
        terminal,
        format,
        &List {
            header: &["scenario", "as_of", "title"],
            rows,
        },
    )?;
    Ok(Ending::Ok)
}

fn show(terminal: Terminal, name: &str, resolved: bool) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(None)?;
    let loaded = load_scenario(name, &snapshot, terminal)?;
    if resolved {
        terminal.print(&loaded.scenario.to_toml())?;
        return Ok(Ending::Ok);
    }
    terminal.print(&loaded.text)?;
    if let Some(readme) = loaded.readme {
        terminal.print(&as_comments(readme))?;
    }
    Ok(Ending::Ok)
}

/// Where the idea comes from, as comments: what is shown is itself a scenario file.
fn as_comments(readme: &str) -> String {
    let comment = |line: &str| format!("# {line}").trim_end().to_owned() + "\n";
    std::iter::once("\n".to_owned())
        .chain(readme.lines().map(comment))
        .collect()
}

/// Checks every file before it says anything about the result, so that one bad file does not hide another.
fn check(terminal: Terminal, names: &[String]) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(None)?;
    let mut failed = 0;
    for name in names {
        match load_scenario(name, &snapshot, terminal) {
            Ok(_) => terminal.print(&format!("{name}: ok"))?,
            Err(failure) => {
                failed += 1;
                terminal.complain(&failure.message);
            }
        }
    }
    Ok(if failed == 0 {
        Ending::Ok
    } else {
        Ending::CheckFailed
    })
}

fn differences(terminal: Terminal, left: &str, right: &str) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(None)?;
    let first = load_scenario(left, &snapshot, terminal)?.scenario;
    let second = load_scenario(right, &snapshot, terminal)?.scenario;
    let rows: Vec<Vec<String>> = diff(&first, &second)
        .into_iter()
        .map(|difference| {
            let shown = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            vec![
                difference.path,
                shown(difference.left),
                shown(difference.right),
            ]
        })
        .collect();
    if rows.is_empty() {
        terminal.print(&format!("{left} and {right} agree in every field"))?;
        return Ok(Ending::Ok);
    }
    print_list(
        terminal,
        ListFormat::Table,
        &List {
            header: &["field", left, right],
            rows,
        },
    )?;
    Ok(Ending::Ok)
}
