//! Precision and recall against a key, by kind of claim, for quotes and their speakers, verdicts, groups and drift.
//!
//! A key is CSV with a header. `document`, `kind` and `span` (or `char_start` and `char_end`) are required; `verdict`,
//! `speaker` and `group` are compared where given. A row of kind `drift` names the drift in `verdict` and the moved words in
//! `span`. A claim matches a row of its document if they share at least half of the shorter one's code points and the kinds
//! agree; each claim and each row is used once. Everything unmatched is listed: a row as missed, a claim as extra.

use std::collections::BTreeMap;

use crate::EvidenceError;
use crate::model::{Claim, ClaimKind, Evidence, QuoteKind, Span, VerdictKind};

/// A row of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// File name of the document.
    pub document: String,
    /// Kind, in the words of the claims file or of the reference list (`number`, `interpretation`, ...).
    pub kind: String,
    /// The words.
    pub span: String,
    /// Their place, where given.
    pub place: Option<Span>,
    /// Verdict or drift.
    pub verdict: String,
    /// Who says it, for quotes.
    pub speaker: String,
    /// Rows with one name belong to one group.
    pub group: String,
}

/// Counts of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Rows of the key.
    pub expected: usize,
    /// Claims found.
    pub found: usize,
    /// Rows met by a claim.
    pub matched: usize,
    /// Rows not met.
    pub missed: Vec<String>,
    /// Claims found that the key lists elsewhere: another telling of a listed claim in its group, or a part of a listed span.
    pub retold: usize,
    /// The same one by one, with how.
    pub tellings: Vec<String>,
    /// Claims that meet no row and are told by none.
    pub extra: Vec<String>,
}

impl Score {
    /// Share of the claims found that meet a row; 1 if none was found.
    pub fn precision(&self) -> Share {
        Share {
            part: self.matched,
            whole: self.found,
        }
    }

    /// The same with retellings counted as met; for keys that list a claim once however often it is told.
    pub fn precision_with_retellings(&self) -> Share {
        Share {
            part: self.matched + self.retold,
            whole: self.found,
        }
    }

    /// Share of the rows that a claim meets; 1 if none was expected.
    pub fn recall(&self) -> Share {
        Share {
            part: self.matched,
            whole: self.expected,
        }
    }
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: usize,
    /// The whole.
    pub whole: usize,
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.whole == 0 {
            return write!(f, "-");
        }
        write!(f, "{:.2}", self.part as f64 / self.whole as f64)
    }
}

/// Reads a key.
pub fn key(file: &str, text: &str) -> Result<Vec<KeyRow>, EvidenceError> {
    let mut rows = fields(text).into_iter();
    let wrong = |line: usize, reason: String| EvidenceError::Key {
        file: file.to_owned(),
        line,
        reason,
    };
    let header = rows
        .next()
        .ok_or_else(|| wrong(1, "the key is empty".to_owned()))?;
    let column = |name: &str| header.iter().position(|h| h == name);
    let need =
        |name: &str| column(name).ok_or_else(|| wrong(1, format!("column `{name}` is missing")));
    let (document, kind, span) = (need("document")?, need("kind")?, need("span")?);
    let (verdict, speaker, group, start, end) = (
        column("verdict"),
        column("speaker"),
        column("group"),
        column("char_start"),
        column("char_end"),
    );
    let mut out = Vec::new();
    for (number, row) in rows.enumerate() {
        if row.len() != header.len() {
            return Err(wrong(
                number + 2,
                format!("{} fields, the header has {}", row.len(), header.len()),
            ));
        }
        let get = |c: Option<usize>| c.and_then(|c| row.get(c)).cloned().unwrap_or_default();
        let place = get(start)
            .parse()
            .ok()
            .zip(get(end).parse().ok())
            .map(|(start, end)| Span { start, end });
        out.push(KeyRow {
            document: get(Some(document)),
            kind: get(Some(kind)),
            span: get(Some(span)),
            place,
            verdict: get(verdict),
            speaker: get(speaker),
            group: get(group),
        });
    }
    Ok(out)
}

/// Fields of CSV text: quoted fields may hold commas, line breaks and doubled quotation marks.
fn fields(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let (mut row, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                if row.len() > 1 || row.iter().any(|f| !f.is_empty()) {
                    out.push(std::mem::take(&mut row));
                } else {
                    row.clear();
                }
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        out.push(row);
    }
    out
}

