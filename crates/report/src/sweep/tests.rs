//! Cell files written and read back, damaged and foreign ones; the folder of a sweep.

use brandish_scenario::file::CampName;
use brandish_scenario::sweep::{CampValues, CellValues};

use super::*;

const KEY: &str = "5b3c0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab";

fn cell() -> CellValues {
    let camp = |camp, shift: f64| CampValues {
        camp,
        central: vec![36.1 + shift, 1.0 / 3.0],
        numbers: vec![0, 1, 7],
        values: vec![
            vec![0.1 + 0.2, -0.0, 1e-300],
            vec![5.0, f64::MAX, f64::MIN_POSITIVE],
        ],
        failed: usize::from(shift > 0.0),
        first_failure: (shift > 0.0).then(|| "no price\non day 3, in bucket 2".to_owned()),
    };
    CellValues {
        camps: vec![camp(CampName::S, 0.0), camp(CampName::C, 1.0)],
    }
}

fn outputs() -> Vec<String> {
    vec![
        "yield_change_peak:10Y".to_owned(),
        "purchases:\"odd, holder\":3".to_owned(),
    ]
}

const CAMPS: [CampName; 2] = [CampName::S, CampName::C];

fn text() -> String {
    write_cell(KEY, "China: joins", &outputs(), &cell())
}

#[test]
fn a_cell_reads_back_to_the_same_bits() {
    let read = read_cell(&text(), KEY, &CAMPS, 2).unwrap();
    let mut expected = cell();
    // line ends of a failure become blanks
    expected.camps[1].first_failure = Some("no price on day 3, in bucket 2".to_owned());
    assert_eq!(read, expected);
    let bits = |cell: &CellValues| -> Vec<u64> {
        let columns = cell.camps.iter().flat_map(|camp| &camp.values).flatten();
        columns.map(|value| value.to_bits()).collect()
    };
    assert_eq!(bits(&read), bits(&expected));
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    let text = text();
    for end in 0..text.len() {
        assert!(
            read_cell(&text[..end], KEY, &CAMPS, 2).is_err(),
            "cut at {end}"
        );
    }
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        let changed = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            read_cell(&changed, KEY, &CAMPS, 2).is_err(),
            "changed at {at}"
        );
    }
}

#[test]
fn cells_of_other_sweeps_are_foreign() {
    let other = KEY.replace('5', "6");
    let foreign =
        |found: Result<CellValues, CellProblem>| matches!(found, Err(CellProblem::Foreign(_)));
    assert!(foreign(read_cell(&text(), &other, &CAMPS, 2)));
    assert!(foreign(read_cell(&text(), KEY, &CAMPS, 3)));
    assert!(foreign(read_cell(&text(), KEY, &[CampName::S], 2)));
    assert!(foreign(read_cell(
        &text(),
        KEY,
        &[CampName::S, CampName::C, CampName::F],
        2
    )));
}

fn manifest() -> SweepManifest {
    SweepManifest {
        kind: SweepManifest::kind(),
        schema: SWEEP_SCHEMA,
        version: "0".to_owned(),
        grid: "g".to_owned(),
        grid_toml: String::new(),
        base_toml: String::new(),
        snapshot_sha256: String::new(),
        draws: 3,
        seed: 1,
        cells: vec![(KEY.to_owned(), "a".to_owned())],
    }
}

#[test]
fn the_folder_keeps_cells_and_says_what_it_cannot_use() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("sweep");
    let folder = SweepFolder::open(&path, &manifest(), 1).unwrap();
    assert!(matches!(folder.find(KEY, &CAMPS, 2), FoundCell::Missing));
    folder.keep(KEY, "a", &outputs(), &cell()).unwrap();
    assert!(matches!(
        folder.find(KEY, &CAMPS, 2),
        FoundCell::Finished(_)
    ));
    // what a kill leaves behind is replaced and never read
    std::fs::write(path.join("cells/.x.partial"), "half").unwrap();
    // another one is refused while this one is open, and told who has it
    let error = SweepFolder::open(&path, &manifest(), 2).unwrap_err();
    assert!(
        error.to_string().contains("written by process 1;"),
        "{error}"
    );
    drop(folder);
    // the sweep of another grid does not replace this one's tables
    let other = SweepManifest {
        grid: "h".to_owned(),
        ..manifest()
    };
    let error = SweepFolder::open(&path, &other, 1).unwrap_err();
    assert!(error.to_string().contains("holds the sweep `g`"), "{error}");
    // opening again keeps everything
    let folder = SweepFolder::open(&path, &manifest(), 1).unwrap();
    assert!(matches!(
        folder.find(KEY, &CAMPS, 2),
        FoundCell::Finished(_)
    ));
    std::fs::write(folder.cell_path(KEY), &text()[..80]).unwrap();
    assert!(matches!(
        folder.find(KEY, &CAMPS, 2),
        FoundCell::Refused(_, CellProblem::Damaged(_))
    ));
    std::fs::write(folder.cell_path(KEY), [0xff, 0xfe]).unwrap();
    assert!(matches!(
        folder.find(KEY, &CAMPS, 2),
        FoundCell::Refused(_, _)
    ));
}

#[test]
fn what_a_killed_process_leaves_blocks_nobody() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("sweep");
    // killed before the manifest was there: a number without a lock, an empty folder of cells
    std::fs::create_dir_all(path.join("cells")).unwrap();
    std::fs::write(path.join(".lock"), "4194304").unwrap();
    let folder = SweepFolder::open(&path, &manifest(), 7).unwrap();
    assert_eq!(std::fs::read_to_string(path.join(".lock")).unwrap(), "7");
    drop(folder);
    assert_eq!(std::fs::read_to_string(path.join(".lock")).unwrap(), "");
}

#[test]
fn a_folder_with_something_else_is_refused() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("thesis.txt"), "years of work").unwrap();
    let error = SweepFolder::open(place.path(), &manifest(), 1)
        .unwrap_err()
        .to_string();
    assert!(error.contains("is not a sweep folder"), "{error}");
    std::fs::write(place.path().join("manifest.json"), "{}").unwrap();
    assert!(SweepFolder::open(place.path(), &manifest(), 1).is_err());
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 2);
}
