//! The same claim in several documents (or twice in one).
//!
//! Claims are sorted into bins by a key (the speaker of a quote, the family of a measure and its owner, the action and its
//! actor, the outcome of a forecast), and within a bin by likeness. Bins keep the work linear in the number of claims; within
//! a bin a claim is compared with at most [`crate::drift::MOST_MEMBERS`] group heads. A claim told once that the record
//! contradicts in status, order or reaction is a group of its own, so that its drift has a place. Tellings in different bins (another
//! mouth, another owner, a slipped digit) are joined by [`crate::retold`].

use std::collections::BTreeMap;

use brandish_data::Month;

use crate::crossed;
use crate::drift::{MOST_MEMBERS, spoken};
use crate::lexicon::Lexicon;
use crate::model::{Claim, ClaimKind, Evidence, Group, Polarity, VerdictKind};
use crate::retold;
use crate::verdict::AT_ONCE;
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
    let mut found: Vec<(String, Vec<usize>)> = Vec::new();
    for (key, members) in bins {
        for cluster in clusters(evidence, &members) {
            found.push((key.clone(), cluster));
        }
    }
    for (key, cluster) in retold::joined(evidence, lexicon, found) {
        {
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
            }) || claim.kind == ClaimKind::Rate
                && evidence
                    .verdicts
                    .get(cluster[0])
                    .is_some_and(|v| v.arithmetic.contains(AT_ONCE));
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
            // What was sold at one auction: its size, its yield, its bids.
            let auction = evidence
                .verdicts
                .get(number)
                .and_then(|v| v.rows.first())
                .filter(|r| r.series == "auctions");
            if let Some(row) = auction {
                let unit = claim.value.map_or("", |v| v.unit().word());
                write(&["auction ", &row.key, " ", unit]);
                return Some(());
            }
            let family = lexicon
                .measure(plain)
                .map_or("amount", |m| m.family.as_str());
            if family == "amount" {
                return None;
            }
            let form = if claim.change { "change of " } else { "" };
            write(&[form, family, " of ", priced(claim, plain, lexicon)]);
        }
        ClaimKind::Forecast if claim.relation.starts_with("outcome") => {
            write(&["forecast ", &claim.relation]);
        }
        ClaimKind::Forecast => {
            write(&["forecast ", &claim.relation, " of ", owner(claim, lexicon)]);
        }
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
    let text = claim.text.as_str();
    // Names begin with few of the letters, and a claim has fewer.
    let bit = |letter: &u8| 1_u64 << (letter & 63);
    let letters = text.as_bytes().iter().fold(0, |all, b| all | bit(b));
    let begins = |name: &str| {
        name.as_bytes()
            .first()
            .is_none_or(|b| letters & bit(b) != 0)
    };
    let named = lexicon
        .places
        .iter()
        .filter(|p| begins(&p.name))
        .filter_map(|p| Some((crate::short::find(text, &p.name)?, p.name.as_str())))
        .min();
    named.map_or(own, |n| n.1)
}

/// The country of a person or the subject itself.
pub(crate) fn owner<'a>(claim: &'a Claim, lexicon: &'a Lexicon) -> &'a str {
    lexicon.country(&claim.subject).unwrap_or(&claim.subject)
}

/// Whose a number is: a yield is of a country's bonds, whoever else the sentence names.
fn priced<'a>(claim: &'a Claim, plain: &str, lexicon: &'a Lexicon) -> &'a str {
    if plain.starts_with("yield") {
        "United States"
    } else if plain.starts_with("jgb_") {
        "Japan"
    } else {
        owner(claim, lexicon)
    }
}

