//! The writer on small tables: same bytes twice, every mistake named with its place, nothing written on a mistake; and the
//! committed snapshot is the one that `sources.toml` describes.

use std::path::{Path, PathBuf};

use super::{sources::Sources, write};

const SOURCES: &str = r#"
schema_version = 1
[licenses.own]
license = "CC0 1.0"
redistribution = "own compilation"
[quality]
"good" = ["published", "as seen"]
[tables.rates]
input = "rates.csv"
publisher = "P"
series = "S"
url = "https://example.org/"
license = "own"
vintage = "2025-05"
units = "percent"
quality = "published"
transcription = "by hand"
notes = ""
key = ["date"]
columns = ["date day date", "rate_pct rate number?", "quality flag quality", "title - text?"]
range_column = "date"
replace = [["a", "b"]]
"#;

struct Place {
    root: PathBuf,
    /// Removed with everything in it when the place goes.
    _folder: tempfile::TempDir,
}

fn place(rates: &str) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    std::fs::create_dir_all(root.join("sources/authored")).unwrap();
    std::fs::create_dir(root.join("facts")).unwrap();
    std::fs::write(
        root.join("sources/sources.toml"),
        SOURCES.replace(", \"title - text?\"", ", \"title name text?\""),
    )
    .unwrap();
    std::fs::write(root.join("facts/rates.csv"), rates).unwrap();
    Place {
        root,
        _folder: folder,
    }
}

fn run(place: &Place) -> Result<String, String> {
    write(
        &place.root.join("sources"),
        &place.root.join("facts"),
        &place.root.join("snapshot"),
    )
    .map_err(|problems| {
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

const GOOD: &str = "day,rate,flag,name\n2025-05-02,4.330,good,\"x, a\"\n2025-05-01,,good,y\n";

#[test]
fn rows_are_sorted_and_numbers_in_one_form() {
    let place = place(GOOD);
    run(&place).unwrap();
    let data = std::fs::read_to_string(place.root.join("snapshot/rates/data.csv")).unwrap();
    assert_eq!(
        data,
        "date,rate_pct,quality,quality_note,title\n2025-05-01,,published,as seen,y\n2025-05-02,4.33,published,as seen,\"x, b\"\n"
    );
    let metadata =
        std::fs::read_to_string(place.root.join("snapshot/rates/metadata.json")).unwrap();
    assert!(metadata.contains("\"first\": \"2025-05-01\""));
    assert!(metadata.contains("\"rows\": 2"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let place = place(GOOD);
    let read = || {
        run(&place).unwrap();
        ["data.csv", "metadata.json"]
            .map(|file| std::fs::read(place.root.join("snapshot/rates").join(file)).unwrap())
    };
    assert_eq!(read(), read());
}

#[test]
fn mistakes_are_named_and_nothing_is_written() {
    for (rates, said) in [
        (
            "day,rate,flag,name\n2025-02-30,1,good,\n",
            "line 2, column `day`: \"2025-02-30\" is not a date YYYY-MM-DD",
        ),
        (
            "day,rate,flag,name\n2025-05-01,1,good,\n2025-05-02,n/a,good,\n",
            "line 3, column `rate`: \"n/a\" is not a finite decimal number",
        ),
        (
            "day,rate,flag,name\n2025-05-01,inf,good,\n",
            "line 2, column `rate`: \"inf\"",
        ),
        (
            "day,rate,flag,name\n,1,good,\n",
            "this column has no blanks",
        ),
        (
            "day,rate,flag,name\n2025-05-01,1,fine,\n",
            "column `flag`: \"fine\"",
        ),
        (
            "day,rate,flag,name\n2025-05-01,1,good,\n2025-05-01,2,good,\n",
            "line 3: key (2025-05-01) was seen before",
        ),
        (
            "day,rate,flag,name\n2025-05-01,1,good\n",
            "found record with 3 fields",
        ),
        ("day,rate,flag\n2025-05-01,1,good\n", "no column `name`"),
        ("day,rate,flag,name\n", "no rows"),
    ] {
        let place = place(rates);
        let error = run(&place).unwrap_err();
        assert!(error.contains(said), "{error}\nshould say: {said}");
        assert!(error.contains("rates.csv"), "{error}");
        assert!(!place.root.join("snapshot").exists());
    }
}

#[test]
fn a_mistake_leaves_the_old_snapshot_as_it_was() {
    let place = place(GOOD);
    run(&place).unwrap();
    let file = place.root.join("snapshot/rates/data.csv");
    let before = std::fs::read(&file).unwrap();
    std::fs::write(
        place.root.join("facts/rates.csv"),
        "day,rate,flag,name\nx,1,good,\n",
    )
    .unwrap();
    run(&place).unwrap_err();
    assert_eq!(std::fs::read(&file).unwrap(), before);
    std::fs::remove_file(place.root.join("facts/rates.csv")).unwrap();
    assert!(run(&place).unwrap_err().contains("not found"));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn the_committed_snapshot_is_the_one_described() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("snapshot/sources.toml");
    let sources = Sources::read(&path).unwrap();
    for (name, table) in &sources.tables {
        let file = root.join("../snapshot").join(name).join("metadata.json");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{name}: {e}"));
        let metadata: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(metadata["publisher"], table.publisher.as_str(), "{name}");
        assert_eq!(metadata["url"], table.url.as_str(), "{name}");
        assert_eq!(metadata["vintage"], table.vintage.as_str(), "{name}");
        assert_eq!(metadata["revised"], table.revised, "{name}");
        let columns = metadata["columns"].as_array().unwrap();
        for column in table.parsed_columns(&path, name).unwrap() {
            assert!(
                columns.iter().any(|c| c == column.name.as_str()),
                "{name}: {}",
                column.name
            );
        }
        assert!(
            !metadata["redistribution"].as_str().unwrap().is_empty(),
            "{name}"
        );
    }
    let folders = std::fs::read_dir(root.join("../snapshot")).unwrap().count();
    assert_eq!(
        folders,
        sources.tables.len(),
        "a folder without a description"
    );
}
