//! What the words around a claim establish: whose number it is, of which bond, of which day, a level or a change.
//!
//! A rule that drafts a claim looks at a clause; here the sentence and the ones before it in its paragraph are read once more, for
//! numbers and ranks alone. What they establish corrects the claim ("edged up to" tells a level, "they" are the holders named
//! before); what they leave open is kept as a doubt, and a claim in doubt can be borne out by the record but never refuted.
//! [`owner`] finds whose, [`bond`] of what, [`flow`] whether it is a level, a change or what was sold, [`session`] of which day, [`joint`] times of several words.

mod bond;
mod flow;
mod joint;
mod measure;
mod owner;
mod session;

pub(crate) use bond::Bond;
pub(crate) use owner::{ALL_FOREIGN, FOREIGN_OFFICIAL, aggregate_key};
pub(crate) use session::Days;

use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Unit};
use crate::number;
use crate::text::token::Kind;
use crate::text::{Keyed, Page, low_is};
use crate::when::Anchor;

/// What is known of the place of one claim.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// Tokens of the claim.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Tokens of its sentence.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Tokens of its number.
    pub(crate) number: Option<(usize, usize)>,
    /// Why the record cannot refute it.
    pub(crate) doubt: Option<&'static str>,
    /// The bond that a yield is of.
    pub(crate) bond: Option<Bond>,
    /// The days that a level or a day's change can be of.
    pub(crate) days: Days,
}

/// What the passes read.
pub(crate) struct Place<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) anchor: Anchor,
    /// The text speaks of American bonds or money at all.
    pub(crate) american: bool,
}

impl Place<'_> {
    /// The token that begins at a code point, or the first behind it.
    fn token(&self, point: usize) -> usize {
        let page = self.page;
        page.tokens
            .partition_point(|t| page.offsets.point(t.start) < point)
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence(&self, token: usize) -> usize {
        self.page.sentences.partition_point(|s| s.last < token)
    }

    /// Whether a word stands among the tokens.
    pub(crate) fn says(&self, first: usize, last: usize, words: &[Keyed]) -> bool {
        self.page.says(first, last, words)
    }

    /// Tokens between two others without a full stop, a semicolon or a colon.
    pub(crate) fn joined(&self, first: usize, last: usize) -> bool {
        !(first..=last).any(|t| {
            matches!(
                self.page.tokens.get(t).and_then(|t| t.symbol()),
                Some(';' | ':' | '.')
            )
        })
    }
}

/// Settles the numbers and ranks of a document; one ground a claim.
pub(crate) fn settle(
    page: &Page<'_>,
    lexicon: &Lexicon,
    anchor: Anchor,
    claims: &mut [Claim],
) -> Vec<Ground> {
    let place = Place {
        page,
        lexicon,
        anchor,
        american: [
            "treasur",
            "u.s.",
            "america",
            "united states",
            "washington",
            "wall street",
        ]
        .iter()
        .any(|w| {
            // "64.2 U.S. cents" is a price of another currency.
            page.lower.match_indices(w).any(|(at, w)| {
                let rest = page.lower.get(at + w.len()..).unwrap_or("");
                !(rest.starts_with(" cents") || rest.starts_with(" dollar"))
            })
        }),
    };
    let mut out: Vec<Ground> = Vec::with_capacity(claims.len());
    let mut times = session::Times::default();
    for number in 0..claims.len() {
        let (before, rest) = claims.split_at_mut(number);
        let Some(claim) = rest.first_mut() else { break };
        let numeric =
            matches!(claim.kind, ClaimKind::Amount | ClaimKind::Rate) && claim.value.is_some();
        let rank = claim.kind == ClaimKind::Status && claim.relation.starts_with("rank");
        if !numeric && !rank && claim.kind != ClaimKind::Amount {
            out.push(Ground::default());
            continue;
        }
        let first = place.token(claim.span.start);
        let last = place.token(claim.span.end).saturating_sub(1).max(first);
        let own = page.sentences.get(place.sentence(first));
        let mut ground = Ground {
            first,
            last,
            from: own.map_or(first, |s| s.first),
            to: own.map_or(last, |s| s.last.max(last)),
            number: numeric.then(|| written(page, claim, first, last)).flatten(),
            ..Ground::default()
        };
        if numeric && let Some(at) = ground.number {
            level(&place, claim, at);
            measure::settle(&place, claim, &mut ground, before);
            flow::settle(&place, claim, &mut ground);
            session::own_time(&place, claim, &mut ground);
        }
        if claim.kind == ClaimKind::Amount || rank {
            owner::settle(&place, claim, &mut ground, (before, &out));
        } else {
            bond::settle(&place, claim, &mut ground);
        }
        if claim.kind == ClaimKind::Amount
            && (claim.relation == "custody" && claim.change || claim.relation == "intervention")
        {
            session::weeks(&place, &mut times, &mut ground);
            if claim.relation == "intervention" {
                joint::joint(&place, claim, &mut ground);
            }
        } else if claim.kind == ClaimKind::Rate || claim.relation == "custody" {
            session::settle(&place, &mut times, claim, &mut ground);
        }
        out.push(ground);
    }
    out
}

