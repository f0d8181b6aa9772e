//! Elements by their paths, as StructureDefinitions, contexts of extensions and other definitions name them.

use crate::plan::flags::{definition, element};
use crate::plan::rows;
use crate::plan::set::PlanSet;
use crate::plan::view::{DefinitionView, ElementView};

/// What a path leads to.
pub(super) enum Found<'c> {
    /// These elements: several where a choice has several types.
    Elements(Vec<ElementView<'c>>),
    /// There is no such element.
    Missing,
    /// It cannot be told: a definition on the way is not loaded, or any resource may stand there.
    Unknown,
}

/// The elements below `root` that the steps lead to. A step may name a choice (`value[x]`) or one of its types
/// (`valueQuantity`), and may name a slice, which is passed over (`category:survey`).
pub(super) fn find<'c, 's>(
    set: &'c PlanSet<'c>,
    root: ElementView<'c>,
    steps: impl Iterator<Item = &'s str>,
) -> Found<'c> {
    let mut present = vec![root];
    for step in steps {
        let name = step.split(':').next().unwrap_or(step);
        let name = name.strip_suffix("[x]").unwrap_or(name);
        let mut next = Vec::new();
        let mut is_open = false;
        for holder in present {
            for content in contents(set, holder, &mut is_open) {
                next.extend(child(set, content, name));
            }
        }
        if next.is_empty() {
            return if is_open { Found::Unknown } else { Found::Missing };
        }
        next.dedup();
        present = next;
    }
    Found::Elements(present)
}

/// The elements whose children stand below an element: itself, or the roots of its types.
fn contents<'c>(set: &'c PlanSet<'c>, holder: ElementView<'c>, is_open: &mut bool) -> Vec<ElementView<'c>> {
    if !holder.children().is_empty() {
        return vec![holder];
    }
    if let Some(borrowed) = holder.plan.element(holder.row.content_reference.get()) {
        return vec![borrowed];
    }
    let mut found = Vec::new();
    for kind in holder.types() {
        match type_of(set, holder, kind) {
            Some(view) => {
                *is_open |= view.has(definition::RESOURCE) && view.has(definition::ABSTRACT);
                found.extend(view.root());
            }
            None => *is_open = true,
        }
    }
    found
}

/// The definition of one type of an element.
pub(super) fn type_of<'c>(
    set: &'c PlanSet<'c>,
    holder: ElementView<'c>,
    kind: &rows::Type,
) -> Option<DefinitionView<'c>> {
    set.linked_definition(holder.plan, kind.definition)
}

fn child<'c>(set: &'c PlanSet<'c>, holder: ElementView<'c>, name: &str) -> Option<ElementView<'c>> {
    let children = 0..holder.children().len();
    let mut named = children
        .filter_map(|at| holder.child(at))
        .filter(|child| child.name() == name);
    named.next().or_else(|| {
        use kap_json::NameTable;
        let property = holder.property(set.lookup(name)?)?;
        let child = holder.child(usize::from(property.child.get()))?;
        child.has(element::CHOICE).then_some(child)
    })
}

/// Whether the type of that name is another one, or a specialization of it.
pub(super) fn is_a(set: &PlanSet<'_>, name: &str, ancestor: &str) -> bool {
    let mut known = set.type_definition(name);
    for _ in 0..16 {
        match known {
            Some(view) if view.type_name() == ancestor => return true,
            Some(view) => known = set.linked_definition(view.plan, view.row.base),
            None => break,
        }
    }
    name == ancestor
}
