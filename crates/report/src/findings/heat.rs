//! Title of the map of changes by maturity and day: broad, at once, lasting; only what holds in every camp.

use super::{VISIBLE_BP, all_above};
use crate::format::list_and;

/// What the map of one camp shows.
#[derive(Debug, Clone)]
pub(crate) struct Map {
    /// Change of every tenor at the end of the sale.
    pub(crate) at_end: Vec<f64>,
    /// Ten-year change on day 1, at its largest on the map, and on the last day.
    pub(crate) day_one: f64,
    /// Largest ten-year change on the map.
    pub(crate) largest: f64,
    /// Ten-year change on the last day.
    pub(crate) last: f64,
    /// 5% quantile of the ten-year change on the last day.
    pub(crate) last_p05: f64,
    /// Whether days lie after the end of the sale.
    pub(crate) goes_on: bool,
}

/// `sale` says whether something is sold at all.
pub(crate) fn title(maps: &[Map], sale: bool, camps: &str) -> String {
    let neutral = format!("Change by maturity and day, {camps}");
    if maps.is_empty() || maps.iter().any(|map| map.largest < VISIBLE_BP) {
        return neutral;
    }
    let mut claims = Vec::new();
    if maps.iter().all(|map| all_above(&map.at_end, VISIBLE_BP)) {
        claims.push("is broad".to_owned());
    }
    // "At once": more than half of the largest change is there on the first day.
    if maps
        .iter()
        .all(|map| map.day_one + map.day_one > map.largest)
    {
        claims.push("arrives at once".to_owned());
    }
    if sale
        && maps
            .iter()
            .all(|map| map.goes_on && map.last >= VISIBLE_BP && map.last_p05 > 0.0)
    {
        claims.push("outlives the sale".to_owned());
    } else if maps
        .iter()
        .all(|map| map.last.abs() + map.last.abs() < map.largest)
    {
        claims.push("is mostly gone by the last day".to_owned());
    }
    if claims.is_empty() {
        neutral
    } else {
        format!("The rise {}", list_and(&claims))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(at_end: [f64; 2], day_one: f64, largest: f64, last: f64) -> Map {
        Map {
            at_end: at_end.to_vec(),
            day_one,
            largest,
            last,
            last_p05: last - 1.0,
            goes_on: true,
        }
    }

    #[test]
    fn all_three_claims_or_those_that_hold() {
        let full = map([5.0, 9.0], 9.0, 10.0, 6.0);
        assert_eq!(
            title(&[full.clone(), full.clone()], true, "two camps"),
            "The rise is broad, arrives at once and outlives the sale"
        );
        let late = map([5.0, 9.0], 2.0, 10.0, 6.0);
        assert_eq!(
            title(&[full.clone(), late], true, "two camps"),
            "The rise is broad and outlives the sale"
        );
        let narrow = map([-1.0, 9.0], 2.0, 10.0, 6.0);
        assert_eq!(
            title(&[full.clone(), narrow], true, "two camps"),
            "The rise outlives the sale"
        );
        let fading = map([1.0, 9.0], 9.0, 10.0, 0.5);
        assert_eq!(
            title(&[fading.clone(), fading], false, "two camps"),
            "The rise is broad, arrives at once and is mostly gone by the last day"
        );
    }

    #[test]
    fn a_fall_or_nothing_is_no_rise() {
        let fall = map([-5.0, -9.0], -9.0, -1.0, -6.0);
        assert_eq!(
            title(&[fall], true, "one camp"),
            "Change by maturity and day, one camp"
        );
        assert_eq!(
            title(&[], true, "three camps"),
            "Change by maturity and day, three camps"
        );
    }
}
