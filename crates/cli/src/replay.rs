//! A run as the command line makes it: overrides, identity, progress, interrupt. `run` and `verify` share it.
//!
//! The identifier of a run is the hash of everything that determines its numbers.
//! An interrupt stops the run after the paths in flight; what is finished is kept.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use brandish_data::Snapshot;
use brandish_report::{SnapshotRecord, SourceRecord, sha256_hex};
use brandish_scenario::file::Scenario;
use brandish_scenario::{Control, Outcome, Progress, ScenarioError, Settings};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::exit::Failure;
use crate::load;
use crate::terminal::Terminal;

/// Hex digits of a run's identifier.
const RUN_ID_DIGITS: usize = 12;
/// Exit code of a program that an interrupt ended at once.
const INTERRUPTED: i32 = 130;
/// How often the bar is redrawn.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// Runs a scenario with a progress bar. Ctrl-C stops it after the draws in flight, a second one at once.
pub fn compute(
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
    threads: Option<u16>,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let assumptions = &scenario.assumptions;
    let camps = (assumptions.camps.len() + assumptions.stress_camps.len()) as u64;
    let watch = Watch {
        threads,
        terminal,
        said: "stopping after the draws in flight; Ctrl-C again stops at once and keeps nothing",
        paths: camps * (u64::from(assumptions.draws) + 1),
    };
    let result = watch.over(
        |bar| say_the_rest(bar, terminal),
        |control| brandish_scenario::run(scenario, snapshot, settings, control),
    )?;
    let mut outcome = result.map_err(|error| explain(error, terminal))?;
    outcome.table.run_id = run_id(scenario, snapshot, settings)?;
    Ok(outcome)
}

/// Does other long work with the same bar, threads and Ctrl-C.
pub fn with_progress<T: Send>(
    threads: Option<u16>,
    terminal: Terminal,
    work: impl FnOnce(&Control<'_>) -> T + Send,
) -> Result<T, Failure> {
    let watch = Watch {
        threads,
        terminal,
        said: "stopping after the paths in flight; Ctrl-C again stops at once",
        paths: 0,
    };
    watch.over(|_| (), work)
}

/// Long work with a bar, threads of its own and Ctrl-C.
struct Watch {
    threads: Option<u16>,
    terminal: Terminal,
    /// Answer to the first Ctrl-C.
    said: &'static str,
    /// Paths to compute, as far as they are known before.
    paths: u64,
}

impl Watch {
    /// Does the work; `counted` is told when all paths are done and the rest has no count.
    fn over<T: Send>(
        self,
        counted: impl Fn(&ProgressBar) + Sync,
        work: impl FnOnce(&Control<'_>) -> T + Send,
    ) -> Result<T, Failure> {
        let cancel = Arc::new(AtomicBool::new(false));
        let bar = progress_bar(self.terminal, "paths");
        let computing = stop_on_interrupt(&cancel, &bar, self.terminal, self.said)?;
        bar.set_length(self.paths);
        let progress = |progress: Progress| {
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
            if progress.done == progress.total {
                counted(&bar);
            }
        };
        let control = Control {
            progress: &progress,
            cancel: &cancel,
        };
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, usize::from))
            .build()
            .map_err(Failure::error)?;
        let result = pool.install(|| work(&control));
        computing.store(false, Ordering::Relaxed);
        bar.finish_and_clear();
        Ok(result)
    }
}

/// Work that Ctrl-C stops.
struct Watched {
    cancel: Arc<AtomicBool>,
    computing: Arc<AtomicBool>,
    bar: ProgressBar,
    terminal: Terminal,
    said: &'static str,
}

/// The work at hand. A process has one handler of Ctrl-C, and a command may do one work after the other.
static WATCHED: Mutex<Option<Watched>> = Mutex::new(None);

