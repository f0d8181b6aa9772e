//! One ElementDefinition against the element that it constrains
//! (<https://hl7.org/fhir/R4/elementdefinition.html#interpretation>).

use kap_fhir::Primitive;
use kap_json::{Message, Node};

use super::{Check, slicing};
use crate::check::special::elements::{self, Found};
use crate::check::special::extension::{text, typed};
use crate::check::structure::type_word;
use crate::check::value;
use crate::codes::special as codes;
use crate::plan::flags::{definition, element, strength};
use crate::plan::rows::UNBOUNDED;
use crate::plan::view::{DefinitionView, ElementView};

pub(super) fn check<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, is_snapshot: bool) {
    let Some(path) = text(node, "path") else { return };
    let (root, below) = path.split_once('.').unwrap_or((path, ""));
    if root != check.type_name && !check.type_name.contains('/') {
        let message = || Message::text("the path does not begin with the type: ").value(path);
        let message = message();
        return check.report(&codes::DEFINITION_PATH, node, || message);
    }
    if below.is_empty() {
        root_element(check, node, is_snapshot);
        return type_profiles(check, node, path);
    }
    let base = check.base.filter(|_| check.is_profile);
    let found = base.map(|base| elements::find(check.walk.set, base, below.split('.')));
    match found {
        Some(Found::Missing) if !is_snapshot => {
            let message = || Message::text("there is no such element to constrain: ").value(path);
            let names_a_choice = names_a_choice(check, path);
            let report = if names_a_choice {
                Check::report_whole
            } else {
                Check::report_twice
            };
            return report(check, &codes::DEFINITION_UNKNOWN_ELEMENT, node, message);
        }
        Some(Found::Elements(base)) => {
            constrained(check, node, &base);
            slicing::discriminators(check, node, &base);
            if let ([base], false) = (base.as_slice(), is_snapshot) {
                slicing::within_base(check, node, *base);
            }
        }
        _ => {}
    }
    if is_snapshot && node.get("type").is_none() && node.get("contentReference").is_none() {
        let message = || "an element of a snapshot has a type or refers to the content of another one".into();
        check.report(&codes::DEFINITION_TYPE, node, message);
    }
    if check.is_profile && !is_snapshot && node.get("meaningWhenMissing").is_some() && !path.ends_with(".extension") {
        let message = || "what the absence of an element means is said where the element is defined, not in a profile";
        check.report(&codes::DEFINITION_NOT_IN_PROFILE, node, || message().into());
    }
    limits(check, node);
    type_profiles(check, node, path);
}

/// Whether a path fails only in the type that it gives a choice: `valueBla` for `value[x]`.
fn names_a_choice(check: &Check<'_, '_>, path: &str) -> bool {
    let (Some(base), Some((holder, name))) = (check.base, path.rsplit_once('.')) else {
        return false;
    };
    let steps = holder.split('.').skip(1);
    let Found::Elements(holders) = elements::find(check.walk.set, base, steps) else {
        return false;
    };
    let mut children = holders
        .iter()
        .flat_map(|holder| (0..holder.children().len()).filter_map(|at| holder.child(at)));
    children.any(|child| child.has(element::CHOICE) && name.starts_with(child.name()))
}

/// Limits are for types that have what they limit.
fn limits<'c>(check: &mut Check<'_, 'c>, node: Node<'c>) {
    let Some(types) = stated_types(check, node) else {
        return;
    };
    for name in ["maxLength", "minValue", "maxValue"] {
        let suits = if name == "maxLength" { has_length } else { has_order };
        let found = node.get(name).or_else(|| typed(node, name).map(|(_, value)| value));
        if found.is_some() && !types.iter().any(|name| suits(name)) {
            let message = || Message::text(format!("no type of the element goes with `{name}`"));
            check.report(&codes::DEFINITION_LIMIT, node, message);
        }
    }
}

/// Whether values of the type have characters to count.
fn has_length(name: &str) -> bool {
    Primitive::from_name(name).is_some_and(|primitive| !matches!(primitive, Primitive::Boolean | Primitive::Xhtml))
}

/// Whether values of the type have an order (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_>).
fn has_order(name: &str) -> bool {
    const ORDERED: [&str; 15] = [
        "date",
        "dateTime",
        "instant",
        "time",
        "decimal",
        "integer",
        "positiveInt",
        "unsignedInt",
        "Quantity",
        "Age",
        "Count",
        "Distance",
        "Duration",
        "Money",
        "SimpleQuantity",
    ];
    ORDERED.contains(&name)
}

/// What the outermost element cannot have.
fn root_element<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, is_snapshot: bool) {
    let mut prohibited = vec!["slicing", "sliceName"];
    if is_snapshot {
        prohibited.extend(["minValue", "maxValue", "maxLength", "defaultValue", "fixed", "pattern"]);
    }
    for name in prohibited {
        let found = node.get(name).or_else(|| typed(node, name).map(|(_, value)| value));
        if found.is_some() {
            let message = || Message::text(format!("the outermost element cannot have `{name}`"));
            check.report(&codes::DEFINITION_ROOT, node, message);
        }
    }
}

