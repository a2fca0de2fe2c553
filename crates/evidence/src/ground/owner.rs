//! Whose number it is: a country, all foreigners, foreign governments.
//!
//! Of the holders that a sentence names the one nearest before the number counts. "It" and "they" are the holder that the
//! sentence before speaks of, if it speaks of one. A holder taken from the document at large is a guess: the record may bear the
//! number out and not refute it.

use super::{Ground, Place};
use crate::lexicon::What;
use crate::model::{Claim, ClaimKind};
use crate::short::Text;
use crate::text::{Keyed, keyed, low_is};

/// All foreign holders together.
pub(crate) const ALL_FOREIGN: &str = "foreign holders";
/// Foreign governments and central banks.
pub(crate) const FOREIGN_OFFICIAL: &str = "foreign official holders";
/// Foreign private holders.
pub(crate) const FOREIGN_PRIVATE: &str = "foreign private holders";

/// The key of a group of holders in the holdings table.
pub(crate) fn aggregate_key(subject: &str) -> Option<&'static str> {
    Some(match subject {
        ALL_FOREIGN => "all_foreign",
        FOREIGN_OFFICIAL => "foreign_official",
        FOREIGN_PRIVATE => "foreign_private",
        _ => return None,
    })
}

/// A holder that a sentence names: its last token and its name.
type Named = (usize, Text);

/// The group of holders that begins at a token, and its last token.
fn group(place: &Place<'_>, t: usize, foreign_named: bool) -> Option<(usize, &'static str)> {
    let page = place.page;
    if !low_is!(
        page,
        t,
        "foreigners" | "foreign" | "overseas" | "governments" | "central" | "official" | "private"
    ) {
        return None;
    }
    let (a, b, c) = (page.low(t), page.low(t + 1), page.low(t + 2));
    let found = match (a, b) {
        ("foreigners", _) => (t, ALL_FOREIGN),
        ("foreign" | "overseas", "holders" | "investors" | "owners" | "buyers" | "residents") => {
            (t + 1, ALL_FOREIGN)
        }
        ("foreign" | "overseas", "holdings" | "ownership")
            if t == 0 || !matches!(page.low(t - 1), "s" | "its" | "their" | "his" | "whose") =>
        {
            (t + 1, ALL_FOREIGN)
        }
        ("foreign" | "overseas", "hands") => (t + 1, ALL_FOREIGN),
        ("foreign" | "overseas", "governments" | "states" | "officials") => {
            (t + 1, FOREIGN_OFFICIAL)
        }
        ("foreign" | "overseas", "central") => (t + 2, FOREIGN_OFFICIAL),
        ("foreign" | "overseas", "official")
            if matches!(
                c,
                "holders" | "institutions" | "investors" | "accounts" | "holdings"
            ) =>
        {
            (t + 2, FOREIGN_OFFICIAL)
        }
        ("foreign" | "overseas", "private") => (t + 2, FOREIGN_PRIVATE),
        ("governments", "and") if foreign_named && c == "central" => (t + 3, FOREIGN_OFFICIAL),
        ("central", "banks") if foreign_named => (t + 1, FOREIGN_OFFICIAL),
        ("official", "and") if foreign_named && c == "private" => (t + 3, ALL_FOREIGN),
        // Its second half.
        ("private", _) if t >= 2 && page.low(t - 1) == "and" && page.low(t - 2) == "official" => {
            return None;
        }
        ("official", "holders" | "investors" | "institutions" | "accounts") if foreign_named => {
            (t + 1, FOREIGN_OFFICIAL)
        }
        ("governments" | "states", "abroad" | "overseas") => (t + 1, FOREIGN_OFFICIAL),
        ("governments", "had" | "held" | "owned" | "have" | "hold" | "own") if foreign_named => {
            (t, FOREIGN_OFFICIAL)
        }
        ("investors" | "holders" | "buyers", "abroad" | "overseas")
            if t == 0 || !matches!(page.low(t - 1), "private" | "official") =>
        {
            (t + 1, ALL_FOREIGN)
        }
        ("private", "holders" | "investors" | "foreigners") if foreign_named => {
            (t + 1, FOREIGN_PRIVATE)
        }
        _ => return None,
    };
    Some(found)
}

