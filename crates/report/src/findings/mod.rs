//! Titles that state a finding, each behind a guard.
//!
//! A title claims something only if the claim holds for the data in every headline camp (or names the camp it
//! speaks of); otherwise it is neutral and only says what is drawn. Claims compare numbers of the table with each
//! other and with zero; no number is computed for a sentence. Present tense, no adjectives of alarm, no question.

pub(crate) mod accounts;
pub(crate) mod answer;
pub(crate) mod buyers;
pub(crate) mod curve;
pub(crate) mod fan;
pub(crate) mod happened;
pub(crate) mod heat;
pub(crate) mod markets;
pub(crate) mod range;
pub(crate) mod seller;
pub(crate) mod taxpayer;
pub(crate) mod usdjpy;

/// Below this size a yield change prints as 0.0 bp, and no sentence says that it moved.
const VISIBLE_BP: f64 = 0.05;
/// Below this size an amount prints as $0.0bn.
const VISIBLE_USD_BN: f64 = 0.05;

fn all_above(values: &[f64], threshold: f64) -> bool {
    !values.is_empty() && values.iter().all(|value| *value >= threshold)
}

fn all_below(values: &[f64], threshold: f64) -> bool {
    !values.is_empty() && values.iter().all(|value| *value <= threshold)
}

fn sizes(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| value.abs()).collect()
}

/// First letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
