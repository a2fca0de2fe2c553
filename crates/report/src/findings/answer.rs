//! The sentences of the answer, each with its guard: direction is said only where all headline camps share it.
//!
//! Each line is a template over facts with a guard: it says a thing only if it holds in every headline camp, and is left out
//! where its facts are missing.

use super::{VISIBLE_BP, VISIBLE_USD_BN, all_above, all_below, sizes};
use crate::format::{bp_list, bp_span, fixed, list_or, prose_decimals, usd_bn, usd_bn_span};

/// A move that nobody would notice, bp: a tenth of an ordinary day's.
const SMALL_BP: f64 = 0.5;
/// Below this ratio of ten-year equivalents to market value an order is one of short paper.
const SHORT_RATIO: f64 = 0.2;

/// Why an order of short paper moves notes so little: its market value against its interest risk.
pub(crate) fn short_paper(sold_usd_bn: f64, ten_year_equivalents_usd_bn: f64) -> Option<String> {
    let short =
        sold_usd_bn >= VISIBLE_USD_BN && ten_year_equivalents_usd_bn < SHORT_RATIO * sold_usd_bn;
    short.then(|| {
        format!(
            "What is sold is short paper: {} of it carries the interest risk of {} of ten-year notes, and risk is what specialists ask to be paid for.",
            usd_bn(sold_usd_bn),
            usd_bn(ten_year_equivalents_usd_bn)
        )
    })
}

/// The ten-year yield at its peak, and on the first day. With one number a camp, in the order of the camps.
pub(crate) fn yields(peak: &[f64], day_one: &[f64]) -> String {
    let size = bp_list(&sizes(peak), prose_decimals(peak));
    let mut text = if all_above(peak, VISIBLE_BP) {
        format!(
            "The ten-year yield rises {size} at its peak{}.",
            by_camp(peak)
        )
    } else if all_below(peak, -VISIBLE_BP) {
        format!(
            "The ten-year yield falls {size} at its trough{}.",
            by_camp(peak)
        )
    } else if peak.iter().all(|value| value.abs() < VISIBLE_BP) {
        return "The ten-year yield does not move in any camp.".to_owned();
    } else if peak.iter().all(|value| value.abs() < SMALL_BP) {
        format!(
            "The ten-year yield hardly moves: {} at most{}.",
            bp_list(peak, prose_decimals(peak)),
            by_camp(peak)
        )
    } else {
        format!(
            "The ten-year yield moves {} at most, by camp; the camps do not agree on the direction.",
            bp_list(peak, prose_decimals(peak))
        )
    };
    if !day_one.is_empty() {
        let first = list_or(day_one, prose_decimals(day_one));
        text.push_str(&format!(" On day 1 the move is {first}."));
    }
    text
}

/// Says that several numbers are of one camp each; one camp alone needs no such word.
fn by_camp(of_camps: &[f64]) -> &'static str {
    if of_camps.len() > 1 { ", by camp" } else { "" }
}

/// The pieces of [`yields`] that belong to the camps: the peak's numbers, if no two print alike.
pub(crate) fn yield_marks(peak: &[f64]) -> Vec<String> {
    let decimals = prose_decimals(peak);
    let texts: Vec<String> = sizes(peak)
        .iter()
        .map(|value| fixed(*value, decimals))
        .collect();
    let distinct = texts
        .iter()
        .enumerate()
        .all(|(index, text)| !texts[..index].contains(text));
    let same_sign = all_above(peak, VISIBLE_BP) || all_below(peak, -VISIBLE_BP);
    if distinct && same_sign {
        texts
    } else {
        Vec::new()
    }
}

/// Who carries it: specialists on the last day of the sale, and at the end.
pub(crate) fn buyers(
    first: Option<(u32, Vec<f64>)>,
    later: Option<(u32, Vec<f64>)>,
) -> Option<String> {
    let (day, early) = first?;
    if !all_above(&early, VISIBLE_USD_BN) {
        return None;
    }
    let mut text = format!(
        "On day {day} specialists hold {} of what was sold",
        usd_bn_span(&early)
    );
    match later {
        Some((last, late)) if last > day && all_above(&late, VISIBLE_USD_BN) => {
            text.push_str(&format!(
                "; on day {last} they hold {}.",
                usd_bn_span(&late)
            ));
        }
        _ => text.push('.'),
    }
    Some(text)
}

/// What it costs the seller and the issuer.
pub(crate) fn costs(seller: Option<(&str, &[f64])>, interest: &[f64]) -> Option<String> {
    let mut parts = Vec::new();
    if let Some((who, loss)) = seller
        && all_above(loss, VISIBLE_USD_BN)
    {
        parts.push(format!(
            "{who} loses {} in worse prices on what it sells.",
            usd_bn_span(loss)
        ));
    }
    if all_above(interest, VISIBLE_USD_BN) {
        parts.push(format!(
            "The Treasury pays {} more interest over 12 months.",
            usd_bn_span(interest)
        ));
    } else if all_below(interest, -VISIBLE_USD_BN) {
        parts.push(format!(
            "The Treasury pays {} less interest over 12 months.",
            usd_bn_span(&sizes(interest))
        ));
    }
    if parts.is_empty() {
        None
    } else {
        Some(parts.join(" "))
    }
}

