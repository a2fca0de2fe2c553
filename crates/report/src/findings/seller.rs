//! Title of the seller's account: where its own loss lies.

use super::{VISIBLE_USD_BN, all_above, all_below, sizes};
use crate::format::usd_bn_span;

/// `execution_loss` positive is lost; `mark` negative is lost; one entry per headline camp, $bn.
pub(crate) fn title(who: &str, execution_loss: &[f64], mark: &[f64], camps: &str) -> String {
    let lost = all_above(execution_loss, VISIBLE_USD_BN);
    let marked_down = all_below(mark, -VISIBLE_USD_BN);
    let same_camps = execution_loss.len() == mark.len();
    let mostly_kept = same_camps
        && mark
            .iter()
            .zip(execution_loss)
            .all(|(mark, loss)| mark.abs() > *loss);
    let mostly_sold = same_camps
        && mark
            .iter()
            .zip(execution_loss)
            .all(|(mark, loss)| mark.abs() < *loss);
    if lost && marked_down && mostly_kept {
        format!(
            "{who} loses more on what it keeps than on what it sells: {} against {}",
            usd_bn_span(&sizes(mark)),
            usd_bn_span(execution_loss)
        )
    } else if lost && marked_down && mostly_sold {
        format!(
            "{who} loses more on what it sells than on what it keeps: {} against {}",
            usd_bn_span(execution_loss),
            usd_bn_span(&sizes(mark))
        )
    } else if lost {
        format!("{who} sells {} too low", usd_bn_span(execution_loss))
    } else {
        format!("{who}’s account, {camps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_larger_loss_is_named_only_if_it_is_larger_in_every_camp() {
        assert_eq!(
            title(
                "Japan",
                &[1.3, 2.7, 6.1],
                &[-2.5, -5.4, -12.2],
                "three camps"
            ),
            "Japan loses more on what it keeps than on what it sells: 2.5 to $12.2bn against 1.3 to $6.1bn"
        );
        assert_eq!(
            title("Japan", &[6.1], &[-2.5], "one camp"),
            "Japan loses more on what it sells than on what it keeps: $6.1bn against $2.5bn"
        );
        assert_eq!(
            title("Japan", &[1.3, 7.0], &[-2.5, -5.4], "two camps"),
            "Japan sells 1.3 to $7.0bn too low"
        );
        assert_eq!(
            title("Japan", &[1.3, 0.0], &[-2.5, -5.4], "two camps"),
            "Japan’s account, two camps"
        );
        assert_eq!(
            title("Japan", &[], &[], "three camps"),
            "Japan’s account, three camps"
        );
    }
}
