//! Where time and new ids come from: handed in, so that a test can fix both.

use std::fmt::Debug;

use jiff::Timestamp;

/// The two things a server takes from the world around it.
pub trait Environment: Debug + Send + Sync {
    /// The present moment; the sandbox keeps milliseconds of it.
    fn now(&self) -> Timestamp;

    /// A [legal](https://hl7.org/fhir/R4/datatypes.html#id) logical id that this database has never seen.
    fn new_id(&self) -> String;
}

/// The real clock, and random UUIDs.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn new_id(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }
}
