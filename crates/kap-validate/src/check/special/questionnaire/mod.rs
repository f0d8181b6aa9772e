//! A Questionnaire in itself (<https://hl7.org/fhir/R4/questionnaire.html>): conditions lead to other items, values fit
//! the types of the items they belong to, and what is derived fits what it is derived from.

mod derivation;

use kap_json::{Message, Node};

use super::expression::{self, Depth};
use super::extension::{text, typed};
use super::form::{Form, ItemId, Kind};
use super::questionnaire_response::constraint;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let form = Form::read(scope.resource);
    expression::check_extensions(walk, scope.resource);
    rules(walk, scope.resource);
    for id in 0..form.items.len() {
        let item = form.item(id);
        expression::check_extensions(walk, item.node);
        rules(walk, item.node);
        for condition in item.node.get("enableWhen").into_iter().flat_map(Node::items) {
            self::condition(walk, &form, id, condition);
        }
        values(walk, item.node, "answerOption", option_types(item.kind));
        values(walk, item.node, "initial", initial_types(item.kind));
    }
    derivation::check(walk, scope, &form);
}

/// The rules for responses can be read.
fn rules<'c>(walk: &mut Walk<'c>, holder: Node<'c>) {
    for rule in constraint::expressions(holder) {
        expression::check(walk, rule, rule, Depth::Grammar);
    }
}

/// `enableWhen` asks another item that stands before this one and not below it.
fn condition<'c>(walk: &mut Walk<'c>, form: &Form<'c>, id: ItemId, condition: Node<'c>) {
    let Some(question) = text(condition, "question") else {
        return;
    };
    let Some(target) = form.by_link(question) else {
        let message = || Message::text("no item has this `linkId`: ").value(question);
        return walk.report(&codes::QUESTIONNAIRE_ENABLE_WHEN_TARGET, condition, message, None);
    };
    if form.ancestors(target).any(|holder| holder == id) {
        let message = || "a condition cannot depend on the item itself or on an item below it".into();
        return walk.report(&codes::QUESTIONNAIRE_ENABLE_WHEN_CIRCULAR, condition, message, None);
    }
    let (item, target) = (form.item(id), form.item(target));
    if target.node.span().start > item.node.span().start {
        let message = || "the condition depends on an item that comes later".into();
        walk.report(&codes::QUESTIONNAIRE_ENABLE_WHEN_LATER, condition, message, None);
    }
    let Some((kind, _)) = typed(condition, "answer") else {
        return;
    };
    let types = target.kind.answer_types();
    if text(condition, "operator") != Some("exists") && !types.is_empty() && !types.contains(&kind) {
        let message = || "the value has another type than the answers to the question, so the condition never holds";
        walk.report(
            &codes::QUESTIONNAIRE_ENABLE_WHEN_TYPE,
            condition,
            || message().into(),
            None,
        );
    }
}

/// Whether the values under `name` have types that fit the item.
fn values<'c>(walk: &mut Walk<'c>, item: Node<'c>, name: &str, types: Option<&[&str]>) {
    let Some(types) = types else { return };
    for holder in item.get(name).into_iter().flat_map(Node::items) {
        let Some((kind, value)) = typed(holder, "value") else {
            continue;
        };
        if !types.contains(&kind) {
            let message = || "the value has another type than the item".into();
            walk.report(&codes::QUESTIONNAIRE_VALUE_TYPE, value, message, None);
        }
    }
}

/// The types of options, where the type of the item says which.
fn option_types(kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Choice | Kind::OpenChoice | Kind::Group | Kind::Display | Kind::Other => None,
        // `answerOption.value[x]` has neither of these, so the nearest type stands in.
        Kind::Decimal | Kind::Quantity => Some(&["Integer"]),
        Kind::DateTime => Some(&["Date"]),
        kind => Some(kind.answer_types()),
    }
}

/// The types of initial values. A choice may begin with whatever its options are.
fn initial_types(kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Group | Kind::Display | Kind::Other => None,
        kind => Some(kind.answer_types()),
    }
}
