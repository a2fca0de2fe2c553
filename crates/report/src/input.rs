//! What the views are built from: the facts of a run and the words and records that go with them.
//!
//! The long table holds every number that is drawn. Beside it stand only things that are not results: how the
//! order reads, what the camps believe, which days the run covers, assumptions, warnings, sources, manifest, and
//! what was published after the as-of date. A part that is missing stays missing in every view.

use brandish_scenario::LongTable;
use brandish_scenario::markets::MarketStudy;
use brandish_units::{Bp, Date, JpyPerUsd, ParYield, Tenor};

use crate::view::{
    Assumption, BeliefRow, CampInfo, Event, Excluded, ManifestLine, Quote, Source, Warning,
};

/// Everything a report shows.
#[derive(Debug, Clone)]
pub struct ReportInput<'a> {
    /// Version of brandish.
    pub version: String,
    /// Title of the scenario.
    pub title: String,
    /// The order in one sentence, e.g. `An announced sale of $300bn over 63 business days, no Federal Reserve response.`
    pub order: String,
    /// How this run trades: `announced`, `silent` or `words`.
    pub mode: String,
    /// The other way of trading the same order that `yield_change_other_mode` holds, if it was run.
    pub other_mode: Option<String>,
    /// All facts.
    pub table: &'a LongTable,
    /// Camps, headline camps first, stress camps last.
    pub camps: Vec<CampInfo>,
    /// Date of day 0 (the as-of close), 1, 2 ... to the horizon.
    pub dates: Vec<Date>,
    /// Last day of the last sale.
    pub sale_end_day: Option<u32>,
    /// Who sells, if one seller is the subject.
    pub seller: Option<Seller>,
    /// Everybody whom the scenario names: name in the `sector` column, name in sentences.
    pub named: Vec<(String, String)>,
    /// The exchange rate from which `usdjpy_change` counts.
    pub usdjpy: Option<UsdJpyLevel>,
    /// What past episodes say of other markets.
    pub markets: Option<&'a MarketStudy>,
    /// What was published after the as-of date.
    pub happened: Option<Happened>,
    /// Assumptions with their sources.
    pub assumptions: Vec<Assumption>,
    /// What must be said with the taxpayer's bill, in sentences.
    pub taxpayer: Vec<String>,
    /// Numbered warnings.
    pub warnings: Vec<Warning>,
    /// Lines of the manifest, ready to print.
    pub manifest: Vec<ManifestLine>,
    /// Sources of data with vintages.
    pub sources: Vec<Source>,
}

/// The seller whose account is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Seller {
    /// Name in the `sector` column of the account's rows, e.g. `japan`.
    pub key: String,
    /// Name in sentences, e.g. `Japan`.
    pub name: String,
    /// Names of everybody who sells in this run, e.g. `Japan and China`; the name alone where nobody else does.
    pub together: String,
    /// What is known of the position and its bound, in sentences; printed under the account.
    pub note: String,
}

/// An exchange rate and its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsdJpyLevel {
    /// The rate.
    pub rate: JpyPerUsd,
    /// Its day.
    pub date: Date,
}

/// What was published after the as-of date about the days that followed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Sentences, the first of which also stands in the answer.
    pub statement: Vec<String>,
    /// What was said.
    pub quotes: Vec<Quote>,
    /// The day that is compared with the engine's first day.
    pub event_day: Option<Date>,
    /// What else happened on that day, e.g. `a payrolls day`.
    pub cause: Option<String>,
    /// Observed change on the event day.
    pub observed: Vec<(Tenor, Bp)>,
    /// Observed ten-year yield around the day.
    pub path: Vec<(Date, ParYield)>,
    /// Numbered events.
    pub events: Vec<Event>,
    /// The engine's first-day ten-year move by belief and camp.
    pub beliefs: Vec<BeliefRow>,
    /// Beliefs that the observed day excludes, by camp.
    pub excluded: Vec<Excluded>,
    /// Standard deviation of an ordinary day's change in the ten-year yield.
    pub ordinary_day: Bp,
    /// Series the observations come from.
    pub source: String,
}
