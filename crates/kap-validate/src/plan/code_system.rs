//! Code systems of the loaded plans: concepts, what stands above them, and their displays.

use zerocopy::little_endian::U32;

use super::flags::{code_system, concept, filter};
use super::rows::{self, NONE};
use super::set::{LoadedPlan, PlanSet};
use super::version;

/// How many steps a search through a hierarchy takes at most. The largest published one has 17 levels.
const MAX_STEPS: usize = 10_000;

/// A code system of some plan, or a supplement to one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeSystemView<'p> {
    pub(crate) plan: &'p LoadedPlan<'p>,
    pub(crate) row: &'p rows::CodeSystem,
}

/// A concept of a code system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConceptView<'p> {
    pub(crate) system: CodeSystemView<'p>,
    /// Its row in the table of concepts of the plan.
    number: u32,
    row: &'p rows::Concept,
}

impl PlanSet<'_> {
    /// The code systems with that URL, supplements excepted, of every version loaded.
    pub(crate) fn code_systems<'a>(&'a self, url: &'a str) -> impl Iterator<Item = CodeSystemView<'a>> {
        self.systems(url).filter(|system| !system.has(code_system::SUPPLEMENT))
    }

    /// The supplements to the code system with that URL. There are few, so all of them are looked at.
    pub(crate) fn supplements<'a>(&'a self, url: &'a str) -> impl Iterator<Item = CodeSystemView<'a>> {
        self.plans.iter().flat_map(move |plan| {
            let supplemented = move |row: &&rows::CodeSystem| {
                row.supplements.get() != 0 && {
                    let canonical = plan.tables.text(row.supplements);
                    canonical.split('|').next() == Some(url)
                }
            };
            let rows = plan.tables.code_systems.iter();
            rows.filter(supplemented).map(move |row| CodeSystemView { plan, row })
        })
    }
}

impl<'p> CodeSystemView<'p> {
    pub(crate) fn has(self, flag: u16) -> bool {
        self.row.flags.get() & flag != 0
    }

    /// Whether a code that is not here does not exist.
    pub(crate) fn is_complete(self) -> bool {
        self.has(code_system::COMPLETE)
    }

    pub(crate) fn url(self) -> &'p str {
        self.plan.tables.text(self.row.url)
    }

    pub(crate) fn version(self) -> &'p str {
        self.plan.tables.text(self.row.version)
    }

    /// Whether it is the version asked for; the empty text asks for none.
    pub(crate) fn is_version(self, asked: &str) -> bool {
        version::accepts(asked, self.version())
    }

    /// The concept with that code. Where a code system does not say that case matters, codes are accepted in any case
    /// (<https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.caseSensitive>).
    pub(crate) fn concept(self, code: &str) -> Option<ConceptView<'p>> {
        let tables = &self.plan.tables;
        let rows = self.row.concepts.of(tables.concepts);
        let found = rows.binary_search_by(|row| tables.bytes(row.code).cmp(code.as_bytes()));
        let in_any_case = || {
            if self.has(code_system::CASE_SENSITIVE) {
                return None;
            }
            rows.iter()
                .position(|row| tables.bytes(row.code).eq_ignore_ascii_case(code.as_bytes()))
        };
        let at = found.ok().or_else(in_any_case)?;
        Some(ConceptView {
            system: self,
            number: self.row.concepts.start.get().checked_add(u32::try_from(at).ok()?)?,
            row: rows.get(at)?,
        })
    }

    fn concept_at(self, number: u32) -> Option<ConceptView<'p>> {
        let row = self.plan.tables.concepts.get(number as usize)?;
        Some(ConceptView {
            system: self,
            number,
            row,
        })
    }

    /// Whether any of its concepts has a property of that name.
    pub(crate) fn has_property(self, name: &str) -> bool {
        let tables = &self.plan.tables;
        let rows = self.row.properties.of(tables.concept_properties);
        rows.iter().any(|row| tables.bytes(row.property) == name.as_bytes())
    }
}

