//! Clock and randomness: made here, handed to everything that needs them.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::anyhow;
use kap_client::{Clock, Owner, Random, Timestamp};
use uuid::Uuid;

/// The wall clock of this machine.
struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The operating system's randomness.
struct SystemRandom;

impl Random for SystemRandom {
    fn fraction(&self) -> f64 {
        // Without randomness the jitter is half of its bound: later than necessary, never wrong.
        getrandom::u32().map_or(0.5, |number| f64::from(number) / (f64::from(u32::MAX) + 1.0))
    }
}

pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(WallClock)
}

pub(crate) fn random() -> Arc<dyn Random> {
    Arc::new(SystemRandom)
}

/// A UUID that nobody can guess.
pub(crate) fn random_uuid() -> anyhow::Result<Uuid> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|fault| anyhow!("the operating system gives no randomness: {fault}"))?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// The name of this process in leases.
pub(crate) fn owner() -> anyhow::Result<Owner> {
    Ok(Owner::this_process(&random_uuid()?.to_string()))
}

/// Now, in whole seconds, as an [instant](https://hl7.org/fhir/R4/datatypes.html#instant).
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
