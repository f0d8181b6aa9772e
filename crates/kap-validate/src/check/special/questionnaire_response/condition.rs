//! Conditions in FHIRPath (<https://hl7.org/fhir/uv/sdc/expressions.html>): `sdc-questionnaire-enableWhenExpression`,
//! with the variables of the form.

use kap_fhirpath::{Element, EvaluationContext, Expression, Isolated, Item, Mode, Model, Outcome, Shape, Variables};
use kap_json::Node;

use super::Check;
use crate::check::special::extension::{self, CORE, SDC, text};
use crate::check::special::form::ItemId;

/// The condition of an item, if it is given as an expression.
pub(super) fn of_item(item: Node<'_>) -> Option<Node<'_>> {
    extension::value(item, SDC, "sdc-questionnaire-enableWhenExpression")
}

/// Whether the condition holds for the response, or why it cannot be told: it is in another language, does not read, or
/// depends on what is not at hand. A condition that yields nothing does not hold.
pub(super) fn holds(check: &Check<'_, '_, '_>, item: ItemId, condition: Node<'_>) -> Result<bool, &'static str> {
    let set = check.walk.set;
    let types = set
        .type_place("QuestionnaireResponse")
        .zip(set.type_place("Questionnaire"));
    let Some((response, questionnaire)) = types else {
        return Err("FHIR's definitions are not loaded");
    };
    let compile = |expression: Node<'_>| {
        let is_fhirpath = text(expression, "language") == Some("text/fhirpath");
        let text = text(expression, "expression").filter(|_| is_fhirpath)?;
        Expression::compile(text, Some(response), set, Mode::Lenient).ok()
    };
    let Some(condition) = compile(condition) else {
        return Err("the condition of an item is not FHIRPath that can be evaluated");
    };
    let defined: Vec<(&str, Option<Expression>)> = variables(check, item)
        .into_iter()
        .map(|(name, expression)| (name, compile(expression)))
        .collect();
    let resource = Element::resource(check.response, set, response);
    let form = Element::resource(check.form.root, set, questionnaire);
    let mut known = Variables::new();
    known.insert("questionnaire".to_owned(), vec![Item::Element(form)]);
    if let Some(member) = set.member(questionnaire, "item", None) {
        let question = Element::new(check.form.item(item).node, member.place, Shape::Complex);
        known.insert("qitem".to_owned(), vec![Item::Element(question)]);
    }
    for (name, expression) in &defined {
        let context = context(check, resource, &known);
        let value = expression
            .as_ref()
            .and_then(|expression| expression.evaluate(&context).ok());
        match value {
            Some(value) => known.insert((*name).to_owned(), value),
            None => known.remove(*name),
        };
    }
    match condition.test(&context(check, resource, &known)) {
        Outcome::True => Ok(true),
        Outcome::False | Outcome::Empty => Ok(false),
        Outcome::Undecided(_) => Err("the condition of an item depends on what is not at hand"),
        Outcome::Error(_) => Err("the condition of an item cannot be evaluated"),
    }
}

fn context<'e, 'd>(
    check: &'e Check<'_, '_, '_>,
    resource: Element<'d>,
    variables: &'e Variables<'d>,
) -> EvaluationContext<'e, 'd> {
    let mut context = EvaluationContext::new(check.walk.set, &Isolated, resource);
    context.variables = Some(variables);
    if let Some(now) = check.walk.now {
        context.now = now;
    }
    context
}

/// The variables that the form defines for an item, from the outside in, each with its Expression.
fn variables<'q>(check: &Check<'_, '_, 'q>, item: ItemId) -> Vec<(&'q str, Node<'q>)> {
    let mut holders: Vec<Node<'q>> = check.form.ancestors(item).map(|id| check.form.item(id).node).collect();
    holders.push(check.form.root);
    holders.reverse();
    holders
        .into_iter()
        .flat_map(|holder| extension::values(holder, CORE, "variable"))
        .filter_map(|expression| Some((text(expression, "name")?, expression)))
        .collect()
}
