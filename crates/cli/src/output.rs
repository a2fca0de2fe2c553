//! Sheets on their way out: a format from the option or the file's ending, standard output or a file.
//!
//! CSV, JSON lines and Parquet hold one sheet, JSON, Excel and a page all of them. A file is written beside its place and renamed, so that a failed write
//! leaves what was there. Binary formats never reach a terminal.

use std::io::Write;
use std::path::Path;

use brandish_report::sheet::{
    Sheet, write_sheet_csv, write_sheet_jsonl, write_sheet_parquet, write_sheets_html,
    write_sheets_json, write_sheets_xlsx,
};

use crate::args::{SheetFormat, SheetOutput};
use crate::exit::Failure;
use crate::terminal::Terminal;

impl SheetOutput {
    /// The format asked for, or the one that the file's ending means; checked before any work.
    pub fn resolve(&self, terminal: Terminal) -> Result<SheetFormat, Failure> {
        let by_ending = self.output.as_deref().map(by_ending);
        let format = match (self.format, by_ending) {
            (Some(format), _) => format,
            (None, Some(Some(format))) => format,
            (None, Some(None)) => {
                return Err(Failure::usage(
                    "the output file ends in none of .txt .csv .json .jsonl .parquet .xlsx .html; name it so, or give --format",
                ));
            }
            (None, None) => SheetFormat::Table,
        };
        let binary = matches!(format, SheetFormat::Parquet | SheetFormat::Xlsx);
        if binary && self.output.is_none() && terminal.stdout_is_terminal() {
            return Err(Failure::usage(
                "Parquet and Excel files are binary and stdout is a terminal; give -o FILE or redirect",
            ));
        }
        if let Some(path) = &self.output
            && path.is_dir()
        {
            return Err(Failure::usage(format!(
                "{} is a folder; name a file in it",
                path.display()
            )));
        }
        Ok(format)
    }

    /// Writes sheets, or the text for people.
    pub fn deliver(
        &self,
        terminal: Terminal,
        format: SheetFormat,
        sheets: &[Sheet],
        chosen: &str,
        text: &str,
    ) -> Result<(), Failure> {
        let one = || {
            sheets
                .iter()
                .find(|sheet| sheet.name == chosen)
                .ok_or_else(|| {
                    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                    Failure::usage(format!(
                        "there is no table `{chosen}` here; there are {}",
                        names.join(", ")
                    ))
                })
        };
        let mut bytes = Vec::new();
        match format {
            SheetFormat::Table => {
                bytes.extend_from_slice(text.as_bytes());
                Ok(())
            }
            SheetFormat::Csv => write_sheet_csv(one()?, &mut bytes),
            SheetFormat::Json => write_sheets_json(sheets, &mut bytes),
            SheetFormat::Jsonl => write_sheet_jsonl(one()?, &mut bytes),
            SheetFormat::Parquet => write_sheet_parquet(one()?, &mut bytes),
            SheetFormat::Xlsx => write_sheets_xlsx(sheets, &mut bytes),
            SheetFormat::Html => write_sheets_html(sheets, text, &mut bytes),
        }
        .map_err(Failure::error)?;
        self.write(terminal, &bytes)
    }

    /// Writes bytes that are ready to where they go.
    pub fn write(&self, terminal: Terminal, bytes: &[u8]) -> Result<(), Failure> {
        match &self.output {
            None => terminal.print_bytes(bytes),
            Some(path) => {
                write_file(path, bytes).map_err(|error| {
                    Failure::error(format!(
                        "cannot write {}: {error}; check the folder, its permissions and the space on it",
                        path.display()
                    ))
                })?;
                terminal.note(&format!("written: {}", path.display()));
                Ok(())
            }
        }
    }
}

fn by_ending(path: &Path) -> Option<SheetFormat> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" => Some(SheetFormat::Table),
        "csv" => Some(SheetFormat::Csv),
        "json" => Some(SheetFormat::Json),
        "jsonl" => Some(SheetFormat::Jsonl),
        "parquet" => Some(SheetFormat::Parquet),
        "xlsx" => Some(SheetFormat::Xlsx),
        "html" => Some(SheetFormat::Html),
        _ => None,
    }
}

/// Writes beside the target, then renames; pipes and devices are written to as they are.
pub fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let special = std::fs::metadata(path).is_ok_and(|found| !found.is_file());
    let (Some(name), false) = (path.file_name(), special) else {
        return std::fs::write(path, bytes);
    };
    let mut partial = std::ffi::OsString::from(".");
    partial.push(name);
    partial.push(".partial");
    let partial = path.with_file_name(partial);
    let written = std::fs::File::create(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    match written.and_then(|()| std::fs::rename(&partial, path)) {
        Ok(()) => Ok(()),
        Err(error) => {
            // The error that counts is the first one.
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}
