//! `brandish card`: what the threat of a scenario is worth.
//!
//! The summary goes to stdout, or the long table; the page and the game, for other programs, go to files on request. A
//! solver that cannot certify its point ends the command with 3.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use brandish_card::{Card, CardControl, CardError, CardSettings, Depth, RESOLUTIONS, value};
use brandish_data::Snapshot;
use brandish_report::{
    CardHead, SummaryStyle, card_html, card_summary, card_table, write_csv, write_json,
};
use brandish_scenario::branches::BranchEngine;
use brandish_scenario::file::Scenario;
use brandish_scenario::{ScenarioError, Settings, why_not};

use crate::args::{CardArgs, ListFormat};
use crate::commands::game::{stop_at, write};
use crate::exit::{Ending, Failure};
use crate::load::{load_camp, load_scenario, load_snapshot, render};
use crate::terminal::Terminal;

/// Largest precision that is asked for: with stakes of some $100bn play is rational to six digits long before.
const LARGEST_LAMBDA: f64 = 100.0;

/// Precision above which a whole valuation is not started without a limit of time: near rational play the branches of games of a
/// hundred thousand nodes fold dozens of times.
const LONG_LAMBDA: f64 = 0.2;

/// Values the card of a scenario.
pub fn card(terminal: Terminal, arguments: &CardArgs) -> Result<Ending, Failure> {
    // Asked before a minute of work, not after it.
    for (option, path) in [("--efg", &arguments.efg), ("-o", &arguments.output)] {
        if let Some(path) = path {
            can_write(option, path)?;
        }
    }
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let mut scenario = load_scenario(&arguments.scenario, &snapshot, terminal)?.scenario;
    if let Some(as_of) = arguments.as_of {
        scenario.as_of = as_of;
    }
    if let Some(path) = &arguments.camp {
        scenario
            .assumptions
            .take_own_camp(load_camp(path, terminal)?);
    }
    if let Some(reason) = why_not(&snapshot, scenario.as_of) {
        return Err(Failure::usage(format!(
            "no baseline for {}: {reason}",
            scenario.as_of
        )));
    }
    let mut settings = CardSettings::usual(arguments.seed.unwrap_or(scenario.assumptions.seed));
    if arguments.quick {
        settings.depth = Depth::Quick;
    }
    if let Some(draws) = arguments.draws {
        settings.draws = draws as usize;
    }
    if let Some(lambda) = arguments.lambda {
        if !(lambda > 0.0 && lambda <= LARGEST_LAMBDA) {
            return Err(Failure::usage(format!(
                "--lambda {lambda}: give a precision above 0 and at most {LARGEST_LAMBDA} per $bn"
            )));
        }
        if lambda > LONG_LAMBDA && !arguments.quick && arguments.time_limit.is_none() {
            return Err(Failure::usage(format!(
                "--lambda {lambda}: above {LONG_LAMBDA} the branches of the large games turn back so often that a whole valuation can take many minutes; add --quick, or --time-limit S to say how long it may take"
            )));
        }
        settings.lambda = lambda;
    }
    if let Some(name) = RESOLUTIONS
        .iter()
        .find(|name| **name == arguments.structure)
    {
        settings.point = *name;
    }
    let engine = engine(&scenario, &snapshot, Settings::Product, terminal)?;
    let cancel = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&cancel);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed)).map_err(Failure::error)?;
    let late = stop_at(arguments.time_limit, &cancel)?;
    let control = CardControl {
        progress: &|part| {
            if terminal.shows_progress() {
                terminal.note(part);
            }
        },
        cancel: &cancel,
        late: &late,
    };
    let found = match valued(&engine, &settings, &control, arguments.threads)? {
        Ok(found) => found,
        Err(CardError::Stopped) if !cancel.load(Ordering::Relaxed) => {
            let seconds = arguments.time_limit.unwrap_or(f64::INFINITY);
            return Err(Failure::check(format!(
                "no answer was certified within --time-limit {seconds}; none is printed"
            )));
        }
        Err(CardError::Stopped) => {
            terminal.complain("interrupted: nothing is printed");
            return Ok(Ending::Interrupted);
        }
        Err(error) => return Err(failure(error, terminal)),
    };
    let head = head(&scenario);
    print(terminal, arguments.format, &found, &head)?;
    files(terminal, arguments, &found, &head)?;
    Ok(Ending::Ok)
}

