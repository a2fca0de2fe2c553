//! Reads a fact table and turns each cell into the house's form, or says which cell it cannot read.
//!
//! Dates are civil dates in ISO form, months `YYYY-MM`, numbers finite decimals (written back in their shortest
//! form), CUSIPs carry a right check digit, text has no line breaks. A blank is accepted only where the column allows
//! it. The line in a problem is the line of the input file.

use std::path::Path;

use brandish_units::{Cusip, Date};

use super::Problem;
use super::sources::{Column, Sources, Table, Type};

/// A table in the house's form: header and rows, not yet sorted.
pub struct Rows {
    pub header: Vec<String>,
    /// The line of the input and the cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads one table.
pub fn table(
    sources: &Sources,
    name: &str,
    table: &Table,
    from: &Path,
    authored: &Path,
) -> Result<Rows, Problem> {
    let path = table.path(from, authored);
    let columns = table.parsed_columns(&path, name)?;
    if !path.is_file() {
        return Err(Problem::MissingFile {
            path,
            table: name.to_owned(),
        });
    }
    let malformed = |e: csv::Error| Problem::Malformed {
        path: path.clone(),
        reason: e.to_string(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .from_path(&path)
        .map_err(malformed)?;
    let header: Vec<String> = reader
        .headers()
        .map_err(malformed)?
        .iter()
        .map(str::to_owned)
        .collect();
    let mut places = Vec::new();
    for column in &columns {
        if column.holds == Type::RowNumber {
            places.push(None);
            continue;
        }
        let place = header.iter().position(|h| *h == column.input);
        match place {
            Some(place) => places.push(Some(place)),
            None => {
                return Err(Problem::MissingColumn {
                    path,
                    column: column.input.clone(),
                    header: header.join(", "),
                });
            }
        }
    }
    let mut rows = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(malformed)?;
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells = Vec::new();
        for (column, place) in columns.iter().zip(&places) {
            let raw = match place {
                Some(place) => record.get(*place).unwrap_or(""),
                None => "",
            };
            let problem = |expected| Problem::Value {
                path: path.clone(),
                line,
                column: column.input.clone(),
                value: raw.to_owned(),
                expected,
            };
            if column.holds == Type::RowNumber {
                cells.push((number + 1).to_string());
            } else if column.holds == Type::Quality {
                let (word, note) = sources
                    .quality
                    .get(raw)
                    .ok_or_else(|| problem("a quality that sources.toml translates"))?;
                cells.push(word.clone());
                cells.push(note.clone());
            } else if raw.is_empty() {
                if !column.optional {
                    return Err(problem("a value (this column has no blanks)"));
                }
                cells.push(String::new());
            } else {
                cells.push(cell(column, raw, &table.replace).map_err(problem)?);
            }
        }
        rows.push((line, cells));
    }
    if rows.is_empty() {
        return Err(Problem::Empty { path });
    }
    let mut own_header = Vec::new();
    for column in &columns {
        own_header.push(column.name.clone());
        if column.holds == Type::Quality {
            own_header.push(format!("{}_note", column.name));
        }
    }
    let mut read = Rows {
        header: own_header,
        rows,
    };
    if let Some(words) = &table.authored {
        join(&mut read, table, &authored.join(words))?;
    }
    Ok(read)
}

/// One cell in the house's form, or what would have been accepted.
fn cell(column: &Column, raw: &str, replace: &[(String, String)]) -> Result<String, &'static str> {
    match column.holds {
        Type::Date => match raw.parse::<Date>() {
            Ok(date) => Ok(date.to_string()),
            Err(_) => Err("a date YYYY-MM-DD"),
        },
        Type::Month => month(raw).ok_or("a month YYYY-MM"),
        Type::Vintage => raw.get(..7).and_then(month).ok_or("a vintage YYYY-MM"),
        Type::Number => match raw.parse::<f64>() {
            Ok(number) if number.is_finite() && !raw.starts_with('+') => Ok(number.to_string()),
            _ => Err("a finite decimal number"),
        },
        Type::Integer => match raw.parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err("a whole number"),
        },
        Type::Cusip => match raw.parse::<Cusip>() {
            Ok(cusip) => Ok(cusip.to_string()),
            Err(_) => Err("a CUSIP with a right check digit"),
        },
        Type::Kind => match raw {
            "BILL" => Ok("bill".into()),
            "NOTE" => Ok("note".into()),
            "BOND" => Ok("bond".into()),
            "TIPS" => Ok("tips".into()),
            "FRN" => Ok("frn".into()),
            _ => Err("one of BILL, NOTE, BOND, TIPS, FRN"),
        },
        Type::Words => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_.-:()/".contains(c);
            if raw.chars().all(plain) {
                Ok(raw.to_owned())
            } else {
                Err("a word of letters, digits and _ . - : / ( )")
            }
        }
        Type::Text => {
            if raw.chars().any(char::is_control) {
                return Err("text on one line");
            }
            let mut text = raw.trim().to_owned();
            for (from, to) in replace {
                text = text.replace(from.as_str(), to);
            }
            Ok(text)
        }
        Type::Quality | Type::RowNumber => Ok(raw.to_owned()),
    }
}

fn month(raw: &str) -> Option<String> {
    let date: Date = format!("{raw}-01").parse().ok()?;
    (raw.len() == 7).then(|| date.to_string()[..7].to_owned())
}

/// Adds the words of this project to the rows, matched by the first column of the key.
fn join(read: &mut Rows, table: &Table, path: &Path) -> Result<(), Problem> {
    let wrong = |what: String| Problem::Authored {
        path: path.to_owned(),
        what,
    };
    let mut reader = csv::Reader::from_path(path).map_err(|e| wrong(e.to_string()))?;
    let header = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
    let key = header.get(0).unwrap_or("").to_owned();
    if table.key.first() != Some(&key) {
        return Err(wrong(format!(
            "first column `{key}` is not the key of the table"
        )));
    }
    let place = read
        .header
        .iter()
        .position(|h| *h == key)
        .ok_or_else(|| wrong(format!("the table has no column `{key}`")))?;
    let mut words = std::collections::BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|e| wrong(e.to_string()))?;
        let mut cells = record.iter().map(str::to_owned);
        let id = cells.next().unwrap_or_default();
        words.insert(id, cells.collect::<Vec<_>>());
    }
    read.header.extend(header.iter().skip(1).map(str::to_owned));
    for (line, cells) in &mut read.rows {
        let id = cells.get(place).cloned().unwrap_or_default();
        let own = words.remove(&id).ok_or_else(|| {
            wrong(format!(
                "no words for {key} {id} (line {line} of the fact table)"
            ))
        })?;
        cells.extend(own);
    }
    if let Some(id) = words.keys().next() {
        return Err(wrong(format!("{key} {id} is not in the fact table")));
    }
    Ok(())
}
