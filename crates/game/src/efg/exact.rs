//! Probabilities of a chance move as text that adds up to exactly one.
//!
//! Programs that compute in fractions refuse a move whose decimals add up to 0.9999. So the shortest decimals stand where
//! their exact sum is one; else fractions with small denominators that read back to the same bits, where those add up (1/3 and
//! 2/3); else the largest probability is written as one less the exact decimals of the others. Only that last form can read
//! back to a neighboring number, by what the rounded probabilities missed one by.

/// Largest denominator tried.
const DENOMINATOR_LIMIT: u64 = 1_000_000;

/// The probabilities as text, in their order. They add up to one by rounding and lie between 0 and 1.
pub(super) fn texts(probabilities: &[f64]) -> Vec<String> {
    let decimals: Vec<String> = probabilities.iter().map(f64::to_string).collect();
    let all: Vec<usize> = (0..probabilities.len()).collect();
    if less_than_one(&decimals, &all).as_deref() == Some("0") {
        return decimals;
    }
    fractions(probabilities).unwrap_or_else(|| with_the_rest(probabilities, decimals))
}

/// Fractions that read back to the same bits and add up to one; none if there are no small ones.
fn fractions(probabilities: &[f64]) -> Option<Vec<String>> {
    let parts: Vec<(u64, u64)> = probabilities
        .iter()
        .map(|value| fraction(*value))
        .collect::<Option<_>>()?;
    let mut common = 1u128;
    for (_, below) in &parts {
        common = common.checked_mul(u128::from(*below) / divisor(common, u128::from(*below)))?;
        if common > 1 << 100 {
            return None;
        }
    }
    let mut sum = 0u128;
    for (above, below) in &parts {
        sum = sum.checked_add(u128::from(*above).checked_mul(common / u128::from(*below))?)?;
    }
    (sum == common).then(|| {
        parts
            .iter()
            .map(|(above, below)| match below {
                1 => above.to_string(),
                _ => format!("{above}/{below}"),
            })
            .collect()
    })
}

fn divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The convergent of the continued fraction that is this number in bits.
fn fraction(value: f64) -> Option<(u64, u64)> {
    let (mut rest, mut last, mut now) = (value, (1u64, 0u64), (value.floor() as u64, 1u64));
    loop {
        if now.0 as f64 / now.1 as f64 == value {
            return Some(now);
        }
        rest = 1.0 / (rest - rest.floor());
        if rest.is_nan() || rest >= DENOMINATOR_LIMIT as f64 {
            return None;
        }
        let digit = rest.floor() as u64;
        let next = (digit * now.0 + last.0, digit * now.1 + last.1);
        if next.1 > DENOMINATOR_LIMIT {
            return None;
        }
        (last, now) = (now, next);
    }
}

/// The decimals, the largest replaced by one less the others.
fn with_the_rest(probabilities: &[f64], mut decimals: Vec<String>) -> Vec<String> {
    let largest = (0..probabilities.len()).fold(0, |best, k| {
        if probabilities[k] > probabilities[best] {
            k
        } else {
            best
        }
    });
    let others: Vec<usize> = (0..decimals.len()).filter(|k| *k != largest).collect();
    // Others above one by rounding cannot be mended by the largest: they stay as they are.
    if let Some(rest) = less_than_one(&decimals, &others) {
        decimals[largest] = rest;
    }
    decimals
}

/// One less the exact sum of some decimals; none if they are more than one.
fn less_than_one(decimals: &[String], which: &[usize]) -> Option<String> {
    let places = which
        .iter()
        .map(|k| decimals[*k].len().saturating_sub(2))
        .max()
        .unwrap_or(0);
    // Digits from the last place up; the one before the point is the last of the list.
    let mut left = vec![0i64; places + 1];
    left[places] = 1;
    for k in which {
        let (whole, part) = decimals[*k].split_once('.').unwrap_or((&decimals[*k], ""));
        left[places] -= whole.parse::<i64>().ok()?;
        for (place, digit) in part.bytes().enumerate() {
            left[places - 1 - place] -= i64::from(digit - b'0');
        }
    }
    for place in 0..places {
        let borrow = left[place].div_euclid(10);
        left[place] = left[place].rem_euclid(10);
        left[place + 1] += borrow;
    }
    if left[places] < 0 {
        return None;
    }
    let mut text = left[places].to_string();
    if places > 0 {
        text.push('.');
        for digit in left[..places].iter().rev() {
            text.push_str(&digit.to_string());
        }
        let short = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(short);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn decimals_stay_thirds_become_fractions() {
        assert_eq!(texts(&[0.25, 0.75]), ["0.25", "0.75"]);
        assert_eq!(texts(&[0.1, 0.2, 0.7]), ["0.1", "0.2", "0.7"]);
        assert_eq!(texts(&[1.0, 0.0]), ["1", "0"]);
        let third = 1.0 / 3.0;
        assert_eq!(texts(&[third, third, third]), ["1/3"; 3]);
        assert_eq!(texts(&[1.0 / 6.0, 5.0 / 6.0]), ["1/6", "5/6"]);
    }

    /// Whatever the probabilities: the text adds up to one exactly, and reads back to what the rounding of n quotients by their sum
    /// can miss one by, n times epsilon.
    #[test]
    fn any_probabilities_add_up() {
        let mut stream = brandish_math::Stream::new(7, 0, 0);
        for _ in 0..2000 {
            let raw: Vec<f64> = (0..2 + (stream.uniform() * 6.0) as usize)
                .map(|_| stream.uniform().powi(6))
                .collect();
            let sum: f64 = raw.iter().sum();
            let values: Vec<f64> = raw.iter().map(|value| value / sum).collect();
            let texts = texts(&values);
            let all: Vec<usize> = (0..texts.len()).collect();
            if texts.iter().any(|text| text.contains('/')) {
                continue;
            }
            assert_eq!(
                super::less_than_one(&texts, &all).as_deref(),
                Some("0"),
                "{texts:?}"
            );
            for (text, value) in texts.iter().zip(&values) {
                let read: f64 = text.parse().expect("a number");
                let most = values.len() as f64 * f64::EPSILON;
                assert!((read - value).abs() <= most, "{text} {value}");
            }
        }
    }
}
