//! The identity ladder: how a create can be repeated without doubling anything, on this server, for this type.

use std::fmt;

use super::fact::Fact;
use super::known::{Capabilities, Decision, Origin};

/// A rung, the safest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// `PUT` under our own id: the same request twice is one resource (<https://hl7.org/fhir/R4/http.html#upsert>).
    OwnId,
    /// `POST` with `If-None-Exist` (<https://hl7.org/fhir/R4/http.html#ccreate>).
    ConditionalCreate,
    /// `PUT` with a search (<https://hl7.org/fhir/R4/http.html#cond-update>).
    ConditionalUpdate,
    /// Search by identifier, `POST`, search again.
    SearchFirst,
    /// As [`Rung::SearchFirst`], but among the patient's resources, by what the resource says.
    NaturalKey,
    /// One try; if its answer is lost, a person looks.
    OnceThenPerson,
}

impl Rung {
    /// The word in plans and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Rung::OwnId => "own-id",
            Rung::ConditionalCreate => "conditional-create",
            Rung::ConditionalUpdate => "conditional-update",
            Rung::SearchFirst => "search-first",
            Rung::NaturalKey => "natural-key",
            Rung::OnceThenPerson => "once-then-person",
        }
    }

    /// Whether the server itself sees to it that a repeated create stores nothing twice.
    pub fn is_enforced_by_server(self) -> bool {
        matches!(self, Rung::OwnId | Rung::ConditionalCreate | Rung::ConditionalUpdate)
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A fact that gives the rung, if all of the others hold, too.
const LADDER: &[(Rung, Fact, &[Fact])] = &[
    (Rung::OwnId, Fact::UpdateCreate, &[Fact::Update]),
    (
        Rung::ConditionalCreate,
        Fact::ConditionalCreate,
        &[Fact::Create, Fact::SearchIdentifier],
    ),
    (
        Rung::ConditionalUpdate,
        Fact::ConditionalUpdate,
        &[Fact::Update, Fact::SearchIdentifier],
    ),
    (
        Rung::SearchFirst,
        Fact::KeepsIdentifier,
        &[Fact::Create, Fact::SearchIdentifier],
    ),
    (Rung::NaturalKey, Fact::SearchPatient, &[Fact::Create]),
];

impl Capabilities {
    /// The highest rung that resources of `resource_type` can stand on; `None` if they cannot be created at all.
    pub fn rung(&self, resource_type: &str) -> Option<Decision<Rung>> {
        let holds = |fact: Fact| self.of_type(resource_type, fact);
        for (rung, fact, others) in LADDER {
            let decision = holds(*fact);
            if decision.value && others.iter().all(|other| holds(*other).value) {
                return Some(Decision {
                    value: *rung,
                    origin: decision.origin,
                });
            }
        }
        holds(Fact::Create).value.then_some(Decision {
            value: Rung::OnceThenPerson,
            origin: Origin::Unknown,
        })
    }
}
