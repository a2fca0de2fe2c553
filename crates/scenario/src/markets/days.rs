//! Days of past episodes: the ten-year yield, its premium, stocks and the other markets, close to close.
//!
//! A day counts if Treasury published par yields on it and on the business day before, and no stock session lies between
//! the two (where bonds rested and stocks traded, moves would not match). Tokyo closes before New York opens, so its session is that of the
//! next row of the window. The term premium is a model's, re-estimated with each vintage; a day whose premium was not out has none.

use brandish_data::{DataError, KnownOn, MARKET_SERIES, MarketMoves, Snapshot};
use brandish_effects::markets::{MARKETS, Market, MarketDay};
use brandish_units::calendar::previous_business_day;
use brandish_units::{Bp, Date, Tenor};

use super::parameters::MarketParameters;
use crate::error::ScenarioError;

/// The days known on a date, and all of them.
#[derive(Debug)]
pub(super) struct Record {
    /// Up to the as-of date, as known then.
    pub known: Vec<MarketDay>,
    /// The whole record.
    pub all: Vec<MarketDay>,
}

pub(super) fn record(
    snapshot: &Snapshot,
    as_of: Date,
    parameters: &MarketParameters,
) -> Result<Record, ScenarioError> {
    Ok(Record {
        known: days(&snapshot.known_on(as_of), parameters)?,
        all: days(&snapshot.in_hindsight(), parameters)?,
    })
}

/// Column of a market in the table of moves.
const fn column(market: Market) -> usize {
    match market {
        Market::Sp500 => 0,
        Market::Nikkei225 => 1,
        Market::Topix => 2,
        Market::Vix => 3,
        Market::Move => 4,
        Market::InvestmentGrade => 5,
        Market::HighYield => 6,
        Market::Usdjpy => 7,
        Market::Gold => 8,
        Market::Bitcoin => 9,
        Market::Solana => 10,
        Market::Bnb => 11,
    }
}

const _: () = assert!(MARKET_SERIES.len() == MARKETS);

/// Whether a market's session on a date is over before New York opens.
const fn closes_before_new_york(market: Market) -> bool {
    matches!(market, Market::Nikkei225 | Market::Topix)
}

fn days(
    known: &KnownOn<'_>,
    parameters: &MarketParameters,
) -> Result<Vec<MarketDay>, ScenarioError> {
    let rows = known.market_moves()?;
    let sales: Vec<(Date, Date)> = known
        .episode_windows()?
        .into_iter()
        .filter(|window| parameters.sale_episodes.contains(&window.id))
        .map(|window| (window.start, window.end))
        .collect();
    let mut found = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let before = previous_business_day(row.date);
        let between = rows.iter().any(|other| {
            other.window == row.window && before < other.date && other.date < row.date
        });
        if between {
            continue;
        }
        let Some(yield_change) = change(row.date, before, |day| {
            Ok(known
                .par_yields(day)?
                .get(Tenor::Y10)
                .map(|rate| Bp::from_percent(rate.percent())))
        })?
        else {
            continue;
        };
        let premium_change = change(row.date, before, |day| {
            Ok(Some(known.term_premium_acm_10y(day)?.value))
        })?;
        let next = rows.get(place + 1).filter(|next| next.window == row.window);
        found.push(MarketDay {
            episode: row.window.clone(),
            date: row.date,
            yield_change,
            premium_change,
            stocks_pct: row.changes[column(Market::Sp500)],
            in_sale_episode: sales
                .iter()
                .any(|(start, end)| *start < row.date && row.date <= *end),
            changes: std::array::from_fn(|market| session(Market::ALL[market], row, next)),
        });
    }
    Ok(found)
}

/// The market's change in the session that could answer the New York day.
fn session(market: Market, row: &MarketMoves, next: Option<&MarketMoves>) -> Option<f64> {
    let of = if closes_before_new_york(market) {
        next?
    } else {
        row
    };
    of.changes[column(market)]
}

/// The change of a series between two days; nothing where one of them was not published (by then).
fn change(
    day: Date,
    before: Date,
    value: impl Fn(Date) -> Result<Option<Bp>, DataError>,
) -> Result<Option<Bp>, ScenarioError> {
    let on = |day| match value(day) {
        Ok(found) => Ok(found),
        Err(
            DataError::NoObservation { .. }
            | DataError::NotYetPublished { .. }
            | DataError::NothingPublished { .. },
        ) => Ok(None),
        Err(error) => Err(ScenarioError::from(error)),
    };
    let (Some(now), Some(then)) = (on(day)?, on(before)?) else {
        return Ok(None);
    };
    // levels have four decimals of a percent at most: what lies below 1e-6 bp is rounding of a float
    Ok(Some(Bp(((now.0 - then.0) * 1e6).round() / 1e6)))
}
