//! Every fact of a shipped scenario as a text and back, against the long table of its run; and what is said of texts that name none.

use std::sync::atomic::AtomicBool;

use brandish_data::Snapshot;
use brandish_units::Tenor;

use super::*;
use crate::file::ScenarioFile;
use crate::settings::Settings;
use crate::sweep::testing::with_context;

fn japan_card(snapshot: &Snapshot) -> crate::file::Scenario {
    let text = crate::file::SHIPPED
        .iter()
        .find(|shipped| shipped.name == "japan-card")
        .unwrap()
        .toml;
    let file = ScenarioFile::parse(text, "japan-card").unwrap();
    let mut scenario = with_context(snapshot, |context| file.check(context))
        .unwrap()
        .scenario;
    scenario.assumptions.draws = 1;
    scenario.assumptions.stress_camps.clear();
    scenario
}

fn keys(scenario: &crate::file::Scenario, snapshot: &Snapshot) -> Vec<FactKey> {
    let (book, baseline) = crate::sweep::market(scenario, snapshot).unwrap();
    let built = crate::orders::orders(scenario, &baseline, Settings::Product).unwrap();
    let study = crate::markets::MarketStudy::on(snapshot, scenario.as_of, &book).unwrap();
    let named = crate::run::named_sellers(scenario, &baseline).unwrap();
    let about = (&book, &study, Settings::Product);
    let facts = crate::run::plan::facts(scenario, &baseline, &built, &named, about).unwrap();
    let parts = crate::sweep::market_parts(&baseline, &book);
    let work = crate::sweep::camp_work(scenario, parts, &built, &facts).unwrap();
    work[0].central().unwrap().keys
}

