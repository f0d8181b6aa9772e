//! Texts with a grammar. Each type accepts exactly what the `pattern` of its schema accepts.

use crate::define::object;

/// Defines a text type: its schema's pattern, its longest length in characters, and the same rule as a function.
macro_rules! text {
    ($(#[$meta:meta])* $name:ident, max $max:literal, pattern $pattern:expr, $(format $format:literal,)? example $example:literal, check $check:path) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes `text` if it follows the grammar of this type.
            pub fn new(text: impl Into<String>) -> Option<Self> {
                let text = text.into();
                (text.chars().count() <= $max && $check(&text)).then_some(Self(text))
            }

            /// The text as it stands in the record.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(‹hidden›)"))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(String::deserialize(deserializer)?)
                    .ok_or_else(|| serde::de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "maxLength": $max,
                    "pattern": $pattern,
                    $("format": $format,)?
                    "examples": [$example],
                })
            }
        }

        impl crate::write::Write for $name {
            fn write(&self) -> Option<serde_json::Value> {
                Some(self.0.clone().into())
            }
        }
    };
}
pub(crate) use text;

text! {
    /// The source system's own id of an object. It never changes, is never sent, and every identifier of the mapped resources derives from it.
    Key, max 128, pattern "^[!-~]+$", example "session-3", check is_visible_ascii
}
text! {
    /// A short text on one line, such as a name or a lot number.
    Line, max 250, pattern r"^[^\u0000-\u001f\s]([^\u0000-\u001f]*[^\u0000-\u001f\s])?$", example "Willow Grove Clinic", check is_line
}
text! {
    /// Free text written to be shared, on any number of lines. It leaves the clinic as it stands: name no third party in it.
    /// Of control characters it has those that FHIR carries: <https://hl7.org/fhir/R4/datatypes.html#string>
    SharedText, max 20000, pattern r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*[^\u0000-\u001f\s][^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$", example "Walk outdoors for half an hour on five days a week", check is_shared_text
}
text! {
    /// An absolute URI. <https://hl7.org/fhir/R4/datatypes.html#uri>
    Uri, max 1000, pattern "^[a-z][a-z0-9+.-]*:[!-~]+$", example "http://hl7.org/fhir/sid/us-npi", check is_uri
}
text! {
    /// A national provider identifier of the USA: ten digits, the last one a check digit.
    Npi, max 10, pattern "^[0-9]{10}$", example "1234567893", check is_npi
}
text! {
    /// The name of a time zone in the IANA database.
    TimeZoneName, max 64, pattern "^[A-Za-z][A-Za-z0-9_+/-]*$", example "America/Los_Angeles", check is_zone_name
}
text! {
    /// A language tag. <https://www.rfc-editor.org/info/bcp47>
    LanguageTag, max 35, pattern "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", example "en-US", check is_language_tag
}
text! {
    /// A unit in UCUM's case-sensitive codes. <https://ucum.org/ucum>
    UcumCode, max 40, pattern "^[!-~]+$", example "U/L", check is_visible_ascii
}

object! {
    /// A business identifier: one that people or other systems use. <https://hl7.org/fhir/R4/datatypes.html#Identifier>
    pub struct Identifier {
        /// Whose identifier it is, as a URI.
        pub system: Uri,
        /// The identifier itself.
        pub value: Line,
    }
}

fn is_visible_ascii(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_line(text: &str) -> bool {
    let edge = |letter: Option<char>| letter.is_some_and(|letter| !is_space(letter));
    text.chars().all(|letter| letter > '\u{1f}') && edge(text.chars().next()) && edge(text.chars().next_back())
}

fn is_shared_text(text: &str) -> bool {
    text.chars()
        .all(|letter| letter > '\u{1f}' || "\t\n\r".contains(letter))
        && text.chars().any(|letter| !is_space(letter))
}

/// What `\s` matches in a schema's pattern: Unicode's white space and the byte order mark.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{85}' || letter == '\u{feff}'
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|letter: char| letter.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+.-".contains(&byte))
        && is_visible_ascii(rest)
}

fn is_npi(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zone_name(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_+/-".contains(&byte))
}

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Npi {
    /// Whether the last digit is the Luhn check digit over 80840 and the first nine digits (45 CFR 162.406).
    pub fn check_digit_is_right(&self) -> bool {
        // The prefix 80840 adds 24 to the sum of the ten digits.
        let sum: u32 = self
            .0
            .bytes()
            .rev()
            .enumerate()
            .map(|(at, digit)| luhn(at, u32::from(digit - b'0')))
            .sum();
        (sum + 24).is_multiple_of(10)
    }
}

/// What a digit adds to a Luhn sum; positions count from the right, the check digit being 0.
fn luhn(position: usize, digit: u32) -> u32 {
    match (position % 2, digit * 2) {
        (0, _) => digit,
        (_, doubled @ 10..) => doubled - 9,
        (_, doubled) => doubled,
    }
}
