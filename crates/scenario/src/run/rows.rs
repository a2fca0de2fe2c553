//! From draws to rows of the long table: the baseline, every camp, then the stated mixture.
//!
//! The mixture pools the draws of the headline camps with the camps' weights. It is written for the ten-year yield only,
//! after the camps, because averaging the disagreement away is not an answer; camp X is never part of it.

use std::ops::Range;
use std::sync::Arc;

use brandish_habitat::BUCKET_LABELS;
use brandish_units::Tenor;
use rayon::prelude::*;

use super::columns::{Columns, Distribution};
use super::draws::CampDraws;
use super::plan::RunFacts;
use crate::bands::{FactKey, MIN_DRAWS_FOR_BANDS, QUANTILES, distribution_rows, weighted_quantile};
use crate::baseline::{Baseline, Seller};
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::parameters::ParameterBook;
use crate::table::{LongTable, Row};

/// Facts whose draws are sorted by one task: a few lines of memory of every draw.
const NEIGHBORS: usize = 32;
/// Measures of the mixture.
const MIXED: [&str; 4] = [
    "yield_change",
    "yield_change_peak",
    "yield_change_day1",
    "yield_change_long_run",
];

/// The market of the as-of day: its curve, what is outstanding, who holds it, what each seller holds and can sell.
pub(super) fn baseline(baseline: &Baseline, sellers: &[Seller], table: &mut LongTable) {
    for (tenor, percent) in baseline.par_pct() {
        let key = FactKey::new("yield_level", "pct", "data::par_yields")
            .at(tenor)
            .on(0, baseline.as_of);
        table.rows.push(key.row(None, "central", percent));
    }
    let mut push = |measure, bucket: Option<usize>, holder: Option<&str>, value: f64| {
        let mut key = FactKey::new(measure, "usd_bn", "scenario::baseline").on(0, baseline.as_of);
        key.bucket = bucket.map(|bucket| BUCKET_LABELS[bucket]);
        key.sector = holder.map(Arc::from);
        table.rows.push(key.row(None, "central", value));
    };
    for (bucket, value) in baseline.outstanding.total_usd_bn().into_iter().enumerate() {
        push("outstanding", Some(bucket), None, value);
    }
    for (name, row) in baseline.holders.names.iter().zip(&baseline.holders.usd_bn) {
        for (bucket, value) in row.iter().enumerate() {
            push("holdings", Some(bucket), Some(name), *value);
        }
    }
    for seller in sellers {
        for (bucket, value) in seller.holdings.total_usd_bn().into_iter().enumerate() {
            push("holdings", Some(bucket), Some(&seller.name), value);
        }
        push(
            "official_bound",
            None,
            Some(&seller.name),
            seller.official_bound.bn(),
        );
    }
}

/// Facts of every camp with their bands, then the mixture.
pub(super) fn camps(
    camps: &[CampName],
    results: &[CampDraws],
    book: &ParameterBook,
    facts: &RunFacts,
    table: &mut LongTable,
) -> Result<(), ScenarioError> {
    let mixture = mixture(camps, results, book)?;
    facts.read_opening(&mut |key, value| table.rows.push(key().row(None, "central", value)));
    for (camp, result) in camps.iter().zip(results) {
        let letter = camp.letter();
        let bands: Vec<Vec<Row>> = (0..result.keys.len().div_ceil(NEIGHBORS))
            .into_par_iter()
            .map(|group| {
                let from = group * NEIGHBORS;
                bands(
                    result,
                    from..(from + NEIGHBORS).min(result.keys.len()),
                    letter,
                )
            })
            .collect::<Result<_, ScenarioError>>()?;
        table.rows.extend(bands.into_iter().flatten());
        facts.read_central(&result.central_path, &mut |key, value| {
            table.rows.push(key().row(Some(letter), "central", value));
        })?;
        let failed = FactKey::new("failed_draws", "ratio", "scenario::run");
        let asked = result.failed + result.draws.len();
        let share = if asked == 0 {
            0.0
        } else {
            result.failed as f64 / asked as f64
        };
        table.rows.push(failed.row(Some(letter), "central", share));
        let trigger = FactKey::new("trigger_probability", "prob", "habitat::clear");
        if result.draws.len() > 0 {
            table
                .rows
                .push(trigger.row(Some(letter), "mean", result.triggered_share()));
        }
    }
    table.rows.extend(mixture);
    camp_ratio(camps, book, table)
}

