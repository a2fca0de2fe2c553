//! Tokens: words, numbers, quotation marks, symbols.
//!
//! A word keeps its inner dots when it is an abbreviation ("U.S.") and gives off its contraction ("Tokyo" + "’s",
//! "was" + "n’t"). Hyphens separate words. A number keeps its commas and point. Marks of direction and joining are passed
//! over. White space is no token; a line break is remembered by the token after it.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters; true if the first is upper case.
    Word {
        capital: bool,
    },
    /// "’s", "n’t", "’re".
    Suffix,
    Number,
    /// A quotation mark that may open or close.
    Mark(char),
    Symbol(char),
}

/// A token and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// Line breaks before it, at most 3.
    pub(crate) breaks: u8,
}

impl Token {
    pub(crate) fn capital(&self) -> bool {
        matches!(self.kind, Kind::Word { capital: true })
    }

    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word { .. })
    }

    pub(crate) fn symbol(&self) -> Option<char> {
        match self.kind {
            Kind::Symbol(c) => Some(c),
            _ => None,
        }
    }
}

const LONGEST_WORD: usize = 96;

/// Zero-width and direction characters.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    read(text, &mut out);
    out
}

/// The tokens of a text into an empty list.
pub(crate) fn read(text: &str, out: &mut Vec<Token>) {
    out.reserve(text.len() / 4);
    let (mut spaced, mut breaks) = (true, 1_u8);
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        // Most of a text is plain letters and spaces.
        if *byte == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        if byte.is_ascii_alphabetic() {
            let plain = letters(&bytes[at..]).min(LONGEST_WORD);
            let next = bytes.get(at + plain).copied().unwrap_or(b' ');
            let ends = matches!(next, b' ' | b',' | b'\n' | b'-' | b';' | b'!' | b'?' | b')')
                || next == b'.' && plain > 1 && !bytes[at..].starts_with(b"www");
            if ends && plain < LONGEST_WORD {
                out.push(Token {
                    start: at,
                    end: at + plain,
                    kind: Kind::Word {
                        capital: byte.is_ascii_uppercase(),
                    },
                    spaced,
                    breaks,
                });
                (spaced, breaks) = (false, 0);
                at += plain;
                continue;
            }
        }
        if byte.is_ascii_punctuation() && !matches!(byte, b'"' | b'\'') {
            out.push(Token {
                start: at,
                end: at + 1,
                kind: Kind::Symbol(char::from(*byte)),
                spaced,
                breaks,
            });
            (spaced, breaks) = (false, 0);
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else {
            break;
        };
        let width = c.len_utf8();
        if c.is_whitespace() {
            spaced = true;
            if c == '\n' {
                breaks = (breaks + 1).min(3);
            }
            at += width;
            continue;
        }
        if unseen(c) {
            at += width;
            continue;
        }
        let rest = &text[at..];
        let (end, kind) = if c.is_ascii_digit() {
            (at + number(rest), Kind::Number)
        } else if !matches!(c, '’' | '“' | '”' | '‘' | '—' | '–') && c.is_alphabetic() {
            if let Some(length) = url(rest) {
                (at + length, Kind::Word { capital: false })
            } else {
                (
                    at + word(rest),
                    Kind::Word {
                        capital: c.is_uppercase(),
                    },
                )
            }
        } else if (c == '’' || c == '\'')
            && !spaced
            && out.last().is_some_and(|t| t.is_word() && t.end == at)
        {
            match suffix(rest, width) {
                Some(length) => (at + length, Kind::Suffix),
                None => (at + width, Kind::Mark(c)),
            }
        } else if matches!(
            c,
            '"' | '\''
                | '“'
                | '”'
                | '„'
                | '‟'
                | '‘'
                | '’'
                | '‚'
                | '«'
                | '»'
                | '「'
                | '」'
                | '『'
                | '』'
                | '＂'
        ) {
            (at + width, Kind::Mark(c))
        } else {
            (at + width, Kind::Symbol(c))
        };
        out.push(Token {
            start: at,
            end,
            kind,
            spaced,
            breaks,
        });
        (spaced, breaks) = (false, 0);
        at = end;
        // "wasn’t": the n goes with the suffix.
        if kind == Kind::Suffix
            && text
                .get(out[out.len() - 1].start..end)
                .is_some_and(|s| s.ends_with('t'))
        {
            let last = out.len() - 1;
            if last > 0
                && out[last - 1].end - out[last - 1].start > 1
                && text[..out[last - 1].end].ends_with('n')
            {
                out[last - 1].end -= 1;
                out[last].start -= 1;
            }
        }
    }
}

