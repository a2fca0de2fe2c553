//! `run --claims` and `run --card`: sections on request, the same as on their own pages, and the run is never lost for them.

use std::fs;

use super::support::Place;

const EARLY: &str = "Japan holds $1.13 trillion of Treasuries\n\nPublished 28 April 2025\n\nThe figure is public. Japan holds $1.13 trillion of Treasuries. The 10-year yield ended Friday at 4.29%.\n";
const LATE: &str =
    "Published 5 May 2025\n\n“It does exist as a card,” Finance Minister Katsunobu Kato said.\n";

/// The part of a page between two marks.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let rest = &text[start..];
    &rest[..rest.find(to).unwrap_or_else(|| panic!("no {to}"))]
}

fn section<'t>(page: &'t str, id: &str) -> &'t str {
    between(page, &format!("<section id=\"{id}\""), "</section>")
}

#[test]
fn without_the_options_a_run_says_where_they_are_and_has_nothing_of_them() {
    let place = Place::new();
    place.run_small("run", &[]);
    let page = place.read("run/report.html");
    let asked = section(&page, "asked");
    assert!(asked.contains("--card") && asked.contains("--claims FILE..."));
    assert!(!page.contains("<section id=\"card\"") && !page.contains("<section id=\"evidence\""));
    assert!(!page.contains("class=\"valued") && !page.contains(".claims article"));
    assert_eq!(place.names("run/tables"), ["long.parquet"]);
    assert!(!place.read("run/manifest.json").contains("\"card\""));
}

#[test]
fn the_evidence_is_split_by_the_day_and_a_bad_document_is_named() {
    let place = Place::new();
    place.write("early.txt", EARLY);
    place.write("late.txt", LATE);
    place.write(
        "open.txt",
        "Japan holds $1.2 trillion of U.S. Treasuries.\n",
    );
    place.write("b.pdf", b"%PDF-1.7 binary");
    let arguments = ["run", "small.toml", "-o", "run", "--claims"];
    let files = ["late.txt", "open.txt", "b.pdf", "early.txt"];
    let done = place.brandish(&[&arguments[..], &files].concat());
    done.ends_with(1)
        .says("1 Yields.")
        .complains("b.pdf: this is a PDF")
        .complains("1 of 4 documents could not be read; the run is complete without them");
    let page = place.read("run/report.html");
    let order: Vec<usize> = ["evidence", "later"]
        .iter()
        .map(|id| page.find(&format!("<section id=\"{id}\"")).unwrap())
        .collect();
    let happened = page.find("<h2>What really happened");
    assert!(happened.is_none_or(|at| order[0] < at && at < order[1]));
    let known = section(&page, "evidence");
    assert!(known.contains("4.29%") && known.contains("early.txt"));
    assert!(known.contains("late.txt (2025-05-05)"));
    assert!(known.contains("open.txt (states no day of publication)"));
    assert!(known.contains("Not read: b.pdf: this is a PDF"));
    assert!(!known.contains("exist as a card") && !known.contains("$1.2 trillion"));
    let later = section(&page, "later");
    assert!(later.contains("exist as a card") && later.contains("$1.2 trillion"));
    assert!(page.contains("what the threat is worth ("));

    // Rows are those of `claims`, and the manifest has the hash of every file.
    let rows = |files: &[&str], as_of: &str| {
        let options = ["--format", "csv", "--as-of", as_of];
        let done = place.brandish(&[&["claims"][..], files, &options].concat());
        done.ends_with(0).out.clone()
    };
    assert_eq!(
        place.read("run/tables/claims.csv"),
        rows(&["early.txt"], "2025-05-01")
    );
    let documents = place.read("run/tables/documents.csv");
    assert!(documents.contains("early.txt,2025-04-28,published by the day,"));
    assert!(documents.contains("late.txt,2025-05-05,published after,"));
    assert!(documents.contains("open.txt,,states no day,"));
    let hash = brandish_report::sha256_hex(EARLY.as_bytes());
    assert!(documents.contains(&hash));
    place
        .brandish(&["verify", "run"])
        .ends_with(0)
        .says("all equal to the last bit")
        .complains("claims and documents are as they were written");
    place.edit("run/tables/claims_after.csv", "Kato", "Sato");
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .complains("claims_after.csv");

    // A caller who knows the day of a document names it; a folder of nothing is refused before any work.
    let dated = [&arguments[..], &["open.txt", "--undated", "2025-04-30"]].concat();
    place.brandish(&dated).ends_with(0);
    let page = place.read("run/report.html");
    assert!(section(&page, "evidence").contains("$1.2 trillion"));
    assert!(!page.contains("<section id=\"later\""));
    assert!(!place.path("run/tables/claims_after.csv").exists());
    fs::create_dir(place.path("empty")).unwrap();
    place
        .brandish(&["run", "small.toml", "-o", "no", "--claims", "empty"])
        .ends_with(2)
        .complains("holds no files");
    assert!(!place.path("no").exists());
}

