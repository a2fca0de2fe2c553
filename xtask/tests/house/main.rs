//! The rules of the house, checked by a machine.
//!
//! ARCHITECTURE.md says who may know whom and how files look; INVARIANTS.md says which promises a test keeps.
//! This test reads the repository as text (manifests, sources, parameters, metadata, documents) and refuses what breaks
//! those rules. It runs nothing of brandish itself. Every check collects all its findings before it fails, so one
//! run shows everything there is to repair.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper may fail loudly

mod documents;
mod files;
mod floors;
mod licenses;
mod sources;
mod tree;
