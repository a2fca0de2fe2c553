//! What a change does: differences between cells draw by draw, each cell against the base and each axis on average.
//!
//! ```text
//! difference of a cell   d_i = y_i(cell) - y_i(base cell)                        i = number of the draw, same parameters in both
//! effect of an axis      e_i = mean over the other axes' values of  y_i(value, others) - y_i(first value, others)
//! unpaired error         sqrt(s^2 + s_base^2), s the error of each cell's own median: what the difference of two medians would have
//! ```
//!
//! Only draws that finished in all cells of a difference count. `mc_se` is the error of the median of `d_i` over independent
//! scramblings; it is small where the two cells move together. `share_positive` is the share of draws with `d_i > 0`. The mixture pools
//! the headline camps with their weights; stress camps stay outside it.

use super::grid::Grid;
use super::run::{CampWeight, CellValues};
use super::spread::{Drawn, Spread, of_camp, of_mixture, share_positive};
use crate::error::ScenarioError;
use crate::file::CampName;

/// Name of the mixture in tables.
const MIX: &str = "mix";

/// Everything a sweep found.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepResults {
    /// Camps with their weights.
    pub camps: Vec<CampWeight>,
    /// Every cell.
    pub values: Vec<Contrast>,
    /// Every cell but the base against the base.
    pub differences: Vec<Contrast>,
    /// Every value of an axis but the first against the first.
    pub effects: Vec<Effect>,
    /// Draws that failed, by cell and camp: cell, camp, failed, asked, first failure.
    pub failures: Vec<Failure>,
}

/// One number of a cell, or of a difference between two.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The cell.
    pub cell: usize,
    /// Camp letter, or `mix`.
    pub camp: &'static str,
    /// Number of the output.
    pub output: usize,
    /// How it is spread.
    pub spread: Spread,
}

/// One number of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The axis.
    pub axis: usize,
    /// Number of the value, from 1: it is compared with the first.
    pub value: usize,
    /// Camp letter, or `mix`.
    pub camp: &'static str,
    /// Number of the output.
    pub output: usize,
    /// How it is spread.
    pub spread: Spread,
}

/// Draws of a cell that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The cell.
    pub cell: usize,
    /// The camp.
    pub camp: CampName,
    /// How many.
    pub failed: usize,
    /// Of how many.
    pub asked: usize,
    /// What the first said.
    pub first: String,
}

/// The results of a sweep from its finished cells.
///
/// # Errors
/// Cells of another grid: their number, camps or outputs differ.
pub fn results(
    grid: &Grid,
    camps: &[CampWeight],
    cells: &[CellValues],
) -> Result<SweepResults, ScenarioError> {
    check(grid, camps, cells)?;
    let mut found = SweepResults {
        camps: camps.to_vec(),
        values: Vec::new(),
        differences: Vec::new(),
        effects: Vec::new(),
        failures: failures(cells),
    };
    let drawn = |cell: usize, camp: usize, output: usize| -> Drawn {
        let values = &cells[cell].camps[camp];
        Drawn {
            central: values.central[output],
            numbers: values.numbers.clone(),
            values: values.values[output].clone(),
        }
    };
    let base = grid.cell_at(&vec![0; grid.axes.len()]).unwrap_or(0);
    for output in 0..grid.outputs.len() {
        // errors of the medians of each cell, for the unpaired error
        let mut errors: Vec<Vec<(&'static str, Option<f64>)>> = Vec::new();
        for cell in 0..cells.len() {
            let columns: Vec<Drawn> = (0..camps.len())
                .map(|camp| drawn(cell, camp, output))
                .collect();
            let spreads = spreads(camps, &columns)?;
            errors.push(
                spreads
                    .iter()
                    .map(|(camp, spread)| (*camp, spread.get("mc_se")))
                    .collect(),
            );
            found
                .values
                .extend(spreads.into_iter().map(|(camp, spread)| Contrast {
                    cell,
                    camp,
                    output,
                    spread,
                }));
        }
        let error = |cell: usize, camp: &str| -> Option<f64> {
            let (_, error) = errors[cell].iter().find(|(name, _)| *name == camp)?;
            *error
        };
        for cell in (0..cells.len()).filter(|cell| *cell != base) {
            let pairs = [(cell, base)];
            for (camp, spread) in contrast(camps, &pairs, &|c, k| drawn(c, k, output), &error)? {
                found.differences.push(Contrast {
                    cell,
                    camp,
                    output,
                    spread,
                });
            }
        }
        for (axis, values) in grid.axes.iter().map(|axis| axis.values.len()).enumerate() {
            for value in 1..values {
                let pairs = pairs(grid, axis, value);
                for (camp, spread) in contrast(camps, &pairs, &|c, k| drawn(c, k, output), &error)?
                {
                    found.effects.push(Effect {
                        axis,
                        value,
                        camp,
                        output,
                        spread,
                    });
                }
            }
        }
    }
    Ok(found)
}

fn check(grid: &Grid, camps: &[CampWeight], cells: &[CellValues]) -> Result<(), ScenarioError> {
    let foreign = |what: String| {
        Err(ScenarioError::Study(format!(
            "these cells are not of this grid: {what}"
        )))
    };
    if cells.len() != grid.cells.len() {
        return foreign(format!(
            "{} cells instead of {}",
            cells.len(),
            grid.cells.len()
        ));
    }
    for (number, cell) in cells.iter().enumerate() {
        let same_camps = cell.camps.len() == camps.len()
            && cell.camps.iter().zip(camps).all(|(a, b)| a.camp == b.camp);
        let outputs = grid.outputs.len();
        let whole = cell.camps.iter().all(|camp| {
            camp.central.len() == outputs
                && camp.values.len() == outputs
                && camp
                    .values
                    .iter()
                    .all(|column| column.len() == camp.numbers.len())
                && camp.numbers.is_sorted()
        });
        if !same_camps || !whole {
            return foreign(format!("camps or outputs of cell {} differ", number + 1));
        }
    }
    Ok(())
}

fn failures(cells: &[CellValues]) -> Vec<Failure> {
    let mut found = Vec::new();
    for (cell, values) in cells.iter().enumerate() {
        for camp in values.camps.iter().filter(|camp| camp.failed > 0) {
            found.push(Failure {
                cell,
                camp: camp.camp,
                failed: camp.failed,
                asked: camp.failed + camp.numbers.len(),
                first: camp.first_failure.clone().unwrap_or_default(),
            });
        }
    }
    found
}

/// The spreads of every camp and of the mixture.
fn spreads(
    camps: &[CampWeight],
    columns: &[Drawn],
) -> Result<Vec<(&'static str, Spread)>, ScenarioError> {
    let mut found = Vec::new();
    for (camp, drawn) in camps.iter().zip(columns) {
        found.push((camp.camp.letter(), of_camp(drawn)?));
    }
    let members = members(camps, columns);
    found.extend(of_mixture(&members).map(|spread| (MIX, spread)));
    Ok(found)
}

fn members<'a>(camps: &[CampWeight], columns: &'a [Drawn]) -> Vec<(f64, &'a Drawn)> {
    camps
        .iter()
        .zip(columns)
        .filter(|(camp, _)| !camp.stress)
        .map(|(camp, drawn)| (camp.weight, drawn))
        .collect()
}

