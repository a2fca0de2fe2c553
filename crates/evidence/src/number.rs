//! Amounts, percentages and basis points as texts write them.
//!
//! Scales ("tn", "billion"), currencies on either side, small numbers in words ("a trillion dollars", "eight basis points"),
//! ranges ("$300-400 billion" is their middle, plus or minus half the width), and words of approximation before the number.
//! The precision of the last written digit travels along: it decides later whether two numbers are the same one rounded.

use std::borrow::Cow;

use crate::lexicon::Cue;
use crate::model::{Quantity, Unit};
use crate::text::token::Kind;
use crate::text::{Page, QUANTITY};

/// A quantity and its tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) quantity: Quantity,
    /// Written as a change: "+8 bp", "percentage points".
    pub(crate) points: bool,
}

/// Puts the quantities of the tokens `first..=last` behind those in `out`.
pub(crate) fn quantities(page: &Page<'_>, first: usize, last: usize, out: &mut Vec<Found>) {
    let mut from = first;
    while let Some(mut at) = page.next_of(from, last, QUANTITY) {
        if let Some(mut found) = one(page, at, last) {
            let near = page.hits_in(at.saturating_sub(3).max(first), at);
            if let Some(hit) = near
                .iter()
                .find(|h| h.is(Cue::Approximate) && (h.last as usize) + 1 == found.first)
            {
                found.quantity.approximate = true;
                found.first = hit.first as usize;
            }
            at = found.last;
            out.push(found);
        }
        from = at + 1;
    }
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "trillion" | "tn" | "trn" | "trillions" | "t" => 1e12,
        "billion" | "bn" | "bln" | "billions" | "b" => 1e9,
        "million" | "mn" | "mln" | "millions" | "m" => 1e6,
        "thousand" | "k" => 1e3,
        _ => return None,
    })
}

pub(crate) fn symbol(c: char) -> Option<Unit> {
    Some(match c {
        '$' | '＄' => Unit::Usd,
        '£' => Unit::Gbp,
        '€' => Unit::Eur,
        '¥' | '￥' => Unit::Jpy,
        '₩' | '₹' | '₺' => Unit::OtherMoney,
        _ => return None,
    })
}

fn currency(word: &str) -> Option<Unit> {
    Some(match word {
        "dollars" | "dollar" | "usd" => Unit::Usd,
        "yen" | "jpy" => Unit::Jpy,
        "euros" | "euro" | "eur" => Unit::Eur,
        "pounds" | "sterling" | "gbp" => Unit::Gbp,
        "yuan" | "renminbi" | "rmb" | "cny" => Unit::Cny,
        "won" | "rupees" | "rubles" | "roubles" | "francs" | "kroner" | "kronor" | "pesos"
        | "lira" | "reais" | "krw" | "nok" | "chf" | "crowns" => Unit::OtherMoney,
        _ => return None,
    })
}

/// Words that may begin a quantity: currency codes and small numbers.
pub(crate) const LEADS: [&str; 32] = [
    "us", "usd", "a", "c", "hk", "eur", "gbp", "jpy", "cny", "chf", "nok", "krw", "one", "two",
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "an",
    "half", "fifteen", "twenty", "thirty", "forty", "fifty", "hundred",
];

/// A whole number from one to twelve in words.
pub(crate) fn small(word: &str) -> Option<u32> {
    worded(word)
        .filter(|v| (1.0..=12.0).contains(v))
        .map(|v| v as u32)
}

/// A small number in words.
fn worded(word: &str) -> Option<f64> {
    let names = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if let Some(place) = names.iter().position(|n| *n == word) {
        return Some(place as f64 + 1.0);
    }
    Some(match word {
        "a" | "an" => 1.0,
        "half" => 0.5,
        "fifteen" => 15.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "hundred" => 100.0,
        _ => return None,
    })
}

/// A number and half its last digit.
fn digits(text: &str) -> Option<(f64, f64)> {
    if let Some(found) = few_digits(text) {
        return Some(found);
    }
    let plain: Cow<'_, str> = if text.contains(',') {
        text.chars().filter(|c| *c != ',').collect()
    } else {
        text.into()
    };
    let value: f64 = plain.parse().ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, d)| d.len().min(12));
    Some((value, 0.5 * 10_f64.powi(-(decimals as i32))))
}

/// Powers of ten that a double holds exactly.
const TENS: [f64; 13] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
];

