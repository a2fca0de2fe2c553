//! The engine's parameters, in the market's words.
//!
//! A plain struct: every field has a unit and a meaning; `Parameters::central` fills the central values of the
//! engine document (section 4) around the two numbers in which the camps differ, the demand slope and the risk
//! price. Rules that may be absent (the Fed's rule, forced sellers) are `Option`s, not switches.

use crate::error::{ClearingError, require};

/// Parameters of one draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Sum of all slow sectors' demand slopes to a parallel move, $bn per bp, in an economy of `reference_gdp_usd_bn`.
    pub demand_slope_usd_bn_per_bp: f64,
    /// Risk price of intermediaries, 1/($bn bp): expected return (bp a year) per bp^2 a year of covariance and $bn.
    pub risk_price: f64,
    /// Weight of switching along the curve, ratio to the demand slope.
    pub curve_switching: f64,
    /// Nominal GDP of the economy, $bn a year; the demand slope scales with it.
    pub gdp_usd_bn: f64,
    /// Nominal GDP at which the demand slope is stated, $bn a year.
    pub reference_gdp_usd_bn: f64,
    /// Exponent with which the risk price falls in GDP: `(reference_gdp / gdp)^exponent`; 0 keeps it constant.
    pub risk_price_gdp_exponent: f64,
    /// Intermediaries' balance sheet: $bn of ten-year equivalents that move utilization by 1.
    pub intermediary_capacity_usd_bn: f64,
    /// Utilization without the flow, ratio.
    pub utilization_at_rest: f64,
    /// Utilization from which balance-sheet space costs extra, ratio below 1.
    pub utilization_threshold: f64,
    /// How fast the risk price rises beyond the threshold, ratio; 0 turns the capacity effect off.
    pub capacity_curvature: f64,
    /// Largest multiple of the risk price, ratio of at least 1.
    pub capacity_ceiling: f64,
    /// Discount rate of price concessions, per year (carry, pull to par, impatience).
    pub discount_rate_per_year: f64,
    /// Multiplier of all sectors' half-lives, ratio.
    pub half_life_multiplier: f64,
    /// What the market expects of undeclared flows.
    pub extrapolation: Extrapolation,
    /// The Fed's rule in a dysfunctional market, if there is one.
    pub fed: Option<FedRule>,
    /// Sellers forced by losses and redemptions, if there are any.
    pub forced: Option<ForcedSellers>,
    /// When the market is priced anew.
    pub repricing: Repricing,
}

/// Undeclared flows are persistent: each dollar seen makes the market expect `share` more, spread over
/// `horizon_days`; the belief fades after the last sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extrapolation {
    /// Further flow expected per dollar seen, ratio.
    pub share: f64,
    /// Time constant over which it is expected, business days.
    pub horizon_days: f64,
    /// Half-life of the belief after the last sale, business days.
    pub half_life_days: f64,
}

/// The Fed buys from stressed intermediaries: purchases a day are a smooth share of their inventory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FedRule {
    /// Probability the market gives to the rule before any trigger, 0 to 1.
    pub credibility: f64,
    /// Utilization (signed, by ten-year equivalents held) above which the rule is triggered and, before a trigger, expected to act.
    pub trigger_utilization: f64,
    /// Utilization at which purchases fade out after the trigger (hysteresis), ratio.
    pub stop_utilization: f64,
    /// Width of the smooth step from none to full pace, in units of utilization.
    pub step_width: f64,
    /// Share of inventory bought a day at full pace, 1/day.
    pub pace_per_day: f64,
    /// Largest purchases a day, $bn of ten-year equivalents at full saturation (60% of this enters the rule).
    pub daily_cap_usd_bn: f64,
    /// Business days from the trigger to the first purchase.
    pub lag_days: u32,
    /// Rise of the ten-year yield in ten business days that triggers the rule, bp.
    pub trigger_rise_bp: f64,
    /// Total purchases after which the rule ends, $bn.
    pub total_usd_bn: f64,
}

