//! Section 9b: other markets. What past episodes say of each, what it implies per camp, where the days come from.
//!
//! Tables of words and one chart: each market's response over its standard error. Only a stable response has implied moves; the verdict
//! of every other market stands in words. Nothing is computed here; numbers of the study pass through formatted.

use brandish_scenario::markets::{Finding, Market, MarketStudy, Regime, StudiedMarket};
use serde::Serialize;

use super::context::Context;
use super::explained::WordTable;
use super::parts::{Figure, drawn};
use crate::facts::{Key, Stats};
use crate::findings;
use crate::format::{compact, fixed, list_and, signed};
use crate::markets::{
    INTERVENTION_HEAD, RESPONSE_HEAD, intervention_cells, intervention_note, reason,
    response_cells, windows,
};

/// Measures with the market's name in the table (mortgage rates have none), words, and decimals.
const MOVES: [(&str, Option<&str>, &str, &str); 12] = [
    ("equity_change", Some("S&P 500"), "S&P 500, %", "pct"),
    ("equity_change", Some("Nikkei 225"), "Nikkei 225, %", "pct"),
    ("equity_change", Some("TOPIX"), "TOPIX, %", "pct"),
    ("volatility_change", Some("VIX"), "VIX, %", "pct"),
    ("volatility_change", Some("MOVE"), "MOVE, %", "pct"),
    (
        "credit_spread_change",
        Some("investment grade"),
        "investment grade spread, bp",
        "bp",
    ),
    (
        "credit_spread_change",
        Some("high yield"),
        "high yield spread, bp",
        "bp",
    ),
    ("gold_change", Some("gold"), "gold, %", "pct"),
    ("crypto_change", Some("BTC"), "BTC, %", "pct"),
    ("crypto_change", Some("SOL"), "SOL, %", "pct"),
    ("crypto_change", Some("BNB"), "BNB, %", "pct"),
    ("mortgage_change", None, "30-year mortgage rate, bp", "bp"),
];

/// Other markets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Markets {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Responses over their standard errors, to draw.
    pub points: Vec<MarketPoint>,
    /// What a response must reach.
    pub least_ratio: f64,
    /// Tables: responses, implied moves, windows.
    pub tables: Vec<WordTable>,
    /// One line for a terminal.
    #[serde(skip)]
    pub line: String,
}

/// A response over its standard error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarketPoint {
    /// The market.
    pub market: &'static str,
    /// The kind of day.
    pub regime: &'static str,
    /// Response over its standard error.
    pub ratio: f64,
    /// Whether it is stable.
    pub stable: bool,
    /// Whether it is the regime in which a sale is read.
    pub read: bool,
}

pub(crate) fn view(context: &Context<'_>) -> Option<Markets> {
    let study = context.input.markets?;
    let stable: Vec<String> = named(study, |finding| matches!(finding, Finding::Stable(_)));
    let studied = named(study, |finding| finding.fit().is_some()).len();
    let title = findings::markets::title(&stable, studied);
    let sub = format!(
        "Response to the ten-year yield over its standard error, days inside past episodes up to {}: a bar for days of a sale’s kind, a circle for growth days. Beyond ±{}, and with one sign whichever episode is left out, it counts as stable",
        study.as_of,
        fixed(study.rules.least_ratio, 0)
    );
    let mut tables = vec![responses(study)];
    tables.extend(moves(context, study));
    let (head, rows) = windows(study);
    if !rows.is_empty() {
        tables.push(WordTable {
            caption: "Where the days come from: the windows, and days of each kind in them"
                .to_owned(),
            head,
            rows,
        });
    }
    Some(Markets {
        figure: Figure {
            title,
            sub,
            note: Some(note(study)),
            source: "daily changes inside episode windows; US Treasury par yields; Adrian-Crump-Moench term premium".to_owned(),
        },
        points: points(study),
        least_ratio: study.rules.least_ratio,
        tables,
        line: line(context, study),
    })
}

