//! The universe of a day: bills, notes, bonds, TIPS and FRNs together.
//!
//! From 2023-09-30 to 2026-04-30. On the day of a list the list itself is given; on 2025-04-30 and after, that list is the
//! base. `Universe::notes` says in words what the day rests on. A security with an amount of zero or less after buybacks
//! is left out and counted.

use std::collections::{BTreeMap, BTreeSet};

use brandish_units::{CouponRate, Cusip, Date, DiscountMargin, FaceUsd, IndexRatio};

use crate::DataError;
use crate::index::TipsReference;
use crate::known::KnownOn;
use crate::quality::Quality;
use crate::securities::bills::{Market, lives, lot_sizes};
use crate::securities::coupons::{Amount, Record, Window};
use crate::securities::record::{OutstandingSecurity, SecurityKind, dated_date, read_kind};
use crate::securities::spreads::{FrnSpread, spreads};
use crate::securities::statements::{ANCHORS, Statement, StatementRow};
use crate::store::Snapshot;

/// What the list of a day rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UniverseBase {
    /// The day is that of a list.
    List,
    /// Rebuilt from the list of this day.
    RebuiltFrom(Date),
}

/// All securities outstanding at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Universe {
    /// The day.
    pub as_of: Date,
    /// What it rests on.
    pub base: UniverseBase,
    /// By maturity, then CUSIP.
    pub securities: Vec<OutstandingSecurity>,
    /// What a reader must know, one sentence each.
    pub notes: Vec<String>,
}

impl Universe {
    /// Outstanding amount of a kind.
    pub fn outstanding_of(&self, kind: SecurityKind) -> FaceUsd {
        self.securities
            .iter()
            .filter(|security| security.kind == kind)
            .map(|security| security.outstanding)
            .sum()
    }

    /// Outstanding amount of all.
    pub fn outstanding(&self) -> FaceUsd {
        self.securities
            .iter()
            .map(|security| security.outstanding)
            .sum()
    }

    /// How many securities and how much (outstanding) have each quality, best first.
    pub fn by_quality(&self) -> BTreeMap<Quality, (usize, FaceUsd)> {
        let mut found = BTreeMap::new();
        for security in &self.securities {
            let cell = found
                .entry(security.quality)
                .or_insert((0, FaceUsd::from_dollars(0.0)));
            cell.0 += 1;
            cell.1 += security.outstanding;
        }
        found
    }
}

impl KnownOn<'_> {
    /// All securities outstanding at the end of `day`, which must not lie after the as-of date.
    pub fn securities_outstanding(&self, day: Date) -> Result<Universe, DataError> {
        if day > self.as_of() {
            return Err(DataError::NotYetPublished {
                series: "outstanding securities",
                observed: day,
                released: day,
                as_of: self.as_of(),
            });
        }
        rebuild(self.snapshot(), day)
    }

    /// One of the three lists as it stands in the snapshot, whatever the as-of date.
    pub fn securities_list(&self, date: Date) -> Result<Statement, DataError> {
        for (year, month, day, table) in ANCHORS {
            if Date::from_ymd(year, month, day) == Ok(date) {
                return Statement::read(self.snapshot(), date, table);
            }
        }
        Err(outside(date))
    }
}

fn anchors() -> Vec<(Date, &'static str)> {
    ANCHORS
        .into_iter()
        .filter_map(|(year, month, day, table)| {
            Some((Date::from_ymd(year, month, day).ok()?, table))
        })
        .collect()
}

fn outside(day: Date) -> DataError {
    let dates = anchors();
    DataError::OutsideUniverse {
        as_of: day,
        first: dates.first().map_or(day, |a| a.0),
        last: dates.last().map_or(day, |a| a.0),
    }
}

