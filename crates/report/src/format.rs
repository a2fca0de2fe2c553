//! Numbers, dates and lists as they are read by people: one place for every rule of the page and the terminal.
//!
//! Changes carry a sign (`+` or U+2212) and yields changes `bp` after a narrow no-break space (U+202F); basis
//! points are whole from 10 and in titles, with one decimal below 10 and in tables. Levels have three decimals.
//! A range is `3.2 to $16.7bn`, a band `12.6 to 42.6 · ±0.7`. Prose dates read `2 May`, footers are ISO.
//! Nothing is computed here: a number is only rounded to the digits that are printed.

use brandish_units::{Date, Tenor, Years};

use crate::view::Band;

/// The minus sign, U+2212.
pub const MINUS: char = '\u{2212}';
/// The narrow no-break space, U+202F.
pub const THIN: char = '\u{202F}';

/// The published label of a tenor, `10Y`.
pub fn tenor_label(tenor: Tenor) -> String {
    tenor.label().to_ascii_uppercase()
}

/// The published label of a maturity, or its years: `10Y`, `7.25Y`.
pub fn maturity_label(years: Years) -> String {
    match Tenor::ALL.into_iter().find(|tenor| tenor.years() == years) {
        Some(tenor) => tenor_label(tenor),
        None => format!("{}Y", years.years()),
    }
}

/// A number with a fixed number of decimals and U+2212 for minus; what rounds to zero has no sign.
///
/// Whole numbers round half away from zero, as the page's script does.
pub fn fixed(value: f64, decimals: usize) -> String {
    let value = if decimals == 0 { value.round() } else { value };
    let text = format!("{:.*}", decimals, value.abs());
    let is_zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    if value < 0.0 && !is_zero {
        format!("{MINUS}{text}")
    } else {
        text
    }
}

/// As [`fixed`], with `+` before what rounds above zero.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// Decimals for a group of basis points in prose: none if all are 10 or more, else one.
pub fn prose_decimals(values: &[f64]) -> usize {
    usize::from(values.iter().any(|value| value.abs() < 9.95))
}

/// Decimals for a group of basis points in a title: none, unless one of them would be printed as 0.
pub fn title_decimals(values: &[f64]) -> usize {
    usize::from(values.iter().any(|value| value.abs() < 0.95))
}

/// `10, 21 or 50` (equal neighbors are named once).
pub fn list_or(values: &[f64], decimals: usize) -> String {
    let mut texts: Vec<String> = values.iter().map(|value| fixed(*value, decimals)).collect();
    texts.dedup();
    join_with(&texts, "or")
}

/// `a, b and c`.
pub fn list_and(texts: &[String]) -> String {
    join_with(texts, "and")
}

fn join_with(texts: &[String], word: &str) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// `10, 21 or 50 bp` with the narrow space.
pub fn bp_list(values: &[f64], decimals: usize) -> String {
    format!("{}{THIN}bp", list_or(values, decimals))
}

/// `+8 bp` with the narrow space: the change in the digits of prose.
pub fn bp_change(value: f64) -> String {
    let decimals = prose_decimals(&[value]);
    format!("{}{THIN}bp", signed(value, decimals))
}

/// Smallest and largest of a group as `1.3 to 6.5`, or one number where both print alike.
pub fn span(values: &[f64], decimals: usize) -> String {
    let (low, high) = extremes(values);
    let (low, high) = (fixed(low, decimals), fixed(high, decimals));
    if low == high {
        high
    } else {
        format!("{low} to {high}")
    }
}

/// As [`span`], in basis points.
pub fn bp_span(values: &[f64]) -> String {
    format!("{}{THIN}bp", span(values, prose_decimals(values)))
}

/// As [`span`], in billions of dollars: `3.2 to $16.7bn`; whole from 100.
pub fn usd_bn_span(values: &[f64]) -> String {
    let (low, high) = extremes(values);
    let decimals = usize::from(values.iter().any(|value| value.abs() < 99.95));
    let (low, high) = (fixed(low, decimals), fixed(high, decimals));
    if low == high {
        usd_text(&high)
    } else {
        format!("{low} to {}", usd_text(&high))
    }
}

/// `$2.7bn`, `−$2.7bn`; whole from 100.
pub fn usd_bn(value: f64) -> String {
    usd_text(&fixed(value, usize::from(value.abs() < 99.95)))
}

fn usd_text(number: &str) -> String {
    match number.strip_prefix(MINUS) {
        Some(rest) => format!("{MINUS}${rest}bn"),
        None => format!("${number}bn"),
    }
}

fn extremes(values: &[f64]) -> (f64, f64) {
    values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
}

