//! What FHIRPath asks of the walk: where references lead, what codes belong to, and what conforms to a profile.

use std::cell::RefCell;

use kap_fhirpath::{Answer, Element, Host, Item, Resolved, Undecided};
use kap_json::Node;

use super::conform::{self, Conformance};
use super::walk::{Scope, Walk};
use super::{coding, resolve};
use crate::plan::membership::{self, Coded};

/// The walk as an expression sees it from within one resource.
pub(super) struct WalkHost<'w, 'c> {
    walk: RefCell<&'w mut Walk<'c>>,
    scope: Scope<'c>,
}

impl<'w, 'c> WalkHost<'w, 'c> {
    pub(super) fn new(walk: &'w mut Walk<'c>, scope: Scope<'c>) -> WalkHost<'w, 'c> {
        WalkHost {
            walk: RefCell::new(walk),
            scope,
        }
    }
}

impl<'c> Host<'c> for WalkHost<'_, 'c> {
    fn resolve(&self, reference: &str, _from: Option<Node<'c>>) -> Resolved<'c> {
        match resolve::resolve(&self.walk.borrow(), self.scope, reference) {
            resolve::Resolved::Found(scope) => Resolved::Found(scope.resource),
            resolve::Resolved::Missing => Resolved::Missing,
            resolve::Resolved::Elsewhere => Resolved::Undecided(Undecided::new(
                "an invariant depends on the target of a reference that is not in the document",
                "resolve()",
            )),
        }
    }

    fn member_of(&self, item: &Item<'c>, value_set: &str) -> Answer {
        let set = self.walk.borrow().set;
        let Some((plan, row)) = set.value_set(value_set) else {
            return Answer::Undecided(Undecided::new("the value set is not loaded", value_set));
        };
        let mut undecided = None;
        for code in codes(item) {
            match set.contains(plan, row, code) {
                membership::Answer::Member => return Answer::Yes,
                membership::Answer::NotMember => {}
                membership::Answer::Unknown(reason) => undecided = Some(reason),
            }
        }
        undecided.map_or(Answer::No, |reason| {
            Answer::Undecided(Undecided::new(reason.to_string(), format!("value set {value_set}")))
        })
    }

    fn conforms_to(&self, element: Element<'c>, profile: &str) -> Answer {
        let Some(node) = element.any_node() else {
            return Answer::Yes;
        };
        let mut walk = self.walk.borrow_mut();
        match conform::conforms_to(&mut walk, node, self.scope, profile) {
            Some(Conformance::Conforms) => Answer::Yes,
            Some(Conformance::Fails(_)) => Answer::No,
            Some(Conformance::Undecided(left_open)) => {
                let first = left_open.first();
                let (reason, what) = first.map_or(("", ""), |first| (&first.reason, &first.what));
                Answer::Undecided(Undecided::new(reason, what))
            }
            None => Answer::Undecided(Undecided::new("the profile is not loaded", profile)),
        }
    }
}

/// The codes of a code, Coding or CodeableConcept.
fn codes<'i>(item: &'i Item<'_>) -> impl Iterator<Item = Coded<'i>> {
    let node = match item {
        Item::Element(element) => element.node,
        _ => None,
    };
    let text = match item {
        Item::String(code) => Some(Coded {
            code,
            ..Coded::default()
        }),
        _ => None,
    };
    let given = node.into_iter().flat_map(coding::codings).map(|given| given.code);
    text.into_iter().chain(given)
}
