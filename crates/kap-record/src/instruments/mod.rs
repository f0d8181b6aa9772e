//! Instruments: which there are, what their scores mean, how the four that we score are scored. No instrument's wording is in here.

mod band;
mod code;
mod definition;
mod scoring;
mod table;

pub use band::{Band, audit_c_is_positive, band, pcl5_meets_symptom_rule};
pub use code::{InstrumentCode, ScoreCode};
pub use definition::{Direction, InstrumentDefinition, LicenceTier, ScoreDefinition};
pub use scoring::{Scored, ScoringMethod, score};
