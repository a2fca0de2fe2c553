//! How a market moved with the ten-year yield on days of one kind: slope, robust error, and whether it is stable.
//!
//! `m_d = a + b dy_d + e_d` over the days d of a regime, `m` in the market's unit, `dy` in bp; HC3 standard error ([`brandish_math::regression`]).
//! Stable: |b| / se at least the declared ratio and the same sign with every episode left out in turn. The ratio is 3: Harvey, Liu and Zhu
//! (Review of Financial Studies 29, 2016) ask for it where many relations are tried, and a dozen markets at 5% together (Bonferroni) come to nearly
//! the same. With too few days or episodes there is no number at all.

use brandish_math::line;
use brandish_units::{Bp, Date};

use super::response::MarketResponse;
use super::{Market, MarketDay, Regime};
use crate::error::EffectsError;

/// Yield change per which responses are quoted, bp.
const PER_BP: f64 = 10.0;

/// What an estimate must show, declared before it is computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EstimateRules {
    /// Fewest days.
    pub least_days: usize,
    /// Fewest episodes.
    pub least_episodes: usize,
    /// Least |slope| over its standard error.
    pub least_ratio: f64,
}

/// What is known of a market on days of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The market.
    pub market: Market,
    /// The kind of days.
    pub regime: Regime,
    /// The finding.
    pub finding: Finding,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// No number, and why.
    NotAvailable {
        /// Why.
        reason: String,
    },
    /// The sign is the regime's definition: the size is shown and says nothing about cause.
    ByDefinition(MarketFit),
    /// The data cannot tell.
    NoStableRelation(MarketFit),
    /// A response that holds.
    Stable(MarketFit),
}

impl Finding {
    /// The fit, where there is one.
    #[must_use]
    pub const fn fit(&self) -> Option<&MarketFit> {
        match self {
            Finding::NotAvailable { .. } => None,
            Finding::ByDefinition(fit) | Finding::NoStableRelation(fit) | Finding::Stable(fit) => {
                Some(fit)
            }
        }
    }

    /// The verdict in words.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Finding::NotAvailable { .. } => "not available",
            Finding::ByDefinition(_) => "by definition",
            Finding::NoStableRelation(_) => "no stable relation",
            Finding::Stable(_) => "stable",
        }
    }
}

/// A fitted response.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketFit {
    /// Response per +10 bp of the ten-year yield, with its standard error and degrees of freedom.
    pub response: MarketResponse,
    /// Days.
    pub days: usize,
    /// Share of the variance of the market's moves that yields take.
    pub r_squared: f64,
    /// Smallest and largest response per +10 bp with one episode left out.
    pub without_one: (f64, f64),
    /// Largest one-day change of the ten-year yield among the days.
    pub largest_move: Bp,
    /// Where the days come from, by first day.
    pub episodes: Vec<EpisodeUse>,
}

/// Days that an episode gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeUse {
    /// The window.
    pub episode: String,
    /// First day used.
    pub first: Date,
    /// Last day used.
    pub last: Date,
    /// Days used.
    pub days: usize,
}

