//! The small numbers that rows carry.

/// Flags of a definition.
pub(crate) mod definition {
    pub(crate) const RESOURCE: u16 = 1;
    pub(crate) const PRIMITIVE: u16 = 1 << 1;
    pub(crate) const ABSTRACT: u16 = 1 << 2;
    /// It constrains a type rather than define one.
    pub(crate) const PROFILE: u16 = 1 << 3;
    /// It came as a differential: there is nothing to walk.
    pub(crate) const NO_SNAPSHOT: u16 = 1 << 4;
    /// Its snapshot was made here and lacks what was not at hand.
    pub(crate) const INCOMPLETE: u16 = 1 << 5;
}

/// Flags of an element.
pub(crate) mod element {
    /// Its JSON form is an array: the type that defines it allows more than one.
    pub(crate) const ARRAY: u16 = 1;
    /// It was written `name[x]`.
    pub(crate) const CHOICE: u16 = 1 << 1;
    pub(crate) const MODIFIER: u16 = 1 << 2;
    /// Its value must equal, not merely contain, the value given.
    pub(crate) const FIXED: u16 = 1 << 3;
    pub(crate) const MUST_SUPPORT: u16 = 1 << 4;
    /// It has a largest length, or a smallest or largest value.
    pub(crate) const LIMITED: u16 = 1 << 5;
    /// `sliceIsConstraining`: it narrows a slice that the base profile has.
    pub(crate) const CONSTRAINING: u16 = 1 << 6;
    /// It is the id of an element, not of a resource.
    pub(crate) const ID: u16 = 1 << 7;
    /// It has invariants that have to be evaluated, beyond those that other facets decide.
    pub(crate) const INVARIANTS: u16 = 1 << 8;
}

/// Kinds of contexts of an extension.
pub(crate) mod context {
    /// An element by its id, for example `Patient.contact`.
    pub(crate) const ELEMENT: u16 = 0;
    /// Whatever the FHIRPath selects, evaluated on the resource.
    pub(crate) const FHIRPATH: u16 = 1;
    /// Another extension by its URL, with `#` and a slice for one inside it.
    pub(crate) const EXTENSION: u16 = 2;
}

/// How a reference's target may be held.
pub(crate) mod aggregation {
    pub(crate) const CONTAINED: u16 = 1;
    pub(crate) const REFERENCED: u16 = 1 << 1;
    pub(crate) const BUNDLED: u16 = 1 << 2;
}

/// Whether a reference must name a version.
pub(crate) mod versioning {
    pub(crate) const EITHER: u16 = 0;
    pub(crate) const INDEPENDENT: u16 = 1;
    pub(crate) const SPECIFIC: u16 = 2;
}

/// What a type asks the walk to do.
pub(crate) mod type_kind {
    /// Has a definition to walk.
    pub(crate) const COMPLEX: u16 = 0;
    pub(crate) const PRIMITIVE: u16 = 1;
    /// Any resource: its own `resourceType` says which.
    pub(crate) const RESOURCE: u16 = 2;
    /// Children are listed in place (`BackboneElement`, `Element`), not under a type of their own.
    pub(crate) const INLINE: u16 = 3;
    /// Types with rules of their own.
    pub(crate) const EXTENSION: u16 = 4;
    pub(crate) const REFERENCE: u16 = 5;
    pub(crate) const NARRATIVE: u16 = 6;
    pub(crate) const IDENTIFIER: u16 = 7;
    pub(crate) const ATTACHMENT: u16 = 8;
    pub(crate) const META: u16 = 9;
}

/// Strength of a binding, as FHIR orders it.
pub(crate) mod strength {
    pub(crate) const REQUIRED: u16 = 0;
    pub(crate) const EXTENSIBLE: u16 = 1;
    pub(crate) const PREFERRED: u16 = 2;
    pub(crate) const EXAMPLE: u16 = 3;
}

/// Flags of a value set.
pub(crate) mod value_set {
    /// It has a definition; otherwise only its expansion tells.
    pub(crate) const DEFINED: u16 = 1;
    /// It leaves inactive codes out.
    pub(crate) const ONLY_ACTIVE: u16 = 1 << 1;
    /// It has an expansion.
    pub(crate) const EXPANDED: u16 = 1 << 2;
    /// The expansion was cut short: what is not in it may still belong.
    pub(crate) const EXPANSION_OPEN: u16 = 1 << 3;
    /// It stands in for one that no package has: see `definitions/SOURCE.toml`.
    pub(crate) const SUBSTITUTE: u16 = 1 << 4;
}

