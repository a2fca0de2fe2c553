//! Drafts in order, and one claim of what two rules drafted.
//!
//! Rules draft side by side; here their drafts are sorted by place and kind, and a cause and its effect are told apart from
//! two claims of the same words. A draft is large, so places are sorted in its stead.

use super::Draft;
use crate::model::{ClaimKind, Span};
use crate::text::Page;

/// Drafts by place and kind; the places are sorted and not the drafts, which are large.
pub(super) fn by_place(drafts: &mut [Draft]) {
    if drafts.is_sorted_by_key(|d| (d.first, d.last, d.kind)) {
        return;
    }
    let mut places: Vec<(usize, usize, ClaimKind, usize)> = drafts
        .iter()
        .enumerate()
        .map(|(place, d)| (d.first, d.last, d.kind, place))
        .collect();
    places.sort_unstable();
    // Each place takes its draft, round by round of places that take from each other.
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = places[at].3;
            places[at].3 = at;
            if from == start {
                break;
            }
            drafts.swap(at, from);
            at = from;
        }
    }
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

/// The sentence or sentences that hold the tokens; `at` is a sentence that does not lie behind them.
pub(super) fn sentence(page: &Page<'_>, at: &mut usize, first: usize, last: usize) -> Span {
    let behind = |from: usize, token: usize| {
        let left = page.sentences.get(from..).unwrap_or(&[]);
        from + left.iter().take_while(|s| s.last < token).count()
    };
    *at = behind(*at, first);
    let end = behind(*at, last);
    let from = page.sentences.get(*at).map_or(first, |s| s.first);
    let to = page.sentences.get(end).map_or(last, |s| s.last);
    page.span(from, to)
}
