//! Houses and institutions among the mentions: whose Treasury is meant, what is none, where a house's name ends.
//!
//! "The Treasury" is the United States' unless the text last spoke of Britain; before "market", "yields" or "bonds" it is a word
//! for a security. A run of capitals with "Bank" or "Research" at its end is a house up to there. A house of the lexicon goes
//! by the lexicon's name.

use crate::lexicon::{Cue, Lexicon, What};
use crate::mention::{Mention, Sort};
use crate::short::Text;
use crate::text::token::Kind;
use crate::text::{Page, low_is};

/// "The Treasury" in a text that last spoke of Britain is another one.
pub(crate) fn treasury(page: &Page<'_>, mention: &mut Mention, before: &[Mention]) {
    if mention.last != mention.first + 1 || !low_is!(page, mention.last, "treasury") {
        return;
    }
    let place = before.iter().rev().find(|m| m.sort == Sort::Place);
    if place.and_then(|m| m.name.as_deref()) == Some("United Kingdom") {
        mention.organization = Some(Text::fixed("UK Treasury"));
    }
}

/// "The Treasury market", "Treasury yields": no institution.
pub(crate) fn of_market(page: &Page<'_>, last: usize) -> bool {
    low_is!(page, last, "treasury")
        && low_is!(
            page,
            last + 1,
            "market"
                | "markets"
                | "yield"
                | "yields"
                | "bond"
                | "bonds"
                | "note"
                | "notes"
                | "bill"
                | "bills"
                | "securities"
                | "auction"
                | "auctions"
                | "secretary"
                | "curve"
                | "holdings"
                | "prices"
                | "futures"
                | "selloff"
                | "debt"
                | "data"
                | "official"
                | "officials"
                | "spokesman"
                | "spokeswoman"
                | "minister"
                | "chief"
        )
}

/// The run up to the last word that ends an organization's name.
pub(crate) fn organization_run(page: &Page<'_>, at: usize, last: usize) -> Option<usize> {
    (at + 1..=last)
        .rev()
        .find(|place| page.class(*place) & Cue::OrganizationEnd.bit() != 0)
}

pub(crate) fn house_name(page: &Page<'_>, lexicon: &Lexicon, first: usize, last: usize) -> Text {
    page.hits_in(first, first)
        .iter()
        .find_map(|h| match h.what {
            What::Organization(o) if h.last as usize == last => {
                Some(Text::from(&lexicon.organizations[o as usize].name))
            }
            _ => None,
        })
        .unwrap_or_else(|| Text::of(page.slice(first, last)))
}

/// The words of a name with one space between.
pub(crate) fn single_spaced(name: &str) -> Text {
    let single = |n: usize, b: u8| b != b' ' || name.as_bytes().get(n + 1) != Some(&b' ');
    if name.is_ascii()
        && name
            .bytes()
            .enumerate()
            .all(|(n, b)| !b.is_ascii_control() && single(n, b))
    {
        return Text::of(name);
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

pub(crate) fn owner(page: &Page<'_>, last: usize) -> bool {
    // Nouns behind a name that make it an adjective: "the Trump administration".
    if low_is!(
        page,
        last + 1,
        "administration"
            | "government"
            | "cabinet"
            | "team"
            | "tariffs"
            | "era"
            | "camp"
            | "office"
            | "tariff"
            | "presidency"
            | "doctrine"
            | "trade"
    ) {
        return true;
    }
    page.tokens.get(last + 1).is_some_and(|t| {
        !t.spaced
            && (t.kind == Kind::Suffix && page.low(last + 1).ends_with('s')
                || matches!(t.kind, Kind::Mark('’' | '\''))
                    && page.low(last).ends_with('s')
                    && page.tokens.get(last + 2).is_some_and(|n| n.spaced))
    })
}
