//! The only place that writes to the terminal: results to stdout, messages and progress to stderr.
//!
//! A closed pipe (`brandish run ... | head`) is no error: the reader has what it wanted, the exit code is that of the
//! work. Color is used only where the terminal can show it: not with `--plain`, not with `NO_COLOR`, not on a dumb
//! terminal, not into a file.

use std::io::{self, IsTerminal, Write};

use crate::exit::Failure;

/// Narrowest and widest layout of text for people.
const WIDTH_RANGE: std::ops::RangeInclusive<usize> = 40..=100;
/// Width when the terminal does not tell.
const DEFAULT_WIDTH: usize = 80;

/// How this process may write.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    quiet: bool,
    plain: bool,
    dumb: bool,
}

impl Terminal {
    /// From the global options and the environment.
    pub fn new(quiet: bool, plain: bool) -> Self {
        #[allow(clippy::disallowed_methods)]
        // a door: the environment is read here and nowhere below
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        #[allow(clippy::disallowed_methods)] // a door
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self {
            quiet,
            plain: plain || no_color,
            dumb,
        }
    }

    /// Without box drawing and color on stdout.
    pub fn plain_output(self) -> bool {
        self.plain
    }

    /// Color on stderr.
    pub fn color(self) -> bool {
        !self.plain && !self.dumb && io::stderr().is_terminal()
    }

    /// Whether a progress bar makes sense.
    pub fn shows_progress(self) -> bool {
        !self.quiet && !self.dumb && io::stderr().is_terminal()
    }

    /// True if stdout is a terminal, where binary output would do harm.
    pub fn stdout_is_terminal(self) -> bool {
        io::stdout().is_terminal()
    }

    /// Columns for text on stdout.
    pub fn width(self) -> usize {
        let columns = console::Term::stdout()
            .size_checked()
            .map_or(DEFAULT_WIDTH, |(_, columns)| usize::from(columns));
        columns.clamp(*WIDTH_RANGE.start(), *WIDTH_RANGE.end())
    }

    /// Result text, ended by a line break.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())?;
        if text.ends_with('\n') {
            Ok(())
        } else {
            self.print_bytes(b"\n")
        }
    }

    /// Result bytes.
    pub fn print_bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(Failure::output),
        }
    }

    /// A message beside the result, unless quiet.
    pub fn note(self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// An error: always.
    pub fn complain(self, text: &str) {
        let mut stderr = io::stderr().lock();
        // Nothing is left to report to if stderr is gone.
        let _ = writeln!(stderr, "{}", text.trim_end());
    }
}
