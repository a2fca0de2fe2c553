//! `brandish run`: scenario in, summary, run folder and report out.
//!
//! The target folder is tried before any work, so that a long run does not end at a read-only place. What goes to stdout is
//! one format; the run folder always has everything. What is there on request (see `asked`) comes beside it.

use std::path::{Path, PathBuf};

use brandish_report::view::{ManifestLine, Report};
use brandish_report::{
    Asked, Beside, CardSection, Existing, MANIFEST_SCHEMA, Manifest, ReportInput, RunFiles,
    RunFolder, ScenarioRecord, Sections, SummaryStyle, has_charts, report_html, summary, write_csv,
    write_json, write_parquet, write_run_xlsx,
};
use brandish_scenario::file::{Allocation, Scenario};
use brandish_scenario::{MOST_FAILED_SHARE, Outcome, Settings, why_not};

use crate::args::{AllocationArg, Format, RunArgs, SettingsArg};
use crate::commands::asked::{self, Evidence, Valued};
use crate::commands::card;
use crate::exit::{Ending, Failure};
use crate::load::{load_camp, load_curve, load_scenario, load_snapshot};
use crate::machine;
use crate::replay::{compute, run_id, snapshot_record};
use crate::terminal::Terminal;

/// Columns of `summary.txt` in the run folder.
const SUMMARY_FILE_WIDTH: usize = 80;
/// Warning of an interrupted run: said even with `--quiet`.
const INTERRUPTED: &str = "BR031";
/// Warnings that are about this order and these draws: said in full on stderr. The report has the text of all.
const AT_ONCE: [&str; 6] = ["BR015", "BR016", "BR018", "BR019", "BR030", INTERRUPTED];
/// Folder in which runs are kept unless another is named.
const RUNS: &str = "runs";

