//! Holders as sheets: `months`, `summary`, `custody`, `interventions`, `reserves`, `fed_custody`; `holders` for all of them.
//!
//! Amounts are millions of dollars, as the report gives them, so that a published figure is written with its own digits. An
//! empty cell is not available; the column `not_available` says why.

use brandish_data::Vintage;
use brandish_data::holders::{
    InterventionMonth, Parts, SellingVerdict, ShareBasis, Sum, Sums, Tracked, WindowMonth,
};
use brandish_units::Usd;

use super::{Overview, words};
use crate::sheet::{Cell, ColumnKind, Sheet};

fn usd(amount: Option<Usd>) -> Cell {
    Cell::number(amount.map(Usd::mn))
}

fn parts(amounts: Parts) -> [Cell; 3] {
    [
        usd(amounts.total),
        usd(amounts.bills),
        usd(amounts.long_term),
    ]
}

fn about(tracked: &Tracked) -> Vec<(String, String)> {
    let custody = words::custody_line(&tracked.custody);
    [
        ("holder", tracked.holder.reported_as.clone()),
        ("as_of", tracked.as_of.to_string()),
        ("verdict", words::verdict_sentence(tracked)),
        (
            "identity",
            "change = net purchases + valuation + unexplained; of bills the change is the purchases".to_owned(),
        ),
        ("custody", custody),
        (
            "warning",
            "TIC counts where securities are kept, not who owns them, officials and private holders together".to_owned(),
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

/// Everything said of one holder as sheets.
#[must_use]
pub fn holder_sheets(tracked: &Tracked) -> Vec<Sheet> {
    vec![
        months(tracked),
        summary(tracked),
        custody(tracked),
        interventions(tracked),
        reserves(tracked),
        fed_custody(tracked),
    ]
}

fn numbers(sheet: &mut Sheet, names: &[&str]) {
    for name in names {
        sheet.column(*name, ColumnKind::Number);
    }
}

fn texts(sheet: &mut Sheet, names: &[&str]) {
    for name in names {
        sheet.column(*name, ColumnKind::Text);
    }
}

fn months(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("months", about(tracked));
    texts(&mut sheet, &["holder", "month"]);
    sheet.column("released", ColumnKind::Date);
    numbers(
        &mut sheet,
        &[
            "holdings_usd_mn",
            "holdings_bills_usd_mn",
            "holdings_long_term_usd_mn",
            "change_usd_mn",
            "change_bills_usd_mn",
            "change_long_term_usd_mn",
            "net_purchases_usd_mn",
            "net_purchases_bills_usd_mn",
            "net_purchases_long_term_usd_mn",
            "valuation_long_term_usd_mn",
            "unexplained_usd_mn",
            "unexplained_bills_usd_mn",
            "unexplained_long_term_usd_mn",
            "valuation_and_unexplained_usd_mn",
            "cumulative_net_purchases_usd_mn",
            "cumulative_net_purchases_bills_usd_mn",
            "cumulative_net_purchases_long_term_usd_mn",
            "form_s_net_long_term_usd_mn",
            "first_published_usd_mn",
            "earlier_vintage_usd_mn",
            "revision_usd_mn",
        ],
    );
    texts(
        &mut sheet,
        &[
            "holdings_vintage",
            "flows_vintage",
            "valuation_vintage",
            "earlier_vintage",
            "vintage",
            "mixed_vintages",
            "quality",
            "not_available",
        ],
    );
    sheet.rows = tracked
        .window
        .months
        .iter()
        .map(|month| month_row(&tracked.holder.name, month))
        .collect();
    sheet
}

fn month_row(holder: &str, month: &WindowMonth) -> Vec<Cell> {
    let figures = &month.figures;
    let vintages = figures.vintages;
    let named = |vintage: Option<brandish_data::Month>| {
        Cell::text(vintage.map_or_else(String::new, |vintage| vintage.to_string()))
    };
    let earlier = figures.earlier;
    let mut cells = vec![
        Cell::text(holder),
        Cell::text(figures.month.to_string()),
        Cell::Date(figures.released),
    ];
    cells.extend(parts(figures.holdings));
    cells.extend(parts(figures.change));
    cells.extend(parts(figures.net_purchases));
    cells.push(usd(figures.valuation));
    cells.extend(parts(figures.unexplained));
    cells.push(usd(figures.not_purchases));
    cells.extend(parts(month.cumulative));
    cells.extend([
        usd(figures.form_s_long_term),
        usd(figures.first_published.map(|first| first.holdings)),
        usd(earlier.and_then(|earlier| earlier.holdings.total)),
        usd(earlier.and_then(|earlier| earlier.revision.total)),
        Cell::text(vintages.holdings.to_string()),
        named(vintages.flows),
        named(vintages.valuation),
        named(earlier.map(|earlier| earlier.vintage)),
        Cell::text(if figures.revised_later {
            Vintage::RevisedLater.word()
        } else {
            Vintage::AsPublished.word()
        }),
        Cell::text(if vintages.mixed { "yes" } else { "" }),
        Cell::text(figures.quality.word()),
        Cell::text(
            figures
                .lacks
                .iter()
                .map(|lack| lack.words())
                .collect::<Vec<_>>()
                .join("; "),
        ),
    ]);
    cells
}

/// Columns of sums and verdict, shared by `summary` and `holders`.
fn answer_columns(sheet: &mut Sheet) {
    texts(sheet, &["from", "through"]);
    numbers(
        sheet,
        &[
            "months",
            "holdings_before_usd_mn",
            "holdings_after_usd_mn",
            "change_usd_mn",
            "net_purchases_usd_mn",
            "net_purchases_bills_usd_mn",
            "net_purchases_long_term_usd_mn",
            "valuation_long_term_usd_mn",
            "unexplained_usd_mn",
            "valuation_and_unexplained_usd_mn",
            "months_with_valuation",
        ],
    );
    texts(sheet, &["verdict", "bills", "long_term", "judged_on"]);
    numbers(
        sheet,
        &[
            "unexplained_band_usd_mn",
            "low_usd_mn",
            "high_usd_mn",
            "unchanged_within_usd_mn",
        ],
    );
}

fn answer(sums: Option<&Sums>, verdict: Option<&SellingVerdict>) -> Vec<Cell> {
    let sum = |of: &dyn Fn(&Sums) -> Sum| usd(sums.and_then(|sums| of(sums).value));
    let of = |pick: &dyn Fn(&SellingVerdict) -> Option<Usd>| usd(verdict.and_then(pick));
    let word =
        |pick: &dyn Fn(&SellingVerdict) -> &'static str| Cell::text(verdict.map_or("", pick));
    let month = |pick: &dyn Fn(&Sums) -> brandish_data::Month| {
        Cell::text(sums.map_or_else(String::new, |sums| pick(sums).to_string()))
    };
    let count = |pick: &dyn Fn(&Sums) -> usize| Cell::number(sums.map(|sums| pick(sums) as f64));
    vec![
        month(&|sums| sums.from),
        month(&|sums| sums.through),
        count(&|sums| sums.months),
        usd(sums.and_then(|sums| sums.start.total)),
        usd(sums.and_then(|sums| sums.end.total)),
        sum(&|sums| sums.change),
        sum(&|sums| sums.net_purchases),
        sum(&|sums| sums.bills),
        sum(&|sums| sums.long_term),
        sum(&|sums| sums.valuation),
        sum(&|sums| sums.unexplained),
        sum(&|sums| sums.not_purchases),
        count(&|sums| sums.valuation.months),
        word(&|verdict| verdict.conclusion.word()),
        word(&|verdict| verdict.bills.word()),
        word(&|verdict| verdict.long_term.word()),
        word(&|verdict| {
            if verdict.long_term_only {
                "long_term"
            } else {
                "total"
            }
        }),
        of(&|verdict| verdict.residual_band),
        of(&|verdict| verdict.low),
        of(&|verdict| verdict.high),
        of(&|verdict| verdict.threshold),
    ]
}

fn summary(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("summary", about(tracked));
    texts(&mut sheet, &["holder", "reported_as", "kind"]);
    sheet.column("as_of", ColumnKind::Date);
    answer_columns(&mut sheet);
    numbers(
        &mut sheet,
        &["custody_share", "custody_low_usd_mn", "custody_high_usd_mn"],
    );
    texts(&mut sheet, &["sentence"]);
    let holder = &tracked.holder;
    let mut cells = vec![
        Cell::text(holder.name.clone()),
        Cell::text(holder.reported_as.clone()),
        Cell::text(holder.kind.word()),
        Cell::Date(tracked.as_of),
    ];
    cells.extend(answer(tracked.window.sums.as_ref(), Some(&tracked.verdict)));
    let range = tracked.custody.range();
    cells.extend([
        Cell::number(range.map(|range| range.share)),
        usd(range.map(|range| range.low)),
        usd(range.map(|range| range.high)),
        Cell::text(words::verdict_sentence(tracked)),
    ]);
    sheet.rows.push(cells);
    sheet
}

fn custody(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("custody", about(tracked));
    texts(&mut sheet, &["center"]);
    numbers(
        &mut sheet,
        &[
            "net_purchases_usd_mn",
            "net_purchases_long_term_usd_mn",
            "months",
            "of_months",
            "largest_share",
        ],
    );
    texts(&mut sheet, &["source"]);
    if let Some(range) = tracked.custody.range() {
        sheet.rows = range
            .centers
            .iter()
            .map(|center| {
                vec![
                    Cell::text(center.center.clone()),
                    usd(Some(center.net_purchases)),
                    usd(Some(center.long_term)),
                    Cell::Number(center.months as f64),
                    Cell::Number(range.of as f64),
                    Cell::Number(range.share),
                    Cell::text(if range.basis == ShareBasis::Own {
                        "--custody-share".to_owned()
                    } else {
                        range.source.clone()
                    }),
                ]
            })
            .collect();
    }
    sheet
}

fn interventions(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("interventions", about(tracked));
    texts(&mut sheet, &["what"]);
    sheet.column("from", ColumnKind::Date);
    sheet.column("to", ColumnKind::Date);
    numbers(
        &mut sheet,
        &[
            "days",
            "yen_bought_jpy_bn",
            "yen_sold_jpy_bn",
            "dollars_sold_usd_mn",
        ],
    );
    texts(&mut sheet, &["note"]);
    let month = |found: &InterventionMonth| {
        vec![
            Cell::text("days_of_month"),
            Cell::Date(found.month.start()),
            Cell::Date(found.month.end()),
            Cell::Number(found.days as f64),
            Cell::Number(found.yen_bought.bn()),
            Cell::Number(found.yen_sold.bn()),
            usd(found.dollars_sold),
            Cell::text(if found.dollars_sold.is_some() {
                "dollars at the rate of each day, estimated"
            } else {
                "dollars not available: no rate of that day"
            }),
        ]
    };
    sheet.rows = tracked.beside.interventions.iter().map(month).collect();
    for window in &tracked.beside.intervention_windows {
        let sells_dollars = window.direction == "sell_USD_buy_JPY";
        let amount = |is: bool| {
            if is {
                Cell::Number(window.amount.bn())
            } else {
                Cell::Empty
            }
        };
        sheet.rows.push(vec![
            Cell::text("total_of_window"),
            Cell::Date(window.start),
            Cell::Date(window.end),
            Cell::Empty,
            amount(sells_dollars),
            amount(!sells_dollars),
            Cell::Empty,
            Cell::text("holds the days in it; not to be added"),
        ]);
    }
    sheet
}

fn reserves(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("reserves", about(tracked));
    sheet.column("date", ColumnKind::Date);
    texts(&mut sheet, &["measure"]);
    numbers(
        &mut sheet,
        &["total_usd_mn", "securities_usd_mn", "deposits_usd_mn"],
    );
    texts(&mut sheet, &["quality"]);
    sheet.rows = tracked
        .beside
        .reserves
        .iter()
        .map(|month| {
            vec![
                Cell::Date(month.date),
                Cell::text(month.kind.word()),
                usd(Some(month.total)),
                usd(month.securities),
                usd(month.deposits),
                Cell::text(month.quality.word()),
            ]
        })
        .collect();
    sheet
}

fn fed_custody(tracked: &Tracked) -> Sheet {
    let mut sheet = Sheet::new("fed_custody", about(tracked));
    sheet.column("date", ColumnKind::Date);
    sheet.column("treasuries_usd_mn", ColumnKind::Number);
    texts(&mut sheet, &["note"]);
    sheet.rows = tracked
        .beside
        .custody
        .iter()
        .map(|(date, amount)| {
            vec![
                Cell::Date(*date),
                usd(Some(*amount)),
                Cell::text("all foreign officials; a fall in custody is not a sale"),
            ]
        })
        .collect();
    sheet
}

/// All holders as a sheet.
#[must_use]
pub fn holders_sheets(overview: &Overview<'_>) -> Vec<Sheet> {
    let mut about = vec![("as_of".to_owned(), overview.as_of.to_string())];
    if let Some(since) = overview.since {
        about.push(("since".to_owned(), since.to_string()));
    }
    let mut sheet = Sheet::new("holders", about);
    texts(&mut sheet, &["holder", "reported_as", "kind", "last_month"]);
    numbers(
        &mut sheet,
        &[
            "holdings_usd_mn",
            "holdings_bills_usd_mn",
            "holdings_long_term_usd_mn",
        ],
    );
    answer_columns(&mut sheet);
    texts(&mut sheet, &["not_available"]);
    sheet.rows = overview
        .rows
        .iter()
        .map(|row| {
            let mut cells = vec![
                Cell::text(row.holder.name.clone()),
                Cell::text(row.holder.reported_as.clone()),
                Cell::text(row.holder.kind.word()),
                Cell::text(row.last.to_string()),
            ];
            cells.extend(parts(row.holdings));
            cells.extend(answer(row.sums.as_ref(), row.verdict.as_ref()));
            cells.push(Cell::text(match (&row.verdict, &row.sums) {
                (None, _) => "the record ends before the window",
                (Some(_), None) => "no month of the window has net purchases",
                (Some(_), Some(_)) => "",
            }));
            cells
        })
        .collect();
    vec![sheet]
}
