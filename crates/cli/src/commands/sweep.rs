//! `brandish sweep`: a grid in, matrices and paired differences out, cell by cell, to be gone on with after any stop.
//!
//! A finished cell is a file named by the hash of everything that determines its numbers. The command looks for finished cells, computes
//! the others and writes each as soon as it is done; only then come the tables. So Ctrl-C and a kill cost at most the cell in flight.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use brandish_report::sheet::{
    Sheet, write_sheet_csv, write_sheet_parquet, write_sheets_json, write_sheets_xlsx,
};
use brandish_report::sweep::{
    FoundCell, MatrixChoice, SWEEP_SCHEMA, SweepFolder, SweepManifest, SweepView, sweep_html,
    sweep_sheets, sweep_text,
};
use brandish_report::{ReportError, SummaryStyle, sha256_hex};
use brandish_scenario::sweep::{
    CellValues, Grid, PreparedSweep, SHIPPED_GRIDS, SweepResults, results,
};
use brandish_scenario::{MOST_FAILED_SHARE, Settings};

use crate::args::{SheetOutput, SweepArgs, SweepTable};
use crate::exit::{Ending, Failure};
use crate::load::{LoadedGrid, load_grid, load_snapshot};
use crate::replay::{explain, progress_bar, snapshot_record, stop_on_interrupt};
use crate::terminal::Terminal;

/// Folder in which sweeps are kept unless another is named.
const RUNS: &str = "runs";
/// Hex digits of a sweep's identifier.
const ID_DIGITS: usize = 12;
/// Columns of `summary.txt`.
const SUMMARY_WIDTH: usize = 100;
/// Rows of an Excel worksheet, header included.
const EXCEL_ROWS: usize = 1_048_576;

/// Runs a sweep.
pub fn sweep(terminal: Terminal, arguments: &SweepArgs) -> Result<Ending, Failure> {
    let Some(name) = arguments.grid.as_deref().filter(|_| !arguments.list) else {
        let names: String = SHIPPED_GRIDS
            .iter()
            .map(|grid| format!("{}\n", grid.name))
            .collect();
        terminal.print(&names)?;
        return Ok(Ending::Ok);
    };
    let on_stdout = SheetOutput {
        format: arguments.format,
        output: None,
    };
    let format = on_stdout.resolve(terminal)?;
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let loaded = load_grid(name, &snapshot, terminal)?;
    let grid = &loaded.grid;
    let choice = choice(arguments, grid)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.map_or(0, usize::from))
        .build()
        .map_err(Failure::error)?;
    let prepared = pool
        .install(|| PreparedSweep::new(grid, &snapshot))
        .map_err(|error| explain(error, terminal))?;
    let data = snapshot_record(&snapshot)?.sha256;
    let outputs: Vec<String> = prepared.outputs().iter().map(ToString::to_string).collect();
    let keys: Vec<String> = (0..grid.cells.len())
        .map(|cell| key(grid, cell, &data, &outputs))
        .collect();
    let path = arguments.output.clone().unwrap_or_else(|| {
        let id: String = sha256_hex(keys.concat().as_bytes())
            .chars()
            .take(ID_DIGITS)
            .collect();
        Path::new(RUNS).join(format!("sweep-{}-{id}", grid.name))
    });
    let folder = SweepFolder::open(&path, &manifest(&loaded, &keys, data), std::process::id())
        .map_err(Failure::error)?;
    let work = Work {
        prepared: &prepared,
        folder: &folder,
        keys: &keys,
        outputs: &outputs,
    };
    let camps = prepared.camps().map_err(Failure::error)?;
    let mut cells = work.finished(
        &camps.iter().map(|camp| camp.camp).collect::<Vec<_>>(),
        terminal,
    );
    let computed = pool.install(|| work.compute(&mut cells, terminal))?;
    if !computed {
        let done = cells.iter().flatten().count();
        terminal.complain(&format!(
            "interrupted: {done} of {} cells are finished in {}; the same command goes on from there",
            cells.len(),
            folder.path().join("cells").display()
        ));
        return Ok(Ending::Interrupted);
    }
    let cells: Vec<CellValues> = cells.into_iter().flatten().collect();
    let results = results(grid, &camps, &cells).map_err(Failure::error)?;
    let view = SweepView {
        grid,
        outputs: prepared.outputs(),
        results: &results,
        keys: &keys,
    };
    let sheets = sweep_sheets(&view);
    write_tables(&folder, &view, &sheets, &choice, terminal).map_err(Failure::error)?;
    let style = SummaryStyle {
        width: terminal.width(),
        plain: terminal.plain_output(),
    };
    let text = sweep_text(&view, &choice, style);
    let printed = on_stdout.deliver(
        terminal,
        format,
        &sheets,
        table_name(arguments.table),
        &text,
    );
    terminal.note(&format!(
        "report: {}",
        folder.path().join("report.html").display()
    ));
    printed?;
    Ok(ending(&results, terminal))
}

