//! From the rows of a plan back to the facts of ElementDefinitions: profiles on R4 need no package of R4.
//!
//! Only what rows keep comes back. Texts for people (`short`, `definition`, `comment`) do not.

use serde_json::{Map, Value, json};

use super::FHIR_TYPES;
use super::node::Node;
use crate::plan::flags::{self, element};
use crate::plan::rows::{self, NONE, UNBOUNDED};
use crate::plan::view::{DefinitionView, ElementView};

/// The tree of a definition's elements; `None` if it has none.
pub(super) fn decompile(definition: DefinitionView<'_>) -> Option<Node> {
    Some(decompile_element(definition, definition.root()?, 0))
}

/// Plans from files can be damaged in ways that lead in circles; real ones stay far above the limit.
fn decompile_element(definition: DefinitionView<'_>, view: ElementView<'_>, depth: usize) -> Node {
    let tables = &view.plan.tables;
    let choice = if view.has(element::CHOICE) { "[x]" } else { "" };
    let mut node = Node::new(&format!("{}{choice}", view.name()), tables.text(view.row.slice_name));
    node.facts = facts(definition, view);
    if depth >= super::node::MAX_DEPTH {
        return node;
    }
    if view.row.content_reference.get() == NONE {
        let children = (0..view.children().len()).filter_map(|at| view.child(at));
        node.children = children
            .map(|child| decompile_element(definition, child, depth + 1))
            .collect();
    }
    node.slices = view
        .slices()
        .map(|slice| decompile_element(definition, slice, depth + 1))
        .collect();
    node
}

fn facts(definition: DefinitionView<'_>, view: ElementView<'_>) -> Map<String, Value> {
    let tables = &view.plan.tables;
    let mut facts = Map::new();
    let mut set = |name: &str, value: Value| facts.insert(name.to_owned(), value);
    let array_max = if view.has(element::ARRAY) { "*" } else { "1" };
    set("min", view.row.min.get().into());
    set("max", max(view.row.max.get()).into());
    set("base", json!({"path": view.id(), "min": 0, "max": array_max}));
    for (flag, name) in [
        (element::MODIFIER, "isModifier"),
        (element::MUST_SUPPORT, "mustSupport"),
        (element::CONSTRAINING, "sliceIsConstraining"),
    ] {
        if view.has(flag) {
            set(name, true.into());
        }
    }
    match view.plan.element(view.row.content_reference.get()) {
        Some(target) => set("contentReference", format!("#{}", target.id()).into()),
        None if view.types().is_empty() => None,
        None => set("type", types(definition, view)),
    };
    if let Some(binding) = view.binding() {
        set("binding", decompile_binding(view, binding));
    }
    if let Some(value) = view.value() {
        set(tables.text(value.name), decompile_value(view, value, 0));
    }
    let constraints: Vec<Value> = constraints(view)
        .filter(|row| !is_borrowed(view, row))
        .map(|row| constraint(view, row))
        .collect();
    if !constraints.is_empty() {
        set("constraint", constraints.into());
    }
    if let Some(slicing) = view.slicing().filter(|slicing| is_stated(slicing)) {
        set("slicing", decompile_slicing(view, slicing));
    }
    if let Some(limit) = tables.limits.get(view.row.limit.get() as usize) {
        facts.extend(limits(view, limit));
    }
    facts
}

fn max(max: u16) -> String {
    match max {
        UNBOUNDED => "*".to_owned(),
        max => max.to_string(),
    }
}

fn types(definition: DefinitionView<'_>, view: ElementView<'_>) -> Value {
    let one = |kind: &rows::Type| {
        let link = view.plan.tables.links.get(kind.definition.get() as usize);
        let url = link.map(|link| link.canonical(view.plan)).unwrap_or_default();
        let code = url.strip_prefix(FHIR_TYPES).unwrap_or(&url);
        let is_primitive_value = definition.has(flags::definition::PRIMITIVE) && view.name() == "value";
        if is_primitive_value {
            // A primitive's `value` is the JSON value itself, which FHIR marks by the type that it has in FHIRPath.
            return json!({
                "code": "http://hl7.org/fhirpath/System.String",
                "extension": [{"url": crate::compile::FHIR_TYPE_EXTENSION, "valueUrl": code}],
            });
        }
        let mut written = Map::new();
        written.insert("code".to_owned(), code.into());
        for (name, links) in [("profile", kind.profiles), ("targetProfile", kind.targets)] {
            let canonicals = canonicals(view, links);
            if !canonicals.is_empty() {
                written.insert(name.to_owned(), canonicals.into());
            }
        }
        let modes = [
            (flags::aggregation::CONTAINED, "contained"),
            (flags::aggregation::REFERENCED, "referenced"),
            (flags::aggregation::BUNDLED, "bundled"),
        ];
        let modes: Vec<Value> = modes
            .iter()
            .filter(|(bit, _)| kind.aggregation.get() & bit != 0)
            .map(|(_, mode)| Value::from(*mode))
            .collect();
        if !modes.is_empty() {
            written.insert("aggregation".to_owned(), modes.into());
        }
        match kind.versioning.get() {
            flags::versioning::INDEPENDENT => written.insert("versioning".to_owned(), "independent".into()),
            flags::versioning::SPECIFIC => written.insert("versioning".to_owned(), "specific".into()),
            _ => None,
        };
        Value::Object(written)
    };
    view.types().iter().map(one).collect()
}

fn canonicals(view: ElementView<'_>, links: rows::Range) -> Vec<Value> {
    let tables = &view.plan.tables;
    let links = links.of(tables.numbers).iter();
    links
        .filter_map(|link| tables.links.get(link.get() as usize))
        .map(|link| link.canonical(view.plan).into())
        .collect()
}

