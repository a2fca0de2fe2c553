//! Dates written out in full, as datelines and bylines write them.
//!
//! "2 May 2025", "May 2nd, 2025", "2025-05-02", "2025/5/2", "25/04/2025" (only where one of the numbers cannot be a month, since
//! 2/5/2025 is two different days), and the Japanese "2025年5月2日" and "令和7年5月2日", with ASCII or full-width digits. A year
//! outside 1900 to 2100 or a day that no calendar has is no date. Nothing is guessed: without a year there is none.

use brandish_units::Date;

use crate::when;

/// A date and the bytes that write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) date: Date,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A run of digits or of letters.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// The number, and how many digits write it.
    number: Option<(i32, usize)>,
}

/// Years before the first of a Japanese era, by its name.
const ERAS: [(&str, i32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut before: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let here = match (digit(c).is_some(), c.is_alphabetic()) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(last) if here.is_some() && here == before => last.end = end,
            _ if here.is_some() => out.push(Piece {
                start: at,
                end,
                text: "",
                number: None,
            }),
            _ => {}
        }
        before = here;
    }
    for piece in &mut out {
        piece.text = text.get(piece.start..piece.end).unwrap_or("");
        let digits: Option<Vec<u32>> = piece.text.chars().map(digit).collect();
        piece.number = digits.filter(|d| d.len() <= 4).map(|d| {
            let value = d.iter().fold(0, |sum, x| 10 * sum + *x as i32);
            (value, d.len())
        });
    }
    out
}

/// The first date that a text writes out in full.
pub(super) fn written(text: &str) -> Option<Written> {
    if !text.chars().any(|c| digit(c).is_some()) {
        return None;
    }
    let pieces = pieces(text);
    (0..pieces.len()).find_map(|at| {
        let line = Line {
            text,
            pieces: &pieces,
            at,
        };
        line.numeric()
            .or_else(|| line.by_month())
            .or_else(|| line.japanese())
    })
}

/// A line of pieces, read from one of them on.
struct Line<'a> {
    text: &'a str,
    pieces: &'a [Piece<'a>],
    at: usize,
}