/// The kinds of claim that a word of a key stands for.
fn kinds(word: &str) -> Vec<ClaimKind> {
    use ClaimKind::{Amount, Event, Opinion, Quote, Rate, Rumour, Status};
    match word {
        // Words of the reference list; a rank or hearsay may be listed as a number or an event there.
        "headline" | "event" | "history" | "identity" | "description" | "purpose" => {
            vec![Event, Status, Rumour]
        }
        "number" => vec![Amount, Rate, Status],
        "interpretation" => vec![Opinion],
        "quote" => vec![Quote],
        other => ClaimKind::from_word(other).into_iter().collect(),
    }
}

/// The verdicts that a word of a key accepts; `None` where the word names none.
fn accepted(word: &str, claim: &Claim) -> Option<Vec<VerdictKind>> {
    use VerdictKind as V;
    if let Some(found) = VerdictKind::from_word(word) {
        return Some(vec![found]);
    }
    if claim.kind == ClaimKind::Opinion && !word.is_empty() {
        // The reference judges interpretations; here an opinion is an opinion.
        return Some(vec![V::Opinion]);
    }
    Some(match word {
        // Hearsay that the text calls false is judged on its content.
        "TRUE" if claim.kind == ClaimKind::Rumour && claim.negated => vec![V::Contradicted],
        "TRUE" => vec![V::Supported, V::CameTrue],
        "FALSE" | "FABRICATED" if claim.kind == ClaimKind::Quote => vec![V::Misquoted],
        "FALSE" | "FABRICATED" => vec![V::Contradicted],
        "MISLEADING" | "MIXED" | "IMPRECISE" => {
            vec![V::ScopeError, V::Contradicted, V::NotCheckable]
        }
        "UNCLEAR" => vec![V::NotCheckable, V::NotEnoughData],
        "OPINION" => vec![V::Opinion],
        "FORECAST_WRONG" | "FORECAST_HALF_RIGHT" => vec![V::DidNotComeTrue],
        "" => return None,
        _ => Vec::new(),
    })
}

