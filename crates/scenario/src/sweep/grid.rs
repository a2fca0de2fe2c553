//! A grid file: as written (`GridFile`), then as checked (`Grid`): axes, outputs, and every cell a checked scenario.
//!
//! Checking takes the text of the base scenario, which the caller finds by the name that the grid gives; nothing is read here. The grid's
//! own mistakes come first and all at once; if it has none, every cell is put together and checked as a scenario file, and all mistakes of
//! all cells come at once, each at the place in the grid that caused it.

use super::cells::{self, Cell};
use super::keys::ROOT;
use super::reading::{ReadAxis, axes, changes, fixed, output, twice};
use crate::diagnostic::{Diagnostic, Origin, Source};
use crate::file::walk::{Report, Section, walk};
use crate::file::{Allocation, Context, LARGEST_FILE_BYTES, codes, read_syntax};
use crate::outputs::Asked;

/// Most cells of a grid.
pub const MOST_CELLS: usize = 4096;
/// Most numbers that a sweep keeps: cells times draws times outputs (times camps where each gets all draws).
pub const MOST_VALUES: usize = 25_000_000;

/// A grid file as written: valid TOML, nothing else known about it.
#[derive(Debug, Clone)]
pub struct GridFile {
    source: Source,
    base: String,
}

/// A checked grid.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Kebab-case name.
    pub name: String,
    /// One line for tables.
    pub title: String,
    /// The base scenario as the grid names it.
    pub base: String,
    /// What varies.
    pub axes: Vec<Axis>,
    /// What is asked of every cell, as written.
    pub outputs: Vec<Asked>,
    /// Draws of a cell.
    pub draws: u32,
    /// How they are given to the camps.
    pub allocation: Allocation,
    /// All combinations; the last axis varies fastest.
    pub cells: Vec<Cell>,
    /// Where each output stands in the file.
    pub(super) output_origins: Vec<Origin>,
}

/// What varies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// In words.
    pub name: String,
    /// Its versions; the first belongs to the base cell.
    pub values: Vec<AxisValue>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisValue {
    /// In words.
    pub label: String,
}

impl GridFile {
    /// Reads the syntax of `text`, which the user knows as `file_name`, and finds the name of the base scenario.
    ///
    /// # Errors
    /// Text that is no TOML or too long; a grid without a base.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > LARGEST_FILE_BYTES {
            let message = format!(
                "the file has {} bytes, more than the {LARGEST_FILE_BYTES} allowed",
                text.len()
            );
            let short = Source::new(file_name, "");
            return Err(vec![Diagnostic::error(
                codes::UNREADABLE,
                short.origin(0..0),
                message,
            )]);
        }
        let source = Source::new(file_name, text);
        let tree = read_syntax(&source)?;
        let base = Section::root(&ROOT, &tree).text("base").map(str::to_owned);
        match base {
            Some(base) => Ok(Self { source, base }),
            None => {
                // the walk says what is wrong with it, together with everything else
                let mut report = Report::new(&source);
                walk(&Section::root(&ROOT, &tree), &mut report);
                Err(report.finish())
            }
        }
    }

    /// The base scenario as the grid names it: a shipped one, or a file beside the grid.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// A complaint about the base: it is not there, or cannot be read.
    #[must_use]
    pub fn base_problem(&self, reason: &str) -> Vec<Diagnostic> {
        let mut report = Report::new(&self.source);
        if let Ok(tree) = read_syntax(&self.source) {
            let root = Section::root(&ROOT, &tree);
            let message = format!("the base scenario cannot be used: {reason}");
            report.error(codes::UNREADABLE, root.span_of("base"), message, |d| {
                d.help("write a shipped scenario (`brandish scenario list`) or the path of a scenario file, relative to the grid file")
            });
        }
        report.finish()
    }

    /// Checks the grid and every cell against `base_text`, the text of the base scenario. Warnings come with the grid, each once.
    ///
    /// # Errors
    /// All mistakes.
    pub fn check(
        &self,
        base_text: &str,
        context: &Context<'_>,
    ) -> Result<(Grid, Vec<Diagnostic>), Vec<Diagnostic>> {
        let tree = read_syntax(&self.source)?;
        let mut report = Report::new(&self.source);
        let root = Section::root(&ROOT, &tree);
        walk(&root, &mut report);
        let axes = axes(&root, &mut report);
        let outputs: Vec<(Asked, Origin)> = root
            .sections("output")
            .iter()
            .filter_map(|section| output(section, &report))
            .collect();
        twice(&outputs, &mut report);
        if root.written("output").is_some() && root.sections("output").is_empty() {
            report.error(
                codes::OUT_OF_RANGE,
                root.span_of("output"),
                "no output is asked for",
                |d| {
                    d.help(
                        "add [[output]] with measure = \"yield_change_peak\" and tenor = \"10Y\"",
                    )
                },
            );
        }
        let common = changes(&root, &mut report);
        let fixed = fixed(&root);
        let allocation = match root.text("allocation") {
            Some("each-camp") => Allocation::EachCamp,
            _ => Allocation::ByWeight,
        };
        let draws = root.count("draws").unwrap_or_default();
        let cells = cell_count(&axes, &root, &mut report);
        let name = root.text("name").unwrap_or_default().to_owned();
        let Ok(mut base) = base_text.parse::<toml::Table>() else {
            report.extend(self.base_problem("it is not valid TOML"));
            return Err(report.finish());
        };
        if report.has_errors() {
            return Err(report.finish());
        }
        let title = root
            .text("title")
            .map_or_else(|| name.clone(), str::to_owned);
        cells::apply_common(&mut base, &common, &mut report);
        cells::apply_fixed(&mut base, fixed);
        if report.has_errors() {
            return Err(report.finish());
        }
        let built = cells::build(
            &cells::Building {
                base: &base,
                common: &common,
                axes: &axes,
                cells,
                grid: self.source.file(),
            },
            context,
        );
        let (cells, warnings) = match built {
            Ok(built) => built,
            Err(found) => {
                report.extend(found);
                return Err(report.finish());
            }
        };
        if let Some(problem) = not_comparable(&cells, &root, &report) {
            report.extend(vec![problem]);
            return Err(report.finish());
        }
        let camps = cells.first().map_or(1, |cell: &Cell| {
            let assumptions = &cell.scenario.assumptions;
            match allocation {
                Allocation::EachCamp => assumptions.camps.len() + assumptions.stress_camps.len(),
                Allocation::ByWeight => 1,
            }
        });
        let numbers = [draws as usize, outputs.len(), camps]
            .into_iter()
            .try_fold(cells.len(), usize::checked_mul);
        if numbers.is_none_or(|numbers| numbers > MOST_VALUES) {
            let message = format!(
                "{} cells with {draws} draws and {} outputs are more numbers than the {MOST_VALUES} allowed",
                cells.len(),
                outputs.len()
            );
            report.error(codes::OUT_OF_RANGE, root.span_of("draws"), message, |d| {
                d.help("ask for fewer draws, or split the grid")
            });
            return Err(report.finish());
        }
        let (outputs, output_origins) = outputs.into_iter().unzip();
        Ok((
            Grid {
                name,
                title,
                base: self.base.clone(),
                axes: axes
                    .into_iter()
                    .map(|axis| Axis {
                        name: axis.name,
                        values: axis
                            .values
                            .into_iter()
                            .map(|(label, _)| AxisValue { label })
                            .collect(),
                    })
                    .collect(),
                outputs,
                draws,
                allocation,
                cells,
                output_origins,
            },
            warnings,
        ))
    }
}

