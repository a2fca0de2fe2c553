//! Which mention is the one who speaks, and whom it stands for.
//!
//! A name inside a place ("a manager in the Gulf") or behind the word for a paper ("the daily Al-Nahar") is no speaker. "He" may
//! be a Chinese surname. A role without a name is the one person of the text who holds that office, by the text's own words
//! or by the table of offices. "He added" goes on with whoever spoke last. Two speakers in one sentence leave a pronoun open.

use crate::lexicon::{Cue, Lexicon};
use crate::mention::{Mention, Sort};
use crate::model::{Quote, Speaker};
use crate::text::{Page, low_is};

/// Whether a mention can be the subject of a verb of saying, beside the others of its stretch.
pub(super) fn can_speak(page: &Page<'_>, mention: &Mention, beside: &[Mention]) -> bool {
    if mention.sort != Sort::Person {
        return true;
    }
    let mut at = mention.first;
    let before = |at: usize| at.checked_sub(1).map_or("", |t| page.low(t));
    if before(at) == "the" {
        at -= 1;
    }
    if matches!(
        before(at),
        "newspaper"
            | "daily"
            | "weekly"
            | "magazine"
            | "broadcaster"
            | "website"
            | "outlet"
            | "agency"
            | "channel"
    ) {
        return false;
    }
    let placed = matches!(
        before(at),
        "in" | "near" | "outside" | "inside" | "across" | "around"
    );
    !placed
        || !beside
            .iter()
            .any(|m| m.first < mention.first && m.sort != Sort::Place)
}

/// "…" – Sofia Lindqvist, Nordhaven Bank: a name behind a dash and nothing that says.
pub(super) fn behind_dash<'m>(
    page: &Page<'_>,
    mentions: &'m [Mention],
    first: usize,
    last: usize,
) -> Option<&'m Mention> {
    if !low_is!(page, first, "–" | "—" | "-" | "―") || last > first + 14 {
        return None;
    }
    let found = mentions.iter().find(|m| m.first > first)?;
    (found.first == first + 1 && matches!(found.sort, Sort::Person | Sort::Role)).then_some(found)
}

/// "Said the miller.": an occupation that the lexicon does not hold, where nothing else is said about who spoke.
pub(super) fn unknown(
    page: &Page<'_>,
    mentions: &[Mention],
    at: usize,
    last: usize,
) -> Option<super::speaker::Found> {
    if !low_is!(page, at, "the" | "a" | "an" | "one" | "another")
        || mentions.iter().any(|m| m.first >= at && m.first <= last)
    {
        return None;
    }
    let plain = |t: usize| {
        page.tokens
            .get(t)
            .is_some_and(|t| t.is_word() && !t.capital())
    };
    let ends = |t: usize| t > last || page.tokens.get(t).is_none_or(|t| t.symbol().is_some());
    let end = (at + 1..=at + 2).find(|t| plain(*t) && ends(t + 1))?;
    if !(at + 1..=end).all(plain) {
        return None;
    }
    Some(super::speaker::Found {
        speaker: Some(Speaker {
            name: None,
            role: Some(page.slice(at + 1, end).to_owned().into()),
            organization: None,
            certain: true,
        }),
        ..super::speaker::Found::default()
    })
}

/// "The Bank", "the Commission" with a capital: the one house named before that ends with that word or begins with it.
pub(super) fn house_of(
    page: &Page<'_>,
    before: Option<&[Mention]>,
    mention: &Mention,
) -> Option<crate::short::Text> {
    let word = page.word(mention.last);
    if !low_is!(page, mention.first, "the")
        || mention.last != mention.first + 1
        || !matches!(
            word,
            "Bank" | "Fund" | "Ministry" | "Commission" | "Treasury" | "Authority"
        )
    {
        return None;
    }
    let mut found: Option<&crate::short::Text> = None;
    for house in before?
        .iter()
        .filter_map(|m| m.organization.as_ref())
        .filter(|o| o.split(' ').any(|w| w == word))
    {
        if found.is_some_and(|f| f != house) {
            return None;
        }
        found = Some(house);
    }
    found.cloned()
}

/// "One of them shrugged": one of the people whose role was named last in the plural, a few sentences back.
pub(super) fn one_of(
    page: &Page<'_>,
    mentions: &[Mention],
    first: usize,
    verb: usize,
) -> Option<super::speaker::Found> {
    let them = low_is!(page, first, "one") && page.low(first + 1) == "of";
    if !them || verb > first + 6 {
        return None;
    }
    let within = mentions
        .iter()
        .rev()
        .find(|m| m.first > first && m.last < verb && m.sort == Sort::Role);
    let before = || {
        let upto = mentions.partition_point(|m| m.first < first);
        let near = mentions.get(upto.saturating_sub(16)..upto)?;
        near.iter()
            .rev()
            .find(|m| m.sort == Sort::Role && m.role.as_deref().is_some_and(|r| r.ends_with('s')))
    };
    let role = match (within, page.low(first + 2)) {
        (Some(role), _) => role,
        (None, "them") => before()?,
        _ => return None,
    };
    let words = role.role.as_deref()?;
    let counted = [
        "two ", "three ", "four ", "five ", "six ", "several ", "some ", "many ",
    ];
    let words = counted
        .iter()
        .find_map(|c| words.strip_prefix(c))
        .unwrap_or(words);
    let one = words.strip_suffix('s').unwrap_or(words);
    Some(super::speaker::Found {
        speaker: Some(Speaker {
            name: None,
            role: Some(one.to_owned().into()),
            organization: role.organization.clone(),
            certain: true,
        }),
        ..super::speaker::Found::default()
    })
}

