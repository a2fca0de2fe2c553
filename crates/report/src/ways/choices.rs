//! The lower half of the text: what else raises the dollars, what the dollars do, what is left of the reserves.
//!
//! Each block leads with a sentence that its rows back; where a figure is not available its reason stands in its place.
//! What moves the curve in its own way has rows of its own, the rest a sentence.

use brandish_scenario::ways::{
    Alternative, AlternativeEffect, AlternativeKind, Destination, Reserves, Ways,
};

use super::terminal::{bn, heading};
use super::{alternative_words, days_words};
use crate::format::{fixed, signed, tenor_label};
use crate::text::{Text, numbers, words};

pub(super) fn alternatives(text: &mut Text, ways: &Ways) {
    heading(
        text,
        &format!(
            "4 Against the alternatives. Dollars within {}, what they cost over it beyond the yield that a sold dollar gives up, execution loss and ten-year peak by camp (central).",
            days_words(ways.horizon_days)
        ),
    );
    let camps: Vec<&str> = ways
        .camps
        .iter()
        .filter(|camp| !camp.stress)
        .map(|camp| camp.camp.letter())
        .collect();
    let loss = format!("loss {}", camps.join("/"));
    let peak = format!("10Y bp {}", camps.join("/"));
    let columns = [
        words("way", 0),
        numbers("$bn", 0),
        numbers("day", 2),
        numbers("carry", 0),
        numbers(&loss, 0),
        numbers(&peak, 1),
    ];
    let rows: Vec<Vec<String>> = ways
        .alternatives
        .iter()
        .map(|alternative| alternative_row(ways, alternative))
        .collect();
    text.table(&columns, &rows);
    let partly = ways
        .alternatives
        .iter()
        .any(|alternative| alternative.kind == AlternativeKind::RepoThenSale);
    for alternative in &ways.alternatives {
        // Both rows of the facility have the same figures; they are said once.
        let said = partly && alternative.kind == AlternativeKind::Repo;
        let pays: Vec<String> = alternative
            .by_camp
            .iter()
            .filter(|_| !said)
            .filter_map(|effect| {
                let days = effect.pays_for_days?;
                Some(format!("{} {}", effect.camp.letter(), fixed(days, 0)))
            })
            .collect();
        let pays = if pays.is_empty() {
            String::new()
        } else {
            format!(
                "; the loan costs as much as the loss it avoids after, business days: {}",
                pays.join(", ")
            )
        };
        text.wrapped(
            &format!(
                "{}: {}{pays}.",
                alternative_words(alternative.kind),
                alternative.note
            ),
            4,
        );
    }
    let run_off: Vec<String> = ways
        .run_off
        .iter()
        .map(|row| {
            format!(
                "{} {} and {}",
                days_words(row.day),
                fixed(row.bills.bn(), 1),
                fixed(row.coupons.bn(), 1)
            )
        })
        .collect();
    text.wrapped(
        &format!(
            "Maturing by then, inferred, $bn of bills and of notes, bonds, TIPS, FRNs: {}.",
            run_off.join("; ")
        ),
        4,
    );
}

fn alternative_row(ways: &Ways, alternative: &Alternative) -> Vec<String> {
    let headline = |of: &dyn Fn(&AlternativeEffect) -> String| {
        alternative
            .by_camp
            .iter()
            .filter(|effect| {
                ways.camps
                    .iter()
                    .any(|camp| camp.camp == effect.camp && !camp.stress)
            })
            .map(of)
            .collect::<Vec<_>>()
            .join("/")
    };
    vec![
        alternative_words(alternative.kind).to_owned(),
        alternative
            .available
            .map_or_else(|| "?".to_owned(), |amount| fixed(amount.bn(), 1)),
        alternative
            .days
            .map_or_else(String::new, |days| days.to_string()),
        alternative
            .carry
            .map_or_else(|| "?".to_owned(), |carry| signed(carry.bn(), 2)),
        headline(&|effect| bn(effect.execution_loss.central.bn())),
        headline(&|effect| fixed(effect.ten_year_peak.0, 1)),
    ]
}