/// The campaigns of interventions, for the section of the yen.
pub(crate) fn interventions(context: &Context<'_>) -> Option<WordTable> {
    let study = context.input.markets?;
    (!study.interventions.is_empty()).then(|| WordTable {
        caption: format!(
            "Japan’s interventions since 2022, as published by {}. {}",
            study.as_of,
            intervention_note(study)
        ),
        head: INTERVENTION_HEAD.map(str::to_owned).to_vec(),
        rows: study.interventions.iter().map(intervention_cells).collect(),
    })
}

/// Markets whose finding in the regime of a sale is of a kind.
fn named(study: &MarketStudy, of: impl Fn(&Finding) -> bool) -> Vec<String> {
    Market::ALL
        .into_iter()
        .filter(|market| {
            study
                .reading(*market)
                .is_some_and(|found| of(&found.estimate.finding))
        })
        .map(|market| market.name().to_owned())
        .collect()
}

/// A market on days of a sale's kind and, for contrast, on growth days.
fn shown(study: &MarketStudy) -> impl Iterator<Item = &StudiedMarket> {
    Market::ALL
        .into_iter()
        .flat_map(|market| [market.reading(), Regime::Growth].map(|regime| (market, regime)))
        .filter_map(|(market, regime)| study.of(market, regime))
}

fn points(study: &MarketStudy) -> Vec<MarketPoint> {
    shown(study)
        .filter(|found| !matches!(found.estimate.finding, Finding::ByDefinition(_)))
        .filter_map(|found| {
            let estimate = &found.estimate;
            let ratio = estimate.finding.fit()?.response.ratio();
            ratio.is_finite().then(|| MarketPoint {
                market: estimate.market.name(),
                regime: estimate.regime.name(),
                ratio: drawn(ratio),
                stable: matches!(estimate.finding, Finding::Stable(_)),
                read: estimate.regime == estimate.market.reading(),
            })
        })
        .collect()
}

fn responses(study: &MarketStudy) -> WordTable {
    let rows = shown(study)
        .map(|found| {
            let mut cells = response_cells(found);
            if let (Some(reason), Some(last)) = (reason(found), cells.last_mut()) {
                *last = format!("{last}: {reason}");
            }
            cells
        })
        .collect();
    WordTable {
        caption: "What past episodes say: the market’s move per +10 bp of the ten-year yield with its robust standard error; days used of those in the whole record. All kinds of days: brandish markets"
            .to_owned(),
        head: RESPONSE_HEAD.map(str::to_owned).to_vec(),
        rows,
    }
}

/// Implied moves of the markets that have any, per camp.
fn moves(context: &Context<'_>, study: &MarketStudy) -> Option<WordTable> {
    let camps: Vec<&str> = context.input.camps.iter().map(|camp| camp.letter).collect();
    let day = context.curve_day();
    let mut rows = Vec::new();
    for (measure, name, words, unit) in MOVES {
        let key = |camp| {
            let key = Key::in_unit(unit).camp(camp);
            match name {
                Some(name) => key.sector(name),
                None => key,
            }
        };
        let at = |day: u32| {
            let cells: Option<Vec<String>> = camps
                .iter()
                .map(|camp| Some(cell(&context.facts.get(measure, key(camp).day(day))?)))
                .collect();
            cells
        };
        let mut days = vec![1, day];
        days.dedup();
        for day in days {
            if let Some(cells) = at(day) {
                rows.push(row(words, &format!("day {day}"), cells));
            }
        }
        let peak = format!("{measure}_peak");
        let cells: Option<Vec<String>> = camps
            .iter()
            .map(|camp| Some(cell(&context.facts.on_any_day(&peak, key(camp))?.1)))
            .collect();
        if let Some(cells) = cells {
            rows.push(row(words, "peak", cells));
        }
    }
    let mut head = vec!["market".to_owned(), "when".to_owned()];
    head.extend(camps.iter().map(|camp| (*camp).to_owned()));
    (!rows.is_empty()).then(|| WordTable {
        caption: format!(
            "What that implies by camp, {}, the estimate’s own error inside the band. Only stable responses have numbers{}",
            if context.has_bands {
                "median (90% band)"
            } else {
                "central parameters"
            },
            seen(study)
        ),
        head,
        rows,
    })
}

