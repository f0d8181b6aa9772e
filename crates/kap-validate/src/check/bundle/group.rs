//! Faults that many entries of one bundle have in common are one finding at the first of them: who builds bundles builds
//! all entries alike.

use std::fmt::Write;

use kap_json::{CodeInfo, Message, Node};

use super::super::walk::Walk;

/// How many entries a message lists.
const LISTED: usize = 8;

/// An entry and its number.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) at: usize,
    pub(super) node: Node<'c>,
}

/// The faults of one bundle that are reported together.
#[derive(Default)]
pub(super) struct Groups<'c> {
    groups: Vec<Group<'c>>,
}

struct Group<'c> {
    info: &'static CodeInfo,
    message: &'static str,
    node: Node<'c>,
    entries: Vec<usize>,
}

impl<'c> Groups<'c> {
    /// Adds a fault of the entry `place`, which stands at `node`: the entry itself or something in it.
    pub(super) fn add(&mut self, info: &'static CodeInfo, place: Place<'c>, node: Node<'c>, message: &'static str) {
        match self.groups.iter_mut().find(|group| std::ptr::eq(group.info, info)) {
            Some(group) => group.entries.push(place.at),
            None => self.groups.push(Group {
                info,
                message,
                node,
                entries: vec![place.at],
            }),
        }
    }

    pub(super) fn report(self, walk: &mut Walk<'c>) {
        for group in self.groups {
            let message = || Message::text(group.message.to_owned() + &others(&group.entries));
            walk.report(group.info, group.node, message, None);
        }
    }
}

/// Which other entries have the fault.
fn others(entries: &[usize]) -> String {
    let Some((_, others)) = entries.split_first().filter(|(_, others)| !others.is_empty()) else {
        return String::new();
    };
    let mut text = String::from("; so it is in entry ");
    for (index, entry) in others.iter().take(LISTED).enumerate() {
        let _ = write!(text, "{}{entry}", if index > 0 { ", " } else { "" });
    }
    if others.len() > LISTED {
        let _ = write!(text, " and {} more", others.len() - LISTED);
    }
    text
}