fn rebuild(snapshot: &Snapshot, day: Date) -> Result<Universe, DataError> {
    let anchors = anchors();
    let place = anchors
        .iter()
        .rposition(|(date, _)| *date <= day)
        .ok_or_else(|| outside(day))?;
    let opening = match anchors.get(place) {
        Some((date, table)) => Statement::read(snapshot, *date, table)?,
        None => return Err(outside(day)),
    };
    let all = snapshot.in_hindsight();
    let sizing = match anchors.get(1) {
        Some((date, table)) => Statement::read(snapshot, *date, table)?,
        None => return Err(outside(day)),
    };
    let last = match anchors.get(2) {
        Some((date, table)) => Statement::read(snapshot, *date, table)?,
        None => return Err(outside(day)),
    };
    // Two years before the first list: FRNs outstanding then had their first auction inside.
    let auctions = all.auctions(opening.date.plus_days(-735), last.date)?;
    let terms = Terms {
        references: all.tips_references()?,
        spreads: spreads(snapshot, &[&sizing], &auctions)?,
        day,
        all,
    };
    if opening.date == day {
        return listed(&opening, &terms);
    }
    let closing = if place == 0 { &sizing } else { &last };
    let record = Record::of(&auctions, &all.buybacks()?);
    let mut built = Builder {
        terms,
        record: &record,
        securities: Vec::new(),
        notes: Vec::new(),
    };
    built.coupons(&opening, closing, day)?;
    let market = Market {
        opening: &opening,
        closing,
        lives: &lives(
            &[&opening, &sizing, &last],
            &auctions,
            &priced_bills(snapshot)?,
        ),
        lot_sizes: &lot_sizes(&sizing),
        totals: &bill_totals(snapshot, &[&opening, &sizing, &last])?,
    };
    built.bills(&market, day)?;
    let Builder {
        mut securities,
        mut notes,
        ..
    } = built;
    securities.sort_by_key(|security| (security.maturity, security.cusip));
    notes.insert(
        0,
        format!(
            "rebuilt from the list of {} with auctions, redemptions and buybacks; the list of {} closes the account",
            opening.date, closing.date
        ),
    );
    Ok(Universe {
        as_of: day,
        base: UniverseBase::RebuiltFrom(opening.date),
        securities,
        notes,
    })
}

/// The list of the day itself.
fn listed(list: &Statement, terms: &Terms<'_>) -> Result<Universe, DataError> {
    let mut securities = Vec::new();
    for (cusip, row) in &list.rows {
        securities.push(OutstandingSecurity {
            cusip: *cusip,
            kind: row.kind,
            coupon: row.coupon,
            spread: terms.spread(cusip, row),
            first_issue: row.first_issue,
            dated: terms.dated(cusip, row),
            maturity: row.maturity,
            par: row.par,
            index_ratio: match row.kind {
                SecurityKind::Tips => Some(
                    row.index_ratio
                        .unwrap_or(IndexRatio::from_ratio(row.outstanding / row.par)),
                ),
                _ => None,
            },
            outstanding: row.outstanding,
            quality: row.quality,
            reason: row.note.clone(),
        });
    }
    securities.sort_by_key(|security| (security.maturity, security.cusip));
    let mut notes = vec![format!("list of {} as it stands", list.date)];
    notes.extend(terms.spread_notes(&securities));
    Ok(Universe {
        as_of: list.date,
        base: UniverseBase::List,
        securities,
        notes,
    })
}

/// What the lists leave out: index ratios and dated dates of TIPS, spreads of FRNs.
struct Terms<'a> {
    references: BTreeMap<Cusip, TipsReference>,
    spreads: BTreeMap<Cusip, FrnSpread>,
    day: Date,
    all: KnownOn<'a>,
}

impl Terms<'_> {
    fn spread(&self, cusip: &Cusip, row: &StatementRow) -> Option<DiscountMargin> {
        match row.kind {
            SecurityKind::Frn => self.spreads.get(cusip).map(|spread| spread.margin),
            _ => None,
        }
    }

    /// Which spreads are inferred and which are not known.
    fn spread_notes(&self, securities: &[OutstandingSecurity]) -> Vec<String> {
        let frns = |wanted: &dyn Fn(Option<&FrnSpread>) -> bool| -> String {
            securities
                .iter()
                .filter(|s| s.kind == SecurityKind::Frn && wanted(self.spreads.get(&s.cusip)))
                .map(|s| s.cusip.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let inferred = frns(&|spread| spread.is_some_and(|s| s.inferred));
        let unknown = frns(&|spread| spread.is_none());
        let mut notes = Vec::new();
        if !inferred.is_empty() {
            notes.push(format!(
                "spread inferred from accrual rates for FRN {inferred}"
            ));
        }
        if !unknown.is_empty() {
            notes.push(format!("spread not known for FRN {unknown}"));
        }
        notes
    }

    fn dated(&self, cusip: &Cusip, row: &StatementRow) -> Date {
        self.references.get(cusip).map_or_else(
            || dated_date(row.kind, row.first_issue, row.maturity),
            |reference| reference.dated,
        )
    }

    fn ratio(&self, cusip: &Cusip) -> Result<IndexRatio, DataError> {
        let reference = self
            .references
            .get(cusip)
            .ok_or_else(|| DataError::Unknown {
                table: "tips_reference",
                what: "TIPS",
                name: cusip.to_string(),
                known: format!("{} others", self.references.len()),
            })?;
        Ok(self
            .all
            .ref_cpi(self.day)?
            .index_ratio(reference.reference_cpi))
    }
}

struct Builder<'a> {
    terms: Terms<'a>,
    record: &'a Record,
    securities: Vec<OutstandingSecurity>,
    notes: Vec<String>,
}

