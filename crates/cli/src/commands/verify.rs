//! `brandish verify`: replays a run folder and compares every number, bit for bit.
//!
//! The manifest's own text is run again, not the file it once came from; another snapshot is an error, a changed number a
//! failed check.

use brandish_data::Snapshot;
use brandish_report::{Beside, Manifest, ReportError, RunFolder, compare};
use brandish_scenario::Settings;
use brandish_scenario::branches::BranchEngine;
use brandish_scenario::file::{Scenario, portfolio_in_canonical};

use crate::args::{CardDepth, VerifyArgs};
use crate::commands::asked::{Valued, card_file, card_record, value_card};
use crate::commands::card;
use crate::exit::{Ending, Failure};
use crate::load::{check_with, load_snapshot};
use crate::replay::{compute, run_id, snapshot_record};
use crate::terminal::Terminal;

/// Differences that are listed before the rest is only counted.
const MOST_SHOWN: usize = 10;
/// Rows that a run does not have if it was interrupted before them.
const AFTER_ALL_DRAWS: [&str; 2] = ["yield_change_other_mode", "yield_change_peak_other_mode"];

/// Replays a run.
pub fn verify(terminal: Terminal, arguments: &VerifyArgs) -> Result<Ending, Failure> {
    let folder = RunFolder::open(&arguments.run);
    let manifest = folder.read_manifest().map_err(|error| match error {
        ReportError::Changed { .. } => failed_check(error),
        unreadable => Failure::error(unreadable),
    })?;
    folder.check_files(&manifest).map_err(failed_check)?;
    let written = folder.read_table(&manifest).map_err(failed_check)?;
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let record = snapshot_record(&snapshot)?;
    if record.sha256 != manifest.snapshot.sha256 {
        let changed: Vec<&str> = manifest
            .snapshot
            .sources
            .iter()
            .filter(|source| !record.sources.contains(source))
            .map(|source| source.id.as_str())
            .collect();
        return Err(Failure::error(format!(
            "{} was made with another snapshot (changed: {}); give that snapshot with --snapshot DIR",
            arguments.run.display(),
            changed.join(", ")
        )));
    }
    if manifest.version != env!("CARGO_PKG_VERSION") {
        terminal.note(&format!(
            "note: the run was made by brandish {}, this is {}",
            manifest.version,
            env!("CARGO_PKG_VERSION")
        ));
    }
    let text = &manifest.scenario.text;
    let portfolio = |path: &str| {
        portfolio_in_canonical(text, path)
            .ok_or_else(|| format!("the manifest has no lots of {path}"))
    };
    let mut scenario = check_with(text, "scenario.toml", &portfolio, &snapshot, terminal)?;
    let settings = Settings::from_name(&manifest.settings).ok_or_else(|| {
        Failure::error(format!(
            "the manifest names unknown settings `{}`",
            manifest.settings
        ))
    })?;
    fits_its_scenario(&manifest, &scenario, &snapshot, settings)?;
    scenario.assumptions.draws = manifest.draws_finished.max(1);
    let mut outcome = compute(&scenario, &snapshot, settings, arguments.threads, terminal)?;
    if outcome.interrupted {
        terminal.complain("interrupted before the replay was complete: nothing was compared");
        return Ok(Ending::Interrupted);
    }
    if !written
        .rows
        .iter()
        .any(|row| AFTER_ALL_DRAWS.contains(&row.measure))
    {
        outcome
            .table
            .rows
            .retain(|row| !AFTER_ALL_DRAWS.contains(&row.measure));
    }
    outcome.table.run_id.clone_from(&manifest.run_id);
    let comparison = compare(&written, &outcome.table);
    if comparison.is_equal() {
        terminal.print(&format!(
            "{}: {} numbers replayed, all equal to the last bit",
            arguments.run.display(),
            written.rows.len()
        ))?;
        let claims = folder.read_beside(&manifest, Beside::Claims);
        if claims.map_err(failed_check)?.is_some() {
            terminal.note(
                "note: claims and documents are as they were written; the texts are not part of the run, so they are not read again",
            );
        }
        scenario.assumptions.draws = manifest.draws;
        let card = folder.read_beside(&manifest, Beside::Card);
        let Some(card) = card.map_err(failed_check)? else {
            return Ok(Ending::Ok);
        };
        let market = card::engine(&scenario, &snapshot, settings, terminal)?;
        return replay_card(
            terminal,
            arguments,
            (&manifest, &card),
            (&market, &scenario),
        );
    }
    let mut text = format!("{}: the replay differs\n", arguments.run.display());
    for difference in comparison.differences.iter().take(MOST_SHOWN) {
        text.push_str(&format!("  {difference}\n"));
    }
    text.push_str(&format!(
        "{} of {} numbers differ",
        comparison.different,
        written.rows.len()
    ));
    terminal.print(&text)?;
    Ok(Ending::CheckFailed)
}

