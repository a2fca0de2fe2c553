//! Has it been selling? A rule with declared thresholds, so that the same figures always give the same sentence.
//!
//! N: net purchases over the window. U: the noise of the report, max(|sum of unexplained|, sqrt(n) * r), where r is the root
//! mean square of a month's unexplained part over the two years before the window's end and n the months: independent
//! errors add up like sqrt(n), a lasting one like its sum. [a, b]: the custody range. The answer rests on the interval
//! [N - U + a, N + U + b] and on T, a share of the holdings before the window or a floor: inside +-T it is "about unchanged"; wholly
//! below zero "net seller"; wholly above "net buyer"; anything else "cannot tell". Bills and notes are named apart by
//! their own net purchases against T. Units: dollars. The rule and its thresholds are judgements of this project.

use brandish_units::Usd;

use super::custody::{Assumptions, CustodyRange};
use super::history::HolderMonth;
use super::window::{Sum, Sums, Window};
use crate::month::Month;

/// The answer in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// Sold on balance, whatever the noise and the custodians hide.
    NetSeller,
    /// Bought on balance, likewise.
    NetBuyer,
    /// Neither, within the declared share of holdings.
    AboutUnchanged,
    /// The figures do not decide it.
    CannotTell,
}

impl Conclusion {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Conclusion::NetSeller => "net_seller",
            Conclusion::NetBuyer => "net_buyer",
            Conclusion::AboutUnchanged => "about_unchanged",
            Conclusion::CannotTell => "cannot_tell",
        }
    }
}

/// Why it cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotTell {
    /// No month of the window has net purchases.
    NoFlows {
        /// First month that they are published for.
        first: Month,
    },
    /// Months in the middle are missing.
    Gap {
        /// Months at hand.
        months: usize,
        /// Months of the span.
        of: usize,
    },
    /// No holdings before the window to measure against.
    NoStart,
    /// Too few months to know the noise.
    FewResiduals {
        /// Months with an unexplained part.
        months: usize,
        /// Months needed.
        needed: usize,
    },
    /// The interval reaches over zero and beyond the threshold.
    Spans,
}

/// What happened to a part of the holdings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move {
    /// Bought on balance.
    Bought(Usd),
    /// Sold on balance.
    Sold(Usd),
    /// Within the threshold.
    Unchanged(Usd),
    /// Not published for every month.
    NotAvailable,
}

impl Move {
    fn of(sum: Sum, threshold: Usd) -> Move {
        match sum.value {
            None => Move::NotAvailable,
            Some(net) if net.abs() <= threshold => Move::Unchanged(net),
            Some(net) if net > Usd::ZERO => Move::Bought(net),
            Some(net) => Move::Sold(net),
        }
    }

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Move::Bought(_) => "bought",
            Move::Sold(_) => "sold",
            Move::Unchanged(_) => "about_unchanged",
            Move::NotAvailable => "not_available",
        }
    }
}

/// The verdict with everything it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SellingVerdict {
    /// The answer.
    pub conclusion: Conclusion,
    /// Why not, where it cannot be told.
    pub why: Option<CannotTell>,
    /// Whether the figures are those of long-term holdings, because no total is published.
    pub long_term_only: bool,
    /// N: net purchases over the window.
    pub net_purchases: Option<Usd>,
    /// U: noise of the report.
    pub residual_band: Option<Usd>,
    /// Lower end of the interval.
    pub low: Option<Usd>,
    /// Upper end of the interval.
    pub high: Option<Usd>,
    /// T: what counts as unchanged.
    pub threshold: Option<Usd>,
    /// Bills.
    pub bills: Move,
    /// Notes, bonds, TIPS and FRNs.
    pub long_term: Move,
}

impl SellingVerdict {
    fn cannot(why: CannotTell) -> SellingVerdict {
        SellingVerdict {
            conclusion: Conclusion::CannotTell,
            why: Some(why),
            long_term_only: false,
            net_purchases: None,
            residual_band: None,
            low: None,
            high: None,
            threshold: None,
            bills: Move::NotAvailable,
            long_term: Move::NotAvailable,
        }
    }
}

