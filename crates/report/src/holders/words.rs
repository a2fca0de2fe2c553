//! The answer in sentences: verdict with its range, bills and notes apart, what the change is made of, what is missing.
//!
//! Terminal and page say the same words. Amounts are billions of dollars with one decimal
//! and a sign where they are flows; what is not available is named with its months.

use brandish_data::holders::{
    Beside, CannotTell, Conclusion, Custody, CustodyRange, HolderMonth, Lack, Move, ReservesKind,
    ReservesMonth, SellingVerdict, ShareBasis, Sum, Sums, Tracked,
};
use brandish_units::{Date, Usd};

use crate::format::{MINUS, fixed, signed};

/// A flow: `+$13.1bn`.
pub(super) fn flow(amount: Usd) -> String {
    let text = signed(amount.bn(), 1);
    match text.strip_prefix(['+', MINUS]) {
        Some(rest) => format!("{}${rest}bn", text.chars().next().unwrap_or('+')),
        None => format!("${text}bn"),
    }
}

/// A level: `$1,130.8bn` without the comma.
pub(super) fn level(amount: Usd) -> String {
    format!("${}bn", fixed(amount.bn(), 1))
}

/// A share as percent: `5%`, `12.5%`.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// `net seller`, in the sentence's grammar.
pub(super) fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::NetSeller => "net seller",
        Conclusion::NetBuyer => "net buyer",
        Conclusion::AboutUnchanged => "about unchanged",
        Conclusion::CannotTell => "cannot tell",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `from 2025-01 to 2025-05`, or `in 2026-05`.
pub(super) fn span(sums: &Sums) -> String {
    if sums.from == sums.through {
        format!("in {}", sums.from)
    } else {
        format!("from {} to {}", sums.from, sums.through)
    }
}

/// The verdict in one sentence, with its uncertainty.
#[must_use]
pub fn verdict_sentence(tracked: &Tracked) -> String {
    let name = capital(&tracked.holder.title);
    let verdict = &tracked.verdict;
    let Some(sums) = &tracked.window.sums else {
        return format!("{name}: cannot tell, {}.", cannot_tell(verdict));
    };
    let when = span(sums);
    let said = match verdict.conclusion {
        Conclusion::NetSeller => format!("{name} sold on balance {when} (net seller)"),
        Conclusion::NetBuyer => format!("{name} bought on balance {when} (net buyer)"),
        Conclusion::AboutUnchanged => {
            format!("{name} neither bought nor sold much {when} (about unchanged)")
        }
        Conclusion::CannotTell => {
            format!("{name} {when}: cannot tell, {}", cannot_tell(verdict))
        }
    };
    let mut parts = vec![said];
    if let Some(net) = verdict.net_purchases {
        let of = if verdict.long_term_only {
            " of notes and bonds (bills are not published)"
        } else {
            ""
        };
        let mut text = format!("net purchases {}{of}", flow(net));
        if let (Some(low), Some(high)) = (verdict.low, verdict.high) {
            text.push_str(&format!(
                ", between {} and {} with what is unexplained{}",
                flow(low),
                flow(high),
                if tracked.custody.range().is_some() {
                    " and what custodians abroad may hide"
                } else {
                    ""
                }
            ));
        }
        parts.push(text);
    }
    if let Some(text) = by_part(verdict) {
        parts.push(text);
    }
    format!("{}.", parts.join("; "))
}

/// `sold bills (-$59.8bn), notes about unchanged (-$2.8bn)`.
fn by_part(verdict: &SellingVerdict) -> Option<String> {
    let of = |what: &str, moved: Move| match moved {
        Move::Bought(net) => Some(format!("bought {what} ({})", flow(net))),
        Move::Sold(net) => Some(format!("sold {what} ({})", flow(net))),
        Move::Unchanged(net) => Some(format!("{what} about unchanged ({})", flow(net))),
        Move::NotAvailable => None,
    };
    match (of("bills", verdict.bills), of("notes", verdict.long_term)) {
        (Some(bills), Some(notes)) => Some(format!("{bills}, {notes}")),
        (None, Some(notes)) if !verdict.long_term_only => {
            Some(format!("{notes}, bills not available"))
        }
        (Some(bills), None) => Some(format!("{bills}, notes not available")),
        _ => None,
    }
}

