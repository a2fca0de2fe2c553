//! Cells: every combination of axis values, put together as a scenario file and checked like one.
//!
//! The base scenario's file is changed by the grid's own `set` and `remove`, then by those of one value of each axis, in the order of the
//! file. A mistake that a value caused is shown at that value; what cannot be traced to one is shown in the text of the cell. The same mistake
//! in many cells is said once, with their number.

use toml::Table;
use toml::de::{DeTable, DeValue};

use super::paths::Step;
use super::reading::{Changes, ReadAxis};
use crate::diagnostic::{Diagnostic, Origin, Source};
use crate::file::walk::Report;
use crate::file::{Context, Scenario, ScenarioFile, codes, read_syntax};

/// One combination of axis values.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The number of the value on each axis.
    pub place: Vec<usize>,
    /// The scenario.
    pub scenario: Scenario,
}

/// What cells are built from.
pub(super) struct Building<'a> {
    /// The base file, changed by the grid itself.
    pub(super) base: &'a Table,
    /// Those changes, for places of mistakes.
    pub(super) common: &'a Changes,
    /// The axes.
    pub(super) axes: &'a [ReadAxis],
    /// How many cells there are.
    pub(super) cells: usize,
    /// Name of the grid file.
    pub(super) grid: &'a str,
}

/// Changes the base by what the grid says outside its axes.
pub(super) fn apply_common(base: &mut Table, changes: &Changes, report: &mut Report<'_>) {
    let mut failed = Vec::new();
    apply(base, changes, &mut Vec::new(), &mut failed);
    for (origin, message) in failed {
        report.error(codes::MEANINGLESS, origin.span.clone(), message, |d| d);
    }
}

/// Writes the grid's draws, seed and camps into the base.
pub(super) fn apply_fixed(base: &mut Table, fixed: Vec<(&'static str, toml::Value)>) {
    let assumptions = base
        .entry("assumptions")
        .or_insert_with(|| toml::Value::Table(Table::new()));
    // anything but a table is a mistake of the base that its check reports
    if let toml::Value::Table(assumptions) = assumptions {
        for (key, value) in fixed {
            assumptions.insert(key.to_owned(), value);
        }
    }
}

/// Where the values of a cell came from.
type Placed = Vec<(Vec<Step>, Origin)>;

fn apply(
    table: &mut Table,
    changes: &Changes,
    placed: &mut Placed,
    failed: &mut Vec<(Origin, String)>,
) {
    for (path, origin) in &changes.remove {
        if let Err(message) = path.remove(table) {
            failed.push((origin.clone(), message));
        }
    }
    for change in &changes.set {
        match change.path.set(table, &change.value) {
            Ok(places) => placed.extend(
                places
                    .into_iter()
                    .map(|place| (place, change.origin.clone())),
            ),
            Err(message) => failed.push((change.origin.clone(), message)),
        }
    }
}

/// Builds and checks every cell.
///
/// # Errors
/// All mistakes of all cells, each once.
pub(super) fn build(
    building: &Building<'_>,
    context: &Context<'_>,
) -> Result<(Vec<Cell>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut cells = Vec::with_capacity(building.cells);
    let mut problems = Gathered::default();
    let mut warnings = Gathered::default();
    for number in 0..building.cells {
        let place = place(number, building.axes);
        let name = name(&place, building.axes);
        match one(building, &place, &name, context) {
            Ok((scenario, found)) => {
                warnings.add(&name, found);
                cells.push(Cell { place, scenario });
            }
            Err(found) => problems.add(&name, found),
        }
    }
    if problems.found.is_empty() {
        Ok((cells, warnings.finish()))
    } else {
        Err(problems.finish())
    }
}

fn one(
    building: &Building<'_>,
    place: &[usize],
    name: &str,
    context: &Context<'_>,
) -> Result<(Scenario, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut table = building.base.clone();
    let mut placed = Vec::new();
    let mut failed = Vec::new();
    for change in &building.common.set {
        // setting a value again changes nothing; it tells where the value stands
        if let Ok(places) = change.path.set(&mut table.clone(), &change.value) {
            placed.extend(
                places
                    .into_iter()
                    .map(|place| (place, change.origin.clone())),
            );
        }
    }
    for (axis, value) in building.axes.iter().zip(place) {
        if let Some((_, changes)) = axis.values.get(*value) {
            apply(&mut table, changes, &mut placed, &mut failed);
        }
    }
    if !failed.is_empty() {
        return Err(failed
            .into_iter()
            .map(|(origin, message)| Diagnostic::error(codes::MEANINGLESS, origin, message))
            .collect());
    }
    let file = format!("{} (cell {name}, written out)", building.grid);
    let text = match toml::to_string(&table) {
        Ok(text) => text,
        Err(error) => {
            let nowhere = Source::new(&file, "").origin(0..0);
            let message = format!("the cell cannot be written as a file: {error}");
            return Err(vec![Diagnostic::error(codes::UNREADABLE, nowhere, message)]);
        }
    };
    let tree_source = Source::new("", &text);
    let Ok(tree) = read_syntax(&tree_source) else {
        return ScenarioFile::parse(&text, &file).and_then(|file| {
            file.check(context)
                .map(|checked| (checked.scenario, checked.warnings))
        });
    };
    let traced = |mut found: Vec<Diagnostic>| {
        for problem in &mut found {
            trace(&mut problem.origin, &tree, &placed);
        }
        found
    };
    let checked = ScenarioFile::parse(&text, &file)
        .and_then(|file| file.check(context))
        .map_err(traced)?;
    let mut scenario = checked.scenario;
    // what the market of the day refuses later is shown at the same places
    for origin in origins(&mut scenario) {
        trace(origin, &tree, &placed);
    }
    Ok((scenario, traced(checked.warnings)))
}

/// Places that a checked scenario keeps for complaints of the market.
fn origins(scenario: &mut Scenario) -> Vec<&mut Origin> {
    let mut origins = Vec::new();
    for sale in &mut scenario.sales {
        let places = &mut sale.origin;
        origins.extend([&mut places.amount, &mut places.mix, &mut places.cap]);
    }
    if let Some(threat) = &mut scenario.threat {
        origins.extend([&mut threat.amount_origin, &mut threat.mix_origin]);
    }
    origins
}

/// Puts the place in the grid that caused it, if one did, in place of the one in the text of the cell.
fn trace(place: &mut Origin, tree: &DeTable<'_>, placed: &Placed) {
    // what was set last stands in the file
    let cause = placed
        .iter()
        .rev()
        .find(|(path, _)| owns(tree, path, place.span.start));
    if let Some((_, origin)) = cause {
        *place = origin.clone();
    }
}

/// Whether what stands at a path begins, or holds something that begins, at `start`.
fn owns(tree: &DeTable<'_>, path: &[Step], start: usize) -> bool {
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return false;
    };
    let Some((key, value)) = tree.get_key_value(first.as_str()) else {
        return false;
    };
    if rest.is_empty() && key.span().start == start {
        return true;
    }
    owned_below(value, rest, start)
}

