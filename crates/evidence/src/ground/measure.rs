//! What an amount measures where its own sentence does not say: by the sentences before it, never by a guess.
//!
//! "In March Russia held $96 billion" in a piece that just spoke of the Treasury market is a holding of Treasuries: a verb of
//! having, dollars in billions, and Treasuries named in the paragraphs right before with no other stock since. Yen that a
//! ministry spent are an intervention where the text speaks of the currency. A number in the sentence of a custody account is
//! a custody figure.

use super::{Ground, Place};
use crate::lexicon::{Cue, What};
use crate::model::{Claim, ClaimKind, Unit};
use crate::short::Text;
use crate::text::{Keyed, keyed, low_is};

/// Verbs and words of having, between an owner and a number.
const HAVING: [&str; 40] = [
    "went", "climbed", "slipped", "dropped", "held", "hold", "holds", "holding", "own", "owns",
    "owned", "has", "had", "have", "was", "were", "is", "stood", "stands", "sits", "sat", "keeps",
    "kept", "shows", "showing", "shown", "down", "with", "remains", "remained", "stock", "pile",
    "left", "at", "behind", "came", "held", "reported", "fell", "rose",
];

/// Words of other money in the sentence: then the number may be anything.
const ELSE: &[Keyed] = keyed![
    "spent",
    "spend",
    "spending",
    "cost",
    "costs",
    "exports",
    "imports",
    "deficit",
    "surplus",
    "budget",
    "invest",
    "invested",
    "investment",
    "pledge",
    "pledged",
    "loan",
    "loans",
    "raised",
    "bid",
    "bids",
    "auction",
    "trade",
    "gdp",
    "economy",
    "tax",
    "revenue",
    "profit",
    "loss",
    "fund",
    "funds",
    "stimulus",
    "package",
    "aid",
    "debt",
    "worth",
    "fine",
    "gilts",
    "bunds",
    "jgbs",
    "swap",
    "reserves",
    "gold",
    "shares",
];

/// Sentences before a number in which its measure may have been named.
const BACK: usize = 8;

/// Smallest holding that is taken for one without its own words.
const LEAST_USD: f64 = 1e9;
/// Smallest intervention in yen that is taken for one without its own words.
const LEAST_JPY: f64 = 1e11;

pub(super) fn settle(place: &Place<'_>, claim: &mut Claim, ground: &mut Ground, before: &[Claim]) {
    let page = place.page;
    let (Some(value), Some((number, _)), ClaimKind::Amount) =
        (claim.value, ground.number, claim.kind)
    else {
        return;
    };
    // "Insists on $350 billion in cash": money, and no stock of bonds.
    if let Some((_, last)) = ground.number
        && claim.relation == "treasury_holdings"
        && page.low(last + 1) == "in"
        && page.low(last + 2) == "cash"
    {
        claim.relation = Text::fixed("amount");
        return;
    }
    if value.unit() == Unit::Usd
        && matches!(claim.relation.as_str(), "treasury_holdings" | "amount")
        && (custodial(place, ground.from, ground.to) || goes_on(place, ground, number))
    {
        claim.relation = Text::fixed("custody");
        return;
    }
    // "Reserves without gold".
    if claim.relation == "gold"
        && place.says(ground.from, number, keyed!["reserves"])
        && (ground.from..number)
            .any(|t| low_is!(page, t, "without" | "excluding" | "ex") && page.low(t + 1) == "gold")
    {
        claim.relation = Text::fixed("reserves");
        return;
    }
    if value.unit() == Unit::Usd && claim.relation == "debt" {
        let whose = (ground.from..=ground.to).any(|t| {
            let next = if page.low(t + 1).ends_with('s') && page.low(t + 1).len() <= 4 {
                t + 2
            } else {
                t + 1
            };
            low_is!(
                page,
                t,
                "america" | "american" | "america’s" | "america's" | "washington" | "u.s." | "us"
            ) && page.low(next) == "debt"
        });
        let owned = (ground.from..number).any(|t| {
            low_is!(
                page,
                t,
                "own" | "owns" | "owned" | "hold" | "holds" | "held"
            )
        });
        if whose && owned {
            claim.relation = Text::fixed("treasury_holdings");
            claim.scope = claim.scope.take().or(Some(Text::fixed("not said")));
        }
        return;
    }
    if claim.relation == "investment" && !apposed(place, ground, number)
        || claim.relation != "amount" && claim.relation != "investment"
    {
        return;
    }
    let named = |first: usize, last: usize| {
        page.hits_in(first, last)
            .iter()
            .rev()
            // What a source says of gold is not what the article counts.
            .filter(|h| {
                page.inside
                    .get(h.first as usize)
                    .is_none_or(Option::is_none)
            })
            .find_map(|h| match h.what {
                What::Measure(m) => place
                    .lexicon
                    .measures
                    .get(m as usize)
                    .filter(|m| m.kind != "level" || m.family == "fx"),
                _ => None,
            })
    };
    let own = place.sentence(ground.from);
    let sentences = (1..=BACK).filter_map(|back| page.sentences.get(own.checked_sub(back)?));
    match value.unit() {
        Unit::Usd if value.number().abs() >= LEAST_USD => {
            let having = (ground.from..=number).any(|t| HAVING.contains(&page.low(t)));
            let other = claim.relation != "investment" && place.says(ground.from, ground.to, ELSE);
            if !having || other {
                return;
            }
            let earlier = sentences
                .map(|s| (s.first, s.last))
                .find_map(|(first, last)| {
                    let treasuries =
                        place.says(first, last, keyed!["treasuries", "treasurys", "treasury"]);
                    match named(first, last) {
                        Some(m)
                            if m.name == "treasury_holdings"
                                || m.name == "custody" && treasuries =>
                        {
                            Some(true)
                        }
                        Some(m) if m.kind == "stock" => Some(false),
                        _ if treasuries => Some(true),
                        _ => None,
                    }
                });
            let told =
                before.iter().rev().take(8).any(|c| {
                    c.kind == ClaimKind::Amount && c.relation.ends_with("treasury_holdings")
                });
            // "Still the largest foreign holder with $1.19 trillion".
            let ranked = page
                .hits_in(ground.from, number)
                .iter()
                .any(|h| h.is(Cue::Holder) && (h.first as usize) < number);
            let paper = place.says(number, ground.to, keyed!["paper"]);
            if earlier == Some(true)
                || (ranked || paper) && place.american
                || earlier.is_none() && told
            {
                claim.relation = Text::fixed("treasury_holdings");
                if claim.scope.is_none() {
                    claim.scope = Some(Text::fixed("not said"));
                }
            }
        }
        Unit::Jpy if value.number().abs() >= LEAST_JPY => {
            let spent = place.says(
                ground.from,
                ground.to,
                keyed![
                    "spent",
                    "bought",
                    "cost",
                    "sold",
                    "operation",
                    "intervened",
                    "intervention",
                    "round",
                    "purchase",
                    "spending",
                    "acted",
                    "stepped",
                ],
            );
            let currency = |first: usize, last: usize| {
                place.says(
                    first,
                    last,
                    keyed!["currency", "intervention", "intervened", "intervene"],
                ) || named(first, last).is_some_and(|m| m.name == "intervention")
            };
            let about = currency(ground.from, ground.to)
                || sentences.into_iter().any(|s| currency(s.first, s.last));
            if spent && about {
                claim.relation = Text::fixed("intervention");
            }
        }
        _ => {}
    }
}

