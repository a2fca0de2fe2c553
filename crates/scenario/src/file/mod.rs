//! The scenario file: TOML as written, then a checked `Scenario`.
//!
//! `ScenarioFile::parse` reads the syntax and keeps every key and value with its place. `ScenarioFile::check` walks
//! that tree by one table of keys (`schema`), reports all mistakes at once and returns typed values. The same
//! table writes the JSON Schema, and `canonical` prints a checked scenario back with every default resolved, so
//! what is accepted, what is documented and what is hashed cannot drift apart.

mod checked;

pub use checked::{
    Assumptions, BUCKET_CENTERS_YEARS, BucketShares, CampName, Cap, CapacityRelief, Conversion,
    Currency, DealerPolicy, DefinedHolder, FedRule, HolderName, Known, Lot, Mix, Portfolio,
    Probability, Proceeds, Profile, SHARE_TOLERANCE, Sale, SaleOrigin, Scenario, ScenarioName,
    Share, Threat, ThreatTiming, TreasuryPolicy,
};
