//! `brandish backtest`: real episodes in, scores out, misses first.
//!
//! Episodes are shipped ones or files of the user's. The draws of all camps share their numbers, so results do not depend on threads. If more
//! than one percent of the draws find no price, the command says so and ends with status 3.

use std::sync::atomic::AtomicBool;

use brandish_report::{
    BacktestView, SummaryStyle, sha256_hex, write_csv, write_json, write_parquet,
};
use brandish_scenario::ScenarioError;
use brandish_scenario::backtest::episode::Episode;
use brandish_scenario::backtest::{
    Backtest, BacktestOptions, Declaration, backtest as run_backtest, episode_names, weigh,
};
use brandish_scenario::parameters::ParameterBook;

use crate::args::{BacktestArgs, BacktestFormat};
use crate::exit::{Ending, Failure};
use crate::load::{load_camp, load_episode, load_snapshot, render};
use crate::replay::snapshot_record;
use crate::terminal::Terminal;

/// Hex digits of the identifier.
const RUN_ID_DIGITS: usize = 12;
/// Share of failed draws beyond which the command fails.
const MOST_FAILED: f64 = 0.01;

/// Runs the backtests.
pub fn backtest(terminal: Terminal, arguments: &BacktestArgs) -> Result<Ending, Failure> {
    if arguments.list {
        terminal.print(&format!("{}\n", episode_names().join("\n")))?;
        return Ok(Ending::Ok);
    }
    if arguments.format == BacktestFormat::Parquet && terminal.stdout_is_terminal() {
        return Err(Failure::usage(
            "Parquet is binary and stdout is a terminal; redirect it (`> backtest.parquet`) or use --format csv",
        ));
    }
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let episodes = episodes(terminal, arguments)?;
    let own = match &arguments.camp {
        Some(path) => Some(load_camp(path, terminal)?),
        None => None,
    };
    let book = ParameterBook::shipped()
        .map_err(Failure::error)?
        .with_own(own.as_ref());
    let declaration = Declaration::shipped().map_err(Failure::error)?;
    let cancel = AtomicBool::new(false);
    let options = BacktestOptions {
        declaration: &declaration,
        book: &book,
        draws: arguments.draws.unwrap_or(declaration.draws),
        seed: arguments.seed.unwrap_or(declaration.seed),
        cancel: &cancel,
    };
    let mut threads = rayon::ThreadPoolBuilder::new();
    if let Some(count) = arguments.threads {
        threads = threads.num_threads(count.into());
    }
    let threads = threads.build().map_err(Failure::error)?;
    let mut backtests = Vec::with_capacity(episodes.len());
    for episode in &episodes {
        terminal.note(&format!("{} ...", episode.name));
        let result = threads
            .install(|| run_backtest(episode, &snapshot, &options))
            .map_err(|error| explain(episode, error, terminal))?;
        backtests.push(result);
    }
    let weights = weigh(&backtests, &book);
    let view = BacktestView {
        backtests: &backtests,
        weights: &weights,
        declaration: &declaration,
    };
    let id = format!(
        "{}\n{}\n{:?}\n{:?}\n{} {}",
        env!("CARGO_PKG_VERSION"),
        snapshot_record(&snapshot)?.sha256,
        episodes,
        own,
        options.draws,
        options.seed
    );
    let run_id: String = sha256_hex(id.as_bytes())
        .chars()
        .take(RUN_ID_DIGITS)
        .collect();
    print(terminal, arguments.format, &view, &run_id)?;
    failed_draws(terminal, &backtests)
}

fn episodes(terminal: Terminal, arguments: &BacktestArgs) -> Result<Vec<Episode>, Failure> {
    let shipped = episode_names();
    let names: Vec<&str> = if arguments.episodes.is_empty() {
        shipped
    } else {
        arguments.episodes.iter().map(String::as_str).collect()
    };
    let mut found: Vec<Episode> = Vec::with_capacity(names.len());
    for name in names {
        let episode = load_episode(name, terminal)?;
        if found.iter().any(|other| other.name == episode.name) {
            return Err(Failure::usage(format!(
                "two episodes are called `{}`; rename one or name it once",
                episode.name
            )));
        }
        found.push(episode);
    }
    Ok(found)
}

fn print(
    terminal: Terminal,
    format: BacktestFormat,
    view: &BacktestView<'_>,
    run_id: &str,
) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    match format {
        BacktestFormat::Table => {
            return terminal.print(&view.text(SummaryStyle {
                width: terminal.width(),
                plain: terminal.plain_output(),
            }));
        }
        BacktestFormat::Markdown => return terminal.print(&view.page()),
        BacktestFormat::Csv => write_csv(&view.table(run_id), &mut bytes),
        BacktestFormat::Json => write_json(&view.table(run_id), &mut bytes),
        BacktestFormat::Parquet => write_parquet(&view.table(run_id), &mut bytes),
    }
    .map_err(Failure::error)?;
    terminal.print_bytes(&bytes)
}

/// Says which draws failed; more than one percent fail the command.
fn failed_draws(terminal: Terminal, backtests: &[Backtest]) -> Result<Ending, Failure> {
    let mut too_many = false;
    for backtest in backtests.iter().filter(|backtest| backtest.failed > 0) {
        let share = backtest.failed as f64 / backtest.draws as f64;
        too_many |= share > MOST_FAILED;
        terminal.complain(&format!(
            "warning: {}: {} of {} draws failed; the first said: {}",
            backtest.episode.name,
            backtest.failed,
            backtest.draws,
            backtest.first_failure.as_deref().unwrap_or("nothing")
        ));
    }
    Ok(if too_many {
        Ending::CheckFailed
    } else {
        Ending::Ok
    })
}

fn explain(episode: &Episode, error: ScenarioError, terminal: Terminal) -> Failure {
    match error {
        ScenarioError::Diagnostics(problems) => Failure::diagnostics(render(&problems, terminal)),
        ScenarioError::NoBaseline { .. } => Failure::usage(format!("{}: {error}", episode.name)),
        other => Failure::error(format!("{}: {other}", episode.name)),
    }
}