impl FedRule {
    /// Central values with the given credibility.
    #[must_use]
    pub const fn central(credibility: f64) -> Self {
        Self {
            credibility,
            trigger_utilization: 1.0,
            stop_utilization: 0.80,
            step_width: 0.15,
            pace_per_day: 0.25,
            daily_cap_usd_bn: 75.0,
            lag_days: 3,
            trigger_rise_bp: 50.0,
            total_usd_bn: 1600.0,
        }
    }
}

/// Leveraged funds that must cut positions and mutual funds that meet redemptions after a rise of yields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForcedSellers {
    /// Hedge funds' positions, $bn.
    pub hedge_fund_position_usd_bn: f64,
    /// Share of the hedge funds' positions that is exposed, ratio.
    pub hedge_fund_exposed_share: f64,
    /// Ten-day rise of the ten-year yield beyond which hedge funds sell, bp.
    pub hedge_fund_threshold_bp: f64,
    /// Their sales a day per bp beyond the threshold, share of the exposed position.
    pub hedge_fund_rate_per_bp: f64,
    /// Mutual funds' positions, $bn.
    pub mutual_fund_position_usd_bn: f64,
    /// Twenty-day rise of the ten-year yield beyond which mutual funds sell, bp.
    pub mutual_fund_threshold_bp: f64,
    /// Their sales a day per bp beyond the threshold, share of the position.
    pub mutual_fund_rate_per_bp: f64,
    /// Half-life with which forced sales are undone, business days.
    pub half_life_days: f64,
}

impl ForcedSellers {
    /// Central values.
    #[must_use]
    pub const fn central() -> Self {
        Self {
            hedge_fund_position_usd_bn: 1000.0,
            hedge_fund_exposed_share: 0.35,
            hedge_fund_threshold_bp: 25.0,
            hedge_fund_rate_per_bp: 0.0003,
            mutual_fund_position_usd_bn: 1200.0,
            mutual_fund_threshold_bp: 30.0,
            mutual_fund_rate_per_bp: 0.00005,
            half_life_days: 120.0,
        }
    }
}

/// When expectations are priced anew, and how exactly. Between two pricings the market moves along the path it expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repricing {
    /// At the latest after this many business days (1 to 40), even without news.
    pub at_least_every_days: u32,
    /// The same while purchases by the Fed's rule are possible or under way. Before its trigger the market pushes the first
    /// possible purchase ahead by a day every day; with more than 1 it does so only when it prices anew.
    pub fed_possible_every_days: u32,
    /// Supply expected at any date and in any bucket that differs by less than this is no news, $bn.
    pub news_usd_bn: f64,
    /// Largest violation of the pricing equations that is left, bp.
    pub tolerance_bp: f64,
    /// How the equations are solved.
    pub steps: Steps,
    /// At which future days expectations are priced.
    pub nodes: Nodes,
}

/// The days ahead at which expectations are priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nodes {
    /// Daily for a quarter, then steps that grow 5% each up to a month: 164 nodes over five years.
    Reference,
    /// Daily for a quarter, then steps that grow 15% each up to a quarter: 105 nodes. Yields lie within one percent of those on
    /// the reference nodes.
    Sparse,
}

/// How the pricing equations are solved. Both find the same prices, within the tolerance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// The market is linearized anew in every step.
    Newton,
    /// A linearization is kept, also from day to day, as long as it brings the residual down fast.
    Chord,
}

impl Repricing {
    /// The reference settings: Newton's method to 1e-10 bp, every 21 days without news, every day while the Fed is possible.
    #[must_use]
    pub const fn reference() -> Self {
        Self {
            at_least_every_days: 21,
            fed_possible_every_days: 1,
            news_usd_bn: 1e-9,
            tolerance_bp: 1e-10,
            steps: Steps::Newton,
            nodes: Nodes::Reference,
        }
    }
}

