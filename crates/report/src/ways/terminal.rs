//! The seller's choices in a terminal: the best way first, then the grid, the pace, the alternatives, the proceeds, the reserves.
//!
//! Each block leads with a sentence that its rows back. Camps stand side by side; the grid shows the headline camps. Where a figure is not
//! available its reason stands in its place. The last lines say what the numbers leave out.

use brandish_scenario::branches::Disclosure;
use brandish_scenario::ways::{Best, BreakEven, MIX_RULES, Objective, Pace, Scope, WayCost, Ways};

use super::choices::{alternatives, proceeds, reserves};
use super::{days_words, told, way_words};
use crate::format::{MINUS, bp_change, fixed, usd_bn};
use crate::text::{SummaryStyle, Text, numbers, words};

/// The text for people.
#[must_use]
pub fn ways_text(ways: &Ways, style: SummaryStyle) -> String {
    let mut text = Text::new(style);
    let own = match ways.own.days {
        Some(days) => days_words(days),
        None => format!("until day {}", ways.own.end_day),
    };
    text.wrapped(
        &format!(
            "brandish · ways to sell · {} · {}, {} · as written: {own}, {} · as of {}",
            ways.scenario,
            ways.seller,
            usd_bn(ways.amount.bn()),
            told(ways.own.disclosure),
            ways.as_of
        ),
        2,
    );
    best(&mut text, ways);
    grid(&mut text, ways);
    pace(&mut text, ways);
    alternatives(&mut text, ways);
    proceeds(&mut text, ways);
    reserves(&mut text, ways);
    notes(&mut text, ways);
    text.finish()
}

pub(super) fn heading(text: &mut Text, line: &str) {
    text.line("");
    text.wrapped(line, 2);
}

/// `2.41`, whole cents of a billion.
pub(super) fn bn(value: f64) -> String {
    fixed(value, 2)
}

/// `$2.41bn`, `−$0.26bn`.
fn money(value: f64) -> String {
    let number = bn(value);
    match number.strip_prefix(MINUS) {
        Some(rest) => format!("{MINUS}${rest}bn"),
        None => format!("${number}bn"),
    }
}

fn best(text: &mut Text, ways: &Ways) {
    heading(
        text,
        "1 The best way. Least execution loss, and least execution loss less the mark on what is kept at the horizon, at central parameters.",
    );
    for scope in [Scope::OwnPace, Scope::AnyPace] {
        for objective in [Objective::ExecutionLoss, Objective::WithMark] {
            let found: Vec<&Best> = ways
                .best
                .iter()
                .filter(|best| best.objective == objective && best.scope == scope)
                .collect();
            if found.is_empty() {
                continue;
            }
            let what = match objective {
                Objective::ExecutionLoss => "by execution loss",
                Objective::WithMark => "with the mark",
            };
            let among = match scope {
                Scope::AnyPace => "at any pace",
                Scope::OwnPace => "at the pace as written",
            };
            text.line(&format!("{among}, {what}"));
            for best in found {
                text.wrapped(&sentence(ways, best), 4);
            }
        }
    }
    if ways.own.by_camp.iter().any(|cost| cost.cost.band.is_some()) {
        text.line("");
        text.line("as written, median and 90% band of the draws, $bn");
        let rows: Vec<Vec<String>> = ways.own.by_camp.iter().map(own_row).collect();
        text.table(
            &[
                words("camp", 0),
                numbers("loss", 0),
                numbers("band", 1),
                numbers("mark", 0),
                numbers("band", 2),
                numbers("10Y peak bp", 0),
                numbers("band", 3),
            ],
            &rows,
        );
    }
}

fn own_row(cost: &WayCost) -> Vec<String> {
    let band = |values: Option<[f64; 3]>, decimals: usize| match values {
        Some([low, median, high]) => (
            fixed(median, decimals),
            format!("{} to {}", fixed(low, decimals), fixed(high, decimals)),
        ),
        None => (String::new(), String::new()),
    };
    let (loss, loss_band) = band(cost.execution_loss.band.map(|b| b.map(|v| v.bn())), 2);
    let (mark, mark_band) = band(cost.mark.band.map(|b| b.map(|v| v.bn())), 1);
    let (peak, peak_band) = band(cost.ten_year_peak.band.map(|b| b.map(|v| v.0)), 1);
    vec![
        cost.camp.letter().to_owned(),
        loss,
        loss_band,
        mark,
        mark_band,
        peak,
        peak_band,
    ]
}

