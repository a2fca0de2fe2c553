//! One set of engine parameters: central values of a camp, or draw `i` of its priors.
//!
//! A camp states its long-run response; the demand slope that gives it follows in closed form (engine equation E8),
//! in the economy and with the mix in which the studies are stated, and is then carried to the economy of the day
//! (it scales with GDP). Every other parameter is its prior's central value or draw. The Fed's credibility is
//! exogenous (it is in the scenario); its lag is drawn.

use brandish_habitat::{
    FedRule as EngineFedRule, Market, Nodes, Parameters, Repricing, Steps,
    slope_for_long_run_response,
};
use brandish_units::Usd;

use super::{CampDefinition, ParameterBook, Prior};
use crate::error::ScenarioError;
use crate::file::{CampName, DealerPolicy, FedRule};
use crate::settings::Settings;

/// The economy in which a run takes place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Economy {
    /// Nominal GDP known on the day, annual rate.
    pub gdp: Usd,
    /// GDP in which the camps' responses are stated.
    pub reference_gdp: Usd,
    /// Utilization of intermediaries' balance sheets without the flow, ratio.
    pub utilization_at_rest: f64,
}

/// What turns priors into parameters: the camp, the day's economy and the policies of the scenario.
#[derive(Debug, Clone, Copy)]
pub struct ParameterSource<'a> {
    /// Priors.
    pub book: &'a ParameterBook,
    /// The camp.
    pub camp_name: CampName,
    /// Its definition.
    pub camp: &'a CampDefinition,
    /// The market in which the long-run response is solved.
    pub market: &'a Market,
    /// The day's economy.
    pub economy: Economy,
    /// The Fed's rule of the scenario.
    pub fed: FedRule,
    /// Relief for intermediaries.
    pub dealers: DealerPolicy,
    /// Product or reference settings of the solver.
    pub settings: Settings,
}

impl ParameterSource<'_> {
    /// Every parameter at its central value.
    ///
    /// # Errors
    /// If a prior is missing or the camp's response cannot be reached by any slope.
    pub fn central(&self) -> Result<Parameters, ScenarioError> {
        self.build(Choice::Central)
    }

    /// One parameter at probability `p` of its prior, the others at their central values.
    ///
    /// # Errors
    /// As for [`Self::central`].
    pub(crate) fn point(&self, stream: u64, p: f64) -> Result<Parameters, ScenarioError> {
        self.build(Choice::Point { stream, p })
    }

    /// Draw `index` of the stream family `seed`.
    ///
    /// # Errors
    /// As for [`Self::central`]; the caller counts a failed draw and goes on.
    pub fn draw(&self, seed: u64, index: u64) -> Result<Parameters, ScenarioError> {
        self.build(Choice::Draw { seed, index })
    }

    fn build(&self, choice: Choice) -> Result<Parameters, ScenarioError> {
        let around = |name: &str, central: f64| choice.value(self.book.priors.get(name)?, central);
        let at_prior = |name: &str| {
            let prior = self.book.priors.get(name)?;
            choice.value(prior, prior.central)
        };
        // Central runs use the camp's own risk price; draws come from one prior common to all camps.
        let risk_price = match choice {
            Choice::Central | Choice::Point { .. } => {
                around("risk_price", self.camp.risk_price_central)?
            }
            Choice::Draw { .. } => at_prior("risk_price")?,
        };

        let mut parameters = Parameters::central(1.0, risk_price);
        parameters.reference_gdp_usd_bn = self.economy.reference_gdp.bn();
        parameters.gdp_usd_bn = self.economy.reference_gdp.bn();
        parameters.half_life_multiplier = at_prior("half_life_multiplier")?;
        parameters.curve_switching = at_prior("curve_switching")?;
        parameters.intermediary_capacity_usd_bn =
            at_prior("intermediary_capacity")? * self.dealers.capacity_relief.factor();
        parameters.utilization_at_rest =
            around("utilization_at_rest", self.economy.utilization_at_rest)?;
        parameters.utilization_threshold = at_prior("utilization_threshold")?;
        parameters.capacity_curvature = at_prior("capacity_curvature")?;
        parameters.capacity_ceiling = at_prior("capacity_ceiling")?;
        parameters.extrapolation.share = self.camp.news_central * at_prior("news_multiplier")?;
        parameters.discount_rate_per_year = at_prior("discount_rate")?;
        if let Some(forced) = parameters.forced.as_mut() {
            forced.hedge_fund_rate_per_bp = at_prior("hedge_fund_forced_rate")?;
        }
        if let FedRule::On { credibility } = self.fed {
            let mut rule = EngineFedRule::central(credibility.value());
            rule.lag_days = at_prior("fed_lag")?.round() as u32;
            parameters.fed = Some(rule);
        }

        if self.settings == Settings::Product {
            // Central values are exact, and what is compared with them is priced like them; a draw's numerical error of up to one percent
            // is far inside its band.
            let (nodes, looser) = match choice {
                Choice::Central | Choice::Point { .. } => (Nodes::Reference, 1.0),
                Choice::Draw { .. } => (Nodes::Sparse, 10.0),
            };
            parameters.repricing = Repricing {
                fed_possible_every_days: at_prior("repricing_days_fed_possible")?.round() as u32,
                news_usd_bn: at_prior("least_news")?,
                tolerance_bp: looser * at_prior("solver_tolerance")?,
                steps: Steps::Chord,
                nodes,
                ..Repricing::reference()
            };
        }

        let response = self.camp.long_run_response_bp_per_100bn * at_prior("long_run_response")?;
        parameters.demand_slope_usd_bn_per_bp =
            slope_for_long_run_response(self.market, &parameters, response).map_err(|source| {
                ScenarioError::Clearing {
                    camp: self.camp_name.letter(),
                    source,
                }
            })?;
        parameters.gdp_usd_bn = self.economy.gdp.bn();
        Ok(parameters)
    }
}

/// Central values, central values but for one parameter, or one draw.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice {
    /// Every parameter at its central value.
    Central,
    /// One parameter at a probability of its prior, the others at their central values.
    Point {
        /// Stream of that parameter.
        stream: u64,
        /// The probability.
        p: f64,
    },
    /// A draw of the priors.
    Draw {
        /// Seed of the stream family.
        seed: u64,
        /// Number of the draw.
        index: u64,
    },
}

impl Choice {
    pub(crate) fn value(self, prior: &Prior, central: f64) -> Result<f64, ScenarioError> {
        match self {
            Self::Central => Ok(central),
            Self::Point { stream, p } if stream == prior.stream => prior.at(central, p),
            Self::Point { .. } => Ok(central),
            Self::Draw { seed, index } => prior.draw(central, seed, index),
        }
    }
}