impl Parameters {
    /// Central values of everything that the camps share, with forced sellers and without the Fed's rule.
    #[must_use]
    pub const fn central(demand_slope_usd_bn_per_bp: f64, risk_price: f64) -> Self {
        Self {
            demand_slope_usd_bn_per_bp,
            risk_price,
            curve_switching: 1.0,
            gdp_usd_bn: 30_300.0,
            reference_gdp_usd_bn: 30_300.0,
            risk_price_gdp_exponent: 0.0,
            intermediary_capacity_usd_bn: 220.0,
            utilization_at_rest: 0.60,
            utilization_threshold: 0.85,
            capacity_curvature: 1.0,
            capacity_ceiling: 3.0,
            discount_rate_per_year: 0.2,
            half_life_multiplier: 1.0,
            extrapolation: Extrapolation {
                share: 0.5,
                horizon_days: 21.0,
                half_life_days: 21.0,
            },
            fed: None,
            forced: Some(ForcedSellers::central()),
            repricing: Repricing::reference(),
        }
    }

    /// Demand slope in this economy: `demand_slope * gdp / reference_gdp`, $bn per bp.
    #[must_use]
    pub fn scaled_demand_slope(&self) -> f64 {
        self.demand_slope_usd_bn_per_bp * self.gdp_usd_bn / self.reference_gdp_usd_bn
    }

    /// Risk price in this economy: `risk_price * (reference_gdp / gdp)^exponent`, 1/($bn bp).
    #[must_use]
    pub fn scaled_risk_price(&self) -> f64 {
        self.risk_price
            * (self.reference_gdp_usd_bn / self.gdp_usd_bn).powf(self.risk_price_gdp_exponent)
    }

    /// Refuses numbers with which the equations mean nothing.
    ///
    /// # Errors
    /// The first field out of its range.
    pub fn check(&self) -> Result<(), ClearingError> {
        let positive = "above 0 and at most 1e6";
        let fields = [
            (
                "demand_slope_usd_bn_per_bp",
                self.demand_slope_usd_bn_per_bp,
                1e-6,
                1e6,
                "from 1e-6 to 1e6",
            ),
            ("risk_price", self.risk_price, 1e-12, 1.0, "from 1e-12 to 1"),
            (
                "curve_switching",
                self.curve_switching,
                0.0,
                1e3,
                "from 0 to 1000",
            ),
            ("gdp_usd_bn", self.gdp_usd_bn, 1.0, 1e6, "from 1 to 1e6"),
            (
                "reference_gdp_usd_bn",
                self.reference_gdp_usd_bn,
                1.0,
                1e6,
                "from 1 to 1e6",
            ),
            (
                "risk_price_gdp_exponent",
                self.risk_price_gdp_exponent,
                -5.0,
                5.0,
                "from -5 to 5",
            ),
            (
                "intermediary_capacity_usd_bn",
                self.intermediary_capacity_usd_bn,
                1e-3,
                1e9,
                "from 0.001 to 1e9",
            ),
            (
                "utilization_at_rest",
                self.utilization_at_rest,
                0.0,
                10.0,
                "from 0 to 10",
            ),
            (
                "utilization_threshold",
                self.utilization_threshold,
                0.0,
                0.999,
                "from 0 to 0.999",
            ),
            (
                "capacity_curvature",
                self.capacity_curvature,
                0.0,
                1e3,
                "from 0 to 1000",
            ),
            (
                "capacity_ceiling",
                self.capacity_ceiling,
                1.0,
                1e3,
                "from 1 to 1000",
            ),
            (
                "discount_rate_per_year",
                self.discount_rate_per_year,
                1e-4,
                10.0,
                "from 0.0001 to 10",
            ),
            (
                "half_life_multiplier",
                self.half_life_multiplier,
                1e-3,
                1e3,
                "from 0.001 to 1000",
            ),
            (
                "extrapolation.share",
                self.extrapolation.share,
                0.0,
                100.0,
                "from 0 to 100",
            ),
            (
                "extrapolation.horizon_days",
                self.extrapolation.horizon_days,
                1e-3,
                1e6,
                positive,
            ),
            (
                "extrapolation.half_life_days",
                self.extrapolation.half_life_days,
                1e-3,
                1e6,
                positive,
            ),
            (
                "repricing.at_least_every_days",
                f64::from(self.repricing.at_least_every_days),
                1.0,
                40.0,
                "from 1 to 40",
            ),
            (
                "repricing.fed_possible_every_days",
                f64::from(self.repricing.fed_possible_every_days),
                1.0,
                40.0,
                "from 1 to 40",
            ),
            (
                "repricing.news_usd_bn",
                self.repricing.news_usd_bn,
                0.0,
                1.0,
                "from 0 to 1",
            ),
            (
                "repricing.tolerance_bp",
                self.repricing.tolerance_bp,
                1e-12,
                1e-2,
                "from 1e-12 to 0.01",
            ),
        ];
        for (name, value, low, high, allowed) in fields {
            require(name, value, low, high, allowed)?;
        }
        if let Some(fed) = &self.fed {
            fed.check()?;
        }
        if let Some(forced) = &self.forced {
            forced.check()?;
        }
        Ok(())
    }
}

