//! From bytes to a [`Document`]: decoding, HTML, headline and stated date.
//!
//! Input is untrusted. Size is bounded, binary formats are refused by name, damaged UTF-8 is read with replacement
//! characters and noted. Nothing is fetched or executed, and a date is taken only where the document states one. Markdown
//! is read as it stands, since its marks do not disturb sentences.

mod front;
mod html;
mod stated;

use crate::EvidenceError;
use crate::model::Document;

/// Most bytes of one document.
pub const DOCUMENT_LIMIT: usize = 10 * 1024 * 1024;

/// Reads one document; `file` is its name, for messages and for the ending `.html`.
pub fn read(file: &str, bytes: &[u8]) -> Result<Document, EvidenceError> {
    if bytes.len() > DOCUMENT_LIMIT {
        return Err(EvidenceError::TooLarge {
            file: file.to_owned(),
            bytes: bytes.len(),
            limit: DOCUMENT_LIMIT,
        });
    }
    let mut notes = Vec::new();
    let decoded = decode(file, bytes, &mut notes)?;
    let lower = file.to_ascii_lowercase();
    let start = decoded.trim_start().as_bytes();
    let looks_html = start.first() == Some(&b'<')
        && [
            &b"<!doctype"[..],
            b"<html",
            b"<head",
            b"<body",
            b"<article",
            b"<div",
            b"<p",
        ]
        .iter()
        .any(|tag| {
            start
                .get(..tag.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(tag))
        });
    let (text, head) = if looks_html || lower.ends_with(".html") || lower.ends_with(".htm") {
        html::extract(&decoded, &mut notes)
    } else {
        (decoded, html::Head::default())
    };
    if text.trim().is_empty() {
        return Err(EvidenceError::Empty {
            file: file.to_owned(),
        });
    }
    let front = front::find(&text);
    Ok(Document {
        file: file.to_owned(),
        title: head.title.or(front.title),
        published: head.published.or(front.published),
        published_at: front.published_at.filter(|_| head.published.is_none()),
        time_zone: front.time_zone,
        text,
        notes,
    })
}

fn decode(file: &str, bytes: &[u8], notes: &mut Vec<String>) -> Result<String, EvidenceError> {
    let refuse = |kind| {
        Err(EvidenceError::NotText {
            file: file.to_owned(),
            kind,
        })
    };
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => return refuse("a PDF"),
        [b'P', b'K', 3, 4, ..] => return refuse("a zip archive"),
        [0x1f, 0x8b, ..] => return refuse("compressed data"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => return refuse("a picture"),
        [0xff, 0xfe, rest @ ..] => return Ok(utf16(rest, u16::from_le_bytes, notes)),
        [0xfe, 0xff, rest @ ..] => return Ok(utf16(rest, u16::from_be_bytes, notes)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.contains(&0) {
        return refuse("binary data");
    }
    let text = String::from_utf8_lossy(bytes);
    if let std::borrow::Cow::Owned(_) = text {
        notes.push("bytes that are not UTF-8 were replaced".to_owned());
    }
    Ok(text.into_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, notes: &mut Vec<String>) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut damaged = bytes.len() % 2 == 1;
    let text = char::decode_utf16(units)
        .map(|c| {
            c.unwrap_or_else(|_| {
                damaged = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .filter(|c| *c != '\0')
        .collect();
    if damaged {
        notes.push("UTF-16 text is damaged; read as far as it goes".to_owned());
    }
    text
}