fn sentence(ways: &Ways, best: &Best) -> String {
    let Some(cell) = ways.cells.get(best.cell) else {
        return String::new();
    };
    let name = ways
        .camps
        .iter()
        .find(|camp| camp.camp == best.camp)
        .map_or("", |camp| if camp.stress { " (stress)" } else { "" });
    let draws = match best.cheaper {
        Some(_) if cell.own => String::new(),
        Some(share) => format!("; cheaper in {}% of the draws", fixed(100.0 * share, 0)),
        None => String::new(),
    };
    if cell.own {
        return format!(
            "{}{name}: as written ({}), {}",
            best.camp.letter(),
            way_words(&cell.way),
            money(best.cost.bn())
        );
    }
    let inferred = if cell.beyond_inferred.bn() >= 0.05 {
        format!(
            " (sells ${}bn more of its maturities than the seller is inferred to hold)",
            fixed(cell.beyond_inferred.bn(), 1)
        )
    } else {
        String::new()
    };
    format!(
        "{}{name}: {}{inferred}: {} instead of {}{draws}",
        best.camp.letter(),
        way_words(&cell.way),
        money(best.cost.bn()),
        money(best.own.bn())
    )
}

fn grid(text: &mut Text, ways: &Ways) {
    heading(
        text,
        "2 Cost against pace and mix. Execution loss, $bn, central; * as written, < the least. Marks, bands and paired differences: --format csv.",
    );
    for (place, camp) in ways
        .camps
        .iter()
        .enumerate()
        .filter(|(_, camp)| !camp.stress)
    {
        let least = ways
            .best
            .iter()
            .find(|best| best.camp == camp.camp && best.objective == Objective::ExecutionLoss)
            .map(|best| best.cell);
        text.line("");
        text.line(&format!(
            "camp {} ({}), business days",
            camp.camp.letter(),
            camp.name
        ));
        let names: Vec<String> = ways.paces.iter().map(u32::to_string).collect();
        let mut columns = vec![words("mix", 0), words("", 0)];
        columns.extend(names.iter().map(|name| numbers(name, 0)));
        let mut rows = Vec::new();
        for disclosure in [Disclosure::Declared, Disclosure::Quiet] {
            for mix in MIX_RULES {
                let mut row = vec![mix.name().to_owned(), told(disclosure).to_owned()];
                for (index, cell) in ways.cells.iter().enumerate() {
                    if cell.way.mix != mix || cell.way.disclosure != disclosure {
                        continue;
                    }
                    let mark = match (cell.own, least == Some(index)) {
                        (true, true) => "*<",
                        (true, false) => "*",
                        (false, true) => "<",
                        (false, false) => "",
                    };
                    row.push(match cell.by_camp.get(place) {
                        Some(cost) => format!("{}{mark}", bn(cost.execution_loss.central.bn())),
                        None => String::new(),
                    });
                }
                rows.push(row);
            }
        }
        text.table(&columns, &rows);
    }
    let risks: Vec<String> = ways
        .paces
        .iter()
        .filter_map(|days| {
            let cell = ways.cells.iter().find(|cell| {
                cell.way.days == *days
                    && cell.way.mix == MIX_RULES[MIX_RULES.len() - 1]
                    && cell.way.disclosure == ways.own.disclosure
            })?;
            Some(format!(
                "${}bn over {}",
                fixed(cell.waiting_risk.bn(), 1),
                days_words(*days)
            ))
        })
        .collect();
    text.line("");
    text.wrapped(
        &format!(
            "Waiting has a risk of its own: one standard deviation of what ordinary moves of yields do to the unsold part (survey-official) is {}.",
            risks.join(", ")
        ),
        2,
    );
}

