//! The summary in a terminal: the answer first, then the camps side by side, who buys, and what to be wary of.
//!
//! It prints the same words and numbers as the page, because it reads the same views. It fits 80 columns with three
//! camps beside each other; narrower than that a figure becomes a label line and its numbers below. The stress camp
//! stands apart. `plain` replaces every sign outside ASCII.

use crate::format::{band, compact, error_of_median, fixed};
use crate::text::{SummaryStyle, Text, clean, left, right};
use crate::view::{KeyCell, Report};

/// Width of a label and of a camp's column where they stand side by side: three camps fill 80 columns.
const LABEL: usize = 20;
const CELL: usize = 20;
/// Width of a holder's name, and of its number on one day.
const HOLDER: usize = 20;
const HELD: usize = 20;
/// Holders whose accounts are listed beside those that the scenario names.
const LOSERS: usize = 4;

/// The summary of a run, lines ended by `\n`.
#[must_use]
pub fn summary(report: &Report, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    head(&mut text, report);
    answer(&mut text, report);
    text.rule();
    camps(&mut text, report);
    stress(&mut text, report);
    buyers(&mut text, report);
    accounts(&mut text, report);
    text.rule();
    notes(&mut text, report);
    text.finish()
}

/// Text cut to a width.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('.');
    short
}

fn head(text: &mut Text, report: &Report) {
    let head = &report.head;
    let name = format!(
        "brandish · {} · as of {} · run {}",
        head.scenario, head.as_of, head.run_id
    );
    let room = text.width.saturating_sub(name.chars().count());
    if head.disclaimer.chars().count() + 2 <= room {
        text.line(&format!("{name}{}", right(head.disclaimer, room)));
    } else {
        text.wrapped(&name, 2);
        text.line(head.disclaimer);
    }
    text.wrapped(&head.title, 0);
    text.line("");
}

fn answer(text: &mut Text, report: &Report) {
    for (line, number) in report.answer.lines.iter().zip(1..) {
        text.wrapped(&format!("{number} {} {}", line.lead, line.text), 2);
    }
}

/// The number and the error of the median; the 90% band on its own.
fn parts(cell: &KeyCell) -> (String, String) {
    match cell.range.split_once(" · ") {
        Some((range, error)) => (format!("{} {error}", cell.median), range.to_owned()),
        None => (cell.median.clone(), cell.range.clone()),
    }
}

fn camps(text: &mut Text, report: &Report) {
    let letters: Vec<&str> = report
        .camps
        .iter()
        .filter(|camp| !camp.stress)
        .map(|camp| camp.letter)
        .collect();
    if report.key.rows.is_empty() || letters.is_empty() {
        text.wrapped("No key figures in this run.", 0);
        return;
    }
    let headline = report.camps.iter().filter(|camp| !camp.stress);
    let names: Vec<String> = headline
        .map(|camp| format!("{} {}", camp.letter, camp.name))
        .collect();
    text.wrapped(&format!("Camps: {}.", names.join("; ")), 2);
    if text.width >= LABEL + letters.len() * CELL {
        side_by_side(text, report, &letters);
    } else {
        below_each_other(text, report, &letters);
    }
}

/// A line per figure: label, then median and 90% band of each camp.
fn side_by_side(text: &mut Text, report: &Report, letters: &[&str]) {
    let plain = text.plain;
    let row = |label: &str, cells: &[String]| {
        let cells: String = cells
            .iter()
            .map(|cell| right(&cut(&clean(cell, plain), CELL - 1), CELL))
            .collect();
        format!("{}{cells}", left(&cut(label, LABEL), LABEL))
    };
    let heads: Vec<String> = letters.iter().map(|letter| (*letter).to_owned()).collect();
    text.line(&row("Median (90% band)", &heads));
    for figure in &report.key.rows {
        let found = |letter: &&str| figure.cells.iter().find(|cell| cell.letter == *letter);
        let cells: Vec<String> = letters
            .iter()
            .map(|letter| found(letter).map_or_else(|| "–".to_owned(), |cell| cell.compact.clone()))
            .collect();
        text.line(&row(&figure.short, &cells));
        if figure.headline {
            let halves: Vec<String> = letters
                .iter()
                .map(|letter| half_band(report, letter))
                .collect();
            let errors: Vec<String> = letters.iter().map(|letter| error(report, letter)).collect();
            if halves.iter().any(|half| !half.is_empty()) {
                text.line(&row("  50% band", &halves));
                text.line(&row("  error of median", &errors));
            }
        }
    }
}

/// A label line per figure, then a line of medians and a line of bands.
fn below_each_other(text: &mut Text, report: &Report, letters: &[&str]) {
    let width = text.width / letters.len();
    let plain = text.plain;
    let row = |cells: &[String]| -> String {
        cells
            .iter()
            .map(|cell| right(&cut(&clean(cell, plain), width - 1), width))
            .collect()
    };
    let heads: Vec<String> = letters.iter().map(|letter| (*letter).to_owned()).collect();
    text.wrapped("Median ± its error, 90% band below", 2);
    text.line(&row(&heads));
    for figure in &report.key.rows {
        let cells = letters.iter().map(|letter| {
            let found = figure.cells.iter().find(|cell| cell.letter == *letter);
            found.map_or_else(|| ("–".to_owned(), String::new()), parts)
        });
        let (numbers, ranges): (Vec<String>, Vec<String>) = cells.unzip();
        text.wrapped(&format!("{}, {}", figure.label, figure.unit), 2);
        text.line(&row(&numbers));
        text.line(&row(&ranges));
        let halves: Vec<String> = letters
            .iter()
            .map(|letter| half_band(report, letter))
            .collect();
        if figure.headline && halves.iter().any(|half| !half.is_empty()) {
            text.line("  50% band of it");
            text.line(&row(&halves));
        }
    }
}