fn cannot_tell(verdict: &SellingVerdict) -> String {
    match verdict.why {
        Some(CannotTell::NoFlows { first }) => format!(
            "no month of the window has net purchases in the vintages at hand (the series begins with {first})"
        ),
        Some(CannotTell::Gap { months, of }) => {
            format!("only {months} of {of} months have net purchases")
        }
        Some(CannotTell::NoStart) => "no holdings before the window to measure against".to_owned(),
        Some(CannotTell::FewResiduals { months, needed }) => format!(
            "only {months} months with an unexplained part so far, {needed} are needed to know the noise"
        ),
        Some(CannotTell::Spans) | None => "the range lies on both sides of zero".to_owned(),
    }
}

/// A sum with a sign; how many months it lacks is said in words elsewhere.
pub(super) fn sum(found: Sum) -> String {
    match found.value {
        Some(value) => signed(value.bn(), 1),
        None => "n/a".to_owned(),
    }
}

/// What the change is made of.
pub(super) fn made_of(sums: &Sums) -> String {
    let whole = match (sums.start.total, sums.end.total) {
        (Some(start), Some(end)) => format!(
            "Holdings went from {} (end of {}) to {} (end of {})",
            level(start),
            sums.from.plus_months(-1),
            level(end),
            sums.through
        ),
        _ => return "Change of all holdings: not available, no total is published.".to_owned(),
    };
    let Some(change) = sums.change.value else {
        return format!("{whole}; the change month by month is not available.");
    };
    let Some(net) = sums.net_purchases.value else {
        return format!(
            "{whole}, {}; net purchases are at hand for {} of {} months.",
            flow(change),
            sums.net_purchases.months,
            sums.net_purchases.of
        );
    };
    let rest = match (
        sums.valuation.value,
        sums.unexplained.value,
        sums.not_purchases.value,
    ) {
        (Some(valuation), Some(unexplained), _) => format!(
            "valuation {} + unexplained {}",
            flow(valuation),
            flow(unexplained)
        ),
        (_, _, Some(rest)) => format!(
            "valuation and unexplained together {} (valuation is at hand for {} of {} months)",
            flow(rest),
            sums.valuation.months,
            sums.valuation.of
        ),
        _ => "the rest not available".to_owned(),
    };
    format!(
        "{whole}: {} = net purchases {} + {rest}.",
        flow(change),
        flow(net)
    )
}

/// How the range comes about.
pub(super) fn uncertainty(tracked: &Tracked) -> Option<String> {
    let verdict = &tracked.verdict;
    let band = verdict.residual_band?;
    let threshold = verdict.threshold?;
    let custody = match &tracked.custody {
        Custody::NotForThisHolder => "no custody range for groups and custody centers".to_owned(),
        Custody::NotAtHand => {
            "custody range not available, no month has the centers' net purchases".to_owned()
        }
        Custody::Range(range) => {
            let (low, high) = if verdict.long_term_only {
                (range.low_long_term, range.high_long_term)
            } else {
                (range.low, range.high)
            };
            format!("custody {} to {}", flow(low), flow(high))
        }
    };
    Some(format!(
        "Range: unexplained \u{b1}{}; {custody}. Within \u{b1}{} it counts as about unchanged.",
        level(band),
        level(threshold)
    ))
}

/// The custody assumption and what it rests on, or why there is none.
pub(super) fn custody_line(custody: &Custody) -> String {
    match custody {
        Custody::NotForThisHolder => {
            "Custody range: none for groups, custody centers and windows without net purchases.".to_owned()
        }
        Custody::NotAtHand => {
            "Custody range: not available, the centers' net purchases of these months are not at hand.".to_owned()
        }
        Custody::Range(range) => assumption(range),
    }
}

