//! A game file, read with a bound and told apart by its first word.
//!
//! Extensive form begins with `EFG`, strategic form with `NFG`; the name of the file does not matter. Warnings go to
//! stderr, one line each with the place, before anything is solved.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use brandish_game::{Game, GameError, Reading, read_efg, read_nfg};

use crate::exit::Failure;
use crate::terminal::Terminal;

/// Largest game file. A tree of this size would have some ten million nodes.
const LARGEST_FILE_BYTES: u64 = 512 << 20;

/// Reads a game; its warnings go to stderr.
pub fn read_game(path: &Path, terminal: Terminal) -> Result<Game, Failure> {
    let shown = path.display();
    let refuse = |reason: String| Failure::usage(format!("cannot read {shown}: {reason}"));
    let file = File::open(path).map_err(|error| refuse(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| refuse(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(refuse(format!(
            "it is larger than the {LARGEST_FILE_BYTES} bytes a game may have; merge branches or drop rounds"
        )));
    }
    let strategic = bytes.trim_ascii_start().starts_with(b"NFG");
    let reading = if strategic {
        read_nfg(&bytes)
    } else {
        read_efg(&bytes)
    };
    let Reading { game, warnings } = reading.map_err(|error| in_file(path, &error))?;
    for warning in warnings {
        terminal.note(&format!(
            "warning: {shown}:{}: {}",
            warning.line, warning.message
        ));
    }
    Ok(game)
}

/// A file that is no game: usage, with the place in the form that editors open.
fn in_file(path: &Path, error: &GameError) -> Failure {
    let shown = path.display();
    Failure::usage(match error {
        GameError::Text {
            line,
            column,
            problem,
        } => format!("{shown}:{line}:{column}: {problem}"),
        GameError::InFile { line, problem } => format!("{shown}:{line}: {problem}"),
        other => format!("{shown}: {other}"),
    })
}