fn table_name(table: SweepTable) -> &'static str {
    match table {
        SweepTable::Cells => "cells",
        SweepTable::Values => "values",
        SweepTable::Differences => "differences",
        SweepTable::Effects => "effects",
    }
}

fn choice(arguments: &SweepArgs, grid: &Grid) -> Result<MatrixChoice, Failure> {
    let axis = |option: &str, name: &Option<String>| -> Result<Option<usize>, Failure> {
        let Some(name) = name else { return Ok(None) };
        let found = grid.axes.iter().position(|axis| axis.name == *name);
        match found {
            Some(axis) => Ok(Some(axis)),
            None => {
                let names: Vec<&str> = grid.axes.iter().map(|axis| axis.name.as_str()).collect();
                Err(Failure::usage(format!(
                    "--{option} {name}: the grid has the axes {}",
                    names.join(", ")
                )))
            }
        }
    };
    let choice = MatrixChoice {
        rows: axis("rows", &arguments.rows)?,
        columns: axis("columns", &arguments.columns)?,
        camp: arguments.camp.clone(),
    };
    if choice.rows.is_some() && choice.rows == choice.columns {
        return Err(Failure::usage("--rows and --columns name the same axis"));
    }
    let assumptions = grid.cells.first().map(|cell| &cell.scenario.assumptions);
    let known = assumptions.is_some_and(|assumptions| {
        let camps = || assumptions.camps.iter().chain(&assumptions.stress_camps);
        choice.camp.as_deref().is_none_or(|asked| {
            camps().any(|camp| camp.letter() == asked)
                || (asked == "mix" && assumptions.camps.len() > 1)
        })
    });
    if known {
        Ok(choice)
    } else {
        Err(Failure::usage(
            "--camp names no camp of the grid; give a letter of `camps` or `stress_camps`, or mix where there are several headline camps",
        ))
    }
}

/// Hash of everything that determines the numbers of a cell.
fn key(grid: &Grid, cell: usize, data: &str, outputs: &[String]) -> String {
    let scenario = grid
        .cells
        .get(cell)
        .map(|cell| cell.scenario.to_toml())
        .unwrap_or_default();
    let text = format!(
        "{}\n{}\n{data}\n{}\n{scenario}",
        env!("CARGO_PKG_VERSION"),
        Settings::Product.name(),
        outputs.join("\n"),
    );
    sha256_hex(text.as_bytes())
}

fn manifest(loaded: &LoadedGrid, keys: &[String], data: String) -> SweepManifest {
    let grid = &loaded.grid;
    SweepManifest {
        kind: SweepManifest::kind(),
        schema: SWEEP_SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        grid: grid.name.clone(),
        grid_toml: loaded.text.clone(),
        base_toml: loaded.base.clone(),
        snapshot_sha256: data,
        draws: grid.draws,
        seed: grid
            .cells
            .first()
            .map_or(0, |cell| cell.scenario.assumptions.seed),
        cells: keys
            .iter()
            .enumerate()
            .map(|(cell, key)| (key.clone(), grid.cell_name(cell)))
            .collect(),
    }
}

/// A sweep at work.
struct Work<'a> {
    prepared: &'a PreparedSweep<'a>,
    folder: &'a SweepFolder,
    keys: &'a [String],
    outputs: &'a [String],
}

