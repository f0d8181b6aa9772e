//! The smallest parts of a record: texts with a grammar, dates and times, numbers as written, quantities with their unit.

mod date;
mod number;
mod quantity;
mod text;

pub(crate) use date::{is_date, is_instant, is_moment, is_partial_date};

pub use date::{Date, Instant, InstantPeriod, Moment, PartialDate, Period};
pub use number::{Count, Decimal, Grade, ItemNumber, MinutesFromDose, Rating, Version};
pub use quantity::{
    Celsius, Centimeter, Kilogram, KilogramPerSquareMeter, Milligram, MilligramPerKilogram, Milliliter,
    MillimeterOfMercury, Minute, PerMinute, Percent, Quantity, Unit,
};
pub use text::{Identifier, Key, LanguageTag, Line, Npi, SharedText, TimeZoneName, UcumCode, Uri};
