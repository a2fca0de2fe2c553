//! Whether a number tells how much there is, by how much it changed, or how much was bought and sold.
//!
//! "A drop of $12 billion", "lighter by 4 billion", "$9 billion lower" are changes of a level; "net sales came to $3 billion" and
//! "net buyers of 5 billion" are transactions: prices move a level, and never what was sold. The noun that heads the number's
//! phrase decides ("sales of holdings", "holdings after heavy sales"), and a number behind "by" is never a level. Where the words
//! leave open of what it is a difference (a lead over somebody else, a rise of purchases) the record refutes nothing.

use super::{Days, Ground, Place};
use crate::lexicon::Cue;
use crate::model::{Claim, ClaimKind, DateBasis, When};
use crate::short::{Text, text};
use crate::text::keyed;
use crate::text::token::Kind;
use crate::when::moments;

/// What a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// How much there is.
    Level,
    /// By how much that changed; whether it fell.
    Change(bool),
    /// What was bought, or what was sold.
    Transactions(bool),
    /// A difference, and the text does not say of what.
    Difference,
}

/// What a noun stands for, at the head of a number's phrase.
fn noun(word: &str) -> Option<Tells> {
    Some(match word {
        "drop" | "fall" | "decline" | "decrease" | "reduction" | "slide" | "plunge" | "dip"
        | "slump" | "loss" | "shrinkage" | "tumble" | "retreat" | "contraction" | "drawdown"
        | "cut" => Tells::Change(true),
        "rise" | "increase" | "gain" | "jump" | "growth" | "climb" | "surge" | "addition"
        | "rebound" | "increment" | "advance" => Tells::Change(false),
        "sale" | "sales" | "selling" | "outflow" | "outflows" | "disposal" | "disposals"
        | "seller" | "sellers" | "redemptions" | "liquidation" => Tells::Transactions(true),
        "purchase" | "purchases" | "buying" | "inflow" | "inflows" | "acquisitions" | "buyer"
        | "buyers" => Tells::Transactions(false),
        "swing" | "difference" | "gap" | "lead" | "margin" | "turnover" => Tells::Difference,
        "holding" | "holdings" | "stock" | "stockpile" | "pile" | "hoard" | "stash"
        | "portfolio" | "position" | "reserves" | "custody" | "total" | "balance" | "stake" => {
            Tells::Level
        }
        _ => return None,
    })
}

/// Words between a verb or preposition and the number.
fn filler(word: &str) -> bool {
    matches!(
        word,
        "just"
            | "only"
            | "a"
            | "an"
            | "about"
            | "some"
            | "roughly"
            | "nearly"
            | "almost"
            | "around"
            | "approximately"
            | "more"
            | "than"
            | "over"
            | "mere"
            | "net"
            | "another"
            | "fully"
            | "merely"
    )
}

/// Words before a noun that keep it from heading the phrase: "after weeks of selling its holdings were".
fn governed(word: &str) -> bool {
    matches!(
        word,
        "after"
            | "of"
            | "despite"
            | "amid"
            | "following"
            | "since"
            | "because"
            | "with"
            | "from"
            | "through"
            | "against"
            | "without"
    )
}

/// Tokens before a number's preposition in which the noun is looked for.
const REACH: usize = 10;

/// The head of the phrase `first..end`: its first telling noun that nothing before governs.
fn head(place: &Place<'_>, first: usize, end: usize) -> Option<Tells> {
    let page = place.page;
    let at = (first..end).find(|t| {
        noun(page.low(*t)).is_some()
            && !(t.saturating_sub(2).max(first)..*t).any(|b| governed(page.low(b)))
    })?;
    let found = noun(page.low(at))?;
    // "The drop in net sales".
    let of_flows = (at + 1..end).any(|t| matches!(noun(page.low(t)), Some(Tells::Transactions(_))));
    if matches!(found, Tells::Change(_)) && of_flows {
        return Some(Tells::Difference);
    }
    Some(found)
}

/// Where the phrase that ends before a token begins: behind the mark, the conjunction or the number before it.
fn phrase(place: &Place<'_>, from: usize, end: usize) -> usize {
    let page = place.page;
    (from..end)
        .rev()
        .find(|t| {
            matches!(
                page.low(*t),
                "," | ";"
                    | ":"
                    | "("
                    | "—"
                    | "–"
                    | "and"
                    | "but"
                    | "while"
                    | "that"
                    | "which"
                    | "who"
            ) || page.tokens.get(*t).is_some_and(|t| t.kind == Kind::Number)
        })
        .map_or(from, |t| t + 1)
}

