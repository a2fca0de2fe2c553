//! When Treasury reopens what: the regular pattern of lots, used to place lots that the auction sample leaves out.
//!
//! 10- and 30-year: reopened on the 15th of the next two months; 20-year bond and 2-year FRN: at the end of the next two
//! months; TIPS: 5-year after two months, 10-year after two and four, 30-year after six. A new note can also be
//! issued with the coupon and maturity of an old one: then it is a lot of that one, on maturity less the new term.
//! Source: US Treasury, general auction timing (treasurydirect.gov/auctions/general-auction-timing).

use brandish_units::Date;
use brandish_units::calendar::{is_business_day, next_business_day, previous_business_day};

use crate::securities::SecurityKind;

/// Dates on which lots of a security are due, the first one included.
pub(super) fn due_dates(kind: SecurityKind, first_issue: Date, maturity: Date) -> Vec<Date> {
    let term_years = ((maturity - first_issue) as f64 / 365.25).round() as i32;
    // An issue due at the end of a month settles in the first days of the next one when the month ends on a day off.
    let origin = if first_issue.day() <= 5 {
        first_issue.plus_months(-1).to_month_start()
    } else {
        first_issue.to_month_start()
    };
    let at_middle = |months: i32| on_or_after(origin.plus_months(months).plus_days(14));
    let at_end = |months: i32| on_or_after(origin.plus_months(months).to_month_end());
    let before_end = |months: i32| on_or_before(origin.plus_months(months).to_month_end());
    let mut dates = vec![first_issue];
    match (kind, term_years) {
        (SecurityKind::Note, 10) | (SecurityKind::Bond, 30) => {
            dates.extend([at_middle(1), at_middle(2)]);
        }
        (SecurityKind::Bond, 20) => dates.extend([at_end(1), at_end(2)]),
        (SecurityKind::Frn, _) => dates.extend([before_end(1), before_end(2)]),
        (SecurityKind::Tips, 5) => dates.push(before_end(2)),
        (SecurityKind::Tips, 10) => dates.extend([before_end(2), before_end(4)]),
        (SecurityKind::Tips, _) => dates.push(before_end(6)),
        _ => {}
    }
    dates
}

/// Dates on which a new note could be issued as a lot of this one.
pub(super) fn fungible_dates(kind: SecurityKind, maturity: Date) -> Vec<Date> {
    if kind != SecurityKind::Note {
        return Vec::new();
    }
    [2, 3, 5, 7, 10]
        .into_iter()
        .map(|years| {
            let day = maturity.plus_months(-12 * years);
            on_or_after(if maturity.is_month_end() {
                day.to_month_end()
            } else {
                day
            })
        })
        .collect()
}

fn on_or_after(date: Date) -> Date {
    if is_business_day(date) {
        date
    } else {
        next_business_day(date)
    }
}

fn on_or_before(date: Date) -> Date {
    if is_business_day(date) {
        date
    } else {
        previous_business_day(date)
    }
}
