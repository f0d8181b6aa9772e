//! Sensitivity in the type: a plain field is shareable, [`Restricted`] leaves by an explicit release, [`Withheld`] never leaves.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::write::Write;

/// The member of the schema that states a field's sensitivity. It covers everything below the field.
pub const SENSITIVITY_MEMBER: &str = "x-kap-sensitivity";

/// Who may learn the content of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sensitivity {
    /// May leave the clinic under its consents.
    Shareable,
    /// Leaves only if the clinic's policy says so, or if the clinician put it into the treatment plan.
    Restricted,
    /// Stays in the clinic whatever anybody says.
    NeverLeaves,
}

impl Sensitivity {
    /// The word used in the schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shareable => "shareable",
            Self::Restricted => "restricted",
            Self::NeverLeaves => "never-leaves",
        }
    }
}

/// Why a restricted value may be read. Making one is the release: search for it to find every place where restricted content leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    /// The clinic's policy releases this kind of content.
    ClinicPolicy,
    /// The clinician put it into the treatment plan.
    TreatmentPlan,
}

/// A value that leaves only through [`Restricted::release`].
#[derive(Clone, PartialEq, Eq)]
pub struct Restricted<T>(T);

impl<T> Restricted<T> {
    /// Restricts `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Reads the value, stating why that is allowed.
    pub const fn release(&self, _permit: Permit) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Restricted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("‹restricted›")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Restricted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for Restricted<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Restricted{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        marked::<T>(generator, Sensitivity::Restricted)
    }
}

impl<T: Write> Write for Restricted<T> {
    fn write(&self) -> Option<Value> {
        self.0.write()
    }
}

/// Text, or a whole object, that never leaves: it can be put in, but there is no way to get it out except for this crate's writer.
///
/// It has no `Display`, `Deref`, `AsRef`, `Into` or `Serialize`; compile-fail tests hold that.
#[derive(Clone, PartialEq, Eq)]
pub struct Withheld<T = String>(T);

impl<T> Withheld<T> {
    /// Withholds `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// For the rules of this crate, which report places and never values.
    pub(crate) const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Withheld<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("‹withheld›")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Withheld<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for Withheld<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Withheld{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        marked::<T>(generator, Sensitivity::NeverLeaves)
    }
}

impl<T: Write> Write for Withheld<T> {
    fn write(&self) -> Option<Value> {
        self.0.write()
    }
}

fn marked<T: JsonSchema>(generator: &mut SchemaGenerator, sensitivity: Sensitivity) -> Schema {
    let mut schema = generator.subschema_for::<T>();
    schema.insert(SENSITIVITY_MEMBER.to_owned(), sensitivity.as_str().into());
    schema
}
