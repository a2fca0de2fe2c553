//! What is read: documents, folders of documents, standard input, lexicon files.
//!
//! A folder stands for its files in order of their names, folders inside it are passed over. Nothing is read beyond the size a
//! document or lexicon may have.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use brandish_evidence::{DOCUMENT_LIMIT, Document, Lexicon, read};

use brandish_report::sha256_hex;

use crate::exit::Failure;

/// Largest lexicon file.
const LARGEST_LEXICON_BYTES: usize = 16 << 20;

/// A document to read.
pub enum Input {
    /// `-`.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// The document, or why there is none.
    pub fn read(&self) -> Result<Document, String> {
        self.read_hashed().map(|(document, _)| document)
    }

    /// The document with the sha256 of its bytes, or why there is none.
    pub fn read_hashed(&self) -> Result<(Document, String), String> {
        let (name, bytes) = match self {
            Input::Standard => {
                let stdin = std::io::stdin().lock();
                let bytes =
                    bounded(stdin, DOCUMENT_LIMIT).map_err(|e| format!("standard input: {e}"))?;
                ("standard input".to_owned(), bytes)
            }
            Input::File(path) => {
                let shown = path.display().to_string();
                let file = File::open(path).map_err(|e| format!("{shown}: {e}"))?;
                let bytes = bounded(file, DOCUMENT_LIMIT).map_err(|e| format!("{shown}: {e}"))?;
                (shown, bytes)
            }
        };
        let document = read(&name, &bytes).map_err(|e| e.to_string())?;
        Ok((document, sha256_hex(&bytes)))
    }
}

/// At most one byte more than the limit, which the reader then refuses.
fn bounded(from: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that the arguments name.
pub fn files(arguments: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut out = Vec::new();
    for path in arguments {
        if path.as_os_str() == "-" {
            out.push(Input::Standard);
        } else if path.is_dir() {
            let inside = folder(path)?;
            if inside.is_empty() {
                return Err(Failure::usage(format!(
                    "the folder {} holds no files",
                    path.display()
                )));
            }
            out.extend(inside.into_iter().map(Input::File));
        } else {
            out.push(Input::File(path.clone()));
        }
    }
    Ok(out)
}

/// The files of a folder in order of their names.
pub fn folder(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: std::io::Error| Failure::usage(format!("cannot read {}: {e}", path.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The embedded lexicon and the user's files.
pub fn lexicon<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Result<Lexicon, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let shown = path.display().to_string();
        let wrong = |e: String| Failure::usage(format!("{shown}: {e}"));
        let file = File::open(path).map_err(|e| wrong(e.to_string()))?;
        let bytes = bounded(file, LARGEST_LEXICON_BYTES).map_err(|e| wrong(e.to_string()))?;
        if bytes.len() > LARGEST_LEXICON_BYTES {
            return Err(wrong(format!(
                "larger than the {LARGEST_LEXICON_BYTES} bytes a lexicon file may have; split it"
            )));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| wrong("not UTF-8 text; save the file as UTF-8".to_owned()))?;
        files.push((shown, text));
    }
    let pairs: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Lexicon::extended(&pairs).map_err(Failure::usage)
}