/// Scores by name: each kind of claim, `all claims`, `quotes`, `speakers`, `verdicts`, `groups`, `drift`.
pub fn score(evidence: &Evidence, key: &[KeyRow]) -> BTreeMap<String, Score> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let document_of = |row: &KeyRow| {
        evidence
            .documents
            .iter()
            .position(|d| d.file == row.document)
    };
    let rows: Vec<(&KeyRow, Option<(usize, Span)>)> = key
        .iter()
        .filter(|r| r.kind != "drift")
        .map(|r| {
            (
                r,
                document_of(r).and_then(|d| {
                    Some((
                        d,
                        r.place
                            .or_else(|| find(&evidence.documents[d].text, &r.span))?,
                    ))
                }),
            )
        })
        .collect();
    // Best pairs first: larger overlap, then earlier.
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (n, (row, place)) in rows.iter().enumerate() {
        let Some((document, span)) = place else {
            continue;
        };
        let wanted = kinds(&row.kind);
        for (c, claim) in evidence
            .claims
            .iter()
            .enumerate()
            .filter(|(_, c)| c.document == *document && wanted.contains(&c.kind))
        {
            // A claim told in several places meets a row at any of them.
            let places = std::iter::once(&claim.span).chain(&claim.also);
            let told = places.max_by_key(|p| p.overlap(*span));
            let told = told.copied().unwrap_or(claim.span);
            let shared = told.overlap(*span);
            if shared * 2 >= told.length().min(span.length()) && shared > 0 {
                // Closeness in thousandths: shared over joined length.
                let joined = told.length() + span.length() - shared;
                pairs.push((1000 * shared / joined.max(1), n, c));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut of_row: Vec<Option<usize>> = vec![None; rows.len()];
    let mut used = vec![false; evidence.claims.len()];
    for (_, n, c) in pairs {
        if of_row[n].is_none() && !used[c] {
            of_row[n] = Some(c);
            used[c] = true;
        }
    }
    let listed: Vec<bool> = evidence
        .documents
        .iter()
        .map(|d| key.iter().any(|r| r.document == d.file))
        .collect();
    let id = |c: &Claim| {
        format!(
            "{} [{}..{}] {}",
            evidence.documents[c.document].file, c.span.start, c.span.end, c.text
        )
    };
    for (n, (row, _)) in rows.iter().enumerate() {
        let name = of_row[n].map_or_else(
            || {
                kinds(&row.kind)
                    .first()
                    .map_or("unknown", |k| k.word())
                    .to_owned()
            },
            |c| evidence.claims[c].kind.word().to_owned(),
        );
        for name in [name, "all claims".to_owned()] {
            let score = scores.entry(name).or_default();
            score.expected += 1;
            match of_row[n] {
                Some(_) => score.matched += 1,
                None => score
                    .missed
                    .push(format!("{} ({}) {}", row.document, row.kind, row.span)),
            }
        }
        let Some(c) = of_row[n] else { continue };
        let claim = &evidence.claims[c];
        if let Some(wanted) = accepted(&row.verdict, claim) {
            let got = evidence.verdicts[c].verdict;
            let score = scores.entry("verdicts".to_owned()).or_default();
            score.expected += 1;
            score.found += 1;
            if wanted.contains(&got) {
                score.matched += 1;
            } else {
                score.missed.push(format!(
                    "{} {} -> {} ({}): {}",
                    row.document,
                    row.verdict,
                    got.word(),
                    evidence.verdicts[c].arithmetic,
                    row.span
                ));
            }
        }
        if !row.speaker.is_empty() && claim.kind == ClaimKind::Quote {
            let score = scores.entry("speakers".to_owned()).or_default();
            score.expected += 1;
            let speaker = claim
                .quote
                .and_then(|q| evidence.quotes.get(q))
                .and_then(|q| q.speaker.as_ref())
                .filter(|s| s.certain);
            let got = speaker.map_or("nobody", |s| s.label());
            score.found += usize::from(speaker.is_some() || row.speaker == "nobody");
            if got.eq_ignore_ascii_case(&row.speaker) {
                score.matched += 1;
            } else {
                score.missed.push(format!(
                    "{} {} -> {got}: {}",
                    row.document, row.speaker, row.span
                ));
            }
        }
    }
    let retold = retold(evidence, &rows, &used);
    for (c, claim) in evidence
        .claims
        .iter()
        .enumerate()
        .filter(|(_, c)| listed[c.document])
    {
        for name in [claim.kind.word(), "all claims"] {
            let score = scores.entry(name.to_owned()).or_default();
            score.found += 1;
            if used[c] {
                continue;
            }
            if let Some(how) = retold[c] {
                score.retold += 1;
                score
                    .tellings
                    .push(format!("{how}: {} {}", claim.kind.word(), id(claim)));
            } else {
                score
                    .extra
                    .push(format!("{} {}", claim.kind.word(), id(claim)));
            }
        }
    }
    quotes(evidence, &rows, &mut scores);
    groups(evidence, &rows, &of_row, &mut scores);
    drift(evidence, key, &mut scores);
    scores
}

/// Whether every quote of the key was found as words between marks.
fn quotes(
    evidence: &Evidence,
    rows: &[(&KeyRow, Option<(usize, Span)>)],
    scores: &mut BTreeMap<String, Score>,
) {
    let score = scores.entry("quotes".to_owned()).or_default();
    for (row, place) in rows.iter().filter(|(r, _)| r.kind == "quote") {
        score.expected += 1;
        let met = place.is_some_and(|(d, span)| {
            evidence.quotes.iter().any(|q| {
                q.document == d
                    && q.kind != QuoteKind::Term
                    && q.span.overlap(span) * 2 >= q.span.length().min(span.length())
                    && q.span.overlap(span) > 0
            })
        });
        if met {
            score.matched += 1;
        } else {
            score.missed.push(format!("{} {}", row.document, row.span));
        }
    }
    for quote in evidence.quotes.iter().filter(|q| q.kind != QuoteKind::Term) {
        let name = evidence.documents.get(quote.document).map(|d| &d.file);
        if !rows.iter().any(|(r, _)| Some(&r.document) == name) {
            continue;
        }
        let met = rows
            .iter()
            .filter(|(r, _)| r.kind == "quote")
            .any(|(_, place)| {
                place.is_some_and(|(d, span)| d == quote.document && quote.span.overlap(span) > 0)
            });
        if !met {
            score.extra.push(format!(
                "{} {}",
                name.map_or("", String::as_str),
                quote.text
            ));
        }
    }
    // Parts of one quote are one row.
    score.found = score.matched + score.extra.len();
}

/// For every claim how it tells again what a matched claim of its kind tells, or that it is a part of a listed span.
fn retold(
    evidence: &Evidence,
    rows: &[(&KeyRow, Option<(usize, Span)>)],
    used: &[bool],
) -> Vec<Option<&'static str>> {
    let mut out = vec![None; evidence.claims.len()];
    for group in &evidence.groups {
        for c in &group.claims {
            let claim = &evidence.claims[*c];
            let met = |m: &&usize| used[**m] && evidence.claims[**m].kind == claim.kind;
            let here = |m: &usize| evidence.claims[*m].document == claim.document;
            let mut others = group.claims.iter().filter(met).copied().peekable();
            if others.peek().is_some() {
                out[*c] = Some(if others.any(|m| here(&m)) {
                    "told again in its document"
                } else {
                    "told again in another document"
                });
            }
        }
    }
    for (c, claim) in evidence.claims.iter().enumerate() {
        let inside = rows
            .iter()
            .filter_map(|(_, place)| *place)
            .any(|(d, span)| {
                d == claim.document && span.start <= claim.span.start && claim.span.end <= span.end
            });
        if inside {
            out[c] = Some("part of a listed span");
        }
    }
    out
}

/// Pairs of rows with one group name, and whether one group holds both.
fn groups(
    evidence: &Evidence,
    rows: &[(&KeyRow, Option<(usize, Span)>)],
    of_row: &[Option<usize>],
    scores: &mut BTreeMap<String, Score>,
) {
    let named: Vec<(usize, &str)> = rows
        .iter()
        .enumerate()
        .filter(|(_, (r, _))| !r.group.is_empty())
        .map(|(n, (r, _))| (n, r.group.as_str()))
        .collect();
    if named.is_empty() {
        return;
    }
    let score = scores.entry("groups".to_owned()).or_default();
    for (a, (n, name)) in named.iter().enumerate() {
        for (m, other) in named.iter().skip(a + 1) {
            let together = match (of_row[*n], of_row[*m]) {
                (Some(x), Some(y)) => evidence
                    .groups
                    .iter()
                    .any(|g| g.claims.contains(&x) && g.claims.contains(&y)),
                _ => false,
            };
            let wanted = name == other;
            score.expected += usize::from(wanted);
            score.found += usize::from(together);
            match (wanted, together) {
                (true, true) => score.matched += 1,
                (true, false) => score
                    .missed
                    .push(format!("{name}: {} | {}", rows[*n].0.span, rows[*m].0.span)),
                (false, true) => score.extra.push(format!(
                    "{name}/{other}: {} | {}",
                    rows[*n].0.span, rows[*m].0.span
                )),
                (false, false) => {}
            }
        }
    }
}

fn drift(evidence: &Evidence, key: &[KeyRow], scores: &mut BTreeMap<String, Score>) {
    let wanted: Vec<&KeyRow> = key.iter().filter(|r| r.kind == "drift").collect();
    if wanted.is_empty() {
        return;
    }
    let mut used: Vec<(usize, crate::model::Drift)> = Vec::new();
    let mut found: Vec<(usize, crate::model::Drift)> = evidence
        .groups
        .iter()
        .flat_map(|g| g.drift.iter().map(|d| (d.claim, d.drift)))
        .collect();
    found.sort_unstable();
    found.dedup();
    // A key that lists drift for some documents says nothing about the others.
    found.retain(|(c, _)| {
        let file = evidence
            .documents
            .get(evidence.claims[*c].document)
            .map(|d| &d.file);
        wanted.iter().any(|row| Some(&row.document) == file)
    });
    let score = scores.entry("drift".to_owned()).or_default();
    score.expected = wanted.len();
    score.found = found.len();
    for row in wanted {
        let met = evidence
            .documents
            .iter()
            .position(|d| d.file == row.document)
            .and_then(|d| {
                let span = row
                    .place
                    .or_else(|| find(&evidence.documents[d].text, &row.span))?;
                found.iter().copied().find(|(c, drift)| {
                    !used.contains(&(*c, *drift))
                        && drift.word() == row.verdict
                        && evidence.claims[*c].document == d
                        && evidence.claims[*c].span.overlap(span) * 2
                            >= evidence.claims[*c].span.length().min(span.length())
                })
            });
        match met {
            Some(pair) => {
                used.push(pair);
                score.matched += 1;
            }
            None => score
                .missed
                .push(format!("{} {}: {}", row.document, row.verdict, row.span)),
        }
    }
    score.extra = found
        .iter()
        .filter(|f| !used.contains(f))
        .map(|(c, d)| {
            format!(
                "{}: {} {}",
                d.word(),
                evidence.documents[evidence.claims[*c].document].file,
                evidence.claims[*c].text
            )
        })
        .collect();
}

/// Code points of the first occurrence.
fn find(text: &str, words: &str) -> Option<Span> {
    let byte = text.find(words)?;
    let start = text.get(..byte)?.chars().count();
    Some(Span {
        start,
        end: start + words.chars().count(),
    })
}
