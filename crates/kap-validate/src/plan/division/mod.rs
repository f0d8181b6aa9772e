//! How the items of a sliced element are told apart: for each slice, what its discriminators must find in an item
//! (<https://hl7.org/fhir/R4/profiling.html#discriminator>).
//!
//! What a discriminator looks for may stand in the slice itself, in a profile of a type on the way, in a definition of
//! another package, or behind a reference. So it is worked out for a set of plans, when the element is first met, and
//! kept.

mod cursor;
mod path;

use std::sync::OnceLock;

use cursor::Cursor;

use super::flags::element;
use super::set::PlanSet;
use super::view::ElementView;

/// The slices of one element.
#[derive(Debug)]
pub(crate) struct Division {
    pub(crate) slices: Vec<SliceTests>,
}

/// What makes an item belong to a slice.
#[derive(Debug)]
pub(crate) struct SliceTests {
    /// Row of the slice's element.
    pub(crate) element: u32,
    /// It takes what no other slice takes: `@default`, or a slice whose discriminators say nothing.
    pub(crate) is_rest: bool,
    /// One a discriminator; all must hold.
    pub(crate) tests: Vec<Discriminator>,
}

/// A discriminator of one slice.
#[derive(Debug)]
pub(crate) struct Discriminator {
    /// Its path as the definition writes it.
    pub(crate) path: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) test: Test,
}

/// One step from an item towards what a discriminator compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member, under any of its JSON names.
    Member { name: String, names: Vec<MemberName> },
    /// `resolve()`: the resource that a reference leads to.
    Resolve,
    /// `extension('url')`
    Extension(String),
    /// `ofType(Patient)` on a resource.
    OfType(String),
}

/// A JSON name of a member, as number of the set, with the type that its value has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberName {
    pub(crate) number: u16,
    pub(crate) type_name: String,
}

/// A value that a definition gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// A fixed (`exact`) or pattern value: a row of a plan's values.
    Value { plan: usize, row: u32, exact: bool },
    /// The canonical URL of an extension.
    Url(String),
}

/// What must hold of the nodes at the end of a discriminator's path.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// One of them is, or contains, the value.
    Is(Given),
    /// One of them is a code of a required binding.
    Bound {
        plan: usize,
        binding: u32,
    },
    /// There are some, or there are none.
    Exists(bool),
    /// One of them has one of these types.
    Type(Vec<String>),
    /// One of them conforms to the definition in that place.
    Profile {
        plan: usize,
        row: u32,
    },
    /// The definition that would say it is not loaded.
    NotAtHand(String),
    /// The item's place among its siblings.
    Position(usize),
    /// The item as a whole fits the slice: there is no discriminator.
    Fits,
    /// Something holds further below.
    Below(Vec<Step>, Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    /// The slice asks nothing.
    Anything,
}

impl Test {
    /// All of several tests.
    pub(super) fn all(mut tests: Vec<Test>) -> Test {
        tests.retain(|test| !matches!(test, Test::Anything));
        match tests.len() {
            0 => Test::Anything,
            1 => tests.remove(0),
            _ => Test::All(tests),
        }
    }

    /// Any of several tests. Where one asks nothing, nothing is asked.
    pub(super) fn any(mut tests: Vec<Test>) -> Test {
        if tests.is_empty() || tests.iter().any(|test| matches!(test, Test::Anything)) {
            return Test::Anything;
        }
        match tests.len() {
            1 => tests.remove(0),
            _ => Test::Any(tests),
        }
    }
}

impl PlanSet<'_> {
    /// How the items of a sliced element are told apart; `None` if it is not sliced.
    pub(crate) fn division<'s>(&'s self, view: ElementView<'s>) -> Option<&'s Division> {
        let slot: &OnceLock<Division> = view.plan.divisions.get(view.row.slicing.get() as usize)?;
        Some(slot.get_or_init(|| divide(self, view)))
    }
}

/// A discriminator as the definition writes it: type and path.
type Written<'s> = (&'s str, &'s str);

fn divide(set: &PlanSet<'_>, element: ElementView<'_>) -> Division {
    let discriminators = discriminators(element);
    let slices = element.slices().enumerate().map(|(position, slice)| {
        let mut tests: Vec<Discriminator> = discriminators
            .iter()
            .map(|(kind, path)| discriminator(set, slice, kind, path, position))
            .collect();
        if discriminators.is_empty() {
            tests.push(Discriminator {
                path: "$this".to_owned(),
                steps: Vec::new(),
                test: Test::Fits,
            });
        }
        let asks_nothing = tests.iter().all(|one| matches!(one.test, Test::Anything));
        SliceTests {
            element: u32::try_from(slice.number()).unwrap_or(u32::MAX),
            is_rest: asks_nothing || slice.slice_name() == "@default",
            tests,
        }
    });
    Division {
        slices: slices.collect(),
    }
}

/// The discriminators of an element. A slice that is sliced again without saying how is divided like the element above;
/// a choice without discriminators is divided by type.
fn discriminators<'s>(sliced: ElementView<'s>) -> Vec<Written<'s>> {
    let mut element = Some(sliced);
    while let Some(view) = element {
        let tables = &view.plan.tables;
        let written: Vec<Written<'s>> = view.slicing().map_or_else(Vec::new, |slicing| {
            let kinds = slicing.discriminator_types.of(tables.numbers);
            let paths = slicing.discriminators.of(tables.numbers);
            let pairs = kinds.iter().zip(paths);
            pairs
                .map(|(kind, path)| (tables.text(*kind), tables.text(*path)))
                .collect()
        });
        if !written.is_empty() {
            return written;
        }
        element = (!view.slice_name().is_empty())
            .then(|| view.plan.element(view.row.parent.get()))
            .flatten();
    }
    if sliced.has(element::CHOICE) {
        return vec![("type", "$this")];
    }
    Vec::new()
}

fn discriminator(set: &PlanSet<'_>, slice: ElementView<'_>, kind: &str, path: &str, position: usize) -> Discriminator {
    let mut cursor = Cursor::new(set, slice);
    for step in path::parse(path) {
        cursor.step(&step);
    }
    let test = match kind {
        "exists" => cursor.exists(),
        "type" => cursor.types(),
        "profile" => cursor.profiles(),
        "position" => Test::Position(position),
        _ => cursor.value(),
    };
    Discriminator {
        path: path.to_owned(),
        steps: cursor.steps,
        test,
    }
}
