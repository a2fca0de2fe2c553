//! The same claim in several documents (or twice in one).
//!
//! Claims are sorted into bins by a key (the speaker of a quote, the family of a measure and its owner, the action and its
//! actor, the outcome of a forecast), and within a bin by likeness. Bins keep the work linear in the number of claims; within
//! a bin a claim is compared with at most [`crate::drift::MOST_MEMBERS`] group heads. A claim told once that the record
//! contradicts in status, order or reaction is a group of its own, so that its drift has a place.

use std::collections::BTreeMap;

use crate::drift::{MOST_MEMBERS, spoken};
use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Evidence, Group, VerdictKind};
use crate::wording::{common, likeness, words};

pub(crate) fn groups(evidence: &Evidence, lexicon: &Lexicon) -> Vec<Group> {
    let mut bins: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, claim) in evidence.claims.iter().enumerate() {
        for key in keys(evidence, claim, number, lexicon) {
            bins.entry(key).or_default().push(number);
        }
    }
    let mut out: Vec<Group> = Vec::new();
    for (key, members) in bins {
        for cluster in clusters(evidence, &members) {
            let alone = cluster.len() == 1;
            let claim = &evidence.claims[cluster[0]];
            let telling = matches!(
                claim.kind,
                ClaimKind::Status | ClaimKind::Event | ClaimKind::Quote
            ) && evidence.verdicts.get(cluster[0]).is_some_and(|v| {
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
    out.sort_by(|a, b| a.claims.cmp(&b.claims).then(a.topic.cmp(&b.topic)));
    out.dedup_by(|b, a| a.claims == b.claims);
    for (number, group) in out.iter_mut().enumerate() {
        group.id = format!("g{}", number + 1);
    }
    out
}

fn keys(evidence: &Evidence, claim: &Claim, number: usize, lexicon: &Lexicon) -> Vec<String> {
    match claim.kind {
        ClaimKind::Quote => {
            let quote = claim.quote.and_then(|q| evidence.quotes.get(q));
            let event = evidence
                .verdicts
                .get(number)
                .and_then(|v| v.rows.iter().find(|r| r.series == "events"))
                .map(|r| r.key.clone());
            let who = quote
                .and_then(|q| q.speaker.as_ref())
                .map_or_else(|| "nobody".to_owned(), |s| s.label().to_owned());
            match event {
                Some(event) if who == "nobody" => vec![format!("quote of {event}")],
                _ => vec![format!("quote of {who}")],
            }
        }
        ClaimKind::Amount | ClaimKind::Rate => {
            let plain = claim.relation.rsplit(':').next().unwrap_or("");
            let family = lexicon
                .measure(plain)
                .map_or("amount", |m| m.family.as_str());
            if family == "amount" {
                return Vec::new();
            }
            let form = if claim.change { "change of " } else { "" };
            vec![format!("{form}{family} of {}", owner(claim, lexicon))]
        }
        ClaimKind::Forecast => vec![format!("forecast {}", claim.relation)],
        ClaimKind::Status => vec![format!(
            "status of {} ({})",
            claim.subject,
            if claim.relation.starts_with("rank") {
                "rank"
            } else {
                "office"
            }
        )],
        ClaimKind::Event | ClaimKind::Rumour => {
            let event = evidence
                .verdicts
                .get(number)
                .and_then(|v| v.rows.iter().find(|r| r.series == "events"))
                .map(|r| r.key.clone());
            match event {
                Some(event) => vec![format!("event {event}")],
                None => vec![format!("{} {}", owner(claim, lexicon), claim.relation)],
            }
        }
        ClaimKind::Opinion => vec![format!("opinion on {}", owner(claim, lexicon))],
        ClaimKind::Causal => vec!["cause".to_owned()],
        ClaimKind::Date => Vec::new(),
    }
}

/// The country of a person or the subject itself.
pub(crate) fn owner(claim: &Claim, lexicon: &Lexicon) -> String {
    lexicon
        .country(&claim.subject)
        .unwrap_or(&claim.subject)
        .to_owned()
}

/// Members that tell the same; greedy, in order.
fn clusters(evidence: &Evidence, members: &[usize]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut heads: Vec<Vec<String>> = Vec::new();
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
                        let (a, b) = (likeness(&own, head), likeness(head, &own));
                        let shorter = if own.len() <= head.len() { a } else { b };
                        // One speaker asked about one thing in two documents: the tellings belong together even when rewritten.
                        let distinct = first.document != claim.document;
                        shorter >= 0.5
                            || distinct
                                && (common(&own, head).len() >= 4 && shorter >= 0.25
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
fn content(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|w| w.chars().count() > 3)
        .collect()
}

fn about(a: &[String], b: &[String]) -> usize {
    let long: Vec<&String> = b.iter().filter(|w| w.chars().count() > 4).collect();
    let mut shared: Vec<&String> = a
        .iter()
        .filter(|w| w.chars().count() > 4 && long.contains(w))
        .collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len()
}
