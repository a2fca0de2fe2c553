//! Numbers in words, and parts of one: "twenty-five", "one and a half", "three-quarters of a point", "4-1/4".
//!
//! A part of a percentage point is a change in basis points, a part of a percent a percentage; a part of a trillion is a number
//! that its scale follows. A part of a stock ("a third of its holdings") is a percentage of it. Words are read only where a
//! text writes them as a number: "a" alone counts nothing, and "half of the way" neither.

use crate::lexicon::What;
use crate::model::{Quantity, Unit};
use crate::number::{Found, digits, scale};
use crate::text::token::Kind;
use crate::text::{Page, low_is};

/// Words that may begin a number.
pub(crate) const LEADS: [&str; 35] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "an",
    "half",
    "quarter",
    "third",
    "a",
    "fifth",
];

/// The value of a number word.
pub(crate) fn worded(word: &str) -> Option<f64> {
    Some(match word {
        "zero" => 0.0,
        "a" | "an" | "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        "hundred" => 100.0,
        "half" => 0.5,
        _ => return None,
    })
}

/// A number in words from a token on: value, room, last token.
pub(crate) fn words(page: &Page<'_>, at: usize, last: usize) -> Option<(f64, f64, usize)> {
    // "Half a trillion dollars", "a quarter of a trillion dollars".
    if let Some((value, end)) = part(page, at, last)
        && scale(page.low(end + 1)).is_some()
    {
        return Some((value, 0.05, end));
    }
    let mut value = worded(page.low(at)).filter(|v| *v != 0.5)?;
    let mut end = at;
    let dash = usize::from(low_is!(page, end + 1, "-"));
    if (20.0..100.0).contains(&value)
        && let Some(more) = worded(page.low(end + 1 + dash)).filter(|v| (1.0..10.0).contains(v))
        && !low_is!(page, end + 1 + dash, "a" | "an")
    {
        value += more;
        end += 1 + dash;
    }
    if low_is!(page, end + 1, "hundred") && value < 10.0 {
        value *= 100.0;
        end += 1;
        (value, end) = tens(page, value, end);
    } else if value == 100.0 {
        (value, end) = tens(page, value, end);
    }
    // "Four point two five".
    if page.low(end + 1) == "point"
        && let Some((more, places, stop)) = decimals(page, end + 2)
        && stop <= last
    {
        return Some((value + more, 0.5 * 10_f64.powi(-places), stop));
    }
    // "One and a half", "two-and-a-half".
    let dash = usize::from(low_is!(page, end + 1, "-"));
    if low_is!(page, end + 1 + dash, "and") {
        let dash2 = usize::from(low_is!(page, end + 2 + dash, "-"));
        if low_is!(page, end + 2 + dash + dash2, "a") {
            let dash3 = usize::from(low_is!(page, end + 3 + dash + dash2, "-"));
            let more = match page.low(end + 3 + dash + dash2 + dash3) {
                "half" => 0.5,
                "quarter" => 0.25,
                _ => 0.0,
            };
            if more > 0.0 {
                let stop = end + 3 + dash + dash2 + dash3;
                return (stop <= last).then_some((value + more, 0.05, stop));
            }
        }
    }
    (end <= last).then_some((value, 0.5, end))
}

/// "Six hundred and forty-one": the tens and ones behind the hundreds.
fn tens(page: &Page<'_>, value: f64, end: usize) -> (f64, usize) {
    let at = end + 1 + usize::from(page.low(end + 1) == "and");
    let counted = |t: usize| {
        let word = page.low(t);
        (!matches!(word, "a" | "an" | "hundred" | "half"))
            .then(|| worded(word))
            .flatten()
    };
    let Some(first) = counted(at) else {
        return (value, end);
    };
    let dash = usize::from(page.low(at + 1) == "-");
    match counted(at + 1 + dash).filter(|ones| first >= 20.0 && *ones < 10.0) {
        Some(ones) => (value + first + ones, at + 1 + dash),
        None => (value + first, at),
    }
}

