//! One process at a time in the folder of a sweep: a lock of the operating system on `.lock`, which says who holds it.
//!
//! The system gives the lock back when its process ends, however it ends: what a kill leaves behind is a file without a lock and blocks nobody. The
//! number in the file is for messages alone. It is empty while nobody is at work, so that the bytes of a finished folder are always the same.
//! A file system without locks gives none; the sweep then goes on without, as two at work only compute the same cells twice.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use crate::ReportError;
use crate::folder::file_error;

/// Name of the file in the folder.
pub(super) const LOCK: &str = ".lock";
/// Longest number that is read from it.
const LONGEST: u64 = 20;

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Takes the folder for the process of this number.
    ///
    /// # Errors
    /// Another live process has it; a place that cannot be written.
    pub(super) fn take(folder: &Path, process: u32) -> Result<Self, ReportError> {
        let path = folder.join(LOCK);
        let failed = |source| file_error("lock", &path, source);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ReportError::SweepInUse {
                    path: folder.to_owned(),
                    who: holder(&file),
                });
            }
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0)
            .and_then(|()| file.write_all(process.to_string().as_bytes()))
            .map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // a number that stays behind misleads nobody: without the lock it is not looked at
        let _ = self.file.set_len(0);
    }
}

/// Who wrote the number.
fn holder(file: &File) -> String {
    let mut text = String::new();
    let read = file.take(LONGEST).read_to_string(&mut text);
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(process)) => format!("process {process}"),
        _ => "another process".to_owned(),
    }
}
