//! Quantities: a value and its unit, always both. The unit of each place is fixed by its type, so that no mg is ever read as mL.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use super::Decimal;
use crate::define::Object;
use crate::write::{Write, write_member};

/// A unit of measure.
pub trait Unit {
    /// Its UCUM code. <https://ucum.org/ucum>
    const UCUM: &'static str;
    /// A value as it may occur.
    const EXAMPLE: f32;
    /// The name of the quantity's schema.
    const SCHEMA_NAME: &'static str;
}

macro_rules! units {
    ($($(#[$meta:meta])* $name:ident = $ucum:literal, example $example:literal;)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $name {}

            impl Unit for $name {
                const UCUM: &'static str = $ucum;
                const EXAMPLE: f32 = $example;
                const SCHEMA_NAME: &'static str = concat!("QuantityIn", stringify!($name));
            }
        )+
    };
}

units! {
    /// Milligram.
    Milligram = "mg", example 35.0;
    /// Milligram per kilogram of body weight.
    MilligramPerKilogram = "mg/kg", example 0.5;
    /// Milliliter.
    Milliliter = "mL", example 1.0;
    /// Minute.
    Minute = "min", example 40.0;
    /// Kilogram.
    Kilogram = "kg", example 70.0;
    /// Centimeter.
    Centimeter = "cm", example 168.0;
    /// Kilogram per square meter.
    KilogramPerSquareMeter = "kg/m2", example 24.8;
    /// Degree Celsius.
    Celsius = "Cel", example 36.6;
    /// Millimeter of mercury.
    MillimeterOfMercury = "mm[Hg]", example 120.0;
    /// Per minute.
    PerMinute = "/min", example 68.0;
    /// Percent.
    Percent = "%", example 98.0;
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
        let Written { value, unit } = Written::deserialize(Object(deserializer))?;
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
        let mut value = generator.subschema_for::<Decimal>();
        value.insert("description".to_owned(), "The number.".into());
        json_schema!({
            "description": format!("A value in {}, both parts written out.", U::UCUM),
            "type": "object",
            "properties": {
                "value": value,
                "unit": { "description": "The unit as a UCUM code.", "type": "string", "enum": [U::UCUM] },
            },
            "required": ["value", "unit"],
            "additionalProperties": false,
            "x-kap-unit": U::UCUM,
            "examples": [{ "value": U::EXAMPLE, "unit": U::UCUM }],
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
