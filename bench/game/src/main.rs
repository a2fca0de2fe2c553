//! Times the game solver on the reference standoff: one resolution, one precision, the principal branch from zero.
//!
//! `game-timer solve NAME LAMBDA REPETITIONS` prints one JSON object: seconds of the fastest repetition, sizes, residual, regret,
//! and the profile where it is short. `game-timer efg NAME` prints the game for another program. `game-timer draws NAME LAMBDA
//! COUNT` solves COUNT games with payoffs moved by up to a tenth on all threads. `game-timer sweep NAME` times passes over the
//! tree against a plain copy of memory. Building the tree is not timed; everything the solver derives from it is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a stopwatch that cannot do its work ends"
)]

#[path = "../../../crates/game/tests/published/standoff.rs"]
mod standoff;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use brandish_game::qre::{LogitQre, PathSettings, principal_qre};
use brandish_game::{BehaviorProfile, Game, GameError, node_values, reach, write_efg};

/// Profiles up to this length are printed.
const SHORT: usize = 1_100;

#[allow(clippy::disallowed_methods)] // a stopwatch is what this program is
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = std::time::Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

fn solve(game: &Game, lambda: f64, repetitions: usize) -> Result<String, GameError> {
    let settings = PathSettings::default();
    let mut best: Option<(f64, LogitQre)> = None;
    for _ in 0..repetitions.max(1) {
        let (seconds, point) = timed(|| principal_qre(game, lambda, &settings, &|| false));
        let point = point?;
        if best.as_ref().is_none_or(|best| seconds < best.0) {
            best = Some((seconds, point));
        }
    }
    let Some((seconds, point)) = best else {
        return Ok("{}".to_owned());
    };
    let mut json = format!(
        "{{\"seconds\": {seconds:.6}, \"nodes\": {}, \"infosets\": {}, \"actions\": {}, \"lambda\": {lambda}, \"residual\": {:e}, \"agent_regret\": {}, \"steps\": {}, \"halvings\": {}, \"corrections\": {}, \"factorizations\": {}, \"folds\": {}",
        game.nodes(),
        game.infosets(),
        game.actions(),
        point.residual,
        point.agent_regret,
        point.effort.steps,
        point.effort.halvings,
        point.effort.corrections,
        point.effort.factorizations,
        point.folds.len()
    );
    if game.actions() <= SHORT {
        json.push_str(", \"profile\": [");
        let mut first = true;
        for player in 0..game.players().len() {
            for set in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
                for value in point.assessment.profile.at(game, set) {
                    let comma = if first { "" } else { ", " };
                    let _ = write!(json, "{comma}{value:?}");
                    first = false;
                }
            }
        }
        json.push(']');
    }
    json.push('}');
    Ok(json)
}

/// Solves many games whose payoffs differ, on two threads.
fn draws(name: &str, lambda: f64, count: usize) -> Result<String, GameError> {
    let games: Vec<Game> = (0..count)
        .map(|index| {
            // A fixed sequence that moves every payoff by up to a tenth, differently in each game.
            let at = |k: usize| 1.0 + 0.1 * ((index * 7 + k * 13) as f64).sin();
            let mut standoff = standoff::resolution(name);
            standoff.gain *= at(1);
            standoff.concession *= at(2);
            standoff.damage = [standoff.damage[0] * at(3), standoff.damage[1] * at(4)];
            standoff.sale = [standoff.sale[0] * at(5), standoff.sale[1] * at(6)];
            standoff.game()
        })
        .collect();
    let settings = PathSettings::default();
    let (seconds, refused) = timed(|| {
        std::thread::scope(|scope| {
            let halves: Vec<_> = (0..2)
                .map(|thread| {
                    let (games, settings) = (&games, &settings);
                    scope.spawn(move || {
                        games
                            .iter()
                            .skip(thread)
                            .step_by(2)
                            .filter(|game| {
                                principal_qre(game, lambda, settings, &|| false).is_err()
                            })
                            .count()
                    })
                })
                .collect();
            halves
                .into_iter()
                .map(|half| half.join().unwrap_or(usize::MAX))
                .fold(0usize, usize::saturating_add)
        })
    });
    Ok(format!(
        "{{\"seconds\": {seconds:.3}, \"draws\": {count}, \"refused\": {refused}, \"threads\": 2}}"
    ))
}

/// Passes forward and backward over the tree, as bytes a second, beside a plain copy.
fn sweep(game: &Game) -> String {
    let profile = BehaviorProfile::uniform(game);
    let nodes = game.nodes() as f64;
    let players = game.players().len() as f64;
    let (mut forward, mut backward, mut copy) = (f64::INFINITY, f64::INFINITY, f64::INFINITY);
    let source = vec![1.0f64; 32 << 20];
    let mut target = vec![0.0f64; 32 << 20];
    let mut checksum = 0.0;
    for _ in 0..5 {
        let (seconds, result) = timed(|| reach(game, &profile));
        checksum += result[game.nodes() - 1];
        forward = forward.min(seconds);
        let (seconds, result) = timed(|| node_values(game, &profile));
        checksum += result[0];
        backward = backward.min(seconds);
        let (seconds, ()) = timed(|| target.copy_from_slice(&source));
        checksum += target[0];
        copy = copy.min(seconds);
    }
    // Forward: parent and slot (4 bytes each) and the parent's reach read, one reach written. Backward: payoffs copied (read and
    // written), then each node's values read, the parent's read and written, parent and slot read.
    let forward_bytes = nodes * (4.0 + 4.0 + 8.0 + 8.0);
    let backward_bytes = nodes * (players * 8.0 * 5.0 + 8.0);
    let copy_bytes = 2.0 * 8.0 * source.len() as f64;
    format!(
        "{{\"nodes\": {nodes}, \"forward_gb_per_s\": {:.2}, \"backward_gb_per_s\": {:.2}, \"copy_gb_per_s\": {:.2}, \"checksum\": {checksum}}}",
        forward_bytes / forward / 1e9,
        backward_bytes / backward / 1e9,
        copy_bytes / copy / 1e9
    )
}

fn work(arguments: &[&str]) -> Result<String, String> {
    let usage = "usage: game-timer solve NAME LAMBDA REPETITIONS | efg NAME | draws NAME LAMBDA COUNT | sweep NAME";
    let number = |text: &str| text.parse::<f64>().map_err(|_| usage.to_owned());
    match arguments {
        ["solve", name, lambda, repetitions] => {
            let game = standoff::resolution(name).game();
            solve(&game, number(lambda)?, number(repetitions)? as usize).map_err(|e| e.to_string())
        }
        ["efg", name] => Ok(write_efg(&standoff::resolution(name).game())),
        ["draws", name, lambda, count] => {
            draws(name, number(lambda)?, number(count)? as usize).map_err(|e| e.to_string())
        }
        ["sweep", name] => Ok(sweep(&standoff::resolution(name).game())),
        _ => Err(usage.to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match work(&words) {
        Ok(json) => {
            let _ = writeln!(std::io::stdout(), "{json}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "game-timer: {problem}");
            ExitCode::FAILURE
        }
    }
}
