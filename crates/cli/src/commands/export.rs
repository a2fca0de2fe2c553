//! `brandish export`: a run folder in the format of another program.
//!
//! The table is read and checked like for `verify`; nothing is computed anew but zero rates and quarterly means. With `-o` the notes of a
//! path file are written beside it, because its format has no room for them; otherwise they go to stderr.

use brandish_report::RunFolder;
use brandish_report::stress::{OreCurves, dfast_csv, dfast_notes, ore_stress_xml};
use brandish_scenario::stress::{quarter_paths, zero_shocks};

use crate::args::{ExportArgs, ExportFormat};
use crate::exit::{Ending, Failure};
use crate::output::write_file;
use crate::terminal::Terminal;

/// Exports a run.
pub fn export(terminal: Terminal, arguments: &ExportArgs) -> Result<Ending, Failure> {
    if arguments.format == ExportFormat::Dfast && arguments.discount_curve {
        return Err(Failure::usage(
            "--discount-curve belongs to --as ore-stress",
        ));
    }
    let folder = RunFolder::open(&arguments.run);
    let manifest = folder.read_manifest().map_err(Failure::error)?;
    let table = folder.read_table(&manifest).map_err(Failure::error)?;
    let (text, notes) = match arguments.format {
        ExportFormat::OreStress => {
            let shocks = zero_shocks(&table).map_err(Failure::error)?;
            let curves = OreCurves {
                yield_curve: arguments.yield_curve.clone(),
                discount_curve: arguments.discount_curve.then(|| "USD".to_owned()),
            };
            let xml = ore_stress_xml(&manifest.run_id, &manifest.scenario.name, &shocks, &curves);
            (xml, None)
        }
        ExportFormat::Dfast => {
            let paths = quarter_paths(&table).map_err(Failure::error)?;
            (
                dfast_csv(&manifest.scenario.name, &paths),
                Some(dfast_notes(&paths)),
            )
        }
    };
    let Some(path) = &arguments.output else {
        terminal.print(&text)?;
        if let Some(notes) = notes {
            terminal.note(&notes);
        }
        return Ok(Ending::Ok);
    };
    let write = |path: &std::path::Path, text: &str| {
        write_file(path, text.as_bytes()).map_err(|error| {
            Failure::error(format!(
                "cannot write {}: {error}; check the folder, its permissions and the space on it",
                path.display()
            ))
        })
    };
    write(path, &text)?;
    terminal.note(&format!("written: {}", path.display()));
    if let Some(notes) = notes {
        let mut beside = path.clone().into_os_string();
        beside.push(".README.txt");
        let beside = std::path::PathBuf::from(beside);
        write(&beside, &notes)?;
        terminal.note(&format!("written: {}", beside.display()));
    }
    Ok(Ending::Ok)
}
