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

/// A bit for each of eight bytes that does not go on with a character (binary 10xxxxxx).
fn beginning(eight: u64) -> u64 {
    let goes_on = (eight >> 7) & !(eight >> 6) & 0x0101_0101_0101_0101;
    // The product brings the lowest bits of the bytes together in the uppermost byte.
    !(goes_on.wrapping_mul(0x0102_0408_1020_4080) >> 56) & 0xff
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
                let (eights, rest) = chunk.as_chunks();
                for (place, eight) in eights.iter().enumerate() {
                    bits |= beginning(u64::from_le_bytes(*eight)) << (8 * place);
                }
                for (place, byte) in rest.iter().enumerate() {
                    bits |= u64::from(byte & 0xc0 != 0x80) << (8 * eights.len() + place);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Counting characters is the reference, at every boundary of texts of one to four bytes a character.
    #[test]
    fn offsets_count_characters() {
        for piece in ["plain ", "“é”", "円高", "a—b🙂", "é"] {
            let text = piece.repeat(70);
            let offsets = Offsets::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.point(byte), count, "{piece} {byte}");
            }
            assert_eq!(offsets.point(text.len()), text.chars().count());
        }
    }
}
