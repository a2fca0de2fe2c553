//! All holders' accounts on random paths: they add up to the change in market value, whoever trades what.
//!
//! Tolerance 1e-9 $bn, one dollar: sums of a few hundred products of amounts up to 1e3 $bn are exact to 1e-12.

use brandish_effects::accounts::{
    AVERAGES, AccountsPlan, Flow, Holder, HolderAccount, days_to_price,
};
use brandish_effects::bounds::{MarkedSecurity, RankedSecurities};
use brandish_effects::lots::{LotPlan, LotPosition};
use brandish_effects::seller::{SellerPosition, accounts};
use brandish_effects::valuation::{BasketValuation, BucketHolding, BucketValuation};
use brandish_habitat::{BUCKETS, ClearingPath, SECTORS, TAU};
use brandish_treasury::{AmountPer100, CashFlow};
use brandish_units::Usd;
use proptest::prelude::*;

use crate::{curve, day, path};

const USD_BN: f64 = 1e-9;

fn payment(years: f64) -> Vec<CashFlow> {
    vec![CashFlow {
        date: day().plus_days((years * 365.25) as i32),
        amount: AmountPer100::from_per_100(100.0),
    }]
}

/// Two zero-coupon securities a bucket, a little below and above its center.
fn securities() -> Vec<(usize, Vec<CashFlow>)> {
    let both =
        |(bucket, years): (usize, &f64)| [0.9, 1.1].map(|factor| (bucket, payment(years * factor)));
    TAU.iter().enumerate().flat_map(both).collect()
}

/// Buckets of two securities in equal market value, and a basket per bucket that holds the longer one alone.
fn valuation() -> BucketValuation {
    let curve = curve();
    let price = |payments: &Vec<CashFlow>| {
        brandish_curve::dirty_price_from_curve(payments, &curve, day().plus_days(1)).unwrap()
    };
    let holding = |(bucket, payments): &(usize, Vec<CashFlow>)| BucketHolding {
        bucket: *bucket,
        payments: payments.clone(),
        weight: 1.0 / price(payments).per_100(),
    };
    let all: Vec<BucketHolding> = securities().iter().map(holding).collect();
    let longer: Vec<Vec<BucketHolding>> = all.chunks(2).map(|pair| vec![pair[1].clone()]).collect();
    BucketValuation::with_baskets(&curve, day().plus_days(1), &all, &longer).unwrap()
}

const OWN: [usize; BUCKETS] = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21];

/// What is random: yields, what sectors take, what is sold, by day and bucket.
#[derive(Debug, Clone)]
struct Story {
    yields: Vec<[f64; BUCKETS]>,
    slow: Vec<[f64; BUCKETS]>,
    fed: Vec<[f64; BUCKETS]>,
    forced: Vec<[f64; BUCKETS]>,
    sold: Vec<[f64; BUCKETS]>,
}

fn story() -> impl Strategy<Value = Story> {
    let row = |low: f64, high: f64| prop::array::uniform11(low..high);
    let rows = move |low, high| prop::collection::vec(row(low, high), 12);
    (
        rows(-40.0, 80.0),
        rows(-5.0, 5.0),
        rows(0.0, 3.0),
        rows(0.0, 2.0),
        rows(0.0, 20.0),
    )
        .prop_map(|(yields, slow, fed, forced, sold)| Story {
            yields,
            slow,
            fed,
            forced,
            sold,
        })
}

/// A path that balances: what nobody takes, specialists hold.
fn cleared(story: &Story) -> ClearingPath {
    let mut path = path(&story.yields);
    let mut sold = [0.0; BUCKETS];
    for (index, state) in path.days.iter_mut().enumerate() {
        for i in 0..BUCKETS {
            sold[i] += story.sold[index][i];
            for sector in 0..SECTORS {
                state.holdings_usd_bn[sector][i] = story.slow[index][i] * (sector as f64 - 2.0);
            }
            let slow: f64 = state.holdings_usd_bn.iter().map(|sector| sector[i]).sum();
            state.fed_purchases_usd_bn[i] = story.fed[index][i];
            state.forced_sales_usd_bn[i] = story.forced[index][i];
            state.sold_usd_bn[i] = sold[i];
            state.inventory_usd_bn[i] =
                sold[i] + story.forced[index][i] - slow - story.fed[index][i];
        }
    }
    path
}

fn sold_so_far(story: &Story) -> Vec<[f64; BUCKETS]> {
    let mut sum = [0.0; BUCKETS];
    let add = |day: &[f64; BUCKETS]| {
        for (sum, sold) in sum.iter_mut().zip(day) {
            *sum -= sold;
        }
        sum
    };
    story.sold.iter().map(add).collect()
}

