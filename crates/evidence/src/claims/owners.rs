//! Whose number it is, and of what, where its own sentence does not say.
//!
//! A country that "held $1.131 trillion" in a text about one stock alone (Treasuries, reserves, gilts) held that stock; one to
//! three sentences back in the paragraph the stock named last counts first. "Its hoard" is one of Treasuries only in a text
//! that speaks of Treasuries. "Foreign holdings" are those of all foreign holders together. A number behind "from", with another one behind "to"
//! before it, is the level before: it belongs to the month before the one that is named, or to the day before.

use super::{Clause, Part, Reader};
use crate::lexicon::{Hit, Lexicon, What};
use crate::mention::{Mention, Sort};
use crate::model::Unit;
use crate::number::Found;
use crate::quotes::speaker::mentions_in;
use crate::short::Text;
use crate::text::token::Kind;
use crate::text::{Page, low_is};
use crate::when::Moment;

/// What a document speaks of, found once.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Topics {
    /// Treasuries are named.
    pub(crate) treasuries: bool,
    /// The only stock that is named.
    pub(crate) stock: Option<usize>,
    /// Interventions in the currency market.
    pub(crate) intervention: Option<usize>,
}

/// Names of stocks that a country can hold.
const STOCKS: [&str; 6] = [
    "treasury_holdings",
    "reserves",
    "custody",
    "gilts",
    "jgbs",
    "gold",
];

/// Sentences back in which a stock is looked for.
const BACK: usize = 3;

/// "Holdings", "hoard": words that do not say of what.
fn generic(page: &Page<'_>, first: usize, last: usize) -> bool {
    first == last
        && low_is!(
            page,
            first,
            "holdings" | "hoard" | "stockpile" | "stash" | "pile"
        )
}

/// The stock of a lexicon entry, if its words say of what.
fn stock(page: &Page<'_>, lexicon: &Lexicon, hit: &Hit) -> Option<usize> {
    let What::Measure(number) = hit.what else {
        return None;
    };
    let measure = lexicon.measures.get(number as usize)?;
    let named = STOCKS.contains(&measure.name.as_str())
        && !generic(page, hit.first as usize, hit.last as usize);
    named.then_some(number as usize)
}

/// What a document speaks of.
pub(crate) fn topics(page: &Page<'_>, lexicon: &Lexicon) -> Topics {
    let mut out = Topics::default();
    let mut several = false;
    for hit in page.hits() {
        let What::Measure(m) = hit.what else {
            continue;
        };
        if lexicon.measures[m as usize].name == "intervention" {
            out.intervention = Some(m as usize);
        }
        let Some(number) = stock(page, lexicon, hit) else {
            continue;
        };
        out.treasuries |= lexicon.measures[number].name == "treasury_holdings";
        match out.stock {
            None => out.stock = Some(number),
            Some(before) if before != number => several = true,
            Some(_) => {}
        }
    }
    // Treasuries in custody are Treasuries still.
    if several {
        out.stock = None;
    }
    out
}

/// A measure that was found, unless its words leave open of what and the text does as well.
pub(super) fn told(
    reader: &Reader<'_>,
    found: Option<(usize, usize, usize)>,
) -> Option<(usize, usize, usize)> {
    let (first, last, number) = found?;
    if !generic(reader.page, first, last) || reader.topics.treasuries {
        return found;
    }
    reader.topics.stock.map(|other| (first, last, other)).or(
        // "Its holdings" in a text about nothing else.
        (low_is!(reader.page, first, "holdings") && reader.topics.stock.is_none())
            .then_some((first, last, number)),
    )
}

/// The stock that a holder's sum is of, where its sentence names none.
pub(super) fn held(reader: &Reader<'_>, part: &Part, clause: Clause, at: &Found) -> Option<usize> {
    let page = reader.page;
    if page.quoted(at.first) {
        return None;
    }
    let verb = (clause.first..at.first).any(|t| {
        low_is!(
            page,
            t,
            "held"
                | "holds"
                | "hold"
                | "holding"
                | "owned"
                | "owns"
                | "own"
                | "had"
                | "added"
                | "trimmed"
                | "reduced"
                | "increased"
                | "raised"
                | "shed"
                | "cut"
                | "grew"
                | "rose"
                | "fell"
                | "fallen"
                | "risen"
                | "dropped"
                | "climbed"
                | "slipped"
        )
    });
    // A line of a list: "Japan $1.131trn (March)".
    let line = part.last - part.first <= 12;
    let holder = mentions_in(reader.mentions, part.first, at.first)
        .iter()
        .any(|m| {
            let place = m.sort == Sort::Place || m.sort == Sort::Organization;
            place
                && reader
                    .label(m)
                    .is_some_and(|name| holds(reader.lexicon, &name))
        });
    let pronoun = low_is!(
        page,
        clause.first,
        "it" | "they" | "its" | "their" | "that" | "the"
    );
    if !(verb && (holder || pronoun) || line && holder) {
        return None;
    }
    let own = page.sentences.partition_point(|s| s.last < part.first);
    for back in 1..=BACK {
        let Some(earlier) = own.checked_sub(back).and_then(|n| page.sentences.get(n)) else {
            break;
        };
        if earlier.block != part.block {
            break;
        }
        let all = page.hits_in(earlier.first, earlier.last);
        let found = all
            .iter()
            .rev()
            .find_map(|h| stock(page, reader.lexicon, h));
        if found.is_some() {
            return found;
        }
    }
    reader.topics.stock.filter(|_| holder)
}

