//! What is wrong with one value, before it is known under which key and header it stands.
//!
//! Wording is kept in one place so that equal mistakes read equally.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// What is wrong with a value.
pub(crate) struct Problem {
    /// Number of the diagnostic.
    pub(crate) code: &'static str,
    /// Where.
    pub(crate) span: Range<usize>,
    /// What, after the name of the key.
    pub(crate) message: String,
    notes: Box<Notes>,
}

#[derive(Default)]
struct Notes {
    label: Option<String>,
    help: Option<String>,
    allowed: Option<(String, Vec<&'static str>)>,
}

impl Problem {
    /// A problem at a span.
    pub(crate) fn new(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            notes: Box::default(),
        }
    }

    /// With words beside the underline.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.notes.label = Some(label.into());
        self
    }

    /// With a remedy.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.notes.help = Some(help.into());
        self
    }

    /// With the words allowed instead of the written one.
    pub(crate) fn allowed(mut self, written: &str, allowed: &[&'static str]) -> Self {
        self.notes.allowed = Some((written.to_owned(), allowed.to_vec()));
        self
    }
}

impl Problem {
    /// Adds label, allowed words and help to the diagnostic that reports this.
    pub(crate) fn finish(self, diagnostic: Diagnostic) -> Diagnostic {
        let mut diagnostic = diagnostic;
        if let Some((written, allowed)) = &self.notes.allowed {
            diagnostic = diagnostic.allowed(written, allowed);
        }
        if let Some(label) = self.notes.label {
            diagnostic = diagnostic.label(label);
        }
        if let Some(help) = self.notes.help {
            diagnostic = diagnostic.help(help);
        }
        diagnostic
    }
}
