//! `--check-references`: what references lead to, among everything that is read in this run.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use kap_fhir::Reference;
use kap_json::{Limits, Node};
use kap_validate::{Options, PlanSet, ReferenceTarget, ReferenceTargets};

use crate::input::{Document, Source, Spread, in_order};

/// What is learned of the targets while everything is read: which there are, then whether they are as they are wanted.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// Every resource of the run, as `Type/id`, once everything was read.
    names: OnceLock<HashSet<String>>,
    /// Which of them are wanted, with the profiles they must conform to and, once it is known, whether they do.
    asked: Mutex<BTreeMap<String, BTreeMap<String, Option<bool>>>>,
}

impl Targets {
    /// Everything was read once, and these are the names of what there is.
    pub(super) fn know(&self, names: HashSet<String>) {
        let names = self.names.get_or_init(|| names);
        self.asked().retain(|name, _| names.contains(name));
    }

    /// Reads `sources` and answers what was asked while they were read before. Where two resources have one name, one that
    /// conforms is enough. What they refer to in turn is left to their own check.
    pub(super) fn answer(
        &self,
        sources: &[Source],
        spread: Spread,
        plans: &PlanSet<'_>,
        options: &Options,
    ) -> anyhow::Result<()> {
        if self.asked().is_empty() {
            return Ok(());
        }
        let options = Options {
            references: None,
            ..options.clone()
        };
        in_order(
            sources,
            spread,
            |document| self.answer_from(&document, plans, &options),
            |_| Ok(()),
        )
    }

    fn answer_from(&self, document: &Document, plans: &PlanSet<'_>, options: &Options) {
        let Some(parsed) = kap_json::parse(&document.text, &Limits::default()).document else {
            return;
        };
        for (resource, name) in resources(parsed.root()) {
            let profiles: Vec<String> = match self.asked().get(&name) {
                Some(asked) => asked.keys().cloned().collect(),
                None => continue,
            };
            let Some(alone) = kap_validate::parse(plans, resource.raw().as_bytes(), options).document else {
                continue;
            };
            for profile in profiles {
                let answer = kap_validate::conforms(plans, &alone, &profile, options);
                let mut asked = self.asked();
                let known = asked.entry(name.clone()).or_default().entry(profile).or_default();
                *known = (*known).max(answer);
            }
        }
    }

    fn asked(&self) -> MutexGuard<'_, BTreeMap<String, BTreeMap<String, Option<bool>>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a resource of this run. A reference relative to the server means one; of other servers nothing is known.
    fn name(reference: &str) -> Option<String> {
        match Reference::parse(reference) {
            Reference::Relative(target) => Some(format!("{}/{}", target.resource_type, target.id)),
            _ => None,
        }
    }
}

/// The names of the resources of a document.
pub(super) fn names(document: &Document) -> Vec<String> {
    let parsed = kap_json::parse(&document.text, &Limits::default()).document;
    let root = parsed.as_ref().map(kap_json::Document::root);
    root.into_iter().flat_map(resources).map(|(_, name)| name).collect()
}

/// The resources of a document with their names: itself, and those in the entries of a bundle.
fn resources(root: Node<'_>) -> impl Iterator<Item = (Node<'_>, String)> {
    let entries = root.get("entry").into_iter().flat_map(Node::items);
    let resources = entries.filter_map(|entry| entry.get("resource"));
    [root].into_iter().chain(resources).filter_map(|node| {
        let member = |name| node.get(name).and_then(Node::as_str);
        Some((node, format!("{}/{}", member("resourceType")?, member("id")?)))
    })
}

impl ReferenceTargets for Targets {
    fn target(&self, reference: &str) -> ReferenceTarget {
        match (self.names.get(), Self::name(reference)) {
            (Some(names), Some(name)) if names.contains(&name) => {
                let resource_type = name.split('/').next().unwrap_or_default();
                ReferenceTarget::Exists(resource_type.to_owned())
            }
            (Some(_), Some(_)) => ReferenceTarget::Missing,
            _ => ReferenceTarget::Unknown,
        }
    }

    /// Before it is known what there is, everything is noted as asked.
    fn conforms(&self, reference: &str, profile: &str) -> Option<bool> {
        let name = Self::name(reference)?;
        let mut asked = self.asked();
        if self.names.get().is_none() {
            asked.entry(name).or_default().insert(profile.to_owned(), None);
            return None;
        }
        *asked.get(&name)?.get(profile)?
    }
}
