//! Claim cards: what is shown of a claim, ready for a page or a terminal.
//!
//! Tellings of one group share a card: the one that drifted least is the card's claim, the others stand beside it with the
//! words marked that it lacks. A claim told once has a card of its own. Cards come with the gravest verdict first, then in the
//! order of the documents.

use std::collections::BTreeSet;

use brandish_evidence::{
    Claim, ClaimKind, Drift, Evidence, Group, Row, Span, Stretch, Verdict, VerdictKind, compared,
    spoken,
};

/// A telling of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// Name of the claim.
    pub id: String,
    /// Name of the document.
    pub document: String,
    /// Its day, as far as stated.
    pub date: String,
    /// The sentence before the claim.
    pub before: String,
    /// The claim's words, with those marked that the card's first telling lacks.
    pub words: Vec<Stretch>,
    /// The sentence after the claim.
    pub after: String,
    /// Who is given as saying it, for quotes.
    pub speaker: String,
    /// What was asked, for quotes.
    pub asked: String,
    /// The verdict.
    pub verdict: VerdictKind,
    /// How it differs from the other tellings or the record.
    pub drift: Vec<(Drift, String)>,
    /// Other places of the document that tell the same.
    pub also: Vec<Place>,
}

/// A further place of a document that tells a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// First code point and one past the last.
    pub span: Span,
    /// What stands before it on its line, as far as it is shown.
    pub before: String,
    /// Its words.
    pub text: String,
    /// What stands after it.
    pub after: String,
}

/// A label and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is: `record`, `now`, `arithmetic`, `open`.
    pub label: &'static str,
    /// The text.
    pub text: String,
}

/// A card.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Kind of the claim.
    pub kind: ClaimKind,
    /// What tellings of a group share; empty for a claim told once.
    pub topic: String,
    /// Verdict of the first telling.
    pub verdict: VerdictKind,
    /// Tellings; the first is the one the others are compared with.
    pub tellings: Vec<Telling>,
    /// Official value with its vintage, value now, arithmetic, what stays open.
    pub lines: Vec<Line>,
    /// Every row of the record that the verdict rests on.
    pub rows: Vec<Row>,
    /// Differences that are none.
    pub notes: Vec<String>,
}

/// Everything that is shown of a set of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Cards {
    /// Documents: name, day, title.
    pub documents: Vec<(String, String, String)>,
    /// What was damaged or left out on reading.
    pub notes: Vec<String>,
    /// Number of claims by verdict.
    pub counts: Vec<(VerdictKind, usize)>,
    /// Cards, gravest verdict first.
    pub cards: Vec<Card>,
    /// Days: date, note on time zones, what happened, claims that speak of it.
    pub timeline: Vec<(String, String, String, String)>,
}

impl Cards {
    /// The cards of the evidence.
    #[must_use]
    pub fn of(evidence: &Evidence) -> Cards {
        Self::of_later(evidence, 0)
    }

    /// The cards of what the documents from number `first` on say; earlier documents appear as tellings beside theirs.
    #[must_use]
    pub fn of_later(evidence: &Evidence, first: usize) -> Cards {
        let is_shown = |claim: &usize| {
            let found = evidence.claims.get(*claim);
            found.is_some_and(|claim| claim.document >= first)
        };
        let texts: Vec<Vec<char>> = evidence
            .documents
            .iter()
            .map(|d| d.text.chars().collect())
            .collect();
        let mut shown: BTreeSet<usize> = BTreeSet::new();
        let mut cards = Vec::new();
        for group in evidence
            .groups
            .iter()
            .filter(|group| group.claims.iter().any(is_shown))
        {
            let head = reference(evidence, group);
            let fresh: Vec<usize> = std::iter::once(head)
                .chain(group.claims.iter().copied().filter(|c| *c != head))
                .collect();
            if fresh.iter().all(|c| shown.contains(c)) && group.drift.is_empty() {
                continue;
            }
            shown.extend(&fresh);
            cards.extend(card(evidence, &texts, &fresh, Some(group)));
        }
        for claim in (0..evidence.claims.len()).filter(|c| !shown.contains(c) && is_shown(c)) {
            cards.extend(card(evidence, &texts, &[claim], None));
        }
        cards.sort_by_key(weight);
        Cards {
            documents: evidence
                .documents
                .iter()
                .skip(first)
                .map(|d| {
                    let date = d.published.map_or(String::new(), |p| p.to_string());
                    (d.file.clone(), date, d.title.clone().unwrap_or_default())
                })
                .collect(),
            notes: evidence
                .documents
                .iter()
                .skip(first)
                .flat_map(|d| d.notes.iter().map(move |n| format!("{}: {n}", d.file)))
                .collect(),
            counts: VerdictKind::ALL
                .iter()
                .map(|kind| {
                    let of = evidence.verdicts.iter().filter(|v| is_shown(&v.claim));
                    (*kind, of.filter(|v| v.verdict == *kind).count())
                })
                .filter(|(_, count)| *count > 0)
                .collect(),
            cards,
            timeline: evidence
                .timeline
                .iter()
                .filter(|t| first == 0 || t.claims.iter().any(is_shown))
                .map(|t| {
                    let ids: Vec<&str> = t
                        .claims
                        .iter()
                        .filter_map(|c| evidence.claims.get(*c))
                        .map(|c| c.id.as_str())
                        .collect();
                    (
                        t.date.to_string(),
                        t.zone_note.clone(),
                        t.event.clone(),
                        ids.join(" "),
                    )
                })
                .collect(),
        }
    }
}

