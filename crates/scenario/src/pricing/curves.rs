//! The curve of a day from any origin, and the par curve on which risk is counted.
//!
//! Origins: Treasury's par yields, the Federal Reserve's Svensson parameters, a file of the caller's. Risk has one place for all of
//! them: par yields, at the curve's own points if it was built from par yields. Any other curve is read off at the published tenors of its range and
//! built again, so that key rates of any curve mean the same and sum to a parallel move of par yields.

use brandish_curve::{DiscountCurve, SvenssonParameters};
use brandish_data::Snapshot;
use brandish_units::{Date, ParYield, Tenor, Years};

use super::curve_file::{CurveFile, SVENSSON_RANGE};
use crate::ScenarioError;

/// Where a curve comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DayCurve<'a> {
    /// Treasury's par yields of the day.
    Treasury,
    /// The Federal Reserve's Svensson parameters of the day, where the snapshot has them.
    FederalReserve,
    /// The caller's file.
    File(&'a CurveFile),
}

/// A curve with its name and the par curve of its risk.
#[derive(Debug, Clone)]
pub struct NamedCurve {
    /// In words: whose, and of which day.
    pub name: String,
    /// The curve.
    pub curve: DiscountCurve,
    /// The same through par yields: the points at which risk is counted.
    pub par: DiscountCurve,
    /// Shortest and longest maturity that the curve rests on; beyond them it is extrapolated.
    pub range: (Years, Years),
}

impl NamedCurve {
    /// The curve of a day.
    ///
    /// # Errors
    /// A day without the series, or yields that no curve reprices.
    pub fn of_day(
        snapshot: &Snapshot,
        as_of: Date,
        origin: DayCurve<'_>,
    ) -> Result<NamedCurve, ScenarioError> {
        let known = snapshot.known_on(as_of);
        match origin {
            DayCurve::Treasury => {
                let published = known.par_yields(as_of)?;
                let points: Vec<(Years, ParYield)> = published
                    .published()
                    .map(|(tenor, value)| (tenor.years(), value))
                    .collect();
                let curve = DiscountCurve::from_par_yields(as_of, &points)?;
                Ok(NamedCurve {
                    name: format!(
                        "Treasury par yields of {as_of} ({})",
                        published.provenance.quality.word()
                    ),
                    par: curve.clone(),
                    curve,
                    range: ends(points.iter().map(|(years, _)| *years)),
                })
            }
            DayCurve::FederalReserve => {
                // Published days later; whoever asks for the curve of a day wants that one.
                let gsw = snapshot.in_hindsight().gsw(as_of)?;
                let [beta0_pct, beta1_pct, beta2_pct, beta3_pct] = gsw.beta_pct.map(|b| b.0);
                let parameters = SvenssonParameters {
                    beta0_pct,
                    beta1_pct,
                    beta2_pct,
                    beta3_pct,
                    tau1_years: gsw.tau[0].years(),
                    tau2_years: gsw.tau[1].years(),
                };
                let curve = DiscountCurve::from_svensson(as_of, parameters)?;
                NamedCurve::read_off(
                    format!(
                        "Federal Reserve Svensson parameters of {as_of} (out on {})",
                        gsw.provenance.release.date
                    ),
                    curve,
                    SVENSSON_RANGE,
                )
            }
            DayCurve::File(file) => NamedCurve::read_off(
                format!("curve file {}", file.path),
                file.curve(as_of)?,
                file.range(),
            ),
        }
    }

    /// Points at which risk is counted, in order.
    #[must_use]
    pub fn key_rate_points(&self) -> Vec<Years> {
        let points = self.par.par_points().unwrap_or_default();
        points.into_iter().map(|(years, _)| years).collect()
    }

    /// A curve with its risk: its own points if it was built from par yields, else the published tenors within its range (all of them where
    /// it has none).
    ///
    /// # Errors
    /// A curve whose par yields no curve reprices.
    pub fn read_off(
        name: String,
        curve: DiscountCurve,
        range: (Years, Years),
    ) -> Result<NamedCurve, ScenarioError> {
        let (shortest, longest) = range;
        let par = if curve.par_points().is_some() {
            curve.clone()
        } else {
            let all = Tenor::ALL.map(|tenor| tenor.years());
            let inside = |years: &Years| *years >= shortest && *years <= longest;
            let within: Vec<Years> = all.iter().copied().filter(inside).collect();
            curve.on_par_points(if within.is_empty() { &all } else { &within })?
        };
        Ok(NamedCurve {
            name,
            curve,
            par,
            range,
        })
    }
}

/// First and last of some maturities in order.
fn ends(mut maturities: impl Iterator<Item = Years>) -> (Years, Years) {
    let first = maturities.next().unwrap_or(Years(0.0));
    (first, maturities.last().unwrap_or(first))
}
