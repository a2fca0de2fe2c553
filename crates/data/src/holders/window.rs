//! A span of months added up, with the months that are missing named.
//!
//! The window runs from a chosen month to the newest one out. Sums are taken over the months in it that have net purchases,
//! from the first such month to the last, without gaps: a sum with a month missing is none and says how many it has. Months
//! after the last net purchases (levels are sometimes out earlier in a later vintage) stay in the list, not in the sums.

use brandish_units::Usd;

use super::history::HolderMonth;
use super::{DEFAULT_MONTHS, Holder, Parts};
use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;

/// A sum over months.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// The sum, where every month has the figure.
    pub value: Option<Usd>,
    /// The sum of the months that have it.
    pub at_hand: Usd,
    /// How many have it.
    pub months: usize,
    /// How many there are.
    pub of: usize,
}

impl Sum {
    fn over(figures: impl Iterator<Item = Option<Usd>>, of: usize) -> Sum {
        let (mut at_hand, mut months) = (Usd::ZERO, 0);
        for figure in figures.flatten() {
            at_hand += figure;
            months += 1;
        }
        Sum {
            value: (months == of && of > 0).then_some(at_hand),
            at_hand,
            months,
            of,
        }
    }
}

/// What the change over the span is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// First month added.
    pub from: Month,
    /// Last month added.
    pub through: Month,
    /// Months from first to last.
    pub months: usize,
    /// Holdings at the end of the month before the first.
    pub start: Parts,
    /// Holdings at the end of the last.
    pub end: Parts,
    /// Change of all holdings.
    pub change: Sum,
    /// Net purchases of everything.
    pub net_purchases: Sum,
    /// Net purchases of bills.
    pub bills: Sum,
    /// Net purchases of notes, bonds, TIPS and FRNs.
    pub long_term: Sum,
    /// Valuation of long-term holdings.
    pub valuation: Sum,
    /// Unexplained, of everything.
    pub unexplained: Sum,
    /// Unexplained, of long-term holdings.
    pub unexplained_long_term: Sum,
    /// Change less net purchases.
    pub not_purchases: Sum,
}

/// A month in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowMonth {
    /// Its figures.
    pub figures: HolderMonth,
    /// Net purchases from the first month of the sums to this one; none from the first gap on.
    pub cumulative: Parts,
}

/// Months from a chosen one to the newest, and their sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// First month asked for.
    pub since: Month,
    /// Newest month of holdings that was out.
    pub last: Month,
    /// First month of the record.
    pub record_starts: Month,
    /// First month for which net purchases are published at all.
    pub flows_begin: Month,
    /// Months in order.
    pub months: Vec<WindowMonth>,
    /// Sums; none where no month has net purchases.
    pub sums: Option<Sums>,
}

/// Cuts the window out of the record.
///
/// # Errors
/// A first month outside the record.
pub(super) fn window(
    known: &KnownOn<'_>,
    holder: &Holder,
    months: &[HolderMonth],
    since: Option<Month>,
) -> Result<Window, DataError> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return Err(DataError::NothingPublished {
            series: format!("TIC holdings of {}", holder.title),
            as_of: known.as_of(),
            first: "none".to_owned(),
        });
    };
    let (first, last) = (first.month, last.month);
    // Where a total is ever published, months that have only its long-term part do not count.
    let begin = since.unwrap_or(first);
    let has_total = months
        .iter()
        .any(|month| month.month >= begin && month.net_purchases.total.is_some());
    let has_flow = |month: &&HolderMonth| {
        if has_total {
            month.net_purchases.total.is_some()
        } else {
            month.net_purchases.long_term.is_some()
        }
    };
    let newest_flow = months.iter().rev().find(has_flow).map(|month| month.month);
    let since = since.unwrap_or_else(|| {
        let end = newest_flow.unwrap_or(last);
        first.max(end.plus_months(1 - DEFAULT_MONTHS))
    });
    if since < first || since > last {
        return Err(DataError::Window {
            holder: holder.title.clone(),
            since,
            first,
            last,
            as_of: known.as_of(),
        });
    }
    let inside: Vec<&HolderMonth> = months.iter().filter(|month| month.month >= since).collect();
    let span = match (
        inside.iter().copied().find(|month| has_flow(month)),
        newest_flow.filter(|newest| *newest >= since),
    ) {
        (Some(from), Some(through)) => Some((from.month, through)),
        _ => None,
    };
    let sums = span.map(|(from, through)| {
        let start = months
            .iter()
            .find(|month| month.month == from.plus_months(-1))
            .map_or_else(Parts::default, |month| month.holdings);
        add(&inside, from, through, start)
    });
    Ok(Window {
        since,
        last,
        record_starts: first,
        flows_begin: super::reading::flows_begin(known)?,
        months: accumulate(&inside, span),
        sums,
    })
}

/// Whole months from one to another, both counted; none where the second is before the first.
fn count(from: Month, through: Month) -> usize {
    std::iter::successors(Some(from), |month| Some(month.plus_months(1)))
        .take_while(|month| *month <= through)
        .count()
}

fn add(inside: &[&HolderMonth], from: Month, through: Month, start: Parts) -> Sums {
    let months: Vec<&HolderMonth> = inside
        .iter()
        .copied()
        .filter(|month| month.month >= from && month.month <= through)
        .collect();
    let of = count(from, through);
    let sum = |figure: &dyn Fn(&HolderMonth) -> Option<Usd>| {
        Sum::over(months.iter().map(|month| figure(month)), of)
    };
    Sums {
        from,
        through,
        months: of,
        start,
        end: months
            .last()
            .map_or_else(Parts::default, |month| month.holdings),
        change: sum(&|month| month.change.total),
        net_purchases: sum(&|month| month.net_purchases.total),
        bills: sum(&|month| month.net_purchases.bills),
        long_term: sum(&|month| month.net_purchases.long_term),
        valuation: sum(&|month| month.valuation),
        unexplained: sum(&|month| month.unexplained.total),
        unexplained_long_term: sum(&|month| month.unexplained.long_term),
        not_purchases: sum(&|month| month.not_purchases),
    }
}

fn accumulate(inside: &[&HolderMonth], span: Option<(Month, Month)>) -> Vec<WindowMonth> {
    let mut running = Parts {
        total: Some(Usd::ZERO),
        bills: Some(Usd::ZERO),
        long_term: Some(Usd::ZERO),
    };
    let mut expected = span.map(|(from, _)| from);
    inside
        .iter()
        .map(|month| {
            let within = span.is_some_and(|(from, to)| month.month >= from && month.month <= to);
            if within {
                if expected != Some(month.month) {
                    running = Parts::default();
                }
                expected = Some(month.month.plus_months(1));
                running = running.with(month.net_purchases, |sum, net| sum + net);
            }
            WindowMonth {
                figures: (*month).clone(),
                cumulative: if within { running } else { Parts::default() },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_with_both_ends_over_years() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        for (from, through, months) in [
            ("2024-11", "2025-02", 4),
            ("2025-02", "2025-02", 1),
            ("2025-02", "2025-01", 0),
            ("2011-09", "2025-09", 14 * 12 + 1),
        ] {
            assert_eq!(
                count(month(from), month(through)),
                months,
                "{from} {through}"
            );
        }
    }
}
