//! What a dollar costs a year, and what waiting costs and risks.
//!
//! A dollar raised by selling gives up the yield of what is sold, `y = sum_i m_i y_i` (par yields of the as-of curve at the centers of
//! the maturity buckets, weights the mix; bond-equivalent, percent a year). A dollar borrowed keeps `y` and pays the repo rate `r`
//! (actual/360, on the as-of day): it costs `s = r 365/360 - y` a year more than the sale, business days over 252 being years. With `Q` sold
//! in `n` equal parts the dollar of day `t` comes `t - 1` days late, so
//!
//! waiting(n) = s Q (n - 1) / (2 252)
//!
//! and until it is sold a security can lose value for reasons that have nothing to do with the sale: one standard deviation of that is
//! `risk = 1e-4 sqrt(sum_t x_t' O x_t / 252)` with `x_t` what is unsold before day t ($bn by bucket) and `O_ij = D_i S_ij D_j` the engine's
//! covariance of returns (bp^2 a year). The trade of execution loss against this risk is that of Almgren and Chriss (2001).

use brandish_data::{KnownOn, Percent, PolicyRates};
use brandish_habitat::{BUCKETS, DAYS_PER_YEAR, Market, TAU};
use brandish_units::{Bp, Date, Usd, Years};

use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::parameters::{Facilities, RangeEnd, RateRule};

/// Days of the year in bond yields over days of the year in money market rates.
const MONEY_MARKET_TO_BOND: f64 = 365.0 / 360.0;

/// Money market rates that the alternatives pay or forgo.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Day of the target range.
    pub date: Date,
    /// The Fed's repo facility for foreign officials; absent where the snapshot has no target range or there was no facility.
    pub repo: Option<Percent>,
    /// Where the repo rate comes from.
    pub repo_source: String,
    /// The Fed's foreign repo pool.
    pub pool: Option<Percent>,
    /// Where the pool's rate comes from.
    pub pool_source: String,
}

impl Rates {
    /// The rates that were known on the day; a repo rate that is given stands instead of the rule.
    pub(super) fn known(
        known: &KnownOn<'_>,
        facilities: &Facilities,
        given_repo: Option<Percent>,
    ) -> Result<Self, ScenarioError> {
        let rates = known.policy_rates()?;
        let on = |rule: &RateRule| {
            let end = match rule.over {
                RangeEnd::TargetUpper => rates.target_upper_pct,
                RangeEnd::TargetLower => rates.target_lower_pct,
            };
            end.map(|end| Percent(end.0 + rule.spread.0 / 100.0))
        };
        Ok(Self {
            date: rates.date,
            repo: given_repo.or_else(|| on(&facilities.repo)),
            repo_source: match given_repo {
                Some(_) => "given by the user".to_owned(),
                None => words(&facilities.repo, &rates),
            },
            pool: on(&facilities.pool),
            pool_source: words(&facilities.pool, &rates),
        })
    }
}

fn words(rule: &RateRule, rates: &PolicyRates) -> String {
    let end = match rule.over {
        RangeEnd::TargetUpper => "upper",
        RangeEnd::TargetLower => "lower",
    };
    let spread = if rule.spread.0 == 0.0 {
        String::new()
    } else {
        format!(" and {} bp", rule.spread.0)
    };
    format!(
        "{end} end of the federal funds target range of {}{spread} (judgement)",
        rates.date
    )
}

/// Yield of a mix, percent a year.
pub(super) fn mix_yield_pct(
    baseline: &Baseline,
    shares: &[f64; BUCKETS],
) -> Result<f64, ScenarioError> {
    let mut sum = 0.0;
    for (share, years) in shares.iter().zip(TAU) {
        if *share != 0.0 {
            sum += share * baseline.curve.par_yield(Years(years))?.percent();
        }
    }
    Ok(sum)
}

/// What a money market rate costs a year beyond a bond yield in percent.
pub(super) fn over_yield(rate: Percent, yield_pct: f64) -> Bp {
    Bp((rate.0 * MONEY_MARKET_TO_BOND - yield_pct) * 100.0)
}

/// What an amount costs over business days at a spread a year.
pub(super) fn over_days(spread: Bp, amount: Usd, days: f64) -> Usd {
    Usd::from_bn(spread.0 * 1e-4 * amount.bn() * days / DAYS_PER_YEAR)
}

/// What waiting costs when an amount comes in equal parts over `days`.
pub(super) fn waiting(spread: Bp, amount: Usd, days: u32) -> Usd {
    over_days(spread, amount, f64::from(days.saturating_sub(1)) / 2.0)
}

/// One standard deviation of what ordinary moves of yields do to the unsold part of a sale.
pub(super) fn waiting_risk(market: &Market, sales_by_day: &[[f64; BUCKETS]]) -> Usd {
    let durations = market.durations_years();
    let sigma = market.sigma().matrix();
    let mut unsold = [0.0; BUCKETS];
    for day in sales_by_day {
        for (unsold, sold) in unsold.iter_mut().zip(day) {
            *unsold += sold;
        }
    }
    let mut variance = 0.0;
    for day in sales_by_day {
        for i in 0..BUCKETS {
            for j in 0..BUCKETS {
                variance += unsold[i] * durations[i] * sigma[i][j] * durations[j] * unsold[j];
            }
        }
        for (unsold, sold) in unsold.iter_mut().zip(day) {
            *unsold -= sold;
        }
    }
    Usd::from_bn(1e-4 * (variance / DAYS_PER_YEAR).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_money_market_rate_is_carried_to_the_year_of_bonds() {
        // 4.5% on actual/360 is 4.5625% on actual/365
        assert!((over_yield(Percent(4.5), 4.0).0 - 56.25).abs() < 1e-9);
    }

    #[test]
    fn half_of_an_even_sale_waits() {
        // $252bn over 253 days: on average 126 days, half a year, at 1%
        let cost = waiting(Bp(100.0), Usd::from_bn(252.0), 253);
        assert!((cost.bn() - 1.26).abs() < 1e-12);
        assert_eq!(waiting(Bp(100.0), Usd::from_bn(252.0), 1), Usd::ZERO);
    }

    #[test]
    fn the_risk_of_one_day_is_that_of_the_whole_amount() {
        let market = Market::reference().unwrap();
        let mut day = [0.0; BUCKETS];
        day[6] = 100.0;
        // sd 7.1187 bp a day and 7.086566 years (the reference's 8.5-year bucket), $100bn: $0.5045bn
        let risk = waiting_risk(&market, &[day]).bn();
        assert!((risk - 100.0 * 7.1187e-4 * 7.086566).abs() < 1e-3, "{risk}");
        // the same amount later is unsold for longer
        let late = [[0.0; BUCKETS], [0.0; BUCKETS], [0.0; BUCKETS], day];
        assert!((waiting_risk(&market, &late).bn() / risk - 2.0).abs() < 1e-9);
    }
}
