//! Titles of what really happened: the shape of the observed day, and what it says about beliefs.

use crate::format::{bp_change, list_and};

/// The observed day beside the engine's first day.
#[derive(Debug, Clone)]
pub(crate) struct Day<'a> {
    /// The day in prose, `2 May`.
    pub(crate) day: &'a str,
    /// What else happened, e.g. `a payrolls day`.
    pub(crate) cause: Option<&'a str>,
    /// Observed change at two and at ten years, bp.
    pub(crate) observed: Option<(f64, f64)>,
    /// The engine's first-day change at two and at ten years in each headline camp, bp.
    pub(crate) engine: Vec<(f64, f64)>,
}

/// The day's shape against the engine's: is the two-year's share of the ten-year move larger than in any camp?
pub(crate) fn title(found: &Day<'_>) -> String {
    let Some((two, ten)) = found.observed else {
        return format!("{}, observed and in the engine", found.day);
    };
    // two/ten > engine two/ten, written without a division.
    let front = two > ten && ten > 0.0;
    let steeper = found
        .engine
        .iter()
        .all(|(engine_two, engine_ten)| *engine_ten > 0.0 && two * engine_ten > engine_two * ten);
    let steeper = front && steeper && !found.engine.is_empty();
    let moves = format!("2Y {}, 10Y {}", bp_change(two), bp_change(ten));
    match found.cause {
        Some(cause) if steeper => {
            format!("{} has the shape of {cause}, not of a seller", found.day)
        }
        None if steeper => format!(
            "On {} the front end leads as in no camp: {moves}",
            found.day
        ),
        _ => format!("On {}: {moves}", found.day),
    }
}

/// Which camps the observed day excludes something in.
pub(crate) fn beliefs_title(excluding: &[&str], headline: usize) -> String {
    match excluding.len() {
        0 => "The day excludes no belief in any camp".to_owned(),
        1 => format!("Only camp {} excludes any belief", excluding[0]),
        count if count == headline => "The day excludes high beliefs in every camp".to_owned(),
        _ => {
            let letters: Vec<String> = excluding
                .iter()
                .map(|letter| (*letter).to_owned())
                .collect();
            format!("Camps {} exclude high beliefs", list_and(&letters))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(observed: Option<(f64, f64)>, engine: Vec<(f64, f64)>) -> Day<'static> {
        Day {
            day: "2 May",
            cause: Some("a payrolls day"),
            observed,
            engine,
        }
    }

    #[test]
    fn a_shape_is_named_only_if_no_camp_has_it() {
        let seen = Some((13.0, 8.0));
        assert_eq!(
            title(&day(seen, vec![(9.5, 9.0), (22.0, 20.0)])),
            "2 May has the shape of a payrolls day, not of a seller"
        );
        let plain = "On 2 May: 2Y +13\u{202F}bp, 10Y +8.0\u{202F}bp";
        assert_eq!(title(&day(seen, vec![(9.5, 9.0), (40.0, 20.0)])), plain);
        assert_eq!(title(&day(seen, Vec::new())), plain);
        assert_eq!(
            title(&Day {
                cause: None,
                ..day(seen, vec![(9.5, 9.0)])
            }),
            "On 2 May the front end leads as in no camp: 2Y +13\u{202F}bp, 10Y +8.0\u{202F}bp"
        );
        assert_eq!(
            title(&day(None, vec![(9.5, 9.0)])),
            "2 May, observed and in the engine"
        );
    }

    #[test]
    fn camps_that_exclude_are_named() {
        assert_eq!(
            beliefs_title(&[], 3),
            "The day excludes no belief in any camp"
        );
        assert_eq!(beliefs_title(&["F"], 3), "Only camp F excludes any belief");
        assert_eq!(
            beliefs_title(&["C", "F"], 3),
            "Camps C and F exclude high beliefs"
        );
        assert_eq!(
            beliefs_title(&["S", "C", "F"], 3),
            "The day excludes high beliefs in every camp"
        );
    }
}
