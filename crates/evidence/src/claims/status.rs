//! Offices and ranks: "former President Trump", "the largest foreign holder of Treasuries".
//!
//! A title before a name is a claim when it says former or acting, or when the record of offices gives the person
//! another office on that day. A rank is a superlative with a holder word.

use super::{Draft, Part, Reader};
use crate::lexicon::{Cue, Office, What};
use crate::mention::Sort;
use crate::model::ClaimKind;
use crate::quotes::speaker::mentions_in;
use crate::short::{Text, text};
use crate::text::low_is;

pub(super) fn drafts(reader: &Reader<'_>, part: &Part) -> Vec<Draft> {
    let page = reader.page;
    let mut out = reader.sheets.take();
    for mention in mentions_in(reader.mentions, part.first, part.last) {
        if mention.sort != Sort::Person || page.quoted(mention.first) {
            continue;
        }
        // "Japan's finance minister, Shunichi Suzuki, said": the office stands before the comma.
        let apposed = || {
            let comma = mention.first.checked_sub(1)?;
            if !low_is!(page, comma, ",") {
                return None;
            }
            let all = mentions_in(reader.mentions, part.first, comma);
            let title = all
                .iter()
                .rev()
                .find(|m| m.sort == Sort::Role && m.last + 1 == comma)?;
            Some((title.role.as_ref()?, title.first))
        };
        let (role, start) = match (&mention.role, apposed()) {
            (_, Some((role, start))) if country(reader, start).is_some() => (role, start),
            (Some(role), _) => (role, mention.first),
            _ => continue,
        };
        let title_before = page
            .hits_in(start, start)
            .iter()
            .any(|h| h.is(Cue::RolePart) || h.is(Cue::Role) || h.is(Cue::Former));
        if !title_before && !mention.former {
            continue;
        }
        let name = mention.name.as_deref();
        let other = reader.anchor.date.zip(name).is_some_and(|(day, name)| {
            reader.lexicon.people_named(name).any(|p| {
                let plain = role
                    .trim_start_matches("former ")
                    .trim_start_matches("u.s. ")
                    .replace("defence", "defense");
                let known = p.offices.iter().any(|o| o.title == plain);
                known
                    && !p
                        .offices
                        .iter()
                        .any(|o| o.title == plain && o.from <= day && o.to.is_none_or(|t| day <= t))
                    && p.offices.iter().any(|o| o.title == plain && o.from <= day)
            })
        });
        // "Japan's finance minister, X" where the table has somebody else in that office.
        let seat = country(reader, start).filter(|place| {
            let Some(day) = reader.anchor.date.filter(|_| !mention.former) else {
                return false;
            };
            let seated = reader.lexicon.people_of(place).filter(|p| {
                let title = |o: &&Office| o.title == *role;
                let mut held = p.offices.iter().filter(title);
                held.any(|o| o.from <= day && o.to.is_none_or(|t| day <= t))
            });
            let (holds, taken) = seated.fold((false, false), |(own, any), p| {
                let same = Some(p.name.as_str()) == name;
                (own || same, any || !same)
            });
            taken && !holds
        });
        if !mention.former && !other && seat.is_none() {
            continue;
        }
        let mut draft = reader.draft(ClaimKind::Status, start, mention.last);
        draft.subject = mention.name.clone().unwrap_or_default();
        draft.relation = role.clone();
        draft.object = seat.map(Text::of);
        out.push(draft);
    }
    let mut done = 0;
    let ranked = if reader.has(part.first, part.last, Cue::Superlative.bit()) {
        page.hits_in(part.first, part.last)
    } else {
        &[]
    };
    for hit in ranked {
        if !hit.is(Cue::Superlative)
            || page.quoted(hit.first as usize)
            || (hit.first as usize) < done
        {
            continue;
        }
        let s = hit.last as usize;
        let Some(holder) = page
            .hits_in(s + 1, (s + 4).min(part.last))
            .iter()
            .find(|h| h.is(Cue::Holder))
        else {
            continue;
        };
        let mut last = holder.last as usize;
        if low_is!(page, last + 1, "of" | "in") {
            let measure = page
                .hits_in(last + 2, (last + 4).min(part.last))
                .iter()
                .filter(|h| {
                    matches!(
                        h.what,
                        What::Measure(_) | What::Place(_) | What::Organization(_)
                    )
                })
                .map(|h| h.last as usize)
                .max();
            last = measure.unwrap_or(last);
        }
        let owner = mentions_in(
            reader.mentions,
            part.first,
            (hit.first as usize).saturating_sub(1),
        )
        .iter()
        .rev()
        .filter(|m| !page.quoted(m.first))
        .find(|m| m.sort == Sort::Place && !m.possessive)
        .or_else(|| {
            mentions_in(reader.mentions, part.first, hit.first as usize)
                .iter()
                .find(|m| m.sort == Sort::Place)
        });
        let always = reader
            .cue(part.first, part.last, Cue::Always)
            .filter(|h| h.first < hit.first);
        let first = always
            .map(|h| h.first as usize)
            .or(owner.map(|m| m.first))
            .unwrap_or(hit.first as usize);
        let first = if (hit.first as usize) - first > 12 {
            hit.first as usize
        } else {
            first
        };
        let mut draft = reader.draft(ClaimKind::Status, first, last);
        draft.subject = owner
            .and_then(|m| reader.label(m))
            .or_else(|| reader.main_place.clone())
            .unwrap_or_default();
        let foreign = (hit.first as usize..=last).any(|t| low_is!(page, t, "foreign" | "overseas"));
        let rank = if low_is!(page, hit.first as usize, "second") {
            2
        } else if low_is!(page, hit.first as usize, "third") {
            3
        } else {
            1
        };
        draft.relation = text!("rank:{rank}:{}", if foreign { "foreign" } else { "any" });
        draft.scope = Some(Text::fixed(if foreign {
            "foreign holders"
        } else {
            "all holders"
        }));
        draft.moment = part.moment(part.first, part.last);
        if always.is_some() {
            draft.sequence = Some(Text::fixed("over years"));
        }
        done = last;
        out.push(draft);
    }
    out.extend(super::extremes::drafts(reader, part));
    out
}

/// The country whose office a title before a name is: "Japan's finance minister".
fn country<'a>(reader: &Reader<'a>, title: usize) -> Option<&'a str> {
    let page = reader.page;
    let at = title.checked_sub(1)?;
    let at = if page.low(at).starts_with(['’', '\'']) {
        at.checked_sub(1)?
    } else {
        at
    };
    page.hits_in(at, at).iter().find_map(|h| match h.what {
        What::Place(p) => Some(reader.lexicon.places[p as usize].name.as_str()),
        _ => None,
    })
}