/// Gravest first: wrong, then drifted, then open, then right, opinions last.
fn weight(card: &Card) -> (u8, usize) {
    let grave = |kind: VerdictKind| match kind {
        VerdictKind::Contradicted | VerdictKind::Misquoted => 0,
        VerdictKind::ScopeError | VerdictKind::Outdated | VerdictKind::DidNotComeTrue => 1,
        VerdictKind::Supported | VerdictKind::CameTrue => 3,
        VerdictKind::NotCheckable | VerdictKind::NotEnoughData | VerdictKind::Open => 4,
        VerdictKind::Opinion => 5,
    };
    let worst = card.tellings.iter().map(|t| grave(t.verdict)).min();
    let drifted = card.tellings.iter().any(|t| !t.drift.is_empty());
    let worst = worst.unwrap_or(5);
    (
        if drifted { worst.min(2) } else { worst },
        usize::MAX - card.tellings.len(),
    )
}

/// The telling that most of the group's drift is measured against, else the first without drift.
fn reference(evidence: &Evidence, group: &Group) -> usize {
    let against = |claim: usize| {
        let of = group.drift.iter().filter(|d| d.against == Some(claim));
        of.count()
    };
    let moved = |claim: usize| group.drift.iter().any(|d| d.claim == claim);
    let best = group
        .claims
        .iter()
        .copied()
        .filter(|c| *c < evidence.claims.len())
        .max_by_key(|c| (against(*c), !moved(*c), usize::MAX - c));
    best.unwrap_or(0)
}

fn card(
    evidence: &Evidence,
    texts: &[Vec<char>],
    claims: &[usize],
    group: Option<&Group>,
) -> Option<Card> {
    let first = *claims.first()?;
    let claim = evidence.claims.get(first)?;
    let verdict = evidence.verdicts.get(first)?;
    let tellings = claims
        .iter()
        .filter_map(|c| telling(evidence, texts, *c, (*c != first).then_some(claim), group))
        .collect();
    Some(Card {
        kind: claim.kind,
        topic: group.map_or(String::new(), |g| g.topic.clone()),
        verdict: verdict.verdict,
        tellings,
        lines: lines(verdict),
        rows: verdict.rows.clone(),
        notes: group.map_or(Vec::new(), |g| g.notes.clone()),
    })
}

fn telling(
    evidence: &Evidence,
    texts: &[Vec<char>],
    number: usize,
    against: Option<&Claim>,
    group: Option<&Group>,
) -> Option<Telling> {
    let claim = evidence.claims.get(number)?;
    let document = evidence.documents.get(claim.document)?;
    let text = texts.get(claim.document)?;
    let part = |from: usize, to: usize| -> String {
        let found = text.get(from..to.max(from)).unwrap_or(&[]);
        found
            .iter()
            .map(|c| if *c == '\n' { ' ' } else { *c })
            .collect()
    };
    let quote = claim.quote.and_then(|q| evidence.quotes.get(q));
    // Around a quote of one part stand its marks; one of several parts is shown without what lies between.
    let Span { start, end } = match quote {
        Some(q) if claim.kind == ClaimKind::Quote => Span {
            start: q.span.start,
            end: claim.span.end.saturating_sub(1).max(q.span.end),
        },
        _ => claim.span,
    };
    let speaker = quote
        .filter(|_| claim.kind == ClaimKind::Quote)
        .map(|q| match &q.speaker {
            Some(s) if s.certain => {
                let about = [s.role.as_deref(), s.organization.as_deref()];
                let about: Vec<&str> = about
                    .into_iter()
                    .flatten()
                    .filter(|a| *a != s.label())
                    .collect();
                if about.is_empty() {
                    s.label().to_owned()
                } else {
                    format!("{} ({})", s.label(), about.join(", "))
                }
            }
            Some(_) => format!("unclear: {}", q.notes.join("; ")),
            None => "unattributed".to_owned(),
        })
        .unwrap_or_default();
    Some(Telling {
        id: claim.id.to_string(),
        document: document.file.clone(),
        date: document.published.map_or(String::new(), |d| d.to_string()),
        before: part(claim.sentence.start.min(start), start),
        words: words(evidence, claim, against),
        after: part(end, claim.sentence.end.max(end)),
        speaker,
        asked: quote
            .and_then(|q| q.asked.as_ref())
            .map_or(String::new(), |a| a.text.to_string()),
        verdict: evidence.verdicts.get(number)?.verdict,
        drift: group.map_or(Vec::new(), |g| {
            let own = g.drift.iter().filter(|d| d.claim == number);
            own.map(|d| (d.drift, d.note.clone())).collect()
        }),
        also: claim.also.iter().map(|span| place(text, *span)).collect(),
    })
}

