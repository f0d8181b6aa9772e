//! What a search parameter is: a name, a kind and the elements it looks at.

/// A search parameter of one resource type.
#[derive(Debug)]
pub(crate) struct SearchParameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Where the values stand, as element names joined by dots; arrays on the way are walked through.
    pub(crate) paths: &'static [&'static str],
}

/// How values are indexed and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Identifier, CodeableConcept, Coding, code or boolean, searched as `system|value`.
    Token,
    /// A reference to any type.
    Reference,
    /// A reference of which only those to a Patient count.
    PatientReference,
    /// date, dateTime, instant or Period, compared as ranges of time.
    Date,
    /// An uri, compared as a whole.
    Uri,
}

impl Kind {
    /// The code of [search-param-type](https://hl7.org/fhir/R4/valueset-search-param-type.html).
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Reference | Self::PatientReference => "reference",
            Self::Date => "date",
            Self::Uri => "uri",
        }
    }
}

pub(crate) const fn token(name: &'static str, paths: &'static [&'static str]) -> SearchParameter {
    SearchParameter {
        name,
        kind: Kind::Token,
        paths,
    }
}

pub(crate) const fn reference(name: &'static str, paths: &'static [&'static str]) -> SearchParameter {
    SearchParameter {
        name,
        kind: Kind::Reference,
        paths,
    }
}

/// The parameter `patient`, which most types have beside `subject`.
pub(crate) const fn patient(paths: &'static [&'static str]) -> SearchParameter {
    SearchParameter {
        name: "patient",
        kind: Kind::PatientReference,
        paths,
    }
}

pub(crate) const fn date(name: &'static str, paths: &'static [&'static str]) -> SearchParameter {
    SearchParameter {
        name,
        kind: Kind::Date,
        paths,
    }
}

pub(crate) const fn uri(name: &'static str, paths: &'static [&'static str]) -> SearchParameter {
    SearchParameter {
        name,
        kind: Kind::Uri,
        paths,
    }
}
