//! Synthetic KAP records from a seed: the same seed gives the same record, on every machine.
//!
//! ```
//! let record = kap_synth::record(7);
//! let reading = kap_record::read(record.to_string().as_bytes(), &kap_json::Limits::default());
//! assert!(reading.record.is_some());
//! ```
//!
//! What this crate does not do: it reads no real data and imitates nobody's. Its records are well-formed and varied, but no sample of any population.
//!
//! * [`record`]: a course made up from a seed
//! * [`under_new_identifiers`]: the same course again, as that of somebody else
//! * [`plant_canaries`]: a record whose withheld content can be recognised wherever it leaks

mod calendar;
mod canary;
mod course;
mod identifier;
mod random;

pub use canary::{Planted, plant_canaries};
pub use course::record;
pub use identifier::under_new_identifiers;
pub use random::Random;
