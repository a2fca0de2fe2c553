//! The sentences of the answer: what a reader who reads nothing else takes away.
//!
//! Every sentence says which numbers it holds: *central* (all parameters at their middle) or *medians* over the draws with their
//! 90% band. The two are different numbers, because worth is not linear in the engine's parameters. A sentence that claims
//! something of all camps is a template behind a guard; where the guard fails the camps are listed.

use brandish_card::{CampCard, Card, DREZNER};

use super::words::{band, headline};
use crate::format::{fixed, list_and, list_or, prose_decimals, span};

fn each(card: &Card, of: &dyn Fn(&CampCard) -> f64) -> Vec<f64> {
    headline(card).into_iter().map(of).collect()
}

/// Numbers of the camps, "a, b or c", with the decimals prose needs.
fn listed(values: &[f64]) -> String {
    list_or(values, prose_decimals(values))
}

/// Letters of the headline camps, "S, C or F".
fn letters(card: &Card) -> String {
    let letters: Vec<String> = headline(card)
        .iter()
        .map(|camp| camp.camp.letter().to_owned())
        .collect();
    match letters.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => letters.join(", "),
    }
}

/// Letters of the headline camps that satisfy something, "C and F".
fn where_it_holds(card: &Card, holds: &dyn Fn(&CampCard) -> bool) -> Vec<String> {
    headline(card)
        .into_iter()
        .filter(|camp| holds(camp))
        .map(|camp| camp.camp.letter().to_owned())
        .collect()
}

/// Which numbers are which.
pub(super) fn which(card: &Card) -> String {
    let draws = headline(card)
        .iter()
        .map(|camp| camp.bands.finished)
        .max()
        .unwrap_or(0);
    let has_bands = headline(card)
        .iter()
        .any(|camp| !camp.bands.bands.is_empty());
    let camps = letters(card);
    if has_bands {
        format!(
            "Numbers of these sentences: all parameters central, in the order of the camps ({camps}). The table below: medians over {draws} draws of the engine with their 90% band, judgements central; a median is not the central value, since worth is not linear in the parameters."
        )
    } else {
        format!(
            "All numbers: all parameters central, in the order of the camps ({camps}); no bands, which take five draws or more."
        )
    }
}

/// The sentences of the answer: lead and text.
pub(super) fn answer(card: &Card) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("Worth.", worth(card)),
        ("Deter or compel.", deter(card)),
        ("Deal.", deal(card)),
    ];
    if let Some(text) = precision(card) {
        lines.push(("Precision.", text));
    }
    lines.push((
        "The market.",
        format!(
            "Before the first word it would put the probability that the card is played at {}.",
            list_or(&each(card, &|camp| camp.standing.implied), 2)
        ),
    ));
    if let Some(text) = outside(card) {
        lines.push(("Outside check.", text));
    }
    lines
}

fn worth(card: &Card) -> String {
    let seller = &card.plan.seller_title;
    let values = each(card, &|camp| camp.standing.value.seller);
    let issuer = each(card, &|camp| camp.standing.value.issuer);
    let worth_it = where_it_holds(card, &|camp| camp.standing.value.seller > 0.0);
    let verdict = if worth_it.is_empty() {
        "it costs more than it wins in every camp".to_owned()
    } else if worth_it.len() == values.len() {
        "it wins more than it costs in every camp".to_owned()
    } else {
        format!("it wins more than it costs only in {}", camps(&worth_it))
    };
    let bands: Vec<String> = headline(card)
        .into_iter()
        .filter_map(|camp| Some((camp, band(camp, "value_seller")?)))
        .map(|(camp, band)| {
            format!(
                "{} {} ({} to {})",
                camp.camp.letter(),
                fixed(band.quantiles[2], 1),
                fixed(band.quantiles[0], 1),
                fixed(band.quantiles[4], 1)
            )
        })
        .collect();
    let medians = if bands.is_empty() {
        String::new()
    } else {
        format!(" Medians and 90% bands: {}.", bands.join(", "))
    };
    format!(
        "To {seller} having the card is worth {} $bn, to the issuer {}, against the same game without it: {verdict}.{medians} Judgements decide this as much as the market does: see what turns.",
        listed(&values),
        listed(&issuer)
    )
}

fn camps(letters: &[String]) -> String {
    let word = if letters.len() == 1 { "camp" } else { "camps" };
    format!("{word} {}", list_and(letters))
}

