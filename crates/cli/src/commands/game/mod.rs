//! `brandish game ...`: any extensive-form game from a Gambit file, solved, described or rewritten.
//!
//! For people who have no interest in Treasuries. A file that is no game ends with 2 and names the line; a solver that
//! cannot certify its point (as a quantal response at its lambda, or as a candidate for a sequential equilibrium), or runs
//! out of the time allowed, prints no point and ends with 3.

mod answer;
mod histories;
mod names;
mod precisions;
mod read;
mod show;
mod solve;
mod watch;

pub use show::write;
pub use solve::stop_at;

use crate::args::GameCommand;
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;

/// Runs a `game` subcommand.
pub fn game(terminal: Terminal, command: GameCommand) -> Result<Ending, Failure> {
    match command {
        GameCommand::Solve(arguments) => solve::solve(terminal, &arguments),
        GameCommand::Show { file, format } => show::show(terminal, &file, format),
        GameCommand::Convert { file, output } => show::convert(terminal, &file, output.as_deref()),
    }
}
