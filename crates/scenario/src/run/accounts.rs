//! The plan of everybody's accounts, made once before the draws: positions, orders, prices, interest, own currency, what must be said.
//!
//! Rows in the order of the tables: the slow sectors, specialists, the Federal Reserve (each without the holders that the scenario names), forced
//! sellers (what they have sold and not yet bought back; their securities are in the rows of hedge funds and mutual funds), what the
//! Treasury exchanges for bills if it does, then everybody named. A named holder trades what the scenario orders, proceeds put into bills included; what the
//! engine lets sectors buy is theirs.

use std::sync::Arc;

use brandish_effects::accounts::{AVERAGES, AccountsPlan, Flow, Holder, Rows};
use brandish_effects::lots::{LotPlan, LotPosition};
use brandish_effects::valuation::BucketHolding;
use brandish_habitat::{BUCKETS, SECTORS};
use brandish_units::Date;

use super::effects::accounts::{AccountHolder, AccountPlans, NamedLots};
use super::lots::{self, PricedLots};
use super::positions::{self, Taken};
use crate::baseline::{Baseline, EURO, Seller, YEN};
use crate::days::Days;
use crate::error::ScenarioError;
use crate::file::{Mix, Proceeds, Sale, Scenario};
use crate::orders::Orders;
use crate::outcome::Warning;
use crate::warnings;

/// Row of forced sellers in tables.
const FORCED_SELLERS: &str = "forced sellers";
/// Row of what the Treasury exchanges: coupon securities it buys back or does not sell, for bills.
const TREASURY: &str = "Treasury (exchanged)";
/// Difference, $bn, that is worth a warning (one decimal is shown).
const WORTH_SAYING_USD_BN: f64 = 0.05;

/// Baskets beside the buckets, with the interest of each.
#[derive(Default)]
struct Baskets {
    payments: Vec<Vec<BucketHolding>>,
    interest: Vec<Vec<f64>>,
}

impl Baskets {
    /// Adds the lots of one holder or order; returns what prices each bucket then.
    fn add(&mut self, priced: &PricedLots<'_>, dates: &[Date]) -> Rows {
        let mut rows = AVERAGES;
        for (bucket, holdings) in priced.baskets() {
            rows[bucket] = BUCKETS + self.payments.len();
            self.payments.push(holdings);
            let inside = priced.lots.iter().filter(|(one, _)| one.bucket == bucket);
            self.interest
                .push(lots::interest_of_basket(inside.copied(), dates));
        }
        rows
    }
}

/// An order of a named holder: bought so far by day, and the lots that it names.
struct NamedOrder<'a> {
    so_far: Vec<[f64; BUCKETS]>,
    lots: Option<PricedLots<'a>>,
}

/// Plans the accounts of a run; `named` is everybody whom the scenario names.
pub(super) fn plan(
    scenario: &Scenario,
    baseline: &Baseline,
    built: &Orders,
    named: &[Seller],
    days: &Days,
) -> Result<AccountPlans, ScenarioError> {
    let dates: Vec<Date> = (0..=days.horizon()).map(|day| days.date(day)).collect();
    let outstanding = baseline.outstanding.total_usd_bn();
    let (rows, _) = positions::sectors_without(&baseline.holders, &outstanding, named);
    let mut baskets = Baskets::default();
    let (mut holders, mut about) = (Vec::new(), Vec::new());
    let mut add = |name: &str, opening, flows: Vec<Flow>, inferred| {
        holders.push(Holder::at_averages(opening, flows));
        about.push(AccountHolder {
            name: Arc::from(name),
            is_seller: false,
            euro: None,
            lots: None,
            inferred,
        });
    };
    for (row, (name, opening)) in baseline.holders.names.iter().zip(&rows).enumerate() {
        let flow = match row {
            sector if sector < SECTORS => Flow::Slow(sector),
            SECTORS => Flow::Specialists,
            _ => Flow::FederalReserve,
        };
        add(name, *opening, vec![flow], true);
    }
    add(FORCED_SELLERS, [0.0; BUCKETS], vec![Flow::Forced], false);
    if !built.treasury_by_day.is_empty() {
        let exchanges = built.treasury_by_day.iter();
        let flows = exchanges.map(|sold| Flow::Given(taken_back(sold, days.horizon() as usize)));
        add(TREASURY, [0.0; BUCKETS], flows.collect(), false);
    }
    let mut order_days = vec![false; days.horizon() as usize];
    for seller in named {
        let orders = orders_of(seller, scenario, baseline, built);
        for order in &orders {
            mark(&mut order_days, &order.so_far);
        }
        let (holder, lots) = position(seller, orders, scenario, baseline, &dates, &mut baskets)?;
        about.push(AccountHolder {
            name: Arc::from(seller.name.as_str()),
            is_seller: sells(seller, scenario),
            euro: baseline
                .eurusd
                .filter(|_| currency(seller, scenario).as_deref() == Some(EURO))
                .map(|(rate, _)| rate),
            inferred: lots.is_none(),
            lots,
        });
        holders.push(holder);
    }
    let mut interest: Vec<Vec<f64>> = (0..BUCKETS)
        .map(|bucket| {
            let inside = baseline
                .securities
                .iter()
                .filter(|one| one.bucket == bucket);
            let inside = inside.map(|security| (security, security.market_value.bn()));
            lots::interest_of_basket(inside, &dates)
        })
        .collect();
    interest.extend(baskets.interest);
    let plan = AccountsPlan {
        valuation: baseline.valuation_with(&baskets.payments)?,
        holders,
        outstanding_usd_bn: outstanding,
        interest_so_far: (0..dates.len())
            .map(|day| interest.iter().map(|row| row[day]).collect())
            .collect(),
        order_days,
        days: days.key(),
    };
    Ok(AccountPlans {
        plan: plan.checked()?,
        holders: about,
        market: baseline
            .securities
            .iter()
            .map(|security| (security.bucket, security.market_value))
            .collect(),
        prices: baseline.valuation_of(baseline.securities.iter())?,
    })
}

