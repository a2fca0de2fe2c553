//! Why a run has no such output, in words, with what it has instead.
//!
//! The first thing that is wrong is said: a measure that is not there (with the nearest name and all names), a part that no fact of the measure
//! has, a part that is missing, parts that do not go together. Every answer shows an output that can be asked.

use brandish_units::Tenor;

use super::asked::{Asked, Part, PartKind};
use super::{Output, TENOR_LABELS};
use crate::bands::FactKey;
use crate::diagnostic::{nearest, quoted};

/// Most names that a message lists.
const MOST_NAMES: usize = 40;

/// Why none of the facts is what is asked; `same` are those of its measure.
pub(super) fn why_not(asked: &Asked, same: &[FactKey], keys: &[FactKey]) -> String {
    if same.is_empty() {
        return no_measure(&asked.measure, keys);
    }
    if let Some(part) = asked
        .parts
        .iter()
        .find(|part| !same.iter().any(|key| part.stands_in(key)))
    {
        return no_part(asked, part, same);
    }
    let near = same
        .iter()
        .filter_map(|key| Some((key, asked.unnamed(key)?)))
        .min_by_key(|(_, left)| left.len());
    if let Some((key, left)) = near
        && let Some(kind) = left.into_iter().find(|kind| *kind != PartKind::Unit)
    {
        let there: Vec<&FactKey> = same
            .iter()
            .filter(|key| asked.unnamed(key).is_some())
            .collect();
        let choices = match kind {
            PartKind::Day | PartKind::Tenor => String::new(),
            _ => format!(" ({})", listed(&names(kind, &there))),
        };
        return format!(
            "`{}` needs a {}{choices}, e.g. {}",
            asked.measure,
            kind.name(),
            Output::of(usual(&there).unwrap_or(key), same)
        );
    }
    // every part is there, but not together: a day is the likeliest misfit
    for part in &asked.parts {
        if part.text.parse::<u32>().is_ok() {
            let mut others = asked.clone();
            others.parts.retain(|other| other != part);
            if same.iter().any(|key| others.unnamed(key).is_some()) {
                return near_days(part, &others, same);
            }
        }
    }
    format!(
        "no fact has all of these together; {}",
        example(same).map_or_else(String::new, |example| format!("one is {example}"))
    )
}

/// More than one fact is meant.
pub(super) fn several(found: &[&FactKey], same: &[FactKey]) -> String {
    let texts: Vec<String> = found
        .iter()
        .map(|key| {
            let parts: Vec<String> = PartKind::ALL
                .into_iter()
                .filter_map(|kind| Some(format!("{}={}", kind.name(), kind.of(key)?)))
                .collect();
            format!("{}:{}", Output::of(key, same).measure, parts.join(":"))
        })
        .collect();
    format!("it can mean {}; write one of them", texts.join(" or "))
}

fn no_measure(name: &str, keys: &[FactKey]) -> String {
    let mut there: Vec<&str> = Vec::new();
    for key in keys {
        if !there.contains(&key.measure) {
            there.push(key.measure);
        }
    }
    let near = nearest(name, there.iter().copied())
        .map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    there.sort_unstable();
    format!(
        "`{}` is no measure that every path of this scenario has; {near}there are {}",
        quoted(name),
        there.join(", ")
    )
}

/// A part that no fact of the measure has.
fn no_part(asked: &Asked, part: &Part, same: &[FactKey]) -> String {
    let has = |kind: PartKind| same.iter().any(|key| kind.of(key).is_some());
    let may_be = |kind: PartKind| part.kind.is_none_or(|said| said == kind);
    let measure = &asked.measure;
    let example = example(same).map_or_else(String::new, |example| example.to_string());
    let is_day = part.text.parse::<u32>().is_ok() && may_be(PartKind::Day);
    let is_tenor = part.text.parse::<Tenor>().is_ok() && may_be(PartKind::Tenor);
    let all: Vec<&FactKey> = same.iter().collect();
    if is_day && has(PartKind::Day) {
        let mut others = asked.clone();
        others.parts.retain(|other| other != part);
        return near_days(part, &others, same);
    }
    for (is_one, kind) in [(is_day, PartKind::Day), (is_tenor, PartKind::Tenor)] {
        if is_one && !has(kind) && !has(PartKind::Holder) {
            return format!(
                "`{measure}` has no use for a {}: write {example}",
                kind.name()
            );
        }
    }
    for kind in [PartKind::Holder, PartKind::Bucket] {
        if has(kind) && may_be(kind) && !is_tenor {
            return format!(
                "it is there for {}, not for `{}`",
                listed(&names(kind, &all)),
                quoted(&part.text)
            );
        }
    }
    if let Some(kind) = part.kind {
        return if has(kind) {
            format!(
                "its {} is {}, not `{}`",
                kind.name(),
                listed(&names(kind, &all)),
                quoted(&part.text)
            )
        } else {
            format!(
                "`{measure}` has no use for a {}: write {example}",
                kind.name()
            )
        };
    }
    if has(PartKind::Tenor) {
        return format!(
            "`{}` is neither a tenor ({}) nor a day; write {example}",
            quoted(&part.text),
            TENOR_LABELS.join(" ")
        );
    }
    format!(
        "`{}` means nothing to it: write {example}",
        quoted(&part.text)
    )
}

/// The days before and after one on which the rest is not reported.
fn near_days(part: &Part, others: &Asked, same: &[FactKey]) -> String {
    let mut days: Vec<u32> = same
        .iter()
        .filter(|key| others.unnamed(key).is_some())
        .filter_map(FactKey::asked_day)
        .collect();
    if days.is_empty() {
        days = same.iter().filter_map(FactKey::asked_day).collect();
    }
    let Ok(day) = part.text.parse::<u32>() else {
        return format!("`{}` is no day", quoted(&part.text));
    };
    let before = days.iter().filter(|other| **other < day).max();
    let after = days.iter().filter(|other| **other > day).min();
    let near: Vec<String> = [before, after]
        .into_iter()
        .flatten()
        .map(u32::to_string)
        .collect();
    format!(
        "it is not reported on day {day}; near it are the days {}",
        near.join(" and ")
    )
}

fn names(kind: PartKind, keys: &[&FactKey]) -> Vec<String> {
    let mut names = Vec::new();
    for name in keys.iter().filter_map(|key| kind.of(key)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn listed(names: &[String]) -> String {
    let shown = names.get(..MOST_NAMES).unwrap_or(names).join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The fact that makes the best example: at ten years and after a quarter, where there is one.
fn usual<'a>(keys: &[&'a FactKey]) -> Option<&'a FactKey> {
    keys.iter().copied().min_by_key(|key| {
        (
            key.bucket.is_some(),
            key.tenor.is_some_and(|tenor| tenor != Tenor::Y10),
            key.asked_day().is_some_and(|day| day != 63),
        )
    })
}

fn example(same: &[FactKey]) -> Option<Output> {
    let all: Vec<&FactKey> = same.iter().collect();
    usual(&all).map(|key| Output::of(key, same))
}
