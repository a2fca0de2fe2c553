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

/// Largest game file. A node takes 300 to 400 bytes of memory while it is read and checked (measured on two files of three
/// million nodes), so that the bound on nodes keeps reading within about 4 GB; this one bounds the text beside it.
const LARGEST_FILE_BYTES: u64 = 256 << 20;

/// Everything that a reader has, if it is not more than a bound; no more than that is ever held.
fn within(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most {
        return Err(format!(
            "it is larger than the {most} bytes a game may have; merge branches or drop rounds"
        ));
    }
    Ok(bytes)
}

/// Reads a game; its warnings go to stderr.
pub fn read_game(path: &Path, terminal: Terminal) -> Result<Game, Failure> {
    let shown = path.display();
    let refuse = |reason: String| Failure::usage(format!("cannot read {shown}: {reason}"));
    let file = File::open(path).map_err(|error| refuse(error.to_string()))?;
    let bytes = within(file, LARGEST_FILE_BYTES).map_err(refuse)?;
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

#[cfg(test)]
mod tests {
    use super::within;

    /// A file of exactly the bound is read, one byte more is refused with the bound and what to do, and an endless one ends.
    #[test]
    fn files_beyond_the_bound_are_refused() {
        assert_eq!(within(&b"EFG 2 R"[..], 7).unwrap(), b"EFG 2 R");
        let refused = within(&b"EFG 2 R "[..], 7).unwrap_err();
        assert!(refused.contains("larger than the 7 bytes"));
        assert!(refused.contains("merge branches"));
        assert!(within(std::io::repeat(b'x'), 1000).is_err());
    }
}