fn deter(card: &Card) -> String {
    let deter = each(card, &|camp| camp.standing.value.deterred);
    let compel = each(card, &|camp| camp.standing.value.compelled);
    let cost = each(card, &|camp| camp.standing.value.cost);
    let compels = where_it_holds(card, &|camp| {
        camp.standing.value.compelled > camp.standing.value.deterred
    });
    let prior = if compels.len() == deter.len() {
        " Here it compels more than it deters in every camp; scholars expect the reverse of creditors (Drezner 2009)."
            .to_owned()
    } else if compels.is_empty() {
        " Here it deters more than it compels in every camp, as scholars expect of creditors (Drezner 2009)."
            .to_owned()
    } else {
        format!(
            " Here it compels more than it deters in {} only; scholars expect creditors to deter and rarely to compel (Drezner 2009).",
            camps(&compels)
        )
    };
    format!(
        "Escalations that do not happen (deterring) are worth {} $bn, concessions obtained (compelling) {}; playing costs {}.{prior}",
        listed(&deter),
        listed(&compel),
        listed(&cost)
    )
}

fn deal(card: &Card) -> String {
    format!(
        "A deal has probability {} with the card and {} without it; a sale {}.",
        list_or(&each(card, &|camp| camp.standing.reading.deal), 2),
        list_or(&each(card, &|camp| camp.standing.without.deal), 2),
        list_or(&each(card, &|camp| camp.standing.reading.sale), 2)
    )
}

/// Deals that move by as much as this over the sweep depend on how rational the players are taken to be.
const WIDE: f64 = 0.1;

/// How far the answer moves with lambda, where that is far.
fn precision(card: &Card) -> Option<String> {
    let sweeps: Vec<(&str, Vec<f64>, &[f64])> = headline(card)
        .into_iter()
        .filter_map(|camp| {
            let found = &camp.parts.as_ref()?.precision;
            let deals: Vec<f64> = found.sweep.iter().map(|point| point.deal).collect();
            Some((camp.camp.letter(), deals, found.worth.as_slice()))
        })
        .collect();
    let lambdas = &card.settings.sweep;
    let (least, most) = (lambdas.first()?, lambdas.last()?);
    let is_wide = sweeps.iter().any(|(_, deals, _)| {
        let low = deals.iter().copied().fold(f64::INFINITY, f64::min);
        let high = deals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        high - low > WIDE
    });
    if !is_wide {
        return None;
    }
    let ranges: Vec<String> = sweeps
        .iter()
        .map(|(letter, deals, worth)| {
            let mut text = format!("{letter} deal {}", span(deals, 2));
            if !worth.is_empty() {
                text.push_str(&format!(", worth {} $bn", span(worth, 1)));
            }
            text
        })
        .collect();
    Some(format!(
        "How rational the players are taken to be decides as much: lambda is a judgement, {} here, and from {least} to {most} the answer ranges over: {}.",
        card.settings.lambda,
        ranges.join("; ")
    ))
}

fn outside(card: &Card) -> Option<String> {
    let only: Vec<f64> = headline(card)
        .into_iter()
        .filter_map(|camp| camp.standing.reading.deal_if_threat_only)
        .collect();
    let sold: Vec<f64> = headline(card)
        .into_iter()
        .filter_map(|camp| camp.standing.reading.deal_if_sold)
        .collect();
    if only.is_empty() {
        return None;
    }
    let [threats, sanctions] = DREZNER;
    let share = |(won, all): (u32, u32)| fixed(f64::from(won) / f64::from(all), 2);
    let here = if sold.is_empty() {
        String::new()
    } else {
        format!(
            ", threats that came to a sale with probability {}",
            list_or(&sold, 2)
        )
    };
    Some(format!(
        "Threats that ended without a sale win a deal here with probability {}{here}. In 86 cases of economic coercion (Drezner 2003) threats that ended before sanctions won concessions in {} of {} ({}), those that came to sanctions in {} of {} ({}).",
        list_or(&only, 2),
        threats.0,
        threats.1,
        share(threats),
        sanctions.0,
        sanctions.1,
        share(sanctions)
    ))
}

/// The record of April to July 2025 in a sentence: not in a run's report, whose day may lie before it was published.
pub(super) fn record(card: &Card) -> Option<String> {
    let records: Vec<_> = headline(card)
        .into_iter()
        .filter_map(|camp| Some(&camp.parts.as_ref()?.record))
        .collect();
    if records.is_empty() {
        return None;
    }
    let list = |of: &dyn Fn(&brandish_card::Record) -> f64, decimals| {
        let values: Vec<f64> = records.iter().map(|record| of(record)).collect();
        list_or(&values, decimals)
    };
    Some(format!(
        "In April a pause has probability {} after a spike in yields and {} without one. What happened until 22 July is {} times as likely here as in the game without a card and {} times as likely as with even play: one history, compared and not estimated.",
        list(&|record| record.reply.pause_after_spike, 2),
        list(&|record| record.reply.pause_after_calm, 2),
        list(&|record| record.times_without_card(), 1),
        list(&|record| record.times_even(), 1)
    ))
}
