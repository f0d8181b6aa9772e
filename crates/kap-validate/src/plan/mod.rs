//! The plan: compiled definitions, read in place from bytes.

pub(crate) mod code_system;
mod coverage;
pub(crate) mod division;
mod dump;
pub(crate) mod flags;
mod grammar;
mod implicit;
pub(crate) mod layout;
pub(crate) mod membership;
pub(crate) mod model;
pub(crate) mod rows;
pub(crate) mod set;
pub(crate) mod view;

use std::borrow::Cow;

pub(crate) use kap_fhir::version;

use crate::Error;
use layout::{FORMAT, Fault, Tables};

/// Definitions of one package, compiled by [`crate::compile()`].
#[derive(Clone)]
pub struct Plan {
    bytes: Cow<'static, [u8]>,
}

/// FHIR R4 with the current v3-ActCode, v3-ActReason and v3-Confidentiality; see `definitions/SOURCE.toml`.
static R4: Plan = Plan {
    bytes: Cow::Borrowed(include_bytes!("../../definitions/r4.plan")),
};

impl Plan {
    /// The plan of FHIR R4 that is part of this crate. Costs nothing: it is read where it lies.
    pub fn r4() -> &'static Plan {
        &R4
    }

    /// Takes over a plan that was compiled earlier. Plans of other programs, of other versions of this one, and damaged
    /// ones are refused.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Plan, Error> {
        let bytes = bytes.into();
        match Tables::open(&bytes, true) {
            Ok(_) => Ok(Plan { bytes }),
            Err(Fault::Foreign) => Err(Error::NotAPlan),
            Err(Fault::Format(found)) => Err(Error::PlanFormat {
                found,
                expected: FORMAT,
            }),
            Err(Fault::Damaged) => Err(Error::PlanDamaged),
        }
    }

    /// The bytes, for a cache.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Format and checksum. Plans that differ differ in them, as far as chance allows: it is no guard against malice.
    pub fn identity(&self) -> (u32, u64) {
        layout::identity(&self.bytes).unwrap_or_default()
    }

    /// The package, `name#version`.
    pub fn label(&self) -> String {
        let tables = self.tables();
        format!("{}#{}", tables.text(1.into()), tables.text(2.into()))
    }

    /// The tables. [`Plan::from_bytes`] has looked at the header of every other plan; a test looks at R4's.
    pub(crate) fn tables(&self) -> Tables<'_> {
        Tables::open(&self.bytes, false).unwrap_or_default()
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("package", &self.label())
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
