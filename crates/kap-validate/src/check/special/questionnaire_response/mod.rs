//! A QuestionnaireResponse against its Questionnaire (<https://hl7.org/fhir/R4/questionnaireresponse.html>,
//! <https://hl7.org/fhir/R4/questionnaire.html>; limits on answers from <https://hl7.org/fhir/uv/sdc/>).
//!
//! What is wrong with the arrangement of items has no item of its own, so it stands on what holds them, at the line of
//! the item that is too much; what is wrong with an answer stands on the answer or its value.

mod answer;
mod condition;
pub(super) mod constraint;
mod enable;

mod items;
mod limit;
mod option;
mod quantity;

use std::collections::HashMap;

use kap_json::{CodeInfo, Issue, Message, Node};

use super::compare;
use super::extension::text;
use super::form::{Form, ItemId};
use super::membership::Surroundings;
use super::source::{self, Found};
use crate::check::walk::{Scope, Walk, location};
use crate::codes::special as codes;
use crate::plan::flags::resource;

/// The items on the way from the outermost one to the present one, with the questions that they answer.
type Trail<'c> = Vec<(ItemId, Node<'c>)>;

/// A response while it is checked.
struct Check<'w, 'c, 'q> {
    walk: &'w mut Walk<'c>,
    form: &'q Form<'q>,
    /// The resource whose contained resources the Questionnaire may refer to.
    holder: Node<'q>,
    response: Node<'c>,
    /// Whether the Questionnaire comes from a package and not from the document, so that its words may be shown.
    is_loaded: bool,
    /// Whether all answers must be there by now.
    complete: bool,
    /// The items of the response by `linkId`.
    by_link: HashMap<&'c str, Vec<Node<'c>>>,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let response = scope.resource;
    let Some(canonical) = text(response, "questionnaire") else {
        let message = || "the response names no Questionnaire, so its answers are not checked against one".into();
        return walk.report(&codes::QUESTIONNAIRE_RESPONSE_UNNAMED, response, message, None);
    };
    let Some(found) = source::find(walk, scope, "Questionnaire", resource::QUESTIONNAIRE, canonical) else {
        let reason = "the Questionnaire of a response is not loaded";
        return walk.findings.undecided(reason, canonical, 1);
    };
    let questionnaire = found.root();
    period(walk, response, questionnaire);
    let form = Form::read(questionnaire);
    let contained = canonical.starts_with('#');
    let mut check = Check {
        walk,
        form: &form,
        holder: if contained {
            scope.container.unwrap_or(response)
        } else {
            questionnaire
        },
        response,
        is_loaded: matches!(found, Found::Loaded(_)),
        complete: matches!(text(response, "status"), Some("completed" | "amended")),
        by_link: items::by_link(response),
    };
    check.items(response, &form.roots, &mut Vec::new());
    check.constraints(None, &[response]);
}

/// Whether the response was written while the Questionnaire was in use.
fn period<'c>(walk: &mut Walk<'c>, response: Node<'c>, questionnaire: Node<'_>) {
    let Some(authored) = response.get("authored") else {
        return;
    };
    let limit = |name| text(questionnaire.get("effectivePeriod")?, name);
    let order = |name| compare::dates(authored.as_str()?, limit(name)?);
    if order("start").is_some_and(std::cmp::Ordering::is_lt) || order("end").is_some_and(std::cmp::Ordering::is_gt) {
        let message = || "the response was written outside the period in which its Questionnaire is in use".into();
        walk.report(&codes::QUESTIONNAIRE_RESPONSE_PERIOD, authored, message, None);
    }
}

impl<'c, 'q> Check<'_, 'c, 'q> {
    /// Reports a fault of a node.
    fn report(&mut self, info: &'static CodeInfo, node: Node<'c>, message: impl FnOnce() -> Message) {
        self.walk.report(info, node, message, None);
    }

    /// Reports a fault in the arrangement of what `holder` holds: it stands on the holder, at the line of `node`.
    fn report_within(
        &mut self,
        info: &'static CodeInfo,
        holder: Node<'c>,
        node: Node<'c>,
        message: impl FnOnce() -> Message,
    ) {
        let set = self.walk.set;
        self.walk.findings.add(info.severity, || {
            let mut place = location(set, node);
            place.expression = location(set, holder).expression;
            Issue::new(info, place, message())
        });
    }

    /// Goes on with words of the Questionnaire.
    fn quoted(&self, message: Message, words: &str) -> Message {
        if self.is_loaded {
            message.and(format!("`{words}`"))
        } else {
            message.value(words)
        }
    }

    fn around(&self) -> Surroundings<'c, 'q> {
        Surroundings {
            holder: self.holder,
            document: self.response,
        }
    }
}
