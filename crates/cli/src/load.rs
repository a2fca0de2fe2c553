//! Where inputs come from: the embedded snapshot or a folder, a shipped scenario or a file of the user's.
//!
//! Files are read with a bound and as UTF-8; a name that is neither shipped nor a file is answered with the nearest one.
//! Portfolio files are read relative to the scenario file that names them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use brandish_data::Snapshot;
use brandish_scenario::backtest::episode::Episode;
use brandish_scenario::backtest::{episode_names, parse_episode, shipped_episode};
use brandish_scenario::baseline::CURRENCIES;
use brandish_scenario::diagnostic::{Diagnostic, nearest};
use brandish_scenario::file::{Context, LARGEST_FILE_BYTES, Scenario, ScenarioFile, Shipped};
use brandish_scenario::parameters::{CampDefinition, parse_own_camp};
use brandish_scenario::pricing::{CurveFile, CurveKind};
use brandish_scenario::sweep::{Grid, GridFile, SHIPPED_GRIDS, ShippedGrid};
use brandish_scenario::{first_day, holder_names, last_day, why_not};

use crate::args::CurveKindArg;
use crate::exit::Failure;
use crate::terminal::Terminal;

/// Largest table (lots, prices, holdings, a curve) that is read.
const LARGEST_TABLE_BYTES: usize = 64 << 20;

/// A scenario with the text it came from.
pub struct Loaded {
    /// Checked.
    pub scenario: Scenario,
    /// As written.
    pub text: String,
    /// Where the idea comes from, for shipped scenarios.
    pub readme: Option<&'static str>,
}

/// Opens a snapshot folder, or the embedded snapshot.
pub fn load_snapshot(folder: Option<&Path>) -> Result<Snapshot, Failure> {
    match folder {
        Some(path) => Snapshot::from_dir(path).map_err(Failure::error),
        None => Ok(Snapshot::embedded()),
    }
}

/// Loads and checks a scenario by shipped name or path. Warnings go to stderr.
pub fn load_scenario(
    name: &str,
    snapshot: &Snapshot,
    terminal: Terminal,
) -> Result<Loaded, Failure> {
    let (text, file_name, folder, readme) = match Shipped::find(name) {
        Some(shipped) => (
            shipped.toml.to_owned(),
            shipped.file_name(),
            None,
            Some(shipped.readme),
        ),
        None => {
            let path = PathBuf::from(name);
            let is_folder = path.is_dir();
            let path = if is_folder {
                path.join("scenario.toml")
            } else {
                path
            };
            if !path.exists() {
                return Err(Failure::usage(if is_folder {
                    format!(
                        "the folder {name} holds no scenario.toml; name a scenario file or a run folder"
                    )
                } else {
                    unknown(name)
                }));
            }
            let text = read_bounded(&path).map_err(|reason| {
                Failure::usage(format!("cannot read {}: {reason}", path.display()))
            })?;
            let folder = path.parent().map(Path::to_owned);
            (text, path.display().to_string(), folder, None)
        }
    };
    let read_portfolio = |path: &str| match &folder {
        Some(folder) => read_bounded(&folder.join(path)),
        None => Err("a shipped scenario has no files beside it".to_owned()),
    };
    let scenario = check_with(&text, &file_name, &read_portfolio, snapshot, terminal)?;
    Ok(Loaded {
        scenario,
        text,
        readme,
    })
}

/// Checks the text of a scenario file; `read_portfolio` gives the text of a portfolio file by its path.
pub fn check_with(
    text: &str,
    file_name: &str,
    read_portfolio: &dyn Fn(&str) -> Result<String, String>,
    snapshot: &Snapshot,
    terminal: Terminal,
) -> Result<Scenario, Failure> {
    let refused = |problems: Vec<Diagnostic>| Failure::diagnostics(render(&problems, terminal));
    let file = ScenarioFile::parse(text, file_name).map_err(refused)?;
    let checked =
        with_context(snapshot, read_portfolio, |context| file.check(context))?.map_err(refused)?;
    if !checked.warnings.is_empty() {
        terminal.note(&render(&checked.warnings, terminal));
    }
    Ok(checked.scenario)
}

/// What scenario files are checked against, for as long as `check` takes.
pub fn with_context<T>(
    snapshot: &Snapshot,
    read_portfolio: &dyn Fn(&str) -> Result<String, String>,
    check: impl FnOnce(&Context<'_>) -> T,
) -> Result<T, Failure> {
    let holders = holder_names(snapshot).map_err(Failure::error)?;
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &CURRENCIES,
        first_date: first_day(),
        last_date: last_day(snapshot).map_err(Failure::error)?,
        why_not: &|date| why_not(snapshot, date),
        read_portfolio,
    };
    Ok(check(&context))
}

/// A grid file with its base scenario.
pub struct LoadedGrid {
    /// Checked.
    pub grid: Grid,
    /// The grid as written.
    pub text: String,
    /// The base scenario as written.
    pub base: String,
}