/// What saying it changes: the first day in both modes.
pub(crate) fn words(announced: &[f64], silent: &[f64]) -> Option<String> {
    let same = announced.len() == silent.len();
    let larger = same
        && announced
            .iter()
            .zip(silent)
            .all(|(one, two)| one.abs() > two.abs());
    if !larger || !all_above(&sizes(announced), VISIBLE_BP) {
        return None;
    }
    Some(format!(
        "Announced, the order moves the ten-year yield {} on day 1; sold in silence, {}.",
        bp_list(announced, prose_decimals(announced)),
        bp_list(silent, prose_decimals(silent))
    ))
}

/// What stays in the long run.
pub(crate) fn long_run(long_run: &[f64]) -> Option<String> {
    if all_above(long_run, VISIBLE_BP) {
        return Some(format!(
            "In the long run the ten-year yield stays {} higher{}.",
            bp_list(long_run, prose_decimals(long_run)),
            by_camp(long_run)
        ));
    }
    if all_below(long_run, -VISIBLE_BP) {
        let size = sizes(long_run);
        return Some(format!(
            "In the long run the ten-year yield stays {} lower{}.",
            bp_list(&size, prose_decimals(&size)),
            by_camp(&size)
        ));
    }
    None
}

/// Range of the 90% bands, where nothing else can be said.
pub(crate) fn uncertainty(low: &[f64], high: &[f64]) -> Option<String> {
    let ends: Vec<f64> = low.iter().chain(high).copied().collect();
    if ends.is_empty() {
        return None;
    }
    Some(format!(
        "Over all camps the 90% bands of the peak reach from {}.",
        bp_span(&ends)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_is_said_only_where_the_camps_share_it() {
        assert_eq!(
            yields(&[10.0, 20.9, 50.4], &[9.1, 20.3, 41.8]),
            "The ten-year yield rises 10, 21 or 50\u{202F}bp at its peak, by camp. On day 1 the move is 9.1, 20.3 or 41.8."
        );
        assert_eq!(
            yields(&[-10.0, -20.0], &[]),
            "The ten-year yield falls 10 or 20\u{202F}bp at its trough, by camp."
        );
        assert_eq!(
            yields(&[10.0], &[9.1]),
            "The ten-year yield rises 10\u{202F}bp at its peak. On day 1 the move is 9.1."
        );
        assert!(yields(&[-10.0, 20.0], &[]).contains("do not agree"));
        assert_eq!(
            yields(&[0.03, 0.1, 0.2], &[]),
            "The ten-year yield hardly moves: 0.0, 0.1 or 0.2\u{202F}bp at most, by camp."
        );
        assert_eq!(
            yields(&[0.0, 0.01], &[0.0, 0.0]),
            "The ten-year yield does not move in any camp."
        );
    }

    #[test]
    fn marks_are_the_printed_numbers_in_the_order_of_the_camps() {
        assert_eq!(yield_marks(&[10.0, 20.9, 50.4]), ["10", "21", "50"]);
        assert!(yield_marks(&[10.0, 10.2]).is_empty());
        assert!(yield_marks(&[-10.0, 10.2]).is_empty());
    }

    #[test]
    fn short_paper_is_named_by_its_risk() {
        assert_eq!(
            short_paper(62.0, 1.9).as_deref(),
            Some(
                "What is sold is short paper: $62.0bn of it carries the interest risk of $1.9bn of ten-year notes, and risk is what specialists ask to be paid for."
            )
        );
        assert_eq!(short_paper(62.0, 31.0), None);
        assert_eq!(short_paper(0.0, 0.0), None);
    }

    #[test]
    fn sentences_without_ground_are_not_said() {
        let early = Some((63, vec![120.0, 186.0]));
        let late = Some((252, vec![67.0, 146.0]));
        assert_eq!(
            buyers(early.clone(), late),
            Some("On day 63 specialists hold 120 to $186bn of what was sold; on day 252 they hold 67.0 to $146.0bn.".to_owned())
        );
        assert_eq!(buyers(None, None), None);
        assert_eq!(buyers(Some((63, vec![-1.0, 3.0])), None), None);
        assert_eq!(
            costs(Some(("Japan", &[1.3, 6.5])), &[4.9, 20.7]),
            Some("Japan loses 1.3 to $6.5bn in worse prices on what it sells. The Treasury pays 4.9 to $20.7bn more interest over 12 months.".to_owned())
        );
        assert_eq!(costs(Some(("Japan", &[0.0])), &[]), None);
        assert!(words(&[9.1, 20.3], &[2.0, 4.0]).is_some());
        assert_eq!(words(&[9.1, 2.0], &[2.0, 4.0]), None);
        assert!(long_run(&[4.6, 10.7]).is_some());
        assert_eq!(long_run(&[4.6, -1.0]), None);
        assert_eq!(uncertainty(&[], &[]), None);
    }
}
