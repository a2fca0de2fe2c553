//! No text makes a reader panic or run on, and every refusal has a place.

use crate::fixtures::shipped;
use brandish_game::{GameError, read_efg, read_nfg, write_efg};
use proptest::prelude::*;

/// Pieces from which half-right texts are made.
const PIECES: &[&str] = &[
    "EFG 2 R",
    "NFG 1 R",
    "\"a\"",
    "\"\"",
    "{",
    "}",
    "p",
    "c",
    "t",
    "0",
    "1",
    "2",
    "1/2",
    "-3.5e2",
    ",",
    "1/0",
    "1e999",
    "\n",
    "\"one\" \"two\"",
    "{ 1, 2 }",
    "{ \"x\" \"y\" }",
    "p \"\" 1 1 \"\" { \"l\" \"r\" } 0",
    "c \"\" 1 \"\" { \"h\" 1/2 \"k\" 1/2 } 0",
    "t \"\" 1 \"\" { 1, 2 }",
    "\\",
    "\"",
    "é",
    "99999999999",
];

fn place_is_named(result: Result<brandish_game::Reading, GameError>, text: &[u8]) {
    let lines = text.split(|byte| *byte == b'\n').count();
    match result {
        Ok(_) => {}
        Err(GameError::Text { line, column, .. }) => {
            assert!(line >= 1 && line <= lines && column >= 1);
        }
        Err(GameError::InFile { line, .. }) => assert!(line >= 1 && line <= lines),
        Err(other) => panic!("no place: {other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        place_is_named(read_efg(&bytes), &bytes);
        place_is_named(read_nfg(&bytes), &bytes);
    }

    #[test]
    fn random_pieces(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let body: Vec<&str> = picks.iter().map(|pick| PIECES[*pick]).collect();
        for start in ["", "EFG 2 R \"t\" { \"one\" \"two\" }\n", "NFG 1 R \"t\" { \"one\" \"two\" }\n"] {
            let text = format!("{start}{}", body.join(" "));
            place_is_named(read_efg(text.as_bytes()), text.as_bytes());
            place_is_named(read_nfg(text.as_bytes()), text.as_bytes());
        }
    }

    /// A true file with one byte changed, cut off or doubled.
    #[test]
    fn damaged_file(at in 0usize..2000, byte in any::<u8>(), how in 0..3) {
        let mut text = write_efg(&shipped("reiley2008/stripped_down_poker.efg")).into_bytes();
        let at = at % text.len();
        match how {
            0 => text[at] = byte,
            1 => text.truncate(at),
            _ => text.insert(at, byte),
        }
        place_is_named(read_efg(&text), &text);
    }
}

#[test]
fn shipped_games_come_back() {
    for path in [
        "kuhn1950/poker.efg",
        "mckelvey1992/centipede_four_moves.efg",
        "myerson1991/figure_4_2.efg",
        "reiley2008/stripped_down_poker.efg",
        "selten1975/horse.efg",
        "selten1978/chain_store_three_towns.efg",
    ] {
        let game = shipped(path);
        let back = read_efg(write_efg(&game).as_bytes()).unwrap();
        assert_eq!(back.game, game, "{path}");
    }
}

/// A large file is read in one pass; a deep one without recursion.
#[test]
fn long_and_deep() {
    let mut deep = String::from("EFG 2 R \"deep\" { \"one\" }\n");
    for level in 0..5000 {
        deep += &format!("p \"\" 1 {} \"\" {{ \"on\" \"off\" }} 0\n", level + 1);
    }
    deep += "t \"\" 1 \"\" { 1 }\n";
    for _ in 0..5000 {
        deep += "t \"\" 1\n";
    }
    let game = read_efg(deep.as_bytes()).unwrap().game;
    assert_eq!((game.nodes(), game.depth()), (10_001, 5000));
    assert_eq!(read_efg(write_efg(&game).as_bytes()).unwrap().game, game);
    let too_deep = "p \"\" 1 1 \"\" { \"on\" } 0\n".repeat(20_000);
    let text = format!("EFG 2 R \"deep\" {{ \"one\" }}\n{too_deep}t \"\" 1 \"\" {{ 1 }}\n");
    let refused = read_efg(text.as_bytes()).unwrap_err();
    assert!(refused.to_string().contains("10000 moves on one path"));
}
