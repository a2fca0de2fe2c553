//! `brandish ways`: the seller's choices of a scenario.
//!
//! The text goes to stdout, or one table, or all of them, in a format of its own or to a file. An interrupt keeps the draws that are
//! finished; before the central values are there it ends with nothing printed.

use std::path::Path;

use brandish_data::Percent;
use brandish_report::{ways_sheets, ways_text, write_ways_html};
use brandish_scenario::ways::{AdequacyFile, WaysSettings, ways};
use brandish_scenario::{MOST_FAILED_SHARE, ScenarioError, why_not};

use crate::args::{SheetFormat, WaysArgs};
use crate::commands::price::style;
use crate::exit::{Ending, Failure};
use crate::load::{load_camp, load_scenario, load_snapshot, read_table, render};
use crate::replay::with_progress;
use crate::terminal::Terminal;

/// Rates beyond these percents are taken for a mistake of unit.
const RATE_RANGE_PCT: std::ops::RangeInclusive<f64> = -5.0..=50.0;

/// Compares the seller's choices.
pub fn ways_of(terminal: Terminal, arguments: &WaysArgs) -> Result<Ending, Failure> {
    let format = arguments.output.resolve(terminal)?;
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let mut scenario = load_scenario(&arguments.scenario, &snapshot, terminal)?.scenario;
    if let Some(as_of) = arguments.as_of {
        scenario.as_of = as_of;
    }
    if let Some(path) = &arguments.camp {
        let camp = load_camp(path, terminal)?;
        scenario.assumptions.take_own_camp(camp);
    }
    if let Some(reason) = why_not(&snapshot, scenario.as_of) {
        return Err(Failure::usage(format!(
            "no baseline for {}: {reason}",
            scenario.as_of
        )));
    }
    let settings = WaysSettings {
        paces: arguments.days.clone(),
        draws: arguments.draws,
        seed: arguments.seed.unwrap_or(scenario.assumptions.seed),
        repo_rate: arguments.repo_rate.map(rate).transpose()?,
        adequacy: arguments
            .adequacy
            .as_deref()
            .map(|path| adequacy(path, terminal))
            .transpose()?,
    };
    let found = with_progress(arguments.threads, terminal, |control| {
        ways(&scenario, &snapshot, &settings, control)
    })?;
    let found = match found {
        Ok(found) => found,
        Err(ScenarioError::Stopped) => {
            terminal.complain("interrupted: nothing is printed");
            return Ok(Ending::Interrupted);
        }
        Err(error) => return Err(refuse(error, terminal)),
    };
    let text = ways_text(&found, style(terminal));
    if format == SheetFormat::Html {
        let mut page = Vec::new();
        write_ways_html(&found, &text, &mut page).map_err(Failure::error)?;
        arguments.output.write(terminal, &page)?;
    } else {
        arguments.output.deliver(
            terminal,
            format,
            &ways_sheets(&found),
            arguments.table.sheet(),
            &text,
        )?;
    }
    for warning in &found.warnings {
        terminal.note(&format!("warning[{}]: {}", warning.code, warning.text));
    }
    if found.interrupted {
        terminal.complain(&format!(
            "interrupted: bands are of {} of {} draws per camp",
            found.draws_finished, found.draws_asked
        ));
        return Ok(Ending::Interrupted);
    }
    let failing: Vec<String> = found
        .camps
        .iter()
        .filter(|camp| camp.failed as f64 > MOST_FAILED_SHARE * camp.paths as f64)
        .map(|camp| {
            format!(
                "{} of {} in camp {}",
                camp.failed,
                camp.paths,
                camp.camp.letter()
            )
        })
        .collect();
    if failing.is_empty() {
        return Ok(Ending::Ok);
    }
    terminal.complain(&format!(
        "error: more than {:.0}% of the paths failed: {}; the tables hold what is left",
        100.0 * MOST_FAILED_SHARE,
        failing.join(", ")
    ));
    Ok(Ending::CheckFailed)
}

fn rate(percent: f64) -> Result<Percent, Failure> {
    if RATE_RANGE_PCT.contains(&percent) {
        return Ok(Percent(percent));
    }
    Err(Failure::usage(format!(
        "--repo-rate {percent}: give percent a year, from {} to {}",
        RATE_RANGE_PCT.start(),
        RATE_RANGE_PCT.end()
    )))
}

fn adequacy(path: &Path, terminal: Terminal) -> Result<AdequacyFile, Failure> {
    AdequacyFile::parse(&read_table(path)?, &path.display().to_string())
        .map_err(|found| Failure::diagnostics(render(&found, terminal)))
}

fn refuse(error: ScenarioError, terminal: Terminal) -> Failure {
    match error {
        ScenarioError::Diagnostics(problems) => Failure::diagnostics(render(&problems, terminal)),
        error @ (ScenarioError::NoSale { .. } | ScenarioError::PaceBeyondHorizon { .. }) => {
            Failure::usage(error)
        }
        other => Failure::error(other),
    }
}
