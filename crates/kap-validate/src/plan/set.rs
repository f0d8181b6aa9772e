//! Several plans as one: names share one numbering, and what one plan only names is found in the others.

use std::collections::HashMap;

use kap_json::NameTable;
use zerocopy::little_endian::{U16, U32};

use super::Plan;
use super::layout::Tables;
use super::rows::{self, NONE};
use super::view::{DefinitionView, ElementView};

/// Set in the number of a name that was written with a leading `_`
/// (<https://hl7.org/fhir/R4/json.html#primitive>).
pub(crate) const UNDERSCORE: u16 = 1 << 15;

/// The plans that a document is checked against: base definitions first, then packages that build on them.
///
/// Combining plans costs microseconds; one set serves any number of documents and threads.
#[derive(Debug)]
pub struct PlanSet<'p> {
    pub(crate) plans: Vec<LoadedPlan<'p>>,
    /// Names that the first plan does not know.
    more_names: HashMap<&'p str, u16>,
}

/// A plan within a set.
#[derive(Debug)]
pub(crate) struct LoadedPlan<'p> {
    /// Its place in the set.
    pub(crate) index: usize,
    pub(crate) label: String,
    pub(crate) tables: Tables<'p>,
    /// The plan's own number of each name of the set; empty in the first plan, whose numbers are the set's.
    local_names: Vec<u16>,
    /// Where links lead that leave the plan; empty if it stands alone.
    definitions: Vec<Option<Place>>,
    value_sets: Vec<Option<Place>>,
}

/// A row of some plan of the set.
#[derive(Clone, Copy, Debug)]
struct Place {
    plan: usize,
    row: u32,
}

impl<'p> PlanSet<'p> {
    /// Combines plans. Where two define the same canonical URL, the earlier one counts.
    pub fn new(plans: &[&'p Plan]) -> PlanSet<'p> {
        let loaded = plans.iter().enumerate().map(|(index, plan)| LoadedPlan {
            index,
            label: plan.label(),
            tables: plan.tables(),
            local_names: Vec::new(),
            definitions: Vec::new(),
            value_sets: Vec::new(),
        });
        let mut set = PlanSet {
            plans: loaded.collect(),
            more_names: HashMap::new(),
        };
        if set.plans.len() > 1 {
            set.unite_names();
            set.resolve_links();
        }
        set
    }

    /// The packages, each `name#version`, in the order they were given.
    pub fn packages(&self) -> Vec<String> {
        self.plans.iter().map(|plan| plan.label.clone()).collect()
    }

    fn unite_names(&mut self) {
        let first = self.plans.first().map(|plan| plan.tables).unwrap_or_default();
        let mut next = first.names.len();
        for plan in self.plans.get_mut(1..).into_iter().flatten() {
            let tables = plan.tables;
            for (local, text) in tables.names.iter().enumerate() {
                let name = tables.text(*text);
                let number = first.name(name).or_else(|| self.more_names.get(name).copied());
                let number = number.or_else(|| {
                    let number = u16::try_from(next).ok().filter(|number| *number < UNDERSCORE - 1)?;
                    next += 1;
                    self.more_names.insert(name, number);
                    Some(number)
                });
                if let (Some(number), Ok(local)) = (number, u16::try_from(local)) {
                    let at = usize::from(number);
                    if plan.local_names.len() <= at {
                        plan.local_names.resize(at + 1, u16::MAX);
                    }
                    plan.local_names[at] = local;
                }
            }
        }
    }

    fn resolve_links(&mut self) {
        for index in 0..self.plans.len() {
            let tables = self.plans[index].tables;
            let targets = tables
                .links
                .iter()
                .map(|link| (tables.text(link.url), tables.text(link.version)));
            let (definitions, value_sets) = targets
                .map(|(url, version)| (self.find_definition(url, version), self.find_value_set(url, version)))
                .unzip();
            self.plans[index].definitions = definitions;
            self.plans[index].value_sets = value_sets;
        }
    }

    fn find_definition(&self, url: &str, version: &str) -> Option<Place> {
        self.plans.iter().enumerate().find_map(|(plan, loaded)| {
            let tables = &loaded.tables;
            let row = find(tables, tables.definitions, |row| row.url, url)?;
            let found = tables.definitions.get(row)?;
            Some(Place {
                plan,
                row: u32::try_from(row).ok()?,
            })
            .filter(|_| accepts_version(version, tables.text(found.version)))
        })
    }

    fn find_value_set(&self, url: &str, version: &str) -> Option<Place> {
        self.plans.iter().enumerate().find_map(|(plan, loaded)| {
            let tables = &loaded.tables;
            let row = find(tables, tables.value_sets, |row| row.url, url)?;
            let found = tables.value_sets.get(row)?;
            Some(Place {
                plan,
                row: u32::try_from(row).ok()?,
            })
            .filter(|_| accepts_version(version, tables.text(found.version)))
        })
    }

    /// The definition with that canonical URL, `url` or `url|version`.
    pub(crate) fn definition(&self, canonical: &str) -> Option<DefinitionView<'_>> {
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        self.view(self.find_definition(url, version)?)
    }

    /// The definition of the type of that name.
    pub(crate) fn type_definition(&self, name: &str) -> Option<DefinitionView<'_>> {
        self.plans.iter().find_map(|plan| {
            let tables = &plan.tables;
            let type_name = |index: &U32| {
                tables
                    .definitions
                    .get(index.get() as usize)
                    .map_or(&[][..], |row| tables.bytes(row.type_name))
            };
            let at = tables
                .type_index
                .binary_search_by(|index| type_name(index).cmp(name.as_bytes()))
                .ok()?;
            DefinitionView::new(plan, tables.type_index.get(at)?.get())
        })
    }