/// Billions of yen in a text about interventions, where nothing else is measured.
pub(super) fn spent(reader: &Reader<'_>, at: &Found) -> Option<usize> {
    let large = at.quantity.unit() == Unit::Jpy && at.quantity.number().abs() >= 1e10;
    reader
        .topics
        .intervention
        .filter(|_| large && !reader.page.quoted(at.first))
}

/// Whether a country, or the country of a person or institution, stands in the holdings table.
fn holds(lexicon: &Lexicon, name: &str) -> bool {
    let place = lexicon.country(name).unwrap_or(name);
    lexicon.place(place).is_some_and(|p| p.holder.is_some())
}

/// "Foreign holdings of Treasuries", "overseas investors held": all foreign holders, or the official or private ones.
pub(super) fn abroad(reader: &Reader<'_>, part: &Part, clause: Clause, at: &Found) -> Option<Text> {
    let page = reader.page;
    // "All foreign holdings, which came to $9.05 trillion".
    let clause = if low_is!(page, clause.first, "which" | "that") {
        whole(part)
    } else {
        clause
    };
    let word = (clause.first..at.first).rev().find(|t| {
        low_is!(
            page,
            *t,
            "foreign" | "foreigners" | "overseas" | "non-resident" | "nonresident" | "nonresidents"
        )
    })?;
    let between = mentions_in(reader.mentions, word + 1, at.first);
    let other = between.iter().any(|m| {
        matches!(m.sort, Sort::Place | Sort::Organization) && m.last < at.first && {
            let measure = page.hits_in(m.first, m.first).iter();
            // "Foreign holdings of U.S. Treasuries".
            !measure.clone().any(|h| matches!(h.what, What::Measure(_)))
        }
    });
    // "Foreign reserves", "foreign ministry", "largest foreign holder" are something else.
    let next = page.low(word + 1);
    let holders = matches!(
        next,
        "holdings"
            | "ownership"
            | "holders"
            | "investors"
            | "owners"
            | "buyers"
            | "residents"
            | "countries"
            | "private"
            | "official"
            | "accounts"
            | "demand"
            | "central"
            | "governments"
            | "owned"
            | "held"
    ) || low_is!(page, word, "foreigners");
    let ranked = word > clause.first
        && page
            .hits_in(word - 1, word - 1)
            .iter()
            .any(|h| h.is(crate::lexicon::Cue::Superlative));
    if other || !holders || ranked {
        return None;
    }
    Some(Text::fixed(match next {
        "official" | "central" | "governments" => "foreign official holders",
        "private" => "foreign private holders",
        _ => "foreign holders",
    }))
}

/// A sentence as one clause.
pub(super) fn whole(part: &Part) -> Clause {
    Clause {
        first: part.first,
        last: part.last,
        soft: false,
    }
}

/// "Belgium's stock, often seen as a home for Chinese accounts, rose to": the mention in the insertion owns nothing.
pub(super) fn inserted(reader: &Reader<'_>, first: usize, mention: &Mention, at: &Found) -> bool {
    let page = reader.page;
    let comma = |t: usize| low_is!(page, t, ",");
    let Some(opened) = (first + 1..mention.first).rev().find(|t| comma(*t)) else {
        return false;
    };
    // "Less than Saudi Arabia, which had": the insertion goes on about the mention.
    let closed = (mention.last + 1..at.first).find(|t| comma(*t));
    closed.is_some_and(|t| !low_is!(page, t + 1, "which" | "whose" | "who" | "with"))
        && mentions_in(reader.mentions, first, opened)
            .iter()
            .any(|m| matches!(m.sort, Sort::Place | Sort::Organization) && m.last < opened)
}

