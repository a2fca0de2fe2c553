//! A folder that exists completely or not at all.
//!
//! `Pending` is a hidden sibling of the target on the same device. Each file is flushed before the rename, the
//! parent after it. Dropping a pending folder that was not moved into place removes it with all it holds.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::ReportError;

/// Tries for a free name of the hidden folder.
const MOST_TRIES: u32 = 100;

/// The hidden folder while it is being filled.
#[derive(Debug)]
pub(super) struct Pending {
    target: PathBuf,
    parent: PathBuf,
    hidden: PathBuf,
    /// Parents that did not exist before, innermost first.
    made: Vec<PathBuf>,
    moved: bool,
}

impl Pending {
    /// Makes the hidden folder beside `target`; missing parents are made too.
    pub(super) fn beside(target: &Path) -> Result<Pending, ReportError> {
        let Some(name) = target.file_name() else {
            return Err(ReportError::NoFolderName {
                path: target.to_owned(),
            });
        };
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut pending = Pending {
            target: target.to_owned(),
            made: missing(&parent),
            parent,
            hidden: PathBuf::new(),
            moved: false,
        };
        fs::create_dir_all(&pending.parent)
            .map_err(|source| file_error("create", &pending.parent, source))?;
        let hidden = format!(".{}.partial", name.to_string_lossy());
        pending.hidden = make_free(&pending.parent, &hidden)?;
        Ok(pending)
    }

    /// Writes one file below the hidden folder and flushes it to the device.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        let path = self.hidden.join(name);
        // Messages name the file the user asked for, not its hidden stand-in.
        let failed = |source| file_error("write", &self.target.join(name), source);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = File::create_new(&path).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// Moves the folder to its place. With `replace` the old folder goes first to a hidden name and comes back
    /// if the move fails.
    pub(super) fn move_into_place(mut self, replace: bool) -> Result<(), ReportError> {
        let failed = |source| file_error("move into place", &self.target, source);
        for folder in folders_below(&self.hidden).map_err(failed)? {
            sync_folder(&folder).map_err(failed)?;
        }
        let old = if replace {
            let name = self
                .hidden
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let old = make_free(&self.parent, &format!("{name}.old"))?;
            fs::rename(&self.target, &old).map_err(|source| {
                let _ = fs::remove_dir(&old);
                failed(source)
            })?;
            Some(old)
        } else {
            None
        };
        if let Err(source) = fs::rename(&self.hidden, &self.target) {
            if let Some(old) = &old {
                fs::rename(old, &self.target).map_err(failed)?;
            }
            return Err(match source.kind() {
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                    ReportError::FolderExists {
                        path: self.target.clone(),
                    }
                }
                _ => failed(source),
            });
        }
        self.moved = true;
        sync_folder(&self.parent).map_err(|source| file_error("flush", &self.parent, source))?;
        if let Some(old) = old {
            fs::remove_dir_all(&old)
                .map_err(|source| file_error("remove the replaced run", &old, source))?;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.moved {
            // The error that led here is reported; a second one about cleaning up would hide it.
            if !self.hidden.as_os_str().is_empty() {
                let _ = fs::remove_dir_all(&self.hidden);
            }
            for folder in &self.made {
                // Somebody else may have put something there meanwhile; then it stays.
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// The folder and those above it that do not exist, innermost first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && above.symlink_metadata().is_err())
        .map(Path::to_owned)
        .collect()
}

/// Makes a new folder `name`, `name-1`, `name-2` ... below `parent`.
fn make_free(parent: &Path, name: &str) -> Result<PathBuf, ReportError> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    let mut path = parent.join(name);
    for attempt in 0..MOST_TRIES {
        if attempt > 0 {
            path = parent.join(format!("{name}-{attempt}"));
        }
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(file_error("create a folder in", parent, error)),
        }
    }
    Err(file_error("create", &path, last))
}

fn folders_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![folder.to_owned()];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// Flushes the entries of a folder; only Unix can open a folder for that.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// The error with the remedy that fits its kind.
pub(crate) fn file_error(action: &'static str, path: &Path, source: io::Error) -> ReportError {
    let remedy = match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space there or name a folder on another device with -o"
        }
        io::ErrorKind::FileTooLarge => {
            "files of this size are not allowed there (`ulimit -f`, file system); raise the limit or name another folder with -o"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "name a folder you may write to with -o, or change its permissions"
        }
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a part of the path is a file; name another folder with -o"
        }
        _ => "check the path and the device",
    };
    ReportError::File {
        action,
        path: path.to_owned(),
        source,
        remedy,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_full_device_is_named_with_its_remedy() {
        let source = File::options()
            .write(true)
            .open("/dev/full")
            .and_then(|mut file| file.write_all(b"run"))
            .expect_err("/dev/full is always full");
        let message = file_error("write", Path::new("runs/card/report.html"), source).to_string();
        assert!(message.contains("runs/card/report.html"), "{message}");
        assert!(message.contains("free some space"), "{message}");
    }
}
