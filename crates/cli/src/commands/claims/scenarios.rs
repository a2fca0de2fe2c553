//! `--scenario DIR`: a scenario file for every document that holds out a sale.
//!
//! Each file is checked as `brandish run` checks it before it is written. A document whose day has no baseline gets none, with
//! the reason; a file that is there already is not overwritten.

use std::path::Path;

use brandish_data::Snapshot;
use brandish_evidence::Evidence;
use brandish_report::claims::{Written, scenario_toml};
use brandish_scenario::{first_day, last_day, why_not};

use crate::exit::Failure;
use crate::load::check_with;
use crate::terminal::Terminal;

/// Days that are tried back from the day of a text, over weekends and holidays.
const BACK: i32 = 6;

pub fn write(
    terminal: Terminal,
    folder: &Path,
    evidence: &Evidence,
    snapshot: &Snapshot,
) -> Result<(), Failure> {
    if evidence.scenarios.is_empty() {
        terminal.note("no document holds out a sale with an amount; no scenario is written");
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::error(format!("cannot make {}: {e}", folder.display())))?;
    for implied in &evidence.scenarios {
        let Some(document) = evidence.documents.get(implied.document) else {
            continue;
        };
        let stated = implied.as_of.value.parse::<brandish_units::Date>().ok();
        let Some(stated) = stated else {
            terminal.complain(&format!(
                "{}: no scenario, since nothing fixes the day; name one with --undated",
                document.file
            ));
            continue;
        };
        let day = (0..BACK)
            .map(|back| stated.plus_days(-back))
            .find(|day| why_not(snapshot, *day).is_none());
        let Some(as_of) = day else {
            let last = last_day(snapshot).map_err(Failure::error)?;
            terminal.complain(&format!(
                "{}: no scenario, since {stated} has no baseline (days from {} to {last} have one)",
                document.file,
                first_day()
            ));
            continue;
        };
        let note = if as_of == stated {
            String::new()
        } else {
            format!("the last business day up to {stated}")
        };
        let name = name(&document.file, implied.document);
        let text = scenario_toml(
            implied,
            document,
            &Written {
                name: &name,
                as_of,
                as_of_note: &note,
            },
        );
        let path = folder.join(format!("{name}.toml"));
        let shown = path.display().to_string();
        check_with(
            &text,
            &shown,
            &|_| Err("an implied scenario has no files beside it".to_owned()),
            snapshot,
            terminal,
        )?;
        let mut options = std::fs::OpenOptions::new();
        let written = options
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
        written.map_err(|e| Failure::error(format!("cannot write {shown}: {e}")))?;
        terminal.note(&format!("scenario: {shown}"));
    }
    Ok(())
}

/// A scenario name from a file's name: lower-case letters, digits, hyphens.
fn name(file: &str, number: usize) -> String {
    let stem = Path::new(file)
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().to_lowercase());
    let mut out = String::new();
    for c in stem.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let out: String = out.chars().take(40).collect();
    let out = out.trim_matches('-');
    format!(
        "implied-{number}{}{out}",
        if out.is_empty() { "" } else { "-" }
    )
}
