//! Instruments: which there are, what their scores mean, how the four that we score are scored. No instrument's wording is in here.

mod code;
mod definition;

pub use code::{InstrumentCode, ScoreCode};
pub use definition::{Direction, InstrumentDefinition, LicenceTier, ScoreDefinition};
