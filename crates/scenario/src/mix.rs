//! Which maturities a seller sells: from the words of the scenario to shares by maturity bucket.
//!
//! The rules, in the order of the file format: `survey-official` spreads the sale like the long-term Treasuries of
//! all foreign officials in the last survey; `pro-rata` like the seller's own inferred holdings, bills included;
//! `bills-first` sells bills while he has any and the rest like the survey; `shortest-first` empties bucket after
//! bucket from the short end; `most-liquid-first` goes bills, then one to ten years, then the rest, each in
//! proportion to holdings (judgement: the benchmark sector trades most). A written mix and a portfolio are taken
//! as they are. Emptying rules mean nothing for a purchase and are refused there.

use brandish_habitat::BUCKETS;
use brandish_units::Usd;

use crate::file::{HoldingMix, Mix};

/// What a seller is inferred to hold, $bn of market value by maturity bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HoldingsByMaturity {
    /// Treasury bills.
    pub bills_usd_bn: [f64; BUCKETS],
    /// Notes, bonds, TIPS and FRNs.
    pub coupons_usd_bn: [f64; BUCKETS],
}

impl HoldingsByMaturity {
    /// Both together.
    #[must_use]
    pub fn total_usd_bn(&self) -> [f64; BUCKETS] {
        std::array::from_fn(|i| self.bills_usd_bn[i] + self.coupons_usd_bn[i])
    }
}

/// Why a mix cannot be turned into shares.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MixError {
    /// The rule empties a holding, which a purchase does not have.
    #[error(
        "`{rule}` describes how a holding is emptied; a purchase takes `survey-official`, `pro-rata`, a table of shares or a portfolio file"
    )]
    EmptyingAPurchase {
        /// The rule.
        rule: &'static str,
    },
    /// The rule needs holdings and there are none.
    #[error("`{rule}` needs the seller's holdings, and none are known")]
    NoHoldings {
        /// The rule.
        rule: &'static str,
    },
    /// The portfolio has no value in any bucket.
    #[error(
        "the portfolio `{path}` has no market value: none of its lots is a Treasury outstanding on the day; check its CUSIPs and `as_of`"
    )]
    EmptyPortfolio {
        /// The file.
        path: String,
    },
}

/// Shares of an order by maturity bucket; they sum to 1.
///
/// `survey` are the shares of all foreign officials; `portfolio_usd_bn` the market value by bucket of the lots when the
/// mix is a portfolio.
///
/// # Errors
/// See [`MixError`].
pub fn shares(
    mix: &Mix,
    amount: Usd,
    holdings: &HoldingsByMaturity,
    survey: &[f64; BUCKETS],
    portfolio_usd_bn: Option<&[f64; BUCKETS]>,
) -> Result<[f64; BUCKETS], MixError> {
    let emptying = |rule: &'static str| {
        if amount.bn() < 0.0 {
            return Err(MixError::EmptyingAPurchase { rule });
        }
        if holdings.total_usd_bn().iter().sum::<f64>() <= 0.0 {
            return Err(MixError::NoHoldings { rule });
        }
        Ok(())
    };
    match mix {
        Mix::SurveyOfficial => Ok(*survey),
        Mix::Buckets(shares) => Ok(*shares.shares()),
        Mix::ProRata => {
            normalized(&holdings.total_usd_bn()).ok_or(MixError::NoHoldings { rule: "pro-rata" })
        }
        Mix::BillsFirst => {
            emptying("bills-first")?;
            let bills: f64 = holdings.bills_usd_bn.iter().sum();
            let from_bills = bills.min(amount.bn());
            let rest = amount.bn() - from_bills;
            let bill_shares = normalized(&holdings.bills_usd_bn).unwrap_or([0.0; BUCKETS]);
            Ok(std::array::from_fn(|i| {
                (from_bills * bill_shares[i] + rest * survey[i]) / amount.bn()
            }))
        }
        Mix::ShortestFirst => {
            emptying("shortest-first")?;
            let total = holdings.total_usd_bn();
            let groups: Vec<[f64; BUCKETS]> = (0..BUCKETS)
                .map(|bucket| std::array::from_fn(|i| if i == bucket { total[i] } else { 0.0 }))
                .collect();
            Ok(emptied_in_order(&groups, amount.bn()))
        }
        Mix::MostLiquidFirst => {
            emptying("most-liquid-first")?;
            let coupons = holdings.coupons_usd_bn;
            let benchmark = std::array::from_fn(|i| {
                if BENCHMARK.contains(&i) {
                    coupons[i]
                } else {
                    0.0
                }
            });
            let rest = std::array::from_fn(|i| {
                if BENCHMARK.contains(&i) {
                    0.0
                } else {
                    coupons[i]
                }
            });
            Ok(emptied_in_order(
                &[holdings.bills_usd_bn, benchmark, rest],
                amount.bn(),
            ))
        }
        Mix::Portfolio(portfolio) => {
            portfolio_usd_bn
                .and_then(normalized)
                .ok_or_else(|| MixError::EmptyPortfolio {
                    path: portfolio.path.clone(),
                })
        }
    }
}

