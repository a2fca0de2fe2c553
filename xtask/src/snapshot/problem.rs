//! What can be wrong with a fact table or its description.
//!
//! Every problem names the file; a problem of a cell names line, column and value as well, and says what is
//! accepted there. Problems are values: the tool collects them over all tables and prints them together.

use std::path::PathBuf;

/// Why the snapshot could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A file or folder could not be read or written.
    #[error("{path}: {action}: {reason}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        reason: String,
    },
    /// A fact table is not there.
    #[error(
        "{path}: not found; table `{table}` is written from it (give the folder of the fact tables with --from)"
    )]
    MissingFile {
        /// The file that was looked for.
        path: PathBuf,
        /// The table that needs it.
        table: String,
    },
    /// The description of the tables does not parse or contradicts itself.
    #[error("{path}: {what}")]
    Description {
        /// The description.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A fact table lacks a column.
    #[error("{path}: no column `{column}`; the header has {header}")]
    MissingColumn {
        /// The fact table.
        path: PathBuf,
        /// The column that was looked for.
        column: String,
        /// The header as read.
        header: String,
    },
    /// A row is not CSV or has the wrong number of fields.
    #[error("{path}: {reason}")]
    Malformed {
        /// The fact table.
        path: PathBuf,
        /// What the reader said, with the line.
        reason: String,
    },
    /// A cell is not what its column holds.
    #[error("{path}, line {line}, column `{column}`: \"{value}\" is not {expected}")]
    Value {
        /// The fact table.
        path: PathBuf,
        /// Line, counted from 1 with the header.
        line: u64,
        /// Column of the input.
        column: String,
        /// The cell.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// Two rows have the same key.
    #[error(
        "{path}, line {line}: key ({key}) was seen before; a row of `{table}` is identified by {columns}"
    )]
    Duplicate {
        /// The fact table.
        path: PathBuf,
        /// Line of the second row.
        line: u64,
        /// The key.
        key: String,
        /// The table.
        table: String,
        /// The columns of the key.
        columns: String,
    },
    /// A row has no words written for it, or words are left over.
    #[error("{path}: {what}")]
    Authored {
        /// The file with the words.
        path: PathBuf,
        /// What does not match.
        what: String,
    },
    /// A table has no rows.
    #[error("{path}: no rows; an empty table is not written")]
    Empty {
        /// The fact table.
        path: PathBuf,
    },
}
