//! Section 7: the seller's account per camp, $bn, positive = gain; the same in the seller's own currency.
//!
//! `execution_loss` is positive when money is lost and is turned into a (negative) gain here; `mark_to_market` and the total
//! `holder_pnl` are gains already. Each is shown on the last day the table gives it. What stands beside the account and is no step of it:
//! opening and closing value, dollars received, coupons (interest is contained in prices at the as-of settlement).

use serde::Serialize;

use super::context::Context;
use super::parts::{Band, Figure};
use crate::facts::{Facts, Key};
use crate::findings;
use crate::format::usd_bn;

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
    /// What stands beside the steps: closing value, dollars received, coupons.
    pub beside: Vec<Beside>,
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

/// What stands beside the account in one camp.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    /// The camp.
    pub letter: &'static str,
    /// What it is.
    pub label: String,
    /// How much, $bn.
    pub band: Band,
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
const ENTRIES: [(&str, &str, bool, bool); 3] = [
    ("execution_loss", "Sold too low", true, false),
    ("mark_to_market", "Mark on what it keeps", false, false),
    ("holder_pnl", "Together", false, true),
];

/// What is no step of the account.
const BESIDE: [(&str, &str, bool, bool); 3] = [
    ("closing_value", "Closing value", false, false),
    ("proceeds", "Dollars received", false, false),
    ("coupons", "Coupons received", false, false),
];

/// Own currencies: unit in the table, unit in print.
const OWN: [(&str, &str); 2] = [("jpy_bn", "¥bn"), ("eur_bn", "€bn")];

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
        .flat_map(|camp| OWN.map(|own| (camp.letter, own)))
        .flat_map(|(letter, (unit, printed))| {
            ENTRIES
                .into_iter()
                .chain(BESIDE)
                .filter_map(move |entry_of| {
                    let Step { label, band, .. } = entry(letter, unit, entry_of)?;
                    Some(OwnCurrency {
                        letter,
                        label,
                        band,
                        unit: printed.to_owned(),
                    })
                })
        })
        .collect();
    let beside: Vec<Beside> = context
        .headline()
        .flat_map(|camp| {
            BESIDE.into_iter().filter_map(move |entry_of| {
                let Step { label, band, .. } = entry(camp.letter, "usd_bn", entry_of)?;
                Some(Beside {
                    letter: camp.letter,
                    label,
                    band,
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
    let opening = context
        .facts
        .on_any_day("opening_value", Key::in_unit("usd_bn").sector(&seller.key))
        .and_then(|(_, stats)| stats.central)
        .map(|value| {
            format!(
                "The account starts with {}; closing value, dollars received and coupons stand in the table.",
                usd_bn(value)
            )
        });
    let notes: Vec<String> = [Some(seller.note.clone()), opening]
        .into_iter()
        .flatten()
        .filter(|note| !note.is_empty())
        .collect();
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    Some(SellerView {
        figure: context.figure(title, sub, note),
        who: seller.name.clone(),
        panels,
        beside,
        own_currency,
    })
}