/// Central values and bands of neighboring facts.
fn bands(
    result: &CampDraws,
    facts: Range<usize>,
    letter: &'static str,
) -> Result<Vec<Row>, ScenarioError> {
    let mut rows = Vec::with_capacity(facts.len() * (QUANTILES.len() + 2));
    if result.draws.len() < MIN_DRAWS_FOR_BANDS {
        for fact in facts {
            let (key, central) = (&result.keys[fact], result.central[fact]);
            distribution_rows(key, letter, central, None, &mut rows)?;
        }
        return Ok(rows);
    }
    for (fact, draws) in facts.clone().zip(result.draws.distributions(facts)) {
        let (key, central) = (&result.keys[fact], result.central[fact]);
        let draws = draws.map_err(|value| not_finite(key, value))?;
        distribution_rows(key, letter, central, Some(&draws), &mut rows)?;
    }
    Ok(rows)
}

/// How far the headline camps disagree: largest over smallest ten-year peak, of medians and of central values. Absent
/// where a camp moves the other way or not at all.
fn camp_ratio(
    camps: &[CampName],
    book: &ParameterBook,
    table: &mut LongTable,
) -> Result<(), ScenarioError> {
    for stat in ["central", "p50"] {
        let mut peaks = Vec::new();
        for camp in camps {
            if book.camps.get(*camp)?.stress {
                continue;
            }
            peaks.extend(table.rows.iter().find_map(|row| {
                (row.camp == Some(camp.letter())
                    && row.measure == "yield_change_peak"
                    && row.tenor == Some(Tenor::Y10)
                    && row.stat == stat)
                    .then_some(row.value)
            }));
        }
        let least = peaks
            .iter()
            .copied()
            .map(f64::abs)
            .fold(f64::INFINITY, f64::min);
        let most = peaks.iter().copied().map(f64::abs).fold(0.0, f64::max);
        let same_sign =
            peaks.iter().all(|peak| *peak > 0.0) || peaks.iter().all(|peak| *peak < 0.0);
        if peaks.len() > 1 && same_sign && least > 0.0 {
            let key = FactKey::new("camp_ratio", "ratio", "scenario::run").at(Tenor::Y10);
            table.rows.push(key.row(None, stat, most / least));
        }
    }
    Ok(())
}

/// The distribution of a fact over a camp's draws.
fn distribution<'a>(
    draws: &'a Columns,
    index: usize,
    key: &FactKey,
) -> Result<Distribution<'a>, ScenarioError> {
    draws
        .distribution(index)
        .map_err(|value| not_finite(key, value))
}

fn not_finite(key: &FactKey, value: f64) -> ScenarioError {
    ScenarioError::NotFinite {
        measure: key.measure,
        value,
    }
}

fn mixture(
    camps: &[CampName],
    results: &[CampDraws],
    book: &ParameterBook,
) -> Result<Vec<Row>, ScenarioError> {
    let mut members = Vec::new();
    for (camp, result) in camps.iter().zip(results) {
        let definition = book.camps.get(*camp)?;
        if !definition.stress && result.draws.len() >= MIN_DRAWS_FOR_BANDS {
            members.push((definition.weight, result));
        }
    }
    let Some((_, first)) = members.first() else {
        return Ok(Vec::new());
    };
    if members.len() < 2 {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    for (index, key) in first.keys.iter().enumerate() {
        if key.tenor != Some(Tenor::Y10) || !MIXED.contains(&key.measure) {
            continue;
        }
        let mut pooled: Vec<(f64, f64)> = Vec::new();
        for (weight, result) in &members {
            distribution(&result.draws, index, key)?.weighted(*weight, &mut pooled);
        }
        pooled.sort_by(|left, right| left.0.total_cmp(&right.0));
        let mut key = key.clone();
        if key.measure == "yield_change_peak" {
            // Camps peak on different days; the mixture's peak has none.
            key.day = None;
            key.date = None;
        }
        for (stat, p) in QUANTILES {
            if let Some(value) = weighted_quantile(&pooled, p) {
                rows.push(key.row(Some("mix"), stat, value));
            }
        }
    }
    Ok(rows)
}
