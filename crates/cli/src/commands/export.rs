//! t
//! t
//! t
use crate::args::ExportArgs;
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;
/// t
pub fn export(_: Terminal, _: &ExportArgs) -> Result<Ending, Failure> { Err(Failure::usage("x")) }
