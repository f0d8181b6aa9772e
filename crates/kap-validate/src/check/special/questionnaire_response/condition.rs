//! Conditions in FHIRPath (<https://hl7.org/fhir/uv/sdc/expressions.html>): `sdc-questionnaire-enableWhenExpression`,
//! with the variables of the form.

use kap_fhirpath::temporal::DateTime;
use kap_fhirpath::{
    Element, EvaluationContext, Expression, Isolated, Item, Mode, Model, Outcome, Place, Shape, Variables,
};
use kap_json::Node;

use super::Check;
use crate::PlanSet;
use crate::check::special::extension::{self, CORE, SDC, text};
use crate::check::special::form::ItemId;

/// The condition of an item, if it is given as an expression.
pub(super) fn of_item(item: Node<'_>) -> Option<Node<'_>> {
    extension::value(item, SDC, "sdc-questionnaire-enableWhenExpression")
}

/// Whether the condition holds for the response, or why it cannot be told: it is in another language, does not read, or
/// depends on what is not at hand. A condition that yields nothing does not hold.
pub(super) fn holds(check: &Check<'_, '_, '_>, item: ItemId, condition: Node<'_>) -> Result<bool, &'static str> {
    let test = |surroundings: &Surroundings<'_>| {
        let Some(condition) = surroundings.compile(condition) else {
            return Err("the condition of an item is not FHIRPath that can be evaluated");
        };
        match condition.test(&surroundings.context(surroundings.resource)) {
            Outcome::True => Ok(true),
            Outcome::False | Outcome::Empty => Ok(false),
            Outcome::Undecided(_) => Err("the condition of an item depends on what is not at hand"),
            Outcome::Error(_) => Err("the condition of an item cannot be evaluated"),
        }
    };
    surrounded(check, Some(item), test).unwrap_or(Err("FHIR's definitions are not loaded"))
}

/// What the expressions of a form see: the response, the form, and its variables.
pub(super) struct Surroundings<'e> {
    set: &'e PlanSet<'e>,
    now: Option<DateTime>,
    response: Place,
    /// The response.
    pub(super) resource: Element<'e>,
    known: Variables<'e>,
}

impl<'e> Surroundings<'e> {
    fn set(&mut self, name: &str, value: Option<Vec<Item<'e>>>) {
        match value {
            Some(value) => self.known.insert(name.to_owned(), value),
            None => self.known.remove(name),
        };
    }

    /// An Expression in FHIRPath, if it reads.
    fn compile(&self, expression: Node<'_>) -> Option<Expression> {
        let is_fhirpath = text(expression, "language") == Some("text/fhirpath");
        self.compile_on(self.response, text(expression, "expression").filter(|_| is_fhirpath)?)
    }

    /// An expression that is evaluated on `place`.
    pub(super) fn compile_on(&self, place: Place, expression: &str) -> Option<Expression> {
        Expression::compile(expression, Some(place), self.set, Mode::Lenient).ok()
    }

    /// An item of the response.
    pub(super) fn item(&self, node: Node<'e>) -> Option<(Place, Element<'e>)> {
        let place = self.set.member(self.response, "item", None)?.place;
        Some((place, Element::new(node, place, Shape::Complex)))
    }

    /// The response, and where it stands.
    pub(super) fn whole(&self) -> (Place, Element<'e>) {
        (self.response, self.resource)
    }

    /// Evaluation on `focus`.
    pub(super) fn context<'s>(&'s self, focus: Element<'e>) -> EvaluationContext<'s, 'e> {
        let mut context = EvaluationContext::new(self.set, &Isolated, self.resource);
        context.item = focus;
        context.variables = Some(&self.known);
        if let Some(now) = self.now {
            context.now = now;
        }
        context
    }
}

/// What `tell` says within the surroundings of an item, or of the form as a whole; `None` without FHIR's definitions.
pub(super) fn surrounded<R>(
    check: &Check<'_, '_, '_>,
    item: Option<ItemId>,
    tell: impl FnOnce(&Surroundings<'_>) -> R,
) -> Option<R> {
    let set = check.walk.set;
    let response = set.type_place("QuestionnaireResponse")?;
    let questionnaire = set.type_place("Questionnaire")?;
    let mut surroundings = Surroundings {
        set,
        now: check.walk.now,
        response,
        resource: Element::resource(check.response, set, response),
        known: Variables::new(),
    };
    // What they yield may refer to them.
    let defined: Vec<(&str, Option<Expression>)> = variables(check, item)
        .into_iter()
        .map(|(name, expression)| (name, surroundings.compile(expression)))
        .collect();
    let form = Element::resource(check.form.root, set, questionnaire);
    surroundings.set("questionnaire", Some(vec![Item::Element(form)]));
    if let (Some(item), Some(member)) = (item, set.member(questionnaire, "item", None)) {
        let question = Element::new(check.form.item(item).node, member.place, Shape::Complex);
        surroundings.set("qitem", Some(vec![Item::Element(question)]));
    }
    for (name, expression) in &defined {
        let context = surroundings.context(surroundings.resource);
        let value = expression
            .as_ref()
            .and_then(|expression| expression.evaluate(&context).ok());
        surroundings.set(name, value);
    }
    Some(tell(&surroundings))
}

/// The variables that the form defines for an item, or for all of it, from the outside in, each with its Expression.
fn variables<'q>(check: &Check<'_, '_, 'q>, item: Option<ItemId>) -> Vec<(&'q str, Node<'q>)> {
    let ancestors = item.into_iter().flat_map(|item| check.form.ancestors(item));
    let mut holders: Vec<Node<'q>> = ancestors.map(|id| check.form.item(id).node).collect();
    holders.push(check.form.root);
    holders.reverse();
    holders
        .into_iter()
        .flat_map(|holder| extension::values(holder, CORE, "variable"))
        .filter_map(|expression| Some((text(expression, "name")?, expression)))
        .collect()
}
