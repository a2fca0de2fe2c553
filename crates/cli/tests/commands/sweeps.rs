//! `brandish sweep`: killed in the middle and gone on with, stopped, damaged, changed, refused.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::support::{Done, Place};

/// Twelve cells of a few tenths of a second each on one thread.
const GRID: &str = r#"schema = 1
name = "twelve"
base = "small.toml"
draws = 150

[[axis]]
name = "amount"
[[axis.value]]
label = "50"
[[axis.value]]
label = "40"
set = { "exogenous.sale[1].amount_usd_bn" = 40 }
[[axis.value]]
label = "30"
set = { "exogenous.sale[1].amount_usd_bn" = 30 }
[[axis.value]]
label = "20"
set = { "exogenous.sale[1].amount_usd_bn" = 20 }

[[axis]]
name = "pace"
[[axis.value]]
label = "a week"
[[axis.value]]
label = "two weeks"
set = { "exogenous.sale[1].days" = 10 }
[[axis.value]]
label = "a day"
set = { "exogenous.sale[1].days" = 1 }

[[output]]
measure = "yield_change_peak"
tenor = "10Y"
[[output]]
measure = "execution_loss"
holder = "japan"
day = 21
"#;
/// Longest wait for a cell, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(5);

fn place() -> Place {
    let place = Place::new();
    place.write("grid.toml", GRID);
    place
}

