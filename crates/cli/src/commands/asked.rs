//! What `run` does on request: the evidence before the draws, the card after the run is safe on disk.
//!
//! Documents are read first, so that one that cannot be read is named at once; the run goes on without it. The card takes
//! longest and comes last: whatever becomes of it, Ctrl-C and a kill included, the folder of the run stands. `verify` values it again here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use brandish_card::{Card, CardControl, CardError, CardSettings, Depth};
use brandish_data::Snapshot;
use brandish_evidence::{Dated, Document, Known, check_tables, dated};
use brandish_report::claims::{EvidenceSection, claims_file};
use brandish_report::{Beside, CardRecord, card_table, write_csv};
use brandish_scenario::branches::BranchEngine;
use brandish_scenario::file::Scenario;
use brandish_scenario::last_day;
use indicatif::ProgressBar;

use crate::args::{CardDepth, RunArgs};
use crate::commands::card::{failure, head, valued};
use crate::commands::claims::{TOGETHER, input};
use crate::exit::Failure;
use crate::replay::stop_on_interrupt;
use crate::terminal::Terminal;

/// What stands in the report until the card is valued.
pub const NOT_YET: &str = "The card was asked for and is not here: the program ended before it was valued. The same command makes it.";

/// The documents of a run, read and checked.
pub struct Evidence {
    dated: Dated,
    unread: Vec<String>,
    hashes: Vec<(String, String)>,
}

impl Evidence {
    /// Reads the documents that the arguments name, if they name any. Those that cannot be read are said on stderr and kept as such.
    pub fn read(
        arguments: &RunArgs,
        snapshot: &Snapshot,
        scenario: &Scenario,
        terminal: Terminal,
    ) -> Result<Option<Self>, Failure> {
        let asked = &arguments.asked;
        if asked.claims.is_empty() {
            return Ok(None);
        }
        if arguments.snapshot.is_some() {
            check_tables(snapshot).map_err(Failure::error)?;
        }
        let files = input::files(&asked.claims)?;
        if files.len() > TOGETHER {
            return Err(Failure::usage(format!(
                "--claims names {} documents, and a report shows at most {TOGETHER}; `brandish claims` reads more",
                files.len()
            )));
        }
        let lexicon = input::lexicon([].iter())?;
        let mut documents: Vec<Document> = Vec::new();
        let (mut unread, mut hashes) = (Vec::new(), Vec::new());
        for file in &files {
            match file.read_hashed() {
                Ok((document, hash)) => {
                    hashes.push((document.file.clone(), hash));
                    documents.push(document);
                }
                Err(reason) => {
                    terminal.complain(&format!("error: {reason}; the run goes on without it"));
                    unread.push(reason);
                }
            }
        }
        let known = Known {
            snapshot,
            as_of: scenario.as_of,
            undated: asked.undated,
        };
        let read_on = last_day(snapshot).map_err(Failure::error)?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(arguments.threads.map_or(0, usize::from))
            .build()
            .map_err(Failure::error)?;
        Ok(Some(Self {
            dated: pool.install(|| dated(documents, &lexicon, &known, read_on)),
            unread,
            hashes,
        }))
    }