/// Everybody: sectors, specialists, the Fed, forced sellers and a seller, with or without lots of his own.
fn plan(story: &Story, rows: [usize; BUCKETS], days: &[u32]) -> AccountsPlan {
    let mut holders: Vec<Holder> = (0..SECTORS)
        .map(|sector| {
            Holder::at_averages(
                [10.0 * (sector + 1) as f64; BUCKETS],
                vec![Flow::Slow(sector)],
            )
        })
        .collect();
    holders.push(Holder::at_averages(
        [20.0; BUCKETS],
        vec![Flow::Specialists],
    ));
    holders.push(Holder::at_averages(
        [90.0; BUCKETS],
        vec![Flow::FederalReserve],
    ));
    holders.push(Holder::at_averages([0.0; BUCKETS], vec![Flow::Forced]));
    holders.push(Holder {
        opening_usd_bn: [250.0; BUCKETS],
        opening_rows: rows,
        trades: vec![(Flow::Given(sold_so_far(story)), rows)],
    });
    let mut outstanding = [0.0; BUCKETS];
    for holder in &holders {
        for (sum, held) in outstanding.iter_mut().zip(&holder.opening_usd_bn) {
            *sum += held;
        }
    }
    let valuation = valuation();
    let rows = valuation.rows();
    AccountsPlan {
        valuation,
        holders,
        outstanding_usd_bn: outstanding,
        interest_so_far: (0..=12)
            .map(|day| vec![0.0001 * f64::from(day); rows])
            .collect(),
        order_days: vec![true; 12],
        days: days.to_vec(),
    }
    .checked()
    .unwrap()
}

