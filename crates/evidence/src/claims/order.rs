//! Drafts in order, and one claim of what two rules drafted.
//!
//! Rules draft side by side; here their drafts are sorted by place and kind, and a cause and its effect are told apart from
//! two claims of the same words. A draft is large, so places are sorted in its stead.

use super::Draft;
use crate::model::ClaimKind;

/// Drafts by place and kind; the places are sorted and not the drafts, which are large.
pub(super) fn by_place(drafts: Vec<Draft>) -> Vec<Draft> {
    if drafts.is_sorted_by_key(|d| (d.first, d.last, d.kind)) {
        return drafts;
    }
    let mut places: Vec<(usize, usize, ClaimKind, usize)> = drafts
        .iter()
        .enumerate()
        .map(|(place, d)| (d.first, d.last, d.kind, place))
        .collect();
    places.sort_unstable();
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    places
        .into_iter()
        .filter_map(|(_, _, _, place)| drafts.get_mut(place)?.take())
        .collect()
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
