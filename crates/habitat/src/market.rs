//! The market: covariance of yield changes, maturity buckets, and the slow sectors with their habitats.
//!
//! A slow sector demands bonds in its habitat with a slope `HAB` (share of the total slope per bucket, summing to 1
//! over sectors and buckets) and adjusts toward that demand with its half-life. Bucket weights follow
//! Vayanos and Vila's habitat slope, `w_i ~ integral over the bucket of t exp(-0.297 t) dt`. Sectors that switch along the
//! curve swap neighboring buckets DV01-neutrally when their yields move apart.

use crate::buckets::{BUCKETS, BucketVector, EDGES, SECTORS, TAU, durations_years};
use crate::error::{ClearingError, require};
use crate::sigma::Sigma;

/// Decay of the habitat slope in maturity, 1/year (Vayanos and Vila 2021, `delta_alpha`).
const HABITAT_DECAY: f64 = 0.297;

/// One slow sector.
#[derive(Debug, Clone, PartialEq)]
pub struct SlowSector {
    /// Name in outputs.
    pub name: &'static str,
    /// Raw share of demand, before the habitat profile; shares are normalized within each bucket.
    pub share: f64,
    /// Days until half of an adjustment is made, business days.
    pub half_life_days: f64,
    /// Weight of each bucket in the sector's habitat, at least 0.
    pub profile: BucketVector,
    /// How the share enters a bucket's demand.
    pub standing: Standing,
    /// Whether the sector swaps along the curve.
    pub switching: Switching,
}

/// How a sector's share enters a bucket's demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Shares of these sectors are normalized to sum to 1 in every bucket.
    Core,
    /// Comes on top of the core sectors (money funds, which triple the demand for bills).
    OnTop,
}

/// Whether a sector swaps along the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switching {
    /// In proportion to its raw share.
    Switches,
    /// Not at all.
    Stays,
}

/// The eight slow sectors.
#[derive(Debug, Clone, PartialEq)]
pub struct SlowSectors {
    /// The sectors, in output order.
    pub sectors: [SlowSector; SECTORS],
}

/// Names of the sectors in output order.
pub const SECTOR_NAMES: [&str; SECTORS] = [
    "money funds",
    "hedge funds (slow)",
    "mutual funds/ETF",
    "foreign private",
    "banks",
    "pension/insurer",
    "household/other",
    "foreign official",
];

impl SlowSectors {
    /// The reference settings.
    #[must_use]
    pub fn reference() -> Self {
        let everywhere = [1.0; BUCKETS];
        let bills = TAU.map(|years| if years <= 0.8 { 1.0 } else { 0.0 });
        let banks = TAU.map(|years| if years <= 8.0 { 1.2 } else { 0.2 });
        let long = TAU.map(|years| (years / 10.0).clamp(0.1, 2.0));
        let short = TAU.map(|years| if years <= 8.0 { 1.0 } else { 0.0 });
        let sector = |index: usize, share, half_life_days, profile| SlowSector {
            name: SECTOR_NAMES[index],
            share,
            half_life_days,
            profile,
            standing: if index == 0 {
                Standing::OnTop
            } else {
                Standing::Core
            },
            switching: if index == 0 || index == 7 {
                Switching::Stays
            } else {
                Switching::Switches
            },
        };
        Self {
            sectors: [
                sector(0, 2.00, 5.0, bills),
                sector(1, 0.22, 30.0, everywhere),
                sector(2, 0.16, 60.0, everywhere),
                sector(3, 0.22, 120.0, everywhere),
                sector(4, 0.12, 180.0, banks),
                sector(5, 0.16, 250.0, long),
                sector(6, 0.09, 180.0, everywhere),
                sector(7, 0.03, 250.0, short),
            ],
        }
    }

    fn check(&self) -> Result<(), ClearingError> {
        for sector in &self.sectors {
            let name = |field: &str| format!("{} of sector '{}'", field, sector.name);
            require(name("share"), sector.share, 0.0, 1e3, "from 0 to 1000")?;
            require(
                name("half-life (days)"),
                sector.half_life_days,
                0.01,
                1e5,
                "from 0.01 to 1e5",
            )?;
            for weight in sector.profile {
                require(name("habitat weight"), weight, 0.0, 1e3, "from 0 to 1000")?;
            }
        }
        Ok(())
    }

    /// Share of the total demand slope by sector and bucket; all entries sum to 1.
    fn habitat(&self) -> Result<[BucketVector; SECTORS], ClearingError> {
        let mut habitat = [[0.0; BUCKETS]; SECTORS];
        for (row, sector) in habitat.iter_mut().zip(&self.sectors) {
            for i in 0..BUCKETS {
                row[i] = sector.share * sector.profile[i];
            }
        }
        for i in 0..BUCKETS {
            let mut core = 0.0;
            for (row, sector) in habitat.iter().zip(&self.sectors) {
                if sector.standing == Standing::Core {
                    core += row[i];
                }
            }
            require(
                format!("core sectors' demand in bucket {i}"),
                core,
                f64::MIN_POSITIVE,
                1e9,
                "above 0: some core sector must hold each bucket",
            )?;
            for (row, sector) in habitat.iter_mut().zip(&self.sectors) {
                if sector.standing == Standing::Core {
                    row[i] /= core;
                }
            }
        }
        let weights = habitat_weights();
        let mut total = 0.0;
        for row in &mut habitat {
            for i in 0..BUCKETS {
                row[i] *= weights[i];
                total += row[i];
            }
        }
        for row in &mut habitat {
            for entry in row.iter_mut() {
                *entry /= total;
            }
        }
        Ok(habitat)
    }