/// Whether the words before a number say that something moved, and that it fell.
fn moved(place: &Place<'_>, from: usize, end: usize) -> Option<bool> {
    let page = place.page;
    (from..end).rev().find_map(|t| match page.low(t) {
        "lighter" | "smaller" | "poorer" | "lower" | "less" | "shrunk" | "contracted"
        | "thinner" | "slimmer" | "trimmed" | "cut" => Some(true),
        "bigger" | "larger" | "richer" | "higher" | "heavier" | "grew" | "grown" => Some(false),
        _ => {
            let hits = page.hits_in(t, t);
            let cue = |c: Cue| hits.iter().any(|h| h.is(c));
            (cue(Cue::Increase) || cue(Cue::Decrease)).then(|| cue(Cue::Decrease))
        }
    })
}

fn tells(place: &Place<'_>, ground: &Ground, (first, last): (usize, usize)) -> Option<Tells> {
    let page = place.page;
    let from = ground.from;
    // The words of approximation belong to the number.
    let digits = (first..=last).find(|t| {
        page.tokens
            .get(*t)
            .is_some_and(|t| t.kind == Kind::Number || t.symbol().is_some())
    })?;
    // "A $12 billion drop", "$9 billion lower than".
    match page.low(last + 1) {
        "lower" | "less" | "smaller" | "lighter" | "fewer" => return Some(Tells::Change(true)),
        "higher" | "larger" | "bigger" | "heavier" => return Some(Tells::Change(false)),
        word if matches!(noun(word), Some(Tells::Change(_) | Tells::Transactions(_)))
            && digits.checked_sub(1).is_some_and(|t| {
                matches!(
                    page.low(t),
                    "a" | "an" | "the" | "its" | "their" | "that" | "this" | "net"
                )
            }) =>
        {
            return noun(word);
        }
        // "Put $20 billion into Treasuries", "took $20 billion out of".
        "into" => return Some(Tells::Transactions(false)),
        "out" if page.low(last + 2) == "of" => return Some(Tells::Transactions(true)),
        // "$8 billion of net sales", "$8 billion in net purchases".
        "of" | "in" | "worth" => {
            let end = (last + 2..=last + 5).find(|t| {
                !matches!(
                    page.low(*t),
                    "net" | "of" | "foreign" | "official" | "private" | "long-term" | "outright"
                )
            })?;
            if let Some(found @ Tells::Transactions(_)) = noun(page.low(end)) {
                return Some(found);
            }
        }
        _ => {}
    }
    let lead = (from..digits).rev().find(|t| !filler(page.low(*t)))?;
    match page.low(lead) {
        "by" => {
            let begin = phrase(place, from, lead);
            let excess = (begin..lead).any(|t| {
                matches!(
                    page.low(t),
                    "exceeded" | "outpaced" | "outstripped" | "outweighed" | "exceed"
                )
            });
            if excess {
                let found = head(place, begin, lead);
                return found.filter(|f| matches!(f, Tells::Transactions(_)));
            }
            let apart = (from..lead).any(|t| {
                matches!(
                    page.low(t),
                    "ahead"
                        | "leads"
                        | "led"
                        | "overtook"
                        | "overtaken"
                        | "trails"
                        | "behind"
                        | "exceeds"
                        | "surpassed"
                        | "beats"
                        | "apart"
                )
            });
            if apart {
                return Some(Tells::Difference);
            }
            Some(moved(place, from, lead).map_or(Tells::Difference, Tells::Change))
        }
        "of" | "worth" | "totaling" | "totalling" => {
            // "After an increase of 14 billion".
            if let Some(found @ (Tells::Change(_) | Tells::Transactions(_))) =
                lead.checked_sub(1).and_then(|t| noun(page.low(t)))
            {
                let begin = phrase(place, from.max(lead.saturating_sub(REACH)), lead);
                return match head(place, begin, lead) {
                    Some(Tells::Difference) => Some(Tells::Difference),
                    _ => Some(found),
                };
            }
            let begin = phrase(place, from.max(lead.saturating_sub(REACH)), lead);
            head(place, begin, lead).filter(|t| *t != Tells::Level)
        }
        word => {
            let verb = match word {
                "were" | "was" | "is" | "are" | "reached" | "totaled" | "totalled" | "hit"
                | "exceeded" => lead,
                "to" => (from.max(lead.saturating_sub(3))..lead).rev().find(|t| {
                    matches!(
                        page.low(*t),
                        "came" | "comes" | "amounted" | "added" | "adding" | "summed" | "ran"
                    )
                })?,
                _ => return None,
            };
            // "The difference between it and Spain was", "the valuation gain came to".
            if place.says(
                from,
                verb,
                keyed![
                    "difference",
                    "gap",
                    "margin",
                    "distance",
                    "valuation",
                    "prices",
                ],
            ) {
                return Some(Tells::Difference);
            }
            head(place, phrase(place, from, verb), verb)
        }
    }
}

