//! Title of the dollar-yen change.

use super::{all_above, all_below, sizes};
use crate::format::span;

/// Below this size a change prints as 0.0%.
const VISIBLE_PCT: f64 = 0.05;

/// `changes` in percent, one entry per headline camp; negative means fewer yen per dollar.
pub(crate) fn title(changes: &[f64], camps: &str) -> String {
    let size = span(&sizes(changes), 1);
    if all_below(changes, -VISIBLE_PCT) {
        format!("The dollar falls {size}% against the yen")
    } else if all_above(changes, VISIBLE_PCT) {
        format!("The dollar rises {size}% against the yen")
    } else if !changes.is_empty() && changes.iter().all(|change| change.abs() < VISIBLE_PCT) {
        "The order leaves the yen where it is".to_owned()
    } else {
        format!("USDJPY, {camps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_only_where_all_camps_agree() {
        assert_eq!(
            title(&[-1.2, -3.4], "two camps"),
            "The dollar falls 1.2 to 3.4% against the yen"
        );
        assert_eq!(
            title(&[0.5], "one camp"),
            "The dollar rises 0.5% against the yen"
        );
        assert_eq!(
            title(&[0.0, 0.01], "two camps"),
            "The order leaves the yen where it is"
        );
        assert_eq!(title(&[-1.0, 1.0], "two camps"), "USDJPY, two camps");
        assert_eq!(title(&[], "three camps"), "USDJPY, three camps");
    }
}
