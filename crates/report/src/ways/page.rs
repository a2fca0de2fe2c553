//! The seller's choices drawn: what a sale costs by pace and mix, and what the same dollars cost otherwise, a panel for each camp.
//!
//! A title says what was found in every headline camp; where the camps disagree it only names what is drawn. All panels of a figure have one
//! scale, with zero on it. Lines are at central parameters; what is marked carries the 90% band of the draws. Numbers are only rounded here.

use std::io::Write;

use brandish_scenario::branches::Disclosure;
use brandish_scenario::ways::{
    Alternative, AlternativeKind, Banded, Best, Cell, MIX_RULES, MixRule, Objective, Scope, Ways,
    WaysCamp,
};
use brandish_units::Usd;

use super::{alternative_words, days_words, told, way_words, ways_sheets};
use crate::ReportError;
use crate::format::fixed;
use crate::page::escape;
use crate::panels::{
    FAINT, GRID, INK, Panel, WIDTH, apart, color, figure, length, panel, tick_decimals, ticks,
};
use crate::sheet::write_page_html;

/// Height of a panel of lines, and its margins.
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 118.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 42.0;
/// Height of an alternative: a line of words, a bar, a gap.
const ROW: f64 = 46.0;
/// Between two labels.
const GAP: f64 = 13.0;

/// Writes the page: drawings, the text of the terminal, every table.
///
/// # Errors
/// A number that is not finite, a failing output.
pub fn write_ways_html(ways: &Ways, text: &str, output: impl Write) -> Result<(), ReportError> {
    let about = format!(
        "brandish · ways to sell · {} · as of {} · Not a forecast",
        ways.scenario, ways.as_of
    );
    let title = format!(
        "How {} could raise ${}bn",
        ways.seller,
        fixed(ways.amount.bn(), 1)
    );
    let figures = format!(
        "<p>{}</p>\n<h1>{}</h1>\n{}{}",
        escape(&about),
        escape(&title),
        paces(ways),
        alternatives(ways)
    );
    write_page_html(&ways_sheets(ways), &figures, text, output)
}

fn headline(ways: &Ways) -> impl Iterator<Item = (usize, &WaysCamp)> {
    ways.camps
        .iter()
        .enumerate()
        .filter(|(_, camp)| !camp.stress)
}

/// The cheapest way of a camp by execution loss, at any pace.
fn best_of<'a>(ways: &'a Ways, camp: &WaysCamp) -> Option<&'a Best> {
    ways.best.iter().find(|best| {
        best.camp == camp.camp
            && best.objective == Objective::ExecutionLoss
            && best.scope == Scope::AnyPace
    })
}

