//! Title of everybody's accounts: what all holders together lose, and what of it is the seller's.

use super::{VISIBLE_USD_BN, all_above, all_below, sizes};
use crate::format::usd_bn_span;

/// `together` is the change in market value of everything outstanding, `own` the seller's P&L; one entry per headline camp, $bn.
pub(crate) fn title(who: Option<&str>, together: &[f64], own: &[f64], camps: &str) -> String {
    let lost = all_below(together, -VISIBLE_USD_BN);
    let gained = all_above(together, VISIBLE_USD_BN);
    let less = together.len() == own.len()
        && own
            .iter()
            .zip(together)
            .all(|(own, all)| own.abs() < all.abs());
    match who {
        Some(who) if lost && less && all_below(own, -VISIBLE_USD_BN) => format!(
            "Holders of Treasuries lose {} together, {who} {} of it",
            usd_bn_span(&sizes(together)),
            usd_bn_span(&sizes(own))
        ),
        _ if lost => format!(
            "Holders of Treasuries lose {} together",
            usd_bn_span(&sizes(together))
        ),
        _ if gained => format!(
            "Holders of Treasuries gain {} together",
            usd_bn_span(together)
        ),
        _ => format!("Accounts of all holders, {camps}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_claimed_only_where_every_camp_has_it() {
        let of = |who, together: &[f64], own: &[f64]| title(who, together, own, "two camps");
        assert_eq!(
            of(Some("Japan"), &[-64.0, -130.0], &[-3.2, -6.2]),
            "Holders of Treasuries lose 64.0 to $130.0bn together, Japan 3.2 to $6.2bn of it"
        );
        assert_eq!(
            of(Some("Japan"), &[-64.0, -130.0], &[-3.2, 0.4]),
            "Holders of Treasuries lose 64.0 to $130.0bn together"
        );
        assert_eq!(
            of(None, &[240.0, 130.0], &[]),
            "Holders of Treasuries gain 130 to $240bn together"
        );
        assert_eq!(
            of(Some("Japan"), &[-1.0, 1.0], &[]),
            "Accounts of all holders, two camps"
        );
        assert_eq!(of(None, &[], &[]), "Accounts of all holders, two camps");
    }
}