impl Grid {
    /// The axis values of a cell in words, `china: joins · pace: a month`.
    #[must_use]
    pub fn cell_name(&self, cell: usize) -> String {
        let Some(cell) = self.cells.get(cell) else {
            return String::new();
        };
        let parts: Vec<String> = self
            .axes
            .iter()
            .zip(&cell.place)
            .filter_map(|(axis, place)| {
                Some(format!("{}: {}", axis.name, axis.values.get(*place)?.label))
            })
            .collect();
        parts.join(" · ")
    }

    /// The cell at a place: the number of a value on each axis.
    #[must_use]
    pub fn cell_at(&self, place: &[usize]) -> Option<usize> {
        self.cells.iter().position(|cell| cell.place == place)
    }
}

/// Draws can be compared one by one only where all cells have the same ones.
fn not_comparable(cells: &[Cell], root: &Section<'_>, report: &Report<'_>) -> Option<Diagnostic> {
    let of = |cell: &Cell| {
        let assumptions = &cell.scenario.assumptions;
        (
            assumptions.draws,
            assumptions.allocation,
            assumptions.seed,
            assumptions.camps.clone(),
            assumptions.stress_camps.clone(),
        )
    };
    let first = cells.first().map(of)?;
    cells.iter().find(|cell| of(cell) != first)?;
    let origin = report.origin(root.span_of("axis"));
    let message = "draws, allocation, seed and camps differ between cells, so their draws cannot be compared one by one";
    Some(
        Diagnostic::error(codes::MEANINGLESS, origin, message)
            .help("write `draws`, `allocation`, `seed`, `camps` and `stress_camps` at the top of the grid; they hold for every cell"),
    )
}

fn cell_count(axes: &[ReadAxis], root: &Section<'_>, report: &mut Report<'_>) -> usize {
    let count = axes
        .iter()
        .map(|axis| axis.values.len())
        .try_fold(1, usize::checked_mul);
    match count {
        Some(count) if count <= MOST_CELLS => count,
        _ => {
            let sizes: Vec<String> = axes
                .iter()
                .map(|axis| axis.values.len().to_string())
                .collect();
            let message = format!(
                "{} cells are more than the {MOST_CELLS} allowed",
                sizes.join(" x ")
            );
            report.error(codes::OUT_OF_RANGE, root.span_of("axis"), message, |d| {
                d.help("take values or an axis away, or split the grid")
            });
            0
        }
    }
}
