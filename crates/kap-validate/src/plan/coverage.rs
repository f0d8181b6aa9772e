//! How far value sets can be decided with the packages at hand.

use std::collections::BTreeMap;

use super::flags::strength;
use super::membership::{Answer, Coded};
use super::rows::NONE;
use super::set::PlanSet;

impl PlanSet<'_> {
    /// The value sets that the last of the plans binds elements to with that strength (`required`, `extensible`,
    /// `preferred`, `example`), each with the reason why a code cannot always be told to be outside of it; `None` where it
    /// always can.
    pub fn bound_value_sets(&self, name: &str) -> BTreeMap<String, Option<String>> {
        let wanted = match name {
            "required" => strength::REQUIRED,
            "extensible" => strength::EXTENSIBLE,
            "preferred" => strength::PREFERRED,
            _ => strength::EXAMPLE,
        };
        let Some(plan) = self.plans.last() else {
            return BTreeMap::new();
        };
        // No code looks like this, so whoever cannot tell that it is outside cannot tell it of any code.
        let probe = Coded {
            system: None,
            version: "",
            code: "\u{1}",
        };
        let bindings = plan.tables.bindings.iter();
        let links = bindings
            .filter(|binding| binding.strength.get() == wanted && binding.value_set.get() != NONE)
            .map(|binding| binding.value_set);
        links
            .map(|link| {
                let answer = self.linked_contains(plan, link, probe);
                let reason = match answer {
                    Answer::Unknown(reason) => Some(reason.to_string()),
                    Answer::Member | Answer::NotMember => None,
                };
                let canonical = plan.canonical(link);
                let url = canonical.split('|').next().unwrap_or_default().to_owned();
                (url, reason)
            })
            .collect()
    }
}