impl Work<'_> {
    /// Cells that an earlier sweep finished; what cannot be used is named.
    fn finished(
        &self,
        camps: &[brandish_scenario::file::CampName],
        terminal: Terminal,
    ) -> Vec<Option<CellValues>> {
        let cells: Vec<Option<CellValues>> = self
            .keys
            .iter()
            .map(
                |key| match self.folder.find(key, camps, self.outputs.len()) {
                    FoundCell::Finished(values) => Some(values),
                    FoundCell::Missing => None,
                    FoundCell::Refused(path, problem) => {
                        terminal.note(&format!(
                            "{} is not used: {problem}; its cell is computed again",
                            path.display()
                        ));
                        None
                    }
                },
            )
            .collect();
        let done = cells.iter().flatten().count();
        if done > 0 {
            terminal.note(&format!(
                "resumed: {done} of {} cells were finished",
                cells.len()
            ));
        }
        cells
    }

    /// Computes and keeps what is missing; false if it was stopped.
    fn compute(
        &self,
        cells: &mut [Option<CellValues>],
        terminal: Terminal,
    ) -> Result<bool, Failure> {
        let missing: Vec<usize> = (0..cells.len())
            .filter(|cell| cells[*cell].is_none())
            .collect();
        if missing.is_empty() {
            return Ok(true);
        }
        let cancel = Arc::new(AtomicBool::new(false));
        let bar = progress_bar(terminal, "draws");
        let computing = stop_on_interrupt(
            &cancel,
            &bar,
            terminal,
            "stopping after the draws in flight; finished cells stay, Ctrl-C again stops at once",
        )?;
        let draws = self.prepared.draws_of_a_cell() as u64;
        bar.set_length(draws * missing.len() as u64);
        let mut stopped = false;
        for (place, cell) in (0_u64..).zip(missing) {
            let before = place * draws;
            let done = |draws: usize| bar.set_position(before + draws as u64);
            let run = self.prepared.run_cell(cell, &done, &cancel);
            let run = run.map_err(|error| {
                bar.finish_and_clear();
                explain(error, terminal)
            });
            let Some(values) = run? else {
                stopped = true;
                break;
            };
            let name = self.prepared.grid().cell_name(cell);
            self.folder
                .keep(&self.keys[cell], &name, self.outputs, &values)
                .map_err(Failure::error)?;
            cells[cell] = Some(values);
        }
        computing.store(false, Ordering::Relaxed);
        bar.finish_and_clear();
        Ok(!stopped)
    }
}

fn write_tables(
    folder: &SweepFolder,
    view: &SweepView<'_>,
    sheets: &[Sheet],
    choice: &MatrixChoice,
    terminal: Terminal,
) -> Result<(), ReportError> {
    for sheet in sheets {
        let mut bytes = Vec::new();
        write_sheet_csv(sheet, &mut bytes)?;
        folder.write(&format!("tables/{}.csv", sheet.name), &bytes)?;
        let mut bytes = Vec::new();
        write_sheet_parquet(sheet, &mut bytes)?;
        folder.write(&format!("tables/{}.parquet", sheet.name), &bytes)?;
    }
    let mut bytes = Vec::new();
    write_sheets_json(sheets, &mut bytes)?;
    folder.write("tables/sweep.json", &bytes)?;
    if sheets.iter().all(|sheet| sheet.rows.len() < EXCEL_ROWS) {
        let mut bytes = Vec::new();
        write_sheets_xlsx(sheets, &mut bytes)?;
        folder.write("tables/sweep.xlsx", &bytes)?;
    } else {
        terminal.note("note: no tables/sweep.xlsx: a table has more rows than Excel; the CSV and Parquet files hold everything");
    }
    let style = SummaryStyle {
        width: SUMMARY_WIDTH,
        plain: false,
    };
    let page = sweep_html(view, choice, env!("CARGO_PKG_VERSION"));
    folder.write("report.html", page.as_bytes())?;
    folder.write("summary.txt", sweep_text(view, choice, style).as_bytes())
}

/// As for a run: more than one percent of failed draws in a cell is a failed check.
fn ending(results: &SweepResults, terminal: Terminal) -> Ending {
    let failing: Vec<String> = results
        .failures
        .iter()
        .filter(|failure| failure.failed as f64 > MOST_FAILED_SHARE * failure.asked as f64)
        .map(|failure| format!("cell {} camp {}", failure.cell + 1, failure.camp.letter()))
        .collect();
    if failing.is_empty() {
        return Ending::Ok;
    }
    terminal.complain(&format!(
        "error: more than {:.0}% of the draws failed in {}; table `cells` has the first error of each",
        100.0 * MOST_FAILED_SHARE,
        failing.join(", ")
    ));
    Ending::CheckFailed
}
