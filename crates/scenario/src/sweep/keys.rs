//! The keys of a grid file: one table that is walked and documented.
//!
//! Every key has a kind with its bounds and one line of documentation; `docs/reference/sweep.md` shows them with an example. What the
//! overrides may say is the scenario format's business: every cell is checked as a scenario.

use crate::file::schema::{Absent, Key, Kind, MOST_DRAWS, Table, key};
use crate::outputs::TENOR_LABELS;

/// Version of the grid format.
pub(super) const VERSION: i64 = 1;
/// Longest path of a key.
pub(super) const LONGEST_PATH: usize = 200;

const LABEL: Kind = Kind::Text {
    most: 60,
    lines: false,
};
const SET: Key = key(
    "set",
    Kind::Overrides,
    Absent::Nothing,
    "scenario keys by path, and their values, e.g. \"exogenous.sale[1].days\" = 21",
);
const REMOVE: Key = key(
    "remove",
    Kind::Texts { most: LONGEST_PATH },
    Absent::Nothing,
    "paths of scenario keys or tables that are taken away before `set`",
);

/// The file itself.
pub(super) static ROOT: Table = Table {
    path: "",
    keys: &[
        key(
            "schema",
            Kind::Integer {
                least: VERSION,
                most: VERSION,
            },
            Absent::Refused,
            "version of this file format",
        ),
        key("name", Kind::Name, Absent::Refused, "kebab-case name"),
        key(
            "title",
            Kind::Text {
                most: 120,
                lines: false,
            },
            Absent::Nothing,
            "one line for tables",
        ),
        key(
            "base",
            Kind::Text {
                most: 400,
                lines: false,
            },
            Absent::Refused,
            "a shipped scenario, or a scenario file beside this one",
        ),
        key(
            "draws",
            Kind::Integer {
                least: 1,
                most: MOST_DRAWS,
            },
            Absent::Integer(100),
            "draws of a cell: of all camps together, or of each camp",
        ),
        key(
            "allocation",
            Kind::Choice(&["by-weight", "each-camp"]),
            Absent::Word("by-weight"),
            "whether the camps share the draws by their weights, or each camp gets all of them",
        ),
        key(
            "seed",
            Kind::Integer {
                least: 0,
                most: i64::MAX,
            },
            Absent::Nothing,
            "seed of the streams, instead of the base's",
        ),
        key(
            "camps",
            Kind::Choices {
                words: &["S", "C", "F"],
                least: 1,
            },
            Absent::Nothing,
            "headline camps, instead of the base's",
        ),
        key(
            "stress_camps",
            Kind::Choices {
                words: &["S", "C", "F", "X"],
                least: 0,
            },
            Absent::Words(&[]),
            "camps beside them; none unless they are named",
        ),
        SET,
        REMOVE,
        key("axis", Kind::Tables(&AXIS), Absent::Refused, "what varies"),
        key(
            "output",
            Kind::Tables(&OUTPUT),
            Absent::Refused,
            "what is asked of every cell",
        ),
    ],
};

/// `[[axis]]`.
pub(super) static AXIS: Table = Table {
    path: "axis",
    keys: &[
        key("name", LABEL, Absent::Refused, "what varies, in words"),
        key(
            "value",
            Kind::Tables(&VALUE),
            Absent::Refused,
            "one version; the first of every axis makes the base cell",
        ),
    ],
};

/// `[[axis.value]]`.
pub(super) static VALUE: Table = Table {
    path: "axis.value",
    keys: &[
        key("label", LABEL, Absent::Refused, "the version, in words"),
        SET,
        REMOVE,
    ],
};

/// `[[output]]`.
pub(super) static OUTPUT: Table = Table {
    path: "output",
    keys: &[
        key(
            "measure",
            LABEL,
            Absent::Refused,
            "a measure that every path of the cells has",
        ),
        key(
            "tenor",
            Kind::Choice(TENOR_LABELS),
            Absent::Nothing,
            "tenor, where the fact has one",
        ),
        key(
            "bucket",
            LABEL,
            Absent::Nothing,
            "maturity bucket, where the fact has one",
        ),
        key(
            "day",
            Kind::Integer {
                least: 0,
                most: crate::file::schema::LONGEST_HORIZON_DAYS,
            },
            Absent::Nothing,
            "business day, where the fact has one",
        ),
        key(
            "holder",
            Kind::Text {
                most: 80,
                lines: false,
            },
            Absent::Nothing,
            "sector, seller, market or period, where the fact has one",
        ),
        key(
            "unit",
            LABEL,
            Absent::Nothing,
            "unit, where the fact is given in several and dollars are not meant",
        ),
    ],
};
