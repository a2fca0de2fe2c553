//! Exit codes: 0 ok, 1 error, 2 usage, 3 a check failed; 130 after an interrupt that left a partial run.
//!
//! Failures carry the whole text for stderr, so that `main` only prints it.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All went well.
    Ok,
    /// A check (`verify`, `scenario check`, `data verify`) found something.
    CheckFailed,
    /// Ctrl-C: what was finished has been written.
    Interrupted,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Ok => 0,
            Ending::CheckFailed => 3,
            Ending::Interrupted => 130,
        })
    }
}

/// A failed command: the message for people and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// What to print to stderr, complete and ready.
    pub message: String,
    /// 1 for an error, 2 for wrong usage (an unknown scenario, a malformed file), 3 for a failed check.
    pub code: u8,
}

impl Failure {
    /// Something went wrong while doing what was asked.
    pub fn error(message: impl std::fmt::Display) -> Self {
        Self {
            message: format!("error: {message}"),
            code: 1,
        }
    }

    /// What was asked cannot be understood.
    pub fn usage(message: impl std::fmt::Display) -> Self {
        Self {
            message: format!("error: {message}"),
            code: 2,
        }
    }

    /// Rendered diagnostics of a file.
    pub fn diagnostics(rendered: String) -> Self {
        Self {
            message: rendered,
            code: 2,
        }
    }

    /// Stdout cannot be written.
    pub fn output(error: std::io::Error) -> Self {
        Self::error(format!(
            "cannot write to stdout: {error}; send the output somewhere with space, or free some"
        ))
    }

    /// What was to be checked is not what it should be.
    pub fn check(message: impl std::fmt::Display) -> Self {
        Self {
            code: 3,
            ..Self::error(message)
        }
    }
}
