//! Section 4b: why the yield moves, who buys at the margin, and which parameter matters. Tables of words and numbers.
//!
//! All at central parameters: parts of one path add up, medians of parts do not. A table whose facts are missing is left out; where all
//! are, the section is null.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::Figure;
use crate::facts::Key;
use crate::format::{fixed, signed};

/// Measures of the parts with the words for them, in the order of the table.
const PARTS: [(&str, &str); 5] = [
    ("part_expectation", "expected to follow"),
    ("part_inventory", "held by specialists"),
    ("part_capacity", "full balance sheets"),
    ("part_forced", "forced sales"),
    ("part_fed", "the Federal Reserve"),
];
/// Holders beside the largest buyer that are named, and parameters that are listed.
const MOST_NAMED: usize = 3;
const MOST_PARAMETERS: usize = 8;
/// A share below this is not named.
const LEAST_SHARE: f64 = 0.05;

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Its tables.
    pub tables: Vec<WordTable>,
}

/// A table ready to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordTable {
    /// What it shows.
    pub caption: String,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Cells by row.
    pub rows: Vec<Vec<String>>,
}

pub(crate) fn view(context: &Context<'_>) -> Option<Explained> {
    let tables: Vec<WordTable> = [parts(context), buyers(context), parameters(context)]
        .into_iter()
        .flatten()
        .collect();
    if tables.is_empty() {
        return None;
    }
    let title = "Why the yield moves, who buys at the margin, and what matters".to_owned();
    let sub = "At central parameters. The engine's channels are taken away one after the other: the Federal Reserve, forced sellers, the limit of balance sheets, what the market expects to follow; what is left is the premium on what specialists hold".to_owned();
    Some(Explained {
        figure: Figure {
            title,
            sub,
            note: None,
            source: "brandish engine, central parameters".to_owned(),
        },
        tables,
    })
}

/// Days of the tables: the first, the end of the sale, a quarter, the last.
fn days(context: &Context<'_>) -> Vec<u32> {
    let mut days = vec![1, context.curve_day(), 63, context.last_day()];
    days.retain(|day| *day <= context.last_day());
    days.sort_unstable();
    days.dedup();
    days
}

fn parts(context: &Context<'_>) -> Option<WordTable> {
    let mut rows = Vec::new();
    for camp in &context.input.camps {
        for day in days(context) {
            let key = Key::in_unit("bp")
                .tenor(Tenor::Y10)
                .camp(camp.letter)
                .day(day);
            let central = |measure| context.facts.get(measure, key)?.central;
            let found: Option<Vec<f64>> =
                PARTS.iter().map(|(measure, _)| central(measure)).collect();
            let (Some(found), Some(whole)) = (found, central("yield_change")) else {
                continue;
            };
            let mut cells = vec![camp.letter.to_owned(), day.to_string(), signed(whole, 1)];
            cells.extend(found.iter().map(|part| signed(*part, 1)));
            rows.push(cells);
        }
    }
    let mut head = vec!["camp".to_owned(), "day".to_owned(), "10Y, bp".to_owned()];
    head.extend(PARTS.iter().map(|(_, words)| (*words).to_owned()));
    (!rows.is_empty()).then(|| WordTable {
        caption: "Parts of the change of the ten-year yield; they sum to it".to_owned(),
        head,
        rows,
    })
}

fn buyers(context: &Context<'_>) -> Option<WordTable> {
    let camp = context.middle_camp()?.letter;
    let holders = context.facts.sectors("marginal_share", camp);
    let first = holders.first()?;
    let key = |holder| Key::in_unit("ratio").camp(camp).sector(holder);
    let days = context.facts.days("marginal_share", key(first));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut since = 0;
    for day in days {
        let mut shares: Vec<(&str, f64)> = holders
            .iter()
            .filter_map(|holder| {
                let share = context
                    .facts
                    .get("marginal_share", key(holder).day(day))?
                    .central?;
                Some((*holder, share))
            })
            .collect();
        shares.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(right.0)));
        let named = |of: &mut dyn Iterator<Item = &(&str, f64)>| -> String {
            let named: Vec<String> = of
                .take(MOST_NAMED)
                .map(|(holder, share)| format!("{holder} {}%", fixed(100.0 * share.abs(), 0)))
                .collect();
            named.join(", ")
        };
        let bought = named(&mut shares.iter().filter(|(_, share)| *share >= LEAST_SHARE));
        let sold = named(
            &mut shares
                .iter()
                .rev()
                .filter(|(_, share)| *share <= -LEAST_SHARE),
        );
        // a row per change of the largest buyer, not per day
        let leader = shares.first().map_or("", |(holder, _)| *holder);
        if rows.last().is_some_and(|row| row[1] == leader) {
            if let Some(row) = rows.last_mut() {
                row[0] = format!("{since} to {day}");
            }
            continue;
        }
        since = day;
        rows.push(vec![day.to_string(), leader.to_owned(), bought, sold]);
    }
    (!rows.is_empty()).then(|| WordTable {
        caption: format!(
            "Who buys at the margin, camp {camp}: the largest buyer of what changed hands since the day reported before, by ten-year equivalents; shares are those of the first day named"
        ),
        head: ["days", "largest buyer", "who bought", "who passed on"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    })
}

fn parameters(context: &Context<'_>) -> Option<WordTable> {
    let middle = context.middle_camp()?.letter;
    let ends = |camp: &str, name: &str| {
        let key = Key::in_unit("bp").tenor(Tenor::Y10);
        let key = key.camp(camp).sector(name);
        let stats = context.facts.get("peak_with_parameter", key)?;
        Some((stats.p05?, stats.p95?))
    };
    let mut names = context.facts.sectors("peak_with_parameter", middle);
    let width = |name: &str| ends(middle, name).map_or(0.0, |(low, high)| (high - low).abs());
    names.sort_by(|left, right| width(right).total_cmp(&width(left)).then(left.cmp(right)));
    let camps: Vec<&str> = context.headline().map(|camp| camp.letter).collect();
    let rows: Vec<Vec<String>> = names
        .iter()
        .take(MOST_PARAMETERS)
        .map(|name| {
            let mut cells = vec![(*name).to_owned()];
            cells.extend(camps.iter().map(|camp| {
                ends(camp, name).map_or_else(
                    || "–".to_owned(),
                    |(low, high)| format!("{} to {}", fixed(low, 1), fixed(high, 1)),
                )
            }));
            cells
        })
        .collect();
    let mut head = vec!["parameter".to_owned()];
    head.extend(camps.iter().map(|camp| format!("{camp}: 10Y peak, bp")));
    (!rows.is_empty()).then(|| WordTable {
        caption: format!(
            "Which parameter matters: the peak of the ten-year yield with one parameter at the 5% and then the 95% point of its prior, all others central; by its effect in camp {middle}"
        ),
        head,
        rows,
    })
}
