//! The `brandish` command: arguments in, results out, no finance.
//!
//! Data go to stdout, messages and progress to stderr. Exit codes: 0 ok, 1 error, 2 usage, 3 a check failed, 130 after
//! an interrupt. Everything that is computed is computed in the library crates.

mod args;
mod commands;
mod exit;
mod lists;
mod load;
mod machine;
mod output;
mod replay;
mod terminal;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use exit::{Ending, Failure};
use terminal::Terminal;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.quiet, cli.plain);
    match dispatch(cli.command, terminal) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            terminal.complain(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn dispatch(command: Command, terminal: Terminal) -> Result<Ending, Failure> {
    match command {
        Command::Run(arguments) => commands::run::run(terminal, &arguments),
        Command::Verify(arguments) => commands::verify::verify(terminal, &arguments),
        Command::Price(arguments) => commands::price::price(terminal, &arguments),
        Command::Curve(arguments) => commands::curve::curve(terminal, &arguments),
        Command::Holders(arguments) => commands::holders::holders(terminal, &arguments),
        Command::Ways(arguments) => commands::ways::ways_of(terminal, &arguments),
        Command::Backtest(arguments) => commands::backtest::backtest(terminal, &arguments),
        Command::Markets(arguments) => commands::markets::markets(terminal, &arguments),
        Command::Claims(arguments) => commands::claims::claims(terminal, &arguments),
        Command::Sweep(arguments) => commands::sweep::sweep(terminal, &arguments),
        Command::Sensitivity(arguments) => commands::sensitivity::sensitivity(terminal, &arguments),
        Command::Export(arguments) => commands::export::export(terminal, &arguments),
        Command::Scenario(command) => commands::scenario::scenario(terminal, command),
        Command::Data(command) => commands::data::data(terminal, command),
        Command::Card(arguments) => commands::card::card(terminal, &arguments),
        Command::Game(command) => commands::game::game(terminal, command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "brandish", &mut script);
            terminal.print_bytes(&script)?;
            Ok(Ending::Ok)
        }
    }
}
