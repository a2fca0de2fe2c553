//! Text of an HTML page, in one pass.
//!
//! Tags are dropped, block tags end a paragraph, scripts, styles and the like are skipped, the common character references
//! are resolved. No tree is built, so nesting cannot exhaust anything; an unclosed tag or comment ends the reading and is
//! noted. The head gives the title and a stated publication date.

use brandish_units::Date;

/// What the head of a page states.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
}

const SKIPPED: [&str; 7] = [
    "script", "style", "noscript", "template", "svg", "iframe", "nav",
];
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "wbr",
];

/// The text of the page and what its head states.
pub(crate) fn extract(page: &str, notes: &mut Vec<String>) -> (String, Head) {
    let mut out = String::with_capacity(page.len() / 2);
    let mut head = Head::default();
    let mut rest = page;
    let mut title = None;
    while let Some(place) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(place);
        push_text(&mut out, before);
        if from.starts_with('&') {
            let (c, length) = reference(from);
            match c {
                Some(c) => push_text(&mut out, c.encode_utf8(&mut [0; 4])),
                None => out.push('&'),
            }
            rest = &from[length..];
            continue;
        }
        if let Some(comment) = from.strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => rest = &comment[end + 3..],
                None => {
                    notes.push("unclosed HTML comment; the rest was not read".to_owned());
                    rest = "";
                }
            }
            continue;
        }
        let starts_tag = from[1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?');
        if !starts_tag {
            out.push('<');
            rest = &from[1..];
            continue;
        }
        let Some(end) = tag_end(from) else {
            notes.push("unclosed HTML tag; the rest was not read".to_owned());
            rest = "";
            break;
        };
        let tag = &from[1..end];
        rest = &from[end + 1..];
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if !closing && SKIPPED.contains(&name.as_str()) && !tag.ends_with('/') {
            rest = after_closing(rest, &name);
        } else if name == "title" {
            if closing {
                if let Some(start) = title.take() {
                    let words: String = out
                        .get(start..)
                        .unwrap_or("")
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                    out.truncate(start);
                    if head.title.is_none() && !words.is_empty() {
                        head.title = Some(words);
                    }
                }
            } else {
                title = Some(out.len());
            }
        } else if name == "meta"
            && ["published_time", "datePublished", "pubdate", "date"]
                .iter()
                .any(|k| tag.contains(k))
        {
            head.published = head
                .published
                .or_else(|| iso_in(attribute(tag, "content")?));
        } else if name == "time" && !closing {
            head.published = head
                .published
                .or_else(|| iso_in(attribute(tag, "datetime")?));
        }
        if !INLINE.contains(&name.as_str()) && title.is_none() {
            end_block(&mut out, name == "br" || name == "td" || name == "th");
        }
    }
    push_text(&mut out, rest);
    (out.trim().to_owned(), head)
}

/// White space of the source is one space; text after a block starts at the line's beginning.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

fn end_block(out: &mut String, soft: bool) {
    while out.ends_with(' ') {
        out.pop();
    }
    if out.is_empty() || out.ends_with("\n\n") {
        return;
    }
    if soft {
        if !out.ends_with('\n') {
            out.push('\n');
        }
    } else {
        out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
    }
}

/// Place of the `>` that ends the tag at the start; quoted attribute values may hold one.
fn tag_end(from: &str) -> Option<usize> {
    let mut quote = None;
    for (place, byte) in from.bytes().enumerate().take(65_536) {
        match (quote, byte) {
            (None, b'>') => return Some(place),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    from.bytes().take(65_536).position(|b| b == b'>')
}

/// What follows the closing tag of a skipped element.
fn after_closing<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut at = rest;
    while let Some(place) = at.find("</") {
        let tail = &at[place + 2..];
        if tail
            .get(..name.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(name))
        {
            return tail.find('>').map_or("", |end| &tail[end + 1..]);
        }
        at = tail;
    }
    ""
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let value = tag.get(at..)?;
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        value[1..].split(quote).next()
    } else {
        value.split_whitespace().next()
    }
}

fn iso_in(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// The character of a reference at the start and its length; an unknown one is the ampersand itself.
fn reference(from: &str) -> (Option<char>, usize) {
    let Some(end) = from.bytes().take(12).position(|b| b == b';') else {
        return (None, 1);
    };
    let name = &from[1..end];
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "mdash" => Some('—'),
        "ndash" => Some('–'),
        "hellip" => Some('…'),
        "pound" => Some('£'),
        "euro" => Some('€'),
        "yen" => Some('¥'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        _ => name
            .strip_prefix('#')
            .and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            })
            .and_then(char::from_u32)
            .filter(|c| *c != '\0'),
    };
    match c {
        Some(c) => (Some(c), end + 1),
        None => (None, 1),
    }
}
