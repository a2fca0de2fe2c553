//! Disks that are full or closed and folders that hold something else: a clear error, and nothing half-written.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::support::{Done, Place};

#[test]
#[cfg(target_os = "linux")]
fn a_full_device_behind_stdout_is_an_error_and_the_run_folder_stands() {
    let place = Place::new();
    let into_full = |arguments: &[&str]| {
        let full = File::options().write(true).open("/dev/full").unwrap();
        Done::new(place.command(arguments).stdout(full).output().unwrap())
    };
    for format in ["table", "csv", "json", "parquet", "xlsx"] {
        let done = into_full(&["run", "small.toml", "-o", "run", "--format", format]);
        done.ends_with(1)
            .complains("cannot write to stdout: No space left")
            .complains("report: run/report.html");
    }
    into_full(&["scenario", "schema"])
        .ends_with(1)
        .complains("cannot write to stdout");
    place.brandish(&["verify", "run"]).ends_with(0);
}

#[test]
fn a_run_folder_that_does_not_fit_is_not_left_in_pieces() {
    let place = Place::new();
    place.run_small("kept", &[]);
    let before = place.read("kept/manifest.json");
    for target in ["new", "kept", "runs/deep/new"] {
        // A limit of 64 blocks of 512 bytes on every file: the run does not fit. The signal that goes with it is
        // ignored, so that the program sees the error that a full device gives.
        let script =
            format!("trap '' XFSZ; ulimit -f 64; exec \"$0\" run small.toml --seed 8 -o {target}");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_brandish")])
            .current_dir(place.path(""))
            .output()
            .unwrap();
        let done = Done::new(output);
        done.ends_with(1)
            .prints_nothing()
            .complains(&format!("cannot write {target}/"))
            .complains("-o");
        assert_eq!(place.names(""), ["kept", "small.toml"], "after {target}");
    }
    assert_eq!(
        place.read("kept/manifest.json"),
        before,
        "the run that was there stays"
    );
    place.brandish(&["verify", "kept"]).ends_with(0);
}

#[test]
fn a_folder_that_cannot_be_written_is_noticed_before_any_work() {
    let place = Place::new();
    place
        .brandish(&["run", "small.toml", "-o", "small.toml/run"])
        .ends_with(1)
        .prints_nothing()
        .complains("small.toml")
        .complains("-o");
    let closed = place.path("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o555)).unwrap();
    // The superuser may write there all the same.
    if File::create(closed.join("probe")).is_err() {
        place
            .brandish(&["run", "small.toml", "-o", "closed/run"])
            .ends_with(1)
            .prints_nothing()
            .complains("closed")
            .complains("name a folder you may write to with -o");
    }
    fs::set_permissions(&closed, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_brandish_did_not_write_is_never_replaced() {
    let place = Place::new();
    fs::create_dir(place.path("thesis")).unwrap();
    place.write("thesis/chapter.txt", "years of work");
    for target in ["thesis", "small.toml", "."] {
        place
            .brandish(&["run", "small.toml", "-o", target])
            .ends_with(1)
            .prints_nothing()
            .complains("is not a run folder of brandish");
    }
    assert_eq!(place.names("thesis"), ["chapter.txt"]);
    place.run_small("run", &[]);
    place.write("run/notes.txt", "mine");
    place
        .brandish(&["run", "small.toml", "-o", "run"])
        .ends_with(1)
        .complains("run holds notes.txt");
    assert_eq!(place.read("run/notes.txt"), "mine");
}

#[test]
fn an_empty_folder_and_a_link_to_a_run_are_used() {
    let place = Place::new();
    fs::create_dir(place.path("empty")).unwrap();
    place.run_small("empty", &[]);
    std::os::unix::fs::symlink("empty", place.path("latest")).unwrap();
    place.run_small("latest", &["--seed", "8"]);
    assert!(place.path("latest").is_symlink());
    assert!(place.read("empty/manifest.json").contains("\"seed\": 8"));
    assert_eq!(place.names(""), ["empty", "latest", "small.toml"]);
}
