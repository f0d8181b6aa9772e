//! The four sources laid over each other.

use std::collections::BTreeMap;
use std::fmt;

use super::fact::{Fact, Subject, Value};
use super::learned::Learned;
use super::quirk::{About, Quirks, Vendor};
use super::statement::Statement;
use crate::Error;

/// Which of the four sources made a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The server declares it.
    Statement,
    /// It is known of the vendor: where from.
    Quirk(&'static str),
    /// The server taught it: how.
    Learned(String),
    /// The configuration says so.
    Override,
    /// No source tells: what is done without it.
    Unknown,
}

impl Origin {
    /// The word in reports.
    pub fn as_str(&self) -> &'static str {
        match self {
            Origin::Statement => "statement",
            Origin::Quirk(_) => "quirk",
            Origin::Learned(_) => "learned",
            Origin::Override => "override",
            Origin::Unknown => "not stated",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A value, and which source it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<T> {
    /// The value.
    pub value: T,
    /// Where it is from.
    pub origin: Origin,
}

/// One line of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    subject: Subject,
    fact: Fact,
    value: Value,
}

impl Override {
    /// From `name`, such as `server.max-entries` or `Observation.create`, and `value`.
    pub fn of_name(name: &str, value: Value) -> Result<Override, Error> {
        let refuse = |reason| Error::Override {
            name: name.to_owned(),
            reason,
        };
        let (subject, fact) = name
            .split_once('.')
            .ok_or_else(|| refuse("write `server.FACT` or `TYPE.FACT`"))?;
        let subject = Subject::of_name(subject)
            .ok_or_else(|| refuse("what stands before the dot is neither `server` nor a resource type"))?;
        let fact = Fact::of_name(fact)
            .ok_or_else(|| refuse("there is no such fact; `kap capabilities --facts` lists them"))?;
        if fact.is_about_server() != (subject == Subject::Server) {
            return Err(refuse(
                "this fact is about the other kind of subject: the server, or a type",
            ));
        }
        if !fact.takes(value) {
            return Err(refuse(if fact.is_number() {
                "the fact is a number"
            } else {
                "the fact is true or false"
            }));
        }
        Ok(Override { subject, fact, value })
    }
}

/// What is known of one server.
#[derive(Clone, Debug)]
pub struct Capabilities {
    vendor: Option<Vendor>,
    facts: BTreeMap<(Subject, Fact), Decision<Value>>,
}

impl Capabilities {
    /// Lays the sources over each other. `vendor` is recognised from the statement unless it is given.
    pub fn new(
        statement: &Statement,
        vendor: Option<Vendor>,
        learned: &[Learned],
        overrides: &[Override],
    ) -> Capabilities {
        let vendor = vendor.or_else(|| Vendor::of(statement));
        let mut facts = BTreeMap::new();
        let mut lay = |subject: &Subject, fact: Fact, value: Value, origin: Origin| {
            facts.insert((subject.clone(), fact), Decision { value, origin });
        };
        for ((subject, fact), value) in &statement.facts {
            lay(subject, *fact, *value, Origin::Statement);
        }
        for quirk in vendor.map(Quirks::of).into_iter().flat_map(Quirks::lines) {
            let origin = || Origin::Quirk(&quirk.source);
            match &quirk.about {
                About::One(subject) => lay(subject, quirk.fact, quirk.value, origin()),
                About::EachType => statement
                    .types()
                    .for_each(|name| lay(&Subject::Type(name.to_owned()), quirk.fact, quirk.value, origin())),
            }
        }
        for learned in learned {
            lay(
                &learned.subject,
                learned.fact,
                learned.value,
                Origin::Learned(learned.reason.clone()),
            );
        }
        for line in overrides {
            lay(&line.subject, line.fact, line.value, Origin::Override);
        }
        Capabilities { vendor, facts }
    }

    /// The vendor whose quirks apply, if it is known.
    pub fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What is known of `fact`.
    pub fn fact(&self, subject: &Subject, fact: Fact) -> Option<&Decision<Value>> {
        self.facts.get(&(subject.clone(), fact))
    }

    /// Whether the server has the property; what is not known is not there.
    pub fn server(&self, fact: Fact) -> Decision<bool> {
        self.flag(&Subject::Server, fact)
    }

    /// Whether resources of `resource_type` have the property; what is not known is not there.
    pub fn of_type(&self, resource_type: &str, fact: Fact) -> Decision<bool> {
        self.flag(&Subject::Type(resource_type.to_owned()), fact)
    }

    /// Whether it is known that the server as a whole has not the property; what nobody told or learned is not denied.
    pub fn denies(&self, fact: Fact) -> bool {
        self.fact(&Subject::Server, fact)
            .is_some_and(|decision| decision.value == Value::Flag(false))
    }

    /// The limit, if there is one that is known.
    pub fn limit(&self, fact: Fact) -> Option<Decision<u64>> {
        let decision = self.fact(&Subject::Server, fact)?;
        match decision.value {
            Value::Number(value) => Some(Decision {
                value,
                origin: decision.origin.clone(),
            }),
            Value::Flag(_) => None,
        }
    }

    /// Everything that is known, in order.
    pub fn facts(&self) -> impl Iterator<Item = (&Subject, Fact, &Decision<Value>)> {
        self.facts
            .iter()
            .map(|((subject, fact), decision)| (subject, *fact, decision))
    }

    /// The types of which anything is known, in order.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let mut last = None;
        self.facts.keys().filter_map(move |(subject, _)| match subject {
            Subject::Type(name) if last != Some(name) => {
                last = Some(name);
                Some(name.as_str())
            }
            _ => None,
        })
    }

    fn flag(&self, subject: &Subject, fact: Fact) -> Decision<bool> {
        match self.fact(subject, fact) {
            Some(Decision {
                value: Value::Flag(value),
                origin,
            }) => Decision {
                value: *value,
                origin: origin.clone(),
            },
            _ => Decision {
                value: false,
                origin: Origin::Unknown,
            },
        }
    }
}