/// Loads and checks a grid by shipped name or path; its base is a shipped scenario or a file beside it. Warnings go to stderr.
pub fn load_grid(
    name: &str,
    snapshot: &Snapshot,
    terminal: Terminal,
) -> Result<LoadedGrid, Failure> {
    let refused = |problems: Vec<Diagnostic>| Failure::diagnostics(render(&problems, terminal));
    let path = Path::new(name);
    let (text, file_name, folder) = match ShippedGrid::find(name) {
        Some(shipped) => (shipped.toml.to_owned(), shipped.file_name(), None),
        None if path.exists() => {
            let text = read_bounded(path)
                .map_err(|reason| Failure::usage(format!("cannot read {name}: {reason}")))?;
            (text, name.to_owned(), path.parent().map(Path::to_owned))
        }
        None => {
            let names: Vec<&str> = SHIPPED_GRIDS.iter().map(|grid| grid.name).collect();
            let near = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? "),
                None => String::new(),
            };
            return Err(Failure::usage(format!(
                "no shipped grid and no file is called `{name}`; {near}shipped are {}",
                names.join(", ")
            )));
        }
    };
    let file = GridFile::parse(&text, &file_name).map_err(refused)?;
    let (base, beside) = match (Shipped::find(file.base()), &folder) {
        (Some(shipped), _) => (shipped.toml.to_owned(), None),
        (None, None) => {
            return Err(refused(
                file.base_problem("no shipped scenario has this name"),
            ));
        }
        (None, Some(folder)) => {
            let path = folder.join(file.base());
            let path = if path.is_dir() {
                path.join("scenario.toml")
            } else {
                path
            };
            let text = read_bounded(&path).map_err(|reason| {
                let near = match Shipped::nearest_name(file.base()) {
                    Some(near) => format!("; did you mean the shipped `{near}`?"),
                    None => String::new(),
                };
                refused(file.base_problem(&format!("{}: {reason}{near}", path.display())))
            })?;
            (text, path.parent().map(Path::to_owned))
        }
    };
    let read_portfolio = |path: &str| match &beside {
        Some(folder) => read_bounded(&folder.join(path)),
        None => Err("a shipped scenario has no files beside it".to_owned()),
    };
    let (grid, warnings) = with_context(snapshot, &read_portfolio, |context| {
        file.check(&base, context)
    })?
    .map_err(refused)?;
    if !warnings.is_empty() {
        terminal.note(&render(&warnings, terminal));
    }
    Ok(LoadedGrid { grid, text, base })
}

/// Reads and checks a user's own camp file.
pub fn load_camp(path: &Path, terminal: Terminal) -> Result<CampDefinition, Failure> {
    let name = path.display().to_string();
    let text = read_bounded(path)
        .map_err(|reason| {
        Failure::usage(format!(
            "cannot read {name}: {reason}; --camp takes a file with a camp of your own (docs/reference/camp-files.md), the shipped ones are always there"
        ))
    })?;
    parse_own_camp(&text, &name)
        .map_err(|problems| Failure::diagnostics(render(&problems, terminal)))
}

/// A user's own curve.
pub fn load_curve(
    path: &Path,
    kind: Option<CurveKindArg>,
    terminal: Terminal,
) -> Result<CurveFile, Failure> {
    let kind = kind.map(|kind| match kind {
        CurveKindArg::Par => CurveKind::Par,
        CurveKindArg::Zero => CurveKind::Zero,
        CurveKindArg::Svensson => CurveKind::Svensson,
    });
    CurveFile::parse(&read_table(path)?, &path.display().to_string(), kind)
        .map_err(|found| Failure::diagnostics(render(&found, terminal)))
}

/// A shipped episode by name, or an episode file by path.
pub fn load_episode(name: &str, terminal: Terminal) -> Result<Episode, Failure> {
    let refused = |problems: Vec<Diagnostic>| Failure::diagnostics(render(&problems, terminal));
    if let Some(shipped) = shipped_episode(name) {
        return shipped.map_err(refused);
    }
    let path = Path::new(name);
    if !path.exists() {
        let names = episode_names();
        let near = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? "),
            None => String::new(),
        };
        return Err(Failure::usage(format!(
            "no shipped episode and no file is called `{name}`; {near}shipped are {}",
            names.join(", ")
        )));
    }
    let text = read_bounded(path)
        .map_err(|reason| Failure::usage(format!("cannot read {name}: {reason}")))?;
    parse_episode(&text, name).map_err(refused)
}

/// All diagnostics, a blank line between them.
pub fn render(problems: &[Diagnostic], terminal: Terminal) -> String {
    problems
        .iter()
        .map(|problem| problem.render(terminal.color()).trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn unknown(name: &str) -> String {
    let nearest = match Shipped::nearest_name(name) {
        Some(near) => format!("did you mean `{near}`? "),
        None => String::new(),
    };
    format!(
        "no shipped scenario and no file is called `{name}`; {nearest}`brandish scenario list` shows the shipped ones"
    )
}

/// Text of a scenario or portfolio file, or why there is none.
fn read_bounded(path: &Path) -> Result<String, String> {
    read_at_most(path, LARGEST_FILE_BYTES)
}

/// The text of a table of the user's: bounded, UTF-8.
pub fn read_table(path: &Path) -> Result<String, Failure> {
    read_at_most(path, LARGEST_TABLE_BYTES)
        .map_err(|reason| Failure::usage(format!("cannot read {}: {reason}", path.display())))
}

/// Text of a file, or why there is none.
fn read_at_most(path: &Path, limit: usize) -> Result<String, String> {
    let refuse = |error: std::io::Error| error.to_string();
    let file = File::open(path).map_err(refuse)?;
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(refuse)?;
    if bytes.len() > limit {
        return Err(format!(
            "it is larger than the {limit} bytes such a file may have"
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..good]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("line {line} is not UTF-8 text; save the file as UTF-8")
    })
}
