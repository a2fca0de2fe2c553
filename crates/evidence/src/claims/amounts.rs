//! Amounts and rates: a number, what it measures, whose it is, what scope is named.
//!
//! The measure is the nearest measure word of the clause (of the sentence for want of one), the owner the nearest country,
//! house or person before the number. Sales are negative net purchases. A percentage beside a yield, tariff or exchange
//! rate is a rate; basis points and "rose 2%" are changes. Directions without a number ("increased its holdings") are amounts too.

use super::{Clause, Draft, Part, Reader, direction, levels, market, owners, tables};
use crate::anaphor;
use crate::lexicon::{Cue, What};
use crate::mention::Sort;
use crate::model::{ClaimKind, Modality, Quantity, Unit};
use crate::number::Found;
use crate::quotes::speaker::mentions_in;
use crate::short::{Text, text};
use crate::text::low_is;
use crate::when::Moment;

pub(super) fn drafts(reader: &Reader<'_>, part: &Part, heading: bool) -> Vec<Draft> {
    let mut out = reader.sheets.take();
    let mut found = market::bands(reader, part);
    let bare = levels::bare(reader, part, &found);
    if !bare.is_empty() {
        found.extend(bare);
        found.sort_by_key(|f| f.first);
    }
    if heading {
        tables::scaled(reader, part, &mut found);
    }
    let found = &found;
    for quantity in found {
        let clause = part.clause(quantity.first).unwrap_or(Clause {
            first: part.first,
            last: part.last,
            soft: false,
        });
        if let Some(draft) = one(reader, part, clause, quantity, heading) {
            out.push(draft);
        }
    }
    if !heading {
        for clause in &part.clauses {
            if found
                .iter()
                .any(|f| f.first >= clause.first && f.last <= clause.last)
                && !clause_has_mostly(reader, clause)
            {
                continue;
            }
            out.extend(direction::draft(reader, part, clause));
        }
    }
    out
}

fn clause_has_mostly(reader: &Reader<'_>, clause: &Clause) -> bool {
    reader.cue(clause.first, clause.last, Cue::Mostly).is_some()
}

/// The measure nearest to the number: (first, last, index).
fn measure(
    reader: &Reader<'_>,
    first: usize,
    last: usize,
    at: &Found,
    level: bool,
) -> Option<(usize, usize, usize)> {
    let all = reader
        .page
        .hits_in(first, last)
        .iter()
        .filter_map(|h| match h.what {
            What::Measure(m) if (h.last as usize) <= last => {
                Some((h.first as usize, h.last as usize, m as usize))
            }
            _ => None,
        });
    let money = at.quantity.unit().is_money();
    let of_unit = |m: usize| {
        let measure = &reader.lexicon.measures[m];
        match at.quantity.unit() {
            Unit::Count => measure.name == "bid_to_cover" || measure.family == "equities",
            Unit::JpyPerUsd | Unit::FxRate => measure.family == "fx",
            Unit::Percent => !matches!(measure.name.as_str(), "bid_to_cover" | "auction_tail"),
            _ => measure.name != "bid_to_cover",
        }
    };
    all.filter(|(_, _, m)| of_unit(*m))
        .filter(|(f, l, _)| *l < at.first || *f > at.last)
        .filter(|(f, l, _)| !market::idle_tenor(reader, *f, *l))
        .filter(|(_, _, m)| {
            let kind = reader.lexicon.measures[*m].kind.as_str();
            if money {
                kind != "level" || !level
            } else {
                true
            }
        })
        .min_by_key(|(f, l, m)| {
            let behind = *f > at.last;
            let gap = if behind { f - at.last } else { at.first - l };
            let kind = reader.lexicon.measures[*m].kind.as_str();
            // "$1.13 trillion in Treasuries": a stock right behind counts before one in front; for percentages a level does.
            let fits = if money {
                kind != "level"
            } else {
                kind == "level"
            };
            // "Treasuries in custody": where they lie tells the series.
            if money && reader.lexicon.measures[*m].name == "custody" {
                return (0, 0);
            }
            // "10s +8bp at 4.33, 30s +5bp": a level behind "at" belongs to what stands before it.
            let stands = matches!(
                at.first.checked_sub(1).map_or("", |t| reader.page.low(t)),
                "to" | "at" | "of" | "near" | "above" | "below" | "from" | "by"
            );
            // "The Nikkei crashed 12.4% and dollar-yen fell": what stands in front, unless a measure follows at once ("25% tariff").
            let gap = match (behind && !money, stands) {
                (true, true) => gap + 15,
                (true, false) if gap > 1 => gap + 3,
                _ => gap,
            };
            let marks = (gap.min(40)) + usize::from(!fits) * 50
                - usize::from(behind && money && gap <= 6) * 2_usize.min(gap);
            (marks, usize::MAX - (l - f))
        })
}

