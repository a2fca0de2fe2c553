//! All or nothing, bounded, and nothing is believed whose hash does not fit.

use std::fs;

use brandish_scenario::{LongTable, Row};
use brandish_units::Date;
use tempfile::TempDir;

use super::*;
use crate::write_parquet;

fn manifest() -> Manifest {
    Manifest {
        schema: MANIFEST_SCHEMA,
        version: "0.1.0".to_owned(),
        run_id: "0123456789ab".to_owned(),
        scenario: ScenarioRecord::new("japan-card", "schema = 1\n"),
        snapshot: SnapshotRecord {
            sha256: sha256_hex(b"snapshot"),
            sources: vec![SourceRecord {
                id: "par_yields".to_owned(),
                vintage: "2025-05-01".to_owned(),
                sha256: sha256_hex(b"par"),
            }],
        },
        as_of: "2025-05-01".to_owned(),
        seed: 20_250_502,
        draws: 500,
        draws_finished: 500,
        settings: "product".to_owned(),
        threads: 2,
        machine: Machine {
            os: "linux".to_owned(),
            arch: "x86_64".to_owned(),
            cpu_features: vec!["avx2".to_owned()],
        },
        started: "2025-05-02T08:00:00Z".to_owned(),
        finished: "2025-05-02T08:00:04Z".to_owned(),
        card: None,
        files: Vec::new(),
    }
}

fn table(value: f64) -> LongTable {
    let row = Row {
        camp: Some("S"),
        date: None,
        day: Some(12),
        tenor: None,
        bucket: None,
        cusip: None,
        sector: None,
        measure: "yield_change_peak",
        stat: "p50",
        value,
        unit: "bp",
        source: "engine",
    };
    LongTable {
        run_id: "0123456789ab".to_owned(),
        scenario: "japan-card".to_owned(),
        as_of: Date::from_ymd(2025, 5, 1).ok(),
        rows: vec![row],
    }
}

fn create(path: &Path, existing: Existing, value: f64) -> Result<RunFolder, ReportError> {
    let manifest = manifest();
    let mut bytes = Vec::new();
    write_parquet(&table(value), &mut bytes)?;
    let files = RunFiles {
        manifest: &manifest,
        scenario_toml: "schema = 1\n",
        table_parquet: &bytes,
        report_html: "<!doctype html>",
        summary: "The answer\n",
        beside: &[],
    };
    RunFolder::create(path, existing, &files)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_folder_holds_everything_and_reads_back() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("runs/new/card");
    let folder = create(&path, Existing::Refuse, 10.5).unwrap();
    assert_eq!(
        names(&path),
        [
            "manifest.json",
            "report.html",
            "scenario.toml",
            "summary.txt",
            "tables"
        ]
    );
    assert_eq!(
        names(path.parent().unwrap()),
        ["card"],
        "the hidden folder is gone"
    );
    let read = folder.read_manifest().unwrap();
    assert_eq!(read.files.len(), 4);
    assert_eq!(
        Manifest {
            files: Vec::new(),
            ..read.clone()
        },
        manifest()
    );
    folder.check_files(&read).unwrap();
    assert_eq!(folder.read_table(&read).unwrap(), table(10.5));
    assert!(folder.report_path().is_file() && folder.table_path().is_file());
}

#[test]
fn what_was_asked_for_stands_beside_the_rest_with_its_hash() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("card");
    let mut manifest = manifest();
    manifest.card = Some(CardRecord {
        depth: "quick".to_owned(),
        draws: 6,
    });
    let mut bytes = Vec::new();
    write_parquet(&table(1.0), &mut bytes).unwrap();
    let files = RunFiles {
        manifest: &manifest,
        scenario_toml: "schema = 1\n",
        table_parquet: &bytes,
        report_html: "<!doctype html>",
        summary: "The answer\n",
        beside: &[(Beside::Card, b"rows".to_vec())],
    };
    let folder = RunFolder::create(&path, Existing::Refuse, &files).unwrap();
    let read = folder.read_manifest().unwrap();
    assert_eq!(read.card, manifest.card);
    assert_eq!(read.files.len(), 5);
    folder.check_files(&read).unwrap();
    let card = folder.read_beside(&read, Beside::Card).unwrap();
    assert_eq!(card.as_deref(), Some(&b"rows"[..]));
    assert_eq!(folder.read_beside(&read, Beside::Claims).unwrap(), None);
    // Such a run is replaced as every other, and its further tables go with it.
    create(&path, Existing::ReplaceRun, 2.0).unwrap();
    assert_eq!(names(&path.join("tables")), ["long.parquet"]);
    let plain = folder.read_manifest().unwrap();
    assert_eq!(plain.card, None);
    fs::write(path.join("tables/card.csv"), "rows").unwrap();
    assert!(matches!(
        folder.check_files(&plain),
        Err(ReportError::NotListed { .. })
    ));
}