fn owned_below(value: &toml::Spanned<DeValue<'_>>, path: &[Step], start: usize) -> bool {
    match (path.split_first(), value.get_ref()) {
        (None, written) => {
            value.span().start == start
                || match written {
                    DeValue::Table(entries) => entries.iter().any(|(key, below)| {
                        key.span().start == start || owned_below(below, &[], start)
                    }),
                    DeValue::Array(elements) => {
                        elements.iter().any(|below| owned_below(below, &[], start))
                    }
                    _ => false,
                }
        }
        (Some((Step::Key(_), _)), DeValue::Table(entries)) => owns(entries, path, start),
        (Some((Step::Index(index), rest)), DeValue::Array(elements)) => elements
            .get(*index)
            .is_some_and(|below| owned_below(below, rest, start)),
        _ => false,
    }
}

/// The values of a cell: the last axis varies fastest.
fn place(number: usize, axes: &[ReadAxis]) -> Vec<usize> {
    let mut left = number;
    let mut place = vec![0; axes.len()];
    for (value, axis) in place.iter_mut().zip(axes).rev() {
        let size = axis.values.len().max(1);
        *value = left % size;
        left /= size;
    }
    place
}

fn name(place: &[usize], axes: &[ReadAxis]) -> String {
    let parts: Vec<String> = axes
        .iter()
        .zip(place)
        .filter_map(|(axis, value)| Some(format!("{}: {}", axis.name, axis.values.get(*value)?.0)))
        .collect();
    parts.join(" · ")
}

/// Problems of many cells, equal ones once.
#[derive(Default)]
pub(super) struct Gathered {
    found: Vec<(Diagnostic, String, usize)>,
}

impl Gathered {
    /// Takes the problems of a cell.
    pub(super) fn add(&mut self, cell: &str, problems: Vec<Diagnostic>) {
        for problem in problems {
            let known = self.found.iter_mut().find(|(other, _, _)| {
                other.code == problem.code
                    && other.message == problem.message
                    && other.origin.line_text == problem.origin.line_text
                    && other.origin.line_span == problem.origin.line_span
            });
            match known {
                Some((_, _, more)) => *more += 1,
                None => self.found.push((problem, cell.to_owned(), 0)),
            }
        }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, each with the cells it was found in.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found
            .into_iter()
            .map(|(mut problem, cell, more)| {
                let others = match more {
                    0 => String::new(),
                    1 => " and 1 other".to_owned(),
                    more => format!(" and {more} others"),
                };
                problem.message = format!("{} (cell {cell}{others})", problem.message);
                problem
            })
            .collect()
    }
}
