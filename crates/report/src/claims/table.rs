//! Claims as CSV: one claim a row, for spreadsheets and scripts.
//!
//! Columns are [`CLAIM_COLUMNS`]; offsets are Unicode code points of the text as read; money is in whole currency units with the
//! unit beside it; `also` lists further places of the document as `start-end`. A row needs nothing but its document, so a corpus can be written batch by batch.

use brandish_evidence::Evidence;

use crate::ReportError;

/// The columns, in order.
pub const CLAIM_COLUMNS: [&str; 25] = [
    "id",
    "document",
    "start",
    "end",
    "kind",
    "text",
    "subject",
    "relation",
    "value",
    "unit",
    "from",
    "to",
    "scope",
    "polarity",
    "modality",
    "negated",
    "hedge",
    "speaker",
    "asked",
    "verdict",
    "series",
    "value_then",
    "arithmetic",
    "uncertainty",
    "also",
];

/// Rows of the evidence without a header line.
///
/// # Errors
/// If a row cannot be written.
pub fn claims_csv(evidence: &Evidence) -> Result<Vec<u8>, ReportError> {
    let out = csv::Writer::from_writer(Vec::new());
    rows(evidence, 0, out)
}

/// A whole file: header line, rows of the documents from number `first` on.
///
/// # Errors
/// If a row cannot be written.
pub fn claims_file(evidence: &Evidence, first: usize) -> Result<Vec<u8>, ReportError> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(CLAIM_COLUMNS)?;
    rows(evidence, first, out)
}

fn rows(
    evidence: &Evidence,
    first: usize,
    mut out: csv::Writer<Vec<u8>>,
) -> Result<Vec<u8>, ReportError> {
    let claims = evidence.claims.iter().enumerate();
    for (number, claim) in claims.filter(|(_, claim)| claim.document >= first) {
        let quote = claim.quote.and_then(|q| evidence.quotes.get(q));
        let verdict = evidence.verdicts.get(number);
        let when = claim.when.as_ref();
        let day = |d: Option<brandish_units::Date>| d.map_or(String::new(), |d| d.to_string());
        let start = claim.span.start.to_string();
        let end = claim.span.end.to_string();
        let value = claim
            .value
            .map_or(String::new(), |v| v.number().to_string());
        let also: Vec<String> = claim
            .also
            .iter()
            .map(|span| format!("{}-{}", span.start, span.end))
            .collect();
        let (from, to) = (day(when.and_then(|w| w.from)), day(when.and_then(|w| w.to)));
        out.write_record([
            claim.id.as_str(),
            evidence
                .documents
                .get(claim.document)
                .map_or("", |d| d.file.as_str()),
            &start,
            &end,
            claim.kind.word(),
            &claim.text,
            &claim.subject,
            &claim.relation,
            &value,
            claim.value.map_or("", |v| v.unit().word()),
            &from,
            &to,
            claim.scope.as_deref().unwrap_or(""),
            claim.polarity.word(),
            claim.modality.word(),
            if claim.negated { "yes" } else { "" },
            claim.hedge.as_deref().unwrap_or(""),
            quote
                .and_then(|q| q.speaker.as_ref())
                .map_or("", |s| s.label()),
            quote
                .and_then(|q| q.asked.as_ref())
                .map_or("", |a| a.text.as_str()),
            verdict.map_or("", |v| v.verdict.word()),
            verdict
                .and_then(|v| v.then())
                .map_or("", |r| r.series.as_ref()),
            verdict.and_then(|v| v.then()).map_or("", |r| &r.value),
            verdict.map_or("", |v| &v.arithmetic),
            verdict.map_or("", |v| &v.uncertainty),
            &also.join(" "),
        ])?;
    }
    out.into_inner()
        .map_err(|error| ReportError::from(error.into_error()))
}
