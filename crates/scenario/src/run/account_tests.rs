//! Accounts along real paths: every draw adds up, and buckets say what single securities say.
//!
//! Tolerances: the engine balances every bucket to 1e-9 $bn a day, eleven buckets lose at most a third of their value each: 1e-8 $bn, ten
//! dollars of 27 trillion. Sums over securities differ from sums over buckets by rounding alone.

use brandish_curve::{DiscountCurve, ParShifter, dirty_price_from_curve};
use brandish_data::Snapshot;
use brandish_effects::accounts::{AccountsOfDay, HolderAccount};
use brandish_effects::valuation::Workspace;
use brandish_habitat::{ClearingPath, between_centers, clear};
use brandish_units::{Bp, Usd, Years, calendar};

use super::accounts;
use super::effects::accounts::AccountPlans;
use crate::baseline::{Baseline, CURRENCIES, PricedSecurity, Seller};
use crate::days::Days;
use crate::file::{CampName, Context, Portfolio, Sale, Scenario, ScenarioFile, Shipped};
use crate::orders::{Orders, orders};
use crate::outcome::Warning;
use crate::parameters::{ParameterBook, ParameterSource};
use crate::settings::Settings;

const USD_BN: f64 = 1e-8;
/// A bill, a note and TIPS that are outstanding on 1 May 2025.
const LOTS: &str = "cusip,face_usd_mn\n912797PC5,100\n91282CJG7,200\n912810UH9,300\n";

struct Ready {
    scenario: Scenario,
    baseline: Baseline,
    book: ParameterBook,
    built: Orders,
    named: Vec<Seller>,
    days: Days,
}

fn check(text: &str, snapshot: &Snapshot) -> Scenario {
    let holders = crate::holder_names(snapshot).unwrap();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let context = Context {
        holders: &holders,
        currencies: &CURRENCIES,
        first_date: crate::first_day(),
        last_date: crate::last_day(snapshot).unwrap(),
        why_not: &|date| crate::why_not(snapshot, date),
        read_portfolio: &|_| Ok(LOTS.to_owned()),
    };
    let file = ScenarioFile::parse(text, "test.toml").unwrap();
    file.check(&context).unwrap().scenario
}

fn ready(text: &str) -> Ready {
    let snapshot = Snapshot::embedded();
    let scenario = check(text, &snapshot);
    let book = ParameterBook::shipped().unwrap();
    let baseline = Baseline::at(&snapshot, scenario.as_of, &book, Settings::Product).unwrap();
    let built = orders(&scenario, &baseline, Settings::Product).unwrap();
    let named = super::named_sellers(&scenario, &baseline).unwrap();
    let last = scenario.sales.iter().map(Sale::end_day).max();
    let days = Days::new(scenario.as_of, scenario.horizon_days, last);
    Ready {
        scenario,
        baseline,
        book,
        built,
        named,
        days,
    }
}

impl Ready {
    fn plan(&self) -> AccountPlans {
        let Ready {
            scenario,
            baseline,
            built,
            named,
            days,
            ..
        } = self;
        accounts::plan(scenario, baseline, built, named, days).unwrap()
    }

    fn warnings(&self) -> Vec<Warning> {
        accounts::warnings_of(&self.scenario, &self.baseline, &self.named)
    }

    /// The path of a draw, or at central parameters.
    fn path(&self, camp: CampName, draw: Option<u64>) -> ClearingPath {
        let source = ParameterSource {
            book: &self.book,
            camp_name: camp,
            camp: self.book.camps.get(camp).unwrap(),
            market: &self.baseline.market,
            economy: self.baseline.economy,
            fed: self.scenario.fed,
            dealers: self.scenario.dealers,
            settings: Settings::Product,
        };
        let parameters = match draw {
            Some(number) => source.draw(7, number).unwrap(),
            None => source.central().unwrap(),
        };
        clear(&self.baseline.market, &parameters, &self.built.flow).unwrap()
    }
}

fn sum(of_day: &AccountsOfDay, of: fn(&HolderAccount) -> Usd) -> f64 {
    of_day.accounts.iter().map(|account| of(account).bn()).sum()
}

