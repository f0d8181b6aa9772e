//! The grammar of each primitive type of FHIR R4, as hand-written checks
//! (<https://hl7.org/fhir/R4/datatypes.html#primitive>).
//!
//! The specification gives regular expressions; these checks accept the same language, and a real calendar on top
//! (the 30th of February matches the published expression, but is no date).

mod date_time;
mod number;
mod text;
mod uri;

pub use text::{mark, marks};

use kap_json::Kind;

/// A primitive type of FHIR R4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the FHIR type of that name")]
pub enum Primitive {
    Base64Binary,
    Boolean,
    Canonical,
    Code,
    Date,
    DateTime,
    Decimal,
    Id,
    Instant,
    Integer,
    Markdown,
    Oid,
    PositiveInt,
    String,
    Time,
    UnsignedInt,
    Uri,
    Url,
    Uuid,
    Xhtml,
}

impl Primitive {
    /// Every primitive type, in the order of their FHIR names.
    pub const ALL: [Primitive; 20] = [
        Primitive::Base64Binary,
        Primitive::Boolean,
        Primitive::Canonical,
        Primitive::Code,
        Primitive::Date,
        Primitive::DateTime,
        Primitive::Decimal,
        Primitive::Id,
        Primitive::Instant,
        Primitive::Integer,
        Primitive::Markdown,
        Primitive::Oid,
        Primitive::PositiveInt,
        Primitive::String,
        Primitive::Time,
        Primitive::UnsignedInt,
        Primitive::Uri,
        Primitive::Url,
        Primitive::Uuid,
        Primitive::Xhtml,
    ];

    /// The FHIR name of the type, for example `positiveInt`.
    pub fn name(self) -> &'static str {
        match self {
            Primitive::Base64Binary => "base64Binary",
            Primitive::Boolean => "boolean",
            Primitive::Canonical => "canonical",
            Primitive::Code => "code",
            Primitive::Date => "date",
            Primitive::DateTime => "dateTime",
            Primitive::Decimal => "decimal",
            Primitive::Id => "id",
            Primitive::Instant => "instant",
            Primitive::Integer => "integer",
            Primitive::Markdown => "markdown",
            Primitive::Oid => "oid",
            Primitive::PositiveInt => "positiveInt",
            Primitive::String => "string",
            Primitive::Time => "time",
            Primitive::UnsignedInt => "unsignedInt",
            Primitive::Uri => "uri",
            Primitive::Url => "url",
            Primitive::Uuid => "uuid",
            Primitive::Xhtml => "xhtml",
        }
    }

    /// The type of that FHIR name.
    pub fn from_name(name: &str) -> Option<Primitive> {
        Primitive::ALL.into_iter().find(|primitive| primitive.name() == name)
    }

    /// The JSON shape that carries the type (<https://hl7.org/fhir/R4/json.html#primitive>).
    pub fn json_kind(self) -> Kind {
        match self {
            Primitive::Boolean => Kind::Bool,
            Primitive::Decimal | Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => Kind::Number,
            _ => Kind::String,
        }
    }

    /// Whether `text` is a value of the type. Numbers are judged by their lexeme as written in JSON, booleans by
    /// `true` and `false`. The error says what the type asks for, without repeating the value.
    pub fn check(self, text: &str) -> Result<(), &'static str> {
        match self {
            Primitive::Base64Binary => text::base64(text),
            Primitive::Boolean => number::boolean(text),
            Primitive::Canonical | Primitive::Uri | Primitive::Url => uri::uri(text),
            Primitive::Code => text::code(text),
            Primitive::Date => date_time::date(text),
            Primitive::DateTime => date_time::date_time(text),
            Primitive::Decimal => number::decimal(text),
            Primitive::Id => text::id(text),
            Primitive::Instant => date_time::instant(text),
            Primitive::Integer => number::integer(text),
            Primitive::Markdown | Primitive::String | Primitive::Xhtml => text::string(text),
            Primitive::Oid => uri::oid(text),
            Primitive::PositiveInt => number::positive_int(text),
            Primitive::Time => date_time::time(text),
            Primitive::UnsignedInt => number::unsigned_int(text),
            Primitive::Uuid => uri::uuid(text),
        }
    }
}