    /// The definition that a link of `plan` leads to.
    pub(crate) fn linked_definition<'s>(&'s self, plan: &'s LoadedPlan<'p>, link: U32) -> Option<DefinitionView<'s>> {
        let row = plan.tables.links.get(link.get() as usize)?;
        if plan.definitions.is_empty() {
            let view = DefinitionView::new(plan, row.local.get())?;
            return (view.row.url == row.url).then_some(view);
        }
        self.view((*plan.definitions.get(link.get() as usize)?)?)
    }

    /// The value set that a link of `plan` leads to.
    pub(crate) fn linked_value_set<'s>(
        &'s self,
        plan: &'s LoadedPlan<'p>,
        link: U32,
    ) -> Option<(&'s LoadedPlan<'p>, &'s rows::ValueSet)> {
        let row = plan.tables.links.get(link.get() as usize)?;
        if plan.value_sets.is_empty() {
            let value_set = plan.tables.value_sets.get(row.local.get() as usize)?;
            return (value_set.url == row.url).then_some((plan, value_set));
        }
        let place = (*plan.value_sets.get(link.get() as usize)?)?;
        let plan = self.plans.get(place.plan)?;
        Some((plan, plan.tables.value_sets.get(place.row as usize)?))
    }

    /// The codes of a code system, if all of them are in one of the plans.
    pub(crate) fn code_system(&self, url: &str) -> Option<(&LoadedPlan<'p>, &rows::CodeSystem)> {
        self.plans.iter().find_map(|plan| {
            let tables = &plan.tables;
            let row = find(tables, tables.code_systems, |row| row.url, url)?;
            Some((plan, tables.code_systems.get(row)?))
        })
    }

    fn view(&self, place: Place) -> Option<DefinitionView<'_>> {
        DefinitionView::new(self.plans.get(place.plan)?, place.row)
    }
}

impl LoadedPlan<'_> {
    /// The plan's own number of a name of the set.
    pub(crate) fn local_name(&self, name: u16) -> u16 {
        if self.local_names.is_empty() {
            return name;
        }
        self.local_names.get(usize::from(name)).copied().unwrap_or(u16::MAX)
    }

    /// The canonical URL that a link of the plan holds.
    pub(crate) fn canonical(&self, link: U32) -> String {
        let row = self.tables.links.get(link.get() as usize);
        row.map(|row| row.canonical(self)).unwrap_or_default()
    }

    /// The element of that row.
    pub(crate) fn element(&self, row: u32) -> Option<ElementView<'_>> {
        if row == NONE {
            return None;
        }
        Some(ElementView {
            plan: self,
            row: self.tables.elements.get(row as usize)?,
        })
    }

    /// Whether a sorted run of texts contains `text`.
    pub(crate) fn contains(&self, codes: rows::Range, text: &str) -> bool {
        codes
            .of(self.tables.numbers)
            .binary_search_by(|code| self.tables.bytes(*code).cmp(text.as_bytes()))
            .is_ok()
    }
}

/// Member names of documents are numbered with the numbers of the set.
impl NameTable for PlanSet<'_> {
    fn lookup(&self, name: &str) -> Option<u16> {
        let (plain, mark) = match name.strip_prefix('_') {
            Some(plain) => (plain, UNDERSCORE),
            None => (name, 0),
        };
        let first = self.plans.first()?.tables.name(plain);
        Some(first.or_else(|| self.more_names.get(plain).copied())? | mark)
    }
}

/// Tables of things with canonical URLs are sorted by them.
fn find<T>(tables: &Tables<'_>, table: &[T], url_of: impl Fn(&T) -> U32, url: &str) -> Option<usize> {
    table
        .binary_search_by(|row| tables.bytes(url_of(row)).cmp(url.as_bytes()))
        .ok()
}

/// A canonical without a version means any; `4.0` means every `4.0.x`
/// (<https://hl7.org/fhir/R4/references.html#canonical>).
fn accepts_version(asked: &str, found: &str) -> bool {
    asked.is_empty() || found == asked || found.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
}

/// The number in a row, widened for use as an index.
pub(crate) fn index(number: U16) -> usize {
    usize::from(number.get())
}
