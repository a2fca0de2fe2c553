//! The month response of every camp on the day of the run: an output of its parameters, and the yardstick by which camps are compared.
//!
//! $100bn of the reference seller's mix sold undeclared over 21 business days in the market of the day, ten-year yield at their end, without the
//! Federal Reserve and without forced sellers; and the Sharpe ratio that intermediaries earn on what they then hold. Draws are those that the
//! run finished, at most [`MOST_DRAWS`] of them: an interrupted run has these rows too, and replays to the same ones.

use brandish_habitat::{Parameters, month_response};
use brandish_units::Tenor;
use rayon::prelude::*;

use super::draws::CampWork;
use super::plan::RunFacts;
use crate::bands::{Column, FactKey, fact_rows};
use crate::error::ScenarioError;
use crate::table::LongTable;

/// Draws behind the band: the error of the median is then a few percent.
const MOST_DRAWS: u64 = 64;

/// Adds the rows of every camp; `finished` draws were made.
pub(super) fn rows(
    work: &[CampWork<'_, RunFacts>],
    seed: u64,
    finished: u64,
    table: &mut LongTable,
) -> Result<(), ScenarioError> {
    let draws = MOST_DRAWS.min(finished);
    for camp in work {
        let letter = camp.parameters.camp_name.letter();
        let respond = |parameters: &Parameters| -> Result<[f64; 2], ScenarioError> {
            let month = month_response(camp.market, parameters).map_err(|source| {
                ScenarioError::Clearing {
                    camp: letter,
                    source,
                }
            })?;
            Ok([month.ten_year.0, month.implied_sharpe])
        };
        let central = respond(&camp.parameters.central()?)?;
        let drawn: Vec<Option<(u64, [f64; 2])>> = (0..draws)
            .into_par_iter()
            .map(|number| {
                let parameters = camp.parameters.draw(seed, number).ok()?;
                Some((number, respond(&parameters).ok()?))
            })
            .collect();
        let (numbers, values): (Vec<u64>, Vec<[f64; 2]>) = drawn.into_iter().flatten().unzip();
        let keys = [
            FactKey::new("month_response", "bp", "habitat::month_response").at(Tenor::Y10),
            FactKey::new("implied_sharpe", "ratio", "habitat::month_response"),
        ];
        for (place, key) in keys.iter().enumerate() {
            let column = Column {
                numbers: &numbers,
                values: values.iter().map(|value| value[place]).collect(),
            };
            fact_rows(key, letter, central[place], column, &mut table.rows)?;
        }
    }
    Ok(())
}