pub(super) fn proceeds(text: &mut Text, ways: &Ways) {
    heading(
        text,
        "5 What the dollars do. Peaks in bp by destination of all proceeds (central), and what that is beyond deposits, with the 90% band of the paired draws.",
    );
    let tenors: Vec<String> = ways.proceeds.first().map_or_else(Vec::new, |effect| {
        effect
            .peaks
            .iter()
            .map(|peak| tenor_label(peak.tenor))
            .collect()
    });
    let mut columns = vec![words("to", 0), words("camp", 0)];
    columns.extend(tenors.iter().map(|tenor| numbers(tenor, 0)));
    let beyond = format!("{} beyond deposits", tenors.join("/"));
    columns.push(numbers(&beyond, 1));
    let last = tenors.last().map_or("", String::as_str);
    let band = format!("{last} band");
    columns.push(numbers(&band, 2));
    // Only what moves the curve in its own way has rows of its own.
    let rows: Vec<Vec<String>> = ways
        .proceeds
        .iter()
        .filter(|effect| {
            matches!(
                effect.destination,
                Destination::Deposits | Destination::Bills
            )
        })
        .map(|effect| {
            let mut row = vec![
                effect.destination.name().to_owned(),
                effect.camp.letter().to_owned(),
            ];
            row.extend(
                effect
                    .peaks
                    .iter()
                    .map(|peak| signed(peak.peak.central.0, 1)),
            );
            let moved = effect.destination == Destination::Bills;
            row.push(if moved {
                effect
                    .peaks
                    .iter()
                    .map(|peak| signed(peak.beyond_deposits.central.0, 1))
                    .collect::<Vec<_>>()
                    .join("/")
            } else {
                String::new()
            });
            row.push(
                match effect
                    .peaks
                    .last()
                    .and_then(|peak| peak.beyond_deposits.band)
                {
                    Some([low, _, high]) if moved => {
                        format!("{} to {}", signed(low.0, 1), signed(high.0, 1))
                    }
                    _ => String::new(),
                },
            );
            row
        })
        .collect();
    text.table(&columns, &rows);
    let yen = ways
        .proceeds
        .iter()
        .find(|effect| effect.destination == Destination::Yen)
        .map_or_else(String::new, |effect| {
            format!(
                " All of it sold for yen moves USDJPY by {}% at most.",
                signed(effect.usdjpy_pct, 1)
            )
        });
    text.wrapped(
        &format!(
            "Yen, gold and euro leave the curve where deposits do: who gets those dollars, and whether he buys Treasuries, is not known.{yen}"
        ),
        2,
    );
}

pub(super) fn reserves(text: &mut Text, ways: &Ways) {
    match &ways.reserves {
        Err(reason) => heading(
            text,
            &format!("6 Reserves after the sale. Not available: {reason}."),
        ),
        Ok(found) => reserves_found(text, ways, found),
    }
}

fn reserves_found(text: &mut Text, ways: &Ways, found: &Reserves) {
    heading(
        text,
        &format!(
            "6 Reserves after the sale, as written, at day {}. ${}bn before ({}, {}). Dollars kept, or turned into gold or another reserve currency, stay reserves; those sold for the own currency do not.",
            ways.horizon_days,
            fixed(found.before.bn(), 1),
            found.source,
            found.date
        ),
    );
    let metric = found.adequacy.is_some();
    let mut columns = vec![
        words("camp", 0),
        numbers("kept $bn", 0),
        numbers("sold for own currency $bn", 0),
    ];
    if metric {
        columns.push(numbers("kept % of metric", 0));
        columns.push(numbers("sold % of metric", 0));
    }
    let rows: Vec<Vec<String>> = found
        .after
        .iter()
        .map(|after| {
            let mut row = vec![
                after.camp.letter().to_owned(),
                fixed(after.kept.bn(), 1),
                fixed(after.spent.bn(), 1),
            ];
            if let Some((_, kept, spent)) = found.adequacy.as_ref().and_then(|adequacy| {
                adequacy
                    .after
                    .iter()
                    .find(|(camp, _, _)| *camp == after.camp)
            }) {
                row.push(fixed(100.0 * kept, 0));
                row.push(fixed(100.0 * spent, 0));
            }
            row
        })
        .collect();
    text.table(&columns, &rows);
    match &found.adequacy {
        Some(adequacy) => {
            let months = adequacy.months_of_imports.map_or_else(String::new, |months| {
                format!("; {} months of imports before", fixed(months, 1))
            });
            let gdp = adequacy.of_gdp.map_or_else(String::new, |share| {
                format!("; {}% of GDP before", fixed(100.0 * share, 0))
            });
            text.wrapped(
                &format!(
                    "IMF metric (weights for {} rates): ${}bn; before the sale {}% of it; adequate is {} to {}%{months}{gdp}. Inputs: {}. The metric is made for emerging markets; for the issuer of a reserve currency it is a yardstick.",
                    adequacy.regime.word(),
                    fixed(adequacy.metric.bn(), 1),
                    fixed(100.0 * adequacy.before, 0),
                    fixed(100.0 * adequacy.adequate.0, 0),
                    fixed(100.0 * adequacy.adequate.1, 0),
                    adequacy.source
                ),
                2,
            );
        }
        None => text.wrapped(
            "Against the IMF's adequacy metric: not available: needs exports, broad money, short-term external debt and other liabilities, which are not in the snapshot; pass --adequacy FILE.",
            2,
        ),
    }
}
