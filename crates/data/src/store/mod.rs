//! The snapshot: tables by name, from the program itself or from a folder.
//!
//! The embedded snapshot is compressed table by table; a folder holds `<table>/{data.csv, metadata.json}`. Either way a
//! table is read when it is first asked for and kept; its bytes are checked against their hash before they are parsed.
//! Reading is the only effect: nothing is written, no clock is asked, no network is touched.

mod embedded;
mod folder;
mod metadata;
mod table;

pub use metadata::{Metadata, SCHEMA_VERSION};
pub use table::{Column, Row, Table};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use brandish_units::Date;

use crate::DataError;
use crate::calendar::ReleaseCalendar;
use crate::known::KnownOn;

/// All tables of official series at hand.
#[derive(Debug)]
pub struct Snapshot {
    place: String,
    tables: BTreeMap<String, Slot>,
    calendar: OnceLock<Result<ReleaseCalendar, DataError>>,
}

#[derive(Debug)]
struct Slot {
    source: Source,
    metadata: OnceLock<Result<Metadata, DataError>>,
    table: OnceLock<Result<Table, DataError>>,
}

/// Where the bytes of a table are.
#[derive(Debug)]
enum Source {
    Embedded(&'static embedded::Packed),
    Folder(std::path::PathBuf),
}

impl Snapshot {
    /// The snapshot that the program carries.
    pub fn embedded() -> Snapshot {
        let tables = embedded::TABLES
            .iter()
            .map(|packed| (packed.name.to_owned(), Slot::new(Source::Embedded(packed))))
            .collect();
        Snapshot {
            place: "the embedded snapshot".to_owned(),
            tables,
            calendar: OnceLock::new(),
        }
    }

    /// The store in a folder, as `snapshot/` is laid out. Tables are read and checked when they are asked for.
    pub fn from_dir(path: &Path) -> Result<Snapshot, DataError> {
        let tables = folder::tables(path)?
            .into_iter()
            .map(|(name, place)| (name, Slot::new(Source::Folder(place))))
            .collect();
        Ok(Snapshot {
            place: path.display().to_string(),
            tables,
            calendar: OnceLock::new(),
        })
    }

    /// Where the tables come from, for messages.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Names of all tables, sorted.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// A table by name.
    pub fn table(&self, name: &str) -> Result<&Table, DataError> {
        let slot = self.slot(name)?;
        slot.table
            .get_or_init(|| {
                let table = slot.source.read(name, self.metadata(name)?)?;
                // What the program carries is tried by its tests; a folder can hold anything.
                if matches!(slot.source, Source::Folder(_)) {
                    crate::identities::check_table(&table)?;
                }
                Ok(table)
            })
            .as_ref()
            .map_err(Clone::clone)
    }

    /// What is known about a table.
    pub fn metadata(&self, name: &str) -> Result<&Metadata, DataError> {
        let slot = self.slot(name)?;
        slot.metadata
            .get_or_init(|| slot.source.metadata())
            .as_ref()
            .map_err(Clone::clone)
    }

    /// What had been published by the end of `as_of`.
    pub fn known_on(&self, as_of: Date) -> KnownOn<'_> {
        KnownOn::new(self, as_of)
    }

    /// Everything in the snapshot, whenever it came out: for checks against later records, never for a run.
    pub fn in_hindsight(&self) -> KnownOn<'_> {
        KnownOn::new(self, Date::MAX)
    }

    /// When observations became known.
    pub fn release_calendar(&self) -> Result<&ReleaseCalendar, DataError> {
        self.calendar
            .get_or_init(|| ReleaseCalendar::read(self.table("release_calendar")?))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn slot(&self, name: &str) -> Result<&Slot, DataError> {
        self.tables
            .get(name)
            .ok_or_else(|| DataError::MissingTable {
                table: name.to_owned(),
                place: self.place.clone(),
            })
    }
}

impl Slot {
    fn new(source: Source) -> Slot {
        Slot {
            source,
            metadata: OnceLock::new(),
            table: OnceLock::new(),
        }
    }
}

impl Source {
    fn file(&self, name: &str) -> String {
        match self {
            Source::Embedded(packed) => format!("embedded snapshot, {}/{name}", packed.name),
            Source::Folder(folder) => folder.join(name).display().to_string(),
        }
    }

    fn metadata(&self) -> Result<Metadata, DataError> {
        let file = self.file("metadata.json");
        let bytes = match self {
            Source::Embedded(packed) => embedded::unpack(&packed.metadata, &file)?,
            Source::Folder(folder) => folder::read(&folder.join("metadata.json"))?,
        };
        metadata::parse(&file, &bytes)
    }

    fn read(&self, name: &str, metadata: &Metadata) -> Result<Table, DataError> {
        let file = self.file("data.csv");
        let (bytes, expected) = match self {
            Source::Embedded(packed) => (
                embedded::unpack(&packed.data, &file)?,
                packed.sha256.to_owned(),
            ),
            Source::Folder(folder) => (
                folder::read(&folder.join("data.csv"))?,
                metadata.sha256.clone(),
            ),
        };
        let found: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if found != expected {
            return Err(DataError::Tampered {
                file,
                expected,
                found,
                expected_bytes: metadata.bytes,
                found_bytes: bytes.len() as u64,
            });
        }
        let text = String::from_utf8(bytes).map_err(|e| DataError::Unreadable {
            file,
            reason: format!("not UTF-8 text: {e}"),
        })?;
        Ok(Table::new(name, text))
    }
}