/// The position of a named holder, with its lots where a portfolio is given that adds up.
fn position(
    seller: &Seller,
    orders: Vec<NamedOrder<'_>>,
    scenario: &Scenario,
    baseline: &Baseline,
    dates: &[Date],
    baskets: &mut Baskets,
) -> Result<(Holder, Option<NamedLots>), ScenarioError> {
    let defined = scenario
        .holders
        .iter()
        .find(|(name, _)| name.as_str() == seller.name)
        .map(|(_, holder)| holder);
    let own = defined
        .filter(|holder| lots::does_not_add_up(&seller.name, holder, baseline).is_none())
        .and_then(lots::portfolio)
        .map(|portfolio| PricedLots::new(baseline, &portfolio.lots));
    let opening_usd_bn = seller.holdings.total_usd_bn();
    let opening_rows = match &own {
        Some(own) => baskets.add(own, dates),
        None => AVERAGES,
    };
    let mut trades = Vec::new();
    for order in &orders {
        let rows = match &order.lots {
            Some(lots) => baskets.add(lots, dates),
            None => opening_rows,
        };
        trades.push((Flow::Given(order.so_far.clone()), rows));
    }
    let named_lots = own
        .map(|own| by_security(&own, &opening_usd_bn, orders, baseline, dates))
        .transpose()?;
    let holder = Holder {
        opening_usd_bn,
        opening_rows,
        trades,
    };
    Ok((holder, named_lots))
}

/// The lots of a holder and, after them, those that his orders name beside.
fn by_security(
    own: &PricedLots<'_>,
    opening_usd_bn: &[f64; BUCKETS],
    orders: Vec<NamedOrder<'_>>,
    baseline: &Baseline,
    dates: &[Date],
) -> Result<NamedLots, ScenarioError> {
    let mut securities: Vec<_> = own.lots.iter().map(|(security, _)| *security).collect();
    for (security, _) in orders
        .iter()
        .filter_map(|order| order.lots.as_ref())
        .flat_map(|lots| &lots.lots)
    {
        if !securities
            .iter()
            .any(|one| one.record.cusip == security.record.cusip)
        {
            securities.push(security);
        }
    }
    let lots = securities
        .iter()
        .map(|security| {
            let cusip = security.record.cusip;
            LotPosition {
                bucket: security.bucket,
                opening_usd_bn: own.share(cusip) * opening_usd_bn[security.bucket],
                shares: orders
                    .iter()
                    .map(|order| order.lots.as_ref().unwrap_or(own).share(cusip))
                    .collect(),
                interest_so_far: lots::interest_so_far(security, dates),
            }
        })
        .collect();
    Ok(NamedLots {
        cusips: securities
            .iter()
            .map(|security| lots::label(security.record.cusip))
            .collect(),
        plan: LotPlan {
            valuation: baseline.valuation_of(securities.into_iter())?,
            lots,
            orders: orders.into_iter().map(|order| order.so_far).collect(),
        },
    })
}

