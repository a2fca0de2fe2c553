//! `brandish claims`: news documents in, checked claims out.
//!
//! Up to [`TOGETHER`] documents are read together: cards, groups, drift, timeline. More are a corpus and go batch by batch, so
//! that memory stays bounded; CSV and JSON lines are written as they come. A document that cannot be read is reported
//! and the rest goes on; the exit code then is 1.

mod benchmark;
mod corpus;
pub mod input;
mod scenarios;

use brandish_evidence::{Known, Lexicon, analyze, json};
use brandish_report::SummaryStyle;
use brandish_report::claims::{CLAIM_COLUMNS, Cards, claims_csv, claims_page, claims_text};
use brandish_scenario::last_day;

use crate::args::{ClaimsArgs, ClaimsFormat};
use crate::exit::{Ending, Failure};
use crate::load::load_snapshot;
use crate::terminal::Terminal;
use input::Input;

/// Most documents that are read together.
pub const TOGETHER: usize = 200;

/// Runs `claims`.
pub fn claims(terminal: Terminal, arguments: &ClaimsArgs) -> Result<Ending, Failure> {
    if let Some(threads) = arguments.threads {
        // A second pool of the same process is refused; there is only this one.
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
            .map_err(Failure::error)?;
    }
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    if arguments.snapshot.is_some() {
        brandish_evidence::check_tables(&snapshot).map_err(Failure::error)?;
    }
    let lexicon = input::lexicon(arguments.lexicon.iter().chain(&arguments.events))?;
    let as_of = match arguments.as_of {
        Some(day) => day,
        None => last_day(&snapshot).map_err(Failure::error)?,
    };
    let known = Known {
        snapshot: &snapshot,
        as_of,
        undated: arguments.undated,
    };
    if let (Some(folder), Some(key)) = (&arguments.corpus, &arguments.key) {
        return benchmark::benchmark(terminal, arguments.format, (folder, key), &lexicon, &known);
    }
    let files = input::files(&arguments.files)?;
    if files.len() > TOGETHER {
        return corpus::corpus(terminal, arguments, &files, &lexicon, known);
    }
    together(terminal, arguments, &files, &lexicon, &known)
}

fn together(
    terminal: Terminal,
    arguments: &ClaimsArgs,
    files: &[Input],
    lexicon: &Lexicon,
    known: &Known<'_>,
) -> Result<Ending, Failure> {
    let mut documents = Vec::new();
    let mut failed = 0;
    for file in files {
        match file.read() {
            Ok(document) => documents.push(document),
            Err(message) => {
                failed += 1;
                terminal.complain(&format!("error: {message}"));
            }
        }
    }
    if documents.is_empty() {
        return Err(Failure::error("no document could be read"));
    }
    let evidence = analyze(&documents, lexicon, known);
    let cards = Cards::of(&evidence);
    if let Some(path) = &arguments.report {
        let page = claims_page(&cards, env!("CARGO_PKG_VERSION"));
        std::fs::write(path, page)
            .map_err(|e| Failure::error(format!("cannot write {}: {e}", path.display())))?;
        terminal.note(&format!("report: {}", path.display()));
    }
    if let Some(folder) = &arguments.scenario {
        scenarios::write(terminal, folder, &evidence, known.snapshot)?;
    }
    match arguments.format {
        ClaimsFormat::Table => terminal.print(&claims_text(
            &cards,
            SummaryStyle {
                width: terminal.width(),
                plain: terminal.plain_output(),
            },
        ))?,
        ClaimsFormat::Csv => {
            terminal.print(&CLAIM_COLUMNS.join(","))?;
            terminal.print_bytes(&claims_csv(&evidence).map_err(Failure::error)?)?;
        }
        ClaimsFormat::Json => {
            let value = json::value(&evidence);
            terminal.print(&serde_json::to_string_pretty(&value).map_err(Failure::error)?)?;
        }
        ClaimsFormat::Jsonl => terminal.print(&json::value(&evidence).to_string())?,
    }
    if failed > 0 {
        return Err(Failure::error(format!(
            "{failed} of {} documents could not be read; the rest is above",
            files.len()
        )));
    }
    Ok(Ending::Ok)
}
