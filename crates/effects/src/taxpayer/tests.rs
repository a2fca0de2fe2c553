//! Hand computations and identities of the taxpayer's bill. Years here have 252 business days unless a test says otherwise, so
//! that a full year at 10 bp costs a thousandth of the amount.

use brandish_habitat::{BUCKETS, ClearingDay, ClearingPath, SECTORS, SolverStatistics};
use brandish_units::{Bp, Usd};

use super::*;
use crate::issuer::{IssuedDebt, Repricing as Yearly, RolloverSchedule};

/// Sums of products of a few numbers: far above rounding, far below a dollar.
const EXACT: f64 = 1e-10;

fn path(yields: impl Fn(usize) -> [f64; BUCKETS], days: usize) -> ClearingPath {
    let day = |day: usize| ClearingDay {
        yields_bp: yields(day),
        utilization: 0.0,
        capacity_multiplier: 1.0,
        inventory_usd_bn: [0.0; BUCKETS],
        holdings_usd_bn: [[0.0; BUCKETS]; SECTORS],
        switching_usd_bn: [[0.0; BUCKETS]; SECTORS],
        fed_purchases_usd_bn: [0.0; BUCKETS],
        forced_sales_usd_bn: [0.0; BUCKETS],
        sold_usd_bn: [0.0; BUCKETS],
    };
    ClearingPath {
        days: (1..=days).map(day).collect(),
        trigger_day: None,
        statistics: SolverStatistics::default(),
    }
}

fn parallel(bp: f64) -> ClearingPath {
    path(|_| [bp; BUCKETS], 252)
}

fn years(count: usize) -> Vec<FiscalYear> {
    (0..count)
        .map(|index| FiscalYear {
            year: 2026 + index as i32,
            first_day: 252 * index + 1,
            last_day: 252 * (index + 1),
            days: 252,
        })
        .collect()
}

fn mix() -> Vec<MixLine> {
    let line = |kind, term_years, share, yield_decimal| MixLine {
        kind,
        term_years,
        share,
        yield_decimal,
    };
    vec![
        line(Kind::Bill, 0.25, 0.25, 0.04),
        line(Kind::Nominal, 2.0, 0.25, 0.04),
        line(Kind::Nominal, 10.0, 0.30, 0.04),
        line(Kind::Indexed, 10.0, 0.10, 0.04),
        line(Kind::Floating, 2.0, 0.10, 0.04),
    ]
}

fn plan(outstanding: Vec<Outstanding>) -> Plan {
    Plan {
        years: years(10),
        outstanding,
        borrowing: None,
        mix: mix(),
        refinancing: Refinancing::SameTerm,
        breakeven: Bp(0.0),
        switch: Switch::default(),
        horizon_days: 252,
        half_life_days: 250.0,
    }
}

fn owed(bn: f64, repricing: Repricing, fed_share: f64) -> Outstanding {
    Outstanding {
        amount: Usd::from_bn(bn),
        repricing,
        fed_share,
        accounts_share: 0.0,
    }
}

fn bill(plan: &Plan, bp: f64) -> TaxpayerBill {
    Schedule::new(plan)
        .unwrap()
        .bill(&parallel(bp), &[bp; BUCKETS])
}

fn part(bill: &TaxpayerBill, part: Part) -> &[f64] {
    &bill.parts_usd_bn[part.index()]
}

fn near(left: f64, right: f64) {
    assert!((left - right).abs() < EXACT, "{left} is not {right}");
}

#[test]
fn a_bill_rolled_for_ten_years_costs_every_one_of_them() {
    let plan = plan(vec![owed(
        1_000.0,
        Repricing::Fixed {
            day: 1,
            term_years: 0.25,
        },
        0.0,
    )]);
    for cost in part(&bill(&plan, 10.0), Part::Rollover) {
        near(*cost, 1.0);
    }
}

