//! What a caller may choose.

use std::fmt;
use std::sync::Arc;

use kap_fhir::Terminology;
use kap_json::Limits;

/// How a document is checked. The default is what most callers want.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, named after what it does"
)]
pub struct Options {
    /// How large and deep a document may be.
    pub limits: Limits,
    /// Profiles that the document's root must meet besides those it claims, as canonical URLs (`url` or `url|version`).
    pub profiles: Vec<String>,
    /// What an extension without a loaded definition means.
    pub unknown_extensions: UnknownExtensions,
    /// Where extensions may come from without being known, as beginnings of their URLs.
    pub extension_domains: Vec<String>,
    /// Asked what references to the outside of a document lead to. Without it only their form and type are checked.
    pub references: Option<Arc<dyn ReferenceTargets>>,
    /// Asked about codes that the plans cannot decide. Without it they stay undecided.
    pub terminology: Option<Arc<dyn Terminology>>,
    /// Issues beyond this number are counted, but not kept.
    pub max_issues: usize,
    /// The present moment as a FHIR `instant`, for limits that count from now and for `now()`. There is no clock in this
    /// crate: without it such checks stay undecided.
    pub now: Option<String>,
    /// Whether text that looks like HTML is an error where it is otherwise a warning.
    pub security_checks: bool,
    /// Whether URLs of domains that are reserved for examples (`example.org` and its kin) may stand in the data.
    pub example_urls: bool,
    /// The languages in which displays are wanted, as an `Accept-Language` list ([`crate::language_ranges`]); `None` is
    /// that of the resource.
    pub lang: Option<String>,
    /// Whether a display that is not the code system's is a warning rather than an error.
    pub display_warnings: bool,
    /// What it means that an invariant of good practice is not met, such as that a resource has a narrative (dom-6).
    pub best_practice: BestPractice,
    /// Whether invariants that the walk decides by itself are left out of the evaluation of FHIRPath. Without it each one
    /// is evaluated as its definition states it: slower, with the same answer, which is there to be compared.
    pub native_invariants: bool,
}

/// Knows what references lead to, for example because it has looked at a server before.
pub trait ReferenceTargets: Send + Sync {
    /// What a literal reference, as written in the document, leads to.
    fn target(&self, reference: &str) -> ReferenceTarget;

    /// Whether that resource conforms to a profile, given as `url|version`; [`crate::conforms`] tells if the resource is at
    /// hand. `None` if it cannot be told.
    fn conforms(&self, _reference: &str, _profile: &str) -> Option<bool> {
        None
    }
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceTarget {
    /// It cannot be told.
    Unknown,
    /// There is no such resource.
    Missing,
    /// A resource of this type.
    Exists(String),
}

/// What it means that an invariant of good practice is not met
/// (<http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BestPractice {
    /// Nothing.
    #[default]
    Ignore,
    /// Worth knowing.
    Hint,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// What an extension without a loaded definition means. An unknown *modifier* extension is always an error: whoever does
/// not understand it must not use the data (<https://hl7.org/fhir/R4/extensibility.html#modifierExtension>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownExtensions {
    /// An error: for senders who own all of their extensions.
    Error,
    /// A warning: FHIR allows it, the receiver may not understand it.
    #[default]
    Warning,
    /// Nothing.
    Ignore,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limits: Limits::default(),
            profiles: Vec::new(),
            unknown_extensions: UnknownExtensions::default(),
            extension_domains: Vec::new(),
            references: None,
            terminology: None,
            max_issues: 1000,
            now: None,
            security_checks: false,
            example_urls: true,
            lang: None,
            display_warnings: false,
            best_practice: BestPractice::default(),
            native_invariants: true,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("limits", &self.limits)
            .field("profiles", &self.profiles)
            .field("unknown_extensions", &self.unknown_extensions)
            .field("extension_domains", &self.extension_domains)
            .field("references", &self.references.is_some())
            .field("terminology", &self.terminology.is_some())
            .field("max_issues", &self.max_issues)
            .field("now", &self.now)
            .field("security_checks", &self.security_checks)
            .field("example_urls", &self.example_urls)
            .field("lang", &self.lang)
            .field("display_warnings", &self.display_warnings)
            .field("best_practice", &self.best_practice)
            .field("native_invariants", &self.native_invariants)
            .finish()
    }
}
