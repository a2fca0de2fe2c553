//! The page of a valuation.
use super::CardHead;
use brandish_card::Card;
/// Page.
#[must_use]
pub fn card_html(_card: &Card, _head: &CardHead) -> String {
    String::new()
}