#[test]
fn a_note_costs_from_its_refinancing_on_and_again_at_its_new_maturity() {
    // $1,000bn of two-year notes mature in the middle of the first year: half a year, then a full one every year. The second
    // refinancing is at day 127 + 504: with yields up only until then, nothing is paid in the years after.
    let plan = plan(vec![owed(
        1_000.0,
        Repricing::Fixed {
            day: 127,
            term_years: 2.0,
        },
        0.0,
    )]);
    let all = bill(&plan, 10.0);
    near(part(&all, Part::Rollover)[0], 0.5);
    near(part(&all, Part::Rollover)[9], 1.0);
    let gone = Schedule::new(&plan)
        .unwrap()
        .bill(&parallel(10.0), &[0.0; BUCKETS]);
    near(part(&gone, Part::Rollover)[1], 1.0);
    // day 631 of the refinancing: y = 10 x 2^-(379 / 250)
    let later = 10.0 * 2.0_f64.powf(-379.0 / 250.0) / 10.0;
    near(part(&gone, Part::Rollover)[2], 0.5 + 0.5 * later);
}

#[test]
fn a_floating_rate_note_pays_its_resets_and_nothing_else() {
    let plan = plan(vec![owed(600.0, Repricing::Floating { day: 300 }, 0.0)]);
    // only the shortest bucket is up
    let short: [f64; BUCKETS] = std::array::from_fn(|bucket| if bucket == 0 { 10.0 } else { 0.0 });
    let bill = Schedule::new(&plan)
        .unwrap()
        .bill(&path(|_| short, 252), &short);
    for cost in part(&bill, Part::Frn) {
        near(*cost, 0.6);
    }
}

#[test]
fn tips_pay_on_a_principal_that_has_grown() {
    let indexed = |breakeven: f64| Plan {
        breakeven: Bp(breakeven),
        ..plan(vec![owed(
            100.0,
            Repricing::Indexed {
                day: 253,
                term_years: 10.0,
            },
            0.0,
        )])
    };
    // without inflation: $100bn refinanced at the start of the second year, 10 bp up: $0.1bn a year
    near(part(&bill(&indexed(0.0), 10.0), Part::Tips)[0], 0.0);
    near(part(&bill(&indexed(0.0), 10.0), Part::Tips)[1], 0.1);
    // at 2% a year: 1.02 on day 252, and day by day from there; the middle of the second year is at 1.02^1.5
    let grown = part(&bill(&indexed(200.0), 10.0), Part::Tips)[1];
    let middle = 0.1 * 1.02_f64.powf(1.5);
    // a mean of a curved line against its middle, and half a day: parts in 10,000
    assert!((grown / middle - 1.0).abs() < 3e-4, "{grown} {middle}");
}

#[test]
fn a_known_deficit_costs_half_in_its_year_and_all_of_it_after() {
    let mut plan = plan(Vec::new());
    plan.borrowing = Some(
        (0..10)
            .map(|year| Usd::from_bn(if year == 0 { 2_000.0 } else { 0.0 }))
            .collect(),
    );
    plan.mix = vec![MixLine {
        kind: Kind::Nominal,
        term_years: 30.0,
        share: 1.0,
        yield_decimal: 0.0,
    }];
    let bill = bill(&plan, 10.0);
    // sold evenly over 252 days, each paying from its day on: (252 + 251 + ... + 1) / 252^2 of a year
    near(part(&bill, Part::NewBorrowing)[0], 2.0 * 253.0 / 504.0);
    near(part(&bill, Part::NewBorrowing)[1], 2.0);
    near(part(&bill, Part::NewBorrowing)[9], 2.0);
}

#[test]
fn interest_on_the_extra_interest_is_compounded_year_by_year() {
    let bill = bill(&owes_a_billion_a_year(), 10.0);
    // $1bn a year at 4%: c1 = .04 x .5 / .98, D = 1 + c1; c2 = .04 (D + .5) / .98
    let first = 0.04 * 0.5 / 0.98;
    near(bill.on_interest_usd_bn[0], first);
    near(
        bill.on_interest_usd_bn[1],
        0.04 * (1.0 + first + 0.5) / 0.98,
    );
}

fn owes_a_billion_a_year() -> Plan {
    plan(vec![owed(
        1_000.0,
        Repricing::Fixed {
            day: 1,
            term_years: 0.25,
        },
        0.2,
    )])
}

