//! A portfolio file: one lot a line, `cusip,face_usd` or `cusip,face_usd_mn`.
//!
//! Plain comma-separated text with a header; empty lines and lines that start with `#` are skipped, fields may stand
//! in double quotes. Every lot names a valid CUSIP once and a positive, finite par amount. All mistakes are
//! reported at once, with the line of the portfolio file. Whether a CUSIP is outstanding is checked later, against
//! the securities of the day.

use std::collections::BTreeSet;
use std::ops::Range;

use brandish_units::{Cusip, FaceUsd};

use super::spread::{Lot, Portfolio};
use super::{LARGEST_FILE_BYTES, codes};
use crate::diagnostic::{Diagnostic, Source, quoted};

/// Most diagnostics for one portfolio.
const MOST_DIAGNOSTICS: usize = 20;

impl Portfolio {
    /// Reads the text of a portfolio file that the scenario calls `path`.
    pub fn parse(text: &str, path: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let error = |span: Range<usize>, message: String| {
            Diagnostic::error(codes::PORTFOLIO, source.origin(span), message)
        };
        if text.len() > LARGEST_FILE_BYTES {
            return Err(vec![error(
                0..0,
                format!(
                    "the file has {} bytes, more than the {LARGEST_FILE_BYTES} allowed",
                    text.len()
                ),
            )]);
        }
        let mut lines = lines_with_spans(text)
            .filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((header, header_span)) = lines.next() else {
            return Err(vec![
                error(0..0, "the file is empty".to_owned())
                    .help("the first line is cusip,face_usd"),
            ]);
        };
        let names: Vec<&str> = fields(header).collect();
        let dollars_per_unit = match names.as_slice() {
            ["cusip", "face_usd"] => 1.0,
            ["cusip", "face_usd_mn"] => 1e6,
            _ => {
                let message = format!("unknown columns `{}`", quoted(header));
                return Err(vec![
                    error(header_span, message)
                        .help("the first line is cusip,face_usd or cusip,face_usd_mn"),
                ]);
            }
        };
        let (mut lots, mut found, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (line, span) in lines {
            match lot(line, dollars_per_unit) {
                Ok(lot) if seen.insert(lot.cusip) => lots.push(lot),
                Ok(lot) => found.push(
                    error(span, format!("{} stands twice", lot.cusip))
                        .help("add the lots of one security up"),
                ),
                Err(message) => found.push(error(span, message)),
            }
            if found.len() >= MOST_DIAGNOSTICS {
                break;
            }
        }
        if lots.is_empty() && found.is_empty() {
            found.push(error(header_span, "the file lists no lot".to_owned()));
        }
        if found.is_empty() {
            Ok(Self {
                path: path.to_owned(),
                lots,
            })
        } else {
            Err(found)
        }
    }
}

fn lines_with_spans(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let from = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let line = if from == 0 {
            line.trim_start_matches('\u{feff}')
        } else {
            line
        };
        (line, from..from + line.len())
    })
}

fn fields(line: &str) -> impl Iterator<Item = &str> {
    line.split(',')
        .map(|field| field.trim().trim_matches('"').trim())
}

fn lot(line: &str, dollars_per_unit: f64) -> Result<Lot, String> {
    let parts: Vec<&str> = fields(line).collect();
    let [cusip, face] = parts.as_slice() else {
        return Err(format!("{} fields where 2 are expected", parts.len()));
    };
    let cusip: Cusip = cusip
        .parse()
        .map_err(|error: brandish_units::UnitsError| error.to_string())?;
    let face: f64 = face
        .parse()
        .map_err(|_| format!("`{}` is not a number", quoted(face)))?;
    if !face.is_finite() || face <= 0.0 || face * dollars_per_unit > 1e13 {
        return Err(format!(
            "{face} is not a par amount above zero and below 10,000 billion dollars"
        ));
    }
    Ok(Lot {
        cusip,
        face: FaceUsd::from_dollars(face * dollars_per_unit),
    })
}
