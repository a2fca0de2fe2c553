//! Other markets along a path: a stable response times the change of the ten-year yield, with the estimate's own error per draw.
//!
//! Only markets with a stable response in the regime of a sale, and mortgage rates; the others have no numbers. Per draw one point of each
//! estimate's distribution, from a stream of its own, so nothing else moves when a market comes or goes. Days: the first, those of the
//! summary tables, and the largest move.

use std::sync::Arc;

use brandish_effects::markets::{Finding, Market, MarketResponse, pass_through};
use brandish_habitat::ClearingPath;
use brandish_math::Stream;
use brandish_units::{Bp, Tenor};

use crate::bands::FactKey;
use crate::days::Days;
use crate::error::ScenarioError;
use crate::markets::MarketStudy;
use crate::parameters::Choice;
use crate::tenors::TenorMap;

/// Number of the first stream; below lie the dimensions of the priors.
const FIRST_STREAM: u64 = 4096;
const SOURCE: &str = "effects::markets";

/// Markets that have numbers in this run.
#[derive(Debug)]
pub struct MarketPlan {
    markets: Vec<PlannedMarket>,
}

#[derive(Debug)]
struct PlannedMarket {
    response: MarketResponse,
    stream: u64,
    on_a_day: &'static str,
    at_the_peak: &'static str,
    unit: &'static str,
    name: Option<Arc<str>>,
}

/// Measures of a market: on a day, at the peak. The yen has its own effect; its response to yields is shown and not used.
const fn measures(market: Market) -> Option<(&'static str, &'static str)> {
    Some(match market {
        Market::Sp500 | Market::Nikkei225 | Market::Topix => {
            ("equity_change", "equity_change_peak")
        }
        Market::Vix | Market::Move => ("volatility_change", "volatility_change_peak"),
        Market::InvestmentGrade | Market::HighYield => {
            ("credit_spread_change", "credit_spread_change_peak")
        }
        Market::Gold => ("gold_change", "gold_change_peak"),
        Market::Bitcoin | Market::Solana | Market::Bnb => ("crypto_change", "crypto_change_peak"),
        Market::Usdjpy => return None,
    })
}

/// An estimated response as a parameter: what moves it and what it is called.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ResponseParameter {
    /// Name, `response_of_S&P 500`; of mortgage rates `mortgage_pass_through`.
    pub(crate) name: String,
    /// Its stream.
    pub(crate) stream: u64,
    /// The estimate with its error.
    pub(crate) response: MarketResponse,
    /// Unit of the market's move.
    pub(crate) unit: &'static str,
}

impl MarketPlan {
    /// The responses that this run uses.
    pub(in crate::run) fn responses(&self) -> Vec<ResponseParameter> {
        self.markets
            .iter()
            .map(|market| ResponseParameter {
                name: market.name.as_ref().map_or_else(
                    || "mortgage_pass_through".to_owned(),
                    |name| format!("response_of_{name}"),
                ),
                stream: market.stream,
                response: market.response,
                unit: market.unit,
            })
            .collect()
    }

    /// The markets of a study that have a stable response in the regime of a sale.
    pub(in crate::run) fn new(study: &MarketStudy) -> Self {
        let mut markets = Vec::new();
        if let Some(window) = &study.mortgage {
            markets.push(PlannedMarket {
                response: window.response,
                stream: FIRST_STREAM,
                on_a_day: "mortgage_change",
                at_the_peak: "mortgage_change_peak",
                unit: "bp",
                name: None,
            });
        }
        for market in Market::ALL {
            let Some((on_a_day, at_the_peak)) = measures(market) else {
                continue;
            };
            let Some(Finding::Stable(fit)) =
                study.reading(market).map(|found| &found.estimate.finding)
            else {
                continue;
            };
            markets.push(PlannedMarket {
                response: fit.response,
                stream: FIRST_STREAM + 1 + market as u64,
                on_a_day,
                at_the_peak,
                unit: market.unit(),
                name: Some(Arc::from(market.name())),
            });
        }
        Self { markets }
    }

    pub(super) fn walk(
        &self,
        path: &ClearingPath,
        (days, tenors): (&Days, &TenorMap),
        choice: Choice,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let change = |day: u32| {
            (day as usize)
                .checked_sub(1)
                .and_then(|index| path.days.get(index))
                .map_or(Bp(0.0), |state| tenors.change(&state.yields_bp, Tenor::Y10))
        };
        let mut shown = days.key();
        if !shown.contains(&1) {
            shown.insert(0, 1);
        }
        let peak =
            (1..=days.horizon())
                .map(|day| (day, change(day)))
                .fold((0, Bp(0.0)), |best, next| {
                    if next.1.0.abs() > best.1.0.abs() {
                        next
                    } else {
                        best
                    }
                });
        for market in &self.markets {
            let at = match choice {
                Choice::Draw { seed, index } => Stream::new(seed, index, market.stream).uniform(),
                Choice::Point { stream, p } if stream == market.stream => p,
                Choice::Central | Choice::Point { .. } => 0.5,
            };
            let per_ten_bp = market.response.at(at)?;
            let key = |measure| {
                let key = FactKey::new(measure, market.unit, SOURCE);
                match &market.name {
                    Some(name) => key.of(name),
                    None => key,
                }
            };
            for day in &shown {
                emit(
                    &|| key(market.on_a_day).on(*day, days.date(*day)),
                    pass_through(per_ten_bp, change(*day)),
                );
            }
            emit(
                &|| key(market.at_the_peak).on_its_day(peak.0, days.date(peak.0)),
                pass_through(per_ten_bp, peak.1),
            );
        }
        Ok(())
    }
}