/// Estimates a market's response on the days of a regime.
///
/// # Errors
/// If a number among the days is not finite.
pub fn estimate(
    market: Market,
    regime: Regime,
    days: &[MarketDay],
    rules: EstimateRules,
) -> Result<Estimate, EffectsError> {
    let used: Vec<(&MarketDay, f64)> = days
        .iter()
        .filter(|day| regime.has(day))
        .filter_map(|day| Some((day, day.changes[market as usize]?)))
        .collect();
    let episodes = episodes(&used);
    let enough = used.len() >= rules.least_days && episodes.len() >= rules.least_episodes;
    if !enough {
        let reason = if used.is_empty() {
            "no such day by that date".to_owned()
        } else {
            format!(
                "only {} days of {} episodes by that date; {} days of {} are asked for",
                used.len(),
                episodes.len(),
                rules.least_days,
                rules.least_episodes
            )
        };
        return Ok(Estimate {
            market,
            regime,
            finding: Finding::NotAvailable { reason },
        });
    }
    let points = |without: Option<&str>| -> Vec<(f64, f64)> {
        used.iter()
            .filter(|(day, _)| without != Some(day.episode.as_str()))
            .map(|(day, change)| (day.yield_change.0, *change))
            .collect()
    };
    let fit = line(&points(None))?;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for episode in &episodes {
        let Ok(rest) = line(&points(Some(&episode.episode))) else {
            return Ok(Estimate {
                market,
                regime,
                finding: Finding::NotAvailable {
                    reason: format!(
                        "{} of {} days lie in one episode ({}): without it there is no slope",
                        episode.days,
                        used.len(),
                        episode.episode
                    ),
                },
            });
        };
        low = low.min(PER_BP * rest.slope);
        high = high.max(PER_BP * rest.slope);
    }
    let largest = used
        .iter()
        .map(|(day, _)| day.yield_change.0.abs())
        .fold(0.0, f64::max);
    let same_sign = low > 0.0 || high < 0.0;
    let found = MarketFit {
        response: MarketResponse {
            per_ten_bp: PER_BP * fit.slope,
            standard_error: PER_BP * fit.slope_error,
            degrees_of_freedom: fit.points as f64 - 2.0,
        },
        days: fit.points,
        r_squared: fit.r_squared,
        without_one: (low, high),
        largest_move: Bp(largest),
        episodes,
    };
    let finding = if market.defines_signs() && regime.is_sign() {
        Finding::ByDefinition(found)
    } else if same_sign && found.response.ratio().abs() >= rules.least_ratio {
        Finding::Stable(found)
    } else {
        Finding::NoStableRelation(found)
    };
    Ok(Estimate {
        market,
        regime,
        finding,
    })
}

