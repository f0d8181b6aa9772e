//! A Questionnaire against those that it is derived from (<https://hl7.org/fhir/uv/sdc/behavior.html>): with the
//! derivation type `extends` or `compliesWith`, responses to the derived one can be read as responses to the other.

use kap_json::{Message, Node};

use crate::check::special::extension::{self, CORE, is_true, text, typed};
use crate::check::special::form::{Form, FormItem};
use crate::check::special::source;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;
use crate::plan::flags::resource;

const DERIVATION_TYPES: &str = "http://hl7.org/fhir/questionnaire-derivationType";

/// What a derived Questionnaire promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// It may have more items.
    Extends,
    /// All of its items are in the other one.
    CompliesWith,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, form: &Form<'c>) {
    let questionnaire = scope.resource;
    let derived_from = questionnaire.get("derivedFrom").into_iter().flat_map(Node::items);
    let details: Vec<Node<'c>> = questionnaire
        .get("_derivedFrom")
        .into_iter()
        .flat_map(Node::items)
        .collect();
    for (at, canonical) in derived_from.enumerate() {
        let promise = details.get(at).and_then(|details| promise(*details));
        let (Some(promise), Some(canonical)) = (promise, canonical.as_str()) else {
            continue;
        };
        let Some(found) = source::find(walk, scope, "Questionnaire", resource::QUESTIONNAIRE, canonical) else {
            let reason = "the Questionnaire that another one is derived from is not loaded";
            walk.findings.undecided(reason, canonical, 1);
            continue;
        };
        let base = Form::read(found.root());
        for item in &form.items {
            match base.by_link(item.link_id) {
                Some(id) => compare(walk, item, base.item(id)),
                None if promise == Promise::CompliesWith => {
                    let message = || {
                        Message::text("the Questionnaire that this one complies with has no item ").value(item.link_id)
                    };
                    walk.report(&codes::QUESTIONNAIRE_DERIVED_ITEM, item.node, message, None);
                }
                None => {}
            }
        }
    }
}

fn promise(details: Node<'_>) -> Option<Promise> {
    let coding = extension::value(details, CORE, "questionnaire-derivationType")?;
    match (text(coding, "system"), text(coding, "code")) {
        (Some(DERIVATION_TYPES), Some("extends")) => Some(Promise::Extends),
        (Some(DERIVATION_TYPES), Some("compliesWith")) => Some(Promise::CompliesWith),
        _ => None,
    }
}

fn compare<'c>(walk: &mut Walk<'c>, item: &FormItem<'c>, base: &FormItem<'_>) {
    let mut differs = |name: &str, message: &'static str| {
        let place = item.node.get(name).unwrap_or(item.node);
        walk.report(&codes::QUESTIONNAIRE_DERIVED_DIFFERS, place, || message.into(), None);
    };
    if text(item.node, "type").is_some() && text(item.node, "type") != text(base.node, "type") {
        differs(
            "type",
            "the item has another type in the Questionnaire that this one is derived from",
        );
    }
    if item.repeats && !base.repeats {
        differs(
            "repeats",
            "the item does not repeat in the Questionnaire that this one is derived from",
        );
    }
    if base.required && item.node.get("required").is_some() && !is_true(item.node, "required") {
        differs(
            "required",
            "the item is required in the Questionnaire that this one is derived from",
        );
    }
    let max_length = |node: Node<'_>| node.get("maxLength")?.as_number()?.parse::<u32>().ok();
    if let Some(limit) = max_length(base.node)
        && max_length(item.node).is_none_or(|length| length > limit)
    {
        differs(
            "maxLength",
            "answers may be longer here than in the Questionnaire that this one is derived from",
        );
    }
    options(walk, item.node, base.node);
}

/// Options may be fewer, not more; options do not become a value set or the other way round.
fn options<'c>(walk: &mut Walk<'c>, item: Node<'c>, base: Node<'_>) {
    let has = |node: Node<'_>, name| node.get(name).is_some();
    let swapped = (has(base, "answerOption") && has(item, "answerValueSet"))
        || (has(base, "answerValueSet") && has(item, "answerOption"));
    if swapped || (has(base, "answerOption") && !has(item, "answerOption")) {
        let message =
            || "the answers are given another way than in the Questionnaire that this one is derived from".into();
        return walk.report(&codes::QUESTIONNAIRE_DERIVED_DIFFERS, item, message, None);
    }
    if !has(base, "answerOption") {
        return;
    }
    for option in item.get("answerOption").into_iter().flat_map(Node::items) {
        let known = base.get("answerOption").into_iter().flat_map(Node::items);
        if !known.into_iter().any(|known| is_same(option, known)) {
            let message = || "the Questionnaire that this one is derived from does not have this option".into();
            walk.report(&codes::QUESTIONNAIRE_DERIVED_DIFFERS, option, message, None);
        }
    }
}

fn is_same(left: Node<'_>, right: Node<'_>) -> bool {
    let (Some((left_kind, left)), Some((right_kind, right))) = (typed(left, "value"), typed(right, "value")) else {
        return true;
    };
    let equal = |name: &str| text(left, name) == text(right, name);
    left_kind == right_kind
        && match left_kind {
            "Coding" => equal("system") && equal("code"),
            "Reference" => equal("reference"),
            _ => left.raw() == right.raw(),
        }
}
