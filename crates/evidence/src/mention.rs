//! People, houses and roles named in a text.
//!
//! Lexicon names first; then capitalized runs that look like a person ("Ama Boateng of Meridian Trust") and nothing else.
//! Office, occupation and house come from the words beside a name: a title before it, an apposition behind it, a possessive
//! house. A surname alone stands for the full name seen before. Roles without a name ("one trader") are mentions too.

use std::collections::BTreeMap;

use crate::anaphor;
use crate::houses::{house_name, of_market, organization_run, owner, single_spaced, treasury};
use crate::lexicon::{Cue, Lexicon, What};
use crate::persons::{honorific, plausible, surnamed};
use crate::short::{self, Text};
use crate::text::token::Kind;
use crate::text::{NAME, Page, low_is};

/// What is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Person,
    Role,
    Organization,
    Place,
    Pronoun,
}

/// A mention and its tokens, with what stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) sort: Sort,
    pub(crate) name: Option<Text>,
    pub(crate) role: Option<Text>,
    pub(crate) organization: Option<Text>,
    /// The role given with an earlier mention of the name.
    pub(crate) role_elsewhere: Option<Text>,
    pub(crate) former: bool,
    /// "’s" follows: an owner, not an actor.
    pub(crate) possessive: bool,
    /// `he`, `she` where known.
    pub(crate) pronoun: Option<Text>,
}

