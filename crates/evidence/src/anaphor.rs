//! "The kingdom", "the island", "the bloc": a country named before, by what it is.
//!
//! Only where one country of that sort was named, and none of the others since: a text that speaks of Britain and Saudi Arabia has
//! two kingdoms. Titles ("the United Kingdom") are names and no matter of this file.

use crate::mention::{Mention, Sort};
use crate::short::Text;
use crate::text::{Page, low_is};

/// Mentions that are looked back over.
const BACK: usize = 64;

/// Countries by what they are called.
const SORTS: [(&str, &[&str]); 9] = [
    (
        "kingdom",
        &[
            "Saudi Arabia",
            "United Kingdom",
            "Netherlands",
            "Belgium",
            "Sweden",
            "Norway",
            "Denmark",
            "Spain",
            "Thailand",
            "Morocco",
        ],
    ),
    ("emirate", &["United Arab Emirates", "Kuwait", "Qatar"]),
    ("sheikhdom", &["United Arab Emirates", "Kuwait", "Qatar"]),
    (
        "island",
        &["Taiwan", "Ireland", "Cyprus", "Malta", "Iceland"],
    ),
    ("city", &["Hong Kong", "Singapore", "Macau"]),
    ("city-state", &["Singapore"]),
    ("territory", &["Hong Kong", "Cayman Islands", "Bermuda"]),
    ("bloc", &["European Union"]),
    ("archipelago", &["Philippines", "Indonesia", "Bahamas"]),
];

/// The country that "the kingdom" at a token means: its last token and name.
pub(crate) fn country(page: &Page<'_>, at: usize, before: &[Mention]) -> Option<(usize, Text)> {
    if !low_is!(page, at, "the") {
        return None;
    }
    let state =
        low_is!(page, at + 1, "city") && page.low(at + 2) == "-" && page.low(at + 3) == "state";
    let (word, last) = if state {
        ("city-state", at + 3)
    } else {
        (page.low(at + 1), at + 1)
    };
    let (_, places) = SORTS.iter().find(|(sort, _)| *sort == word)?;
    // "The kingdom of", "the city center", "the kingdom next door": something else.
    if page.tokens.get(at + 1)?.capital()
        || low_is!(
            page,
            last + 1,
            "of" | "center" | "centre" | "council" | "hall" | "next"
        )
    {
        return None;
    }
    let mut found: Option<&Text> = None;
    for mention in before.iter().rev().take(BACK) {
        let Some(name) = mention
            .name
            .as_ref()
            .filter(|_| mention.sort == Sort::Place)
        else {
            continue;
        };
        if !places.contains(&&**name) {
            continue;
        }
        if found.is_some_and(|f| f != name) {
            return None;
        }
        found = Some(name);
    }
    found.map(|name| (last, name.clone()))
}

/// Whether a country is called by what it is at a token.
pub(crate) fn called(page: &Page<'_>, at: usize) -> bool {
    low_is!(page, at, "the")
        && SORTS.iter().any(|(sort, _)| *sort == page.low(at + 1))
        && page.tokens.get(at + 1).is_some_and(|t| !t.capital())
}
