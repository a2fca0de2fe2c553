//! What a sweep shows people, in words: matrices of two axes and rows of effects, the same for terminal and page.
//!
//! A matrix holds medians with their 90% bands, the other axes at their first values. A row of effects holds the paired difference with its
//! band and both errors. Numbers are only rounded here.

use brandish_scenario::outputs::Output;
use brandish_scenario::sweep::{Axis, Contrast, Effect, Spread};

use super::SweepView;
use crate::format::{fixed, signed};

const MISSING: &str = "n/a";

/// A matrix of one output of one camp.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    /// What it is about.
    pub title: String,
    /// Axes that stand still, in words; empty where there is none.
    pub others: String,
    /// Name of the corner, then of the columns.
    pub header: Vec<String>,
    /// Rows, each with its label.
    pub rows: Vec<Vec<String>>,
}

/// Decimals of an output.
pub(super) fn decimals(output: &Output) -> usize {
    match output.unit {
        "ratio" | "pct" => 3,
        _ => 1,
    }
}

fn named(output: &Output, camp: &str) -> String {
    let camp = if camp == "mix" {
        "all headline camps by weight".to_owned()
    } else {
        format!("camp {camp}")
    };
    format!("{output}, {}, {camp}", output.unit.replace('_', " "))
}

fn labels(axis: &Axis) -> impl Iterator<Item = &str> {
    axis.values.iter().map(|value| value.label.as_str())
}

/// The matrix of an output over two axes (one, where the grid has no other).
pub(super) fn matrix(
    view: &SweepView<'_>,
    (down, across): (usize, Option<usize>),
    number: usize,
    camp: &str,
) -> Option<Matrix> {
    let grid = view.grid;
    let output = view.outputs.get(number)?;
    let row_axis = grid.axes.get(down)?;
    let column_axis = across.and_then(|axis| grid.axes.get(axis));
    let others: Vec<String> = grid
        .axes
        .iter()
        .enumerate()
        .filter(|(axis, _)| *axis != down && Some(*axis) != across)
        .filter_map(|(_, axis)| Some(format!("{}: {}", axis.name, axis.values.first()?.label)))
        .collect();
    let value = |row: usize, column: usize| -> String {
        let mut place = vec![0; grid.axes.len()];
        place[down] = row;
        if let Some(across) = across {
            place[across] = column;
        }
        let found = grid.cell_at(&place).and_then(|cell| {
            view.results
                .values
                .iter()
                .find(|v| v.cell == cell && v.output == number && v.camp == camp)
        });
        found.map_or(MISSING.to_owned(), |value: &Contrast| {
            band(&value.spread, decimals(output))
        })
    };
    let columns: Vec<&str> = column_axis.map_or_else(|| vec![""], |axis| labels(axis).collect());
    let corner = column_axis.map_or_else(
        || row_axis.name.clone(),
        |across| format!("{} \\ {}", row_axis.name, across.name),
    );
    let mut header = vec![corner];
    header.extend(columns.iter().map(|label| (*label).to_owned()));
    let rows = labels(row_axis)
        .enumerate()
        .map(|(row, label)| {
            let mut line = vec![label.to_owned()];
            line.extend((0..columns.len()).map(|column| value(row, column)));
            line
        })
        .collect();
    Some(Matrix {
        title: named(output, camp),
        others: others.join(", "),
        header,
        rows,
    })
}

/// `42.1 (12.0 to 81.3)`.
fn band(spread: &Spread, decimals: usize) -> String {
    let Some(middle) = spread.middle() else {
        return MISSING.to_owned();
    };
    match (spread.get("p05"), spread.get("p95")) {
        (Some(low), Some(high)) => format!(
            "{} ({} to {})",
            fixed(middle, decimals),
            fixed(low, decimals),
            fixed(high, decimals)
        ),
        _ => fixed(middle, decimals),
    }
}

/// Headings of the effects.
pub(super) const EFFECT_HEADINGS: [&str; 7] = [
    "axis",
    "change",
    "median",
    "90% band",
    "±",
    "unpaired",
    "share > 0",
];

/// The effects of every axis on an output in a camp.
pub(super) fn effects(view: &SweepView<'_>, number: usize, camp: &str) -> Vec<Vec<String>> {
    let Some(output) = view.outputs.get(number) else {
        return Vec::new();
    };
    view.results
        .effects
        .iter()
        .filter(|effect| effect.output == number && effect.camp == camp)
        .filter_map(|effect| row(view, effect, decimals(output)))
        .collect()
}

fn row(view: &SweepView<'_>, effect: &Effect, decimals: usize) -> Option<Vec<String>> {
    let axis = view.grid.axes.get(effect.axis)?;
    let spread = &effect.spread;
    let get = |name: &str, decimals: usize| {
        spread
            .get(name)
            .map_or(MISSING.to_owned(), |value| fixed(value, decimals))
    };
    let range = match (spread.get("p05"), spread.get("p95")) {
        (Some(low), Some(high)) => {
            format!("{} to {}", signed(low, decimals), signed(high, decimals))
        }
        _ => MISSING.to_owned(),
    };
    Some(vec![
        axis.name.clone(),
        format!(
            "{} less {}",
            axis.values.get(effect.value)?.label,
            axis.values.first()?.label
        ),
        spread
            .middle()
            .map_or(MISSING.to_owned(), |value| signed(value, decimals)),
        range,
        get("mc_se", decimals + 1),
        get("mc_se_unpaired", decimals + 1),
        get("share_positive", 2),
    ])
}
