//! Identities between rows and between tables: parts and totals, stocks and flows, lists and class totals.
//!
//! These need more than one row or table and are tried when asked for (`brandish data verify`, tests). Where two vintages or
//! two publishers meet, the tolerance says how far they are known to differ.

use std::collections::BTreeMap;

use brandish_units::{Date, Usd};

use crate::DataError;
use crate::identities::{Claim, Residuals};
use crate::month::Month;
use crate::securities::{SecurityKind, read_kind};
use crate::store::Snapshot;
use crate::tic::TicForm;

/// 2026-08-31, the last day on which the newest TIC vintage carries valuation changes.
const LAST_WITH_VALUATION: Date = Date::EPOCH.plus_days(20_696);

type Attempt = fn(&Snapshot) -> Result<Residuals, DataError>;

pub(super) const CLAIMS: &[(Claim, Attempt)] = &[
    (
        Claim {
            table: "tic_holdings",
            name: "foreign official + foreign private = all foreign",
            unit: "usd_mn",
            tolerance: Some(2.0),
            reason: "each figure is rounded to 1 mn; same vintage only",
        },
        |snapshot| official_and_private(snapshot, ""),
    ),
    (
        Claim {
            table: "tic_holdings",
            name: "foreign official + foreign private = all foreign, total rounded to 0.1 bn",
            unit: "usd_mn",
            tolerance: Some(150.0),
            reason: "three figures rounded to 100 mn; same vintage only",
        },
        |snapshot| official_and_private(snapshot, "rounded to 0.1 bn"),
    ),
    (
        Claim {
            table: "tic_holdings",
            name: "change in long-term = net purchases + valuation + unexplained (Japan)",
            unit: "usd_mn",
            tolerance: None,
            reason: "coverage of the reporting custodians changes",
        },
        |snapshot| unexplained(snapshot, "Japan"),
    ),
    (
        Claim {
            table: "tic_holdings",
            name: "change in long-term = net purchases + valuation + unexplained (China)",
            unit: "usd_mn",
            tolerance: None,
            reason: "coverage of the reporting custodians changes",
        },
        |snapshot| unexplained(snapshot, "China, Mainland"),
    ),
    (
        Claim {
            table: "tic_holdings",
            name: "change in long-term = net purchases + valuation + unexplained (all foreign)",
            unit: "usd_mn",
            tolerance: None,
            reason: "coverage of the reporting custodians changes",
        },
        |snapshot| unexplained(snapshot, "all_foreign"),
    ),
    (
        Claim {
            table: "securities_2023_09_30",
            name: "sum over securities = published class total",
            unit: "usd_mn",
            tolerance: Some(1e-3),
            reason: "amounts are given to 0.0001 mn",
        },
        class_totals,
    ),
    (
        Claim {
            table: "securities_2025_04_30",
            name: "par x index ratio = outstanding, relative",
            unit: "ratio",
            tolerance: Some(1e-7),
            reason: "index ratios have five decimals, amounts four",
        },
        indexed_amounts,
    ),
    (
        Claim {
            table: "buybacks",
            name: "sum over securities = par accepted in the day's operations",
            unit: "usd_mn",
            tolerance: Some(0.5),
            reason: "lots and operations are in whole millions",
        },
        buyback_operations,
    ),
    (
        Claim {
            table: "z1_sectors",
            name: "sum of sectors = all sectors (release of 2026-01-09)",
            unit: "usd_mn",
            tolerance: Some(2_000.0),
            reason: "two vintages; the total is rounded to 0.1 bn",
        },
        sectors,
    ),
    (
        Claim {
            table: "z1_l210_release_2026_01_09",
            name: "bills + other = marketable",
            unit: "usd_bn",
            tolerance: Some(0.15),
            reason: "three figures rounded to 0.1 bn",
        },
        marketable,
    ),
    (
        Claim {
            table: "z1_federal_claims_2026q1",
            name: "holders = total",
            unit: "usd_mn",
            tolerance: Some(5.0),
            reason: "27 figures rounded to 0.1 mn",
        },
        federal_claims,
    ),
    (
        Claim {
            table: "shl_maturity",
            name: "official + private = all foreign, long-term",
            unit: "usd_mn",
            tolerance: Some(2.0),
            reason: "each figure is rounded to 1 mn",
        },
        survey_groups,
    ),
    (
        Claim {
            table: "shl_maturity",
            name: "maturity cells = total, relative (all foreign)",
            unit: "ratio",
            tolerance: Some(0.005),
            reason: "securities of unknown maturity are in the total only",
        },
        |snapshot| survey_cells(snapshot, "all_foreign"),
    ),
    (
        Claim {
            table: "shl_maturity",
            name: "maturity cells = total, relative (official)",
            unit: "ratio",
            tolerance: None,
            reason: "the published cells exceed the published total by up to 1.8%",
        },
        |snapshot| survey_cells(snapshot, "foreign_official"),
    ),
    (
        Claim {
            table: "soma_maturity",
            name: "buckets = total",
            unit: "usd_mn",
            tolerance: Some(3.0),
            reason: "six figures rounded to 1 mn",
        },
        soma_buckets,
    ),
    (
        Claim {
            table: "real_yields",
            name: "10-year par yield - real yield = breakeven",
            unit: "pct",
            tolerance: Some(0.0101),
            reason: "three figures rounded to 1 bp",
        },
        breakeven,
    ),
    (
        Claim {
            table: "japan_interventions",
            name: "days of 28 April to 27 May 2026 = month total",
            unit: "jpy_bn",
            tolerance: Some(0.2),
            reason: "four figures rounded to 0.1 bn",
        },
        intervention_month,
    ),
];