fn sum(accounts: &[HolderAccount], of: fn(&HolderAccount) -> Usd) -> f64 {
    accounts.iter().map(|account| of(account).bn()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Profits and losses add up to what everything outstanding has lost; what sellers lose in execution, buyers gain; and every
    /// account closes: opening value and P&L are closing value and proceeds.
    #[test]
    fn profits_and_losses_add_up_to_the_change_in_market_value(story in story(), own in any::<bool>()) {
        let path = cleared(&story);
        let rows = if own { OWN } else { AVERAGES };
        for of_day in plan(&story, rows, &[1, 7, 12]).accounts(&path).unwrap() {
            let accounts = &of_day.accounts;
            let change = of_day.market_value_change.bn();
            let opening = sum(accounts, |account| account.opening_value);
            prop_assert!((sum(accounts, HolderAccount::pnl) - change).abs() < USD_BN);
            prop_assert!(sum(accounts, |account| account.execution_loss).abs() < USD_BN);
            prop_assert!(sum(accounts, |account| account.proceeds).abs() < USD_BN);
            prop_assert!((sum(accounts, |account| account.closing_value) - opening - change).abs() < USD_BN);
            let interest = 0.0001 * f64::from(of_day.day) * opening;
            prop_assert!((sum(accounts, |account| account.coupons) - interest).abs() < USD_BN);
            for account in accounts {
                let before = account.opening_value.bn() + account.pnl().bn();
                let after = account.closing_value.bn() + account.proceeds.bn();
                prop_assert!((before - after).abs() < USD_BN, "{account:?}");
            }
        }
    }

    /// The account of a seller among all holders is the seller's account alone.
    #[test]
    fn a_sellers_account_is_the_same_alone_and_among_all(story in story()) {
        let path = cleared(&story);
        let plan = plan(&story, AVERAGES, &[5, 12]);
        let position = SellerPosition {
            holdings_usd_bn: &[250.0; BUCKETS],
            sales_by_day: &story.sold,
        };
        let alone = accounts(position, &path, &plan.valuation, &[5, 12]).unwrap();
        for (of_day, alone) in plan.accounts(&path).unwrap().iter().zip(alone) {
            let among = of_day.accounts.last().unwrap();
            prop_assert!((among.execution_loss.bn() - alone.execution_loss.bn()).abs() < USD_BN);
            prop_assert!((among.mark_to_market.bn() - alone.mark_to_market.bn()).abs() < USD_BN);
            prop_assert!((among.closing_value.bn() - alone.mark_to_market.bn() - alone.kept.bn()).abs() < USD_BN);
        }
    }

    /// A holder's lots add up to his account: one security a bucket here, so each lot is a basket.
    #[test]
    fn lots_add_up_to_the_account(story in story()) {
        let path = cleared(&story);
        let days = [3, 12];
        let plan = plan(&story, OWN, &days);
        let own: Vec<Vec<CashFlow>> = securities().into_iter().skip(1).step_by(2).map(|one| one.1).collect();
        let lots = LotPlan {
            valuation: BasketValuation::new(&curve(), day().plus_days(1), &own).unwrap(),
            lots: (0..BUCKETS)
                .map(|bucket| LotPosition {
                    bucket,
                    opening_usd_bn: 250.0,
                    shares: vec![1.0],
                    interest_so_far: (0..=12).map(|day| 0.0001 * f64::from(day)).collect(),
                })
                .collect(),
            orders: vec![sold_so_far(&story)],
        };
        let priced = days_to_price(&path, &plan.order_days, &days);
        let by_lot = lots.accounts(&path, &priced, &days).unwrap();
        for (of_day, lots) in plan.accounts(&path).unwrap().iter().zip(by_lot) {
            let whole = of_day.accounts.last().unwrap();
            let entries: [fn(&HolderAccount) -> Usd; 5] = [
                HolderAccount::pnl,
                |account| account.execution_loss,
                |account| account.closing_value,
                |account| account.proceeds,
                |account| account.coupons,
            ];
            for of in entries {
                prop_assert!((of(whole).bn() - sum(&lots.accounts, of)).abs() < USD_BN);
            }
        }
    }

    /// An allocation that is possible lies between the bounds, and the bounds are allocations: with one security a band they meet it.
    #[test]
    fn bounds_hold_every_possible_allocation(
        held in prop::array::uniform11(0.0_f64..40.0),
        changes in prop::collection::vec(-0.2_f64..0.05, BUCKETS),
        within in 0.0_f64..0.04,
    ) {
        // two securities a bucket, 25 each; the bucket's change is their mean
        let securities: Vec<MarkedSecurity> = (0..BUCKETS)
            .flat_map(|bucket| [within, -within].map(|off| MarkedSecurity {
                bucket,
                outstanding: Usd::from_bn(25.0),
                change: changes[bucket] + off,
            }))
            .collect();
        let pnl: f64 = held.iter().zip(&changes).map(|(held, change)| held * change).sum();
        let bounds = RankedSecurities::new(&securities).bounds(Usd::from_bn(pnl), &held, &changes);
        prop_assert!(bounds.least.bn() <= pnl + USD_BN && pnl <= bounds.most.bn() + USD_BN, "{bounds:?} {pnl}");
    }
}

/// By hand: 30 held up to a year, of one security 20 is outstanding (lost 1%) and of another 50 (lost 3%).
#[test]
fn bounds_by_hand() {
    let security = |outstanding, change| MarkedSecurity {
        bucket: 1,
        outstanding: Usd::from_bn(outstanding),
        change,
    };
    let ranked = RankedSecurities::new(&[security(20.0, -0.01), security(50.0, -0.03)]);
    let mut held = [0.0; BUCKETS];
    held[0] = 30.0;
    let bounds = ranked.bounds(Usd::from_bn(-0.6), &held, &[-0.02; BUCKETS]);
    // all 30 in the second; 20 in the first and 10 in the second
    assert!((bounds.least.bn() + 0.9).abs() < 1e-12);
    assert!((bounds.most.bn() + 0.5).abs() < 1e-12);
}

/// A quiet market is priced once a week, a jump on its day and the day before, orders and account days always.
#[test]
fn days_are_priced_where_something_happens() {
    let yields: Vec<[f64; BUCKETS]> = (1..=30)
        .map(|day| [if day < 12 { 0.0 } else { 5.0 }; BUCKETS])
        .collect();
    let mut orders = vec![false; 30];
    orders[19] = true;
    let priced = days_to_price(&path(&yields), &orders, &[29]);
    assert_eq!(priced, [7, 11, 12, 19, 20, 27, 29]);
}

#[test]
fn a_plan_that_names_what_is_not_there_is_refused() {
    let quiet = Story {
        yields: vec![[0.0; BUCKETS]; 12],
        slow: vec![[0.0; BUCKETS]; 12],
        fed: vec![[0.0; BUCKETS]; 12],
        forced: vec![[0.0; BUCKETS]; 12],
        sold: vec![[0.0; BUCKETS]; 12],
    };
    let broken = |change: fn(&mut AccountsPlan)| {
        let mut plan = plan(&quiet, AVERAGES, &[12]);
        change(&mut plan);
        plan.checked().unwrap_err().to_string()
    };
    assert!(broken(|plan| plan.holders[0].opening_rows[3] = 22).contains("22"));
    assert!(
        broken(|plan| plan.holders[0].trades[0].0 = Flow::Slow(8)).contains("slow sector is 8")
    );
    assert!(broken(|plan| plan.days = vec![13]).contains("days of interest is 13"));
    let plan = plan(&quiet, AVERAGES, &[12]);
    let error = plan.accounts(&path(&[[0.0; BUCKETS]])).unwrap_err();
    assert!(error.to_string().contains("12"), "{error}");
    // nothing moves, nobody gains or loses
    for account in &plan.accounts(&cleared(&quiet)).unwrap()[0].accounts {
        assert_eq!(account.pnl().bn(), 0.0);
    }
}
