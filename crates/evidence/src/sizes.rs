//! Drift of numbers: rounded, changed, of another holder or scope, with a hedge fewer.
//!
//! Of the tellings of a number the most exact one of the measure told most often is the reference. Two holders have two numbers and
//! two months two levels; the same digits of another size, and one number under a wider holder, are tellings that went wrong.

use crate::drift::{MOST_MEMBERS, note};
use crate::model::{Claim, Drift, Evidence, Group, VerdictKind};
use crate::retold;

pub(crate) fn numbers(evidence: &Evidence, group: &mut Group) {
    let members: Vec<usize> = group
        .claims
        .iter()
        .copied()
        .take(MOST_MEMBERS)
        .filter(|c| evidence.claims[*c].value.is_some())
        .collect();
    // Reference: of the measure told most often the most precise number, then the one with a scope.
    let told = |c: usize| {
        members
            .iter()
            .filter(|m| evidence.claims[**m].relation == evidence.claims[c].relation)
            .count()
    };
    let most = members.iter().map(|m| told(*m)).max().unwrap_or(0);
    let precise = members.iter().copied().filter(|m| told(*m) == most).min_by(|a, b| {
        let key = |c: usize| evidence.claims[c].value.map_or(f64::MAX, |v| v.half_digit());
        let scope = |c: usize| u8::from(!matches!(evidence.claims[c].scope.as_deref(), Some(s) if s != "not said" && s != "as the state's own"));
        key(*a).total_cmp(&key(*b)).then(scope(*a).cmp(&scope(*b))).then(a.cmp(b))
    });
    let Some(reference) = precise else { return };
    let Some(base) = evidence.claims[reference].value else {
        return;
    };
    let same_measure =
        |c: usize| evidence.claims[c].relation == evidence.claims[reference].relation;
    for member in members.iter().copied().filter(|m| *m != reference) {
        let Some(value) = evidence.claims[member].value else {
            continue;
        };
        if value.unit() != base.unit() {
            continue;
        }
        let (one, other) = (&evidence.claims[member], &evidence.claims[reference]);
        if one.document != other.document && retold::slipped(one, other) {
            note(
                group,
                Drift::NumberChanged,
                later(evidence, member, reference),
                Some(earlier(evidence, member, reference)),
                format!(
                    "{} and {}: the same digits of another size",
                    one.text, other.text
                ),
            );
            continue;
        }
        // Two holders have two numbers.
        if retold::other_owner(one, other)
            && (value.number() - base.number()).abs() > value.half_digit() + base.half_digit()
        {
            continue;
        }
        let auction = |c: usize| {
            evidence
                .verdicts
                .get(c)
                .and_then(|v| v.rows.first())
                .is_some_and(|r| r.series == "auctions")
        };
        if !(same_measure(member) || auction(member) && auction(reference)) {
            group.notes.push(format!(
                "{}: another measure ({})",
                evidence.claims[member].id, evidence.claims[member].relation
            ));
            continue;
        }
        if let Some(hedge) = &evidence.claims[reference].hedge
            && evidence.claims[member].hedge.is_none()
            && evidence.claims[member].document != evidence.claims[reference].document
        {
            note(
                group,
                Drift::HedgeDropped,
                member,
                Some(reference),
                hedge.clone(),
            );
        } else if let Some(hedge) = &evidence.claims[member].hedge
            && evidence.claims[reference].hedge.is_none()
            && evidence.claims[member].document != evidence.claims[reference].document
        {
            note(
                group,
                Drift::HedgeDropped,
                reference,
                Some(member),
                hedge.clone(),
            );
        }
        // Levels of two days or months in one text are no two tellings of one.
        if !one_telling(evidence, member, reference) {
            continue;
        }
        let difference = (value.number() - base.number()).abs();
        if retold::other_owner(one, other) && difference <= value.half_digit() + base.half_digit() {
            // The wider or narrower holder that the record refuses moved.
            let wrong = |c: usize| {
                evidence
                    .verdicts
                    .get(c)
                    .is_some_and(|v| v.verdict == VerdictKind::ScopeError)
            };
            let moved = if wrong(reference) && !wrong(member) {
                reference
            } else {
                member
            };
            note(
                group,
                Drift::ScopeLost,
                moved,
                Some(if moved == member { reference } else { member }),
                format!(
                    "{} instead of {}",
                    evidence.claims[moved].subject,
                    if moved == member {
                        &other.subject
                    } else {
                        &one.subject
                    }
                ),
            );
            continue;
        }
        if difference < base.number().abs() * 1e-9 {
            continue;
        }
        let drift = if difference <= value.half_digit() * 1.0001 + base.half_digit()
            || value.half_digit() > base.half_digit() && difference <= value.half_digit() * 2.0
        {
            Drift::AmountRounded
        } else {
            Drift::NumberChanged
        };
        note(
            group,
            drift,
            member,
            Some(reference),
            format!(
                "{} instead of {}",
                evidence.claims[member].text, evidence.claims[reference].text
            ),
        );
    }
    let wide = members
        .iter()
        .copied()
        .find(|m| evidence.claims[*m].scope.as_deref() == Some("official and private"));
    if let Some(wide) = wide {
        for member in members.iter().copied().filter(|m| {
            same_measure(*m)
                && evidence.claims[*m].document != evidence.claims[wide].document
                && matches!(
                    evidence.claims[*m].scope.as_deref(),
                    Some("not said" | "as the state's own")
                )
        }) {
            note(
                group,
                Drift::ScopeLost,
                member,
                Some(wide),
                "official and private holders together are not named".to_owned(),
            );
        }
    }
}

/// Of two tellings the one of the later document.
fn later(evidence: &Evidence, a: usize, b: usize) -> usize {
    let day = |c: usize| evidence.verdicts.get(c).and_then(|v| v.as_of);
    if (day(a), a) >= (day(b), b) { a } else { b }
}

fn earlier(evidence: &Evidence, a: usize, b: usize) -> usize {
    if later(evidence, a, b) == a { b } else { a }
}

/// Whether two numbers can be tellings of one: in two documents, or in the headline and the text of one; and of one time where both name one.
fn one_telling(evidence: &Evidence, a: usize, b: usize) -> bool {
    let (one, other) = (&evidence.claims[a], &evidence.claims[b]);
    let time = |c: &Claim| c.when.as_ref().and_then(|w| Some((w.from?, w.to?)));
    if let (Some((_, a)), Some((_, b))) = (time(one), time(other))
        && (a - b).abs() > 20
    {
        return false;
    }
    if one.document != other.document {
        return true;
    }
    let title = evidence
        .documents
        .get(one.document)
        .and_then(|d| d.title.as_deref())
        .unwrap_or("");
    title.contains(one.text.as_str()) || title.contains(other.text.as_str())
}
