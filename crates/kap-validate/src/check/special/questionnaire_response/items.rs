//! The arrangement of items: which there are, where, in which order, how often, and whether they are due.

use std::collections::HashMap;

use kap_json::{CodeInfo, Message, Node};

use super::enable::is_enabled;
use super::{Check, Trail};
use crate::check::special::extension::{self, CORE, text};
use crate::check::special::form::{ItemId, Kind};
use crate::codes::special as codes;

/// All items of a response by `linkId`.
pub(super) fn by_link(response: Node<'_>) -> HashMap<&str, Vec<Node<'_>>> {
    let mut found: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
    let mut open = vec![response];
    while let Some(holder) = open.pop() {
        for item in holder.get("item").into_iter().flat_map(Node::items) {
            if let Some(link_id) = text(item, "linkId") {
                found.entry(link_id).or_default().push(item);
            }
            open.extend(item.get("answer").into_iter().flat_map(Node::items));
            open.push(item);
        }
    }
    found
}

impl<'c> Check<'_, 'c, '_> {
    /// Checks the items of the response, of a group, or of an answer against the items of the Questionnaire.
    pub(super) fn items(&mut self, holder: Node<'c>, expected: &[ItemId], trail: &mut Trail<'c>) {
        let mut met: Vec<Vec<Node<'c>>> = vec![Vec::new(); expected.len()];
        let mut last = 0;
        for node in holder.get("item").into_iter().flat_map(Node::items) {
            // A missing `linkId` has its finding from the definition of the element.
            let Some(link_id) = text(node, "linkId") else { continue };
            let known = self.form.by_link(link_id).map(|id| (id, self.form.item(id).ordinal));
            let known = known.filter(|(id, ordinal)| expected.get(*ordinal) == Some(id));
            match known.map(|(_, ordinal)| ordinal) {
                Some(at) => {
                    if at < last {
                        let message = self.quoted("the Questionnaire has this item earlier: ".into(), link_id);
                        self.report_within(&codes::QUESTIONNAIRE_RESPONSE_ORDER, holder, node, || message);
                    }
                    last = at;
                    met[at].push(node);
                }
                None => self.stray(holder, node, link_id, trail),
            }
        }
        for (id, nodes) in expected.iter().zip(met) {
            self.expected(holder, *id, &nodes, trail);
        }
    }

    /// An item that does not belong here.
    fn stray(&mut self, holder: Node<'c>, node: Node<'c>, link_id: &'c str, trail: &mut Trail<'c>) {
        let Some(id) = self.form.by_link(link_id) else {
            let message = || Message::text("the Questionnaire has no item with this `linkId`: ").value(link_id);
            return self.report_within(&codes::QUESTIONNAIRE_RESPONSE_UNKNOWN_ITEM, holder, node, message);
        };
        let message = self.quoted("the Questionnaire has this item in another place: ".into(), link_id);
        self.report_within(&codes::QUESTIONNAIRE_RESPONSE_MISPLACED_ITEM, holder, node, || message);
        self.item(id, node, trail);
    }

    /// All items of the response for one item of the Questionnaire.
    fn expected(&mut self, holder: Node<'c>, id: ItemId, nodes: &[Node<'c>], trail: &mut Trail<'c>) {
        let item = self.form.item(id);
        let enabled = match is_enabled(self, id, trail) {
            Ok(enabled) => Some(enabled),
            Err(reason) => {
                let canonical = text(self.form.root, "url").unwrap_or("a contained Questionnaire");
                self.walk.findings.undecided(reason, canonical, 1);
                None
            }
        };
        if nodes.is_empty() {
            if item.required && enabled == Some(true) {
                self.missing(holder, item.link_id);
            }
            return;
        }
        if enabled != Some(false) {
            self.constraints(Some(id), nodes);
        }
        if let ([_, second, ..], false) = (nodes, item.repeats) {
            let message = self.quoted("the Questionnaire lets this item not repeat: ".into(), item.link_id);
            self.report_within(&codes::QUESTIONNAIRE_RESPONSE_ITEM_REPEATED, holder, *second, || {
                message
            });
        }
        if item.kind == Kind::Group {
            self.occurrences(holder, id, nodes.len(), enabled);
        }
        for node in nodes {
            if enabled == Some(false) && (node.get("answer").is_some() || node.get("item").is_some()) {
                let message = self.quoted("the conditions for this item are not met: ".into(), item.link_id);
                self.report(&codes::QUESTIONNAIRE_RESPONSE_DISABLED, *node, || message);
            } else if enabled == Some(true) && item.required {
                self.answered(id, *node);
            }
            self.item(id, *node, trail);
        }
    }

    /// Whether a required item that is there has what makes it answered.
    fn answered(&mut self, id: ItemId, node: Node<'c>) {
        let item = self.form.item(id);
        match item.kind {
            Kind::Group if node.get("item").is_none() && !item.children.is_empty() => {
                let message = self.quoted("the group is required, but has no items: ".into(), item.link_id);
                self.report_due(
                    &codes::QUESTIONNAIRE_RESPONSE_GROUP_EMPTY,
                    &codes::QUESTIONNAIRE_RESPONSE_DUE,
                    node,
                    || message,
                );
            }
            Kind::Group | Kind::Display => {}
            _ if node.get("answer").is_none() => self.missing(node, item.link_id),
            _ => {}
        }
    }

    fn missing(&mut self, holder: Node<'c>, link_id: &str) {
        let message = self.quoted("no answer to the required item ".into(), link_id);
        self.report_due(
            &codes::QUESTIONNAIRE_RESPONSE_REQUIRED,
            &codes::QUESTIONNAIRE_RESPONSE_DUE,
            holder,
            || message,
        );
    }

    /// Reports what a response must have in the end: one that is still being filled in is only warned about.
    fn report_due(
        &mut self,
        complete: &'static CodeInfo,
        in_progress: &'static CodeInfo,
        node: Node<'c>,
        message: impl FnOnce() -> Message,
    ) {
        let info = if self.complete { complete } else { in_progress };
        self.report(info, node, message);
    }

    /// One item of the response.
    fn item(&mut self, id: ItemId, node: Node<'c>, trail: &mut Trail<'c>) {
        let form = self.form;
        let item = form.item(id);
        self.text(id, node);
        trail.push((id, node));
        let answers: Vec<Node<'c>> = node.get("answer").into_iter().flat_map(Node::items).collect();
        if item.kind == Kind::Group {
            if let Some(answer) = answers.first() {
                let message = || "a group has items, but no answers".into();
                self.report_within(&codes::QUESTIONNAIRE_RESPONSE_GROUP_ANSWER, node, *answer, message);
            }
            self.items(node, &item.children, trail);
            trail.pop();
            return;
        }
        if let Some(below) = node.get("item") {
            let message = || "the items below a question stand in its answers (`answer.item`)".into();
            self.report_within(&codes::QUESTIONNAIRE_RESPONSE_ITEM_OUTSIDE_ANSWER, node, below, message);
        }
        if item.kind == Kind::Display {
            if let Some(answer) = answers.first() {
                let message = || "an item that is only displayed has no answer".into();
                self.report_within(&codes::QUESTIONNAIRE_RESPONSE_DISPLAY_ANSWER, node, *answer, message);
            }
            trail.pop();
            return;
        }
        if let ([_, second, ..], false) = (answers.as_slice(), item.repeats) {
            let message = self.quoted("the question takes one answer: ".into(), item.link_id);
            self.report_within(&codes::QUESTIONNAIRE_RESPONSE_ANSWER_REPEATED, node, *second, || {
                message
            });
        }
        if !answers.is_empty() {
            self.occurrences(node, id, answers.len(), Some(true));
        }
        for answer in &answers {
            self.answer(id, *answer, answers.len());
            self.items(*answer, &item.children, trail);
        }
        trail.pop();
    }

    /// The text of an item is that of the Questionnaire or a translation of it, unless an expression computes it.
    fn text(&mut self, id: ItemId, node: Node<'c>) {
        let question = self.form.item(id).node;
        let Some(given) = node.get("text") else { return };
        let asked = text(question, "text").unwrap_or_default();
        let details = question.get("_text");
        let translations = details
            .into_iter()
            .flat_map(|details| extension::all(details, CORE, "translation"));
        let contents = translations
            .flat_map(|translation| extension::all(translation, "", "content"))
            .filter_map(|content| text(content, "valueString"));
        let is_computed =
            details.is_some_and(|details| extension::all(details, CORE, "cqf-expression").next().is_some());
        let given_text = given.as_str().unwrap_or_default();
        if given_text != asked && !is_computed && !contents.into_iter().any(|content| content == given_text) {
            let message = || "the text is not that of the Questionnaire's item".into();
            self.report_within(&codes::QUESTIONNAIRE_RESPONSE_TEXT, node, given, message);
        }
    }

    /// How often a group stands there, or how many answers a question has.
    fn occurrences(&mut self, holder: Node<'c>, id: ItemId, found: usize, enabled: Option<bool>) {
        let item = self.form.item(id);
        let least = extension::count(item.node, CORE, "questionnaire-minOccurs").filter(|least| found < *least);
        let most = extension::count(item.node, CORE, "questionnaire-maxOccurs").filter(|most| found > *most);
        let item_name = self.quoted("item ".into(), item.link_id);
        let message = |word, limit| {
            item_name.clone().and(format!(
                " is there {found} times, the Questionnaire asks for at {word} {limit}"
            ))
        };
        if let (Some(least), Some(true)) = (least, enabled) {
            self.report_due(
                &codes::QUESTIONNAIRE_RESPONSE_OCCURRENCES,
                &codes::QUESTIONNAIRE_RESPONSE_DUE,
                holder,
                || message("least", least),
            );
        }
        if let Some(most) = most {
            self.report(&codes::QUESTIONNAIRE_RESPONSE_OCCURRENCES, holder, || {
                message("most", most)
            });
        }
    }
}
