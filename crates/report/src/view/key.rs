//! Section 2: key figures, a row per figure and a cell per camp, already formatted.
//!
//! A row stands only if at least one camp has the figure. Stress camps have their cells too; the page and the
//! terminal keep them apart. Without bands a cell holds the central value and says so.

use brandish_units::Tenor;
use serde::Serialize;

use super::context::Context;
use super::parts::Figure;
use crate::facts::{Facts, Key as Fact, Stats};
use crate::findings::capital;
use crate::format::{band, fixed};

/// Key figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The rows.
    pub rows: Vec<KeyRow>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// What it is.
    pub label: String,
    /// Unit and circumstances.
    pub unit: String,
    /// A cell per camp that has it.
    pub cells: Vec<KeyCell>,
}

/// One figure in one camp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyCell {
    /// The camp.
    pub letter: &'static str,
    /// The median, formatted.
    pub median: String,
    /// The 90% band and the error of the median, formatted.
    pub range: String,
}

pub(crate) fn view(context: &Context<'_>) -> Key {
    let input = context.input;
    let mode = input.mode.as_str();
    let day = context.curve_day();
    let bp = |tenor| Fact::in_unit("bp").tenor(tenor);
    let ten = bp(Tenor::Y10);
    let mut rows = Rows { context, rows: Vec::new() };
    rows.any_day("10Y, first day", format!("{mode}, bp"), 1, "yield_change_day1", ten);
    rows.any_day("10Y, peak", format!("{mode}, bp"), 1, "yield_change_peak", ten);
    if let Some(other) = &input.other_mode {
        rows.any_day("10Y, peak", format!("{other}, bp"), 1, "yield_change_peak_other_mode", ten);
    }
    for tenor in [Tenor::Y2, Tenor::Y10, Tenor::Y30] {
        let label = format!("{}, day {day}", crate::format::tenor_label(tenor));
        rows.any_day(&label, format!("{mode}, bp"), 1, "yield_change", bp(tenor).day(day));
    }
    rows.any_day("10Y, long run", "bp".to_owned(), 1, "yield_change_long_run", ten);
    let usd = Fact::in_unit("usd_bn");
    if let Some(end) = input.sale_end_day {
        rows.any_day(&format!("Specialists’ holdings, day {end}"), "market value, $bn".to_owned(), 1, "inventory", usd.day(end));
    }
    rows.any_day("Specialists’ utilization, peak", "ratio".to_owned(), 2, "utilization_peak", Fact::in_unit("ratio"));
    if let Some(seller) = &input.seller {
        let account = usd.sector(&seller.key);
        let whose = format!("{}, $bn", seller.name);
        rows.last_day("Execution loss", whose.clone(), 1, "execution_loss", account);
        rows.last_day("Mark on what is kept (+ gain)", whose, 1, "mark_to_market", account);
    }
    rows.any_day("US interest, 12 months", "extra, $bn".to_owned(), 1, "interest_cost", usd.sector("total"));
    rows.last_day("USDJPY", "change, %".to_owned(), 2, "usdjpy_change", Fact::in_unit("pct"));
    let rows = rows.rows;
    let title = "Key figures by camp".to_owned();
    let sub = if context.has_bands {
        "Median; 90% band · error of the median".to_owned()
    } else {
        format!("{}; too few draws for bands", capital(context.quoted_name()))
    };
    let note = input.camps.iter().any(|camp| camp.stress).then(|| {
        "Camp X rests on one study and one parameter: a bound for stress tests, outside the headline.".to_owned()
    });
    Key { figure: context.figure(title, sub, note), rows }
}

struct Rows<'c, 'a> {
    context: &'c Context<'a>,
    rows: Vec<KeyRow>,
}

impl Rows<'_, '_> {
    /// A fact on the key's day, or on the one day the table gives it.
    fn any_day(&mut self, label: &str, unit: String, decimals: usize, measure: &str, key: Fact<'_>) {
        self.add(label, unit, decimals, |facts, camp| {
            let key = key.camp(camp);
            facts.get(measure, key).or_else(|| {
                // A key with a day is about that day alone.
                if key.has_day() { None } else { facts.on_any_day(measure, key).map(|(_, stats)| stats) }
            })
        });
    }

    /// A fact on the last day the table gives it.
    fn last_day(&mut self, label: &str, unit: String, decimals: usize, measure: &str, key: Fact<'_>) {
        self.add(label, unit, decimals, |facts, camp| {
            facts.on_last_day(measure, key.camp(camp)).map(|(_, stats)| stats)
        });
    }

    fn add(&mut self, label: &str, unit: String, decimals: usize, find: impl Fn(&Facts<'_>, &str) -> Option<Stats>) {
        let cells: Vec<KeyCell> = self
            .context
            .input
            .camps
            .iter()
            .filter_map(|camp| cell(camp.letter, &find(&self.context.facts, camp.letter)?, decimals))
            .collect();
        if !cells.is_empty() {
            self.rows.push(KeyRow { label: label.to_owned(), unit, cells });
        }
    }
}

fn cell(letter: &'static str, stats: &Stats, decimals: usize) -> Option<KeyCell> {
    if let Some(found) = stats.band() {
        let range = band(found.p05, found.p95, Some(found.mc_se), decimals);
        return Some(KeyCell { letter, median: fixed(found.p50, decimals), range });
    }
    Some(KeyCell { letter, median: fixed(stats.central?, decimals), range: "central, no band".to_owned() })
}