fn one(
    reader: &Reader<'_>,
    part: &Part,
    clause: Clause,
    at: &Found,
    heading: bool,
) -> Option<Draft> {
    let page = reader.page;
    let at = &as_rate(reader, clause, at);
    let unit = at.quantity.unit();
    let share = !unit.is_money();
    let family = |m: usize| reader.lexicon.measures[m].family.as_str();
    let found = measure(reader, clause.first, clause.last, at, true)
        .or_else(|| measure(reader, part.first, part.last, at, true))
        .or_else(|| measure(reader, clause.first, clause.last, at, false))
        // Billions of a currency are no exchange rate, and a rate "to 0.25%" is none of a currency.
        .filter(|(_, _, m)| {
            let lead = at.first.checked_sub(1).map_or("", |t| page.low(t));
            let level = matches!(lead, "to" | "at" | "from") && unit == Unit::Percent && !at.points;
            !(level && family(*m) == "fx")
        })
        .filter(|(_, _, m)| share || family(*m) != "fx" || at.quantity.number() < PRICE);
    let found = owners::told(reader, found);
    // "The pound stood at $1.34", "$3,400 an ounce": the price of a currency, of gold.
    let priced = |m: usize| {
        let of = &reader.lexicon.measures[m];
        of.family == "commodities" || matches!(of.name.as_str(), "gold_price" | "bitcoin")
    };
    let rate = share
        || found.is_some_and(|(f, _, m)| family(m) == "fx" && f < at.first)
        || at.quantity.number() < PRICE * PRICE && owners::priced_beside(reader, at, priced);
    let earlier = if found.is_none() {
        let stock = if share || heading {
            None
        } else {
            owners::held(reader, part, clause, at)
        };
        stock
            .or_else(|| owners::before(reader, part, heading, at))
            .or_else(|| owners::spent(reader, at))
    } else {
        None
    };
    // "Sold 20-year bonds at 5.047 percent".
    let auction = unit == Unit::Percent
        && reader.page.hits_in(clause.first, at.first).iter().any(|h| {
            matches!(h.what, What::Action(a) if matches!(reader.lexicon.actions[a as usize].name.as_str(), "sell" | "auction"))
                && market::issued(reader, clause, h.first as usize, &Found { last: h.last as usize, ..*at })
        });
    let price = matches!(unit, Unit::JpyPerUsd | Unit::FxRate);
    if rate && found.is_none() && earlier.is_none() && !price && !auction {
        return None;
    }
    let mut draft = reader.draft(
        if rate {
            ClaimKind::Rate
        } else {
            ClaimKind::Amount
        },
        at.first,
        at.last,
    );
    draft.value = Some(at.quantity);
    let measure = found
        .map(|(_, _, m)| m)
        .or(earlier)
        .map(|m| &reader.lexicon.measures[m]);
    draft.relation = match (measure, unit) {
        (_, Unit::JpyPerUsd) => Text::fixed("usdjpy"),
        (Some(m), Unit::FxRate) if m.family == "fx" && m.name != "usdjpy" => Text::from(&m.name),
        (_, Unit::FxRate) => Text::fixed("fx_other"),
        _ if auction && !at.points => Text::fixed("auction_yield"),
        (Some(m), _) if m.family == "yields" => found
            .and_then(|(f, l, _)| market::yields(reader, (f, l), &m.name))
            .unwrap_or_else(|| Text::from(&m.name)),
        (Some(m), _) => Text::from(&m.name),
        (None, _) => Text::fixed("amount"),
    };
    if auction || matches!(draft.relation.as_str(), "auction_yield" | "bid_to_cover") {
        draft.object = market::term(reader, clause).or_else(|| market::term_before(reader, part));
    }
    // "We bought 30-year bonds when the yield was near 5 percent".
    if draft.relation == "yields"
        && let Some(name) =
            market::term(reader, owners::whole(part)).and_then(|t| market::of_term(&t))
    {
        draft.relation = Text::fixed(name);
    }
    // A number in a question is asked and not said.
    let asks = |token: usize| page.tokens[token].symbol() == Some('?');
    let question = match page.inside.get(at.first).copied().flatten() {
        Some(q) => page.quotes.get(q as usize).is_some_and(|q| asks(q.last)),
        None => asks(part.last),
    };
    if question {
        return None;
    }
    // Owner: nearest country, house, person before the number, in the clause, then in the sentence.
    let owner = |from: usize| {
        mentions_in(reader.mentions, from, at.first.saturating_sub(1))
            .iter()
            .rev()
            .find(|m| {
                m.last < at.first
                    && matches!(m.sort, Sort::Place | Sort::Organization | Sort::Person)
                    && page.quoted(m.first) == page.quoted(at.first)
                    && !owners::ends_in_measure(reader, m.last)
                    && !owners::inserted(reader, from, m, at)
                    && !owners::aside(page, at, (m.first, m.last))
                    // The Treasury reports what others hold.
                    && !(m.sort == Sort::Organization
                        && measure.is_some_and(|m| m.kind == "stock")
                        && owners::reporter(m.organization.as_deref()))
            })
            .and_then(|m| Some((m.first, m.last, reader.label(m)?)))
    };
    let inner = owner(clause.first).filter(|(f, _, _)| at.first.saturating_sub(*f) <= 24);
    let outer = || owner(part.first);
    let behind = || {
        mentions_in(reader.mentions, at.last + 1, clause.last)
            .iter()
            .find(|m| {
                matches!(m.sort, Sort::Place | Sort::Organization)
                    && !owners::reporter(m.organization.as_deref())
            })
            .and_then(|m| reader.label(m))
    };
    // "Kuwait ..., the kingdom next door to $131.6 billion": a country that nobody named is not the one before.
    let after = inner.as_ref().map_or(clause.first, |o| o.1 + 1);
    let open = (after..at.first).any(|t| anaphor::called(page, t));
    let abroad = measure
        .filter(|m| m.name == "treasury_holdings" && unit == Unit::Usd)
        .and_then(|_| owners::abroad(reader, part, clause, at));
    draft.subject = abroad
        .or_else(|| open.then_some(Text::EMPTY))
        .or_else(|| inner.as_ref().map(|o| o.2.clone()))
        .or_else(|| outer().map(|o| o.2))
        .or_else(behind)
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    if draft.relation == "auction_yield" && unit == Unit::BasisPoints {
        draft.relation = Text::fixed("auction_tail");
    }
    if draft.relation == "bid_to_cover" || draft.relation == "auction_yield" {
        let seller = market::seller(reader, part, at.first);
        draft.subject = seller.unwrap_or_else(|| draft.subject.clone());
    }
    if let Some((first, last, _)) = inner
        && at.first.saturating_sub(last) <= 9
        && !heading
        && !page.quoted(at.first)
    {
        draft.first = first;
    }
    // "The dollar changed hands at 142.8 yen": the first number behind a series is told with it.
    if rate
        && let Some((first, last, _)) = found
        && last < at.first
        && first >= clause.first
        && at.first - last <= 6
        && first < draft.first
        && !heading
        && page.quoted(first) == page.quoted(at.first)
        && !part
            .quantities
            .iter()
            .any(|q| q.first > last && q.last < at.first)
    {
        draft.first = first;
    }
    if let Some((first, last, _)) = found
        && first > at.last
        && first.saturating_sub(at.last) <= 6
        && last <= clause.last
    {
        draft.last = last;
    }
    if low_is!(page, draft.last + 1, ")") && draft.first < at.first {
        draft.last += 1;
    }
    if rate && let Some(last) = object_end(reader, draft.last, clause.last) {
        draft.last = last;
    }
    // Changes and flows.
    let near = |cue: Cue| {
        reader.page.hits_in(clause.first, at.first).iter().any(|h| {
            h.is(cue)
                    && at.first.saturating_sub(h.last as usize) <= 4
                    // "Made up $943 billion" is no rise.
                    && !(low_is!(page, h.first as usize, "up")
                        && h.first > 0
                        && low_is!(page, h.first as usize - 1, "made" | "make" | "makes"))
        })
    };
    let moved = near(Cue::Increase) || near(Cue::Decrease);
    // "To a record $9.05 trillion".
    let lead = (1..=3)
        .filter_map(|back| at.first.checked_sub(back).filter(|t| *t >= part.first))
        .map(|t| page.low(t))
        .find(|w| {
            !matches!(
                *w,
                "a" | "an" | "the" | "record" | "new" | "total" | "fresh" | "just"
            )
        })
        .unwrap_or("");
    let to = matches!(lead, "to" | "at" | "of" | "from");
    draft.change = at.points && !to
        || rate
            && moved
            && !to
            && !matches!(unit, Unit::JpyPerUsd | Unit::FxRate | Unit::Count)
            && measure.is_none_or(|m| m.family != "tariffs");
    // "Half a billion dollars less than in January".
    let compared = matches!(
        (page.low(at.last + 1), page.low(at.last + 2)),
        ("less" | "fewer" | "lower" | "more" | "higher", "than")
    );
    if compared {
        draft.change = true;
        if low_is!(page, at.last + 1, "less" | "fewer" | "lower") {
            draft.value = Some(at.quantity.negated());
        }
    }
    if draft.change && near(Cue::Decrease) && at.quantity.number() > 0.0 {
        draft.value = Some(at.quantity.negated());
    }
    if !rate {
        let acts = What::ACTION | Cue::Sell.bit();
        let hits = if reader.has(clause.first, clause.last, acts) {
            page.hits_in(clause.first, clause.last)
        } else {
            &[]
        };
        let act = |h: &crate::lexicon::Hit, name: &str| matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].name == name);
        let sold = hits.iter().find(|h| h.is(Cue::Sell) || act(h, "sell"));
        let bought = hits.iter().find(|h| act(h, "buy"));
        // "Bought a net": the verb is the first word.
        let past = |h: &crate::lexicon::Hit| {
            page.low(h.last as usize).ends_with("ed")
                || low_is!(page, h.first as usize, "bought")
                || low_is!(page, h.first as usize, "sold")
                || low_is!(
                    page,
                    h.last as usize,
                    "sold"
                        | "bought"
                        | "sales"
                        | "sells"
                        | "buys"
                        | "buyer"
                        | "buyers"
                        | "seller"
                        | "sellers"
                )
        };
        // "Could be sold within weeks".
        let supposed = |h: &crate::lexicon::Hit| {
            let from = (h.first as usize).saturating_sub(3).max(clause.first);
            let before = page.hits_in(from, (h.first as usize).saturating_sub(1));
            before.iter().any(|m| {
                // "In May they bought".
                let month = page.word(m.first as usize) == "May";
                m.is(Cue::Modal) && !month || m.is(Cue::Will)
            })
        };
        let stock = page
            .hits_in(at.first.saturating_sub(2), at.first)
            .iter()
            .any(|_| low_is!(page, at.first.saturating_sub(1), "its" | "their" | "his"));
        if let Some(hit) = sold.filter(|h| past(h))
            && market::issued(reader, clause, hit.first as usize, at)
        {
            draft.relation = Text::fixed("auction_size");
            draft.object = market::term(reader, clause);
        } else if measure.is_some_and(|m| m.kind == "stock") && !stock {
            // "Trimmed its holdings to $765 billion" tells what is left.
            if to && lead != "of" {
            } else if sold.is_some_and(|h| past(h) && !supposed(h)) {
                draft.relation = text!("net_purchases:{}", draft.relation);
                draft.value = Some(at.quantity.negated());
                draft.change = true;
            } else if bought.is_some_and(|h| past(h) && !supposed(h)) {
                draft.relation = text!("net_purchases:{}", draft.relation);
                draft.change = true;
            } else if moved && !to {
                draft.change = true;
                if near(Cue::Decrease) {
                    draft.value = Some(at.quantity.negated());
                }
            }
        }
    }
    let scope_first = clause.first.max(at.first.saturating_sub(14));
    let official = reader
        .cue(scope_first, clause.last, Cue::Official)
        .is_some_and(|_| draft.relation != "reserves");
    let private = reader.cue(scope_first, clause.last, Cue::Private).is_some();
    draft.scope = match (official, private) {
        (true, true) => Some("official and private"),
        (true, false) => Some("official"),
        (false, true) => Some("private"),
        _ => None,
    }
    .map(Text::fixed);
    let relation = draft.relation.as_str();
    if draft.scope.is_none()
        && reader
            .lexicon
            .measures
            .iter()
            .any(|m| m.name == relation && m.family == "dollar_assets" && m.name != "reserves")
    {
        let wielded = own(reader, part, &draft, at);
        draft.scope = Some(Text::fixed(if wielded {
            "as the state's own"
        } else {
            "not said"
        }));
    }
    let flow = draft.change;
    let base =
        |m: &Moment| !flow && market::compared(reader, m) || owners::of_another(reader, at, m);
    draft.moment = nearest(part, clause.first, clause.last, at, base)
        .or_else(|| nearest(part, part.first, part.last, at, base));
    if !draft.change && owners::level_before(reader, part, at) {
        let behind = draft.moment.as_ref().is_some_and(|m| m.first > at.last);
        if !behind {
            draft.moment = draft
                .moment
                .take()
                .map(|m| m.one_before(measure.is_some_and(|m| m.kind == "stock")));
        }
    }
    if compared
        && let Some(moment) = &mut draft.moment
        && market::compared(reader, moment)
    {
        moment.with_word_before();
    }
    if heading && draft.change && draft.moment.is_none() {
        draft.moment = market::column(reader, at);
    }
    draft.quote = page
        .inside
        .get(at.first)
        .copied()
        .flatten()
        .map(|q| q as usize);
    if draft.quote.is_some() {
        draft.modality = Modality::Reported;
    }
    if reader.cue(clause.first, at.first, Cue::Will).is_some() && unit != Unit::Usd {
        draft.modality = Modality::Forecast;
    }
    Some(draft)
}