/// Ctrl-C asks the work to stop; the second one ends the program while it computes, never while a folder is written.
/// The flag that is returned says whether it computes; `said` is what the first one is answered with. Who pressed Ctrl-C between
/// two works has asked the second one to stop.
pub fn stop_on_interrupt(
    cancel: &Arc<AtomicBool>,
    bar: &ProgressBar,
    terminal: Terminal,
    said: &'static str,
) -> Result<Arc<AtomicBool>, Failure> {
    let computing = Arc::new(AtomicBool::new(true));
    let next = Watched {
        cancel: Arc::clone(cancel),
        computing: Arc::clone(&computing),
        bar: bar.clone(),
        terminal,
        said,
    };
    let last = {
        let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        watched.replace(next)
    };
    if last.is_some_and(|last| last.cancel.load(Ordering::Relaxed)) {
        cancel.store(true, Ordering::Relaxed);
    }
    match ctrlc::set_handler(interrupted) {
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(computing),
        Err(error) => Err(Failure::error(error)),
    }
}

fn interrupted() {
    let watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(work) = watched.as_ref() else { return };
    let again = work.cancel.swap(true, Ordering::Relaxed);
    if !work.computing.load(Ordering::Relaxed) {
        return;
    }
    if again {
        std::process::exit(INTERRUPTED);
    }
    work.bar.suspend(|| work.terminal.note(work.said));
}

/// A bar with rate and time left that counts `what`.
pub fn progress_bar(terminal: Terminal, what: &str) -> ProgressBar {
    if !terminal.shows_progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    // A template that does not parse is a defect that shows as the default bar, not a reason to stop.
    let template = format!("{{wide_bar}} {{pos}}/{{len}} {what}  {{rate}}  {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        let style = style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            // Nothing is left to report to if the terminal is gone.
            let _ = write!(out, "{:.1}/s", state.per_sec());
        });
        bar.set_style(if terminal.plain_output() {
            style.progress_chars("=> ")
        } else {
            style
        });
    }
    bar.enable_steady_tick(PROGRESS_INTERVAL);
    bar
}

/// The draws are done; what is still computed from them has no count.
fn say_the_rest(bar: &ProgressBar, terminal: Terminal) {
    const REST: &str =
        "{spinner} all paths done; comparing with the other mode and with what happened";
    if let Ok(style) = ProgressStyle::with_template(REST) {
        bar.set_style(if terminal.plain_output() {
            style.tick_chars("-\\|/-")
        } else {
            style
        });
    }
}

/// The failure of a study in the words of the command line.
pub fn explain(error: ScenarioError, terminal: Terminal) -> Failure {
    match error {
        ScenarioError::Diagnostics(problems) => {
            Failure::diagnostics(load::render(&problems, terminal))
        }
        ScenarioError::NoBaseline { .. } => Failure::usage(error),
        other => Failure::error(other),
    }
}

/// Identifier of a run: hash of everything that determines its numbers.
pub fn run_id(
    scenario: &Scenario,
    snapshot: &Snapshot,
    settings: Settings,
) -> Result<String, Failure> {
    let text = format!(
        "{}\n{}\n{}\n{}",
        env!("CARGO_PKG_VERSION"),
        settings.name(),
        snapshot_record(snapshot)?.sha256,
        scenario.to_toml()
    );
    Ok(sha256_hex(text.as_bytes())
        .chars()
        .take(RUN_ID_DIGITS)
        .collect())
}

/// Every table of the snapshot with vintage and hash, and one hash of them all.
pub fn snapshot_record(snapshot: &Snapshot) -> Result<SnapshotRecord, Failure> {
    let mut sources = Vec::new();
    let mut all = String::new();
    for name in snapshot.table_names() {
        let metadata = snapshot.metadata(name).map_err(Failure::error)?;
        all.push_str(&format!("{name} {}\n", metadata.sha256));
        sources.push(SourceRecord {
            id: name.to_owned(),
            vintage: metadata.vintage.clone(),
            sha256: metadata.sha256.clone(),
        });
    }
    Ok(SnapshotRecord {
        sha256: sha256_hex(all.as_bytes()),
        sources,
    })
}
