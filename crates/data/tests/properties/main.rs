//! What must hold for any store: damage is found and named, the same question has the same answer, nothing is known early.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail loudly

mod holders;

use std::path::{Path, PathBuf};

use brandish_data::{DataError, Quality, Snapshot};
use brandish_units::Date;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshot")
}

/// Copies tables of the repository's snapshot into an empty folder.
fn store(tables: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for table in tables {
        let to = folder.path().join(table);
        std::fs::create_dir(&to).unwrap();
        for file in ["data.csv", "metadata.json"] {
            std::fs::copy(repository().join(table).join(file), to.join(file)).unwrap();
        }
    }
    folder
}

#[test]
fn every_table_can_be_read_and_matches_its_metadata() {
    let snapshot = Snapshot::embedded();
    let names: Vec<String> = snapshot.table_names().map(str::to_owned).collect();
    assert!(names.len() >= 50);
    for name in names {
        let metadata = snapshot.metadata(&name).unwrap().clone();
        let table = snapshot.table(&name).unwrap();
        assert_eq!(metadata.table, name);
        assert_eq!(metadata.rows, table.len() as u64, "{name}");
        assert_eq!(metadata.columns, table.header(), "{name}");
        assert!(
            Quality::from_word(&metadata.quality).is_some(),
            "{name}: {}",
            metadata.quality
        );
        for row in table.rows() {
            row.unwrap();
        }
        let has_rule = metadata.release.as_ref().is_none_or(|series| {
            snapshot
                .release_calendar()
                .unwrap()
                .release(series, day("2025-03-31"))
                .is_ok()
        });
        assert!(has_rule, "{name}: no release rule {:?}", metadata.release);
    }
}

#[test]
fn a_folder_gives_the_same_as_the_program() {
    let from_dir = Snapshot::from_dir(&repository()).unwrap();
    let embedded = Snapshot::embedded();
    let date = day("2025-05-01");
    assert_eq!(
        from_dir.known_on(date).par_yields(date),
        embedded.known_on(date).par_yields(date)
    );
    assert_eq!(
        from_dir.known_on(date).securities_outstanding(date),
        embedded.known_on(date).securities_outstanding(date)
    );
    // Asked twice, the same answer.
    assert_eq!(
        embedded.known_on(date).securities_outstanding(date),
        embedded.known_on(date).securities_outstanding(date)
    );
}

#[test]
fn a_truncated_table_is_named_with_its_remedy() {
    let folder = store(&["par_yields", "par_yields_continued", "release_calendar"]);
    let file = folder.path().join("par_yields/data.csv");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let snapshot = Snapshot::from_dir(folder.path()).unwrap();
    let date = day("2025-05-01");
    let error = snapshot.known_on(date).par_yields(date).unwrap_err();
    assert!(matches!(error, DataError::Tampered { .. }));
    let text = error.to_string();
    assert!(
        text.contains("par_yields") && text.contains("copy the table from a complete snapshot")
    );
    // The other tables stay usable.
    assert!(snapshot.table("par_yields_continued").is_ok());
}

#[test]
fn an_edited_number_is_found() {
    let folder = store(&["tic_holdings", "release_calendar"]);
    let file = folder.path().join("tic_holdings/data.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("1125873", "1126873")).unwrap();
    let snapshot = Snapshot::from_dir(folder.path()).unwrap();
    let known = snapshot.known_on(day("2025-05-01"));
    assert!(matches!(
        known.tic_holding("Japan"),
        Err(DataError::Tampered { .. })
    ));
}

#[test]
fn an_identity_that_fails_disables_its_table_only() {
    use sha2::{Digest, Sha256};
    // Somebody edits a number and the hash with it: total no longer equals bills + long-term.
    let folder = store(&["tic_holdings", "tic_flows", "release_calendar"]);
    let file = folder.path().join("tic_holdings/data.csv");
    let metadata = folder.path().join("tic_holdings/metadata.json");
    let old = std::fs::read_to_string(&file).unwrap();
    let new = old.replace("1125873", "1126873");
    let hash = |text: &str| -> String {
        Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    let described = std::fs::read_to_string(&metadata).unwrap();
    std::fs::write(&metadata, described.replace(&hash(&old), &hash(&new))).unwrap();
    std::fs::write(&file, &new).unwrap();
    let snapshot = Snapshot::from_dir(folder.path()).unwrap();
    match snapshot.table("tic_holdings") {
        Err(DataError::Identity {
            table, residual, ..
        }) => {
            assert_eq!(table, "tic_holdings");
            assert_eq!(residual.abs(), 1000.0);
        }
        other => panic!("{other:?}"),
    }
    assert!(snapshot.table("tic_flows").is_ok());
}

#[test]
fn metadata_of_another_version_or_with_unknown_fields_are_refused() {
    for (from, to) in [
        ("\"schema_version\": 1", "\"schema_version\": 2"),
        (
            "\"schema_version\": 1",
            "\"schema_version\": 1, \"extra\": true",
        ),
    ] {
        let folder = store(&["soma_maturity"]);
        let file = folder.path().join("soma_maturity/metadata.json");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace(from, to)).unwrap();
        let snapshot = Snapshot::from_dir(folder.path()).unwrap();
        assert!(matches!(
            snapshot.table("soma_maturity"),
            Err(DataError::Metadata { .. })
        ));
    }
}

#[test]
fn a_missing_table_or_an_empty_folder_is_an_error() {
    let folder = store(&["par_yields"]);
    let snapshot = Snapshot::from_dir(folder.path()).unwrap();
    let date = day("2025-05-01");
    assert!(matches!(
        snapshot.known_on(date).par_yields(date),
        Err(DataError::MissingTable { .. })
    ));
    let empty = tempfile::tempdir().unwrap();
    assert!(Snapshot::from_dir(empty.path()).is_err());
    assert!(Snapshot::from_dir(&empty.path().join("nowhere")).is_err());
}

#[test]
fn nothing_is_known_before_its_release() {
    let snapshot = Snapshot::embedded();
    for as_of in [
        "2013-06-03",
        "2020-03-16",
        "2023-10-02",
        "2025-05-01",
        "2026-04-27",
    ] {
        let known = snapshot.known_on(day(as_of));
        let released = [
            known.tic_holding("Japan").unwrap().provenance,
            known.z1_sectors().unwrap().provenance,
            known.custody().unwrap().provenance,
            known.soma().unwrap().provenance,
            known.usdjpy().unwrap().provenance,
            known.policy_rates().unwrap().provenance,
        ];
        for provenance in released {
            assert!(provenance.release.date <= day(as_of), "{provenance:?}");
            assert!(provenance.observed <= day(as_of));
        }
        assert!(matches!(
            known.par_yields(day(as_of).plus_days(7)),
            Err(DataError::NotYetPublished { .. } | DataError::NoObservation { .. })
        ));
        assert!(
            known
                .securities_outstanding(day(as_of).plus_days(1))
                .is_err()
        );
    }
}

#[test]
fn status_names_publisher_address_and_age() {
    let snapshot = Snapshot::embedded();
    let lines = snapshot.status(day("2026-05-27"));
    for line in lines {
        let line = line.unwrap();
        assert!(line.url.starts_with("https://"), "{}", line.table);
        assert!(!line.publisher.is_empty() && line.rows > 0);
        if line.table == "par_yields_continued" {
            assert_eq!(line.age_days, Some(30));
            assert_eq!(line.quality, Some(Quality::Reconstructed));
        }
    }
}