/// The tokens of a claim's number.
fn written(page: &Page<'_>, claim: &Claim, first: usize, last: usize) -> Option<(usize, usize)> {
    let value = claim.value?.number().abs();
    let mut found = Vec::new();
    number::quantities(page, first, last, &mut found);
    let same = |q: &&number::Found| {
        let own = q.quantity.number().abs();
        (own - value).abs() <= value.abs() * 1e-9
    };
    if let Some(best) = found.iter().find(same) {
        return Some((best.first, best.last));
    }
    // "4.33" behind its series, "1,130.8" in a table of billions: a number without a unit of its own.
    let bare = (first..=last).find(|t| {
        let number = page.tokens.get(*t).is_some_and(|t| t.kind == Kind::Number);
        let own = number.then(|| number::digits(page.word(*t))).flatten();
        own.is_some_and(|(own, _)| {
            SCALES
                .iter()
                .any(|scale| (own * scale - value).abs() <= value * 1e-9)
        })
    });
    bare.map(|t| (t, t))
        .or_else(|| found.last().map(|q| (q.first, q.last)))
}

/// What a column of a table may be in.
const SCALES: [f64; 4] = [1.0, 1e6, 1e9, 1e12];

/// Verbs of movement that the lexicon's cues do not list before "up to", "down to", "by".
const MOVED: [&str; 14] = [
    "edged",
    "inched",
    "crept",
    "went",
    "moved",
    "came",
    "drifted",
    "shot",
    "ticked",
    "nudged",
    "gone",
    "swelled",
    "contracted",
    "ballooned",
];

/// "Edged up to $1.08 trillion" is a level, "shrank by $38 billion" a change.
fn level(place: &Place<'_>, claim: &mut Claim, (first, _): (usize, usize)) {
    use crate::lexicon::Cue;
    let page = place.page;
    let Some(value) = claim.value else { return };
    // The words of approximation belong to the number: "up to".
    let digits = (first..first + 4).find(|t| {
        page.tokens
            .get(*t)
            .is_some_and(|t| t.kind == Kind::Number || t.symbol().is_some())
    });
    let before = |n: usize| {
        digits
            .and_then(|d| d.checked_sub(n))
            .map_or("", |t| page.low(t))
    };
    let moves = |t: usize| {
        MOVED.contains(&page.low(t))
            || page
                .hits_in(t, t)
                .iter()
                .any(|h| h.is(Cue::Increase) || h.is(Cue::Decrease))
    };
    let Some(digits) = digits else { return };
    let towards = before(1) == "to"
        && matches!(before(2), "up" | "down" | "back")
        && digits.checked_sub(3).is_some_and(moves);
    if towards && !matches!(value.unit(), Unit::BasisPoints) {
        claim.change = false;
        if let Some(plain) = &mut claim.value {
            plain.approximate = false;
            if plain.number() < 0.0 {
                *plain = plain.negated();
            }
        }
        return;
    }
    // "Fell below $770 billion" tells a bound of the level.
    let bound = matches!(before(1), "below" | "under" | "above" | "past" | "beyond")
        && (2..=4).filter_map(|n| digits.checked_sub(n)).any(moves);
    if bound && claim.kind == ClaimKind::Amount {
        claim.change = false;
        if value.number() < 0.0 {
            claim.value = Some(value.negated());
        }
        return;
    }
    let by = before(1) == "by"
        || before(2) == "by" && matches!(before(1), "about" | "some" | "roughly" | "nearly");
    let verb = (1..=4)
        .filter_map(|n| digits.checked_sub(n))
        .find(|t| moves(*t) && page.low(*t) != "up" && page.low(*t) != "down");
    if by
        && claim.kind == ClaimKind::Amount
        && !claim.change
        && let Some(verb) = verb
    {
        claim.change = true;
        let down = page.hits_in(verb, verb).iter().any(|h| h.is(Cue::Decrease))
            || low_is!(page, verb, "contracted");
        if down && value.number() > 0.0 {
            claim.value = Some(value.negated());
        }
    }
}
