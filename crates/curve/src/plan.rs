//! How a grid prices many securities with few operations, for one curve or for eight at once.
//!
//! Coupon securities of one cycle (15 May and 15 November, say) pay the same coupon on the same dates up to maturity. Their dates
//! form a *chain*; with S_k the sum of the first k discount factors of the chain, a security with coupon c from the chain's
//! place i up to place j is worth c (S_j - S_i) plus its other payments: three operations instead of one per payment.
//! Payments that fit no chain are added one by one, in four partial sums where there are many of them.
//!
//! The body is written once for any number of lanes; every lane does the operations of the single curve in the same order, so
//! eight curves at once give the bits of one at a time.

use std::collections::BTreeMap;

use brandish_math::wide::{Kernel, Width, at};

/// Equal payments are put on a chain from this number on.
const SHORTEST_RUN: usize = 3;
/// From this number of single payments on, they are added in four partial sums.
const MANY: usize = 8;

/// The payments of a grid, arranged for pricing. Places are those of the grid's dates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// Places of all chains, one after another.
    chain_places: Vec<u32>,
    /// Where each chain starts in `chain_places`, and one past the end.
    chain_starts: Vec<u32>,
    legs: Vec<Leg>,
    /// Places of the grid.
    dates: usize,
    /// Further single payments of all securities.
    places: Vec<u32>,
    amounts: Vec<f64>,
}

/// What pricing under one curve costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlanWork {
    /// Additions, subtractions and multiplications.
    pub operations: usize,
    /// Numbers read and written, most of them in the first cache.
    pub numbers: usize,
}

/// One security.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Leg {
    /// The repeated payment.
    coupon: f64,
    /// Sums of discount factors before its first and after its last date; equal when there is none.
    from: u32,
    to: u32,
    /// The last single payment, for most securities the only one: principal.
    principal: f64,
    place: u32,
    /// The other single payments.
    single_from: u32,
    single_to: u32,
}

/// Equal payments of one security: first and one past the last in its list, and the amount.
struct Run {
    from: usize,
    to: usize,
    coupon: f64,
}

/// The longest stretch of equal payments that reaches the last but one; it includes the last, whose rest is principal.
fn run_of(flows: &[(u32, f64)]) -> Option<Run> {
    let (_, coupon) = *flows.get(flows.len().checked_sub(2)?)?;
    let from = flows[..flows.len() - 1]
        .iter()
        .rposition(|(_, amount)| *amount != coupon)
        .map_or(0, |place| place + 1);
    (flows.len() - from >= SHORTEST_RUN).then_some(Run {
        from,
        to: flows.len(),
        coupon,
    })
}

impl Plan {
    /// From the payments of each security: place of the date and amount, in order of date.
    pub fn new(securities: &[Vec<(u32, f64)>]) -> Plan {
        let runs: Vec<Option<Run>> = securities.iter().map(|flows| run_of(flows)).collect();
        let mut chains: Vec<Vec<u32>> = Vec::new();
        let mut found: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        let dates = |run: &Run, flows: &[(u32, f64)]| -> Vec<u32> {
            flows[run.from..run.to]
                .iter()
                .map(|(place, _)| *place)
                .collect()
        };
        // Long runs first: they lay the chains that the shorter ones lie on.
        let mut order: Vec<usize> = (0..securities.len()).collect();
        order.sort_by_key(|i| {
            std::cmp::Reverse(runs[*i].as_ref().map_or(0, |run| run.to - run.from))
        });
        for i in order {
            if let Some(run) = &runs[i] {
                let places = dates(run, &securities[i]);
                if places.iter().all(|place| !found.contains_key(place)) {
                    for (k, place) in places.iter().enumerate() {
                        found.insert(*place, (chains.len(), k));
                    }
                    chains.push(places);
                }
            }
        }
        let mut plan = Plan {
            chain_places: Vec::new(),
            chain_starts: vec![0],
            legs: Vec::with_capacity(securities.len()),
            dates: securities
                .iter()
                .flatten()
                .map(|(place, _)| *place as usize + 1)
                .max()
                .unwrap_or(0),
            places: Vec::new(),
            amounts: Vec::new(),
        };
        for chain in &chains {
            plan.chain_places.extend(chain);
            plan.chain_starts.push(plan.chain_places.len() as u32);
        }
        for (flows, run) in securities.iter().zip(&runs) {
            let single_from = plan.places.len() as u32;
            let on_chain = run.as_ref().and_then(|run| {
                let places = dates(run, flows);
                let (chain, start) = *found.get(places.first()?)?;
                let same = chains[chain].get(start..start + places.len())? == places;
                // Each chain has one more sum than dates: the empty one in front.
                let first = plan.chain_starts[chain] as usize + chain + start;
                same.then_some((run, first))
            });
            let (mut coupon, mut from, mut to) = (0.0, 0, 0);
            for (k, (place, amount)) in flows.iter().enumerate() {
                let rest = match on_chain {
                    Some((run, _)) if (run.from..run.to).contains(&k) => amount - run.coupon,
                    _ => *amount,
                };
                if rest != 0.0 {
                    plan.places.push(*place);
                    plan.amounts.push(rest);
                }
            }
            if let Some((run, first)) = on_chain {
                (coupon, from, to) = (run.coupon, first as u32, (first + run.to - run.from) as u32);
            }
            let (mut place, mut principal) = (0, 0.0);
            if plan.places.len() > single_from as usize
                && let (Some(last), Some(amount)) = (plan.places.pop(), plan.amounts.pop())
            {
                (place, principal) = (last, amount);
            }
            plan.legs.push(Leg {
                coupon,
                from,
                to,
                principal,
                place,
                single_from,
                single_to: plan.places.len() as u32,
            });
        }
        plan
    }

