//! Sorts a table, writes it as CSV, describes it, and puts the whole folder in place.
//!
//! Rows are ordered by the key as text (dates and months sort as they should; no key is a free number except ids).
//! The hash in `metadata.json` is that of the bytes of `data.csv`: a reader can tell a damaged copy. Two renames put the
//! new folder in place, so a reader sees the old snapshot or the new one.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Problem;
use super::read::Rows;
use super::sources::{Sources, Table};

/// The two files of a table, ready to be written.
pub struct Files {
    pub name: String,
    pub rows: usize,
    pub data: Vec<u8>,
    pub metadata: Vec<u8>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    schema_version: u32,
    table: &'a str,
    publisher: &'a str,
    series: &'a str,
    url: &'a str,
    license: &'a str,
    redistribution: &'a str,
    vintage: &'a str,
    first: Option<String>,
    last: Option<String>,
    units: &'a str,
    quality: &'a str,
    transcription: &'a str,
    notes: &'a str,
    release: Option<&'a str>,
    revised: bool,
    key: &'a [String],
    columns: &'a [String],
    rows: usize,
    bytes: usize,
    sha256: String,
}

/// Sorts, checks the key, and renders both files.
pub fn render(
    sources: &Sources,
    name: &str,
    table: &Table,
    mut read: Rows,
) -> Result<Files, Problem> {
    let input = table.input.as_ref().or(table.authored_table.as_ref());
    let path = Path::new(input.map_or(name, String::as_str)).to_owned();
    let missing = |column: &str| Problem::MissingColumn {
        path: path.clone(),
        column: column.to_owned(),
        header: read.header.join(", "),
    };
    let place = |column: &String| {
        read.header
            .iter()
            .position(|h| h == column)
            .ok_or_else(|| missing(column))
    };
    let places: Vec<usize> = table.key.iter().map(place).collect::<Result<_, _>>()?;
    let range_place = table.range_column.as_ref().map(place).transpose()?;
    let key_of = |cells: &[String]| -> Vec<String> {
        places
            .iter()
            .map(|p| cells.get(*p).cloned().unwrap_or_default())
            .collect()
    };
    read.rows.sort_by_cached_key(|(_, cells)| key_of(cells));
    let mut seen = BTreeSet::new();
    for (line, cells) in &read.rows {
        let key = key_of(cells);
        if !seen.insert(key.clone()) {
            return Err(Problem::Duplicate {
                path,
                line: *line,
                key: key.join(", "),
                table: name.to_owned(),
                columns: table.key.join(", "),
            });
        }
    }
    let (first, last) = match (range_place, &table.range) {
        (Some(place), _) => {
            let cells = || read.rows.iter().filter_map(|(_, cells)| cells.get(place));
            (cells().min().cloned(), cells().max().cloned())
        }
        (None, Some((first, last))) => (Some(first.clone()), Some(last.clone())),
        (None, None) => (None, None),
    };
    let failed = |reason: String| Problem::Malformed {
        path: path.clone(),
        reason,
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    writer
        .write_record(&read.header)
        .map_err(|e| failed(e.to_string()))?;
    for (_, cells) in &read.rows {
        writer
            .write_record(cells)
            .map_err(|e| failed(e.to_string()))?;
    }
    let data = writer.into_inner().map_err(|e| failed(e.to_string()))?;
    let license = sources
        .licenses
        .get(&table.license)
        .ok_or_else(|| failed(format!("unknown license {}", table.license)))?;
    let metadata = Metadata {
        schema_version: sources.schema_version,
        table: name,
        publisher: &table.publisher,
        series: &table.series,
        url: &table.url,
        license: &license.license,
        redistribution: &license.redistribution,
        vintage: &table.vintage,
        first,
        last,
        units: &table.units,
        quality: &table.quality,
        transcription: &table.transcription,
        notes: &table.notes,
        release: table.release.as_deref(),
        revised: table.revised,
        key: &table.key,
        columns: &read.header,
        rows: read.rows.len(),
        bytes: data.len(),
        sha256: Sha256::digest(&data)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    };
    let mut metadata = serde_json::to_vec_pretty(&metadata).map_err(|e| failed(e.to_string()))?;
    metadata.push(b'\n');
    Ok(Files {
        name: name.to_owned(),
        rows: read.rows.len(),
        data,
        metadata,
    })
}

/// Writes all tables beside `target` and renames the folder into place.
pub fn put_in_place(tables: &[Files], target: &Path) -> Result<(), Problem> {
    let beside = |suffix: &str| {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        target.with_file_name(name)
    };
    let (new, old) = (beside(".new.tmp"), beside(".old.tmp"));
    let tried = |action: &'static str, path: &Path| {
        let path = path.to_owned();
        move |e: std::io::Error| Problem::File {
            path,
            action,
            reason: e.to_string(),
        }
    };
    for left in [&new, &old] {
        if left.exists() {
            std::fs::remove_dir_all(left)
                .map_err(tried("removing what an earlier run left", left))?;
        }
    }
    for table in tables {
        let folder = new.join(&table.name);
        std::fs::create_dir_all(&folder).map_err(tried("creating", &folder))?;
        for (file, bytes) in [
            ("data.csv", &table.data),
            ("metadata.json", &table.metadata),
        ] {
            let path = folder.join(file);
            std::fs::write(&path, bytes).map_err(tried("writing", &path))?;
        }
    }
    if target.exists() {
        std::fs::rename(target, &old).map_err(tried("setting the old snapshot aside", target))?;
    }
    std::fs::rename(&new, target).map_err(tried("putting the new snapshot in place", target))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).map_err(tried("removing the old snapshot", &old))?;
    }
    Ok(())
}
