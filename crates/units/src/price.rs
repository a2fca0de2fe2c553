//! Prices per 100 of face, and the index ratio of inflation-protected securities.
//!
//! The market quotes clean and pays dirty: dirty = clean + accrued interest. The three are different types, and the
//! sums that hold between them are the only arithmetic there is.

use std::fmt;
use std::ops::{Add, Sub};

/// Quoted price per 100 of face, without accrued interest.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct CleanPrice(f64);

/// Price paid per 100 of face, accrued interest included.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct DirtyPrice(f64);

/// Interest accrued since the last coupon, per 100 of face.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Accrued(f64);

/// Reference CPI at a date over reference CPI at the dated date of a TIPS (31 CFR 356 App. B I.B).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct IndexRatio(f64);

impl CleanPrice {
    /// From dollars per 100 of face.
    pub const fn from_per_100(per_100: f64) -> Self {
        CleanPrice(per_100)
    }

    /// Dollars per 100 of face.
    pub const fn per_100(self) -> f64 {
        self.0
    }

    /// The price in points and 32nds as dealers print it: `99-16`, `99-16+` for half a 32nd, otherwise eighths of a
    /// 32nd as a last digit (`99-162` is 99 + 16.25/32). Rounded to the nearest eighth of a 32nd.
    pub fn in_32nds(self) -> String {
        if !self.0.is_finite() {
            return format!("{}", self.0);
        }
        let eighths = (self.0.abs() * 256.0).round();
        let sign = if self.0 < 0.0 && eighths > 0.0 {
            "-"
        } else {
            ""
        };
        let points = (eighths / 256.0).floor();
        let rest = eighths - points * 256.0;
        let thirty_seconds = (rest / 8.0).floor();
        match (rest - thirty_seconds * 8.0) as u8 {
            0 => format!("{sign}{points:.0}-{thirty_seconds:02.0}"),
            4 => format!("{sign}{points:.0}-{thirty_seconds:02.0}+"),
            eighth => format!("{sign}{points:.0}-{thirty_seconds:02.0}{eighth}"),
        }
    }
}

impl DirtyPrice {
    /// From dollars per 100 of face.
    pub const fn from_per_100(per_100: f64) -> Self {
        DirtyPrice(per_100)
    }

    /// Dollars per 100 of face.
    pub const fn per_100(self) -> f64 {
        self.0
    }
}

impl Accrued {
    /// No accrued interest: settlement on a coupon date, or a bill.
    pub const ZERO: Accrued = Accrued(0.0);

    /// From dollars per 100 of face.
    pub const fn from_per_100(per_100: f64) -> Self {
        Accrued(per_100)
    }

    /// Dollars per 100 of face.
    pub const fn per_100(self) -> f64 {
        self.0
    }
}

impl IndexRatio {
    /// From the plain ratio: 1.02345 means principal has grown by 2.345%.
    pub const fn from_ratio(ratio: f64) -> Self {
        IndexRatio(ratio)
    }

    /// The plain ratio.
    pub const fn ratio(self) -> f64 {
        self.0
    }
}

impl Add<Accrued> for CleanPrice {
    type Output = DirtyPrice;
    fn add(self, accrued: Accrued) -> DirtyPrice {
        DirtyPrice(self.0 + accrued.0)
    }
}

impl Sub<Accrued> for DirtyPrice {
    type Output = CleanPrice;
    fn sub(self, accrued: Accrued) -> CleanPrice {
        CleanPrice(self.0 - accrued.0)
    }
}

impl Sub<CleanPrice> for DirtyPrice {
    type Output = Accrued;
    fn sub(self, clean: CleanPrice) -> Accrued {
        Accrued(self.0 - clean.0)
    }
}

/// Six decimals, as Treasury publishes, unless the format asks for another precision.
fn write_per_100(f: &mut fmt::Formatter<'_>, per_100: f64) -> fmt::Result {
    write!(f, "{:.*}", f.precision().unwrap_or(6), per_100)
}

impl fmt::Display for CleanPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_per_100(f, self.0)
    }
}

impl fmt::Display for DirtyPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_per_100(f, self.0)
    }
}

impl fmt::Display for Accrued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_per_100(f, self.0)
    }
}

impl fmt::Display for IndexRatio {
    /// Five decimals, as Treasury rounds it, unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", f.precision().unwrap_or(5), self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_and_accrued_make_dirty() {
        let (clean, accrued) = (CleanPrice::from_per_100(99.5), Accrued::from_per_100(1.25));
        let dirty = clean + accrued;
        assert_eq!(dirty, DirtyPrice::from_per_100(100.75));
        assert_eq!(dirty - accrued, clean);
        assert_eq!(dirty - clean, accrued);
        assert_eq!(dirty.to_string(), "100.750000");
    }

    #[test]
    fn prices_print_in_32nds() {
        for (per_100, text) in [
            (99.5, "99-16"),
            (99.515625, "99-16+"),
            (99.5078125, "99-162"),
            (100.0, "100-00"),
            (99.9999, "100-00"),
            (99.03125, "99-01"),
            (-0.5, "-0-16"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(CleanPrice::from_per_100(per_100).in_32nds(), text);
        }
    }
}
