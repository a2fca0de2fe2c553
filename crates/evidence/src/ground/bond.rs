//! The bond that a yield is of: its country and its years.
//!
//! The country is the one that stands at the bond's name ("the 40-year Japanese government bond", "Danish ten-year yields") or
//! that the bonds before it in the paragraph belong to; the years are those named last before the number. A gap between two
//! yields, an inflation-linked or a company's bond is of no series here. Without a country, in a text that never speaks
//! of America, a yield is nobody's.

use brandish_units::Tenor;

use super::{Ground, Place};
use crate::lexicon::What;
use crate::model::{Claim, ClaimKind, Unit};
use crate::short::{Text, text};
use crate::text::{Keyed, keyed, low_is};

/// Whose bond, and of how many years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    /// The Treasury's, of stated years.
    Treasury(Tenor),
    /// The Treasury's, of years that nothing states.
    Treasuries,
    /// Japan's, of stated years.
    Japan(u8),
}

const BONDS: [&str; 13] = [
    "yield",
    "yields",
    "bond",
    "bonds",
    "note",
    "notes",
    "debt",
    "treasury",
    "treasuries",
    "paper",
    "bill",
    "bills",
    "sovereign",
];

/// Words of a yield that the par curve does not hold.
const OTHER: &[Keyed] = keyed![
    "spread",
    "gap",
    "premium",
    "mortgage",
    "corporate",
    "junk",
    "municipal",
    "dividend",
    "earnings",
    "swap",
    "swaps",
    "inflation-linked",
    "tips",
    "breakeven",
    "real",
    "linkers",
    "differential",
    "difference",
    "bill",
    "bills",
    "deposit",
    "savings",
];

/// Years named by a tenor that ends with the token: "ten-year", "30 - year".
fn years(place: &Place<'_>, at: usize) -> Option<(usize, u8)> {
    let page = place.page;
    if !low_is!(page, at, "year" | "years") {
        return None;
    }
    let number = at.checked_sub(if low_is!(page, at.checked_sub(1)?, "-") {
        2
    } else {
        1
    })?;
    let count = match page.low(number) {
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifteen" => 15,
        word => crate::number::small(word)
            .and_then(|n| u8::try_from(n).ok())
            .or_else(|| word.parse().ok())?,
    };
    let dashed = low_is!(page, at - 1, "-");
    // "Two years ago" is no bond.
    (dashed && page.low(at) == "year" && (1..=50).contains(&count)).then_some((number, count))
}

/// The country right at the tokens of a bond's name.
fn beside<'a>(place: &'a Place<'_>, first: usize, last: usize) -> Option<&'a str> {
    let page = place.page;
    let of = |from: usize, to: usize, ends: usize| {
        page.hits_in(from, to).iter().find_map(|h| match h.what {
            What::Place(p) if ends == usize::MAX || h.last as usize == ends => {
                Some(place.lexicon.places.get(p as usize)?.name.as_str())
            }
            _ => None,
        })
    };
    let mut end = first.checked_sub(1);
    if let Some(at) = end
        && page.low(at).starts_with(['’', '\''])
    {
        end = at.checked_sub(1);
    }
    let before = end.and_then(|end| of(end.saturating_sub(2), end, end));
    before
        .or_else(|| of(last + 1, last + 1, usize::MAX))
        .or_else(|| {
            // "The ten-year yield in Denmark".
            let at = (last + 1..=last + 3).find(|t| low_is!(page, *t, "in" | "of"))?;
            BONDS
                .contains(&page.low(at - 1))
                .then(|| of(at + 1, at + 1, usize::MAX))
                .flatten()
        })
        .filter(|name| *name != "New York")
}

/// The foreign bonds that a run of tokens names: "Danish government bonds".
fn foreign<'a>(place: &'a Place<'_>, first: usize, last: usize) -> Option<&'a str> {
    let page = place.page;
    page.hits_in(first, last).iter().rev().find_map(|h| {
        let What::Place(p) = h.what else { return None };
        let name = place.lexicon.places.get(p as usize)?.name.as_str();
        let next = h.last as usize + 1;
        let bond = (next..=(next + 2).min(last)).find(|t| {
            BONDS.contains(&page.low(*t)) || low_is!(page, *t, "gilts" | "bunds" | "jgbs")
        })?;
        let adjective = (next..bond).all(|t| {
            low_is!(
                page,
                t,
                "government" | "sovereign" | "state" | "’s" | "'s" | "long" | "benchmark"
            )
        });
        (adjective && name != "New York").then_some(name)
    })
}