fn assumption(range: &CustodyRange) -> String {
    let centers: Vec<String> = range
        .centers
        .iter()
        .map(|center| format!("{} {}", center.center, signed(center.net_purchases.bn(), 1)))
        .collect();
    let whose = match range.basis {
        ShareBasis::Own => "your --custody-share".to_owned(),
        ShareBasis::Declared => "judgement, not published; --custody-share changes it".to_owned(),
        ShareBasis::Weight {
            times,
            weight,
            month,
        } => format!(
            "{times} times its {} of all foreign holdings outside them at the end of {month}: judgement, not published; --custody-share changes it",
            percent(weight)
        ),
    };
    let partly = if range.months < range.of {
        format!(
            " Their flows are at hand for {} of {} months; the range covers those only.",
            range.months, range.of
        )
    } else {
        String::new()
    };
    format!(
        "Custody assumption: from none to {} of the net purchases of each center ({whose}). Net purchases there, $bn: {}.{partly}",
        percent(range.share),
        centers.join(", ")
    )
}

/// Reserves and interventions, a line each.
pub(super) fn beside(found: &Beside) -> Vec<String> {
    let mut lines = Vec::new();
    for month in &found.interventions {
        let mut text = format!("Interventions in {}:", month.month);
        if month.yen_bought.bn() > 0.0 {
            text.push_str(&format!(
                " dollars sold for {} bn yen",
                fixed(month.yen_bought.bn(), 1)
            ));
        }
        if month.yen_sold.bn() > 0.0 {
            text.push_str(&format!(
                " dollars bought for {} bn yen",
                fixed(month.yen_sold.bn(), 1)
            ));
        }
        match month.dollars_sold {
            Some(dollars) => text.push_str(&format!(
                " on {} day(s), about {} sold at the day's rate (estimate).",
                month.days,
                level(dollars)
            )),
            None => text.push_str(&format!(
                " on {} day(s); in dollars not available, the snapshot has no rate of that day.",
                month.days
            )),
        }
        lines.push(text);
    }
    for window in &found.intervention_windows {
        lines.push(format!(
            "Intervention total of the ministry for {} to {}: {} bn yen (holds the days in it; not to be added).",
            window.start,
            window.end,
            fixed(window.amount.bn(), 1)
        ));
    }
    lines.push(reserves(found));
    match (found.custody.first(), found.custody.last()) {
        (Some((from, start)), Some((to, _))) if from == to => lines.push(format!(
            "In custody at the Federal Reserve for all foreign officials: {} on {from}.",
            level(*start)
        )),
        (Some((from, start)), Some((to, end))) => lines.push(format!(
            "In custody at the Federal Reserve for all foreign officials: {} on {from}, {} on {to}. A fall in custody is not a sale.",
            level(*start),
            level(*end)
        )),
        _ => lines.push("Custody at the Federal Reserve: not available for this window.".to_owned()),
    }
    lines
}

fn reserves(found: &Beside) -> String {
    let Some(newest) = &found.newest_reserves else {
        return "Reserves: not available, the snapshot has those of Japan and China only."
            .to_owned();
    };
    let one = |month: &ReservesMonth| {
        let mut text = format!("{} on {}", level(month.total), month.date);
        if let Some(securities) = month.securities {
            text.push_str(&format!(", securities {}", level(securities)));
        }
        if let Some(deposits) = month.deposits {
            text.push_str(&format!(", deposits {}", level(deposits)));
        }
        text
    };
    let kind = match newest.kind {
        ReservesKind::ReserveAssets => "Official reserve assets",
        ReservesKind::ExGold => "Reserves without gold",
    };
    let mut told: Vec<String> = Vec::new();
    if let (Some(first), Some(last)) = (found.reserves.first(), found.reserves.last()) {
        told.push(one(first));
        told.extend((first.date != last.date).then(|| one(last)));
        told.extend((newest.date > last.date).then(|| format!("the newest {}", one(newest))));
    } else {
        told.push(format!(
            "none of the window at hand; the newest {}",
            one(newest)
        ));
    }
    format!(
        "{kind}: {}. What part is Treasuries is not published.",
        told.join("; ")
    )
}

/// Net long-term transactions of the closed form, where months have no other figure.
pub(super) fn form_s<'a>(months: impl Iterator<Item = &'a HolderMonth>) -> Option<String> {
    let told: Vec<String> = months
        .filter(|month| month.net_purchases.long_term.is_none())
        .filter_map(|month| {
            let net = month.form_s_long_term?;
            Some(format!("{} {}", month.month, signed(net.bn(), 1)))
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Closed Form S, net long-term transactions by the counterparty's place, not comparable and not added, $bn: {}.",
            told.join(", ")
        )
    })
}

