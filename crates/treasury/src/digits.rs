//! How many decimals a published price has.
//!
//! Auction prices have six decimals since 20 September 2004 (69 FR 53619, amending 31 CFR Part 356); before that they had
//! three. Functions of this crate give six; these turn a price into what was published before.

use brandish_units::{CleanPrice, Date};

use crate::rounding::to_three_decimals;

/// First auction date with six decimals, 2004-09-20, as days since 1970-01-01.
const SIX_DECIMALS_SINCE_DAYS: i32 = 12_681;

/// Whether results of an auction on this day have six decimals; three otherwise.
pub fn has_six_decimals(auction: Date) -> bool {
    auction.days() >= SIX_DECIMALS_SINCE_DAYS
}

/// The price rounded half up at three decimals. (For TIPS see [`crate::TipsAuctionPrice::adjusted_clean_at_three_decimals`].)
pub fn at_three_decimals(price: CleanPrice) -> CleanPrice {
    CleanPrice::from_per_100(to_three_decimals(price.per_100()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_decimals_start_on_20_september_2004() {
        assert!(!has_six_decimals("2004-09-19".parse().unwrap()));
        assert!(has_six_decimals("2004-09-20".parse().unwrap()));
    }
}
