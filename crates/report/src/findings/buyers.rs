//! Titles of the figures on who ends up with what is sold.

use super::VISIBLE_USD_BN;
use crate::format::usd_bn;

/// Specialists' holdings on two days in one camp, which the title names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Specialists<'a> {
    /// The camp.
    pub(crate) letter: &'a str,
    /// First day and amount, $bn.
    pub(crate) first: (u32, f64),
    /// Later day and amount, $bn.
    pub(crate) second: (u32, f64),
}

/// What specialists carry at the end of the sale and later; `sale` says whether anything is sold.
pub(crate) fn title(found: Option<Specialists<'_>>, sale: bool, letter: &str) -> String {
    match found {
        Some(Specialists {
            letter,
            first: (day, early),
            second: (later, late),
        }) if day < later && late >= VISIBLE_USD_BN && early > late => {
            format!(
                "Specialists carry {} on day {day} and still {} on day {later}, camp {letter}",
                usd_bn(early),
                usd_bn(late)
            )
        }
        Some(Specialists {
            letter,
            first: (day, early),
            ..
        }) if early >= VISIBLE_USD_BN => {
            format!(
                "Specialists carry {} on day {day}, camp {letter}",
                usd_bn(early)
            )
        }
        _ if sale => format!("Who holds what was sold, camp {letter}"),
        _ => format!("Changes in holdings against the baseline, camp {letter}"),
    }
}

/// The flow between two days.
pub(crate) fn flows_title(found: Option<Specialists<'_>>, letter: &str) -> String {
    match found {
        Some(Specialists {
            letter,
            first: (day, early),
            second: (later, late),
        }) if day < later && early > late && late >= VISIBLE_USD_BN => {
            format!("After day {day} specialists pass part of it on to slower hands, camp {letter}")
        }
        _ => format!("From the seller to the holders, camp {letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specialists(early: f64, late: f64) -> Option<Specialists<'static>> {
        Some(Specialists {
            letter: "C",
            first: (63, early),
            second: (252, late),
        })
    }

    #[test]
    fn specialists_still_hold_only_what_they_held_more_of() {
        assert_eq!(
            title(specialists(154.0, 105.4), true, "C"),
            "Specialists carry $154bn on day 63 and still $105bn on day 252, camp C"
        );
        assert_eq!(
            title(specialists(50.0, 60.0), true, "C"),
            "Specialists carry $50.0bn on day 63, camp C"
        );
        assert_eq!(
            title(specialists(-3.0, 1.0), true, "C"),
            "Who holds what was sold, camp C"
        );
        assert_eq!(title(None, true, "C"), "Who holds what was sold, camp C");
        assert_eq!(
            title(None, false, "C"),
            "Changes in holdings against the baseline, camp C"
        );
    }

    #[test]
    fn hands_change_only_if_specialists_hold_less_later() {
        assert_eq!(
            flows_title(specialists(154.0, 105.4), "C"),
            "After day 63 specialists pass part of it on to slower hands, camp C"
        );
        assert_eq!(
            flows_title(specialists(50.0, 60.0), "C"),
            "From the seller to the holders, camp C"
        );
    }
}
