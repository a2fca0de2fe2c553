//! Official series as published: the snapshot, what was known when, and how good each number is.
//!
//! [`Snapshot::embedded`] is what the program carries (written by `cargo xtask snapshot`); [`Snapshot::from_dir`] is a store
//! on disk. Nearly everything is asked through [`Snapshot::known_on`]: a [`KnownOn`] gives only what had been published by
//! its as-of date. A number comes with a [`Provenance`]: table, day observed, release, [`Quality`], and whether the only
//! copy at hand is of a later [`Vintage`]. On 2025-05-01 that means TIC for February 2025 and the survey of June 2024.
//!
//! Where to look: [`par_yields`], [`rates`], [`index`] (curves and inflation); [`auctions`], [`securities`] (what is
//! outstanding on a day, rebuilt with flags); [`tic`], [`survey`], [`sectors`], [`fed`], [`dealers`] (who holds it);
//! [`holders`] (who bought and sold, month by month, with a verdict); [`japan`], [`fx`], [`events`], [`market_moves`];
//! [`budget`] (the budget office's baselines), [`government_accounts`]; [`identities`] (what must add up); [`status`] (what is in the snapshot, how old).
//!
//! Invariants: every number names its source; a blank stays a blank; a table whose bytes do not match their hash is not
//! used; an observation is invisible before its release; the same snapshot and day give the same answer everywhere.
//! The engine cannot see this crate.

pub mod auctions;
pub mod budget;
pub mod calendar;
pub mod dealers;
pub mod error;
pub mod events;
pub mod fed;
pub mod fx;
pub mod government_accounts;
pub mod holders;
pub mod identities;
pub mod index;
pub mod japan;
pub mod known;
pub mod market_moves;
pub mod month;
pub mod par_yields;
pub mod quality;
pub mod rates;
pub mod sectors;
pub mod securities;
pub mod status;
pub mod store;
pub mod survey;
pub mod tic;

pub use auctions::{Auction, BillIndex, Buyback};
pub use budget::{BudgetBaseline, BudgetYear};
pub use calendar::ReleaseCalendar;
pub use dealers::{DealerPositions, percentile_of};
pub use error::{DataError, NoObservation};
pub use events::{Quotation, SessionMoves, Sourcing, TimelineEvent};
pub use fed::{Custody, FedLiquidity, Soma, SomaBucket};
pub use government_accounts::{GovernmentAccounts, InAccounts};
pub use identities::{Identity, Verdict};
pub use index::TipsReference;
pub use japan::{FundMaturity, Intervention, InterventionSpan, JapanReserves};
pub use known::KnownOn;
pub use market_moves::{EpisodeWindow, MARKET_SERIES, MarketMoves};
pub use month::Month;
pub use par_yields::ParYields;
pub use quality::{Observed, Provenance, Quality, Release, ReleaseBasis, Vintage};
pub use rates::{Gsw, JgbYields, Percent, PolicyRates};
pub use sectors::{Sector, SectorHoldings};
pub use securities::{
    FrnSpread, OutstandingSecurity, SecurityKind, Statement, StatementRow, Universe, UniverseBase,
};
pub use status::SourceStatus;
pub use store::{Metadata, Snapshot};
pub use survey::{CountryType, MATURITY_CELLS, OfficialPrivateSplit, SurveyGroup, SurveyMaturity};
pub use tic::{FirstPublished, TicFlow, TicForm, TicHolding};