fn episodes(used: &[(&MarketDay, f64)]) -> Vec<EpisodeUse> {
    let mut found: Vec<EpisodeUse> = Vec::new();
    for (day, _) in used {
        if let Some(known) = found.iter_mut().find(|known| known.episode == day.episode) {
            known.first = known.first.min(day.date);
            known.last = known.last.max(day.date);
            known.days += 1;
        } else {
            found.push(EpisodeUse {
                episode: day.episode.clone(),
                first: day.date,
                last: day.date,
                days: 1,
            });
        }
    }
    found.sort_by(|left, right| (left.first, &left.episode).cmp(&(right.first, &right.episode)));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markets::tests::day;

    const RULES: EstimateRules = EstimateRules {
        least_days: 6,
        least_episodes: 3,
        least_ratio: 3.0,
    };

    /// Days of an episode: yields, and what gold does.
    fn days(episode: &str, moves: &[(f64, f64)]) -> Vec<MarketDay> {
        moves
            .iter()
            .map(|(yields, gold)| {
                let mut day = day(*yields, None, None);
                episode.clone_into(&mut day.episode);
                day.changes[Market::Gold as usize] = Some(*gold);
                day
            })
            .collect()
    }

    fn gold(days: &[MarketDay]) -> Finding {
        estimate(Market::Gold, Regime::All, days, RULES)
            .unwrap()
            .finding
    }

    #[test]
    fn a_relation_that_holds_in_every_episode_is_stable() {
        let same = [(-10.0, 1.1), (-5.0, 0.4), (5.0, -0.6), (10.0, -0.9)];
        let all: Vec<MarketDay> = ["a", "b", "c"]
            .iter()
            .flat_map(|episode| days(episode, &same))
            .collect();
        let Finding::Stable(fit) = gold(&all) else {
            panic!("{:?}", gold(&all))
        };
        // by hand: S_xy = -11 - 2 - 3 - 9 = -25, S_xx = 250, three times over: -0.1 per bp
        assert!((fit.response.per_ten_bp + 1.0).abs() < 1e-12);
        assert_eq!((fit.days, fit.episodes.len()), (12, 3));
        // an episode like the others changes nothing when it is left out
        assert!((fit.without_one.0 + 1.0).abs() < 1e-12 && (fit.without_one.1 + 1.0).abs() < 1e-12);
        assert!((fit.response.degrees_of_freedom - 10.0).abs() < 1e-12);
        assert_eq!(fit.largest_move, Bp(10.0));
    }

    #[test]
    fn a_relation_that_one_episode_makes_is_not_stable() {
        let flat = [(-10.0, -0.1), (-5.0, 0.1), (5.0, 0.1), (10.0, -0.1)];
        let mut all = days("a", &flat);
        all.extend(days("b", &flat));
        all.extend(days(
            "c",
            &[(-40.0, 8.0), (-20.0, 4.1), (20.0, -3.9), (40.0, -8.0)],
        ));
        let found = gold(&all);
        let Finding::NoStableRelation(fit) = &found else {
            panic!("{found:?}")
        };
        assert!(fit.without_one.0 < 0.0 && fit.without_one.1.abs() < 1e-12);
        assert_eq!(found.words(), "no stable relation");
    }

    #[test]
    fn too_few_days_or_episodes_give_no_number() {
        let five = days(
            "a",
            &[(1.0, 1.0), (2.0, 1.0), (3.0, 2.0), (4.0, 1.0), (5.0, 1.0)],
        );
        let Finding::NotAvailable { reason } = gold(&five) else {
            panic!()
        };
        assert_eq!(
            reason,
            "only 5 days of 1 episodes by that date; 6 days of 3 are asked for"
        );
        // seven of nine days in one episode: the other two carry no error, let alone a verdict
        let mut lone = days("a", &[(1.0, 1.0); 7]);
        lone.extend(days("b", &[(2.0, 3.0)]));
        lone.extend(days("c", &[(5.0, 3.0)]));
        assert_eq!(gold(&lone).words(), "not available");
        // a market without any move
        let none = estimate(Market::Solana, Regime::All, &five, RULES).unwrap();
        assert_eq!(
            none.finding,
            Finding::NotAvailable {
                reason: "no such day by that date".to_owned()
            }
        );
    }

    #[test]
    fn the_sign_of_stocks_on_sign_days_is_a_definition() {
        let mut all = Vec::new();
        for episode in ["a", "b", "c"] {
            for (yields, stocks) in [(-9.0, 1.0), (-4.0, 0.5), (5.0, -0.4), (9.0, -1.0)] {
                let mut day = day(yields, Some(yields), Some(stocks));
                episode.clone_into(&mut day.episode);
                day.changes[Market::Sp500 as usize] = Some(stocks);
                all.push(day);
            }
        }
        let found = estimate(Market::Sp500, Regime::Supply, &all, RULES).unwrap();
        assert!(matches!(found.finding, Finding::ByDefinition(_)));
        assert_eq!(Market::Sp500.reading(), Regime::SaleEpisodes);
    }

    proptest! {
        /// A market in another unit has the same verdict, and its numbers in that unit; the order of days does not matter.
        #[test]
        fn units_and_order_change_no_verdict(
            moves in prop::collection::vec((-20.0..20.0_f64, -3.0..3.0_f64), 9..30),
            factor in 0.01..100.0_f64,
            shift in 0..9_usize,
        ) {
            let mut all = Vec::new();
            for (index, chunk) in moves.chunks(moves.len().div_ceil(3)).enumerate() {
                all.extend(days(&index.to_string(), chunk));
            }
            let mut other = all.clone();
            other.rotate_left(shift);
            for day in &mut other {
                for change in day.changes.iter_mut().flatten() {
                    *change *= factor;
                }
            }
            let (one, two) = (gold(&all), gold(&other));
            if let (Some(one_fit), Some(two_fit)) = (one.fit(), two.fit()) {
                // rounding of sums in another order and scale
                let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + b.abs());
                prop_assert!(close(two_fit.response.per_ten_bp / factor, one_fit.response.per_ten_bp));
                prop_assert!(close(two_fit.response.standard_error / factor, one_fit.response.standard_error));
                prop_assert!(close(two_fit.r_squared, one_fit.r_squared));
                let near = (one_fit.response.ratio().abs() - RULES.least_ratio).abs() < 1e-6
                    || one_fit.without_one.0.abs().min(one_fit.without_one.1.abs()) < 1e-9;
                prop_assert!(near || one.words() == two.words());
            } else {
                prop_assert_eq!(one.words(), two.words());
            }
        }
    }
}