/// TIC totals (mn) with their note, of a holder by month and vintage.
type Totals = BTreeMap<(String, String), (f64, String)>;

fn totals(snapshot: &Snapshot, holder: &str) -> Result<Totals, DataError> {
    let table = snapshot.table("tic_holdings")?;
    let [month, vintage, total, note] =
        table.columns(["month", "vintage", "total_usd_mn", "quality_note"])?;
    let mut found = BTreeMap::new();
    for row in table.rows_in(table.places_of(holder)) {
        let row = row?;
        if let Some(value) = row.optional_number(total)? {
            found.insert(
                (row.text(month).to_owned(), row.text(vintage).to_owned()),
                (value, row.text(note).to_owned()),
            );
        }
    }
    Ok(found)
}

/// Over months whose all-foreign total carries this note.
fn official_and_private(snapshot: &Snapshot, note: &str) -> Result<Residuals, DataError> {
    let official = totals(snapshot, "foreign_official")?;
    let private = totals(snapshot, "foreign_private")?;
    let mut found = Residuals::default();
    for (key, (total, total_note)) in totals(snapshot, "all_foreign")? {
        if total_note != note {
            continue;
        }
        if let (Some(one), Some(other)) = (official.get(&key), private.get(&key)) {
            found.add(one.0 + other.0 - total, || key.0.clone());
        }
    }
    Ok(found)
}

/// What net purchases and valuation leave of the change in long-term holdings, in the vintage that has all four.
fn unexplained(snapshot: &Snapshot, holder: &str) -> Result<Residuals, DataError> {
    // The vintage of 2026-09 has no valuation: read as of the month before.
    let known = snapshot.known_on(LAST_WITH_VALUATION);
    let first: Month = Month::of(Date::EPOCH);
    let last = Month::of(Date::MAX);
    let holdings: BTreeMap<Month, Usd> = known
        .tic_holdings(holder, first, last)?
        .into_iter()
        .filter_map(|row| Some((row.month, row.long_term?)))
        .collect();
    let mut found = Residuals::default();
    for flow in known.tic_flows(holder, first, last)? {
        let before = holdings.get(&flow.month.plus_months(-1));
        if let (TicForm::Slt, Some(before), Some(after), Some(net), Some(valuation)) = (
            flow.form,
            before,
            holdings.get(&flow.month),
            flow.net_long_term,
            flow.long_term_valuation,
        ) {
            found.add((*after - *before - net - valuation).mn(), || {
                flow.month.to_string()
            });
        }
    }
    Ok(found)
}

