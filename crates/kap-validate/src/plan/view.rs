//! Rows together with the plan they belong to: what the walk holds in its hands.

use kap_fhir::Primitive;

use super::flags;
use super::rows::{self, NONE};
use super::set::{LoadedPlan, index};

/// A StructureDefinition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefinitionView<'p> {
    pub(crate) plan: &'p LoadedPlan<'p>,
    pub(crate) row: &'p rows::Definition,
}

/// An ElementDefinition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ElementView<'p> {
    pub(crate) plan: &'p LoadedPlan<'p>,
    pub(crate) row: &'p rows::Element,
}

/// Two views are equal if they show the same row of the same plan.
impl PartialEq for ElementView<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.row, other.row)
    }
}

impl<'p> DefinitionView<'p> {
    pub(crate) fn new(plan: &'p LoadedPlan<'p>, row: u32) -> Option<DefinitionView<'p>> {
        Some(DefinitionView {
            plan,
            row: plan.tables.definitions.get(row as usize)?,
        })
    }

    /// The number of its row.
    pub(crate) fn number(self) -> u32 {
        let distance = std::ptr::from_ref(self.row).addr() - self.plan.tables.definitions.as_ptr().addr();
        u32::try_from(distance / size_of::<rows::Definition>()).unwrap_or(NONE)
    }

    pub(crate) fn url(self) -> &'p str {
        self.plan.tables.text(self.row.url)
    }

    /// Its computer-friendly name, for example `USCorePatientProfile`.
    pub(crate) fn name(self) -> &'p str {
        self.plan.tables.text(self.row.name)
    }

    /// The type it defines or constrains.
    pub(crate) fn type_name(self) -> &'p str {
        self.plan.tables.text(self.row.type_name)
    }

    /// `url|version`.
    pub(crate) fn canonical(self) -> String {
        match self.plan.tables.text(self.row.version) {
            "" => self.url().to_owned(),
            version => format!("{}|{version}", self.url()),
        }
    }

    /// Its outermost element; none if it came without a snapshot.
    pub(crate) fn root(self) -> Option<ElementView<'p>> {
        self.plan.element(self.row.root.get())
    }

    pub(crate) fn has(self, flag: u16) -> bool {
        self.row.flags.get() & flag != 0
    }
}

impl<'p> ElementView<'p> {
    pub(crate) fn has(self, flag: u16) -> bool {
        self.row.flags.get() & flag != 0
    }

    /// The number of its row.
    pub(crate) fn number(self) -> usize {
        let distance = std::ptr::from_ref(self.row).addr() - self.plan.tables.elements.as_ptr().addr();
        distance / size_of::<rows::Element>()
    }

