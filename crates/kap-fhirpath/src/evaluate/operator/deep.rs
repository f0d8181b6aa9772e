//! Comparing elements by all they hold.

use kap_fhir::Decimal;
use kap_json::{Kind, Node};

use crate::error::Stop;
use crate::evaluate::Evaluator;
use crate::item::Element;

impl<'d> Evaluator<'_, 'd> {
    /// Whether both hold the same, in the same order.
    pub(super) fn equal_elements(&self, left: &Element<'d>, right: &Element<'d>, at: u32) -> Result<bool, Stop> {
        both(left, right, |left, right| self.equal_nodes(left, right, at))
    }

    /// Whether both hold the same in any order, texts compared without case.
    pub(super) fn equivalent_elements(&self, left: &Element<'d>, right: &Element<'d>, at: u32) -> Result<bool, Stop> {
        both(left, right, |left, right| self.equivalent_nodes(left, right, at))
    }

    // The parser bounds how deep documents nest, and so how deep these two recurse.
    fn equal_nodes(&self, left: Node<'d>, right: Node<'d>, at: u32) -> Result<bool, Stop> {
        self.count(at)?;
        if left == right {
            return Ok(true);
        }
        match (left.kind(), right.kind()) {
            (Kind::Object, Kind::Object) => same_members(left, right, |left, right| self.equal_nodes(left, right, at)),
            (Kind::Array, Kind::Array) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (left, right) in left.items().zip(right.items()) {
                    if !self.equal_nodes(left, right, at)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Kind::Number, Kind::Number) => Ok(equal_numbers(left.raw(), right.raw())),
            (Kind::String, Kind::String) => Ok(left.as_str() == right.as_str()),
            (left_kind, right_kind) => Ok(left_kind == right_kind && left.raw() == right.raw()),
        }
    }

    fn equivalent_nodes(&self, left: Node<'d>, right: Node<'d>, at: u32) -> Result<bool, Stop> {
        self.count(at)?;
        match (left.kind(), right.kind()) {
            (Kind::Object, Kind::Object) => {
                same_members(left, right, |left, right| self.equivalent_nodes(left, right, at))
            }
            (Kind::Array, Kind::Array) => {
                let mut free: Vec<Node<'d>> = right.items().collect();
                for item in left.items() {
                    let mut found = None;
                    for (number, other) in free.iter().enumerate() {
                        if self.equivalent_nodes(item, *other, at)? {
                            found = Some(number);
                            break;
                        }
                    }
                    match found {
                        Some(number) => free.swap_remove(number),
                        None => return Ok(false),
                    };
                }
                Ok(free.is_empty())
            }
            (Kind::String, Kind::String) => Ok(super::equivalent_texts(
                left.as_str().unwrap_or_default(),
                right.as_str().unwrap_or_default(),
            )),
            _ => self.equal_nodes(left, right, at),
        }
    }
}

fn equal_numbers(left: &str, right: &str) -> bool {
    left == right
        || Decimal::parse(left)
            .zip(Decimal::parse(right))
            .is_some_and(|(left, right)| left == right)
}

fn both<'d>(
    left: &Element<'d>,
    right: &Element<'d>,
    compare: impl Fn(Node<'d>, Node<'d>) -> Result<bool, Stop>,
) -> Result<bool, Stop> {
    for pair in [(left.node, right.node), (left.shadow, right.shadow)] {
        let same = match pair {
            (Some(left), Some(right)) => compare(left, right)?,
            (None, None) => true,
            _ => false,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two objects have the same names, with values that `same` takes for the same.
fn same_members<'d>(
    left: Node<'d>,
    right: Node<'d>,
    same: impl Fn(Node<'d>, Node<'d>) -> Result<bool, Stop>,
) -> Result<bool, Stop> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for member in left.members() {
        match right.get(member.name) {
            Some(other) if same(member.node, other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
