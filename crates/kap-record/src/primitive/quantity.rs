//! Quantities: a value and its unit, always both. The unit of each place is fixed by its type, so that no mg is ever read as mL.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use super::Decimal;
use crate::write::{Write, write_member};

/// A unit of measure.
pub trait Unit {
    /// Its UCUM code. <https://ucum.org/ucum>
    const UCUM: &'static str;
    /// The name of the quantity's schema.
    const SCHEMA_NAME: &'static str;
}

macro_rules! units {
    ($($(#[$meta:meta])* $name:ident = $ucum:literal;)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $name {}

            impl Unit for $name {
                const UCUM: &'static str = $ucum;
                const SCHEMA_NAME: &'static str = concat!("QuantityIn", stringify!($name));
            }
        )+
    };
}

units! {
    /// Milligram.
    Milligram = "mg";
    /// Milligram per kilogram of body weight.
    MilligramPerKilogram = "mg/kg";
    /// Milliliter.
    Milliliter = "mL";
    /// Minute.
    Minute = "min";
    /// Kilogram.
    Kilogram = "kg";
    /// Centimeter.
    Centimeter = "cm";
    /// Kilogram per square meter.
    KilogramPerSquareMeter = "kg/m2";
    /// Degree Celsius.
    Celsius = "Cel";
    /// Millimeter of mercury.
    MillimeterOfMercury = "mm[Hg]";
    /// Per minute.
    PerMinute = "/min";
    /// Percent.
    Percent = "%";
}

/// A value in the unit `U`, written `{"value": 35, "unit": "mg"}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Quantity<U> {
    value: Decimal,
    unit: PhantomData<U>,
}

impl<U: Unit> Quantity<U> {
    /// The quantity `value` of this unit.
    pub const fn new(value: Decimal) -> Self {
        Self {
            value,
            unit: PhantomData,
        }
    }

    /// The number.
    pub const fn value(&self) -> &Decimal {
        &self.value
    }

    /// The UCUM code of the unit.
    pub const fn unit(&self) -> &'static str {
        U::UCUM
    }
}

impl<U> fmt::Debug for Quantity<U> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Quantity(‹hidden›)")
    }
}

impl<'de, U: Unit> Deserialize<'de> for Quantity<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            value: Decimal,
            unit: String,
        }
        let Written { value, unit } = Written::deserialize(deserializer)?;
        if unit == U::UCUM {
            Ok(Self::new(value))
        } else {
            Err(de::Error::custom("wrong unit"))
        }
    }
}

impl<U: Unit> JsonSchema for Quantity<U> {
    fn schema_name() -> Cow<'static, str> {
        U::SCHEMA_NAME.into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": format!("A value in {}, both parts written out.", U::UCUM),
            "type": "object",
            "properties": {
                "value": { "description": "The number.", "allOf": [generator.subschema_for::<Decimal>()] },
                "unit": { "description": "The unit as a UCUM code.", "type": "string", "enum": [U::UCUM] },
            },
            "required": ["value", "unit"],
            "additionalProperties": false,
            "x-kap-unit": U::UCUM,
        })
    }
}

impl<U: Unit> Write for Quantity<U> {
    fn write(&self) -> Option<Value> {
        let mut members = Map::new();
        write_member(&mut members, "value", &self.value);
        write_member(&mut members, "unit", &U::UCUM.to_owned());
        Some(Value::Object(members))
    }
}
