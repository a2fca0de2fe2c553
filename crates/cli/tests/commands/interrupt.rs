//! Ctrl-C: what is finished is written, readable and replayable; a second one stops at once and writes nothing.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::support::{Done, Place};

/// Long enough for the program to have its handler and its first draws, also on a busy machine.
const AT_WORK: Duration = Duration::from_secs(2);

fn start(place: &Place, arguments: &[&str]) -> Child {
    place
        .command(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn interrupt(child: &Child) {
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn an_interrupted_run_is_complete_says_how_far_it_came_and_replays() {
    let place = Place::new();
    let child = start(
        &place,
        &[
            "run",
            "small.toml",
            "--draws",
            "100000",
            "--threads",
            "1",
            "-o",
            "run",
        ],
    );
    sleep(AT_WORK);
    interrupt(&child);
    let done = Done::new(child.wait_with_output().unwrap());
    done.ends_with(130)
        .says("1 Yields.")
        .complains("Ctrl-C again stops at once");
    let manifest: serde_json::Value =
        serde_json::from_str(&place.read("run/manifest.json")).unwrap();
    assert_eq!(manifest["draws"], 100_000);
    let finished = manifest["draws_finished"].as_u64().unwrap();
    assert!(finished < 100_000);
    // Draws that failed are finished too; the tables hold the others.
    done.complains("warning[BR031]: the run was interrupted: ")
        .complains("of 100000 draws per camp");
    assert!(place.read("run/report.html").contains("of 100000"));
    assert_eq!(place.names(""), ["run", "small.toml"]);
    place.brandish(&["verify", "run"]).ends_with(0);
}

#[test]
fn a_second_interrupt_stops_at_once_and_leaves_nothing() {
    let place = Place::new();
    // One thread: a block of draws of the default scenario takes seconds, so both signals meet the same block.
    let child = start(
        &place,
        &[
            "run",
            "japan-card",
            "--draws",
            "5000",
            "--threads",
            "1",
            "-o",
            "run",
        ],
    );
    sleep(AT_WORK);
    interrupt(&child);
    sleep(Duration::from_millis(100));
    interrupt(&child);
    let done = Done::new(child.wait_with_output().unwrap());
    done.ends_with(130).prints_nothing();
    assert_eq!(place.names(""), ["small.toml"]);
}

#[test]
fn an_interrupted_replay_compares_nothing() {
    let place = Place::new();
    let child = start(
        &place,
        &[
            "run",
            "small.toml",
            "--draws",
            "100000",
            "--threads",
            "1",
            "-o",
            "run",
        ],
    );
    sleep(2 * AT_WORK);
    interrupt(&child);
    child.wait_with_output().unwrap();
    let replay = start(&place, &["verify", "run", "--threads", "1"]);
    sleep(AT_WORK);
    interrupt(&replay);
    let done = Done::new(replay.wait_with_output().unwrap());
    // A machine that became much faster in between may have finished the replay first.
    if done.code != Some(0) {
        done.ends_with(130)
            .prints_nothing()
            .complains("nothing was compared");
    }
}

#[test]
fn interrupted_ways_are_printed_with_the_draws_that_are_finished() {
    let place = Place::new();
    let child = start(
        &place,
        &[
            "ways",
            "small.toml",
            "--days",
            "5",
            "--draws",
            "10000",
            "--threads",
            "1",
        ],
    );
    sleep(AT_WORK);
    interrupt(&child);
    let done = Done::new(child.wait_with_output().unwrap());
    done.ends_with(130)
        .says("1 The best way.")
        .says("interrupted: ")
        .complains("of 10000 draws per camp");
}

/// The run is on disk before its card begins: Ctrl-C during the card keeps it.
#[test]
fn an_interrupt_during_the_card_keeps_the_run() {
    let place = Place::new();
    let child = start(
        &place,
        &[
            "run",
            "small.toml",
            "--draws",
            "67",
            "--card",
            "--threads",
            "1",
            "-o",
            "run",
        ],
    );
    let mut looks = 0;
    while !place.path("run/report.html").exists() {
        assert!(looks < 15_000, "no run folder after five minutes");
        looks += 1;
        sleep(Duration::from_millis(20));
    }
    // A Ctrl-C between folder and card counts for the card.
    sleep(Duration::from_millis(300));
    interrupt(&child);
    let done = Done::new(child.wait_with_output().unwrap());
    done.ends_with(130)
        .says("1 Yields.")
        .complains("the run is complete, its card is not there");
    let page = place.read("run/report.html");
    assert!(page.contains("The card was asked for and is not here"));
    assert_eq!(place.names("run/tables"), ["long.parquet"]);
    place.brandish(&["verify", "run"]).ends_with(0);
}
