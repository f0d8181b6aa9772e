//! A StructureMap in itself (<https://hl7.org/fhir/R4/structuremap.html>): groups and variables are there where they are
//! used, transforms have the parameters that they take, and expressions read. What the structures are that it maps between,
//! and what other maps define, is not looked into.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use kap_json::{CodeInfo, Message, Node};

use super::expression::{self, Depth};
use super::extension::{text, typed};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

/// A map while it is checked.
struct Check<'w, 'c> {
    walk: &'w mut Walk<'c>,
    /// How many inputs each group has.
    groups: HashMap<&'c str, usize>,
    /// Whether groups may be defined in other maps.
    has_imports: bool,
}

/// The variables that are known at a place, innermost last.
type Variables<'c> = Vec<&'c str>;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let mut check = Check {
        walk,
        groups: HashMap::new(),
        has_imports: scope.resource.get("import").is_some(),
    };
    for group in each(scope.resource, "group") {
        let Some(name) = text(group, "name") else { continue };
        let inputs = each(group, "input").count();
        if check.groups.insert(name, inputs).is_some() {
            check.fault(
                &codes::STRUCTURE_MAP_DUPLICATE,
                group,
                "name",
                "another group has this name",
            );
        }
    }
    for group in each(scope.resource, "group") {
        check.group(group);
    }
}

fn each<'c>(node: Node<'c>, name: &str) -> impl Iterator<Item = Node<'c>> + use<'c> {
    node.get(name).into_iter().flat_map(Node::items)
}

impl<'c> Check<'_, 'c> {
    fn fault(&mut self, info: &'static CodeInfo, node: Node<'c>, member: &str, message: &'static str) {
        let node = node.get(member).unwrap_or(node);
        self.walk.report(info, node, || Message::text(message), None);
    }

    fn group(&mut self, group: Node<'c>) {
        let mut variables = Variables::new();
        for input in each(group, "input") {
            let Some(name) = text(input, "name") else { continue };
            if variables.contains(&name) {
                self.fault(
                    &codes::STRUCTURE_MAP_DUPLICATE,
                    input,
                    "name",
                    "another input of the group has this name",
                );
            }
            variables.push(name);
        }
        if let Some(extends) = group.get("extends") {
            self.called(extends);
        }
        for rule in each(group, "rule") {
            self.rule(rule, &mut variables);
        }
    }

    /// A rule, with what it adds to the variables of those below it.
    fn rule(&mut self, rule: Node<'c>, variables: &mut Variables<'c>) {
        let outside = variables.len();
        for source in each(rule, "source") {
            self.known(source.get("context"), variables);
            for name in ["condition", "check"] {
                if let Some(expression) = source.get(name) {
                    expression::check(self.walk, expression, expression, Depth::Grammar);
                }
            }
            variables.extend(text(source, "variable"));
        }
        for target in each(rule, "target") {
            self.target(target, variables);
            variables.extend(text(target, "variable"));
        }
        for dependent in each(rule, "dependent") {
            self.dependent(dependent, variables);
        }
        for inner in each(rule, "rule") {
            self.rule(inner, variables);
        }
        variables.truncate(outside);
    }

    fn target(&mut self, target: Node<'c>, variables: &Variables<'c>) {
        if text(target, "contextType") != Some("type") {
            self.known(target.get("context"), variables);
        }
        let modes = || each(target, "listMode").filter_map(Node::as_str);
        if target.get("listRuleId").is_some() && !modes().any(|mode| mode == "share") {
            let message = "only a list mode of `share` has an id of its own";
            self.fault(&codes::STRUCTURE_MAP_LIST, target, "listRuleId", message);
        }
        let parameters: Vec<Node<'c>> = each(target, "parameter").collect();
        let Some(transform) = text(target, "transform") else {
            if !parameters.is_empty() {
                let message = "without a transform nothing takes parameters";
                self.fault(&codes::STRUCTURE_MAP_PARAMETERS, target, "parameter", message);
            }
            return;
        };
        if takes(transform).is_some_and(|takes| !takes.contains(&parameters.len())) {
            let message = "the transform takes another number of parameters";
            self.fault(&codes::STRUCTURE_MAP_PARAMETERS, target, "transform", message);
        }
        for parameter in &parameters {
            if let Some(("Id", variable)) = typed(*parameter, "value") {
                self.known(Some(variable), variables);
            }
        }
        if transform == "evaluate"
            && let Some(("String", text)) = parameters.last().and_then(|parameter| typed(*parameter, "value"))
        {
            expression::check(self.walk, text, text, Depth::Grammar);
        }
    }

    fn dependent(&mut self, dependent: Node<'c>, variables: &Variables<'c>) {
        for variable in each(dependent, "variable") {
            self.known(Some(variable), variables);
        }
        let Some(name) = dependent.get("name") else { return };
        let Some(inputs) = self.called(name) else { return };
        if each(dependent, "variable").count() != inputs {
            let message = "the group that is called has another number of inputs";
            self.fault(&codes::STRUCTURE_MAP_PARAMETERS, dependent, "name", message);
        }
    }

    /// How many inputs the group has that `name` names, if it is in this map.
    fn called(&mut self, name: Node<'c>) -> Option<usize> {
        let group = name.as_str()?;
        let inputs = self.groups.get(group).copied();
        match inputs {
            Some(_) => {}
            None if self.has_imports => {
                let reason = "the map that a StructureMap imports is not looked into";
                self.walk
                    .findings
                    .undecided(reason, "StructureMap.group.rule.dependent", 1);
            }
            None => {
                let message = || Message::text("the map has no group of this name: ").value(group);
                self.walk.report(&codes::STRUCTURE_MAP_GROUP, name, message, None);
            }
        }
        inputs
    }

    /// A variable that is used must be known by then.
    fn known(&mut self, variable: Option<Node<'c>>, variables: &Variables<'c>) {
        let Some(node) = variable else { return };
        let Some(name) = node.as_str() else { return };
        if !variables.contains(&name) {
            let message = || Message::text("no variable of this name is known here: ").value(name);
            self.walk.report(&codes::STRUCTURE_MAP_VARIABLE, node, message, None);
        }
    }
}

/// How many parameters a transform takes (<https://hl7.org/fhir/R4/valueset-map-transform.html>); `None` if that is not
/// said, or there is no such transform.
fn takes(transform: &str) -> Option<RangeInclusive<usize>> {
    Some(match transform {
        "uuid" => 0..=0,
        "create" => 0..=1,
        "copy" | "reference" | "pointer" => 1..=1,
        "evaluate" | "cast" | "cp" => 1..=2,
        "truncate" => 2..=2,
        "escape" | "c" | "id" => 2..=3,
        "translate" => 3..=3,
        "cc" => 1..=3,
        "qty" => 1..=4,
        "append" => 1..=usize::MAX,
        _ => return None,
    })
}
