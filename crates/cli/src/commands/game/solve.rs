//! `brandish game solve`: points with their certificates, or a refusal.
//!
//! Without options the limit of the principal branch is asked for: a candidate for a sequential equilibrium. `--lambda`
//! asks for quantal responses at precisions, `--branches` for every branch found, `--method cfr` for an equilibrium of a
//! two-player game of constant sum by regret minimization. The time limit and Ctrl-C are asked between steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use brandish_game::qre::{
    PathSettings, SearchSettings, Target, find_branches, principal_qre_sweep, sequential_candidate,
};
use brandish_game::{CfrSettings, Game, GameError, cfr_plus};

use super::answer::{Answer, print_answers};
use super::precisions::precisions;
use super::read::read_game;
use super::watch::{self, Watch};
use crate::args::{GameMethod, GameSolveArgs};
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;

/// Solves a game file.
pub fn solve(terminal: Terminal, arguments: &GameSolveArgs) -> Result<Ending, Failure> {
    let lambdas = precisions(&arguments.lambda)?;
    if !(arguments.exploitability >= 0.0 && arguments.exploitability.is_finite()) {
        return Err(Failure::usage(format!(
            "--exploitability {}: give a number, zero or more, in the unit of payoff",
            arguments.exploitability
        )));
    }
    if arguments.method == GameMethod::Cfr && (arguments.branches || !lambdas.is_empty()) {
        return Err(Failure::usage(
            "--method cfr minimizes regret and has no precision and no branches: leave out --lambda and --branches, or --method cfr",
        ));
    }
    let interrupted = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&interrupted);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed)).map_err(Failure::error)?;
    let stop = stop_at(arguments.time_limit, &interrupted)?;
    let watch = Watch::begin(terminal, stop.clone(), Arc::clone(&interrupted));
    let read = read_game(&arguments.file, terminal);
    let found = match read {
        Ok(game) => answers(&game, arguments, &lambdas, &stop, terminal).map(|found| (game, found)),
        Err(refused) => {
            watch.done();
            return Err(refused);
        }
    };
    watch.done();
    match found {
        Err(GameError::Stopped { .. }) if interrupted.load(Ordering::Relaxed) => {
            Ok(watch::interrupted(terminal))
        }
        Err(GameError::Players { count, .. }) if arguments.method == GameMethod::Cfr => {
            Err(Failure::usage(format!(
                "{}: --method cfr needs two players, the game has {count}: leave out --method",
                arguments.file.display()
            )))
        }
        Err(error) => Err(refusal(&error, arguments)),
        Ok((game, found)) => {
            print_answers(terminal, arguments.format, &game, &found)?;
            Ok(Ending::Ok)
        }
    }
}

/// Whether to stop: on Ctrl-C, or when the time allowed is over.
pub fn stop_at(
    limit: Option<f64>,
    interrupted: &Arc<AtomicBool>,
) -> Result<impl Fn() -> bool + Clone + Send + use<>, Failure> {
    #[allow(clippy::disallowed_methods)] // a door: the clock is read here and nowhere below
    let start = std::time::Instant::now();
    let limit = match limit {
        None => None,
        Some(seconds) => Some(Duration::try_from_secs_f64(seconds).map_err(|_| {
            Failure::usage(format!(
                "--time-limit {seconds}: give seconds, zero or more"
            ))
        })?),
    };
    let interrupted = Arc::clone(interrupted);
    Ok(move || {
        interrupted.load(Ordering::Relaxed) || limit.is_some_and(|limit| start.elapsed() >= limit)
    })
}

fn answers(
    game: &Game,
    arguments: &GameSolveArgs,
    lambdas: &[f64],
    stop: &dyn Fn() -> bool,
    terminal: Terminal,
) -> Result<Vec<Answer>, GameError> {
    let path = PathSettings::default();
    if arguments.method == GameMethod::Cfr {
        let settings = CfrSettings {
            exploitability: arguments.exploitability,
            maximum_iterations: arguments.iterations,
            ..CfrSettings::default()
        };
        return Ok(vec![Answer::of_cfr(
            game,
            &cfr_plus(game, &settings, stop)?,
        )?]);
    }
    if !arguments.branches {
        return if lambdas.is_empty() {
            let limit = sequential_candidate(game, &path, stop)?;
            Ok(vec![Answer::of_limit(game, 0, &limit)])
        } else {
            let points = principal_qre_sweep(game, lambdas, &path, stop)?;
            Ok(points
                .iter()
                .map(|point| Answer::of_point(game, 0, point))
                .collect())
        };
    }
    let search = SearchSettings {
        path,
        starts: arguments.starts,
        seed: arguments.seed,
        ..SearchSettings::default()
    };
    let targets: Vec<Target> = if lambdas.is_empty() {
        vec![Target::Limit]
    } else {
        lambdas.iter().copied().map(Target::Lambda).collect()
    };
    let mut all = Vec::new();
    for target in targets {
        let found = find_branches(game, target, &search, stop)?;
        for branch in &found.branches {
            let mut answer = match (&branch.limit, target) {
                (Some(limit), _) => Answer::of_limit(game, branch.id, limit),
                (None, _) => Answer::of_point(game, branch.id, &branch.end),
            };
            answer.origin = Some(branch.origin.clone());
            all.push(answer);
        }
        terminal.note(&format!(
            "{}; {} starts and paths led to a known point, {} paths were lost or came back to precision zero; searched from the principal path, what crosses it, {} starts on supports and {} random ones: there may be more (--starts)",
            match found.branches.len() {
                1 => "1 branch found".to_owned(),
                several => format!("{several} branches found that end apart"),
            },
            found.duplicates,
            found.lost.len(),
            found.supports,
            search.starts
        ));
        if found.branches.is_empty() {
            return Err(found.lost.into_iter().next().unwrap_or(GameError::Length {
                what: "branches",
                got: 0,
                expected: 1,
            }));
        }
    }
    Ok(all)
}

/// What kind of no: 3 where nothing could be certified, 2 where the question does not fit the game.
fn refusal(error: &GameError, arguments: &GameSolveArgs) -> Failure {
    let shown = arguments.file.display();
    match error {
        GameError::Stopped { .. } => Failure::check(format!(
            "{shown}: the time limit of {} s is over ({error}); no point was certified, none is printed. Allow more time or ask for a smaller lambda",
            arguments.time_limit.unwrap_or(f64::INFINITY)
        )),
        GameError::StillExploitable { .. } => Failure::check(format!(
            "{shown}: nothing certified: {error} (--iterations), or be content with a larger --exploitability"
        )),
        GameError::PathLost { .. }
        | GameError::NoConvergence { .. }
        | GameError::NotCertified { .. }
        | GameError::NotSettled { .. }
        | GameError::Singular { .. } => Failure::check(format!(
            "{shown}: nothing certified: {error}. Ask for a quantal response at a smaller --lambda, or for --branches"
        )),
        GameError::Setting { .. }
        | GameError::NotConstantSum { .. }
        | GameError::Players { .. } => Failure::usage(format!("{shown}: {error}")),
        other => Failure::error(format!("{shown}: {other}")),
    }
}
