//! The scenarios that ship with the program: one for each reading of the remarks of spring 2025, one for each option of the file.
//!
//! They are the files of the folder `scenarios`, embedded as they are: what a user reads there is what runs.

use crate::diagnostic::nearest;

/// A scenario that ships with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Its name.
    pub name: &'static str,
    /// Text of its `scenario.toml`.
    pub toml: &'static str,
    /// Text of its `README.md`: where the idea comes from.
    pub readme: &'static str,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(Shipped {
            name: $name,
            toml: include_str!(concat!("../../../../scenarios/", $name, "/scenario.toml")),
            readme: include_str!(concat!("../../../../scenarios/", $name, "/README.md")),
        }),*]
    };
}

/// All of them: from words to a fire sale, then one for each further option of the file.
pub const SHIPPED: [Shipped; 18] = shipped![
    "japan-assure",
    "japan-hint",
    "japan-brandish",
    "japan-rebalance",
    "japan-card",
    "japan-silent",
    "japan-fire-sale",
    "japan-china",
    "yen-intervention",
    "china-alone",
    "japan-doubted",
    "japan-called-off",
    "japan-hastened",
    "china-joins",
    "fed-believed",
    "treasury-buys-back",
    "dealers-relieved",
    "fed-buys",
];

impl Shipped {
    /// The one of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|shipped| shipped.name == name)
    }

    /// The name nearest to what was written, if one is near.
    pub fn nearest_name(written: &str) -> Option<&'static str> {
        nearest(written, SHIPPED.iter().map(|shipped| shipped.name))
    }

    /// The name by which diagnostics call its file.
    pub fn file_name(&self) -> String {
        format!("scenarios/{}/scenario.toml", self.name)
    }
}
