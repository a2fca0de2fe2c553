//! Cells of the tables of other markets, in words and digits.
//!
//! One place for terminal and page, so that both say the same. A missing number is a dash, and the verdict says why
//! it is missing; a number never stands without its error and its days.

use brandish_scenario::markets::{
    AFTER_DAYS, EpisodeUse, Finding, InterventionWindow, Market, MarketStudy, Regime, StudiedMarket,
};

use crate::format::{fixed, signed};

const NONE: &str = "–";

/// Heads of the table of responses.
pub(crate) const RESPONSE_HEAD: [&str; 8] = [
    "market",
    "kind of day",
    "per +10 bp",
    "over s.e.",
    "days",
    "R²",
    "one episode left out",
    "verdict",
];

fn unit(market: Market) -> &'static str {
    match market.unit() {
        "bp" => "bp",
        _ => "%",
    }
}

/// A market on days of a kind.
pub(crate) fn response_cells(studied: &StudiedMarket) -> Vec<String> {
    let found = &studied.estimate;
    let mut cells = vec![
        format!("{}, {}", found.market.name(), unit(found.market)),
        found.regime.name().to_owned(),
    ];
    match found.finding.fit() {
        Some(fit) => cells.extend([
            format!(
                "{} ± {}",
                signed(fit.response.per_ten_bp, 2),
                fixed(fit.response.standard_error, 2)
            ),
            signed(fit.response.ratio(), 1),
            format!("{}/{}", fit.days, studied.days_in_record),
            fixed(fit.r_squared, 2),
            format!(
                "{} to {}",
                signed(fit.without_one.0, 2),
                signed(fit.without_one.1, 2)
            ),
        ]),
        None => cells.extend([NONE; 5].map(str::to_owned)),
    }
    cells.push(found.finding.words().to_owned());
    cells
}

/// Why there is no number, where there is none.
pub(crate) fn reason(studied: &StudiedMarket) -> Option<&str> {
    match &studied.estimate.finding {
        Finding::NotAvailable { reason } => Some(reason),
        _ => None,
    }
}

/// The windows with their days: name, first and last day, days used by kind.
pub(crate) fn windows(study: &MarketStudy) -> (Vec<String>, Vec<Vec<String>>) {
    let mut head = vec![
        "window".to_owned(),
        "first day".to_owned(),
        "last day".to_owned(),
    ];
    head.extend(Regime::ALL.iter().map(|regime| regime.name().to_owned()));
    let of = |regime| -> &[EpisodeUse] {
        study
            .of(Market::Sp500, regime)
            .and_then(|found| found.estimate.finding.fit())
            .map_or(&[], |fit| &fit.episodes)
    };
    let rows = of(Regime::All)
        .iter()
        .map(|window| {
            let mut cells = vec![
                window.episode.replace('_', " "),
                window.first.to_string(),
                window.last.to_string(),
            ];
            cells.extend(Regime::ALL.iter().map(|regime| {
                of(*regime)
                    .iter()
                    .find(|other| other.episode == window.episode)
                    .map_or_else(|| NONE.to_owned(), |other| other.days.to_string())
            }));
            cells
        })
        .collect();
    (head, rows)
}

/// Heads of the table of interventions.
pub(crate) const INTERVENTION_HEAD: [&str; 8] = [
    "days",
    "yen, bn",
    "$bn",
    "before",
    "1 day",
    "5 days",
    "20 days",
    "per $10bn",
];
const _: () = assert!(AFTER_DAYS[0] == 1 && AFTER_DAYS[1] == 5 && AFTER_DAYS[2] == 20);

/// One campaign; what the engine's elasticity says stands in the last cell, in brackets.
pub(crate) fn intervention_cells(window: &InterventionWindow) -> Vec<String> {
    let number = |value: Option<f64>, decimals| {
        value.map_or_else(|| NONE.to_owned(), |value| signed(value, decimals))
    };
    let mut days = if window.first == window.last {
        window.first.to_string()
    } else {
        let last = window.last.to_string();
        let same_year = window.first.year() == window.last.year();
        let last = match last.split_once('-') {
            Some((_, month_and_day)) if same_year => month_and_day,
            _ => &last,
        };
        format!("{} to {last}", window.first)
    };
    if window.total_only {
        days.push_str(", total");
    }
    let mut cells = vec![
        days,
        fixed(window.amount.bn(), 1),
        window
            .sold
            .map_or_else(|| NONE.to_owned(), |sold| fixed(sold.bn(), 1)),
        window
            .before
            .map_or_else(|| NONE.to_owned(), |rate| fixed(rate.jpy_per_usd(), 2)),
    ];
    cells.extend(window.change_pct.map(|change| number(change, 2)));
    cells.push(number(window.per_ten_usd_bn_pct, 2));
    cells
}

/// What the table of interventions rests on, and what is missing in it.
pub(crate) fn intervention_note(study: &MarketStudy) -> String {
    let mut note = format!(
        "Yen bought, dollars sold, USDJPY on the business day before and its change 1, 5 and 20 business days after, %; per $10bn: the change after one day. Observed moves are everything that happened on those days, not the effect of the sale. The engine’s central elasticity is {}% per $10bn. Noon rates of New York: an intervention in an American afternoon falls on the next day.",
        signed(study.engine_per_ten_usd_bn_pct, 2)
    );
    let missing: Vec<&str> = study
        .interventions
        .iter()
        .filter_map(|window| window.missing.as_deref())
        .collect();
    if let Some(first) = missing.first() {
        note.push_str(&format!(" A dash: not available, {first}."));
    }
    note
}
