//! Several plans as one: names share one numbering, and what one plan only names is found in the others.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use kap_json::NameTable;
use regex::Regex;
use zerocopy::little_endian::{U16, U32};

use super::Plan;
use super::code_system::CodeSystemView;
use super::division::Division;
use super::layout::Tables;
use super::rows::{self, NONE};
use super::view::{DefinitionView, ElementView};
use super::{flags, version};
use crate::invariant::Prepared;

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
    /// The regular expressions of elements that were needed so far; none for those that cannot be evaluated.
    patterns: RwLock<HashMap<String, Option<Arc<Regex>>>>,
}

/// A plan within a set.
#[derive(Debug)]
pub(crate) struct LoadedPlan<'p> {
    /// Its place in the set.
    pub(crate) index: usize,
    /// Whether it is another version of a package of the set.
    is_spare: bool,
    pub(crate) label: String,
    pub(crate) tables: Tables<'p>,
    /// The plan's own number of each name of the set; empty in the first plan, whose numbers are the set's.
    local_names: Vec<u16>,
    /// Where links lead: looked up when first followed. Empty if the plan stands alone.
    definitions: Vec<Known>,
    value_sets: Vec<Known>,
    /// The regular expressions of filters, by row.
    patterns: Vec<OnceLock<Option<regex::Regex>>>,
    /// How items of its sliced elements are told apart, by row of its slicings: worked out when first asked for.
    pub(crate) divisions: Vec<OnceLock<Division>>,
    /// The constraints made ready, by row; each when it is met for the first time.
    pub(crate) invariants: Vec<OnceLock<Box<Prepared>>>,
}

/// The answer to a search, once it was made: 0, or 1 for "nowhere", or the place packed into a number. Two threads that
/// search at the same time find the same.
#[derive(Debug, Default)]
struct Known(AtomicU64);

impl Known {
    const NOWHERE: u64 = 1;

    fn or_search(&self, search: impl FnOnce() -> Option<Place>) -> Option<Place> {
        match self.0.load(Ordering::Relaxed) {
            0 => {
                let found = search();
                let packed = found.map_or(Known::NOWHERE, |place| {
                    (place.plan as u64 + 1) << 32 | u64::from(place.row)
                });
                self.0.store(packed, Ordering::Relaxed);
                found
            }
            Known::NOWHERE => None,
            // Truncation: the low half is the row, the high half a number of plans, of which there are few.
            packed => Some(Place {
                plan: usize::try_from(packed >> 32).ok()?.checked_sub(1)?,
                row: u32::try_from(packed & u64::from(u32::MAX)).ok()?,
            }),
        }
    }
}

/// A row of some plan of the set.
#[derive(Clone, Copy, Debug)]
struct Place {
    plan: usize,
    row: u32,
}

impl Place {
    /// Rows beyond 2^32 do not exist: see the limits on packages.
    fn new(plan: usize, row: usize) -> Place {
        Place {
            plan,
            row: u32::try_from(row).unwrap_or(NONE),
        }
    }
}

