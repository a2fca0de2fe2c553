//! Bytes to tokens: words, numbers, quoted labels, braces and commas, each with its place.
//!
//! One token at a time, nothing stored. Comments do not exist in the format. A quoted label may contain anything but a bare
//! quote; `\"` and `\\` stand for quote and backslash. Numbers are integers, decimals with exponent, or fractions `1/3`.

use crate::error::GameError;

/// Longest label in bytes: beyond it a quote was forgotten.
const LABEL_LIMIT: usize = 1 << 20;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A quoted label.
    Label(String),
    /// A number as written.
    Number(f64),
    /// A bare word of letters.
    Word(String),
    /// `{`
    Open,
    /// `}`
    Close,
    /// The end of the text.
    End,
}

impl Token {
    /// The token in words, for messages.
    fn describe(&self) -> String {
        match self {
            Token::Label(label) => format!("label \"{}\"", label.escape_debug()),
            Token::Number(value) => format!("number {value}"),
            Token::Word(word) => format!("word \"{word}\""),
            Token::Open => "\"{\"".to_string(),
            Token::Close => "\"}\"".to_string(),
            Token::End => "the end of the text".to_string(),
        }
    }
}

/// Reads tokens with one token of foresight.
pub(super) struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
    line_start: usize,
    token: Token,
    /// Line and column of `token`.
    place: (usize, usize),
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t [u8]) -> Result<Scanner<'t>, GameError> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut scanner = Scanner {
            text,
            at: 0,
            line: 1,
            line_start: 0,
            token: Token::End,
            place: (1, 1),
        };
        scanner.advance()?;
        Ok(scanner)
    }

    /// The next token, not taken.
    pub(super) fn peek(&self) -> &Token {
        &self.token
    }

    /// Line of the next token.
    pub(super) fn line(&self) -> usize {
        self.place.0
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Result<Token, GameError> {
        let token = std::mem::replace(&mut self.token, Token::End);
        self.advance()?;
        Ok(token)
    }

    /// A refusal at the next token: what was expected.
    pub(super) fn expected(&self, what: &str) -> GameError {
        self.problem(format!("expected {what}, found {}", self.token.describe()))
    }

    /// A refusal at the next token.
    pub(super) fn problem(&self, problem: String) -> GameError {
        let (line, column) = self.place;
        GameError::Text {
            line,
            column,
            problem,
        }
    }

    /// Takes a label or refuses.
    pub(super) fn label(&mut self, what: &str) -> Result<String, GameError> {
        match self.peek() {
            Token::Label(_) => match self.take()? {
                Token::Label(label) => Ok(label),
                _ => Ok(String::new()),
            },
            _ => Err(self.expected(what)),
        }
    }

    /// Takes a number or refuses.
    pub(super) fn number(&mut self, what: &str) -> Result<f64, GameError> {
        match *self.peek() {
            Token::Number(value) => {
                self.take()?;
                Ok(value)
            }
            _ => Err(self.expected(what)),
        }
    }

    /// Takes a whole number from `low` to `high` or refuses.
    pub(super) fn integer(&mut self, what: &str, low: u32, high: u32) -> Result<u32, GameError> {
        match *self.peek() {
            Token::Number(value)
                if value.fract() == 0.0 && value >= f64::from(low) && value <= f64::from(high) =>
            {
                self.take()?;
                Ok(value as u32)
            }
            _ => Err(self.expected(&format!("{what} (whole number {low} to {high})"))),
        }
    }

    /// Takes a brace or refuses.
    pub(super) fn brace(&mut self, brace: Token, what: &str) -> Result<(), GameError> {
        if *self.peek() == brace {
            self.take()?;
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    fn advance(&mut self) -> Result<(), GameError> {
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.at;
                }
                b' ' | b'\t' | b'\r' | b',' => self.at += 1,
                _ => break,
            }
        }
        self.place = (self.line, self.at - self.line_start + 1);
        self.token = match self.text.get(self.at) {
            None => Token::End,
            Some(b'{') => self.single(Token::Open),
            Some(b'}') => self.single(Token::Close),
            Some(b'"') => self.quoted()?,
            Some(byte) if byte.is_ascii_alphabetic() => {
                let rest = &self.text[self.at..];
                let length = rest
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                let word = String::from_utf8_lossy(&rest[..length.min(64)]).into_owned();
                self.at += length;
                Token::Word(word)
            }
            Some(byte) if byte.is_ascii_digit() || b"+-.".contains(byte) => self.numeral()?,
            Some(byte) => {
                return Err(self.problem(format!(
                    "byte {byte:#04x} starts neither label, number, word nor brace"
                )));
            }
        };
        Ok(())
    }

    fn single(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn quoted(&mut self) -> Result<Token, GameError> {
        let mut bytes = Vec::new();
        let mut at = self.at + 1;
        loop {
            match self.text.get(at) {
                None => return Err(self.problem("label without closing quote".to_string())),
                Some(b'"') => break,
                Some(b'\\') if matches!(self.text.get(at + 1), Some(b'"' | b'\\')) => {
                    bytes.push(self.text[at + 1]);
                    at += 2;
                }
                Some(byte) => {
                    if *byte == b'\n' {
                        self.line += 1;
                        self.line_start = at + 1;
                    }
                    bytes.push(*byte);
                    at += 1;
                }
            }
            if bytes.len() > LABEL_LIMIT {
                return Err(self.problem(format!(
                    "label longer than {LABEL_LIMIT} bytes: a closing quote is missing"
                )));
            }
        }
        self.at = at + 1;
        match String::from_utf8(bytes) {
            Ok(label) => Ok(Token::Label(label)),
            Err(_) => Err(self.problem("label is not UTF-8 text".to_string())),
        }
    }

    fn numeral(&mut self) -> Result<Token, GameError> {
        let rest = &self.text[self.at..];
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-./".contains(byte))
            .count();
        let written = String::from_utf8_lossy(&rest[..length]).into_owned();
        let value = match written.split_once('/') {
            None => plain(&written),
            Some((above, below)) => match (plain(above), plain(below)) {
                (Some(above), Some(below)) if below != 0.0 => Some(above / below),
                _ => None,
            },
        };
        match value {
            Some(value) if value.is_finite() => {
                self.at += length;
                Ok(Token::Number(value))
            }
            _ => {
                let shown: String = written.chars().take(40).collect();
                Err(self.problem(format!("\"{shown}\" is not a finite number")))
            }
        }
    }
}

/// A decimal; words that Rust would read as numbers (`inf`, `nan`) are refused.
fn plain(text: &str) -> Option<f64> {
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let legal = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    (digits && legal).then(|| text.parse().ok()).flatten()
}
