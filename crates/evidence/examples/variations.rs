//! Writes a corpus of generated variations: `variations FOLDER COUNT OUT`.
//!
//! Each variation is an article of FOLDER with other digits, months, weekdays and places, chosen by a fixed counter-based
//! stream, so that the same call writes the same bytes. It is for measuring speed and memory, not for scores: what a
//! changed number means is not known.

use std::path::Path;

const MONTHS: [&str; 8] = [
    "January",
    "February",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
];
const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const PLACES: [&str; 10] = [
    "Japan", "China", "Britain", "India", "Norway", "Brazil", "Canada", "France", "Italy", "Taiwan",
];

/// SplitMix64 (Steele, Lea, Flood 2014) of a counter.
fn mixed(counter: u64) -> u64 {
    let mut z = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn vary(text: &str, number: u64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let mut place = 0_u64;
    let mut year = 0;
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            place += 1;
            // One word is always replaced by the same other one in a variation: names stay consistent.
            let pick = |list: &[&str]| {
                let at = list.iter().position(|w| *w == word)? as u64;
                let shift = mixed(number) % list.len() as u64;
                list.get(((at + shift) % list.len() as u64) as usize)
                    .map(|w| (*w).to_owned())
            };
            let other = pick(&MONTHS)
                .or_else(|| pick(&WEEKDAYS))
                .or_else(|| pick(&PLACES));
            out.push_str(other.as_deref().unwrap_or(&word));
            word.clear();
        }
        match c {
            // Years stay, so that dates stay dates.
            '1'..='9' if year == 0 => {
                place += 1;
                let rest_is_year = (c == '1' || c == '2') && out.ends_with(' ');
                if rest_is_year {
                    year = 4;
                    out.push(c);
                } else {
                    let digit = 1 + mixed(number ^ (place << 32)) % 9;
                    out.push(char::from(b'0' + digit as u8));
                }
            }
            c => out.push(c),
        }
        year = if c.is_ascii_digit() && year > 0 {
            year - 1
        } else {
            0
        };
    }
    out.pop();
    out
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, out] = arguments.as_slice() else {
        return Err("usage: variations FOLDER COUNT OUT".into());
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e != "csv"))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .map(std::fs::read_to_string)
        .collect::<Result<_, _>>()?;
    std::fs::create_dir_all(out)?;
    for number in 0..count.parse::<u64>()? {
        // A few articles make one of ordinary length.
        let mut text = String::new();
        for part in 0..6 {
            let at = mixed(number * 7 + part) % texts.len() as u64;
            text.push_str(&vary(&texts[at as usize], number));
            text.push_str("\n\n");
        }
        std::fs::write(Path::new(out).join(format!("{number:05}.txt")), text)?;
    }
    Ok(())
}