impl<'p> PlanSet<'p> {
    /// Combines plans. Where two define the same canonical URL, the version asked for counts, or else the newest, and of
    /// equal versions the earlier plan's.
    pub fn new(plans: &[&'p Plan]) -> PlanSet<'p> {
        PlanSet::with_spares(plans, &[])
    }

    /// The same with other versions of packages that are among `plans`: what is in `spares` counts where a canonical asks
    /// for its version, or where nothing else has the URL.
    pub fn with_spares(plans: &[&'p Plan], spares: &[&'p Plan]) -> PlanSet<'p> {
        let all = plans.iter().chain(spares).enumerate();
        let loaded = all.map(|(index, plan)| LoadedPlan {
            index,
            is_spare: index >= plans.len(),
            label: plan.label(),
            tables: plan.tables(),
            local_names: Vec::new(),
            definitions: Vec::new(),
            value_sets: Vec::new(),
            patterns: std::iter::repeat_with(OnceLock::new)
                .take(plan.tables().filters.len())
                .collect(),
            divisions: plan.tables().slicings.iter().map(|_| OnceLock::new()).collect(),
            invariants: plan.tables().constraints.iter().map(|_| OnceLock::new()).collect(),
        });
        let mut set = PlanSet {
            plans: loaded.collect(),
            more_names: HashMap::new(),
            patterns: RwLock::default(),
        };
        if set.plans.len() > 1 {
            set.unite_names();
            set.prepare_links();
        }
        set
    }

    /// The packages, each `name#version`, in the order they were given.
    pub fn packages(&self) -> Vec<String> {
        self.plans.iter().map(|plan| plan.label.clone()).collect()
    }

    /// The regular expression that the whole of a value must match; `None` if it cannot be evaluated.
    pub(crate) fn pattern(&self, expression: &str) -> Option<Arc<Regex>> {
        let known = self.patterns.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(pattern) = known.get(expression) {
            return pattern.clone();
        }
        drop(known);
        let pattern = compile_pattern(expression).map(Arc::new);
        let mut known = self.patterns.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(expression.to_owned(), pattern.clone());
        pattern
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

    fn prepare_links(&mut self) {
        let unknown = |count: usize| (0..count).map(|_| Known::default()).collect();
        for plan in &mut self.plans {
            plan.definitions = unknown(plan.tables.links.len());
            plan.value_sets = unknown(plan.tables.links.len());
        }
    }

    /// The definition that a canonical means: the newest of the versions that it accepts, and of equal ones that of the
    /// earliest plan. The types that the first plan defines are not replaced by what later packages bring along.
    fn find_definition(&self, url: &str, asked: &str) -> Option<Place> {
        let is_type = |place: &Place| {
            let row = self.plans.get(place.plan)?.tables.definitions.get(place.row as usize)?;
            (place.plan == 0 && row.flags.get() & flags::definition::PROFILE == 0).then_some(())
        };
        let mut newest: Option<(Place, &str)> = None;
        for plan in &self.plans {
            if plan.is_spare && asked.is_empty() && newest.is_some() {
                break;
            }
            let tables = &plan.tables;
            for row in find(tables, tables.definitions, |row| row.url, url) {
                let place = Place::new(plan.index, row);
                let found = tables.definitions.get(row).map_or("", |row| tables.text(row.version));
                if version::accepts(asked, found)
                    && newest.is_none_or(|(_, known)| version::order(found, known).is_gt())
                {
                    newest = Some((place, found));
                }
            }
            if newest.is_some_and(|(place, _)| is_type(&place).is_some()) {
                break;
            }
        }
        newest.map(|(place, _)| place)
    }

    /// The same for value sets.
    fn find_value_set(&self, url: &str, asked: &str) -> Option<Place> {
        let nearer = |plan: &&LoadedPlan<'p>| !(plan.is_spare && asked.is_empty());
        let spare = |plan: &&LoadedPlan<'p>| plan.is_spare && asked.is_empty();
        let found = newest_value_set(self.plans.iter().filter(nearer), url, asked);
        found.or_else(|| newest_value_set(self.plans.iter().filter(spare), url, asked))
    }

    /// The definition with that canonical URL, `url` or `url|version`.
    pub(crate) fn definition(&self, canonical: &str) -> Option<DefinitionView<'_>> {
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        self.view(self.find_definition(url, version)?)
    }

    /// The names of the resource types that can be used.
    pub(crate) fn resource_types(&self) -> impl Iterator<Item = &str> {
        let rows = self.plans.iter().flat_map(|plan| {
            let rows = plan.tables.type_index.iter();
            rows.filter_map(|row| DefinitionView::new(plan, row.get()))
        });
        rows.filter(|definition| {
            definition.has(flags::definition::RESOURCE) && !definition.has(flags::definition::ABSTRACT)
        })
        .map(DefinitionView::type_name)
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
        let known = plan.definitions.get(link.get() as usize)?;
        let tables = &plan.tables;
        self.view(known.or_search(|| self.find_definition(tables.text(row.url), tables.text(row.version)))?)
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
        let known = plan.value_sets.get(link.get() as usize)?;
        let tables = &plan.tables;
        let place = known.or_search(|| self.find_value_set(tables.text(row.url), tables.text(row.version)))?;
        let plan = self.plans.get(place.plan)?;
        Some((plan, plan.tables.value_sets.get(place.row as usize)?))
    }

    /// The value sets with that URL, of every version loaded.
    pub(crate) fn value_sets<'a>(
        &'a self,
        url: &'a str,
    ) -> impl Iterator<Item = (&'a LoadedPlan<'p>, &'a rows::ValueSet)> {
        self.plans.iter().flat_map(move |plan| {
            let rows = find(&plan.tables, plan.tables.value_sets, |row| row.url, url);
            let rows = plan.tables.value_sets.get(rows).unwrap_or_default();
            rows.iter().map(move |row| (plan, row))
        })
    }

