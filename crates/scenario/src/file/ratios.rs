//! Numbers with bounds: probabilities, shares of a whole, relief in percent.
//!
//! Each is made only from a finite number within its bounds, so code that uses it does not check again.

/// A probability, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// Sure to happen.
    pub const CERTAIN: Self = Self(1.0);

    /// `None` outside 0..=1 or not finite.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A share of a whole, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// Nothing of the whole.
    pub const NONE: Self = Self(0.0);

    /// `None` outside 0..=1 or not finite.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Capacity added to intermediaries, as a ratio to today's.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct CapacityRelief(f64);

impl CapacityRelief {
    /// `None` outside 0..=500 percent.
    pub fn from_percent(percent: f64) -> Option<Self> {
        (0.0..=500.0).contains(&percent).then_some(Self(percent))
    }

    /// In percent of today's capacity.
    pub fn percent(self) -> f64 {
        self.0
    }

    /// Factor on today's capacity: 1 + percent / 100.
    pub fn factor(self) -> f64 {
        1.0 + self.0 / 100.0
    }
}
