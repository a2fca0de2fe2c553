//! From an episode to the order flow that the engine clears.
//!
//! Amounts become sales by business day and bucket; day 1 is the session after the as-of close. A purchase of the Fed reaches the market each
//! day as a surprise. Words become threats, one after the other: the second takes back what the first said.

use brandish_data::KnownOn;
use brandish_habitat::{BUCKETS, FedPurchases, Known, Order, OrderFlow, Threat, ThreatKind};
use brandish_units::{Date, calendar};

use super::episode::{Episode, Flow, Words};
use super::market::EpisodeMarket;
use crate::error::ScenarioError;

/// What happened.
pub(super) fn happened(
    episode: &Episode,
    market: &EpisodeMarket,
    known: &KnownOn<'_>,
) -> Result<OrderFlow, ScenarioError> {
    let mut flow = empty(episode);
    for sale in &episode.sales {
        flow.orders.push(order(sale, episode.as_of, market, known)?);
    }
    let mut fed: Vec<[f64; BUCKETS]> = Vec::new();
    for purchase in &episode.fed_purchases {
        let days = by_day(purchase, episode.as_of, market, known)?;
        fed.resize(fed.len().max(days.len()), [0.0; BUCKETS]);
        for (sum, day) in fed.iter_mut().zip(days) {
            for (sum, sold) in sum.iter_mut().zip(day) {
                *sum -= sold;
            }
        }
    }
    if !fed.is_empty() {
        flow.fed_purchases = Some(FedPurchases {
            by_day: fed,
            announced_day: None,
        });
    }
    for words in &episode.words {
        flow.threats
            .push(threat(words, episode.as_of, market, known)?);
    }
    Ok(flow)
}

/// What would have happened had what was no sale been one; `None` where the episode has no such entry.
pub(super) fn taken_for_a_sale(
    episode: &Episode,
    market: &EpisodeMarket,
    known: &KnownOn<'_>,
) -> Result<Option<OrderFlow>, ScenarioError> {
    if episode.not_sales.is_empty() {
        return Ok(None);
    }
    let mut flow = empty(episode);
    for fall in &episode.not_sales {
        flow.orders.push(order(fall, episode.as_of, market, known)?);
    }
    Ok(Some(flow))
}

fn empty(episode: &Episode) -> OrderFlow {
    let last = episode
        .windows
        .iter()
        .map(|window| day_of(episode.as_of, window.end))
        .max();
    OrderFlow {
        horizon_days: last.unwrap_or(1).max(1),
        ..OrderFlow::default()
    }
}

/// Business day of a date: 0 is the as-of close.
pub(super) fn day_of(as_of: Date, date: Date) -> usize {
    usize::try_from(calendar::business_days_between(as_of, date)).unwrap_or(0)
}

fn order(
    flow: &Flow,
    as_of: Date,
    market: &EpisodeMarket,
    known: &KnownOn<'_>,
) -> Result<Order, ScenarioError> {
    Ok(Order {
        sales_by_day: by_day(flow, as_of, market, known)?,
        known: match flow.announced {
            None => Known::Silent,
            Some((date, credibility)) => Known::Announced {
                announced_day: day_of(as_of, date),
                credibility,
            },
        },
    })
}

/// $bn by business day from day 1 and bucket.
fn by_day(
    flow: &Flow,
    as_of: Date,
    market: &EpisodeMarket,
    known: &KnownOn<'_>,
) -> Result<Vec<[f64; BUCKETS]>, ScenarioError> {
    let shares = market.shares(&flow.mix, known)?;
    let before = day_of(as_of, flow.first.plus_days(-1));
    let days = day_of(as_of, flow.last) - before.min(day_of(as_of, flow.last));
    let mut sales = vec![[0.0; BUCKETS]; before];
    let days = u32::try_from(days).unwrap_or(u32::MAX);
    sales.extend(
        flow.profile
            .daily_shares(days)
            .into_iter()
            .map(|share| shares.map(|bucket| bucket * share * flow.amount.bn())),
    );
    Ok(sales)
}

fn threat(
    words: &Words,
    as_of: Date,
    market: &EpisodeMarket,
    known: &KnownOn<'_>,
) -> Result<Threat, ScenarioError> {
    Ok(Threat {
        amount_usd_bn: words.amount.bn(),
        days: words.days as usize,
        mix: market.shares(&words.mix, known)?,
        start_day: day_of(as_of, words.said),
        prior: words.prior,
        probability: words.probability,
        kind: ThreatKind::Hazard {
            half_life_days: words.half_life_days,
        },
    })
}
