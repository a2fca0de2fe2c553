//! Tellings of one claim that its topic alone does not bring together.
//!
//! A quote in another mouth, a number under another holder, a number whose size slipped by a thousand, a speech in other words:
//! the same claim told otherwise. Candidates share a rare trait (words of a quote, digits of a number, a person) and are of
//! documents at most a month apart; at most [`crate::drift::MOST_MEMBERS`] earlier ones of a trait are compared, so that the
//! work stays linear in the claims.

use std::collections::BTreeMap;

use crate::drift::{MOST_MEMBERS, spoken};
use crate::ground::aggregate_key;
use crate::group::owner;
use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Evidence, Unit};
use crate::wording::{Word, common, words};

/// Days between documents that may retell one thing.
pub(crate) const APART: i32 = 31;
/// Words that two quotes of different speakers share at least.
const QUOTE_WORDS: usize = 5;
/// Letters of a word that alone ties a one-word quote to a longer one.
const RARE_LETTERS: u32 = 9;
/// Letters of words that carry what a speech was about.
const TOPIC_LETTERS: u32 = 7;

/// A cluster and its topic.
type Cluster = (String, Vec<usize>);

/// Clusters with those joined that tell one claim.
pub(crate) fn joined(
    evidence: &Evidence,
    lexicon: &Lexicon,
    clusters: Vec<Cluster>,
) -> Vec<Cluster> {
    let mut parent: Vec<usize> = (0..clusters.len()).collect();
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, (_, members)) in clusters.iter().enumerate() {
        for member in members {
            of.insert(*member, number);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    quotes(evidence, &of, &mut pairs);
    numbers(evidence, lexicon, &of, &mut pairs);
    speeches(evidence, lexicon, &of, &mut pairs);
    for (a, b) in pairs {
        if let (Some(a), Some(b)) = (of.get(&a), of.get(&b)) {
            let (a, b) = (root(&parent, *a), root(&parent, *b));
            if let Some(slot) = parent.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
    let mut out: BTreeMap<usize, Cluster> = BTreeMap::new();
    for (number, (key, members)) in clusters.into_iter().enumerate() {
        match out.get_mut(&root(&parent, number)) {
            Some((_, all)) => all.extend(members),
            None => {
                out.insert(root(&parent, number), (key, members));
            }
        }
    }
    out.into_values()
        .map(|(key, mut members)| {
            members.sort_unstable();
            (key, members)
        })
        .collect()
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while let Some(up) = parent.get(at).copied().filter(|up| *up != at) {
        at = up;
    }
    at
}

/// Whether two claims are of different documents that are near each other in time.
fn apart(evidence: &Evidence, a: usize, b: usize) -> bool {
    let day = |n: usize| evidence.verdicts.get(n).and_then(|v| v.as_of);
    let documents =
        evidence.claims.get(a).map(|c| c.document) != evidence.claims.get(b).map(|c| c.document);
    let near = match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= APART,
        _ => false,
    };
    documents && near
}

/// Quotes that share most of their words, whoever speaks.
fn quotes(evidence: &Evidence, of: &BTreeMap<usize, usize>, pairs: &mut Vec<(usize, usize)>) {
    let all: Vec<(usize, Vec<Word>)> = evidence
        .claims
        .iter()
        .enumerate()
        .filter(|(n, c)| c.kind == ClaimKind::Quote && of.contains_key(n))
        .map(|(n, c)| (n, words(&spoken(&evidence.quotes, c))))
        .collect();
    let mut holding: BTreeMap<Word, Vec<usize>> = BTreeMap::new();
    for (place, (number, own)) in all.iter().enumerate() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut long: Vec<Word> = own.iter().copied().filter(|w| w.letters > 3).collect();
        long.sort_unstable();
        long.dedup();
        for word in &long {
            let before = holding.entry(*word).or_default();
            for earlier in before.iter() {
                *counts.entry(*earlier).or_default() += 1;
            }
            if before.len() < MOST_MEMBERS {
                before.push(place);
            }
        }
        for (earlier, shared) in counts {
            let Some((other, theirs)) = all.get(earlier) else {
                continue;
            };
            if !apart(evidence, *number, *other) {
                continue;
            }
            let one = own.len().min(theirs.len()) == 1 && shared == 1;
            let rare = one
                && long
                    .iter()
                    .any(|w| w.letters >= RARE_LETTERS && theirs.contains(w))
                && own.len().max(theirs.len()) <= 12;
            if rare || shared >= 3 && alike(own, theirs) {
                pairs.push((*number, *other));
            }
        }
    }
}

/// Most words in order, or nearly all in any order.
fn alike(a: &[Word], b: &[Word]) -> bool {
    let least = a.len().min(b.len());
    if least < QUOTE_WORDS + 1 {
        return false;
    }
    let order = common(a, b).len();
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let bag = short.iter().filter(|w| long.contains(w)).count();
    order >= QUOTE_WORDS && order * 10 >= least * 6 || bag * 10 >= least * 8
}

/// The digits that a claim writes, without those of its time.
fn digits(claim: &Claim) -> String {
    let text = match &claim.when {
        Some(when) => claim.text.replace(when.text.as_str(), " "),
        None => claim.text.to_string(),
    };
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The same digits of another size: "$100 million" and "$100 billion", six and 60 basis points.
pub(crate) fn slipped(a: &Claim, b: &Claim) -> bool {
    let (Some(x), Some(y)) = (a.value, b.value) else {
        return false;
    };
    if x.unit() != y.unit() || x.number() == 0.0 || y.number() == 0.0 {
        return false;
    }
    let power = (x.number() / y.number()).abs().log10();
    let whole = (power - power.round()).abs() < 1e-9;
    match x.unit() {
        Unit::BasisPoints => whole && (power.abs() - 1.0).abs() < 1e-9 && a.change && b.change,
        Unit::Usd => {
            let thousand = whole && (power.abs() - 3.0).abs() < 1e-9;
            // One digit alone is no trait.
            thousand && digits(a).len() >= 2 && digits(a) == digits(b)
        }
        _ => false,
    }
}

/// Whether a number stands under different holders of which one is a group of holders.
pub(crate) fn other_owner(a: &Claim, b: &Claim) -> bool {
    let group = |c: &Claim| aggregate_key(&c.subject).is_some();
    a.subject != b.subject && (group(a) || group(b)) && a.relation == b.relation
}

/// Numbers with the same digits: under another holder, or of another size.
fn numbers(
    evidence: &Evidence,
    lexicon: &Lexicon,
    of: &BTreeMap<usize, usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut by_digits: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (number, claim) in evidence.claims.iter().enumerate() {
        let Some(value) = claim
            .value
            .filter(|v| v.number() != 0.0 && of.contains_key(&number))
        else {
            continue;
        };
        let plain = claim.relation.rsplit(':').next().unwrap_or("");
        let Some(family) = lexicon.measure(plain).map(|m| m.family.as_str()) else {
            continue;
        };
        let power = value.number().abs().log10().floor();
        let mantissa = value.number().abs() / 10_f64.powf(power);
        let before = by_digits
            .entry((family, format!("{mantissa:.4} {}", value.unit().word())))
            .or_default();
        for earlier in before.iter() {
            let Some(other) = evidence.claims.get(*earlier) else {
                continue;
            };
            if !apart(evidence, number, *earlier) {
                continue;
            }
            let same_owner = owner(claim, lexicon) == owner(other, lexicon) || family == "yields";
            let precise = value.half_digit() <= value.number().abs() * 0.006;
            let equal = other.value.is_some_and(|v| {
                (v.number() - value.number()).abs() <= value.number().abs() * 1e-9
            });
            if same_owner && slipped(claim, other) || equal && precise && other_owner(claim, other)
            {
                pairs.push((number, *earlier));
            }
        }
        if before.len() < MOST_MEMBERS {
            before.push(number);
        }
    }
}

/// What one person is told to have said or done, in words that share what it was about.
fn speeches(
    evidence: &Evidence,
    lexicon: &Lexicon,
    of: &BTreeMap<usize, usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut by_person: BTreeMap<&str, Vec<(usize, Vec<Word>)>> = BTreeMap::new();
    for (number, claim) in evidence.claims.iter().enumerate() {
        if claim.kind != ClaimKind::Event
            || !of.contains_key(&number)
            || lexicon.person(&claim.subject).is_none()
        {
            continue;
        }
        let names = words(&claim.subject);
        let mut topic: Vec<Word> = words(&claim.text)
            .into_iter()
            .filter(|w| w.letters >= TOPIC_LETTERS && !names.contains(w))
            .collect();
        topic.sort_unstable();
        topic.dedup();
        let before = by_person.entry(claim.subject.as_str()).or_default();
        for (earlier, theirs) in before.iter() {
            let shared = topic.iter().filter(|w| theirs.contains(w)).count();
            if shared >= 2
                && shared * 4 >= topic.len().min(theirs.len())
                && apart(evidence, number, *earlier)
            {
                pairs.push((number, *earlier));
            }
        }
        if before.len() < MOST_MEMBERS {
            before.push((number, topic));
        }
    }
}
