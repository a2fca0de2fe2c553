//! Every section is built from the table, nothing is invented, and the document has the page's shape.

use brandish_scenario::LongTable;
use brandish_units::Tenor;

use super::*;
use crate::fixture::{END, LAST, band, input, table};
use crate::input::ReportInput;

fn report(table: &LongTable) -> Report {
    Report::build(&input(table))
}

#[test]
fn the_answer_leads_with_five_grounded_lines() {
    let table = table(true);
    let answer = report(&table).answer;
    let leads: Vec<&str> = answer.lines.iter().map(|line| line.lead.as_str()).collect();
    assert_eq!(
        leads,
        [
            "Yields.",
            "Buyers.",
            "Costs.",
            "The words.",
            "What happened."
        ]
    );
    assert!(
        answer.lines[0]
            .text
            .starts_with("The ten-year yield rises 11, 22 or 53\u{202F}bp at its peak, by camp."),
        "{}",
        answer.lines[0].text
    );
    let marks: Vec<(&str, &str)> = answer.lines[0]
        .marks
        .iter()
        .map(|mark| (mark.letter, mark.text.as_str()))
        .collect();
    assert_eq!(marks, [("S", "11"), ("C", "22"), ("F", "53")]);
    assert!(answer.lines[3].text.contains("sold in silence"));
    assert_eq!(
        answer.lines[4].text,
        "Japan did not sell. On 2 May, a payrolls day, the ten-year yield moved +8.0\u{202F}bp."
    );
    let letters: Vec<&str> = answer.range.camps.iter().map(|camp| camp.letter).collect();
    assert_eq!(letters, ["S", "C", "F"], "camp X stays out of the headline");
}

#[test]
fn titles_state_what_the_table_holds() {
    let table = table(true);
    let report = report(&table);
    assert_eq!(
        report.fan.figure.title,
        "Announcing brings the move forward to day 1 and makes the peak lower"
    );
    assert!(
        report
            .curve
            .figure
            .title
            .starts_with("The whole curve moves up, by ")
    );
    assert_eq!(
        report.heat.figure.title,
        "The rise is broad, arrives at once and outlives the sale"
    );
    assert_eq!(
        report.buyers.figure.title,
        "Specialists carry $147bn on day 63 and still $103bn on day 252, camp C"
    );
    assert!(
        report
            .seller
            .as_ref()
            .unwrap()
            .figure
            .title
            .starts_with("Japan loses more on what it keeps")
    );
    assert!(report.taxpayer.figure.title.ends_with("more interest"));
    assert!(
        report
            .usdjpy
            .as_ref()
            .unwrap()
            .figure
            .title
            .starts_with("The dollar falls")
    );
    let happened = report.happened.unwrap();
    assert_eq!(
        happened.figure.title,
        "2 May has the shape of a payrolls day, not of a seller"
    );
    assert_eq!(
        happened.beliefs_figure.unwrap().title,
        "Only camp F excludes any belief"
    );
}

#[test]
fn numbers_are_those_of_the_table() {
    let table = table(true);
    let report = report(&table);
    assert_eq!(report.days.len(), LAST as usize + 1);
    assert_eq!(report.dates.len(), report.days.len());
    assert_eq!(
        (report.dates[0].as_str(), report.dates[1].as_str()),
        ("2025-05-01", "2025-05-02")
    );
    let fan = &report.fan.panels[0];
    assert_eq!(fan.series.p50.len(), report.days.len());
    assert_eq!(fan.series.p50[0], 0.0);
    assert_eq!(fan.peak.day, 20);
    assert_eq!(report.curve.day, END);
    assert_eq!(report.curve.before_pct[Tenor::Y10.index()], Some(4.47));
    assert_eq!(report.curve.change.camps.len(), 4);
    assert_eq!(report.heat.panels[0].p50.len(), 14);
    assert!(
        report
            .heat
            .panels
            .iter()
            .all(|panel| panel.p05[0].len() == report.heat.days.len())
    );
    assert_eq!(report.heat.days.first(), Some(&1));
    assert_eq!(
        report.taxpayer.periods,
        ["months 1-3", "months 4-6", "months 7-9", "months 10-12"]
    );
    let fiscal = report.taxpayer.fiscal.as_ref().unwrap();
    assert_eq!(fiscal.years, ["2025", "2026", "2027"]);
    // eight lines of the bill in each of the three headline camps; the switch is in none of them
    assert_eq!((fiscal.panels.len(), fiscal.lines.len()), (3, 24));
    assert!(
        fiscal.baseline_usd_bn.is_empty(),
        "no baseline, no zero in its place"
    );
    assert!(
        fiscal
            .figure
            .title
            .starts_with("Over fiscal 2025-2027 the Treasury pays ")
    );
    let steps = &report.seller.as_ref().unwrap().panels[0].steps;
    assert_eq!(steps[0].label, "Sold too low");
    assert!(
        steps[0].band.p50 < 0.0 && steps[0].band.p05 <= steps[0].band.p95,
        "a loss is a negative gain"
    );
    assert_eq!(steps[1].label, "Mark on what it keeps, day 252");
}