/// What months lack, each reason once with its months.
pub(super) fn lacks<'a>(months: impl Iterator<Item = &'a HolderMonth>) -> Vec<String> {
    let mut found: Vec<(Lack, Vec<String>)> = Vec::new();
    for month in months {
        for lack in &month.lacks {
            match found.iter_mut().find(|(known, _)| known == lack) {
                Some((_, at)) => at.push(month.month.to_string()),
                None => found.push((*lack, vec![month.month.to_string()])),
            }
        }
    }
    found
        .into_iter()
        .map(|(lack, months)| {
            let when = match months.as_slice() {
                [one] => one.clone(),
                [first, .., last] => format!("{first} to {last}, {} months", months.len()),
                [] => String::new(),
            };
            format!("Not available ({when}): {}.", lack.words())
        })
        .collect()
}

/// Signs of a month in the last column: revised later, mixed vintages, changed since an older vintage, not published as such.
pub(super) fn marks(month: &HolderMonth) -> String {
    let mut marks = String::new();
    if month.revised_later {
        marks.push('r');
    }
    if month.vintages.mixed {
        marks.push('m');
    }
    if changed(month).is_some() {
        marks.push('c');
    }
    if month.quality != brandish_data::Quality::Published {
        marks.push('t');
    }
    marks
}

/// What the signs that occur mean.
pub(super) fn legend<'a>(months: impl Iterator<Item = &'a HolderMonth>) -> Option<String> {
    let all: String = months.map(marks).collect();
    let meanings = [
        ('r', "r: of a vintage later than the as-of date"),
        (
            'm',
            "m: the month before is of another vintage, so the change holds a revision",
        ),
        ('c', "c: changed since an older vintage that was out"),
        ('t', "t: transcribed from a public copy"),
    ];
    let said: Vec<&str> = meanings
        .iter()
        .filter(|(sign, _)| all.contains(*sign))
        .map(|(_, meaning)| *meaning)
        .collect();
    (!said.is_empty()).then(|| format!("{}.", said.join("; ")))
}

/// Half of the last digit that is shown, $bn: less is no revision that a reader could see.
const SHOWN_BN: f64 = 0.05;

/// A revision between vintages that were out, if it shows at one decimal of a billion.
fn changed(month: &HolderMonth) -> Option<Usd> {
    let revision = month.earlier?.revision.total?;
    (revision.bn().abs() >= SHOWN_BN).then_some(revision)
}

/// Revisions between vintages that were out on the day, largest first, and what the press quoted of first releases.
pub(super) fn revisions<'a>(
    months: impl Iterator<Item = &'a HolderMonth>,
    as_of: Date,
) -> Vec<String> {
    let mut found: Vec<(Usd, String)> = Vec::new();
    for month in months {
        let Some(now) = month.holdings.total else {
            continue;
        };
        let vintage = month.vintages.holdings;
        // the only copy at hand can be of a vintage that was not out yet: what it revised was not known
        if vintage.start() > as_of {
            continue;
        }
        if let (Some(revision), Some(earlier)) = (changed(month), month.earlier)
            && let Some(then) = earlier.holdings.total
        {
            found.push((
                revision.abs(),
                format!(
                    "{} was {} in the vintage of {}, is {} in that of {vintage}",
                    month.month,
                    level(then),
                    earlier.vintage,
                    level(now)
                ),
            ));
        }
        if let Some(first) = month.first_published
            && let Some(revision) = first.revision
            && revision.bn().abs() >= SHOWN_BN
        {
            found.push((
                revision.abs(),
                format!(
                    "{} was {} as first published, is {} in the vintage of {vintage}",
                    month.month,
                    level(first.holdings),
                    level(now)
                ),
            ));
        }
    }
    found.sort_by(|a, b| b.0.dollars().total_cmp(&a.0.dollars()));
    found.into_iter().map(|(_, text)| text).collect()
}
