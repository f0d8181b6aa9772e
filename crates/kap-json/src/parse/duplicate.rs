//! Names that stand twice in one object.

use std::collections::HashSet;

use super::Parser;
use crate::{Issue, Location, Message, NameTable, Node, NodeId, codes};

/// Up to how many members comparing pairs is faster than hashing.
const FEW_MEMBERS: usize = 16;

impl<N: NameTable + ?Sized> Parser<'_, '_, N> {
    /// Reports the members of an object that is complete whose name another one before them has.
    pub(super) fn report_duplicate_names(&mut self, object: u32) {
        let Some(object) = self.document.node(NodeId(object)) else {
            return;
        };
        for issue in duplicates(object).into_iter().map(duplicate).collect::<Vec<_>>() {
            self.add(issue);
        }
    }
}

fn duplicates(object: Node<'_>) -> Vec<Node<'_>> {
    let members = || object.members().filter(|member| member.node.name_span().is_some());
    if members().nth(FEW_MEMBERS).is_some() {
        let mut seen = HashSet::new();
        let again = members().filter(|member| !seen.insert(member.name));
        return again.map(|member| member.node).collect();
    }
    let again = members()
        .enumerate()
        .filter(|(index, member)| members().take(*index).any(|earlier| earlier.name == member.name));
    again.map(|(_, member)| member.node).collect()
}

fn duplicate(node: Node<'_>) -> Issue {
    let location = Location {
        offset: node.name_span().map(|span| span.start),
        ..Location::of(node)
    };
    let message = Message::text("the name `")
        .and(node.name().unwrap_or_default().to_owned())
        .and("` stands twice in this object");
    Issue::new(&codes::DUPLICATE_KEY, location, message)
}
