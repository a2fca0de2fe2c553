//! What the Treasury sold: amount offered, high yield and bids against the results of its auctions.
//!
//! An auction is known by who sells, by the years of what is sold and by its day. The years stand in the sentence or in the ones
//! before it in the paragraph; without a day the newest auction of the last week counts, with a month the one of that month.
//! Where the sentence names another country's bonds, or nothing names the Treasury, the record is not asked.

use brandish_units::Date;

use super::numbers::agrees;
use super::{Answer, Check};
use crate::model::{Claim, Row, Unit, VerdictKind};
use crate::short::{Text, text};
use crate::text::{Keyed, keyed, low_is};

/// Days back to the auction that an article speaks of.
const LAST_AUCTION: i32 = 8;
/// Longest time, in days, within which an auction is looked for.
const LONGEST: i32 = 35;
/// Tokens before a number in which the auction's years and seller may stand.
const BACK: usize = 110;

/// What of an auction is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Size,
    Yield,
    Cover,
}

impl Check<'_> {
    fn asked(&self, claim: &Claim, plain: &str) -> Option<Asked> {
        let unit = claim.value?.unit();
        let (first, last) = self.ground.number?;
        let page = self.page;
        let from = self.ground.from;
        let says = |words: &[Keyed]| page.says(from, self.ground.to, words);
        match plain {
            "auction_size" if unit == Unit::Usd => return Some(Asked::Size),
            "auction_yield" if unit == Unit::Percent => return Some(Asked::Yield),
            _ if plain.contains("cover") && unit == Unit::Count => return Some(Asked::Cover),
            _ => {}
        }
        match unit {
            Unit::Usd => {
                let sold = says(keyed![
                    "auction",
                    "auctioned",
                    "sold",
                    "sale",
                    "sells",
                    "offering",
                    "offered",
                ]);
                // "$39 billion of ten-year notes", "a $42 billion sale of ten-year notes".
                let of =
                    (last + 1..=(last + 7).min(self.ground.to)).any(|t| self.years_at(t).is_some());
                (sold && of).then_some(Asked::Size)
            }
            Unit::Percent if !claim.change => {
                let high = (first.saturating_sub(8).max(from)..first).any(|t| {
                    low_is!(page, t, "high") && page.low(t + 1) == "yield"
                        || low_is!(page, t, "awarded" | "stopped" | "drew")
                });
                high.then_some(Asked::Yield)
            }
            Unit::Count => {
                let ratio = low_is!(page, last, "times")
                    || low_is!(page, last + 1, "times")
                    || (first.saturating_sub(8).max(from)..first)
                        .any(|t| low_is!(page, t, "cover" | "against" | "covered"));
                let bids = says(keyed![
                    "bid", "bids", "cover", "covered", "bidding", "bidders", "demand",
                ]);
                (ratio && bids).then_some(Asked::Cover)
            }
            _ => None,
        }
    }

    /// The years of a term that ends with the token: 10 for "ten-year".
    fn years_at(&self, t: usize) -> Option<u32> {
        let page = self.page;
        if !low_is!(page, t, "year") || t < 2 || !low_is!(page, t - 1, "-") {
            return None;
        }
        Some(match page.low(t - 2) {
            "twenty" => 20,
            "thirty" => 30,
            word => crate::number::small(word).or_else(|| word.parse().ok())?,
        })
    }

    pub(super) fn at_auction(&self, claim: &Claim, plain: &str, day: Date) -> Option<Answer> {
        let asked = self.asked(claim, plain)?;
        let claimed = claim.value?;
        let (first, last) = self.ground.number?;
        let page = self.page;
        let own = page.sentences.partition_point(|s| s.last < first);
        let block = page.sentences.get(own).map(|s| s.block);
        let start = page
            .sentences
            .iter()
            .take(own + 1)
            .rev()
            .take_while(|s| Some(s.block) == block)
            .take(4)
            .last()
            .map_or(self.ground.from, |s| s.first)
            .max(first.saturating_sub(BACK));
        let within = (self.ground.from..first)
            .rev()
            .find_map(|t| self.years_at(t));
        let behind = || (last + 1..=(last + 9).min(self.ground.to)).find_map(|t| self.years_at(t));
        let before = || {
            (start..self.ground.from)
                .rev()
                .find_map(|t| self.years_at(t))
        };
        let years = match asked {
            Asked::Size => behind().or(within).or_else(before),
            _ => within.or_else(behind).or_else(before),
        };
        let years = years.or_else(|| claim.object.as_ref()?.split('-').next()?.parse().ok())?;
        let says = |words: &[Keyed], from: usize, to: usize| page.says(from, to, words);
        let foreign = says(
            keyed![
                "gilt", "gilts", "bund", "bunds", "jgb", "jgbs", "oat", "btp", "japanese",
                "german", "british", "ministry",
            ],
            start,
            self.ground.to,
        );
        let treasury = says(
            keyed!["treasury", "treasuries", "treasurys"],
            start,
            self.ground.to,
        ) || matches!(
            claim.subject.as_str(),
            "Treasury Department" | "United States"
        );
        let elsewhere = page
            .lower
            .get(page.tokens.get(start)?.start.saturating_sub(2_000)..)
            .is_some_and(|t| {
                t.get(..2_000.min(t.len()))
                    .is_some_and(|t| t.contains("treasur"))
            });
        if foreign || !(treasury || elsewhere) {
            return None;
        }
        let when = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
        let (from, to) = match when {
            Some((from, to)) if to - from <= LONGEST && to - from > 1 => (from, to.min(day)),
            Some((_, to)) if to <= day => (to.plus_days(-LAST_AUCTION), to),
            _ => (day.plus_days(-LAST_AUCTION), day),
        };
        let term = text!("{years}-Year");
        // A reopening is named by what is left: "9-Year 11-Month".
        let reopened = text!("{}-Year 1", i64::from(years) - 1);
        let close = text!("{}-Year", i64::from(years) - 1);
        for row in self.record.auctions().iter().rev() {
            let row = row.as_ref()?;
            let held = row.held;
            // The table stands in the order of days, up to a few that were entered late.
            if held < from.plus_days(-60) {
                break;
            }
            let named = row.term.as_str();
            if held < from || held > to || !row.coupon {
                continue;
            }
            let left = named.starts_with(&*reopened)
                || named.starts_with(&*close) && named.contains("10-Month");
            if named != &*term && !left {
                continue;
            }
            let (column, unit, scale) = match asked {
                Asked::Size => (row.offered_usd_mn, "mn USD offered", 1e6),
                Asked::Yield => (row.high_yield_pct, "% high yield", 1.0),
                Asked::Cover => (row.bid_to_cover, " times covered", 1.0),
            };
            let Some(published) = column else {
                return Some(Answer::bare(
                    VerdictKind::NotEnoughData,
                    text!("the record has the auction of {held} without this number"),
                ));
            };
            // "$40 billion" may be 39 rounded to its first digit.
            let tens = asked == Asked::Size
                && (claimed.number() / 1e10).fract().abs() < 1e-9
                && (claimed.number() - published * scale).abs() <= 0.03 * claimed.number();
            let fits = agrees(&claimed, published, scale) || tens;
            let told = match asked {
                Asked::Size => text!("{:.1} bn offered", published / 1e3),
                _ => text!("{published}{unit}"),
            };
            let said = match asked {
                Asked::Size => text!("{:.1} bn", claimed.number() / 1e9),
                Asked::Yield => text!("{}%", claimed.number()),
                Asked::Cover => text!("{} times", claimed.number()),
            };
            let verdict = match (fits, treasury) {
                (true, _) => VerdictKind::Supported,
                (false, true) => VerdictKind::Contradicted,
                (false, false) => VerdictKind::NotEnoughData,
            };
            return Some(Answer::with(
                verdict,
                Row {
                    series: "auctions".into(),
                    key: text!("{named} {held}"),
                    value: told.clone(),
                    vintage: Text::fixed("results of the day"),
                },
                text!("{said} claimed, {told} on {held}"),
            ));
        }
        Some(Answer::bare(
            VerdictKind::NotEnoughData,
            text!("the record has no auction of {term} notes or bonds from {from} to {to}"),
        ))
    }
}
