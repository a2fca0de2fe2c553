//! The seller's choices as sheets: one row a fact of its kind, units in the names of the columns.
//!
//! A banded figure has four columns: the central value under its name, the quantiles of the draws under `_p05 _p50 _p95`, empty with fewer
//! than five draws. `beyond_own` is a difference from the scenario's own way under the same draw: negative is cheaper.

use brandish_scenario::ways::{Banded, BreakEven, Objective, Scope, WayCost, Ways};
use brandish_units::{Bp, Usd};

use super::{alternative_name, told};
use crate::format::tenor_label;
use crate::sheet::{Cell, ColumnKind, Sheet};

/// All sheets.
#[must_use]
pub fn ways_sheets(ways: &Ways) -> Vec<Sheet> {
    vec![
        grid(ways),
        best(ways),
        pace(ways),
        alternatives(ways),
        run_off(ways),
        proceeds(ways),
        reserves(ways),
    ]
}

fn about(ways: &Ways) -> Vec<(String, String)> {
    let reserves = match &ways.reserves {
        Ok(reserves) => format!("{}, {}", reserves.source, reserves.date),
        Err(reason) => format!("not available: {reason}"),
    };
    [
        ("scenario", ways.scenario.clone()),
        ("as_of", ways.as_of.to_string()),
        ("seller", ways.seller.clone()),
        ("amount_usd_bn", format!("{:?}", ways.amount.bn())),
        ("horizon_days", ways.horizon_days.to_string()),
        ("own_disclosure", told(ways.own.disclosure).to_owned()),
        (
            "draws",
            format!("{} of {}", ways.draws_finished, ways.draws_asked),
        ),
        ("seed", ways.seed.to_string()),
        (
            "cost",
            "execution loss less mark at the horizon; positive is a cost".to_owned(),
        ),
        ("repo_rate", ways.rates.repo_source.clone()),
        ("reserves", reserves),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

fn banded_columns(sheet: &mut Sheet, name: &str, unit: &str) {
    sheet.column(format!("{name}_{unit}"), ColumnKind::Number);
    for quantile in ["p05", "p50", "p95"] {
        sheet.column(format!("{name}_{quantile}_{unit}"), ColumnKind::Number);
    }
}

fn banded<T: Copy>(cells: &mut Vec<Cell>, value: &Banded<T>, number: fn(T) -> f64) {
    cells.push(Cell::Number(number(value.central)));
    for place in 0..3 {
        cells.push(Cell::number(value.band.map(|band| number(band[place]))));
    }
}

const BN: fn(Usd) -> f64 = Usd::bn;
const BASIS_POINTS: fn(Bp) -> f64 = |change| change.0;

fn cost_columns(sheet: &mut Sheet) {
    banded_columns(sheet, "execution_loss", "usd_bn");
    banded_columns(sheet, "mark_to_market", "usd_bn");
    banded_columns(sheet, "cost", "usd_bn");
    banded_columns(sheet, "ten_year_peak", "bp");
    sheet.column("peak_day", ColumnKind::Number);
    banded_columns(sheet, "execution_loss_beyond_own", "usd_bn");
    banded_columns(sheet, "cost_beyond_own", "usd_bn");
    sheet.column("cheaper_by_loss_prob", ColumnKind::Number);
    sheet.column("cheaper_by_cost_prob", ColumnKind::Number);
}

fn cost_cells(cells: &mut Vec<Cell>, cost: &WayCost) {
    banded(cells, &cost.execution_loss, BN);
    banded(cells, &cost.mark, BN);
    banded(cells, &cost.cost, BN);
    banded(cells, &cost.ten_year_peak, BASIS_POINTS);
    cells.push(Cell::Number(f64::from(cost.peak_day)));
    banded(cells, &cost.loss_beyond_own, BN);
    banded(cells, &cost.cost_beyond_own, BN);
    cells.push(Cell::number(cost.cheaper_by_loss));
    cells.push(Cell::number(cost.cheaper_by_cost));
}

fn grid(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("ways", about(ways));
    sheet.column("camp", ColumnKind::Text);
    sheet.column("way", ColumnKind::Text);
    sheet.column("days", ColumnKind::Number);
    sheet.column("mix", ColumnKind::Text);
    sheet.column("disclosure", ColumnKind::Text);
    cost_columns(&mut sheet);
    sheet.column("beyond_inferred_usd_bn", ColumnKind::Number);
    sheet.column("waiting_usd_bn", ColumnKind::Number);
    sheet.column("waiting_risk_usd_bn", ColumnKind::Number);
    for cost in &ways.own.by_camp {
        let mut cells = vec![
            Cell::text(cost.camp.letter()),
            Cell::text("as-written"),
            Cell::number(ways.own.days.map(f64::from)),
            Cell::Empty,
            Cell::text(told(ways.own.disclosure)),
        ];
        cost_cells(&mut cells, cost);
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        sheet.rows.push(cells);
    }
    for cell in &ways.cells {
        for cost in &cell.by_camp {
            let mut cells = vec![
                Cell::text(cost.camp.letter()),
                Cell::text(if cell.own { "own" } else { "other" }),
                Cell::Number(f64::from(cell.way.days)),
                Cell::text(cell.way.mix.name()),
                Cell::text(told(cell.way.disclosure)),
            ];
            cost_cells(&mut cells, cost);
            cells.push(Cell::Number(cell.beyond_inferred.bn()));
            cells.push(Cell::number(cell.waiting.map(BN)));
            cells.push(Cell::Number(cell.waiting_risk.bn()));
            sheet.rows.push(cells);
        }
    }
    sheet
}

fn best(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("best", about(ways));
    sheet.column("camp", ColumnKind::Text);
    sheet.column("objective", ColumnKind::Text);
    sheet.column("scope", ColumnKind::Text);
    sheet.column("days", ColumnKind::Number);
    sheet.column("mix", ColumnKind::Text);
    sheet.column("disclosure", ColumnKind::Text);
    sheet.column("cost_usd_bn", ColumnKind::Number);
    sheet.column("own_cost_usd_bn", ColumnKind::Number);
    sheet.column("cheaper_than_own_prob", ColumnKind::Number);
    for best in &ways.best {
        let Some(cell) = ways.cells.get(best.cell) else {
            continue;
        };
        sheet.rows.push(vec![
            Cell::text(best.camp.letter()),
            Cell::text(match best.objective {
                Objective::ExecutionLoss => "execution-loss",
                Objective::WithMark => "with-mark",
            }),
            Cell::text(match best.scope {
                Scope::AnyPace => "any-pace",
                Scope::OwnPace => "own-pace",
            }),
            Cell::Number(f64::from(cell.way.days)),
            Cell::text(cell.way.mix.name()),
            Cell::text(told(cell.way.disclosure)),
            Cell::Number(best.cost.bn()),
            Cell::Number(best.own.bn()),
            Cell::number(best.cheaper),
        ]);
    }
    sheet
}

fn pace(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("pace", about(ways));
    sheet.column("camp", ColumnKind::Text);
    sheet.column("borrowing_spread_bp", ColumnKind::Number);
    sheet.column("borrowing_usd_bn", ColumnKind::Number);
    sheet.column("break_even", ColumnKind::Text);
    sheet.column("break_even_days", ColumnKind::Number);
    sheet.column("execution_loss_there_usd_bn", ColumnKind::Number);
    sheet.column("execution_loss_a_day_faster_usd_bn", ColumnKind::Number);
    sheet.column("cheapest_days", ColumnKind::Number);
    sheet.column("cheapest_execution_loss_usd_bn", ColumnKind::Number);
    sheet.column("cheapest_waiting_usd_bn", ColumnKind::Number);
    sheet.column("cheapest_at_the_horizon", ColumnKind::Text);
    for pace in &ways.pace {
        let (word, days, loss, faster) = match pace.break_even {
            BreakEven::Days {
                days,
                loss,
                a_day_faster,
                ..
            } => ("days", Some(days), Some(loss), Some(a_day_faster)),
            BreakEven::SellingAtAnyPace { days, loss } => {
                ("selling-at-any-pace", Some(days), Some(loss), None)
            }
            BreakEven::SellingOnlyFaster { days, loss } => {
                ("selling-only-faster", Some(days), Some(loss), None)
            }
            BreakEven::BorrowingAtAnyPace { days, loss } => {
                ("borrowing-at-any-pace", Some(days), Some(loss), None)
            }
            BreakEven::BorrowingIsFree { .. } => ("borrowing-is-free", None, None, None),
            BreakEven::NoRate => ("no-rate", None, None, None),
        };
        sheet.rows.push(vec![
            Cell::text(pace.camp.letter()),
            Cell::number(ways.borrowing_spread.map(BASIS_POINTS)),
            Cell::number(pace.borrowing.map(BN)),
            Cell::text(word),
            Cell::number(days.map(f64::from)),
            Cell::number(loss.map(BN)),
            Cell::number(faster.map(BN)),
            Cell::number(pace.cheapest.map(|found| f64::from(found.days))),
            Cell::number(pace.cheapest.map(|found| found.loss.bn())),
            Cell::number(pace.cheapest.map(|found| found.waiting.bn())),
            Cell::text(match pace.cheapest {
                Some(found) if found.at_the_horizon => "yes",
                Some(_) => "no",
                None => "",
            }),
        ]);
    }
    sheet
}

fn alternatives(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("alternatives", about(ways));
    sheet.column("alternative", ColumnKind::Text);
    sheet.column("camp", ColumnKind::Text);
    for name in ["available_usd_bn", "days", "spread_bp", "carry_usd_bn"] {
        sheet.column(name, ColumnKind::Number);
    }
    banded_columns(&mut sheet, "execution_loss", "usd_bn");
    sheet.column("mark_to_market_usd_bn", ColumnKind::Number);
    banded_columns(&mut sheet, "loss_and_carry", "usd_bn");
    for name in ["ten_year_peak_bp", "pays_for_days"] {
        sheet.column(name, ColumnKind::Number);
    }
    sheet.column("note", ColumnKind::Text);
    for alternative in &ways.alternatives {
        let shared = [
            Cell::number(alternative.available.map(BN)),
            Cell::number(alternative.days.map(f64::from)),
            Cell::number(alternative.spread.map(BASIS_POINTS)),
            Cell::number(alternative.carry.map(BN)),
        ];
        let name = Cell::text(alternative_name(alternative.kind));
        if alternative.by_camp.is_empty() {
            let mut cells = vec![name.clone(), Cell::Empty];
            cells.extend(shared.clone());
            cells.extend(vec![Cell::Empty; 11]);
            cells.push(Cell::text(alternative.note.clone()));
            sheet.rows.push(cells);
        }
        for effect in &alternative.by_camp {
            let mut cells = vec![name.clone(), Cell::text(effect.camp.letter())];
            cells.extend(shared.clone());
            banded(&mut cells, &effect.execution_loss, BN);
            cells.push(Cell::Number(effect.mark.bn()));
            match &effect.loss_and_carry {
                Some(cost) => banded(&mut cells, cost, BN),
                None => cells.extend(vec![Cell::Empty; 4]),
            }
            cells.extend([
                Cell::Number(effect.ten_year_peak.0),
                Cell::number(effect.pays_for_days),
                Cell::text(alternative.note.clone()),
            ]);
            sheet.rows.push(cells);
        }
    }
    sheet
}

fn run_off(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("run_off", about(ways));
    sheet.column("day", ColumnKind::Number);
    sheet.column("date", ColumnKind::Date);
    sheet.column("bills_usd_bn", ColumnKind::Number);
    sheet.column("coupons_usd_bn", ColumnKind::Number);
    for row in &ways.run_off {
        sheet.rows.push(vec![
            Cell::Number(f64::from(row.day)),
            Cell::Date(row.date),
            Cell::Number(row.bills.bn()),
            Cell::Number(row.coupons.bn()),
        ]);
    }
    sheet
}

fn proceeds(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("proceeds", about(ways));
    sheet.column("destination", ColumnKind::Text);
    sheet.column("camp", ColumnKind::Text);
    sheet.column("tenor", ColumnKind::Text);
    banded_columns(&mut sheet, "peak", "bp");
    banded_columns(&mut sheet, "beyond_deposits", "bp");
    sheet.column("usdjpy_change_pct", ColumnKind::Number);
    for effect in &ways.proceeds {
        for peak in &effect.peaks {
            let mut cells = vec![
                Cell::text(effect.destination.name()),
                Cell::text(effect.camp.letter()),
                Cell::text(tenor_label(peak.tenor)),
            ];
            banded(&mut cells, &peak.peak, BASIS_POINTS);
            banded(&mut cells, &peak.beyond_deposits, BASIS_POINTS);
            cells.push(Cell::Number(effect.usdjpy_pct));
            sheet.rows.push(cells);
        }
    }
    sheet
}

fn reserves(ways: &Ways) -> Sheet {
    let mut sheet = Sheet::new("reserves", about(ways));
    sheet.column("camp", ColumnKind::Text);
    for name in [
        "before_usd_bn",
        "kept_usd_bn",
        "spent_usd_bn",
        "metric_usd_bn",
        "before_over_metric_ratio",
        "kept_over_metric_ratio",
        "spent_over_metric_ratio",
    ] {
        sheet.column(name, ColumnKind::Number);
    }
    let Ok(found) = &ways.reserves else {
        return sheet;
    };
    for after in &found.after {
        let adequacy = found.adequacy.as_ref();
        let over = adequacy.and_then(|adequacy| {
            adequacy
                .after
                .iter()
                .find(|(camp, _, _)| *camp == after.camp)
        });
        sheet.rows.push(vec![
            Cell::text(after.camp.letter()),
            Cell::Number(found.before.bn()),
            Cell::Number(after.kept.bn()),
            Cell::Number(after.spent.bn()),
            Cell::number(adequacy.map(|adequacy| adequacy.metric.bn())),
            Cell::number(adequacy.map(|adequacy| adequacy.before)),
            Cell::number(over.map(|(_, kept, _)| *kept)),
            Cell::number(over.map(|(_, _, spent)| *spent)),
        ]);
    }
    sheet
}
