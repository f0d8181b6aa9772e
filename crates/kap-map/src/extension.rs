//! Extensions: the shapes of those that the KAP guide defines, and the few of US Core that the mapping needs.

use fhirbolt::model::r4::types::{Extension, ExtensionValue, Reference};
use kap_record::model::life_cycle::{Entry, EntryReason, EntryStatus, Removed};
use kap_record::primitive::{Instant, Version};

use crate::profile::structure_definition;

/// The extension `id` of the KAP guide with one value.
pub(crate) fn kap(id: &str, value: ExtensionValue) -> Extension {
    Extension {
        url: structure_definition(id),
        value: Some(value),
        ..Default::default()
    }
}

/// The extension `id` of the KAP guide with parts; `None` if there are none.
pub(crate) fn kap_parts(id: &str, parts: impl IntoIterator<Item = Extension>) -> Option<Extension> {
    with_parts(structure_definition(id), parts)
}

/// An extension defined elsewhere with one value.
pub(crate) fn foreign(url: &str, value: ExtensionValue) -> Extension {
    Extension {
        url: url.to_owned(),
        value: Some(value),
        ..Default::default()
    }
}

/// An extension defined elsewhere with parts; `None` if there are none.
pub(crate) fn foreign_parts(url: &str, parts: impl IntoIterator<Item = Extension>) -> Option<Extension> {
    with_parts(url.to_owned(), parts)
}

/// A part of an extension with parts.
pub(crate) fn part(name: &str, value: ExtensionValue) -> Extension {
    foreign(name, value)
}

/// `kap-record-version`: which version of an entry a resource shows.
pub(crate) fn record_version(entry: &Entry, recorded_by: Reference) -> Option<Extension> {
    version(
        entry.version,
        &entry.recorded_at,
        recorded_by,
        entry.status.as_str(),
        entry.reason,
    )
}

/// `kap-record-version` of what the source system removed: the guide has one word for all that no longer holds.
pub(crate) fn removed_version(removed: &Removed, recorded_by: Reference) -> Option<Extension> {
    version(
        removed.version,
        &removed.recorded_at,
        recorded_by,
        EntryStatus::EnteredInError.as_str(),
        Some(removed.reason),
    )
}

fn version(
    version: Version,
    recorded_at: &Instant,
    recorded_by: Reference,
    status: &str,
    reason: Option<EntryReason>,
) -> Option<Extension> {
    let parts = [
        part("version", ExtensionValue::UnsignedInt(version.get().into())),
        part("recordedAt", ExtensionValue::Instant(recorded_at.as_str().into())),
        part("recordedBy", ExtensionValue::Reference(Box::new(recorded_by))),
        part("status", ExtensionValue::Code(status.into())),
    ];
    let reason = reason.map(|reason| part("reason", ExtensionValue::Code(reason.as_str().into())));
    kap_parts("kap-record-version", parts.into_iter().chain(reason))
}

fn with_parts(url: String, parts: impl IntoIterator<Item = Extension>) -> Option<Extension> {
    let parts: Vec<Extension> = parts.into_iter().collect();
    (!parts.is_empty()).then(|| Extension {
        url,
        extension: parts,
        ..Default::default()
    })
}
