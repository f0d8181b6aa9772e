//! Walks a discriminator's path through definitions, from a slice to where it says what to look for.

use zerocopy::little_endian::U32;

use super::path::Written;
use super::{Given, MemberName, Step, Test};
use crate::plan::flags::{self, definition, element, strength, type_kind};
use crate::plan::rows::{self, NONE};
use crate::plan::set::{LoadedPlan, PlanSet, index};
use crate::plan::view::{DefinitionView, ElementView};
use kap_json::NameTable;

/// How many combinations of profiles are followed; definitions name one or two.
const MAX_ALTERNATIVES: usize = 32;
/// How far below the end of a path values are looked for.
const MAX_DEPTH: usize = 5;

/// Where a path has led so far.
pub(super) struct Cursor<'s, 'p> {
    set: &'s PlanSet<'p>,
    alternatives: Vec<Alternative<'s>>,
    /// What an item must be asked to get as far.
    pub(super) steps: Vec<Step>,
}

/// What describes the nodes at the end of the path: one of several, where a type lists several profiles.
#[derive(Clone)]
struct Alternative<'s> {
    /// Elements, or the roots of definitions, that all hold there.
    elements: Vec<ElementView<'s>>,
    /// Values that elements on the way give.
    given: Vec<Given>,
    /// The type that `ofType()` has chosen.
    of_type: Option<String>,
    /// A definition that would be needed and is not loaded.
    missing: Option<String>,
    /// An element on the way is not allowed.
    is_forbidden: bool,
}

