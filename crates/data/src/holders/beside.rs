//! What stands beside the flows and is never added to them: reserves, interventions, the Federal Reserve's custody.
//!
//! Reserves bound what a state can sell; interventions say when Japan needed dollars; custody is a level of all foreign
//! officials together. A fall in custody is not a sale (105 bn moved to another custodian in March 2014, 76 bn were repoed
//! in March 2023). Interventions are in yen; a dollar figure is that of the day's rate, an estimate, and none where a day
//! has no rate. Totals of a publication window are kept apart from days, which they repeat.

use std::collections::BTreeMap;

use brandish_units::{Date, Jpy, JpyPerUsd, Usd};

use super::Holder;
use crate::DataError;
use crate::japan::{Intervention, InterventionSpan};
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::Quality;

/// Which reserves they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReservesKind {
    /// Official reserve assets (Ministry of Finance, Japan).
    ReserveAssets,
    /// Total reserves without gold (International Monetary Fund).
    ExGold,
}

impl ReservesKind {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            ReservesKind::ReserveAssets => "reserve_assets",
            ReservesKind::ExGold => "reserves_ex_gold",
        }
    }
}

/// Reserves at a month end.
#[derive(Debug, Clone, PartialEq)]
pub struct ReservesMonth {
    /// Month end.
    pub date: Date,
    /// What is counted.
    pub kind: ReservesKind,
    /// All of it.
    pub total: Usd,
    /// Securities in it, where told.
    pub securities: Option<Usd>,
    /// Deposits in it, where told.
    pub deposits: Option<Usd>,
    /// How the figures came about.
    pub quality: Quality,
}

/// Interventions against the dollar in the days of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct InterventionMonth {
    /// The month.
    pub month: Month,
    /// Days with one.
    pub days: usize,
    /// Yen bought, dollars sold.
    pub yen_bought: Jpy,
    /// Yen sold, dollars bought.
    pub yen_sold: Jpy,
    /// Dollars sold less dollars bought at the rate of each day; none where a day has no rate.
    pub dollars_sold: Option<Usd>,
}

/// Everything beside a window.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Reserves of month ends in the window.
    pub reserves: Vec<ReservesMonth>,
    /// The newest reserves that were out, in the window or not; none where the snapshot has none of this holder.
    pub newest_reserves: Option<ReservesMonth>,
    /// Interventions by month; Japan only.
    pub interventions: Vec<InterventionMonth>,
    /// Totals of publication windows that begin in the window; not to be added to the days.
    pub intervention_windows: Vec<Intervention>,
    /// Treasuries in custody at the Federal Reserve for all foreign officials: the last Wednesday of each month.
    pub custody: Vec<(Date, Usd)>,
}

/// Collects what stands beside a window, as far as it was out.
pub(super) fn beside(
    known: &KnownOn<'_>,
    holder: &Holder,
    since: Month,
    last: Month,
) -> Result<Beside, DataError> {
    let (from, to) = (since.start(), last.end());
    let is_japan = holder.reported_as == "Japan";
    let all = reserves(known, holder)?;
    let newest_reserves = all.last().cloned();
    let in_window = |month: &ReservesMonth| month.date >= from && month.date <= to;
    let (interventions, intervention_windows) = if is_japan {
        interventions(known, from, to)?
    } else {
        (Vec::new(), Vec::new())
    };
    let mut custody: BTreeMap<Month, (Date, Usd)> = BTreeMap::new();
    for (day, amount) in known.custody_history(from, to)? {
        custody.insert(Month::of(day), (day, amount));
    }
    Ok(Beside {
        reserves: all.into_iter().filter(in_window).collect(),
        newest_reserves,
        interventions,
        intervention_windows,
        custody: custody.into_values().collect(),
    })
}

/// All month ends that were out.
fn reserves(known: &KnownOn<'_>, holder: &Holder) -> Result<Vec<ReservesMonth>, DataError> {
    let (from, to) = (Date::MIN, known.as_of());
    if holder.reported_as == "Japan" {
        let months = known.japan_reserves_history(from, to)?;
        return Ok(months
            .into_iter()
            .map(|month| ReservesMonth {
                date: month.date,
                kind: ReservesKind::ReserveAssets,
                total: month.reserve_assets,
                securities: month.securities,
                deposits: month.deposits,
                quality: month.provenance.quality,
            })
            .collect());
    }
    Ok(known
        .reserves_ex_gold_history(&holder.reported_as, Month::of(from), Month::of(to))?
        .into_iter()
        .map(|(total, provenance)| ReservesMonth {
            date: provenance.observed,
            kind: ReservesKind::ExGold,
            total,
            securities: None,
            deposits: None,
            quality: provenance.quality,
        })
        .collect())
}

fn interventions(
    known: &KnownOn<'_>,
    from: Date,
    to: Date,
) -> Result<(Vec<InterventionMonth>, Vec<Intervention>), DataError> {
    let rates: BTreeMap<Date, JpyPerUsd> = known
        .usdjpy_history(from, to)?
        .into_iter()
        .map(|rate| (rate.provenance.observed, rate.value))
        .collect();
    let mut months: BTreeMap<Month, InterventionMonth> = BTreeMap::new();
    let mut windows = Vec::new();
    for intervention in known.interventions(from, to)? {
        if intervention.pair != "USD/JPY" {
            continue;
        }
        if intervention.span == InterventionSpan::MonthTotal {
            windows.push(intervention);
            continue;
        }
        let month = Month::of(intervention.start);
        let found = months.entry(month).or_insert(InterventionMonth {
            month,
            days: 0,
            yen_bought: Jpy::from_bn(0.0),
            yen_sold: Jpy::from_bn(0.0),
            dollars_sold: Some(Usd::ZERO),
        });
        found.days += 1;
        let dollars = rates
            .get(&intervention.start)
            .map(|rate| intervention.amount.to_usd(*rate));
        let sells_dollars = intervention.direction == "sell_USD_buy_JPY";
        if sells_dollars {
            found.yen_bought = found.yen_bought + intervention.amount;
        } else {
            found.yen_sold = found.yen_sold + intervention.amount;
        }
        found.dollars_sold = match (found.dollars_sold, dollars) {
            (Some(sum), Some(dollars)) if sells_dollars => Some(sum + dollars),
            (Some(sum), Some(dollars)) => Some(sum - dollars),
            _ => None,
        };
    }
    Ok((months.into_values().collect(), windows))
}
