//! The seller's account and everybody's as plain tables: every entry by camp, and by security where a portfolio was given.
//!
//! Losses are negative; what stands beside the seller's account (closing value, dollars received, coupons) follows its steps.

use super::plain::{Page, cell, texts};
use crate::format::{fixed, signed};
use crate::view::Report;

pub(super) fn seller(page: &mut Page, report: &Report) {
    let Some(seller) = &report.seller else { return };
    page.figure(&seller.figure);
    let mut rows = Vec::new();
    for panel in &seller.panels {
        rows.extend(panel.steps.iter().map(|step| {
            vec![
                panel.letter.to_owned(),
                step.label.clone(),
                "$bn".to_owned(),
                cell(&step.band, 1),
            ]
        }));
    }
    rows.extend(seller.beside.iter().map(|entry| {
        vec![
            entry.letter.to_owned(),
            entry.label.clone(),
            "$bn".to_owned(),
            cell(&entry.band, 1),
        ]
    }));
    rows.extend(seller.own_currency.iter().map(|entry| {
        vec![
            entry.letter.to_owned(),
            entry.label.clone(),
            entry.unit.clone(),
            cell(&entry.band, 0),
        ]
    }));
    page.table(
        "numbers",
        &texts(["camp", "entry", "unit", "median (90% band)"]),
        &rows,
    );
}

pub(super) fn accounts(page: &mut Page, report: &Report) {
    let Some(accounts) = &report.accounts else {
        return;
    };
    page.figure(&accounts.figure);
    page.element("p", &accounts.sum_note);
    let rows: Vec<Vec<String>> = accounts
        .rows
        .iter()
        .map(|row| {
            let bounds = row.bounds.map_or_else(
                || "–".to_owned(),
                |[least, most]| format!("{} to {}", signed(least, 1), signed(most, 1)),
            );
            vec![
                row.holder.clone(),
                row.letter.to_owned(),
                fixed(row.opening, 1),
                cell(&row.coupons, 1),
                cell(&row.execution, 1),
                cell(&row.mark, 1),
                cell(&row.pnl, 1),
                bounds,
                cell(&row.closing, 1),
            ]
        })
        .collect();
    page.table(
        "numbers",
        &texts([
            "holder, $bn: median (90% band)",
            "camp",
            "opening value",
            "coupons",
            "execution, gain",
            "mark to market",
            "P&L",
            "bounds of P&L, central parameters",
            "closing value",
        ]),
        &rows,
    );
    if accounts.securities.is_empty() {
        return;
    }
    page.element("p", "By security, central parameters, $bn:");
    let rows: Vec<Vec<String>> = accounts
        .securities
        .iter()
        .map(|row| {
            let mut cells = vec![row.holder.clone(), row.cusip.clone(), row.letter.to_owned()];
            cells.extend(row.entries.iter().map(|entry| fixed(*entry, 3)));
            cells
        })
        .collect();
    page.table(
        "numbers",
        &texts([
            "holder",
            "CUSIP",
            "camp",
            "opening value",
            "coupons",
            "execution, gain",
            "mark to market",
            "P&L",
            "closing value",
        ]),
        &rows,
    );
}