/// Code points around a further place that are shown, as far as its line reaches.
const AROUND: usize = 60;

/// A place with the words around it; words are not cut, and what is left out is dots.
fn place(text: &[char], span: Span) -> Place {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or(&[]);
    let before = part(span.start.saturating_sub(AROUND), span.start);
    let line = before.iter().rposition(|c| *c == '\n');
    let before = match line {
        Some(end) => before[end + 1..].iter().collect(),
        None if span.start <= AROUND => before.iter().collect(),
        None => match before.iter().position(|c| *c == ' ') {
            Some(cut) => format!("…{}", before[cut..].iter().collect::<String>()),
            None => "…".to_owned(),
        },
    };
    let end = text.len().min(span.end.saturating_add(AROUND));
    let after = part(span.end, end);
    let after = match after.iter().position(|c| *c == '\n') {
        Some(line) => after[..line].iter().collect(),
        None if end == text.len() => after.iter().collect(),
        None => match after.iter().rposition(|c| *c == ' ') {
            Some(cut) => format!("{}…", after[..=cut].iter().collect::<String>()),
            None => "…".to_owned(),
        },
    };
    Place {
        span,
        before,
        text: part(span.start, span.end).iter().collect(),
        after,
    }
}

/// The claim's words; for quotes only what stands between the marks. Words and numbers that another telling lacks are marked.
fn words(evidence: &Evidence, claim: &Claim, against: Option<&Claim>) -> Vec<Stretch> {
    let own = |c: &Claim| match c.kind {
        ClaimKind::Quote => spoken(&evidence.quotes, c),
        _ => c.text.to_string(),
    };
    let compares = matches!(
        claim.kind,
        ClaimKind::Quote | ClaimKind::Amount | ClaimKind::Rate
    );
    match against.filter(|_| compares) {
        Some(other) => compared(&own(claim), &own(other)),
        None => vec![Stretch {
            text: own(claim),
            changed: false,
        }],
    }
}

fn lines(verdict: &Verdict) -> Vec<Line> {
    let mut out = Vec::new();
    let shown = |row: &Row| {
        format!(
            "{} {}: {} ({})",
            row.series, row.key, row.value, row.vintage
        )
    };
    if let Some(row) = verdict.then() {
        out.push(Line {
            label: "record",
            text: shown(row),
        });
    }
    if let Some(row) = &verdict.now {
        out.push(Line {
            label: "now",
            text: shown(row),
        });
    }
    for (label, text) in [
        ("arithmetic", &verdict.arithmetic),
        ("open", &verdict.uncertainty),
    ] {
        if !text.is_empty() {
            out.push(Line {
                label,
                text: text.to_string(),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str) -> (String, String, String) {
        let text: Vec<char> = text.chars().collect();
        let words: Vec<char> = words.chars().collect();
        let start = text.windows(words.len()).position(|w| w == words).unwrap();
        let span = Span {
            start,
            end: start + words.len(),
        };
        let found = place(&text, span);
        (found.before, found.text, found.after)
    }

    #[test]
    fn a_further_place_is_shown_on_its_line_without_cut_words() {
        let own = |parts: [&str; 3]| {
            let [a, b, c] = parts.map(str::to_owned);
            (a, b, c)
        };
        assert_eq!(
            shown(
                "One.\nIt holds $1.13 trillion now.\nMore.",
                "$1.13 trillion"
            ),
            own(["It holds ", "$1.13 trillion", " now."])
        );
        assert_eq!(shown("$2", "$2"), own(["", "$2", ""]));
        let long = format!(
            "{}the pile $2 bn {}",
            "word ".repeat(30),
            "more ".repeat(30)
        );
        let (before, _, after) = shown(&long, "$2 bn");
        assert!(
            before.starts_with("… word") && before.ends_with("the pile "),
            "{before}"
        );
        assert!(
            after.starts_with(" more") && after.ends_with("more …"),
            "{after}"
        );
        assert!(before.chars().count() <= AROUND + 1 && after.chars().count() <= AROUND + 1);
        let (before, _, _) = shown(&format!("{}$2", "x".repeat(90)), "$2");
        assert_eq!(before, "…", "no words to cut at");
    }
}