/// The digits behind a spoken "point": their value, how many, the last token.
pub(crate) fn decimals(page: &Page<'_>, at: usize) -> Option<(f64, i32, usize)> {
    let digit = |t: usize| match page.low(t) {
        "zero" | "oh" | "nought" => Some(0.0),
        "a" | "an" => None,
        word => worded(word).filter(|v| *v >= 1.0 && *v < 10.0),
    };
    let (mut value, mut places, mut end) = (0.0, 0, at);
    while places < 4
        && let Some(next) = digit(end)
    {
        places += 1;
        value += next * 10_f64.powi(-places);
        end += 1;
    }
    // "Four point twenty-five".
    if places == 0
        && let Some(more) = worded(page.low(at)).filter(|v| (10.0..100.0).contains(v))
    {
        let dash = usize::from(page.low(at + 1) == "-");
        return Some(match digit(at + 1 + dash).filter(|_| more >= 20.0) {
            Some(ones) => ((more + ones) / 100.0, 2, at + 1 + dash),
            None => (more / 100.0, 2, at),
        });
    }
    (places > 0).then(|| (value, places, end - 1))
}

/// A part of one, with the article behind it: "a quarter of a", "half a", "three-quarters of a", "a half". Its last token
/// stands right before what it is a part of.
fn part(page: &Page<'_>, at: usize, last: usize) -> Option<(f64, usize)> {
    let (over, mut end) = match page.low(at) {
        "a" | "an" | "one" => (1.0, at + 1),
        "two" => (2.0, at + 1),
        "three" => (3.0, at + 1),
        "half" | "quarter" => (1.0, at),
        _ => return None,
    };
    if low_is!(page, end, "-") {
        end += 1;
    }
    let under = match page.low(end) {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    let behind = match (page.low(end + 1), page.low(end + 2)) {
        ("of", "a" | "an" | "one") => end + 2,
        ("a" | "an", _) if under == 2.0 => end + 1,
        _ => end,
    };
    (behind <= last).then_some((over / under, behind))
}

/// A part of a percentage point, of a percent or of a stock.
pub(crate) fn of_one(page: &Page<'_>, at: usize, last: usize) -> Option<Found> {
    let (value, end) = part(page, at, last)?;
    let made = |last: usize, quantity: Quantity, points: bool| {
        Some(Found {
            first: at,
            last,
            quantity,
            points,
        })
    };
    let dash = usize::from(low_is!(page, end + 1, "-"));
    let word = page.low(end + 1 + dash);
    let next = page.low(end + 2 + dash);
    let point = |w: &str| matches!(w, "point" | "points");
    let points = Quantity::new(value * 100.0, 0.5, Unit::BasisPoints);
    if point(word) && end + 1 + dash <= last {
        return made(end + 1 + dash, points, true);
    }
    let second = usize::from(next == "-");
    if word == "percentage" && point(page.low(end + 2 + dash + second)) {
        return made((end + 2 + dash + second).min(last), points, true);
    }
    let percent = Quantity::new(value, 0.05, Unit::Percent);
    if word == "percent" {
        return made((end + 1 + dash).min(last), percent, false);
    }
    if word == "per" && next == "cent" {
        return made((end + 2 + dash).min(last), percent, false);
    }
    // "A third of its holdings", "two-thirds of that".
    let behind = !low_is!(page, end, "of") && page.low(end + 1) == "of";
    let told = |t: usize| low_is!(page, t, "that" | "them" | "it" | "this");
    let stock = || {
        let measures = page.hits_in(end + 2, (end + 6).min(last));
        measures.iter().any(|h| matches!(h.what, What::Measure(_))) || told(end + 2)
    };
    if behind && page.low(end) != "a" && stock() {
        let share = Quantity::new(value * 100.0, 1.0, Unit::Percent);
        return made(end, share, false);
    }
    None
}

/// "4-1/4", "1 1/2": what is added to the whole number, and the last token.
pub(crate) fn mixed(page: &Page<'_>, whole: usize, last: usize) -> Option<(f64, usize)> {
    let dash = usize::from(low_is!(page, whole + 1, "-"));
    let (over, slash, under) = (whole + 1 + dash, whole + 2 + dash, whole + 3 + dash);
    let number = |t: usize| {
        let token = page.tokens.get(t).filter(|t| t.kind == Kind::Number)?;
        (token.end - token.start <= 2).then(|| digits(page.word(t)))?
    };
    if under > last || !low_is!(page, slash, "/") {
        return None;
    }
    let (over, under_value) = (number(over)?.0, number(under)?.0);
    (over < under_value && under_value > 0.0).then_some((over / under_value, under))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::model::Unit;
    use crate::number::quantities;
    use crate::text::Page;

    /// Numbers of a text, with their units; the expected ones are read off the words.
    fn check(text: &str, expected: &[(f64, Unit)]) {
        let lexicon = Lexicon::embedded().unwrap();
        let page = Page::new(text, &lexicon);
        let mut found = Vec::new();
        quantities(&page, 0, page.tokens.len() - 1, &mut found);
        let told: Vec<(f64, Unit)> = found
            .iter()
            .map(|f| (f.quantity.number(), f.quantity.unit()))
            .collect();
        assert_eq!(told.len(), expected.len(), "{text}: {told:?}");
        for ((value, unit), (want, of)) in told.iter().zip(expected) {
            assert_eq!(unit, of, "{text}: {told:?}");
            // A part in words has no more digits than a float holds.
            assert!(
                (value - want).abs() <= want.abs() * 1e-12,
                "{text}: {told:?}"
            );
        }
    }

    #[test]
    fn parts_and_words_are_numbers() {
        use Unit::{BasisPoints, Percent, Usd};
        check("It cut by a quarter of a point.", &[(25.0, BasisPoints)]);
        check(
            "It cut by three-quarters of a percentage point.",
            &[(75.0, BasisPoints)],
        );
        check("It cut by half a percentage point.", &[(50.0, BasisPoints)]);
        check(
            "a half-point cut and a quarter-point cut",
            &[(50.0, BasisPoints), (25.0, BasisPoints)],
        );
        check(
            "Yields rose twenty-five basis points.",
            &[(25.0, BasisPoints)],
        );
        check(
            "Yields rose six and a half basis points.",
            &[(6.5, BasisPoints)],
        );
        check("The rate is 4-1/4 percent.", &[(4.25, Percent)]);
        check("half a trillion dollars", &[(5e11, Usd)]);
        check("three-quarters of a trillion dollars", &[(7.5e11, Usd)]);
        check("one and a half trillion dollars", &[(1.5e12, Usd)]);
        check("a hundred billion dollars", &[(1e11, Usd)]);
        check(
            "The five-year closed at three point eight six percent.",
            &[(3.86, Percent)],
        );
        check("two point four trillion dollars", &[(2.4e12, Usd)]);
        check("a trillion and a half dollars", &[(1.5e12, Usd)]);
        check("two trillion and a quarter dollars", &[(2.25e12, Usd)]);
        check(
            "six hundred and forty-one billion dollars, nine hundred twelve billion dollars",
            &[(6.41e11, Usd), (9.12e11, Usd)],
        );
        check(
            "three hundred and fifty basis points",
            &[(350.0, BasisPoints)],
        );
        check("zero point two five percent", &[(0.25, Percent)]);
        check(
            "It rose from 3 to 4 percent.",
            &[(3.0, Percent), (4.0, Percent)],
        );
        check(
            "It sold between 20 and 30 billion dollars.",
            &[(2.5e10, Usd)],
        );
        check("$1.1tn, $1.1trn, $1.1trln, $1.1T", &[(1.1e12, Usd); 4]);
        // Nothing is counted here.
        check(
            "Half of the way, a third of the guests, a quarter of an hour.",
            &[],
        );
    }
}
