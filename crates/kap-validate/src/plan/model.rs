//! The types of the loaded plans, as FHIRPath asks for them.
//!
//! A place is the element whose children describe the members of a value: an element with children of its own, or the
//! root of the definition of its type.

use kap_fhir::Primitive;
use kap_fhirpath::{Member, Model, Place, Shape};
use kap_json::NameTable;

use super::flags::{definition, element, type_kind};
use super::rows;
use super::set::{PlanSet, UNDERSCORE, index};
use super::view::{DefinitionView, ElementView};

impl Model for PlanSet<'_> {
    fn type_place(&self, type_name: &str) -> Option<Place> {
        Some(place(self.type_definition(type_name)?.root()?))
    }

    fn members(&self, place: Place, name: &str) -> Vec<Member<'_>> {
        let Some(holder) = self.placed(place) else {
            return Vec::new();
        };
        let properties = holder.row.properties.of(holder.plan.tables.properties).iter();
        properties
            .filter(|property| {
                holder
                    .child(index(property.child))
                    .is_some_and(|child| child.name() == name)
            })
            .filter_map(|property| self.member_of(holder, *property))
            .collect()
    }

    fn member(&self, place: Place, name: &str, number: Option<u16>) -> Option<Member<'_>> {
        let holder = self.placed(place)?;
        let number = number.or_else(|| self.lookup(name))? & !UNDERSCORE;
        self.member_of(holder, *holder.property(number)?)
    }

    fn type_name(&self, place: Place) -> &str {
        self.placed(place).map_or("", type_name)
    }

    fn supertype(&self, type_name: &str) -> Option<&str> {
        let known = self.type_definition(type_name)?;
        Some(self.linked_definition(known.plan, known.row.base)?.type_name())
    }

    fn shape(&self, place: Place) -> Shape {
        let Some(element) = self.placed(place) else {
            return Shape::Complex;
        };
        if !element.row.has_parent() {
            return element.definition().map_or(Shape::Complex, root_shape);
        }
        element.types().first().map_or(Shape::Complex, shape)
    }
}

impl PlanSet<'_> {
    /// The element at a place.
    fn placed(&self, place: Place) -> Option<ElementView<'_>> {
        let plan = self.plans.get(usize::try_from(place.0 >> 32).ok()?)?;
        plan.element(u32::try_from(place.0 & 0xffff_ffff).ok()?)
    }

    fn member_of<'s>(&'s self, holder: ElementView<'s>, property: rows::Property) -> Option<Member<'s>> {
        let child = holder.child(index(property.child))?;
        let kind = child.types().get(index(property.kind))?;
        let tables = &holder.plan.tables;
        let name = tables.text(*tables.names.get(index(property.name))?);
        let number = self.lookup(name);
        Some(Member {
            name,
            number,
            shadow_number: number.map(|number| number | UNDERSCORE),
            place: place(self.content_of(child, kind)),
            shape: shape(kind),
            repeats: child.has(element::ARRAY),
        })
    }

    /// The element whose children describe a value of that type of `child`.
    fn content_of<'s>(&'s self, child: ElementView<'s>, kind: &rows::Type) -> ElementView<'s> {
        if !child.children().is_empty() {
            return child;
        }
        let linked = self.linked_definition(child.plan, kind.definition);
        linked.and_then(DefinitionView::root).unwrap_or(child)
    }

    /// Where the expression of an invariant on `element` starts: the element of the type itself, because a profile's
    /// element may have fewer types and children than what the expression speaks of.
    /// None where the element has several types: then nothing is known beforehand.
    pub(crate) fn context_place(&self, element: ElementView<'_>) -> Option<Place> {
        let in_type = self.place_in_type(element);
        if element.row.has_parent() && element.types().len() > 1 {
            return None;
        }
        in_type.or_else(|| {
            let kind = element.types().first();
            Some(place(kind.map_or(element, |kind| self.content_of(element, kind))))
        })
    }

    /// Place and shape of a value that an element describes, of the type of that number.
    pub(crate) fn value_place(&self, element: ElementView<'_>, kind: usize) -> (Place, Shape) {
        match element.types().get(kind) {
            Some(kind) => (place(self.content_of(element, kind)), shape(kind)),
            None => (place(element), Shape::Complex),
        }
    }

    fn place_in_type(&self, element: ElementView<'_>) -> Option<Place> {
        let mut steps = Vec::new();
        let mut at = element;
        while at.row.has_parent() {
            let parent = at.plan.element(at.row.parent.get())?;
            // A slice hangs below the element that it is a slice of.
            let is_slice = !at.plan.tables.text(at.row.slice_name).is_empty() && parent.row.name == at.row.name;
            if !is_slice {
                steps.push(at);
            }
            at = parent;
        }
        let root = at.definition()?.type_name();
        let mut found = self.type_place(root)?;
        for step in steps.iter().rev() {
            let members = self.members(found, step.name());
            let wanted = step.types().first().map(|kind| step.type_name(kind));
            let fitting = members
                .iter()
                .find(|member| Some(self.type_name(member.place)) == wanted);
            found = fitting.or(members.first())?.place;
        }
        Some(found)
    }
}

/// The place of an element.
pub(crate) fn place(element: ElementView<'_>) -> Place {
    // Both numbers fit: plans are few, and rows are numbered with 32 bits.
    Place((element.plan.index as u64) << 32 | element.number() as u64)
}

fn type_name(element: ElementView<'_>) -> &str {
    if element.row.has_parent() {
        return element.types().first().map_or("", |kind| element.type_name(kind));
    }
    element.definition().map_or("", DefinitionView::type_name)
}

fn shape(kind: &rows::Type) -> Shape {
    match (kind.primitive(), kind.kind.get()) {
        (Some(primitive), _) => Shape::Primitive(primitive),
        (None, type_kind::RESOURCE) => Shape::Resource,
        _ => Shape::Complex,
    }
}

fn root_shape(root: DefinitionView<'_>) -> Shape {
    let named = Primitive::ALL
        .iter()
        .find(|primitive| primitive.name() == root.type_name());
    match named {
        Some(primitive) => Shape::Primitive(*primitive),
        None if root.has(definition::RESOURCE) => Shape::Resource,
        None => Shape::Complex,
    }
}