impl<'s, 'p> Cursor<'s, 'p> {
    pub(super) fn new(set: &'s PlanSet<'p>, slice: ElementView<'s>) -> Cursor<'s, 'p> {
        let start = Alternative {
            elements: vec![slice],
            given: given(slice).into_iter().collect(),
            of_type: None,
            missing: None,
            is_forbidden: false,
        };
        Cursor {
            set,
            alternatives: vec![start],
            steps: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, step: &Written<'_>) {
        match step {
            Written::Name(name) => self.name(name),
            Written::Resolve => self.resolve(),
            Written::Extension(url) => self.extension(url),
            Written::OfType(name) => self.of_type(name),
        }
        self.alternatives.truncate(MAX_ALTERNATIVES);
    }

    fn name(&mut self, name: &str) {
        let mut names: Vec<MemberName> = Vec::new();
        let mut next = Vec::new();
        for alternative in &self.alternatives {
            if name == "url" && push_urls(alternative, &mut next) {
                continue;
            }
            for holders in holders(self.set, alternative) {
                next.push(child_of(self.set, alternative, &holders, name, &mut names));
            }
        }
        if names.is_empty() {
            let number = self.set.lookup(name).unwrap_or(u16::MAX);
            let type_name = String::new();
            names.push(MemberName { number, type_name });
        }
        self.steps.push(Step::Member {
            name: name.to_owned(),
            names,
        });
        self.alternatives = next;
    }

    /// From references to what they may lead to.
    fn resolve(&mut self) {
        let mut next = Vec::new();
        for alternative in &self.alternatives {
            let links: Vec<_> = alternative
                .elements
                .iter()
                .flat_map(|view| view.types().iter().map(|kind| (view.plan, kind.targets)))
                .flat_map(|(plan, targets)| targets.of(plan.tables.numbers).iter().map(move |link| (plan, *link)))
                .collect();
            let open = Alternative {
                elements: Vec::new(),
                given: Vec::new(),
                of_type: None,
                ..alternative.clone()
            };
            if links.is_empty() {
                next.push(open.clone());
            }
            next.extend(links.into_iter().map(|(plan, link)| self.target(&open, plan, link)));
        }
        self.steps.push(Step::Resolve);
        self.alternatives = next;
    }

    fn target(&self, open: &Alternative<'s>, plan: &'s LoadedPlan<'s>, link: U32) -> Alternative<'s> {
        let found = self.set.linked_definition(plan, link);
        Alternative {
            elements: found.and_then(DefinitionView::root).into_iter().collect(),
            missing: found.is_none().then(|| plan.canonical(link)),
            ..open.clone()
        }
    }

    fn extension(&mut self, url: &str) {
        let mut next = Vec::new();
        for alternative in &self.alternatives {
            let slices = alternative.elements.iter().filter_map(|view| {
                let extensions = (0..view.children().len()).filter_map(|at| view.child(at));
                let extensions = extensions.filter(|child| child.name() == "extension");
                extensions
                    .flat_map(ElementView::slices)
                    .find(|slice| is_extension(*slice, url))
            });
            let mut elements: Vec<_> = slices.collect();
            if elements.is_empty() {
                elements.extend(self.set.definition(url).and_then(DefinitionView::root));
            }
            next.push(Alternative {
                is_forbidden: elements.iter().any(|view| view.row.max.get() == 0),
                given: Vec::new(),
                of_type: None,
                elements,
                ..alternative.clone()
            });
        }
        self.steps.push(Step::Extension(url.to_owned()));
        self.alternatives = next;
    }

    fn of_type(&mut self, name: &str) {
        // Of a choice, the type is part of the JSON name.
        match self.steps.last_mut() {
            Some(Step::Member { names, .. }) if names.len() > 1 => names.retain(|one| one.type_name == name),
            _ => self.steps.push(Step::OfType(name.to_owned())),
        }
        for alternative in &mut self.alternatives {
            alternative.of_type = Some(name.to_owned());
        }
    }

    /// What `exists` asks.
    pub(super) fn exists(&self) -> Test {
        Test::any(self.alternatives.iter().map(existence).collect())
    }

    /// What `value` and `pattern` ask: what the definitions give, or else that there is something at all.
    pub(super) fn value(&self) -> Test {
        let tests = self.alternatives.iter().map(|alternative| {
            if let Some(missing) = &alternative.missing {
                return Test::NotAtHand(missing.clone());
            }
            let mut tests: Vec<Test> = alternative.given.iter().cloned().map(Test::Is).collect();
            if tests.is_empty() {
                tests.extend(alternative.elements.iter().filter_map(|view| bound(*view)));
            }
            if tests.is_empty() {
                let holders = holders(self.set, alternative);
                tests.push(Test::any(
                    holders.iter().map(|holders| below(self.set, holders, 0)).collect(),
                ));
            }
            match Test::all(tests) {
                Test::Anything => existence(alternative),
                test => test,
            }
        });
        Test::any(tests.collect())
    }

    /// What `type` asks.
    pub(super) fn types(&self) -> Test {
        let tests = self.alternatives.iter().map(|alternative| match &alternative.missing {
            Some(missing) => Test::NotAtHand(missing.clone()),
            None => types(alternative),
        });
        Test::any(tests.collect())
    }

    /// What `profile` asks: the profiles of the types, or else the types.
    pub(super) fn profiles(&self) -> Test {
        let mut tests = Vec::new();
        for alternative in &self.alternatives {
            if let Some(missing) = &alternative.missing {
                tests.push(Test::NotAtHand(missing.clone()));
                continue;
            }
            let mut found = Vec::new();
            for view in &alternative.elements {
                if view.row.has_parent() {
                    found.extend(self.profiles_of(*view));
                } else if let Some(root) = view.definition().filter(|found| found.has(definition::PROFILE)) {
                    found.push(profile(root));
                }
            }
            tests.push(if found.is_empty() {
                types(alternative)
            } else {
                Test::any(found)
            });
        }
        Test::any(tests)
    }

    fn profiles_of(&self, view: ElementView<'s>) -> Vec<Test> {
        let links = view
            .types()
            .iter()
            .flat_map(|kind| kind.profiles.of(view.plan.tables.numbers));
        let test = |link: &U32| match self.set.linked_definition(view.plan, *link) {
            Some(found) => profile(found),
            None => Test::NotAtHand(view.plan.canonical(*link)),
        };
        links.map(test).collect()
    }
}

fn profile(found: DefinitionView<'_>) -> Test {
    Test::Profile {
        plan: found.plan.index,
        row: found.number(),
    }
}

fn given(view: ElementView<'_>) -> Option<Given> {
    let row = view.row.value.get();
    (row != NONE).then(|| Given::Value {
        plan: view.plan.index,
        row,
        exact: view.has(element::FIXED),
    })
}

fn bound(view: ElementView<'_>) -> Option<Test> {
    let binding = view.binding()?;
    let is_required = binding.strength.get() == strength::REQUIRED && binding.value_set.get() != NONE;
    is_required.then(|| Test::Bound {
        plan: view.plan.index,
        binding: view.row.binding.get(),
    })
}

fn existence(alternative: &Alternative<'_>) -> Test {
    let elements = alternative.elements.iter().filter(|view| view.row.has_parent());
    let is_required = elements.clone().any(|view| view.row.min.get() > 0);
    if alternative.is_forbidden || elements.clone().any(|view| view.row.max.get() == 0) {
        Test::Exists(false)
    } else if is_required {
        Test::Exists(true)
    } else {
        Test::Anything
    }
}

fn types(alternative: &Alternative<'_>) -> Test {
    if let Some(name) = &alternative.of_type {
        return Test::Type(vec![name.clone()]);
    }
    for view in &alternative.elements {
        let names: Vec<String> = if view.row.has_parent() {
            view.types()
                .iter()
                .map(|kind| view.type_name(kind).to_owned())
                .collect()
        } else {
            let root = view.definition().map(DefinitionView::type_name);
            root.map(str::to_owned).into_iter().collect()
        };
        let is_any = |name: &String| matches!(name.as_str(), "Resource" | "DomainResource" | "Element");
        if !names.is_empty() {
            return if names.iter().any(is_any) {
                Test::Anything
            } else {
                Test::Type(names)
            };
        }
    }
    Test::Anything
}

/// A slice of extensions names the extension's definition, whose canonical URL is the fixed `url`: the definition itself
/// need not be loaded. Answers whether there was one.
fn push_urls<'s>(alternative: &Alternative<'s>, next: &mut Vec<Alternative<'s>>) -> bool {
    let before = next.len();
    for view in &alternative.elements {
        for kind in view
            .types()
            .iter()
            .filter(|kind| kind.kind.get() == type_kind::EXTENSION)
        {
            for link in kind.profiles.of(view.plan.tables.numbers) {
                let canonical = view.plan.canonical(*link);
                let url = canonical.split('|').next().unwrap_or(&canonical);
                next.push(Alternative {
                    elements: Vec::new(),
                    given: vec![Given::Url(url.to_owned())],
                    ..alternative.clone()
                });
            }
        }
    }
    next.len() > before
}

fn is_extension(slice: ElementView<'_>, url: &str) -> bool {
    let tables = &slice.plan.tables;
    let mut links = slice.types().iter().flat_map(|kind| kind.profiles.of(tables.numbers));
    let is_named = links.any(|link| slice.plan.canonical(*link).split('|').next() == Some(url));
    let fixed = (0..slice.children().len())
        .filter_map(|at| slice.child(at))
        .find(|child| child.name() == "url")
        .and_then(ElementView::value);
    is_named || fixed.is_some_and(|value| tables.text(value.text) == url)
}

/// What describes the members of the nodes there: the elements themselves where they list children, the profiles of
/// their types, and the definitions of their types. One list for each combination of profiles that a value may meet.
fn holders<'s>(set: &'s PlanSet<'_>, alternative: &Alternative<'s>) -> Vec<Vec<ElementView<'s>>> {
    let mut common = Vec::new();
    let mut lists: Vec<Vec<ElementView<'s>>> = vec![Vec::new()];
    for view in &alternative.elements {
        if !view.children().is_empty() {
            common.push(*view);
        }
        let is_meant = |kind: &&rows::Type| {
            let chosen = alternative.of_type.as_deref();
            chosen.is_none_or(|name| view.type_name(kind) == name)
        };
        for kind in view.types().iter().filter(is_meant) {
            let profiles = kind.profiles.of(view.plan.tables.numbers);
            let roots = profiles
                .iter()
                .filter_map(|link| set.linked_definition(view.plan, *link)?.root());
            let roots: Vec<_> = roots.collect();
            match roots.as_slice() {
                [] => {}
                [one] => common.push(*one),
                several => lists.extend(several.iter().map(|root| vec![*root])),
            }
            let base = set.linked_definition(view.plan, kind.definition);
            common.extend(base.and_then(DefinitionView::root));
        }
    }
    if lists.len() > 1 {
        lists.remove(0);
    }
    lists.truncate(MAX_ALTERNATIVES);
    for list in &mut lists {
        list.extend(&common);
    }
    lists
}

