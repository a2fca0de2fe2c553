//! A number told twice in one document is one claim with two places.
//!
//! Headline, body and caption often repeat one figure. They are one claim if measure, owner, value, unit, room, scope, time and
//! speaker are the same; anything that differs ("$1 trillion" above "$1.13 trillion", another scope) stays a claim of its own,
//! since that is what drift compares. The place in the body is the claim's own, the others are kept beside it.

use std::collections::BTreeMap;

use super::{Draft, Reader};
use crate::model::ClaimKind;

/// Folds restatements of a number into the first one outside headings.
pub(super) fn fold(reader: &Reader<'_>, drafts: &mut Vec<Draft>) {
    let mut tellings: BTreeMap<(ClaimKind, u64), Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        if let Some(value) = draft.value
            && matches!(draft.kind, ClaimKind::Amount | ClaimKind::Rate)
        {
            tellings
                .entry((draft.kind, value.number().to_bits()))
                .or_default()
                .push(place);
        }
    }
    let mut folded: Vec<bool> = Vec::new();
    for places in tellings.into_values().filter(|p| p.len() > 1) {
        let mut heads: Vec<usize> = Vec::new();
        let heading = |place: &usize| reader.heading(drafts[*place].first);
        let (above, body): (Vec<usize>, Vec<usize>) = places.into_iter().partition(heading);
        for place in body.into_iter().chain(above) {
            let head = heads
                .iter()
                .copied()
                .find(|head| same(reader, &drafts[*head], &drafts[place]));
            let Some(head) = head else {
                // Many different tellings of one number are left as they are.
                if heads.len() < MOST_HEADS {
                    heads.push(place);
                }
                continue;
            };
            let span = (drafts[place].first, drafts[place].last);
            drafts[head].also.push(span);
            folded.resize(drafts.len(), false);
            folded[place] = true;
        }
    }
    if !folded.is_empty() {
        let mut gone = folded.into_iter();
        drafts.retain(|_| !gone.next().unwrap_or(false));
    }
}

/// Tellings of one number that are compared with a further one.
const MOST_HEADS: usize = 16;

fn same(reader: &Reader<'_>, a: &Draft, b: &Draft) -> bool {
    let time = |d: &Draft| {
        d.moment
            .as_ref()
            .map(|m| reader.page.slice(m.first, m.last).to_lowercase())
    };
    a.value == b.value
        && a.relation == b.relation
        && a.subject == b.subject
        && a.change == b.change
        && a.scope == b.scope
        && a.negated == b.negated
        && a.quote == b.quote
        && a.modality == b.modality
        && time(a) == time(b)
}

/// A cause and its effect are one claim: an effect told without its cause is an event, a market's move inside a cause the cause's.
pub(super) fn once(judged: &mut Vec<Draft>, happened: &mut Vec<Draft>) {
    let causal = |d: &&Draft| d.kind == ClaimKind::Causal;
    judged.retain(|j| {
        j.kind != ClaimKind::Causal
            || !happened
                .iter()
                .any(|e| (e.first, e.last) == (j.first, j.last))
    });
    happened.retain(|e| {
        let market = e
            .relation
            .split('+')
            .all(|r| matches!(r, "up" | "down" | "flat"));
        !market
            || !judged
                .iter()
                .filter(causal)
                .any(|j| j.first <= e.first && e.last <= j.last)
    });
}
