//! `brandish data ...`: what the snapshot holds, how old and how good it is, and whether it adds up.
//!
//! Status prints a line per source and a line per identity with its residual; verify reads every table and tries every
//! identity, and ends with status 3 if something is wrong. Age is counted from today; nothing is fetched.

use std::collections::BTreeMap;
use std::path::Path;

use brandish_data::SourceStatus;
use brandish_data::identities::Verdict;

use crate::args::{DataCommand, ListFormat};
use crate::exit::{Ending, Failure};
use crate::lists::{List, grouped, print_list};
use crate::load::load_snapshot;
use crate::machine::today;
use crate::terminal::Terminal;

/// Runs a `data` subcommand.
pub fn data(terminal: Terminal, command: DataCommand) -> Result<Ending, Failure> {
    match command {
        DataCommand::Status { format, snapshot } => status(terminal, format, snapshot.as_deref()),
        DataCommand::Verify { snapshot } => verify(terminal, snapshot.as_deref()),
    }
}

fn status(
    terminal: Terminal,
    format: ListFormat,
    folder: Option<&Path>,
) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(folder)?;
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for source in snapshot.status(today()) {
        match source {
            Ok(source) => sources.push(source),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if format == ListFormat::Table {
        terminal.print(&by_publisher(sources))?;
        terminal.print("")?;
        terminal.print(&in_words(&identities(&snapshot, &mut problems)))?;
    } else {
        let header = [
            "source",
            "publisher",
            "from",
            "to",
            "vintage",
            "age_days",
            "quality",
            "rows",
            "url",
        ];
        let rows = sources
            .into_iter()
            .map(|source| {
                let mut row = cells(&source);
                row.insert(1, source.publisher);
                row.extend([source.rows.to_string(), source.url]);
                row
            })
            .collect();
        print_list(
            terminal,
            format,
            &List {
                header: &header,
                rows,
            },
        )?;
    }
    for problem in &problems {
        terminal.complain(&format!("error: {problem}"));
    }
    Ok(if problems.is_empty() {
        Ending::Ok
    } else {
        Ending::CheckFailed
    })
}

/// Source, range, vintage, age and quality.
fn cells(source: &SourceStatus) -> Vec<String> {
    vec![
        source.table.clone(),
        source.first.clone().unwrap_or_default(),
        source.last.clone().unwrap_or_default(),
        source.vintage.clone(),
        source
            .age_days
            .map(|days| days.to_string())
            .unwrap_or_default(),
        source
            .quality
            .map(|quality| quality.word().to_owned())
            .unwrap_or_default(),
    ]
}

/// For people: publishers are long and repeat, so they are headings. `--format csv` and `json` have the addresses.
fn by_publisher(sources: Vec<SourceStatus>) -> String {
    let mut groups: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for source in sources {
        let row = cells(&source);
        groups.entry(source.publisher).or_default().push(row);
    }
    let groups: Vec<_> = groups.into_iter().collect();
    grouped(
        &["source", "from", "to", "vintage", "days", "quality"],
        &groups,
    )
}

/// One identity: its sentence, and what its residuals are.
struct Checked {
    verdict: &'static str,
    name: String,
    residual: String,
}

fn in_words(identities: &[Checked]) -> String {
    identities
        .iter()
        .map(|identity| {
            format!(
                "{:<6}  {}\n        {}\n",
                identity.verdict, identity.name, identity.residual
            )
        })
        .collect()
}

fn identities(snapshot: &brandish_data::Snapshot, problems: &mut Vec<String>) -> Vec<Checked> {
    let mut checked = Vec::new();
    for identity in snapshot.identities() {
        match identity {
            Ok(identity) => {
                if identity.verdict == Verdict::Fails {
                    problems.push(format!(
                        "{}: {} fails at {} by {} {}",
                        identity.table,
                        identity.name,
                        identity.place,
                        identity.max_residual,
                        identity.unit
                    ));
                }
                let tolerance = match identity.tolerance {
                    Some(tolerance) => format!("tolerance {tolerance}"),
                    None => "no tolerance, shown only".to_owned(),
                };
                checked.push(Checked {
                    verdict: identity.verdict.word(),
                    residual: format!(
                        "{}, {} cases, {tolerance}\n        largest residual {:.4} {} at {}",
                        identity.table,
                        identity.count,
                        identity.max_residual,
                        identity.unit,
                        identity.place
                    ),
                    name: identity.name.to_owned(),
                });
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    checked
}

/// Reads every table and checks every identity.
fn verify(terminal: Terminal, folder: Option<&Path>) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(folder)?;
    let mut problems = Vec::new();
    let mut tables = 0;
    for name in snapshot
        .table_names()
        .map(str::to_owned)
        .collect::<Vec<_>>()
    {
        match snapshot.table(&name) {
            Ok(_) => tables += 1,
            Err(error) => problems.push(error.to_string()),
        }
    }
    let identities = identities(&snapshot, &mut problems);
    for problem in &problems {
        terminal.complain(&format!("error: {problem}"));
    }
    terminal.print(&format!(
        "{}: {tables} tables whole, {} identities checked, {} problem(s)",
        snapshot.place(),
        identities.len(),
        problems.len()
    ))?;
    Ok(if problems.is_empty() {
        Ending::Ok
    } else {
        Ending::CheckFailed
    })
}
