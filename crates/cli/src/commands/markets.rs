//! `brandish markets`: what past episodes say of other markets, and what interventions did to the yen.
//!
//! Without a day everything in the snapshot is used; with one, only what had been published by then.

use brandish_report::{market_sheets, market_text};
use brandish_scenario::markets::MarketStudy;
use brandish_scenario::parameters::ParameterBook;

use crate::args::{MarketTable, MarketsArgs};
use crate::commands::price::style;
use crate::exit::{Ending, Failure};
use crate::load::load_snapshot;
use crate::terminal::Terminal;

/// Shows the study of a day.
pub fn markets(terminal: Terminal, arguments: &MarketsArgs) -> Result<Ending, Failure> {
    let format = arguments.output.resolve(terminal)?;
    let snapshot = load_snapshot(arguments.snapshot.as_deref())?;
    let as_of = match arguments.as_of {
        Some(day) => day,
        None => {
            let day = MarketStudy::last_day(&snapshot).map_err(Failure::error)?;
            terminal.note(&format!(
                "as of {day}, when everything in the snapshot was out"
            ));
            day
        }
    };
    let book = ParameterBook::shipped().map_err(Failure::error)?;
    let study = MarketStudy::on(&snapshot, as_of, &book).map_err(Failure::error)?;
    let table = match arguments.table {
        MarketTable::Responses => "responses",
        MarketTable::Interventions => "interventions",
    };
    let text = market_text(&study, style(terminal));
    arguments
        .output
        .deliver(terminal, format, &market_sheets(&study), table, &text)?;
    Ok(Ending::Ok)
}