#[test]
fn absorbers_are_stacked_slowest_first_and_cover_the_same_days() {
    let table = table(true);
    let buyers = report(&table).buyers;
    let names: Vec<&str> = buyers
        .sectors
        .iter()
        .map(|holder| holder.name.as_str())
        .collect();
    assert_eq!(names.first(), Some(&"foreign official"));
    assert_eq!(names.last(), Some(&"specialists"));
    assert!(
        !names.contains(&"Federal Reserve"),
        "the Fed does not buy in this run"
    );
    assert_eq!(buyers.face.len(), buyers.sectors.len());
    assert!(
        buyers
            .face
            .iter()
            .chain(&buyers.ten_year_equivalents)
            .all(|path| path.len() == buyers.days.len())
    );
    assert_eq!(buyers.sold_face.len(), buyers.days.len());
    assert_eq!(
        buyers.sum_note,
        "Day 63, central parameters, $bn: sold 294.0 + forced sales 2.9."
    );
    assert_eq!((buyers.days[0], buyers.sold_face[0]), (0, 0.0));
    let flows = buyers.flows.unwrap();
    assert_eq!(
        (flows.first_day, flows.second_day, flows.nodes.len()),
        (END, LAST, buyers.sectors.len())
    );
    let days: Vec<u32> = buyers.table.iter().map(|row| row.day).collect();
    assert!(days.contains(&END) && days.contains(&LAST));
}

#[test]
fn without_bands_only_central_values_are_quoted_and_said_so() {
    let table = table(false);
    let report = report(&table);
    assert!(
        report.answer.lines[0]
            .text
            .contains("Central parameters only")
    );
    assert!(
        report.answer.range.camps.is_empty()
            && report.fan.panels.is_empty()
            && report.heat.panels.is_empty()
    );
    assert!(
        report
            .key
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .all(|cell| cell.range == "central, no band")
    );
    assert!(
        !report.buyers.face.is_empty(),
        "the stacked areas are central values"
    );
    assert!(report.buyers.table.is_empty());
}

/// The chart has everybody who gains or loses visibly, the table everybody; the account adds up in words that the table holds.
#[test]
fn everybodys_account_is_the_tables() {
    let table = table(true);
    let accounts = report(&table).accounts.unwrap();
    assert_eq!(accounts.day, LAST);
    assert_eq!(
        accounts.figure.title,
        "Holders of Treasuries lose 65.0 to $328.2bn together, Japan 3.5 to $17.7bn of it"
    );
    let names: Vec<&str> = accounts.panels[1]
        .bars
        .iter()
        .map(|bar| bar.holder.as_str())
        .collect();
    assert_eq!(
        names,
        ["other foreign official", "Federal Reserve", "Japan"],
        "largest loss first, forced sellers break even"
    );
    assert!(accounts.panels[0].bars[2].named && !accounts.panels[0].bars[0].named);
    assert_eq!(accounts.panels.len(), 3, "camp X stays out of the headline");
    assert_eq!(accounts.panels[0].bars[0].band.p50, -30.5);
    let fed = accounts
        .rows
        .iter()
        .find(|row| row.holder == "Federal Reserve");
    let fed = fed.unwrap();
    assert_eq!((fed.letter, fed.opening), ("S", 1000.0));
    assert!(fed.execution.p50 < 0.0);
    // -1.5 x 2 x 10 and -0.5 x 2 x 10, central 0.98 of it
    assert_eq!(fed.bounds, Some([-29.4, -9.8]));
    assert!(
        accounts
            .rows
            .iter()
            .any(|row| row.holder == "forced sellers")
    );
    // -6.5 x 10 x 0.98
    assert!(
        accounts.sum_note.contains("S \u{2212}63.7"),
        "{}",
        accounts.sum_note
    );
}