fn error(report: &Report, letter: &str) -> String {
    let found = report
        .answer
        .range
        .camps
        .iter()
        .find(|camp| camp.letter == letter);
    found.map_or_else(String::new, |camp| error_of_median(camp.band.mc_se, 1))
}

fn half_band(report: &Report, letter: &str) -> String {
    let found = report
        .answer
        .range
        .camps
        .iter()
        .find(|camp| camp.letter == letter);
    found.map_or_else(String::new, |camp| {
        band(camp.band.p25, camp.band.p75, None, 1)
    })
}

fn stress(text: &mut Text, report: &Report) {
    for camp in report.camps.iter().filter(|camp| camp.stress) {
        let figures: Vec<String> = report
            .key
            .rows
            .iter()
            .filter(|row| row.label.starts_with("10Y, ") && !row.label.starts_with("10Y, day"))
            .filter_map(|row| {
                let cell = row.cells.iter().find(|cell| cell.letter == camp.letter)?;
                let (number, range) = parts(cell);
                Some(format!("{} ({}) {number} ({range})", row.label, row.unit))
            })
            .collect();
        if !figures.is_empty() {
            text.wrapped(
                &format!(
                    "Stress bound {}, outside the headline: {}.",
                    camp.letter,
                    figures.join("; ")
                ),
                2,
            );
        }
    }
}

fn buyers(text: &mut Text, report: &Report) {
    let buyers = &report.buyers;
    let mut days: Vec<u32> = buyers.table.iter().map(|row| row.day).collect();
    days.sort_unstable();
    days.dedup();
    let room = (text.width.saturating_sub(HOLDER) / HELD).max(1);
    // The first and the last day matter most when not all fit.
    while days.len() > room && days.len() > 1 {
        days.remove(days.len() / 2);
    }
    if days.is_empty() {
        return;
    }
    text.rule();
    let subject = match report.sale_end_day {
        Some(_) => "Who holds what was sold",
        None => "Changes in holdings",
    };
    text.wrapped(
        &format!(
            "{subject}, camp {}, $bn of market value: median (90% band)",
            buyers.camp
        ),
        2,
    );
    let heads: String = days
        .iter()
        .map(|day| right(&format!("day {day}"), HELD))
        .collect();
    text.line(&format!("{}{heads}", left("", HOLDER)));
    for holder in buyers.sectors.iter().rev() {
        let cells: Vec<String> = days
            .iter()
            .map(|day| {
                let found = buyers
                    .table
                    .iter()
                    .find(|row| row.day == *day && row.sector == holder.name);
                found.map_or_else(String::new, |row| compact(&row.face, 1))
            })
            .collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let cells: String = cells
                .iter()
                .map(|cell| right(&clean(cell, text.plain), HELD))
                .collect();
            text.line(&format!(
                "{}{cells}",
                left(&cut(&holder.name, HOLDER - 1), HOLDER)
            ));
        }
    }
    text.wrapped(&buyers.sum_note, 2);
}

/// Who loses most: the holders that the scenario names and the largest others, by camp.
fn accounts(text: &mut Text, report: &Report) {
    let Some(accounts) = &report.accounts else {
        return;
    };
    text.rule();
    text.wrapped(
        &format!(
            "{}: day {}, $bn, median (90% band)",
            accounts.figure.title, accounts.day
        ),
        2,
    );
    let Some(first) = accounts.panels.first() else {
        return;
    };
    if text.width < HOLDER + accounts.panels.len() * HELD {
        return;
    }
    let heads: String = accounts
        .panels
        .iter()
        .map(|panel| right(panel.letter, HELD))
        .collect();
    text.line(&format!("{}{heads}", left("", HOLDER)));
    for (index, bar) in first.bars.iter().enumerate() {
        if index >= LOSERS && !bar.named {
            continue;
        }
        let cells: String = accounts
            .panels
            .iter()
            .filter_map(|panel| panel.bars.get(index))
            .map(|bar| right(&clean(&compact(&bar.band, 1), text.plain), HELD))
            .collect();
        text.line(&format!(
            "{}{cells}",
            left(&cut(&bar.holder, HOLDER - 1), HOLDER)
        ));
    }
}

fn notes(text: &mut Text, report: &Report) {
    if let Some(usdjpy) = &report.usdjpy {
        text.wrapped(
            &format!(
                "{}, from {} on {}.",
                usdjpy.figure.title,
                fixed(usdjpy.level, 2),
                usdjpy.level_date
            ),
            2,
        );
    }
    if let Some(markets) = &report.markets {
        text.wrapped(&markets.line, 2);
    }
    let failed: Vec<String> = report
        .camps
        .iter()
        .filter(|camp| camp.failed > 0)
        .map(|camp| format!("{} {} of {}", camp.letter, camp.failed, camp.draws))
        .collect();
    if !failed.is_empty() {
        text.wrapped(
            &format!("Failed draws, left out: {}.", failed.join(", ")),
            2,
        );
    }
    let mut codes: Vec<&str> = report
        .warnings
        .iter()
        .map(|warning| warning.code.as_str())
        .collect();
    codes.dedup();
    let count = match report.warnings.len() {
        0 => "No warnings.".to_owned(),
        1 => format!("1 warning: {}.", codes.join(", ")),
        more => format!("{more} warnings: {}.", codes.join(", ")),
    };
    text.wrapped(
        &format!(
            "{count} Bands hold parameter draws within a camp, not the disagreement between camps."
        ),
        2,
    );
}

#[cfg(test)]
mod tests;
