//! Other markets as sheets: `responses`, `interventions`.
//!
//! Numbers at full precision, units in the names of the columns where all rows share one; the unit of a response is a column. The windows of
//! an estimate stand in one cell: name, first and last day, days.

use brandish_scenario::markets::{EpisodeUse, Finding, MarketStudy};

use crate::sheet::{Cell, ColumnKind, Sheet};

/// The study as sheets.
#[must_use]
pub fn market_sheets(study: &MarketStudy) -> Vec<Sheet> {
    vec![responses(study), interventions(study)]
}

fn pair(name: &str, text: impl Into<String>) -> (String, String) {
    (name.to_owned(), text.into())
}

fn episodes(used: &[EpisodeUse]) -> String {
    let each: Vec<String> = used
        .iter()
        .map(|one| {
            format!(
                "{} {} to {} ({})",
                one.episode, one.first, one.last, one.days
            )
        })
        .collect();
    each.join("; ")
}

fn responses(study: &MarketStudy) -> Sheet {
    let about = vec![
        pair("as_of", study.as_of.to_string()),
        pair(
            "response",
            "least squares of the market's daily change on that of the ten-year par yield, days of one kind inside the windows, per +10 bp; HC3 standard error",
        ),
        pair(
            "stable",
            format!(
                "at least {} days of {} episodes, {} standard errors from zero, one sign whichever episode is left out",
                study.rules.least_days, study.rules.least_episodes, study.rules.least_ratio
            ),
        ),
    ];
    let mut sheet = Sheet::new("responses", about);
    for name in ["market", "kind_of_day", "unit"] {
        sheet.column(name, ColumnKind::Text);
    }
    for name in [
        "response_per_10bp",
        "standard_error",
        "degrees_of_freedom",
        "r_squared",
        "days",
        "days_in_record",
        "least_without_one_episode",
        "most_without_one_episode",
        "largest_move_bp",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    for name in ["read_for_a_sale", "verdict", "why", "windows", "rule"] {
        sheet.column(name, ColumnKind::Text);
    }
    for studied in &study.markets {
        let found = &studied.estimate;
        let fit = found.finding.fit();
        let reason = match &found.finding {
            Finding::NotAvailable { reason } => reason.as_str(),
            _ => "",
        };
        sheet.rows.push(vec![
            Cell::text(found.market.name()),
            Cell::text(found.regime.name()),
            Cell::text(found.market.unit()),
            Cell::number(fit.map(|fit| fit.response.per_ten_bp)),
            Cell::number(fit.map(|fit| fit.response.standard_error)),
            Cell::number(fit.map(|fit| fit.response.degrees_of_freedom)),
            Cell::number(fit.map(|fit| fit.r_squared)),
            Cell::number(fit.map(|fit| fit.days as f64)),
            Cell::Number(studied.days_in_record as f64),
            Cell::number(fit.map(|fit| fit.without_one.0)),
            Cell::number(fit.map(|fit| fit.without_one.1)),
            Cell::number(fit.map(|fit| fit.largest_move.0)),
            Cell::text(if found.regime == found.market.reading() {
                "yes"
            } else {
                "no"
            }),
            Cell::text(found.finding.words()),
            Cell::text(reason),
            Cell::text(fit.map_or_else(String::new, |fit| episodes(&fit.episodes))),
            Cell::text(found.regime.rule()),
        ]);
    }
    if let Some(window) = &study.mortgage {
        sheet.rows.push(vec![
            Cell::text("30-year mortgage rate"),
            Cell::text("all weeks"),
            Cell::text("bp"),
            Cell::Number(window.response.per_ten_bp),
            Cell::Number(window.response.standard_error),
            Cell::Number(window.response.degrees_of_freedom),
            Cell::Number(window.r_squared),
            Cell::Number(window.periods as f64),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text("yes"),
            Cell::text("derived figure"),
            Cell::text(window.source.clone()),
            Cell::text(format!("{} to {}", window.first, window.last)),
            Cell::text("four-week changes, all of them"),
        ]);
    }
    sheet
}

fn interventions(study: &MarketStudy) -> Sheet {
    let about = vec![
        pair("as_of", study.as_of.to_string()),
        pair(
            "rates",
            "noon in New York (H.10) to 2025-09-26, then 14:15 in Frankfurt (ECB cross); before: the business day before the first day; after: business days after the last",
        ),
    ];
    let mut sheet = Sheet::new("interventions", about);
    sheet.column("first_day", ColumnKind::Date);
    sheet.column("last_day", ColumnKind::Date);
    sheet.column("known_as", ColumnKind::Text);
    for name in [
        "bought_jpy_bn",
        "sold_usd_bn",
        "before_jpy_per_usd",
        "after_1_day_pct",
        "after_5_days_pct",
        "after_20_days_pct",
        "after_1_day_per_10_usd_bn_pct",
        "engine_pct",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    sheet.column("missing", ColumnKind::Text);
    for window in &study.interventions {
        let mut row = vec![
            Cell::Date(window.first),
            Cell::Date(window.last),
            Cell::text(if window.total_only { "total" } else { "days" }),
            Cell::Number(window.amount.bn()),
            Cell::number(window.sold.map(|sold| sold.bn())),
            Cell::number(window.before.map(|rate| rate.jpy_per_usd())),
        ];
        row.extend(window.change_pct.map(Cell::number));
        row.push(Cell::number(window.per_ten_usd_bn_pct));
        row.push(Cell::number(window.engine_pct));
        row.push(Cell::text(window.missing.clone().unwrap_or_default()));
        sheet.rows.push(row);
    }
    sheet
}