/// "Vice Premier He Lifeng": a capital "He" within a sentence before a capital is a surname.
pub(super) fn surname(page: &Page<'_>, mentions: &[Mention], mention: &Mention) -> Option<Speaker> {
    let at = mention.first;
    let capital = |t: usize| page.tokens.get(t).is_some_and(|t| t.capital());
    if mention.sort != Sort::Pronoun || page.word(at) != "He" || !capital(at + 1) {
        return None;
    }
    let given = page.hits_in(at + 1, at + 1);
    if given.iter().any(|h| h.is(Cue::Common)) {
        return None;
    }
    let title = mentions
        .iter()
        .find(|m| m.last + 1 == at && m.sort == Sort::Role);
    let sentence = page.sentences.partition_point(|s| s.last < at);
    let opens = page.sentences.get(sentence).is_some_and(|s| s.first == at);
    (title.is_some() || !opens).then(|| Speaker {
        name: Some(page.slice(at, at + 1).to_owned().into()),
        role: title.and_then(|m| m.role.clone()),
        organization: None,
        certain: true,
    })
}

/// The one person named before who holds the office by the table of offices.
pub(super) fn holder<'m>(
    lexicon: &Lexicon,
    named: &'m [Mention],
    role: &str,
    place: Option<&str>,
) -> Option<&'m Mention> {
    let mut found: Option<&Mention> = None;
    for mention in named.iter().filter(|m| m.sort == Sort::Person) {
        let Some(person) = mention.name.as_deref().and_then(|n| lexicon.person(n)) else {
            continue;
        };
        // "The minister" is a finance minister as well.
        let of = |title: &str| {
            title == role || title.strip_suffix(role).is_some_and(|t| t.ends_with(' '))
        };
        let fits = person.offices.iter().any(|o| of(&o.title))
            && place.is_none_or(|p| person.place.as_deref() == Some(p));
        if !fits {
            continue;
        }
        if found.is_some_and(|f| f.name != mention.name) {
            return None;
        }
        found = Some(mention);
    }
    found
}

/// "He added", "she went on": the speaker of the quote before, in the same paragraph and of fitting gender.
pub(super) fn goes_on(
    page: &Page<'_>,
    mentions: &[Mention],
    (number, verb): (usize, usize),
    earlier: &[Quote],
) -> Option<Speaker> {
    if !low_is!(
        page,
        verb,
        "added" | "adds" | "continued" | "continues" | "went" | "goes"
    ) {
        return None;
    }
    let pronoun = [verb.checked_sub(1)?, verb + 1]
        .into_iter()
        .find(|t| low_is!(page, *t, "he" | "she"))?;
    let prior = number.checked_sub(1)?;
    let (before, own) = (page.quotes.get(prior)?, page.quotes.get(number)?);
    let block = |token: usize| page.blocks.partition_point(|b| b.last < token);
    let speaker = earlier.get(prior)?.speaker.as_ref()?;
    let name = speaker.name.as_ref().filter(|_| speaker.certain)?;
    let other = mentions.iter().any(|m| {
        m.name.as_ref() == Some(name)
            && m.pronoun.as_deref().is_some_and(|p| p != page.low(pronoun))
    });
    // Somebody else named between the two is the nearer one.
    let between = mentions.iter().any(|m| {
        m.first > before.last
            && m.first < pronoun
            && m.sort == Sort::Person
            && m.name.as_ref() != Some(name)
            && !page.quoted(m.first)
    });
    (block(before.first) == block(own.first) && before.inside == own.inside && !other && !between)
        .then(|| speaker.clone())
}

/// The subject of each verb of saying among some people: one of them, or nobody if two speak.
pub(super) fn only_speaker<'m>(
    page: &Page<'_>,
    first: usize,
    last: usize,
    candidates: &[&'m Mention],
) -> Option<&'m Mention> {
    let mut found: Option<&Mention> = None;
    for hit in page.hits_in(first, last).iter().filter(|h| h.is(Cue::Say)) {
        let verb = hit.first as usize;
        let Some(subject) = candidates
            .iter()
            .rev()
            .find(|m| m.last < verb && verb - m.last <= 3)
        else {
            continue;
        };
        if found.is_some_and(|f| f.name != subject.name) {
            return None;
        }
        found = Some(subject);
    }
    found
}
