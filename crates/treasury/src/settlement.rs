//! When a trade is paid for.
//!
//! Treasuries settle regular way on the next business day (T+1). That day must have both a market (SIFMA calendar, so
//! that the trade can be confirmed and financed) and Fedwire (Federal Reserve calendar, so that it can be delivered).

use brandish_units::{Date, calendar};

/// Regular settlement of a trade: the first day after it on which market and Fedwire are both open.
pub fn regular_settlement(trade: Date) -> Date {
    let mut day = calendar::next_business_day(trade);
    while !calendar::is_federal_reserve_business_day(day) {
        let next = calendar::next_business_day(day);
        if next == day {
            break;
        }
        day = next;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skips_weekends_holidays_and_good_friday() {
        for (trade, settles) in [
            ("2025-05-01", "2025-05-02"),
            ("2025-05-02", "2025-05-05"),
            ("2025-05-23", "2025-05-27"),
            ("2025-04-17", "2025-04-21"),
            ("2025-12-24", "2025-12-26"),
        ] {
            let trade: Date = trade.parse().unwrap();
            assert_eq!(regular_settlement(trade), settles.parse().unwrap());
        }
    }
}