/// The holders named in a run of tokens, in order.
fn named(place: &Place<'_>, first: usize, last: usize) -> Vec<Named> {
    let page = place.page;
    let mut out: Vec<Named> = Vec::new();
    for hit in page.hits_in(first, last) {
        let (at, end) = (hit.first as usize, hit.last as usize);
        let name = match hit.what {
            What::Place(p) => place
                .lexicon
                .places
                .get(p as usize)
                .map(|p| p.name.as_str()),
            What::Person(p) => place
                .lexicon
                .people
                .get(p as usize)
                .and_then(|p| p.place.as_deref()),
            _ => None,
        };
        // "America's debt" and "U.S. Treasuries" name no holder; nor does a city of markets.
        if let Some(name) = name.filter(|n| !matches!(*n, "United States" | "New York"))
            && end <= last
        {
            out.push((at.max(end), Text::of(name)));
        }
    }
    let foreign = place.says(
        first,
        last,
        keyed!["foreign", "foreigners", "overseas", "abroad"],
    );
    for t in first..=last {
        if let Some((end, name)) = group(place, t, foreign) {
            out.push((end, Text::fixed(name)));
        }
    }
    out.sort_by_key(|n| n.0);
    out
}

/// Words that stand for the holder of the sentence before.
const PRONOUNS: &[Keyed] = keyed!["it", "its", "they", "their", "them"];

/// "The ministry itself sitting on $1.19 trillion": what a country holds told as its government's own.
fn state(place: &Place<'_>, claim: &mut Claim, ground: &Ground, named: Option<usize>, at: usize) {
    let page = place.page;
    let word = (ground.from..at).rev().find(|t| {
        low_is!(page, *t, "ministry" | "government")
            || low_is!(page, *t, "bank") && page.low(t.saturating_sub(1)) == "central"
    });
    let Some(word) = word.filter(|w| named.is_none_or(|n| n < *w)) else {
        return;
    };
    let holding = (word + 1..(word + 4).min(at)).any(|t| {
        low_is!(
            page,
            t,
            "held"
                | "holds"
                | "hold"
                | "own"
                | "owns"
                | "owned"
                | "sits"
                | "sitting"
                | "keeps"
                | "holding"
        )
    });
    let says = page
        .hits_in(word, at.saturating_sub(1))
        .iter()
        .any(|h| h.is(crate::lexicon::Cue::Say));
    if holding && !says {
        claim.scope = Some(Text::fixed("as the state's own"));
    }
}

/// Words for a country that is not named.
fn another(word: &str) -> bool {
    matches!(
        word,
        "kingdom"
            | "emirate"
            | "sheikhdom"
            | "sultanate"
            | "island"
            | "bloc"
            | "neighbor"
            | "neighbour"
            | "latter"
    )
}

/// The country whose ministry the text named before: "Japan's Ministry of Finance".
fn ministry(place: &Place<'_>, ground: &Ground) -> Option<Text> {
    let page = place.page;
    let here = (ground.from..=ground.to).any(|t| low_is!(page, t, "ministry"));
    if !here {
        return None;
    }
    (ground.from.saturating_sub(FAR)..ground.from)
        .rev()
        .find_map(|t| {
            if !low_is!(page, t, "ministry") {
                return None;
            }
            page.hits_in(t.saturating_sub(3), t)
                .iter()
                .rev()
                .find_map(|h| match h.what {
                    What::Place(p) => place
                        .lexicon
                        .places
                        .get(p as usize)
                        .map(|p| Text::of(&p.name)),
                    _ => None,
                })
        })
}

/// Tokens before a sentence in which the ministry's country may stand.
const FAR: usize = 500;

