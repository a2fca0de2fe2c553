//! A made-up run for tests: shapes like a real one, numbers invented here and compared only with themselves.
//!
//! Numbers are made up and smooth; only shapes, words and guards are tested with them. Nothing outside tests uses
//! this file.

use std::sync::Arc;

use brandish_scenario::{LongTable, Row};
use brandish_units::{Bp, Date, JpyPerUsd, ParYield, Tenor, calendar};

use crate::input::{Happened, ReportInput, Seller, UsdJpyLevel};
use crate::view::{
    Assumption, Band, BeliefRow, CampBand, CampInfo, Event, Excluded, ManifestLine, Quote, Source,
    Warning,
};

pub(crate) const LAST: u32 = 252;
pub(crate) const END: u32 = 63;
const CAMPS: [(&str, f64); 4] = [("S", 10.0), ("C", 20.9), ("F", 50.5), ("X", 198.0)];

/// Quantiles around a median, in proportion to it.
pub(crate) fn band(median: f64) -> Band {
    let (low, high) = if median < 0.0 { (1.9, 0.6) } else { (0.6, 1.9) };
    let (quarter, three) = if median < 0.0 { (1.3, 0.8) } else { (0.8, 1.3) };
    Band {
        p05: median * low,
        p25: median * quarter,
        p50: median,
        p75: median * three,
        p95: median * high,
        mc_se: median.abs() * 0.03,
        central: median * 0.98,
    }
}

pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    with_bands: bool,
    dates: Vec<Date>,
}

/// Day, tenor and sector of a fact.
#[derive(Clone, Copy, Default)]
pub(crate) struct About<'a> {
    pub(crate) day: Option<u32>,
    pub(crate) tenor: Option<Tenor>,
    pub(crate) sector: Option<&'a str>,
}

impl Table {
    fn fact(
        &mut self,
        camp: &'static str,
        measure: &'static str,
        unit: &'static str,
        about: About<'_>,
        median: f64,
    ) {
        let band = band(median);
        let mut stats = vec![("central", band.central)];
        if self.with_bands {
            stats.extend([
                ("p05", band.p05),
                ("p25", band.p25),
                ("p50", band.p50),
                ("p75", band.p75),
                ("p95", band.p95),
                ("mc_se", band.mc_se),
            ]);
        }
        let date = about
            .day
            .and_then(|day| self.dates.get(day as usize).copied());
        let sector: Option<Arc<str>> = about.sector.map(Arc::from);
        for (stat, value) in stats {
            self.rows.push(Row {
                camp: Some(camp),
                date,
                day: about.day,
                tenor: about.tenor,
                bucket: None,
                cusip: None,
                sector: sector.clone(),
                measure,
                stat,
                value,
                unit,
                source: "fixture",
            });
        }
    }
}

fn dates() -> Vec<Date> {
    let mut dates = vec![Date::from_ymd(2025, 5, 1).unwrap()];
    for _ in 0..LAST {
        dates.push(calendar::next_business_day(dates[dates.len() - 1]));
    }
    dates
}

fn chart_days() -> Vec<u32> {
    (0..=LAST)
        .filter(|day| *day <= 66 || (day - 66).is_multiple_of(7) || [126, LAST].contains(day))
        .collect()
}

/// The table of a run; without bands only central values appear.
pub(crate) fn table(with_bands: bool) -> LongTable {
    let mut table = Table {
        rows: Vec::new(),
        with_bands,
        dates: dates(),
    };
    for (index, tenor) in Tenor::ALL.into_iter().enumerate() {
        table.rows.push(Row {
            camp: None,
            date: table.dates.first().copied(),
            day: Some(0),
            tenor: Some(tenor),
            bucket: None,
            cusip: None,
            sector: None,
            measure: "yield_level",
            stat: "central",
            value: 3.7 + 0.07 * index as f64,
            unit: "pct",
            source: "fixture",
        });
    }
    opening(&mut table);
    for (camp, peak) in CAMPS {
        yields(&mut table, camp, peak);
        market(&mut table, camp, peak);
        accounts(&mut table, camp, peak);
    }
    LongTable {
        run_id: "0123456789ab".to_owned(),
        scenario: "japan-card".to_owned(),
        as_of: Date::from_ymd(2025, 5, 1).ok(),
        rows: table.rows,
    }
}

fn announced(peak: f64, day: u32) -> f64 {
    match day {
        0 => 0.0,
        1..=20 => peak * (0.9 + 0.005 * f64::from(day)),
        _ => peak * (1.0 - 0.002 * f64::from(day - 20)),
    }
}

