//! `docs/calibration.md`: the camps fitted anew, every published response against every camp, and what cannot be reconciled.
//!
//! The fit must give what the camps' files say; where it does not, nothing is written and the numbers to put there are named. A test compares
//! the page in the repository with the one that would be written.

mod page;

use std::fs;
use std::path::Path;

use brandish_data::Snapshot;
use brandish_habitat::Market;
use brandish_scenario::ScenarioError;
use brandish_scenario::calibration::{
    Conflicts, FittedCamp, ImpliedResponses, Observations, conflicts, fitted_camps,
    implied_responses,
};
use brandish_scenario::parameters::{CampBook, ParameterBook};

/// Largest relative difference between a camp's file and the fit: the files print 12 digits.
const PRINTED_DIGITS: f64 = 1e-9;
/// Draws behind the implied responses.
const DRAWS: u64 = 256;
/// Their seed.
const SEED: u64 = 20_261_127;

/// Everything the page shows.
pub struct Calibration {
    observations: Observations,
    camps: Vec<FittedCamp>,
    book: CampBook,
    /// Response of each camp to each target, by target; `None` where it is not computed.
    responses: Vec<Option<Vec<f64>>>,
    conflicts: Conflicts,
    implied: Vec<ImpliedResponses>,
}

/// Fits, compares with the camps' files, writes the page; returns a summary.
///
/// # Errors
/// A fit that does not give what a file says; a page that cannot be written.
pub fn write(root: &Path) -> Result<String, String> {
    let calibration = gather().map_err(|error| error.to_string())?;
    let differences = differences(&calibration);
    if !differences.is_empty() {
        return Err(differences.join("\nerror: "));
    }
    let path = root.join("docs/calibration.md");
    fs::write(&path, page::print(&calibration))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let computed = calibration.responses.iter().flatten().count();
    Ok(format!(
        "{} camps fitted, {computed} of {} responses computed, {} pairs of studies that nothing reconciles -> {}\n",
        calibration.camps.len(),
        calibration.responses.len(),
        calibration.conflicts.pairs.len(),
        path.display()
    ))
}

/// Computes everything.
fn gather() -> Result<Calibration, ScenarioError> {
    let snapshot = Snapshot::embedded();
    let market = Market::reference()
        .map_err(|error| ScenarioError::parameters("the reference market", error.to_string()))?;
    let observations = Observations::shipped(&snapshot)?;
    let parameters = ParameterBook::shipped()?;
    let book = parameters.camps.clone();
    let camps = fitted_camps(&market, &observations, &book)?;
    let mut responses = Vec::new();
    for target in &observations.targets {
        responses.push(match &target.experiment {
            Ok(experiment) => Some(
                camps
                    .iter()
                    .map(|camp| {
                        experiment
                            .response(&market, &camp.parameters)
                            .map_err(|error| error.at("a published response"))
                    })
                    .collect::<Result<Vec<_>, _>>()?,
            ),
            Err(_) => None,
        });
    }
    Ok(Calibration {
        conflicts: conflicts(&market, &observations.targets),
        implied: implied_responses(&market, &parameters, DRAWS, SEED)?,
        observations,
        camps,
        book,
        responses,
    })
}

/// Where a camp's file says something else than the fit.
fn differences(calibration: &Calibration) -> Vec<String> {
    let mut found = Vec::new();
    for fitted in &calibration.camps {
        let Ok(file) = calibration.book.get(fitted.camp) else {
            continue;
        };
        for (key, written, fit) in [
            (
                "long_run_response_bp_per_100bn",
                file.long_run_response_bp_per_100bn,
                fitted.long_run_bp,
            ),
            (
                "risk_price_central",
                file.risk_price_central,
                fitted.parameters.risk_price,
            ),
            (
                "news_central",
                file.news_central,
                fitted.parameters.extrapolation.share,
            ),
        ] {
            if (written / fit - 1.0).abs() > PRINTED_DIGITS {
                found.push(format!(
                    "camp {}: the file says {key} = {written:e}, the fit gives {fit:.11e}",
                    fitted.camp.letter()
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test that cannot go on has failed"
    )]

    use std::path::Path;

    use super::*;

    /// Words must be equal, numbers within a unit of their last printed digit (another machine may round a last bit differently).
    fn same(written: &str, current: &str) -> Result<(), String> {
        let (mut left, mut right) = (written.lines(), current.lines());
        for number in 1.. {
            match (left.next(), right.next()) {
                (None, None) => break,
                (Some(a), Some(b)) if line_is_same(a, b) => {}
                (a, b) => return Err(format!("line {number}: {a:?} against {b:?}")),
            }
        }
        Ok(())
    }

    fn line_is_same(a: &str, b: &str) -> bool {
        let split = |line: &str| -> Vec<String> {
            line.split([' ', '|', '(', ')', ','])
                .map(str::to_owned)
                .collect()
        };
        let (a, b) = (split(a), split(b));
        a.len() == b.len()
            && a.iter().zip(&b).all(|(a, b)| {
                a == b
                    || match (number(a), number(b)) {
                        (Some((x, digits)), Some((y, _))) => {
                            (x - y).abs() <= 1.01 * 10_f64.powi(-digits)
                        }
                        _ => false,
                    }
            })
    }

    fn number(word: &str) -> Option<(f64, i32)> {
        let plain = word.replace('\u{2212}', "-").replace('*', "");
        let value = plain.parse().ok()?;
        let digits = plain.split_once('.').map_or(0, |(_, digits)| digits.len());
        Some((value, i32::try_from(digits).ok()?))
    }

    #[test]
    fn the_camps_files_say_what_the_fit_gives_and_the_page_is_the_one_it_gives() {
        let calibration = gather().unwrap();
        assert_eq!(differences(&calibration), Vec::<String>::new());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/calibration.md");
        let written = fs::read_to_string(path).unwrap();
        if let Err(difference) = same(&written, &page::print(&calibration)) {
            panic!("docs/calibration.md is out of date: {difference}; run: cargo xtask calibrate");
        }
    }

    #[test]
    fn the_comparison_sees_a_changed_word_and_a_changed_number() {
        assert!(same("a | 1.5 | b", "a | 1.6 | b").is_ok());
        assert!(same("a | 1.5 | b", "a | 1.8 | b").is_err());
        assert!(same("a | 1.5 | b", "a | 1.5 | c").is_err());
        assert!(same("a", "a\nb").is_err());
    }
}
