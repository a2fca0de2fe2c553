//! Other markets: how much equities, volatility, credit, the yen, gold and crypto moved with the ten-year yield, and when that says anything.
//!
//! A response is conditional: on days of what kind, in which windows. Days are told apart by rules stated beforehand ([`Regime`]); a
//! response is estimated from daily changes by least squares with a robust standard error ([`estimate`]), and used only if it is
//! stable: the same sign whichever episode is left out, and far enough from zero. Everything else is `no stable relation` or not available. A supply
//! shock is not a growth shock: the same rise of yields goes with other moves of stocks, credit and gold.

mod estimate;
mod response;

use brandish_units::{Bp, Date};

pub use estimate::{EpisodeUse, Estimate, EstimateRules, Finding, MarketFit, estimate};
pub use response::{MarketResponse, pass_through};

/// A market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Market {
    /// S&P 500.
    Sp500,
    /// Nikkei 225, the Tokyo session after the New York day.
    Nikkei225,
    /// TOPIX, the Tokyo session after the New York day.
    Topix,
    /// Implied volatility of the S&P 500.
    Vix,
    /// Implied volatility of Treasuries.
    Move,
    /// Option-adjusted spread of investment-grade corporate bonds.
    InvestmentGrade,
    /// Option-adjusted spread of high-yield corporate bonds.
    HighYield,
    /// Yen per dollar at the New York close.
    Usdjpy,
    /// Gold.
    Gold,
    /// Bitcoin.
    Bitcoin,
    /// Solana.
    Solana,
    /// BNB.
    Bnb,
}

/// Number of markets.
pub const MARKETS: usize = 12;

impl Market {
    /// All, in the order of tables.
    pub const ALL: [Market; MARKETS] = [
        Market::Sp500,
        Market::Nikkei225,
        Market::Topix,
        Market::Vix,
        Market::Move,
        Market::InvestmentGrade,
        Market::HighYield,
        Market::Usdjpy,
        Market::Gold,
        Market::Bitcoin,
        Market::Solana,
        Market::Bnb,
    ];

    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Market::Sp500 => "S&P 500",
            Market::Nikkei225 => "Nikkei 225",
            Market::Topix => "TOPIX",
            Market::Vix => "VIX",
            Market::Move => "MOVE",
            Market::InvestmentGrade => "investment grade",
            Market::HighYield => "high yield",
            Market::Usdjpy => "USDJPY",
            Market::Gold => "gold",
            Market::Bitcoin => "BTC",
            Market::Solana => "SOL",
            Market::Bnb => "BNB",
        }
    }

    /// Unit of its changes: `pct` or `bp`.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Market::InvestmentGrade | Market::HighYield => "bp",
            _ => "pct",
        }
    }

    /// Whether the day's move of this market, or its mirror, is what tells the sign regimes apart. Of such a market a sign
    /// regime says nothing: its response there is the regime's definition.
    #[must_use]
    pub const fn defines_signs(self) -> bool {
        matches!(self, Market::Sp500 | Market::Vix)
    }

    /// The regime in which a sale of Treasuries is read: supply days; for a market that defines them, the days of episodes in which
    /// somebody sold, whatever happened on them.
    #[must_use]
    pub const fn reading(self) -> Regime {
        if self.defines_signs() {
            Regime::SaleEpisodes
        } else {
            Regime::Supply
        }
    }
}

/// A kind of day. The sign regimes follow the sign of the ten-year yield's change against that of stocks, a common way to separate news about
/// discount rates from news about growth (Matheson and Stavrev, Economics Letters 2014; Cieslak and Pang, Journal of Financial Economics 2021).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regime {
    /// Yields and stocks in opposite directions, and the term premium is the larger part of the yield's change: somebody wants more, or less, to hold
    /// duration.
    Supply,
    /// Yields and stocks in opposite directions, and the expected path of short rates is the larger part.
    Policy,
    /// Yields and stocks in the same direction: news about growth, or flight from risk.
    Growth,
    /// Days inside episodes in which official or forced sellers are on record, whatever happened on them.
    SaleEpisodes,
    /// Every day of every window.
    All,
}

