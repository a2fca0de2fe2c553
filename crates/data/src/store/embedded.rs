//! The snapshot inside the program: one block of bytes, an index, inflate.
//!
//! `build.rs` packs `snapshot/` and writes the index. Each file was deflated on its own (RFC 1951), so a table costs only its
//! own unpacking. The size after unpacking is in the index and bounds what is read.

use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::DataError;

/// A table in the block.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) name: &'static str,
    pub(super) data: Place,
    pub(super) metadata: Place,
    pub(super) sha256: &'static str,
}

/// Where a deflated file lies in the block.
#[derive(Debug)]
pub(super) struct Place {
    start: usize,
    length: usize,
    unpacked: usize,
}

static BLOCK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));

include!(concat!(env!("OUT_DIR"), "/snapshot_index.rs"));

/// The bytes of a file of the block.
pub(super) fn unpack(place: &Place, file: &str) -> Result<Vec<u8>, DataError> {
    let unreadable = |reason: String| DataError::Unreadable {
        file: file.to_owned(),
        reason,
    };
    let packed = BLOCK
        .get(place.start..place.start.saturating_add(place.length))
        .ok_or_else(|| unreadable("the index points outside the block".to_owned()))?;
    let mut bytes = Vec::with_capacity(place.unpacked);
    DeflateDecoder::new(packed)
        .take(place.unpacked as u64)
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(e.to_string()))?;
    Ok(bytes)
}