/// Runs a scenario.
pub fn run(terminal: Terminal, arguments: &RunArgs) -> Result<Ending, Failure> {
    if matches!(arguments.format, Format::Parquet | Format::Xlsx) && terminal.stdout_is_terminal() {
        return Err(Failure::usage(
            "Parquet and Excel are binary and stdout is a terminal; redirect it (`> run.parquet`, `> run.xlsx`) or use --format csv",
        ));
    }
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let mut scenario = load_scenario(&arguments.scenario, &snapshot, terminal)?.scenario;
    override_scenario(&mut scenario, arguments);
    if let Some(path) = &arguments.camp {
        let camp = load_camp(path, terminal)?;
        scenario.assumptions.take_own_camp(camp);
    }
    if let Some(path) = &arguments.curve {
        scenario.assumptions.curve = Some(load_curve(path, arguments.curve_kind, terminal)?);
    }
    if let Some(reason) = why_not(&snapshot, scenario.as_of) {
        return Err(Failure::usage(format!(
            "no baseline for {}: {reason}",
            scenario.as_of
        )));
    }
    let settings = match arguments.settings {
        SettingsArg::Product => Settings::Product,
        SettingsArg::Reference => Settings::Reference,
    };
    let id = run_id(&scenario, &snapshot, settings)?;
    let target = arguments
        .output
        .clone()
        .unwrap_or_else(|| Path::new(RUNS).join(format!("{}-{id}", scenario.name)));
    RunFolder::check_target(&target, Existing::ReplaceRun).map_err(Failure::error)?;
    let evidence = Evidence::read(arguments, &snapshot, &scenario, terminal)?;
    let stakes = match arguments.asked.card {
        Some(depth) => Some((
            card::engine(&scenario, &snapshot, settings, terminal)?,
            asked::card_record(depth, &scenario),
        )),
        None => None,
    };

    let started = machine::now();
    let outcome = compute(&scenario, &snapshot, settings, arguments.threads, terminal)?;
    let mut manifest = manifest(&outcome, &snapshot, started, arguments.threads)?;
    let allocation = outcome.scenario.assumptions.allocation;
    let (table, report) = side_by_side(
        arguments.threads,
        || parquet(&outcome),
        || {
            Report::build(&ReportInput::from_outcome(
                &outcome,
                env!("CARGO_PKG_VERSION"),
                lines(&manifest, allocation),
            ))
        },
    );
    let table = table?;
    let mut sections = Sections {
        card: match &stakes {
            Some(_) => Asked::Missing(asked::NOT_YET),
            None => Asked::No,
        },
        evidence: match &evidence {
            Some(evidence) => Asked::Here(evidence.section()),
            None => Asked::No,
        },
    };
    let mut beside = match &evidence {
        Some(evidence) => evidence.files()?,
        None => Vec::new(),
    };
    let write = |manifest: &Manifest, sections: &Sections<'_>, beside: &[(Beside, Vec<u8>)]| {
        let html = report_html(&report, sections).map_err(Failure::error)?;
        let files = Files {
            scenario: &scenario,
            table: &table,
            html: &html,
            beside,
        };
        write_folder(&target, manifest, &report, &files)
    };
    let folder = write(&manifest, &sections, &beside)?;

    // The folder stands, whatever becomes of stdout or the card: it is named in any case.
    let printed = print(terminal, arguments.format, &outcome, &report);
    let mut stopped = outcome.interrupted;
    let mut without_card = None;
    if let Some((engine, record)) = stakes.filter(|_| !outcome.interrupted) {
        terminal.note(&format!(
            "the run is in {}; now the card, which takes longer",
            target.display()
        ));
        let work = (&record, &scenario);
        match asked::value_card(&engine, work, arguments.threads, terminal)? {
            Valued::Done(found) => {
                let head = card::head(&scenario);
                sections.card = Asked::Here(CardSection {
                    card: &found,
                    head: &head,
                });
                beside.push((Beside::Card, asked::card_file(&found, &scenario)?));
                manifest.card = Some(record);
                manifest.finished = machine::now();
                write(&manifest, &sections, &beside)?;
            }
            Valued::Interrupted => {
                terminal.complain("interrupted: the run is complete, its card is not there");
                stopped = true;
            }
            Valued::Failed(failure) => {
                let reason = format!("There is no card: {}.", failure.message);
                sections.card = Asked::Missing(&reason);
                write(&manifest, &sections, &beside)?;
                without_card = Some(failure);
            }
        }
    }
    say_where(terminal, &folder);
    for warning in outcome
        .warnings
        .iter()
        .filter(|warning| AT_ONCE.contains(&warning.code))
    {
        let text = format!("warning[{}]: {}", warning.code, warning.text);
        if warning.code == INTERRUPTED {
            terminal.complain(&text)
        } else {
            terminal.note(&text)
        }
    }
    printed?;
    if stopped {
        return Ok(Ending::Interrupted);
    }
    if let Some(failure) = without_card {
        return Err(failure);
    }
    let failing: Vec<String> = outcome
        .failing_camps()
        .map(|camp| {
            format!(
                "{} of {} in camp {}",
                camp.failed,
                camp.failed + camp.draws,
                camp.camp.letter()
            )
        })
        .collect();
    if failing.is_empty() {
        return match evidence.and_then(|evidence| evidence.complaint()) {
            Some(complaint) => Err(Failure::error(complaint)),
            None => Ok(Ending::Ok),
        };
    }
    terminal.complain(&format!(
        "error: more than {:.0}% of the draws failed: {}; the tables hold what is left, and the first error of each camp is warning BR030",
        100.0 * MOST_FAILED_SHARE,
        failing.join(", ")
    ));
    Ok(Ending::CheckFailed)
}

/// Options of the command line stand above the file.
fn override_scenario(scenario: &mut Scenario, arguments: &RunArgs) {
    if let Some(as_of) = arguments.as_of {
        scenario.as_of = as_of;
    }
    if let Some(draws) = arguments.draws {
        scenario.assumptions.draws = draws;
    }
    if let Some(allocation) = arguments.allocation {
        scenario.assumptions.allocation = match allocation {
            AllocationArg::EachCamp => Allocation::EachCamp,
            AllocationArg::ByWeight => Allocation::ByWeight,
        };
    }
    if let Some(seed) = arguments.seed {
        scenario.assumptions.seed = seed;
    }
}