/// What the scenario orders for a holder: his sales and purchases, and the bills that proceeds are put into.
fn orders_of<'a>(
    seller: &Seller,
    scenario: &Scenario,
    baseline: &'a Baseline,
    built: &Orders,
) -> Vec<NamedOrder<'a>> {
    let mut orders = Vec::new();
    for (sale, sold) in scenario.sales.iter().zip(&built.sales_by_day) {
        if sale.seller.as_str() != seller.name {
            continue;
        }
        orders.push(NamedOrder {
            so_far: so_far(sold, &|day| day.map(|amount| -amount)),
            lots: match &sale.mix {
                Mix::Portfolio(portfolio) => Some(PricedLots::new(baseline, &portfolio.lots)),
                _ => None,
            },
        });
        if scenario.proceeds == Proceeds::Bills && sale.amount.bn() > 0.0 {
            let bills = baseline.bill_shares();
            orders.push(NamedOrder {
                so_far: so_far(sold, &|day| {
                    let received: f64 = day.iter().sum();
                    bills.map(|share| received * share)
                }),
                lots: Some(PricedLots::bills(baseline)),
            });
        }
    }
    orders
}

fn so_far(
    by_day: &[[f64; BUCKETS]],
    bought: &dyn Fn([f64; BUCKETS]) -> [f64; BUCKETS],
) -> Vec<[f64; BUCKETS]> {
    let mut sum = [0.0; BUCKETS];
    by_day
        .iter()
        .map(|day| {
            for (sum, bought) in sum.iter_mut().zip(bought(*day)) {
                *sum += bought;
            }
            sum
        })
        .collect()
}

/// Marks the days on which something is traded.
fn mark(days: &mut [bool], so_far: &[[f64; BUCKETS]]) {
    let mut before = [0.0; BUCKETS];
    for (day, now) in days.iter_mut().zip(so_far) {
        *day |= *now != before;
        before = *now;
    }
}

/// What the Treasury takes back, so far by day: coupon securities it buys, less the bills that it sells for them.
fn taken_back(sold_by_day: &[[f64; BUCKETS]], days: usize) -> Vec<[f64; BUCKETS]> {
    let mut so_far = [0.0; BUCKETS];
    (0..days)
        .map(|day| {
            if let Some(sold) = sold_by_day.get(day) {
                for (sum, sold) in so_far.iter_mut().zip(sold) {
                    *sum -= sold;
                }
            }
            so_far
        })
        .collect()
}

fn sells(seller: &Seller, scenario: &Scenario) -> bool {
    let mut sales = scenario.sales.iter();
    sales.any(|sale: &Sale| sale.seller.as_str() == seller.name && sale.amount.bn() > 0.0)
}

/// Currency of a holder's own accounts, as far as the snapshot has its rate.
pub(super) fn currency(seller: &Seller, scenario: &Scenario) -> Option<String> {
    let defined = scenario.holders.iter();
    let mut defined = defined.filter(|(name, _)| name.as_str() == seller.name);
    match defined.next() {
        Some((_, holder)) => Some(holder.currency.to_string()),
        None => seller.currency().map(str::to_owned),
    }
}

/// What must be said with the accounts: portfolios that do not add up, holders that do not fit, currencies without a rate.
pub(super) fn warnings_of(
    scenario: &Scenario,
    baseline: &Baseline,
    named: &[Seller],
) -> Vec<Warning> {
    let mut list = Vec::new();
    for (name, holder) in &scenario.holders {
        if named.iter().any(|seller| seller.name == name.as_str()) {
            list.extend(lots::does_not_add_up(name.as_str(), holder, baseline));
        }
    }
    let outstanding = baseline.outstanding.total_usd_bn();
    let (_, taken) = positions::sectors_without(&baseline.holders, &outstanding, named);
    for (seller, taken) in named.iter().zip(taken) {
        let Taken {
            elsewhere_usd_bn,
            beyond_outstanding_usd_bn,
        } = taken;
        if elsewhere_usd_bn > WORTH_SAYING_USD_BN {
            list.push(warnings::taken_elsewhere(
                &seller.title,
                elsewhere_usd_bn,
                beyond_outstanding_usd_bn,
            ));
        }
        list.extend(own_currency(seller, scenario, baseline));
    }
    list
}

fn own_currency(seller: &Seller, scenario: &Scenario, baseline: &Baseline) -> Option<Warning> {
    let currency = currency(seller, scenario);
    match currency.as_deref() {
        Some("USD") => Some(warnings::dollar_accounts(&seller.title)),
        Some(YEN) => match baseline.usdjpy {
            Some(_) => None,
            None => Some(warnings::no_rate(&seller.title, YEN, baseline.as_of)),
        },
        Some(EURO) => Some(match baseline.eurusd {
            Some((rate, day)) => warnings::constant_euro(&seller.title, rate, day),
            None => warnings::no_rate(&seller.title, EURO, baseline.as_of),
        }),
        // all officials together have no currency of their own
        _ if seller.reported_as.as_deref() == Some("foreign_official") => None,
        _ => Some(warnings::no_own_currency(&seller.title)),
    }
}
