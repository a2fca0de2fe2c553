//! Backtests as rows of the long table, one fact a row.
//!
//! `sector` names episode and window (`china-2015/main`), `date` and `day` are those of the window's last close. Answers are numbers: 1 yes,
//! 0 no; a sign that is too small to score has no row. `docs/reference/long-table.md` lists the measures.

use std::sync::Arc;

use brandish_units::calendar;

use super::score::{PROBABILITIES, Sign};
use super::{Backtest, Band, Declaration, Verdict, Weights};
use crate::bands::FactKey;
use crate::table::Row;

const STATS: [&str; 5] = ["p05", "p25", "p50", "p75", "p95"];
const SOURCE: &str = "scenario::backtest";

/// All rows of the given backtests and their weights.
#[must_use]
pub fn rows(backtests: &[Backtest], weights: &Weights, declaration: &Declaration) -> Vec<Row> {
    let mut rows = Vec::new();
    for backtest in backtests {
        for window in &backtest.windows {
            let place: Arc<str> =
                format!("{}/{}", backtest.episode.name, window.window.name).into();
            let day = u32::try_from(window.last_day).unwrap_or(u32::MAX);
            let date = calendar::add_business_days(
                backtest.episode.as_of,
                i32::try_from(window.last_day).unwrap_or(i32::MAX),
            );
            let key = |measure, unit| FactKey::new(measure, unit, SOURCE).on(day, date).of(&place);
            for (tenor, observed) in declaration.tenors.iter().zip(&window.observed) {
                if let Some(change) = observed {
                    let fact = key("observed_change", "bp").at(*tenor);
                    rows.push(fact.row(None, "central", change.0));
                }
            }
            let scored = declaration.tenors[declaration.scored];
            rows.push(key("everything_else_sd", "bp").at(scored).row(
                None,
                "central",
                window.sd_bp,
            ));
            for camp in &window.camps {
                let letter = Some(camp.camp.letter());
                let mut band = |fact: FactKey, band: &Band| {
                    rows.push(fact.row(letter, "central", band.central));
                    for (place, stat) in STATS.iter().enumerate().take(PROBABILITIES.len()) {
                        rows.push(fact.row(letter, stat, band.quantiles[place]));
                    }
                    rows.push(fact.row(letter, "mc_se", band.mc_se));
                };
                for (tenor, effect) in declaration.tenors.iter().zip(&camp.effects) {
                    band(key("effect", "bp").at(*tenor), effect);
                }
                band(key("prediction", "bp").at(scored), &camp.prediction);
                if let Some(mistaken) = &camp.taken_for_a_sale {
                    band(key("effect_taken_for_a_sale", "bp").at(scored), mistaken);
                }
                let yes = |answer: bool| if answer { 1.0 } else { 0.0 };
                let mut fact = |measure, unit, value| {
                    rows.push(key(measure, unit).at(scored).row(letter, "central", value));
                };
                fact("in_sample", "ratio", yes(!camp.in_sample.is_empty()));
                match camp.sign {
                    Some(Sign::Right) => fact("sign_right", "ratio", 1.0),
                    Some(Sign::Wrong) => fact("sign_right", "ratio", 0.0),
                    Some(Sign::TooSmall) | None => {}
                }
                if let Some((half, wide)) = camp.covered {
                    fact("covered_50", "ratio", yes(half));
                    fact("covered_90", "ratio", yes(wide));
                }
                if let Some(log) = camp.log_likelihood {
                    fact("log_likelihood", "ratio", log);
                }
                match camp.verdict {
                    Verdict::Hit => fact("hit", "ratio", 1.0),
                    Verdict::Miss => fact("hit", "ratio", 0.0),
                    Verdict::TooSmall | Verdict::NotScored => {}
                }
            }
        }
    }
    for camp in &weights.camps {
        let letter = Some(camp.camp.letter());
        let mut fact = |measure, value| {
            let key = FactKey::new(measure, "prob", SOURCE);
            rows.push(key.row(letter, "central", value));
        };
        fact("weight_before", camp.before);
        fact("weight_after", camp.after);
        if let Some((least, most)) = camp.leaving_one_out {
            fact("weight_after_least", least);
            fact("weight_after_most", most);
        }
    }
    rows
}