fn yields(table: &mut Table, camp: &'static str, peak: f64) {
    for (index, tenor) in Tenor::ALL.into_iter().enumerate() {
        let scale = (0.5 + 0.05 * index as f64).min(1.05);
        let days = if tenor == Tenor::Y10 {
            (0..=LAST).collect()
        } else {
            chart_days()
        };
        for day in days {
            let about = About {
                day: Some(day),
                tenor: Some(tenor),
                sector: None,
            };
            table.fact(
                camp,
                "yield_change",
                "bp",
                about,
                scale * announced(peak, day),
            );
            if tenor == Tenor::Y10 {
                let silent = if day <= END {
                    1.4 * peak * f64::from(day) / f64::from(END)
                } else {
                    peak
                };
                table.fact(camp, "yield_change_other_mode", "bp", about, silent);
            }
        }
        let at = |day| About {
            day,
            tenor: Some(tenor),
            sector: None,
        };
        table.fact(camp, "yield_change_peak", "bp", at(Some(20)), scale * peak);
        table.fact(
            camp,
            "yield_change_day1",
            "bp",
            at(Some(1)),
            scale * announced(peak, 1),
        );
        table.fact(
            camp,
            "yield_change_long_run",
            "bp",
            at(None),
            scale * peak / 2.0,
        );
        table.fact(
            camp,
            "yield_level",
            "pct",
            at(Some(END)),
            3.7 + 0.07 * index as f64 + scale * announced(peak, END) / 100.0,
        );
    }
}

const SECTORS: [(&str, f64); 10] = [
    ("money funds", 0.05),
    ("hedge funds (slow)", 0.15),
    ("mutual funds/ETF", 0.1),
    ("foreign private", 0.1),
    ("banks", 0.05),
    ("pension/insurer", 0.03),
    ("household/other", 0.01),
    ("foreign official", 0.01),
    ("specialists", 0.5),
    ("Federal Reserve", 0.0),
];

fn market(table: &mut Table, camp: &'static str, peak: f64) {
    for day in chart_days() {
        let sold = 300.0 * f64::from(day.min(END)) / f64::from(END);
        let late = 1.0 - 0.3 * f64::from(day.saturating_sub(END)) / f64::from(LAST - END);
        let on = |sector| About {
            day: Some(day),
            tenor: None,
            sector,
        };
        table.fact(camp, "utilization", "ratio", on(None), 0.6 + 0.001 * peak);
        table.fact(camp, "sold", "usd_bn", on(None), sold);
        table.fact(
            camp,
            "sold_ten_year_equivalents",
            "usd_bn",
            on(None),
            sold * 0.6,
        );
        table.fact(camp, "forced_sales", "usd_bn", on(None), 0.01 * sold);
        table.fact(camp, "inventory", "usd_bn", on(None), 0.5 * sold * late);
        table.fact(camp, "switching", "usd_bn", on(None), 0.001 * sold);
        for (sector, share) in SECTORS {
            let share = if sector == "specialists" {
                share * late
            } else {
                share
            };
            table.fact(camp, "purchases", "usd_bn", on(Some(sector)), share * sold);
            table.fact(
                camp,
                "purchases_ten_year_equivalents",
                "usd_bn",
                on(Some(sector)),
                0.6 * share * sold,
            );
        }
    }
}

/// Holders with their losses in parts of the peak.
const HOLDERS: [(&str, f64); 4] = [
    ("foreign official", 3.0),
    ("Federal Reserve", 2.0),
    ("japan", 0.3),
    ("forced sellers", -0.05),
];

fn opening(table: &mut Table) {
    for (holder, _) in HOLDERS {
        table.rows.push(Row {
            camp: None,
            date: table.dates.first().copied(),
            day: Some(0),
            tenor: None,
            bucket: None,
            cusip: None,
            sector: Some(Arc::from(holder)),
            measure: "opening_value",
            stat: "central",
            value: 1000.0,
            unit: "usd_bn",
            source: "fixture",
        });
    }
}

fn accounts(table: &mut Table, camp: &'static str, peak: f64) {
    let of = |sector, day| About {
        day,
        tenor: None,
        sector: Some(sector),
    };
    table.fact(
        camp,
        "execution_loss",
        "usd_bn",
        of("japan", Some(END)),
        0.13 * peak,
    );
    table.fact(
        camp,
        "mark_to_market",
        "usd_bn",
        of("japan", Some(LAST)),
        -0.25 * peak,
    );
    table.fact(
        camp,
        "execution_loss",
        "jpy_bn",
        of("japan", Some(END)),
        19.0 * peak,
    );
    for (holder, share) in HOLDERS {
        for (measure, part) in [
            ("execution_loss", 0.05),
            ("mark_to_market", -share),
            ("holder_pnl", -share - 0.05),
            ("closing_value", 100.0),
            ("proceeds", 0.5),
            ("coupons", 0.3),
            ("holder_pnl_least", -1.5 * share),
            ("holder_pnl_most", -0.5 * share),
        ] {
            if holder == "japan" && matches!(measure, "execution_loss" | "mark_to_market") {
                continue;
            }
            let about = of(holder, Some(LAST));
            table.fact(camp, measure, "usd_bn", about, part * peak);
        }
    }
    let change = About {
        day: Some(LAST),
        ..About::default()
    };
    table.fact(camp, "market_value_change", "usd_bn", change, -6.5 * peak);
    for (period, share) in [
        ("months 10-12", 0.4),
        ("months 1-3", 0.1),
        ("months 4-6", 0.2),
        ("months 7-9", 0.3),
        ("total", 1.0),
    ] {
        table.fact(
            camp,
            "interest_cost",
            "usd_bn",
            of(period, None),
            0.45 * peak * share,
        );
    }
    for (measure, share) in [
        ("fiscal_interest_rollover", 0.5),
        ("fiscal_interest_tips", 0.05),
        ("fiscal_interest_frn", 0.05),
        ("fiscal_interest_new_borrowing", 0.3),
        ("fiscal_interest_on_interest", 0.1),
        ("fiscal_interest_gross", 1.0),
        ("fiscal_interest_net_of_fed", 0.9),
        ("fiscal_interest_net", 0.89),
    ] {
        for (year, growth) in [("2025", 0.1), ("2026", 0.3), ("2027", 0.6), ("total", 1.0)] {
            table.fact(
                camp,
                measure,
                "usd_bn",
                of(year, None),
                peak * share * growth,
            );
        }
    }
    table.fact(
        camp,
        "fiscal_interest_gross_pct",
        "pct",
        of("total", None),
        0.1 * peak,
    );
    let none = About::default();
    for day in [END, LAST] {
        let on = About {
            day: Some(day),
            ..none
        };
        let left = if day == END { 1.0 } else { 0.1 };
        table.fact(camp, "usdjpy_change", "pct", on, -0.05 * left * peak);
    }
    if camp == "S" {
        table.fact("mix", "unrelated", "prob", none, 0.5);
    }
}