impl Line<'_> {
    fn piece(&self, ahead: usize) -> Option<&Piece<'_>> {
        self.pieces.get(self.at + ahead)
    }

    /// What stands between a piece and the next.
    fn gap(&self, ahead: usize) -> Option<&str> {
        let (a, b) = (self.piece(ahead)?, self.piece(ahead + 1)?);
        self.text.get(a.end..b.start)
    }

    fn year(&self, ahead: usize) -> Option<i32> {
        self.piece(ahead)?
            .number
            .filter(|(y, digits)| *digits == 4 && (1900..=2100).contains(y))
            .map(|n| n.0)
    }

    /// One or two digits.
    fn small(&self, ahead: usize) -> Option<i32> {
        self.piece(ahead)?
            .number
            .filter(|(_, digits)| *digits <= 2)
            .map(|n| n.0)
    }

    fn month(&self, ahead: usize) -> Option<i32> {
        let word = self.piece(ahead)?.text.to_ascii_lowercase();
        when::month(&word).map(|m| m as i32)
    }

    fn found(&self, from: usize, to: usize, ymd: (i32, i32, i32)) -> Option<Written> {
        let (year, month, day) = ymd;
        Some(Written {
            date: Date::from_ymd(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
                .ok()?,
            start: self.pieces.get(from)?.start,
            end: self.pieces.get(to)?.end,
        })
    }

    /// 2025-05-02, 2025/5/2, 2025.5.2, and the other way round where only one reading is a date.
    fn numeric(&self) -> Option<Written> {
        let mark = self.gap(0)?;
        if !matches!(mark, "-" | "/" | "." | "‑") || self.gap(1) != Some(mark) {
            return None;
        }
        // A longer chain of numbers is no date: a version, a telephone number.
        let chained = |gap: Option<&str>, number: bool| number && gap == Some(mark);
        let before = self.at.checked_sub(1).and_then(|b| {
            let earlier = self.pieces.get(b)?;
            Some((
                self.text.get(earlier.end..self.piece(0)?.start)?,
                earlier.number.is_some(),
            ))
        });
        let number = |ahead: usize| self.piece(ahead).is_some_and(|p| p.number.is_some());
        if before.is_some_and(|(gap, number)| chained(Some(gap), number))
            || chained(self.gap(2), number(3))
        {
            return None;
        }
        if let (Some(y), Some(m), Some(d)) = (self.year(0), self.small(1), self.small(2)) {
            return self.found(self.at, self.at + 2, (y, m, d));
        }
        let (a, b, y) = (self.small(0)?, self.small(1)?, self.year(2)?);
        let (day, month) = match (a > 12, b > 12) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            (false, false) if a == b => (a, b),
            _ => return None,
        };
        self.found(self.at, self.at + 2, (y, month, day))
    }

    /// The place behind an ordinal's letters ("2nd") or the number itself.
    fn behind_ordinal(&self, ahead: usize) -> usize {
        let letters = self.piece(ahead + 1).is_some_and(|p| {
            matches!(
                p.text.to_ascii_lowercase().as_str(),
                "st" | "nd" | "rd" | "th"
            )
        });
        if letters && self.gap(ahead) == Some("") {
            ahead + 1
        } else {
            ahead
        }
    }

    fn near(&self, ahead: usize) -> bool {
        self.gap(ahead).is_some_and(|g| {
            g.chars().count() <= 2
                && g.chars()
                    .all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-'))
        })
    }

    /// 2 May 2025, 2nd of May, 2025, May 2, 2025.
    fn by_month(&self) -> Option<Written> {
        if let Some(day) = self.small(0) {
            let mut last = self.behind_ordinal(0);
            if !self.near(last) {
                return None;
            }
            if self
                .piece(last + 1)
                .is_some_and(|p| p.text.eq_ignore_ascii_case("of"))
            {
                last += 1;
            }
            let (month, year) = (self.month(last + 1)?, self.year(last + 2)?);
            return self
                .near(last + 1)
                .then(|| self.found(self.at, self.at + last + 2, (year, month, day)))?;
        }
        let month = self.month(0)?;
        let day = self.small(1).filter(|_| self.near(0))?;
        let last = self.behind_ordinal(1);
        let year = self.year(last + 1).filter(|_| self.near(last))?;
        self.found(self.at, self.at + last + 1, (year, month, day))
    }

    /// 2025年5月2日, 令和7年5月2日, 令和元年5月1日.
    fn japanese(&self) -> Option<Written> {
        let word = |ahead: usize, start: &str| {
            self.piece(ahead)
                .is_some_and(|p| p.number.is_none() && p.text.starts_with(start))
        };
        let (year, mut last) = match self.year(0) {
            Some(year) => (year, 0),
            None => {
                let text = self.piece(0)?.text;
                let (name, before) = ERAS.iter().find(|(name, _)| text.contains(name))?;
                match text.split_once(name)?.1 {
                    "元年" => (before + 1, usize::MAX),
                    "" => (before + self.small(1)?, 1),
                    _ => return None,
                }
            }
        };
        if last == usize::MAX {
            last = 0;
        } else {
            if !word(last + 1, "年") {
                return None;
            }
            last += 1;
        }
        let (month, day) = (self.small(last + 1)?, self.small(last + 3)?);
        if !word(last + 2, "月") || !word(last + 4, "日") {
            return None;
        }
        // What follows the sign of the day in one run is no part of the date.
        let end = self.piece(last + 4)?.start + "日".len();
        let found = self.found(self.at, self.at + last + 3, (year, month, day))?;
        Some(Written { end, ..found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(String, &str)> {
        let found = written(text)?;
        Some((found.date.to_string(), text.get(found.start..found.end)?))
    }

    #[test]
    fn one_day_in_many_hands() {
        for (text, words) in [
            ("2 May 2025.", "2 May 2025"),
            ("Friday, 2nd of May, 2025", "2nd of May, 2025"),
            ("May 2, 2025", "May 2, 2025"),
            ("Updated May 2nd 2025 at 10.15 BST", "May 2nd 2025"),
            ("02-May-2025", "02-May-2025"),
            ("2025-05-02T05:15Z", "2025-05-02"),
            ("2025/5/2", "2025/5/2"),
            ("2025.05.02.", "2025.05.02"),
            ("2025年5月2日（金）", "2025年5月2日"),
            ("２０２５年５月２日", "２０２５年５月２日"),
            ("令和7年5月2日付", "令和7年5月2日"),
        ] {
            assert_eq!(of(text), Some(("2025-05-02".to_owned(), words)), "{text}");
        }
        assert_eq!(
            of("令和元年5月1日").map(|d| d.0),
            Some("2019-05-01".to_owned())
        );
        assert_eq!(of("25/04/2025").map(|d| d.0), Some("2025-04-25".to_owned()));
        assert_eq!(of("04/25/2025").map(|d| d.0), Some("2025-04-25".to_owned()));
    }

    #[test]
    fn what_is_no_date_or_two_is_none() {
        for text in [
            "2/5/2025",
            "31 June 2025",
            "May 2025",
            "2 May",
            "version 1.2025.5.2",
            "2025-13-02",
            "call 555-2025-05-02",
            "令和7年",
            "12 of 2025 may",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
