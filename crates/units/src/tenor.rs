//! Time in years, and the tenors at which Treasury publishes par yields.
//!
//! Treasury's daily par yield curve has fourteen points today (the 4-month since October 2022, the 1.5-month since
//! February 2025); earlier days have fewer. A tenor of m months is m/12 years.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use crate::UnitsError;

/// A length of time in years.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Years(pub f64);

impl Years {
    /// The number of years.
    pub const fn years(self) -> f64 {
        self.0
    }
}

impl Add for Years {
    type Output = Years;
    fn add(self, other: Years) -> Years {
        Years(self.0 + other.0)
    }
}

impl Sub for Years {
    type Output = Years;
    fn sub(self, other: Years) -> Years {
        Years(self.0 - other.0)
    }
}

impl fmt::Display for Years {
    /// `2.50 years`; two decimals unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*} years", f.precision().unwrap_or(2), self.0)
    }
}

/// A published constant-maturity tenor; ordered from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tenor {
    /// One month.
    M1,
    /// One and a half months (six weeks).
    M1Half,
    /// Two months.
    M2,
    /// Three months.
    M3,
    /// Four months.
    M4,
    /// Six months.
    M6,
    /// One year.
    Y1,
    /// Two years.
    Y2,
    /// Three years.
    Y3,
    /// Five years.
    Y5,
    /// Seven years.
    Y7,
    /// Ten years.
    Y10,
    /// Twenty years.
    Y20,
    /// Thirty years.
    Y30,
}

impl Tenor {
    /// All fourteen, from short to long.
    pub const ALL: [Tenor; 14] = [
        Tenor::M1,
        Tenor::M1Half,
        Tenor::M2,
        Tenor::M3,
        Tenor::M4,
        Tenor::M6,
        Tenor::Y1,
        Tenor::Y2,
        Tenor::Y3,
        Tenor::Y5,
        Tenor::Y7,
        Tenor::Y10,
        Tenor::Y20,
        Tenor::Y30,
    ];

    /// The tenor in months.
    pub const fn months(self) -> f64 {
        match self {
            Tenor::M1 => 1.0,
            Tenor::M1Half => 1.5,
            Tenor::M2 => 2.0,
            Tenor::M3 => 3.0,
            Tenor::M4 => 4.0,
            Tenor::M6 => 6.0,
            Tenor::Y1 => 12.0,
            Tenor::Y2 => 24.0,
            Tenor::Y3 => 36.0,
            Tenor::Y5 => 60.0,
            Tenor::Y7 => 84.0,
            Tenor::Y10 => 120.0,
            Tenor::Y20 => 240.0,
            Tenor::Y30 => 360.0,
        }
    }

    /// The tenor in years.
    pub const fn years(self) -> Years {
        Years(self.months() / 12.0)
    }

    /// The label used in files and on screen: `1.5M`, `10Y`.
    pub const fn label(self) -> &'static str {
        match self {
            Tenor::M1 => "1M",
            Tenor::M1Half => "1.5M",
            Tenor::M2 => "2M",
            Tenor::M3 => "3M",
            Tenor::M4 => "4M",
            Tenor::M6 => "6M",
            Tenor::Y1 => "1Y",
            Tenor::Y2 => "2Y",
            Tenor::Y3 => "3Y",
            Tenor::Y5 => "5Y",
            Tenor::Y7 => "7Y",
            Tenor::Y10 => "10Y",
            Tenor::Y20 => "20Y",
            Tenor::Y30 => "30Y",
        }
    }

    /// Position in [`Tenor::ALL`], 0 to 13.
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

impl FromStr for Tenor {
    type Err = UnitsError;

    /// Reads a label; upper and lower case are both accepted.
    fn from_str(text: &str) -> Result<Tenor, UnitsError> {
        Tenor::ALL
            .into_iter()
            .find(|tenor| tenor.label().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnitsError::UnknownTenor {
                text: text.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_back_and_tenors_are_ordered() {
        for (index, tenor) in Tenor::ALL.into_iter().enumerate() {
            assert_eq!(tenor.label().parse::<Tenor>(), Ok(tenor));
            assert_eq!(tenor.index(), index);
        }
        assert!(Tenor::ALL.is_sorted_by(|a, b| a.years() < b.years()));
        assert_eq!("10Y".parse::<Tenor>(), Ok(Tenor::Y10));
        assert_eq!(
            "8y".parse::<Tenor>(),
            Err(UnitsError::UnknownTenor { text: "8y".into() })
        );
        assert_eq!(Tenor::M1Half.years(), Years(0.125));
    }
}
