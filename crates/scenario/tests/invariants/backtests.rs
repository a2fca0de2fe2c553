//! Backtests: nothing published later enters a prediction, a placebo moves nothing, threads change nothing, labels follow samples.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use brandish_data::Snapshot;
use brandish_scenario::backtest::episode::{Episode, Judged};
use brandish_scenario::backtest::{
    Backtest, BacktestOptions, CampEffects, Declaration, Verdict, backtest, episode_names, predict,
    shipped_episode, weigh,
};
use brandish_scenario::parameters::ParameterBook;
use brandish_units::Date;
use sha2::{Digest, Sha256};

struct Fixture {
    declaration: Declaration,
    book: ParameterBook,
    cancel: AtomicBool,
}

impl Fixture {
    fn new() -> Self {
        Self {
            declaration: Declaration::shipped().unwrap(),
            book: ParameterBook::shipped().unwrap(),
            cancel: AtomicBool::new(false),
        }
    }

    fn options(&self) -> BacktestOptions<'_> {
        BacktestOptions {
            declaration: &self.declaration,
            book: &self.book,
            draws: 8,
            seed: 1,
            cancel: &self.cancel,
        }
    }

    fn run(&self, name: &str) -> Backtest {
        backtest(&episode(name), &Snapshot::embedded(), &self.options()).unwrap()
    }

    fn effects(&self, episode: &Episode, snapshot: &Snapshot) -> Vec<CampEffects> {
        let known = snapshot.known_on(episode.as_of);
        let (_, effects) = predict(episode, &known, &self.options()).unwrap();
        effects.into_iter().map(|camp| camp.happened).collect()
    }
}

fn episode(name: &str) -> Episode {
    shipped_episode(name).unwrap().unwrap()
}