#[test]
fn the_cards_of_a_report_are_those_of_the_page_of_claims() {
    let place = Place::new();
    place.write("early.txt", EARLY);
    place.run_small("run", &["--claims", "early.txt"]);
    place
        .brandish(&[
            "claims",
            "early.txt",
            "--as-of",
            "2025-05-01",
            "--report",
            "a.html",
        ])
        .ends_with(0)
        .says("also early.txt,");
    let rows = place
        .brandish(&["claims", "early.txt", "--format", "csv"])
        .out;
    assert!(rows.lines().next().unwrap().ends_with(",uncertainty,also"));
    // The amount in the headline: `Japan holds ` has 12 code points, the headline 40.
    assert!(rows.lines().any(|row| row.ends_with(",12-40")), "{rows}");
    let cards = |page: &str| -> Vec<String> {
        let parts = page.split("<article>").skip(1);
        parts
            .map(|part| part.split("</article>").next().unwrap().to_owned())
            .map(|card| card.replace("<h4>", "<h3>").replace("</h4>", "</h3>"))
            // What the record says by now is no part of what was known.
            .map(|card| {
                let lines = card.replace("<dt>now</dt>\n", "<dt>now</dt>");
                let kept = lines
                    .lines()
                    .filter(|line| !line.starts_with("<dt>now</dt>"));
                kept.collect::<Vec<_>>().join("\n")
            })
            .collect()
    };
    let own = place.read("a.html");
    let report = place.read("run/report.html");
    assert!(own.contains("<p class=\"about\">also "));
    let (own, section) = (cards(&own), cards(section(&report, "evidence")));
    assert!(own.len() >= 2);
    assert_eq!(own, section);
}

#[test]
fn a_hostile_document_stays_text_in_a_report() {
    let place = Place::new();
    place.write(
        "a.txt",
        "Published 28 April 2025\n\nJapan held $1.1 trillion of <script>alert(1)</script> Treasuries & \"<img src=x>\". </section></div>\n",
    );
    place.run_small("run", &["--claims", "a.txt"]);
    let page = place.read("run/report.html");
    let known = section(&page, "evidence");
    assert!(!known.contains("<script>alert") && !known.contains("<img"));
    assert!(known.contains("&lt;script&gt;"));
}

#[test]
fn the_card_of_a_run_is_the_card_and_replays() {
    let place = Place::new();
    place
        .run_small("run", &["--draws", "6", "--card=quick"])
        .complains("now the card, which takes longer");
    let quick = ["card", "small.toml", "--quick", "--draws", "6"];
    place
        .brandish(&[&quick[..], &["-o", "card.html"]].concat())
        .ends_with(0);
    let rows = place.brandish(&[&quick[..], &["--format", "csv"]].concat());
    assert_eq!(place.read("run/tables/card.csv"), rows.ends_with(0).out);
    let page = place.read("run/report.html");
    let section = section(&page, "card");
    let own = place.read("card.html");
    let drawings: Vec<&str> = own.split("<svg").skip(1).collect();
    assert!(drawings.len() >= 3);
    for drawing in drawings {
        let drawing = drawing.split("</svg>").next().unwrap();
        assert!(section.contains(drawing), "{drawing}");
    }
    for part in ["The answer", "Deals by month", "The game in one round"] {
        assert!(section.contains(&format!("<h3>{part}</h3>")), "{part}");
    }
    assert!(page.contains("what the news says, checked ("));
    assert_eq!(place.names("run/tables"), ["card.csv", "long.parquet"]);
    place
        .brandish(&["verify", "run", "--threads", "1"])
        .ends_with(0)
        .says("numbers replayed, all equal to the last bit")
        .says("the card: ");
}

#[test]
fn a_changed_number_of_a_card_is_found_even_if_the_hash_was_made_to_fit() {
    let place = Place::new();
    place.run_small("run", &["--draws", "6", "--card=quick"]);
    let old = place.read("run/tables/card.csv");
    let row = old
        .lines()
        .find(|row| row.contains(",deal_package_seller,"))
        .unwrap();
    let new = old.replace(row, &row.replace("usd_bn", "usd_mn"));
    assert_ne!(old, new);
    place.write("run/tables/card.csv", &new);
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .complains("card.csv");
    let hash = |text: &str| brandish_report::sha256_hex(text.as_bytes());
    place.edit("run/manifest.json", &hash(&old), &hash(&new));
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .says("the card differs")
        .says("deal_package_seller")
        .says("1 of");
    place.write("run/tables/card.csv", &old);
    place.edit("run/manifest.json", &hash(&new), &hash(&old));
    place.edit("run/manifest.json", "\"draws\": 6\n", "\"draws\": 5000\n");
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .complains("no run of this scenario values its card");
    // A file that the manifest does not list is no part of the run.
    place.write("run/tables/claims.csv", "id\n");
    place
        .brandish(&["verify", "run"])
        .ends_with(3)
        .complains("claims.csv");
}

#[test]
fn a_run_that_has_no_card_is_refused_before_any_work() {
    let place = Place::new();
    place.vary("purchase.toml", "amount_usd_bn = 50", "amount_usd_bn = -50");
    place
        .brandish(&["run", "purchase.toml", "--card", "-o", "run"])
        .ends_with(2)
        .complains("neither sells nor threatens");
    assert!(!place.path("run").exists());
}