impl Builder<'_> {
    fn coupons(
        &mut self,
        opening: &Statement,
        closing: &Statement,
        day: Date,
    ) -> Result<(), DataError> {
        let window = Window {
            opening,
            closing,
            record: self.record,
        };
        let cusips: BTreeSet<Cusip> = opening
            .rows
            .keys()
            .chain(closing.rows.keys())
            .copied()
            .collect();
        let mut gone = 0;
        for cusip in cusips {
            let (first, second) = (opening.rows.get(&cusip), closing.rows.get(&cusip));
            let Some(row) = first.or(second) else {
                continue;
            };
            if row.kind == SecurityKind::Bill || row.first_issue > day || row.maturity <= day {
                continue;
            }
            let Some(amount) = window.amount(&cusip, day) else {
                continue;
            };
            if amount.mn <= 0.0 {
                gone += 1;
                continue;
            }
            let coupon = row
                .coupon
                .or(second.and_then(|r| r.coupon))
                .or(self.record.coupon(&cusip))
                .filter(|_| row.kind != SecurityKind::Frn);
            self.push(cusip, row, coupon, amount)?;
        }
        if gone > 0 {
            self.notes.push(format!(
                "{gone} securities bought back in full are left out"
            ));
        }
        let notes = self.terms.spread_notes(&self.securities);
        self.notes.extend(notes);
        Ok(())
    }

    fn push(
        &mut self,
        cusip: Cusip,
        row: &StatementRow,
        coupon: Option<CouponRate>,
        amount: Amount,
    ) -> Result<(), DataError> {
        let par = FaceUsd::from_mn(amount.mn);
        let ratio = match row.kind {
            SecurityKind::Tips => Some(self.terms.ratio(&cusip)?),
            _ => None,
        };
        self.securities.push(OutstandingSecurity {
            cusip,
            kind: row.kind,
            coupon,
            spread: self.terms.spread(&cusip, row),
            first_issue: row.first_issue,
            dated: self.terms.dated(&cusip, row),
            maturity: row.maturity,
            par,
            index_ratio: ratio,
            outstanding: ratio.map_or(par, |ratio| par * ratio.ratio()),
            quality: amount.quality,
            reason: amount.reason,
        });
        Ok(())
    }

    fn bills(&mut self, market: &Market<'_>, day: Date) -> Result<(), DataError> {
        let bills = market.on(day);
        for (cusip, (life, amount)) in bills.amounts {
            let par = FaceUsd::from_mn(amount.mn);
            self.securities.push(OutstandingSecurity {
                cusip,
                kind: SecurityKind::Bill,
                coupon: None,
                spread: None,
                first_issue: life.first_issue,
                dated: life.first_issue,
                maturity: life.maturity,
                par,
                index_ratio: None,
                outstanding: par,
                quality: amount.quality,
                reason: amount.reason,
            });
        }
        self.notes.extend(bills.note);
        if let Some(scale) = bills.scale {
            self.notes.push(format!(
                "bill amounts that no list fixes are estimated: lot sizes times {scale:.3} to meet the known totals"
            ));
        }
        Ok(())
    }
}

/// Bills with a price on 2026-03-24: they existed, whatever the auction sample says.
fn priced_bills(snapshot: &Snapshot) -> Result<Vec<(Cusip, Date)>, DataError> {
    let table = snapshot.table("fedinvest_prices")?;
    let [cusip, kind, maturity] = table.columns(["cusip", "kind", "maturity_date"])?;
    let mut found = Vec::new();
    for row in table.rows() {
        let row = row?;
        if read_kind(&row, kind)? == SecurityKind::Bill {
            found.push((row.cusip(cusip)?, row.date(maturity)?));
        }
    }
    Ok(found)
}

/// Total of bills (mn) on the days it is known: the lists, and quarter ends of Z.1 L.210 (series FL313161110).
fn bill_totals(snapshot: &Snapshot, lists: &[&Statement]) -> Result<Vec<(Date, f64)>, DataError> {
    let mut totals = BTreeMap::new();
    let table = snapshot.table("z1_l210_release_2026_01_09")?;
    let [date, series, amount] = table.columns(["date", "series_id", "amount_usd_bn"])?;
    for row in table.rows() {
        let row = row?;
        if row.text(series) == "FL313161110" {
            totals.insert(row.date(date)?, row.number(amount)? * 1e3);
        }
    }
    for list in lists {
        let total = list
            .rows
            .values()
            .filter(|row| row.kind == SecurityKind::Bill)
            .map(|row| row.par.mn())
            .sum();
        totals.insert(list.date, total);
    }
    Ok(totals.into_iter().collect())
}
