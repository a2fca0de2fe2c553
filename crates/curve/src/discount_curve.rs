//! The discount curve: what a dollar on a later day is worth.
//!
//! Built from par yields (bootstrapped, monotone convex), from zero rates (monotone convex), from Svensson parameters, or
//! fitted to prices (see [`crate::fit`]).
//! Time is actual days over 365.25 from the curve's date; zero and forward rates are continuous, par yields bond-equivalent.
//! Beyond the last point the last forward stays; that is an extrapolation, and callers show it as one.

use brandish_units::{Date, ForwardRate, ParYield, Years, ZeroRate};

use crate::bootstrap::zeros_from_par;
use crate::forward_spline::ForwardSpline;
use crate::monotone_convex::MonotoneConvex;
use crate::par::ParFormula;
use crate::{CurveError, SvenssonParameters};

/// Days of a year in the curve's time.
const DAYS_PER_YEAR: f64 = 365.25;

/// Price today of one dollar paid later.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct DiscountFactor(f64);

impl DiscountFactor {
    /// The plain factor.
    pub const fn factor(self) -> f64 {
        self.0
    }
}

/// A discount curve of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscountCurve {
    as_of: Date,
    shape: Shape,
    /// Par yields the curve was built from, if it was.
    par: Option<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    MonotoneConvex(MonotoneConvex),
    Svensson(SvenssonParameters),
    ForwardSpline(ForwardSpline),
}

impl DiscountCurve {
    /// From par yields, bond-equivalent as Treasury publishes them: each is repriced exactly. Points in order of maturity;
    /// tenors that were not published are left out.
    pub fn from_par_yields(
        as_of: Date,
        points: &[(Years, ParYield)],
    ) -> Result<DiscountCurve, CurveError> {
        let (times, par) = checked(
            as_of,
            "par yield",
            points.iter().map(|(t, y)| (t.0, y.decimal())),
        )?;
        let shape = zeros_from_par(as_of, &times, &par)?;
        Ok(DiscountCurve {
            as_of,
            shape: Shape::MonotoneConvex(shape),
            par: Some(par),
        })
    }

    /// From continuous zero rates, in order of maturity.
    pub fn from_zero_rates(
        as_of: Date,
        points: &[(Years, ZeroRate)],
    ) -> Result<DiscountCurve, CurveError> {
        let (times, zeros) = checked(
            as_of,
            "zero rate",
            points.iter().map(|(t, z)| (t.0, z.decimal())),
        )?;
        Ok(DiscountCurve {
            as_of,
            shape: Shape::MonotoneConvex(MonotoneConvex::new(&times, &zeros)),
            par: None,
        })
    }

    /// From Svensson parameters as the Federal Reserve publishes them.
    pub fn from_svensson(
        as_of: Date,
        parameters: SvenssonParameters,
    ) -> Result<DiscountCurve, CurveError> {
        if let Some((name, value)) = parameters.fault() {
            return Err(CurveError::SvenssonParameter { as_of, name, value });
        }
        Ok(DiscountCurve {
            as_of,
            shape: Shape::Svensson(parameters),
            par: None,
        })
    }

    /// From a spline of forwards (see [`crate::fit_spline`]).
    pub(crate) fn from_forward_spline(as_of: Date, spline: ForwardSpline) -> DiscountCurve {
        DiscountCurve {
            as_of,
            shape: Shape::ForwardSpline(spline),
            par: None,
        }
    }

    /// The curve's date: time zero.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Time of a date: actual days / 365.25; an error before the curve's date.
    pub fn time_of(&self, date: Date) -> Result<Years, CurveError> {
        time_between(self.as_of, date)
    }

    /// Price today of one dollar at this time: e^-(z t). (Times below zero use the forward at zero.)
    pub fn discount_factor(&self, time: Years) -> DiscountFactor {
        DiscountFactor((-self.integral(time.0)).exp())
    }

    /// Price today of one dollar on this date.
    pub fn discount_factor_on(&self, date: Date) -> Result<DiscountFactor, CurveError> {
        Ok(self.discount_factor(self.time_of(date)?))
    }

    /// Continuous zero rate; at time zero its limit, the instantaneous forward.
    pub fn zero_rate(&self, time: Years) -> ZeroRate {
        ZeroRate::from_decimal(match &self.shape {
            Shape::Svensson(parameters) => parameters.zero(time.0),
            Shape::MonotoneConvex(curve) if time.0 == 0.0 => curve.forward(0.0),
            Shape::ForwardSpline(spline) if time.0 == 0.0 => spline.forward(0.0),
            Shape::ForwardSpline(spline) => spline.integral(time.0) / time.0,
            Shape::MonotoneConvex(curve) => curve.integral(time.0) / time.0,
        })
    }

