//! t
//! t
//! t
use crate::args::SensitivityArgs;
use crate::exit::{Ending, Failure};
use crate::terminal::Terminal;
/// t
pub fn sensitivity(_: Terminal, _: &SensitivityArgs) -> Result<Ending, Failure> { Err(Failure::usage("x")) }