/// Everything mentioned in a text, in order.
pub(crate) fn mentions(page: &Page<'_>, lexicon: &Lexicon) -> Vec<Mention> {
    let mut found = Vec::with_capacity(page.tokens.len() / 8);
    let mut known: BTreeMap<Text, Text> = BTreeMap::new();
    let mut houses: BTreeMap<Text, Text> = BTreeMap::new();
    let mut roles: BTreeMap<Text, Text> = BTreeMap::new();
    for block in &page.blocks {
        let mut at = block.first;
        while let Some(next) = page.next_of(at, block.last, NAME) {
            at = next;
            if let Some((last, name)) = anaphor::country(page, at, &found) {
                let mut mention = blank(at, last, Sort::Place);
                mention.name = Some(name);
                mention.possessive = owner(page, last);
                found.push(mention);
                at = last + 1;
                continue;
            }
            match one(page, lexicon, at, block.last, &known) {
                Some(mut mention) => {
                    if mention.sort == Sort::Organization {
                        treasury(page, &mut mention, &found);
                    }
                    if mention.sort == Sort::Person {
                        complete(page, lexicon, &mut mention, &found, block.last);
                    }
                    if let (Sort::Person, Some(name)) = (mention.sort, &mention.name) {
                        if let Some(surname) = name.split_whitespace().last() {
                            known.insert(short::lower(surname), name.clone());
                        }
                        match (&mention.role, roles.get(name)) {
                            (Some(role), _) => {
                                roles.entry(name.clone()).or_insert_with(|| role.clone());
                            }
                            (None, Some(role)) => mention.role_elsewhere = Some(role.clone()),
                            _ => {}
                        }
                        match (&mention.organization, houses.get(name)) {
                            (Some(house), _) => {
                                houses.insert(name.clone(), house.clone());
                            }
                            (None, Some(house)) => mention.organization = Some(house.clone()),
                            _ => {}
                        }
                    }
                    at = mention.last + 1;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
    }
    found
}

fn blank(first: usize, last: usize, sort: Sort) -> Mention {
    Mention {
        first,
        last,
        sort,
        name: None,
        role: None,
        role_elsewhere: None,
        organization: None,
        former: false,
        possessive: false,
        pronoun: None,
    }
}

fn one(
    page: &Page<'_>,
    lexicon: &Lexicon,
    at: usize,
    end: usize,
    known: &BTreeMap<Text, Text>,
) -> Option<Mention> {
    let token = &page.tokens[at];
    if !token.is_word() {
        return None;
    }
    // Most words are neither names nor lexicon entries.
    let named = What::PERSON
        | What::ORGANIZATION
        | What::PLACE
        | Cue::Role.bit()
        | Cue::RolePart.bit()
        | Cue::Former.bit();
    let class = page.class(at);
    let pronoun = low_is!(page, at, "he" | "she" | "they");
    if !token.capital() && !pronoun && class & named == 0 {
        return None;
    }
    if pronoun {
        let low = page.low(at);
        let mut mention = blank(at, at, Sort::Pronoun);
        if low != "they" {
            mention.pronoun = Some(Text::of(low));
        }
        return Some(mention);
    }
    let hits_of = |kind: u64| {
        if class & kind != 0 {
            page.hits_in(at, at)
        } else {
            &[]
        }
    };
    let run = run(page, at, end);
    let person = hits_of(What::PERSON)
        .iter()
        .filter_map(|h| match h.what {
            What::Person(p) if page.tokens[at].capital() => Some((h.last as usize, p)),
            _ => None,
        })
        .max();
    if let Some((last, number)) = person
        .filter(|(last, _)| run.is_none_or(|r| r <= *last || !plausible(page, lexicon, at, r)))
        // "Rita Powell of Halden" before: Powell is she.
        .filter(|(last, number)| {
            *last > at
                || known
                    .get(page.low(at).as_bytes())
                    .is_none_or(|name| *name == lexicon.people[*number as usize].name.as_str())
        })
    {
        let entry = &lexicon.people[number as usize];
        let mut mention = blank(at, last, Sort::Person);
        mention.name = Some(Text::from(&entry.name));
        mention.pronoun = entry.pronoun.as_ref().map(Text::from);
        mention.possessive = owner(page, last);
        return Some(mention);
    }
    let organization = hits_of(What::ORGANIZATION)
        .iter()
        .filter_map(|h| match h.what {
            What::Organization(o) => Some((h.last as usize, o)),
            _ => None,
        })
        .max();
    if let Some((last, number)) = organization.filter(|(last, number)| {
        let words = page.slice(at, *last);
        let entry = &lexicon.organizations[*number as usize];
        let as_written = || entry.name == words || entry.forms.iter().any(|f| f == words);
        // "SAFE" is an agency and "Safe" a word.
        let capital = words.chars().any(char::is_uppercase);
        (capital && (*last > at || words.len() > 4 || as_written()) || !capital && as_written())
            && !of_market(page, *last)
    }) {
        // "the Fed" may be written small, "Fed" not.
        let mut mention = blank(at, last, Sort::Organization);
        mention.organization = Some(Text::from(&lexicon.organizations[number as usize].name));
        mention.possessive = owner(page, last);
        // "Nomura strategist Naka Matsuzawa": the house is taken up by the person.
        return Some(mention);
    }
    let place = hits_of(What::PLACE)
        .iter()
        .filter_map(|h| match h.what {
            What::Place(p) => Some((h.last as usize, p)),
            _ => None,
        })
        .max();
    if let Some(mention) = role(page, at, end) {
        return Some(mention);
    }
    if let Some(last) = run.filter(|r| *r > at) {
        if let Some(cut) = organization_run(page, at, last) {
            let mut mention = blank(at, cut, Sort::Organization);
            mention.organization = Some(Text::of(page.slice(at, cut)));
            mention.possessive = owner(page, cut);
            return Some(mention);
        }
        if plausible(page, lexicon, at, last) && place.is_none_or(|(l, _)| l < last) {
            let mut mention = blank(at, last, Sort::Person);
            let titled = (last == at + 1 && honorific(page.low(at)))
                .then(|| surnamed(lexicon, known, page.low(last), page.word(last)))
                .flatten();
            mention.name = titled.or_else(|| Some(single_spaced(page.slice(at, last))));
            mention.possessive = owner(page, last);
            return Some(mention);
        }
    }
    if let Some((last, number)) = place.filter(|_| token.capital()) {
        let mut mention = blank(at, last, Sort::Place);
        mention.name = Some(Text::from(&lexicon.places[number as usize].name));
        mention.possessive = owner(page, last);
        return Some(mention);
    }
    // A surname seen before, or a capitalized word beside a verb of saying.
    if token.capital() && class & Cue::Common.bit() == 0 {
        let word = page.word(at);
        let name = if word.is_ascii() {
            known.get(&Text::of(page.low(at)))
        } else {
            known.get(word.to_lowercase().as_str())
        };
        if let Some(name) = name {
            let mut mention = blank(at, at, Sort::Person);
            mention.name = Some(name.clone());
            mention.possessive = owner(page, at);
            mention.pronoun = lexicon
                .people
                .iter()
                .find(|p| p.name == *name)
                .and_then(|p| p.pronoun.as_ref().map(Text::from));
            return Some(mention);
        }
        let next_says = page.class(at + 1) & Cue::Say.bit() != 0;
        let honorific = at > 0
            && matches!(
                page.low(at - 1).trim_end_matches('.'),
                "mr" | "mrs" | "ms" | "dr" | "sir" | "dame" | "lord"
            )
            || at > 1
                && page.low(at - 1) == "."
                && low_is!(page, at - 2, "mr" | "mrs" | "ms" | "dr");
        if (next_says || honorific)
            && page.word(at).chars().skip(1).any(char::is_lowercase)
            && page.word(at).chars().count() > 2
        {
            let mut mention = blank(at, at, Sort::Person);
            mention.name = Some(Text::of(page.word(at)));
            mention.possessive = owner(page, at);
            return Some(mention);
        }
    }
    None
}

/// Last token of the run of capitalized words that begins here; particles may stand inside.
fn run(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    if !page.tokens[at].capital()
        || page.class(at) & Cue::Common.bit() != 0
            && page
                .hits_in(at, at)
                .iter()
                .any(|h| h.is(Cue::Common) && h.last as usize == at)
    {
        return None;
    }
    let mut last = at;
    let mut place = at + 1;
    while place <= end && place < at + 6 {
        let token = &page.tokens[place];
        let hyphen = token.symbol() == Some('-')
            && !token.spaced
            && page
                .tokens
                .get(place + 1)
                .is_some_and(|t| t.is_word() && !t.spaced);
        let initial = token.symbol() == Some('.') && page.low(place - 1).chars().count() == 1;
        if token.capital() && token.breaks == 0 {
            last = place;
        } else if hyphen
            || initial
            || low_is!(
                page,
                place,
                "de" | "van" | "von" | "der" | "al" | "bin" | "da" | "del" | "la" | "el" | "&"
            ) && page.tokens.get(place + 1).is_some_and(|t| t.capital())
        {
        } else if hyphen_before(page, place) && token.is_word() && last + 2 == place {
            last = place;
        } else {
            break;
        }
        place += 1;
    }
    Some(last)
}

fn hyphen_before(page: &Page<'_>, at: usize) -> bool {
    at > 0 && page.tokens[at - 1].symbol() == Some('-') && !page.tokens[at].spaced
}

/// "one trader", "a senior official at the ministry", "Japan’s finance minister".
fn role(page: &Page<'_>, at: usize, end: usize) -> Option<Mention> {
    let (role, part) = (Cue::Role.bit(), Cue::RolePart.bit());
    if page.class(at) & (role | part) == 0 {
        return None;
    }
    let mut place = at;
    while place < (at + 6).min(end)
        && page.class(place) & part != 0
        && (page.class(place) & role == 0 || next_is_role(page, place, end))
    {
        place += 1;
        if page.tokens[place].symbol() == Some('-') {
            place += 1;
        }
    }
    let longest = |t: usize| {
        if page.class(t) & role == 0 {
            return None;
        }
        let roles = page.hits_in(t, t).iter().filter(|h| h.is(Cue::Role));
        roles.max_by_key(|h| h.last)
    };
    // "The fund", "the central bank" are roles as they stand.
    let hit = longest(place).or_else(|| longest(at))?;
    let last = hit.last as usize;
    // "Shook her head".
    let body = low_is!(page, last, "head")
        && low_is!(
            page,
            place.saturating_sub(1),
            "her" | "his" | "their" | "my" | "its"
        );
    if last > end || page.tokens[at].symbol().is_some() || body {
        return None;
    }
    let plain = |p: usize| {
        low_is!(
            page,
            p,
            "one" | "a" | "an" | "the" | "two" | "another" | "some" | "several"
        )
    };
    let mut first_word = at;
    while first_word < last && plain(first_word) {
        first_word += 1;
    }
    let former = page.hits_in(at, last).iter().any(|h| h.is(Cue::Former));
    let mut mention = blank(at, last, Sort::Role);
    mention.role = Some(short::lower(page.slice(first_word, last)));
    mention.former = former;
    mention.possessive = owner(page, last);
    // "A spokeswoman for the bank": one person.
    if low_is!(page, last + 1, "for" | "at") && page.low(last + 2) == "the" {
        let of = longest(last + 2).filter(|h| h.last as usize == last + 3);
        mention.last = of.map_or(last, |h| h.last as usize);
    }
    // "a trader at Meridian Trust"
    if low_is!(page, last + 1, "at" | "with" | "from" | "for" | "of") && last + 2 <= end {
        let the = usize::from(low_is!(page, last + 2, "the"));
        let start = last + 2 + the;
        if let Some(stop) = page
            .tokens
            .get(start)
            .filter(|t| t.capital())
            .and_then(|_| house(page, start, end))
        {
            mention.organization = Some(Text::of(page.slice(start, stop)));
            mention.last = stop;
        }
    }
    Some(mention)
}

fn next_is_role(page: &Page<'_>, place: usize, end: usize) -> bool {
    place < end && page.class(place + 1) & (Cue::Role.bit() | Cue::RolePart.bit()) != 0
}

/// Last token of a house that begins here.
fn house(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    let hit = page
        .hits_in(at, at)
        .iter()
        .filter(|h| matches!(h.what, What::Organization(_)))
        .map(|h| h.last as usize)
        .max();
    let run = run(page, at, end);
    hit.max(run)
        .or_else(|| page.tokens[at].capital().then_some(at))
}

/// Role and house from the words around a name.
fn complete(
    page: &Page<'_>,
    lexicon: &Lexicon,
    mention: &mut Mention,
    before: &[Mention],
    end: usize,
) {
    // Title, house or both before the name.
    if let Some(earlier) = before.last()
        && mention.first.saturating_sub(earlier.last + 1) <= usize::from(earlier.possessive)
    {
        match earlier.sort {
            Sort::Role if mention.role.is_none() => {
                mention.role = earlier.role.clone();
                mention.former |= earlier.former;
                mention.first = earlier.first;
                // The house in front of the title, else the one behind it.
                let house = before.iter().rev().take(6).find(|m| {
                    m.last + 1 + usize::from(m.possessive) == earlier.first
                        && m.sort == Sort::Organization
                });
                mention.organization = house.unwrap_or(earlier).organization.clone();
            }
            Sort::Organization if mention.organization.is_none() => {
                mention.organization = earlier.organization.clone();
            }
            _ => {}
        }
    }
    // "of Westpac", ", chief strategist at CLSA,".
    let mut at = mention.last + 1;
    if mention.possessive {
        return;
    }
    if low_is!(page, at, "of" | "at" | "from" | "with") && mention.organization.is_none() {
        let start = at + 1 + usize::from(low_is!(page, at + 1, "the"));
        if start <= end
            && page.tokens.get(start).is_some_and(|t| t.capital())
            && let Some(stop) = house(page, start, end)
        {
            mention.organization = Some(house_name(page, lexicon, start, stop));
            mention.last = stop;
        }
        return;
    }
    if low_is!(page, at, ",") && at < end {
        at += 1;
        let place = page
            .hits_in(at, at)
            .iter()
            .find(|h| matches!(h.what, What::Place(_)))
            .map(|h| h.last as usize);
        if let Some(last) = place
            && (page
                .tokens
                .get(last + 1)
                .is_some_and(|t| t.kind == Kind::Suffix))
        {
            at = last + 2;
        }
        // "The daily Al-Mashriq, the minister told": another one.
        let other = |found: &Mention| {
            low_is!(page, at, "the")
                && page
                    .hits_in(found.last + 1, found.last + 1)
                    .iter()
                    .any(|h| h.is(Cue::Say))
        };
        if at <= end
            && page.tokens[at].is_word()
            && let Some(found) = role(page, at, end).filter(|f| !other(f))
        {
            mention.role = mention.role.take().or(found.role);
            mention.former |= found.former;
            if found.organization.is_some() {
                mention.organization = found.organization.clone();
            }
            mention.last = found.last;
        } else if at <= end
            && page.tokens[at].is_word()
            && !low_is!(page, at, "who" | "whose" | "which" | "when" | "where")
        {
            // "chief Japan strategist at CLSA": words in between that the lexicon does not hold.
            let stop = (at..(at + 7).min(end + 1))
                .find(|p| {
                    page.tokens[*p].symbol().is_some() && page.tokens[*p].symbol() != Some('-')
                })
                .unwrap_or((at + 7).min(end + 1));
            if let Some(hit) = page
                .hits_in(at, stop.saturating_sub(1))
                .iter()
                .find(|h| h.is(Cue::Role))
            {
                let last = hit.last as usize;
                let verb_between = page
                    .hits_in(at, last)
                    .iter()
                    .any(|h| h.is(Cue::Say) && h.first != hit.first);
                if !verb_between {
                    let start = if low_is!(page, at, "a" | "an" | "the") {
                        at + 1
                    } else {
                        at
                    };
                    mention.former |= page.hits_in(at, last).iter().any(|h| h.is(Cue::Former));
                    mention.role = mention
                        .role
                        .take()
                        .or(Some(short::lower(page.slice(start, last))));
                    mention.last = last;
                    if low_is!(page, last + 1, "at" | "of" | "with" | "for") {
                        let from = last + 2 + usize::from(low_is!(page, last + 2, "the"));
                        if from <= end
                            && page.tokens.get(from).is_some_and(|t| t.capital())
                            && let Some(to) = house(page, from, end)
                        {
                            mention.organization = Some(house_name(page, lexicon, from, to));
                            mention.last = to;
                        }
                    }
                }
            }
        }
    }
}