    /// The section of the report.
    pub fn section(&self) -> EvidenceSection<'_> {
        EvidenceSection {
            dated: &self.dated,
            unread: &self.unread,
        }
    }

    /// What to say at the end of documents that could not be read.
    pub fn complaint(&self) -> Option<String> {
        let all = self.unread.len() + self.hashes.len();
        (!self.unread.is_empty()).then(|| {
            format!(
                "{} of {all} documents could not be read; the run is complete without them",
                self.unread.len()
            )
        })
    }

    /// The files beside those of every run.
    pub fn files(&self) -> Result<Vec<(Beside, Vec<u8>)>, Failure> {
        let rows = |evidence, first| claims_file(evidence, first).map_err(Failure::error);
        let mut files = vec![
            (Beside::Documents, self.documents()?),
            (Beside::Claims, rows(&self.dated.known, 0)?),
        ];
        if let Some(later) = &self.dated.later {
            files.push((Beside::ClaimsAfter, rows(&later.evidence, later.first)?));
        }
        Ok(files)
    }

    fn documents(&self) -> Result<Vec<u8>, Failure> {
        let mut out = csv::Writer::from_writer(Vec::new());
        let failed = |error: csv::Error| Failure::error(error);
        out.write_record(["document", "published", "read_as", "title", "sha256"])
            .map_err(failed)?;
        let early = self.dated.known.documents.iter();
        let early = early.map(|document| (document, "published by the day"));
        let later = self.dated.later.iter().flat_map(|later| {
            later
                .evidence
                .documents
                .iter()
                .skip(later.first)
                .map(|document| match document.published {
                    Some(_) => (document, "published after"),
                    None => (document, "states no day"),
                })
        });
        for (document, read_as) in early.chain(later) {
            let hash = self.hashes.iter().find(|(name, _)| *name == document.file);
            out.write_record([
                document.file.as_str(),
                &document.published.map_or(String::new(), |d| d.to_string()),
                read_as,
                document.title.as_deref().unwrap_or(""),
                hash.map_or("", |(_, hash)| hash),
            ])
            .map_err(failed)?;
        }
        out.into_inner()
            .map_err(|error| Failure::error(error.into_error()))
    }
}

/// How the card of a run is valued: usual settings, the run's seed, no more draws than the run has.
pub fn card_record(depth: CardDepth, scenario: &Scenario) -> CardRecord {
    let assumptions = &scenario.assumptions;
    let usual = CardSettings::usual(assumptions.seed).draws;
    CardRecord {
        depth: depth.name().to_owned(),
        draws: u32::try_from(usual).map_or(assumptions.draws, |usual| usual.min(assumptions.draws)),
    }
}

/// How a valuation ended that began.
pub enum Valued {
    /// Here it is.
    Done(Box<Card>),
    /// Ctrl-C.
    Interrupted,
    /// No card, and why.
    Failed(Failure),
}

/// Values the card of a run, with progress on stderr and Ctrl-C.
pub fn value_card(
    engine: &BranchEngine,
    (record, scenario): (&CardRecord, &Scenario),
    threads: Option<u16>,
    terminal: Terminal,
) -> Result<Valued, Failure> {
    let mut settings = CardSettings::usual(scenario.assumptions.seed);
    settings.draws = record.draws as usize;
    settings.depth = match CardDepth::from_name(&record.depth) {
        Some(CardDepth::Full) => Depth::Full,
        Some(CardDepth::Quick) => Depth::Quick,
        None => {
            return Err(Failure::error(format!(
                "the manifest names the unknown depth `{}` of the card; known are full and quick",
                record.depth
            )));
        }
    };
    let cancel = Arc::new(AtomicBool::new(false));
    let computing = stop_on_interrupt(
        &cancel,
        &ProgressBar::hidden(),
        terminal,
        "stopping the card; Ctrl-C again stops at once, the run folder stands in any case",
    )?;
    let control = CardControl {
        progress: &|part| {
            if terminal.shows_progress() {
                terminal.note(part);
            }
        },
        cancel: &cancel,
        late: &|| false,
    };
    let found = valued(engine, &settings, &control, threads);
    computing.store(false, Ordering::Relaxed);
    Ok(match found? {
        Ok(card) => Valued::Done(Box::new(card)),
        Err(CardError::Stopped) => Valued::Interrupted,
        Err(error) => Valued::Failed(failure(error, terminal)),
    })
}

/// The facts of a card as the run folder keeps them.
pub fn card_file(card: &Card, scenario: &Scenario) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    write_csv(&card_table(card, &head(scenario)), &mut bytes).map_err(Failure::error)?;
    Ok(bytes)
}
