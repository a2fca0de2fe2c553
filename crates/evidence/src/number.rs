//! Amounts, percentages and basis points as texts write them.
//!
//! Scales ("tn", "billion"), currencies on either side, small numbers in words ("a trillion dollars", "eight basis points"),
//! ranges ("$300-400 billion" is their middle, plus or minus half the width), and words of approximation before the number.
//! The precision of the last written digit travels along: it decides later whether two numbers are the same one rounded.

use std::borrow::Cow;

use crate::exchange;
use crate::fraction;
use crate::lexicon::Cue;
use crate::model::{Quantity, Unit};
use crate::text::token::Kind;
use crate::text::{Keyed, Page, QUANTITY, keyed, low_is};

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
    let begun = out.len();
    let mut from = first;
    while let Some(mut at) = page.next_of(from, last, QUANTITY) {
        let before = || out.get(begun..)?.last().map(|f| f.quantity.unit());
        let found = one(page, at, last).or_else(|| again(page, at, last, before()?));
        if let Some(mut found) = found {
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

/// "To 713 billion francs from 704 billion", "a further 3.87 trillion": a sum in the currency of the one before it.
fn again(page: &Page<'_>, at: usize, last: usize, unit: Unit) -> Option<Found> {
    let compared = low_is!(
        page,
        at.checked_sub(1)?,
        "from" | "to" | "and" | "or" | "against" | "versus" | "than" | "further" | "another"
    );
    let number = page.tokens.get(at)?.kind == Kind::Number;
    if !(compared && number) {
        return None;
    }
    let factor = scale(page.low(at + 1)).filter(|f| *f >= 1e6)?;
    if !(unit.is_money() && at < last && page.low(at + 1).len() > 1) {
        return None;
    }
    let (value, half) = digits(page.word(at))?;
    Some(Found {
        first: at,
        last: at + 1,
        quantity: Quantity::new(value * factor, half * factor, unit),
        points: false,
    })
}

pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "quadrillion" => 1e15,
        "trillion" | "tn" | "trn" | "trln" | "trillions" | "t" => 1e12,
        "billion" | "bn" | "bln" | "bil" | "bio" | "billions" | "b" => 1e9,
        "million" | "mn" | "mln" | "mil" | "mio" | "millions" | "m" => 1e6,
        "crore" | "crores" => 1e7,
        "lakh" | "lakhs" => 1e5,
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
        '₩' | '₹' | '₺' | '₽' | '₪' | '₱' | '₦' | '฿' | '₫' | '₴' | '₸' => {
            Unit::OtherMoney
        }
        _ => return None,
    })
}

pub(crate) fn currency(word: &str) -> Option<Unit> {
    Some(match word {
        "dollars" | "dollar" | "usd" => Unit::Usd,
        "yen" | "jpy" => Unit::Jpy,
        "euros" | "euro" | "eur" => Unit::Eur,
        "pounds" | "sterling" | "gbp" => Unit::Gbp,
        "yuan" | "renminbi" | "rmb" | "cny" => Unit::Cny,
        "won" | "rupees" | "rupee" | "rubles" | "roubles" | "ruble" | "rouble" | "francs"
        | "franc" | "kroner" | "kronor" | "krone" | "krona" | "pesos" | "peso" | "lira"
        | "liras" | "reais" | "krw" | "nok" | "chf" | "crowns" | "sek" | "dkk" | "inr" | "rs"
        | "brl" | "mxn" | "zar" | "pln" | "huf" | "czk" | "sgd" | "hkd" | "twd" | "thb" | "idr"
        | "myr" | "php" | "aud" | "cad" | "nzd" | "rub" | "ils" | "sar" | "aed" | "kwd"
        | "rand" | "baht" | "ringgit" | "rupiah" | "zloty" | "zlotys" | "forint" | "forints"
        | "koruna" | "shekel" | "shekels" | "riyal" | "riyals" | "dirham" | "dirhams" | "dinar"
        | "dinars" | "naira" | "dong" | "hryvnia" | "hryvnias" | "tenge" => Unit::OtherMoney,
        _ => return None,
    })
}

