//! Verbs of saying that tell nothing of their own: attributions, numbers that somebody reports, suppositions, empty phrases.
//!
//! ", its chief executive told parliament" behind a statement says whose it is; "the office said that prices rose 3.5%" is a claim
//! of the number; "experts warn that a sale could backfire" is an opinion. Where nothing else is claimed, that it was said is the claim.

use super::{Clause, Draft, Part, Reader};
use crate::lexicon::{Cue, What};
use crate::mention::Sort;
use crate::quotes::speaker::mentions_in;
use crate::text::low_is;

/// "We have said what we have said": nothing but pronouns and auxiliaries is said.
pub(super) fn empty(reader: &Reader<'_>, clause: Clause, verb: usize) -> bool {
    const BARE: [&str; 24] = [
        "what", "that", "so", "it", "this", "i", "we", "you", "he", "she", "they", "have", "has",
        "had", "is", "was", "were", "said", "say", "told", "as", "much", "all", "do",
    ];
    // "Said two things", "said nothing": what was said is not told.
    let thing = (verb + 1..=(verb + 3).min(clause.last)).any(|t| {
        low_is!(
            reader.page,
            t,
            "things" | "thing" | "something" | "nothing" | "little" | "much"
        )
    });
    let bare = || {
        (verb + 1..=clause.last)
            .filter(|t| reader.page.tokens[*t].is_word())
            .all(|t| BARE.contains(&reader.page.low(t)))
    };
    !reader.page.quoted_in(verb + 1, clause.last) && (thing || bare())
}

/// A form of "be" stands before the verb: "I am told", "is said to", "were selling".
pub(super) fn told(reader: &Reader<'_>, verb: usize) -> bool {
    verb.checked_sub(1).is_some_and(|t| {
        low_is!(
            reader.page,
            t,
            "am" | "is" | "are" | "was" | "were" | "been" | "be"
        )
    })
}

/// ", its chief executive told parliament on Friday": the attribution of what the sentence said before.
/// Whether something else of that sentence is claimed; `None` if the verb is no attribution behind its content.
pub(super) fn trailing(
    reader: &Reader<'_>,
    part: &Part,
    verb: usize,
    numbers: &[Draft],
) -> Option<bool> {
    let (subject, _) = reader.actor(part.first, verb)?;
    // Back over an apposition: ", its chief executive, Nicolai Tangen, told".
    let comma = (part.first..subject)
        .rev()
        .take(8)
        .find(|t| low_is!(reader.page, *t, ","));
    let behind = part.last.saturating_sub(verb);
    let comma = comma.filter(|c| *c > part.first + 4 && behind <= 12)?;
    // Where nothing else is claimed, that it was said is the claim.
    // A rank is a claim of its own.
    let claimed = reader
        .plain_of(part.first, comma, What::ACTION | Cue::Holder.bit())
        .any(|h| match h.what {
            What::Action(a) => reader.lexicon.actions[a as usize].family != "speech",
            What::Cue(cue) => cue == Cue::Holder,
            _ => false,
        });
    // "Has no intention of selling in response to the 50% tariff": the intention is the claim, and no number.
    let intends = reader
        .cue(part.first, comma, Cue::StoppedShort)
        .is_some_and(|h| numbers.iter().all(|n| n.first > h.last as usize));
    Some(!intends && (claimed || numbers.iter().any(|n| n.last < comma)))
}

/// "The office said that prices rose 3.5 per cent": the number is the claim. Not where something else is said beside it.
pub(super) fn reports_number(
    reader: &Reader<'_>,
    clause: Clause,
    verb: usize,
    numbers: &[Draft],
) -> bool {
    let number = numbers.iter().any(|n| {
        n.first > verb && n.last <= clause.last && n.relation != "amount" && n.quote.is_none()
    });
    number
        && !reader.page.quoted_in(verb + 1, clause.last)
        && !reader.plain(verb + 1, clause.last).any(|h| match h.what {
            What::Action(a) => !matches!(
                reader.lexicon.actions[a as usize].family.as_str(),
                "market" | "trade"
            ),
            What::Cue(cue) => matches!(
                cue,
                Cue::Modal
                    | Cue::Leverage
                    | Cue::Will
                    | Cue::StoppedShort
                    | Cue::Assurance
                    | Cue::Outcome
            ),
            _ => false,
        })
}

/// "Experts warn that a sale could backfire": a supposition of nobody in particular is an opinion and no event.
pub(super) fn supposed(reader: &Reader<'_>, clause: Clause, verb: usize) -> bool {
    let nobody = mentions_in(reader.mentions, clause.first, verb)
        .iter()
        .rev()
        .find(|m| {
            matches!(
                m.sort,
                Sort::Person | Sort::Role | Sort::Organization | Sort::Place
            )
        })
        .is_some_and(|m| {
            m.sort == Sort::Role
                && m.organization.is_none()
                && m.role.as_deref().is_some_and(|r| r.ends_with('s'))
        });
    nobody
        && (reader.cue(verb + 1, clause.last, Cue::Modal).is_some()
            || (verb + 1..=clause.last).any(|t| low_is!(reader.page, t, "would")))
        && reader
            .cue(verb + 1, clause.last, Cue::Consequence)
            .is_some()
}