fn manifest(
    outcome: &Outcome,
    snapshot: &brandish_data::Snapshot,
    started: String,
    threads: Option<u16>,
) -> Result<Manifest, Failure> {
    let scenario = &outcome.scenario;
    let finished = outcome.draws_finished();
    let available = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(Manifest {
        schema: MANIFEST_SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run_id: outcome.table.run_id.clone(),
        scenario: ScenarioRecord::new(scenario.name.as_str(), scenario.to_toml()),
        snapshot: snapshot_record(snapshot)?,
        as_of: scenario.as_of.to_string(),
        seed: scenario.assumptions.seed,
        draws: scenario.assumptions.draws,
        draws_finished: u32::try_from(finished).unwrap_or(u32::MAX),
        settings: outcome.settings.name().to_owned(),
        threads: threads.map_or(u32::try_from(available).unwrap_or(1), u32::from),
        machine: machine::machine(),
        started,
        finished: machine::now(),
        card: None,
        files: Vec::new(),
    })
}

/// The manifest as the report prints it.
fn lines(manifest: &Manifest, allocation: Allocation) -> Vec<ManifestLine> {
    let what = match allocation {
        Allocation::EachCamp => "per camp",
        Allocation::ByWeight => "over the camps by weight",
    };
    let draws = format!("{} of {} {what}", manifest.draws_finished, manifest.draws);
    [
        ("run", manifest.run_id.clone()),
        ("brandish", manifest.version.clone()),
        (
            "scenario",
            format!(
                "{} (sha256 {})",
                manifest.scenario.name, manifest.scenario.sha256
            ),
        ),
        ("as of", manifest.as_of.clone()),
        ("settings", manifest.settings.clone()),
        ("seed", manifest.seed.to_string()),
        ("draws", draws),
        ("snapshot", format!("sha256 {}", manifest.snapshot.sha256)),
        (
            "machine",
            format!(
                "{} {} ({})",
                manifest.machine.os,
                manifest.machine.arch,
                manifest.machine.cpu_features.join(", ")
            ),
        ),
        ("threads", manifest.threads.to_string()),
        ("finished", manifest.finished.clone()),
    ]
    .into_iter()
    .map(|(label, value)| ManifestLine {
        label: label.to_owned(),
        value,
    })
    .collect()
}

/// The two on threads of their own, unless the run is held to one.
fn side_by_side<A: Send, B>(
    threads: Option<u16>,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    if threads == Some(1) {
        return (first(), second());
    }
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        match first.join() {
            Ok(first) => (first, second),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn parquet(outcome: &Outcome) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    write_parquet(&outcome.table, &mut bytes).map_err(Failure::error)?;
    Ok(bytes)
}

/// What goes into the folder beside manifest and summary.
struct Files<'a> {
    scenario: &'a Scenario,
    table: &'a [u8],
    html: &'a str,
    beside: &'a [(Beside, Vec<u8>)],
}

fn write_folder(
    target: &Path,
    manifest: &Manifest,
    report: &Report,
    files: &Files<'_>,
) -> Result<RunFolder, Failure> {
    let text = summary(
        report,
        SummaryStyle {
            width: SUMMARY_FILE_WIDTH,
            plain: false,
        },
    );
    let files = RunFiles {
        manifest,
        scenario_toml: &files.scenario.to_toml(),
        table_parquet: files.table,
        report_html: files.html,
        summary: &text,
        beside: files.beside,
    };
    RunFolder::create(target, Existing::ReplaceRun, &files).map_err(Failure::error)
}

fn print(
    terminal: Terminal,
    format: Format,
    outcome: &Outcome,
    report: &Report,
) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    match format {
        Format::Table => {
            let style = SummaryStyle {
                width: terminal.width(),
                plain: terminal.plain_output(),
            };
            return terminal.print(&summary(report, style));
        }
        Format::Csv => write_csv(&outcome.table, &mut bytes),
        Format::Json => write_json(&outcome.table, &mut bytes),
        Format::Xlsx => write_run_xlsx(&outcome.table, &mut bytes),
        Format::Parquet => {
            bytes = parquet(outcome)?;
            Ok(())
        }
    }
    .map_err(Failure::error)?;
    terminal.print_bytes(&bytes)
}

fn say_where(terminal: Terminal, folder: &RunFolder) {
    let shown: PathBuf = folder.report_path();
    terminal.note(&format!("report: {}", shown.display()));
    if !has_charts() {
        terminal.note(
            "note: this build has no charts in its report (the page bundle was not built); the tables are all there. \
             Install Node, run `make web`, and build again.",
        );
    }
}