/// A sale into bills by a holder with a portfolio that adds up to what is declared, and by another who names the lots he sells.
fn with_lots(declared_usd_bn: f64, currency: &str) -> String {
    format!(
        "schema = 1\nname = \"lots\"\ntitle = \"lots\"\nas_of = 2025-05-01\nhorizon_days = 70\n\
         [[exogenous.sale]]\nseller = \"fund\"\namount_usd_bn = 0.3\ndays = 21\nmix = \"pro-rata\"\nknown = \"announced\"\n\
         [[exogenous.sale]]\nseller = \"japan\"\namount_usd_bn = 80\ndays = 21\nmix = {{ file = \"lots.csv\" }}\nknown = \"silent\"\n\
         [exogenous.proceeds]\nto = \"bills\"\n\
         [holders.fund]\nholdings_usd_bn = {declared_usd_bn}\nofficial_usd_bn = {declared_usd_bn}\ncurrency = \"{currency}\"\nmix = {{ file = \"lots.csv\" }}\n\
         [assumptions]\ncamps = [\"S\", \"F\"]\nstress_camps = []\ndraws = 1\nseed = 1\n"
    )
}

/// Market value of the lots at the close of 1 May 2025.
fn value_of_lots() -> f64 {
    let snapshot = Snapshot::embedded();
    let book = ParameterBook::shipped().unwrap();
    let day = "2025-05-01".parse().unwrap();
    let baseline = Baseline::at(&snapshot, day, &book, Settings::Product).unwrap();
    let lots = Portfolio::parse(LOTS, "lots.csv").unwrap().lots;
    baseline.value_by_bucket_usd_bn(&lots).iter().sum()
}

#[test]
fn holders_gains_add_up_to_the_change_in_market_value_in_every_draw() {
    let lots = with_lots(value_of_lots(), "EUR");
    let shipped = [
        "japan-card",
        "japan-china",
        "fed-buys",
        "treasury-buys-back",
        "japan-called-off",
        "yen-intervention",
    ];
    let texts = shipped.map(|name| Shipped::find(name).unwrap().toml);
    let card = Shipped::find("japan-card").unwrap().toml;
    let more_bills = card.replace(
        "[assumptions]",
        "[exogenous.treasury]\nbill_share_of_new_issuance = 0.5\n[assumptions]",
    );
    assert_ne!(more_bills, card);
    for text in texts
        .into_iter()
        .chain([lots.as_str(), more_bills.as_str()])
    {
        let ready = ready(text);
        let plans = ready.plan();
        let opening: f64 = plans.plan.outstanding_usd_bn.iter().sum();
        for camp in [CampName::S, CampName::F] {
            for draw in [None, Some(0), Some(1)] {
                let path = ready.path(camp, draw);
                for of_day in plans.plan.accounts(&path).unwrap() {
                    let place = format!(
                        "{} {camp:?} {draw:?} day {}",
                        ready.scenario.name, of_day.day
                    );
                    let change = of_day.market_value_change.bn();
                    let pnl = sum(&of_day, HolderAccount::pnl);
                    assert!((pnl - change).abs() < USD_BN, "{place}: {pnl} of {change}");
                    let execution = sum(&of_day, |account| account.execution_loss);
                    assert!(execution.abs() < USD_BN, "{place}: {execution}");
                    let held = sum(&of_day, |account| account.opening_value);
                    assert!(
                        (held - opening).abs() < USD_BN,
                        "{place}: {held} of {opening}"
                    );
                    let closing = sum(&of_day, |account| account.closing_value);
                    assert!((closing - opening - change).abs() < USD_BN, "{place}");
                }
            }
        }
    }
}

/// The change in market value by buckets is that of every outstanding security repriced on its own.
#[test]
fn buckets_say_what_single_securities_say() {
    let ready = ready(Shipped::find("japan-card").unwrap().toml);
    let plans = ready.plan();
    let path = ready.path(CampName::F, None);
    for of_day in plans.plan.accounts(&path).unwrap() {
        let yields = &path.days[of_day.day as usize - 1].yields_bp;
        let mut work = Workspace::default();
        let changes = plans.prices.relative_changes(yields, &mut work).unwrap();
        let market = plans.market.iter().zip(changes);
        let change: f64 = market.map(|((_, value), change)| value.bn() * change).sum();
        let by_bucket = of_day.market_value_change.bn();
        assert!(change < -50.0, "{change}");
        // securities that are redeemed at settlement stand a day later in the grid: a few $bn times a hundredth of a bp
        assert!((change - by_bucket).abs() < 1e-4, "{change} {by_bucket}");
    }
}