/// Whether a sentence speaks of what the Fed keeps for others: "in custody at the Fed", "held by the Fed for foreign central banks".
fn custodial(place: &Place<'_>, first: usize, last: usize) -> bool {
    let page = place.page;
    let fed = (first..=last).any(|t| {
        matches!(page.low(t), "fed" | "fed’s" | "fed's")
            || page.low(t) == "federal" && page.low(t + 1) == "reserve"
    });
    let kept = |t: usize| {
        matches!(
            page.low(t),
            "keeps"
                | "kept"
                | "keeping"
                | "holds"
                | "held"
                | "holding"
                | "stores"
                | "storing"
                | "safekeeping"
        )
    };
    let others = |t: usize| {
        page.low(t) == "for"
            && (t + 1..=t + 3).any(|o| {
                matches!(
                    page.low(o),
                    "foreign" | "foreigners" | "central" | "governments" | "official" | "overseas"
                )
            })
    };
    fed && (place.says(first, last, keyed!["custody"])
        || (first..=last).any(kept) && (first..=last).any(others))
}

/// "A year before it was $3.1 trillion": the sentence goes on about what the one before says of the Fed's custody.
fn goes_on(place: &Place<'_>, ground: &Ground, number: usize) -> bool {
    let page = place.page;
    let pronoun = (ground.from..number).any(|t| {
        page.low(t) == "it"
            || page.low(t) == "the"
                && matches!(page.low(t + 1), "figure" | "number" | "total" | "sum")
    });
    let named = page
        .hits_in(ground.from, number)
        .iter()
        .any(|h| matches!(h.what, What::Place(_) | What::Person(_)));
    let own = place.sentence(ground.from);
    let Some(before) = own.checked_sub(1).and_then(|n| page.sentences.get(n)) else {
        return false;
    };
    let block = page.sentences.get(own).map(|s| s.block);
    pronoun && !named && Some(before.block) == block && custodial(place, before.first, before.last)
}

/// Whether the fund that seems to be measured only glosses the holder: "Norway, home of the largest fund, stood at ...".
fn apposed(place: &Place<'_>, ground: &Ground, number: usize) -> bool {
    let page = place.page;
    (ground.from..number).any(|t| {
        low_is!(page, t, "fund" | "funds")
            && page.low(t + 1) == ","
            && (t.saturating_sub(8).max(ground.from)..t).any(|c| low_is!(page, c, ","))
    })
}