/// `±0.7`, or `<±0.1` below half of the last digit.
pub fn error_of_median(value: f64, decimals: usize) -> String {
    let text = fixed(value.abs(), decimals);
    if text.bytes().all(|byte| byte == b'0' || byte == b'.') {
        let mut least = fixed(0.0, decimals);
        least.pop();
        format!("<±{least}1")
    } else {
        format!("±{text}")
    }
}

/// `12.6 to 42.6`, then ` · ±0.7` where the error of the median is known.
pub fn band(p05: f64, p95: f64, error: Option<f64>, decimals: usize) -> String {
    let range = format!("{} to {}", fixed(p05, decimals), fixed(p95, decimals));
    match error {
        Some(error) => format!("{range} · {}", error_of_median(error, decimals)),
        None => range,
    }
}

/// `53.0 (32 to 101)`: median and 90% band in few letters; the ends are whole from 10.
pub fn compact(found: &Band, decimals: usize) -> String {
    let end = |value: f64| fixed(value, if value.abs() < 9.95 { decimals } else { 0 });
    format!(
        "{} ({} to {})",
        fixed(found.p50, decimals),
        end(found.p05),
        end(found.p95)
    )
}

/// A yield level in percent with three decimals.
pub fn level_pct(value: f64) -> String {
    fixed(value, 3)
}

/// `2 May`, for prose.
pub fn prose_date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS
        .iter()
        .zip(1..)
        .find(|(_, number)| *number == date.month())
        .map_or("", |(name, _)| name);
    format!("{} {month}", date.day())
}

/// The same text with ASCII signs only, for terminals and files that want them.
pub fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            MINUS => plain.push('-'),
            THIN | '\u{A0}' => plain.push(' '),
            '±' => plain.push_str("+/-"),
            '·' => plain.push(';'),
            '’' | '‘' => plain.push('\''),
            '“' | '”' => plain.push('"'),
            '–' | '—' | '─' | '━' => plain.push('-'),
            '…' => plain.push_str("..."),
            '²' => plain.push_str("^2"),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_rules_of_the_look() {
        let cases = [
            (fixed(-1.25, 1), "\u{2212}1.2"),
            (fixed(-0.04, 1), "0.0"),
            (fixed(0.0, 0), "0"),
            (fixed(10.5, 0), "11"),
            (fixed(-11.5, 0), "\u{2212}12"),
            (signed(8.0, 0), "+8"),
            (signed(0.04, 1), "0.0"),
            (signed(-8.04, 1), "\u{2212}8.0"),
            (bp_list(&[10.0, 20.9, 50.4], 0), "10, 21 or 50\u{202F}bp"),
            (bp_list(&[10.1, 10.2, 50.4], 0), "10 or 50\u{202F}bp"),
            (bp_list(&[9.0], 0), "9\u{202F}bp"),
            (bp_change(8.0), "+8.0\u{202F}bp"),
            (bp_change(-13.2), "\u{2212}13\u{202F}bp"),
            (bp_span(&[7.5, 1.0, 3.0]), "1.0 to 7.5\u{202F}bp"),
            (usd_bn_span(&[3.2, 16.7, 7.3]), "3.2 to $16.7bn"),
            (usd_bn_span(&[154.0, 105.4]), "105 to $154bn"),
            (usd_bn_span(&[2.7]), "$2.7bn"),
            (usd_bn(-2.7), "\u{2212}$2.7bn"),
            (band(12.6, 42.6, Some(0.7), 1), "12.6 to 42.6 · ±0.7"),
            (band(0.8, 2.5, Some(0.03), 1), "0.8 to 2.5 · <±0.1"),
            (band(0.59, 0.9, None, 2), "0.59 to 0.90"),
            (error_of_median(0.4, 0), "<±1"),
            (level_pct(4.25), "4.250"),
            (prose_date(Date::from_ymd(2025, 5, 2).unwrap()), "2 May"),
            (
                ascii("\u{2212}1.3 to 4\u{202F}bp · ±0.7"),
                "-1.3 to 4 bp ; +/-0.7",
            ),
            (
                list_and(&["a".to_owned(), "b".to_owned(), "c".to_owned()]),
                "a, b and c",
            ),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn decimals_depend_on_the_smallest_of_a_group() {
        assert_eq!(prose_decimals(&[10.0, 50.0]), 0);
        assert_eq!(prose_decimals(&[9.0, 50.0]), 1);
        assert_eq!(title_decimals(&[9.0, 50.0]), 0);
        assert_eq!(title_decimals(&[0.4, 2.0]), 1);
    }
}