/// An element against what the base says of it.
fn constrained<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: &[ElementView<'c>]) {
    let is_slice = text(node, "id").is_some_and(|id| id.contains(':')) || text(node, "sliceName").is_some();
    if let [base] = base {
        cardinality(check, node, *base, is_slice);
        let is_single = base.row.max.get() == 1 && !base.has(element::CHOICE);
        if let Some(slicing) = node.get("slicing").filter(|_| is_single && !is_slice) {
            let message = || "an element that neither repeats nor has a choice of types cannot be sliced".into();
            check.report_twice(&codes::DEFINITION_SLICING, slicing, message);
        }
    }
    types(check, node, base);
    if let [base] = base {
        targets(check, node, *base);
    }
    values(check, node, base);
    binding(check, node, base);
    if let Some(base) = base.first().filter(|base| base.has(element::FIXED)) {
        // What the base fixes stays fixed.
        if let Some((_, value)) = typed(node, "fixed") {
            value::check(check.walk, Some(value), None, *base);
        }
    }
}

/// Cardinality only gets narrower. Slices may be fewer than the element that is sliced must be.
fn cardinality<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: ElementView<'c>, is_slice: bool) {
    let number = |text: &str| text.parse::<u32>().ok();
    let base_max = u32::from(base.row.max.get());
    let is_unbounded = base.row.max.get() == UNBOUNDED;
    let max = text(node, "max");
    let too_many = match max {
        Some("*") => !is_unbounded,
        Some(max) => !is_unbounded && number(max).is_some_and(|max| max > base_max),
        None => false,
    };
    if too_many {
        let message = || Message::text(format!("the base allows {base_max} of this element at most"));
        check.report_whole(&codes::DEFINITION_CARDINALITY, node, message);
    }
    let min = node.get("min").and_then(Node::as_number).and_then(number);
    let base_min = u32::from(base.row.min.get());
    // Nothing of an optional parent needs to be there, and a slice may be absent.
    if let Some(min) = min.filter(|min| *min < base_min && !is_slice) {
        let message = || Message::text(format!("the base asks for {base_min} of this element, not for {min}"));
        check.report_whole(&codes::DEFINITION_CARDINALITY, node, message);
    }
}

/// Types are some of those that the base has.
fn types<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: &[ElementView<'c>]) {
    let set = check.walk.set;
    let Some(known) = type_names(check, base) else { return };
    for kind in node.get("type").into_iter().flat_map(Node::items) {
        let Some(code) = text(kind, "code").map(short) else {
            continue;
        };
        // The types of FHIRPath stand for the insides of primitives.
        let is_system = code.starts_with("http://hl7.org/fhirpath/");
        if !is_system && !known.iter().any(|known| elements::is_a(set, code, known)) {
            let message = || {
                type_word(set, Message::text("the base does not allow type "), code)
                    .and(format!(" here, but {}", known.join(", ")))
            };
            check.report(&codes::DEFINITION_TYPE, kind, message);
        }
    }
}

/// The names of the types of elements; none if they do not say, or stand for other types.
fn type_names<'c>(check: &Check<'_, 'c>, base: &[ElementView<'c>]) -> Option<Vec<&'c str>> {
    let set = check.walk.set;
    let mut names = Vec::new();
    for view in base {
        for kind in view.types() {
            let found = elements::type_of(set, *view, kind)?;
            if found.has(definition::ABSTRACT) {
                return None;
            }
            let name = view.type_name(kind);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let is_known = |name: &&str| set.type_definition(name).is_some();
    (!names.is_empty() && names.iter().all(is_known)).then_some(names)
}

/// Fixed values and patterns have a type that the element has.
fn values<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: &[ElementView<'c>]) {
    let names = if node.get("type").is_some_and(|types| !types.is_empty()) {
        stated_types(check, node)
    } else {
        type_names(check, base)
    };
    let Some(names) = names else { return };
    for name in ["fixed", "pattern"] {
        let Some((kind, value)) = typed(node, name) else {
            continue;
        };
        if !names.iter().any(|name| is_kind(name, kind)) {
            let message = || {
                Message::text("the value has type ")
                    .value(kind)
                    .and(format!(", the element has {}", names.join(", ")))
            };
            check.report(&codes::DEFINITION_VALUE, value, message);
        }
    }
}

/// What the base requires stays required; and "binding can only be present for coded elements, string, and uri" (eld-11,
/// whose expression allows any type).
fn binding<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: &[ElementView<'c>]) {
    const BINDABLE: [&str; 6] = ["code", "Coding", "CodeableConcept", "Quantity", "string", "uri"];
    let set = check.walk.set;
    let Some(binding) = node.get("binding") else { return };
    let is_required = |base: &ElementView<'c>| {
        let known = base.binding();
        known.is_some_and(|known| known.strength.get() == strength::REQUIRED)
    };
    if base.iter().any(is_required) && text(binding, "strength").is_some_and(|strength| strength != "required") {
        let message = || "the base requires the codes of its value set, which cannot be undone".into();
        check.report_whole(&codes::DEFINITION_BINDING, binding, message);
    }
    let Some(names) = stated_types(check, node) else { return };
    let is_bindable = |name: &&str| BINDABLE.iter().any(|bindable| elements::is_a(set, name, bindable));
    if !names.iter().any(is_bindable) {
        let message = || Message::text(format!("values of type {} have no code to bind", names.join(", ")));
        check.report(&codes::DEFINITION_BINDING, binding, message);
    }
}

