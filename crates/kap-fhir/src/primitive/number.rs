//! boolean, integer, unsignedInt, positiveInt and decimal (<https://hl7.org/fhir/R4/datatypes.html#integer>).

const INTEGER: &str =
    "must be a whole number between -2147483648 and 2147483647, without fraction, exponent or leading zero";
const UNSIGNED: &str = "must be a whole number between 0 and 2147483647, without fraction, exponent or leading zero";
const POSITIVE: &str = "must be a whole number between 1 and 2147483647, without fraction, exponent or leading zero";
const DECIMAL: &str = "must be a decimal number such as `0.50`, without leading zero or plus sign";

pub(super) fn boolean(text: &str) -> Result<(), &'static str> {
    match text {
        "true" | "false" => Ok(()),
        _ => Err("must be `true` or `false`"),
    }
}

pub(super) fn integer(text: &str) -> Result<(), &'static str> {
    whole(text).map(|_| ()).ok_or(INTEGER)
}

pub(super) fn unsigned_int(text: &str) -> Result<(), &'static str> {
    whole(text).filter(|value| *value >= 0).map(|_| ()).ok_or(UNSIGNED)
}

pub(super) fn positive_int(text: &str) -> Result<(), &'static str> {
    whole(text).filter(|value| *value >= 1).map(|_| ()).ok_or(POSITIVE)
}

/// `-?(0|[1-9][0-9]*)` within 32 bits.
fn whole(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let plain = matches!(digits, [b'0'] | [b'1'..=b'9', ..]) && digits.iter().all(u8::is_ascii_digit);
    if plain { text.parse().ok() } else { None }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
pub(super) fn decimal(text: &str) -> Result<(), &'static str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (integer, fraction) = match mantissa.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let leading = integer == "0" || !integer.starts_with('0');
    let well_formed = leading && digits(integer) && fraction.is_none_or(digits) && exponent.is_none_or(digits);
    if well_formed { Ok(()) } else { Err(DECIMAL) }
}
