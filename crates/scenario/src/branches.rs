//! Outcomes of the branches of a standoff: the scenario's sale in other sizes, joined or not, declared or not, with other
//! purchases of the Fed behind it.
//!
//! A game over a threat needs the market's answer to every sale that could happen, for the same draw of the engine's
//! parameters. The market of the day, the seller's position and the refinancing schedule are prepared once; a [`Branch`]
//! then says what differs, and [`BranchEngine::outcomes`] clears it. Nothing here knows a game. A plan of sale comes from
//! the scenario's first sale, or from its threat where nothing is sold; other sizes keep its days and its shares by maturity.
//! A joiner sells what all foreign officials hold, over the same days.

use brandish_data::Snapshot;
use brandish_effects::issuer::RolloverSchedule;
use brandish_effects::seller::{SellerPosition, accounts};
use brandish_effects::usdjpy::{UsdJpyResponse, change_pct_by_day};
use brandish_effects::valuation::BucketValuation;
use brandish_habitat::{BUCKETS, ClearingError, ClearingPath, Known, Order, OrderFlow, Solver};
use brandish_units::{Bp, Tenor, Usd};

use crate::baseline::{Baseline, Seller};
use crate::error::ScenarioError;
use crate::file::{CampName, Conversion, FedRule, HolderName, Probability, Proceeds, Scenario};
use crate::orders::orders;
use crate::parameters::{Choice, ParameterBook, ParameterSource};
use crate::settings::Settings;
use crate::tenors::TenorMap;

/// What the market is told about the sale of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// Declared before the first day and believed.
    Declared,
    /// Nothing is said.
    Quiet,
}

/// Who stands behind the market in a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backstop {
    /// The Fed's rule as the scenario has it.
    AsInScenario,
    /// No purchases, none expected.
    None,
    /// The rule is at work and the market is certain of it.
    Certain,
}

/// One branch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Branch {
    /// Sold by the seller, market value at the as-of day; zero is allowed.
    pub amount: Usd,
    /// Sold beside him by the joiner over the same days.
    pub joined: Usd,
    /// What the market is told.
    pub disclosure: Disclosure,
    /// Who stands behind it.
    pub backstop: Backstop,
    /// Business days over which it is sold; none for those of the plan.
    pub days: Option<u32>,
}

/// What a branch does, for one draw of the engine's parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BranchOutcome {
    /// Largest change of the ten-year yield.
    pub ten_year_peak: Bp,
    /// Change on the first day.
    pub ten_year_day_one: Bp,
    /// Mean change over the horizon.
    pub ten_year_mean: Bp,
    /// Issuer's extra interest over twelve months (or the horizon, if shorter).
    pub interest: Usd,
    /// What the seller received less than the as-of value; positive is a loss.
    pub execution_loss: Usd,
    /// Change in value, on the last day of the sale, of what the state keeps; positive is a gain.
    pub state_mark: Usd,
    /// The same for private holders of the seller's country.
    pub private_mark: Usd,
    /// The same for everything the joiner held, and what he received less than the as-of value.
    pub joiner_mark: Usd,
    /// Change of USDJPY on the last day of the sale for each whole share of the proceeds that is sold for yen, percent.
    pub yen_pct_if_all_converted: f64,
    /// Peak of specialists' balance-sheet use, ratio.
    pub utilization_peak: f64,
    /// Business day on which the Fed's rule was triggered, if it was.
    pub fed_day: Option<usize>,
}

/// Parameters of the engine: central, or a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineDraw {
    /// Every parameter at its central value.
    Central,
    /// A draw of the priors: seed of the streams and number.
    Drawn {
        /// Seed.
        seed: u64,
        /// Number of the draw.
        index: u64,
    },
}