/// `$0.27 to 1.44bn`, or one number where they are the same when rounded.
fn range(values: &[f64]) -> String {
    let least = fixed(values.iter().copied().fold(f64::INFINITY, f64::min), 2);
    let most = fixed(values.iter().copied().fold(f64::NEG_INFINITY, f64::max), 2);
    if least == most {
        format!("${least}bn")
    } else {
        format!("${least} to {most}bn")
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What holds in every headline camp, or only what is drawn.
fn pace_title(ways: &Ways) -> String {
    let found: Option<Vec<&Best>> = headline(ways)
        .map(|(_, camp)| best_of(ways, camp))
        .collect();
    let neutral = || "Execution loss by pace and mix".to_owned();
    let Some(found) = found else { return neutral() };
    let Some(first) = found.first() else {
        return neutral();
    };
    let Some(cell) = ways.cells.get(first.cell) else {
        return neutral();
    };
    if found.iter().any(|best| best.cell != first.cell) {
        return format!("{}: the cheapest way differs by camp", neutral());
    }
    let costs: Vec<f64> = found.iter().map(|best| best.cost.bn()).collect();
    if cell.own {
        return format!(
            "As written is the cheapest way in every camp: {}",
            range(&costs)
        );
    }
    if found.iter().any(|best| best.cost >= best.own) {
        return neutral();
    }
    let own: Vec<f64> = found.iter().map(|best| best.own.bn()).collect();
    format!(
        "{}, is the cheapest way in every camp: {} instead of {}",
        capital(&way_words(&cell.way)),
        range(&costs),
        range(&own)
    )
}

/// Losses by pace of one mix, told one way.
fn line(ways: &Ways, mix: MixRule, disclosure: Disclosure) -> Vec<&Cell> {
    ways.cells
        .iter()
        .filter(|cell| cell.way.mix == mix && cell.way.disclosure == disclosure)
        .collect()
}

fn paces(ways: &Ways) -> String {
    let lost = |cell: &Cell, place: usize| cell.by_camp.get(place).map(|cost| cost.execution_loss);
    // one scale: every line, and the bands of what is marked
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let mut stretch = |value: f64| {
        low = low.min(value);
        high = high.max(value);
    };
    for (place, camp) in headline(ways) {
        let best = best_of(ways, camp).and_then(|best| ways.cells.get(best.cell));
        for cell in &ways.cells {
            let marked = cell.own || best.is_some_and(|best| best.way == cell.way);
            if let Some(loss) = lost(cell, place) {
                if marked || cell.way.disclosure == ways.own.disclosure {
                    stretch(loss.central.bn());
                }
                if let (true, Some([least, _, most])) = (marked, loss.band) {
                    stretch(least.bn());
                    stretch(most.bn());
                }
            }
        }
    }
    let values = ticks(low, high);
    let panels: String = headline(ways)
        .map(|(place, camp)| {
            let drawing = pace_panel(ways, (place, camp), &values);
            panel(camp.camp, &camp.name, camp.stress, &drawing)
        })
        .collect();
    let bands = if ways.draws_finished >= 5 {
        "; bars: 90% band of the draws"
    } else {
        "; no bands: fewer than five draws"
    };
    figure(
        &pace_title(ways),
        &format!(
            "Execution loss, $bn, by business days of the sale and what is sold first, {}, central parameters{bands}. Full dot: the least of all ways; hollow: as written.",
            told(ways.own.disclosure)
        ),
        &panels,
        "The other disclosure is drawn, dashed, where the cheapest way has it; all ways are in the table ways. A camp has a central risk price of its own and its draws the prior that all camps share, so a central value can lie outside its band.",
    )
}

fn pace_panel(ways: &Ways, (place, camp): (usize, &WaysCamp), values: &[f64]) -> String {
    let mut drawing = Panel::new(HEIGHT);
    let (low, high) = ends(values);
    let bottom = HEIGHT - BOTTOM;
    let y = |value: f64| bottom - (value - low) / (high - low) * (bottom - TOP);
    let (first, last) = match (ways.paces.first(), ways.paces.last()) {
        (Some(first), Some(last)) if first < last => {
            (f64::from(*first).ln(), f64::from(*last).ln())
        }
        _ => (0.0, f64::INFINITY),
    };
    // paces double from one to the next, about: logarithms keep them apart
    let x = |days: u32| {
        let share = (f64::from(days).ln() - first) / (last - first);
        LEFT + 6.0 + share * (WIDTH - LEFT - RIGHT - 12.0)
    };
    let decimals = tick_decimals(values);
    for value in values {
        drawing.line(
            (LEFT, y(*value)),
            (WIDTH - RIGHT, y(*value)),
            (GRID, 1.0),
            false,
        );
        drawing.text(
            (LEFT - 6.0, y(*value) + 4.0),
            "end",
            FAINT,
            &fixed(*value, decimals),
        );
    }
    drawing.line((LEFT, y(0.0)), (WIDTH - RIGHT, y(0.0)), (FAINT, 1.0), false);
    // a label that would touch the one before it is left out
    let mut free = 0.0;
    for days in &ways.paces {
        let text = days.to_string();
        let from = x(*days) - 0.5 * length(&text);
        if from >= free {
            drawing.text((x(*days), bottom + 18.0), "middle", FAINT, &text);
            free = x(*days) + 0.5 * length(&text) + 4.0;
        }
    }
    drawing.text(
        (LEFT, bottom + 36.0),
        "start",
        FAINT,
        "business days of the sale",
    );
    let camp_color = color(camp.camp);
    let loss = |cell: &Cell| Some(cell.by_camp.get(place)?.execution_loss);
    let points = |cells: &[&Cell]| -> Vec<(f64, f64)> {
        cells
            .iter()
            .filter_map(|cell| Some((x(cell.way.days), y(loss(cell)?.central.bn()))))
            .collect()
    };
    let mut labels = Vec::new();
    for mix in MIX_RULES {
        let line = points(&line(ways, mix, ways.own.disclosure));
        drawing.path(&line, (camp_color, 1.5), false);
        labels.extend(line.last().map(|(_, y)| (mix.name(), *y)));
    }
    let best = best_of(ways, camp).and_then(|best| ways.cells.get(best.cell));
    if let Some(best) = best.filter(|best| best.way.disclosure != ways.own.disclosure) {
        let line = points(&line(ways, best.way.mix, best.way.disclosure));
        drawing.path(&line, (camp_color, 1.25), true);
        if let Some((_, y)) = line.last() {
            labels.push((told(best.way.disclosure), *y));
        }
    }
    let heights: Vec<f64> = labels.iter().map(|(_, y)| y + 4.0).collect();
    let heights = apart(&heights, GAP, (TOP, bottom + 8.0));
    for ((name, _), height) in labels.iter().zip(heights) {
        drawing.text((WIDTH - RIGHT + 4.0, height), "start", FAINT, name);
    }
    let mut mark = |cell: &Cell, full: bool| {
        let Some(cost) = loss(cell) else { return };
        if let Some([least, _, most]) = cost.band {
            let (from, to) = (y(most.bn()), y(least.bn()));
            drawing.bar(
                (x(cell.way.days) - 3.0, from),
                (6.0, to - from),
                (camp_color, 0.3),
            );
        }
        let at = (x(cell.way.days), y(cost.central.bn()));
        drawing.dot(at, camp_color, full);
        // beside the right edge stand the labels of the lines
        let near_edge = at.0 > WIDTH - RIGHT - 24.0;
        let (to, anchor) = if near_edge {
            (at.0 + 2.0, "end")
        } else {
            (at.0, "middle")
        };
        let said = fixed(cost.central.bn(), 2);
        drawing.text((to, at.1 - 9.0), anchor, INK, &said);
    };
    for own in ways.cells.iter().filter(|cell| cell.own) {
        mark(own, false);
    }
    if let Some(best) = best {
        mark(best, true);
    }
    drawing.finish(&format!(
        "Execution loss by pace and mix, camp {}: lines by mix, the cheapest way and the one as written marked",
        camp.camp.letter()
    ))
}

fn ends(values: &[f64]) -> (f64, f64) {
    match (values.first(), values.last()) {
        (Some(low), Some(high)) if low < high => (*low, *high),
        (Some(low), _) => (*low, low + 1.0),
        _ => (0.0, 1.0),
    }
}

/// What a way to the dollars costs in a camp, if its carry is known.
fn cost(alternative: &Alternative, camp: &WaysCamp) -> Option<Banded<Usd>> {
    alternative
        .by_camp
        .iter()
        .find(|effect| effect.camp == camp.camp)?
        .loss_and_carry
}

/// What holds in every headline camp for the same dollars, or only what is drawn.
fn alternatives_title(ways: &Ways) -> String {
    let neutral = || "What dollars cost, by the way they are raised".to_owned();
    let of = |kind: AlternativeKind| {
        ways.alternatives
            .iter()
            .find(|alternative| alternative.kind == kind)
    };
    let (Some(sale), Some(repo)) = (of(AlternativeKind::Sale), of(AlternativeKind::RepoThenSale))
    else {
        return neutral();
    };
    let pairs: Option<Vec<(f64, f64)>> = headline(ways)
        .map(|(_, camp)| {
            // what is drawn: medians where there are draws
            let drawn = |cost: Banded<Usd>| cost.band.map_or(cost.central, |band| band[1]).bn();
            Some((drawn(cost(sale, camp)?), drawn(cost(repo, camp)?)))
        })
        .collect();
    let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else {
        return neutral();
    };
    let sold: Vec<f64> = pairs.iter().map(|(sale, _)| *sale).collect();
    let lent: Vec<f64> = pairs.iter().map(|(_, repo)| *repo).collect();
    if pairs.iter().all(|(sale, repo)| repo < sale) {
        format!(
            "Borrowing from the Fed to its limit and selling the rest costs less than selling everything, in every camp: {} instead of {}",
            range(&lent),
            range(&sold)
        )
    } else if pairs.iter().all(|(sale, repo)| sale < repo) {
        format!(
            "Selling everything costs less than borrowing from the Fed to its limit, in every camp: {} instead of {}",
            range(&sold),
            range(&lent)
        )
    } else {
        neutral()
    }
}

fn alternatives(ways: &Ways) -> String {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for (_, camp) in headline(ways) {
        for found in ways.alternatives.iter().filter_map(|one| cost(one, camp)) {
            let [least, _, most] = found.band.unwrap_or([found.central; 3]);
            low = low.min(least.bn());
            high = high.max(most.bn());
        }
    }
    let values = ticks(low, high);
    let panels: String = headline(ways)
        .map(|(_, camp)| {
            let drawing = alternatives_panel(ways, camp, &values);
            panel(camp.camp, &camp.name, camp.stress, &drawing)
        })
        .collect();
    let drawn = if ways.draws_finished >= 5 {
        "median and 90% band of the draws"
    } else {
        "central parameters, no bands: fewer than five draws"
    };
    figure(
        &alternatives_title(ways),
        &format!(
            "Execution loss and carry over {}, $bn, beyond the yield that a sold dollar gives up; {drawn}. Beside each way what it raises of ${}bn.",
            days_words(ways.horizon_days),
            fixed(ways.amount.bn(), 1)
        ),
        &panels,
        "A negative cost is a gain. Carry is the same in every draw. Limits, dates and what is not published are in the text below.",
    )
}

fn alternatives_panel(ways: &Ways, camp: &WaysCamp, values: &[f64]) -> String {
    let rows = ways.alternatives.len() as f64;
    let mut drawing = Panel::new(ROW * rows + 30.0);
    let (low, high) = ends(values);
    let bottom = ROW * rows;
    let x = |value: f64| 14.0 + (value - low) / (high - low) * (WIDTH - 28.0);
    let decimals = tick_decimals(values);
    for value in values {
        drawing.line((x(*value), 0.0), (x(*value), bottom), (GRID, 1.0), false);
        drawing.text(
            (x(*value), bottom + 16.0),
            "middle",
            FAINT,
            &fixed(*value, decimals),
        );
    }
    drawing.line((x(0.0), 0.0), (x(0.0), bottom), (FAINT, 1.0), false);
    for (row, alternative) in ways.alternatives.iter().enumerate() {
        let top = ROW * row as f64;
        let raises = match alternative.available {
            Some(amount) => format!(", ${}bn", fixed(amount.bn(), 1)),
            None => String::new(),
        };
        let name = format!("{}{raises}", alternative_words(alternative.kind));
        let middle = top + 28.0;
        let said = match cost(alternative, camp) {
            None => "not available".to_owned(),
            Some(found) => {
                let [least, median, most] = found.band.unwrap_or([found.central; 3]).map(Usd::bn);
                let wide = (x(most) - x(least)).max(0.0);
                drawing.bar(
                    (x(least), middle - 3.0),
                    (wide, 6.0),
                    (color(camp.camp), 0.3),
                );
                drawing.line(
                    (x(median), middle - 9.0),
                    (x(median), middle + 9.0),
                    (color(camp.camp), 3.5),
                    false,
                );
                match found.band {
                    Some(_) if fixed(least, 2) != fixed(most, 2) => format!(
                        "{} ({} to {})",
                        fixed(median, 2),
                        fixed(least, 2),
                        fixed(most, 2)
                    ),
                    _ => fixed(median, 2),
                }
            }
        };
        drawing.text((0.0, top + 13.0), "start", INK, &name);
        drawing.text((WIDTH, top + 13.0), "end", FAINT, &said);
    }
    drawing.finish(&format!(
        "Cost of each way to the dollars, camp {}: median and 90% band",
        camp.camp.letter()
    ))
}

#[cfg(test)]
mod tests {
    use brandish_data::Percent;
    use brandish_scenario::file::CampName;
    use brandish_scenario::ways::{AlternativeEffect, OwnWay, Rates, Way, WayCost};
    use brandish_units::{Bp, Date};

    use super::*;

    fn usd(central: f64) -> Banded<Usd> {
        Banded {
            central: Usd::from_bn(central),
            band: Some([0.5 * central, 1.1 * central, 2.0 * central].map(Usd::from_bn)),
        }
    }

    fn cost(camp: CampName, loss: f64) -> WayCost {
        WayCost {
            camp,
            execution_loss: usd(loss),
            mark: usd(-loss),
            cost: usd(2.0 * loss),
            ten_year_peak: Banded {
                central: Bp(loss),
                band: None,
            },
            peak_day: 1,
            loss_beyond_own: usd(0.0),
            cost_beyond_own: usd(0.0),
            cheaper_by_loss: None,
            cheaper_by_cost: None,
        }
    }

    /// Two camps, two paces of every mix, announced; the second loses twice as much. `best` is the cell of each camp.
    fn ways(best: [usize; 2]) -> Ways {
        let camps = [CampName::S, CampName::F];
        let cells: Vec<Cell> = MIX_RULES
            .into_iter()
            .flat_map(|mix| [5, 63].map(|days| (mix, days)))
            .enumerate()
            .map(|(number, (mix, days))| Cell {
                way: Way {
                    days,
                    mix,
                    disclosure: Disclosure::Declared,
                },
                own: number == 0,
                beyond_inferred: Usd::ZERO,
                waiting: None,
                waiting_risk: Usd::ZERO,
                by_camp: [1.0, 2.0]
                    .into_iter()
                    .zip(camps)
                    .map(|(factor, camp)| cost(camp, factor * (10.0 - number as f64)))
                    .collect(),
            })
            .collect();
        let alternative = |kind, losses: [f64; 2]| Alternative {
            kind,
            available: Some(Usd::from_bn(50.0)),
            days: Some(5),
            spread: None,
            carry: Some(Usd::ZERO),
            by_camp: losses
                .into_iter()
                .zip(camps)
                .map(|(loss, camp)| AlternativeEffect {
                    camp,
                    execution_loss: usd(loss),
                    mark: Usd::ZERO,
                    loss_and_carry: Some(usd(loss)),
                    ten_year_peak: Bp(0.0),
                    pays_for_days: None,
                })
                .collect(),
            note: String::new(),
        };
        Ways {
            scenario: "a".to_owned(),
            as_of: Date::EPOCH,
            seller: "<Japan>".to_owned(),
            amount: Usd::from_bn(50.0),
            start_day: 1,
            horizon_days: 63,
            camps: camps
                .into_iter()
                .map(|camp| WaysCamp {
                    camp,
                    name: "<b>".to_owned(),
                    stress: false,
                    failed: 0,
                    paths: 1,
                    first_failure: None,
                })
                .collect(),
            own: OwnWay {
                days: Some(5),
                end_day: 5,
                disclosure: Disclosure::Declared,
                by_camp: cells[0].by_camp.clone(),
                yield_pct: Percent(4.0),
            },
            paces: vec![5, 63],
            best: best
                .into_iter()
                .zip(camps)
                .enumerate()
                .map(|(place, (cell, camp))| Best {
                    camp,
                    objective: Objective::ExecutionLoss,
                    scope: Scope::AnyPace,
                    cell,
                    cost: cells[cell].by_camp[place].execution_loss.central,
                    own: cells[0].by_camp[place].execution_loss.central,
                    cheaper: None,
                })
                .collect(),
            cells,
            pace: Vec::new(),
            rates: Rates {
                date: Date::EPOCH,
                repo: None,
                repo_source: String::new(),
                pool: None,
                pool_source: String::new(),
            },
            borrowing_spread: None,
            alternatives: vec![
                alternative(AlternativeKind::Sale, [3.0, 6.0]),
                alternative(AlternativeKind::RepoThenSale, [2.0, 5.0]),
            ],
            run_off: Vec::new(),
            proceeds: Vec::new(),
            reserves: Err("none".to_owned()),
            draws_asked: 32,
            draws_finished: 32,
            seed: 1,
            interrupted: false,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_title_says_only_what_holds_in_every_camp() {
        // losses of the cells: 10, 9, 8 ... in camp S, twice that in F; the last cell is survey-official over 63 days
        assert_eq!(
            pace_title(&ways([9, 9])),
            "Survey-official over 63 days, announced, is the cheapest way in every camp: $1.00 to 2.00bn instead of $10.00 to 20.00bn"
        );
        assert!(pace_title(&ways([9, 8])).ends_with("the cheapest way differs by camp"));
        assert!(pace_title(&ways([0, 0])).starts_with("As written is the cheapest way"));
        let mut found = ways([9, 9]);
        // medians, which are drawn: 1.1 times the central values here
        assert!(alternatives_title(&found).ends_with("$2.20 to 5.50bn instead of $3.30 to 6.60bn"));
        // one camp in which the loan costs more: nothing holds in every camp
        found.alternatives[1].by_camp[1].loss_and_carry = Some(usd(7.0));
        assert_eq!(
            alternatives_title(&found),
            "What dollars cost, by the way they are raised"
        );
        found.alternatives[1].by_camp[0].loss_and_carry = None;
        assert_eq!(
            alternatives_title(&found),
            "What dollars cost, by the way they are raised"
        );
    }

    #[test]
    fn a_panel_has_a_line_for_every_mix_and_marks_with_bands_and_nothing_runs() {
        let found = ways([9, 9]);
        let mut bytes = Vec::new();
        write_ways_html(&found, "ways", &mut bytes).unwrap();
        let page = String::from_utf8(bytes).unwrap();
        assert_eq!(page.matches("<svg").count(), 4, "two figures of two camps");
        assert_eq!(page.matches("<polyline").count(), 2 * 5);
        assert_eq!(page.matches("<circle").count(), 2 * 2);
        // two marks with bands and two alternatives with bands, in each camp
        assert_eq!(page.matches("<rect").count(), 2 * 4);
        assert!(!page.contains("<b>") && !page.contains("<script"));
        assert!(!page.contains("NaN") && !page.contains("inf\""));
    }
}