/// The same of up to 15 digits with one point at most: a whole number by a power of ten, both exact, so that their
/// quotient is the nearest double as a reader of the text would give it.
fn few_digits(text: &str) -> Option<(f64, f64)> {
    let (mut whole, mut digits, mut decimals) = (0_u64, 0_usize, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                whole = 10 * whole + u64::from(byte - b'0');
                digits += 1;
                decimals = decimals.map(|d| d + 1);
                if digits > 15 {
                    return None;
                }
            }
            b',' => {}
            b'.' if decimals.is_none() && digits > 0 => decimals = Some(0),
            _ => return None,
        }
    }
    let tens = TENS.get(decimals.unwrap_or(0)).filter(|_| digits > 0)?;
    Some((whole as f64 / tens, 0.5 * (1.0 / tens)))
}

fn one(page: &Page<'_>, at: usize, last: usize) -> Option<Found> {
    let token = page.tokens.get(at)?;
    let mut unit = None;
    let mut place = at;
    if let Some(c) = token.symbol()
        && let Some(found) = symbol(c)
    {
        unit = Some(found);
        place += 1;
    } else if matches!(
        page.low(at),
        "us" | "usd" | "a" | "c" | "hk" | "eur" | "gbp" | "jpy" | "cny" | "chf" | "nok" | "krw"
    ) {
        // "US$1.2tn", "EUR 3.1bn"
        let next = page.tokens.get(at + 1)?;
        if let Some(c) = next.symbol()
            && !next.spaced
            && symbol(c) == Some(Unit::Usd)
        {
            unit = Some(if matches!(page.low(at), "us" | "usd") {
                Unit::Usd
            } else {
                Unit::OtherMoney
            });
            place += 2;
        } else if next.kind == Kind::Number && token.capital() && page.low(at).len() == 3 {
            unit = currency(page.low(at));
            place += 1;
        }
    }
    let is_number = page
        .tokens
        .get(place)
        .is_some_and(|t| t.kind == Kind::Number)
        && place <= last;
    let (mut value, mut half, wordy) = if is_number {
        let (v, h) = digits(page.word(place))?;
        (v, h, false)
    } else {
        let v = worded(page.low(place))?;
        let scaled = scale(page.low(place + 1)).is_some();
        let basis = matches!(
            (page.low(place + 1), page.low(place + 2)),
            ("basis", "point" | "points")
        );
        let half_a = page.low(place) == "half" && page.low(place + 1) == "a";
        let hundred = page.low(place + 1) == "hundred" && scale(page.low(place + 2)).is_some();
        if half_a && (scale(page.low(place + 2)).is_some() || page.low(place + 2) == "percentage") {
            place += 1;
            (0.5, 0.05, true)
        } else if hundred {
            place += 1;
            (v * 100.0, 0.5, true)
        } else if page.low(place) == "a"
            && page.low(place + 1) == "quarter"
            && matches!(page.low(place + 2), "point" | "percentage")
        {
            let end = place + if page.low(place + 2) == "point" { 2 } else { 3 };
            return Some(Found {
                first: at,
                last: end.min(last),
                quantity: Quantity::new(25.0, 0.5, Unit::BasisPoints),
                points: true,
            });
        } else if scaled && scale(page.low(place + 1)) > Some(1e3)
            || basis
            || matches!(page.low(place + 1), "percent" | "percentage")
        {
            (v, 0.5, true)
        } else {
            return None;
        }
    };
    let mut end = place;
    // A range: the second number gives scale and unit.
    let joins = matches!(page.low(end + 1), "-" | "–" | "to");
    if is_number
        && joins
        && page.tokens.get(end + 2).is_some_and(|t| {
            t.kind == Kind::Number || t.symbol().is_some_and(|c| symbol(c).is_some())
        })
    {
        let other = end + 2 + usize::from(page.tokens[end + 2].kind != Kind::Number);
        if let Some((upper, _)) =
            digits(page.word(other)).filter(|(u, _)| *u > value && other <= last)
        {
            let tail = page.low(other + 1);
            let fits =
                scale(tail).is_some() || matches!(tail, "%" | "percent" | "bp" | "bps" | "basis");
            if fits {
                half = (upper - value) / 2.0;
                value = (upper + value) / 2.0;
                end = other;
            }
        }
    }
    let mut factor = 1.0;
    let mut had_scale = false;
    let dash = usize::from(page.low(end + 1) == "-" && scale(page.low(end + 2)).is_some());
    if let Some(found) = scale(page.low(end + 1 + dash)) {
        let letter = page.low(end + 1 + dash).len() == 1;
        let touches = page.tokens.get(end + 1 + dash).is_some_and(|t| !t.spaced);
        if end + 1 + dash <= last && (!letter || touches) {
            factor = found;
            end += 1 + dash;
            had_scale = true;
        }
    }
    let sign = at
        .checked_sub(1)
        .and_then(|b| page.tokens.get(b))
        .filter(|t| matches!(t.symbol(), Some('-' | '−' | '–')) && t.spaced && !token.spaced)
        .map_or(1.0, |_| -1.0);
    let next = page.low(end + 1);
    let after = page.low(end + 2);
    let made = |end: usize, unit: Unit, points: bool| {
        let money = !matches!(unit, Unit::Percent | Unit::BasisPoints | Unit::JpyPerUsd);
        // "290 billion", "1,130 billion": a last zero of a whole amount is no digit that was counted.
        let tens = money && had_scale && half == 0.5 && value >= 100.0 && value % 10.0 == 0.0;
        let half = if tens { 5.0 } else { half };
        Some(Found {
            first: at,
            last: end.min(last),
            quantity: Quantity::new(value * factor * sign, half * factor, unit),
            points,
        })
    };
    if next == "%" || (next == "percent" && end < last) {
        return made(end + 1, Unit::Percent, false);
    }
    if next == "per" && after == "cent" {
        return made(end + 2, Unit::Percent, false);
    }
    if next == "percentage" && after.starts_with("point") {
        return Some(Found {
            first: at,
            last: (end + 2).min(last),
            quantity: Quantity::new(value * 100.0 * sign, half * 100.0, Unit::BasisPoints),
            points: true,
        });
    }
    if matches!(next, "bp" | "bps") {
        return made(end + 1, Unit::BasisPoints, true);
    }
    let dashed = usize::from(next == "-" && after == "basis");
    if page.low(end + 1 + dashed) == "basis" && page.low(end + 2 + dashed) != "trade" {
        let extra = usize::from(page.low(end + 2 + dashed) == "-");
        return made(end + 2 + dashed + extra, Unit::BasisPoints, true);
    }
    if unit.is_none()
        && let Some(found) = currency(next)
    {
        if found == Unit::Jpy && matches!(after, "per" | "to" | "against") && !had_scale {
            let the = usize::from(page.low(end + 3) == "the");
            if page.low(end + 3 + the).starts_with("dollar") {
                return made(end + 3 + the, Unit::JpyPerUsd, false);
            }
        }
        if had_scale || is_number {
            return made(end + 1, found, false);
        }
    }
    if unit.is_none()
        && had_scale
        && matches!((next, after), ("us" | "u.s." | "american", "dollars"))
    {
        return made(end + 2, Unit::Usd, false);
    }
    if unit.is_none()
        && matches!(next, "per" | "to" | "against")
        && matches!(
            (after, page.low(end + 3)),
            ("dollar", _) | ("the", "dollar")
        )
        && (50.0..400.0).contains(&value)
    {
        return made(
            end + if after == "the" { 3 } else { 2 },
            Unit::JpyPerUsd,
            false,
        );
    }
    match unit {
        Some(unit) => made(end, unit, false),
        None if wordy && had_scale => None,
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reading the text as a number is the reference.
    #[test]
    fn few_digits_are_the_number_as_read() {
        let mut state = 1_u64;
        for round in 0..20_000_u64 {
            state = state
                .wrapping_mul(0x5851_f42d_4c95_7f2d)
                .wrapping_add(round);
            let whole = (state >> 20) % 10_u64.pow((round % 13) as u32 + 1);
            let decimals = (state >> 59) as usize % 13;
            for text in [
                format!("{whole}"),
                format!("{}.{:0decimals$}", whole / 1000, whole % 1000),
                format!("{},{:03}.5", whole / 1000, whole % 1000),
            ] {
                let Some((value, half)) = few_digits(&text) else {
                    assert!(text.bytes().filter(u8::is_ascii_digit).count() > 15 || decimals > 12);
                    continue;
                };
                let plain = text.replace(',', "");
                assert_eq!(plain.parse(), Ok(value), "{text}");
                let places = plain.split_once('.').map_or(0, |(_, d)| d.len() as i32);
                assert_eq!(half, 0.5 * 10_f64.powi(-places), "{text}");
            }
        }
        assert_eq!(few_digits("1.2.3"), None);
        assert_eq!(few_digits("1234567890123456"), None);
        assert_eq!(few_digits("b1"), None);
    }
}
