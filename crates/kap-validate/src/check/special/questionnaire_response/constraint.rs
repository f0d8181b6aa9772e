//! Rules that a Questionnaire sets for complete responses
//! (<https://hl7.org/fhir/R4/extension-questionnaire-constraint.html>): FHIRPath on the response, or on each item.

use kap_fhirpath::Outcome;
use kap_json::{Message, Node, Severity};

use super::Check;
use super::condition::{Surroundings, surrounded};
use crate::check::special::extension::{self, CORE, typed};
use crate::check::special::form::ItemId;
use crate::codes::special as codes;

/// What is reported of one rule.
enum Finding<'c> {
    Violated(Node<'c>, Severity, Message),
    Open(&'static str),
}

impl<'c> Check<'_, 'c, '_> {
    /// Holds `nodes`, which answer `item`, or the whole response, to the rules of the item, or of the Questionnaire.
    pub(super) fn constraints(&mut self, item: Option<ItemId>, nodes: &[Node<'c>]) {
        let holder = item.map_or(self.form.root, |item| self.form.item(item).node);
        let mut rules = extension::all(holder, CORE, "questionnaire-constraint").peekable();
        if !self.complete || nodes.is_empty() || rules.peek().is_none() {
            return;
        }
        let each = |rule| nodes.iter().map(move |node| (rule, *node));
        let findings: Option<Vec<Finding<'c>>> = surrounded(self, item, |surroundings| {
            let found = rules
                .flat_map(each)
                .filter_map(|(rule, node)| self.violation(surroundings, item, rule, node));
            found.collect()
        });
        for finding in findings.into_iter().flatten() {
            match finding {
                Finding::Violated(node, severity, message) => {
                    let info = &codes::QUESTIONNAIRE_RESPONSE_CONSTRAINT;
                    self.walk.report_as(info, severity, node, || message, None);
                }
                Finding::Open(reason) => {
                    let canonical = extension::text(self.form.root, "url").unwrap_or("a contained Questionnaire");
                    self.walk.findings.undecided(reason, canonical, 1);
                }
            }
        }
    }

    fn violation(
        &self,
        surroundings: &Surroundings<'_>,
        item: Option<ItemId>,
        rule: Node<'_>,
        node: Node<'c>,
    ) -> Option<Finding<'c>> {
        let part = |name: &str| extension::value(rule, "", name).and_then(Node::as_str);
        let unreadable = Finding::Open("a rule of a Questionnaire is not FHIRPath that can be evaluated");
        let (place, focus) = match item {
            Some(_) => surroundings.item(node)?,
            None => surroundings.whole(),
        };
        let Some(expression) = part("expression").and_then(|text| surroundings.compile_on(place, text)) else {
            return Some(unreadable);
        };
        match expression.test(&surroundings.context(focus)) {
            Outcome::True | Outcome::Empty => None,
            Outcome::False => {
                let words = part("human").or(part("key")).unwrap_or_default();
                let severity = if part("severity") == Some("warning") {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                let message = self.quoted("a rule of the Questionnaire is not met: ".into(), words);
                Some(Finding::Violated(node, severity, message))
            }
            Outcome::Undecided(_) => Some(Finding::Open(
                "a rule of a Questionnaire depends on what is not at hand",
            )),
            Outcome::Error(_) => Some(Finding::Open("a rule of a Questionnaire cannot be evaluated")),
        }
    }
}

/// The expressions of the rules that `holder`, a Questionnaire or an item of one, sets.
pub(in crate::check::special) fn expressions(holder: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    extension::all(holder, CORE, "questionnaire-constraint")
        .flat_map(|rule| extension::all(rule, "", "expression"))
        .filter_map(|part| typed(part, "value").map(|(_, value)| value))
}
