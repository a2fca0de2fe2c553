//! Holders in a terminal: the sentence first, then the months, then what stands beside them.
//!
//! Amounts are billions of dollars. Narrow terminals leave out whole columns, never parts of a cell; every figure is in the
//! CSV. Reasons for what is not available stand below the table.

use brandish_data::holders::{Conclusion, OverviewRow, Tracked};
use brandish_units::Usd;

use super::{Overview, words};
use crate::format::{fixed, signed};
use crate::text::{SummaryStyle, Text, numbers, words as column};

fn change(amount: Option<Usd>) -> String {
    amount.map_or_else(|| "n/a".to_owned(), |amount| signed(amount.bn(), 1))
}

fn level(amount: Option<Usd>) -> String {
    amount.map_or_else(|| "n/a".to_owned(), |amount| fixed(amount.bn(), 1))
}

/// One holder as text.
#[must_use]
pub fn holder_text(tracked: &Tracked, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    let window = &tracked.window;
    let months = || window.months.iter().map(|month| &month.figures);
    text.wrapped(
        &format!(
            "brandish \u{b7} holders \u{b7} {} \u{b7} as of {} \u{b7} months out to {}",
            tracked.holder.title, tracked.as_of, window.last
        ),
        2,
    );
    text.line("");
    text.wrapped(&words::verdict_sentence(tracked), 0);
    text.line("");
    if let Some(sums) = &window.sums {
        text.wrapped(&words::made_of(sums), 2);
    }
    if let Some(line) = words::uncertainty(tracked) {
        text.wrapped(&line, 2);
    }
    text.rule();
    table(&mut text, tracked);
    text.wrapped(
        "$bn, market value; notes: notes, bonds, TIPS and FRNs; net: bought less sold; cum: net purchases since the first month; change = net + valuation + unexplained.",
        2,
    );
    for line in words::lacks(months()) {
        text.wrapped(&line, 2);
    }
    if let Some(line) = words::legend(months()) {
        text.wrapped(&line, 2);
    }
    text.rule();
    text.wrapped(&words::custody_line(&tracked.custody), 2);
    for line in words::beside(&tracked.beside) {
        text.wrapped(&line, 2);
    }
    if let Some(line) = words::form_s(months()) {
        text.wrapped(&line, 2);
    }
    let revisions = words::revisions(months(), tracked.as_of);
    if let Some(largest) = revisions.first() {
        text.wrapped(
            &format!(
                "Revisions known on the day: {}; the largest: {largest}. All of them: --format csv.",
                revisions.len()
            ),
            2,
        );
    }
    text.wrapped(
        "TIC counts where securities are kept, not who owns them, and a country's officials and private holders together.",
        2,
    );
    text.finish()
}

fn table(text: &mut Text, tracked: &Tracked) {
    let columns = [
        column("month", 0),
        numbers("holdings", 0),
        numbers("bills", 8),
        numbers("notes", 9),
        numbers("change", 2),
        numbers("net", 0),
        numbers("of bills", 3),
        numbers("of notes", 3),
        numbers("valuation", 1),
        numbers("unexpl", 1),
        numbers("cum", 4),
        column("", 5),
    ];
    let mut rows: Vec<Vec<String>> = tracked
        .window
        .months
        .iter()
        .map(|month| {
            let figures = &month.figures;
            vec![
                figures.month.to_string(),
                level(figures.holdings.total),
                level(figures.holdings.bills),
                level(figures.holdings.long_term),
                change(figures.change.total),
                change(figures.net_purchases.total),
                change(figures.net_purchases.bills),
                change(figures.net_purchases.long_term),
                change(figures.valuation),
                change(figures.unexplained.total),
                change(month.cumulative.total),
                words::marks(figures),
            ]
        })
        .collect();
    if let Some(sums) = &tracked.window.sums {
        let empty = String::new;
        rows.push(vec![
            "sum".to_owned(),
            empty(),
            empty(),
            empty(),
            words::sum(sums.change),
            words::sum(sums.net_purchases),
            words::sum(sums.bills),
            words::sum(sums.long_term),
            words::sum(sums.valuation),
            words::sum(sums.unexplained),
            empty(),
            empty(),
        ]);
    }
    text.table(&columns, &rows);
}