pub(super) fn settle(place: &Place<'_>, claim: &mut Claim, ground: &mut Ground) {
    let plain = claim.relation.rsplit(':').next().unwrap_or("");
    let yields = plain.starts_with("yield");
    if claim.kind != ClaimKind::Rate || !(yields || plain.starts_with("jgb_")) {
        return;
    }
    let page = place.page;
    let Some((number, last)) = ground.number else {
        ground.doubt = Some("the number is not found in the text");
        return;
    };
    if !matches!(
        claim.value.map(|v| v.unit()),
        Some(Unit::Percent | Unit::BasisPoints)
    ) {
        ground.doubt = Some("the number is no yield");
        return;
    }
    if place.says(ground.from, number, OTHER)
        || place.says(
            last + 1,
            (last + 3).min(ground.to),
            keyed!["spread", "gap", "premium"],
        )
    {
        ground.doubt =
            Some("a spread or a bond of another kind, which the par curve does not hold");
    }
    let tenor = (ground.from..number)
        .rev()
        .find_map(|t| Some((t, years(place, t)?)))
        .or_else(|| {
            let near =
                (last + 1..=(last + 8).min(ground.to)).find_map(|t| Some((t, years(place, t)?)))?;
            (!plain.contains('_')).then_some(near)
        });
    let own_sentence = crate::short::lowered(page.slice(ground.from, ground.to));
    let american = own_sentence.contains("treasur") || own_sentence.contains("u.s.");
    let country = match tenor {
        Some((end, (first, _))) => beside(place, first, end),
        None => None,
    }
    .or_else(|| foreign(place, ground.from, number))
    .or_else(|| {
        if american {
            return None;
        }
        let own = place.sentence(ground.from);
        let block = page.sentences.get(own)?.block;
        (1..=2).find_map(|back| {
            let earlier = page.sentences.get(own.checked_sub(back)?)?;
            if earlier.block != block {
                return None;
            }
            if place.says(
                earlier.first,
                earlier.last,
                keyed!["treasury", "treasuries", "treasurys"],
            ) {
                return Some("United States");
            }
            foreign(place, earlier.first, earlier.last)
        })
    });
    let stated = tenor.map(|(_, (_, n))| n);
    match country {
        Some("Japan") => {
            let n = stated.or_else(|| {
                plain
                    .strip_prefix("jgb_")
                    .and_then(|r| r.trim_end_matches('y').parse().ok())
            });
            if let Some(n) = n {
                ground.bond = Some(Bond::Japan(n));
                claim.relation = text!("jgb_{n}y");
            } else {
                ground.doubt = Some("no maturity of the Japanese bond is stated");
            }
            return;
        }
        Some("United States") | None => {}
        Some(_) => {
            let years = plain
                .trim_start_matches("jgb_")
                .trim_start_matches("yield_");
            claim.relation = text!("other_yield_{years}");
            return;
        }
    }
    if let Some(rest) = plain.strip_prefix("jgb_") {
        match stated.or_else(|| rest.trim_end_matches('y').parse().ok()) {
            Some(n) => ground.bond = Some(Bond::Japan(n)),
            None => ground.doubt = Some("no maturity of the Japanese bond is stated"),
        }
        return;
    }
    if !place.american && country.is_none() {
        ground.doubt = Some("whose bond it is, the text does not say");
    }
    let named = stated.or_else(|| {
        plain
            .strip_prefix("yield_")
            .and_then(|r| r.trim_end_matches('y').parse().ok())
    });
    ground.bond = Some(match named.and_then(|n| text!("{n}Y").parse().ok()) {
        Some(tenor) => Bond::Treasury(tenor),
        None if named.is_some() => {
            ground.doubt = Some("the par curve has no such maturity");
            Bond::Treasuries
        }
        None => Bond::Treasuries,
    });
    if let Some(n) = stated {
        let relation = text!("yield_{n}y");
        if place.lexicon.measure(&relation).is_some() {
            claim.relation = relation;
        } else {
            claim.relation = Text::fixed("yields");
        }
    }
}
