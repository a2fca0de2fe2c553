//! A sweep as sheets: `cells`, `values`, `differences` and `effects`, one statistic a row.
//!
//! Every row says its cell by number and by the value on each axis (columns `axis: <name>`). Differences are against the base cell (the first
//! value of every axis); effects are of one value of one axis against its first, averaged over all others. Nothing is computed here.

use brandish_scenario::outputs::Output;
use brandish_scenario::sweep::{Contrast, Spread};

use super::SweepView;
use crate::format::tenor_label;
use crate::sheet::{Cell, ColumnKind, Sheet};

/// The sweep as sheets.
#[must_use]
pub fn sweep_sheets(view: &SweepView<'_>) -> Vec<Sheet> {
    vec![
        cells(view),
        contrasts(view, "values", "every cell", &view.results.values),
        contrasts(
            view,
            "differences",
            "cell less base cell, draw by draw",
            &view.results.differences,
        ),
        effects(view),
    ]
}

fn about(view: &SweepView<'_>, what: &str) -> Vec<(String, String)> {
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    vec![
        pair("grid", &view.grid.name),
        pair("title", &view.grid.title),
        pair("base", &view.grid.base),
        pair("rows", what),
        pair(
            "statistics",
            "central: all parameters central; p05 to p95: quantiles over draws; mc_se: Monte Carlo error of the median; mc_se_unpaired: what it would be if every cell had draws of its own (in effects, errors of many cells average out, so it can be the smaller one); share_positive: share of draws above zero",
        ),
        pair(
            "camps",
            "mix pools the headline camps by weight; stress camps stay outside it",
        ),
    ]
}

fn axis_columns(view: &SweepView<'_>, sheet: &mut Sheet) {
    for axis in &view.grid.axes {
        sheet.column(format!("axis: {}", axis.name), ColumnKind::Text);
    }
}

fn place(view: &SweepView<'_>, cell: usize) -> Vec<Cell> {
    let place = view.grid.cells.get(cell).map(|cell| cell.place.as_slice());
    view.grid
        .axes
        .iter()
        .zip(place.unwrap_or_default())
        .map(|(axis, value)| {
            axis.values
                .get(*value)
                .map_or(Cell::Empty, |value| Cell::text(value.label.as_str()))
        })
        .collect()
}

fn output_columns(sheet: &mut Sheet) {
    for name in ["camp", "measure", "tenor", "bucket"] {
        sheet.column(name, ColumnKind::Text);
    }
    sheet.column("day", ColumnKind::Published(0));
    for name in ["holder", "stat"] {
        sheet.column(name, ColumnKind::Text);
    }
    sheet.column("value", ColumnKind::Number);
    sheet.column("unit", ColumnKind::Text);
}

/// Cells of the columns of an output, one row for each statistic.
fn output_rows(
    front: &[Cell],
    camp: &str,
    output: Option<&Output>,
    spread: &Spread,
) -> Vec<Vec<Cell>> {
    let Some(output) = output else {
        return Vec::new();
    };
    spread
        .stats
        .iter()
        .map(|stat| {
            let share = stat.name == "share_positive";
            let mut row = front.to_vec();
            row.extend([
                Cell::text(camp),
                Cell::text(output.measure),
                output
                    .tenor
                    .map_or(Cell::Empty, |tenor| Cell::text(tenor_label(tenor))),
                output.bucket.map_or(Cell::Empty, Cell::text),
                Cell::number(output.day.map(f64::from)),
                Cell::text(output.holder.as_deref().unwrap_or_default()),
                Cell::text(stat.name),
                Cell::Number(stat.value),
                Cell::text(if share { "prob" } else { output.unit }),
            ]);
            row
        })
        .collect()
}

fn cells(view: &SweepView<'_>) -> Sheet {
    let mut sheet = Sheet::new("cells", about(view, "what was run"));
    sheet.column("cell", ColumnKind::Published(0));
    axis_columns(view, &mut sheet);
    sheet.column("failed_draws", ColumnKind::Published(0));
    sheet.column("first_failure", ColumnKind::Text);
    sheet.column("key", ColumnKind::Text);
    for (number, key) in view.keys.iter().enumerate() {
        let failures = view.results.failures.iter().filter(|f| f.cell == number);
        let failed: usize = failures.clone().map(|failure| failure.failed).sum();
        let first = failures.map(|failure| failure.first.as_str()).next();
        let mut row = vec![number_cell(number)];
        row.extend(place(view, number));
        row.push(Cell::Number(failed as f64));
        row.push(Cell::text(first.unwrap_or("")));
        row.push(Cell::text(key.as_str()));
        sheet.rows.push(row);
    }
    sheet
}

fn contrasts(view: &SweepView<'_>, name: &str, what: &str, rows: &[Contrast]) -> Sheet {
    let mut sheet = Sheet::new(name, about(view, what));
    sheet.column("cell", ColumnKind::Published(0));
    axis_columns(view, &mut sheet);
    output_columns(&mut sheet);
    for row in rows {
        let mut front = vec![number_cell(row.cell)];
        front.extend(place(view, row.cell));
        let output = view.outputs.get(row.output);
        sheet
            .rows
            .extend(output_rows(&front, row.camp, output, &row.spread));
    }
    sheet
}

fn effects(view: &SweepView<'_>) -> Sheet {
    let what = "a value of an axis less its first, averaged over the other axes, draw by draw";
    let mut sheet = Sheet::new("effects", about(view, what));
    for name in ["axis", "from", "to"] {
        sheet.column(name, ColumnKind::Text);
    }
    output_columns(&mut sheet);
    for effect in &view.results.effects {
        let Some(axis) = view.grid.axes.get(effect.axis) else {
            continue;
        };
        let label = |value: usize| {
            axis.values
                .get(value)
                .map_or(Cell::Empty, |value| Cell::text(value.label.as_str()))
        };
        let front = [
            Cell::text(axis.name.as_str()),
            label(0),
            label(effect.value),
        ];
        let output = view.outputs.get(effect.output);
        sheet
            .rows
            .extend(output_rows(&front, effect.camp, output, &effect.spread));
    }
    sheet
}

/// Cells are counted from 1.
fn number_cell(cell: usize) -> Cell {
    Cell::Number((cell + 1) as f64)
}
