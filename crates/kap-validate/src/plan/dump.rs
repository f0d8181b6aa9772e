//! A plan as text, for people: what reviewers read when a compiled profile changes.

use std::fmt::Write;

use super::flags::{context, element, strength};
use super::rows::{NONE, UNBOUNDED};
use super::set::PlanSet;
use super::view::{DefinitionView, ElementView};

impl PlanSet<'_> {
    /// The compiled form of the definition with that canonical URL, one line an element; `None` if it is not loaded.
    pub fn dump(&self, canonical: &str) -> Option<String> {
        let definition = self.definition(canonical)?;
        let mut out = format!("{} ({})\n", definition.canonical(), definition.type_name());
        dump_extension(&mut out, definition);
        if let Some(root) = definition.root() {
            self.dump_element(&mut out, root);
        }
        Some(out)
    }

    fn dump_element(&self, out: &mut String, view: ElementView<'_>) {
        let max = match view.row.max.get() {
            UNBOUNDED => "*".to_owned(),
            max => max.to_string(),
        };
        let array = if view.has(element::ARRAY) { " array" } else { "" };
        let modifier = if view.has(element::MODIFIER) { " modifier" } else { "" };
        let _ = write!(out, "{} {}..{max}{array}{modifier}", view.id(), view.row.min.get());
        self.dump_types(out, view);
        dump_binding(out, view);
        if let Some(value) = view.value() {
            let verb = if view.has(element::FIXED) { "fixed" } else { "pattern" };
            let _ = write!(out, " {verb} {}", value.json(view.plan));
        }
        dump_limit(out, view);
        if let Some(target) = view.plan.element(view.row.content_reference.get()) {
            let _ = write!(out, " like {}", target.id());
        }
        out.push('\n');
        for at in 0..view.children().len() {
            // A content reference has the children of an element that is listed elsewhere.
            if let Some(child) = view
                .child(at)
                .filter(|child| child.row.parent.get() as usize == view.number())
            {
                self.dump_element(out, child);
            }
        }
        self.dump_slices(out, view);
    }

    fn dump_types(&self, out: &mut String, view: ElementView<'_>) {
        let tables = &view.plan.tables;
        for kind in view.types() {
            let _ = write!(out, " {}", view.type_name(kind));
            let targets = kind.targets.of(tables.numbers);
            let profiles = kind.profiles.of(tables.numbers);
            let names = |links: &[zerocopy::little_endian::U32]| {
                let name = |link: &zerocopy::little_endian::U32| {
                    let row = tables
                        .links
                        .get(link.get() as usize)
                        .map(|row| row.canonical(view.plan))
                        .unwrap_or_default();
                    self.linked_definition(view.plan, *link)
                        .map_or(row, |found: DefinitionView<'_>| found.name().to_owned())
                };
                links.iter().map(name).collect::<Vec<_>>().join(" | ")
            };
            if !targets.is_empty() {
                let _ = write!(out, "({})", names(targets));
            }
            if !profiles.is_empty() {
                let _ = write!(out, "<{}>", names(profiles));
            }
        }
    }

    fn dump_slices(&self, out: &mut String, view: ElementView<'_>) {
        let Some(slicing) = view.slicing() else { return };
        let tables = &view.plan.tables;
        let paths = slicing.discriminators.of(tables.numbers);
        let paths: Vec<&str> = paths.iter().map(|path| tables.text(*path)).collect();
        let rules = ["open", "closed", "openAtEnd"]
            .get(usize::from(slicing.rules.get()))
            .copied()
            .unwrap_or_default();
        let _ = writeln!(out, "{} sliced by {}, {rules}", view.id(), paths.join(" and "));
        for slice in view.slices() {
            self.dump_element(out, slice);
        }
    }
}

fn dump_binding(out: &mut String, view: ElementView<'_>) {
    let Some(binding) = view.binding() else { return };
    let strength = match binding.strength.get() {
        strength::REQUIRED => "required",
        strength::EXTENSIBLE => "extensible",
        strength::PREFERRED => "preferred",
        _ => "example",
    };
    let link = view.plan.tables.links.get(binding.value_set.get() as usize);
    let _ = write!(
        out,
        " {strength} {}",
        link.map(|link| link.canonical(view.plan)).unwrap_or_default()
    );
    let tables = &view.plan.tables;
    for additional in binding.additional.of(tables.additional_bindings) {
        let link = tables.links.get(additional.value_set.get() as usize);
        let value_set = link.map(|link| link.canonical(view.plan)).unwrap_or_default();
        let _ = write!(out, " and {} {value_set}", tables.text(additional.purpose));
    }
}

fn dump_limit(out: &mut String, view: ElementView<'_>) {
    let tables = &view.plan.tables;
    let Some(limit) = tables.limits.get(view.row.limit.get() as usize) else {
        return;
    };
    let counts = [
        ("maxLength", limit.max_length),
        ("minLength", limit.min_length),
        ("maxDecimalPlaces", limit.max_decimal_places),
    ];
    for (name, count) in counts.iter().filter(|(_, count)| count.get() != NONE) {
        let _ = write!(out, " {name} {count}");
    }
    for bound in [limit.min_value, limit.max_value] {
        if let Some(value) = tables.values.get(bound.get() as usize) {
            let _ = write!(out, " {} {}", tables.text(value.name), value.json(view.plan));
        }
    }
    for (name, text) in [("regex", limit.regex), ("maxSize", limit.max_size)] {
        if text.get() != 0 {
            let _ = write!(out, " {name} `{}`", tables.text(text));
        }
    }
    for code in limit.mime_types.of(tables.numbers) {
        let _ = write!(out, " mimeType `{}`", tables.text(*code));
    }
}

/// Where an extension may stand, and which profiles a profile imposes.
fn dump_extension(out: &mut String, definition: DefinitionView<'_>) {
    let tables = &definition.plan.tables;
    for place in definition.row.contexts.of(tables.contexts) {
        let kind = match place.kind.get() {
            context::FHIRPATH => "fhirpath",
            context::EXTENSION => "extension",
            _ => "element",
        };
        let _ = writeln!(out, "on {kind} {}", tables.text(place.expression));
    }
    for invariant in definition.row.context_invariants.of(tables.numbers) {
        let _ = writeln!(out, "where {}", tables.text(*invariant));
    }
    let imposed = definition.row.imposes.of(tables.numbers);
    for link in imposed.iter().filter_map(|link| tables.links.get(link.get() as usize)) {
        let _ = writeln!(out, "imposes {}", link.canonical(definition.plan));
    }
}