/// The types that the element itself states, if all of them are known.
fn stated_types<'c>(check: &Check<'_, 'c>, node: Node<'c>) -> Option<Vec<&'c str>> {
    let kinds = node.get("type").into_iter().flat_map(Node::items);
    let names: Vec<&str> = kinds.filter_map(|kind| text(kind, "code").map(short)).collect();
    let is_known = |name: &&str| check.walk.set.type_definition(name).is_some();
    (!names.is_empty() && names.iter().all(is_known)).then_some(names)
}

/// Whether `kind`, as `fixedUri` spells it, is the type of that name.
fn is_kind(name: &str, kind: &str) -> bool {
    if Primitive::from_name(name).is_some() {
        return name.eq_ignore_ascii_case(kind);
    }
    name == kind
}

/// Profiles that types name constrain these types.
fn type_profiles<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, path: &str) {
    let set = check.walk.set;
    for kind in node.get("type").into_iter().flat_map(Node::items) {
        let Some(code) = text(kind, "code").map(short) else {
            continue;
        };
        let canonicals = |name| kind.get(name).into_iter().flat_map(Node::items);
        for profile in canonicals("profile") {
            let Some(found) = profile.as_str().and_then(|canonical| set.definition(canonical)) else {
                continue;
            };
            if !elements::is_a(set, found.type_name(), code) {
                let message = || {
                    let message = Message::text(format!("this is a profile of {}, not of ", found.type_name()));
                    type_word(set, message, code)
                };
                check.report_twice(&codes::DEFINITION_TYPE_PROFILE, profile, message);
                continue;
            }
            let is_modifier = found.root().is_some_and(|root| root.has(element::MODIFIER));
            if code == "Extension" && found.root().is_some() && is_modifier != path.ends_with(".modifierExtension") {
                let message = || "modifier extensions, and only they, belong into `modifierExtension`".into();
                check.report(&codes::DEFINITION_TYPE_PROFILE, profile, message);
            }
        }
        for profile in canonicals("targetProfile") {
            let found = profile.as_str().and_then(|canonical| set.definition(canonical));
            if let Some(found) = found.filter(|found| !found.has(definition::RESOURCE)) {
                let message = || Message::text(format!("references lead to resources, {} is none", found.type_name()));
                check.report_twice(&codes::DEFINITION_TYPE_PROFILE, profile, message);
            }
        }
    }
}

/// References lead to types that the base lets them lead to.
fn targets<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: ElementView<'c>) {
    let set = check.walk.set;
    for kind in node.get("type").into_iter().flat_map(Node::items) {
        let code = text(kind, "code").map(short);
        let mut of_base = base.types().iter().filter(|known| Some(base.type_name(known)) == code);
        let Some(links) = of_base.next().map(|known| known.targets.of(base.plan.tables.numbers)) else {
            continue;
        };
        let allowed: Option<Vec<&str>> = links
            .iter()
            .map(|link| set.linked_definition(base.plan, *link).map(DefinitionView::type_name))
            .collect();
        let Some(allowed) = allowed.filter(|allowed| !allowed.is_empty()) else {
            continue;
        };
        for profile in kind.get("targetProfile").into_iter().flat_map(Node::items) {
            let found = profile.as_str().and_then(|canonical| set.definition(canonical));
            let found = found.filter(|found| found.has(definition::RESOURCE));
            let is_allowed = |name: &str| allowed.iter().any(|allowed| elements::is_a(set, name, allowed));
            if let Some(found) = found.filter(|found| !is_allowed(found.type_name())) {
                let message = || {
                    let types = allowed.join(", ");
                    Message::text(format!(
                        "the base does not let this lead to {}, but to {types}",
                        found.type_name()
                    ))
                };
                check.report_whole(&codes::DEFINITION_TYPE_PROFILE, profile, message);
            }
        }
    }
}

/// The name of a type without the beginning of the URLs of FHIR's own types.
fn short(code: &str) -> &str {
    code.strip_prefix("http://hl7.org/fhir/StructureDefinition/")
        .unwrap_or(code)
}
