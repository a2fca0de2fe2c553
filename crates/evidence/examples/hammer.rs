//! Mutated documents against the whole pipeline: `hammer FOLDER COUNT [SEED]`.
//!
//! Each execution takes an article of FOLDER, splices, cuts, repeats and flips parts of it by a fixed counter-based stream,
//! reads it as text or HTML and analyzes it; every span must hold its words. Stops at a broken invariant or at an execution
//! over a second, and prints the slowest one. The same call does the same work. Coverage-guided targets are in `fuzz/evidence`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures time"
)]

use std::time::Instant;

use brandish_data::Snapshot;
use brandish_evidence::{Corpus, Known, Lexicon, benchmark, read};

const PIECES: [&[u8]; 24] = [
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"\"",
    b"'",
    b"\xe2\x80\x98",
    b"\n\n",
    b"\n",
    b"$1.13 trillion",
    b" said ",
    b", and ",
    b" if ",
    b" could ",
    b"<p>",
    b"</div>",
    b"<!--",
    b"&amp;",
    b"&#x41;",
    b"\xff\xfe",
    b"May 1 ET",
    b" asked whether ",
    b"\xe2\x80\xae",
    b"1,",
    b"|",
    b"\xe3\x80\x8c",
];

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn mutated(texts: &[Vec<u8>], stream: &mut Stream) -> Vec<u8> {
    let mut out = texts[stream.below(texts.len())].clone();
    for _ in 0..1 + stream.below(8) {
        let at = stream.below(out.len() + 1);
        let to = (at + stream.below(40)).min(out.len());
        match stream.below(6) {
            0 => {
                out.drain(at..to);
            }
            1 => {
                let part: Vec<u8> = out[at..to].to_vec();
                for _ in 0..1 + stream.below(5) {
                    out.splice(at..at, part.iter().copied());
                }
            }
            2 => {
                let piece = PIECES[stream.below(PIECES.len())];
                out.splice(at..at, piece.iter().copied());
            }
            3 => {
                let other = &texts[stream.below(texts.len())];
                let from = stream.below(other.len());
                let end = (from + stream.below(200)).min(other.len());
                out.splice(at..at, other[from..end].iter().copied());
            }
            4 => out.truncate(at),
            _ => {
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= 1 << stream.below(8);
                }
            }
        }
    }
    out
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, rest @ ..] = arguments.as_slice() else {
        return Err("usage: hammer FOLDER COUNT [SEED]".into());
    };
    let seed: u64 = rest.first().map_or(Ok(1), |s| s.parse())?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .collect();
    files.sort();
    let texts: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    let snapshot = Snapshot::embedded();
    let lexicon = Lexicon::embedded()?;
    let known = Known {
        snapshot: &snapshot,
        as_of: "2026-04-27".parse()?,
        undated: Some("2025-05-05".parse()?),
    };
    let mut stream = Stream(seed);
    let mut corpus = Corpus::new(&lexicon, known);
    let (mut slowest, mut claims, mut refused, mut bytes) = (0.0_f64, 0_usize, 0_usize, 0_usize);
    let total: usize = count.parse()?;
    for number in 0..total {
        let input = mutated(&texts, &mut stream);
        bytes += input.len();
        let start = Instant::now();
        let name = if stream.below(4) == 0 {
            "a.html"
        } else {
            "a.txt"
        };
        match read(name, &input) {
            Ok(document) => {
                let points: Vec<char> = document.text.chars().collect();
                let found = corpus.read(vec![document]);
                let quotes = found.quotes.iter().map(|q| (q.span, &q.text));
                for (span, text) in found.claims.iter().map(|c| (c.span, &c.text)).chain(quotes) {
                    let own: String = points
                        .get(span.start..span.end)
                        .ok_or("a span outside its document")?
                        .iter()
                        .collect();
                    if own != *text {
                        return Err(
                            format!("execution {number}: span is `{own}`, text `{text}`").into(),
                        );
                    }
                }
                claims += found.claims.len();
            }
            Err(_) => refused += 1,
        }
        if stream.below(16) == 0 {
            let text = String::from_utf8_lossy(&input);
            // The readers of lexicon and key files take the same bytes.
            let _ = Lexicon::extended(&[("a", &text)]);
            let _ = benchmark::key("a", &text);
        }
        let spent = start.elapsed().as_secs_f64();
        if spent > 1.0 {
            return Err(
                format!("execution {number}: {spent:.2} s for {} bytes", input.len()).into(),
            );
        }
        slowest = slowest.max(spent);
        if number % 20_000 == 19_999 {
            // Groups, drift and timeline of what was kept.
            let full = std::mem::replace(&mut corpus, Corpus::new(&lexicon, known));
            let _ = full.finish();
        }
    }
    println!(
        "{total} executions, {:.1} MB, {claims} claims, {refused} refused, slowest {:.1} ms",
        bytes as f64 / 1e6,
        slowest * 1e3
    );
    Ok(())
}