/// The plan behind a threat: who, how much, over how many days.
#[derive(Debug, Clone, PartialEq)]
pub struct SalePlan {
    /// Name in scenario files.
    pub seller: HolderName,
    /// Name in sentences.
    pub seller_title: String,
    /// Size written in the scenario.
    pub amount: Usd,
    /// Business days of the sale.
    pub days: u32,
    /// The most the state can sell.
    pub official_bound: Usd,
    /// Everything reported for the country.
    pub total: Usd,
    /// Probability of the sale before the words, if the scenario declares one.
    pub prior: Option<Probability>,
    /// Share of the proceeds sold for yen in the scenario.
    pub converted_to_yen: f64,
    /// Name in sentences of who could join.
    pub joiner_title: String,
    /// What the joiner sells in the scenario, if it has him.
    pub joiner_amount: Option<Usd>,
}

/// Everything that the branches share.
pub struct BranchEngine {
    scenario: Scenario,
    settings: Settings,
    book: ParameterBook,
    baseline: Baseline,
    plan: SalePlan,
    shares: [f64; BUCKETS],
    seller: Seller,
    joiner: Option<Seller>,
    valuation: BucketValuation,
    rollover: RolloverSchedule,
    tenors: TenorMap,
    camps: Vec<CampName>,
}

/// Holder that can join a seller where the scenario names none.
const USUAL_JOINER: &str = "china";
/// Holder that can join where the seller is the usual one.
const OTHER_JOINER: &str = "japan";

impl BranchEngine {
    /// Prepares the market of the scenario's day.
    ///
    /// # Errors
    /// A scenario that neither sells nor threatens; a day without a market; a size beyond the seller's bound.
    pub fn new(
        scenario: &Scenario,
        snapshot: &Snapshot,
        settings: Settings,
    ) -> Result<Self, ScenarioError> {
        let book = ParameterBook::shipped()?;
        let baseline = Baseline::at(snapshot, scenario.as_of, &book, settings)?;
        // The scenario's own checks of sizes and mixes.
        let built = orders(scenario, &baseline, settings)?;
        let sale = scenario
            .sales
            .iter()
            .position(|sale| sale.amount.bn() > 0.0);
        let (name, amount, days, shares) = match (sale, &scenario.threat) {
            (Some(at), _) => {
                let sale = &scenario.sales[at];
                (&sale.seller, sale.amount, sale.days, built.sale_mixes[at])
            }
            (None, Some(threat)) => (
                &threat.seller,
                threat.amount,
                threat.days,
                built.flow.threats.first().map_or([0.0; BUCKETS], |t| t.mix),
            ),
            (None, None) => {
                return Err(ScenarioError::NoPlan {
                    scenario: scenario.name.as_str().to_owned(),
                });
            }
        };
        let seller = baseline.seller(name, scenario)?;
        let second = scenario
            .sales
            .iter()
            .find(|other| other.seller != *name && other.amount.bn() > 0.0);
        let usual = if name.as_str() == USUAL_JOINER {
            OTHER_JOINER
        } else {
            USUAL_JOINER
        };
        let joiner = match second {
            Some(other) => Some(baseline.seller(&other.seller, scenario)?),
            None => HolderName::new(usual).and_then(|name| baseline.seller(&name, scenario).ok()),
        };
        let plan = SalePlan {
            seller: name.clone(),
            seller_title: seller.title.clone(),
            amount,
            days,
            official_bound: seller.official_bound,
            total: seller.total,
            prior: scenario.threat.as_ref().map(|threat| threat.prior),
            converted_to_yen: match scenario.proceeds {
                Proceeds::Converted {
                    into: Conversion::Yen,
                    converted,
                } => converted.value(),
                _ => 0.0,
            },
            joiner_title: joiner
                .as_ref()
                .map_or_else(String::new, |joiner| joiner.title.clone()),
            joiner_amount: second.map(|other| other.amount),
        };
        let assumptions = &scenario.assumptions;
        Ok(Self {
            valuation: baseline.valuation()?,
            rollover: RolloverSchedule::new(
                &baseline.maturing_debt(),
                scenario.horizon_days as usize,
            ),
            tenors: match settings {
                Settings::Product => TenorMap::log_linear(),
                Settings::Reference => TenorMap::reference(),
            },
            camps: assumptions
                .camps
                .iter()
                .chain(&assumptions.stress_camps)
                .copied()
                .collect(),
            scenario: scenario.clone(),
            settings,
            book,
            baseline,
            plan,
            shares,
            seller,
            joiner,
        })
    }

