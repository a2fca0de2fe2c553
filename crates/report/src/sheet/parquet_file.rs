//! A sheet as Parquet (version 1 pages, Snappy), readable by DuckDB, pandas and Polars.
//!
//! Texts are UTF8 byte arrays, dates are DATE (days since 1970-01-01), numbers are DOUBLE: bits are kept. Every column is optional; what
//! does not apply is null. What all rows share stands in the key-value metadata under `brandish.<name>`.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cell, ColumnKind, Sheet};
use crate::ReportError;
use crate::table::optional;

/// Rows of one row group.
const GROUP_ROWS: usize = 131_072;

/// Writes a sheet as Parquet.
///
/// # Errors
/// A number that is not finite, rows of another width than the header, a failing output.
pub fn write_sheet_parquet(sheet: &Sheet, output: impl Write + Send) -> Result<(), ReportError> {
    sheet.check()?;
    let pair = |key: &str, value: &str| KeyValue {
        key: format!("brandish.{key}"),
        value: Some(value.to_owned()),
    };
    let metadata = std::iter::once(pair("sheet", &sheet.name))
        .chain(sheet.about.iter().map(|(name, text)| pair(name, text)))
        .collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("brandish".to_owned())
        .set_key_value_metadata(Some(metadata))
        .build();
    let fields = sheet
        .columns
        .iter()
        .map(|column| {
            let (physical, converted) = match column.kind {
                ColumnKind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
                ColumnKind::Date => (Physical::INT32, ConvertedType::DATE),
                ColumnKind::Number | ColumnKind::Published(_) => {
                    (Physical::DOUBLE, ConvertedType::NONE)
                }
            };
            let field = Type::primitive_type_builder(&column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(converted)
                .build()?;
            Ok(Arc::new(field))
        })
        .collect::<Result<Vec<_>, ReportError>>()?;
    let schema = Type::group_type_builder("sheet")
        .with_fields(fields)
        .build()?;
    let mut writer = SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties))?;
    for rows in sheet.rows.chunks(GROUP_ROWS) {
        let mut group = writer.next_row_group()?;
        for (place, column) in sheet.columns.iter().enumerate() {
            let cells = rows.iter().filter_map(|row| row.get(place));
            match column.kind {
                ColumnKind::Text => optional::<ByteArrayType, _>(
                    &mut group,
                    cells.map(|cell| as_text(cell).map(|text| ByteArray::from(text.as_str()))),
                )?,
                ColumnKind::Date => optional::<Int32Type, _>(
                    &mut group,
                    cells.map(|cell| match cell {
                        Cell::Date(date) => Some(date.days()),
                        _ => None,
                    }),
                )?,
                ColumnKind::Number | ColumnKind::Published(_) => {
                    optional::<DoubleType, _>(
                        &mut group,
                        cells.map(|cell| match cell {
                            Cell::Number(value) => Some(*value),
                            _ => None,
                        }),
                    )?;
                }
            }
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn as_text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(value) => Some(format!("{value:?}")),
        Cell::Date(date) => Some(date.to_string()),
    }
}
