//! Bills between lists: which were outstanding is known, how much of each mostly is not.
//!
//! A bill grows by lots: one of 52 weeks is reopened with 26, 13 and 6 weeks to run, one of 17 weeks with 8 and 4. The
//! size of a lot comes from the steps between stages in the list of 2025-04-30; all lots that no list fixes are scaled by
//! one factor so that the total meets a line through known totals (lists, and Z.1 L.210 at quarter ends). Amounts from a
//! list stay as they are. Every amount that rests on this rule is flagged estimated.

use std::collections::BTreeMap;

use brandish_units::{Cusip, Date, Weekday};

use crate::auctions::Auction;
use crate::quality::Quality;
use crate::securities::SecurityKind;
use crate::securities::coupons::Amount;
use crate::securities::statements::Statement;

/// The scale stays within these bounds, or is not applied (and the universe says so).
const PLAUSIBLE_SCALE: (f64, f64) = (0.5, 2.0);

/// First issue and maturity of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) first_issue: Date,
    pub(super) maturity: Date,
}

/// The lots a bill is due to have, as days before maturity.
fn lot_days(life: Life) -> &'static [i32] {
    match life.maturity - life.first_issue {
        201.. => &[364, 182, 91, 42],
        131..=200 => &[182, 91, 42],
        101..=130 => &[119, 56, 28],
        _ => &[42],
    }
}

/// Dates of the lots of a bill, the first on its first issue.
fn lot_dates(life: Life) -> impl Iterator<Item = (i32, Date)> {
    lot_days(life).iter().enumerate().map(move |(place, days)| {
        if place == 0 {
            (*days, life.first_issue)
        } else {
            (*days, life.maturity.plus_days(-days))
        }
    })
}

/// Lot sizes (mn) by days to run at issue, from a list.
pub(super) fn lot_sizes(list: &Statement) -> BTreeMap<i32, f64> {
    // Mean size by (class of the bill, lots so far).
    let mut stages: BTreeMap<(i32, usize), (f64, usize)> = BTreeMap::new();
    for row in list.rows.values() {
        if row.kind != SecurityKind::Bill {
            continue;
        }
        let life = Life {
            first_issue: row.first_issue,
            maturity: row.maturity,
        };
        let class = lot_days(life).first().copied().unwrap_or(0);
        let so_far = lot_dates(life)
            .filter(|(_, date)| *date <= list.date)
            .count();
        let cell = stages.entry((class, so_far)).or_insert((0.0, 0));
        cell.0 += row.par.mn();
        cell.1 += 1;
    }
    let mean = |class: i32, count: usize| {
        stages
            .get(&(class, count))
            .map(|(sum, number)| sum / *number as f64)
    };
    let mut sizes = BTreeMap::new();
    if let Some(size) = mean(364, 1) {
        sizes.insert(364, size);
    }
    for (class, days) in [(182, [182, 91, 42]), (119, [119, 56, 28])] {
        let mut before = 0.0;
        for (place, lot) in days.into_iter().enumerate() {
            if let Some(size) = mean(class, place + 1) {
                sizes.insert(lot, size - before);
                before = size;
            }
        }
    }
    sizes
}

/// All bills that any source knows, with the first issue as far back as any source puts it.
pub(super) fn lives(
    lists: &[&Statement],
    auctions: &[Auction],
    priced: &[(Cusip, Date)],
) -> BTreeMap<Cusip, Life> {
    let mut lives: BTreeMap<Cusip, Life> = BTreeMap::new();
    let mut add = |cusip: Cusip, first_issue: Date, maturity: Date| {
        let life = lives.entry(cusip).or_insert(Life {
            first_issue,
            maturity,
        });
        life.first_issue = life.first_issue.min(first_issue);
    };
    for list in lists {
        for (cusip, row) in &list.rows {
            if row.kind == SecurityKind::Bill {
                add(*cusip, row.first_issue, row.maturity);
            }
        }
    }
    for lot in auctions {
        if lot.kind == SecurityKind::Bill {
            add(lot.cusip, lot.issue_date, lot.maturity);
        }
    }
    for (cusip, maturity) in priced {
        // A bill of 17 weeks matures on a Tuesday, one of 26 weeks on a Thursday.
        let days = if maturity.weekday() == Weekday::Tuesday {
            119
        } else {
            182
        };
        if !lives.contains_key(cusip) {
            lives.insert(
                *cusip,
                Life {
                    first_issue: maturity.plus_days(-days),
                    maturity: *maturity,
                },
            );
        }
    }
    lives
}

