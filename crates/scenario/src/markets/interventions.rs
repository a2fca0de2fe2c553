//! Dollars sold for yen by Japan's state since 2022, and what the rate did afterwards.
//!
//! Days at most five business days apart make one window (news of one campaign is not told apart). Before: the rate of the last business day before
//! the window; after: 1, 5 and 20 business days after its last day. Rates are the noon rates of New York (H.10) to 2025-09-26, then the
//! cross of the ECB's reference rates: an intervention in a New York afternoon falls on the day after. Dollars: yen at the rate before.
//! The move is everything that happened, not the effect of the sale. Only what had been published by the as-of date is used; a total of a month
//! stands where its days were not out.

use brandish_data::{DataError, Intervention, InterventionSpan, KnownOn};
use brandish_units::calendar::{add_business_days, business_days_between, previous_business_day};
use brandish_units::{Date, Jpy, JpyPerUsd, Usd};

use crate::error::ScenarioError;

/// Business days after a window at which the rate is read.
pub const AFTER_DAYS: [i32; 3] = [1, 5, 20];
/// Most business days between two days of a window.
const SAME_WINDOW: i32 = 5;
/// First year of the record that is shown.
const FROM_YEAR: i32 = 2022;
/// Dollars per which a move is quoted, bn.
pub(super) const PER_USD_BN: f64 = 10.0;

/// One campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct InterventionWindow {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Whether only the total of the publication window is known, not the days.
    pub total_only: bool,
    /// Yen bought.
    pub amount: Jpy,
    /// Yen per dollar on the business day before.
    pub before: Option<JpyPerUsd>,
    /// Dollars sold, at that rate.
    pub sold: Option<Usd>,
    /// Change of the rate after 1, 5 and 20 business days, percent.
    pub change_pct: [Option<f64>; AFTER_DAYS.len()],
    /// Change after one day per $10bn, percent.
    pub per_ten_usd_bn_pct: Option<f64>,
    /// What the engine's central elasticity gives for these dollars at once, percent.
    pub engine_pct: Option<f64>,
    /// What is missing and why.
    pub missing: Option<String>,
}

pub(super) fn windows(
    known: &KnownOn<'_>,
    elasticity: f64,
) -> Result<Vec<InterventionWindow>, ScenarioError> {
    let mut found = Vec::new();
    for group in campaigns(known)? {
        found.push(window(known, &group, elasticity)?);
    }
    Ok(found)
}

/// Interventions to buy yen, grouped; a month's total only where none of its days is known.
fn campaigns(known: &KnownOn<'_>) -> Result<Vec<Vec<Intervention>>, ScenarioError> {
    let from = match Date::from_ymd(FROM_YEAR, 1, 1) {
        Ok(date) => date,
        Err(error) => {
            return Err(ScenarioError::parameters(
                "interventions",
                error.to_string(),
            ));
        }
    };
    let list = match known.interventions(from, known.as_of()) {
        Ok(list) => list,
        Err(DataError::MissingTable { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let bought: Vec<Intervention> = list
        .into_iter()
        .filter(|one| one.pair == "USD/JPY" && one.direction == "sell_USD_buy_JPY")
        .collect();
    let is_day = |one: &&Intervention| one.span == InterventionSpan::Day;
    let mut groups: Vec<Vec<Intervention>> = Vec::new();
    for one in bought.iter().filter(is_day) {
        let near = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|last| business_days_between(last.end, one.start) <= SAME_WINDOW);
        match groups.last_mut().filter(|_| near) {
            Some(group) => group.push(one.clone()),
            None => groups.push(vec![one.clone()]),
        }
    }
    for total in bought.iter().filter(|one| !is_day(one)) {
        let has_days = bought
            .iter()
            .filter(is_day)
            .any(|day| total.start <= day.start && day.end <= total.end);
        if !has_days {
            groups.push(vec![total.clone()]);
        }
    }
    groups.sort_by_key(|group| group.first().map(|one| one.start));
    Ok(groups)
}

fn window(
    known: &KnownOn<'_>,
    group: &[Intervention],
    elasticity: f64,
) -> Result<InterventionWindow, ScenarioError> {
    let (Some(head), Some(tail)) = (group.first(), group.last()) else {
        return Err(ScenarioError::parameters(
            "interventions",
            "a window without a day".to_owned(),
        ));
    };
    let (first, last) = (head.start, tail.end);
    let amount = Jpy::from_bn(group.iter().map(|one| one.amount.bn()).sum());
    let rate = |day: Date| -> Result<Option<JpyPerUsd>, ScenarioError> {
        Ok(known
            .usdjpy_history(day, day)?
            .first()
            .map(|found| found.value))
    };
    let before = rate(previous_business_day(first))?;
    let mut change_pct = [None; AFTER_DAYS.len()];
    for (change, days) in change_pct.iter_mut().zip(AFTER_DAYS) {
        let after = rate(add_business_days(last, days))?;
        *change = match (before, after) {
            (Some(before), Some(after)) => Some(after.percent_change_from(before)),
            _ => None,
        };
    }
    let sold = before.map(|rate| amount.to_usd(rate));
    let missing = if before.is_none() || change_pct.contains(&None) {
        Some(match known.usdjpy() {
            Ok(newest) => format!(
                "the newest rate that was out is that of {}",
                newest.provenance.observed
            ),
            Err(error) => error.to_string(),
        })
    } else {
        None
    };
    Ok(InterventionWindow {
        first,
        last,
        total_only: head.span == InterventionSpan::MonthTotal,
        amount,
        before,
        sold,
        change_pct,
        per_ten_usd_bn_pct: match (change_pct[0], sold) {
            (Some(change), Some(sold)) => Some(change / sold.bn() * PER_USD_BN),
            _ => None,
        },
        engine_pct: sold.map(|sold| -elasticity * sold.bn()),
        missing,
    })
}
