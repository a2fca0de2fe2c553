//! Prices of currencies: "3.75 to the dollar", "85.8 rupees per dollar", "4.24 to the euro".
//!
//! A number before "per", "to" or "against" a currency is a price of that currency. It is a price in yen if yen are written
//! beside it or are the currency named last before it; without any currency named before it, it counts as yen between 70 and 400
//! to the dollar, where the yen has stood and few others do. Everything else keeps its own unit and is compared with no yen.

use crate::text::{Page, low_is};

/// The words that say what a number is the price of.
pub(crate) struct Price {
    /// Last token.
    pub(crate) last: usize,
    /// The currency word between number and preposition, if any.
    pub(crate) currency: Option<usize>,
    /// Of a US dollar.
    pub(crate) dollar: bool,
}

/// Tokens that are looked back over for the currency that a price is in.
const BACK: usize = 120;

/// "Per dollar", "yen to the U.S. dollar" behind a number that ends with a token.
pub(crate) fn price(page: &Page<'_>, number: usize) -> Option<Price> {
    let mut at = number + 1;
    let currency = money(page.low(at)).is_some().then_some(at);
    if currency.is_some() {
        at += 1;
    }
    if !low_is!(page, at, "per" | "to" | "against" | "a") {
        return None;
    }
    let bare = low_is!(page, at, "a");
    at += 1;
    if low_is!(page, at, "the") {
        at += 1;
    }
    let american = low_is!(page, at, "u.s." | "us" | "american");
    if american {
        at += 1;
    }
    match page.low(at) {
        "dollar" | "greenback" => {}
        // "4 percent to the pound" is none, "1.17 to the pound" is.
        "euro" | "pound" | "franc" if !bare && !american => {
            return Some(Price {
                last: at,
                currency,
                dollar: false,
            });
        }
        _ => return None,
    }
    (!bare || currency.is_some()).then_some(Price {
        last: at,
        currency,
        dollar: true,
    })
}

/// Currency words that name what a price is in; the dollar is what is priced.
pub(crate) fn money(word: &str) -> Option<bool> {
    Some(match word {
        "yen" => true,
        "won" | "rupee" | "rupees" | "yuan" | "renminbi" | "franc" | "francs" | "lira"
        | "liras" | "peso" | "pesos" | "real" | "reais" | "rand" | "baht" | "ringgit"
        | "rupiah" | "krona" | "krone" | "kronor" | "kroner" | "crown" | "crowns" | "zloty"
        | "forint" | "koruna" | "shekel" | "shekels" | "ruble" | "rouble" | "rubles"
        | "roubles" | "riyal" | "riyals" | "dirham" | "dirhams" | "dinar" | "naira" | "dong"
        | "hryvnia" | "tenge" | "taka" | "sterling" | "pound" | "euro" | "euros" => false,
        _ => return None,
    })
}

/// Whether a price of the dollar is one in yen.
pub(crate) fn yen(page: &Page<'_>, at: usize, beside: Option<usize>, value: f64) -> bool {
    if !(50.0..400.0).contains(&value) {
        return false;
    }
    if let Some(beside) = beside {
        return low_is!(page, beside, "yen");
    }
    let from = at.saturating_sub(BACK);
    let named = (from..at).rev().find_map(|t| {
        // "The Taiwan dollar", "the local dollar": a dollar of somebody else's is priced.
        let other = low_is!(page, t, "dollar")
            && t > from
            && low_is!(
                page,
                t - 1,
                "taiwan" | "kong" | "local" | "singapore" | "canadian" | "australian" | "zealand"
            );
        if other {
            Some(false)
        } else {
            money(page.low(t))
        }
    });
    named.unwrap_or((70.0..400.0).contains(&value))
}
