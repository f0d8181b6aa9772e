//! Numbers: decimals kept as written, whole numbers within bounds.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Number, Value};

use crate::write::Write;

/// No clinical number of a record is larger.
const LARGEST: i64 = 1_000_000_000;

/// A decimal number that keeps its digits as written: `35.0` stays `35.0`, which says something about its precision.
#[derive(Clone, PartialEq, Eq)]
pub struct Decimal {
    lexeme: String,
    value: rust_decimal::Decimal,
}

impl Decimal {
    /// Takes a JSON number as written, if it lies within ±1,000,000,000.
    pub fn new(lexeme: &str) -> Option<Self> {
        let number = Number::from_str(lexeme).ok()?;
        let value = parse(number.as_str())?;
        (value.abs() <= rust_decimal::Decimal::from(LARGEST)).then(|| Self {
            lexeme: lexeme.to_owned(),
            value,
        })
    }

    /// The number as written.
    pub fn as_written(&self) -> &str {
        &self.lexeme
    }

    /// The number for arithmetic.
    pub const fn value(&self) -> rust_decimal::Decimal {
        self.value
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        Self {
            lexeme: value.to_string(),
            value,
        }
    }
}

/// The value of a JSON number; what is too small to tell from zero is zero.
fn parse(lexeme: &str) -> Option<rust_decimal::Decimal> {
    let Some((mantissa, exponent)) = lexeme.split_once(['e', 'E']) else {
        return lexeme.parse().ok();
    };
    let mantissa: rust_decimal::Decimal = mantissa.parse().ok()?;
    if mantissa.is_zero() {
        return Some(mantissa);
    }
    let exponent: i32 = exponent
        .trim_start_matches('+')
        .parse()
        .unwrap_or(if exponent.starts_with('-') { -99 } else { 99 });
    let tenth = rust_decimal::Decimal::new(1, 1);
    let ten = rust_decimal::Decimal::from(10);
    let (steps, factor) = if exponent < 0 {
        (exponent.unsigned_abs().min(60), tenth)
    } else {
        (exponent.unsigned_abs().min(60), ten)
    };
    (0..steps).try_fold(mantissa, |value, _| value.checked_mul(factor))
}

/// Whether a JSON number is whole. Its value cannot tell: what is beyond 28 digits was rounded away.
fn is_whole(lexeme: &str) -> bool {
    let (mantissa, exponent) = lexeme.split_once(['e', 'E']).unwrap_or((lexeme, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    let is_zero = fraction.is_empty() && whole.trim_start_matches('-').len() == zeros;
    // An exponent too long for a number is certainly beyond all digits.
    let exponent: i64 = exponent
        .parse()
        .unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    let needed = if fraction.is_empty() {
        -i64::try_from(zeros).unwrap_or(i64::MAX)
    } else {
        i64::try_from(fraction.len()).unwrap_or(i64::MAX)
    };
    is_zero || exponent >= needed
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Decimal(‹hidden›)")
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        Self::new(number.as_str()).ok_or_else(|| de::Error::custom("number out of range"))
    }
}

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": -LARGEST, "maximum": LARGEST })
    }
}

impl Write for Decimal {
    fn write(&self) -> Option<Value> {
        Number::from_str(&self.lexeme).ok().map(Value::Number)
    }
}

/// Defines a whole number within bounds.
macro_rules! whole {
    ($(#[$meta:meta])* $name:ident: $type:ty, $least:literal ..= $most:literal, example $example:literal $(, unit $unit:literal)?) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($type);

        impl $name {
            /// Takes `value` if it lies within the bounds.
            pub fn new(value: $type) -> Option<Self> {
                ($least..=$most).contains(&value).then_some(Self(value))
            }

            /// The number.
            pub const fn get(self) -> $type {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(‹hidden›)"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // JSON Schema counts 3.0 as a whole number, and so must we.
                let number = Decimal::deserialize(deserializer)?;
                let whole = if is_whole(number.as_written()) { number.value().to_i64() } else { None };
                whole
                    .and_then(|whole| <$type>::try_from(whole).ok())
                    .and_then(Self::new)
                    .ok_or_else(|| de::Error::custom("not a whole number within the bounds"))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "integer",
                    "minimum": $least,
                    "maximum": $most,
                    "examples": [$example],
                    $("x-kap-unit": $unit,)?
                })
            }
        }

        impl Write for $name {
            fn write(&self) -> Option<Value> {
                Some(self.0.into())
            }
        }
    };
}

whole! {
    /// A count.
    Count: u32, 0..=1_000_000, example 3
}
whole! {
    /// The version of an entry: 1 when first recorded, higher with each change.
    Version: u32, 1..=1_000_000, example 1
}
whole! {
    /// Whole minutes from the start of the session's first administration; negative before it.
    MinutesFromDose: i32, -1_000_000..=1_000_000, example 40, unit "min"
}
whole! {
    /// A rating from 0 (not at all) to 10 (as much as possible).
    Rating: u8, 0..=10, example 7
}
whole! {
    /// A grade of the Common Terminology Criteria for Adverse Events, 1 (mild) to 5 (death).
    Grade: u8, 1..=5, example 2
}
whole! {
    /// The number of an item in its instrument, counted from 1.
    ItemNumber: u8, 1..=99, example 9
}