#[test]
fn an_existing_folder_is_kept_unless_it_is_a_run_and_may_be_replaced() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("card");
    create(&path, Existing::Refuse, 1.0).unwrap();
    assert!(matches!(
        create(&path, Existing::Refuse, 2.0),
        Err(ReportError::FolderExists { .. })
    ));
    let folder = create(&path, Existing::ReplaceRun, 2.0).unwrap();
    let manifest = folder.read_manifest().unwrap();
    assert_eq!(folder.read_table(&manifest).unwrap(), table(2.0));
    assert_eq!(names(home.path()), ["card"]);

    let other = home.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("chapter.txt"), "years of work").unwrap();
    assert!(matches!(
        create(&other, Existing::ReplaceRun, 2.0),
        Err(ReportError::NotARunFolder { .. })
    ));
    assert_eq!(names(&other), ["chapter.txt"]);

    fs::write(path.join("tables/notes.txt"), "mine").unwrap();
    let kept = create(&path, Existing::ReplaceRun, 3.0).unwrap_err();
    assert!(kept.to_string().contains("tables/notes.txt"), "{kept}");
    assert_eq!(names(&path.join("tables")), ["long.parquet", "notes.txt"]);
}

#[test]
fn an_empty_folder_is_used_and_a_link_stays_a_link() {
    let home = TempDir::new().unwrap();
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    RunFolder::check_target(&empty, Existing::ReplaceRun).unwrap();
    create(&empty, Existing::ReplaceRun, 1.0).unwrap();
    assert_eq!(names(home.path()), ["empty"]);
    #[cfg(unix)]
    {
        let link = home.path().join("latest");
        std::os::unix::fs::symlink(&empty, &link).unwrap();
        create(&link, Existing::ReplaceRun, 2.0).unwrap();
        assert!(link.is_symlink());
        let folder = RunFolder::open(&empty);
        let manifest = folder.read_manifest().unwrap();
        assert_eq!(folder.read_table(&manifest).unwrap(), table(2.0));
        assert_eq!(names(home.path()), ["empty", "latest"]);
    }
}

#[test]
fn a_target_that_is_only_checked_leaves_no_parents() {
    let home = TempDir::new().unwrap();
    RunFolder::check_target(&home.path().join("runs/new/card"), Existing::ReplaceRun).unwrap();
    assert_eq!(names(home.path()), Vec::<String>::new());
}

#[test]
fn a_failed_run_leaves_nothing_behind() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("card");
    assert!(matches!(
        create(&path, Existing::Refuse, f64::NAN),
        Err(ReportError::NotFinite { .. })
    ));
    assert_eq!(names(home.path()), Vec::<String>::new());

    let pending = Pending::beside(&path).unwrap();
    pending.write("report.html", b"half").unwrap();
    assert_eq!(names(home.path()).len(), 1);
    drop(pending);
    assert_eq!(names(home.path()), Vec::<String>::new());
}

#[test]
fn a_folder_below_a_file_is_refused_with_the_place() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("notes.txt");
    fs::write(&file, "x").unwrap();
    let message = create(&file.join("card"), Existing::Refuse, 1.0)
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("notes.txt") && message.contains("-o"),
        "{message}"
    );
    let nameless = create(&home.path().join(".."), Existing::Refuse, 1.0).unwrap_err();
    assert!(
        matches!(nameless, ReportError::FolderExists { .. }),
        "{nameless}"
    );
    let nameless = Pending::beside(Path::new("..")).unwrap_err();
    assert!(
        matches!(nameless, ReportError::NoFolderName { .. }),
        "{nameless}"
    );
}

#[test]
fn changed_files_are_noticed() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("card");
    let folder = create(&path, Existing::Refuse, 1.0).unwrap();
    let manifest = folder.read_manifest().unwrap();

    let mut bytes = fs::read(folder.table_path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(folder.table_path(), &bytes).unwrap();
    assert!(matches!(
        folder.read_table(&manifest),
        Err(ReportError::Changed { .. })
    ));
    assert!(matches!(
        folder.check_files(&manifest),
        Err(ReportError::Changed { .. })
    ));

    let text = fs::read_to_string(path.join("manifest.json")).unwrap();
    for (from, to, expected) in [
        ("\"schema\": 1,", "\"schema\": 2,", "schema 2 is not known"),
        (
            "\"seed\": 20250502",
            "\"seeds\": 20250502",
            "unknown field `seeds`",
        ),
        (
            "schema = 1\\n",
            "schema = 1 \\n",
            "was changed after the run",
        ),
        ("\"threads\": 2", "\"threads\": -2", "not a manifest"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(path.join("manifest.json"), text.replace(from, to)).unwrap();
        let message = folder.read_manifest().unwrap_err().to_string();
        assert!(message.contains(expected), "{message} lacks {expected}");
    }
    fs::write(path.join("manifest.json"), &text[..text.len() / 2]).unwrap();
    assert!(matches!(
        folder.read_manifest(),
        Err(ReportError::ManifestSyntax { .. })
    ));
    fs::write(
        path.join("manifest.json"),
        vec![b' '; (MANIFEST_LIMIT + 1) as usize],
    )
    .unwrap();
    assert!(matches!(
        folder.read_manifest(),
        Err(ReportError::TooLarge { .. })
    ));
    fs::remove_file(path.join("manifest.json")).unwrap();
    assert!(matches!(
        folder.read_manifest(),
        Err(ReportError::File { .. })
    ));
}