/// All holders as text.
#[must_use]
pub fn holders_text(overview: &Overview<'_>, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    let earliest = overview
        .rows
        .iter()
        .filter_map(|row| row.sums.as_ref())
        .map(|sums| sums.from)
        .min();
    let window = earliest.map_or_else(
        || "no month with net purchases".to_owned(),
        |from| format!("from {from} to each holder's newest month with net purchases"),
    );
    text.wrapped(
        &format!(
            "brandish \u{b7} holders \u{b7} as of {} \u{b7} {window}",
            overview.as_of
        ),
        2,
    );
    let (current, ended): (Vec<&OverviewRow>, Vec<&OverviewRow>) =
        overview.rows.iter().partition(|row| row.verdict.is_some());
    let count = |wanted: Conclusion| current.iter().filter(|row| decided(row) == wanted).count();
    text.wrapped(
        &format!(
            "{} net sellers, {} net buyers, {} about unchanged, {} where the figures do not decide it.",
            count(Conclusion::NetSeller),
            count(Conclusion::NetBuyer),
            count(Conclusion::AboutUnchanged),
            count(Conclusion::CannotTell)
        ),
        2,
    );
    text.rule();
    let columns = [
        column("holder", 0),
        numbers("holdings", 0),
        column("to", 3),
        numbers("change", 2),
        numbers("net", 0),
        numbers("of bills", 5),
        numbers("of notes", 5),
        numbers("valuation", 4),
        numbers("unexpl", 4),
        numbers("range", 1),
        column("verdict", 0),
    ];
    let rows: Vec<Vec<String>> = current.iter().map(|row| line(row)).collect();
    text.table(&columns, &rows);
    text.wrapped(
        "$bn; holdings of the newest month; sums run to each holder's newest month with net purchases (`to` where the terminal is wide enough, `through` in CSV), so rows can cover different months. Range: net purchases with what is unexplained and what custodians abroad may hide; * is a custody center, which holds for others and has no custody part. Not enough data: no sum of all net purchases; the holder's own page may judge notes and bonds alone. One holder by month: brandish holders NAME.",
        2,
    );
    if !ended.is_empty() {
        let names: Vec<String> = ended
            .iter()
            .map(|row| format!("{} ({})", row.holder.name, row.last))
            .collect();
        text.wrapped(
            &format!(
                "Not in the window, with the last month of their record: {}.",
                names.join(", ")
            ),
            2,
        );
    }
    text.finish()
}

fn line(row: &OverviewRow) -> Vec<String> {
    use brandish_data::holders::HolderKind;
    let star = if row.holder.kind == HolderKind::CustodyCenter {
        "*"
    } else {
        ""
    };
    let sum = |of: &dyn Fn(&brandish_data::holders::Sums) -> brandish_data::holders::Sum| {
        row.sums
            .as_ref()
            .map_or_else(|| "n/a".to_owned(), |sums| words::sum(of(sums)))
    };
    // a range of notes and bonds alone is not one of what the row is about
    let whole = row.verdict.filter(|_| has_net(row));
    let range = match whole.map(|verdict| (verdict.low, verdict.high)) {
        Some((Some(low), Some(high))) => {
            format!("{} to {}", signed(low.bn(), 1), signed(high.bn(), 1))
        }
        _ => "n/a".to_owned(),
    };
    vec![
        format!("{}{star}", row.holder.name),
        level(row.holdings.total.or(row.holdings.long_term)),
        row.sums
            .as_ref()
            .map_or_else(|| "n/a".to_owned(), |sums| sums.through.to_string()),
        sum(&|sums| sums.change),
        sum(&|sums| sums.net_purchases),
        sum(&|sums| sums.bills),
        sum(&|sums| sums.long_term),
        sum(&|sums| sums.valuation),
        sum(&|sums| sums.unexplained),
        range,
        if has_net(row) {
            words::conclusion(decided(row)).to_owned()
        } else {
            "not enough data".to_owned()
        },
    ]
}

/// Whether net purchases of everything are known over the window: the row is about them.
fn has_net(row: &OverviewRow) -> bool {
    row.sums
        .as_ref()
        .is_some_and(|sums| sums.net_purchases.value.is_some())
}

/// The verdict on everything held; one that rests on a part (notes and bonds alone) is the holder's own page's to give.
fn decided(row: &OverviewRow) -> Conclusion {
    match row.verdict {
        Some(verdict) if has_net(row) && !verdict.long_term_only => verdict.conclusion,
        _ => Conclusion::CannotTell,
    }
}