#[test]
fn an_empty_table_makes_an_empty_report_without_a_claim() {
    let empty = LongTable::default();
    let bare = ReportInput {
        happened: None,
        ..input(&empty)
    };
    let report = Report::build(&bare);
    assert!(report.answer.lines.is_empty());
    assert!(report.key.rows.is_empty());
    assert!(
        report.seller.is_none()
            && report.accounts.is_none()
            && report.usdjpy.is_none()
            && report.happened.is_none()
            && report.inventory.is_none()
    );
    let titles = [
        &report.curve.figure.title,
        &report.fan.figure.title,
        &report.heat.figure.title,
        &report.buyers.figure.title,
    ];
    for title in titles {
        assert!(
            !title.contains("rise") && !title.contains("Announcing") && !title.contains('$'),
            "{title}"
        );
    }
}

#[test]
fn a_run_of_no_days_and_no_camps_is_still_a_document() {
    let empty = LongTable::default();
    let bare = ReportInput {
        dates: Vec::new(),
        camps: Vec::new(),
        ..input(&empty)
    };
    let report = Report::build(&bare);
    assert!(report.days.is_empty() && report.fan.panels.is_empty());
}

#[test]
fn the_document_has_the_shape_of_the_pages_model() {
    let table = table(true);
    let value = serde_json::to_value(report(&table)).unwrap();
    assert_eq!(value["schema"], 1);
    // One name of each section of web/src/model.ts; the page's own tests draw such a document.
    for path in [
        "/head/disclaimer",
        "/answer/range/camps/0/band/mc_se",
        "/answer/range/unit",
        "/key/rows/0/cells/0/range",
        "/curve/change/camps/0/bands/13/p95",
        "/curve/after_pct/0/p50/11",
        "/fan/panels/0/series/central/252",
        "/fan/panels/0/other_p50/252",
        "/fan/panels/0/peak/label",
        "/heat/panels/0/p95/13/0",
        "/buyers/days/0",
        "/buyers/sectors/0/kind",
        "/buyers/table/0/ten_year_equivalents/p50",
        "/buyers/flows/nodes/0/second",
        "/seller/panels/0/steps/0/total",
        "/seller/own_currency/0/unit",
        "/seller/beside/0/label",
        "/accounts/panels/0/bars/0/named",
        "/accounts/rows/0/bounds",
        "/accounts/securities",
        "/accounts/sum_note",
        "/taxpayer/panels/0/total/p50",
        "/taxpayer/fiscal/panels/0/bands/2/p95",
        "/taxpayer/fiscal/panels/0/net/p50",
        "/taxpayer/fiscal/panels/0/of_baseline_pct/p50",
        "/taxpayer/fiscal/lines/0/label",
        "/taxpayer/fiscal/notes/0",
        "/usdjpy/panels/0/band_pct/p50",
        "/happened/beliefs/1/cells/0/band/p50",
        "/happened/beliefs_figure/title",
        "/assumptions/0/range",
        "/warnings/0/code",
        "/manifest/0/label",
        "/sources/0/licence",
    ] {
        assert!(
            value.pointer(path).is_some_and(|found| !found.is_null()),
            "{path} is missing"
        );
    }
    assert!(value["inventory"].is_null());
    assert!(
        value.pointer("/curve/title").is_some(),
        "figure words stand beside the section's data"
    );
}

#[test]
fn bands_turn_round_with_their_sign() {
    let gain = band(10.0).negated();
    assert!(
        gain.p05 < gain.p25 && gain.p25 < gain.p50 && gain.p50 < gain.p75 && gain.p75 < gain.p95
    );
    assert_eq!(gain.p05, -band(10.0).p95);
}