impl<'p> ConceptView<'p> {
    pub(crate) fn code(self) -> &'p str {
        self.system.plan.tables.text(self.row.code)
    }

    pub(crate) fn is_inactive(self) -> bool {
        self.row.flags.get() & concept::INACTIVE != 0
    }

    pub(crate) fn is_abstract(self) -> bool {
        self.row.flags.get() & concept::ABSTRACT != 0
    }

    /// Its display, or the empty text.
    pub(crate) fn display(self) -> &'p str {
        self.system.plan.tables.text(self.row.display)
    }

    /// What it is called, each name with its language, which may be the empty text: its display and its designations.
    pub(crate) fn names(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        let tables = &self.system.plan.tables;
        let display = (tables.text(self.system.row.language), self.display());
        let rows = self.system.row.designations.of(tables.designations);
        let rows = of_concept(rows, self.number, |row| row.concept);
        let designations = rows
            .iter()
            .map(|row| (tables.text(row.language), tables.text(row.value)));
        std::iter::once(display)
            .chain(designations)
            .filter(|(_, name)| !name.is_empty())
    }

    /// The values of a property, as text.
    pub(crate) fn property(self, name: &str) -> impl Iterator<Item = &'p str> {
        let tables = &self.system.plan.tables;
        let rows = self.system.row.properties.of(tables.concept_properties);
        let rows = of_concept(rows, self.number, |row| row.concept);
        rows.iter()
            .filter(move |row| tables.bytes(row.property) == name.as_bytes())
            .map(|row| tables.text(row.value))
    }

    /// The concepts directly above it.
    pub(crate) fn parents(self) -> impl Iterator<Item = ConceptView<'p>> {
        let first = (self.row.parent.get() != NONE).then(|| self.row.parent.get());
        let several = self.row.flags.get() & concept::SEVERAL_PARENTS != 0;
        let more = several
            .then(|| self.property("parent"))
            .into_iter()
            .flatten()
            .filter_map(move |code| self.system.concept(code));
        first
            .and_then(|number| self.system.concept_at(number))
            .into_iter()
            .chain(more)
    }

    /// Whether it is `code` or lies below it.
    pub(crate) fn is_a(self, code: &str) -> bool {
        let is_it = |concept: ConceptView<'p>| concept.system.plan.tables.bytes(concept.row.code) == code.as_bytes();
        let mut concept = self;
        for _ in 0..MAX_STEPS {
            if is_it(concept) {
                return true;
            }
            if concept.row.flags.get() & concept::SEVERAL_PARENTS != 0 {
                return concept.any_above(is_it);
            }
            match concept.parents().next() {
                Some(parent) => concept = parent,
                None => return false,
            }
        }
        false
    }

    /// Looks for a concept above one that has several parents; each is looked at once.
    fn any_above(self, is_it: impl Fn(ConceptView<'p>) -> bool) -> bool {
        let mut open: Vec<ConceptView<'p>> = self.parents().collect();
        let mut seen: Vec<u32> = Vec::new();
        while let Some(concept) = open.pop() {
            if is_it(concept) {
                return true;
            }
            if let Err(place) = seen.binary_search(&concept.number) {
                seen.insert(place, concept.number);
                open.extend(concept.parents());
            }
            if seen.len() > MAX_STEPS {
                return false;
            }
        }
        false
    }

    /// Whether a filter of a value set keeps it; `None` where that cannot be told.
    pub(crate) fn passes(
        self,
        property: &str,
        operator: u16,
        value: &str,
        matches: impl Fn(&str) -> Option<bool>,
    ) -> Option<bool> {
        match (property, operator) {
            (_, filter::IS_A) => Some(self.is_a(value)),
            (_, filter::DESCENDENT_OF) => Some(self.code() != value && self.is_a(value)),
            (_, filter::IS_NOT_A) => Some(!self.is_a(value)),
            (_, filter::GENERALIZES) => self.system.concept(value).map(|below| below.is_a(self.code())),
            ("concept" | "code", filter::EQUALS) => Some(self.code() == value),
            ("concept" | "code", filter::IN) => Some(listed(value, self.code())),
            ("concept" | "code", filter::NOT_IN) => Some(!listed(value, self.code())),
            ("concept" | "code", filter::REGEX) => matches(self.code()),
            ("concept" | "code", filter::EXISTS) => Some(value == "true"),
            ("display", filter::EQUALS) => Some(self.display() == value),
            ("display", filter::REGEX) => matches(self.display()),
            ("display", filter::EXISTS) => Some(self.display().is_empty() != (value == "true")),
            ("parent" | "child", filter::EXISTS | filter::EQUALS | filter::IN | filter::NOT_IN) => {
                Some(self.passes_hierarchy(property, operator, value))
            }
            _ => self.passes_property(property, operator, value, matches),
        }
    }

    /// `parent` and `child` as properties, however the code system gives its hierarchy.
    fn passes_hierarchy(self, property: &str, operator: u16, value: &str) -> bool {
        let concepts = self.system.row.concepts;
        let is_child = |number: u32| {
            self.system
                .concept_at(number)
                .is_some_and(|concept| concept.parents().any(|parent| parent.number == self.number))
        };
        let mut children = (concepts.start.get()..concepts.start.get().saturating_add(concepts.length.get()))
            .filter(|number| is_child(*number))
            .filter_map(|number| self.system.concept_at(number));
        let is_wanted = |concept: ConceptView<'_>| match operator {
            filter::EXISTS => true,
            filter::EQUALS => concept.code() == value,
            _ => listed(value, concept.code()),
        };
        let found = if property == "parent" {
            self.parents().any(is_wanted)
        } else {
            children.any(is_wanted)
        };
        match operator {
            filter::EXISTS => found == (value == "true"),
            filter::NOT_IN => !found,
            _ => found,
        }
    }

    fn passes_property(
        self,
        property: &str,
        operator: u16,
        value: &str,
        matches: impl Fn(&str) -> Option<bool>,
    ) -> Option<bool> {
        // These are flags of ours; a concept that does not have them is active and may be chosen.
        let flag = match property {
            "inactive" => Some(self.is_inactive()),
            "notSelectable" | "abstract" => Some(self.is_abstract()),
            _ => None,
        };
        if let (Some(flag), filter::EQUALS) = (flag, operator) {
            return Some(flag == (value == "true"));
        }
        let mut values = self.property(property).peekable();
        if values.peek().is_none() && operator != filter::EXISTS && !self.system.has_property(property) {
            return None;
        }
        match operator {
            filter::EQUALS => Some(values.any(|found| found == value)),
            filter::IN => Some(values.any(|found| listed(value, found))),
            filter::NOT_IN => Some(!values.any(|found| listed(value, found))),
            filter::EXISTS => Some(values.peek().is_some() == (value == "true")),
            filter::REGEX => {
                let mut any = false;
                for found in values {
                    any |= matches(found)?;
                }
                Some(any)
            }
            _ => None,
        }
    }
}

/// Whether a list with commas contains a value.
fn listed(list: &str, value: &str) -> bool {
    list.split(',').any(|item| item.trim() == value)
}

/// The rows about one concept, in a table that is sorted by concept.
fn of_concept<T>(rows: &[T], number: u32, concept: impl Fn(&T) -> U32) -> &[T] {
    let start = rows.partition_point(|row| concept(row).get() < number);
    let end = rows.partition_point(|row| concept(row).get() <= number);
    rows.get(start..end).unwrap_or_default()
}