/// The alternative one member further down, and under which names the member appears.
fn child_of<'s>(
    set: &'s PlanSet<'_>,
    alternative: &Alternative<'s>,
    holders: &[ElementView<'s>],
    name: &str,
    names: &mut Vec<MemberName>,
) -> Alternative<'s> {
    let mut next = Alternative {
        elements: Vec::new(),
        given: alternative
            .given
            .iter()
            .flat_map(|given| member(set, given, name))
            .collect(),
        of_type: None,
        ..alternative.clone()
    };
    for holder in holders {
        let found = (0..holder.children().len()).find_map(|at| {
            holder
                .child(at)
                .filter(|child| child.name() == name)
                .map(|child| (at, child))
        });
        let Some((at, child)) = found else {
            // A choice by its JSON name, such as `valueQuantity`.
            if let Some((child, type_name)) = by_json_name(set, *holder, name) {
                next.of_type = Some(type_name.clone());
                next.elements.push(child);
                push_name(names, set.lookup(name), &type_name);
            }
            continue;
        };
        if child.has(element::CHOICE) {
            for property in holder.row.properties.of(holder.plan.tables.properties) {
                if index(property.child) == at {
                    let tables = &holder.plan.tables;
                    let text = tables
                        .names
                        .get(index(property.name))
                        .map_or("", |text| tables.text(*text));
                    let kind = child.types().get(index(property.kind));
                    push_name(names, set.lookup(text), kind.map_or("", |kind| child.type_name(kind)));
                }
            }
        } else {
            let kind = child.types().first();
            push_name(names, set.lookup(name), kind.map_or("", |kind| child.type_name(kind)));
        }
        next.is_forbidden |= child.row.max.get() == 0;
        next.given.extend(given(child));
        next.elements.push(child);
        // What a required slice of the member gives must be there, too.
        for slice in child.slices().filter(|slice| slice.row.min.get() > 0) {
            next.given.extend(given(slice));
            next.elements.push(slice);
        }
    }
    next
}

