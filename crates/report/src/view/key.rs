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
use crate::format::{band, compact, fixed};

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
    /// Label and unit in at most twenty letters, for a terminal.
    #[serde(skip)]
    pub short: String,
    /// Whether this is the headline: the ten-year peak of this run.
    #[serde(skip)]
    pub headline: bool,
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
    /// Median and 90% band in at most twenty letters, for a terminal.
    #[serde(skip)]
    pub compact: String,
}

pub(crate) fn view(context: &Context<'_>) -> Key {
    let input = context.input;
    let mode = input.mode.as_str();
    let day = context.curve_day();
    let bp = |tenor| Fact::in_unit("bp").tenor(tenor);
    let ten = bp(Tenor::Y10);
    let mut rows = Rows {
        context,
        rows: Vec::new(),
    };
    let changes = |label: &str, circumstances: &str, short: String| Label {
        label: label.to_owned(),
        unit: if circumstances.is_empty() {
            "bp".to_owned()
        } else {
            format!("{circumstances}, bp")
        },
        short,
        decimals: 1,
    };
    rows.any_day(
        changes("10Y, first day", mode, "10Y day 1, bp".to_owned()),
        "yield_change_day1",
        ten,
    );
    rows.any_day(
        changes("10Y, peak", mode, "10Y peak, bp".to_owned()),
        "yield_change_peak",
        ten,
    );
    if let Some(row) = rows.rows.last_mut().filter(|row| row.label == "10Y, peak") {
        row.headline = true;
    }
    if let Some(other) = &input.other_mode {
        let label = changes("10Y, peak", other, format!("  if {other}"));
        rows.any_day(label, "yield_change_peak_other_mode", ten);
    }
    for tenor in [Tenor::Y2, Tenor::Y10, Tenor::Y30] {
        let tenor_name = crate::format::tenor_label(tenor);
        let label = changes(
            &format!("{tenor_name}, day {day}"),
            mode,
            format!("{tenor_name} day {day}, bp"),
        );
        rows.any_day(label, "yield_change", bp(tenor).day(day));
    }
    rows.any_day(
        changes("10Y, long run", "", "10Y long run, bp".to_owned()),
        "yield_change_long_run",
        ten,
    );
    let usd = Fact::in_unit("usd_bn");
    let label = |label: &str, unit: &str, short: &str, decimals| Label {
        label: label.to_owned(),
        unit: unit.to_owned(),
        short: short.to_owned(),
        decimals,
    };
    if let Some(end) = input.sale_end_day {
        let name = format!("Specialists’ holdings, day {end}");
        rows.any_day(
            label(&name, "market value, $bn", "Specialists, $bn", 1),
            "inventory",
            usd.day(end),
        );
    }
    let ratio = Fact::in_unit("ratio");
    rows.any_day(
        label(
            "Specialists’ utilization, peak",
            "ratio",
            "Utilization, peak",
            2,
        ),
        "utilization_peak",
        ratio,
    );
    if let Some(seller) = &input.seller {
        let account = usd.sector(&seller.key);
        let whose = format!("{}, $bn", seller.name);
        rows.last_day(
            label("Execution loss", &whose, "Execution loss, $bn", 1),
            "execution_loss",
            account,
        );
        rows.last_day(
            label(
                "Mark on what is kept (+ gain)",
                &whose,
                "Mark on rest, $bn",
                1,
            ),
            "mark_to_market",
            account,
        );
    }
    let interest = label(
        "US interest, 12 months",
        "extra, $bn",
        "US interest, $bn",
        1,
    );
    rows.any_day(interest, "interest_cost", usd.sector("total"));
    let fiscal = label(
        "US interest, ten fiscal years",
        "extra, gross, $bn",
        "  10 fiscal years",
        0,
    );
    rows.any_day(fiscal, "fiscal_interest_gross", usd.sector("total"));
    let net = label(
        "US interest, ten fiscal years",
        "extra, net of the Fed, $bn",
        "  net of the Fed",
        0,
    );
    rows.any_day(net, "fiscal_interest_net_of_fed", usd.sector("total"));
    let usdjpy = label(&format!("USDJPY, day {day}"), "change, %", "USDJPY, %", 1);
    rows.any_day(usdjpy, "usdjpy_change", Fact::in_unit("pct").day(day));
    let rows = rows.rows;
    let title = "Key figures by camp".to_owned();
    let sub = if context.has_bands {
        "Median; 90% band · error of the median".to_owned()
    } else {
        format!(
            "{}; too few draws for bands",
            capital(context.quoted_name())
        )
    };
    let note = input.camps.iter().any(|camp| camp.stress).then(|| {
        "Camp X rests on one study and one parameter: a bound for stress tests, outside the headline.".to_owned()
    });
    Key {
        figure: context.figure(title, sub, note),
        rows,
    }
}

/// How a row is called and printed.
struct Label {
    label: String,
    unit: String,
    short: String,
    decimals: usize,
}

struct Rows<'c, 'a> {
    context: &'c Context<'a>,
    rows: Vec<KeyRow>,
}

impl Rows<'_, '_> {
    /// A fact on the key's day, or on the one day the table gives it.
    fn any_day(&mut self, label: Label, measure: &str, key: Fact<'_>) {
        self.add(label, |facts, camp| {
            let key = key.camp(camp);
            facts.get(measure, key).or_else(|| {
                // A key with a day is about that day alone.
                if key.has_day() {
                    None
                } else {
                    facts.on_any_day(measure, key).map(|(_, stats)| stats)
                }
            })
        });
    }

    /// A fact on the last day the table gives it.
    fn last_day(&mut self, label: Label, measure: &str, key: Fact<'_>) {
        self.add(label, |facts, camp| {
            facts
                .on_last_day(measure, key.camp(camp))
                .map(|(_, stats)| stats)
        });
    }

    fn add(&mut self, label: Label, find: impl Fn(&Facts<'_>, &str) -> Option<Stats>) {
        let Label {
            label,
            unit,
            short,
            decimals,
        } = label;
        let cells: Vec<KeyCell> = self
            .context
            .input
            .camps
            .iter()
            .filter_map(|camp| {
                cell(
                    camp.letter,
                    &find(&self.context.facts, camp.letter)?,
                    decimals,
                )
            })
            .collect();
        if !cells.is_empty() {
            self.rows.push(KeyRow {
                label,
                unit,
                short,
                headline: false,
                cells,
            });
        }
    }
}

fn cell(letter: &'static str, stats: &Stats, decimals: usize) -> Option<KeyCell> {
    if let Some(found) = stats.band() {
        let median = fixed(found.p50, decimals);
        let compact = compact(&found, decimals);
        let range = band(found.p05, found.p95, Some(found.mc_se), decimals);
        return Some(KeyCell {
            letter,
            median,
            range,
            compact,
        });
    }
    let median = fixed(stats.central?, decimals);
    let compact = format!("{median} (central)");
    Some(KeyCell {
        letter,
        median,
        range: "central, no band".to_owned(),
        compact,
    })
}
