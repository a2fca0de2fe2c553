//! Title of what other markets do beside the ten-year yield.

use crate::format::list_and;

/// `stable`: the markets with a stable response on days of a sale's kind; `studied`: how many have any number there.
pub(crate) fn title(stable: &[String], studied: usize) -> String {
    match (stable, studied) {
        (_, 0) => "Other markets: too few days of past episodes by that date".to_owned(),
        ([], _) => {
            "On days of a sale’s kind no other market follows the ten-year yield in a stable way"
                .to_owned()
        }
        ([one], _) => {
            format!(
                "On days of a sale’s kind only {one} follows the ten-year yield in a stable way"
            )
        }
        (several, _) => format!(
            "On days of a sale’s kind {} follow the ten-year yield in a stable way",
            list_and(several)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_is_named_only_if_it_is_stable() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            title(&names(&["MOVE"]), 12),
            "On days of a sale’s kind only MOVE follows the ten-year yield in a stable way"
        );
        assert_eq!(
            title(&[], 12),
            "On days of a sale’s kind no other market follows the ten-year yield in a stable way"
        );
        assert_eq!(
            title(&names(&["MOVE", "gold"]), 12),
            "On days of a sale’s kind MOVE and gold follow the ten-year yield in a stable way"
        );
        assert_eq!(
            title(&[], 0),
            "Other markets: too few days of past episodes by that date"
        );
    }
}
