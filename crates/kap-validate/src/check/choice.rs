//! Choices such as `value[x]`: one at a time, of the types allowed (<https://hl7.org/fhir/R4/formats.html#choice>).

use kap_json::{Member, Message};

use super::structure;
use super::walk::{Visit, Walk};
use crate::codes;
use crate::plan::flags::element;
use crate::plan::view::ElementView;

/// A name that the base definition does not have: a choice of a type that is not allowed, or no element at all.
pub(super) fn unknown_name<'c>(walk: &mut Walk<'c>, member: &Member<'c>, holder: ElementView<'c>) {
    let name = member.name.strip_prefix('_').unwrap_or(member.name);
    if member.name == "fhir_comments" {
        return structure::comments(walk, member);
    }
    let choice = (0..holder.children().len())
        .filter_map(|at| holder.child(at))
        .find(|child| {
            let rest = child
                .has(element::CHOICE)
                .then(|| name.strip_prefix(child.name()))
                .flatten();
            rest.is_some_and(|rest| is_type(walk, rest))
        });
    match choice {
        Some(choice) => not_allowed(walk, member, choice),
        None => structure::unknown_element(walk, member, holder),
    }
}

/// Whether the rest of a name, such as `Quantity` or `DateTime`, is that of a type.
fn is_type(walk: &Walk<'_>, rest: &str) -> bool {
    let mut lower = rest.to_owned();
    if let Some(first) = lower.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    [rest, &lower]
        .into_iter()
        .any(|name| !name.is_empty() && walk.set.type_definition(name).is_some())
}

/// A profile that leaves fewer types than the base: reports the type, and answers which child it was.
pub(super) fn narrowed<'c>(
    walk: &mut Walk<'c>,
    member: &Member<'c>,
    profile: ElementView<'c>,
    base: Visit<'c>,
) -> Option<usize> {
    if !base.element.has(element::CHOICE) {
        return None;
    }
    let same = |at: &usize| {
        profile
            .child(*at)
            .is_some_and(|child| child.name() == base.element.name())
    };
    let at = (0..profile.children().len()).find(same)?;
    not_allowed(walk, member, profile.child(at)?);
    Some(at)
}

fn not_allowed<'c>(walk: &mut Walk<'c>, member: &Member<'c>, choice: ElementView<'c>) {
    let message = || {
        let names: Vec<&str> = choice.types().iter().map(|kind| choice.type_name(kind)).collect();
        Message::text(format!(
            "`{}[x]` must not have this type; allowed: {}",
            choice.name(),
            names.join(", ")
        ))
    };
    walk.report(&codes::CHOICE_TYPE_NOT_ALLOWED, member.node, message, Some(choice));
}

/// A name that was met before: a second type of one choice. (A duplicate member is the parser's finding.)
pub(super) fn again<'c>(walk: &mut Walk<'c>, member: &Member<'c>, base: ElementView<'c>) {
    let duplicate = member.node.parent().and_then(|holder| holder.get(member.name)) != Some(member.node);
    if base.has(element::CHOICE) && !duplicate {
        let message = || {
            Message::text(format!(
                "`{}[x]` is given more than once, with different types",
                base.name()
            ))
        };
        walk.report(&codes::CHOICE_MULTIPLE, member.node, message, Some(base));
    }
}