/// Kinds of parts of a value set.
pub(crate) mod part {
    /// The codes listed.
    pub(crate) const CODES: u16 = 0;
    /// All codes of a system, found by its URL in the loaded plans, or those that pass the filters.
    pub(crate) const SYSTEM: u16 = 1;
    /// Codes of any system: those of the value sets named.
    pub(crate) const VALUE_SETS: u16 = 2;
    /// All codes of a system that is a grammar, or those that pass the filters.
    pub(crate) const GRAMMAR: u16 = 3;
    /// Cannot be told.
    pub(crate) const OPEN: u16 = 4;
}

/// Kinds of resources that are kept as text.
pub(crate) mod resource {
    /// What a QuestionnaireResponse answers.
    pub(crate) const QUESTIONNAIRE: u16 = 0;
    /// What a MeasureReport reports on.
    pub(crate) const MEASURE: u16 = 1;
    /// What another SearchParameter derives from, and what a CapabilityStatement says a server can search by.
    pub(crate) const SEARCH_PARAMETER: u16 = 2;
}

/// Operators of filters (<https://hl7.org/fhir/R4/valueset-filter-operator.html>).
pub(crate) mod filter {
    pub(crate) const EQUALS: u16 = 0;
    pub(crate) const IS_A: u16 = 1;
    pub(crate) const DESCENDENT_OF: u16 = 2;
    pub(crate) const IS_NOT_A: u16 = 3;
    pub(crate) const REGEX: u16 = 4;
    pub(crate) const IN: u16 = 5;
    pub(crate) const NOT_IN: u16 = 6;
    pub(crate) const GENERALIZES: u16 = 7;
    pub(crate) const EXISTS: u16 = 8;
    /// One of a later version of FHIR, or none at all.
    pub(crate) const OTHER: u16 = 9;

    /// The operators by name, in the order of their numbers.
    pub(crate) const NAMES: [&str; 9] = [
        "=",
        "is-a",
        "descendent-of",
        "is-not-a",
        "regex",
        "in",
        "not-in",
        "generalizes",
        "exists",
    ];
}

/// Flags of a code system.
pub(crate) mod code_system {
    /// All its codes are here.
    pub(crate) const COMPLETE: u16 = 1;
    /// It adds displays and properties to another one.
    pub(crate) const SUPPLEMENT: u16 = 1 << 1;
    /// Codes that differ in case differ.
    pub(crate) const CASE_SENSITIVE: u16 = 1 << 2;
}

/// Flags of a concept.
pub(crate) mod concept {
    /// It is not used any more.
    pub(crate) const INACTIVE: u16 = 1;
    /// It only groups others.
    pub(crate) const ABSTRACT: u16 = 1 << 1;
    /// It has more parents than one.
    pub(crate) const SEVERAL_PARENTS: u16 = 1 << 2;
}

/// Rules of a slicing.
pub(crate) mod rules {
    pub(crate) const OPEN: u16 = 0;
    pub(crate) const CLOSED: u16 = 1;
    pub(crate) const OPEN_AT_END: u16 = 2;
}

/// Kinds of values.
pub(crate) mod value {
    pub(crate) const BOOLEAN: u16 = 0;
    pub(crate) const NUMBER: u16 = 1;
    pub(crate) const STRING: u16 = 2;
    pub(crate) const ARRAY: u16 = 3;
    pub(crate) const OBJECT: u16 = 4;
}

/// Code systems that are grammars.
pub(crate) mod grammar {
    /// `urn:ietf:bcp:13`
    pub(crate) const MIME_TYPE: u32 = 0;
    /// `urn:ietf:bcp:47`
    pub(crate) const LANGUAGE: u32 = 1;
    /// `urn:iso:std:iso:4217`
    pub(crate) const CURRENCY: u32 = 2;
    /// `http://unitsofmeasure.org`
    pub(crate) const UNIT: u32 = 3;
    /// `urn:iso:std:iso:3166`
    pub(crate) const COUNTRY: u32 = 4;
    /// `https://www.usps.com/`
    pub(crate) const US_STATE: u32 = 5;
    /// `https://www.iana.org/time-zones`
    pub(crate) const TIME_ZONE: u32 = 6;
}
