//! A finished cell as a file: a CSV table that people and programs can read, with a key in front and a checksum behind.
//!
//! ```text
//! # brandish sweep cell, schema 1
//! # key 5b3c...            hash of everything that determines the numbers
//! # cell china: joins · pace: a month
//! # failed S 1 <what the first failure said>
//! camp,draw,yield_change_peak:10Y,...
//! S,central,36.1...
//! S,0,41.9...
//! # sha256 9f2a...         of all lines above
//! ```
//!
//! Numbers are written with the fewest digits that read back to the same bits. A file whose checksum, key, camps or outputs are not what
//! is expected is no cell of this sweep: the reader says why, and the cell is computed again.

use brandish_scenario::file::CampName;
use brandish_scenario::sweep::{CampValues, CellValues};

use crate::folder::sha256_hex;

const FIRST: &str = "# brandish sweep cell, schema 1";
const KEY: &str = "# key ";
const CELL: &str = "# cell ";
const FAILED: &str = "# failed ";
const CHECKSUM: &str = "# sha256 ";
/// Longest failure text that is kept.
const LONGEST_FAILURE: usize = 300;

/// Why a file is not the cell that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellProblem {
    /// It was cut short or changed.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It belongs to other inputs.
    #[error("it is of another sweep: {0}")]
    Foreign(String),
}

/// The text of a cell file.
#[must_use]
pub fn write_cell(key: &str, cell: &str, outputs: &[String], values: &CellValues) -> String {
    let mut text = format!("{FIRST}\n{KEY}{key}\n{CELL}{}\n", one_line(cell));
    for camp in &values.camps {
        if camp.failed > 0 {
            let said = one_line(camp.first_failure.as_deref().unwrap_or(""));
            text.push_str(&format!(
                "{FAILED}{} {} {said}\n",
                camp.camp.letter(),
                camp.failed
            ));
        }
    }
    text.push_str("camp,draw");
    for output in outputs {
        // quoted as CSV asks for: a holder's name may hold anything
        text.push_str(&format!(",\"{}\"", one_line(output).replace('"', "\"\"")));
    }
    text.push('\n');
    for camp in &values.camps {
        let mut line = |draw: &str, numbers: &mut dyn Iterator<Item = f64>| {
            text.push_str(&format!("{},{draw}", camp.camp.letter()));
            for number in numbers {
                text.push_str(&format!(",{number:?}"));
            }
            text.push('\n');
        };
        line("central", &mut camp.central.iter().copied());
        for (place, number) in camp.numbers.iter().enumerate() {
            let mut row = camp
                .values
                .iter()
                .filter_map(|column| column.get(place).copied());
            line(&number.to_string(), &mut row);
        }
    }
    let checksum = sha256_hex(text.as_bytes());
    text.push_str(&format!("{CHECKSUM}{checksum}\n"));
    text
}

/// The cell of a file.
///
/// # Errors
/// A file that is not whole, of another key, or with other camps or outputs.
pub fn read_cell(
    text: &str,
    key: &str,
    camps: &[CampName],
    outputs: usize,
) -> Result<CellValues, CellProblem> {
    let damaged = |what: &str| CellProblem::Damaged(what.to_owned());
    let end = text
        .rfind(CHECKSUM)
        .ok_or_else(|| damaged("its last line, the checksum, is missing"))?;
    let (body, last) = text.split_at(end);
    if last != format!("{CHECKSUM}{}\n", sha256_hex(body.as_bytes())) {
        return Err(damaged("its checksum does not fit"));
    }
    let mut lines = body.lines();
    if lines.next() != Some(FIRST) {
        return Err(CellProblem::Foreign("another format".to_owned()));
    }
    let found = lines.next().and_then(|line| line.strip_prefix(KEY));
    if found != Some(key) {
        return Err(CellProblem::Foreign("its key is another one".to_owned()));
    }
    let mut read: Vec<CampValues> = camps
        .iter()
        .map(|camp| CampValues {
            camp: *camp,
            central: Vec::new(),
            numbers: Vec::new(),
            values: vec![Vec::new(); outputs],
            failed: 0,
            first_failure: None,
        })
        .collect();
    for line in lines.filter(|line| !line.starts_with(CELL) && !line.starts_with("camp,")) {
        let foreign =
            || CellProblem::Foreign(format!("the line `{}`", crate::error::excerpt(line)));
        if let Some(failed) = line.strip_prefix(FAILED) {
            let mut parts = failed.splitn(3, ' ');
            let camp = parts
                .next()
                .and_then(|letter| of_letter(&mut read, letter))
                .ok_or_else(foreign)?;
            camp.failed = parts
                .next()
                .and_then(|n| n.parse().ok())
                .ok_or_else(foreign)?;
            camp.first_failure = Some(parts.next().unwrap_or("").to_owned());
            continue;
        }
        let mut fields = line.split(',');
        let camp = fields
            .next()
            .and_then(|letter| of_letter(&mut read, letter))
            .ok_or_else(foreign)?;
        let draw = fields.next().ok_or_else(foreign)?;
        let numbers: Vec<f64> = fields
            .map(|field| field.parse::<f64>().ok().filter(|n| n.is_finite()))
            .collect::<Option<_>>()
            .filter(|numbers: &Vec<f64>| numbers.len() == outputs)
            .ok_or_else(foreign)?;
        if draw == "central" {
            camp.central = numbers;
            continue;
        }
        camp.numbers.push(draw.parse().map_err(|_| foreign())?);
        for (column, number) in camp.values.iter_mut().zip(numbers) {
            column.push(number);
        }
    }
    match read.iter().find(|camp| camp.central.len() != outputs) {
        Some(camp) => Err(CellProblem::Foreign(format!(
            "camp {} is not in it",
            camp.camp.letter()
        ))),
        None => Ok(CellValues { camps: read }),
    }
}

fn of_letter<'a>(read: &'a mut [CampValues], letter: &str) -> Option<&'a mut CampValues> {
    read.iter_mut().find(|camp| camp.camp.letter() == letter)
}

/// Text without line ends, cut.
fn one_line(text: &str) -> String {
    text.chars()
        .take(LONGEST_FAILURE)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
