//! A scratch folder, the binary in it, and a small scenario to vary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Fast to run: one camp, a week of sales, a month of days.
pub const SMALL: &str = r#"schema = 1
name = "small"
title = "A small sale"
as_of = 2025-05-01
horizon_days = 21

[[exogenous.sale]]
seller = "japan"
amount_usd_bn = 50
days = 5
known = "announced"

[assumptions]
camps = ["C"]
stress_camps = []
draws = 1
seed = 7
"#;

/// A scratch folder with `small.toml` in it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let place = Self {
            folder: TempDir::new().unwrap(),
        };
        place.write("small.toml", SMALL);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Writes `small.toml` under another name with one text replaced.
    pub fn vary(&self, name: &str, from: &str, to: &str) {
        assert!(SMALL.contains(from), "{from}");
        self.write(name, SMALL.replace(from, to));
    }

    /// Names in a folder, hidden ones too, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The binary, ready to start here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brandish"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR");
        command
    }

    /// Runs the binary to its end.
    pub fn brandish(&self, arguments: &[&str]) -> Done {
        Done::new(self.command(arguments).output().unwrap())
    }

    /// Runs `small.toml` into a folder.
    pub fn run_small(&self, into: &str, options: &[&str]) -> Done {
        let done = self.brandish(&[&["run", "small.toml", "-o", into], options].concat());
        done.ends_with(0);
        done
    }

    /// Replaces a text in a file by another.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} lacks {from}");
        self.write(name, text.replacen(from, to, 1));
    }
}

/// How the binary ended.
pub struct Done {
    pub code: Option<i32>,
    pub bytes: Vec<u8>,
    pub out: String,
    pub err: String,
}

impl Done {
    pub fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            bytes: output.stdout,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.out,
            self.err
        );
        self
    }

    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.out.contains(text),
            "no `{text}` in stdout:\n{}\nstderr:\n{}",
            self.out,
            self.err
        );
        self
    }

    #[track_caller]
    pub fn complains(&self, text: &str) -> &Self {
        assert!(
            self.err.contains(text),
            "no `{text}` in stderr:\n{}",
            self.err
        );
        self
    }

    #[track_caller]
    pub fn prints_nothing(&self) -> &Self {
        assert!(self.out.is_empty(), "stdout:\n{}", self.out);
        self
    }
}

/// The snapshot of the repository.
pub fn snapshot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshot")
}

/// Copies the snapshot into a folder of the place.
pub fn copy_snapshot(place: &Place, into: &str) {
    for table in fs::read_dir(snapshot()).unwrap() {
        let table = table.unwrap();
        if !table.path().is_dir() {
            continue;
        }
        let target = place.path(into).join(table.file_name());
        fs::create_dir_all(&target).unwrap();
        for file in fs::read_dir(table.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), target.join(file.file_name())).unwrap();
        }
    }
}