#[test]
fn every_fact_of_a_run_is_named_by_its_text_and_has_the_number_of_the_long_table() {
    let snapshot = Snapshot::embedded();
    let scenario = japan_card(&snapshot);
    let keys = keys(&scenario, &snapshot);
    let control = crate::Control {
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    let run = crate::run(&scenario, &snapshot, Settings::Product, &control).unwrap();
    let (book, baseline) = crate::sweep::market(&scenario, &snapshot).unwrap();
    let built = crate::orders::orders(&scenario, &baseline, Settings::Product).unwrap();
    let study = crate::markets::MarketStudy::on(&snapshot, scenario.as_of, &book).unwrap();
    let named = crate::run::named_sellers(&scenario, &baseline).unwrap();
    let about = (&book, &study, Settings::Product);
    let facts = crate::run::plan::facts(&scenario, &baseline, &built, &named, about).unwrap();
    let mut outputs = Vec::new();
    for key in &keys {
        let text = Output::of(key, &keys).to_string();
        let output = Asked::parse(&text).unwrap().find(&keys).unwrap();
        assert_eq!(output.to_string(), text);
        let meant: Vec<&FactKey> = keys.iter().filter(|key| output.is(key)).collect();
        assert_eq!(meant, [key], "{text}");
        outputs.push(output);
    }
    assert!(outputs.len() > 5000, "{} facts", outputs.len());
    let picks = picks(&keys, &outputs).unwrap();
    let read = OutputFacts::new(&facts, &outputs, picks);
    let parts = crate::sweep::market_parts(&baseline, &book);
    for camp in crate::sweep::camp_work(&scenario, parts, &built, &read).unwrap() {
        let letter = camp.parameters.camp_name.letter();
        let central = camp.central().unwrap().central;
        // the same order as in the table, so that one pass finds every row
        let mut rows = run
            .table
            .rows
            .iter()
            .filter(|row| row.camp == Some(letter) && row.stat == "central");
        for (output, value) in outputs.iter().zip(central) {
            let row = rows
                .find(|row| {
                    row.measure == output.measure
                        && row.unit == output.unit
                        && row.tenor == output.tenor
                        && row.bucket == output.bucket
                        && row.sector == output.holder
                        && (output.day.is_none() || row.day == output.day)
                })
                .unwrap_or_else(|| panic!("{output} of camp {letter} is not in the table"));
            assert_eq!(row.value.to_bits(), value.to_bits(), "{output}");
        }
    }
}

#[test]
fn what_other_markets_and_fiscal_years_do_can_be_asked_and_parts_stand_in_any_order() {
    let snapshot = Snapshot::embedded();
    let keys = keys(&japan_card(&snapshot), &snapshot);
    let find = |text: &str| Asked::parse(text).unwrap().find(&keys).unwrap();
    for measure in ["mortgage_change_peak", "utilization_peak"] {
        assert_eq!(find(measure).measure, measure);
    }
    // every market that has numbers in this run
    for key in keys
        .iter()
        .filter(|key| key.measure.ends_with("_change_peak"))
    {
        let text = match (key.tenor, &key.sector) {
            (Some(tenor), _) => format!("{}:{}", key.measure, tenor.label()),
            (None, Some(market)) => format!("{}:{market}", key.measure),
            (None, None) => key.measure.to_owned(),
        };
        assert!(find(&text).is(key), "{text}");
    }
    assert_eq!(find("yield_change:63:10y"), find("yield_change:10Y:63"));
    let year = find("fiscal_interest_gross:2026");
    assert_eq!((year.holder.as_deref(), year.day), (Some("2026"), None));
    assert_eq!(find("fiscal_interest_gross:holder=2026"), year);
    assert_eq!(find("sold:7-10y:63").bucket, Some("7-10y"));
    // dollars are meant unless another unit is named
    assert_eq!(find("holder_pnl:japan:63").unit, "usd_bn");
    assert_eq!(find("holder_pnl:japan:63:jpy_bn").unit, "jpy_bn");
    assert_eq!(
        find("holder_pnl:japan:63:jpy_bn").to_string(),
        "holder_pnl:japan:63:jpy_bn"
    );
}

#[test]
fn what_is_missing_or_useless_is_said() {
    let snapshot = Snapshot::embedded();
    let keys = keys(&japan_card(&snapshot), &snapshot);
    for (text, said) in [
        ("yield_change:10Y", "needs a day, e.g. yield_change:10Y:63"),
        (
            "yield_change_peak",
            "needs a tenor, e.g. yield_change_peak:10Y",
        ),
        (
            "yield_change_peak:10Y:63",
            "no use for a day: write yield_change_peak:10Y",
        ),
        ("yield_change_peek:10Y", "did you mean `yield_change_peak`"),
        ("yield_change_peek:10Y", "there are absorbed, "),
        (
            "utilization_peak:8Y",
            "means nothing to it: write utilization_peak",
        ),
        ("yield_change_peak:8Y", "neither a tenor (1M "),
        ("execution_loss:63", "needs a holder (japan"),
        ("execution_loss:atlantis:63", "not for `atlantis`"),
        ("sold:7-9y:63", "it is there for 0-6m, 6-12m, "),
        (
            "sold:7-10y:64",
            "not reported on day 64; near it are the days 63 and ",
        ),
        (
            "yield_level:10Y:7",
            "not reported on day 7; near it are the days 1 and ",
        ),
        (
            "holder_pnl:japan:63:unit=eur_bn",
            "its unit is usd_bn, jpy_bn, not `eur_bn`",
        ),
        ("mc_se:10Y", "no measure that every path"),
    ] {
        let error = Asked::parse(text).unwrap().find(&keys).unwrap_err();
        assert!(error.to_string().contains(said), "{text}: {error}");
    }
    for text in ["", ":10Y", "sold:", "a:b:c:d:e:f:g"] {
        assert!(
            Asked::parse(text).unwrap_err().contains("names no output"),
            "{text}"
        );
    }
    assert!(Asked::parse(&"x".repeat(300)).is_err());
}

#[test]
fn a_holder_whose_name_is_a_number_is_not_taken_for_a_day() {
    let day: brandish_units::Date = "2025-05-01".parse().unwrap();
    let key = |name: &str, on: u32| {
        FactKey::new("proceeds", "usd_bn", "test")
            .on(on, day)
            .of(&Arc::from(name))
    };
    let keys = [key("5", 7), key("7", 5)];
    let find = |text: &str| Asked::parse(text).unwrap().find(&keys);
    // either order of the parts fits both facts
    let error = find("proceeds:5:7").unwrap_err().to_string();
    assert!(error.contains("holder=5:day=7"), "{error}");
    assert_eq!(find("proceeds:holder=5:7").unwrap().day, Some(7));
    assert_eq!(find("proceeds:holder=7:5").unwrap().day, Some(5));
}

#[test]
fn the_words_of_a_grid_file_are_those_of_the_program() {
    let labels: Vec<&str> = Tenor::ALL.iter().map(|tenor| tenor.label()).collect();
    assert_eq!(labels, TENOR_LABELS);
}