/// How large the changes were that stable responses rest on: a larger one is an extrapolation.
fn seen(study: &MarketStudy) -> String {
    let each: Vec<String> = Market::ALL
        .into_iter()
        .filter_map(|market| match &study.reading(market)?.estimate.finding {
            Finding::Stable(fit) => Some(format!(
                "{} {} bp",
                market.name(),
                fixed(fit.largest_move.0, 0)
            )),
            _ => None,
        })
        .collect();
    if each.is_empty() {
        String::new()
    } else {
        format!(
            "; largest ten-year change of a day behind them: {}, and beyond it they are extrapolated",
            each.join(", ")
        )
    }
}

fn row(words: &str, when: &str, cells: Vec<String>) -> Vec<String> {
    let mut row = vec![words.to_owned(), when.to_owned()];
    row.extend(cells);
    row
}

fn cell(stats: &Stats) -> String {
    match (stats.band(), stats.central) {
        (Some(band), _) => compact(&band, 1),
        (None, Some(central)) => signed(central, 1),
        (None, None) => "–".to_owned(),
    }
}

fn note(study: &MarketStudy) -> String {
    let stocks = study
        .reading(Market::Sp500)
        .map_or("not available", |found| found.estimate.finding.words());
    let mut note = format!(
        "A supply shock is not a growth shock. On supply days stocks fall as yields rise, on growth days they rise with them: for stocks and the VIX that is the definition, so they are read from the days of episodes in which somebody sold, whatever happened on them (S&P 500 there: {stocks}). Whether a sale makes supply days these data do not say. Responses are of one day and are applied to the change since the as-of day."
    );
    match &study.mortgage {
        Some(window) => note.push_str(&format!(
            " Mortgage rates: {} of the ten-year change within four weeks, ± {}, all weeks of {} (Freddie Mac survey, derived figure).",
            fixed(window.response.per_ten_bp / 10.0, 2),
            fixed(window.response.standard_error / 10.0, 2),
            window.name
        )),
        None => note.push_str(" Mortgage rates: not available, no window had ended by that day."),
    }
    note
}

/// What a terminal says of other markets.
fn line(context: &Context<'_>, study: &MarketStudy) -> String {
    let mut said: Vec<String> = Vec::new();
    for (measure, name, words, unit) in MOVES {
        let peak = format!("{measure}_peak");
        let found = context.in_headline(|facts, camp| {
            let key = Key::in_unit(unit).camp(camp);
            let key = match name {
                Some(name) => key.sector(name),
                None => key,
            };
            facts.on_any_day(&peak, key).map(|(_, stats)| stats)
        });
        if let Some(values) = found {
            let values: Vec<String> = values.iter().map(|value| signed(*value, 1)).collect();
            said.push(format!("{words} {}", values.join(", ")));
        }
    }
    let letters: Vec<String> = context
        .headline()
        .map(|camp| camp.letter.to_owned())
        .collect();
    let mut text = if said.is_empty() {
        "Other markets: no stable response in the windows known by then.".to_owned()
    } else {
        format!(
            "Other markets at their peak, {}, camps {}, if the day is a supply day: {}.",
            context.quoted_name(),
            list_and(&letters),
            said.join("; ")
        )
    };
    let unstable = named(study, |finding| {
        matches!(finding, Finding::NoStableRelation(_))
    });
    if !unstable.is_empty() {
        text.push_str(&format!(" No stable relation: {}.", unstable.join(", ")));
    }
    let absent = named(study, |finding| finding.fit().is_none());
    if !absent.is_empty() {
        text.push_str(&format!(" Not available: {}.", absent.join(", ")));
    }
    text
}
