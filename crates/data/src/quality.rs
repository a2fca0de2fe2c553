//! What travels with a number: how good it is, when it came out, and whether it was changed since.
//!
//! `observed` is not `released`, and the copy in the snapshot may be of a later vintage than what a reader saw on the
//! day. [`Provenance`] says all of this; [`Observed`] pairs it with a value. Nothing here judges: the flags are those of
//! the tables.

use std::fmt;

use brandish_units::Date;

/// How a number came about, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// As in the official file or an exact copy of it.
    Published,
    /// Copied by hand or from a page that quotes it.
    Transcribed,
    /// Computed from published pieces.
    Reconstructed,
    /// A declared rule stands in for what is not known.
    Estimated,
}

impl Quality {
    /// The word in files and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Quality::Published => "published",
            Quality::Transcribed => "transcribed",
            Quality::Reconstructed => "reconstructed",
            Quality::Estimated => "estimated",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Quality> {
        match word {
            "published" => Some(Quality::Published),
            "transcribed" => Some(Quality::Transcribed),
            "reconstructed" => Some(Quality::Reconstructed),
            "estimated" => Some(Quality::Estimated),
            _ => None,
        }
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Whether the number is the one that could be read on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vintage {
    /// The copy is of a vintage that was out by the as-of date, or of a series that is not revised.
    AsPublished,
    /// The only copy is of a later vintage; the number seen on the day may have differed.
    RevisedLater,
}

impl Vintage {
    /// The word in files and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Vintage::AsPublished => "as_published",
            Vintage::RevisedLater => "revised_later",
        }
    }
}

impl fmt::Display for Vintage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How the release date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReleaseBasis {
    /// The day is in a document.
    Dated,
    /// The publisher's habit, taken on the late side.
    Rule,
}

/// When an observation became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// The day.
    pub date: Date,
    /// How the day is known.
    pub basis: ReleaseBasis,
}

/// Where a number comes from and how far it can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Table of the snapshot.
    pub table: &'static str,
    /// Day observed, or last day of the period observed.
    pub observed: Date,
    /// When it came out.
    pub release: Release,
    /// Whether the copy is of a later vintage.
    pub vintage: Vintage,
    /// How the number came about.
    pub quality: Quality,
    /// What is left to say, often empty.
    pub note: String,
}

/// A value with its provenance.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub provenance: Provenance,
}
