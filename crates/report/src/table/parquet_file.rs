//! The long table as Parquet (version 1 pages, Snappy), readable by DuckDB, pandas and Polars.
//!
//! Texts are UTF8 byte arrays with dictionaries, dates are DATE (days since 1970-01-01), `day` is INT32, `value`
//! is DOUBLE: bits are kept. Columns that do not apply are null. Run id, scenario and as-of also stand in the
//! file's key-value metadata, so a table without rows keeps its name. The same table gives the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use brandish_scenario::{LongTable, Row};
use brandish_units::Date;
use parquet::basic::Compression;
use parquet::column::reader::{ColumnReader, get_typed_column_reader};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::SchemaDescriptor;

use super::csv_file::tenor;
use super::{COLUMNS, check_finite, names};
use crate::ReportError;
use crate::error::excerpt;
use crate::format::tenor_label;

/// Version in the file's metadata.
const PARQUET_SCHEMA: &str = "1";
/// Rows of one row group; a default run has a few of them.
const GROUP_ROWS: usize = 131_072;
/// Most rows that are read back: far above any run, far below what would exhaust memory.
const MOST_ROWS: i64 = 50_000_000;

const MESSAGE: &str = "message long_table {
  REQUIRED BYTE_ARRAY run_id (UTF8);
  REQUIRED BYTE_ARRAY scenario (UTF8);
  OPTIONAL BYTE_ARRAY camp (UTF8);
  OPTIONAL INT32 date (DATE);
  OPTIONAL INT32 day;
  OPTIONAL BYTE_ARRAY tenor (UTF8);
  OPTIONAL BYTE_ARRAY bucket (UTF8);
  OPTIONAL BYTE_ARRAY cusip (UTF8);
  OPTIONAL BYTE_ARRAY sector (UTF8);
  REQUIRED BYTE_ARRAY measure (UTF8);
  REQUIRED BYTE_ARRAY stat (UTF8);
  REQUIRED DOUBLE value;
  REQUIRED BYTE_ARRAY unit (UTF8);
  OPTIONAL INT32 as_of (DATE);
  REQUIRED BYTE_ARRAY source (UTF8);
}";

/// Writes the table as Parquet.
///
/// # Errors
/// A value that is not finite, or a failing output.
pub fn write_parquet(table: &LongTable, output: impl Write + Send) -> Result<(), ReportError> {
    check_finite(table)?;
    let metadata = vec![
        pair("brandish.long_table", PARQUET_SCHEMA),
        pair("brandish.run_id", &table.run_id),
        pair("brandish.scenario", &table.scenario),
        pair(
            "brandish.as_of",
            &table.as_of.map(|date| date.to_string()).unwrap_or_default(),
        ),
    ];
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("brandish".to_owned())
        .set_key_value_metadata(Some(metadata))
        .build();
    let schema = Arc::new(parse_message_type(MESSAGE)?);
    let mut writer = SerializedFileWriter::new(output, schema, Arc::new(properties))?;
    for rows in table.rows.chunks(GROUP_ROWS) {
        let mut group = writer.next_row_group()?;
        write_group(table, rows, &mut group)?;
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn pair(key: &str, value: &str) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(value.to_owned()),
    }
}

fn write_group<W: Write + Send>(
    table: &LongTable,
    rows: &[Row],
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<(), ReportError> {
    let as_of = table.as_of.map(Date::days);
    let run_id = ByteArray::from(table.run_id.as_str());
    let scenario = ByteArray::from(table.scenario.as_str());
    required::<ByteArrayType, W>(group, &vec![run_id; rows.len()])?;
    required::<ByteArrayType, W>(group, &vec![scenario; rows.len()])?;
    let mut tenors = Words::default();
    texts(group, rows, |row| row.camp)?;
    optional::<Int32Type, W>(group, rows.iter().map(|row| row.date.map(Date::days)))?;
    optional::<Int32Type, W>(group, rows.iter().map(|row| row.day.map(u32::cast_signed)))?;
    optional::<ByteArrayType, W>(
        group,
        rows.iter()
            .map(|row| row.tenor.map(|tenor| tenors.of(&tenor_label(tenor)))),
    )?;
    texts(group, rows, |row| row.bucket)?;
    texts(group, rows, |row| row.cusip.as_deref())?;
    texts(group, rows, |row| row.sector.as_deref())?;
    names_column(group, rows, |row| row.measure)?;
    names_column(group, rows, |row| row.stat)?;
    required::<DoubleType, W>(group, &rows.iter().map(|row| row.value).collect::<Vec<_>>())?;
    names_column(group, rows, |row| row.unit)?;
    optional::<Int32Type, W>(group, rows.iter().map(|_| as_of))?;
    names_column(group, rows, |row| row.source)
}

fn texts<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    of: impl Fn(&Row) -> Option<&str>,
) -> Result<(), ReportError> {
    let mut words = Words::default();
    optional::<ByteArrayType, W>(
        group,
        rows.iter().map(|row| of(row).map(|text| words.of(text))),
    )
}

