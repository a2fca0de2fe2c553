//! A key in another unit: `amount_usd_mn = 300000` is meant as `amount_usd_bn = 300`.
//!
//! Units end the names of keys. A key whose stem is known but whose unit is not gets the right key and, where the
//! factor between the units is a plain number, the value to write. Days are business days: 5 a week, 21 a month,
//! 252 a year, which is how the engine counts.

use toml::de::DeValue;

use super::value::number;

/// What was meant by a key in another unit.
pub(crate) struct UnitHint {
    /// The right key.
    pub(crate) key: &'static str,
    /// What to write.
    pub(crate) help: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Measure {
    Money,
    Time,
    Ratio,
    Rate,
}

/// Endings of keys with what they measure and how many of the measure's own unit ($bn, business day, ratio) one is.
/// Longer endings stand before the shorter ones that they contain.
const UNITS: [(&str, Measure, f64); 20] = [
    ("_usd_bn_per_week", Measure::Rate, 1.0),
    ("_usd_mn_per_week", Measure::Rate, 1e-3),
    ("_usd_tn", Measure::Money, 1e3),
    ("_usd_bn", Measure::Money, 1.0),
    ("_usd_mn", Measure::Money, 1e-3),
    ("_usd", Measure::Money, 1e-9),
    ("_tn", Measure::Money, 1e3),
    ("_bn", Measure::Money, 1.0),
    ("_mn", Measure::Money, 1e-3),
    ("_business_days", Measure::Time, 1.0),
    ("_days", Measure::Time, 1.0),
    ("_day", Measure::Time, 1.0),
    ("_weeks", Measure::Time, 5.0),
    ("_months", Measure::Time, 21.0),
    ("_years", Measure::Time, 252.0),
    ("_percent", Measure::Ratio, 0.01),
    ("_pct", Measure::Ratio, 0.01),
    ("_bp", Measure::Ratio, 1e-4),
    ("_share", Measure::Ratio, 1.0),
    ("_ratio", Measure::Ratio, 1.0),
];

/// Names that are a unit by themselves.
const BARE: [(&str, f64); 4] = [
    ("days", 1.0),
    ("weeks", 5.0),
    ("months", 21.0),
    ("years", 252.0),
];

fn split(name: &str) -> (&str, Option<(Measure, f64)>) {
    if let Some((_, factor)) = BARE.iter().find(|(bare, _)| *bare == name) {
        return ("", Some((Measure::Time, *factor)));
    }
    for (ending, measure, factor) in UNITS {
        if let Some(stem) = name.strip_suffix(ending)
            && !stem.is_empty()
        {
            return (stem, Some((measure, factor)));
        }
    }
    (name, None)
}

/// The key of `names` with the stem of `written` and another unit.
pub(crate) fn unit_hint(
    written: &str,
    names: &[&'static str],
    value: &DeValue<'_>,
) -> Option<UnitHint> {
    let (stem, unit) = split(written);
    let same_stem = |name: &&&str| {
        let (other, other_unit) = split(name);
        other == stem && (unit.is_some() || other_unit.is_some())
    };
    let key = *names.iter().find(same_stem)?;
    let right = split(key).1;
    let help = match (unit, right) {
        (Some((measure, factor)), Some((right_measure, right_factor)))
            if measure == right_measure =>
        {
            let value = number(value, 0..0)
                .ok()
                .map(|(n, _)| n * factor / right_factor);
            match value {
                Some(value) => format!("the unit ends the name: write `{key} = {}`", tidy(value)),
                None => format!("the unit ends the name: convert to `{key}`"),
            }
        }
        _ => format!("the unit ends the name: write `{key}`"),
    };
    Some(UnitHint { key, help })
}

/// Twelve significant digits, so that a conversion does not show the noise of binary fractions.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
