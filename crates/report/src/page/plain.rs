//! The report as plain tables: what a page shows where no script runs.
//!
//! Every section with its title and what it shows; fans and maps on a choice of days, all days are in the run's
//! table. Everything that comes from outside is escaped at the one place where it is written.

use super::accounts::{accounts, seller};
use super::asked::{self, Sections};
use super::escape;
use super::explained::explained;
use super::fiscal::fiscal_years;
use super::markets::{markets, words};
use crate::format::{band, fixed, level_pct, signed};
use crate::view::{Band, CampBand, Figure, Report, Source};

/// Style of the plain page: readable on screen and paper without anything else.
pub(super) const STYLE: &str = "\
body { margin: 0 auto; max-width: 1120px; padding: 24px; background: #fcfbf8; color: #16191d;
  font: 16px/1.5 -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  font-variant-numeric: tabular-nums lining-nums; }
h1 { font-size: 34px; line-height: 1.15; } h2 { font-size: 20px; border-top: 1px solid #16191d; padding-top: 14px; margin-top: 40px; }
p, caption, td span { color: #4a5058; } table { border-collapse: collapse; font-size: 14px; margin: 12px 0; }
caption { text-align: left; } th, td { padding: 4px 14px 4px 0; text-align: right; border-bottom: 1px solid #d9d5cb; vertical-align: top; }
th:first-child, td:first-child, table.words td { text-align: left; } .lacks { border-left: 3px solid #a05b11; padding-left: 12px; }
@media print { body { background: #fff; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }";

const LACKS: &str = "This report holds tables only. The charts are drawn by a script that this build of brandish does not \
                     hold: run `make web` in the source folder, build brandish again, and run the scenario once more.";
const WAITS: &str = "The charts are drawn by the script in this file. Where scripts do not run, these tables hold the same facts.";

/// Days of fans and maps that the tables show, as far as the run reaches, besides the end of the sale and the last day.
const DAYS: [u32; 10] = [0, 1, 2, 3, 5, 10, 21, 42, 63, 126];

/// The content of the page.
pub(super) fn body(report: &Report, sections: &Sections<'_>, has_script: bool) -> String {
    let mut page = Page {
        text: String::new(),
    };
    head(&mut page, report, has_script);
    key(&mut page, report);
    curve(&mut page, report);
    fan(&mut page, report);
    explained(&mut page, report);
    heat(&mut page, report);
    buyers(&mut page, report);
    seller(&mut page, report);
    accounts(&mut page, report);
    taxpayer(&mut page, report);
    usdjpy(&mut page, report);
    markets(&mut page, report);
    page.text.push_str(&asked::before_what_happened(sections));
    happened(&mut page, report);
    page.text.push_str(&asked::after_what_happened(sections));
    records(&mut page, report);
    page.text
}

pub(super) struct Page {
    text: String,
}

impl Page {
    pub(super) fn element(&mut self, name: &str, content: &str) {
        let end = name.split(' ').next().unwrap_or(name);
        self.text
            .push_str(&format!("<{name}>{}</{end}>\n", escape(content)));
    }

    pub(super) fn figure(&mut self, figure: &Figure) {
        self.element("h2", &figure.title);
        self.element("p", &figure.sub);
        if let Some(note) = &figure.note {
            self.element("p", note);
        }
    }

    pub(super) fn table(&mut self, class: &str, head: &[String], rows: &[Vec<String>]) {
        if rows.is_empty() {
            self.element("p", "This run has no numbers for this table.");
            return;
        }
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        self.text.push_str(&table_html(class, &head, rows));
    }
}

/// A table as HTML; text never becomes markup.
pub(crate) fn table_html(class: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("<table class=\"{class}\">\n<thead><tr>");
    for cell in head {
        text.push_str(&format!("<th scope=\"col\">{}</th>", escape(cell)));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        text.push_str("<tr>");
        for cell in row {
            text.push_str(&format!("<td>{}</td>", escape(cell)));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

pub(super) fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Median with its 90% band and error, as one cell.
pub(super) fn cell(found: &Band, decimals: usize) -> String {
    format!(
        "{} ({})",
        fixed(found.p50, decimals),
        band(found.p05, found.p95, Some(found.mc_se), decimals)
    )
}

fn head(page: &mut Page, report: &Report, has_script: bool) {
    let head = &report.head;
    page.element(
        "p",
        &format!(
            "brandish {} · {} · as of {} · run {} · {}",
            head.version, head.scenario, head.as_of, head.run_id, head.disclaimer
        ),
    );
    page.element("h1", &head.title);
    page.element("p", &head.dek);
    if has_script {
        page.element("p", WAITS);
    } else {
        page.element("p class=\"lacks\"", LACKS);
    }
    page.element("h2", "The answer");
    page.text.push_str("<ol>\n");
    for line in &report.answer.lines {
        page.element("li", &format!("{} {}", line.lead, line.text));
    }
    page.text.push_str("</ol>\n");
    page.figure(&report.answer.range.figure);
    let rows: Vec<Vec<String>> = report.answer.range.camps.iter().map(range_row).collect();
    page.table(
        "numbers",
        &texts([
            "camp",
            "median",
            "50% band",
            "90% band and error of the median",
        ]),
        &rows,
    );
    page.element("h2", "The camps");
    let rows: Vec<Vec<String>> = report
        .camps
        .iter()
        .map(|camp| {
            let draws = format!("{} draws, {} failed", camp.draws, camp.failed);
            let stress = if camp.stress { " (stress bound)" } else { "" };
            vec![
                camp.letter.to_owned(),
                format!("{}{stress}", camp.name),
                camp.sentence.clone(),
                draws,
            ]
        })
        .collect();
    page.table(
        "words",
        &texts(["camp", "name", "what it believes", "draws"]),
        &rows,
    );
}

fn range_row(camp: &CampBand) -> Vec<String> {
    let found = &camp.band;
    vec![
        camp.letter.to_owned(),
        fixed(found.p50, 1),
        band(found.p25, found.p75, None, 1),
        band(found.p05, found.p95, Some(found.mc_se), 1),
    ]
}

fn key(page: &mut Page, report: &Report) {
    page.figure(&report.key.figure);
    let mut header = vec!["figure".to_owned(), "unit".to_owned()];
    header.extend(report.camps.iter().map(|camp| {
        if camp.stress {
            format!("{} (stress bound)", camp.letter)
        } else {
            camp.letter.to_owned()
        }
    }));
    let rows: Vec<Vec<String>> = report
        .key
        .rows
        .iter()
        .map(|row| {
            let mut cells = vec![row.label.clone(), row.unit.clone()];
            cells.extend(report.camps.iter().map(|camp| {
                row.cells
                    .iter()
                    .find(|cell| cell.letter == camp.letter)
                    .map_or_else(
                        || "–".to_owned(),
                        |cell| format!("{} ({})", cell.median, cell.range),
                    )
            }));
            cells
        })
        .collect();
    page.table("numbers", &header, &rows);
}

fn curve(page: &mut Page, report: &Report) {
    let curve = &report.curve;
    page.figure(&curve.figure);
    let mut header = texts(["tenor", "before, %"]);
    header.extend(
        curve
            .after_pct
            .iter()
            .map(|after| format!("{}: day {}, %", after.letter, curve.day)),
    );
    header.extend(
        curve
            .change
            .camps
            .iter()
            .map(|camp| format!("{}: change, bp (90% band)", camp.letter)),
    );
    let level = |cell: Option<&Option<f64>>| {
        cell.copied()
            .flatten()
            .map_or_else(|| "–".to_owned(), level_pct)
    };
    let rows: Vec<Vec<String>> = curve
        .tenors
        .iter()
        .enumerate()
        .map(|(index, tenor)| {
            let mut cells = vec![tenor.label.clone(), level(curve.before_pct.get(index))];
            cells.extend(
                curve
                    .after_pct
                    .iter()
                    .map(|after| level(after.p50.get(index))),
            );
            cells.extend(curve.change.camps.iter().map(|camp| {
                camp.bands
                    .get(index)
                    .map_or_else(String::new, |band| cell(band, 1))
            }));
            cells
        })
        .collect();
    page.table("numbers", &header, &rows);
}

fn shown(report: &Report, day: u32) -> bool {
    DAYS.contains(&day) || Some(day) == report.sale_end_day || Some(&day) == report.days.last()
}

fn fan(page: &mut Page, report: &Report) {
    page.figure(&report.fan.figure);
    let other = report.fan.other_mode.as_deref().unwrap_or("other mode");
    let mut header = texts(["day", "date"]);
    for panel in &report.fan.panels {
        header.push(format!("{}: median (90% band), bp", panel.letter));
        if panel.other_p50.is_some() {
            header.push(format!("{}: {other}, median, bp", panel.letter));
        }
    }
    let rows: Vec<Vec<String>> = report
        .days
        .iter()
        .enumerate()
        .filter(|(_, day)| !report.fan.panels.is_empty() && shown(report, **day))
        .map(|(index, day)| {
            let number = |values: &[f64]| {
                values
                    .get(index)
                    .map_or_else(String::new, |value| fixed(*value, 1))
            };
            let mut cells = vec![
                day.to_string(),
                report.dates.get(index).cloned().unwrap_or_default(),
            ];
            for panel in &report.fan.panels {
                let series = &panel.series;
                cells.push(format!(
                    "{} ({} to {})",
                    number(&series.p50),
                    number(&series.p05),
                    number(&series.p95)
                ));
                if let Some(other) = &panel.other_p50 {
                    cells.push(number(other));
                }
            }
            cells
        })
        .collect();
    page.table("numbers", &header, &rows);
}

fn heat(page: &mut Page, report: &Report) {
    let heat = &report.heat;
    page.figure(&heat.figure);
    let columns: Vec<usize> = heat
        .days
        .iter()
        .enumerate()
        .filter(|(_, day)| shown(report, **day))
        .map(|(index, _)| index)
        .collect();
    for panel in &heat.panels {
        let mut header = vec![format!("camp {}, median, bp", panel.letter)];
        header.extend(
            columns
                .iter()
                .filter_map(|index| heat.days.get(*index))
                .map(|day| format!("day {day}")),
        );
        let rows: Vec<Vec<String>> = heat
            .tenors
            .iter()
            .zip(&panel.p50)
            .map(|(tenor, values)| {
                let mut cells = vec![tenor.clone()];
                cells.extend(
                    columns
                        .iter()
                        .filter_map(|index| values.get(*index))
                        .map(|value| signed(*value, 1)),
                );
                cells
            })
            .collect();
        page.table("numbers", &header, &rows);
    }
}

fn buyers(page: &mut Page, report: &Report) {
    let buyers = &report.buyers;
    page.figure(&buyers.figure);
    let rows: Vec<Vec<String>> = buyers
        .table
        .iter()
        .map(|row| {
            vec![
                row.sector.clone(),
                row.day.to_string(),
                cell(&row.face, 1),
                cell(&row.ten_year_equivalents, 1),
            ]
        })
        .collect();
    page.table(
        "numbers",
        &texts([
            "holder",
            "day",
            "market value, $bn (90% band)",
            "ten-year equivalents, $bn (90% band)",
        ]),
        &rows,
    );
    page.element("p", &buyers.sum_note);
}

fn taxpayer(page: &mut Page, report: &Report) {
    let taxpayer = &report.taxpayer;
    page.figure(&taxpayer.figure);
    let mut header = vec!["camp".to_owned()];
    header.extend(taxpayer.periods.iter().cloned());
    header.push("total".to_owned());
    let rows: Vec<Vec<String>> = taxpayer
        .panels
        .iter()
        .map(|panel| {
            let mut cells = vec![panel.letter.to_owned()];
            cells.extend(
                panel
                    .bands
                    .iter()
                    .chain([&panel.total])
                    .map(|band| cell(band, 1)),
            );
            cells
        })
        .collect();
    page.table("numbers", &header, &rows);
    if let Some(fiscal) = &taxpayer.fiscal {
        fiscal_years(page, fiscal);
    }
}

fn usdjpy(page: &mut Page, report: &Report) {
    let Some(usdjpy) = &report.usdjpy else { return };
    page.figure(&usdjpy.figure);
    page.element(
        "p",
        &format!(
            "Before: {} yen per dollar on {}.",
            fixed(usdjpy.level, 2),
            usdjpy.level_date
        ),
    );
    let rows: Vec<Vec<String>> = usdjpy
        .panels
        .iter()
        .map(|panel| vec![panel.letter.to_owned(), cell(&panel.band_pct, 2)])
        .collect();
    page.table("numbers", &texts(["camp", "change, % (90% band)"]), &rows);
    if let Some(table) = &usdjpy.interventions {
        words(page, table);
    }
}

fn happened(page: &mut Page, report: &Report) {
    let Some(happened) = &report.happened else {
        return;
    };
    page.element(
        "h2",
        &format!(
            "What really happened, published after {}",
            report.head.as_of
        ),
    );
    for quote in &happened.quotes {
        page.element(
            "blockquote",
            &format!(
                "“{}” {}, {} ({})",
                quote.text, quote.who, quote.date, quote.quality
            ),
        );
    }
    for sentence in &happened.statement {
        page.element("p", sentence);
    }
    page.figure(&happened.figure);
    let rows: Vec<Vec<String>> = happened
        .observed
        .iter()
        .map(|point| vec![point.tenor.clone(), signed(point.bp, 1)])
        .collect();
    page.table("numbers", &texts(["tenor", "observed change, bp"]), &rows);
    if let Some(figure) = &happened.beliefs_figure {
        page.figure(figure);
        let rows: Vec<Vec<String>> = happened
            .beliefs
            .iter()
            .flat_map(|row| {
                row.cells.iter().map(move |camp| {
                    vec![
                        row.p.to_string(),
                        camp.letter.to_owned(),
                        cell(&camp.band, 1),
                    ]
                })
            })
            .collect();
        page.table(
            "numbers",
            &texts(["p", "camp", "first day, bp (90% band)"]),
            &rows,
        );
        for excluded in &happened.excluded {
            page.element("p", &format!("{}: {}", excluded.letter, excluded.text));
        }
    }
    let rows: Vec<Vec<String>> = happened
        .events
        .iter()
        .map(|event| {
            vec![
                event.number.to_string(),
                event.date.clone(),
                event.text.clone(),
                event.id.clone(),
                event.quality.clone(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.table(
            "words",
            &texts(["no.", "date", "event", "id", "quality"]),
            &rows,
        );
    }
}

fn records(page: &mut Page, report: &Report) {
    page.element("h2", "Assumptions");
    let rows: Vec<Vec<String>> = report
        .assumptions
        .iter()
        .map(|entry| {
            vec![
                entry.name.clone(),
                entry.value.clone(),
                entry.unit.clone(),
                entry.range.clone(),
                entry.source.clone(),
            ]
        })
        .collect();
    page.table(
        "words",
        &texts(["assumption", "value", "unit", "range", "source"]),
        &rows,
    );
    page.element("h2", "Warnings");
    let rows: Vec<Vec<String>> = report
        .warnings
        .iter()
        .map(|entry| vec![entry.code.clone(), entry.text.clone()])
        .collect();
    page.table("words", &texts(["code", "warning"]), &rows);
    page.element("h2", "Sources");
    let rows: Vec<Vec<String>> = report
        .sources
        .iter()
        .map(|entry| {
            let Source {
                id,
                publisher,
                series,
                url,
                vintage,
                quality,
                licence,
            } = entry;
            [id, publisher, series, url, vintage, quality, licence]
                .map(String::clone)
                .to_vec()
        })
        .collect();
    page.table(
        "words",
        &texts([
            "id",
            "publisher",
            "series",
            "address",
            "vintage",
            "quality",
            "licence",
        ]),
        &rows,
    );
    page.element("h2", "Manifest");
    let rows: Vec<Vec<String>> = report
        .manifest
        .iter()
        .map(|entry| vec![entry.label.clone(), entry.value.clone()])
        .collect();
    page.table("words", &texts(["", ""]), &rows);
}