/// Shares by maturity of a holder that the scenario file defines.
///
/// # Errors
/// A portfolio without value.
pub fn holding_shares(
    mix: &HoldingMix,
    survey: &[f64; BUCKETS],
    portfolio_usd_bn: Option<&[f64; BUCKETS]>,
) -> Result<[f64; BUCKETS], MixError> {
    match mix {
        HoldingMix::SurveyOfficial => Ok(*survey),
        HoldingMix::Buckets(shares) => Ok(*shares.shares()),
        HoldingMix::Portfolio(portfolio) => {
            portfolio_usd_bn
                .and_then(normalized)
                .ok_or_else(|| MixError::EmptyPortfolio {
                    path: portfolio.path.clone(),
                })
        }
    }
}

/// Buckets of one to ten years.
const BENCHMARK: std::ops::RangeInclusive<usize> = 2..=6;

/// Shares when groups are sold one after the other, each in proportion to what it holds. An order beyond all
/// groups together (the size check refuses it elsewhere) is spread like the whole.
fn emptied_in_order(groups: &[[f64; BUCKETS]], amount: f64) -> [f64; BUCKETS] {
    let mut sold = [0.0; BUCKETS];
    let mut left = amount;
    for group in groups {
        let size: f64 = group.iter().sum();
        let take = size.min(left);
        if take > 0.0 {
            for (sold, held) in sold.iter_mut().zip(group) {
                *sold += take * held / size;
            }
            left -= take;
        }
    }
    normalized(&sold).unwrap_or(sold)
}

fn normalized(values: &[f64; BUCKETS]) -> Option<[f64; BUCKETS]> {
    let total: f64 = values.iter().sum();
    (total > 0.0).then(|| values.map(|value| value / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holdings() -> HoldingsByMaturity {
        let mut bills = [0.0; BUCKETS];
        bills[0] = 40.0;
        bills[1] = 20.0;
        HoldingsByMaturity {
            bills_usd_bn: bills,
            coupons_usd_bn: [100.0; BUCKETS],
        }
    }

    const SURVEY: [f64; BUCKETS] = [
        0.05, 0.05, 0.1, 0.1, 0.3, 0.2, 0.1, 0.025, 0.025, 0.025, 0.025,
    ];

    fn of(mix: &Mix, amount: f64) -> [f64; BUCKETS] {
        shares(mix, Usd::from_bn(amount), &holdings(), &SURVEY, None).unwrap()
    }

    #[test]
    fn every_rule_gives_shares_that_sum_to_one() {
        for mix in [
            Mix::SurveyOfficial,
            Mix::ProRata,
            Mix::BillsFirst,
            Mix::ShortestFirst,
            Mix::MostLiquidFirst,
        ] {
            for amount in [1.0, 60.0, 300.0, 1_160.0] {
                let total: f64 = of(&mix, amount).iter().sum();
                assert!((total - 1.0).abs() < 1e-12, "{mix:?} {amount}");
            }
        }
    }

    #[test]
    fn bills_first_sells_nothing_else_while_there_are_bills() {
        let shares = of(&Mix::BillsFirst, 60.0);
        assert!((shares[0] - 40.0 / 60.0).abs() < 1e-12);
        assert!(shares[2..].iter().all(|share| *share == 0.0));
        let beyond = of(&Mix::BillsFirst, 120.0);
        assert!((beyond[4] - 0.5 * 0.3).abs() < 1e-12);
    }

    #[test]
    fn shortest_first_empties_the_short_end() {
        let shares = of(&Mix::ShortestFirst, 200.0);
        assert!((shares[0] - 140.0 / 200.0).abs() < 1e-12);
        assert!((shares[1] - 60.0 / 200.0).abs() < 1e-12);
    }

    #[test]
    fn a_purchase_cannot_empty_a_holding() {
        let error = shares(
            &Mix::BillsFirst,
            Usd::from_bn(-10.0),
            &holdings(),
            &SURVEY,
            None,
        )
        .unwrap_err();
        assert!(error.to_string().contains("purchase"));
    }
}