pub(super) fn settle(
    place: &Place<'_>,
    claim: &mut Claim,
    ground: &mut Ground,
    (before, grounds): (&[Claim], &[Ground]),
) {
    let plain = claim.relation.rsplit(':').next().unwrap_or("");
    let rank = claim.kind == ClaimKind::Status;
    if !rank && !matches!(plain, "treasury_holdings" | "reserves") {
        return;
    }
    let page = place.page;
    // Without a number the claim's own words name the holder.
    let at = match ground.number {
        Some((first, _)) => first,
        None if rank => ground.first.max(ground.from),
        None => ground.last + 1,
    };
    let limit = at.saturating_sub(1).max(ground.from);
    // "Of which $3.91 trillion was official".
    if let Some((_, last)) = ground.number
        && !rank
    {
        let next = (last + 1..=(last + 3).min(ground.to))
            .find(|t| low_is!(page, *t, "official" | "private"));
        let linked = (last + 1..=last + 2).any(|t| low_is!(page, t, "was" | "is" | "were" | "are"));
        if let Some(t) = next.filter(|_| linked) {
            let whole = named(place, ground.from, limit)
                .iter()
                .any(|n| aggregate_key(&n.1).is_some());
            if whole {
                claim.subject = Text::fixed(if low_is!(page, t, "official") {
                    FOREIGN_OFFICIAL
                } else {
                    FOREIGN_PRIVATE
                });
                return;
            }
        }
    }
    // "Of the $8.11 trillion that foreigners hold", "in foreign hands".
    if let Some((_, last)) = ground.number
        && !rank
        && plain == "treasury_holdings"
        && let Some(name) = (last + 1..=(last + 6).min(ground.to)).find_map(|t| {
            let linked = matches!(page.low(t), "that" | "which" | "in" | "by");
            group(place, t + 1, true).filter(|_| linked).map(|g| g.1)
        })
        && !(last + 1..=last + 6).any(|t| matches!(page.low(t), "," | ";"))
    {
        claim.subject = Text::fixed(name);
        return;
    }
    let here = if at > ground.from {
        named(place, ground.from, limit)
    } else {
        Vec::new()
    };
    if rank {
        // A rank's holder stands in the claim, or is what "it" stands for.
        let inside = named(place, ground.first, ground.last);
        if inside.iter().any(|n| n.1 == claim.subject) {
            return;
        }
    }
    if !rank && plain == "treasury_holdings" {
        state(place, claim, ground, here.last().map(|n| n.0), at);
    }
    let pronoun = at > ground.from && place.says(ground.from, at - 1, PRONOUNS);
    match here.last() {
        // "Kuwait raised its holdings to 53 billion, the kingdom next door to 131": somebody else's, and not named.
        Some((end, _))
            if (end + 1..at).any(|t| low_is!(page, t - 1, "the") && another(page.low(t))) =>
        {
            ground.doubt = Some("whose it is, the text does not say by name");
        }
        Some((end, name)) => {
            // "Spain and Italy own": the sum of several.
            let several = here.iter().any(|n| {
                n.1 != *name
                    && n.0 < *end
                    && page.low(n.0 + 1) == "and"
                    && end.saturating_sub(n.0) <= 4
            });
            if several && !rank {
                ground.doubt = Some("several holders together, which are not added up");
            }
            let agrees = *name == claim.subject
                || place.lexicon.country(&claim.subject) == Some(name.as_str());
            let nearest_group = aggregate_key(name).is_some();
            let alone = here.iter().all(|n| n.1 == *name);
            if nearest_group
                || !agrees
                    && alone
                    && (place.lexicon.place(&claim.subject).is_some()
                        || claim.subject.is_empty()
                        || rank)
            {
                claim.subject = name.clone();
            } else if !agrees
                && place.lexicon.place(&claim.subject).is_some()
                && !here.iter().any(|n| n.1 == claim.subject)
            {
                ground.doubt = Some("which of the countries named holds it is not clear");
            }
        }
        // "Norges Bank Investment Management held": a house that the sentence names.
        None if place.lexicon.place(&claim.subject).is_none()
            && place.lexicon.person(&claim.subject).is_none()
            && place.lexicon.country(&claim.subject).is_some()
            && page
                .low_slice(ground.from, limit)
                .contains(&*claim.subject.to_lowercase()) => {}
        // "Official institutions bought $4 billion": a part of those that the text spoke of.
        None if (ground.from..=limit).any(|t| {
            matches!(page.low(t), "official" | "private")
                && matches!(
                    page.low(t + 1),
                    "institutions" | "holders" | "investors" | "accounts" | "buyers"
                )
                && page.low(t.saturating_sub(1)) != "and"
        }) =>
        {
            let official = place.says(ground.from, limit, keyed!["official"]);
            claim.subject = Text::fixed(if official {
                FOREIGN_OFFICIAL
            } else {
                FOREIGN_PRIVATE
            });
            ground.doubt = Some("official or private holders of where, the sentence does not say");
        }
        None => {
            let own = place.sentence(ground.from);
            let block = page.sentences.get(own).map(|s| s.block);
            // The holder of the claim before in this paragraph, or the only one that the sentence before names.
            let earlier = (1..=2).find_map(|back| {
                let s = page.sentences.get(own.checked_sub(back)?)?;
                if Some(s.block) != block {
                    return None;
                }
                let all = named(place, s.first, s.last);
                let first = all.first()?;
                all.iter()
                    .all(|n| n.1 == first.1)
                    .then(|| Some(first.1.clone()))
                    .or(Some(None))
            });
            let told = before
                .iter()
                .zip(grounds)
                .rev()
                .take(4)
                .find(|(c, g)| {
                    matches!(c.kind, ClaimKind::Amount | ClaimKind::Status)
                        && g.doubt.is_none()
                        && g.number.is_some()
                        && page.sentences.get(place.sentence(g.first)).map(|s| s.block) == block
                        && ground.from.saturating_sub(g.from) < 120
                        && g.from < ground.from
                })
                .map(|(c, _)| c.subject.clone());
            if let Some(name) = ministry(place, ground) {
                claim.subject = name;
                return;
            }
            match (earlier, pronoun) {
                (Some(Some(name)), _) => claim.subject = name,
                (Some(None), true) if told.is_some() => {
                    if let Some(name) = told {
                        claim.subject = name;
                    }
                }
                (None, _) if told.is_some() => {
                    if let Some(name) = told {
                        claim.subject = name;
                    }
                }
                _ => ground.doubt = Some("whose it is, the text does not say nearby"),
            }
        }
    }
}
