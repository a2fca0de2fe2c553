//! Title of the ten-year yield by day: what announcing does, or when the move is largest.
//!
//! A claim about both modes needs both; without the other mode only the peak is dated.

use super::VISIBLE_BP;

/// The quoted path of one camp, from day 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'a> {
    /// This mode.
    pub(crate) this: &'a [f64],
    /// The other mode, where it was run.
    pub(crate) other: Option<&'a [f64]>,
}

/// The day and value of largest size.
pub(crate) fn peak(path: &[f64]) -> Option<(usize, f64)> {
    // The first of equal days: `max_by` alone would name the last.
    path.iter()
        .copied()
        .enumerate()
        .rev()
        .max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))
}

/// `mode` is `announced`, `silent` or `words`.
pub(crate) fn title(mode: &str, paths: &[Path<'_>], camps: &str) -> String {
    let neutral = format!("10Y by day, {camps}");
    if paths.is_empty()
        || paths
            .iter()
            .any(|path| peak(path.this).is_none_or(|(_, value)| value.abs() < VISIBLE_BP))
    {
        return neutral;
    }
    let both: Option<Vec<(&[f64], &[f64])>> = paths
        .iter()
        .map(|path| Some((path.this, path.other?)))
        .collect();
    if let Some(both) = both {
        let pairs: Vec<(&[f64], &[f64])> = match mode {
            "announced" => both,
            "silent" => both
                .into_iter()
                .map(|(silent, announced)| (announced, silent))
                .collect(),
            _ => Vec::new(),
        };
        let forward = !pairs.is_empty()
            && pairs
                .iter()
                .all(|(announced, silent)| first_day_is_larger(announced, silent));
        let lower = pairs
            .iter()
            .all(|(announced, silent)| peak_is_smaller(announced, silent));
        let higher = pairs
            .iter()
            .all(|(announced, silent)| peak_is_smaller(silent, announced));
        match (forward, lower, higher) {
            (true, true, _) => {
                return "Announcing brings the move forward to day 1 and makes the peak lower"
                    .to_owned();
            }
            (true, _, true) => {
                return "Announcing brings the move forward to day 1 and makes the peak higher"
                    .to_owned();
            }
            (true, _, _) => return "Announcing brings the move forward to day 1".to_owned(),
            _ => {}
        }
    }
    let days: Vec<usize> = paths
        .iter()
        .filter_map(|path| peak(path.this))
        .map(|(day, _)| day)
        .collect();
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first == last => {
            format!("The 10Y moves most by day {first} in each camp")
        }
        (Some(first), Some(last)) => {
            format!("The 10Y moves most between day {first} and day {last}")
        }
        _ => neutral,
    }
}

fn first_day_is_larger(announced: &[f64], silent: &[f64]) -> bool {
    matches!((announced.get(1), silent.get(1)), (Some(one), Some(two)) if one.abs() > two.abs() && one * two >= 0.0)
}

fn peak_is_smaller(one: &[f64], two: &[f64]) -> bool {
    matches!((peak(one), peak(two)), (Some((_, one)), Some((_, two))) if one.abs() < two.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOUD: [f64; 4] = [0.0, 9.0, 10.0, 8.0];
    const QUIET: [f64; 4] = [0.0, 2.0, 14.0, 11.0];

    #[test]
    fn announcing_is_compared_in_every_camp_whichever_mode_is_run() {
        let announced = [Path {
            this: &LOUD,
            other: Some(&QUIET),
        }; 3];
        let expected = "Announcing brings the move forward to day 1 and makes the peak lower";
        assert_eq!(title("announced", &announced, "three camps"), expected);
        let silent = [Path {
            this: &QUIET,
            other: Some(&LOUD),
        }; 3];
        assert_eq!(title("silent", &silent, "three camps"), expected);
    }

    #[test]
    fn a_camp_against_it_leaves_only_what_holds_in_all() {
        let high: [f64; 4] = [0.0, 9.0, 20.0, 8.0];
        let mixed = [
            Path {
                this: &LOUD,
                other: Some(&QUIET),
            },
            Path {
                this: &high,
                other: Some(&QUIET),
            },
        ];
        assert_eq!(
            title("announced", &mixed, "two camps"),
            "Announcing brings the move forward to day 1"
        );
        let late: [f64; 4] = [0.0, 1.0, 2.0, 8.0];
        let against = [
            Path {
                this: &LOUD,
                other: Some(&QUIET),
            },
            Path {
                this: &late,
                other: Some(&QUIET),
            },
        ];
        assert_eq!(
            title("announced", &against, "two camps"),
            "The 10Y moves most between day 2 and day 3"
        );
    }

    #[test]
    fn without_the_other_mode_the_peak_is_dated_and_nothing_is_claimed_of_nothing() {
        let alone = [Path {
            this: &LOUD,
            other: None,
        }];
        assert_eq!(
            title("words", &alone, "one camp"),
            "The 10Y moves most by day 2 in each camp"
        );
        let flat = [Path {
            this: &[0.0, 0.0],
            other: None,
        }];
        assert_eq!(
            title("announced", &flat, "one camp"),
            "10Y by day, one camp"
        );
        assert_eq!(
            title("announced", &[], "three camps"),
            "10Y by day, three camps"
        );
    }
}