/// The first and the last of the months that a sentence names before the last comma in front of a number.
fn compared(place: &Place<'_>, ground: &Ground, first: usize) -> Option<When> {
    let page = place.page;
    let comma = (ground.from..first).rev().find(|t| page.low(*t) == ",")?;
    let all = moments(page, ground.from, ground.to);
    // A time of its own.
    if all.iter().any(|m| m.last > comma) {
        return None;
    }
    let months: Vec<_> = all
        .iter()
        .filter_map(|m| {
            let w = m.fix(page, place.anchor);
            let (from, to) = (w.from?, w.to?);
            (from.day() == 1 && to == from.to_month_end()).then_some((from, to, w.text.clone()))
        })
        .collect();
    let start = months.iter().min_by_key(|m| m.0)?;
    let end = months.iter().max_by_key(|m| m.0)?;
    (start.0 < end.0 && all.len() == months.len()).then(|| When {
        text: start.2.clone(),
        from: Some(start.0),
        to: Some(end.1),
        zone: None,
        basis: DateBasis::FromDocument,
    })
}

/// Corrects what a number of a stock tells.
pub(super) fn settle(place: &Place<'_>, claim: &mut Claim, ground: &mut Ground) {
    let (Some(value), Some(at), ClaimKind::Amount) = (claim.value, ground.number, claim.kind)
    else {
        return;
    };
    if !value.unit().is_money()
        || !matches!(
            claim.relation.as_str(),
            "treasury_holdings" | "custody" | "reserves" | "net_purchases:treasury_holdings"
        )
    {
        return;
    }
    // "$9 billion of it in bills", "of which $9 billion": a part of the number before.
    let page = place.page;
    let pronoun = |t: usize| matches!(page.low(t), "it" | "them" | "which");
    let behind = page.low(at.1 + 1) == "of" && pronoun(at.1 + 2);
    let before = at.0 >= 2 && page.low(at.0 - 2) == "of" && pronoun(at.0 - 1);
    if behind || before && claim.subject.is_empty() {
        ground.doubt = Some("a part of another number, and of which part the record is not asked");
        return;
    }
    let front = ground.from..at.0;
    // "Could sell $200 billion": the base form stands behind what may be or will be.
    let deed = |t: usize| {
        matches!(
            page.low(t),
            "sell"
                | "buy"
                | "dump"
                | "unload"
                | "offload"
                | "purchase"
                | "acquire"
                | "liquidate"
                | "repatriate"
                | "shift"
        )
    };
    if (at.0.saturating_sub(6).max(ground.from)..at.0).any(deed) {
        ground.doubt = Some("what may be bought or sold, and no level");
        return;
    }
    if front.clone().any(|t| {
        matches!(
            page.low(t),
            "expected"
                | "expects"
                | "expect"
                | "forecast"
                | "forecasts"
                | "predicted"
                | "predicts"
                | "projected"
                | "hoped"
                | "feared"
                | "assumed"
        )
    }) {
        ground.doubt = Some("a number that was expected");
    }
    let Some(found) = tells(place, ground, at) else {
        return;
    };
    // What was sold is known already; a change of it is something else.
    if claim.relation.starts_with("net") {
        if place.says(ground.from, ground.to, keyed!["gross"]) {
            ground.doubt = Some("gross sales and purchases are not looked up");
        } else if found == Tells::Difference {
            ground.doubt = Some("a difference, and of what the text does not say");
        }
        return;
    }
    let (falls, transactions) = match found {
        Tells::Level => return,
        Tells::Change(falls) => (falls, false),
        Tells::Transactions(sold) => (sold, true),
        Tells::Difference => {
            ground.doubt = Some("a difference, and of what the text does not say");
            return;
        }
    };
    claim.change = true;
    if (value.number() < 0.0) != falls {
        claim.value = Some(value.negated());
    }
    if transactions {
        if place.says(ground.from, ground.to, keyed!["gross"]) {
            ground.doubt = Some("gross sales and purchases are not looked up");
        }
        if claim.relation == "treasury_holdings" {
            claim.relation = text!("net_purchases:{}", claim.relation);
        } else {
            ground.doubt = Some("of this stock the record has levels alone");
        }
    } else if let Some(when) = compared(place, ground, at.0) {
        if let (Some(from), Some(to)) = (when.from, when.to) {
            ground.days = Days::Since(from, Some(to));
        }
        claim.when = Some(when);
    }
    claim.scope = claim.scope.take().or(Some(Text::fixed("not said")));
}
