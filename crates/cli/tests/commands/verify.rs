//! `brandish verify`: a run replays to the last bit, and every change of it is noticed.

use std::fs;

use brandish_report::{Existing, RunFiles, RunFolder, sha256_hex, write_parquet};

use super::support::{Place, copy_snapshot};

fn place_with_run() -> Place {
    let place = Place::new();
    place.run_small("run", &["--draws", "6"]);
    place
}

#[test]
fn a_run_replays_at_another_number_of_threads() {
    let place = place_with_run();
    place
        .brandish(&["verify", "run", "--threads", "1"])
        .ends_with(0)
        .says("numbers replayed, all equal to the last bit");
}

#[test]
fn a_changed_number_is_found_even_if_the_hashes_were_made_to_fit() {
    let place = place_with_run();
    let folder = RunFolder::open(&place.path("run"));
    let manifest = folder.read_manifest().unwrap();
    let mut table = folder.read_table(&manifest).unwrap();
    let row = table
        .rows
        .iter_mut()
        .find(|row| row.measure == "yield_change_peak")
        .unwrap();
    row.value += 1e-12;
    let (scenario, report, summary) = (
        place.read("run/scenario.toml"),
        place.read("run/report.html"),
        place.read("run/summary.txt"),
    );
    let mut bytes = Vec::new();
    write_parquet(&table, &mut bytes).unwrap();
    let files = RunFiles {
        manifest: &manifest,
        scenario_toml: &scenario,
        table_parquet: &bytes,
        report_html: &report,
        summary: &summary,
        beside: &[],
    };
    RunFolder::create(&place.path("forged"), Existing::Refuse, &files).unwrap();
    place
        .brandish(&["verify", "forged"])
        .ends_with(3)
        .says("the replay differs")
        .says("yield_change_peak")
        .says("1 of");
}

#[test]
fn a_changed_file_is_named() {
    let place = place_with_run();
    for file in [
        "report.html",
        "summary.txt",
        "scenario.toml",
        "tables/long.parquet",
    ] {
        let path = place.path("run").join(file);
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&path, &changed).unwrap();
        place
            .brandish(&["verify", "run"])
            .ends_with(3)
            .complains(file)
            .complains("changed after the run");
        fs::write(&path, &whole[..middle]).unwrap();
        place
            .brandish(&["verify", "run"])
            .ends_with(3)
            .complains(file);
        fs::remove_file(&path).unwrap();
        place
            .brandish(&["verify", "run"])
            .ends_with(3)
            .complains(file);
        fs::write(&path, &whole).unwrap();
    }
    place.brandish(&["verify", "run"]).ends_with(0);
}

#[test]
fn a_changed_manifest_is_noticed() {
    let place = place_with_run();
    let whole = place.read("run/manifest.json");
    for (from, to, said) in [
        ("\"seed\": 7", "\"seed\": 8", "seed"),
        ("\"draws\": 6", "\"draws\": 60", "draws"),
        (
            "\"draws_finished\": 6",
            "\"draws_finished\": 60",
            "60 of 6 draws",
        ),
        (
            "\"as_of\": \"2025-05-01\"",
            "\"as_of\": \"2025-05-02\"",
            "as_of",
        ),
        (
            "\"settings\": \"product\"",
            "\"settings\": \"reference\"",
            "make run",
        ),
        (
            "amount_usd_bn = 50",
            "amount_usd_bn = 60",
            "changed after the run",
        ),
    ] {
        place.write("run/manifest.json", &whole);
        place.edit("run/manifest.json", from, to);
        place
            .brandish(&["verify", "run"])
            .ends_with(3)
            .prints_nothing()
            .complains(said);
    }
    // Fewer draws than were made: only the replay can know.
    place.write("run/manifest.json", &whole);
    place.edit(
        "run/manifest.json",
        "\"draws_finished\": 6",
        "\"draws_finished\": 5",
    );
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .says("the replay differs");
}

#[test]
fn what_is_no_run_folder_is_an_error() {
    let place = Place::new();
    for path in ["nowhere", "small.toml", "."] {
        place
            .brandish(&["verify", path])
            .ends_with(1)
            .complains("manifest.json")
            .complains("brandish run");
    }
    fs::create_dir(place.path("other")).unwrap();
    for text in ["", "{}", "[1, 2]", "{\"schema\": 99}"] {
        place.write("other/manifest.json", text);
        place
            .brandish(&["verify", "other"])
            .ends_with(1)
            .complains("other/manifest.json");
    }
}

#[test]
fn another_snapshot_is_an_error_that_names_the_table() {
    let place = place_with_run();
    copy_snapshot(&place, "data");
    place
        .brandish(&["verify", "run", "--snapshot", "data"])
        .ends_with(0);
    let mut rows = place.read("data/timeline/data.csv");
    let before = sha256_hex(rows.as_bytes());
    rows = rows.replacen("tariff", "tarriff", 1);
    place.write("data/timeline/data.csv", &rows);
    place.edit(
        "data/timeline/metadata.json",
        &before,
        &sha256_hex(rows.as_bytes()),
    );
    place
        .brandish(&["verify", "run", "--snapshot", "data"])
        .ends_with(1)
        .prints_nothing()
        .complains("another snapshot (changed: timeline)")
        .complains("--snapshot DIR");
}
