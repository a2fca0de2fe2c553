//! What happened when: the recorded events that claims speak of, and dated claims the record does not hold.
//!
//! A recorded event stands at its own place's day with its zone note, so that "May 1" and "Friday" meet at one line. Claims
//! dated by the text alone are listed under their words. Entries are in order of their day.

use std::collections::BTreeMap;

use crate::lexicon::Lexicon;
use crate::model::{ClaimKind, Evidence, TimelineEntry};

pub(crate) fn entries(evidence: &Evidence, lexicon: &Lexicon) -> Vec<TimelineEntry> {
    let mut told: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut own: Vec<TimelineEntry> = Vec::new();
    for (number, verdict) in evidence.verdicts.iter().enumerate() {
        let mut recorded = false;
        for row in verdict.rows.iter().filter(|r| r.series == "events") {
            told.entry(&row.key).or_default().push(number);
            recorded = true;
        }
        let Some(claim) = evidence
            .claims
            .get(number)
            .filter(|c| !recorded && matches!(c.kind, ClaimKind::Event | ClaimKind::Quote))
        else {
            continue;
        };
        if let Some((from, to)) = claim.when.as_ref().and_then(|w| Some((w.from?, w.to?)))
            && from == to
        {
            own.push(TimelineEntry {
                date: from,
                zone_note: claim
                    .when
                    .as_ref()
                    .and_then(|w| w.zone.as_deref())
                    .unwrap_or("")
                    .to_owned(),
                event: claim.text.to_string(),
                recorded: None,
                claims: vec![number],
            });
        }
    }
    let mut out: Vec<TimelineEntry> = lexicon
        .events
        .iter()
        .filter_map(|event| {
            let mut claims = told.remove(event.id.as_str())?;
            claims.dedup();
            Some(TimelineEntry {
                date: event.date,
                zone_note: event.zone_note.clone(),
                event: event.title.clone(),
                recorded: Some(event.id.clone()),
                claims,
            })
        })
        .collect();
    out.extend(own);
    out.sort_by(|a, b| (a.date, &a.recorded, &a.claims).cmp(&(b.date, &b.recorded, &b.claims)));
    out
}