    /// Everything that claims that URL as a code system: each version, and supplements.
    pub(crate) fn systems<'a>(&'a self, url: &'a str) -> impl Iterator<Item = CodeSystemView<'a>> {
        self.plans.iter().flat_map(move |plan| {
            let rows = find(&plan.tables, plan.tables.code_systems, |row| row.url, url);
            let rows = plan.tables.code_systems.get(rows).unwrap_or_default();
            rows.iter().map(move |row| CodeSystemView { plan, row })
        })
    }

    /// The text of a resource of that kind ([`crate::plan::flags::resource`]) and canonical URL, `url` or
    /// `url|version`: the newest version that is meant.
    pub(crate) fn resource(&self, kind: u16, canonical: &str) -> Option<&'p str> {
        let (url, asked) = canonical.split_once('|').unwrap_or((canonical, ""));
        let found = self.plans.iter().flat_map(|plan| {
            let tables = plan.tables;
            let rows = find(&tables, tables.resources, |row| row.url, url);
            rows.filter_map(move |row| tables.resources.get(row))
                .filter(|row| row.kind.get() == kind)
                .map(move |row| (tables.text(row.version), tables.text(row.json)))
        });
        let accepted = found.filter(|(found, _)| version::accepts(asked, found));
        accepted
            .reduce(|known, next| {
                if version::order(next.0, known.0).is_gt() {
                    next
                } else {
                    known
                }
            })
            .map(|(_, json)| json)
    }

    /// The value set with that canonical URL, `url` or `url|version`.
    pub(crate) fn value_set(&self, canonical: &str) -> Option<(&LoadedPlan<'p>, &rows::ValueSet)> {
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        let place = self.find_value_set(url, version)?;
        let plan = self.plans.get(place.plan)?;
        Some((plan, plan.tables.value_sets.get(place.row as usize)?))
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

    /// Whether `text` matches the regular expression of the filter of that row; `None` if it is no expression that can be
    /// worked out. Expressions are compiled once.
    pub(crate) fn matches(&self, filter: u32, expression: &str, text: &str) -> Option<bool> {
        match self.patterns.get(filter as usize) {
            Some(pattern) => Some(
                pattern
                    .get_or_init(|| compile_pattern(expression))
                    .as_ref()?
                    .is_match(text),
            ),
            None => matches_once(expression, text),
        }
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

/// Whether `text` as a whole matches a regular expression; `None` if it is no expression that can be worked out.
pub(crate) fn matches_once(expression: &str, text: &str) -> Option<bool> {
    Some(compile_pattern(expression)?.is_match(text))
}

fn compile_pattern(expression: &str) -> Option<regex::Regex> {
    regex::RegexBuilder::new(&format!("^(?:{expression})$"))
        .size_limit(MAX_PATTERN)
        .build()
        .ok()
}

/// How large a compiled regular expression may get, in bytes.
const MAX_PATTERN: usize = 1 << 20;

/// Tables of things with canonical URLs are sorted by them: the rows of one URL, a row for each version.
fn find<T>(tables: &Tables<'_>, table: &[T], url_of: impl Fn(&T) -> U32, url: &str) -> std::ops::Range<usize> {
    let order = |row: &T| tables.bytes(url_of(row)).cmp(url.as_bytes());
    let Ok(found) = table.binary_search_by(order) else {
        return 0..0;
    };
    let is_same = |row: &&T| order(row).is_eq();
    let before = table
        .get(..found)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(is_same)
        .count();
    let from = table
        .get(found..)
        .unwrap_or_default()
        .iter()
        .take_while(is_same)
        .count();
    found - before..found + from
}

/// The newest of the value sets of a URL that a canonical accepts.
fn newest_value_set<'l, 'p: 'l>(
    plans: impl Iterator<Item = &'l LoadedPlan<'p>>,
    url: &str,
    asked: &str,
) -> Option<Place> {
    let found = plans.flat_map(|plan| {
        let tables = &plan.tables;
        let rows = find(tables, tables.value_sets, |row| row.url, url);
        rows.filter_map(|row| {
            Some((
                Place::new(plan.index, row),
                tables.text(tables.value_sets.get(row)?.version),
            ))
        })
    });
    let accepted = found.filter(|(_, found)| version::accepts(asked, found));
    newest(accepted)
}

/// The first of the newest ones.
fn newest<'p>(found: impl Iterator<Item = (Place, &'p str)>) -> Option<Place> {
    let newest = found.reduce(|known, next| {
        if version::order(next.1, known.1).is_gt() {
            next
        } else {
            known
        }
    });
    newest.map(|(place, _)| place)
}

/// The number in a row, widened for use as an index.
pub(crate) fn index(number: U16) -> usize {
    usize::from(number.get())
}
