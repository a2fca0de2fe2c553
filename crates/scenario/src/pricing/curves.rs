//! The curve of a day from any origin, and the par curve on which risk is counted.
//!
//! Origins: Treasury's par yields, the Federal Reserve's Svensson parameters, a file of the caller's. Risk has one place for all of
//! them: par yields at the published tenors. A curve that was not built from those is read off at every tenor and built
//! again, so that key rates of any curve mean the same and sum to a parallel move of par yields.

use brandish_curve::{DiscountCurve, SvenssonParameters};
use brandish_data::Snapshot;
use brandish_units::{Date, ParYield, Tenor, Years};

use super::CurveFile;
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
    /// The same through par yields at `tenors`.
    pub par: DiscountCurve,
    /// Points of `par`, in order.
    pub tenors: Vec<Tenor>,
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
                let (tenors, points): (Vec<Tenor>, Vec<(Years, ParYield)>) = published
                    .published()
                    .map(|(tenor, value)| (tenor, (tenor.years(), value)))
                    .unzip();
                let curve = DiscountCurve::from_par_yields(as_of, &points)?;
                Ok(NamedCurve {
                    name: format!(
                        "Treasury par yields of {as_of} ({})",
                        published.provenance.quality.word()
                    ),
                    par: curve.clone(),
                    curve,
                    tenors,
                })
            }
            DayCurve::FederalReserve => {
                let gsw = known.gsw(as_of)?;
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
                    format!("Federal Reserve Svensson parameters of {as_of}"),
                    curve,
                )
            }
            DayCurve::File(file) => {
                NamedCurve::read_off(format!("curve file {}", file.path), file.curve(as_of)?)
            }
        }
    }

    /// A curve whose risk is counted on all published tenors.
    ///
    /// # Errors
    /// A curve whose par yields no curve reprices.
    pub fn read_off(name: String, curve: DiscountCurve) -> Result<NamedCurve, ScenarioError> {
        let tenors = Tenor::ALL.to_vec();
        let maturities: Vec<Years> = tenors.iter().map(|tenor| tenor.years()).collect();
        Ok(NamedCurve {
            par: curve.on_par_points(&maturities)?,
            name,
            curve,
            tenors,
        })
    }
}