    /// The plan of sale.
    #[must_use]
    pub const fn plan(&self) -> &SalePlan {
        &self.plan
    }

    /// Business days that every branch is followed.
    #[must_use]
    pub const fn horizon_days(&self) -> u32 {
        self.scenario.horizon_days
    }

    /// Camps of the scenario, headline camps first.
    #[must_use]
    pub fn camps(&self) -> &[CampName] {
        &self.camps
    }

    /// Name and sentence of a camp, and whether it is a stress bound.
    ///
    /// # Errors
    /// If the parameter file lacks the camp.
    pub fn camp_words(&self, camp: CampName) -> Result<(String, bool), ScenarioError> {
        let definition = self.book.camps.get(camp)?;
        Ok((definition.name.clone(), definition.stress))
    }

    /// Most that the joiner can sell, or nothing if nobody can join.
    #[must_use]
    pub fn joiner_bound(&self) -> Option<Usd> {
        self.joiner.as_ref().map(|joiner| joiner.official_bound)
    }

    /// Outcomes of branches under one set of engine parameters, in the order given.
    ///
    /// # Errors
    /// A sale beyond what is held, or an engine that finds no price.
    pub fn outcomes(
        &self,
        camp: CampName,
        draw: EngineDraw,
        branches: &[Branch],
    ) -> Result<Vec<BranchOutcome>, ScenarioError> {
        branches
            .iter()
            .map(|branch| self.outcome(camp, draw, branch))
            .collect()
    }

    fn outcome(
        &self,
        camp: CampName,
        draw: EngineDraw,
        branch: &Branch,
    ) -> Result<BranchOutcome, ScenarioError> {
        let within = |amount: Usd, bound: Usd| (0.0..=bound.bn() + 1e-9).contains(&amount.bn());
        let joiner_bound = self.joiner_bound().unwrap_or(Usd::from_bn(0.0));
        if !within(branch.amount, self.plan.official_bound) || !within(branch.joined, joiner_bound)
        {
            return Err(ScenarioError::Holders {
                message: format!(
                    "a branch sells ${:.1}bn (at most ${:.1}bn) joined by ${:.1}bn (at most ${:.1}bn)",
                    branch.amount.bn(),
                    self.plan.official_bound.bn(),
                    branch.joined.bn(),
                    joiner_bound.bn()
                ),
            });
        }
        let days = branch.days.unwrap_or(self.plan.days);
        if branch
            .days
            .is_some_and(|days| days == 0 || days > self.scenario.horizon_days)
        {
            return Err(ScenarioError::Holders {
                message: format!(
                    "a branch sells over {days} business days: give 1 to {}, the horizon",
                    self.scenario.horizon_days
                ),
            });
        }
        let fed = match branch.backstop {
            Backstop::AsInScenario => self.scenario.fed,
            Backstop::None => FedRule::Off,
            Backstop::Certain => FedRule::On {
                credibility: Probability::CERTAIN,
            },
        };
        let source = ParameterSource {
            book: &self.book,
            camp_name: camp,
            camp: self.book.camps.get(camp)?,
            market: &self.baseline.market,
            economy: self.baseline.economy,
            fed,
            dealers: self.scenario.dealers,
            settings: self.settings,
        };
        let (parameters, choice) = match draw {
            EngineDraw::Central => (source.central()?, Choice::Central),
            EngineDraw::Drawn { seed, index } => {
                (source.draw(seed, index)?, Choice::Draw { seed, index })
            }
        };
        let refuse = |source: ClearingError| ScenarioError::Clearing {
            camp: camp.letter(),
            source,
        };
        let sales = |amount: Usd, shares: &[f64; BUCKETS]| {
            let days = days as usize;
            vec![shares.map(|share| share * amount.bn() / days as f64); days]
        };
        let own = sales(branch.amount, &self.shares);
        let beside = sales(branch.joined, &self.baseline.survey_official);
        let known = match branch.disclosure {
            Disclosure::Declared => Known::announced(),
            Disclosure::Quiet => Known::Silent,
        };
        let flow = OrderFlow {
            horizon_days: self.scenario.horizon_days as usize,
            orders: [&own, &beside]
                .into_iter()
                .filter(|sales| sales.iter().flatten().any(|amount| *amount != 0.0))
                .map(|sales| Order {
                    sales_by_day: sales.clone(),
                    known,
                })
                .collect(),
            ..OrderFlow::default()
        };
        let path = Solver::new(&self.baseline.market, &parameters)
            .map_err(refuse)?
            .clear(&flow)
            .map_err(refuse)?;
        let response = UsdJpyResponse {
            elasticity_pct_per_usd_bn: self.yen(choice, "usdjpy_elasticity")?,
            half_life_days: self.yen(choice, "usdjpy_half_life_days")?,
        };
        self.read(&path, (&own, &beside), days, response)
    }

