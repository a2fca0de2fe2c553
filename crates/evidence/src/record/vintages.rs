//! What the vintages of a table hold beside the first: long-term flows alone, and whether any of them bears a number out.
//!
//! Before 2020 the flows table has the long-term part alone; since then it has both, and a text that speaks of longer-dated
//! securities is held against that part. A level whose first vintage is not at hand is borne out by any that is.

use brandish_data::Month;

use super::holders::Monthly;
use super::{Figure, Record};

const LONG_FLOWS: Monthly = Monthly {
    table: "tic_flows",
    column: "net_long_term_usd_mn",
    series: "tic",
};

impl Record<'_> {
    /// Whether a vintage of a month's level is as asked.
    pub(crate) fn in_a_vintage(
        &self,
        holder: &str,
        month: Month,
        fits: impl Fn(f64) -> bool,
    ) -> bool {
        let level = self.levels(holder).iter().find(|l| l.month == month);
        level.is_some_and(|l| fits(l.usd_bn) || fits(l.newest_usd_bn))
    }

    /// Net purchases of the long-term part by month.
    pub(crate) fn long_flows(&self, holder: &str) -> &[Figure] {
        self.of(holder).map_or(&[], |of| {
            of.long_flows
                .get_or_init(|| self.monthly(&LONG_FLOWS, holder).unwrap_or_default())
        })
    }
}