    /// Instantaneous forward rate, continuous.
    pub fn instantaneous_forward(&self, time: Years) -> ForwardRate {
        ForwardRate::from_decimal(match &self.shape {
            Shape::Svensson(parameters) => parameters.forward(time.0),
            Shape::MonotoneConvex(curve) => curve.forward(time.0),
            Shape::ForwardSpline(spline) => spline.forward(time.0),
        })
    }

    /// Continuous forward rate between two times: (z2 t2 - z1 t1)/(t2 - t1); the instantaneous one when they are equal.
    pub fn forward_rate(&self, from: Years, to: Years) -> ForwardRate {
        if from == to {
            return self.instantaneous_forward(from);
        }
        ForwardRate::from_decimal((self.integral(to.0) - self.integral(from.0)) / (to.0 - from.0))
    }

    /// Par yield, bond-equivalent (conventions in the crate's `par` module): simple interest up to half a year, semiannual
    /// coupons beyond. An error for a maturity that is not positive and finite.
    pub fn par_yield(&self, maturity: Years) -> Result<ParYield, CurveError> {
        if !(maturity.0.is_finite() && maturity.0 > 0.0) {
            return Err(CurveError::Maturity {
                as_of: self.as_of,
                years: maturity.0,
            });
        }
        let formula = ParFormula::new(maturity.0);
        Ok(ParYield::from_decimal(
            formula.par_yield_from(|t| (-self.integral(t)).exp()),
        ))
    }

    /// The points of a curve built from par yields, shifts included; `None` for the others.
    pub fn par_points(&self) -> Option<Vec<(Years, ParYield)>> {
        let (Shape::MonotoneConvex(curve), Some(par)) = (&self.shape, &self.par) else {
            return None;
        };
        let points = curve.node_times().iter().zip(par);
        Some(
            points
                .map(|(t, y)| (Years(*t), ParYield::from_decimal(*y)))
                .collect(),
        )
    }

    /// The curve of par yields read off this one at the given maturities: equal to it at those points, interpolated between.
    pub fn on_par_points(&self, maturities: &[Years]) -> Result<DiscountCurve, CurveError> {
        let points = maturities
            .iter()
            .map(|t| Ok((*t, self.par_yield(*t)?)))
            .collect::<Result<Vec<_>, CurveError>>()?;
        DiscountCurve::from_par_yields(self.as_of, &points)
    }

    /// The same curve on another date: the rates by time to maturity are kept ("unchanged curve").
    pub fn moved_to(&self, as_of: Date) -> DiscountCurve {
        DiscountCurve {
            as_of,
            ..self.clone()
        }
    }

    /// I(t) = z(t) t.
    pub(crate) fn integral(&self, t: f64) -> f64 {
        match &self.shape {
            Shape::Svensson(parameters) => parameters.zero(t) * t,
            Shape::MonotoneConvex(curve) => curve.integral(t),
            Shape::ForwardSpline(spline) => spline.integral(t),
        }
    }

    /// Nodes and par yields of a curve built from par yields.
    pub(crate) fn par_nodes(&self) -> Result<(&MonotoneConvex, &[f64]), CurveError> {
        match (&self.shape, &self.par) {
            (Shape::MonotoneConvex(curve), Some(par)) => Ok((curve, par)),
            _ => Err(CurveError::NotFromParYields { as_of: self.as_of }),
        }
    }
}

/// Time of a date on curves of `as_of`: actual days / 365.25; an error before it.
pub(crate) fn time_between(as_of: Date, date: Date) -> Result<Years, CurveError> {
    if date < as_of {
        return Err(CurveError::BeforeCurve { date, as_of });
    }
    Ok(Years(f64::from(date - as_of) / DAYS_PER_YEAR))
}

/// Maturities and rates, checked: some points, increasing positive times, finite rates.
fn checked(
    as_of: Date,
    what: &'static str,
    points: impl Iterator<Item = (f64, f64)>,
) -> Result<(Vec<f64>, Vec<f64>), CurveError> {
    let (mut times, mut rates) = (Vec::new(), Vec::new());
    let mut before = 0.0;
    for (years, rate) in points {
        if !(years.is_finite() && years > before) {
            return Err(CurveError::Maturity { as_of, years });
        }
        if !rate.is_finite() {
            return Err(CurveError::RateNotFinite {
                what,
                as_of,
                years,
                percent: rate * 100.0,
            });
        }
        before = years;
        times.push(years);
        rates.push(rate);
    }
    if times.is_empty() {
        return Err(CurveError::NoPoints { as_of });
    }
    Ok((times, rates))
}