/// Judges a window by the record behind it.
pub(super) fn verdict(
    record: &[HolderMonth],
    window: &Window,
    custody: Option<&CustodyRange>,
    assumptions: &Assumptions,
) -> SellingVerdict {
    let Some(sums) = &window.sums else {
        return SellingVerdict::cannot(CannotTell::NoFlows {
            first: window.flows_begin,
        });
    };
    // Where no total is published, the long-term part is judged.
    let long_term_only = sums.net_purchases.months == 0 || sums.start.total.is_none();
    let (net, start) = if long_term_only {
        (sums.long_term, sums.start.long_term)
    } else {
        (sums.net_purchases, sums.start.total)
    };
    let Some(net) = net.value else {
        return SellingVerdict::cannot(CannotTell::Gap {
            months: net.months,
            of: net.of,
        });
    };
    let Some(start) = start else {
        return SellingVerdict {
            long_term_only,
            net_purchases: Some(net),
            ..SellingVerdict::cannot(CannotTell::NoStart)
        };
    };
    let threshold = match start * assumptions.unchanged_share {
        share if share > assumptions.unchanged_floor => share,
        _ => assumptions.unchanged_floor,
    };
    let found = SellingVerdict {
        long_term_only,
        net_purchases: Some(net),
        threshold: Some(threshold),
        bills: Move::of(sums.bills, threshold),
        long_term: Move::of(sums.long_term, threshold),
        ..SellingVerdict::cannot(CannotTell::Spans)
    };
    let residuals = residuals(record, sums, long_term_only, assumptions.residual_months);
    if residuals.len() < assumptions.fewest_residuals {
        return SellingVerdict {
            why: Some(CannotTell::FewResiduals {
                months: residuals.len(),
                needed: assumptions.fewest_residuals,
            }),
            ..found
        };
    }
    let unexplained = if long_term_only {
        sums.unexplained_long_term
    } else {
        sums.unexplained
    };
    let band = band(&residuals, sums.months, unexplained.at_hand);
    let (below, above) = match custody {
        None => (Usd::ZERO, Usd::ZERO),
        Some(range) if long_term_only => (range.low_long_term, range.high_long_term),
        Some(range) => (range.low, range.high),
    };
    let (low, high) = (net - band + below, net + band + above);
    let conclusion = conclude(low, high, threshold);
    SellingVerdict {
        conclusion,
        why: (conclusion == Conclusion::CannotTell).then_some(CannotTell::Spans),
        residual_band: Some(band),
        low: Some(low),
        high: Some(high),
        ..found
    }
}

/// Unexplained parts of the months before the window's end.
fn residuals(record: &[HolderMonth], sums: &Sums, long_term_only: bool, newest: usize) -> Vec<Usd> {
    record
        .iter()
        .rev()
        .filter(|month| month.month <= sums.through)
        .filter_map(|month| {
            if long_term_only {
                month.unexplained.long_term
            } else {
                month.unexplained.total
            }
        })
        .take(newest)
        .collect()
}

/// max(|sum of unexplained in the window|, sqrt(n) * root mean square of a month's).
fn band(residuals: &[Usd], months: usize, in_window: Usd) -> Usd {
    let squares: f64 = residuals.iter().map(|u| u.dollars() * u.dollars()).sum();
    let typical = (squares / residuals.len() as f64).sqrt() * (months as f64).sqrt();
    Usd::from_dollars(typical.max(in_window.abs().dollars()))
}

fn conclude(low: Usd, high: Usd, threshold: Usd) -> Conclusion {
    if low >= -threshold && high <= threshold {
        Conclusion::AboutUnchanged
    } else if high < Usd::ZERO {
        Conclusion::NetSeller
    } else if low > Usd::ZERO {
        Conclusion::NetBuyer
    } else {
        Conclusion::CannotTell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_decides() {
        let bn = Usd::from_bn;
        for (low, high, conclusion) in [
            (-30.0, -12.0, Conclusion::NetSeller),
            (-30.0, -0.1, Conclusion::NetSeller),
            (-30.0, 0.0, Conclusion::CannotTell),
            (-30.0, 30.0, Conclusion::CannotTell),
            (0.1, 30.0, Conclusion::NetBuyer),
            (0.0, 30.0, Conclusion::CannotTell),
            (-10.0, 10.0, Conclusion::AboutUnchanged),
            (-9.0, -1.0, Conclusion::AboutUnchanged),
            (-10.1, 1.0, Conclusion::CannotTell),
        ] {
            assert_eq!(
                conclude(bn(low), bn(high), bn(10.0)),
                conclusion,
                "{low} to {high}"
            );
        }
    }

    #[test]
    fn noise_grows_with_the_root_of_months_and_never_below_its_sum() {
        // Months of 3 and -4: root mean square sqrt(12.5) = 3.5355; over four months twice that.
        let residuals = [Usd::from_bn(3.0), Usd::from_bn(-4.0)];
        let four = band(&residuals, 4, Usd::from_bn(-1.0));
        assert!((four.bn() - 2.0 * 12.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(band(&residuals, 4, Usd::from_bn(-9.0)), Usd::from_bn(9.0));
    }

    #[test]
    fn a_part_within_the_threshold_did_not_move() {
        let sum = |bn: f64| Sum {
            value: Some(Usd::from_bn(bn)),
            at_hand: Usd::from_bn(bn),
            months: 1,
            of: 1,
        };
        let threshold = Usd::from_bn(10.0);
        assert_eq!(Move::of(sum(-59.8), threshold).word(), "sold");
        assert_eq!(Move::of(sum(-2.8), threshold).word(), "about_unchanged");
        assert_eq!(Move::of(sum(10.1), threshold).word(), "bought");
        let missing = Sum {
            value: None,
            ..sum(5.0)
        };
        assert_eq!(Move::of(missing, threshold), Move::NotAvailable);
    }
}
