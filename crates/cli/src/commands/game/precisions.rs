//! The precisions that `--lambda` names, as written, checked one by one.
//!
//! A refusal names the value, what is wrong with it and what to write instead, before the game is read.

use crate::exit::Failure;

/// Numbers above zero, ascending.
pub fn precisions(written: &[String]) -> Result<Vec<f64>, Failure> {
    let mut read: Vec<f64> = Vec::with_capacity(written.len());
    for text in written {
        let refuse = |problem: String| {
            Failure::usage(format!(
                "--lambda {}: {problem}; give numbers above zero, ascending, like 0.1,0.5,2",
                written.join(",")
            ))
        };
        let value = match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => value,
            Ok(_) => {
                return Err(refuse(format!(
                    "\"{text}\" is no finite number (without --lambda the answer is the limit)"
                )));
            }
            Err(_) => return Err(refuse(format!("\"{text}\" is not a number"))),
        };
        if value < 0.0 {
            return Err(refuse(format!("{text} is below zero")));
        }
        if value == 0.0 {
            return Err(refuse(format!(
                "at {text} every action is equally likely in every game"
            )));
        }
        if let Some(before) = read.last()
            && value <= *before
        {
            return Err(refuse(format!("{text} comes after {before}")));
        }
        read.push(value);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::precisions;

    fn written(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn precisions_are_read_or_refused_with_value_and_remedy() {
        assert_eq!(
            precisions(&written("0.1,1/2"))
                .unwrap_err()
                .message
                .as_str(),
            "error: --lambda 0.1,1/2: \"1/2\" is not a number; give numbers above zero, ascending, like 0.1,0.5,2"
        );
        assert_eq!(precisions(&written("0.1, 2e0")).unwrap(), [0.1, 2.0]);
        for (text, want) in [
            ("-1", "-1 is below zero"),
            ("abc", "\"abc\" is not a number"),
            ("nan", "\"nan\" is no finite number"),
            ("inf", "\"inf\" is no finite number"),
            ("0", "at 0 every action is equally likely"),
            ("-0", "at -0 every action is equally likely"),
            ("2,1", "1 comes after 2"),
            ("1,1", "1 comes after 1"),
            ("1,", "\"\" is not a number"),
        ] {
            let refused = precisions(&written(text)).unwrap_err();
            assert!(refused.message.contains(want), "{}", refused.message);
            assert_eq!(refused.code, 2);
        }
    }
}