/// A copy of the snapshot with everything observed after a day changed: yields and positions doubled, surveys turned around.
fn later_changed(day: Date, first_unpublished_survey: &str, to: &Path) -> Snapshot {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../snapshot");
    for table in fs::read_dir(from).unwrap().flatten() {
        let name = table.file_name().into_string().unwrap();
        let target = to.join(&name);
        fs::create_dir(&target).unwrap();
        let text = fs::read_to_string(table.path().join("data.csv")).unwrap();
        let metadata = fs::read_to_string(table.path().join("metadata.json")).unwrap();
        let data = match name.as_str() {
            "par_yields" | "par_yields_continued" | "dealer_positions" => changed(&text, day),
            "shl_maturity" => turned_around(&text, first_unpublished_survey),
            _ => text.clone(),
        };
        let hash = |text: &str| -> String {
            let digest = Sha256::digest(text.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let metadata = metadata.replace(&hash(&text), &hash(&data)).replace(
            &format!("\"bytes\": {}", text.len()),
            &format!("\"bytes\": {}", data.len()),
        );
        fs::write(target.join("data.csv"), data).unwrap();
        fs::write(target.join("metadata.json"), metadata).unwrap();
    }
    Snapshot::from_dir(to).unwrap()
}

/// Surveys from a month on with their maturities in reverse: the sums stay, the shares change.
fn turned_around(text: &str, from: &str) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number > 0 && cells[0] >= from {
            cells[3..18].reverse();
        }
        cells.join(",")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Numbers of rows after the day, doubled; sums of a row stay sums.
fn changed(text: &str, day: Date) -> String {
    let day = day.to_string();
    let mut lines: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let later = number > 0 && line.split(',').next().unwrap() > day.as_str();
        if !later {
            lines.push(line.to_owned());
            continue;
        }
        let cells = line
            .split(',')
            .enumerate()
            .map(|(place, cell)| match cell.parse::<f64>() {
                Ok(value) if place > 0 => (2.0 * value).to_string(),
                _ => cell.to_owned(),
            });
        lines.push(cells.collect::<Vec<_>>().join(","));
    }
    lines.join("\n") + "\n"
}

#[test]
fn data_published_later_change_no_prediction() {
    let fixture = Fixture::new();
    // the survey of June 2023 was published on 2024-04-30, that of June 2024 on 2025-04-30: taken before the day, and not yet known
    for (name, survey) in [("japan-fx-2024-apr", "2023-06"), ("april-2025", "2024-06")] {
        let episode = episode(name);
        let folder = tempfile::tempdir().unwrap();
        let other = later_changed(episode.as_of, survey, folder.path());
        let (ours, theirs) = (
            fixture.effects(&episode, &Snapshot::embedded()),
            fixture.effects(&episode, &other),
        );
        assert_eq!(ours, theirs, "{name}");
        // the change is real: what was observed differs
        let moved = backtest(&episode, &other, &fixture.options()).unwrap();
        let honest = fixture.run(name);
        assert_ne!(
            moved.windows[0].observed, honest.windows[0].observed,
            "{name}"
        );
    }
}

#[test]
fn data_published_before_do_change_it() {
    let fixture = Fixture::new();
    let mut episode = episode("april-2025");
    let folder = tempfile::tempdir().unwrap();
    let other = later_changed(episode.as_of.plus_days(-400), "2030-06", folder.path());
    let ours = fixture.effects(&episode, &Snapshot::embedded());
    assert_ne!(ours, fixture.effects(&episode, &other));
    let folder = tempfile::tempdir().unwrap();
    let other = later_changed(episode.as_of, "2023-06", folder.path());
    assert_ne!(
        ours,
        fixture.effects(&episode, &other),
        "a published survey counts"
    );
    // so does another as-of day
    episode.as_of = Date::from_ymd(2024, 12, 31).unwrap();
    assert_ne!(ours, fixture.effects(&episode, &Snapshot::embedded()));
}

#[test]
fn a_placebo_moves_nothing_and_would_have_as_a_sale() {
    let fixture = Fixture::new();
    for name in ["crimea-2014", "svb-2023"] {
        let result = fixture.run(name);
        for window in &result.windows {
            assert_eq!(window.window.judged, Judged::Nothing);
            for camp in &window.camps {
                assert_eq!(camp.verdict, Verdict::Hit);
                for band in &camp.effects {
                    assert_eq!(band.quantiles, [0.0; 5], "{name}");
                }
            }
        }
        let mistaken = result.windows[0].camps[0].taken_for_a_sale.unwrap();
        assert!(mistaken.median() > 1.0, "{name}: {mistaken:?}");
    }
}

#[test]
fn threads_change_no_backtest() {
    let fixture = Fixture::new();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| fixture.run("japan-fx-2024-jul"))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn labels_follow_the_samples_of_the_studies_behind_a_camp() {
    let fixture = Fixture::new();
    let labels = |name: &str| -> Vec<(&'static str, bool)> {
        let result = fixture.run(name);
        let camps = &result.windows[0].camps;
        let letter = |camp: &brandish_scenario::backtest::CampScore| camp.camp.letter();
        camps
            .iter()
            .map(|camp| (letter(camp), !camp.in_sample.is_empty()))
            .collect()
    };
    // March 2020 is behind S, so behind C, and in Ahmed and Rebucci's sample
    let covid = [("S", true), ("C", true), ("F", false), ("X", true)];
    assert_eq!(labels("covid-2020"), covid);
    let later = [("S", false), ("C", false), ("F", false), ("X", false)];
    assert_eq!(labels("april-2025"), later);
}

#[test]
fn only_out_of_sample_main_windows_weigh_camps_and_weights_sum_to_one() {
    let fixture = Fixture::new();
    let results: Vec<Backtest> = ["covid-2020", "svb-2023", "april-2025", "japan-sale-2026"]
        .into_iter()
        .map(|name| fixture.run(name))
        .collect();
    let weights = weigh(&results, &fixture.book);
    assert_eq!(weights.episodes, ["april-2025"]);
    for sum in [
        weights.camps.iter().map(|camp| camp.before).sum::<f64>(),
        weights.camps.iter().map(|camp| camp.after).sum::<f64>(),
    ] {
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

/// The table of episodes was computed apart from this program, close to close: our changes must be its changes (two published digits of
/// percent, so equal to rounding of a float).
#[test]
fn observed_changes_are_those_of_the_table_of_episodes() {
    let fixture = Fixture::new();
    let snapshot = Snapshot::embedded();
    let table = snapshot.table("episodes").unwrap();
    let id = table.column("episode_id").unwrap();
    let columns = table
        .columns([
            "yield_2y_change_bp",
            "yield_10y_change_bp",
            "yield_30y_change_bp",
        ])
        .unwrap();
    let mut compared = 0;
    for name in episode_names() {
        let result = fixture.run(name);
        for (place, window) in result.windows.iter().enumerate() {
            let facts = match (&window.window.facts, place) {
                (Some(facts), _) => facts.clone(),
                (None, 0) => result.episode.facts.clone().unwrap(),
                (None, _) => continue,
            };
            for row in table.rows() {
                let row = row.unwrap();
                if row.text(id) != facts {
                    continue;
                }
                for (column, observed) in columns.iter().zip(&window.observed) {
                    if let Some(published) = row.optional_number(*column).unwrap() {
                        let ours = observed.unwrap().0;
                        assert!(
                            (ours - published).abs() < 1e-6,
                            "{name} {facts}: {ours} {published}"
                        );
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(
        compared,
        3 * 19,
        "every window that the table has a change for"
    );
}