/// A number from here on is an amount of a currency and not its price.
const PRICE: f64 = 1000.0;

/// The time closest to a number, of two the one behind it; not one that only a change counts from.
fn nearest(
    part: &Part,
    first: usize,
    last: usize,
    at: &Found,
    base: impl Fn(&Moment) -> bool,
) -> Option<Moment> {
    part.moments(first, last)
        .filter(|m| !base(m))
        .min_by_key(|m| {
            if m.first > at.last {
                m.first - at.last
            } else {
                at.first.saturating_sub(m.last) + 3
            }
        })
        .cloned()
}

/// "The dollar bought 143.8 yen": an amount of yen beside the dollar is its price.
fn as_rate(reader: &Reader<'_>, clause: Clause, at: &Found) -> Found {
    let dollar = || (clause.first..at.first).any(|t| low_is!(reader.page, t, "dollar"));
    let value = at.quantity.number();
    if at.quantity.unit() == Unit::Jpy && (50.0..400.0).contains(&value) && dollar() {
        let quantity = Quantity::new(value, at.quantity.half_digit(), Unit::JpyPerUsd);
        return Found { quantity, ..*at };
    }
    *at
}

/// "a 10% duty on Swiss watches": the object behind "on".
fn object_end(reader: &Reader<'_>, last: usize, limit: usize) -> Option<usize> {
    let page = reader.page;
    let dated = (crate::when::month(page.low(last + 2)).is_some()
        || crate::when::weekday(page.low(last + 2)))
        && page.tokens.get(last + 2).is_some_and(|t| t.capital());
    if !low_is!(page, last + 1, "on" | "for" | "against") || last + 2 > limit || dated {
        return None;
    }
    let stop = (last + 2..=limit.min(last + 6))
        .take_while(|t| {
            page.tokens[*t].is_word()
                && !low_is!(
                    page,
                    *t,
                    "and"
                        | "that"
                        | "as"
                        | "from"
                        | "in"
                        | "if"
                        | "would"
                        | "could"
                        | "after"
                        | "on"
                        | "by"
                )
        })
        .last()?;
    Some(stop)
}

/// Whether a country's holdings are told as what its government wields: owned by the capital ("Tokyo’s"), or beside words
/// of threat or leverage in the same sentence that are not denied.
fn own(reader: &Reader<'_>, part: &Part, draft: &Draft, at: &Found) -> bool {
    let page = reader.page;
    if !draft.relation.ends_with("treasury_holdings") || page.quoted(at.first) {
        return false;
    }
    let capital = page
        .hits_in(draft.first, at.first)
        .iter()
        .any(|h| match h.what {
            What::Place(p) => reader.lexicon.places[p as usize]
                .capitals
                .iter()
                .any(|c| c.eq_ignore_ascii_case(page.slice(h.first as usize, h.last as usize))),
            _ => false,
        });
    let wielded = reader
        .plain(part.first, part.last)
        .any(|h| h.is(Cue::Leverage) || matches!(h.what, What::Action(a) if reader.lexicon.actions[a as usize].polarity.as_deref() == Some("threat")));
    let denied = reader
        .plain(part.first, part.last)
        .any(|h| h.is(Cue::StoppedShort) || h.is(Cue::Assurance));
    capital || wielded && !denied
}
