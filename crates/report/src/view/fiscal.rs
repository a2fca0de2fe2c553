//! Section 8, second figure: the taxpayer's bill by fiscal year, gross in the chart, its parts and net in the table.
//!
//! The `sector` column of `fiscal_interest_*` holds the fiscal year (`2025`), or `total`. A part that the run does not have (no
//! budget baseline, no holdings of the Fed) is missing here too, and a note of the run says why.

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure, drawn};
use crate::facts::Key;
use crate::findings;

/// The bill of ten fiscal years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiscalBill {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// The fiscal years, in order.
    pub years: Vec<String>,
    /// One panel per headline camp: gross by year; empty where gross is not available.
    pub panels: Vec<FiscalPanel>,
    /// Every line of the bill by camp, parts first.
    pub lines: Vec<FiscalLine>,
    /// Net interest of the baseline in the days that count, $bn by year; empty without a baseline.
    pub baseline_usd_bn: Vec<f64>,
    /// What must be said with it, in sentences.
    pub notes: Vec<String>,
}

/// Gross in one camp, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiscalPanel {
    /// The camp.
    pub letter: &'static str,
    /// A band per year.
    pub bands: Vec<Band>,
    /// All years together.
    pub total: Band,
    /// The same net of what the Fed gets back, where it is known.
    pub net: Option<Band>,
    /// Gross of all years in percent of the baseline's net interest.
    pub of_baseline_pct: Option<Band>,
}

/// A line of the bill in one camp, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiscalLine {
    /// The camp.
    pub letter: &'static str,
    /// What it is.
    pub label: &'static str,
    /// A band per year.
    pub bands: Vec<Band>,
    /// All years together.
    pub total: Band,
}

const TOTAL: &str = "total";
const GROSS: &str = "fiscal_interest_gross";
const NET_OF_FED: &str = "fiscal_interest_net_of_fed";
const NET: &str = "fiscal_interest_net";
/// Lines in the order of the table.
const LINES: [(&str, &str); 9] = [
    ("fiscal_interest_rollover", "bills, notes, bonds refinanced"),
    ("fiscal_interest_tips", "TIPS refinanced"),
    ("fiscal_interest_frn", "FRN resets"),
    ("fiscal_interest_new_borrowing", "new borrowing"),
    ("fiscal_interest_switch", "bills for coupons, buybacks"),
    ("fiscal_interest_on_interest", "interest on extra interest"),
    (GROSS, "gross"),
    (NET_OF_FED, "net of the Fed"),
    (NET, "net of the Fed and government accounts"),
];

pub(crate) fn view(context: &Context<'_>) -> Option<FiscalBill> {
    let first = context.headline().next().map_or("", |camp| camp.letter);
    let mut years: Vec<&str> = context
        .facts
        .sectors(LINES[0].0, first)
        .into_iter()
        .filter(|year| *year != TOTAL)
        .collect();
    years.sort_unstable();
    if years.is_empty() {
        return None;
    }
    let usd = Key::in_unit("usd_bn");
    let band = |measure: &str, key: Key<'_>| {
        let (_, stats) = context.facts.on_any_day(measure, key)?;
        stats.band().map(Band::rounded)
    };
    let by_year = |measure: &str, letter: &'static str| -> Option<(Vec<Band>, Band)> {
        let bands: Option<Vec<Band>> = years
            .iter()
            .map(|year| band(measure, usd.camp(letter).sector(year)))
            .collect();
        Some((bands?, band(measure, usd.camp(letter).sector(TOTAL))?))
    };
    let mut lines = Vec::new();
    let mut panels = Vec::new();
    for camp in context.headline() {
        for (measure, label) in LINES {
            if let Some((bands, total)) = by_year(measure, camp.letter) {
                lines.push(FiscalLine {
                    letter: camp.letter,
                    label,
                    bands,
                    total,
                });
            }
        }
        if let Some((bands, total)) = by_year(GROSS, camp.letter) {
            panels.push(FiscalPanel {
                letter: camp.letter,
                bands,
                total,
                net: band(NET_OF_FED, usd.camp(camp.letter).sector(TOTAL)),
                of_baseline_pct: band(
                    "fiscal_interest_gross_pct",
                    Key::in_unit("pct").camp(camp.letter).sector(TOTAL),
                ),
            });
        }
    }
    let baseline: Option<Vec<f64>> = years
        .iter()
        .map(|year| {
            let key = usd.sector(year);
            let (_, stats) = context
                .facts
                .on_any_day("fiscal_net_interest_baseline", key)?;
            stats.central.map(drawn)
        })
        .collect();
    let totals = context.in_headline(|facts, camp| {
        facts
            .on_any_day(GROSS, usd.camp(camp).sector(TOTAL))
            .map(|(_, stats)| stats)
    });
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) => format!("{first}-{last}"),
        _ => String::new(),
    };
    let title = findings::taxpayer::fiscal_title(
        &totals.unwrap_or_default(),
        &span,
        context.camps_in_words(),
    );
    let sub = "Extra interest by fiscal year, gross: median and 90% band, $bn".to_owned();
    let note = "Fiscal years end on 30 September; of the first only the days that are left count. Refinancing, resets of floating-rate notes, new borrowing of the budget baseline, and interest on the extra interest.".to_owned();
    Some(FiscalBill {
        figure: context.figure(title, sub, Some(note)),
        years: years.iter().map(|year| (*year).to_owned()).collect(),
        panels,
        lines,
        baseline_usd_bn: baseline.unwrap_or_default(),
        notes: context.input.taxpayer.clone(),
    })
}