impl Regime {
    /// All, in the order of tables.
    pub const ALL: [Regime; 5] = [
        Regime::Supply,
        Regime::Policy,
        Regime::Growth,
        Regime::SaleEpisodes,
        Regime::All,
    ];

    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Regime::Supply => "supply",
            Regime::Policy => "policy",
            Regime::Growth => "growth",
            Regime::SaleEpisodes => "seller days",
            Regime::All => "all days",
        }
    }

    /// The rule, in words.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Regime::Supply => {
                "yields and stocks in opposite directions, the term premium the larger part of the ten-year change"
            }
            Regime::Policy => {
                "yields and stocks in opposite directions, the expected path of rates the larger part of the ten-year change"
            }
            Regime::Growth => "yields and stocks in the same direction",
            Regime::SaleEpisodes => {
                "days inside episodes with official or forced sellers on record, whatever happened on them"
            }
            Regime::All => "every day of every window",
        }
    }

    /// Whether signs of stocks and yields tell it.
    #[must_use]
    pub const fn is_sign(self) -> bool {
        matches!(self, Regime::Supply | Regime::Policy | Regime::Growth)
    }

    /// Whether a day belongs to it. A day on which yields or stocks do not move has no sign; one without a term premium is neither
    /// supply nor policy.
    #[must_use]
    pub fn has(self, day: &MarketDay) -> bool {
        let yields = day.yield_change.0;
        match self {
            Regime::All => true,
            Regime::SaleEpisodes => day.in_sale_episode,
            Regime::Growth => day.stocks_pct.is_some_and(|stocks| stocks * yields > 0.0),
            Regime::Supply | Regime::Policy => {
                let opposite = day.stocks_pct.is_some_and(|stocks| stocks * yields < 0.0);
                let Some(premium) = day.premium_change.filter(|_| opposite) else {
                    return false;
                };
                let by_premium =
                    premium.0 * yields > 0.0 && premium.0.abs() > (yields - premium.0).abs();
                by_premium == (self == Regime::Supply)
            }
        }
    }
}

/// What happened on one day of one window.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketDay {
    /// The window.
    pub episode: String,
    /// The day.
    pub date: Date,
    /// Change of the ten-year par yield since the business day before.
    pub yield_change: Bp,
    /// Change of the ten-year term premium, where it was known.
    pub premium_change: Option<Bp>,
    /// Change of the S&P 500, percent: what tells the signs apart.
    pub stocks_pct: Option<f64>,
    /// Whether the day lies in an episode with official or forced sellers on record.
    pub in_sale_episode: bool,
    /// Changes in the order of [`Market::ALL`], in each market's unit.
    pub changes: [Option<f64>; MARKETS],
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn day(yields: f64, premium: Option<f64>, stocks: Option<f64>) -> MarketDay {
        MarketDay {
            episode: "somewhere".to_owned(),
            date: "2025-04-07".parse().unwrap(),
            yield_change: Bp(yields),
            premium_change: premium.map(Bp),
            stocks_pct: stocks,
            in_sale_episode: false,
            changes: [None; MARKETS],
        }
    }

    fn signs(day: &MarketDay) -> Vec<Regime> {
        Regime::ALL
            .into_iter()
            .filter(|regime| regime.is_sign() && regime.has(day))
            .collect()
    }

    #[test]
    fn the_four_kinds_of_days() {
        // 7 April 2025: yields +14, premium +17.8, stocks down: a supply day
        assert_eq!(signs(&day(14.0, Some(17.8), Some(-0.23))), [Regime::Supply]);
        // the mirror image: yields fall with the premium and stocks rise
        assert_eq!(signs(&day(-8.0, Some(-6.0), Some(0.4))), [Regime::Supply]);
        // the path moves more than the premium
        assert_eq!(signs(&day(8.0, Some(2.0), Some(-0.5))), [Regime::Policy]);
        // the premium falls while yields rise
        assert_eq!(signs(&day(8.0, Some(-6.1), Some(-0.5))), [Regime::Policy]);
        // a payrolls day, 2 May 2025
        assert_eq!(signs(&day(8.0, Some(3.0), Some(1.47))), [Regime::Growth]);
        assert_eq!(signs(&day(-20.0, None, Some(-7.6))), [Regime::Growth]);
        // no sign, no premium
        assert!(signs(&day(0.0, Some(1.0), Some(1.0))).is_empty());
        assert!(signs(&day(5.0, Some(4.0), None)).is_empty());
        assert!(signs(&day(5.0, None, Some(-1.0))).is_empty());
    }

    #[test]
    fn no_day_has_two_signs() {
        for yields in [-9.0, -1.0, 0.0, 3.0, 12.0] {
            for premium in [
                None,
                Some(-8.0),
                Some(0.0),
                Some(1.5),
                Some(3.0),
                Some(20.0),
            ] {
                for stocks in [None, Some(-1.0), Some(0.0), Some(2.0)] {
                    assert!(signs(&day(yields, premium, stocks)).len() < 2);
                }
            }
        }
    }
}