impl FedRule {
    fn check(&self) -> Result<(), ClearingError> {
        let fields = [
            ("fed.credibility", self.credibility, 0.0, 1.0, "from 0 to 1"),
            (
                "fed.trigger_utilization",
                self.trigger_utilization,
                0.0,
                100.0,
                "from 0 to 100",
            ),
            (
                "fed.stop_utilization",
                self.stop_utilization,
                0.0,
                100.0,
                "from 0 to 100",
            ),
            (
                "fed.step_width",
                self.step_width,
                1e-3,
                100.0,
                "from 0.001 to 100",
            ),
            (
                "fed.pace_per_day",
                self.pace_per_day,
                0.0,
                10.0,
                "from 0 to 10",
            ),
            (
                "fed.daily_cap_usd_bn",
                self.daily_cap_usd_bn,
                1e-3,
                1e5,
                "from 0.001 to 1e5",
            ),
            (
                "fed.lag_days",
                f64::from(self.lag_days),
                0.0,
                2520.0,
                "from 0 to 2520",
            ),
            (
                "fed.trigger_rise_bp",
                self.trigger_rise_bp,
                0.0,
                1e12,
                "of at least 0",
            ),
            (
                "fed.total_usd_bn",
                self.total_usd_bn,
                0.0,
                1e6,
                "from 0 to 1e6",
            ),
        ];
        for (name, value, low, high, allowed) in fields {
            require(name, value, low, high, allowed)?;
        }
        Ok(())
    }
}

impl ForcedSellers {
    fn check(&self) -> Result<(), ClearingError> {
        let fields = [
            (
                "forced.hedge_fund_position_usd_bn",
                self.hedge_fund_position_usd_bn,
                0.0,
                1e5,
                "from 0 to 1e5",
            ),
            (
                "forced.hedge_fund_exposed_share",
                self.hedge_fund_exposed_share,
                0.0,
                1.0,
                "from 0 to 1",
            ),
            (
                "forced.hedge_fund_threshold_bp",
                self.hedge_fund_threshold_bp,
                0.0,
                1e6,
                "from 0 to 1e6",
            ),
            (
                "forced.hedge_fund_rate_per_bp",
                self.hedge_fund_rate_per_bp,
                0.0,
                1.0,
                "from 0 to 1",
            ),
            (
                "forced.mutual_fund_position_usd_bn",
                self.mutual_fund_position_usd_bn,
                0.0,
                1e5,
                "from 0 to 1e5",
            ),
            (
                "forced.mutual_fund_threshold_bp",
                self.mutual_fund_threshold_bp,
                0.0,
                1e6,
                "from 0 to 1e6",
            ),
            (
                "forced.mutual_fund_rate_per_bp",
                self.mutual_fund_rate_per_bp,
                0.0,
                1.0,
                "from 0 to 1",
            ),
            (
                "forced.half_life_days",
                self.half_life_days,
                1e-3,
                1e6,
                "above 0 and at most 1e6",
            ),
        ];
        for (name, value, low, high, allowed) in fields {
            require(name, value, low, high, allowed)?;
        }
        require(
            "forced.hedge_fund_position_usd_bn + 0.2 mutual_fund_position_usd_bn",
            self.hedge_fund_position_usd_bn + 0.2 * self.mutual_fund_position_usd_bn,
            1e-6,
            1e6,
            "above 0: without positions give no forced sellers",
        )
    }
}