fn decompile_binding(view: ElementView<'_>, binding: &rows::Binding) -> Value {
    let tables = &view.plan.tables;
    let strength = match binding.strength.get() {
        flags::strength::REQUIRED => "required",
        flags::strength::EXTENSIBLE => "extensible",
        flags::strength::PREFERRED => "preferred",
        _ => "example",
    };
    let canonical = |link: zerocopy::little_endian::U32| {
        let link = tables.links.get(link.get() as usize)?;
        Some(link.canonical(view.plan))
    };
    let mut written = Map::new();
    written.insert("strength".to_owned(), strength.into());
    if let Some(value_set) = canonical(binding.value_set) {
        written.insert("valueSet".to_owned(), value_set.into());
    }
    let mut extensions = Vec::new();
    for (url, link) in [
        (crate::compile::MAX_VALUE_SET, binding.max_value_set),
        (crate::compile::MIN_VALUE_SET, binding.min_value_set),
    ] {
        if let Some(value_set) = canonical(link) {
            extensions.push(json!({"url": url, "valueCanonical": value_set}));
        }
    }
    for additional in binding.additional.of(tables.additional_bindings) {
        let mut parts = vec![json!({"url": "purpose", "valueCode": tables.text(additional.purpose)})];
        if let Some(value_set) = canonical(additional.value_set) {
            parts.push(json!({"url": "valueSet", "valueCanonical": value_set}));
        }
        if additional.any.get() == 1 {
            parts.push(json!({"url": "any", "valueBoolean": true}));
        }
        if additional.conditional.get() == 1 {
            parts.push(json!({"url": "usage"}));
        }
        extensions.push(json!({"url": crate::compile::ADDITIONAL_BINDING, "extension": parts}));
    }
    if !extensions.is_empty() {
        written.insert("extension".to_owned(), extensions.into());
    }
    Value::Object(written)
}

fn decompile_value(view: ElementView<'_>, value: &rows::Value, depth: usize) -> Value {
    let tables = &view.plan.tables;
    let text = tables.text(value.text);
    let children = || {
        let children = value.children.of(tables.values).iter();
        children.filter(|_| depth < super::node::MAX_DEPTH)
    };
    match value.kind.get() {
        flags::value::BOOLEAN => (text == "true").into(),
        flags::value::NUMBER => serde_json::from_str(text).unwrap_or_default(),
        flags::value::STRING => text.into(),
        flags::value::ARRAY => children().map(|item| decompile_value(view, item, depth + 1)).collect(),
        _ => children()
            .map(|member| {
                (
                    tables.text(member.name).to_owned(),
                    decompile_value(view, member, depth + 1),
                )
            })
            .collect(),
    }
}

fn constraints(view: ElementView<'_>) -> impl Iterator<Item = &rows::Constraint> {
    let tables = &view.plan.tables;
    let numbers = view.row.constraints.of(tables.numbers).iter();
    numbers.filter_map(|number| tables.constraints.get(number.get() as usize))
}

/// Whether an element has an invariant from the element that it refers to: compiling lends it again. What is decided
/// without evaluation has the same row everywhere and cannot be told apart; it may as well stay.
fn is_borrowed(view: ElementView<'_>, row: &rows::Constraint) -> bool {
    let target = view.plan.element(view.row.content_reference.get());
    let mut stated = target.into_iter().flat_map(constraints);
    row.context.get() != NONE
        && stated.any(|known| known.key == row.key && known.expression == row.expression && known.source == row.source)
}

fn constraint(view: ElementView<'_>, row: &rows::Constraint) -> Value {
    let tables = &view.plan.tables;
    let mut written = json!({
        "key": tables.text(row.key),
        "severity": if row.error.get() == 1 { "error" } else { "warning" },
        "human": tables.text(row.human),
        "expression": tables.text(row.expression),
        "source": tables.text(row.source),
    });
    if row.best_practice.get() == 1 {
        written["extension"] = json!([{"url": crate::compile::BEST_PRACTICE, "valueBoolean": true}]);
    }
    written
}

/// Slices of slices have a row even where the definition gives no rules.
fn is_stated(slicing: &rows::Slicing) -> bool {
    slicing.discriminators.length.get() > 0 || slicing.rules.get() != flags::rules::OPEN || slicing.ordered.get() == 1
}

fn decompile_slicing(view: ElementView<'_>, slicing: &rows::Slicing) -> Value {
    let tables = &view.plan.tables;
    let paths = slicing.discriminators.of(tables.numbers).iter();
    let kinds = slicing.discriminator_types.of(tables.numbers).iter();
    let discriminators: Vec<Value> = kinds
        .zip(paths)
        .map(|(kind, path)| json!({"type": tables.text(*kind), "path": tables.text(*path)}))
        .collect();
    let rules = match slicing.rules.get() {
        flags::rules::CLOSED => "closed",
        flags::rules::OPEN_AT_END => "openAtEnd",
        _ => "open",
    };
    let mut written = json!({"ordered": slicing.ordered.get() == 1, "rules": rules});
    if !discriminators.is_empty() {
        written["discriminator"] = discriminators.into();
    }
    written
}

fn limits(view: ElementView<'_>, limit: &rows::Limit) -> Map<String, Value> {
    let tables = &view.plan.tables;
    let mut facts = Map::new();
    if limit.max_length.get() != NONE {
        facts.insert("maxLength".to_owned(), limit.max_length.get().into());
    }
    for bound in [limit.min_value, limit.max_value] {
        if let Some(value) = tables.values.get(bound.get() as usize) {
            facts.insert(tables.text(value.name).to_owned(), decompile_value(view, value, 0));
        }
    }
    let extensions = crate::compile::limit_extensions(tables, limit);
    if !extensions.is_empty() {
        facts.insert("extension".to_owned(), extensions.into());
    }
    facts
}