/// ASCII letters at the start of some bytes, eight at a time; of a run without end no more than matter.
fn letters(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut at = 0;
    while at < LONGEST_WORD
        && let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk)
    {
        let all = u64::from_le_bytes(*eight);
        // In lower case and without the upper bit; a byte's upper bit is then set by an addition that passes 0x7f.
        let low = (all | (0x20 * EACH)) & (0x7f * EACH);
        let from_a = low + (0x80 - u64::from(b'a')) * EACH;
        let behind_z = low + (0x80 - u64::from(b'{')) * EACH;
        let other = (!from_a | behind_z | all) & (0x80 * EACH);
        if other != 0 {
            return at + other.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    let letter = |b: &&u8| b.is_ascii_alphabetic();
    at + rest.iter().take(LONGEST_WORD).take_while(letter).count()
}

/// Length of a number: digits with single commas, points between digits.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len().min(LONGEST_WORD) {
        let digit_next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || (matches!(bytes[end], b'.' | b',') && digit_next) {
            end += 1;
        } else {
            break;
        }
    }
    end.max(1)
}

/// Length of a word; single letters with dots ("U.S.", "D.C.") stay together.
fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut letters = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        if c != '’' && c.is_alphabetic() || (c.is_ascii_digit() && letters > 0) {
            letters += 1;
            end = place + c.len_utf8();
            if letters >= LONGEST_WORD {
                break;
            }
        } else if c == '.' && letters == 1 && chars.peek().is_some_and(|(_, n)| n.is_alphabetic())
            || c == '.' && letters == 1 && end > 1 && rest[..place].contains('.')
        {
            end = place + 1;
            letters = 0;
        } else {
            break;
        }
    }
    end
}

/// Length of "’s" and its like, if letters follow the apostrophe and nothing more.
fn suffix(rest: &str, width: usize) -> Option<usize> {
    let letters: usize = rest[width..]
        .chars()
        .take(4)
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum();
    if (1..=3).contains(&letters) {
        Some(width + letters)
    } else {
        None
    }
}

/// Length of an address, which is one token.
fn url(rest: &str) -> Option<usize> {
    let head = rest.get(..8).unwrap_or(rest);
    (head.starts_with("http://") || head.starts_with("https://") || head.starts_with("www."))
        .then(|| {
            rest.find(char::is_whitespace)
                .unwrap_or(rest.len())
                .min(2048)
        })
        .map(|mut length| {
            while !rest.is_char_boundary(length) {
                length -= 1;
            }
            length.max(1)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Going letter by letter is the reference.
    #[test]
    fn letters_are_counted_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for before in 0..20_usize {
                for behind in 0..10 {
                    let mut bytes = vec![b'k'; before];
                    bytes.push(byte);
                    bytes.resize(bytes.len() + behind, b'Z');
                    let one_by_one = bytes.iter().take_while(|b| b.is_ascii_alphabetic());
                    assert_eq!(letters(&bytes), one_by_one.count(), "{bytes:?}");
                }
            }
        }
        // A run without end is left after what may be a word.
        let seen = letters(&[b'a'; 100_000]);
        assert!((LONGEST_WORD..3 * LONGEST_WORD).contains(&seen));
    }
}
