//! Files read back: every shift, every yield, every element that the schema asks for.

use brandish_scenario::stress::{Quarter, QuarterPath, ZeroShock};
use brandish_units::{Bp, Tenor};

use super::*;

fn shock(stat: &'static str, usdjpy_pct: Option<f64>) -> ZeroShock {
    ZeroShock {
        camp: "S",
        stat,
        day: 63,
        date: "2025-08-01".parse().unwrap(),
        par: vec![],
        zero: vec![
            (Tenor::M3, Bp(0.125)),
            (Tenor::Y10, Bp(41.7)),
            (Tenor::Y30, Bp(-3.0)),
        ],
        usdjpy_pct,
    }
}

fn curves() -> OreCurves {
    OreCurves {
        yield_curve: "USD <T> & \"B\"".to_owned(),
        discount_curve: Some("USD".to_owned()),
    }
}

/// Texts of all elements of that name.
fn texts<'a>(xml: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    xml.split(&open)
        .skip(1)
        .map(|rest| rest.split(&close).next().unwrap())
        .collect()
}

#[test]
fn shifts_read_back_to_the_same_bits() {
    let xml = ore_stress_xml(
        "abc",
        "japan-card",
        &[shock("p50", None), shock("p95", Some(-1.25))],
        &curves(),
    );
    for shifts in texts(&xml, "Shifts") {
        let read: Vec<f64> = shifts
            .split(',')
            .map(|shift| shift.parse().unwrap())
            .collect();
        assert_eq!(
            read,
            [Bp(0.125).decimal(), Bp(41.7).decimal(), Bp(-3.0).decimal()]
        );
    }
    assert_eq!(
        texts(&xml, "Shifts").len(),
        4,
        "a yield curve and a discount curve each"
    );
    assert!(
        texts(&xml, "ShiftTenors")
            .iter()
            .all(|tenors| *tenors == "3M,10Y,30Y")
    );
    assert_eq!(texts(&xml, "ShiftSize"), ["-0.0125"]);
    assert!(xml.contains("<StressTest id=\"japan-card_S_p50_day63\">"));
}

#[test]
fn the_file_is_well_formed_and_has_every_group_of_the_schema() {
    let xml = ore_stress_xml("abc", "a -- b", &[shock("p50", Some(1.0))], &curves());
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    let body = xml.split_once("-->").unwrap().1;
    assert!(
        !xml.split_once("<!--")
            .unwrap()
            .1
            .split_once("-->")
            .unwrap()
            .0
            .contains("--")
    );
    for tag in body
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
    {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let name = tag
            .trim_end_matches('/')
            .split(' ')
            .next()
            .unwrap()
            .to_owned();
        if open.len() == 2 {
            seen.push(name.clone());
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    // xsd/stress.xsd of OpenSourceRisk/Engine: the elements of a StressTest without minOccurs="0", in its order
    let required = [
        "DiscountCurves",
        "IndexCurves",
        "YieldCurves",
        "FxSpots",
        "FxVolatilities",
        "SwaptionVolatilities",
        "CapFloorVolatilities",
        "SecuritySpreads",
        "RecoveryRates",
        "SurvivalProbabilities",
    ];
    assert_eq!(seen, required);
    assert!(xml.contains("name=\"USD &lt;T&gt; &amp; &quot;B&quot;\""));
}

#[test]
fn the_path_file_has_the_published_columns_and_fills_three_of_them() {
    let path = QuarterPath {
        camp: Some("S"),
        stat: "p50",
        quarters: vec![Quarter {
            year: 2025,
            quarter: 2,
            days: 41,
            means_pct: [None, Some(4.1), Some(4.5678)],
        }],
    };
    let csv = dfast_csv("japan-card", std::slice::from_ref(&path));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0].split(',').count(), 18);
    let fields: Vec<&str> = lines[1].split(',').collect();
    assert_eq!(fields.len(), 18);
    assert_eq!(&fields[..2], ["japan-card camp S p50", "Q2 2025"]);
    let of = |name: &str| {
        fields[DFAST_COLUMNS
            .iter()
            .position(|column| *column == name)
            .unwrap()]
    };
    assert_eq!(of("3-month Treasury rate"), "n/a");
    assert_eq!(of("5-year Treasury yield"), "4.100");
    assert_eq!(of("10-year Treasury yield"), "4.568");
    let filled = fields[2..].iter().filter(|field| **field != "n/a").count();
    assert_eq!(filled, 2);
    assert!(dfast_notes(&[path]).contains("Q2 2025: 41"));
}
