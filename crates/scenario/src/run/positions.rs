//! Who holds what at the start of the accounts: every sector, and everybody whom the scenario names, each dollar once.
//!
//! A named holder is taken out of its sector: its official part out of foreign officials, the rest out of other foreigners (the Federal
//! Reserve out of its own row). Where a sector is inferred to hold less of a maturity than that, the rest comes from the other of the two
//! and then from everybody in proportion; what exceeds everything outstanding is left as a short position of households. Both are said.

use brandish_habitat::{BUCKETS, SECTOR_NAMES};

use crate::baseline::{HolderTable, Seller};

/// Name under which a scenario can define the Federal Reserve as a buyer or seller.
const FEDERAL_RESERVE_NAME: &str = "federal-reserve";
/// Rows of the table by their place in the list of slow sectors.
const FOREIGN_PRIVATE: usize = 3;
const HOUSEHOLDS: usize = 6;
const FOREIGN_OFFICIAL: usize = 7;
/// The row of the Federal Reserve: after the slow sectors and specialists.
const FED: usize = SECTOR_NAMES.len() + 1;

/// What a named holder was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Taken {
    /// $bn that its own sector is not inferred to hold in those maturities, taken from everybody else.
    pub(super) elsewhere_usd_bn: f64,
    /// $bn beyond everything that is outstanding in those maturities.
    pub(super) beyond_outstanding_usd_bn: f64,
}

/// The sectors' rows less what named holders have, and per named holder what was taken elsewhere.
pub(super) fn sectors_without(
    table: &HolderTable,
    outstanding: &[f64; BUCKETS],
    named: &[Seller],
) -> (Vec<[f64; BUCKETS]>, Vec<Taken>) {
    let mut rows = table.usd_bn.clone();
    // The table is fitted to a thousand dollars; accounts have to add up to the last digit.
    for (i, outstanding) in outstanding.iter().enumerate() {
        let held: f64 = rows.iter().map(|row| row[i]).sum();
        rows[HOUSEHOLDS][i] += outstanding - held;
    }
    let taken = named.iter().map(|seller| take(&mut rows, seller)).collect();
    (rows, taken)
}

fn take(rows: &mut [[f64; BUCKETS]], seller: &Seller) -> Taken {
    let official = if seller.total.bn() > 0.0 {
        (seller.official_bound.bn() / seller.total.bn()).min(1.0)
    } else {
        1.0
    };
    let mut taken = Taken::default();
    for (i, held) in seller.holdings.total_usd_bn().into_iter().enumerate() {
        let mut rest = if seller.name == FEDERAL_RESERVE_NAME {
            from(&mut rows[FED][i], held)
        } else {
            let public = from(&mut rows[FOREIGN_OFFICIAL][i], held * official);
            let private = from(&mut rows[FOREIGN_PRIVATE][i], held * (1.0 - official));
            let private = from(&mut rows[FOREIGN_OFFICIAL][i], private);
            from(&mut rows[FOREIGN_PRIVATE][i], public) + private
        };
        taken.elsewhere_usd_bn += rest;
        let others: f64 = rows.iter().map(|row| row[i].max(0.0)).sum();
        let part = if others > 0.0 {
            (rest / others).min(1.0)
        } else {
            0.0
        };
        for row in rows.iter_mut().filter(|row| row[i] > 0.0) {
            rest -= part * row[i];
            row[i] -= part * row[i];
        }
        if rest > 0.0 {
            taken.beyond_outstanding_usd_bn += rest;
        }
        rows[HOUSEHOLDS][i] -= rest;
    }
    taken
}

/// Takes what is there; returns what is missing.
fn from(cell: &mut f64, wanted: f64) -> f64 {
    let got = wanted.min(cell.max(0.0));
    *cell -= got;
    wanted - got
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::HoldingsByMaturity;
    use brandish_units::Usd;

    fn table() -> HolderTable {
        HolderTable {
            names: Vec::new(),
            usd_bn: vec![[100.0; BUCKETS]; SECTOR_NAMES.len() + 2],
            quarter: "2024-12-31".parse().unwrap(),
            scale: 1.0,
        }
    }

    fn seller(name: &str, in_each_bucket: f64, official: f64) -> Seller {
        let total = in_each_bucket * BUCKETS as f64;
        Seller {
            name: name.into(),
            title: name.into(),
            reported_as: None,
            total: Usd::from_bn(total),
            total_source: String::new(),
            official_bound: Usd::from_bn(total * official),
            official_bound_source: String::new(),
            holdings: HoldingsByMaturity {
                bills_usd_bn: [0.0; BUCKETS],
                coupons_usd_bn: [in_each_bucket; BUCKETS],
            },
            warnings: Vec::new(),
        }
    }

    /// 10 rows of 100 each: by hand.
    #[test]
    fn every_dollar_is_held_once() {
        let outstanding = [1000.0; BUCKETS];
        for (size, official, elsewhere, beyond) in [
            (80.0, 0.75, 0.0, 0.0),
            (150.0, 1.0, 0.0, 0.0),
            (300.0, 0.5, 100.0 * BUCKETS as f64, 0.0),
            (1100.0, 0.5, 900.0 * BUCKETS as f64, 100.0 * BUCKETS as f64),
        ] {
            let named = [seller("someone", size, official)];
            let (rows, taken) = sectors_without(&table(), &outstanding, &named);
            for i in 0..BUCKETS {
                let left: f64 = rows.iter().map(|row| row[i]).sum();
                // sums of ten numbers of a hundred
                assert!((left + size - 1000.0).abs() < 1e-9, "{size}: {left}");
            }
            assert!(
                (taken[0].elsewhere_usd_bn - elsewhere).abs() < 1e-9,
                "{size} {taken:?}"
            );
            assert!(
                (taken[0].beyond_outstanding_usd_bn - beyond).abs() < 1e-9,
                "{size} {taken:?}"
            );
        }
        let (rows, _) = sectors_without(&table(), &outstanding, &[seller("japan", 80.0, 0.75)]);
        assert!((rows[FOREIGN_OFFICIAL][4] - 40.0).abs() < 1e-12);
        assert!((rows[FOREIGN_PRIVATE][4] - 80.0).abs() < 1e-12);
        let fed = seller(FEDERAL_RESERVE_NAME, 70.0, 1.0);
        let (rows, _) = sectors_without(&table(), &outstanding, &[fed]);
        assert!((rows[FED][4] - 30.0).abs() < 1e-12 && rows[FOREIGN_OFFICIAL][4] == 100.0);
    }

    #[test]
    fn names_are_in_the_places_that_are_used() {
        assert_eq!(SECTOR_NAMES[FOREIGN_PRIVATE], "foreign private");
        assert_eq!(SECTOR_NAMES[HOUSEHOLDS], "household/other");
        assert_eq!(SECTOR_NAMES[FOREIGN_OFFICIAL], "foreign official");
    }
}