fn start(place: &Place, into: &str) -> Child {
    place
        .command(&["sweep", "grid.toml", "-o", into, "--threads", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Finished cells: file name, with inode and time of change.
fn finished(place: &Place, folder: &str) -> BTreeMap<String, (u64, i64, i64)> {
    let Ok(entries) = fs::read_dir(place.path(folder).join("cells")) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(".csv"))
        .map(|entry| {
            let data = entry.metadata().unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, (data.ino(), data.mtime(), data.mtime_nsec()))
        })
        .collect()
}

/// Waits until that many cells are finished.
fn wait_for(place: &Place, folder: &str, cells: usize) {
    let mut waited = Duration::ZERO;
    while finished(place, folder).len() < cells {
        assert!(waited < PATIENCE, "no {cells} cells after {waited:?}");
        sleep(STEP);
        waited += STEP;
    }
}

/// Every file below a folder with its bytes.
fn contents(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for below in ["", "cells", "tables"] {
        for name in place.names(&format!("{folder}/{below}")) {
            let path = place.path(folder).join(below).join(&name);
            if path.is_file() {
                found.insert(format!("{below}/{name}"), fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_killed_sweep_goes_on_with_what_was_finished_and_ends_with_the_same_bytes() {
    let place = place();
    let mut child = start(&place, "killed");
    wait_for(&place, "killed", 3);
    child.kill().unwrap();
    child.wait().unwrap();
    let before = finished(&place, "killed");
    assert!(
        (3..12).contains(&before.len()),
        "killed after {} cells",
        before.len()
    );
    assert!(!place.path("killed/tables").exists());

    let resumed = place.brandish(&["sweep", "grid.toml", "-o", "killed", "--threads", "2"]);
    resumed.ends_with(0).complains(&format!(
        "resumed: {} of 12 cells were finished",
        before.len()
    ));
    let after = finished(&place, "killed");
    assert_eq!(after.len(), 12);
    for (name, file) in &before {
        assert_eq!(after.get(name), Some(file), "{name} was not computed again");
    }

    let whole = place.brandish(&["sweep", "grid.toml", "-o", "whole", "--threads", "1"]);
    whole.ends_with(0);
    assert!(!whole.err.contains("resumed"));
    assert_eq!(whole.out, resumed.out);
    let (one, other) = (contents(&place, "killed"), contents(&place, "whole"));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    // twelve cells, four tables twice, JSON, Excel, summary, page, manifest, lock
    assert_eq!(one.len(), 12 + 8 + 2 + 4);
    for (name, bytes) in &one {
        assert!(other.get(name) == Some(bytes), "{name} differs");
    }
}

#[test]
fn two_sweeps_do_not_work_in_one_folder() {
    let place = place();
    let mut child = start(&place, "shared");
    wait_for(&place, "shared", 1);
    place
        .brandish(&["sweep", "grid.toml", "-o", "shared"])
        .ends_with(1)
        .prints_nothing()
        .complains(&format!(
            "shared is being written by process {}",
            child.id()
        ))
        .complains("name another folder with -o");
    child.kill().unwrap();
    child.wait().unwrap();
    // the killed one's lock file is still there
    place
        .brandish(&["sweep", "grid.toml", "-o", "shared"])
        .ends_with(0);
}

#[test]
fn ctrl_c_leaves_finished_cells_and_the_same_command_goes_on() {
    let place = place();
    let child = start(&place, "sweep");
    wait_for(&place, "sweep", 1);
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
    let done = Done::new(child.wait_with_output().unwrap());
    let count = finished(&place, "sweep").len();
    done.ends_with(130)
        .prints_nothing()
        .complains("finished cells stay")
        .complains(&format!(
            "interrupted: {count} of 12 cells are finished in sweep/cells"
        ));
    place
        .brandish(&["sweep", "grid.toml", "-o", "sweep"])
        .ends_with(0)
        .complains(&format!("resumed: {count} of 12"))
        .says("90% band");
}

#[test]
fn damaged_and_foreign_cells_are_named_and_computed_again() {
    let place = Place::new();
    let run = || place.brandish(&["sweep", "pace-and-fed", "-o", "sweep"]);
    run().ends_with(0);
    let whole = contents(&place, "sweep");
    let cells: Vec<String> = finished(&place, "sweep").into_keys().collect();
    assert_eq!(cells.len(), 4);
    let path = |cell: &str| format!("sweep/cells/{cell}");
    let text = place.read(&path(&cells[0]));
    place.write(&path(&cells[0]), &text[..text.len() / 2]);
    // the file of one cell under the name of another: whole, and of another cell
    let other = place.read(&path(&cells[2]));
    place.write(&path(&cells[1]), other);
    let again = run();
    again
        .ends_with(0)
        .complains(&format!("{} is not used: it is damaged", path(&cells[0])))
        .complains(&format!(
            "{} is not used: it is of another sweep",
            path(&cells[1])
        ))
        .complains("resumed: 2 of 4 cells were finished");
    assert!(
        contents(&place, "sweep") == whole,
        "the same bytes as before"
    );
}

#[test]
fn a_longer_grid_keeps_its_finished_cells_and_another_question_does_not() {
    let place = Place::new();
    let short = GRID
        .replace("draws = 150", "draws = 6")
        .split_once("[[axis.value]]\nlabel = \"30\"")
        .map(|(before, _)| before.to_owned())
        .unwrap();
    let rest = format!("[[axis]]{}", GRID.rsplit_once("[[axis]]").unwrap().1);
    place.write("grid.toml", format!("{short}{rest}"));
    let sweep = || place.brandish(&["sweep", "grid.toml", "-o", "sweep"]);
    sweep().ends_with(0);
    assert_eq!(finished(&place, "sweep").len(), 6);
    place.write("grid.toml", GRID.replace("draws = 150", "draws = 6"));
    sweep().ends_with(0).complains("resumed: 6 of 12 cells");
    place.edit("grid.toml", "\"10Y\"", "\"5Y\"");
    let asked_anew = sweep();
    asked_anew.ends_with(0);
    assert!(!asked_anew.err.contains("resumed"), "{}", asked_anew.err);
    place.edit("grid.toml", "draws = 6", "draws = 7");
    assert!(!sweep().ends_with(0).err.contains("resumed"));
}

#[test]
fn tables_go_to_stdout_and_into_the_folder() {
    let place = Place::new();
    let sweep = |options: &[&str]| {
        let all = [&["sweep", "pace-and-fed", "-o", "sweep"], options].concat();
        place.brandish(&all)
    };
    let csv = sweep(&["--format", "csv", "--table", "effects"]);
    csv.ends_with(0)
        .says("axis,from,to,camp,measure,tenor,bucket,day,holder,stat,value,unit")
        .says("pace,two weeks,a day,mix,yield_change_peak,10Y,,,,mc_se_unpaired,");
    assert_eq!(csv.out, place.read("sweep/tables/effects.csv"));
    let json: serde_json::Value = serde_json::from_str(&sweep(&["--format", "json"]).out).unwrap();
    assert!(json.to_string().contains("share_positive"));
    sweep(&["--format", "parquet", "--table", "values"]).ends_with(0);
    sweep(&["--rows", "Fed", "--columns", "pace", "--camp", "S"])
        .ends_with(0)
        .says("Fed \\ pace")
        .says("camp S");
    // without -o the folder is named by what determines the numbers
    place
        .brandish(&["sweep", "pace-and-fed"])
        .ends_with(0)
        .complains("report: runs/sweep-pace-and-fed-");
    place
        .brandish(&["sweep", "--list"])
        .ends_with(0)
        .says("china-fed-pace-said");
}

#[test]
fn words_of_a_grid_never_become_markup() {
    let place = Place::new();
    let grid = GRID
        .replace("draws = 150", "draws = 1")
        .replace("a day", "<i>a day</i>")
        .replace("name = \"pace\"", "name = \"<b>pace\"");
    place.write("grid.toml", grid);
    place
        .brandish(&["sweep", "grid.toml", "-o", "sweep", "--rows", "<b>pace"])
        .ends_with(0);
    let page = place.read("sweep/report.html");
    assert!(page.contains("&lt;i&gt;a day&lt;/i&gt;") && page.contains("default-src 'none'"));
    assert!(!page.contains("<i>") && !page.contains("<b>") && !page.contains("<script"));
}

#[test]
fn what_cannot_be_swept_is_refused_with_place_and_remedy() {
    let place = place();
    let refused = |arguments: &[&str], code: i32, said: &[&str]| {
        let done = place.brandish(&[&["sweep"], arguments].concat());
        done.ends_with(code).prints_nothing();
        for text in said {
            done.complains(text);
        }
    };
    place.write("key.toml", GRID.replace("draws = 150", "drawz = 150"));
    refused(
        &["key.toml"],
        2,
        &["error[BR104]", "key.toml:4:1", "nearest: `draws`"],
    );
    place.write("base.toml", GRID.replace("small.toml", "smal.toml"));
    refused(
        &["base.toml"],
        2,
        &["the base scenario cannot be used", "base.toml:3:8"],
    );
    place.write(
        "cap.toml",
        GRID.replace("amount_usd_bn\" = 30", "amount_usd_bn\" = 3000"),
    );
    refused(
        &["cap.toml"],
        2,
        &[
            "error[BR120]",
            "cannot sell $3000.0bn",
            "--> cap.toml:15:",
            "(cell amount: 30 · pace: a week and 2 others)",
        ],
    );
    place.write("days.toml", GRID.replace("days\" = 10", "days\" = 99"));
    refused(
        &["days.toml"],
        2,
        &[
            "error[BR112]",
            "days.toml:26:36",
            "pace: two weeks and 3 others",
        ],
    );
    place.write(
        "holder.toml",
        GRID.replace("holder = \"japan\"", "holder = \"china\""),
    );
    refused(
        &["holder.toml", "-o", "holder"],
        2,
        &[
            "error[BR117]",
            "there is no execution_loss:china:21",
            "holder.toml:35:11",
            "it is there for japan",
        ],
    );
    refused(&["pace-and-fad"], 2, &["did you mean `pace-and-fed`"]);
    refused(
        &["pace-and-fed", "--rows", "tempo"],
        2,
        &["the grid has the axes pace, Fed"],
    );
    refused(
        &["pace-and-fed", "--camp", "Z"],
        2,
        &["names no camp of the grid"],
    );
    fs::create_dir(place.path("thesis")).unwrap();
    place.write("thesis/chapter.txt", "");
    refused(
        &["pace-and-fed", "-o", "thesis"],
        1,
        &["is not a sweep folder"],
    );
    assert_eq!(place.names("thesis"), ["chapter.txt"]);
}