/// Bills of a day and the factor that was put on the lots.
pub(super) struct Bills {
    pub(super) amounts: BTreeMap<Cusip, (Life, Amount)>,
    pub(super) scale: Option<f64>,
    pub(super) note: Option<String>,
}

/// What is needed to size the bills of a day.
pub(super) struct Market<'a> {
    pub(super) opening: &'a Statement,
    pub(super) closing: &'a Statement,
    pub(super) lives: &'a BTreeMap<Cusip, Life>,
    /// By days to run at issue (mn).
    pub(super) lot_sizes: &'a BTreeMap<i32, f64>,
    /// Known totals by date (mn), in order.
    pub(super) totals: &'a [(Date, f64)],
}

/// A bill on the day: what a list fixes, and the lots by rule on top (mn).
struct Part {
    cusip: Cusip,
    life: Life,
    listed: f64,
    added: f64,
    /// Quality and reason where no lot by rule is in it.
    flag: Option<(Quality, String)>,
}

impl Market<'_> {
    /// The bills outstanding on `day`, from the opening date to before the closing date.
    pub(super) fn on(&self, day: Date) -> Bills {
        let mut parts: Vec<Part> = Vec::new();
        for (cusip, life) in self.lives {
            if life.first_issue > day || life.maturity <= day {
                continue;
            }
            let lots_in = |from: Date, to: Date| -> f64 {
                lot_dates(*life)
                    .filter(|(_, date)| *date > from && *date <= to)
                    .filter_map(|(days, _)| self.lot_sizes.get(&days))
                    .sum()
            };
            let later = self.closing.rows.get(cusip);
            let earlier = self.opening.rows.get(cusip);
            let (listed, added, flag) = match (later, earlier) {
                // Nothing was added between the day and the later list: its amount holds.
                (Some(row), _) if lots_in(day, self.closing.date) == 0.0 => (
                    row.par.mn(),
                    0.0,
                    Some((row.quality, format!("list of {}", self.closing.date))),
                ),
                (_, Some(row)) => {
                    let added = lots_in(self.opening.date, day);
                    let flag = (added == 0.0).then(|| (row.quality, row.note.clone()));
                    (row.par.mn(), added, flag)
                }
                _ => (0.0, lots_in(Date::MIN, day), None),
            };
            parts.push(Part {
                cusip: *cusip,
                life: *life,
                listed,
                added,
                flag,
            });
        }
        let listed: f64 = parts.iter().map(|part| part.listed).sum();
        let added: f64 = parts.iter().map(|part| part.added).sum();
        let (scale, note) = self.scale(day, listed, added);
        let amounts = parts
            .into_iter()
            .map(|part| {
                let (quality, reason) = part.flag.unwrap_or_else(|| {
                    (
                        Quality::Estimated,
                        "bill lots by size rule, scaled to the known totals".to_owned(),
                    )
                });
                let amount = Amount {
                    mn: part.listed + part.added * scale.unwrap_or(1.0),
                    quality,
                    reason,
                };
                (part.cusip, (part.life, amount))
            })
            .collect();
        Bills {
            amounts,
            scale,
            note,
        }
    }

    fn scale(&self, day: Date, fixed: f64, sized: f64) -> (Option<f64>, Option<String>) {
        if sized <= 0.0 {
            return (None, None);
        }
        let Some(total) = line(self.totals, day) else {
            return (
                None,
                Some("no total of bills around the day: lot sizes are not scaled".to_owned()),
            );
        };
        let scale = (total - fixed) / sized;
        if scale < PLAUSIBLE_SCALE.0 || scale > PLAUSIBLE_SCALE.1 {
            return (
                None,
                Some(format!(
                    "meeting the total of bills would need a factor of {scale:.2} on lot sizes: not applied"
                )),
            );
        }
        let note = known_totals(self.totals, day).map(|(before, after)| {
            format!("the total of bills is known on {before} and {after}; in between it is taken on a straight line")
        });
        (Some(scale), note)
    }
}

/// The days with a known total around `day`, when it has none itself.
fn known_totals(points: &[(Date, f64)], day: Date) -> Option<(Date, Date)> {
    let after = points.iter().position(|(date, _)| *date >= day)?;
    let end = points.get(after)?.0;
    let start = points.get(after.checked_sub(1)?)?.0;
    (end != day).then_some((start, end))
}

/// The line through known points at `day`; none outside them.
fn line(points: &[(Date, f64)], day: Date) -> Option<f64> {
    let after = points.iter().position(|(date, _)| *date >= day)?;
    let (end, high) = *points.get(after)?;
    if end == day {
        return Some(high);
    }
    let (start, low) = *points.get(after.checked_sub(1)?)?;
    Some(low + (high - low) * (day - start) as f64 / (end - start) as f64)
}
