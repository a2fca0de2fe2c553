//! The claims file: [`Evidence`] as JSON, schema 1.
//!
//! One object with `documents`, `quotes`, `claims`, `groups`, `verdicts`, `timeline`, `scenarios`; offsets are code points of
//! the text as read, which `documents[].text` carries. Numbers have their unit beside them; money is in whole currency
//! units. A field that does not apply is null.

use serde_json::{Value, json};

use crate::model::{Evidence, ImpliedField, Row, When};

/// Version of the claims file.
pub const SCHEMA: u32 = 1;

/// The evidence as one JSON value.
pub fn value(evidence: &Evidence) -> Value {
    json!({
        "schema": SCHEMA,
        "documents": evidence.documents.iter().map(|d| json!({
            "file": d.file, "title": d.title, "date": d.published.map(|p| p.to_string()), "time_zone": d.time_zone, "notes": d.notes, "text": d.text,
        })).collect::<Vec<_>>(),
        "quotes": evidence.quotes.iter().map(|q| json!({
            "document": q.document, "start": q.span.start, "end": q.span.end, "text": q.text, "kind": q.kind.word(),
            "speaker": q.speaker.as_ref().and_then(|s| s.name.clone()), "organization": q.speaker.as_ref().and_then(|s| s.organization.clone()),
            "role": q.speaker.as_ref().and_then(|s| s.role.clone()), "certain": q.speaker.as_ref().map(|s| s.certain), "verb": q.verb, "hedge": q.hedge,
            "asked": q.asked.as_ref().map(|a| json!({"start": a.span.start, "end": a.span.end, "text": a.text, "polarity": a.polarity.word()})),
            "continues": q.continues, "inside": q.inside, "notes": q.notes,
        })).collect::<Vec<_>>(),
        "claims": evidence.claims.iter().map(|c| json!({
            "id": c.id, "document": c.document, "start": c.span.start, "end": c.span.end, "span": c.text, "kind": c.kind.word(), "subject": c.subject,
            "relation": c.relation, "object": c.object, "value": c.value.map(|v| v.number()), "unit": c.value.map(|v| v.unit().word()), "half_digit": c.value.map(|v| v.half_digit()),
            "approximate": c.value.map(|v| v.approximate), "change": c.change, "date": c.when.as_ref().map(when), "scope": c.scope, "polarity": c.polarity.word(),
            "modality": c.modality.word(), "negated": c.negated, "hedge": c.hedge, "quote": c.quote, "sequence": c.sequence,
            "also": c.also.iter().map(|s| json!({"start": s.start, "end": s.end})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "groups": evidence.groups.iter().map(|g| json!({
            "id": g.id, "topic": g.topic, "claims": g.claims, "notes": g.notes,
            "drift": g.drift.iter().map(|d| json!({"drift": d.drift.word(), "claim": d.claim, "against": d.against, "note": d.note})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "verdicts": evidence.verdicts.iter().map(|v| json!({
            "claim": v.claim, "verdict": v.verdict.word(), "as_of": v.as_of.map(|d| d.to_string()), "series": v.then().map(|r| r.series.as_ref()),
            "value_then": v.then().map(|r| r.value.as_str()), "vintage": v.then().map(|r| r.vintage.as_str()), "value_now": v.now.as_ref().map(|r| r.value.clone()),
            "rows": v.rows.iter().map(row).collect::<Vec<_>>(), "arithmetic": v.arithmetic, "uncertainty": v.uncertainty,
        })).collect::<Vec<_>>(),
        "timeline": evidence.timeline.iter().map(|t| json!({
            "date": t.date.to_string(), "zone_note": t.zone_note, "event": t.event, "recorded": t.recorded, "claims": t.claims,
        })).collect::<Vec<_>>(),
        "scenarios": evidence.scenarios.iter().map(|s| json!({
            "document": s.document, "seller": field(&s.seller), "amount_usd_bn": field(&s.amount_usd_bn), "joined_by": s.joined_by.iter().map(field).collect::<Vec<_>>(),
            "known": field(&s.known), "days": field(&s.days), "as_of": field(&s.as_of),
        })).collect::<Vec<_>>(),
    })
}

fn when(when: &When) -> Value {
    json!({"text": when.text, "from": when.from.map(|d| d.to_string()), "to": when.to.map(|d| d.to_string()), "zone": when.zone})
}

fn row(row: &Row) -> Value {
    json!({"series": row.series, "key": row.key, "value": row.value, "vintage": row.vintage})
}

fn field(field: &ImpliedField) -> Value {
    json!({"value": field.value, "assumed": field.source.is_none(), "start": field.source.map(|s| s.1.start), "end": field.source.map(|s| s.1.end)})
}