fn pace(text: &mut Text, ways: &Ways) {
    let benchmark = match (ways.rates.repo, ways.borrowing_spread) {
        (Some(rate), Some(spread)) => format!(
            "A borrowed dollar pays {}% ({}) and keeps the {}% that a sold one gives up: {} a year.",
            fixed(rate.0, 2),
            ways.rates.repo_source,
            fixed(ways.own.yield_pct.0, 2),
            bp_change(spread.0)
        ),
        _ => "The rate of the Fed's repo facility on that day is not known; give one with --repo-rate.".to_owned(),
    };
    heading(
        text,
        &format!(
            "3 Break-even pace. The pace at which selling costs as much as borrowing the same dollars at the Fed's repo facility for {} (limit aside), and the pace from which a day slower saves less than the wait costs; mix and disclosure as written. {benchmark}",
            days_words(ways.horizon_days)
        ),
    );
    for pace in &ways.pace {
        text.wrapped(&format!("{}: {}", pace.camp.letter(), pace_words(pace)), 4);
    }
}

fn pace_words(pace: &Pace) -> String {
    let borrowing = pace
        .borrowing
        .map_or_else(String::new, |cost| money(cost.bn()));
    let even = match pace.break_even {
        BreakEven::Days {
            days,
            loss,
            a_day_faster,
            again_at,
        } => format!(
            "break-even at {} ({}, {} a day faster; borrowing {borrowing}){}",
            days_words(days),
            money(loss.bn()),
            money(a_day_faster.bn()),
            again_at.map_or_else(String::new, |days| format!(
                "; cheaper than borrowing also over {}",
                days_words(days)
            ))
        ),
        BreakEven::SellingAtAnyPace { days, loss } => format!(
            "selling is the cheaper way at any pace (at most {}, over {}; borrowing {borrowing})",
            money(loss.bn()),
            days_words(days)
        ),
        BreakEven::BorrowingAtAnyPace { days, loss } => format!(
            "borrowing is the cheaper way at any pace (selling at least {}, over {}; borrowing {borrowing})",
            money(loss.bn()),
            days_words(days)
        ),
        BreakEven::SellingOnlyFaster { days, loss } => format!(
            "selling is the cheaper way only at fast paces such as {} ({}; borrowing {borrowing}), not at the slowest",
            days_words(days),
            money(loss.bn())
        ),
        BreakEven::BorrowingIsFree { spread } => format!(
            "no break-even: the securities yield no less than the facility charges ({} a year)",
            bp_change(spread.0)
        ),
        BreakEven::NoRate => "no break-even without a repo rate".to_owned(),
    };
    let cheapest = match pace.cheapest {
        Some(found) if found.at_the_horizon => format!(
            "; slower always saves more than the wait costs, up to {} ({} and {} of waiting)",
            days_words(found.days),
            money(found.loss.bn()),
            money(found.waiting.bn())
        ),
        Some(found) => format!(
            "; cheapest over {} ({} and {} of waiting)",
            days_words(found.days),
            money(found.loss.bn()),
            money(found.waiting.bn())
        ),
        None => String::new(),
    };
    format!("{even}{cheapest}")
}

fn notes(text: &mut Text, ways: &Ways) {
    text.line("");
    text.rule();
    for camp in ways.camps.iter().filter(|camp| camp.failed > 0) {
        text.wrapped(
            &format!(
                "camp {}: {} of {} paths found no prices and are left out; the first: {}",
                camp.camp.letter(),
                camp.failed,
                camp.paths,
                camp.first_failure.as_deref().unwrap_or("")
            ),
            2,
        );
    }
    if ways.interrupted {
        text.wrapped(
            &format!(
                "interrupted: {} of {} draws",
                ways.draws_finished, ways.draws_asked
            ),
            2,
        );
    }
    text.wrapped(
        "Costs: received less than the as-of value of what is sold, every security repriced on the shifted curve; the mark is on everything the seller's country keeps. No carry or roll-down in either. What is held by maturity is inferred. Lending, deposits and currencies have no effect on the curve here.",
        2,
    );
    text.wrapped(
        "Outside: policy-rate, inflation and safe-haven moves, the Treasury's own answer, pressure within a day. Not a forecast. Formulas: docs/reference/ways.md.",
        2,
    );
}