    /// Number of securities.
    pub fn securities(&self) -> usize {
        self.legs.len()
    }

    /// Number of sums of discount factors.
    fn sums(&self) -> usize {
        self.chain_places.len() + self.chain_starts.len()
    }

    /// Operations and eight-byte numbers moved for one curve, discount factors given: counted from the body of [`Plan::price_lanes`].
    pub fn work(&self) -> PlanWork {
        let (mut operations, mut numbers) = (0, 0);
        // Running sums: one addition a date of a chain; factor read, sum written.
        operations += self.chain_places.len();
        numbers += 2 * self.chain_places.len() + self.chain_starts.len();
        for leg in &self.legs {
            let singles = (leg.single_to - leg.single_from) as usize;
            // Two sums subtracted, coupon and principal multiplied, added; then a product and a sum for each further payment.
            operations += 4 + 2 * singles + if singles < MANY { 0 } else { 4 };
            // Two sums and a factor read, the price written; then a factor for each further payment.
            numbers += 4 + singles;
        }
        PlanWork {
            operations,
            numbers,
        }
    }

    /// Prices of all securities under one curve, handed to `take` in order.
    pub fn price_one(&self, discounts: &[f64], mut take: impl FnMut(f64)) {
        let mut sums = vec![[0.0]; self.sums()];
        self.price_lanes(|place| [discounts[place]], &mut sums, |[price]| take(price));
    }

    /// The same sums for rows of any number of lanes.
    pub fn price_any<const N: usize>(&self, rows: &[[f64; N]], take: impl FnMut([f64; N])) {
        let mut sums = vec![[0.0; N]; self.sums()];
        self.price_lanes(|place| rows[place], &mut sums, take);
    }

    /// Prices under eight curves: `discounts` by date; `work` is overwritten; `prices` holds one entry a security.
    pub fn price_eight(
        &self,
        width: Width,
        discounts: &[[f64; 8]],
        work: &mut Vec<[f64; 8]>,
        prices: &mut Vec<[f64; 8]>,
    ) {
        work.clear();
        work.resize(self.sums(), [0.0; 8]);
        prices.clear();
        prices.resize(self.legs.len(), [0.0; 8]);
        at(
            width,
            Eight {
                plan: self,
                discounts,
                sums: work,
                prices,
            },
        );
    }

    /// The body for any number of lanes.
    #[inline(always)]
    pub fn price_lanes<const N: usize>(
        &self,
        discount: impl Fn(usize) -> [f64; N],
        sums: &mut [[f64; N]],
        mut take: impl FnMut([f64; N]),
    ) {
        let mut slot = 0;
        for bounds in self.chain_starts.windows(2) {
            let mut sum = [0.0; N];
            sums[slot] = sum;
            for place in &self.chain_places[bounds[0] as usize..bounds[1] as usize] {
                let factor = discount(*place as usize);
                for k in 0..N {
                    sum[k] += factor[k];
                }
                slot += 1;
                sums[slot] = sum;
            }
            slot += 1;
        }
        if self.dates == 0 {
            // Securities without payments are worth nothing, and there is no discount factor to ask for.
            for _ in &self.legs {
                take([0.0; N]);
            }
            return;
        }
        for leg in &self.legs {
            let (before, after) = (&sums[leg.from as usize], &sums[leg.to as usize]);
            let last = discount(leg.place as usize);
            let mut value = [0.0; N];
            for k in 0..N {
                value[k] = leg.coupon * (after[k] - before[k]) + leg.principal * last[k];
            }
            if leg.single_from == leg.single_to {
                take(value);
                continue;
            }
            let singles = leg.single_from as usize..leg.single_to as usize;
            let (places, amounts) = (&self.places[singles.clone()], &self.amounts[singles]);
            if places.len() < MANY {
                for (place, amount) in places.iter().zip(amounts) {
                    add(&mut value, *amount, discount(*place as usize));
                }
            } else {
                let mut parts = [[0.0; N]; 4];
                let (place_fours, amount_fours) = (places.chunks_exact(4), amounts.chunks_exact(4));
                let rest = place_fours.remainder().iter().zip(amount_fours.remainder());
                for (fours, amounts) in place_fours.zip(amount_fours) {
                    for p in 0..4 {
                        add(&mut parts[p], amounts[p], discount(fours[p] as usize));
                    }
                }
                for (place, amount) in rest {
                    add(&mut value, *amount, discount(*place as usize));
                }
                for k in 0..N {
                    value[k] += (parts[0][k] + parts[1][k]) + (parts[2][k] + parts[3][k]);
                }
            }
            take(value);
        }
    }
}

#[inline(always)]
fn add<const N: usize>(sum: &mut [f64; N], amount: f64, factor: [f64; N]) {
    for k in 0..N {
        sum[k] += amount * factor[k];
    }
}

struct Eight<'a> {
    plan: &'a Plan,
    discounts: &'a [[f64; 8]],
    sums: &'a mut [[f64; 8]],
    prices: &'a mut [[f64; 8]],
}

impl Kernel for Eight<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Eight {
            plan,
            discounts,
            sums,
            prices,
        } = self;
        let mut free = prices.iter_mut();
        plan.price_lanes(
            |place| discounts[place],
            sums,
            |price| {
                if let Some(slot) = free.next() {
                    *slot = price;
                }
            },
        );
    }
}