    /// Its name, without `[x]`.
    pub(crate) fn name(self) -> &'p str {
        let tables = &self.plan.tables;
        tables
            .names
            .get(index(self.row.name))
            .map_or("", |text| tables.text(*text))
    }

    pub(crate) fn children(self) -> &'p [rows::Element] {
        self.row.children.of(self.plan.tables.elements)
    }

    pub(crate) fn child(self, at: usize) -> Option<ElementView<'p>> {
        Some(ElementView {
            plan: self.plan,
            row: self.children().get(at)?,
        })
    }

    /// The child that appears under a name of the set, with the number of the type that the name stands for.
    pub(crate) fn property(self, name: u16) -> Option<&'p rows::Property> {
        let name = self.plan.local_name(name);
        let properties = self.row.properties.of(self.plan.tables.properties);
        let at = properties
            .binary_search_by_key(&name, |property| property.name.get())
            .ok()?;
        properties.get(at)
    }

    pub(crate) fn types(self) -> &'p [rows::Type] {
        self.row.types.of(self.plan.tables.types)
    }

    /// The name of a type as an ElementDefinition gives it.
    pub(crate) fn type_name(self, kind: &rows::Type) -> &'p str {
        let tables = &self.plan.tables;
        let url = tables
            .links
            .get(kind.definition.get() as usize)
            .map_or("", |link| tables.text(link.url));
        url.rsplit('/').next().unwrap_or(url)
    }

    pub(crate) fn binding(self) -> Option<&'p rows::Binding> {
        self.plan.tables.bindings.get(self.row.binding.get() as usize)
    }

    pub(crate) fn value(self) -> Option<&'p rows::Value> {
        self.plan.tables.values.get(self.row.value.get() as usize)
    }

    pub(crate) fn slicing(self) -> Option<&'p rows::Slicing> {
        self.plan.tables.slicings.get(self.row.slicing.get() as usize)
    }

    /// Its slices: their rows follow each other.
    pub(crate) fn slices(self) -> impl Iterator<Item = ElementView<'p>> {
        let slicing = self.slicing().map_or(rows::Range::EMPTY, |slicing| slicing.slices);
        let rows = slicing.of(self.plan.tables.elements).iter();
        rows.map(move |row| ElementView { plan: self.plan, row })
    }

    /// The name of the slice that it is, or the empty text.
    pub(crate) fn slice_name(self) -> &'p str {
        self.plan.tables.text(self.row.slice_name)
    }

    pub(crate) fn definition(self) -> Option<DefinitionView<'p>> {
        DefinitionView::new(self.plan, self.row.definition.get())
    }

    /// For messages about what is missing: the profile that demands it, if it is one.
    pub(crate) fn demander(self) -> String {
        let profile = self.definition().filter(|found| found.has(flags::definition::PROFILE));
        profile.map_or(String::new(), |profile| match profile.name() {
            "" => format!(", required by {}", profile.canonical()),
            name => format!(", required by {name}"),
        })
    }

    /// Its id in the definition, for example `Observation.category:survey.coding`.
    pub(crate) fn id(self) -> String {
        let mut steps = Vec::new();
        let mut element = Some(self);
        while let Some(view) = element {
            // A slice hangs below the element that it is a slice of; both are one step of the id.
            let parent = view.plan.element(view.row.parent.get());
            let slice = view.plan.tables.text(view.row.slice_name);
            let choice = if view.has(flags::element::CHOICE) { "[x]" } else { "" };
            let separator = if slice.is_empty() { "" } else { ":" };
            steps.push(format!("{}{choice}{separator}{slice}", view.name()));
            element = match parent {
                Some(sliced) if !slice.is_empty() && sliced.row.name == view.row.name => {
                    sliced.plan.element(sliced.row.parent.get())
                }
                parent => parent,
            };
        }
        steps.reverse();
        steps.join(".")
    }
}

impl rows::Type {
    /// The primitive that it is.
    pub(crate) fn primitive(&self) -> Option<Primitive> {
        Primitive::ALL.get(index(self.primitive).checked_sub(1)?).copied()
    }
}

impl rows::Value {
    /// The value as text for people: it is a definition's, not a patient's.
    pub(crate) fn json(&self, plan: &LoadedPlan<'_>) -> String {
        let text = plan.tables.text(self.text);
        match self.kind.get() {
            flags::value::BOOLEAN | flags::value::NUMBER | flags::value::STRING => format!("`{text}`"),
            _ => {
                let children = self.children.of(plan.tables.values).iter();
                let part = |child: &rows::Value| match plan.tables.text(child.name) {
                    "" => child.json(plan),
                    name => format!("{name} {}", child.json(plan)),
                };
                children.map(part).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl rows::Link {
    /// `url` or `url|version` in the plan that the link belongs to.
    pub(crate) fn canonical(&self, plan: &LoadedPlan<'_>) -> String {
        match plan.tables.text(self.version) {
            "" => plan.tables.text(self.url).to_owned(),
            version => format!("{}|{version}", plan.tables.text(self.url)),
        }
    }
}

impl rows::Element {
    /// Whether it stands in a tree, as all but roots do.
    pub(crate) fn has_parent(&self) -> bool {
        self.parent.get() != NONE
    }
}
