//! The plan of ten fiscal years, and the same plan under all rates 0.1 percentage point higher.
//!
//! Fiscal years run from 1 October to 30 September; the first is the one of the day after the as-of date, of which only the
//! days that are left count. New borrowing is the baseline's, evenly over the business days of its fiscal year.

use brandish_data::BudgetBaseline;
use brandish_effects::taxpayer::{FiscalYear, MixLine, Plan, Schedule, Switch};
use brandish_habitat::{BUCKETS, ClearingPath, TAU};
use brandish_units::{Date, Usd, Years, calendar};

use super::inside::HeldInside;
use super::issuer::{mix, outstanding};
use super::published::{TenBasisPoints, ten_basis_points};
use super::rules::Rules;
use super::words::{self, Words};
use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::file::Scenario;

/// Fiscal years of the bill.
const YEARS: i32 = 10;

/// The bill of this run, ready to be applied to paths.
#[derive(Debug)]
pub(crate) struct Taxpayer {
    pub schedule: Schedule,
    /// Net interest of the baseline in the days that count, $bn by fiscal year; absent without a baseline.
    pub net_interest_usd_bn: Option<Vec<f64>>,
    /// New borrowing of the baseline in the days that count, $bn by fiscal year.
    pub borrowing_usd_bn: Option<Vec<f64>>,
    /// Whether the Fed's share is known.
    pub fed_known: bool,
    /// Whether the shares of the Fed and of government accounts are known.
    pub accounts_known: bool,
    /// Whether a policy switch is set.
    pub has_switch: bool,
    /// All rates 0.1 percentage point higher, beside what the budget office says.
    pub ten_basis_points: Option<TenBasisPoints>,
    /// What must be said with it.
    pub words: Words,
}

/// Fiscal year of a date.
fn fiscal_year_of(date: Date) -> i32 {
    date.year() + i32::from(date.month() >= 10)
}

/// Last day of a fiscal year.
pub(super) fn end_of(year: i32) -> Result<Date, ScenarioError> {
    Date::from_ymd(year, 9, 30).map_err(|error| ScenarioError::NoBaseline {
        as_of: Date::MAX,
        reason: error.to_string(),
    })
}

/// Fiscal years from the day after the as-of date to the one that ends in `last`.
pub(super) fn fiscal_years(as_of: Date, last: i32) -> Result<Vec<FiscalYear>, ScenarioError> {
    let first = fiscal_year_of(calendar::next_business_day(as_of));
    (first..=last)
        .map(|year| {
            let (before, end) = (end_of(year - 1)?, end_of(year)?);
            let day = |date: Date| calendar::business_days_between(as_of, date).max(0) as usize;
            Ok(FiscalYear {
                year,
                first_day: day(before) + 1,
                last_day: day(end),
                days: calendar::business_days_between(before, end) as usize,
            })
        })
        .collect()
}

/// Net new borrowing by business day from day 1, $bn.
pub(crate) fn new_borrowing_by_day(
    baseline: &Baseline,
    days: u32,
) -> Result<Vec<f64>, ScenarioError> {
    let budget = baseline
        .budget()
        .map_err(|reason| ScenarioError::NoBaseline {
            as_of: baseline.as_of,
            reason: format!("`bill_share_of_new_issuance` needs a budget baseline: {reason}"),
        })?;
    let mut day = baseline.as_of;
    let mut by_day = Vec::with_capacity(days as usize);
    for _ in 0..days {
        day = calendar::next_business_day(day);
        let year = fiscal_year_of(day);
        let projected = budget.year(year).ok_or_else(|| ScenarioError::NoBaseline {
            as_of: baseline.as_of,
            reason: format!(
                "the baseline of {} does not reach fiscal year {year}; use fewer horizon_days",
                budget.edition
            ),
        })?;
        let business = calendar::business_days_between(end_of(year - 1)?, end_of(year)?);
        by_day.push(projected.borrowing.bn() / f64::from(business));
    }
    Ok(by_day)
}

/// Borrowing of the baseline in these years, or why not.
fn borrowing(
    budget: Result<&BudgetBaseline, String>,
    years: &[FiscalYear],
) -> Result<Vec<Usd>, String> {
    let budget = budget?;
    years
        .iter()
        .map(|year| {
            budget
                .year(year.year)
                .map(|projected| projected.borrowing)
                .ok_or_else(|| {
                    format!(
                        "the baseline of {} does not reach fiscal year {}",
                        budget.edition, year.year
                    )
                })
        })
        .collect()
}

