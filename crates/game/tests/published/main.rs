//! Games whose solutions are known by hand or from the literature.
