//! Folding: what an EHR does not take as a resource is told in a form that it takes.
//!
//! A fold works on the bundle, after segmentation: what never leaves is not there to be folded. What is folded together has the same security labels
//! and belongs to the same session, so that no label is lost and none spreads. References to what was folded become logical ones
//! (<https://hl7.org/fhir/R4/references.html#logical>): type and identifier, and words only if whoever may read the one may read the other.

mod answers;
mod common;
mod entry;
mod group;
mod link;
mod note;
mod telling;

use std::collections::HashMap;

use serde_json::Value;

use crate::bundle::object;
use crate::form::Form;
use crate::resource::is_administrative;
use entry::Entries;
use group::Group;
use link::Links;

/// What became of an entry that does not leave as it was mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The UUID of the entry's `fullUrl`.
    pub key: String,
    /// Its type.
    pub resource_type: String,
    /// The form that it takes; `None` if it takes none and stays here.
    pub form: Option<Form>,
    /// The key of the document that carries it.
    pub carried_by: Option<String>,
}

/// A bundle in the forms that were asked for.
#[derive(Clone)]
pub struct Folded {
    /// The transaction bundle as compact JSON.
    pub bundle: Vec<u8>,
    /// What is not in it as it was mapped, in the order of the mapped bundle.
    pub folds: Vec<Fold>,
    /// What takes no form, as a Bundle of type collection (<https://hl7.org/fhir/R4/bundle.html#collection>); `None` if there is nothing.
    pub left: Option<Vec<u8>>,
}

impl std::fmt::Debug for Folded {
    /// Shows no content.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Folded")
            .field("bundle", &format_args!("‹{} bytes›", self.bundle.len()))
            .field("folds", &self.folds)
            .finish_non_exhaustive()
    }
}

/// Why a bundle cannot be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bundle is not a transaction as it is mapped: {what}")]
pub struct NotMapped {
    what: &'static str,
}

/// An entry whose form is asked for.
#[derive(Clone, Copy)]
pub struct Content<'e> {
    /// Its type.
    pub resource_type: &'e str,
    /// The UUID of its `fullUrl`.
    pub key: &'e str,
    /// Its resource as FHIR JSON.
    pub resource: &'e Value,
}

impl std::fmt::Debug for Content<'_> {
    /// Shows no content.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.resource_type, self.key)
    }
}

/// Gives every entry of a mapped `bundle` the form that `form` names for it: `Some(Form::Resource)` and `Some(Form::Existing)` stay entries, `None` stays
/// here. Where nothing is left that tells of the treatment, nothing leaves: the rest alone would tell that there is one. The same bundle and forms give the
/// same bytes.
pub fn fold(bundle: &[u8], form: &dyn Fn(&Content<'_>) -> Option<Form>) -> Result<Folded, NotMapped> {
    let Entries { head, entries } = entry::read(bundle)?;
    let mut forms: Vec<Option<Form>> = entries.iter().map(|entry| form(&entry.content())).collect();
    let tells = |(entry, form): (&entry::Entry, &Option<Form>)| match form {
        None => false,
        Some(Form::Note | Form::QuestionnaireResponse) => true,
        Some(_) => !is_administrative(&entry.resource_type),
    };
    if forms.contains(&None) && !entries.iter().zip(&forms).any(tells) {
        forms.fill(None);
    }
    let goes = |at: usize| matches!(forms[at], Some(Form::Resource | Form::Existing));
    if (0..entries.len()).all(goes) {
        return Ok(Folded {
            bundle: bundle.to_vec(),
            folds: Vec::new(),
            left: None,
        });
    }
    let groups = group::groups(&entries, &forms);
    let carriers: HashMap<usize, &str> = groups
        .iter()
        .flat_map(|group| group.members.iter().map(|member| (*member, group.key.as_str())))
        .collect();
    let folds = (0..entries.len()).filter(|at| !goes(*at)).map(|at| Fold {
        key: entries[at].key.clone(),
        resource_type: entries[at].resource_type.clone(),
        form: forms[at],
        carried_by: carriers.get(&at).map(|key| (*key).to_owned()),
    });
    let folds = folds.collect();
    let links = Links::new(&entries, goes, &carriers);
    let mut kept: Vec<Value> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate().filter(|(at, _)| goes(*at)) {
        kept.push(entry.rewritten(|resource| links.repair(resource, &entries[at])));
    }
    kept.extend(groups.iter().map(|group| document(group, &entries, &links)));
    let left: Vec<Value> = entries
        .iter()
        .enumerate()
        .filter(|(at, _)| forms[*at].is_none())
        .map(|(_, entry)| object([("fullUrl", entry.urn().into()), ("resource", entry.resource.clone())]))
        .collect();
    let entries = (!kept.is_empty()).then_some(("entry", Value::Array(kept)));
    Ok(Folded {
        bundle: object(head.into_iter().chain(entries)).to_string().into_bytes(),
        folds,
        left: (!left.is_empty()).then(|| collection(left)),
    })
}

fn document(group: &Group, entries: &[entry::Entry], links: &Links<'_>) -> Value {
    match group.form {
        Form::QuestionnaireResponse => answers::entry(group, entries, links),
        _ => note::entry(group, entries, links),
    }
}

fn collection(entries: Vec<Value>) -> Vec<u8> {
    object([
        ("resourceType", "Bundle".into()),
        ("type", "collection".into()),
        ("entry", Value::Array(entries)),
    ])
    .to_string()
    .into_bytes()
}
