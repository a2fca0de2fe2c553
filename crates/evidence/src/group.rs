//! The same claim in several documents (or twice in one).
//!
//! Claims are sorted into bins by a key (the speaker of a quote, the family of a measure and its owner, the action and its
//! actor, the outcome of a forecast), and within a bin by likeness. Bins keep the work linear in the number of claims; within
//! a bin a claim is compared with at most [`crate::drift::MOST_MEMBERS`] group heads. A claim told once that the record
//! contradicts in status, order or reaction is a group of its own, so that its drift has a place.

use std::collections::BTreeMap;

use crate::crossed;
use crate::drift::{MOST_MEMBERS, spoken};
use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Evidence, Group, Polarity, VerdictKind};
use crate::wording::{Word, common, words};

pub(crate) fn groups(evidence: &Evidence, lexicon: &Lexicon) -> Vec<Group> {
    let mut bins: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut key = String::new();
    for (number, claim) in evidence.claims.iter().enumerate() {
        key.clear();
        if topic(evidence, claim, number, lexicon, &mut key).is_none() {
            continue;
        }
        match bins.get_mut(&key) {
            Some(bin) => bin.push(number),
            None => {
                bins.insert(key.clone(), vec![number]);
            }
        }
    }
    let mut out: Vec<Group> = Vec::new();
    for (key, members) in bins {
        for cluster in clusters(evidence, &members) {
            let alone = cluster.len() == 1;
            let claim = &evidence.claims[cluster[0]];
            let telling = (matches!(
                claim.kind,
                ClaimKind::Status | ClaimKind::Event | ClaimKind::Quote
            ) || claim.kind == ClaimKind::Rate && claim.change)
                && evidence.verdicts.get(cluster[0]).is_some_and(|v| {
                    matches!(
                        v.verdict,
                        VerdictKind::Contradicted | VerdictKind::Misquoted
                    )
                });
            if alone && !telling {
                continue;
            }
            out.push(Group {
                id: String::new(),
                topic: key.clone(),
                claims: cluster,
                drift: Vec::new(),
                notes: Vec::new(),
            });
        }
    }
    crossed::join(evidence, &mut out);
    out.sort_by(|a, b| a.claims.cmp(&b.claims).then(a.topic.cmp(&b.topic)));
    out.dedup_by(|b, a| a.claims == b.claims);
    for (number, group) in out.iter_mut().enumerate() {
        group.id = format!("g{}", number + 1);
    }
    out
}

/// Writes what a claim is about into `out`: tellings of one claim have one topic, and some claims have none.
pub(crate) fn topic(
    evidence: &Evidence,
    claim: &Claim,
    number: usize,
    lexicon: &Lexicon,
    out: &mut String,
) -> Option<()> {
    let event = || {
        let verdict = evidence.verdicts.get(number)?;
        let row = verdict.rows.iter().find(|r| r.series == "events")?;
        Some(row.key.as_str())
    };
    let mut write = |parts: &[&str]| parts.iter().for_each(|part| out.push_str(part));
    match claim.kind {
        ClaimKind::Quote => {
            let quote = claim.quote.and_then(|q| evidence.quotes.get(q));
            let who = quote
                .and_then(|q| q.speaker.as_ref())
                .map_or("nobody", |s| s.label());
            match event() {
                Some(event) if who == "nobody" => write(&["quote of ", event]),
                _ => write(&["quote of ", who]),
            }
        }
        ClaimKind::Amount | ClaimKind::Rate => {
            let plain = claim.relation.rsplit(':').next().unwrap_or("");
            let family = lexicon
                .measure(plain)
                .map_or("amount", |m| m.family.as_str());
            if family == "amount" {
                return None;
            }
            let form = if claim.change { "change of " } else { "" };
            write(&[form, family, " of ", owner(claim, lexicon)]);
        }
        ClaimKind::Forecast => write(&["forecast ", &claim.relation]),
        ClaimKind::Status => {
            let sort = if claim.relation.starts_with("rank") {
                " (rank)"
            } else {
                " (office)"
            };
            write(&["status of ", &claim.subject, sort]);
        }
        ClaimKind::Event | ClaimKind::Rumour => match event() {
            Some(event) => write(&["event ", event]),
            // Threatened in one telling, ruled out in another: one stance on the holdings.
            None if claim.polarity != Polarity::Neutral && on_holdings(&claim.text) => {
                write(&["stance of ", whose(claim, lexicon)]);
            }
            None => write(&[owner(claim, lexicon), " ", &claim.relation]),
        },
        ClaimKind::Opinion => write(&["opinion on ", owner(claim, lexicon)]),
        ClaimKind::Causal => write(&["cause"]),
        ClaimKind::Date => return None,
    }
    Some(())
}

/// Whether words speak of bonds that are held.
fn on_holdings(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["treasur", "bond", "holdings", "debt", "reserves"]
        .iter()
        .any(|w| lower.contains(w))
}

/// The country whose stance it is: the one that the words name first, else the subject's.
fn whose<'a>(claim: &'a Claim, lexicon: &'a Lexicon) -> &'a str {
    let own = owner(claim, lexicon);
    if lexicon.place(own).is_some() {
        return own;
    }
    let named = lexicon
        .places
        .iter()
        .filter_map(|p| Some((claim.text.find(p.name.as_str())?, p.name.as_str())))
        .min();
    named.map_or(own, |n| n.1)
}

