//! Decimal numbers as FHIR has them: exact, with the precision they were written with
//! (<https://hl7.org/fhir/R4/datatypes.html#decimal>).

use std::cmp::Ordering;
use std::fmt;

/// Most digits after the decimal point. All products and comparisons of remainders then fit into 128 bits.
pub const MAX_SCALE: u32 = 38;

/// Digits after the point that a division yields where it does not end earlier.
const DIVISION_SCALE: u32 = 28;

/// A decimal number: an integer of 128 bits over a power of ten. `1.50` and `1.5` are equal, but print as written.
///
/// Every operation that could leave the range answers `None`; nothing panics and nothing is rounded unasked, except
/// quotients, which keep 28 digits after the point.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { mantissa: 0, scale: 0 };
    /// One.
    pub const ONE: Decimal = Decimal { mantissa: 1, scale: 0 };

    /// `mantissa / 10^scale`.
    pub fn new(mantissa: i128, scale: u32) -> Option<Decimal> {
        (scale <= MAX_SCALE).then_some(Decimal { mantissa, scale })
    }

    /// Reads `-?digits(.digits)?([eE][+-]?digits)?`; a leading `+` is refused, as FHIR does.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, digits),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if integer.is_empty() || (fraction.is_empty() && digits.contains('.')) {
            return None;
        }
        let mut mantissa: i128 = 0;
        for byte in integer.bytes().chain(fraction.bytes()) {
            let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        let mantissa = if negative { -mantissa } else { mantissa };
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        match u32::try_from(scale) {
            Ok(scale) => Decimal::new(mantissa, scale),
            Err(_) => Decimal::new(mantissa.checked_mul(power_of_ten(scale.unsigned_abs())?)?, 0),
        }
    }

    /// The number nearest to `value`, or `None` where it is infinite, no number or out of range.
    pub fn from_f64(value: f64) -> Option<Decimal> {
        if !value.is_finite() {
            return None;
        }
        // Sixteen digits are all that a double tells for sure.
        let text = format!("{value:.15e}");
        Decimal::parse(&text).map(Decimal::normalized)
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The digits as an integer.
    pub fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u32 {
        self.scale
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.trunc().cmp(&self) == Ordering::Equal
    }

    /// The same number with the sign turned.
    #[must_use]
    pub fn negated(self) -> Decimal {
        Decimal {
            mantissa: self.mantissa.checked_neg().unwrap_or(i128::MAX),
            ..self
        }
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(self) -> Decimal {
        if self.is_negative() { self.negated() } else { self }
    }

    /// Without trailing zeros after the point.
    #[must_use]
    pub fn normalized(self) -> Decimal {
        let Decimal {
            mut mantissa,
            mut scale,
        } = self;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Decimal { mantissa, scale }
    }

    /// The same number with exactly `scale` digits after the point; `None` where digits would be lost or do not fit.
    pub fn with_scale(self, scale: u32) -> Option<Decimal> {
        if scale < self.scale {
            let divisor = power_of_ten(self.scale - scale)?;
            return (self.mantissa % divisor == 0)
                .then_some(())
                .and_then(|()| Decimal::new(self.mantissa / divisor, scale));
        }
        let factor = power_of_ten(scale - self.scale)?;
        Decimal::new(self.mantissa.checked_mul(factor)?, scale)
    }

    /// The sum.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let (left, right) = self.aligned(other)?;
        Decimal::new(left.mantissa.checked_add(right.mantissa)?, left.scale)
    }

    /// The difference.
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        self.checked_add(other.negated())
    }

    /// The product.
    pub fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        let exact = |left: Decimal, right: Decimal| {
            Decimal::new(left.mantissa.checked_mul(right.mantissa)?, left.scale + right.scale)
        };
        exact(self, other).or_else(|| exact(self.normalized(), other.normalized()))
    }

    /// The quotient: exact where it ends within 28 digits after the point, otherwise rounded there.
    pub fn checked_div(self, other: Decimal) -> Option<Decimal> {
        if other.is_zero() {
            return None;
        }
        let (left, right) = (self.normalized(), other.normalized());
        let negative = left.is_negative() != right.is_negative();
        let (dividend, divisor) = (left.mantissa.unsigned_abs(), right.mantissa.unsigned_abs());
        let mut quotient = dividend / divisor;
        let mut rest = dividend % divisor;
        // The quotient so far is of the mantissas; the scales are put right at the end.
        let mut digits: i64 = 0;
        let wanted = i64::from(DIVISION_SCALE) + i64::from(right.scale) - i64::from(left.scale);
        while rest != 0 && digits < wanted.max(0) {
            let (Some(next), Some(shifted)) = (rest.checked_mul(10), quotient.checked_mul(10)) else {
                break;
            };
            let Some(sum) = shifted
                .checked_add(next / divisor)
                .filter(|sum| i128::try_from(*sum).is_ok())
            else {
                break;
            };
            quotient = sum;
            rest = next % divisor;
            digits += 1;
        }
        if rest >= divisor - rest {
            quotient = quotient.checked_add(1)?;
        }
        let mantissa = i128::try_from(quotient).ok()?;
        let mantissa = if negative { -mantissa } else { mantissa };
        let scale = digits + i64::from(left.scale) - i64::from(right.scale);
        let quotient = if let Ok(scale) = u32::try_from(scale) {
            Decimal::new(mantissa, scale).or_else(|| Decimal { mantissa, scale }.fitted())
        } else {
            let factor = power_of_ten(u32::try_from(scale.unsigned_abs()).ok()?)?;
            Decimal::new(mantissa.checked_mul(factor)?, 0)
        };
        quotient.map(Decimal::normalized)
    }

    /// The remainder of a truncated division, with the sign of `self`.
    pub fn checked_rem(self, other: Decimal) -> Option<Decimal> {
        let (left, right) = self.aligned(other)?;
        Decimal::new(left.mantissa.checked_rem(right.mantissa)?, left.scale)
    }

    /// Without its fraction.
    #[must_use]
    pub fn trunc(self) -> Decimal {
        self.truncated_to(0)
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Decimal {
        let whole = self.trunc();
        if self.is_negative() && whole != self {
            return Decimal {
                mantissa: whole.mantissa - 1,
                scale: 0,
            };
        }
        whole
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(self) -> Decimal {
        self.negated().floor().negated()
    }

    /// Cut after `digits` digits after the point.
    #[must_use]
    pub fn truncated_to(self, digits: u32) -> Decimal {
        if digits >= self.scale {
            return self;
        }
        match power_of_ten(self.scale - digits) {
            Some(divisor) => Decimal {
                mantissa: self.mantissa / divisor,
                scale: digits,
            },
            None => Decimal {
                mantissa: 0,
                scale: digits,
            },
        }
    }

    /// Rounded to `digits` digits after the point, halves away from zero.
    #[must_use]
    pub fn rounded_to(self, digits: u32) -> Decimal {
        let cut = self.truncated_to(digits);
        let Some(next) = (digits < self.scale).then(|| self.truncated_to(digits + 1).mantissa % 10) else {
            return self;
        };
        let step = match next {
            5..=9 => 1,
            -9..=-5 => -1,
            _ => 0,
        };
        Decimal {
            mantissa: cut.mantissa + step,
            scale: digits,
        }
    }

    /// The integer, if it has no fraction and fits.
    pub fn to_i64(self) -> Option<i64> {
        let whole = self.normalized();
        (whole.scale == 0).then(|| i64::try_from(whole.mantissa).ok()).flatten()
    }

    /// Both with the larger of the two scales.
    fn aligned(self, other: Decimal) -> Option<(Decimal, Decimal)> {
        let pair = |left: Decimal, right: Decimal| {
            let scale = left.scale.max(right.scale);
            Some((left.with_scale(scale)?, right.with_scale(scale)?))
        };
        pair(self, other).or_else(|| pair(self.normalized(), other.normalized()))
    }

    fn fitted(self) -> Option<Decimal> {
        let cut = self.rounded_to(MAX_SCALE);
        Decimal::new(cut.mantissa, cut.scale)
    }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Decimal {
        Decimal {
            mantissa: i128::from(value),
            scale: 0,
        }
    }
}

impl Ord for Decimal {
    /// By value: `1.0` and `1.00` are equal.
    fn cmp(&self, other: &Decimal) -> Ordering {
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        let parts = |number: &Decimal| {
            let one = power_of_ten(number.scale).unwrap_or(i128::MAX);
            (number.mantissa / one, number.mantissa % one)
        };
        let ((left, left_rest), (right, right_rest)) = (parts(self), parts(other));
        left.cmp(&right).then_with(|| {
            // Remainders are below 10^scale, so bringing them to one scale stays below 10^38.
            let scale = self.scale.max(other.scale);
            let raise = |rest: i128, from: u32| rest * power_of_ten(scale - from).unwrap_or(1);
            raise(left_rest, self.scale).cmp(&raise(right_rest, other.scale))
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        let sign = if self.is_negative() { "-" } else { "" };
        if scale == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (integer, fraction) = digits.split_at(digits.len() - scale);
        write!(formatter, "{sign}{integer}.{fraction}")
    }
}