    fn yen(&self, choice: Choice, name: &str) -> Result<f64, ScenarioError> {
        let prior = self.book.usdjpy.get(name)?;
        choice.value(prior, prior.central)
    }

    fn read(
        &self,
        path: &ClearingPath,
        (own, beside): (&[[f64; BUCKETS]], &[[f64; BUCKETS]]),
        days: u32,
        response: UsdJpyResponse,
    ) -> Result<BranchOutcome, ScenarioError> {
        let changes: Vec<f64> = path
            .days
            .iter()
            .map(|day| self.tenors.change(&day.yields_bp, Tenor::Y10).0)
            .collect();
        let peak = changes.iter().copied().fold(0.0f64, |most, change| {
            if change.abs() > most.abs() {
                change
            } else {
                most
            }
        });
        let mean = changes.iter().sum::<f64>() / changes.len().max(1) as f64;
        let last = days.min(self.scenario.horizon_days);
        let holdings = self.seller.holdings.total_usd_bn();
        let official = self.plan.official_bound.bn() / self.plan.total.bn();
        let mark_of = |holdings: &[f64; BUCKETS], sales: &[[f64; BUCKETS]]| {
            let position = SellerPosition {
                holdings_usd_bn: holdings,
                sales_by_day: sales,
            };
            accounts(position, path, &self.valuation, &[last])?
                .into_iter()
                .next()
                .ok_or_else(|| ScenarioError::Holders {
                    message: "no account on the last day of the sale".to_owned(),
                })
        };
        let state = mark_of(&holdings.map(|held| held * official), own)?;
        let private = mark_of(&holdings.map(|held| held * (1.0 - official)), &[])?;
        let joiner_mark = match &self.joiner {
            Some(joiner) => mark_of(&joiner.holdings.total_usd_bn(), beside)?.result(),
            None => Usd::from_bn(0.0),
        };
        let converted: Vec<f64> = (0..path.days.len())
            .map(|day| own.get(day).map_or(0.0, |sold| sold.iter().sum()))
            .collect();
        let yen = change_pct_by_day(&converted, response)?;
        let outcome = BranchOutcome {
            ten_year_peak: Bp(peak),
            ten_year_day_one: Bp(changes.first().copied().unwrap_or(f64::NAN)),
            ten_year_mean: Bp(mean),
            interest: self.rollover.extra_interest(path).total(),
            execution_loss: state.execution_loss,
            state_mark: state.mark_to_market,
            private_mark: private.mark_to_market,
            joiner_mark,
            yen_pct_if_all_converted: yen
                .get((last as usize).saturating_sub(1))
                .copied()
                .unwrap_or(f64::NAN),
            utilization_peak: path
                .days
                .iter()
                .map(|day| day.utilization)
                .fold(0.0, f64::max),
            fed_day: path.trigger_day,
        };
        for (measure, value) in [
            ("ten_year_peak", outcome.ten_year_peak.0),
            ("ten_year_day_one", outcome.ten_year_day_one.0),
            ("interest", outcome.interest.bn()),
            ("state_mark", outcome.state_mark.bn()),
            ("joiner_mark", outcome.joiner_mark.bn()),
            ("yen_change", outcome.yen_pct_if_all_converted),
        ] {
            if !value.is_finite() {
                return Err(ScenarioError::NotFinite { measure, value });
            }
        }
        Ok(outcome)
    }
}
