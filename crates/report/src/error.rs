//! Everything that can go wrong when a run is shown, written or read back.
//!
//! Each message names the place (file, line, column or row), the value that failed and what to do about it.
//! Nothing here is fatal to the run itself: the numbers exist before this crate is asked to print them.

use std::io;
use std::path::PathBuf;

/// Errors of the report crate.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The operating system refused a file operation.
    #[error("cannot {action} {}: {source}; {remedy}", path.display())]
    File {
        /// What was attempted, e.g. `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
        /// What the user can do.
        remedy: &'static str,
    },
    /// The run folder is already there.
    #[error("run folder {} already exists; name another folder with -o, or move this one away", path.display())]
    FolderExists {
        /// The folder.
        path: PathBuf,
    },
    /// The folder may not be replaced because it is not a run of brandish.
    #[error("{} exists and is not a run folder of brandish (no readable manifest.json); name another folder with -o", path.display())]
    NotARunFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder may not be used because it is not a sweep of brandish.
    #[error("{} exists and is not a sweep folder of brandish (no readable manifest.json of a sweep); name another folder with -o", path.display())]
    NotASweepFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds the sweep of another grid.
    #[error("{} holds the sweep `{holds}`, whose tables `{asked}` would replace; name another folder with -o, or remove this one", path.display())]
    OtherSweep {
        /// The folder.
        path: PathBuf,
        /// Grid of the folder.
        holds: String,
        /// Grid asked for.
        asked: String,
    },
    /// Another process is at work in the folder of a sweep.
    #[error("{} is being written by {who}; wait until it ends, stop it, or name another folder with -o", path.display())]
    SweepInUse {
        /// The folder.
        path: PathBuf,
        /// `process 123`, or another process where its number cannot be read.
        who: String,
    },
    /// A run folder holds something that this program did not write.
    #[error("{} holds {file}, which brandish did not write and would delete; move it away or name another folder with -o", path.display())]
    ForeignFile {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        file: String,
    },
    /// The path cannot name a folder.
    #[error("`{}` does not name a folder; give a path that ends in a name, e.g. runs/japan-card", path.display())]
    NoFolderName {
        /// The path as given.
        path: PathBuf,
    },
    /// A file is larger than anything this program writes.
    #[error("{} has {bytes} bytes, more than the {limit} allowed; it was not written by brandish", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The largest size that is read.
        limit: u64,
    },
    /// The manifest is of another version.
    #[error("{}: manifest schema {found} is not known, this brandish reads schema {known}; use the brandish version that wrote the run", path.display())]
    ManifestVersion {
        /// The file.
        path: PathBuf,
        /// Version found.
        found: u64,
        /// Version understood.
        known: u32,
    },
    /// The manifest cannot be understood.
    #[error("{}: not a manifest: {source}; run the scenario again to write a new run folder", path.display())]
    ManifestSyntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// A file of the run folder is not the one that was written.
    #[error("{} was changed after the run: sha256 {found}, the manifest says {expected}; run the scenario again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// Hash in the manifest.
        expected: String,
        /// Hash of what is there.
        found: String,
    },
    /// The manifest does not list a file that a run folder holds.
    #[error("{}: the manifest lists no `{file}`; run the scenario again to write a new run folder", path.display())]
    NotListed {
        /// The run folder.
        path: PathBuf,
        /// The file looked for.
        file: String,
    },
    /// A number that is not a number reached a writer.
    #[error(
        "row {row} ({facts}) holds {value}, which is not a finite number; a fact without a value must have no row"
    )]
    NotFinite {
        /// Row number from 1.
        row: usize,
        /// The columns that identify the row.
        facts: String,
        /// The value.
        value: f64,
    },
    /// The header of a CSV table is not the long table's.
    #[error("line 1: columns are `{found}`, expected `{expected}`")]
    Header {
        /// Columns found.
        found: String,
        /// Columns of the long table.
        expected: String,
    },
    /// One field of a table cannot be read.
    #[error("row {row}, column `{column}`: `{text}` is not {allowed}")]
    Field {
        /// Row number from 1, without the header.
        row: usize,
        /// Column name.
        column: &'static str,
        /// The text found (cut at 80 characters).
        text: String,
        /// What would be allowed.
        allowed: &'static str,
    },
    /// Rows of several runs in one table.
    #[error(
        "row {row}: `{column}` is `{found}`, but the table is of `{expected}`; a table holds one run"
    )]
    MixedRuns {
        /// Row number from 1.
        row: usize,
        /// Column name.
        column: &'static str,
        /// Value found.
        found: String,
        /// Value of the first row.
        expected: String,
    },
    /// More different names than any run writes.
    #[error(
        "`{name}`: more than {limit} different names of measures, buckets and sources; this is no table of brandish"
    )]
    TooManyNames {
        /// The name that was one too many.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// A sheet with two columns of one name.
    #[error("sheet {sheet}: column `{column}` twice; rename one of them")]
    SheetColumnTwice {
        /// The sheet.
        sheet: String,
        /// The name.
        column: String,
    },
    /// A row of a sheet has another width than its header.
    #[error("sheet {sheet}, row {row}: {found} cells under {expected} columns")]
    SheetWidth {
        /// The sheet.
        sheet: String,
        /// Row number from 1.
        row: usize,
        /// Cells of the row.
        found: usize,
        /// Columns of the sheet.
        expected: usize,
    },
    /// The workbook could not be written.
    #[error("Excel: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The CSV text is malformed, or could not be written.
    #[error("CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The JSON document could not be written.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Plain output failed, e.g. a closed pipe.
    #[error("cannot write the table: {0}; check the space on the device and where the output goes")]
    Output(#[from] io::Error),
    /// The Parquet file is malformed, or could not be written.
    #[error("Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The Parquet file has other columns than the long table.
    #[error("Parquet column {index} is `{found}`, expected `{expected}`")]
    ParquetColumn {
        /// Column number from 1.
        index: usize,
        /// What the file holds.
        found: String,
        /// What the long table holds.
        expected: String,
    },
    /// The Parquet file is too long or ends early.
    #[error("Parquet column `{column}` holds {found} rows, the file says {expected}")]
    ParquetRows {
        /// Column name.
        column: &'static str,
        /// Rows read.
        found: usize,
        /// Rows expected.
        expected: usize,
    },
}

/// Cuts a text that comes from outside, so that a message stays readable.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}