fn text(value: &str) -> String {
    value.to_owned()
}

/// The whole input around a table.
pub(crate) fn input(table: &LongTable) -> ReportInput<'_> {
    let name = |letter: &str| match letter {
        "S" => text("Supply"),
        "C" => text("Center"),
        "F" => text("Foreign-official"),
        _ => text("Learning from sales"),
    };
    ReportInput {
        version: text("0.1.0"),
        title: text("Japan sells $300bn over a quarter, announced"),
        order: text(
            "An announced sale of $300bn over 63 business days, no Federal Reserve response.",
        ),
        mode: text("announced"),
        other_mode: Some(text("silent")),
        table,
        camps: CAMPS
            .iter()
            .map(|(letter, _)| CampInfo {
                letter,
                name: name(letter),
                stress: *letter == "X",
                draws: 500,
                failed: u32::from(*letter == "F") * 2,
                sentence: text("What the camp believes."),
            })
            .collect(),
        dates: dates(),
        sale_end_day: Some(END),
        named: vec![(text("japan"), text("Japan"))],
        seller: Some(Seller {
            key: text("japan"),
            name: text("Japan"),
            together: text("Japan"),
            note: text("Officially held at most: see warnings."),
        }),
        usdjpy: Some(UsdJpyLevel {
            rate: JpyPerUsd::from_jpy_per_usd(145.47),
            date: Date::from_ymd(2025, 5, 1).unwrap(),
        }),
        markets: None,
        happened: Some(happened()),
        assumptions: vec![Assumption {
            name: text("news"),
            value: text("0.5"),
            unit: text("ratio"),
            range: text("lognormal"),
            source: text("judgment"),
        }],
        taxpayer: vec![text("Borrowing of the baseline: CBO, 2025-01.")],
        warnings: vec![Warning {
            code: text("BR012"),
            text: text("Holdings by CUSIP are inferred, not disclosed."),
        }],
        manifest: vec![ManifestLine {
            label: text("seed"),
            value: text("20250502"),
        }],
        sources: vec![Source {
            id: text("par_yields"),
            publisher: text("US Treasury"),
            series: text("par yields"),
            url: text("https://home.treasury.gov"),
            vintage: text("2025-05-01"),
            quality: text("official"),
            licence: text("public domain"),
        }],
    }
}

fn happened() -> Happened {
    let cells = |p: f64| {
        let camps = CAMPS.iter().filter(|(letter, _)| *letter != "X");
        camps
            .map(|(letter, peak)| CampBand {
                letter,
                band: band(p * peak),
            })
            .collect()
    };
    Happened {
        statement: vec![text("Japan did not sell.")],
        quotes: vec![Quote {
            text: text("A card."),
            who: text("Minister"),
            date: text("2025-05-02"),
            quality: text("reported"),
        }],
        event_day: Date::from_ymd(2025, 5, 2).ok(),
        cause: Some(text("a payrolls day")),
        observed: vec![(Tenor::Y2, Bp(13.0)), (Tenor::Y10, Bp(8.0))],
        path: vec![(
            Date::from_ymd(2025, 5, 1).unwrap(),
            ParYield::from_percent(4.25),
        )],
        events: vec![Event {
            number: 1,
            date: text("2025-05-02"),
            text: text("Payrolls."),
            quality: text("official"),
            id: text("T19"),
        }],
        beliefs: [0.0, 0.1, 0.5]
            .map(|p| BeliefRow { p, cells: cells(p) })
            .to_vec(),
        excluded: vec![
            Excluded {
                letter: "S",
                belief: None,
                text: text("No belief is ruled out."),
            },
            Excluded {
                letter: "F",
                belief: Some(0.58),
                text: text("p above 0.58 lies outside."),
            },
        ],
        ordinary_day: Bp(5.7),
        source: text("par yields"),
    }
}
