//! What the seller does with the dollars, and what that does to the curve.
//!
//! Dollars put into bills are demand for bills on the day they arrive: supply of the same size with the other sign. Dollars left on
//! deposit at the Fed's foreign repo pool or with banks, and dollars sold for yen, gold or euro, pass to somebody else; whether he buys Treasuries
//! is not known, so the engine follows none of it and the curve is the same for all four. Yen move the dollar-yen rate
//! (`effects::usdjpy`). Every destination is the scenario's own sale under the same parameters, so the difference from deposits is the
//! reinvestment alone.

use brandish_effects::usdjpy::{UsdJpyResponse, change_pct_by_day};
use brandish_habitat::BUCKETS;
use brandish_units::{Bp, Tenor};

use super::account::{Reading, TENORS};
use super::draws::{Banded, CampReadings, Figure};
use crate::error::ScenarioError;
use crate::file::{CampName, Conversion, Proceeds, Share};
use crate::parameters::ParameterBook;

/// Where the dollars can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// The Fed's foreign repo pool, or banks.
    Deposits,
    /// Treasury bills.
    Bills,
    /// Yen.
    Yen,
    /// Gold.
    Gold,
    /// Euro.
    Euro,
}

impl Destination {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Deposits,
        Self::Bills,
        Self::Yen,
        Self::Gold,
        Self::Euro,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deposits => "deposits",
            Self::Bills => "bills",
            Self::Yen => "yen",
            Self::Gold => "gold",
            Self::Euro => "euro",
        }
    }

    /// All dollars there.
    pub(super) fn proceeds(self) -> Option<Proceeds> {
        let all = |into| Share::new(1.0).map(|converted| Proceeds::Converted { into, converted });
        match self {
            Self::Deposits => Some(Proceeds::Deposits),
            Self::Bills => Some(Proceeds::Bills),
            Self::Yen => all(Conversion::Yen),
            Self::Gold => all(Conversion::Gold),
            Self::Euro => all(Conversion::Euro),
        }
    }
}

/// What a destination does in one camp.
#[derive(Debug, Clone, PartialEq)]
pub struct DestinationEffect {
    /// Where the dollars go, all of them.
    pub destination: Destination,
    /// The camp.
    pub camp: CampName,
    /// By tenor: the peak, and what it is beyond the peak with deposits.
    pub peaks: Vec<DestinationPeak>,
    /// Largest change of USDJPY, percent; zero where no dollar is sold for yen.
    pub usdjpy_pct: f64,
}

/// The peak of a tenor under a destination.
#[derive(Debug, Clone, PartialEq)]
pub struct DestinationPeak {
    /// The tenor.
    pub tenor: Tenor,
    /// The change of largest size.
    pub peak: Banded<Bp>,
    /// Less that with deposits, draw by draw.
    pub beyond_deposits: Banded<Bp>,
}

/// Effects of every destination; `jobs` are the places of its path among the readings.
pub(super) fn effects(
    camps: &[CampReadings],
    jobs: &[(Destination, usize)],
    yen_pct: f64,
) -> Result<Vec<DestinationEffect>, ScenarioError> {
    let Some((_, deposits)) = jobs.first().copied() else {
        return Ok(Vec::new());
    };
    let at = |place: usize| move |reading: &Reading| reading.peaks[place];
    let mut found = Vec::new();
    for camp in camps {
        for (destination, job) in jobs.iter().copied() {
            let peaks = TENORS
                .iter()
                .enumerate()
                .map(|(place, tenor)| {
                    Ok(DestinationPeak {
                        tenor: *tenor,
                        peak: camp.banded(&Figure::Of(job, at(place)), Bp)?,
                        beyond_deposits: camp
                            .banded(&Figure::Beyond(job, deposits, at(place)), Bp)?,
                    })
                })
                .collect::<Result<_, ScenarioError>>()?;
            found.push(DestinationEffect {
                destination,
                camp: camp.camp,
                peaks,
                usdjpy_pct: if destination == Destination::Yen {
                    yen_pct
                } else {
                    0.0
                },
            });
        }
    }
    Ok(found)
}

/// Largest change of USDJPY when all that is sold is sold for yen on its day, percent, at central parameters.
pub(super) fn yen_pct(
    book: &ParameterBook,
    sales_by_day: &[[f64; BUCKETS]],
) -> Result<f64, ScenarioError> {
    let response = UsdJpyResponse {
        elasticity_pct_per_usd_bn: book.usdjpy.get("usdjpy_elasticity")?.central,
        half_life_days: book.usdjpy.get("usdjpy_half_life_days")?.central,
    };
    let by_day: Vec<f64> = sales_by_day.iter().map(|day| day.iter().sum()).collect();
    let path = change_pct_by_day(&by_day, response)?;
    Ok(path.into_iter().fold(
        0.0,
        |best: f64, next| {
            if next.abs() > best.abs() { next } else { best }
        },
    ))
}
