//! From the outcome of a run to what the views are built from: words and records, no numbers of its own.
//!
//! Sentences are put together here because terminal and page must say the same ones. What the outcome does not know
//! stays missing. The only numbers that pass are those that are not in the long table: bounds of the seller, observed
//! yields, the engine's first day by belief.

use brandish_scenario::Outcome;
use brandish_scenario::file::{Departure, FedRule, Known, Sale, Scenario};
use brandish_scenario::happened::{BeliefBand, Event as RecordedEvent, Happened as After};
use brandish_scenario::outcome::{SellerSummary, SourceUse};
use brandish_units::{Bp, ParYield, Tenor};

use crate::format::{fixed, list_and, prose_date, signed, usd_bn};
use crate::input::{Happened, ReportInput, Seller, UsdJpyLevel};
use crate::view::{
    Assumption, Band, BeliefRow, CampBand, CampInfo, Event, Excluded, ManifestLine, Quote, Source,
    Warning,
};

/// Largest number of events in the list of what happened.
const MOST_EVENTS: usize = 16;

impl<'a> ReportInput<'a> {
    /// Everything a report shows about an outcome.
    #[must_use]
    pub fn from_outcome(outcome: &'a Outcome, version: &str, manifest: Vec<ManifestLine>) -> Self {
        let scenario = &outcome.scenario;
        ReportInput {
            version: version.to_owned(),
            title: scenario.title.clone(),
            order: order(scenario, &outcome.sellers),
            mode: mode(scenario).to_owned(),
            other_mode: outcome.other_mode.map(str::to_owned),
            table: &outcome.table,
            camps: outcome
                .camps
                .iter()
                .map(|camp| CampInfo {
                    letter: camp.camp.letter(),
                    name: camp.name.clone(),
                    stress: camp.stress,
                    draws: count(camp.draws + camp.failed),
                    failed: count(camp.failed),
                    sentence: camp.sentence.clone(),
                })
                .collect(),
            dates: (0..=outcome.days.horizon())
                .map(|day| outcome.days.date(day))
                .collect(),
            sale_end_day: outcome.days.sale_end(),
            seller: seller(outcome),
            named: outcome
                .sellers
                .iter()
                .map(|seller| (seller.name.clone(), seller.title.clone()))
                .collect(),
            usdjpy: outcome
                .usdjpy
                .map(|(rate, date)| UsdJpyLevel { rate, date }),
            markets: Some(&outcome.markets),
            happened: outcome
                .happened
                .as_ref()
                .map(|after| happened(after, outcome)),
            assumptions: outcome
                .assumptions
                .iter()
                .map(|assumption| Assumption {
                    name: assumption.name.clone(),
                    value: assumption.value.clone(),
                    unit: assumption.unit.clone(),
                    range: assumption.range.clone(),
                    source: assumption.source.clone(),
                })
                .collect(),
            taxpayer: {
                let words = &outcome.taxpayer;
                [
                    &words.baseline,
                    &words.ten_basis_points,
                    &words.issuance,
                    &words.fed,
                    &words.government_accounts,
                ]
                .map(Clone::clone)
                .to_vec()
            },
            warnings: outcome
                .warnings
                .iter()
                .map(|warning| Warning {
                    code: warning.code.to_owned(),
                    text: warning.text.clone(),
                })
                .collect(),
            manifest,
            sources: outcome.sources.iter().map(source).collect(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn source(source: &SourceUse) -> Source {
    Source {
        id: source.id.clone(),
        publisher: source.publisher.clone(),
        series: source.series.clone(),
        url: source.url.clone(),
        vintage: source.vintage.clone(),
        quality: source.quality.clone(),
        licence: source.licence.clone(),
    }
}

/// `announced`, `silent` or `words`.
fn mode(scenario: &Scenario) -> &'static str {
    match scenario.sales.first().map(|sale| sale.known) {
        None => "words",
        Some(Known::Silent) => "silent",
        Some(Known::Announced { .. }) => "announced",
    }
}

/// The order in one sentence.
fn order(scenario: &Scenario, sellers: &[SellerSummary]) -> String {
    let title = |name: &str| {
        sellers
            .iter()
            .find(|seller| seller.name == name)
            .map_or(name.to_owned(), |seller| seller.title.clone())
    };
    let mut parts: Vec<String> = scenario
        .sales
        .iter()
        .map(|sale| {
            let known = match sale.known {
                Known::Silent => "says nothing and",
                Known::Announced { .. } => "announces it and",
            };
            let verb = if sale.amount.bn() < 0.0 {
                "buys"
            } else {
                "sells"
            };
            format!(
                "{} {known} {verb} {} over {} business days",
                title(sale.seller.as_str()),
                usd_bn(sale.amount.bn().abs()),
                sale.days
            ) + &belief(sale)
                + &departure(sale)
        })
        .collect();
    if let Some(threat) = &scenario.threat {
        parts.push(format!(
            "the market’s belief that {} will sell {} goes from {}% to {}%",
            title(threat.seller.as_str()),
            usd_bn(threat.amount.bn()),
            fixed(threat.prior.value() * 100.0, 0),
            fixed(threat.probability.value() * 100.0, 0)
        ));
    }
    let fed = match scenario.fed {
        FedRule::On { credibility } => format!(
            "the Federal Reserve steps in if the market is stressed (believed with {}%)",
            fixed(credibility.value() * 100.0, 0)
        ),
        FedRule::Off => "no Federal Reserve response".to_owned(),
    };
    format!("{}; {fed}.", parts.join(", and "))
}

/// What the market gives for a declared plan, if it is not certain of it.
fn belief(sale: &Sale) -> String {
    match sale.known {
        Known::Announced { credibility, .. } if credibility.value() < 1.0 => {
            format!(", believed with {}%", fixed(credibility.value() * 100.0, 0))
        }
        _ => String::new(),
    }
}

/// How the plan is departed from.
fn departure(sale: &Sale) -> String {
    match sale.departure {
        None => String::new(),
        Some(Departure::Stopped { last_day }) => {
            format!(", and calls it off after day {last_day}")
        }
        Some(Departure::Hastened { first_day, days }) => {
            format!(", and from day {first_day} on hastens the rest into {days} business days")
        }
    }
}

/// The seller whose account is shown: the first one that sells.
fn seller(outcome: &Outcome) -> Option<Seller> {
    let seller = outcome
        .sellers
        .iter()
        .find(|seller| seller.amount.bn() > 0.0)?;
    Some(Seller {
        key: seller.name.clone(),
        name: seller.title.clone(),
        together: list_and(
            &outcome
                .sellers
                .iter()
                .filter(|seller| seller.amount.bn() > 0.0)
                .map(|seller| seller.title.clone())
                .collect::<Vec<_>>(),
        ),
        note: format!(
            "{} is reported to hold {}; the state can sell at most {} ({}).",
            seller.title,
            usd_bn(seller.total.bn()),
            usd_bn(seller.official_bound.bn()),
            seller.official_bound_source
        ),
    })
}

fn happened(after: &After, outcome: &Outcome) -> Happened {
    let events: Vec<&RecordedEvent> = nearest_events(after, outcome);
    Happened {
        statement: statement(after, outcome),
        quotes: quotes(after),
        event_day: Some(after.first_day),
        cause: cause(after),
        observed: after
            .observed
            .iter()
            .map(|(tenor, bp)| (*tenor, Bp(*bp)))
            .collect(),
        path: after
            .path
            .iter()
            .map(|(date, percent)| (*date, ParYield::from_percent(*percent)))
            .collect(),
        events: events
            .iter()
            .enumerate()
            .map(|(index, event)| Event {
                number: count(index + 1),
                date: event.date.to_string(),
                text: format!("{}: {}", event.actor, event.text),
                quality: event.quality.clone(),
                id: event.id.clone(),
            })
            .collect(),
        beliefs: after
            .beliefs
            .iter()
            .map(|row| BeliefRow {
                p: row.probability,
                cells: row
                    .moves
                    .iter()
                    .filter_map(|(camp, moves)| {
                        Some(CampBand {
                            letter: camp.letter(),
                            band: band(moves)?,
                        })
                    })
                    .collect(),
            })
            .collect(),
        excluded: after
            .excluded
            .iter()
            .map(|(camp, belief)| Excluded {
                letter: camp.letter(),
                belief: *belief,
                text: match belief {
                    Some(p) => {
                        format!("a belief of {p:.2} or more lies outside an ordinary day’s noise")
                    }
                    None => "no belief is ruled out by the day".to_owned(),
                },
            })
            .collect(),
        ordinary_day: Bp(after.ordinary_day_sd_bp),
        source: "US Treasury daily par yields; events with their sources in the timeline table"
            .to_owned(),
    }
}

/// Events closest to the as-of date, in order of date.
fn nearest_events<'a>(after: &'a After, outcome: &Outcome) -> Vec<&'a RecordedEvent> {
    let as_of = outcome.scenario.as_of;
    let mut events: Vec<&RecordedEvent> = after.events.iter().collect();
    events.sort_by_key(|event| ((event.date - as_of).abs(), event.id.clone()));
    events.truncate(MOST_EVENTS);
    events.sort_by_key(|event| (event.date, event.id.clone()));
    events
}

/// What the record says, in sentences; the first stands in the answer.
fn statement(after: &After, outcome: &Outcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if let (Some(seller), Some(first)) = (outcome.sellers.first(), after.later_flows.first()) {
        let months: Vec<String> = after
            .later_flows
            .iter()
            .map(|flow| format!("{} {}", flow.month, signed(flow.net_purchases_usd_bn, 1)))
            .collect();
        let bought = after
            .later_flows
            .iter()
            .all(|flow| flow.net_purchases_usd_bn > 0.0);
        let opening = if bought {
            format!("{} did not sell on net: its net", seller.title)
        } else {
            format!("{}’s net", seller.title)
        };
        sentences.push(format!(
            "{opening} purchases of Treasuries as published since, $bn by month: {} (vintage {}).",
            months.join(", "),
            first.vintage
        ));
    }
    if let Some((_, bp)) = after
        .observed
        .iter()
        .find(|(tenor, _)| *tenor == Tenor::Y10)
    {
        let volatility = match after.move_change_pct {
            Some(percent) if percent < 0.0 => {
                format!(
                    ", and implied rate volatility (MOVE) fell {}%",
                    fixed(percent.abs(), 1)
                )
            }
            Some(percent) => format!(
                ", and implied rate volatility (MOVE) rose {}%",
                fixed(percent, 1)
            ),
            None => String::new(),
        };
        sentences.push(format!(
            "On {} the 10Y moved {}\u{202F}bp{volatility}; an ordinary day’s standard deviation was {}\u{202F}bp.",
            prose_date(after.first_day),
            signed(*bp, 0),
            fixed(after.ordinary_day_sd_bp, 1)
        ));
    }
    sentences
}

/// What else the record has for day 1.
fn cause(after: &After) -> Option<String> {
    after
        .events
        .iter()
        .find(|event| {
            event.first_us_session == Some(after.first_day)
                && event.date == after.first_day
                && event.quote.is_none()
        })
        .map(|event| format!("{}: {}", event.actor, event.text))
}

fn quotes(after: &After) -> Vec<Quote> {
    after
        .events
        .iter()
        .filter(|event| (event.date - after.first_day).abs() <= 4)
        .filter_map(|event| {
            Some(Quote {
                text: event.quote.clone()?,
                who: event.actor.clone(),
                date: event.date.to_string(),
                quality: event.quality.clone(),
            })
        })
        .collect()
}

/// A band of draws; without draws there is none, and the belief table shows nothing for that camp.
fn band(moves: &BeliefBand) -> Option<Band> {
    let [p05, p25, p50, p75, p95] = moves.quantiles?;
    Some(Band {
        p05,
        p25,
        p50,
        p75,
        p95,
        mc_se: moves.mc_se?,
        central: moves.central,
    })
}
