//! A sweep in a terminal: a matrix of two axes for every output, then what each axis does.
//!
//! A matrix shows medians with their 90% bands, the other axes at their first values; which two axes stand in it is the reader's choice. The
//! effects show the paired difference with its band and both errors: with common draws, and what it would be without.

use brandish_scenario::file::Allocation;
use brandish_scenario::outputs::Output;
use brandish_scenario::sweep::{Axis, Contrast, Spread};

use super::SweepView;
use crate::format::{fixed, signed};
use crate::text::{SummaryStyle, Text, numbers, words};

/// Which axes a matrix shows, by name, and of which camp.
#[derive(Debug, Clone, Default)]
pub struct MatrixChoice {
    /// Axis down; the longest unless named.
    pub rows: Option<usize>,
    /// Axis across; the longest other one unless named.
    pub columns: Option<usize>,
    /// Camp letter or `mix`; `mix` where there is one.
    pub camp: Option<String>,
}

/// The sweep as text.
#[must_use]
pub fn sweep_text(view: &SweepView<'_>, choice: &MatrixChoice, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    let grid = view.grid;
    text.wrapped(&format!("brandish · sweep · {}", grid.title), 2);
    let shared = match grid.allocation {
        Allocation::ByWeight => "shared by the camps by weight",
        Allocation::EachCamp => "of each camp",
    };
    text.wrapped(
        &format!(
            "{} on {}, base {}; {} in every cell, {shared}, the same ones in all cells",
            count(grid.cells.len(), "cell"),
            match grid.axes.len() {
                1 => "1 axis".to_owned(),
                axes => format!("{axes} axes"),
            },
            grid.base,
            count(grid.draws as usize, "draw"),
        ),
        2,
    );
    let camp = camp(view, choice);
    let (rows, columns) = axes(view, choice);
    for (number, output) in grid.outputs.iter().enumerate() {
        text.rule();
        matrix(&mut text, view, (rows, columns), (number, output), &camp);
        effects(&mut text, view, (number, output), &camp);
    }
    if !view.results.failures.is_empty() {
        text.rule();
        let failed: usize = view.results.failures.iter().map(|f| f.failed).sum();
        text.wrapped(
            &format!(
                "{failed} draws failed in {}; they are left out of every difference they belong to. Table `cells` has the first error of each.",
                count(view.results.failures.len(), "cell and camp"),
            ),
            2,
        );
    }
    text.rule();
    text.wrapped(
        "Median (90% band). ± is the Monte Carlo error of a paired median, `unpaired` the error without common draws. All statistics of all camps: --format csv --table values, differences or effects. Not a forecast.",
        2,
    );
    text.finish()
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

/// The camp that is shown.
fn camp(view: &SweepView<'_>, choice: &MatrixChoice) -> String {
    let has = |camp: &str| view.results.values.iter().any(|value| value.camp == camp);
    match &choice.camp {
        Some(camp) => camp.clone(),
        None if has("mix") => "mix".to_owned(),
        None => view
            .results
            .values
            .first()
            .map_or_else(String::new, |value| value.camp.to_owned()),
    }
}

/// The axes that are shown.
fn axes(view: &SweepView<'_>, choice: &MatrixChoice) -> (usize, Option<usize>) {
    let longest = |other: Option<usize>| {
        (0..view.grid.axes.len())
            .filter(|axis| Some(*axis) != other)
            .rev()
            .max_by_key(|axis| view.grid.axes[*axis].values.len())
    };
    let rows = choice
        .rows
        .or_else(|| longest(choice.columns))
        .unwrap_or(0);
    let columns = choice
        .columns
        .filter(|columns| *columns != rows)
        .or_else(|| longest(Some(rows)));
    (rows, columns)
}

fn unit_decimals(output: &Output) -> usize {
    match output.measure.unit {
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
    format!("{output}, {}, {camp}", output.measure.unit.replace('_', " "))
}

fn matrix(
    text: &mut Text,
    view: &SweepView<'_>,
    (rows, columns): (usize, Option<usize>),
    (number, output): (usize, &Output),
    camp: &str,
) {
    let grid = view.grid;
    let (Some(down), across) = (grid.axes.get(rows), columns.and_then(|c| grid.axes.get(c))) else {
        return;
    };
    text.wrapped(&named(output, camp), 2);
    let others: Vec<String> = grid
        .axes
        .iter()
        .enumerate()
        .filter(|(axis, _)| *axis != rows && Some(*axis) != columns)
        .filter_map(|(_, axis)| Some(format!("{}: {}", axis.name, axis.values.first()?.label)))
        .collect();
    if !others.is_empty() {
        text.wrapped(&format!("with {}", others.join(", ")), 2);
    }
    let value = |row: usize, column: usize| -> String {
        let mut place = vec![0; grid.axes.len()];
        place[rows] = row;
        if let Some(columns) = columns {
            place[columns] = column;
        }
        let found = grid.cell_at(&place).and_then(|cell| {
            view.results
                .values
                .iter()
                .find(|v| v.cell == cell && v.output == number && v.camp == camp)
        });
        found.map_or("n/a".to_owned(), |value: &Contrast| {
            band(&value.spread, unit_decimals(output))
        })
    };
    let labels: Vec<&str> = across.map_or_else(|| vec![""], |axis| labels(axis));
    let corner = across.map_or_else(
        || down.name.clone(),
        |across| format!("{} \\ {}", down.name, across.name),
    );
    let mut header = vec![words(&corner, 0)];
    header.extend(labels.iter().map(|label| numbers(label, 0)));
    let lines: Vec<Vec<String>> = labels_of(down)
        .enumerate()
        .map(|(row, label)| {
            let mut line = vec![label.to_owned()];
            line.extend((0..labels.len()).map(|column| value(row, column)));
            line
        })
        .collect();
    text.table(&header, &lines);
}

fn labels(axis: &Axis) -> Vec<&str> {
    labels_of(axis).collect()
}

fn labels_of(axis: &Axis) -> impl Iterator<Item = &str> {
    axis.values.iter().map(|value| value.label.as_str())
}

/// `42.1 (12.0 to 81.3)`.
fn band(spread: &Spread, decimals: usize) -> String {
    let Some(middle) = spread.middle() else {
        return "n/a".to_owned();
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

fn effects(
    text: &mut Text,
    view: &SweepView<'_>,
    (number, output): (usize, &Output),
    camp: &str,
) {
    let decimals = unit_decimals(output);
    let rows: Vec<Vec<String>> = view
        .results
        .effects
        .iter()
        .filter(|effect| effect.output == number && effect.camp == camp)
        .filter_map(|effect| {
            let axis = view.grid.axes.get(effect.axis)?;
            let spread = &effect.spread;
            let get = |name: &str, decimals: usize| {
                spread
                    .get(name)
                    .map_or("n/a".to_owned(), |value| fixed(value, decimals))
            };
            let range = match (spread.get("p05"), spread.get("p95")) {
                (Some(low), Some(high)) => {
                    format!("{} to {}", signed(low, decimals), signed(high, decimals))
                }
                _ => "n/a".to_owned(),
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
                    .map_or("n/a".to_owned(), |value| signed(value, decimals)),
                range,
                get("mc_se", decimals + 1),
                get("mc_se_unpaired", decimals + 1),
                get("share_positive", 2),
            ])
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    text.line("");
    text.wrapped(
        "What each axis does, averaged over the others, the same draws on both sides:",
        2,
    );
    let columns = [
        words("axis", 2),
        words("change", 0),
        numbers("median", 0),
        numbers("90% band", 1),
        numbers("±", 0),
        numbers("unpaired", 3),
        numbers("share > 0", 4),
    ];
    text.table(&columns, &rows);
}
