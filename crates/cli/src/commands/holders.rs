//! `brandish holders`: has it been selling?
//!
//! With a country its months, without one all of them. The day taken as today is that of the newest TIC release in the snapshot
//! unless it is named. A country that the report does not list is answered with the nearest name and the list.

use std::path::Path;

use brandish_data::holders::{self, Holder, Question, Tracked};
use brandish_data::{DataError, KnownOn};
use brandish_report::{
    Overview, holder_html, holder_sheets, holder_text, holders_sheets, holders_text,
};
use brandish_scenario::diagnostic::nearest;

use crate::args::{HoldersArgs, HoldersTable};
use crate::commands::price::style;
use crate::exit::{Ending, Failure};
use crate::load::load_snapshot;
use crate::terminal::Terminal;

/// Shows one holder or all.
pub fn holders(terminal: Terminal, arguments: &HoldersArgs) -> Result<Ending, Failure> {
    let page = arguments
        .output
        .output
        .as_deref()
        .filter(|path| is_page(path));
    if page.is_some() && (arguments.country.is_none() || arguments.output.format.is_some()) {
        return Err(Failure::usage(
            "a page (.html) is written for one country and has no --format; name a country, or end the file in .txt .csv .json .jsonl .parquet or .xlsx",
        ));
    }
    let format = match page {
        Some(_) => None,
        None => Some(arguments.output.resolve(terminal)?),
    };
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let as_of = match arguments.as_of {
        Some(day) => day,
        None => {
            let day = holders::newest_release(&snapshot).map_err(Failure::error)?;
            terminal.note(&format!(
                "as of {day}, when the newest TIC month of the snapshot came out"
            ));
            day
        }
    };
    let known = snapshot.known_on(as_of);
    let question = Question {
        since: arguments.since,
        custody_share: arguments.custody_share,
    };
    let Some(country) = &arguments.country else {
        let rows = holders::overview(&known, question).map_err(refused)?;
        let overview = Overview {
            as_of,
            since: arguments.since,
            rows: &rows,
        };
        if let Some(format) = format {
            let text = holders_text(&overview, style(terminal));
            let sheets = holders_sheets(&overview);
            let output = &arguments.output;
            output.deliver(terminal, format, &sheets, "holders", &text)?;
        }
        return Ok(Ending::Ok);
    };
    let holder = find(&known, country)?;
    let tracked = holders::track(&known, &holder, question).map_err(refused)?;
    deliver(terminal, arguments, &tracked, format)
}

fn deliver(
    terminal: Terminal,
    arguments: &HoldersArgs,
    tracked: &Tracked,
    format: Option<crate::args::SheetFormat>,
) -> Result<Ending, Failure> {
    match format {
        None => {
            let page = holder_html(tracked, env!("CARGO_PKG_VERSION"));
            arguments.output.write(terminal, page.as_bytes())?;
        }
        Some(format) => {
            let table = table_name(arguments.table.unwrap_or(HoldersTable::Months));
            let text = holder_text(tracked, style(terminal));
            let sheets = holder_sheets(tracked);
            arguments
                .output
                .deliver(terminal, format, &sheets, table, &text)?;
        }
    }
    Ok(Ending::Ok)
}

fn is_page(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| {
            ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
        })
}

/// The holder, or the nearest name and all names.
fn find(known: &KnownOn<'_>, typed: &str) -> Result<Holder, Failure> {
    match holders::names::resolve(known, typed) {
        Ok(holder) => Ok(holder),
        Err(error @ DataError::Unknown { .. }) => {
            let all = holders::names::holders(known).map_err(Failure::error)?;
            let names: Vec<&str> = all.iter().map(|holder| holder.name.as_str()).collect();
            let hint = match nearest(typed, names.iter().copied()) {
                Some(name) => format!("; did you mean `{name}`?"),
                None => ".".to_owned(),
            };
            match error {
                DataError::Unknown { known, .. } => Err(Failure::usage(format!(
                    "the monthly report lists no holder `{typed}`{hint} It lists: {known}"
                ))),
                other => Err(Failure::error(other)),
            }
        }
        Err(error) => Err(Failure::error(error)),
    }
}

/// What the user asked for that cannot be had is wrong usage; what is wrong with the data is an error.
fn refused(error: DataError) -> Failure {
    match error {
        DataError::Window { .. } | DataError::Share { .. } | DataError::NothingPublished { .. } => {
            Failure::usage(error)
        }
        other => Failure::error(other),
    }
}

fn table_name(table: HoldersTable) -> &'static str {
    match table {
        HoldersTable::Months => "months",
        HoldersTable::Summary => "summary",
        HoldersTable::Custody => "custody",
        HoldersTable::Interventions => "interventions",
        HoldersTable::Reserves => "reserves",
        HoldersTable::FedCustody => "fed_custody",
    }
}