/// Whether a time belongs to a number that the one at hand is compared with: "2.31 times, against 2.43 times in April".
pub(super) fn of_another(reader: &Reader<'_>, at: &Found, moment: &Moment) -> bool {
    let page = reader.page;
    if moment.first <= at.last {
        return aside(page, at, (moment.first, moment.last));
    }
    // "Is half of what it was in 2013": a time that the level is compared with.
    let gap = at.last + 1..moment.first;
    if gap.clone().any(|t| {
        page.low(t) == "what"
            && matches!(page.low(t + 1), "it" | "they" | "he" | "she")
            && matches!(page.low(t + 2), "was" | "were" | "had" | "held" | "owned")
    }) {
        return true;
    }
    let number = |t: &usize| page.tokens[*t].kind == Kind::Number;
    let Some(other) = (at.last + 1..moment.first).find(number) else {
        return false;
    };
    (at.last + 1..other).any(|t| {
        low_is!(
            page,
            t,
            "against" | "versus" | "compared" | "than" | "from" | "unlike" | "after"
        )
    })
}

/// "France, which passed Spain in March 2019, had 90": tokens within a relative clause that is closed before the number.
pub(super) fn aside(page: &Page<'_>, at: &Found, (first, last): (usize, usize)) -> bool {
    let comma = |t: &usize| page.low(*t) == ",";
    if !(last + 1..at.first).any(|t| comma(&t)) {
        return false;
    }
    (first.saturating_sub(12)..first)
        .rev()
        .find(comma)
        .is_some_and(|t| {
            matches!(
                page.low(t + 1),
                "which" | "who" | "whose" | "where" | "when"
            )
        })
}

/// Whether a number is the level before the one that its sentence tells: "to $9.05 trillion in March from $8.82 trillion".
pub(super) fn level_before(reader: &Reader<'_>, part: &Part, at: &Found) -> bool {
    let page = reader.page;
    let from = at.first.checked_sub(1).filter(|t| *t >= part.first);
    let from = from.is_some_and(|t| low_is!(page, t, "from"));
    from && part.quantities.iter().any(|q| {
        q.last < at.first
            && q.quantity.unit() == at.quantity.unit()
            && q.first > part.first
            && !q.points
    })
}

/// Houses that publish what others hold.
pub(super) fn reporter(house: Option<&str>) -> bool {
    matches!(
        house,
        Some("Treasury Department" | "UK Treasury" | "Reuters" | "Bloomberg")
    )
}

/// Whether the words right behind a number, or the series right before it, make it a price: "an ounce", "Brent fell to $62".
pub(super) fn priced_beside(
    reader: &Reader<'_>,
    at: &Found,
    priced: impl Fn(usize) -> bool,
) -> bool {
    let page = reader.page;
    let near = |first: usize, last: usize| {
        page.hits_in(first, last)
            .iter()
            .any(|h| matches!(h.what, What::Measure(m) if priced(m as usize)))
    };
    near(at.last + 1, at.last + 2) || near(at.first.saturating_sub(5), at.first.saturating_sub(1))
}

/// The last word of a mention is part of a measure's name ("U.S." in "U.S. Treasury bonds").
pub(super) fn ends_in_measure(reader: &Reader<'_>, last: usize) -> bool {
    reader
        .page
        .hits_in(last.saturating_sub(3), last)
        .iter()
        .any(|h| {
            matches!(h.what, What::Measure(_))
                && (h.first as usize) <= last
                && (h.last as usize) > last
        })
}

/// The measure that the sentence before speaks of, or for a line of a table the heading above it.
pub(super) fn before(reader: &Reader<'_>, part: &Part, heading: bool, at: &Found) -> Option<usize> {
    let page = reader.page;
    let own = page.sentences.partition_point(|s| s.last < part.first);
    let money = at.quantity.unit().is_money();
    // "On May 1 it was 3.87 trillion yen": the sentence goes on about what the ones before it measure.
    let goes_on =
        (part.first..at.first).any(|t| low_is!(page, t, "it" | "amount" | "figure" | "total"));
    for back in 1..=if heading {
        12
    } else if goes_on {
        3
    } else {
        1
    } {
        let earlier = page.sentences.get(own.checked_sub(back)?)?;
        let head = page.blocks.get(earlier.block).is_some_and(|b| b.heading);
        if heading != head || !heading && earlier.block != part.block {
            return None;
        }
        let found = page
            .hits_in(earlier.first, earlier.last)
            .iter()
            .find_map(|h| match h.what {
                What::Measure(m)
                    if (reader.lexicon.measures[m as usize].kind == "level") != money =>
                {
                    Some(m as usize)
                }
                _ => None,
            });
        if found.is_some() {
            return found;
        }
    }
    None
}
