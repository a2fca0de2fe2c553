//! A sweep in a terminal: a matrix of two axes for every output, then what each axis does.
//!
//! A matrix shows medians with their 90% bands, the other axes at their first values; which two axes stand in it is the reader's choice. The
//! effects show the paired difference with its band and both errors: with common draws, and what it would be without.

use brandish_scenario::file::Allocation;

use super::{SweepView, shown};
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
    text.wrapped(&head_line(view), 2);
    let camp = camp(view, choice);
    let (rows, columns) = axes(view, choice);
    for number in 0..view.outputs.len() {
        text.rule();
        matrix(&mut text, view, (rows, columns), number, &camp);
        effects(&mut text, view, number, &camp);
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
        "Median (90% band). ± is the Monte Carlo error of a paired median, `unpaired` the error if every cell had draws of its own (an average over cells averages that out too). All statistics of all camps: --format csv --table values, differences or effects. Not a forecast.",
        2,
    );
    text.finish()
}

/// How many cells, axes and draws.
pub(super) fn head_line(view: &SweepView<'_>) -> String {
    let grid = view.grid;
    let shared = match grid.allocation {
        Allocation::ByWeight => "shared by the camps by weight",
        Allocation::EachCamp => "of each camp",
    };
    format!(
        "{} on {}, base {}; {} in every cell, {shared}, the same ones in all cells",
        count(grid.cells.len(), "cell"),
        match grid.axes.len() {
            1 => "1 axis".to_owned(),
            axes => format!("{axes} axes"),
        },
        grid.base,
        count(grid.draws as usize, "draw"),
    )
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
pub(super) fn axes(view: &SweepView<'_>, choice: &MatrixChoice) -> (usize, Option<usize>) {
    let longest = |other: Option<usize>| {
        (0..view.grid.axes.len())
            .filter(|axis| Some(*axis) != other)
            .rev()
            .max_by_key(|axis| view.grid.axes[*axis].values.len())
    };
    let rows = choice.rows.or_else(|| longest(choice.columns)).unwrap_or(0);
    let columns = choice
        .columns
        .filter(|columns| *columns != rows)
        .or_else(|| longest(Some(rows)));
    (rows, columns)
}

fn matrix(
    text: &mut Text,
    view: &SweepView<'_>,
    shown: (usize, Option<usize>),
    number: usize,
    camp: &str,
) {
    let Some(matrix) = shown::matrix(view, shown, number, camp) else {
        return;
    };
    text.wrapped(&matrix.title, 2);
    if !matrix.others.is_empty() {
        text.wrapped(&format!("with {}", matrix.others), 2);
    }
    let columns: Vec<_> = matrix
        .header
        .iter()
        .enumerate()
        .map(|(place, name)| match place {
            0 => words(name, 0),
            _ => numbers(name, 0),
        })
        .collect();
    text.table(&columns, &matrix.rows);
}

fn effects(text: &mut Text, view: &SweepView<'_>, number: usize, camp: &str) {
    let rows = shown::effects(view, number, camp);
    if rows.is_empty() {
        return;
    }
    text.line("");
    text.wrapped(
        "What each axis does, averaged over the others, the same draws on both sides:",
        2,
    );
    let [axis, change, median, range, error, unpaired, share] = shown::EFFECT_HEADINGS;
    let columns = [
        words(axis, 2),
        words(change, 0),
        numbers(median, 0),
        numbers(range, 1),
        numbers(error, 0),
        numbers(unpaired, 3),
        numbers(share, 4),
    ];
    text.table(&columns, &rows);
}