/// The same against curves built again from nothing, day by day of a path that moves ten-year yields by some 80 bp: no step on the way from
/// yields to accounts is of first order.
#[test]
fn accounts_are_those_of_a_curve_built_again() {
    let ready = ready(Shipped::find("japan-china").unwrap().toml);
    let baseline = &ready.baseline;
    let plans = ready.plan();
    let path = ready.path(CampName::F, None);
    let settlement = calendar::next_business_day(baseline.as_of);
    let shifter = ParShifter::new(&baseline.curve, &[]).unwrap();
    let mut largest = 0.0_f64;
    let price = |security: &PricedSecurity, curve: &DiscountCurve| {
        let price = dirty_price_from_curve(&security.payments, curve, settlement);
        price.unwrap().per_100()
    };
    for of_day in plans.plan.accounts(&path).unwrap() {
        let yields = &path.days[of_day.day as usize - 1].yields_bp;
        let shift: Vec<(Years, Bp)> = shifter
            .maturities()
            .iter()
            .map(|years| {
                let (lower, upper, above) = between_centers(years.years());
                let at = yields[lower] + above * (yields[upper] - yields[lower]);
                (*years, Bp(at))
            })
            .collect();
        let shifted = baseline.curve.with_par_shift(&shift).unwrap();
        let alive = baseline.securities.iter();
        let alive = alive.filter(|one| !one.payments.is_empty());
        let change: f64 = alive
            .map(|one| {
                let ratio = price(one, &shifted) / price(one, &baseline.curve);
                one.market_value.bn() * (ratio - 1.0)
            })
            .sum();
        let accounts = of_day.market_value_change.bn();
        assert!(change < -50.0, "{change}");
        // both curves meet par yields to 1e-5 bp, 1e-9: on $27,000bn at a duration of six years 1.6e-4 $bn
        largest = largest.max((change - accounts).abs());
        assert!((change - accounts).abs() < 2e-4, "{change} {accounts}");
    }
    println!(
        "largest difference from curves built again: ${:.0}",
        1e9 * largest
    );
}

/// Only days on which something moves have prices: execution losses beside those with a price for every day.
#[test]
fn trades_between_priced_days_are_booked_close_to_their_days_price() {
    for (name, camp) in [("japan-card", CampName::S), ("japan-china", CampName::F)] {
        let ready = ready(Shipped::find(name).unwrap().toml);
        let mut plans = ready.plan();
        let path = ready.path(camp, None);
        let quiet = plans.plan.accounts(&path).unwrap();
        plans.plan.order_days = vec![true; path.days.len()];
        let every = plans.plan.accounts(&path).unwrap();
        let mut largest = (0.0, 0.0, 0.0);
        for (quiet, every) in quiet.iter().zip(&every) {
            for (quiet, every) in quiet.accounts.iter().zip(&every.accounts) {
                let apart = (quiet.execution_loss - every.execution_loss).bn().abs();
                let held = |account: &HolderAccount| account.closing_value - account.mark_to_market;
                let traded = (held(every) - every.opening_value).bn().abs();
                // half a basis point of yield at a duration of one year, on what was traded on balance; $0.1mn for who trades both ways
                let bound = 0.5e-4 * traded + 1e-4;
                if apart > largest.0 {
                    largest = (apart, every.execution_loss.bn(), traded);
                }
                assert!(apart <= bound, "{name}: {apart} on trades of {traded}");
            }
        }
        let (apart, loss, traded) = largest;
        println!(
            "{name}: largest difference ${:.2}mn, of ${:.0}mn on ${traded:.0}bn traded",
            1e3 * apart,
            1e3 * loss.abs()
        );
        // who sells has a price for every one of his days
        let place = plans.holders.iter().position(|one| &*one.name == "japan");
        let seller = |accounts: &[AccountsOfDay]| accounts[0].accounts[place.unwrap()];
        assert_eq!(seller(&quiet).execution_loss, seller(&every).execution_loss);
        assert!(seller(&every).execution_loss.bn() > 0.0);
    }
}