/// Some of everything.
fn everything(refinancing: Refinancing) -> Plan {
    let mut plan = plan(vec![
        owed(
            900.0,
            Repricing::Fixed {
                day: 20,
                term_years: 0.5,
            },
            0.05,
        ),
        owed(
            700.0,
            Repricing::Fixed {
                day: 400,
                term_years: 7.0,
            },
            0.2,
        ),
        owed(
            200.0,
            Repricing::Indexed {
                day: 700,
                term_years: 5.0,
            },
            0.1,
        ),
        owed(300.0, Repricing::Floating { day: 150 }, 0.03),
    ]);
    plan.refinancing = refinancing;
    plan.breakeven = Bp(230.0);
    plan.borrowing = Some(
        (0..10)
            .map(|year| Usd::from_bn(150.0 + year as f64))
            .collect(),
    );
    plan
}

#[test]
fn no_move_costs_nothing() {
    for refinancing in [Refinancing::SameTerm, Refinancing::IssuanceMix] {
        let bill = bill(&everything(refinancing), 0.0);
        assert!(bill.gross_usd_bn.iter().all(|cost| *cost == 0.0));
        assert!(bill.net_usd_bn.iter().all(|cost| *cost == 0.0));
    }
}

#[test]
fn the_bill_is_linear_in_yields() {
    for refinancing in [Refinancing::SameTerm, Refinancing::IssuanceMix] {
        let schedule = Schedule::new(&everything(refinancing)).unwrap();
        let rest: [f64; BUCKETS] = std::array::from_fn(|bucket| 1.0 + bucket as f64);
        let moving = |factor: f64| {
            let path = path(
                |day| {
                    std::array::from_fn(|bucket| {
                        factor * (day as f64).sqrt() * (bucket as f64 - 3.0)
                    })
                },
                252,
            );
            schedule.bill(&path, &rest.map(|value| factor * value))
        };
        let (one, three) = (moving(1.0), moving(3.0));
        for (one, three) in one.gross_usd_bn.iter().zip(&three.gross_usd_bn) {
            assert!((3.0 * one - three).abs() < 1e-9, "{one} {three}");
        }
    }
}

#[test]
fn parts_and_interest_on_interest_sum_to_gross_and_what_comes_back_leaves_net() {
    for refinancing in [Refinancing::SameTerm, Refinancing::IssuanceMix] {
        let bill = bill(&everything(refinancing), 10.0);
        for year in 0..10 {
            let parts: f64 = bill.parts_usd_bn.iter().map(|part| part[year]).sum();
            near(
                parts + bill.on_interest_usd_bn[year],
                bill.gross_usd_bn[year],
            );
            assert!(bill.to_fed_usd_bn[year] > 0.0);
            assert!(bill.gross_usd_bn[year] > bill.net_usd_bn[year]);
            assert!(bill.net_usd_bn[year] > 0.0);
        }
    }
}

#[test]
fn debt_that_the_government_owes_itself_costs_it_nothing() {
    for refinancing in [Refinancing::SameTerm, Refinancing::IssuanceMix] {
        let mut plan = everything(refinancing);
        plan.borrowing = None;
        plan.switch = Switch::default();
        for security in &mut plan.outstanding {
            (security.fed_share, security.accounts_share) = (0.25, 0.75);
        }
        let bill = bill(&plan, 10.0);
        for year in 0..10 {
            assert!(bill.gross_usd_bn[year] > 0.0);
            near(bill.net_usd_bn[year], 0.0);
            // shares are kept when debt is refinanced, so what comes back stands one to three
            near(
                3.0 * bill.to_fed_usd_bn[year],
                bill.to_accounts_usd_bn[year],
            );
        }
    }
}

