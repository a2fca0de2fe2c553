//! From fact tables to `snapshot/`: read, check, rename, sort, write, describe.
//!
//! `sources.toml` says for each table which file it comes from, which columns under which names and types, what
//! identifies a row, and everything a reader must know about its origin. All tables are read and checked first;
//! the new folder is then written beside the old one and put in its place by renaming, so that a failure leaves
//! what was there. The output depends on the input files only: same bytes on every machine and day.

mod problem;
mod read;
mod sources;
mod write;

#[cfg(test)]
mod tests;

pub use problem::Problem;

use std::path::Path;

/// Writes the snapshot at `target` from the fact tables in `from`, as `sources` (a folder with `sources.toml` and
/// `authored/`) describes. Returns a summary, or every problem found (one a table at most).
pub fn write(sources: &Path, from: &Path, target: &Path) -> Result<String, Vec<Problem>> {
    let description = sources::Sources::read(&sources.join("sources.toml")).map_err(|p| vec![p])?;
    let mut written = Vec::new();
    let mut problems = Vec::new();
    for (name, table) in &description.tables {
        match read::table(&description, name, table, from, &sources.join("authored"))
            .and_then(|rows| write::render(&description, name, table, rows))
        {
            Ok(files) => written.push(files),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    write::put_in_place(&written, target).map_err(|p| vec![p])?;
    let rows: usize = written.iter().map(|t| t.rows).sum();
    let bytes: usize = written.iter().map(|t| t.data.len()).sum();
    Ok(format!(
        "{} tables, {rows} rows, {:.2} MB -> {}\n",
        written.len(),
        bytes as f64 / 1e6,
        target.display()
    ))
}
