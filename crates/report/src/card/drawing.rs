//! Drawings of a valuation as SVG.
