//! The grids that ship with the program: the files of the folder `sweeps`, embedded as they are.
//!
//! One answers the question of spring 2025 (who joins, who stands behind the market, how fast, said or not), one is small and fast
//! enough for examples and tests. What a user reads there is what runs.

/// A grid that ships with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippedGrid {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub toml: &'static str,
}

/// All of them.
pub const SHIPPED_GRIDS: [ShippedGrid; 2] = [
    ShippedGrid {
        name: "china-fed-pace-said",
        toml: include_str!("../../../../sweeps/china-fed-pace-said.toml"),
    },
    ShippedGrid {
        name: "pace-and-fed",
        toml: include_str!("../../../../sweeps/pace-and-fed.toml"),
    },
];

impl ShippedGrid {
    /// The one of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        SHIPPED_GRIDS.iter().find(|grid| grid.name == name)
    }

    /// The name by which diagnostics call its file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("sweeps/{}.toml", self.name)
    }
}