/// Values the card again and compares it line by line.
fn replay_card(
    terminal: Terminal,
    arguments: &VerifyArgs,
    (manifest, written): (&Manifest, &[u8]),
    (market, scenario): (&BranchEngine, &Scenario),
) -> Result<Ending, Failure> {
    let Some(record) = &manifest.card else {
        return Err(Failure::check(
            "manifest.json was changed after the run: it lists a card and does not say how it was valued",
        ));
    };
    let expected = CardDepth::from_name(&record.depth).map(|depth| card_record(depth, scenario));
    if expected.as_ref() != Some(record) {
        return Err(Failure::check(format!(
            "manifest.json was changed after the run: no run of this scenario values its card with depth {} and {} draws",
            record.depth, record.draws
        )));
    }
    let work = (record, scenario);
    let card = match value_card(market, work, arguments.threads, terminal)? {
        Valued::Done(card) => card,
        Valued::Failed(failure) => return Err(failure),
        Valued::Interrupted => {
            terminal.complain("interrupted before the card was valued again: it was not compared");
            return Ok(Ending::Interrupted);
        }
    };
    let again = card_file(&card, scenario)?;
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        text.lines().map(str::to_owned).collect()
    };
    let (old, new) = (lines(written), lines(&again));
    if written == again {
        terminal.print(&format!(
            "the card: {} numbers replayed, all equal to the last bit",
            old.len().saturating_sub(1)
        ))?;
        return Ok(Ending::Ok);
    }
    let mut text = String::from("the card differs\n");
    let differ = || old.iter().zip(&new).filter(|(old, new)| old != new);
    for (old, new) in differ().take(MOST_SHOWN) {
        text.push_str(&format!("  {old}\n  now {new}\n"));
    }
    text.push_str(&format!(
        "{} of {} lines differ, {} are there now",
        differ().count(),
        old.len(),
        new.len()
    ));
    terminal.print(&text)?;
    Ok(Ending::CheckFailed)
}

/// What the manifest repeats of its scenario must agree with it, and its identifier with everything it stands for.
fn fits_its_scenario(
    manifest: &Manifest,
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
) -> Result<(), Failure> {
    let assumptions = &scenario.assumptions;
    let pairs = [
        ("as_of", manifest.as_of.clone(), scenario.as_of.to_string()),
        (
            "seed",
            manifest.seed.to_string(),
            assumptions.seed.to_string(),
        ),
        (
            "draws",
            manifest.draws.to_string(),
            assumptions.draws.to_string(),
        ),
    ];
    for (what, said, found) in pairs {
        if said != found {
            return Err(Failure::check(format!(
                "manifest.json was changed after the run: it says {what} {said}, its scenario says {found}"
            )));
        }
    }
    if manifest.draws_finished > manifest.draws {
        return Err(Failure::check(format!(
            "manifest.json was changed after the run: {} of {} draws cannot be finished",
            manifest.draws_finished, manifest.draws
        )));
    }
    let id = run_id(scenario, snapshot, settings)?;
    if manifest.version == env!("CARGO_PKG_VERSION") && manifest.run_id != id {
        return Err(Failure::check(format!(
            "manifest.json was changed after the run: its scenario, settings and snapshot make run {id}, not {}",
            manifest.run_id
        )));
    }
    Ok(())
}

/// A file that is not what the manifest says: a failed check, not a failing program.
fn failed_check(error: ReportError) -> Failure {
    Failure::check(error)
}