#[test]
fn a_parallel_move_costs_all_debt_in_the_end() {
    // Everything has been refinanced or newly issued by the last year, in whatever mix: 10 bp on all of it but for what the
    // year itself adds.
    let same = bill(&everything(Refinancing::SameTerm), 10.0);
    let mix = bill(&everything(Refinancing::IssuanceMix), 10.0);
    let nominal = |bill: &TaxpayerBill| part(bill, Part::Rollover)[9] + part(bill, Part::Frn)[9];
    near(nominal(&same), 1.9);
    // In the mix a tenth goes into TIPS, whose principal grows: more, and by no more than ten years of breakeven on that tenth.
    assert!(nominal(&mix) > 1.9 && nominal(&mix) < 1.9 * (1.0 + 0.4 * 0.26));
}

#[test]
fn the_first_twelve_months_are_those_of_the_quarterly_account() {
    let debts = [
        (900.0, 20, 0.5),
        (700.0, 130, 7.0),
        (50.0, 240, 30.0),
        (80.0, 1, 1.0 / 12.0),
    ];
    let quarterly: Vec<IssuedDebt> = debts
        .iter()
        .map(|(bn, day, term_years)| IssuedDebt {
            amount: Usd::from_bn(*bn),
            repricing: Yearly::Rolled {
                day: *day,
                term_years: *term_years,
            },
        })
        .chain([IssuedDebt {
            amount: Usd::from_bn(600.0),
            repricing: Yearly::Floating,
        }])
        .collect();
    let mut outstanding: Vec<Outstanding> = debts
        .iter()
        .map(|(bn, day, term_years)| {
            owed(
                *bn,
                Repricing::Fixed {
                    day: *day,
                    term_years: *term_years,
                },
                0.0,
            )
        })
        .collect();
    outstanding.push(owed(600.0, Repricing::Floating { day: 90 }, 0.0));
    let path = path(
        |day| std::array::from_fn(|bucket| 20.0 - (day as f64) / 30.0 + bucket as f64),
        252,
    );
    let bill = Schedule::new(&plan(outstanding))
        .unwrap()
        .bill(&path, &[0.0; BUCKETS]);
    let year = RolloverSchedule::new(&quarterly, 252).extra_interest(&path);
    near(
        part(&bill, Part::Rollover)[0] + part(&bill, Part::Frn)[0],
        year.total().bn(),
    );
}

#[test]
fn bills_for_coupons_save_the_slope_and_pay_the_short_yield() {
    let mut plan = plan(Vec::new());
    plan.switch.issued_as_bills_usd_bn = vec![100.0];
    plan.mix = vec![
        MixLine {
            kind: Kind::Bill,
            term_years: 0.25,
            share: 0.2,
            yield_decimal: 0.04,
        },
        MixLine {
            kind: Kind::Nominal,
            term_years: 10.0,
            share: 0.8,
            yield_decimal: 0.045,
        },
    ];
    let schedule = Schedule::new(&plan).unwrap();
    // $100bn at half a percent less: -$0.5bn a year at unchanged yields
    let unchanged = schedule.bill(&parallel(0.0), &[0.0; BUCKETS]);
    near(part(&unchanged, Part::Switch)[4], -0.5);
    // yields up by 10 bp at the short end only: bills pay it and the notes would not have
    let short: [f64; BUCKETS] = std::array::from_fn(|bucket| if bucket == 0 { 10.0 } else { 0.0 });
    let bill = schedule.bill(&path(|_| short, 252), &short);
    near(part(&bill, Part::Switch)[4], -0.5 + 0.1);
}

#[test]
fn a_first_year_that_is_half_over_counts_its_rest() {
    let mut plan = owes_a_billion_a_year();
    plan.years[0].last_day = 126;
    plan.years[1].first_day = 127;
    plan.years[1].last_day = 126 + 250;
    plan.years[1].days = 250;
    plan.years.truncate(2);
    let bill = bill(&plan, 10.0);
    near(part(&bill, Part::Rollover)[0], 0.5);
    near(part(&bill, Part::Rollover)[1], 1.0);
}

#[test]
fn years_with_gaps_and_mixes_that_do_not_sum_are_refused() {
    let mut gap = owes_a_billion_a_year();
    gap.years[1].first_day += 1;
    assert!(Schedule::new(&gap).is_err());
    let mut mix = owes_a_billion_a_year();
    mix.mix[0].share = 0.5;
    assert!(Schedule::new(&mix).is_err());
}