fn push_name(names: &mut Vec<MemberName>, number: Option<u16>, type_name: &str) {
    if let Some(number) = number.filter(|number| names.iter().all(|known| known.number != *number)) {
        names.push(MemberName {
            number,
            type_name: type_name.to_owned(),
        });
    }
}

fn by_json_name<'s>(set: &PlanSet<'_>, holder: ElementView<'s>, name: &str) -> Option<(ElementView<'s>, String)> {
    let property = holder.property(set.lookup(name)?)?;
    let child = holder.child(index(property.child))?;
    let kind = child.types().get(index(property.kind))?;
    Some((child, child.type_name(kind).to_owned()))
}

/// The members of that name of a value that is given; of a list, those of each item.
fn member(set: &PlanSet<'_>, given: &Given, name: &str) -> Vec<Given> {
    let Given::Value { plan, row, exact } = *given else {
        return Vec::new();
    };
    let Some(tables) = set.plans.get(plan).map(|plan| plan.tables) else {
        return Vec::new();
    };
    let Some(value) = tables.values.get(row as usize) else {
        return Vec::new();
    };
    let start = value.children.start.get();
    let children = (start..).zip(value.children.of(tables.values));
    let at = |row| Given::Value { plan, row, exact };
    if value.kind.get() == flags::value::ARRAY {
        return children.flat_map(|(row, _)| member(set, &at(row), name)).collect();
    }
    let found = children.filter(|(_, child)| tables.text(child.name) == name);
    found
        .flat_map(|(row, child)| {
            if child.kind.get() == flags::value::ARRAY {
                let start = child.children.start.get();
                (start..start + child.children.length.get()).map(at).collect()
            } else {
                vec![at(row)]
            }
        })
        .collect()
}

/// Values that profiles give below the end of a path: a slice may be told apart by `code` and give `code.coding.code`.
fn below(set: &PlanSet<'_>, holders: &[ElementView<'_>], depth: usize) -> Test {
    let mut tests = Vec::new();
    let of_profiles = holders
        .iter()
        .filter(|view| view.definition().is_some_and(|found| found.has(definition::PROFILE)));
    for holder in of_profiles.filter(|_| depth < MAX_DEPTH) {
        let children = (0..holder.children().len()).filter_map(|at| holder.child(at));
        for child in children.flat_map(|child| std::iter::once(child).chain(child.slices())) {
            let number = set.lookup(child.name()).filter(|_| !child.has(element::CHOICE));
            let Some(number) = number else { continue };
            let is_required = child.row.min.get() > 0;
            let inner = match given(child) {
                Some(given) => Test::Is(given),
                None if is_required => below(set, &[child], depth + 1),
                None => Test::Anything,
            };
            if matches!(inner, Test::Anything) || (!is_required && !child.slice_name().is_empty()) {
                continue;
            }
            let step = Step::Member {
                name: child.name().to_owned(),
                names: vec![MemberName {
                    number,
                    type_name: String::new(),
                }],
            };
            let there = Test::Below(vec![step.clone()], Box::new(inner));
            let absent = Test::Below(vec![step], Box::new(Test::Exists(false)));
            tests.push(if is_required {
                there
            } else {
                Test::any(vec![there, absent])
            });
        }
    }
    Test::all(tests)
}
