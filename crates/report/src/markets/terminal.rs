//! Other markets in a terminal: a table of responses, the windows they come from, the yen around interventions.
//!
//! Kinds of days are explained below the table they stand in; in a narrow terminal columns that can be spared go first.

use brandish_scenario::markets::{MarketStudy, Regime};

use super::words::{
    INTERVENTION_HEAD, RESPONSE_HEAD, intervention_cells, intervention_note, reason,
    response_cells, windows,
};
use crate::format::fixed;
use crate::text::{Column, SummaryStyle, Text, numbers, words};

/// The study as text, lines ended by `\n`.
#[must_use]
pub fn market_text(study: &MarketStudy, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    text.wrapped(
        &format!(
            "brandish · other markets · as of {} · response per +10 bp of the ten-year yield",
            study.as_of
        ),
        2,
    );
    text.line("");
    let rows: Vec<Vec<String>> = study.markets.iter().map(response_cells).collect();
    let [
        market,
        kind,
        response,
        ratio,
        days,
        r_squared,
        without,
        verdict,
    ] = RESPONSE_HEAD;
    text.table(
        &[
            words(market, 0),
            words(kind, 0),
            numbers(response, 0),
            numbers(ratio, 2),
            numbers(days, 1),
            numbers(r_squared, 4),
            numbers(without, 3),
            words(verdict, 0),
        ],
        &rows,
    );
    for studied in &study.markets {
        if let Some(reason) = reason(studied) {
            text.wrapped(
                &format!(
                    "not available: {}, {}: {reason}.",
                    studied.estimate.market.name(),
                    studied.estimate.regime.name()
                ),
                2,
            );
        }
    }
    text.rule();
    for regime in Regime::ALL {
        text.wrapped(&format!("{}: {}.", regime.name(), regime.rule()), 2);
    }
    text.wrapped(
        &format!(
            "stable: {} standard errors from zero and one sign whichever episode is left out. A supply shock is not a growth shock. Days: used of those in the whole record.",
            fixed(study.rules.least_ratio, 0)
        ),
        2,
    );
    if let Some(window) = &study.mortgage {
        text.wrapped(
            &format!(
                "30-year mortgage rate: {} ± {} bp per +10 bp ({} four-week changes, {} to {}; {}).",
                fixed(window.response.per_ten_bp, 1),
                fixed(window.response.standard_error, 1),
                window.periods,
                window.first,
                window.last,
                window.source
            ),
            2,
        );
    }
    let (head, rows) = windows(study);
    if !rows.is_empty() {
        text.rule();
        text.line("Windows, and days of each kind");
        let columns: Vec<Column<'_>> = head
            .iter()
            .enumerate()
            .map(|(place, name)| {
                if place == 0 {
                    words(name, 0)
                } else {
                    numbers(name, u8::from(place < 3))
                }
            })
            .collect();
        text.table(&columns, &rows);
    }
    text.rule();
    text.line("Japan's interventions and the yen");
    if study.interventions.is_empty() {
        text.wrapped("None since 2022 had been published by that day.", 2);
    } else {
        let rows: Vec<Vec<String>> = study.interventions.iter().map(intervention_cells).collect();
        let columns: Vec<Column<'_>> = INTERVENTION_HEAD
            .iter()
            .enumerate()
            .map(|(place, name)| match place {
                0 => words(name, 0),
                3 => numbers(name, 2),
                2 => numbers(name, 1),
                _ => numbers(name, 0),
            })
            .collect();
        text.table(&columns, &rows);
        text.wrapped(&intervention_note(study), 2);
    }
    text.finish()
}