/// Pairs of cells that differ in one axis alone: its `value` and its first.
fn pairs(grid: &Grid, axis: usize, value: usize) -> Vec<(usize, usize)> {
    grid.cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.place.get(axis) == Some(&value))
        .filter_map(|(number, cell)| {
            let mut first = cell.place.clone();
            *first.get_mut(axis)? = 0;
            Some((number, grid.cell_at(&first)?))
        })
        .collect()
}

/// The mean difference over pairs of cells, draw by draw, for every camp and the mixture.
fn contrast(
    camps: &[CampWeight],
    pairs: &[(usize, usize)],
    drawn: &dyn Fn(usize, usize) -> Drawn,
    error: &dyn Fn(usize, &str) -> Option<f64>,
) -> Result<Vec<(&'static str, Spread)>, ScenarioError> {
    let columns: Vec<Drawn> = (0..camps.len())
        .map(|camp| mean_difference(pairs, &|cell| drawn(cell, camp)))
        .collect();
    let mut found = spreads(camps, &columns)?;
    for (name, spread) in &mut found {
        let mut squares = Some(0.0);
        for (cell, first) in pairs {
            squares = squares
                .zip(error(*cell, name))
                .zip(error(*first, name))
                .map(|((sum, a), b)| sum + a * a + b * b);
        }
        let count = pairs.len().max(1) as f64;
        let unpaired = squares.filter(|_| spread.get("mc_se").is_some());
        spread.add(
            "mc_se_unpaired",
            unpaired.map(|sum: f64| sum.sqrt() / count),
        );
        let of: Vec<(f64, &Drawn)> = match *name {
            MIX => members(camps, &columns),
            // one camp alone: its weight does not matter, and may be zero
            letter => camps
                .iter()
                .zip(&columns)
                .filter(|(camp, _)| camp.camp.letter() == letter)
                .map(|(_, drawn)| (1.0, drawn))
                .collect(),
        };
        let share = spread.get("p50").and_then(|_| share_positive(&of));
        spread.add("share_positive", share);
    }
    let mut stats = found.iter().flat_map(|(_, spread)| &spread.stats);
    if let Some(stat) = stats.find(|stat| !stat.value.is_finite()) {
        return Err(ScenarioError::NotFinite {
            measure: "a difference between cells",
            value: stat.value,
        });
    }
    Ok(found)
}

/// Over the draws that finished in all cells.
fn mean_difference(pairs: &[(usize, usize)], drawn: &dyn Fn(usize) -> Drawn) -> Drawn {
    let count = pairs.len().max(1) as f64;
    let columns: Vec<(Drawn, Drawn)> = pairs
        .iter()
        .map(|(cell, first)| (drawn(*cell), drawn(*first)))
        .collect();
    let central: f64 = columns.iter().map(|(a, b)| a.central - b.central).sum();
    let mut found = Drawn {
        central: central / count,
        numbers: Vec::new(),
        values: Vec::new(),
    };
    let Some((first, _)) = columns.first() else {
        return found;
    };
    'draws: for number in &first.numbers {
        let mut sum = 0.0;
        for (a, b) in &columns {
            let of = |column: &Drawn| {
                let place = column.numbers.binary_search(number).ok()?;
                column.values.get(place).copied()
            };
            let (Some(a), Some(b)) = (of(a), of(b)) else {
                continue 'draws;
            };
            sum += a - b;
        }
        found.numbers.push(*number);
        found.values.push(sum / count);
    }
    found
}