    /// Share of the switching by sector, summing to 1 (all 0 if nobody switches).
    fn switching_shares(&self) -> [f64; SECTORS] {
        let raw: [f64; SECTORS] = std::array::from_fn(|k| match self.sectors[k].switching {
            Switching::Switches => self.sectors[k].share,
            Switching::Stays => 0.0,
        });
        let total: f64 = raw.iter().sum();
        if total > 0.0 {
            raw.map(|share| share / total)
        } else {
            raw
        }
    }
}

/// Bucket weights of the long-run demand slope, summing to 1:
/// `w_i = F(edge_i+1) - F(edge_i)`, `F(t) = -(t/d + 1/d^2) exp(-d t)` with `d` = 0.297 a year.
fn habitat_weights() -> BucketVector {
    let d = HABITAT_DECAY;
    let integral = |t: f64| -(t / d + 1.0 / (d * d)) * (-d * t).exp();
    let raw: BucketVector = std::array::from_fn(|i| integral(EDGES[i + 1]) - integral(EDGES[i]));
    let total: f64 = raw.iter().sum();
    raw.map(|weight| weight / total)
}

/// A market in which flows are cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    sigma: Sigma,
    sectors: SlowSectors,
    switch_min_years: f64,
    durations: BucketVector,
    habitat: [BucketVector; SECTORS],
    switching_shares: [f64; SECTORS],
}

impl Market {
    /// The reference settings: covariance of 2022-01 to 2025-07, eight sectors, switching in all buckets.
    ///
    /// # Errors
    /// Never for the shipped constants.
    pub fn reference() -> Result<Self, ClearingError> {
        Self::new(Sigma::reference()?, SlowSectors::reference(), 0.0)
    }

    /// A market; buckets whose center lies below `switch_min_years` take no part in switching along the curve
    /// (0 in the reference settings, 1 in the product: money-market paper is no substitute for notes).
    ///
    /// # Errors
    /// Shares, half-lives or profiles out of range; a bucket that no core sector holds.
    pub fn new(
        sigma: Sigma,
        sectors: SlowSectors,
        switch_min_years: f64,
    ) -> Result<Self, ClearingError> {
        require(
            "switch_min_years",
            switch_min_years,
            0.0,
            100.0,
            "from 0 to 100",
        )?;
        sectors.check()?;
        let habitat = sectors.habitat()?;
        let switching_shares = sectors.switching_shares();
        Ok(Self {
            sigma,
            sectors,
            switch_min_years,
            durations: durations_years(),
            habitat,
            switching_shares,
        })
    }

    /// Covariance of yield changes.
    #[must_use]
    pub fn sigma(&self) -> &Sigma {
        &self.sigma
    }

    /// The slow sectors.
    #[must_use]
    pub fn sectors(&self) -> &[SlowSector; SECTORS] {
        &self.sectors.sectors
    }

    /// Shortest bucket center that takes part in switching, years.
    #[must_use]
    pub fn switch_min_years(&self) -> f64 {
        self.switch_min_years
    }

    /// Modified durations of the buckets, years.
    #[must_use]
    pub fn durations_years(&self) -> &BucketVector {
        &self.durations
    }

    /// Share of the total demand slope by sector and bucket.
    #[must_use]
    pub fn habitat(&self) -> &[BucketVector; SECTORS] {
        &self.habitat
    }

    /// Share of the switching by sector.
    #[must_use]
    pub fn switching_shares(&self) -> &[f64; SECTORS] {
        &self.switching_shares
    }

    /// Conductance of switching between bucket `i` and `i + 1`: `D_i / ln(tau_i+1 / tau_i)`, 0 where it does not take part.
    fn conductance(&self, i: usize) -> f64 {
        if TAU[i] < self.switch_min_years {
            0.0
        } else {
            self.durations[i] / (TAU[i + 1] / TAU[i]).ln()
        }
    }

    /// The switching matrix `diag(1/D) L` as its three diagonals (lower, middle, upper), where `L` is the graph
    /// Laplacian of the conductances: rows sum to 0 (a parallel move switches nothing) and `D' diag(1/D) L = 0`
    /// (swaps are DV01-neutral).
    pub(crate) fn switching_matrix(&self) -> [BucketVector; 3] {
        let mut lower = [0.0; BUCKETS];
        let mut middle = [0.0; BUCKETS];
        let mut upper = [0.0; BUCKETS];
        for i in 0..BUCKETS - 1 {
            let g = self.conductance(i);
            middle[i] += g;
            middle[i + 1] += g;
            upper[i] -= g;
            lower[i + 1] -= g;
        }
        for i in 0..BUCKETS {
            lower[i] /= self.durations[i];
            middle[i] /= self.durations[i];
            upper[i] /= self.durations[i];
        }
        [lower, middle, upper]
    }
}