fn class_totals(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let table = snapshot.table("mspd_class_totals")?;
    let [line, amount] = table.columns(["statement_line", "outstanding_usd_mn"])?;
    let mut published = BTreeMap::new();
    for row in table.rows_in(table.places_of("2023-09-30")) {
        let row = row?;
        published.insert(row.text(line).to_owned(), row.number(amount)?);
    }
    let list = snapshot.table("securities_2023_09_30")?;
    let [kind, outstanding] = list.columns(["kind", "outstanding_usd_mn"])?;
    let mut sums: BTreeMap<SecurityKind, f64> = BTreeMap::new();
    for row in list.rows() {
        let row = row?;
        *sums.entry(read_kind(&row, kind)?).or_insert(0.0) += row.number(outstanding)?;
    }
    let mut found = Residuals::default();
    for (class, line) in [
        (SecurityKind::Bill, "Total Unmatured Treasury Bills"),
        (SecurityKind::Note, "Total Unmatured Treasury Notes"),
        (SecurityKind::Bond, "Total Unmatured Treasury Bonds"),
        (SecurityKind::Tips, "Total Treasury TIPS"),
        (SecurityKind::Frn, "Total Treasury Floating Rate Notes"),
    ] {
        if let (Some(sum), Some(total)) = (sums.get(&class), published.get(line)) {
            found.add(sum - total, || line.to_owned());
        }
    }
    Ok(found)
}

fn indexed_amounts(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let table = snapshot.table("securities_2025_04_30")?;
    let [cusip, par, ratio, outstanding] =
        table.columns(["cusip", "par_usd_mn", "index_ratio", "outstanding_usd_mn"])?;
    let mut found = Residuals::default();
    for row in table.rows() {
        let row = row?;
        let ratio = row.optional_number(ratio)?.unwrap_or(1.0);
        let amount = row.number(outstanding)?;
        found.add(row.number(par)? * ratio / amount - 1.0, || {
            row.text(cusip).to_owned()
        });
    }
    Ok(found)
}

fn buyback_operations(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let by_day = |name: &str| -> Result<BTreeMap<String, f64>, DataError> {
        let table = snapshot.table(name)?;
        let [day, par] = table.columns(["operation_date", "par_accepted_usd_mn"])?;
        let mut sums = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            *sums.entry(row.text(day).to_owned()).or_insert(0.0) += row.number(par)?;
        }
        Ok(sums)
    };
    let lots = by_day("buybacks")?;
    let mut found = Residuals::default();
    for (day, total) in by_day("buyback_operations")? {
        found.add(lots.get(&day).copied().unwrap_or(0.0) - total, || {
            day.clone()
        });
    }
    Ok(found)
}

fn sectors(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let known = snapshot.in_hindsight();
    let mut found = Residuals::default();
    for (date, total) in l210(snapshot, "FL893061105")? {
        let sum = known.z1_sectors_at(date)?.total();
        found.add(sum.mn() - total * 1e3, || date.to_string());
    }
    Ok(found)
}

/// A line of the L.210 release (bn) by date.
fn l210(snapshot: &Snapshot, id: &str) -> Result<BTreeMap<Date, f64>, DataError> {
    let table = snapshot.table("z1_l210_release_2026_01_09")?;
    let [date, series, amount] = table.columns(["date", "series_id", "amount_usd_bn"])?;
    let mut found = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        if row.text(series) == id {
            found.insert(row.date(date)?, row.number(amount)?);
        }
    }
    Ok(found)
}

fn marketable(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let total = l210(snapshot, "FL313161105")?;
    let bills = l210(snapshot, "FL313161110")?;
    let other = l210(snapshot, "FL313161275")?;
    let mut found = Residuals::default();
    for (date, total) in total {
        if let (Some(bills), Some(other)) = (bills.get(&date), other.get(&date)) {
            found.add(bills + other - total, || date.to_string());
        }
    }
    Ok(found)
}

