//! The nine-character identifier of a security.
//!
//! The first eight characters name issuer and issue, the ninth is a check digit, so a mistyped identifier is found
//! before it finds the wrong bond. Rule (ANSI X9.6, "modulus 10 double add double"): give digits their value, letters
//! A = 10 ... Z = 35, `*` = 36, `@` = 37, `#` = 38; double every second value; add the decimal digits of all eight;
//! the check digit brings the sum to a multiple of ten.

use std::fmt;
use std::str::FromStr;

use crate::UnitsError;

/// A CUSIP whose check digit has been verified; ordered as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cusip([u8; 9]);

impl Cusip {
    /// The nine characters.
    pub fn as_str(&self) -> &str {
        // All nine bytes were checked to be ASCII when the value was made, so the default is never taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn character_value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        b'*' => Some(36),
        b'@' => Some(37),
        b'#' => Some(38),
        _ => None,
    }
}

impl FromStr for Cusip {
    type Err = UnitsError;

    /// Reads nine characters, upper case, and verifies the check digit.
    fn from_str(text: &str) -> Result<Cusip, UnitsError> {
        let length = text.chars().count();
        if length != 9 {
            return Err(UnitsError::CusipLength {
                text: text.to_owned(),
                length,
            });
        }
        let mut bytes = [0_u8; 9];
        let mut sum = 0;
        let mut given = 0;
        for (index, character) in text.chars().enumerate() {
            let refused = || UnitsError::CusipCharacter {
                text: text.to_owned(),
                character,
                position: index + 1,
            };
            let byte = u8::try_from(character).map_err(|_| refused())?;
            let value = character_value(byte).ok_or_else(refused)?;
            bytes[index] = byte;
            if index == 8 {
                given = u8::try_from(value)
                    .ok()
                    .filter(|digit| *digit < 10)
                    .ok_or_else(refused)?;
            } else {
                let weighted = if index % 2 == 1 { value * 2 } else { value };
                sum += weighted / 10 + weighted % 10;
            }
        }
        let expected = ((10 - sum % 10) % 10) as u8;
        if given != expected {
            return Err(UnitsError::CusipCheckDigit {
                text: text.to_owned(),
                given,
                expected,
            });
        }
        Ok(Cusip(bytes))
    }
}

impl fmt::Display for Cusip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Cusip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cusip({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A single wrong digit never passes: doubling with the sum of digits maps the ten digits to ten different values.
        #[test]
        fn one_wrong_digit_is_found(position in 0_usize..5, digit in 0_u8..10) {
            let mut bytes = *b"912810RN0";
            let right = bytes[position];
            bytes[position] = b'0' + digit;
            let read = std::str::from_utf8(&bytes).unwrap().parse::<Cusip>();
            prop_assert_eq!(read.is_ok(), bytes[position] == right);
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = text.parse::<Cusip>();
        }
    }
}
