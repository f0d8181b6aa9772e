//! One answer: its type, then what the Questionnaire asks of a value of that type.

use kap_fhir::Primitive;
use kap_json::{Message, Node};

use super::{Check, limit, option, quantity};
use crate::check::special::extension::typed;
use crate::check::special::form::{ItemId, Kind};
use crate::check::structure::type_word;
use crate::codes::special as codes;

/// An answer with its value, and the item of the Questionnaire that it answers.
#[derive(Clone, Copy)]
pub(super) struct Answer<'c, 'q> {
    /// `QuestionnaireResponse.item.answer`
    pub(super) node: Node<'c>,
    /// The name of the value's type, for example `Coding`.
    pub(super) kind: &'c str,
    pub(super) value: Node<'c>,
    /// `Questionnaire.item`
    pub(super) question: Node<'q>,
    pub(super) asked: Kind,
    /// How many answers the item has.
    pub(super) siblings: usize,
}

impl<'c> Check<'_, 'c, '_> {
    /// Checks one answer. One without a value, which an extension may stand in for, has nothing to check.
    pub(super) fn answer(&mut self, id: ItemId, node: Node<'c>, siblings: usize) {
        let form = self.form;
        let item = form.item(id);
        let Some((kind, value)) = typed(node, "value") else {
            return;
        };
        let types = item.kind.answer_types();
        if types.is_empty() {
            return;
        }
        // Options may be references, but nobody chooses one where none is offered.
        let is_offered = kind != "Reference" || item.kind == Kind::Reference || offers_references(item.node);
        if !types.contains(&kind) || !is_offered {
            let set = self.walk.set;
            let message = || {
                let allowed: Vec<String> = types.iter().map(|kind| type_name(kind)).collect();
                let message = format!(
                    "the question asks for an answer of type {}, this one is of type ",
                    allowed.join(", ")
                );
                type_word(set, Message::text(message), &type_name(kind))
            };
            return self.report(&codes::QUESTIONNAIRE_RESPONSE_ANSWER_TYPE, value, message);
        }
        let answer = Answer {
            node,
            kind,
            value,
            question: item.node,
            asked: item.kind,
            siblings,
        };
        match item.kind {
            Kind::Decimal | Kind::Integer | Kind::Date | Kind::DateTime | Kind::Time => limit::range(self, answer),
            Kind::String | Kind::Text | Kind::Url => limit::text(self, answer),
            Kind::Attachment => limit::attachment(self, answer),
            Kind::Reference => limit::reference(self, answer),
            Kind::Quantity => quantity::check(self, answer),
            _ => {}
        }
        if matches!(item.kind, Kind::Decimal | Kind::Quantity) {
            limit::decimal_places(self, answer);
        }
        option::check(self, answer);
    }
}

fn offers_references(question: Node<'_>) -> bool {
    let options = question.get("answerOption").into_iter().flat_map(Node::items);
    options.into_iter().any(|option| option.get("valueReference").is_some())
}

/// The name of a type as FHIR writes it: primitives begin with a small letter, unlike in `valueString`.
fn type_name(kind: &str) -> String {
    let small = kind.chars().take(1).map(|first| first.to_ascii_lowercase());
    let small: String = small.chain(kind.chars().skip(1)).collect();
    if Primitive::from_name(&small).is_some() {
        small
    } else {
        kind.to_owned()
    }
}
