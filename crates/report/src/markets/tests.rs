//! Every finding reads as what it is; nothing is shown without its error, days and windows.

use brandish_scenario::markets::{
    EpisodeUse, Estimate, EstimateRules, Finding, InterventionWindow, Market, MarketFit,
    MarketResponse, MarketStudy, Regime, StudiedMarket,
};
use brandish_units::{Bp, Date, Jpy, JpyPerUsd, Usd};

use super::*;
use crate::fixture::{input, table};
use crate::sheet::Cell;
use crate::text::SummaryStyle;
use crate::view::Report;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn fit(per_ten_bp: f64, standard_error: f64) -> MarketFit {
    MarketFit {
        response: MarketResponse {
            per_ten_bp,
            standard_error,
            degrees_of_freedom: 38.0,
        },
        days: 40,
        r_squared: 0.25,
        without_one: (0.8 * per_ten_bp, 1.2 * per_ten_bp),
        largest_move: Bp(22.0),
        episodes: vec![EpisodeUse {
            episode: "taper_2013".to_owned(),
            first: date("2013-05-21"),
            last: date("2013-09-05"),
            days: 40,
        }],
    }
}

/// A study with one finding of each kind.
pub(crate) fn study() -> MarketStudy {
    let mut markets = Vec::new();
    for market in Market::ALL {
        for regime in Regime::ALL {
            let finding = match (market, regime) {
                (Market::Move, Regime::Supply) => Finding::Stable(fit(3.6, 0.9)),
                (Market::Sp500, Regime::SaleEpisodes) => Finding::NoStableRelation(fit(1.4, 0.9)),
                (Market::Sp500, Regime::Growth) => Finding::ByDefinition(fit(2.1, 0.2)),
                (Market::Sp500, Regime::All) => Finding::NoStableRelation(fit(0.7, 0.3)),
                (Market::HighYield, Regime::Growth) => Finding::Stable(fit(-19.5, 3.0)),
                _ => Finding::NotAvailable {
                    reason: "only 4 days of 1 episodes by that date; 20 days of 3 are asked for"
                        .to_owned(),
                },
            };
            markets.push(StudiedMarket {
                estimate: Estimate {
                    market,
                    regime,
                    finding,
                },
                days_in_record: 55,
            });
        }
    }
    MarketStudy {
        as_of: date("2025-05-01"),
        rules: EstimateRules {
            least_days: 20,
            least_episodes: 3,
            least_ratio: 3.0,
        },
        markets,
        mortgage: None,
        interventions: vec![
            InterventionWindow {
                first: date("2024-07-11"),
                last: date("2024-07-12"),
                total_only: false,
                amount: Jpy::from_bn(5534.8),
                before: Some(JpyPerUsd::from_jpy_per_usd(161.73)),
                sold: Some(Usd::from_bn(34.2)),
                change_pct: [Some(-2.37), Some(-2.69), Some(-9.42)],
                per_ten_usd_bn_pct: Some(-0.69),
                engine_pct: Some(-1.27),
                missing: None,
            },
            InterventionWindow {
                first: date("2026-07-30"),
                last: date("2026-08-27"),
                total_only: true,
                amount: Jpy::from_bn(15399.3),
                before: None,
                sold: None,
                change_pct: [None; 3],
                per_ten_usd_bn_pct: None,
                engine_pct: None,
                missing: Some("the newest rate that was out is that of 2026-04-27".to_owned()),
            },
        ],
        engine_per_ten_usd_bn_pct: -0.37,
    }
}

fn cells_of(market: Market, regime: Regime) -> Vec<String> {
    response_cells(study().of(market, regime).unwrap())
}

#[test]
fn a_response_stands_with_error_days_and_verdict() {
    assert_eq!(
        cells_of(Market::Move, Regime::Supply),
        [
            "MOVE, %",
            "supply",
            "+3.60 ± 0.90",
            "+4.0",
            "40/55",
            "0.25",
            "+2.88 to +4.32",
            "stable"
        ]
    );
    let definition = cells_of(Market::Sp500, Regime::Growth);
    assert_eq!(definition.last().map(String::as_str), Some("by definition"));
    let absent = cells_of(Market::Gold, Regime::Supply);
    assert_eq!(absent[2..], ["–", "–", "–", "–", "–", "not available"]);
}

#[test]
fn a_missing_rate_is_a_dash_with_its_reason() {
    let study = study();
    let rows: Vec<Vec<String>> = study.interventions.iter().map(intervention_cells).collect();
    assert_eq!(rows[0][0], "2024-07-11 to 07-12");
    assert_eq!(rows[1][0], "2026-07-30 to 08-27, total");
    assert_eq!(rows[1][2..], ["–", "–", "–", "–", "–", "–"]);
    assert!(intervention_note(&study).contains("not available, the newest rate that was out"));
}

#[test]
fn sheets_hold_every_market_and_no_filled_cell() {
    let sheets = market_sheets(&study());
    let responses = &sheets[0];
    assert_eq!(responses.rows.len(), Market::ALL.len() * Regime::ALL.len());
    let place = |name: &str| {
        responses
            .columns
            .iter()
            .position(|column| column.name == name)
            .unwrap()
    };
    for row in &responses.rows {
        let absent = row[place("verdict")] == Cell::text("not available");
        assert_eq!(absent, row[place("response_per_10bp")] == Cell::Empty);
        assert_eq!(absent, row[place("standard_error")] == Cell::Empty);
        assert_eq!(absent, row[place("windows")] == Cell::Empty);
        assert_eq!(absent, row[place("why")] != Cell::Empty);
    }
    assert_eq!(sheets[1].rows.len(), 2);
}

#[test]
fn text_fits_a_narrow_terminal_and_says_why() {
    for plain in [false, true] {
        let text = market_text(&study(), SummaryStyle { width: 80, plain });
        assert!(text.contains("A supply shock is not a growth shock"));
        assert!(text.contains("40/55"), "no response without its days");
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{widest:?}");
        assert!(text.contains("not available: gold, supply: only 4 days"));
        assert!(!plain || text.is_ascii());
    }
}

#[test]
fn the_section_names_the_stable_and_words_the_rest() {
    let table = table(true);
    let study = study();
    let mut input = input(&table);
    input.markets = Some(&study);
    let report = Report::build(&input);
    let markets = report.markets.unwrap();
    assert_eq!(
        markets.figure.title,
        "On days of a sale’s kind only MOVE follows the ten-year yield in a stable way"
    );
    let note = markets.figure.note.unwrap();
    assert!(note.contains("S&P 500 there: no stable relation"), "{note}");
    assert!(note.contains("Mortgage rates: not available"), "{note}");
    // by definition is not drawn; a growth response is drawn hollow
    let drawn: Vec<(&str, &str, bool)> = markets
        .points
        .iter()
        .map(|point| (point.market, point.regime, point.read))
        .collect();
    assert_eq!(
        drawn,
        [
            ("S&P 500", "seller days", true),
            ("MOVE", "supply", true),
            ("high yield", "growth", false)
        ]
    );
    assert!(markets.line.contains("No stable relation: S&P 500."));
    assert!(markets.line.contains("Not available: Nikkei 225"));
    let usdjpy = report.usdjpy.unwrap();
    assert_eq!(usdjpy.interventions.unwrap().rows.len(), 2);
}

#[test]
fn without_a_study_there_is_no_section() {
    let table = table(true);
    assert_eq!(Report::build(&input(&table)).markets, None);
}