/// The market of the scenario's day for the branches of the game; a scenario without a card is refused.
pub fn engine(
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
    terminal: Terminal,
) -> Result<BranchEngine, Failure> {
    BranchEngine::new(scenario, snapshot, settings)
        .map_err(|error| scenario_failure(error, terminal))
}

/// Values a card on threads of its own. `run`, `verify` and `card` come here.
pub fn valued(
    engine: &BranchEngine,
    settings: &CardSettings,
    control: &CardControl<'_>,
    threads: Option<u16>,
) -> Result<Result<Card, CardError>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build()
        .map_err(Failure::error)?;
    Ok(pool.install(|| value(engine, settings, control)))
}

/// The failure of a valuation in the words of the command line.
pub fn failure(error: CardError, terminal: Terminal) -> Failure {
    match error {
        CardError::Scenario(error) => scenario_failure(error, terminal),
        error if error.is_uncertified() => Failure::check(error),
        error => Failure::error(error),
    }
}

/// What names the card of a scenario.
pub fn head(scenario: &Scenario) -> CardHead {
    CardHead {
        scenario: scenario.name.as_str().to_owned(),
        title: scenario.title.clone(),
        as_of: scenario.as_of,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn print(
    terminal: Terminal,
    format: ListFormat,
    card: &Card,
    head: &CardHead,
) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    match format {
        ListFormat::Table => {
            let style = SummaryStyle {
                width: terminal.width(),
                plain: terminal.plain_output(),
            };
            return terminal.print(&card_summary(card, head, style));
        }
        ListFormat::Csv => write_csv(&card_table(card, head), &mut bytes),
        ListFormat::Json => write_json(&card_table(card, head), &mut bytes),
    }
    .map_err(Failure::error)?;
    terminal.print_bytes(&bytes)
}

fn files(
    terminal: Terminal,
    arguments: &CardArgs,
    card: &Card,
    head: &CardHead,
) -> Result<(), Failure> {
    if let Some(path) = &arguments.efg {
        for camp in &card.camps {
            let path = for_camp(path, camp.camp.letter());
            write(&path, &camp.efg)?;
            terminal.note(&format!(
                "game of camp {}: {}",
                camp.camp.letter(),
                path.display()
            ));
        }
    }
    if let Some(path) = &arguments.output {
        write(path, &card_html(card, head))?;
        terminal.note(&format!("report: {}", path.display()));
    }
    Ok(())
}

/// Refuses a file that cannot be written where it is asked for.
fn can_write(option: &str, path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::usage(format!(
            "{option} {}: that is a folder; name a file in it",
            path.display()
        )));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::usage(format!(
            "{option} {}: there is no folder {}; create it or name another",
            path.display(),
            folder.display()
        ))),
        _ => Ok(()),
    }
}

/// `out.efg` for camp C is `out.C.efg`.
fn for_camp(path: &Path, letter: &str) -> std::path::PathBuf {
    let ending = path.extension().map_or_else(
        || "efg".into(),
        |ending| ending.to_string_lossy().into_owned(),
    );
    path.with_extension(format!("{letter}.{ending}"))
}

fn scenario_failure(error: ScenarioError, terminal: Terminal) -> Failure {
    match error {
        ScenarioError::Diagnostics(problems) => Failure::diagnostics(render(&problems, terminal)),
        error @ ScenarioError::NoPlan { .. } => Failure::usage(error),
        other => Failure::error(other),
    }
}
