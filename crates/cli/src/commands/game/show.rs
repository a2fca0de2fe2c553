//! `brandish game show` and `convert`: what a file holds, and the same game written again.
//!
//! `show` counts; `convert` writes extensive form, also from strategic form, with numbers that read back to the same bits.

use std::path::Path;

use brandish_game::{Game, write_efg};

use super::read::read_game;
use crate::args::ListFormat;
use crate::exit::{Ending, Failure};
use crate::lists::{List, print_list};
use crate::terminal::Terminal;

/// Prints sizes and checks.
pub fn show(terminal: Terminal, path: &Path, format: ListFormat) -> Result<Ending, Failure> {
    let game = read_game(path, terminal)?;
    print_list(
        terminal,
        format,
        &List {
            header: &["what", "value"],
            rows: facts(&game),
        },
    )?;
    Ok(Ending::Ok)
}

fn facts(game: &Game) -> Vec<Vec<String>> {
    let mut rows = vec![
        vec!["title".to_owned(), game.title().to_owned()],
        vec!["nodes".to_owned(), game.nodes().to_string()],
        vec!["ends".to_owned(), game.ends().to_string()],
        vec![
            "moves on the longest path".to_owned(),
            game.depth().to_string(),
        ],
        vec!["information sets".to_owned(), game.infosets().to_string()],
        vec!["actions".to_owned(), game.actions().to_string()],
        vec![
            "stake (largest spread of a player's payoff)".to_owned(),
            game.stake().to_string(),
        ],
        vec!["perfect recall".to_owned(), "yes".to_owned()],
    ];
    for (number, player) in game.players().iter().enumerate() {
        let sets = (0..game.infosets()).filter(|set| game.owner(*set) == number);
        rows.push(vec![
            format!("information sets of {player}"),
            sets.count().to_string(),
        ]);
    }
    rows
}

/// Writes the game in extensive form to a file or to stdout.
pub fn convert(terminal: Terminal, path: &Path, output: Option<&Path>) -> Result<Ending, Failure> {
    let text = write_efg(&read_game(path, terminal)?);
    match output {
        None => terminal.print(&text)?,
        Some(output) => write(output, &text)?,
    }
    Ok(Ending::Ok)
}

/// Writes a text file; an unwritable place is an error that names it.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text)
        .map_err(|error| Failure::error(format!("cannot write {}: {error}", path.display())))
}
