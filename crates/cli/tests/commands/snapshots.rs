//! A snapshot folder that is cut, changed or incomplete: the file is named with what to do, and nothing is computed.

use std::fs;

use super::support::{Place, copy_snapshot};

const DATA: &str = "data/par_yields/data.csv";
const METADATA: &str = "data/par_yields/metadata.json";

/// Damages the copy, asks the commands that read it, and mends it again.
#[track_caller]
fn damaged(place: &Place, file: &str, bytes: Option<&[u8]>, needles: &[&str]) {
    let path = place.path(file);
    let whole = fs::read(&path).unwrap();
    match bytes {
        Some(bytes) => fs::write(&path, bytes).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
    let run = place.brandish(&["run", "small.toml", "--snapshot", "data", "-o", "out"]);
    run.ends_with(1).prints_nothing().complains("embedded");
    let verify = place.brandish(&["data", "verify", "--snapshot", "data"]);
    verify.ends_with(3).complains("par_yields");
    for needle in needles {
        run.complains(needle);
    }
    assert!(!place.path("out").exists());
    fs::write(&path, &whole).unwrap();
}

#[test]
fn a_damaged_snapshot_is_an_error_that_names_file_and_remedy() {
    let place = Place::new();
    copy_snapshot(&place, "data");
    let whole = fs::read(place.path(DATA)).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    damaged(
        &place,
        DATA,
        Some(&flipped),
        &[DATA, "sha256", "copy the table from a complete snapshot"],
    );
    damaged(&place, DATA, Some(&whole[..1000]), &[DATA, "1000 bytes"]);
    damaged(&place, DATA, Some(b""), &[DATA, "0 bytes"]);
    damaged(&place, METADATA, Some(b"{"), &[METADATA, "schema version"]);
    damaged(
        &place,
        METADATA,
        None,
        &["no table `par_yields` in data", "metadata.json"],
    );
    let metadata =
        place
            .read(METADATA)
            .replacen("\"schema_version\": 1", "\"schema_version\": 99", 1);
    damaged(&place, METADATA, Some(metadata.as_bytes()), &[METADATA]);

    // A source that cannot be read does not hide the others.
    fs::write(place.path(DATA), &flipped).unwrap();
    let status = place.brandish(&["data", "status", "--snapshot", "data"]);
    status
        .ends_with(3)
        .says("tic_holdings")
        .complains("par_yields");

    // Mended, it gives the same run as the embedded snapshot.
    fs::write(place.path(DATA), &whole).unwrap();
    let mended = place.brandish(&[
        "run",
        "small.toml",
        "--snapshot",
        "data",
        "-o",
        "out",
        "--format",
        "csv",
    ]);
    assert_eq!(
        mended.ends_with(0).out,
        place.run_small("embedded", &["--format", "csv"]).out
    );
}

#[test]
fn a_folder_that_is_no_snapshot_is_an_error() {
    let place = Place::new();
    fs::create_dir(place.path("hollow")).unwrap();
    for folder in ["nowhere", "hollow", "small.toml"] {
        place
            .brandish(&["run", "small.toml", "--snapshot", folder, "-o", "out"])
            .ends_with(1)
            .prints_nothing()
            .complains(folder);
        place
            .brandish(&["data", "status", "--snapshot", folder])
            .ends_with(1)
            .complains(folder);
    }
    assert!(!place.path("out").exists());
}

/// Damage must not pass for a record that has no row.
#[test]
fn claims_are_not_judged_by_a_damaged_record() {
    let place = Place::new();
    copy_snapshot(&place, "data");
    place.write(
        "told.txt",
        "2 May 2025. Japan holds $1.13 trillion of Treasuries.\n",
    );
    let ask = || {
        let words = [
            "claims",
            "told.txt",
            "--snapshot",
            "data",
            "--undated",
            "2025-05-02",
        ];
        place.brandish(&words)
    };
    ask().ends_with(0).says("supported");
    let file = place.path("data/tic_holdings/data.csv");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    ask()
        .ends_with(1)
        .prints_nothing()
        .complains("tic_holdings");
}
