//! Times of several words, and the month that a paragraph speaks of.
//!
//! "July 11 and 12" and "in spring and summer" reach over both times; "in the month" and "the two months before that" count from the
//! month that the sentences before speak of, and not from one that they only compare with ("the lowest since June").

use brandish_units::Date;

use super::{Ground, Place};
use crate::model::{Claim, DateBasis, When};
use crate::short::Text;
use crate::text::token::Kind;
use crate::when::moments;

/// Earlier sentences whose month a number may be of.
const BACK: usize = 4;

/// "July 11 and 12", "in spring and summer": the claim's time reaches over both.
pub(super) fn joint(place: &Place<'_>, claim: &mut Claim, ground: &mut Ground) {
    let page = place.page;
    let Some(when) = claim.when.as_mut() else {
        return;
    };
    let (Some(from), Some(to)) = (when.from, when.to) else {
        return;
    };
    let all = moments(page, ground.from, ground.to);
    let Some(own) = all.iter().find(|m| {
        let w = m.fix(page, place.anchor);
        w.from == Some(from) && w.to == Some(to)
    }) else {
        return;
    };
    // "July 11 and 12".
    if from == to
        && matches!(page.low(own.last + 1), "and" | "-" | "–" | "to" | "through")
        && page
            .tokens
            .get(own.last + 2)
            .is_some_and(|t| t.kind == Kind::Number)
        && !matches!(
            page.low(own.last + 3),
            "%" | "percent" | "trillion" | "billion" | "yen"
        )
        && let Ok(day) = page.word(own.last + 2).parse::<u32>()
        && let Some(end) = (0..31).map(|n| from.plus_days(n)).find(|d| d.day() == day)
        && end > from
        && end <= from.to_month_end()
    {
        when.to = Some(end);
        return;
    }
    // "In September and October": the later one stands behind.
    let later = all
        .iter()
        .find(|m| m.first == own.last + 2 && matches!(page.low(own.last + 1), "and" | "to"))
        .and_then(|m| m.fix(page, place.anchor).to)
        .or_else(|| {
            // A month alone is no time of its own: it lies within a year behind the first one.
            let joined = page.low(own.last + 1) == "and" && from.day() == 1;
            let month = crate::when::month(page.low(own.last + 2)).filter(|_| joined)?;
            (1..12)
                .map(|n| from.plus_months(n))
                .find(|d| d.month() == month)
                .map(Date::to_month_end)
        });
    if let Some(later) = later.filter(|l| *l > to) {
        when.to = Some(later);
        return;
    }
    if own.first < 2 || !matches!(page.low(own.first - 1), "and" | "or" | "to") {
        return;
    }
    let before = own.first - 2;
    let earlier = all
        .iter()
        .find(|m| m.last == before)
        .and_then(|m| m.fix(page, place.anchor).from);
    let season = match page.low(before) {
        "spring" => Some(3),
        "summer" => Some(6),
        "autumn" | "fall" => Some(9),
        _ => crate::when::month(page.low(before)),
    };
    let start = earlier.or_else(|| {
        let month = season?;
        (0..12)
            .map(|n| from.to_month_start().plus_months(-n))
            .find(|d| d.month() == month)
    });
    match start {
        Some(start) if start < from => when.from = Some(start),
        Some(_) => {}
        None => {
            ground.doubt = ground
                .doubt
                .or(Some("not all of the times that the text joins are fixed"))
        }
    }
}

/// The month that the sentence before speaks of, or months counted back from it: "in the two months before that".
pub(super) fn counted_back(place: &Place<'_>, ground: &Ground) -> Option<When> {
    let page = place.page;
    let own = place.sentence(ground.from);
    let here = page.sentences.get(own)?;
    // "The lowest since June", "against 241 in October": months that a sentence compares with are not what it speaks of.
    let spoken_of = |sentence: &crate::text::sentence::Sentence| {
        let mut found: Option<(Text, Date, Date)> = None;
        for m in moments(page, sentence.first, sentence.last) {
            let w = m.fix(page, place.anchor);
            let (Some(from), Some(to)) = (w.from, w.to) else {
                continue;
            };
            let lead = m.first.checked_sub(1).map_or("", |t| page.low(t));
            let compared = |word: &str| {
                matches!(
                    word,
                    "since" | "than" | "from" | "against" | "versus" | "of" | "before"
                )
            };
            if from.day() != 1
                || to != from.to_month_end()
                || compared(lead)
                || compared(page.low(m.first))
            {
                continue;
            }
            match &found {
                None => found = Some((w.text.clone(), from, to)),
                Some(f) if f.1 == from => {}
                Some(_) => return Err(()),
            }
        }
        Ok(found)
    };
    // "In the month", "that month": the month that the paragraph speaks of.
    let the_month = (ground.from..ground.to)
        .any(|t| matches!(page.low(t), "the" | "that" | "same") && page.low(t + 1) == "month");
    let reach = if the_month { BACK } else { 1 };
    let mut month = None;
    for back in 1..=reach {
        let Some(before) = own.checked_sub(back).and_then(|n| page.sentences.get(n)) else {
            break;
        };
        if before.block != here.block {
            break;
        }
        month = spoken_of(before).ok()?;
        if month.is_some() {
            break;
        }
    }
    let month = month?;
    let counted = (ground.from..ground.to).find_map(|t| {
        let behind = matches!(
            (page.low(t + 1), page.low(t + 2)),
            ("before", "that") | ("earlier", _)
        );
        (matches!(page.low(t), "months") && behind)
            .then(|| crate::number::small(page.low(t.checked_sub(1)?)))
            .flatten()
    });
    let (text, from, to) = month;
    // A sentence with a time of its own is not of that month.
    let timed = moments(page, here.first, here.last)
        .iter()
        .any(|m| m.fix(page, place.anchor).from.is_some());
    let (from, to) = match counted {
        Some(n) => (from.plus_months(-(n as i32)), from.plus_days(-1)),
        None if timed => return None,
        None => (from, to),
    };
    let day = place.anchor.date?;
    (to <= day).then_some(When {
        text,
        from: Some(from),
        to: Some(to),
        zone: None,
        basis: DateBasis::FromDocument,
    })
}
