//! Byte offsets to Unicode code points.
//!
//! A count every 64 bytes makes the conversion a short walk and the table small. A place inside a character counts as its
//! start, and a place behind the end as the end, so a conversion never fails.

use crate::model::Span;

const STEP: usize = 64;

/// Code points before each step of the text.
pub(crate) struct Offsets {
    before: Vec<u32>,
    leading: Vec<u64>,
}

impl Offsets {
    pub(crate) fn new(text: &str) -> Offsets {
        let mut before = Vec::with_capacity(text.len() / STEP + 2);
        let mut leading = Vec::with_capacity(text.len() / STEP + 2);
        let mut count = 0_u32;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(count);
            let mut bits = 0_u64;
            if chunk.len() == STEP && chunk.is_ascii() {
                bits = u64::MAX;
            } else {
                for (place, byte) in chunk.iter().enumerate() {
                    if byte & 0xc0 != 0x80 {
                        bits |= 1 << place;
                    }
                }
            }
            leading.push(bits);
            count += bits.count_ones();
        }
        before.push(count);
        leading.push(0);
        Offsets { before, leading }
    }

    /// Code points that begin before the byte offset.
    pub(crate) fn point(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.before.len() - 1);
        let bits = self.leading.get(step).copied().unwrap_or(0);
        let mask = (1_u64 << (byte % STEP)) - 1;
        self.before.get(step).map_or(0, |b| *b as usize) + (bits & mask).count_ones() as usize
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            start: self.point(start),
            end: self.point(end),
        }
    }
}