/// Puts the bill of a run together.
pub(crate) fn taxpayer(
    scenario: &Scenario,
    baseline: &Baseline,
) -> Result<Taxpayer, ScenarioError> {
    let rules = Rules::shipped()?;
    let first = fiscal_year_of(calendar::next_business_day(baseline.as_of));
    let years = fiscal_years(baseline.as_of, first + YEARS - 1)?;
    let inside = HeldInside::of(baseline);
    let borrowed = borrowing(baseline.budget(), &years);
    let mix = mix(baseline)?;
    let switch = switch(scenario, baseline, &mix)?;
    let has_switch = switch != Switch::default();
    let plan = Plan {
        outstanding: outstanding(baseline, &inside, end_of(first + YEARS - 1)?),
        borrowing: borrowed.as_ref().ok().cloned(),
        years,
        mix,
        refinancing: scenario.treasury.refinancing,
        breakeven: baseline.breakeven(),
        switch,
        horizon_days: scenario.horizon_days as usize,
        half_life_days: rules.after_horizon.half_life_days,
    };
    let counted = |of: &dyn Fn(&FiscalYear) -> Option<f64>| -> Option<Vec<f64>> {
        plan.years
            .iter()
            .map(|year| Some(of(year)? * year.share()))
            .collect()
    };
    let budget = baseline.budget().ok();
    let ten_basis_points = ten_basis_points(baseline, &inside, &plan, &rules)?;
    Ok(Taxpayer {
        schedule: Schedule::new(&plan)?,
        net_interest_usd_bn: borrowed
            .is_ok()
            .then(|| counted(&|year| Some(budget?.year(year.year)?.net_interest.bn())))
            .flatten(),
        borrowing_usd_bn: borrowed
            .is_ok()
            .then(|| counted(&|year| Some(budget?.year(year.year)?.borrowing.bn())))
            .flatten(),
        fed_known: inside.fed.is_ok(),
        accounts_known: inside.both_known(),
        has_switch,
        words: words::of(&words::Found {
            baseline,
            plan: &plan,
            inside: &inside,
            borrowed: borrowed.as_ref().map(Vec::as_slice),
            ten: ten_basis_points.as_ref(),
            rules: &rules,
        }),
        ten_basis_points: ten_basis_points.ok(),
    })
}

/// The scenario's switches, by day.
fn switch(
    scenario: &Scenario,
    baseline: &Baseline,
    mix: &[MixLine],
) -> Result<Switch, ScenarioError> {
    let mut switch = Switch::default();
    let days = scenario.horizon_days;
    if let Some(share) = scenario.treasury.bill_share_of_new_issuance {
        let more = share.value() - bill_share(mix);
        switch.issued_as_bills_usd_bn = new_borrowing_by_day(baseline, days)?
            .into_iter()
            .map(|amount| more * amount)
            .collect();
    }
    let bought = scenario.treasury.buybacks_per_week.bn();
    if bought > 0.0 {
        switch.bought_back_usd_bn = vec![bought / 5.0; days as usize];
        let shares = baseline.coupon_shares();
        for bucket in 0..BUCKETS {
            if shares[bucket] > 0.0 {
                let at = baseline.curve.par_yield(Years(TAU[bucket]))?.decimal();
                switch.bought_mix.push((TAU[bucket], shares[bucket], at));
            }
        }
    }
    Ok(switch)
}

/// Share of bills in a mix.
pub(crate) fn bill_share(mix: &[MixLine]) -> f64 {
    mix.iter()
        .filter(|line| line.kind == brandish_effects::taxpayer::Kind::Bill)
        .map(|line| line.share)
        .sum()
}

/// A path on which nothing happens: yields then follow the long run from the first day on.
pub(super) fn empty_path() -> ClearingPath {
    ClearingPath {
        days: Vec::new(),
        trigger_day: None,
        statistics: brandish_habitat::SolverStatistics::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_end_in_september_and_leave_no_gap() {
        let years = fiscal_years("2025-05-01".parse().unwrap(), 2034).unwrap();
        assert_eq!(
            (years.len(), years[0].year, years[9].year),
            (10, 2025, 2034)
        );
        assert_eq!(years[0].first_day, 1);
        // 2 May to 30 September 2025: 152 days of which 44 fall on weekends and 5 are holidays (26 May, 19 June, 4 July,
        // 1 September; Good Friday lies before)
        assert_eq!(years[0].last_day, 104);
        for pair in years.windows(2) {
            assert_eq!(pair[1].first_day, pair[0].last_day + 1);
        }
        // every year has 249 to 252 business days
        assert!(years.iter().all(|year| (248..=253).contains(&year.days)));
        let late = fiscal_years("2025-09-30".parse().unwrap(), 2026).unwrap();
        assert_eq!((late.len(), late[0].year, late[0].share()), (1, 2026, 1.0));
    }
}