fn federal_claims(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let table = snapshot.table("z1_federal_claims_2026q1")?;
    let [holder, amount] = table.columns(["holder", "amount_usd_mn"])?;
    let (mut sum, mut total) = (0.0, None);
    for row in table.rows() {
        let row = row?;
        let value = row.number(amount)?;
        if row.text(holder).eq_ignore_ascii_case("total") {
            total = Some(value);
        } else {
            sum += value;
        }
    }
    let mut found = Residuals::default();
    if let Some(total) = total {
        found.add(sum - total, || "2026-03-31".to_owned());
    }
    Ok(found)
}

/// Published totals and sums of cells (mn) by survey month for a group.
fn survey(snapshot: &Snapshot, group: &str) -> Result<BTreeMap<String, (f64, f64)>, DataError> {
    let table = snapshot.table("shl_maturity")?;
    let [month, holder, total] = table.columns(["month", "holder", "long_term_usd_mn"])?;
    let cells: Vec<_> = table
        .header()
        .iter()
        .filter(|name| name.starts_with("remaining_"))
        .map(|name| table.column(name))
        .collect::<Result<_, _>>()?;
    let mut found = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        if row.text(holder) == group {
            let mut sum = 0.0;
            for cell in &cells {
                sum += row.number(*cell)?;
            }
            found.insert(row.text(month).to_owned(), (row.number(total)?, sum));
        }
    }
    Ok(found)
}

fn survey_groups(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let official = survey(snapshot, "foreign_official")?;
    let private = survey(snapshot, "foreign_private")?;
    let mut found = Residuals::default();
    for (month, (total, _)) in survey(snapshot, "all_foreign")? {
        if let (Some(one), Some(other)) = (official.get(&month), private.get(&month)) {
            found.add(one.0 + other.0 - total, || month.clone());
        }
    }
    Ok(found)
}

fn survey_cells(snapshot: &Snapshot, group: &str) -> Result<Residuals, DataError> {
    let mut found = Residuals::default();
    for (month, (total, sum)) in survey(snapshot, group)? {
        found.add(sum / total - 1.0, || month.clone());
    }
    Ok(found)
}

fn soma_buckets(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let table = snapshot.table("soma_maturity")?;
    let [date, bucket, amount] = table.columns(["date", "bucket", "amount_usd_mn"])?;
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let sign = if row.text(bucket) == "all" { -1.0 } else { 1.0 };
        *sums.entry(row.text(date).to_owned()).or_insert(0.0) += sign * row.number(amount)?;
    }
    let mut found = Residuals::default();
    for (date, residual) in sums {
        found.add(residual, || date.clone());
    }
    Ok(found)
}

fn breakeven(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let known = snapshot.in_hindsight();
    let table = snapshot.table("real_yields")?;
    let [date, real, breakeven] = table.columns(["date", "real_10y_pct", "breakeven_10y_pct"])?;
    let (first, last) = (table.row(0)?.date(date)?, known.par_yield_range()?.1);
    let nominal: BTreeMap<Date, f64> = known
        .par_yield_history(first, last)?
        .into_iter()
        .filter(|day| day.provenance.table == "par_yields")
        .filter_map(|day| Some((day.date, day.get(brandish_units::Tenor::Y10)?.percent())))
        .collect();
    let mut found = Residuals::default();
    for row in table.rows() {
        let row = row?;
        let day = row.date(date)?;
        if let (Some(nominal), Some(real), Some(breakeven)) = (
            nominal.get(&day),
            row.optional_number(real)?,
            row.optional_number(breakeven)?,
        ) {
            found.add(nominal - real - breakeven, || day.to_string());
        }
    }
    Ok(found)
}

fn intervention_month(snapshot: &Snapshot) -> Result<Residuals, DataError> {
    let table = snapshot.table("japan_interventions")?;
    let [start, end, span, amount] =
        table.columns(["start_date", "end_date", "span", "amount_jpy_bn"])?;
    let (mut days, mut total) = (0.0, None);
    for row in table.rows() {
        let row = row?;
        let inside = row.text(start) >= "2026-04-28" && row.text(end) <= "2026-05-27";
        if inside && row.text(span) == "day" {
            days += row.number(amount)?;
        } else if inside {
            total = Some(row.number(amount)?);
        }
    }
    let mut found = Residuals::default();
    if let Some(total) = total {
        found.add(days - total, || "2026-04-28".to_owned());
    }
    Ok(found)
}
