//! Text of claims and verdicts that is mostly short: names, measures, hedges, fixed sentences.
//!
//! Up to [`SHORT`] bytes stand in the value itself, a fixed sentence is only pointed at, and longer text is shared, so that
//! copies cost no memory of their own. It reads, compares and prints as the `str` it holds.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Most bytes that stand in the value itself.
const SHORT: usize = 22;

/// A piece of text.
#[derive(Clone)]
pub struct Text(Held);

#[derive(Clone)]
enum Held {
    Fixed(&'static str),
    Short(u8, [u8; SHORT]),
    Long(Arc<str>),
}

impl Text {
    /// No text.
    pub const EMPTY: Text = Text(Held::Fixed(""));

    /// A sentence of the program.
    pub const fn fixed(text: &'static str) -> Text {
        Text(Held::Fixed(text))
    }

    /// A copy of a text.
    pub fn of(text: &str) -> Text {
        let mut bytes = [0; SHORT];
        match bytes.get_mut(..text.len()) {
            Some(room) => {
                room.copy_from_slice(text.as_bytes());
                Text(Held::Short(text.len() as u8, bytes))
            }
            None => Text(Held::Long(text.into())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Fixed(text) => text,
            // Whole characters were put in.
            Held::Short(length, bytes) => bytes
                .get(..usize::from(*length))
                .and_then(|b| std::str::from_utf8(b).ok())
                .unwrap_or(""),
            Held::Long(text) => text,
        }
    }

    /// The first byte, 0 if there is none.
    pub(crate) fn first(&self) -> u8 {
        self.bytes().first().copied().unwrap_or(0)
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Held::Fixed(text) => text.as_bytes(),
            Held::Short(length, bytes) => bytes.get(..usize::from(*length)).unwrap_or(&[]),
            Held::Long(text) => text.as_bytes(),
        }
    }

    /// Puts more text behind.
    pub(crate) fn push_str(&mut self, more: &str) {
        *self = written(format_args!("{}{more}", self.as_str()));
    }
}

thread_local! {
    static SHEET: RefCell<String> = const { RefCell::new(String::new()) };
}

/// `format!` to a [`Text`].
macro_rules! text {
    ($($all:tt)*) => { $crate::short::written(format_args!($($all)*)) };
}
pub(crate) use text;

/// The text of format arguments, written on a sheet that the thread keeps.
pub(crate) fn written(arguments: fmt::Arguments<'_>) -> Text {
    if let Some(fixed) = arguments.as_str() {
        return Text::fixed(fixed);
    }
    SHEET.with(|sheet| match sheet.try_borrow_mut() {
        Ok(mut sheet) => {
            sheet.clear();
            // Writing to a string cannot fail.
            let _ = fmt::Write::write_fmt(&mut *sheet, arguments);
            Text::of(sheet.as_str())
        }
        // An argument that is itself written this way.
        Err(_) => Text::from(fmt::format(arguments)),
    })
}

/// Pieces put together.
pub(crate) fn joined(pieces: &[&str]) -> Text {
    SHEET.with(|sheet| match sheet.try_borrow_mut() {
        Ok(mut sheet) => {
            sheet.clear();
            pieces.iter().for_each(|piece| sheet.push_str(piece));
            Text::of(sheet.as_str())
        }
        Err(_) => Text::from(pieces.concat()),
    })
}

/// Two numbers with a point between: a claim's name.
pub(crate) fn numbered(whole: usize, part: usize) -> Text {
    let mut bytes = [0; SHORT];
    let mut at = SHORT;
    for (number, behind) in [(part, false), (whole, true)] {
        let mut rest = number;
        if behind && at > 0 {
            at -= 1;
            bytes[at] = b'.';
        }
        while at > 0 {
            at -= 1;
            bytes[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if rest > 0 {
            return text!("{whole}.{part}");
        }
    }
    bytes.copy_within(at.., 0);
    Text(Held::Short((SHORT - at) as u8, bytes))
}

/// Text in lower case.
pub(crate) fn lower(text: &str) -> Text {
    if text.len() <= SHORT && text.is_ascii() {
        let mut own = Text::of(text);
        if let Held::Short(_, bytes) = &mut own.0 {
            bytes.make_ascii_lowercase();
        }
        return own;
    }
    lowered(text).into()
}

/// A text in lower case, as [`str::to_lowercase`] gives it.
pub(crate) fn lowered(text: &str) -> String {
    // Of the letters that are not ASCII few texts have more than marks, signs and small ones with accents.
    let bytes = text.as_bytes();
    let plain = text.is_ascii() || {
        let leads = bytes.iter().enumerate().filter(|(_, b)| **b >= 0xc3);
        leads
            .map(|(at, lead)| (lead, bytes.get(at + 1)))
            .all(|two| matches!(two, (0xc3, Some(0x9f..)) | (0xe2, Some(..=0x82))))
    };
    if !plain {
        return text.to_lowercase();
    }
    let mut own = text.to_owned();
    own.make_ascii_lowercase();
    own
}

/// Where a short text first holds another; nothing is prepared, which is most of the cost of [`str::find`] there.
pub(crate) fn find(text: &str, other: &str) -> Option<usize> {
    let (text, other) = (text.as_bytes(), other.as_bytes());
    let Some(first) = other.first() else {
        return Some(0);
    };
    let last = text.len().checked_sub(other.len())?;
    let heads = text[..=last].iter().enumerate();
    heads
        .filter(|(_, byte)| *byte == first)
        .find(|(at, _)| text[*at..].starts_with(other))
        .map(|(at, _)| at)
}

/// A day as it is printed.
pub(crate) fn day(day: brandish_units::Date) -> Text {
    text!("{day}")
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Text {
        Text::fixed(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::of(&text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Text {
        Text::of(text)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.as_str().to_owned()
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::EMPTY
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.bytes()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<[u8]> for Text {
    fn borrow(&self) -> &[u8] {
        self.bytes()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.bytes()
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.bytes()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> std::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_as_what_was_put_in_whatever_its_length() {
        // Multiples of a three-byte character pass the limit of what stands in the value.
        for length in 0..40 {
            let own = "円".repeat(length);
            let text = Text::of(&own);
            assert_eq!(text.as_str(), own);
            assert_eq!(text, own);
            assert_eq!(text.clone(), written(format_args!("{own}")));
            assert_eq!(String::from(text), own);
        }
        assert_eq!(Text::fixed("Tokyo"), Text::of("Tokyo"));
        assert_eq!(lower("TOKYO and Ōsaka").as_str(), "tokyo and ōsaka");
        assert_eq!(joined(&["a", "b", "c"]).as_str(), "abc");
        for (whole, part) in [(0, 1), (10, 100), (123_456, 78), (usize::MAX, usize::MAX)] {
            assert_eq!(numbered(whole, part), format!("{whole}.{part}"));
        }
        // Order is that of `str`.
        let mut some = [
            Text::of("b"),
            Text::fixed("a"),
            Text::of("a long text that stands elsewhere"),
        ];
        some.sort();
        assert_eq!(
            some.map(String::from),
            ["a", "a long text that stands elsewhere", "b"]
        );
        assert_eq!(std::mem::size_of::<Option<Text>>(), 24);
    }

    #[test]
    fn text_within_text_is_written_whole() {
        struct Inner;
        impl fmt::Display for Inner {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&written(format_args!("{}-{}", 1, 2)))
            }
        }
        assert_eq!(written(format_args!("<{Inner}>")).as_str(), "<1-2>");
    }
}
