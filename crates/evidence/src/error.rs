//! What can go wrong before there is anything to analyze: an input that is no text, a lexicon that does not hold together.
//!
//! A document that is damaged but readable is not an error: it is read as far as it goes and carries a note. Each variant
//! holds the value that failed and its message names the remedy. The analysis itself cannot fail: a series that is missing
//! makes a verdict `not enough data`.

/// Why a document or a lexicon could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The document is larger than the limit.
    #[error("{file}: {bytes} bytes, at most {limit} are read; split the document")]
    TooLarge {
        /// Name of the document.
        file: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The bytes are a PDF, an archive, a picture or other binary data.
    #[error(
        "{file}: this is {kind}, not text; pass its text (for a PDF: the output of a PDF-to-text program)"
    )]
    NotText {
        /// Name of the document.
        file: String,
        /// What it seems to be.
        kind: &'static str,
    },
    /// Nothing but white space.
    #[error("{file}: the document holds no text; check that it was saved completely")]
    Empty {
        /// Name of the document.
        file: String,
    },
    /// The official record cannot be read.
    #[error("{reason}")]
    Record {
        /// Table, place and remedy.
        reason: String,
    },
    /// A lexicon file does not parse.
    #[error("{file}: {reason}; see lexicon/README.md for the format")]
    Lexicon {
        /// Name of the lexicon file.
        file: String,
        /// What the parser said.
        reason: String,
    },
    /// A lexicon file of another schema version.
    #[error(
        "{file}: schema {found}, this program reads schema {expected}; convert the file or use another version"
    )]
    Schema {
        /// Name of the lexicon file.
        file: String,
        /// The version found.
        found: u32,
        /// The version read.
        expected: u32,
    },
    /// A key file of the benchmark has a line that cannot be read.
    #[error("{file}, line {line}: {reason}; the columns are listed in lexicon/README.md")]
    Key {
        /// Name of the key.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}
