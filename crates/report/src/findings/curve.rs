//! Titles of the curve before and after, and of the change by tenor.

use super::{VISIBLE_BP, all_above, all_below, sizes};
use crate::format::{bp_list, title_decimals};

/// `ten_year` and `changes` hold one entry per headline camp; `changes` all tenors of it.
pub(crate) fn title(day: u32, ten_year: &[f64], changes: &[Vec<f64>], camps: &str) -> String {
    let neutral = format!("Par curve before and on day {day}, {camps}");
    if ten_year.is_empty() || ten_year.len() != changes.len() {
        return neutral;
    }
    let size = bp_list(&sizes(ten_year), title_decimals(ten_year));
    if changes.iter().all(|tenors| all_above(tenors, VISIBLE_BP)) {
        format!("The whole curve moves up, by {size} at ten years")
    } else if changes.iter().all(|tenors| all_below(tenors, -VISIBLE_BP)) {
        format!("The whole curve moves down, by {size} at ten years")
    } else if all_above(ten_year, VISIBLE_BP) {
        format!("The 10Y is {size} higher on day {day}")
    } else if all_below(ten_year, -VISIBLE_BP) {
        format!("The 10Y is {size} lower on day {day}")
    } else {
        neutral
    }
}

/// The tenor that moves most, if it is the same in every camp.
pub(crate) fn change_title(labels: &[String], changes: &[Vec<f64>], camps: &str) -> String {
    let largest = |tenors: &Vec<f64>| {
        tenors
            .iter()
            .enumerate()
            .max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))
            .map(|(index, _)| index)
    };
    let first = changes.first().and_then(largest);
    let common = first.filter(|index| changes.iter().all(|tenors| largest(tenors) == Some(*index)));
    let most = common.and_then(|index| labels.get(index));
    let up = !changes.is_empty() && changes.iter().all(|tenors| all_above(tenors, VISIBLE_BP));
    let down = !changes.is_empty() && changes.iter().all(|tenors| all_below(tenors, -VISIBLE_BP));
    match (up, down, most) {
        (true, _, Some(label)) => format!("Every tenor rises, the {label} most in each camp"),
        (true, _, None) => "Every tenor rises".to_owned(),
        (_, true, Some(label)) => format!("Every tenor falls, the {label} most in each camp"),
        (_, true, None) => "Every tenor falls".to_owned(),
        (_, _, Some(label))
            if changes
                .iter()
                .all(|tenors| largest(tenors).is_some_and(|i| tenors[i].abs() >= VISIBLE_BP)) =>
        {
            format!("The {label} moves most in each camp")
        }
        _ => format!("Change by tenor, {camps}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_curve_moves_only_if_every_tenor_does_in_every_camp() {
        let up = [vec![5.0, 9.0], vec![11.0, 19.0], vec![30.0, 44.0]];
        assert_eq!(
            title(63, &[9.0, 19.0, 44.0], &up, "three camps"),
            "The whole curve moves up, by 9, 19 or 44\u{202F}bp at ten years"
        );
        let mixed = [vec![-0.2, 9.0], vec![11.0, 19.0]];
        assert_eq!(
            title(63, &[9.0, 19.0], &mixed, "two camps"),
            "The 10Y is 9 or 19\u{202F}bp higher on day 63"
        );
        let down = [vec![-1.0, -2.0], vec![-3.0, -4.0]];
        assert_eq!(
            title(1, &[-2.0, -4.0], &down, "two camps"),
            "The whole curve moves down, by 2 or 4\u{202F}bp at ten years"
        );
        let apart = [vec![1.0, 2.0], vec![-3.0, -4.0]];
        assert_eq!(
            title(1, &[2.0, -4.0], &apart, "two camps"),
            "Par curve before and on day 1, two camps"
        );
        assert_eq!(
            title(1, &[], &[], "three camps"),
            "Par curve before and on day 1, three camps"
        );
        assert_eq!(
            title(1, &[0.0], &[vec![0.0]], "one camp"),
            "Par curve before and on day 1, one camp"
        );
    }

    #[test]
    fn the_largest_tenor_is_named_only_if_the_camps_agree() {
        let labels = ["2Y".to_owned(), "7Y".to_owned()];
        let agree = [vec![1.0, 2.0], vec![3.0, 4.0]];
        assert_eq!(
            change_title(&labels, &agree, "two camps"),
            "Every tenor rises, the 7Y most in each camp"
        );
        let differ = [vec![3.0, 2.0], vec![3.0, 4.0]];
        assert_eq!(
            change_title(&labels, &differ, "two camps"),
            "Every tenor rises"
        );
        let mixed = [vec![-3.0, 2.0], vec![3.0, 4.0]];
        assert_eq!(
            change_title(&labels, &mixed, "two camps"),
            "Change by tenor, two camps"
        );
        assert_eq!(
            change_title(&labels, &[vec![0.0, 0.0]], "one camp"),
            "Change by tenor, one camp"
        );
        assert_eq!(
            change_title(&labels, &[], "three camps"),
            "Change by tenor, three camps"
        );
    }
}
