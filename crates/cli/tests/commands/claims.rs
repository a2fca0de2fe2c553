//! `claims`: cards, formats, scenario files that run, bad input, a theme of the user's own, corpora.

use serde_json::Value;

use super::support::Place;

const REMARK: &str = "Published 5 May 2025\n\nJapan threatened to sell its $1.13 trillion of U.S. Treasuries over three months. If China joins in, the bond market could spiral.\n\n“It does exist as a card,” Finance Minister Katsunobu Kato said.\n";

#[test]
fn a_document_becomes_cards_rows_and_objects() {
    let place = Place::new();
    place.write("a.txt", REMARK);
    place
        .brandish(&["claims", "a.txt", "--report", "a.html"])
        .ends_with(0)
        .says("It does exist as a card")
        .says("Katsunobu Kato");
    let page = place.read("a.html");
    assert!(
        page.contains("<article>") && page.contains("tic_holdings"),
        "{page}"
    );
    let csv = place.brandish(&["claims", "a.txt", "--format", "csv"]);
    csv.ends_with(0);
    assert!(
        csv.out.starts_with("id,document,start,end,kind,"),
        "{}",
        csv.out
    );
    let json = place.brandish(&["claims", "a.txt", "--format", "json"]);
    let value: Value = serde_json::from_str(&json.ends_with(0).out).unwrap();
    let text: Vec<char> = value["documents"][0]["text"]
        .as_str()
        .unwrap()
        .chars()
        .collect();
    let claims = value["claims"].as_array().unwrap();
    assert!(claims.len() >= 3, "{claims:?}");
    for claim in claims {
        let span =
            claim["start"].as_u64().unwrap() as usize..claim["end"].as_u64().unwrap() as usize;
        let words: String = text[span].iter().collect();
        assert_eq!(words, claim["span"].as_str().unwrap());
    }
    assert_eq!(claims.len(), csv.out.lines().count() - 1);
}

#[test]
fn an_implied_scenario_names_the_source_of_every_field_and_runs() {
    let place = Place::new();
    place.write("a.txt", REMARK);
    place
        .brandish(&["claims", "a.txt", "--scenario", "s", "--format", "csv"])
        .ends_with(0);
    let names = place.names("s");
    assert_eq!(names, ["implied-0-a.toml"]);
    let text = place.read("s/implied-0-a.toml");
    for line in text.lines().filter(|l| l.contains(" = ")) {
        assert!(
            line.contains("# text ") || line.contains("# assumed") || line == "schema = 1",
            "{line}"
        );
    }
    assert!(text.contains("days = 63  # text"), "{text}");
    assert!(text.contains("seller = \"china\""), "{text}");
    place
        .brandish(&["scenario", "check", "s/implied-0-a.toml"])
        .ends_with(0);
    place
        .brandish(&["run", "s/implied-0-a.toml", "--draws", "1", "-o", "out"])
        .ends_with(0);
    // What is there is not overwritten.
    place
        .brandish(&["claims", "a.txt", "--scenario", "s"])
        .ends_with(1);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let place = Place::new();
    place.write("a.txt", REMARK);
    place.write("b.pdf", b"%PDF-1.7 binary");
    let out = place.brandish(&["claims", "a.txt", "b.pdf", "missing.txt", "--format", "csv"]);
    out.ends_with(1);
    assert!(out.out.contains("a.txt"), "{}", out.out);
    assert!(
        out.err.contains("a PDF") && out.err.contains("missing.txt"),
        "{}",
        out.err
    );
    place.brandish(&["claims"]).ends_with(2);
    place.brandish(&["claims", "--corpus", "."]).ends_with(2);
    place.write("bad.json", "{\"schema\": 1, \"events\": [{}]}");
    place
        .brandish(&["claims", "a.txt", "--events", "bad.json"])
        .ends_with(2);
    place.write(
        "words.json",
        "{\"schema\": 1, \"cues\": {\"no such class\": []}}",
    );
    let out = place.brandish(&["claims", "a.txt", "--lexicon", "words.json"]);
    out.ends_with(2);
    assert!(out.err.contains("no such class"), "{}", out.err);
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let place = Place::new();
    place.write(
        "a.txt",
        "“Nothing \u{1b}[31mwill\u{202e} change,” Finance Minister Katsunobu Kato said on Monday.\n",
    );
    let out = place.brandish(&["claims", "a.txt"]);
    out.ends_with(0);
    assert!(!out.out.contains(['\u{1b}', '\u{202e}']), "{:?}", out.out);
}

#[test]
fn a_corpus_goes_batch_by_batch_with_the_same_rows() {
    let place = Place::new();
    std::fs::create_dir(place.path("many")).unwrap();
    for number in 0..210 {
        let text = REMARK.replace("1.13", &format!("1.{:02}", 10 + number % 80));
        place.write(&format!("many/{number:03}.txt"), text);
    }
    let many = place.brandish(&["claims", "many", "--format", "csv"]);
    many.ends_with(0);
    let few = place.brandish(&["claims", "many/000.txt", "--format", "csv"]);
    let own: Vec<&str> = few.out.lines().skip(1).collect();
    let first: Vec<&str> = many.out.lines().filter(|l| l.starts_with("0.")).collect();
    assert_eq!(own, first);
    let one = place.brandish(&["claims", "many", "--format", "csv", "--threads", "1"]);
    assert_eq!(one.out, many.out);
    place
        .brandish(&["claims", "many", "--format", "json"])
        .ends_with(2);
    place
        .brandish(&["claims", "many"])
        .ends_with(0)
        .says("210 documents");
}

#[test]
fn a_folder_is_scored_against_its_key() {
    let place = Place::new();
    std::fs::create_dir(place.path("texts")).unwrap();
    place.write("texts/a.txt", REMARK);
    place.write(
        "key.csv",
        "document,kind,span,verdict,speaker\na.txt,quote,\"“It does exist as a card,”\",supported,Katsunobu Kato\na.txt,event,No such words,,\n",
    );
    let out = place.brandish(&[
        "claims", "--corpus", "texts", "--key", "key.csv", "--format", "json",
    ]);
    let value: Value = serde_json::from_str(&out.ends_with(0).out).unwrap();
    assert_eq!(value["hashes"].as_array().unwrap().len(), 2);
    let score = |name: &str| {
        let all = value["scores"].as_array().unwrap();
        all.iter().find(|s| s["name"] == name).unwrap().clone()
    };
    assert_eq!(score("quote")["matched"], 1);
    assert_eq!(score("speakers")["matched"], 1);
    assert_eq!(score("event")["missed"].as_array().unwrap().len(), 1);
    place.write("wrong.csv", "document,kind,span\nb.txt,quote,x\n");
    place
        .brandish(&["claims", "--corpus", "texts", "--key", "wrong.csv"])
        .ends_with(2);
}