fn names_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    of: impl Fn(&Row) -> &str,
) -> Result<(), ReportError> {
    let mut words = Words::default();
    let values: Vec<ByteArray> = rows.iter().map(|row| words.of(of(row))).collect();
    required::<ByteArrayType, W>(group, &values)
}

/// The words of a column, each made once: a column repeats few words, mostly the last one.
#[derive(Default)]
struct Words {
    last: Option<ByteArray>,
    known: BTreeMap<String, ByteArray>,
}

impl Words {
    fn of(&mut self, text: &str) -> ByteArray {
        if let Some(last) = &self.last
            && last.data() == text.as_bytes()
        {
            return last.clone();
        }
        let word = match self.known.get(text) {
            Some(word) => word.clone(),
            None => {
                let word = ByteArray::from(text);
                self.known.insert(text.to_owned(), word.clone());
                word
            }
        };
        self.last = Some(word.clone());
        word
    }
}

fn required<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
) -> Result<(), ReportError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, None, None)?;
        column.close()?;
    }
    Ok(())
}

/// Writes the next column of a group: values, and nothing where there is none.
pub(crate) fn optional<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ReportError> {
    let mut values = Vec::new();
    let mut levels = Vec::new();
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<T>()
            .write_batch(&values, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

/// Reads a table that [`write_parquet`] wrote.
///
/// # Errors
/// Other columns, a field that cannot be read, rows of several runs, malformed Parquet.
pub fn read_parquet(file: File) -> Result<LongTable, ReportError> {
    let reader = SerializedFileReader::new(file)?;
    let metadata = reader.metadata().file_metadata();
    check_columns(metadata.schema_descr())?;
    let rows = metadata.num_rows();
    if !(0..=MOST_ROWS).contains(&rows) {
        let text = rows.to_string();
        return Err(ReportError::Field {
            row: 0,
            column: "run_id",
            text,
            allowed: "a table of at most 50 million rows",
        });
    }
    let value_of = |key: &str| {
        metadata
            .key_value_metadata()
            .and_then(|pairs| pairs.iter().find(|pair| pair.key == key)?.value.clone())
    };
    let version = value_of("brandish.long_table").unwrap_or_default();
    if version != PARQUET_SCHEMA {
        return Err(ReportError::Field {
            row: 0,
            column: "run_id",
            text: excerpt(&version),
            allowed: "a known version of the long table (key brandish.long_table)",
        });
    }
    let as_of = value_of("brandish.as_of").unwrap_or_default();
    let mut table = LongTable {
        run_id: value_of("brandish.run_id").unwrap_or_default(),
        scenario: value_of("brandish.scenario").unwrap_or_default(),
        as_of: if as_of.is_empty() {
            None
        } else {
            Some(iso_date(&as_of)?)
        },
        rows: Vec::new(),
    };
    for index in 0..reader.num_row_groups() {
        read_group(reader.get_row_group(index)?.as_ref(), &mut table)?;
    }
    Ok(table)
}

fn check_columns(found: &SchemaDescriptor) -> Result<(), ReportError> {
    let expected = SchemaDescriptor::new(Arc::new(parse_message_type(MESSAGE)?));
    for index in 0..found.num_columns().max(expected.num_columns()) {
        let describe = |schema: &SchemaDescriptor| {
            if index >= schema.num_columns() {
                return "nothing".to_owned();
            }
            let column = schema.column(index);
            let kind = if column.max_def_level() == 0 {
                "REQUIRED"
            } else {
                "OPTIONAL"
            };
            let repeated = if column.max_rep_level() == 0 {
                ""
            } else {
                " REPEATED"
            };
            format!(
                "{kind}{repeated} {} {}",
                column.physical_type(),
                excerpt(&column.path().string())
            )
        };
        let (found, expected) = (describe(found), describe(&expected));
        if found != expected {
            return Err(ReportError::ParquetColumn {
                index: index + 1,
                found,
                expected,
            });
        }
    }
    Ok(())
}

fn read_group(group: &dyn RowGroupReader, table: &mut LongTable) -> Result<(), ReportError> {
    let before = table.rows.len();
    let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
    let column = Columns {
        group,
        rows,
        before,
    };
    let run_id = column.texts(0)?;
    let scenario = column.texts(1)?;
    let camp = column.texts(2)?;
    let date = column.read::<Int32Type>(3)?;
    let day = column.read::<Int32Type>(4)?;
    let tenors = column.texts(5)?;
    let bucket = column.texts(6)?;
    let cusip = column.texts(7)?;
    let sector = column.texts(8)?;
    let measure = column.texts(9)?;
    let stat = column.texts(10)?;
    let value = column.read::<DoubleType>(11)?;
    let unit = column.texts(12)?;
    let as_of = column.read::<Int32Type>(13)?;
    let source = column.texts(14)?;
    let as_of_days = table.as_of.map(Date::days);
    for index in 0..rows {
        let number = before + index + 1;
        one_run(number, "run_id", run_id[index].as_deref(), &table.run_id)?;
        one_run(
            number,
            "scenario",
            scenario[index].as_deref(),
            &table.scenario,
        )?;
        if as_of[index] != as_of_days {
            let show = |days: Option<i32>| {
                days.map_or_else(
                    || "no date".to_owned(),
                    |days| format!("day {days} of 1970"),
                )
            };
            let (found, expected) = (show(as_of[index]), show(as_of_days));
            return Err(ReportError::MixedRuns {
                row: number,
                column: "as_of",
                found,
                expected,
            });
        }
        let name = |cell: &Option<String>, column| {
            names::keep(cell.as_deref().unwrap_or_default(), number, column)
        };
        let optional = |cell: &Option<String>, column| match cell {
            Some(text) => names::keep(text, number, column).map(Some),
            None => Ok(None),
        };
        let value = value[index].unwrap_or(f64::NAN);
        if !value.is_finite() {
            let text = value.to_string();
            return Err(ReportError::Field {
                row: number,
                column: "value",
                text,
                allowed: "a finite number",
            });
        }
        table.rows.push(Row {
            camp: optional(&camp[index], "camp")?,
            date: date[index]
                .map(|days| from_days(days, number))
                .transpose()?,
            day: day[index].map(i32::cast_unsigned),
            tenor: tenor(tenors[index].as_deref().unwrap_or_default(), number)?,
            bucket: optional(&bucket[index], "bucket")?,
            cusip: cusip[index].clone(),
            sector: sector[index].as_deref().map(Arc::from),
            measure: name(&measure[index], "measure")?,
            stat: name(&stat[index], "stat")?,
            value,
            unit: name(&unit[index], "unit")?,
            source: name(&source[index], "source")?,
        });
    }
    Ok(())
}

fn one_run(
    row: usize,
    column: &'static str,
    found: Option<&str>,
    expected: &str,
) -> Result<(), ReportError> {
    let found = found.unwrap_or_default();
    if found == expected {
        return Ok(());
    }
    Err(ReportError::MixedRuns {
        row,
        column,
        found: excerpt(found),
        expected: excerpt(expected),
    })
}

/// The columns of one row group; `before` rows were read from earlier groups.
struct Columns<'a> {
    group: &'a dyn RowGroupReader,
    rows: usize,
    before: usize,
}

impl Columns<'_> {
    fn read<T: DataType>(&self, index: usize) -> Result<Vec<Option<T::T>>, ReportError> {
        let column: ColumnReader = self.group.get_column_reader(index)?;
        let optional = self
            .group
            .metadata()
            .column(index)
            .column_descr()
            .max_def_level()
            > 0;
        let mut reader = get_typed_column_reader::<T>(column);
        let (mut values, mut levels, mut read) = (Vec::new(), Vec::new(), 0);
        while read < self.rows {
            let (records, _, _) =
                reader.read_records(self.rows - read, Some(&mut levels), None, &mut values)?;
            if records == 0 {
                break;
            }
            read += records;
        }
        let mut values = values.into_iter();
        let cells: Vec<Option<T::T>> = if optional {
            levels
                .iter()
                .map(|level| if *level > 0 { values.next() } else { None })
                .collect()
        } else {
            values.map(Some).collect()
        };
        if cells.len() != self.rows {
            let (found, expected) = (cells.len(), self.rows);
            return Err(ReportError::ParquetRows {
                column: COLUMNS[index],
                found,
                expected,
            });
        }
        Ok(cells)
    }

    fn texts(&self, index: usize) -> Result<Vec<Option<String>>, ReportError> {
        let mut texts = Vec::with_capacity(self.rows);
        for (row, cell) in self.read::<ByteArrayType>(index)?.into_iter().enumerate() {
            texts.push(match cell {
                None => None,
                Some(bytes) => {
                    Some(
                        bytes
                            .as_utf8()
                            .map(str::to_owned)
                            .map_err(|_| ReportError::Field {
                                row: self.before + row + 1,
                                column: COLUMNS[index],
                                text: format!("{} bytes", bytes.len()),
                                allowed: "UTF-8 text",
                            })?,
                    )
                }
            });
        }
        Ok(texts)
    }
}

fn iso_date(text: &str) -> Result<Date, ReportError> {
    text.parse().map_err(|_| ReportError::Field {
        row: 0,
        column: "as_of",
        text: excerpt(text),
        allowed: "an ISO date such as 2025-05-01",
    })
}

/// Days since 1970-01-01 to a date.
fn from_days(days: i32, row: usize) -> Result<Date, ReportError> {
    Date::from_days(days).map_err(|_| ReportError::Field {
        row,
        column: "date",
        text: days.to_string(),
        allowed: "days since 1970-01-01 between the years 1 and 9999",
    })
}
