//! Who a resource is: a key that depends on the clinic's namespace and the source system's own ids, and on nothing else.
//!
//! A key is a UUID of version 5 ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5)). What it is made of never changes while the object lives:
//! no time, name, record number or content goes in, so that correcting any of these keeps every identifier. The namespace is a secret:
//! whoever knows it can find a seven-digit source id from its key by trying them all.

use std::fmt;

use uuid::Uuid;

/// The system of the identifiers that carry our keys.
pub const KEY_SYSTEM: &str = "https://kap-fhir.org/sid/record-key";

/// A clinic's namespace: a random UUID, drawn once, kept secret and never sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Namespace(Uuid);

impl Namespace {
    /// The namespace with this UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// Derives the key of the object that `parts` name, from the widest to the narrowest.
    pub(crate) fn key(self, parts: &[&str]) -> Key {
        Key(Uuid::new_v5(&self.0, joined(parts).as_bytes()))
    }
}

impl fmt::Debug for Namespace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Namespace(‹secret›)")
    }
}

/// The key of a resource: opaque to everybody outside the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Uuid);

impl Key {
    /// The reference to the resource within its bundle: `urn:uuid:` and the key.
    pub fn urn(self) -> String {
        self.0.urn().to_string()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}

/// Joins parts so that no two lists give the same text: each part follows its length in bytes.
fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| format!("{}:{part}", part.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLINIC: Namespace = Namespace::new(Uuid::from_u128(1));

    #[test]
    fn a_key_depends_on_where_parts_end() {
        assert_ne!(CLINIC.key(&["ab", "c"]), CLINIC.key(&["a", "bc"]));
        assert_ne!(CLINIC.key(&["a", "1:b"]), CLINIC.key(&["a1:b"]));
        assert_ne!(CLINIC.key(&["a"]), CLINIC.key(&["a", ""]));
    }

    #[test]
    fn a_key_depends_on_the_namespace() {
        assert_eq!(CLINIC.key(&["a"]), CLINIC.key(&["a"]));
        assert_ne!(CLINIC.key(&["a"]), Namespace::new(Uuid::from_u128(2)).key(&["a"]));
    }

    #[test]
    fn the_namespace_is_not_printed() {
        assert_eq!(format!("{CLINIC:?}"), "Namespace(‹secret›)");
    }
}
