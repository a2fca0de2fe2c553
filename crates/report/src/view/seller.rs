//! Section 7: the seller's account per camp, $bn, positive = gain; the same in the seller's own currency.
//!
//! `execution_loss` is positive when money is lost and is turned into a (negative) gain here; `mark_to_market`,
//! `coupons` and the total `holder_pnl` are gains already. Each is shown on the last day the table gives it.

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure};
use crate::facts::{Facts, Key};
use crate::findings;

/// The account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SellerView {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Who.
    pub who: String,
    /// Steps per camp.
    pub panels: Vec<SellerPanel>,
    /// Entries in the seller's own currency.
    pub own_currency: Vec<OwnCurrency>,
}

/// The account in one camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SellerPanel {
    /// The camp.
    pub letter: &'static str,
    /// The steps, the total last.
    pub steps: Vec<Step>,
}

/// One step of the account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// How much, $bn, positive = gain.
    pub band: Band,
    /// Whether it is the total of the steps before.
    pub total: bool,
}

/// An entry in the seller's own currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnCurrency {
    /// The camp.
    pub letter: &'static str,
    /// What it is.
    pub label: String,
    /// How much.
    pub band: Band,
    /// The unit, e.g. `¥bn`.
    pub unit: String,
}

/// Measure, label, whether positive means lost, whether it is the total.
const ENTRIES: [(&str, &str, bool, bool); 4] = [
    ("execution_loss", "Sold too low", true, false),
    ("mark_to_market", "Mark on what it keeps", false, false),
    ("coupons", "Coupons", false, false),
    ("holder_pnl", "Together", false, true),
];

pub(crate) fn view(context: &Context<'_>) -> Option<SellerView> {
    let seller = context.input.seller.as_ref()?;
    let find = |facts: &Facts<'_>, camp: &str, measure: &str, unit: &str| {
        let key = Key::in_unit(unit).camp(camp).sector(&seller.key);
        facts.on_last_day(measure, key)
    };
    let entry = |camp: &str,
                 unit: &str,
                 (measure, label, lost, total): (&str, &str, bool, bool)|
     -> Option<Step> {
        let (day, stats) = find(&context.facts, camp, measure, unit)?;
        let band = stats.band()?;
        let band = if lost { band.negated() } else { band }.rounded();
        let label = match day {
            Some(day) if measure == "mark_to_market" => format!("{label}, day {day}"),
            _ => label.to_owned(),
        };
        Some(Step { label, band, total })
    };
    let panels: Vec<SellerPanel> = context
        .headline()
        .map(|camp| SellerPanel {
            letter: camp.letter,
            steps: ENTRIES
                .into_iter()
                .filter_map(|entry_of| entry(camp.letter, "usd_bn", entry_of))
                .collect(),
        })
        .filter(|panel| !panel.steps.is_empty())
        .collect();
    let own_currency: Vec<OwnCurrency> = context
        .headline()
        .flat_map(|camp| {
            ENTRIES.into_iter().filter_map(move |entry_of| {
                let Step { label, band, .. } = entry(camp.letter, "jpy_bn", entry_of)?;
                Some(OwnCurrency {
                    letter: camp.letter,
                    label,
                    band,
                    unit: "¥bn".to_owned(),
                })
            })
        })
        .collect();
    if panels.is_empty() {
        return None;
    }
    let quoted = |measure: &str| {
        let of = context.in_headline(|facts, camp| {
            find(facts, camp, measure, "usd_bn").map(|(_, stats)| stats)
        });
        of.unwrap_or_default()
    };
    let title = findings::seller::title(
        &seller.name,
        &quoted("execution_loss"),
        &quoted("mark_to_market"),
        context.camps_in_words(),
    );
    let sub = format!(
        "{}’s account, {}: median and 90% band, $bn; losses to the left",
        seller.name, context.input.mode
    );
    let note = (!seller.note.is_empty()).then(|| seller.note.clone());
    Some(SellerView {
        figure: context.figure(title, sub, note),
        who: seller.name.clone(),
        panels,
        own_currency,
    })
}