/// The month that a stock is of: the one it names, else the one of the row it was compared with.
pub(crate) fn period(evidence: &Evidence, number: usize) -> Option<(Month, bool)> {
    let claim = evidence.claims.get(number)?;
    if claim.kind != ClaimKind::Amount || claim.change {
        return None;
    }
    if let Some((from, to)) = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?))) {
        let month = Month::of(from);
        let whole = from.day() == 1 || from == to && to == month.end();
        return (month == Month::of(to) && to == month.end() && whole).then_some((month, true));
    }
    let row = evidence.verdicts.get(number)?.rows.first()?;
    if row.series != "tic_holdings" {
        return None;
    }
    let month: Month = row.key.rsplit(' ').next()?.parse().ok()?;
    Some((month, false))
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
        let fits = heads
            .iter()
            .take(MOST_MEMBERS)
            .zip(&out)
            .map(|(head, cluster)| {
                let first = &evidence.claims[cluster[0]];
                match claim.kind {
                    ClaimKind::Quote => {
                        let shared = shared(&own, head);
                        let least = own.len().min(head.len()).max(1);
                        let shorter = shared as f64 / least as f64;
                        // One speaker asked about one thing in two documents: the tellings belong together even when rewritten.
                        let distinct = first.document != claim.document;
                        shorter >= HALF
                            || distinct
                                && (shared >= 4 && shorter >= REWRITTEN
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
                    ClaimKind::Amount if same_period(evidence, member, cluster[0]).is_some() => {
                        same_period(evidence, member, cluster[0]) == Some(true)
                    }
                    ClaimKind::Amount | ClaimKind::Rate
                        if !same_time(evidence, member, cluster[0]) =>
                    {
                        false
                    }
                    ClaimKind::Amount | ClaimKind::Rate => match (claim.value, first.value) {
                        (Some(a), Some(b)) => {
                            a.unit() == b.unit()
                                && (a.number() / b.number()).abs() < ONE_SIZE
                                && (b.number() / a.number()).abs() < ONE_SIZE
                                || claim.relation == first.relation
                                    && a.unit() == b.unit()
                                    && claim.when.as_ref().map(|w| &w.text)
                                        == first.when.as_ref().map(|w| &w.text)
                                    && first.document != claim.document
                        }
                        (None, None) => claim.relation == first.relation,
                        _ => false,
                    },
                    // A rank or a forecast told again years later is another one.
                    ClaimKind::Status => told_within(evidence, member, cluster[0], SEASON),
                    ClaimKind::Forecast => told_within(evidence, member, cluster[0], SEASON),
                    ClaimKind::Event | ClaimKind::Rumour
                        if recorded_row(evidence, member).is_none() =>
                    {
                        told_within(evidence, member, cluster[0], 31)
                            && (!talk(claim)
                                || claim.document == first.document
                                || about(&content(&claim.text), &content(&first.text)) >= 3)
                    }
                    _ => true,
                }
            });
        let fits: Vec<bool> = fits.collect();
        // Of several quotes of a speaker the one with most of the words.
        let place = (0..fits.len()).filter(|n| fits[*n]).max_by_key(|n| {
            let words = if claim.kind == ClaimKind::Quote {
                shared(&own, &heads[*n])
            } else {
                0
            };
            (words, usize::MAX - n)
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

/// Whether two stocks of one measure are of one month; `None` where their months do not decide.
fn same_period(evidence: &Evidence, a: usize, b: usize) -> Option<bool> {
    let (one, other) = (evidence.claims.get(a)?, evidence.claims.get(b)?);
    let ((month, named), (theirs, stated)) = (period(evidence, a)?, period(evidence, b)?);
    let outdated = |n: usize| {
        evidence
            .verdicts
            .get(n)
            .is_some_and(|v| v.verdict == VerdictKind::Outdated)
    };
    // Told in one breath with the newest, an older number is of another month.
    if one.document == other.document && (outdated(a) || outdated(b)) {
        return Some(false);
    }
    let same = one.relation == other.relation
        && one.value.map(|v| v.unit()) == other.value.map(|v| v.unit());
    match (same, month == theirs) {
        // Two retellings; in one document a second number of a month is a correction or another scope.
        (true, true) if one.document != other.document => Some(true),
        (_, false) if named && stated => Some(false),
        _ => None,
    }
}

/// Days within which a rank or a forecast is the same one told again.
const SEASON: i32 = 92;
/// Numbers of one measure within this ratio are tellings of one number (1.13 and 1.27 trillion): a judgment.
const ONE_SIZE: f64 = 1.5;
/// Share of the shorter quote's words from which two are one: a judgment.
const HALF: f64 = 0.5;
/// The same in two documents and with at least four words shared, where one may be rewritten: a judgment.
const REWRITTEN: f64 = 0.25;

/// Whether the documents of two claims are at most so many days apart; a document without a day meets only itself.
fn told_within(evidence: &Evidence, a: usize, b: usize, days: i32) -> bool {
    let day = |n: usize| evidence.verdicts.get(n).and_then(|v| v.as_of);
    match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= days,
        _ => true,
    }
}

fn recorded_row(evidence: &Evidence, number: usize) -> Option<&str> {
    let verdict = evidence.verdicts.get(number)?;
    let row = verdict.rows.iter().find(|r| r.series == "events")?;
    Some(row.key.as_str())
}

/// A claim that somebody said something, and no more.
fn talk(claim: &Claim) -> bool {
    claim
        .relation
        .split('+')
        .all(|r| matches!(r, "say" | "ask" | "claim" | "warn" | "decline" | "clarify"))
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
    // Changes of two months are two changes.
    let period = |n: usize| {
        evidence
            .claims
            .get(n)?
            .when
            .as_ref()
            .and_then(|w| Some((w.from?, w.to?)))
    };
    if let (Some((from, to)), Some((first, last))) = (period(a), period(b))
        && evidence
            .claims
            .get(a)
            .is_some_and(|c| c.change && c.kind == ClaimKind::Amount)
        && (from > last || first > to)
    {
        return false;
    }
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
