//! `brandish data ...`: what the snapshot holds, how old and how good it is, and whether it adds up.

use std::path::Path;

use brandish_data::identities::Verdict;

use crate::args::{DataCommand, ListFormat};
use crate::exit::{Ending, Failure};
use crate::lists::{List, print_list};
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

fn status(terminal: Terminal, format: ListFormat, folder: Option<&Path>) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(folder)?;
    let mut problems = Vec::new();
    let mut rows = Vec::new();
    for source in snapshot.status(today()) {
        match source {
            Ok(source) => rows.push(vec![
                source.table,
                source.publisher,
                source.first.unwrap_or_default(),
                source.last.unwrap_or_default(),
                source.vintage,
                source.age_days.map(|days| days.to_string()).unwrap_or_default(),
                source.quality.map(|quality| quality.word().to_owned()).unwrap_or_default(),
                source.rows.to_string(),
                source.url,
            ]),
            Err(error) => problems.push(error.to_string()),
        }
    }
    let header =
        ["source", "publisher", "from", "to", "vintage", "age_days", "quality", "rows", "url"];
    if format == ListFormat::Table {
        // The address does not fit beside the rest; --format csv and json have it.
        let rows = rows.into_iter().map(|row| row[..8].to_vec()).collect();
        print_list(terminal, format, &List { header: &header[..8], rows })?;
        terminal.print("")?;
        print_list(terminal, format, &identities(&snapshot, &mut problems))?;
    } else {
        print_list(terminal, format, &List { header: &header, rows })?;
    }
    for problem in &problems {
        terminal.complain(&format!("error: {problem}"));
    }
    Ok(if problems.is_empty() { Ending::Ok } else { Ending::CheckFailed })
}

fn identities(snapshot: &brandish_data::Snapshot, problems: &mut Vec<String>) -> List<'static> {
    let mut rows = Vec::new();
    for identity in snapshot.identities() {
        match identity {
            Ok(identity) => {
                if identity.verdict == Verdict::Fails {
                    problems.push(format!(
                        "{}: {} fails at {} by {} {}",
                        identity.table, identity.name, identity.place, identity.max_residual, identity.unit
                    ));
                }
                rows.push(vec![
                    identity.name.to_owned(),
                    identity.count.to_string(),
                    format!("{:.4}", identity.max_residual),
                    identity.unit.to_owned(),
                    identity.place,
                    identity.tolerance.map_or("shown".to_owned(), |tolerance| format!("{tolerance}")),
                    identity.verdict.word().to_owned(),
                ]);
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    List {
        header: &["identity", "cases", "max_residual", "unit", "at", "tolerance", "verdict"],
        rows,
    }
}

/// Reads every table and checks every identity.
fn verify(terminal: Terminal, folder: Option<&Path>) -> Result<Ending, Failure> {
    let snapshot = load_snapshot(folder)?;
    let mut problems = Vec::new();
    let mut tables = 0;
    for name in snapshot.table_names().map(str::to_owned).collect::<Vec<_>>() {
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
        identities.rows.len(),
        problems.len()
    ))?;
    Ok(if problems.is_empty() { Ending::Ok } else { Ending::CheckFailed })
}
