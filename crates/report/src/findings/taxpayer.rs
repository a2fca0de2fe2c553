//! Titles of the issuer's extra interest over twelve months and over ten fiscal years.

use super::{VISIBLE_USD_BN, all_above, all_below, sizes};
use crate::format::usd_bn_span;

/// `totals` of all periods, one entry per headline camp, $bn; positive is paid by the Treasury.
pub(crate) fn title(totals: &[f64], camps: &str) -> String {
    if all_above(totals, VISIBLE_USD_BN) {
        format!(
            "Over 12 months the Treasury pays {} more interest",
            usd_bn_span(totals)
        )
    } else if all_below(totals, -VISIBLE_USD_BN) {
        format!(
            "Over 12 months the Treasury pays {} less interest",
            usd_bn_span(&sizes(totals))
        )
    } else {
        format!("Extra interest over 12 months, {camps}")
    }
}

/// The same for the fiscal years of `span`.
pub(crate) fn fiscal_title(totals: &[f64], span: &str, camps: &str) -> String {
    if all_above(totals, VISIBLE_USD_BN) {
        format!(
            "Over fiscal {span} the Treasury pays {} more interest",
            usd_bn_span(totals)
        )
    } else if all_below(totals, -VISIBLE_USD_BN) {
        format!(
            "Over fiscal {span} the Treasury pays {} less interest",
            usd_bn_span(&sizes(totals))
        )
    } else {
        format!("Extra interest over fiscal {span}, {camps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_or_less_only_where_all_camps_agree() {
        assert_eq!(
            title(&[1.0, 5.2], "two camps"),
            "Over 12 months the Treasury pays 1.0 to $5.2bn more interest"
        );
        assert_eq!(
            title(&[-1.0], "one camp"),
            "Over 12 months the Treasury pays $1.0bn less interest"
        );
        assert_eq!(
            title(&[-1.0, 2.0], "two camps"),
            "Extra interest over 12 months, two camps"
        );
        assert_eq!(
            title(&[0.01], "one camp"),
            "Extra interest over 12 months, one camp"
        );
        assert_eq!(
            title(&[], "three camps"),
            "Extra interest over 12 months, three camps"
        );
    }

    #[test]
    fn fiscal_years_claim_no_more_than_all_camps_do() {
        assert_eq!(
            fiscal_title(&[1.0, 5.2], "2025-2034", "two camps"),
            "Over fiscal 2025-2034 the Treasury pays 1.0 to $5.2bn more interest"
        );
        assert_eq!(
            fiscal_title(&[-60.0, 210.0], "2025-2034", "two camps"),
            "Extra interest over fiscal 2025-2034, two camps"
        );
    }
}
