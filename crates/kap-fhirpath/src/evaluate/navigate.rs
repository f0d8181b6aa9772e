//! From an element to its children: JSON members are paired with their `_` members, arrays item by item
//! (<https://hl7.org/fhir/R4/json.html#primitive>).

use std::rc::Rc;

use kap_json::{Kind, Member as JsonMember, Node};

use crate::code::{KnownMember, MemberStep};
use crate::error::{Stop, Undecided};
use crate::item::{Element, Item, Unit};
use crate::model::{Place, Shape};

use super::{Asked, CONTINUE, Evaluator, Flow, Sink};

impl<'d> Evaluator<'_, 'd> {
    /// The children of `item` called like the step says.
    pub(super) fn children_named(&self, item: &Item<'d>, step: &'d MemberStep, at: u32, sink: Sink<'_, 'd>) -> Flow {
        let element = match item {
            Item::Element(element) => element,
            Item::Type(info) => {
                return match &*step.name {
                    "namespace" => sink(Item::String(info.namespace.into())),
                    "name" => sink(Item::String(info.name.clone().into())),
                    _ => CONTINUE,
                };
            }
            Item::Quantity(quantity) => {
                return match (&*step.name, &quantity.unit) {
                    ("value", _) => sink(Item::Decimal(quantity.value)),
                    ("unit" | "code", Unit::Ucum(code)) => sink(Item::String(code.clone())),
                    ("unit", Unit::Calendar(word)) => sink(Item::String((*word).into())),
                    _ => CONTINUE,
                };
            }
            _ => return CONTINUE,
        };
        let Some(object) = element.object().filter(|node| node.kind() == Kind::Object) else {
            self.look_into(element);
            return CONTINUE;
        };
        if let Some(route) = step.routes.iter().find(|route| route.from == element.place) {
            return self.members(object, &route.members, &step.name, at, sink);
        }
        let members = self.ask(element.place, step);
        self.members(object, &members, &step.name, at, sink)
    }

    /// Notes that what a resource holds that is not at hand is open.
    pub(super) fn look_into(&self, element: &Element<'d>) {
        if element.is_elsewhere() {
            let what = format!("a {} that is referred to", self.context.model.type_name(element.place));
            self.leave_open(Undecided::new("the target of the reference is not at hand", what));
        }
    }

    /// What the model says, remembered for this evaluation.
    fn ask(&self, place: Place, step: &'d MemberStep) -> Rc<[KnownMember]> {
        let name = step.name.as_ptr();
        if let Some(asked) = self
            .asked
            .borrow()
            .iter()
            .find(|asked| asked.place == place && std::ptr::eq(asked.name, name))
        {
            return Rc::clone(&asked.members);
        }
        let members: Rc<[KnownMember]> = self
            .context
            .model
            .members(place, &step.name)
            .iter()
            .map(|member| KnownMember {
                name: member.name.into(),
                number: member.number,
                shadow_number: member.shadow_number,
                place: member.place,
                shape: member.shape,
            })
            .collect();
        self.asked.borrow_mut().push(Asked {
            name,
            place,
            members: Rc::clone(&members),
        });
        members
    }

    fn members(&self, object: Node<'d>, members: &[KnownMember], name: &str, at: u32, sink: Sink<'_, 'd>) -> Flow {
        match members {
            [] => CONTINUE,
            [only] => {
                let (plain, shadow) = find(object, only);
                self.expand(plain, shadow, only.place, only.shape, at, sink)
            }
            several => self.choice(object, several, name, at, sink),
        }
    }

    /// A choice: whichever of its names is there.
    fn choice(&self, object: Node<'d>, members: &[KnownMember], name: &str, at: u32, sink: Sink<'_, 'd>) -> Flow {
        for child in object.members() {
            let plain = child.name.strip_prefix('_').unwrap_or(child.name);
            if !plain.starts_with(name) {
                continue;
            }
            let Some(member) = members.iter().find(|member| *member.name == *plain) else {
                continue;
            };
            let is_shadow = plain.len() < child.name.len();
            let (value, shadow) = find(object, member);
            // The pair is given where its value stands, and where the `_` member stands if there is no value.
            if is_shadow && value.is_some() {
                continue;
            }
            if self
                .expand(value, shadow, member.place, member.shape, at, sink)?
                .is_break()
            {
                return super::BREAK;
            }
        }
        CONTINUE
    }

    /// All children, in document order.
    pub(super) fn children(&self, element: &Element<'d>, at: u32, sink: Sink<'_, 'd>) -> Flow {
        let Some(object) = element.object() else {
            self.look_into(element);
            return CONTINUE;
        };
        for child in object.members() {
            let name = child.name.strip_prefix('_').unwrap_or(child.name);
            let is_shadow = name.len() < child.name.len();
            if element.shape == Shape::Resource && name == "resourceType" {
                continue;
            }
            let number = if is_shadow { None } else { child.name_id };
            let Some(member) = self.context.model.member(element.place, name, number) else {
                continue;
            };
            let (plain, shadow) = if is_shadow {
                if object.get(name).is_some() {
                    continue;
                }
                (None, Some(child.node))
            } else if matches!(member.shape, Shape::Primitive(_)) {
                let shadow = object
                    .members()
                    .find(|other| other.name.strip_prefix('_') == Some(name))
                    .map(|other| other.node);
                (Some(child.node), shadow)
            } else {
                (Some(child.node), None)
            };
            if self
                .expand(plain, shadow, member.place, member.shape, at, sink)?
                .is_break()
            {
                return super::BREAK;
            }
        }
        CONTINUE
    }

    /// Everything below, a parent before its children.
    pub(super) fn descendants(&self, element: &Element<'d>, at: u32, sink: Sink<'_, 'd>) -> Flow {
        self.deeper(at, || {
            self.children(element, at, &mut |item| {
                if sink(item.clone())?.is_break() {
                    return super::BREAK;
                }
                match &item {
                    Item::Element(child) => self.descendants(child, at, sink),
                    _ => CONTINUE,
                }
            })
        })
    }

    /// One element for each item that stands under a name.
    fn expand(
        &self,
        plain: Option<Node<'d>>,
        shadow: Option<Node<'d>>,
        place: Place,
        shape: Shape,
        at: u32,
        sink: Sink<'_, 'd>,
    ) -> Flow {
        let is_array = |node: &Node<'d>| node.kind() == Kind::Array;
        if !plain.as_ref().or(shadow.as_ref()).is_some_and(is_array) {
            return match self.element(plain, shadow, place, shape, at)? {
                Some(element) => sink(Item::Element(element)),
                None => CONTINUE,
            };
        }
        let mut values = plain.into_iter().flat_map(Node::items);
        let mut shadows = shadow.into_iter().flat_map(Node::items);
        loop {
            let pair = (values.next(), shadows.next());
            if pair.0.is_none() && pair.1.is_none() {
                return CONTINUE;
            }
            if let Some(element) = self.element(pair.0, pair.1, place, shape, at)?
                && sink(Item::Element(element))?.is_break()
            {
                return super::BREAK;
            }
        }
    }

    fn element(
        &self,
        plain: Option<Node<'d>>,
        shadow: Option<Node<'d>>,
        place: Place,
        shape: Shape,
        at: u32,
    ) -> Result<Option<Element<'d>>, Stop> {
        self.count(at)?;
        let node = plain.filter(|node| node.kind() != Kind::Null && !node.is_unread());
        let shadow = shadow.filter(|node| node.kind() == Kind::Object);
        Ok(match (node, shape) {
            (Some(node), Shape::Resource) => Some(Element::resource(node, self.context.model, place)),
            (None, Shape::Resource | Shape::Complex) => None,
            (None, _) if shadow.is_none() => None,
            _ => Some(Element {
                node,
                shadow,
                place,
                shape,
            }),
        })
    }
}

/// The value under a member's name and, for primitives, under its name with `_`.
fn find<'d>(object: Node<'d>, member: &KnownMember) -> (Option<Node<'d>>, Option<Node<'d>>) {
    let has_shadow = matches!(member.shape, Shape::Primitive(_));
    let (mut plain, mut shadow) = (None, None);
    for child in object.members() {
        if plain.is_none() && is_called(&child, &member.name, member.number) {
            plain = Some(child.node);
            if !has_shadow || shadow.is_some() {
                break;
            }
        } else if has_shadow && shadow.is_none() && is_shadow_of(&child, member) {
            shadow = Some(child.node);
            if plain.is_some() {
                break;
            }
        }
    }
    (plain, shadow)
}

fn is_called(child: &JsonMember<'_>, name: &str, number: Option<u16>) -> bool {
    match (child.name_id, number) {
        (Some(found), Some(wanted)) => found == wanted,
        _ => child.name == name,
    }
}

fn is_shadow_of(child: &JsonMember<'_>, member: &KnownMember) -> bool {
    match (child.name_id, member.shadow_number) {
        (Some(found), Some(wanted)) => found == wanted,
        _ => child.name.strip_prefix('_') == Some(&member.name),
    }
}