/// Codes and letters before a sum: "US$1.2tn", "EUR 3.1bn".
const PREFIXES: &[Keyed] = keyed![
    "us", "usd", "a", "c", "hk", "nt", "nz", "s", "r", "au", "ca", "eur", "gbp", "jpy", "cny",
    "rmb", "chf", "nok", "sek", "dkk", "krw", "inr", "rs", "brl", "mxn", "zar", "pln", "huf",
    "czk", "sgd", "hkd", "twd", "thb", "idr", "myr", "php", "aud", "cad", "nzd", "rub", "ils",
    "sar", "aed",
];

/// Words that may begin a quantity: currency codes and small numbers.
pub(crate) fn leads() -> impl Iterator<Item = &'static str> {
    PREFIXES.iter().map(|w| w.1).chain(fraction::LEADS)
}

/// A whole number from one to twelve in words.
pub(crate) fn small(word: &str) -> Option<u32> {
    fraction::worded(word)
        .filter(|v| (1.0..=12.0).contains(v) && v.fract() == 0.0)
        .map(|v| v as u32)
}

/// A number and half its last digit.
pub(crate) fn digits(text: &str) -> Option<(f64, f64)> {
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
    } else if page
        .tokens
        .get(at + 1)
        .is_some_and(|t| t.kind == Kind::Number || t.symbol().is_some())
        && page.says(at, at, PREFIXES)
        && (at == 0 || !low_is!(page, at - 1, "/"))
    {
        // "US$1.2tn", "EUR 3.1bn"
        let next = page.tokens.get(at + 1)?;
        if let Some(c) = next.symbol()
            && !next.spaced
            && symbol(c) == Some(Unit::Usd)
        {
            unit = Some(if low_is!(page, at, "us" | "usd") {
                Unit::Usd
            } else {
                Unit::OtherMoney
            });
            place += 2;
        } else if next.kind == Kind::Number
            && token.capital()
            && (page.low(at).len() == 3 || low_is!(page, at, "rs"))
        {
            unit = currency(page.low(at));
            place += 1;
        }
    }
    let is_number = page
        .tokens
        .get(place)
        .is_some_and(|t| t.kind == Kind::Number)
        && place <= last;
    let (mut value, mut half) = if is_number {
        let (v, h) = digits(page.word(place))?;
        // "4-1/4 percent", "1 1/2 percentage points".
        match fraction::mixed(page, place, last) {
            Some((more, end)) => {
                place = end;
                (v + more, 0.05)
            }
            None => (v, h),
        }
    } else {
        // Most small words begin no quantity.
        let follows = low_is!(
            page,
            place + 1,
            "quadrillion"
                | "trillion"
                | "tn"
                | "trn"
                | "trln"
                | "trillions"
                | "t"
                | "billion"
                | "bn"
                | "bln"
                | "bil"
                | "bio"
                | "billions"
                | "b"
                | "million"
                | "mn"
                | "mln"
                | "mil"
                | "mio"
                | "millions"
                | "m"
                | "crore"
                | "crores"
                | "lakh"
                | "lakhs"
                | "basis"
                | "bp"
                | "bps"
                | "b.p."
                | "per"
                | "percent"
                | "percentage"
                | "point"
                | "points"
                | "hundred"
                | "ten"
                | "eleven"
                | "twelve"
                | "half"
                | "halves"
                | "third"
                | "thirds"
                | "quarter"
                | "quarters"
                | "fifth"
                | "fifths"
                | "tenth"
                | "tenths"
                | "-"
                | "of"
                | "a"
                | "an"
                | "and"
                | "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
        );
        if !follows {
            return None;
        }
        if unit.is_none()
            && let Some(found) = fraction::of_one(page, at, last)
        {
            return Some(found);
        }
        // "Four point three percent" begins with the four.
        let tail = at >= 2
            && low_is!(page, at - 1, "point")
            && fraction::worded(page.low(at - 2)).is_some();
        if tail {
            return None;
        }
        let (v, h, end) = fraction::words(page, place, last)?;
        let next = page.low(end + 1);
        let counted = scale(next).is_some_and(|s| s > 1e3)
            || matches!(next, "percent" | "percentage" | "bp" | "bps" | "b.p.")
            || next == "per" && page.low(end + 2) == "cent"
            || next == "basis" && page.low(end + 2).starts_with("point")
            || next == "-" && page.low(end + 2) == "basis";
        if !counted {
            return None;
        }
        place = end;
        (v, h)
    };
    let mut end = place;
    // A range: the second number gives scale and unit.
    let before = at.checked_sub(1).map_or("", |t| page.low(t));
    let joins = low_is!(page, end + 1, "-" | "–" | "to")
        || before == "between" && low_is!(page, end + 1, "and");
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
            let fits = scale(tail).is_some()
                || matches!(tail, "%" | "percent" | "bp" | "bps" | "basis" | "yen")
                || tail == "per" && page.low(other + 2) == "cent"
                || exchange::price(page, other).is_some();
            if fits && before == "from" && page.low(end + 1) == "to" {
                // "From 3 to 4 percent": the first has the unit of the second and is a number of its own.
                let second = one(page, end + 2, last)?;
                let ratio = second.quantity.number() / upper;
                let quantity = Quantity::new(value * ratio, half * ratio, second.quantity.unit());
                return Some(Found {
                    first: at,
                    last: place,
                    quantity,
                    points: second.points,
                });
            }
            if fits {
                half = (upper - value) / 2.0;
                value = (upper + value) / 2.0;
                end = other;
            }
        }
    }
    let mut factor = 1.0;
    let mut had_scale = false;
    let dash = usize::from(low_is!(page, end + 1, "-") && scale(page.low(end + 2)).is_some());
    if let Some(found) = scale(page.low(end + 1 + dash)) {
        let letter = page.low(end + 1 + dash).len() == 1;
        let touches = page.tokens.get(end + 1 + dash).is_some_and(|t| !t.spaced);
        if end + 1 + dash <= last && (!letter || touches) {
            factor = found;
            end += 1 + dash;
            had_scale = true;
        }
    }
    // "A trillion and a half", "two trillion and a quarter".
    if had_scale && low_is!(page, end + 1, "and") && low_is!(page, end + 2, "a") && end + 3 <= last
    {
        let more = match page.low(end + 3) {
            "half" => 0.5,
            "quarter" => 0.25,
            _ => 0.0,
        };
        if more > 0.0 {
            value += more;
            half = half.min(0.05);
            end += 3;
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
        let money = unit.is_money();
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
    // Most numbers that are followed by none of these have no unit of their own.
    let telling = low_is!(
        page,
        end + 1,
        "%" | "percent"
            | "per"
            | "percentage"
            | "bp"
            | "bps"
            | "-"
            | "basis"
            | "us"
            | "u.s."
            | "american"
            | "to"
            | "against"
            | "a"
            | "times"
            | "x"
            | "b.p"
            | "b.p."
            | "bp."
            | "bps."
    );
    let plain = !telling && unit.is_none();
    if plain && currency(next).is_none() && exchange::money(next).is_none() {
        return None;
    }
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
    if matches!(next, "bp" | "bps" | "b.p" | "b.p." | "bp." | "bps.") {
        return made(end + 1, Unit::BasisPoints, true);
    }
    let dashed = usize::from(next == "-" && after == "basis");
    if low_is!(page, end + 1 + dashed, "basis") && page.low(end + 2 + dashed) != "trade" {
        let extra = usize::from(low_is!(page, end + 2 + dashed, "-"));
        return made(end + 2 + dashed + extra, Unit::BasisPoints, true);
    }
    if unit.is_none()
        && !had_scale
        && let Some(price) = exchange::price(page, end).filter(|_| end < last)
    {
        let yen = price.dollar && exchange::yen(page, at, price.currency, value);
        let unit = if yen { Unit::JpyPerUsd } else { Unit::FxRate };
        return made(price.last, unit, false);
    }
    if unit.is_none()
        && let Some(found) = currency(next)
        && (had_scale || is_number)
        // "Serves 8. Rub the turkey": a code is written in capitals, in the same line.
        && page.tokens.get(end + 1).is_some_and(|t| t.breaks == 0)
        && (next.len() > 3
            || matches!(next, "yen" | "won")
            || page.word(end + 1).chars().all(char::is_uppercase))
    {
        return made(end + 1, found, false);
    }
    if unit.is_none()
        && had_scale
        && matches!((next, after), ("us" | "u.s." | "american", "dollars"))
    {
        return made(end + 2, Unit::Usd, false);
    }
    // "85 U.S. cents": the price of a currency.
    let cents = matches!(next, "us" | "u.s.") && after == "cents";
    if unit.is_none() && !had_scale && is_number && cents {
        return made(end + 2, Unit::FxRate, false);
    }
    if unit.is_none() && !had_scale && is_number && matches!(next, "times" | "x") {
        return made(end + 1, Unit::Count, false);
    }
    unit.and_then(|unit| made(end, unit, false))
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
