//! A holder's own file: `cusip,face_usd` or `cusip,face_usd_mn`, one security a line.
//!
//! Read against a day, so that everything that is wrong comes out at once, by line: what is no CUSIP, what nobody knows, what has been
//! redeemed or is not yet issued, what stands twice, faces that are no number, not positive, not a multiple of $100 (the smallest
//! piece of a Treasury), or more than is outstanding. Empty lines and lines that begin with `#` are skipped.

use std::collections::BTreeMap;

use brandish_units::{Cusip, FaceUsd};

use super::{PricingDay, cells, codes, lines_with_spans};
use crate::diagnostic::{Diagnostic, Source, quoted};

/// One line of the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// Security, outstanding on the day.
    pub cusip: Cusip,
    /// Par amount.
    pub face: FaceUsd,
    /// Line of the file.
    pub line: usize,
}

/// A checked file.
#[derive(Debug, Clone, PartialEq)]
pub struct Holdings {
    /// Name of the file as the user gave it.
    pub path: String,
    /// Its lines, in order.
    pub holdings: Vec<Holding>,
}

/// The smallest piece of a Treasury security, dollars of par.
const SMALLEST_PIECE: f64 = 100.0;
/// Largest file that is read.
const LARGEST_BYTES: usize = 16 << 20;
/// A face may exceed the amount outstanding by this part before it is refused: amounts of the snapshot are rounded to $mn.
const ROUNDED: f64 = 1.001;

impl Holdings {
    /// Reads the text of a file that the user calls `path`, against the securities of a day.
    ///
    /// # Errors
    /// Every mistake, with its line.
    pub fn parse(text: &str, path: &str, day: &PricingDay) -> Result<Holdings, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let error =
            |span, code, message: String| Diagnostic::error(code, source.origin(span), message);
        if text.len() > LARGEST_BYTES {
            let message = format!(
                "the file has {} bytes, more than the {LARGEST_BYTES} allowed",
                text.len()
            );
            return Err(vec![error(0..0, codes::TABLE, message)]);
        }
        let (mut holdings, mut found) = (Vec::new(), Vec::new());
        let mut seen: BTreeMap<Cusip, usize> = BTreeMap::new();
        let mut unit = None;
        for (number, (line, span)) in lines_with_spans(text).enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let parts = cells(line);
            let Some(dollars) = unit else {
                match parts.as_slice() {
                    ["cusip", "face_usd"] => unit = Some(1.0),
                    ["cusip", "face_usd_mn"] => unit = Some(1e6),
                    _ => {
                        let message = format!("unknown columns `{}`", quoted(line));
                        let help = "the first line is cusip,face_usd or cusip,face_usd_mn";
                        return Err(vec![error(span, codes::TABLE, message).help(help)]);
                    }
                }
                continue;
            };
            let [cusip, face] = parts.as_slice() else {
                let message = format!("{} fields where 2 are expected", parts.len());
                found.push(error(span, codes::TABLE, message));
                continue;
            };
            let cusip = match cusip.parse::<Cusip>() {
                Ok(cusip) => Some(cusip),
                Err(reason) => {
                    found.push(error(span.clone(), codes::CELL, reason.to_string()));
                    None
                }
            };
            let face = match face.parse::<f64>() {
                Ok(face) => face * dollars,
                Err(_) => {
                    let message = format!("`{}` is not a number", quoted(face));
                    found.push(
                        error(span, codes::FACE, message)
                            .help("write digits without separators, e.g. 250000000"),
                    );
                    continue;
                }
            };
            if let Some(message) = wrong_face(face) {
                found.push(error(span.clone(), codes::FACE, message));
            }
            let Some(cusip) = cusip else { continue };
            if let Some(first) = seen.insert(cusip, number + 1) {
                found.push(
                    error(
                        span,
                        codes::TWICE,
                        format!("{cusip} stands on line {first} already"),
                    )
                    .help("add the lots of one security up"),
                );
                continue;
            }
            match day.find(cusip) {
                Some(record) => {
                    if face > record.par.dollars() * ROUNDED {
                        let message = format!(
                            "{cusip}: ${:.0} mn is more than the ${:.0} mn outstanding",
                            face / 1e6,
                            record.par.mn()
                        );
                        let help =
                            "look at the column's unit: face_usd is dollars, face_usd_mn millions";
                        found.push(error(span, codes::FACE, message).help(help));
                    }
                    holdings.push(Holding {
                        cusip,
                        face: FaceUsd::from_dollars(face),
                        line: number + 1,
                    });
                }
                None => found.push(error(
                    span,
                    day.why_absent(cusip).0,
                    day.why_absent(cusip).1,
                )),
            }
        }
        if holdings.is_empty() && found.is_empty() {
            found.push(error(
                0..0,
                codes::TABLE,
                "the file lists no security".to_owned(),
            ));
        }
        if found.is_empty() {
            Ok(Holdings {
                path: path.to_owned(),
                holdings,
            })
        } else {
            Err(found)
        }
    }
}

fn wrong_face(face: f64) -> Option<String> {
    if !(face.is_finite() && face > 0.0) {
        return Some(format!(
            "{face} is not a par amount above zero; holdings are long"
        ));
    }
    let pieces = face / SMALLEST_PIECE;
    // Millions with decimals carry a rounding of the multiplication.
    ((pieces - pieces.round()).abs() > 1e-6)
        .then(|| format!("${face:.2} is not a multiple of $100, the smallest piece of a Treasury"))
}
