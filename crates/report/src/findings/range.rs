//! Title of the range chart: how far apart the camps are.

use crate::format::fixed;

/// `ratio` is the largest camp's median peak over the smallest one's, as the table gives it.
pub(crate) fn title(ratio: Option<f64>, camps: &str) -> String {
    match ratio {
        Some(ratio) if ratio >= 1.5 => {
            format!(
                "The camps differ by a factor of {}",
                fixed(ratio, usize::from(ratio < 2.95))
            )
        }
        _ => format!("10Y at its peak, {camps}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_named_only_where_the_table_gives_one_worth_naming() {
        assert_eq!(
            title(Some(5.04), "three camps"),
            "The camps differ by a factor of 5"
        );
        assert_eq!(
            title(Some(1.8), "three camps"),
            "The camps differ by a factor of 1.8"
        );
        assert_eq!(
            title(Some(1.2), "three camps"),
            "10Y at its peak, three camps"
        );
        assert_eq!(title(None, "three camps"), "10Y at its peak, three camps");
    }
}
