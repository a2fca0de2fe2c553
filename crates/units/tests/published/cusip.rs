//! CUSIPs in use: Treasury notes, bonds and bills by their auction announcements, and well-known shares.

use brandish_units::{Cusip, UnitsError};

#[test]
fn identifiers_in_use_are_accepted() {
    for text in [
        "912810RN0",
        "037833100",
        "17275R102",
        "38259P508",
        "594918104",
        "68389X105",
    ] {
        assert_eq!(text.parse::<Cusip>().unwrap().to_string(), text);
    }
}

#[test]
fn a_wrong_character_is_refused_with_its_reason() {
    let refused = |text: &str| text.parse::<Cusip>().unwrap_err();
    assert_eq!(
        refused("68389X106"),
        UnitsError::CusipCheckDigit {
            text: "68389X106".into(),
            given: 6,
            expected: 5
        }
    );
    assert_eq!(
        refused("68389X1"),
        UnitsError::CusipLength {
            text: "68389X1".into(),
            length: 7
        }
    );
    assert_eq!(
        refused("68389x105"),
        UnitsError::CusipCharacter {
            text: "68389x105".into(),
            character: 'x',
            position: 6
        }
    );
    assert_eq!(
        refused("68389X10A"),
        UnitsError::CusipCharacter {
            text: "68389X10A".into(),
            character: 'A',
            position: 9
        }
    );
    assert_eq!(
        refused("é8389X105"),
        UnitsError::CusipCharacter {
            text: "é8389X105".into(),
            character: 'é',
            position: 1
        }
    );
}