/// The country of a person or the subject itself.
pub(crate) fn owner<'a>(claim: &'a Claim, lexicon: &'a Lexicon) -> &'a str {
    lexicon.country(&claim.subject).unwrap_or(&claim.subject)
}

/// Members that tell the same; greedy, in order.
fn clusters(evidence: &Evidence, members: &[usize]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut heads: Vec<Vec<Word>> = Vec::new();
    for member in members.iter().copied() {
        let claim = &evidence.claims[member];
        let own = match claim.kind {
            ClaimKind::Quote => words(&spoken(&evidence.quotes, claim)),
            ClaimKind::Opinion | ClaimKind::Causal => content(&claim.text),
            _ => Vec::new(),
        };
        let place = heads
            .iter()
            .take(MOST_MEMBERS)
            .zip(&out)
            .position(|(head, cluster)| {
                let first = &evidence.claims[cluster[0]];
                match claim.kind {
                    ClaimKind::Quote => {
                        let shared = shared(&own, head);
                        let least = own.len().min(head.len()).max(1);
                        let shorter = shared as f64 / least as f64;
                        // One speaker asked about one thing in two documents: the tellings belong together even when rewritten.
                        let distinct = first.document != claim.document;
                        shorter >= 0.5
                            || distinct
                                && (shared >= 4 && shorter >= 0.25
                                    || claim.subject == first.subject
                                        && own.len() >= 6
                                        && head.len() >= 6
                                        && (about(&own, head) >= 2
                                            || sole(evidence, members, claim)
                                                && sole(evidence, members, first)
                                                && claim.subject != "unattributed"))
                    }
                    ClaimKind::Opinion | ClaimKind::Causal => {
                        let shared = own.iter().filter(|w| head.contains(w)).count();
                        shared >= 3 && shared * 2 >= own.len().min(head.len())
                    }
                    ClaimKind::Amount | ClaimKind::Rate
                        if !same_time(evidence, member, cluster[0]) =>
                    {
                        false
                    }
                    ClaimKind::Amount | ClaimKind::Rate => match (claim.value, first.value) {
                        (Some(a), Some(b)) => {
                            a.unit() == b.unit()
                                && (a.number() / b.number()).abs() < 1.5
                                && (b.number() / a.number()).abs() < 1.5
                                || claim.relation == first.relation
                                    && a.unit() == b.unit()
                                    && claim.when.as_ref().map(|w| &w.text)
                                        == first.when.as_ref().map(|w| &w.text)
                                    && first.document != claim.document
                        }
                        (None, None) => claim.relation == first.relation,
                        _ => false,
                    },
                    _ => true,
                }
            });
        match place {
            Some(place) => out[place].push(member),
            None => {
                out.push(vec![member]);
                heads.push(own);
            }
        }
    }
    out
}

/// Days between two times of a stock that can be one month's end.
const SAME_MONTH: i32 = 20;

/// Whether two numbers speak of one time: stocks of documents a month apart, levels and changes of one day.
fn same_time(evidence: &Evidence, a: usize, b: usize) -> bool {
    let day = |number: usize| {
        let claim = evidence.claims.get(number)?;
        let own = claim.when.as_ref().and_then(|w| w.to);
        let told = evidence.verdicts.get(number).and_then(|v| v.as_of);
        match claim.kind {
            ClaimKind::Rate => own.or(told),
            _ => told.or(own),
        }
    };
    let room = match evidence.claims.get(a).map(|c| (c.kind, c.change)) {
        Some((ClaimKind::Rate, _) | (_, true)) => 1,
        _ => 31,
    };
    // Where both name their time it counts, whenever they were written.
    let named = |number: usize| {
        let when = evidence.claims.get(number)?.when.as_ref()?;
        when.from.and(when.to)
    };
    if let (Some(a), Some(b)) = (named(a), named(b))
        && room > 1
    {
        return (a - b).abs() <= SAME_MONTH;
    }
    match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= room,
        // Nothing dates one of them: only tellings of one document surely speak of one time.
        _ => evidence.claims[a].document == evidence.claims[b].document,
    }
}

/// Words in common order, 0 where too few are shared in any order to matter.
fn shared(own: &[Word], head: &[Word]) -> usize {
    let bag = own.iter().filter(|w| head.contains(w)).count();
    if bag >= 4 || bag * 2 >= own.len().min(head.len()) {
        common(own, head).len()
    } else {
        0
    }
}

/// The only quote of its speaker in its document.
fn sole(evidence: &Evidence, members: &[usize], claim: &Claim) -> bool {
    members
        .iter()
        .take(MOST_MEMBERS)
        .filter(|m| evidence.claims[**m].document == claim.document)
        .count()
        == 1
}

/// Words of four letters and more, the ones that carry a topic.
fn content(text: &str) -> Vec<Word> {
    words(text).into_iter().filter(|w| w.letters > 3).collect()
}

fn about(a: &[Word], b: &[Word]) -> usize {
    let long: Vec<&Word> = b.iter().filter(|w| w.letters > 4).collect();
    let mut shared: Vec<&Word> = a
        .iter()
        .filter(|w| w.letters > 4 && long.contains(w))
        .collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len()
}