#[test]
fn lots_add_up_to_their_holders_account() {
    let ready = ready(&with_lots(value_of_lots(), "EUR"));
    let plans = ready.plan();
    let path = ready.path(CampName::F, None);
    let place = plans.holders.iter().position(|one| &*one.name == "fund");
    let fund = &plans.holders[place.unwrap()];
    let lots = fund.lots.as_ref().unwrap();
    // his three, and the bills that proceeds are put into
    let bills = ready.baseline.securities.iter();
    let bills = bills
        .filter(|one| one.record.kind == brandish_data::SecurityKind::Bill)
        .count();
    assert_eq!(lots.cusips.len(), 3 + bills - 1);
    assert!(!fund.inferred && fund.euro.is_some());
    let priced: Vec<usize> = plans
        .plan
        .priced(&path)
        .unwrap()
        .iter()
        .skip(1)
        .map(|at| at.day)
        .collect();
    let by_lot = lots
        .plan
        .accounts(&path, &priced, &plans.plan.days)
        .unwrap();
    let all = plans.plan.accounts(&path).unwrap();
    for (of_day, lots) in all.iter().zip(by_lot) {
        let whole = of_day.accounts[place.unwrap()];
        let mut of_lots = 0.0;
        let mut of_coupons = 0.0;
        for account in &lots.accounts {
            of_lots += account.pnl().bn();
            of_coupons += account.coupons.bn();
        }
        assert!(whole.pnl().bn() < 0.0, "{whole:?}");
        assert!(
            (whole.pnl().bn() - of_lots).abs() < USD_BN,
            "{whole:?} {of_lots}"
        );
        assert!(
            (whole.coupons.bn() - of_coupons).abs() < USD_BN,
            "{whole:?} {of_coupons}"
        );
    }
    assert!(
        ready
            .warnings()
            .iter()
            .all(|warning| warning.code != "BR019")
    );
    assert!(
        ready
            .warnings()
            .iter()
            .any(|warning| warning.code == "BR028")
    );
}

#[test]
fn a_portfolio_that_does_not_add_up_is_said_and_its_account_is_by_maturity() {
    let value = value_of_lots();
    for (declared, apart) in [(value * 1.009, false), (value * 1.2, true)] {
        let ready = ready(&with_lots(declared, "USD"));
        let said = ready.warnings();
        let found = said.iter().find(|warning| warning.code == "BR019");
        assert_eq!(found.is_some(), apart, "{said:?}");
        let plans = ready.plan();
        let fund = plans
            .holders
            .iter()
            .find(|one| &*one.name == "fund")
            .unwrap();
        assert_eq!(fund.inferred, apart);
        assert_eq!(fund.lots.is_none(), apart);
        if let Some(warning) = found {
            let remedy = format!("holdings_usd_bn = {value:.3}");
            assert!(warning.text.contains(&remedy), "{}", warning.text);
            assert!(warning.text.contains("lots.csv"), "{}", warning.text);
        }
        assert!(said.iter().any(|warning| warning.code == "BR017"));
    }
}

/// Interest of a year on everything outstanding: between 1.5 and 3.5 percent of its market value in a market whose coupons lie between
/// nothing (bills) and 4.75 percent.
#[test]
fn interest_of_the_quarter_is_that_of_the_securities() {
    let ready = ready(Shipped::find("japan-card").unwrap().toml);
    let plans = ready.plan();
    let path = ready.path(CampName::S, None);
    let all = plans.plan.accounts(&path).unwrap();
    let [first, .., last] = &all[..] else {
        panic!()
    };
    let due = |until: u32| -> f64 {
        let until = ready.days.date(until);
        let securities = ready.baseline.securities.iter();
        securities
            .map(|security| {
                let paid = security.interest.iter().filter(|one| one.date <= until);
                let per_100: f64 = paid.map(|one| one.amount.per_100()).sum();
                security.record.par.bn() * per_100 / 100.0
            })
            .sum()
    };
    for of_day in [first, last] {
        let coupons = sum(of_day, |account| account.coupons);
        // a thousand dollars: the order of 1e4 sums
        assert!((coupons - due(of_day.day)).abs() < 1e-6, "{coupons}");
    }
    let mut all = ready.baseline.securities.iter();
    let note = all
        .find(|one| one.record.cusip.as_str() == "91282CJG7")
        .unwrap();
    // a note past its first coupon: half its rate, twice a year
    assert!(note.interest.iter().all(|one| {
        (one.amount.per_100() - note.record.coupon.unwrap().percent() / 2.0).abs() < 1e-12
    }));
    let year = due(252) / plans.plan.outstanding_usd_bn.iter().sum::<f64>();
    assert!((0.015..0.035).contains(&year), "{year}");
}
